//! Blocks that were taken out in one place and put in at another: they moved.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{Hash as _, Hasher as _};

use super::compare::Comparer;
use super::gather::hasher;
use super::likeness::{likenesses, phrases};
use super::nodes::{NodeId, Nodes, Source};
use super::{Detail, Fate, Part};

/// A block with fewer letters can stand in two places by chance.
const FEWEST_LETTERS: usize = 24;
/// The share of phrases, in thousandths, that makes a block the same one in another place.
const LIKE: usize = 600;

/// The blocks that moved: the place of each in the other text.
#[derive(Default)]
struct Moves {
    of_old: BTreeMap<NodeId, NodeId>,
    of_new: BTreeMap<NodeId, NodeId>,
}

/// Finds what moved among what was deleted and inserted, and says so.
pub(super) fn find(comparer: &Comparer<'_, '_, '_>, root: &mut Part) {
    let (mut deleted, mut inserted) = (Vec::new(), Vec::new());
    collect(comparer, root, &mut deleted, &mut inserted);
    if deleted.is_empty() || inserted.is_empty() {
        return;
    }
    let mut moves = Moves::default();
    moves.same(comparer, &deleted, &inserted);
    moves.like(comparer, &deleted, &inserted);
    moves.items(comparer, &deleted, &inserted);
    if !moves.of_old.is_empty() {
        moves.mark(comparer, root);
        settled(comparer, root);
    }
}

/// What changed so much that it was taken for deleted and inserted, and yet is where it was: nothing
/// that stayed stands between its old place and its new one.
fn settled(comparer: &Comparer<'_, '_, '_>, part: &mut Part) {
    let Detail::Parts(parts) = &mut part.detail else {
        return;
    };
    parts.iter_mut().for_each(|part| settled(comparer, part));
    let stays = |part: &Part| {
        let is_section = |nodes: &Nodes<'_>, id: Option<NodeId>| {
            id.is_some_and(|id| matches!(nodes.source(id), Source::Section(_)))
        };
        let (old, new) = (comparer.old.nodes, comparer.new.nodes);
        part.fate == Fate::Kept || is_section(old, part.old) || is_section(new, part.new)
    };
    let mut out = Vec::with_capacity(parts.len());
    let mut gap = Vec::new();
    for part in std::mem::take(parts) {
        if stays(&part) {
            out.extend(in_place(comparer, std::mem::take(&mut gap)));
            out.push(part);
        } else {
            gap.push(part);
        }
    }
    out.extend(in_place(comparer, gap));
    *parts = out;
}

/// The parts between two that stayed, where those that moved among them did not change their order.
fn in_place(comparer: &Comparer<'_, '_, '_>, gap: Vec<Part>) -> Vec<Part> {
    let (olds, news): (Vec<Part>, Vec<Part>) = gap
        .into_iter()
        .partition(|part| matches!(part.fate, Fate::Deleted | Fate::MovedAway));
    let here = news.iter().enumerate();
    let here = here.filter(|(_, part)| part.fate == Fate::MovedHere);
    let here: BTreeMap<NodeId, usize> = here
        .filter_map(|(at, part)| Some((part.old?, at)))
        .collect();
    let place = |part: &Part| {
        let left = part.old.filter(|_| part.fate == Fate::MovedAway)?;
        here.get(&left).copied()
    };
    let places: Vec<Option<usize>> = olds.iter().map(place).collect();
    if places.iter().all(Option::is_none) || !places.iter().flatten().is_sorted() {
        return olds.into_iter().chain(news).collect();
    }
    let mut out = Vec::new();
    let mut news = news.into_iter().enumerate().peekable();
    for (old, place) in olds.into_iter().zip(places) {
        let Some(place) = place else {
            out.push(old);
            continue;
        };
        while let Some((_, new)) = news.next_if(|(at, _)| *at < place) {
            out.push(new);
        }
        let both = news.next().and_then(|(_, new)| new.old.zip(new.new));
        if let Some((old, new)) = both {
            out.extend(comparer.changed(old, new));
        }
    }
    out.extend(news.map(|(_, new)| new));
    out
}

/// Blocks that were deleted and inserted as a whole, and say enough to be known again.
fn collect(
    comparer: &Comparer<'_, '_, '_>,
    part: &Part,
    deleted: &mut Vec<NodeId>,
    inserted: &mut Vec<NodeId>,
) {
    let can_move = |nodes: &Nodes<'_>, id: NodeId| {
        matches!(
            nodes.source(id),
            Source::Paragraph(..)
                | Source::Item(_)
                | Source::List(..)
                | Source::Table(..)
                | Source::Quote(_)
                | Source::Details(_)
                | Source::Definitions(_)
                | Source::Entry(_)
                | Source::Code(_)
        ) && nodes.weight(id) >= FEWEST_LETTERS
    };
    match (&part.detail, part.fate) {
        (Detail::Whole, Fate::Deleted) => {
            deleted.extend(part.old.filter(|id| can_move(comparer.old.nodes, *id)));
        }
        (Detail::Whole, Fate::Inserted) => {
            inserted.extend(part.new.filter(|id| can_move(comparer.new.nodes, *id)));
        }
        (Detail::Parts(parts), _) => parts
            .iter()
            .for_each(|part| collect(comparer, part, deleted, inserted)),
        _ => {}
    }
}

impl Moves {
    fn pair(&mut self, old: NodeId, new: NodeId) {
        self.of_old.insert(old, new);
        self.of_new.insert(new, old);
    }

    /// Word for word the same; then but for the marks at the end, which the place in a list decides.
    fn same(&mut self, comparer: &Comparer<'_, '_, '_>, deleted: &[NodeId], inserted: &[NodeId]) {
        self.with_the_same(comparer, deleted, inserted, whole_print);
        self.with_the_same(comparer, deleted, inserted, print_of_words);
    }

    fn with_the_same(
        &mut self,
        comparer: &Comparer<'_, '_, '_>,
        deleted: &[NodeId],
        inserted: &[NodeId],
        print: fn(&Nodes<'_>, NodeId) -> u64,
    ) {
        let mut waiting: BTreeMap<u64, VecDeque<NodeId>> = BTreeMap::new();
        for id in inserted.iter().filter(|id| !self.of_new.contains_key(id)) {
            let print = print(comparer.new.nodes, *id);
            waiting.entry(print).or_default().push_back(*id);
        }
        for id in deleted {
            if self.of_old.contains_key(id) {
                continue;
            }
            let mates = waiting.get_mut(&print(comparer.old.nodes, *id));
            if let Some(mate) = mates.and_then(VecDeque::pop_front) {
                self.pair(*id, mate);
            }
        }
    }

    /// Moved, and edited as well.
    fn like(&mut self, comparer: &Comparer<'_, '_, '_>, deleted: &[NodeId], inserted: &[NodeId]) {
        let (old, new) = (comparer.old.nodes, comparer.new.nodes);
        let olds: Vec<NodeId> = deleted
            .iter()
            .copied()
            .filter(|id| !self.of_old.contains_key(id))
            .collect();
        let news: Vec<NodeId> = inserted
            .iter()
            .copied()
            .filter(|id| !self.of_new.contains_key(id))
            .collect();
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let of = |nodes: &Nodes<'_>, ids: &[NodeId]| -> Vec<Vec<u64>> {
            ids.iter().map(|id| phrases(nodes.words(*id))).collect()
        };
        for (i, j) in likenesses(&of(old, &olds), &of(new, &news), LIKE) {
            let (a, b) = (olds[i], news[j]);
            let free = !self.of_old.contains_key(&a) && !self.of_new.contains_key(&b);
            if free && old.source(a).compares_with(new.source(b)) {
                self.pair(a, b);
            }
        }
    }

    /// Items of lists that came or went, word for word, where the list itself did not move.
    fn items(&mut self, comparer: &Comparer<'_, '_, '_>, deleted: &[NodeId], inserted: &[NodeId]) {
        let (old, new) = (comparer.old.nodes, comparer.new.nodes);
        let deleted = with_items(old, deleted, |id| self.of_old.contains_key(&id));
        let inserted = with_items(new, inserted, |id| self.of_new.contains_key(&id));
        self.same(comparer, &deleted, &inserted);
    }

    /// The items of a list that came or went, each as a part, if one of them moved.
    fn taken_apart(&self, comparer: &Comparer<'_, '_, '_>, part: &Part) -> Option<Vec<Part>> {
        let (nodes, moved, id) = match part.fate {
            Fate::Deleted => (comparer.old.nodes, &self.of_old, part.old?),
            Fate::Inserted => (comparer.new.nodes, &self.of_new, part.new?),
            _ => return None,
        };
        let is_list = matches!(nodes.source(id), Source::List(..)) && !moved.contains_key(&id);
        let items: Vec<NodeId> = nodes.children(id).filter(|_| is_list).collect();
        let one = |id: &NodeId| match part.fate {
            Fate::Deleted => Part::one_sided(Some(*id), None),
            _ => Part::one_sided(None, Some(*id)),
        };
        let some_moved = items.iter().any(|id| moved.contains_key(id));
        some_moved.then(|| items.iter().filter_map(one).collect())
    }

    fn mark(&self, comparer: &Comparer<'_, '_, '_>, part: &mut Part) {
        let (old, new) = (part.old, part.new);
        if let (Detail::Whole, Some(items)) = (&part.detail, self.taken_apart(comparer, part)) {
            part.detail = Detail::Parts(items);
        }
        match (&mut part.detail, part.fate) {
            (Detail::Parts(parts), _) => {
                parts.iter_mut().for_each(|part| self.mark(comparer, part));
            }
            (Detail::Whole, Fate::Deleted) => {
                if let Some(mate) = old.and_then(|id| self.of_old.get(&id)) {
                    (part.fate, part.new) = (Fate::MovedAway, Some(*mate));
                }
            }
            (Detail::Whole, Fate::Inserted) => {
                if let Some((new, old)) = new.and_then(|id| Some((id, *self.of_new.get(&id)?))) {
                    *part = moved_here(comparer, old, new);
                }
            }
            _ => {}
        }
    }
}

/// Blocks that did not move, and the items of the lists among them that say enough.
fn with_items(nodes: &Nodes<'_>, ids: &[NodeId], moved: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
    let mut out = Vec::new();
    for id in ids.iter().copied().filter(|id| !moved(*id)) {
        out.push(id);
        if let Source::List(..) = nodes.source(id) {
            out.extend(
                nodes
                    .children(id)
                    .filter(|item| nodes.weight(*item) >= FEWEST_LETTERS),
            );
        }
    }
    out
}

pub(super) fn whole_print(nodes: &Nodes<'_>, id: NodeId) -> u64 {
    nodes.print(id)
}

/// The same for nodes of one kind that say the same, but for the marks at the end.
pub(super) fn print_of_words(nodes: &Nodes<'_>, id: NodeId) -> u64 {
    let mut hasher = hasher();
    let words = nodes
        .words(id)
        .trim_end_matches(|c: char| !c.is_alphanumeric());
    (nodes.source(id).kind(), words).hash(&mut hasher);
    hasher.finish()
}

pub(super) fn moved_here(comparer: &Comparer<'_, '_, '_>, old: NodeId, new: NodeId) -> Part {
    let part = if comparer.new.nodes.source(new).is_leaf() {
        comparer.words(old, new)
    } else {
        comparer.containers(old, new)
    };
    Part {
        fate: Fate::MovedHere,
        ..part
    }
}
