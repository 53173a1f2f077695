//! A redline as lines of text, for formats that know no boxes: terminals.

use super::liner;
use super::pieces::Piece;
use super::remarks::{Remark, Several};
use super::{Redline, Source};
use crate::model::text::Item;

/// Something that begins on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands before it: the marks of lists and quotations, or as much white space.
    pub mark: String,
    /// How far it is indented if it takes several lines.
    pub indent: usize,
    /// Whether it belongs so close to what stands above that no room is between: an item, a row, a
    /// remark on a heading, a block after a remark on it.
    pub close: bool,
    /// What it says.
    pub content: Content,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A heading: how deep its section stands, from 1, 0 for the title; its words, and before them
    /// its number.
    Heading(usize, Vec<Piece>),
    /// What became of what follows; of a section, of what stands above.
    Remark(Remark),
    /// Words.
    Words(Vec<Piece>),
    /// Blocks that did not change and are left out: what they are, and how many.
    Unchanged(Vec<Several>),
    /// A section whose words did not change, though its place did.
    SameWords,
    /// Sections that did not change and are left out, by their headings.
    UnchangedSections(Vec<String>),
}

/// The lines of a redline.
pub fn lines(redline: &Redline<'_, '_>) -> Vec<Line> {
    liner::lines(redline)
}

/// The words of a heading with its number; of one that has neither, that it has none.
pub(super) fn heading_pieces(number: Option<String>, mut pieces: Vec<Piece>) -> Vec<Piece> {
    match number {
        Some(number) => number_pieces(&number, &mut pieces),
        None if pieces
            .iter()
            .all(|piece| piece.old.is_empty() && piece.new.is_empty()) =>
        {
            return vec![Piece::kept("(no heading)".to_owned())];
        }
        None => {}
    }
    pieces
}

/// Puts a number before the words of a heading, with the marks of a heading that is new or gone.
fn number_pieces(number: &str, pieces: &mut Vec<Piece>) {
    match &mut pieces[..] {
        [only] if only.old.is_empty() => only.new.insert_str(0, &format!("{number} ")),
        [only] if only.new.is_empty() => only.old.insert_str(0, &format!("{number} ")),
        _ => {
            if let Some(first) = pieces.first_mut() {
                first.space = true;
            }
            pieces.insert(0, Piece::kept(number.to_owned()));
        }
    }
}

/// What stands before the words of a node.
pub(super) fn mark(source: Source<'_>, number: Option<u64>) -> Option<String> {
    match source {
        Source::Item(item) => Some(item_mark(item, number)),
        Source::Quote(_) => Some("> ".to_owned()),
        Source::Meaning(_) => Some(": ".to_owned()),
        Source::Footnote(note) => Some(format!("[{}] ", note.number)),
        _ => None,
    }
}

pub(super) fn item_mark(item: &Item<'_>, number: Option<u64>) -> String {
    match (&item.label, number) {
        (Some(label), _) => format!("{} ", label.text),
        (None, Some(number)) => format!("{number}. "),
        (None, None) => "- ".to_owned(),
    }
}
