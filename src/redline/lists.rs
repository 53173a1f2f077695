//! Lists that were divided or joined: their items are compared in a row, whichever list they stand in.

use super::compare::Comparer;
use super::nodes::{NodeId, Nodes, Source};
use super::{Detail, Fate, Part, Redline};

/// Items in a row that stand in one list, of each text.
#[derive(Default)]
struct Stretch {
    old: Option<NodeId>,
    new: Option<NodeId>,
    items: Vec<Part>,
}

impl Comparer<'_, '_, '_> {
    /// Lists, and what stands between them. A list in the middle of which something else stands in the
    /// other text becomes several parts, each with some of its items.
    pub(super) fn relisted(&self, old: &[NodeId], new: &[NodeId]) -> Vec<Part> {
        let parts = self.blocks(&flat(self.old.nodes, old), &flat(self.new.nodes, new));
        let mut out = Vec::new();
        let mut open: Vec<Stretch> = Vec::new();
        for part in parts {
            let Some((old, new)) = self.lists_of(&part) else {
                out.extend(self.closed(&mut open));
                out.push(part);
                continue;
            };
            let goes_on = |last: &Stretch| match new {
                Some(_) => last.new.is_none_or(|list| Some(list) == new),
                None => last.old.is_none_or(|list| Some(list) == old),
            };
            if !open.last().is_some_and(goes_on) {
                open.push(Stretch::default());
            }
            if let Some(last) = open.last_mut() {
                last.old = last.old.or(old);
                last.new = last.new.or(new);
                last.items.push(part);
            }
        }
        out.extend(self.closed(&mut open));
        out
    }

    /// The lists in which an item stands, or what became of it; nothing if not all of it is in one list.
    fn lists_of(&self, part: &Part) -> Option<(Option<NodeId>, Option<NodeId>)> {
        let (old, new) = (self.old.nodes, self.new.nodes);
        let lists = (
            part.old.and_then(|id| old.list_of(id)),
            part.new.and_then(|id| new.list_of(id)),
        );
        let in_one = match &part.detail {
            Detail::Reflowed { new: ids, .. } => {
                lists.1.is_some() && ids.iter().all(|id| new.list_of(*id) == lists.1)
            }
            _ => lists.0.or(lists.1).is_some(),
        };
        in_one.then_some(lists)
    }

    /// The lists of items in a row; items that stand in one list of the new text are one.
    fn closed(&self, open: &mut Vec<Stretch>) -> Vec<Part> {
        let mut lists: Vec<Stretch> = Vec::new();
        for stretch in std::mem::take(open) {
            match lists.last_mut() {
                Some(last) if last.new.is_some() && last.new == stretch.new => {
                    last.old = last.old.or(stretch.old);
                    last.items.extend(stretch.items);
                }
                _ => lists.push(stretch),
            }
        }
        lists.into_iter().map(|list| self.list(list)).collect()
    }

    fn list(&self, list: Stretch) -> Part {
        let all = |fate| list.items.iter().all(|part| part.fate == fate);
        let fate = [Fate::Inserted, Fate::Deleted]
            .into_iter()
            .find(|fate| all(*fate));
        let whole = |nodes: &Nodes<'_>, id: Option<NodeId>| {
            id.is_some_and(|id| nodes.children(id).count() == list.items.len())
        };
        let (old, new) = match fate {
            Some(Fate::Inserted) => (None, list.new),
            Some(_) => (list.old, None),
            None => (list.old, list.new),
        };
        let is_whole = fate.is_some() && (whole(self.old.nodes, old) || whole(self.new.nodes, new));
        Part {
            fate: fate.unwrap_or(Fate::Kept),
            old,
            new,
            detail: if is_whole {
                Detail::Whole
            } else {
                Detail::Parts(list.items)
            },
        }
    }
}

/// Blocks, with the items of lists instead of the lists.
fn flat(nodes: &Nodes<'_>, ids: &[NodeId]) -> Vec<NodeId> {
    let mut out = Vec::new();
    for id in ids {
        match nodes.source(*id) {
            Source::List(..) => out.extend(nodes.children(*id)),
            _ => out.push(*id),
        }
    }
    out
}

impl Redline<'_, '_> {
    /// The nodes of the new text that a part is which did not change: of a list in the middle of which
    /// something is gone, the items on one side of it.
    pub fn nodes_of(&self, part: &Part) -> Vec<NodeId> {
        match self.torn(part) {
            Some(items) => items.iter().filter_map(|item| item.new).collect(),
            None => part.new.into_iter().collect(),
        }
    }

    /// The items of a list that are a part which did not change, if there are others.
    pub fn torn<'p>(&self, part: &'p Part) -> Option<&'p [Part]> {
        let Detail::Parts(items) = &part.detail else {
            return None;
        };
        let id = part
            .new
            .filter(|_| matches!(self.source(part), Source::List(..)))?;
        (self.new.children(id).count() != items.len()).then_some(items)
    }

    /// The numbers from which items of a list are counted, as in each text.
    pub fn starts(&self, items: &[Part], start: Option<u64>) -> (Option<u64>, Option<u64>) {
        let mut old = items.iter().filter(|part| part.fate != Fate::MovedHere);
        let mut new = items.iter().filter(|part| part.fate != Fate::MovedAway);
        let (old, new) = (old.find_map(|part| part.old), new.find_map(|part| part.new));
        let from = |nodes: &Nodes<'_>, first: Option<NodeId>| {
            let before = first.map_or(0, |id| nodes.items_before(id));
            start.map(|start| start.saturating_add(u64::try_from(before).unwrap_or(u64::MAX)))
        };
        (from(self.old, old), from(self.new, new))
    }

    /// How many items of a list a part is, in each text.
    pub fn items_in(&self, part: &Part) -> (u64, u64) {
        if let Detail::Reflowed { old, new, .. } = &part.detail {
            let count = |ids: &[NodeId]| u64::try_from(ids.len()).unwrap_or(u64::MAX);
            return (count(old), count(new));
        }
        let was_here = part.old.is_some() && part.fate != Fate::MovedHere;
        let is_here = part.new.is_some() && part.fate != Fate::MovedAway;
        (u64::from(was_here), u64::from(is_here))
    }
}
