//! Which elements of one sequence are found again in another, in the same order.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::FixedState;
use imara_diff::{Algorithm, Diff, InternedInput, Interner};

/// The places of elements that two sequences share, in order.
///
/// The sequences are compared in an order of their own, so that what is found does not depend on
/// which of the two is the older one.
pub(super) fn shared<T: Hash + Ord + Copy>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    if old <= new {
        return in_order(old, new);
    }
    let mirrored = in_order(new, old).into_iter();
    mirrored.map(|(new, old)| (old, new)).collect()
}

/// The places of lines that two texts share, in order.
pub fn shared_lines(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    shared(old, new)
}

/// Sequences with more elements together are divided before they are compared: the cost of finding
/// what they share grows with the square of their length.
const MOST: usize = 8192;
/// The lengths of the phrases at which sequences are divided.
const PHRASES: [usize; 4] = [8, 4, 2, 1];

fn in_order<T: Hash + Eq + Copy>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    in_order_by(a, b, &PHRASES)
}

/// The pairs of two sequences. Long ones are divided at phrases that stand in each once, the longest
/// phrases first; where there are none left, into pieces.
fn divided<T: Hash + Eq + Copy>(a: &[T], b: &[T], phrases: &[usize]) -> Vec<(usize, usize)> {
    if a.len() + b.len() <= MOST {
        return middle(a, b);
    }
    let (ends, rest) = match phrases {
        [length, rest @ ..] => (landmarks(a, b, *length), rest),
        [] => (pieces(a.len(), b.len()), phrases),
    };
    let mut pairs = Vec::new();
    let mut from = (0, 0);
    for to in ends.into_iter().chain([(a.len(), b.len())]) {
        let found = in_order_by(&a[from.0..to.0], &b[from.1..to.1], rest).into_iter();
        pairs.extend(found.map(|(i, j)| (from.0 + i, from.1 + j)));
        from = to;
    }
    pairs
}

/// Where phrases begin that stand in each sequence once, in the order of both.
fn landmarks<T: Hash + Eq>(a: &[T], b: &[T], length: usize) -> Vec<(usize, usize)> {
    let (in_a, in_b) = (once(a, length), once(b, length));
    let places = (0..a.len().saturating_sub(length - 1)).filter_map(|i| {
        let phrase = &a[i..i + length];
        let is_one = in_a.get(phrase).copied().flatten() == Some(i);
        let j = in_b.get(phrase).copied().flatten().filter(|_| is_one)?;
        Some((i, j, 1))
    });
    let places: Vec<(usize, usize, usize)> = places.collect();
    let stays = heaviest_in_order(&places);
    let kept = places.iter().zip(stays).filter(|(_, stays)| *stays);
    kept.map(|((i, j, _), _)| (*i, *j)).collect()
}

/// Phrases with the place where they stand; none where they stand in several.
fn once<T: Hash + Eq>(list: &[T], length: usize) -> HashMap<&[T], Option<usize>, FixedState> {
    let mut found = HashMap::with_capacity_and_hasher(list.len(), FixedState::default());
    for (at, phrase) in list.windows(length).enumerate() {
        found
            .entry(phrase)
            .and_modify(|several| *several = None)
            .or_insert(Some(at));
    }
    found
}

/// The ends of as many pieces of two sequences that none is too long, but for the last.
fn pieces(a: usize, b: usize) -> Vec<(usize, usize)> {
    let count = (a + b).div_ceil(MOST / 2);
    (1..count)
        .map(|at| (a * at / count, b * at / count))
        .collect()
}

fn in_order_by<T: Hash + Eq + Copy>(a: &[T], b: &[T], phrases: &[usize]) -> Vec<(usize, usize)> {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a_rest, b_rest) = (&a[start..], &b[start..]);
    let end = a_rest
        .iter()
        .rev()
        .zip(b_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (a_middle, b_middle) = (&a_rest[..a_rest.len() - end], &b_rest[..b_rest.len() - end]);
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|at| (at, at)).collect();
    if !a_middle.is_empty() && !b_middle.is_empty() {
        let found = divided(a_middle, b_middle, phrases).into_iter();
        pairs.extend(found.map(|(a, b)| (start + a, start + b)));
    }
    pairs.extend((1..=end).rev().map(|back| (a.len() - back, b.len() - back)));
    pairs
}

/// The pairs of two sequences that differ at both ends.
fn middle<T: Hash + Eq + Copy>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let mut input = InternedInput {
        before: Vec::with_capacity(a.len()),
        after: Vec::with_capacity(b.len()),
        interner: Interner::new(a.len() + b.len()),
    };
    input.update_before(a.iter().copied());
    input.update_after(b.iter().copied());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    let (a_len, b_len) = (input.before.len(), input.after.len());
    let kept_in_a = (0..a_len).filter(|at| !diff.is_removed(index(*at)));
    let kept_in_b = (0..b_len).filter(|at| !diff.is_added(index(*at)));
    kept_in_a.zip(kept_in_b).collect()
}

/// Texts are far below four thousand million tokens.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Of pairs with a weight, in the order of their first part, the heaviest that are in the order of
/// their second part too: what stayed in place when the others moved.
pub(super) fn heaviest_in_order(pairs: &[(usize, usize, usize)]) -> Vec<bool> {
    // The best chain that ends at each second part seen so far: its weight, and its last pair.
    let mut order: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
    order.sort_unstable();
    let mut best = Best(vec![(0, None); order.len() + 1]);
    let mut chains: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (_, second, weight)) in pairs.iter().enumerate() {
        let rank = order.partition_point(|other| other < second);
        let (before, last) = best.up_to(rank);
        chains.push(last);
        best.raise(rank, before + weight, index);
    }
    let mut stays = vec![false; pairs.len()];
    let mut next = best.up_to(order.len()).1;
    while let Some(index) = next {
        stays[index] = true;
        next = chains[index];
    }
    stays
}

/// The greatest weights of prefixes (a Fenwick tree).
struct Best(Vec<(usize, Option<usize>)>);

impl Best {
    fn up_to(&self, mut rank: usize) -> (usize, Option<usize>) {
        let mut best = (0, None);
        while rank > 0 {
            if self.0[rank].0 > best.0 {
                best = self.0[rank];
            }
            rank &= rank - 1;
        }
        best
    }

    fn raise(&mut self, rank: usize, weight: usize, index: usize) {
        let mut at = rank + 1;
        while at < self.0.len() {
            if weight > self.0[at].0 {
                self.0[at] = (weight, Some(index));
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_sequences_share_does_not_depend_on_their_order() {
        let (a, b) = ([1, 2, 3, 4, 5, 2], [0, 2, 3, 5, 9, 2]);
        let pairs = shared(&a, &b);
        assert!(pairs.iter().all(|(i, j)| a[*i] == b[*j]));
        assert_eq!(pairs, [(1, 1), (2, 2), (4, 3), (5, 5)]);
        let mirrored: Vec<_> = shared(&b, &a).into_iter().map(|(j, i)| (i, j)).collect();
        assert_eq!(pairs, mirrored);
    }

    #[test]
    fn the_heaviest_stay_in_place() {
        let moved_up = [(0, 2, 10), (1, 0, 3), (2, 1, 3)];
        assert_eq!(heaviest_in_order(&moved_up), [true, false, false]);
        let moved_down = [(0, 2, 4), (1, 0, 3), (2, 1, 3)];
        assert_eq!(heaviest_in_order(&moved_down), [false, true, true]);
    }
}
