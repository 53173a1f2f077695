//! A text as plain lines: its words as they are read, whatever the markup, the theme and the version
//! of this program. Their digest is what sealing guards.
//!
//! The form never changes: first what the front matter says of the version, a line for each key; then
//! one line for each heading, paragraph, item, row or line of preformatted text, in the order of
//! reading; characters in Unicode's composed form (NFC); white space folded. The title is the first
//! line that begins with `# `: what stands above it is the front matter's, so no text can imitate it.
//! Marks at the beginning of a line tell what it is: `#` for the title and more for the headings
//! below it, `-` or a number for an item, `>` for a quotation. Numbers that the program gives to
//! clauses are words: they are cited. Where a link leads is said only if that is outside of the site,
//! because other addresses are the site's to find.

use std::fmt::Write as _;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::model::Date;
use crate::model::text::{
    Block, BlockKind, Definition, Heading, Inline, Link, List, Section, Table, Text, plain,
};

/// What is published of a version beside its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notice<'a> {
    /// What it changed.
    pub summary: Option<&'a str>,
    /// Whether the change is material.
    pub material: bool,
    /// The day of a correction.
    pub corrected: Option<Date>,
    /// Why it was made.
    pub reason: Option<&'a str>,
}

/// The words of a text with its notice, under a title that something outside of it says, or under its own.
pub fn of(text: &Text<'_>, title: Option<&str>, notice: Notice<'_>) -> String {
    let mut writer = Writer::default();
    writer.notice(notice);
    let own = || text.title.as_ref().map(|title| plain(&title.inlines));
    if let Some(title) = title.map(str::to_owned).or_else(own) {
        writer.line("# ", &title);
    }
    writer.blocks(&text.preamble);
    writer.sections(&text.sections, 2);
    for footnote in &text.footnotes {
        writer.item(&format!("[{}]: ", footnote.number), &footnote.blocks);
    }
    writer.out
}

/// Where links lead that leave the site: what begins with a scheme (RFC 3986).
fn is_outside(destination: &str) -> bool {
    let scheme = destination.split_once(':').map_or("", |(scheme, _)| scheme);
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

#[derive(Default)]
struct Writer {
    out: String,
    /// What the next line begins with, where that is not what all lines begin with.
    first: Option<String>,
    /// What all lines begin with.
    rest: String,
}

impl Writer {
    fn notice(&mut self, notice: Notice<'_>) {
        let mut said = |key: &str, words: &str| self.line(&format!("{key}: "), words);
        if let Some(summary) = notice.summary {
            said("summary", summary);
        }
        if notice.material {
            said("material", "yes");
        }
        if let Some(day) = notice.corrected {
            said("corrected", &day.to_string());
        }
        if let Some(reason) = notice.reason {
            said("reason", reason);
        }
    }

    /// A line of words, white space folded and characters composed.
    fn line(&mut self, mark: &str, words: &str) {
        self.begin(mark);
        let mut words = words.split_whitespace();
        self.composed(words.next().unwrap_or_default());
        for word in words {
            self.out.push(' ');
            self.composed(word);
        }
        self.end();
    }

    /// Appends characters, composed. Nearly all are composed as they are written.
    fn composed(&mut self, words: &str) {
        if words.is_ascii() || is_nfc(words) {
            self.out.push_str(words);
        } else {
            self.out.extend(words.nfc());
        }
    }

    fn begin(&mut self, mark: &str) {
        let first = self.first.take();
        self.out.push_str(first.as_deref().unwrap_or(&self.rest));
        self.out.push_str(mark);
    }

    /// Ends a line; marks without words leave no space behind.
    fn end(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn sections(&mut self, sections: &[Section<'_>], level: usize) {
        for section in sections {
            let mark = "#".repeat(level) + " ";
            let number = section.number.as_deref();
            let number = number.map_or_else(String::new, |number| format!("{number} "));
            self.heading(&(mark + &number), &section.heading);
            self.blocks(&section.blocks);
            self.sections(&section.sections, level + 1);
        }
    }

    fn heading(&mut self, mark: &str, heading: &Heading<'_>) {
        self.line(mark, &words(&heading.inlines));
    }

    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn block(&mut self, kind: &BlockKind<'_>) {
        match kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                self.line("", &words(inlines));
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Quote(blocks) => self.inside("> ", "> ", |this| this.blocks(blocks)),
            BlockKind::Code(code) => {
                for line in code.lines() {
                    self.begin("| ");
                    self.composed(line);
                    self.end();
                }
            }
            BlockKind::Definitions(definitions) => {
                definitions.iter().for_each(|entry| self.definition(entry));
            }
            BlockKind::Details { summary, blocks } => {
                self.line("", &words(summary));
                self.inside("  ", "  ", |this| this.blocks(blocks));
            }
            BlockKind::Subheading(heading) => self.heading("* ", heading),
            BlockKind::Rule => self.line("", "---"),
        }
    }

    /// Writes lines of which the first begins with a mark more, and the others with another.
    fn inside(&mut self, first: &str, rest: &str, write: impl FnOnce(&mut Self)) {
        let around = self.rest.len();
        let before = self.first.take().unwrap_or_else(|| self.rest.clone());
        self.first = Some(before + first);
        self.rest.push_str(rest);
        write(self);
        if self.first.is_some() {
            self.line("", "");
        }
        self.rest.truncate(around);
    }

    fn list(&mut self, list: &List<'_>) {
        for (item, number) in list.items.iter().zip(list.start.unwrap_or(1)..) {
            let mark = match (&item.label, list.start) {
                (Some(label), _) => format!("{} ", label.text),
                (None, Some(_)) => format!("{number}. "),
                (None, None) => "- ".to_owned(),
            };
            self.item(&mark, &item.blocks);
        }
    }

    /// Blocks of which the first line begins with a mark, and the others below its words.
    fn item(&mut self, mark: &str, blocks: &[Block<'_>]) {
        let below = " ".repeat(mark.chars().count());
        self.inside(mark, &below, |this| this.blocks(blocks));
    }

    fn definition(&mut self, entry: &Definition<'_>) {
        for term in &entry.terms {
            self.line("", &words(term));
        }
        for meaning in &entry.meanings {
            self.item(": ", meaning);
        }
    }

    fn table(&mut self, table: &Table<'_>) {
        for row in std::iter::once(&table.header).chain(&table.rows) {
            let cells: Vec<String> = row.iter().map(|cell| words(cell)).collect();
            self.line("", &cells.join(" | "));
        }
    }
}

/// The words of inlines, before white space is folded.
fn words(inlines: &[Inline<'_>]) -> String {
    let mut out = String::new();
    push(inlines, &mut out);
    out
}

fn push(inlines: &[Inline<'_>], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Words(words) | Inline::Code(words) => out.push_str(words),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Struck(inner) => {
                out.push_str("~~");
                push(inner, out);
                out.push_str("~~");
            }
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Element { inlines: inner, .. } => {
                push(inner, out);
            }
            Inline::Link(link) => push_link(link, out),
            Inline::Image { alternative, .. } => {
                let _ = write!(out, "[{alternative}]");
            }
            Inline::FootnoteReference { number, .. } => {
                let _ = write!(out, "[{number}]");
            }
            Inline::TaskBox(done) => out.push_str(if *done { "[x] " } else { "[ ] " }),
            Inline::BreakOpportunity => {}
        }
    }
}

/// The words of a link, and where it leads if its words do not say so.
fn push_link(link: &Link<'_>, out: &mut String) {
    let start = out.len();
    push(&link.inlines, out);
    let said = &out[start..];
    let address = &link.destination;
    let spoken = address.strip_prefix("mailto:").unwrap_or(address);
    if is_outside(address) && said.trim() != spoken && said.trim() != &**address {
        let _ = write!(out, " <{address}>");
    }
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;

    use super::*;
    use crate::parse::markdown::{Request, parse};

    /// What could pass for something else: keys, marks, breaks.
    const WILD: &str = "([a#>| -]|# |\n|\u{85}|\u{2028}|\r|summary: |reason: |material: yes){1,8}";

    fn read(source: &str, numbered: bool) -> String {
        let request = Request {
            numbered,
            title: None,
        };
        of(&parse(source, request).text, None, Notice::default())
    }

    /// A text, its title in the front matter, with a summary and a reason.
    fn said(summary: Option<&str>, reason: Option<&str>, title: &str, text: &str) -> String {
        let request = Request {
            numbered: false,
            title: Some(title),
        };
        let notice = Notice {
            summary,
            reason,
            ..Notice::default()
        };
        of(&parse(text, request).text, Some(title), notice)
    }

    #[test]
    fn what_the_front_matter_says_stands_above_the_title() {
        let notice = Notice {
            summary: Some("We keep\n  less."),
            material: true,
            corrected: Some(Date::constant(2023, 1, 10)),
            reason: Some("A cafe\u{301}."),
        };
        let request = Request {
            numbered: false,
            title: None,
        };
        let words = of(&parse("# P\n\nText.\n", request).text, None, notice);
        let expected = "summary: We keep less.\nmaterial: yes\ncorrected: 2023-01-10\nreason: A caf\u{e9}.\n# P\nText.\n";
        assert_eq!(words, expected);
    }

    proptest! {
        /// What each key and the text say can be read from the words: none can pass for another.
        #[test]
        fn a_text_cannot_pass_for_its_front_matter(
            summary in option::of(WILD), reason in option::of(WILD), title in WILD, text in WILD,
        ) {
            let said_by = |key: Option<&str>, name: &str| {
                let folded = key?.split_whitespace().collect::<Vec<_>>().join(" ");
                Some(format!("{name}: {folded}\n").replace(": \n", ":\n"))
            };
            let words = said(summary.as_deref(), reason.as_deref(), &title, &text);
            let lines: Vec<&str> = words.split_inclusive('\n').collect();
            let above = lines.iter().take_while(|line| !line.starts_with('#')).count();
            let expected: String = [said_by(summary.as_deref(), "summary"), said_by(reason.as_deref(), "reason")]
                .into_iter().flatten().collect();
            prop_assert_eq!(lines[..above].concat(), expected);
            prop_assert_eq!(lines[above..].concat(), said(None, None, &title, &text));
        }
    }

    #[test]
    fn every_block_is_lines() {
        let source = "# Policy\n\nOne\ntwo  three.\n\n## Data {#data}\n\n- a\n- b\n\n  more\n\n  3. c\n\n> q\n\n\
            | A | B |\n|---|---|\n| 1 | 2 |\n\n```\ncode  x\n\n y\n```\n\nTerm\n: Meaning\n\nNote[^n].\n\n---\n\n[^n]: Said\n";
        let expected = "# Policy\nOne two three.\n## Data\n- a\n- b\n  more\n  3. c\n> q\nA | B\n1 | 2\n\
            | code  x\n|\n|  y\nTerm\n: Meaning\nNote[1].\n---\n[1]: Said\n";
        assert_eq!(read(source, false), expected);
    }

    #[test]
    fn what_reads_the_same_is_the_same() {
        let one = "# Policy\n\nWe *sell* no data, see\n[Contact](#contact) or <https://a.example>.\n\n## Contact {#contact}\n\nHere\u{a0}cafe\u{301}.";
        let other = "Policy\n======\n\nWe _sell_ no data,\nsee [Contact](#other) or [https://a.example](https://a.example).\n\nContact\n-------\n\nHere caf\u{e9}.\n";
        assert_eq!(read(one, false), read(other, false));
    }

    #[test]
    fn what_reads_otherwise_is_not() {
        let base = "# P\n\nSee [it](https://a.example), one.\n\n1. x\n\n## S\n\n## T\n";
        let others = [
            "# P\n\nSee [it](https://b.example), one.\n\n1. x\n\n## S\n\n## T\n",
            "# P\n\nSee [it](https://a.example); one.\n\n1. x\n\n## S\n\n## T\n",
            "# P\n\nSee [it](https://a.example), ~~one~~.\n\n1. x\n\n## S\n\n## T\n",
            "# P\n\nSee [it](https://a.example), one.\n\n- x\n\n## S\n\n## T\n",
            "# P\n\nSee [it](https://a.example), one.\n\n2. x\n\n## S\n\n## T\n",
            "# P\n\nSee [it](https://a.example), one.\n\n1. x\n\n## S\n\n### T\n",
        ];
        for other in others {
            assert_ne!(read(base, false), read(other, false), "{other}");
        }
        assert_ne!(read(base, false), read(base, true), "numbers are words");
    }

    #[test]
    fn marks_stand_before_the_words_of_their_block() {
        let source = "# P\n\n- > quoted\n\n  under\n-\n- - deep\n  - deeper\n";
        assert_eq!(
            read(source, false),
            "# P\n- > quoted\n  under\n-\n- - deep\n  - deeper\n"
        );
    }
}
