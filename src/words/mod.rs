//! A text as plain lines: its words as they are read, whatever the markup, the theme and the version
//! of this program. Their digest is what sealing guards.
//!
//! The form never changes: first what the front matter says of the version, a line for each key; then
//! one line for each heading, paragraph, item, row or line of preformatted text, in the order of
//! reading; characters in Unicode's composed form (NFC); white space folded. The title is the first
//! line that begins with `# `: what stands above it is the front matter's, so no text can imitate it.
//! Marks at the beginning of a line tell what it is: `#` for the title and more for the headings
//! below it, `-` or a number for an item, `>` for a quotation. Numbers that the program gives to
//! clauses are words: they are cited. A link says what it names, in one form however it is written;
//! which address that has on a day is the site's to find. A picture is its digest.

use std::fmt::Write as _;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::diagnostic::Span;
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

/// What the links and the pictures of a text name, whoever looks and on whatever day.
pub trait Names {
    /// What a link names that stands at a place of the text, in the one form that this has.
    fn target(&self, destination: &str, at: Span) -> String;

    /// What a picture is that stands at a place of the text: its digest.
    fn picture(&self, source: &str, at: Span) -> String;
}

/// The words of a text with its notice, under a title that something outside of it says, or under its own.
pub fn of(text: &Text<'_>, title: Option<&str>, notice: Notice<'_>, names: &dyn Names) -> String {
    let mut writer = Writer {
        names,
        out: String::new(),
        first: None,
        rest: String::new(),
    };
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

struct Writer<'n> {
    names: &'n dyn Names,
    out: String,
    /// What the next line begins with, where that is not what all lines begin with.
    first: Option<String>,
    /// What all lines begin with.
    rest: String,
}

impl Writer<'_> {
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
        self.line(mark, &self.words(&heading.inlines));
    }

    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn block(&mut self, kind: &BlockKind<'_>) {
        match kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                self.line("", &self.words(inlines));
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
                self.line("", &self.words(summary));
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
            self.line("", &self.words(term));
        }
        for meaning in &entry.meanings {
            self.item(": ", meaning);
        }
    }

    fn table(&mut self, table: &Table<'_>) {
        for row in std::iter::once(&table.header).chain(&table.rows) {
            let cells: Vec<String> = row.iter().map(|cell| self.words(cell)).collect();
            self.line("", &cells.join(" | "));
        }
    }

    /// The words of inlines, before white space is folded.
    fn words(&self, inlines: &[Inline<'_>]) -> String {
        let mut out = String::new();
        self.push(inlines, &mut out);
        out
    }

    fn push(&self, inlines: &[Inline<'_>], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Words(words) | Inline::Code(words) => out.push_str(words),
                Inline::SoftBreak | Inline::HardBreak => out.push(' '),
                Inline::Struck(inner) => {
                    out.push_str("~~");
                    self.push(inner, out);
                    out.push_str("~~");
                }
                Inline::Emphasis(inner) | Inline::Strong(inner) => self.push(inner, out),
                Inline::Element { inlines, title, .. } => {
                    self.push(inlines, out);
                    beside(None, title.as_deref().unwrap_or_default(), out);
                }
                Inline::Link(link) => self.push_link(link, out),
                Inline::Image {
                    alternative,
                    source,
                    span,
                } => {
                    let _ = write!(out, "[{alternative}]");
                    beside(Some(self.names.picture(source, *span)), "", out);
                }
                Inline::FootnoteReference { number, .. } => {
                    let _ = write!(out, "[{number}]");
                }
                Inline::TaskBox(done) => out.push_str(if *done { "[x] " } else { "[ ] " }),
                Inline::BreakOpportunity => {}
            }
        }
    }

    /// The words of a link, what it names unless its words are that very address, and its title.
    fn push_link(&self, link: &Link<'_>, out: &mut String) {
        let start = out.len();
        self.push(&link.inlines, out);
        let said = out[start..].trim();
        let address = &*link.destination;
        let spoken = address.strip_prefix("mailto:").unwrap_or(address);
        let says_so = is_outside(address) && (said == spoken || said == address);
        let target = (!says_so).then(|| self.names.target(address, link.span));
        beside(target, &link.title, out);
    }
}

/// What stands beside words: what they lead to or show, and a title, as `<…>`.
fn beside(target: Option<String>, title: &str, out: &mut String) {
    let title = Some(title).filter(|title| !title.trim().is_empty());
    let title = title.map(|title| format!("\"{title}\""));
    let all: Vec<String> = target.into_iter().chain(title).collect();
    if !all.is_empty() {
        let _ = write!(out, " <{}>", all.join(" "));
    }
}

#[cfg(test)]
mod tests;
