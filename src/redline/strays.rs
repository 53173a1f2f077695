//! Items and rows that stand in another place of the same list or table: they moved, however short.

use std::collections::BTreeMap;

use super::compare::Comparer;
use super::moves::{print_of_words, whole_print};
use super::nodes::{NodeId, Nodes};
use super::{Detail, Fate, Part};

/// What an item or a row is known by.
pub(super) type Print = fn(&Nodes<'_>, NodeId) -> u64;

/// Word for word; then but for the marks at the end, which the place in a list decides.
pub(super) const WORDS: [Print; 2] = [whole_print, print_of_words];

impl Comparer<'_, '_, '_> {
    /// The parts of a list or a table that has these items or rows. Those moved that stand once in
    /// each text, and not where they stood. `one` says what an item is in one text or both.
    pub(super) fn with_strays(
        &self,
        parts: Vec<Part>,
        old: &[NodeId],
        new: &[NodeId],
        prints: &[Print],
        one: impl Fn(Option<NodeId>, Option<NodeId>) -> Option<Part>,
    ) -> Vec<Part> {
        let to = self.strays(&parts, old, new, prints);
        if to.is_empty() {
            return parts;
        }
        let from: BTreeMap<NodeId, NodeId> = to.iter().map(|(old, new)| (*new, *old)).collect();
        let is_stray = |part: &Part| {
            part.old.is_some_and(|id| to.contains_key(&id))
                || part.new.is_some_and(|id| from.contains_key(&id))
        };
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            if !is_stray(&part) {
                out.push(part);
                continue;
            }
            // It may have been taken for another one that changed.
            out.extend(part.old.and_then(|old| match to.get(&old) {
                Some(new) => Some(Part::whole(Fate::MovedAway, Some(old), Some(*new))),
                None => one(Some(old), None),
            }));
            out.extend(part.new.and_then(|new| match from.get(&new) {
                Some(old) => one(Some(*old), Some(new)).map(|part| Part {
                    fate: Fate::MovedHere,
                    ..part
                }),
                None => one(None, Some(new)),
            }));
        }
        out
    }

    /// What stands elsewhere: old and new node.
    fn strays(
        &self,
        parts: &[Part],
        old: &[NodeId],
        new: &[NodeId],
        prints: &[Print],
    ) -> BTreeMap<NodeId, NodeId> {
        let can_move =
            |part: &&Part| !part.is_untouched() && !matches!(part.detail, Detail::Reflowed { .. });
        let open: Vec<&Part> = parts.iter().filter(can_move).collect();
        // Each with what it is taken for so far.
        let mut olds: BTreeMap<NodeId, Option<NodeId>> = open
            .iter()
            .filter_map(|part| Some((part.old?, part.new)))
            .collect();
        let mut news: BTreeMap<NodeId, Option<NodeId>> = open
            .iter()
            .filter_map(|part| Some((part.new?, part.old)))
            .collect();
        let mut found = BTreeMap::new();
        for print in prints {
            if olds.is_empty() || news.is_empty() {
                break;
            }
            let of_old = once(self.old.nodes, old, *print);
            for (said, new) in once(self.new.nodes, new, *print) {
                let (Some(Some(old)), Some(new)) = (of_old.get(&said), new) else {
                    continue;
                };
                let is_elsewhere = |mate: &Option<NodeId>| *mate != Some(new);
                if olds.get(old).is_some_and(is_elsewhere) && news.contains_key(&new) {
                    found.insert(*old, new);
                    olds.remove(old);
                    news.remove(&new);
                }
            }
        }
        found
    }
}

/// Nodes by what they are known by; none where several are.
fn once(nodes: &Nodes<'_>, ids: &[NodeId], print: Print) -> BTreeMap<u64, Option<NodeId>> {
    let mut found = BTreeMap::new();
    for id in ids {
        found
            .entry(print(nodes, *id))
            .and_modify(|several| *several = None)
            .or_insert(Some(*id));
    }
    found
}
