//! Comparing two texts from the top down: sections, then blocks, then words.

use super::clauses::Mates;
use super::nodes::{NodeId, Nodes, Source};
use super::number::without_number;
use super::order::Order;
use super::strays::WORDS;
use super::wording::{self, Side};
use super::{Detail, Fate, Part};

/// Two texts that are compared.
pub(super) struct Comparer<'s, 'n, 't> {
    pub(super) old: Side<'s, 'n, 't>,
    pub(super) new: Side<'s, 'n, 't>,
    pub(super) mates: Mates,
    pub(super) order: Order,
}

impl Comparer<'_, '_, '_> {
    /// The whole texts.
    pub(super) fn texts(&self) -> Part {
        self.both(Fate::Kept, Nodes::ROOT, Nodes::ROOT)
    }

    /// A section, or the text, that is in both.
    pub(super) fn both(&self, fate: Fate, old: NodeId, new: NodeId) -> Part {
        if self.is_untouched(old, new) {
            return Part::whole(fate, Some(old), Some(new));
        }
        Part {
            fate,
            old: Some(old),
            new: Some(new),
            detail: Detail::Parts(self.inside(old, new)),
        }
    }

    /// Whether two sections hold the same words, and the sections inside are the same ones.
    pub(super) fn is_untouched(&self, old: NodeId, new: NodeId) -> bool {
        if self.old.nodes.print(old) != self.new.nodes.print(new) {
            return false;
        }
        let mut inner = self
            .old
            .nodes
            .subtree(old)
            .zip(self.new.nodes.subtree(new))
            .skip(1);
        inner.all(|(old, new)| {
            !matches!(self.old.nodes.source(old), Source::Section(_))
                || self.mates.of_old(old) == Some(new)
        })
    }

    /// What is inside a section that is in both: heading, blocks, sections, footnotes.
    fn inside(&self, old: NodeId, new: NodeId) -> Vec<Part> {
        let mut parts = self.before_sections(Some(old), Some(new));
        parts.extend(self.sections(old, new));
        let footnotes = |nodes: &Nodes<'_>, id| Inside::of(nodes, Some(id)).footnotes;
        parts.extend(
            match (
                footnotes(self.old.nodes, old),
                footnotes(self.new.nodes, new),
            ) {
                (Some(old), Some(new)) => Some(self.containers(old, new)),
                (old, new) => Part::one_sided(old, new),
            },
        );
        parts
    }

    /// What a section of one text or both says before the sections inside: heading and blocks.
    pub(super) fn before_sections(&self, old: Option<NodeId>, new: Option<NodeId>) -> Vec<Part> {
        let is_title = new == Some(Nodes::ROOT);
        let (old, new) = (
            Inside::of(self.old.nodes, old),
            Inside::of(self.new.nodes, new),
        );
        let mut parts = Vec::new();
        parts.extend(match (old.heading, new.heading) {
            // A number in the title is a word of it: no other part of a redline would tell it.
            (Some(old), Some(new)) if is_title => Some(self.words(old, new)),
            (Some(old), Some(new)) => Some(self.headings(old, new)),
            (old, new) => Part::one_sided(old, new),
        });
        parts.extend(self.blocks(&old.blocks, &new.blocks));
        parts
    }

    /// Headings of one section. A number that was given by hand is no word of it.
    fn headings(&self, old: NodeId, new: NodeId) -> Part {
        let words = |nodes: &Nodes<'_>, id| without_number(nodes.words(id)).1.to_owned();
        if words(self.old.nodes, old) == words(self.new.nodes, new) {
            return Part::whole(Fate::Kept, Some(old), Some(new));
        }
        self.words(old, new)
    }

    /// A leaf that is in both, word by word.
    pub(super) fn words(&self, old: NodeId, new: NodeId) -> Part {
        if self.old.nodes.print(old) == self.new.nodes.print(new) {
            return Part::whole(Fate::Kept, Some(old), Some(new));
        }
        let (before, after) = (self.old.spoken([old]), self.new.spoken([new]));
        let mut words = wording::compare(&before, &after);
        if wording::is_rewritten(self.old.nodes, self.new.nodes, &words) {
            words = wording::replaced(&before, &after);
        }
        Part {
            fate: Fate::Kept,
            old: Some(old),
            new: Some(new),
            detail: Detail::Words(words),
        }
    }

    /// A node that holds others and is in both.
    pub(super) fn containers(&self, old: NodeId, new: NodeId) -> Part {
        if self.old.nodes.print(old) == self.new.nodes.print(new) {
            return Part::whole(Fate::Kept, Some(old), Some(new));
        }
        let parts = if let Source::Table(..) = self.new.nodes.source(new) {
            self.tables(old, new)
        } else {
            let around = new;
            let (old, new): (Vec<_>, Vec<_>) = (
                self.old.nodes.children(old).collect(),
                self.new.nodes.children(new).collect(),
            );
            let parts = self.children(&old, &new);
            match self.new.nodes.source(around) {
                Source::List(..) | Source::Definitions(_) => {
                    self.with_strays(parts, &old, &new, &WORDS, |old, new| match (old, new) {
                        (Some(old), Some(new)) => Some(self.containers(old, new)),
                        (old, new) => Part::one_sided(old, new),
                    })
                }
                _ => parts,
            }
        };
        Part {
            fate: Fate::Kept,
            old: Some(old),
            new: Some(new),
            detail: Detail::Parts(parts),
        }
    }

    /// What is inside a block. What can stand there once only is the same on both sides.
    fn children(&self, old: &[NodeId], new: &[NodeId]) -> Vec<Part> {
        let is_summary =
            |nodes: &Nodes<'_>, id: &NodeId| matches!(nodes.source(*id), Source::Summary(_));
        match (old, new) {
            ([first_old, old @ ..], [first_new, new @ ..])
                if is_summary(self.old.nodes, first_old)
                    && is_summary(self.new.nodes, first_new) =>
            {
                let mut parts = vec![self.words(*first_old, *first_new)];
                parts.extend(self.blocks(old, new));
                parts
            }
            _ => self.blocks(old, new),
        }
    }
}

/// The children of a section by what they are, but for the sections inside.
#[derive(Default)]
struct Inside {
    heading: Option<NodeId>,
    blocks: Vec<NodeId>,
    footnotes: Option<NodeId>,
}

impl Inside {
    fn of(nodes: &Nodes<'_>, id: Option<NodeId>) -> Self {
        let mut inside = Self::default();
        for child in id.into_iter().flat_map(|id| nodes.children(id)) {
            match nodes.source(child) {
                Source::Heading(_) => inside.heading = Some(child),
                Source::Section(_) => {}
                Source::Footnotes => inside.footnotes = Some(child),
                _ => inside.blocks.push(child),
            }
        }
        inside
    }
}
