//! A redline for a terminal: coloured, and readable without colours.

use super::lines::{Line, Piece, Remark, Unchanged, lines};
use super::{Look, Redline};

const RESET: &str = "\u{1b}[0m";
const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const INSERTED: &str = "\u{1b}[32m";
const DELETED: &str = "\u{1b}[31m";
const REMARK: &str = "\u{1b}[33m";

/// Writes the lines of a redline, `width` characters wide. The colours are escape codes, which the
/// terminal's side takes out where nobody would see them; the marks `[-deleted-]` and `{+inserted+}`
/// say the same.
pub fn write(redline: &Redline<'_, '_>, width: usize) -> String {
    let mut out = String::new();
    let mut after_words = false;
    for line in lines(redline) {
        let is_words = matches!(line, Line::Words(..));
        if !out.is_empty() && !(is_words && after_words) && !matches!(line, Line::Unchanged(_)) {
            blank_line(&mut out);
        }
        push_line(&mut out, &line, width);
        after_words = is_words || matches!(line, Line::Remark(_) | Line::Unchanged(_));
    }
    out
}

fn blank_line(out: &mut String) {
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn push_line(out: &mut String, line: &Line, width: usize) {
    match line {
        Line::Heading(depth, pieces) => {
            let mark = "#".repeat(depth + 1);
            let mut filler = Filler::new(out, width, &format!("{mark} "), 0);
            filler.around = BOLD;
            filler.pieces(pieces);
            filler.end();
        }
        Line::Remark(remark) => {
            let mut filler = Filler::new(out, width, "", 2);
            filler.around = REMARK;
            filler.plain(&format!("({})", words_of(remark)));
            filler.end();
        }
        Line::Unchanged(unchanged) => {
            let mut filler = Filler::new(out, width, "  ⋮ ", 4);
            filler.around = DIM;
            filler.plain(&left_out(unchanged));
            filler.end();
        }
        Line::Words(first, indent, pieces) => {
            let mut filler = Filler::new(out, width, &format!("  {first}"), indent + 2);
            filler.pieces(pieces);
            filler.end();
        }
    }
}

/// A remark in words.
pub(super) fn words_of(remark: &Remark) -> String {
    match remark {
        Remark::NewSection => "new section".to_owned(),
        Remark::RemovedSection => "section removed".to_owned(),
        Remark::MovedHere(Some(from)) => format!("moved here from “{from}”"),
        Remark::MovedHere(None) => "moved here".to_owned(),
        Remark::MovedAway(words) => format!("moved away: “{words}”"),
        Remark::Renumbered(was) => format!("was {was}"),
        Remark::Split => "split, without other changes than those marked".to_owned(),
        Remark::Merged => "merged, without other changes than those marked".to_owned(),
        Remark::ToList => "made into a list, without other changes than those marked".to_owned(),
    }
}

/// What is left out, in words.
pub(super) fn left_out(unchanged: &Unchanged) -> String {
    match unchanged {
        Unchanged::Blocks(0) => "the words are unchanged".to_owned(),
        Unchanged::Blocks(1) => "1 paragraph unchanged".to_owned(),
        Unchanged::Blocks(count) => format!("{count} paragraphs unchanged"),
        Unchanged::Sections(headings) => format!("unchanged: {}", headings.join("; ")),
    }
}

/// Fills lines with words up to a width.
struct Filler<'o> {
    out: &'o mut String,
    width: usize,
    indent: usize,
    /// How many characters the line has.
    column: usize,
    /// The style of everything.
    around: &'static str,
    fresh: bool,
}

impl<'o> Filler<'o> {
    fn new(out: &'o mut String, width: usize, first: &str, indent: usize) -> Self {
        out.push_str(first);
        Self {
            column: first.chars().count(),
            out,
            width,
            indent,
            around: "",
            fresh: true,
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece.look {
                Look::Kept => self.words("", "", &piece.new, "", piece.space),
                Look::Inserted => self.words(INSERTED, "{+", &piece.new, "+}", piece.space),
                Look::Deleted => self.words(DELETED, "[-", &piece.old, "-]", piece.space),
                Look::Renamed => {
                    self.words(DELETED, "[-", &piece.old, "-]", piece.space);
                    self.words(INSERTED, "{+", &piece.new, "+}", false);
                }
                Look::Relinked => {
                    self.words("", "", &piece.new, "", piece.space);
                    let (old, new) = piece.links.clone().unwrap_or_default();
                    self.words(
                        DELETED,
                        "[-",
                        &format!("link: {}", or_none(&old)),
                        "-]",
                        true,
                    );
                    self.words(
                        INSERTED,
                        "{+",
                        &format!("link: {}", or_none(&new)),
                        "+}",
                        false,
                    );
                }
            }
        }
    }

    fn plain(&mut self, words: &str) {
        self.words("", "", words, "", false);
    }

    fn words(&mut self, style: &str, open: &str, words: &str, close: &str, space: bool) {
        let style = if style.is_empty() { self.around } else { style };
        let mut space = space;
        let count = words.split(' ').count();
        for (at, word) in words.split(' ').enumerate() {
            let open = if at == 0 { open } else { "" };
            let close = if at + 1 == count { close } else { "" };
            let length = word.chars().count() + open.len() + close.len();
            if space && !self.fresh && self.column + 1 + length > self.width {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(self.indent));
                self.column = self.indent;
            } else if space && !self.fresh {
                self.out.push(' ');
                self.column += 1;
            }
            if style.is_empty() {
                self.out.push_str(&format!("{open}{word}{close}"));
            } else {
                self.out
                    .push_str(&format!("{style}{open}{word}{close}{RESET}"));
            }
            self.column += length;
            self.fresh = false;
            space = true;
        }
    }

    fn end(self) {
        self.out.push('\n');
    }
}

fn or_none(link: &str) -> &str {
    if link.is_empty() { "none" } else { link }
}
