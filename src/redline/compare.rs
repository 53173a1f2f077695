//! Comparing two texts from the top down: sections, then blocks, then words.

use std::collections::BTreeMap;

use super::clauses::Mates;
use super::nodes::{NodeId, Nodes, Source};
use super::number::without_number;
use super::sequence;
use super::wording::{self, Side};
use super::{Detail, Fate, Part};

/// Two texts that are compared.
pub(super) struct Comparer<'s, 'n, 't> {
    pub(super) old: Side<'s, 'n, 't>,
    pub(super) new: Side<'s, 'n, 't>,
    pub(super) mates: Mates,
}

impl Comparer<'_, '_, '_> {
    /// The whole texts.
    pub(super) fn texts(&self) -> Part {
        self.both(Fate::Kept, Nodes::ROOT, Nodes::ROOT)
    }

    /// A section, or the text, that is in both.
    fn both(&self, fate: Fate, old: NodeId, new: NodeId) -> Part {
        if self.is_untouched(old, new) {
            return Part::whole(fate, Some(old), Some(new));
        }
        Part {
            fate,
            old: Some(old),
            new: Some(new),
            detail: Detail::Parts(self.inside(Some(old), Some(new))),
        }
    }

    /// Whether two sections hold the same words, and the sections inside are the same ones.
    fn is_untouched(&self, old: NodeId, new: NodeId) -> bool {
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

    /// What is inside a section of one text or both: heading, blocks, sections, footnotes.
    fn inside(&self, old: Option<NodeId>, new: Option<NodeId>) -> Vec<Part> {
        let (old, new) = (
            Inside::of(self.old.nodes, old),
            Inside::of(self.new.nodes, new),
        );
        let mut parts = Vec::new();
        parts.extend(match (old.heading, new.heading) {
            (Some(old), Some(new)) => Some(self.headings(old, new)),
            (old, new) => Part::one_sided(old, new),
        });
        parts.extend(self.blocks(&old.blocks, &new.blocks));
        parts.extend(self.sections(&old.sections, &new.sections));
        parts.extend(match (old.footnotes, new.footnotes) {
            (Some(old), Some(new)) => Some(self.containers(old, new)),
            (old, new) => Part::one_sided(old, new),
        });
        parts
    }

    /// The sections inside of one: those that stand in the same order stay, the others were moved.
    /// One that did not change inside stays rather than one that did.
    fn sections(&self, old: &[NodeId], new: &[NodeId]) -> Vec<Part> {
        let place: BTreeMap<NodeId, usize> =
            new.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let among = |(at, id): (usize, &NodeId)| {
            let mate = self.mates.of_old(*id)?;
            let weight = self.old.nodes.weight(*id) + self.new.nodes.weight(mate);
            let same = self.old.nodes.print(*id) == self.new.nodes.print(mate);
            Some((at, *place.get(&mate)?, weight * if same { 2 } else { 1 }))
        };
        let pairs: Vec<(usize, usize, usize)> = old.iter().enumerate().filter_map(among).collect();
        let stays = sequence::heaviest_in_order(&pairs);
        let kept = pairs.iter().zip(stays).filter(|(_, stays)| *stays);
        let kept: Vec<(usize, usize)> = kept.map(|((i, j, _), _)| (*i, *j)).collect();
        let mut parts = Vec::new();
        let (mut i, mut j) = (0, 0);
        for (to_i, to_j) in kept.into_iter().chain([(old.len(), new.len())]) {
            parts.extend(old[i..to_i].iter().map(|id| self.old_section(*id)));
            parts.extend(new[j..to_j].iter().map(|id| self.new_section(*id)));
            if let (Some(old), Some(new)) = (old.get(to_i), new.get(to_j)) {
                parts.push(self.both(Fate::Kept, *old, *new));
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
        parts
    }

    /// A section of the old text that is not in this place of the new one.
    fn old_section(&self, id: NodeId) -> Part {
        match self.mates.of_old(id) {
            Some(mate) => Part::whole(Fate::MovedAway, Some(id), Some(mate)),
            None => Part {
                fate: Fate::Deleted,
                old: Some(id),
                new: None,
                detail: Detail::Parts(self.inside(Some(id), None)),
            },
        }
    }

    /// A section of the new text that was not in this place of the old one.
    fn new_section(&self, id: NodeId) -> Part {
        match self.mates.of_new(id) {
            Some(mate) => self.both(Fate::MovedHere, mate, id),
            None => Part {
                fate: Fate::Inserted,
                old: None,
                new: Some(id),
                detail: Detail::Parts(self.inside(None, Some(id))),
            },
        }
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
            let (old, new): (Vec<_>, Vec<_>) = (
                self.old.nodes.children(old).collect(),
                self.new.nodes.children(new).collect(),
            );
            self.children(&old, &new)
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

/// The children of a section by what they are.
#[derive(Default)]
struct Inside {
    heading: Option<NodeId>,
    blocks: Vec<NodeId>,
    sections: Vec<NodeId>,
    footnotes: Option<NodeId>,
}

impl Inside {
    fn of(nodes: &Nodes<'_>, id: Option<NodeId>) -> Self {
        let mut inside = Self::default();
        for child in id.into_iter().flat_map(|id| nodes.children(id)) {
            match nodes.source(child) {
                Source::Heading(_) => inside.heading = Some(child),
                Source::Section(_) => inside.sections.push(child),
                Source::Footnotes => inside.footnotes = Some(child),
                _ => inside.blocks.push(child),
            }
        }
        inside
    }
}
