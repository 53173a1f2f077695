//! Blocks against blocks: which are the same, which changed inside, which were split or merged.

use super::compare::Comparer;
use super::groups::{self, Group};
use super::nodes::{NodeId, Nodes};
use super::wording::{self, Word};
use super::{Detail, Fate, Part, sequence};

impl Comparer<'_, '_, '_> {
    /// Blocks in a row.
    pub(super) fn blocks(&self, old: &[NodeId], new: &[NodeId]) -> Vec<Part> {
        let prints = |nodes: &Nodes<'_>, ids: &[NodeId]| -> Vec<u64> {
            ids.iter().map(|id| nodes.print(*id)).collect()
        };
        let same = sequence::shared(&prints(self.old.nodes, old), &prints(self.new.nodes, new));
        let mut parts = Vec::new();
        let (mut i, mut j) = (0, 0);
        for (to_i, to_j) in same.into_iter().chain([(old.len(), new.len())]) {
            parts.extend(self.gap(&old[i..to_i], &new[j..to_j]));
            if let (Some(old), Some(new)) = (old.get(to_i), new.get(to_j)) {
                parts.push(Part::whole(Fate::Kept, Some(*old), Some(*new)));
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
        parts
    }

    /// Blocks between two that stayed the same.
    fn gap(&self, old: &[NodeId], new: &[NodeId]) -> Vec<Part> {
        if let ([old], [new]) = (old, new)
            && self.are_leaves_of_a_kind(*old, *new)
        {
            return self.changed(*old, *new);
        }
        let groups = if old.is_empty() || new.is_empty() {
            Vec::new()
        } else {
            groups::find(self.old, self.new, old, new)
        };
        let mut parts = Vec::new();
        let (mut i, mut j) = (0, 0);
        for group in groups {
            let (from, to) = group.bounds();
            parts.extend(deleted(&old[i..from.0]));
            parts.extend(inserted(&new[j..from.1]));
            parts.extend(self.group(&group, old, new));
            (i, j) = to;
        }
        parts.extend(deleted(&old[i..]));
        parts.extend(inserted(&new[j..]));
        parts
    }

    fn are_leaves_of_a_kind(&self, old: NodeId, new: NodeId) -> bool {
        let (old, new) = (self.old.nodes.source(old), self.new.nodes.source(new));
        old.is_leaf() && old.compares_with(new)
    }

    fn group(&self, group: &Group, old: &[NodeId], new: &[NodeId]) -> Vec<Part> {
        match group {
            Group::Changed(i, j) => self.changed(old[*i], new[*j]),
            Group::Reflowed(i, j) => {
                vec![self.reflowed(old[i.clone()].to_vec(), new[j.clone()].to_vec())]
            }
            Group::Relisted(i, j) => self.relisted(&old[i.clone()], &new[j.clone()]),
        }
    }

    /// A block that changed. Running text of which little is left is shown before and after.
    pub(super) fn changed(&self, old: NodeId, new: NodeId) -> Vec<Part> {
        if !self.new.nodes.source(new).is_leaf() {
            return vec![self.containers(old, new)];
        }
        let part = self.words(old, new);
        let kept = |word: &Word| matches!(word, Word::Kept(..));
        let rewritten = matches!(&part.detail, Detail::Words(words) if !words.iter().any(kept));
        if rewritten && self.new.nodes.source(new).stands_alone() {
            return before_and_after(old, new);
        }
        vec![part]
    }

    /// Words that flowed into other blocks: the new blocks, with what was inserted and deleted.
    fn reflowed(&self, old: Vec<NodeId>, new: Vec<NodeId>) -> Part {
        let leaves = |nodes: &Nodes<'_>, ids: &[NodeId]| -> Vec<NodeId> {
            ids.iter().flat_map(|id| nodes.leaves(*id)).collect()
        };
        let before = self.old.spoken(leaves(self.old.nodes, &old));
        let after = self.new.spoken(leaves(self.new.nodes, &new));
        let words = wording::compare(&before, &after);
        let mut lines: Vec<(NodeId, Vec<Word>)> = leaves(self.new.nodes, &new)
            .into_iter()
            .map(|leaf| (leaf, Vec::new()))
            .collect();
        let mut line = 0;
        for word in words {
            if let Word::Kept(_, token) | Word::Inserted(token) = word {
                while line + 1 < lines.len() && !self.new.nodes.holds(lines[line].0, token) {
                    line += 1;
                }
            }
            lines[line].1.push(word);
        }
        Part {
            fate: Fate::Kept,
            old: old.first().copied(),
            new: new.first().copied(),
            detail: Detail::Reflowed { old, new, lines },
        }
    }
}

fn before_and_after(old: NodeId, new: NodeId) -> Vec<Part> {
    deleted(&[old]).chain(inserted(&[new])).collect()
}

fn deleted(ids: &[NodeId]) -> impl Iterator<Item = Part> + use<'_> {
    ids.iter().filter_map(|id| Part::one_sided(Some(*id), None))
}

fn inserted(ids: &[NodeId]) -> impl Iterator<Item = Part> + use<'_> {
    ids.iter().filter_map(|id| Part::one_sided(None, Some(*id)))
}
