//! Which blocks between two texts belong together: one that changed, one that was split, several
//! that were merged, a sentence that became a list.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::nodes::{NodeId, Nodes, Source};
use super::sequence;
use super::wording::{self, Side};

/// The fewest letters that a block must share with another to be a part of it.
const FEWEST_LETTERS: usize = 8;
/// The fewest letters of a block that is found again in a much longer one not by chance.
const FEWEST_OF_A_SENTENCE: usize = 20;

/// Blocks of both texts that are one change, by their places.
#[derive(Clone, Debug)]
pub(super) enum Group {
    /// One is the other, changed.
    Changed(usize, usize),
    /// One became several, or several one: the words flowed into other blocks.
    Reflowed(Range<usize>, Range<usize>),
    /// Lists that were divided or joined, and what stands between them.
    Relisted(Range<usize>, Range<usize>),
}

impl Group {
    /// The first places on both sides, and those after the last.
    pub(super) fn bounds(&self) -> ((usize, usize), (usize, usize)) {
        match self {
            Self::Changed(i, j) => ((*i, *j), (*i + 1, *j + 1)),
            Self::Reflowed(i, j) | Self::Relisted(i, j) => ((i.start, j.start), (i.end, j.end)),
        }
    }

    /// How many blocks there are on both sides.
    fn blocks(&self) -> usize {
        let (from, to) = self.bounds();
        to.0 - from.0 + to.1 - from.1
    }
}

/// The blocks that belong together, in the order of both sides. What is found does not depend on
/// which of the two sides is the older one.
pub(super) fn find(
    old_side: Side<'_, '_, '_>,
    new_side: Side<'_, '_, '_>,
    old: &[NodeId],
    new: &[NodeId],
) -> Vec<Group> {
    let words = |nodes: &Nodes<'_>, ids: &[NodeId]| {
        ids.iter().map(|id| nodes.print(*id)).collect::<Vec<_>>()
    };
    if words(old_side.nodes, old) <= words(new_side.nodes, new) {
        return find_in_order(old_side, new_side, old, new);
    }
    let mirrored = find_in_order(new_side, old_side, new, old).into_iter();
    mirrored
        .map(|group| match group {
            Group::Changed(j, i) => Group::Changed(i, j),
            Group::Reflowed(j, i) => Group::Reflowed(i, j),
            Group::Relisted(j, i) => Group::Relisted(i, j),
        })
        .collect()
}

fn find_in_order(
    old_side: Side<'_, '_, '_>,
    new_side: Side<'_, '_, '_>,
    old: &[NodeId],
    new: &[NodeId],
) -> Vec<Group> {
    let (old, new) = Row::both(old_side, new_side, old, new);
    let reflowed_old =
        (0..old.ids.len()).filter_map(|i| Some(Group::Reflowed(i..i + 1, old.parts(i, &new)?)));
    let reflowed_new =
        (0..new.ids.len()).filter_map(|j| Some(Group::Reflowed(new.parts(j, &old)?, j..j + 1)));
    let mut found = relisted(&old, &new);
    let mut reflowed: Vec<Group> = reflowed_old.chain(reflowed_new).collect();
    // What explains more blocks comes first.
    reflowed.sort_by_key(|group| Reverse(group.blocks()));
    found.extend(reflowed);
    let pairs = (0..old.ids.len()).flat_map(|i| {
        old.shared[i]
            .iter()
            .map(move |(j, letters)| (i, *j, *letters))
    });
    let mut pairs: Vec<(usize, usize, usize)> = pairs
        .filter(|(i, j, letters)| old.is_changed(*i, &new, *j, *letters))
        .collect();
    pairs.sort_by_key(|(i, j, letters)| (Reverse(*letters), *i, *j));
    found.extend(pairs.into_iter().map(|(i, j, _)| Group::Changed(i, j)));
    in_both_orders(found)
}

/// The lists that were divided or joined, in the order of both sides.
fn relisted(old: &Row<'_, '_, '_>, new: &Row<'_, '_, '_>) -> Vec<Group> {
    let divided = (0..old.ids.len()).filter_map(|i| Some((i..i + 1, old.divided(i, new)?)));
    let joined = (0..new.ids.len()).filter_map(|j| Some((new.divided(j, old)?, j..j + 1)));
    let mut all: Vec<(Range<usize>, Range<usize>)> = divided.chain(joined).collect();
    all.sort_by_key(|(i, j)| (i.start, j.start));
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (i, j) in all {
        match found.last_mut() {
            Some(last) if i.start < last.0.end || j.start < last.1.end => {
                last.0.end = last.0.end.max(i.end);
                last.1 = last.1.start.min(j.start)..last.1.end.max(j.end);
            }
            _ => found.push((i, j)),
        }
    }
    let found = found.into_iter();
    found.map(|(i, j)| Group::Relisted(i, j)).collect()
}

/// The groups that neither overlap nor cross one that stands before them in the list, in order.
fn in_both_orders(found: Vec<Group>) -> Vec<Group> {
    let mut kept: BTreeMap<usize, Group> = BTreeMap::new();
    for group in found {
        let (from, to) = group.bounds();
        let before = kept.range(..to.0).next_back();
        let after = kept.range(from.0..).next();
        let follows = before.is_none_or(|(_, other)| {
            let (_, end) = other.bounds();
            end.0 <= from.0 && end.1 <= from.1
        });
        let precedes = after.is_none_or(|(_, other)| {
            let (start, _) = other.bounds();
            to.0 <= start.0 && to.1 <= start.1
        });
        if follows && precedes {
            kept.insert(from.0, group);
        }
    }
    kept.into_values().collect()
}

/// The blocks of one side, and what they share with those of the other.
struct Row<'r, 'n, 't> {
    nodes: &'n Nodes<'t>,
    ids: &'r [NodeId],
    /// The letters of each block.
    letters: Vec<usize>,
    /// For each block the blocks of the other side that share words with it, in order: their places
    /// and the letters of those words.
    shared: Vec<Vec<(usize, usize)>>,
    /// For each list the lists of the other side that hold one of its items, word for word.
    kin: Vec<BTreeSet<usize>>,
}

impl<'r, 'n, 't> Row<'r, 'n, 't> {
    fn both(
        old_side: Side<'_, 'n, 't>,
        new_side: Side<'_, 'n, 't>,
        old: &'r [NodeId],
        new: &'r [NodeId],
    ) -> (Self, Self) {
        let (before, old_owners) = old_side.spoken_by(old);
        let (after, new_owners) = new_side.spoken_by(new);
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (i, j) in wording::shared(&before, &after) {
            *shared.entry((old_owners[i], new_owners[j])).or_default() += before.length(i);
        }
        let row = |nodes, ids: &'r [NodeId], owners: &[usize], spoken: &wording::Spoken<'_, '_>| {
            let mut letters = vec![0; ids.len()];
            for (at, owner) in owners.iter().enumerate() {
                letters[*owner] += spoken.length(at);
            }
            Row {
                nodes,
                ids,
                letters,
                shared: vec![Vec::new(); ids.len()],
                kin: vec![BTreeSet::new(); ids.len()],
            }
        };
        let mut rows = (
            row(old_side.nodes, old, &old_owners, &before),
            row(new_side.nodes, new, &new_owners, &after),
        );
        for ((i, j), letters) in shared {
            rows.0.shared[i].push((j, letters));
            rows.1.shared[j].push((i, letters));
        }
        let (items_of_old, items_of_new) = (rows.0.items(), rows.1.items());
        let prints = |items: &[(u64, usize)]| items.iter().map(|item| item.0).collect::<Vec<_>>();
        for (a, b) in sequence::shared(&prints(&items_of_old), &prints(&items_of_new)) {
            let (i, j) = (items_of_old[a].1, items_of_new[b].1);
            rows.0.kin[i].insert(j);
            rows.1.kin[j].insert(i);
        }
        rows
    }

    /// The items of all lists by what they say, each with the place of its list.
    fn items(&self) -> Vec<(u64, usize)> {
        let lists = (0..self.ids.len()).filter(|at| is_list(self.source(*at)));
        let items = lists.flat_map(|at| {
            let items = self.nodes.children(self.ids[at]);
            items.map(move |item| (self.nodes.print(item), at))
        });
        items.collect()
    }

    fn source(&self, at: usize) -> Source<'t> {
        self.nodes.source(self.ids[at])
    }

    /// Whether a block is one of the other side, changed.
    fn is_changed(&self, at: usize, other: &Row<'_, '_, '_>, mate: usize, letters: usize) -> bool {
        let (mine, theirs) = (self.letters[at], other.letters[mate]);
        let (source, most, least) = (self.source(at), mine.max(theirs), mine.min(theirs));
        // Blocks that hold others are compared from the inside, where more can turn out the same.
        let share = if source.is_leaf() { 3 } else { 6 };
        // One that was lengthened or shortened a lot is still there.
        let survives = least >= FEWEST_OF_A_SENTENCE && letters * 5 >= least * 4;
        let is_alike = letters * share >= most || survives;
        source.compares_with(other.source(mate)) && is_alike
    }

    /// The lists, and the blocks between them, to which the items of this list went, or their words.
    fn divided(&self, at: usize, other: &Row<'_, '_, '_>) -> Option<Range<usize>> {
        if !is_list(self.source(at)) {
            return None;
        }
        let holds_words = |(mate, letters): &&(usize, usize)| {
            let theirs = other.source(*mate);
            (is_list(theirs) || theirs.stands_alone())
                && *letters >= FEWEST_LETTERS
                && letters * 2 >= other.letters[*mate]
        };
        let mates = self.shared[at].iter().filter(holds_words);
        let mut parts: BTreeSet<usize> = mates.map(|(mate, _)| *mate).collect();
        parts.extend(&self.kin[at]);
        let has_list = parts.iter().any(|mate| is_list(other.source(*mate)));
        let (first, last) = (parts.first()?, parts.last()?);
        (has_list && first < last).then_some(*first..last + 1)
    }

    /// The table that was made of a list, or the other way round.
    fn other_rows(&self, at: usize, other: &Row<'_, '_, '_>) -> Option<Range<usize>> {
        let source = self.source(at);
        let is_it = |(mate, letters): &&(usize, usize)| {
            let theirs = other.source(*mate);
            let most = self.letters[at].max(other.letters[*mate]);
            theirs.is_rowed() && !source.compares_with(theirs) && letters * 2 >= most
        };
        let (mate, _) = self.shared[at].iter().find(is_it)?;
        Some(*mate..mate + 1)
    }

    /// The blocks of the other side that are made of the words of this one, if it was taken apart.
    fn parts(&self, at: usize, other: &Row<'_, '_, '_>) -> Option<Range<usize>> {
        let source = self.source(at);
        if source.is_rowed() {
            return self.other_rows(at, other);
        }
        if !source.is_leaf() && !matches!(source, Source::Item(_)) {
            return None;
        }
        let is_part = |(mate, letters): &&(usize, usize)| {
            *letters >= FEWEST_LETTERS && letters * 2 >= other.letters[*mate]
        };
        let parts: Vec<&(usize, usize)> = self.shared[at].iter().filter(is_part).collect();
        let (first, last) = (parts.first()?.0, parts.last()?.0);
        let said: usize = parts.iter().map(|(_, letters)| letters).sum();
        let other_kind = parts.len() == 1 && !source.compares_with(other.source(first));
        (said * 2 >= self.letters[at] && (parts.len() > 1 || other_kind)).then_some(first..last + 1)
    }
}

fn is_list(source: Source<'_>) -> bool {
    matches!(source, Source::List(..))
}
