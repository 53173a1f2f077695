//! What changed between two texts, as data: a tree of parts that were kept, inserted, deleted and moved.
//!
//! Sections are matched first, by anchor, heading and likeness; then blocks; then words. Everything
//! that is shown to a reader, on a page, in a terminal or to a machine, is written from this tree.

mod abridged;
mod anchors;
mod blocks;
mod changes;
mod clauses;
mod compare;
mod compared;
mod digest;
mod forest;
mod gather;
mod glossary;
mod groups;
mod inlines;
mod islands;
pub mod json;
mod likeness;
mod liner;
pub mod lines;
mod lists;
pub mod markdown;
mod moves;
mod names;
mod neighbours;
mod nodes;
mod number;
mod order;
mod pieces;
mod remarks;
mod renames;
mod runs;
mod seams;
mod sequence;
mod short;
mod strays;
mod styles;
mod tables;
mod terms;
#[cfg(test)]
mod tests;
mod tokens;
mod users;
mod wording;

use clauses::Mates;
use compare::Comparer;
use glossary::Glossary;
use order::Order;
use renames::Renames;
use wording::Side;

pub use abridged::abridged;
pub use anchors::Anchors;
pub use changes::{Changes, Clause, Counts, heading, section};
pub use compared::{Compared, Version};
pub(crate) use names::{Names, Use};
pub use nodes::{NodeId, Nodes, Source};
pub use pieces::Piece;
pub use remarks::{Place, Remark, Several, amount, counted};
pub use renames::Rename;
pub use runs::{Look, Run};
pub use sequence::shared_lines;
pub use styles::{Style, Wrap};
pub use terms::Impact;
pub use tokens::Token;
pub use wording::Word;

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// In both texts, in the same place. It may have changed inside.
    Kept,
    /// In the new text only.
    Inserted,
    /// In the old text only.
    Deleted,
    /// In both texts, here in the new one. It may have changed inside.
    MovedHere,
    /// In both texts, here in the old one: it is shown where it is now.
    MovedAway,
}

/// A part of a comparison.
#[derive(Clone, Debug)]
pub struct Part {
    /// What became of it.
    pub fate: Fate,
    /// What it is in the old text.
    pub old: Option<NodeId>,
    /// What it is in the new text.
    pub new: Option<NodeId>,
    /// What there is to say of its inside.
    pub detail: Detail,
}

/// The inside of a part.
#[derive(Clone, Debug)]
pub enum Detail {
    /// All of it has the part's fate.
    Whole,
    /// The words of a leaf.
    Words(Vec<Word>),
    /// The parts of a node that holds others.
    Parts(Vec<Part>),
    /// Words that flowed from some blocks into others.
    Reflowed {
        /// The blocks that the words stood in.
        old: Vec<NodeId>,
        /// The blocks that they stand in now.
        new: Vec<NodeId>,
        /// Each leaf of the new blocks with its words, and those that are gone.
        lines: Vec<(NodeId, Vec<Word>)>,
    },
}

impl Part {
    fn whole(fate: Fate, old: Option<NodeId>, new: Option<NodeId>) -> Self {
        Self {
            fate,
            old,
            new,
            detail: Detail::Whole,
        }
    }

    /// A node of one text only.
    fn one_sided(old: Option<NodeId>, new: Option<NodeId>) -> Option<Self> {
        match (old, new) {
            (Some(_), None) => Some(Self::whole(Fate::Deleted, old, None)),
            (None, Some(_)) => Some(Self::whole(Fate::Inserted, None, new)),
            _ => None,
        }
    }

    /// Whether it is the same in both texts, in the same place.
    pub fn is_untouched(&self) -> bool {
        self.fate == Fate::Kept && matches!(self.detail, Detail::Whole)
    }
}

/// The comparison of two texts.
#[derive(Debug)]
pub struct Redline<'n, 't> {
    /// The old text.
    pub old: &'n Nodes<'t>,
    /// The new text.
    pub new: &'n Nodes<'t>,
    /// The whole text as a part.
    pub root: Part,
    renames: Renames,
    glossary: Glossary<'n, 't>,
    mates: Mates,
}

impl<'n, 't> Redline<'n, 't> {
    /// What is inside of a node of the new text that did not change.
    pub fn kept_inside(&self, id: NodeId) -> Vec<Part> {
        let inside = self.new.children(id);
        inside
            .map(|child| Part::whole(Fate::Kept, None, Some(child)))
            .collect()
    }

    /// Compares two texts.
    pub fn between(old: &'n Nodes<'t>, new: &'n Nodes<'t>) -> Self {
        let glossary = Glossary::of(old, new);
        let renames = Renames::find(&glossary);
        let (in_old, in_new) = (renames.uses(&glossary.old), renames.uses(&glossary.new));
        let mut mates = Mates::find(old, new);
        let order = Order::find(old, new, &mut mates);
        let comparer = Comparer {
            old: Side {
                nodes: old,
                renamed: &in_old,
            },
            new: Side {
                nodes: new,
                renamed: &in_new,
            },
            mates,
            order,
        };
        let mut root = comparer.texts();
        moves::find(&comparer, &mut root);
        Self {
            old,
            new,
            root,
            renames,
            glossary,
            mates: comparer.mates,
        }
    }

    /// The terms that have another name throughout.
    pub fn renames(&self) -> &[Rename] {
        &self.renames.list
    }
}
