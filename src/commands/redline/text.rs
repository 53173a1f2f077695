//! A redline for a terminal: coloured, and readable without colours.

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};
use engross::redline::lines::{Content, Line, lines};
use engross::redline::{Changes, Clause, Compared, Impact, Look, Piece, Redline, counted};

use super::super::words::{self, FAINT, Inked, PLAIN, STRONG};

const INSERTED: Style = AnsiColor::Green.on_default();
const DELETED: Style = AnsiColor::Red.on_default();
const REMARK: Style = AnsiColor::Yellow.on_default();

/// How far what stands in the text is indented.
const MARGIN: usize = 2;

/// Writes what changed in short, then the text with its changes, `width` columns wide. The marks
/// `[-deleted-]`, `{+inserted+}` and `{~said of the text~}` say what the colours say.
pub(super) fn write(compared: &Compared, redline: &Redline<'_, '_>, width: usize) -> String {
    let mut out = head(compared);
    let paper = Paper { width };
    if compared.old.is_none() {
        out.push('\n');
        paper.plain(&mut out, &compared.first_words());
        return out;
    }
    let changes = redline.changes();
    paper.digest(&mut out, compared, &changes);
    if !changes.is_none() {
        let rule = "─".repeat(width);
        let _ = writeln!(out, "\n{FAINT}{rule}{FAINT:#}");
        let lines = lines(redline);
        lines.iter().for_each(|line| paper.line(&mut out, line));
    }
    out
}

/// The title, and the versions that are compared.
fn head(compared: &Compared) -> String {
    let mut out = format!("{STRONG}{}{STRONG:#}\n", compared.title);
    let versions = [("from", compared.old.as_ref()), ("to", Some(&compared.new))];
    let names = versions.iter().filter_map(|(_, version)| *version);
    let column = names.map(|version| version.id.len()).max().unwrap_or(0);
    for (label, version) in versions {
        if let Some(version) = version {
            let id = words::padded(&version.id, column);
            let _ = writeln!(
                out,
                "{label:4}  {STRONG}{id}{STRONG:#}  {}",
                version.words()
            );
        }
    }
    out
}

/// Where it is written: how wide that is.
#[derive(Clone, Copy)]
struct Paper {
    width: usize,
}

impl Paper {
    fn digest(self, out: &mut String, compared: &Compared, changes: &Changes) {
        let summary = compared.new.summary.as_ref();
        let summary = summary.map(|summary| format!("Summary: {summary}"));
        let reason = compared.new.reason.as_ref();
        let reason = reason.map(|reason| format!("Correction: {reason}"));
        for said in summary.into_iter().chain(reason) {
            out.push('\n');
            self.plain(out, &said);
        }
        let _ = writeln!(out, "\n{STRONG}{}{STRONG:#}", changes.words());
        for rename in &changes.renames {
            let (old, new) = (&rename.old, &rename.new);
            self.plain(out, &format!("“{old}” is now “{new}” throughout"));
        }
        self.clauses(out, changes);
        self.levels(out, &changes.relevelled);
        self.impacts(out, &changes.impacts);
    }

    /// The sections that changed, with what became of each beside it.
    fn clauses(self, out: &mut String, changes: &Changes) {
        if !changes.clauses.is_empty() {
            let _ = writeln!(out, "\n{STRONG}Sections that changed{STRONG:#}");
        }
        let names: Vec<String> = changes.clauses.iter().map(Clause::name).collect();
        let widest = names.iter().map(|name| words::columns_of(name)).max();
        let column = widest.unwrap_or(0).min(self.width / 2);
        for (name, clause) in names.iter().zip(&changes.clauses) {
            let left = words::lines(name, column);
            let right = words::lines(&clause.words(), self.width - column - 2 * MARGIN);
            for at in 0..left.len().max(right.len()) {
                let name = words::padded(left.get(at).map_or("", String::as_str), column);
                let words = right.get(at).map_or("", String::as_str);
                let _ = writeln!(out, "{}", format!("  {name}  {words}").trim_end());
            }
        }
        match changes.renumbered {
            0 => {}
            1 => out.push_str("  1 section has another number and is the same otherwise\n"),
            n => {
                let _ = writeln!(
                    out,
                    "  {n} sections have another number and are the same otherwise"
                );
            }
        }
    }

    /// The sections at another level; where there are many, what is said is how many.
    fn levels(self, out: &mut String, headings: &[String]) {
        const MOST: usize = 5;
        let words = match headings {
            [] => return,
            [heading] => format!("“{heading}” stands at another level"),
            few if few.len() <= MOST => {
                format!("“{}” stand at another level", few.join("”, “"))
            }
            many => format!("{} sections stand at another level", many.len()),
        };
        out.push('\n');
        self.plain(out, &words);
    }

    /// The terms that mean something else, with the sections that say something else by them.
    fn impacts(self, out: &mut String, impacts: &[Impact]) {
        if impacts.is_empty() {
            return;
        }
        let title = "Terms that mean something else now";
        let _ = writeln!(out, "\n{STRONG}{title}{STRONG:#}");
        for impact in impacts {
            let titles: Vec<String> = impact
                .clauses
                .iter()
                .map(|(title, _)| format!("“{title}”"))
                .collect();
            let using = format!(
                "“{}”{}, used in unchanged words in {}",
                impact.term,
                if impact.newly { ", newly defined" } else { "" },
                titles.join(", ")
            );
            for (at, line) in words::lines(&using, self.width - 2 * MARGIN)
                .iter()
                .enumerate()
            {
                let indent = if at == 0 { MARGIN } else { 2 * MARGIN };
                let _ = writeln!(out, "{:indent$}{line}", "");
            }
        }
    }

    fn plain(self, out: &mut String, text: &str) {
        for line in words::lines(text, self.width) {
            let _ = writeln!(out, "{line}");
        }
    }

    fn line(self, out: &mut String, line: &Line) {
        if !line.close {
            out.push('\n');
        }
        let margin = MARGIN + line.indent;
        match &line.content {
            Content::Heading(depth, pieces) => {
                let mark = "#".repeat(depth + 1);
                self.inked(out, (STRONG, &mark), mark.len() + 1, &inked(pieces, STRONG));
            }
            Content::Words(pieces) => {
                let mark = format!("{:MARGIN$}{}", "", line.mark);
                self.inked(out, (PLAIN, &mark), margin, &inked(pieces, PLAIN));
            }
            Content::Remark(remark) => {
                let mark = " ".repeat(margin);
                let words = enclosed("{~", &remark.words(), "~}", REMARK, true);
                self.inked(out, (PLAIN, &mark), margin, &words);
            }
            Content::SameWords => self.aside(out, margin, FAINT, "⋮ the words are the same"),
            Content::Unchanged(several) => {
                self.aside(
                    out,
                    margin,
                    FAINT,
                    &format!("⋮ {} unchanged", counted(several)),
                );
            }
            Content::UnchangedSections(headings) => {
                let headings = headings.join("; ");
                self.aside(out, margin, FAINT, &format!("⋮ unchanged: {headings}"));
            }
        }
    }

    /// Something that is no part of the text.
    fn aside(self, out: &mut String, indent: usize, style: Style, words: &str) {
        let words = styled(words, style, true);
        let mark = " ".repeat(indent);
        self.inked(out, (PLAIN, &mark), indent, &words);
    }

    /// Words after a mark; further lines are indented.
    fn inked(self, out: &mut String, mark: (Style, &str), indent: usize, words: &[Ink]) {
        let (style, mark) = (mark.0, format!("{:1$}", mark.1, indent));
        let words = words.iter().map(|(style, words, space)| Inked {
            style: *style,
            words,
            space: *space,
        });
        let first = self.width.saturating_sub(words::columns_of(&mark));
        let lines = words::laid_out(words, first, self.width.saturating_sub(indent));
        if lines.is_empty() {
            // Preformatted text has empty lines.
            let _ = writeln!(out, "{}", mark.trim_end());
            return;
        }
        let between = format!("\n{:indent$}", "");
        let _ = writeln!(out, "{style}{mark}{style:#}{}", lines.join(&between));
    }
}

/// A word with its marks, in its style, and whether white space stands before it.
type Ink = (Style, String, bool);

fn inked(pieces: &[Piece], usual: Style) -> Vec<Ink> {
    pieces.iter().flat_map(|piece| ink(piece, usual)).collect()
}

fn ink(piece: &Piece, usual: Style) -> Vec<Ink> {
    let inserted = |space| enclosed("{+", &piece.new, "+}", INSERTED, space);
    let deleted = || enclosed("[-", &piece.old, "-]", DELETED, piece.space);
    let link = || match piece.relinked() {
        none if none.is_empty() => Vec::new(),
        said => enclosed("{~", &said, "~}", REMARK, true),
    };
    match piece.look {
        Look::Kept => styled(&piece.new, usual, piece.space),
        Look::Inserted => [inserted(piece.space), link()].concat(),
        Look::Deleted => deleted(),
        Look::Renamed => [deleted(), inserted(false)].concat(),
        Look::Relinked => {
            let words = styled(&piece.new, usual, piece.space);
            [words, link()].concat()
        }
    }
}

/// The words of a text with marks around them. If they begin or end with a character of the marks,
/// white space stands between the two.
fn enclosed(open: &str, words: &str, close: &str, style: Style, space: bool) -> Vec<Ink> {
    let gap = |touches: bool| if touches { " " } else { "" };
    let sign = |c: char| open.contains(c) || close.contains(c);
    let (before, after) = (gap(words.starts_with(sign)), gap(words.ends_with(sign)));
    let mut inks = styled(words, style, space);
    if let Some((_, first, _)) = inks.first_mut() {
        first.insert_str(0, &format!("{open}{before}"));
    }
    if let Some((_, last, _)) = inks.last_mut() {
        let _ = write!(last, "{after}{close}");
    }
    inks
}

/// The words of a text, each in the same style.
fn styled(text: &str, style: Style, space: bool) -> Vec<Ink> {
    let words = text.split(' ').enumerate();
    words
        .map(|(at, word)| (style, word.to_owned(), space || at > 0))
        .collect()
}
