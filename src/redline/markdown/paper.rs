//! Writing Markdown: blocks with what stands before their lines, and words that stay words.

use std::borrow::Cow;

use super::super::pieces::Piece;
use super::super::{Look, Source};

/// Markdown while it is written.
#[derive(Default)]
pub(super) struct Paper {
    out: String,
    /// What stands before every line, for the items and quotations that are open.
    rest: String,
    /// What stands before the next line instead, and before the empty line above it.
    first: Option<(String, String)>,
    /// What stands before the next words: the number of an item.
    label: String,
    /// Whether the items of the list at hand have stars: two lists in a row must not become one.
    starred: bool,
}

/// What was before something was opened.
pub(super) struct Outer {
    rest: String,
    starred: bool,
}

impl Paper {
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// A block of one line.
    pub(super) fn line(&mut self, line: &str) {
        self.lines([line.to_owned()]);
    }

    /// A block of several lines.
    pub(super) fn lines(&mut self, lines: impl IntoIterator<Item = String>) {
        let (above, mut before) = self
            .first
            .take()
            .unwrap_or_else(|| (self.rest.clone(), self.rest.clone()));
        if !self.out.is_empty() {
            self.out.push_str(above.trim_end());
            self.out.push('\n');
        }
        for line in lines {
            self.out.push_str(&before);
            self.out.push_str(&line);
            self.out.push('\n');
            before.clone_from(&self.rest);
        }
    }

    /// Words of a leaf as a block.
    pub(super) fn words(&mut self, source: Source<'_>, pieces: &[Piece]) {
        match source {
            Source::Rule(_) => return self.rule(pieces),
            Source::Code(_) => return self.code(pieces),
            _ => {}
        }
        let mut words = inline(pieces);
        if words.is_empty() {
            return;
        }
        if let Source::Term(_) | Source::Subheading(..) | Source::Summary(_) = source {
            words = format!("**{words}**");
        }
        let label = std::mem::take(&mut self.label);
        self.line(&at_start(&format!("{label}{words}")));
    }

    /// Preformatted text: its lines, each with a sign before it where they changed.
    fn code(&mut self, lines: &[Piece]) {
        let label = std::mem::take(&mut self.label);
        if !label.is_empty() {
            self.line(label.trim_end());
        }
        let changed = lines.iter().any(|line| line.look != Look::Kept);
        let mut written = Vec::new();
        for line in lines {
            let (old, new) = (&line.old, &line.new);
            match line.look {
                Look::Kept | Look::Relinked if changed => written.push(format!(" {new}")),
                Look::Kept | Look::Relinked => written.push(new.clone()),
                Look::Inserted => written.push(format!("+{new}")),
                Look::Deleted => written.push(format!("-{old}")),
                Look::Renamed => written.extend([format!("-{old}"), format!("+{new}")]),
            }
        }
        let ticks = |line: &String| longest_row(line, '`');
        let longest = written.iter().map(ticks).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let open = format!("{fence}{}", if changed { "diff" } else { "" });
        self.lines([vec![open], written, vec![fence]].concat());
    }

    fn rule(&mut self, pieces: &[Piece]) {
        match pieces.first().map(|piece| piece.look) {
            Some(Look::Inserted) => self.line("<ins>\\* \\* \\*</ins>"),
            Some(Look::Deleted) => self.line("<del>\\* \\* \\*</del>"),
            _ => self.line("\\* \\* \\*"),
        }
    }

    pub(super) fn heading(&mut self, depth: usize, pieces: &[Piece]) {
        let mark = "#".repeat((depth + 1).clamp(2, 6));
        self.line(&format!("{mark} {}", inline(pieces)));
    }

    /// What there is to say of a part beside its words.
    pub(super) fn remark(&mut self, words: &str) {
        self.line(&format!("> ({})", escaped(words)));
    }

    /// Begins a part that is collapsed.
    pub(super) fn open(&mut self, summary: &str) {
        let summary = summary
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        self.line(&format!("<details><summary>{summary}</summary>"));
    }

    /// Ends it.
    pub(super) fn close(&mut self) {
        self.line("</details>");
    }

    /// Begins a list, which is another one than the list before.
    pub(super) fn new_list(&mut self) {
        self.starred = !self.starred;
    }

    /// Begins an item, with what stands before its words.
    pub(super) fn begin_item(&mut self, label: &str) -> Outer {
        let outer = self.begin(if self.starred { "* " } else { "- " });
        label.clone_into(&mut self.label);
        outer
    }

    /// Begins a quotation.
    pub(super) fn begin_quote(&mut self) -> Outer {
        let outer = self.begin("> ");
        self.rest = format!("{}> ", outer.rest);
        outer
    }

    fn begin(&mut self, mark: &str) -> Outer {
        let outer = Outer {
            rest: self.rest.clone(),
            starred: self.starred,
        };
        let (above, before) = self
            .first
            .take()
            .unwrap_or_else(|| (self.rest.clone(), self.rest.clone()));
        self.first = Some((above, format!("{before}{mark}")));
        self.rest.push_str(&" ".repeat(mark.len()));
        outer
    }

    /// Ends an item or a quotation. One without words has its number all the same.
    pub(super) fn end(&mut self, outer: Outer) {
        let label = std::mem::take(&mut self.label);
        if !label.is_empty() {
            self.line(label.trim_end());
        }
        self.first = None;
        (self.rest, self.starred) = (outer.rest, outer.starred);
    }
}

/// A row of a table; after the first, the line that makes it the header.
pub(super) fn push_row(lines: &mut Vec<String>, cells: &[Vec<Piece>]) {
    let words: Vec<String> = cells.iter().map(|pieces| inline(pieces)).collect();
    let is_header = lines.is_empty();
    lines.push(format!("| {} |", words.join(" | ")));
    if is_header {
        lines.push(format!("|{}", "---|".repeat(cells.len())));
    }
}

/// Words with their marks.
pub(super) fn inline(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        if piece.space && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&marked(piece));
    }
    out
}

fn marked(piece: &Piece) -> String {
    let around = |element: &str, words: &str| match escaped(words) {
        words if words.is_empty() => String::new(),
        words => format!("<{element}>{words}</{element}>"),
    };
    match piece.look {
        Look::Kept => escaped(&piece.new),
        Look::Inserted if piece.links.1.is_some() => {
            let link = escaped(&piece.relinked());
            format!("{} ({link})", around("ins", &piece.new))
        }
        Look::Inserted => around("ins", &piece.new),
        Look::Deleted => around("del", &piece.old),
        Look::Renamed => around("del", &piece.old) + &around("ins", &piece.new),
        Look::Relinked => format!("{} ({})", escaped(&piece.new), escaped(&piece.relinked())),
    }
}

/// Words that no mark of Markdown is read from.
pub(super) fn escaped(words: &str) -> String {
    const MARKS: &str = "\\`*_[]<>|~#&$";
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if MARKS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// How often a character stands in a row at most.
fn longest_row(text: &str, c: char) -> usize {
    let rows = text.split(|other| other != c);
    rows.map(str::len).max().unwrap_or(0)
}

/// A line that begins no list and underlines nothing.
fn at_start(line: &str) -> Cow<'_, str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let begins_list = digits > 0 && rest.starts_with(['.', ')']);
    if begins_list || (digits == 0 && rest.starts_with(['-', '+', '=', ':'])) {
        return Cow::Owned(format!("{}\\{rest}", &line[..digits]));
    }
    Cow::Borrowed(line)
}
