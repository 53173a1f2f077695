//! Sections against sections: a tree of what stayed, came, went and moved, in reading order.

use super::compare::Comparer;
use super::nodes::{NodeId, Nodes};
use super::{Detail, Fate, Part};

/// The sections inside of two, as they are put together. What stands at another depth than before
/// is where the new text has it; but what is in both texts is never put into what one of them lacks.
struct Forest<'f, 's, 'n, 't> {
    comparer: &'f Comparer<'s, 'n, 't>,
    /// The sections that can still be put into, the innermost last; the first is the one around all.
    open: Vec<Part>,
}

impl Comparer<'_, '_, '_> {
    /// The sections inside of two.
    pub(super) fn sections(&self, old: NodeId, new: NodeId) -> Vec<Part> {
        let mut forest = Forest {
            comparer: self,
            open: vec![parts(Fate::Kept, Some(old), Some(new), Vec::new())],
        };
        forest.fill(
            self.old.nodes.sections_inside(old),
            self.new.nodes.sections_inside(new),
        );
        forest.close(1);
        match forest.open.pop().map(|part| part.detail) {
            Some(Detail::Parts(parts)) => parts,
            _ => Vec::new(),
        }
    }
}

impl Forest<'_, '_, '_, '_> {
    fn fill(&mut self, mut olds: &[NodeId], mut news: &[NodeId]) {
        let (mates, order) = (&self.comparer.mates, &self.comparer.order);
        let stays = |old: NodeId| order.stays(old);
        loop {
            let gone = olds.first().copied().filter(|id| !stays(*id));
            let came = news
                .first()
                .copied()
                .filter(|id| !mates.of_new(*id).is_some_and(stays));
            let done = match (gone, came) {
                (None, Some(new)) => (0, self.came(new)),
                // What belongs into the section that was written last comes first.
                (Some(old), Some(new))
                    if self.depth(Some(old), None) < self.depth(None, Some(new)) =>
                {
                    (0, self.came(new))
                }
                (Some(old), _) => (self.gone(old), 0),
                (None, None) => match (olds.first(), news.first()) {
                    (Some(old), Some(new)) => self.both(*old, *new),
                    _ => return,
                },
            };
            olds = &olds[olds.partition_point(|id| *id < done.0)..];
            news = &news[news.partition_point(|id| *id < done.1)..];
        }
    }

    /// A section that stayed. As of all of these, what comes back is the node of each text up to which
    /// all is done.
    fn both(&mut self, old: NodeId, new: NodeId) -> (NodeId, NodeId) {
        self.close(self.depth(None, Some(new)) + 1);
        if self.comparer.is_untouched(old, new) {
            self.put(Part::whole(Fate::Kept, Some(old), Some(new)));
            let (before, after) = (self.comparer.old.nodes, self.comparer.new.nodes);
            return (before.subtree(old).end, after.subtree(new).end);
        }
        self.open(Fate::Kept, Some(old), Some(new));
        (old + 1, new + 1)
    }

    /// A section of the old text that is not in this place of the new one.
    fn gone(&mut self, old: NodeId) -> NodeId {
        self.close(self.innermost(|part| is_around(self.comparer.old.nodes, part.old, old)) + 1);
        let Some(mate) = self.comparer.mates.of_old(old) else {
            self.open(Fate::Deleted, Some(old), None);
            return old + 1;
        };
        self.put(Part::whole(Fate::MovedAway, Some(old), Some(mate)));
        self.comparer.old.nodes.subtree(old).end
    }

    /// A section of the new text that was not in this place of the old one.
    fn came(&mut self, new: NodeId) -> NodeId {
        self.close(self.innermost(|part| is_around(self.comparer.new.nodes, part.new, new)) + 1);
        let Some(mate) = self.comparer.mates.of_new(new) else {
            self.open(Fate::Inserted, None, Some(new));
            return new + 1;
        };
        self.put(self.comparer.both(Fate::MovedHere, mate, new));
        self.comparer.new.nodes.subtree(new).end
    }

    /// The place of the innermost open section of both texts that holds a node of one.
    fn depth(&self, old: Option<NodeId>, new: Option<NodeId>) -> usize {
        let (before, after) = (self.comparer.old.nodes, self.comparer.new.nodes);
        self.innermost(|part| {
            let in_both = part.old.is_some() && part.new.is_some();
            in_both
                && old.is_none_or(|id| is_around(before, part.old, id))
                && new.is_none_or(|id| is_around(after, part.new, id))
        })
    }

    fn innermost(&self, holds: impl Fn(&Part) -> bool) -> usize {
        self.open.iter().rposition(holds).unwrap_or(0)
    }

    fn open(&mut self, fate: Fate, old: Option<NodeId>, new: Option<NodeId>) {
        let own = self.comparer.before_sections(old, new);
        self.open.push(parts(fate, old, new, own));
    }

    /// Closes sections until so many are open.
    fn close(&mut self, count: usize) {
        while self.open.len() > count {
            if let Some(part) = self.open.pop() {
                self.put(part);
            }
        }
    }

    fn put(&mut self, part: Part) {
        if let Some(Detail::Parts(parts)) = self.open.last_mut().map(|part| &mut part.detail) {
            parts.push(part);
        }
    }
}

fn is_around(nodes: &Nodes<'_>, around: Option<NodeId>, id: NodeId) -> bool {
    around.is_some_and(|around| nodes.is_inside(id, around))
}

fn parts(fate: Fate, old: Option<NodeId>, new: Option<NodeId>, parts: Vec<Part>) -> Part {
    Part {
        fate,
        old,
        new,
        detail: Detail::Parts(parts),
    }
}
