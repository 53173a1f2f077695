//! The order of sections, whatever their depth: which stand where they stood, and which moved.

use std::collections::BTreeMap;

use super::clauses::Mates;
use super::nodes::{NodeId, Nodes};
use super::sequence;

/// The sections that stand in the same order in both texts, or inside of two that moved.
pub(super) struct Order {
    stays: Vec<bool>,
}

/// The sections at hand: those inside of one of each text, but for what stands in one that moved.
struct Scope {
    old: NodeId,
    new: NodeId,
}

struct Finder<'f, 'o, 'n> {
    old: &'f Nodes<'o>,
    new: &'f Nodes<'n>,
    mates: &'f mut Mates,
    stays: Vec<bool>,
}

impl Order {
    /// Finds what stays in place. What stands in another section than before stays too, if it follows
    /// and precedes the same ones: a heading came or went, or stands at another level. A section that
    /// is elsewhere while those inside of it stayed has no mate any more: all that moved is a heading.
    pub(super) fn find(old: &Nodes<'_>, new: &Nodes<'_>, mates: &mut Mates) -> Self {
        if is_in_order(old, new, mates) {
            // Nothing left its place: every section with a mate stays.
            let stays = (0..old.len()).map(|id| mates.of_old(id).is_some());
            return Self {
                stays: stays.collect(),
            };
        }
        let mut finder = Finder {
            old,
            new,
            mates,
            stays: vec![false; old.len()],
        };
        let mut scopes = vec![Scope {
            old: Nodes::ROOT,
            new: Nodes::ROOT,
        }];
        while let Some(scope) = scopes.pop() {
            finder.settle(&scope);
            scopes.extend(finder.moved(&scope));
        }
        Self {
            stays: finder.stays,
        }
    }

    /// Whether a section of the old text, which has a mate, stands where it stood.
    pub(super) fn stays(&self, old: NodeId) -> bool {
        self.stays[old]
    }
}

/// Whether all mates stand in the order of both texts, each in the mate of the section around it.
fn is_in_order(old: &Nodes<'_>, new: &Nodes<'_>, mates: &Mates) -> bool {
    let around = |id: NodeId, mate: NodeId| match (old.parent(id), new.parent(mate)) {
        (Some(Nodes::ROOT), Some(Nodes::ROOT)) => true,
        (Some(old), new) => new.is_some() && mates.of_old(old) == new,
        _ => false,
    };
    let mut last = Nodes::ROOT;
    let sections = old.sections().iter();
    let mut pairs = sections.filter_map(|id| Some((*id, mates.of_old(*id)?)));
    pairs.all(|(id, mate)| std::mem::replace(&mut last, mate) < mate && around(id, mate))
}

impl Finder<'_, '_, '_> {
    fn settle(&mut self, scope: &Scope) {
        let pairs = self.pairs(scope);
        let mut chain = self.in_order(scope, &pairs);
        for (old, new) in &pairs {
            if !chain.contains_key(old) && self.holds_the_same(&chain, *old, *new) {
                put_between(&mut chain, *old, *new);
            }
        }
        let of_new: BTreeMap<NodeId, NodeId> =
            chain.iter().map(|(old, new)| (*new, *old)).collect();
        for (old, new) in pairs {
            self.stays[old] = chain.contains_key(&old);
            let around_old = chain.range(self.old.subtree(old)).next().is_some();
            let around_new = of_new.range(self.new.subtree(new)).next().is_some();
            if !self.stays[old] && (around_old || around_new) {
                self.mates.part(old, new);
            }
        }
    }

    /// The mates in a scope that can stay, in the order of the old text.
    fn pairs(&self, scope: &Scope) -> Vec<(NodeId, NodeId)> {
        let of_new = outermost(self.new, scope.new, |id| {
            let mate = self.mates.of_new(id)?;
            Some(self.can_stay(scope, mate, id))
        });
        let of_old = outermost(self.old, scope.old, |id| {
            let mate = self.mates.of_old(id)?;
            Some(self.can_stay(scope, id, mate))
        });
        let pair = |old: NodeId| {
            let new = self.mates.of_old(old)?;
            let is_here = of_new.binary_search(&new).is_ok() && self.can_stay(scope, old, new);
            is_here.then_some((old, new))
        };
        of_old.into_iter().filter_map(pair).collect()
    }

    /// Whether two mates are in a scope, and in the same section of it. At another level it is another
    /// one that they are in, because a heading came or went; at the same level they moved.
    fn can_stay(&self, scope: &Scope, old: NodeId, new: NodeId) -> bool {
        if !self.old.is_inside(old, scope.old) || !self.new.is_inside(new, scope.new) {
            return false;
        }
        let around = (self.old.parent(old), self.new.parent(new));
        let same = match around {
            (Some(old), Some(new)) if old == scope.old => new == scope.new,
            (Some(old), new) => self.mates.of_old(old) == new,
            _ => false,
        };
        same || self.old.depth(old) != self.new.depth(new)
    }

    /// The heaviest of the mates that are in the order of both texts. It does not depend on which of
    /// the two is the older one.
    fn in_order(&self, scope: &Scope, pairs: &[(NodeId, NodeId)]) -> BTreeMap<NodeId, NodeId> {
        let weigh = |(old, new): &(NodeId, NodeId)| {
            let (before, after) = (
                self.old.words_before_sections(*old),
                self.new.words_before_sections(*new),
            );
            // One that did not change stays rather than one that did.
            let weight = (before.len() + after.len()) * if before == after { 2 } else { 1 };
            (*old, *new, weight)
        };
        let mut weighed: Vec<(NodeId, NodeId, usize)> = pairs.iter().map(weigh).collect();
        let mirrored = self.old.words(scope.old) > self.new.words(scope.new);
        if mirrored {
            weighed
                .iter_mut()
                .for_each(|(old, new, _)| std::mem::swap(old, new));
            weighed.sort_unstable();
        }
        let stays = sequence::heaviest_in_order(&weighed);
        let kept = weighed.into_iter().zip(stays).filter(|(_, stays)| *stays);
        kept.map(|((a, b, _), _)| if mirrored { (b, a) } else { (a, b) })
            .collect()
    }

    /// Whether something stays in place that stands inside of a section in both texts.
    fn holds_the_same(&self, chain: &BTreeMap<NodeId, NodeId>, old: NodeId, new: NodeId) -> bool {
        let mut inside = chain.range(self.old.subtree(old));
        inside.any(|(_, mate)| self.new.is_inside(*mate, new))
    }

    /// The scopes inside of one: the sections that moved, each with its mate.
    fn moved(&self, scope: &Scope) -> Vec<Scope> {
        let all = outermost(self.new, scope.new, |id| {
            let mate = self.mates.of_new(id)?;
            Some(self.stays[mate])
        });
        let moved = all.into_iter().filter_map(|new| {
            let old = self.mates.of_new(new).filter(|old| !self.stays[*old])?;
            Some(Scope { old, new })
        });
        moved.collect()
    }
}

/// The sections inside of one, without those inside of one that is elsewhere. `here` gives nothing
/// for one without a mate.
fn outermost(
    nodes: &Nodes<'_>,
    around: NodeId,
    here: impl Fn(NodeId) -> Option<bool>,
) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut next = around;
    for id in nodes.sections_inside(around) {
        if *id < next {
            continue;
        }
        found.push(*id);
        if here(*id) == Some(false) {
            next = nodes.subtree(*id).end;
        }
    }
    found
}

/// Puts a pair between those that it does not cross, and takes the others out: they left a section
/// at its beginning, or came into it there.
fn put_between(chain: &mut BTreeMap<NodeId, NodeId>, old: NodeId, new: NodeId) {
    let before = chain.range(..old).rev();
    let mut crossed: Vec<NodeId> = before
        .take_while(|(_, mate)| **mate > new)
        .map(|(id, _)| *id)
        .collect();
    let after = chain.range(old..);
    crossed.extend(
        after
            .take_while(|(_, mate)| **mate < new)
            .map(|(id, _)| *id),
    );
    for id in crossed {
        chain.remove(&id);
    }
    chain.insert(old, new);
}
