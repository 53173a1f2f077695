//! Islands: the few words that two phrases share by chance, where one took the place of the other.
//!
//! Readers follow a phrase that was replaced better than islands of it. But edits that have nothing to
//! do with each other stay apart: between them, the words are those that were kept.

use std::ops::Range;

use super::tokens::{ends_sentence, is_digit};
use super::wording::Spoken;

/// The most words of an island.
const MOST_WORDS: usize = 2;
/// What says as much as a line of text is a passage: some of its words stand in any other.
const PASSAGE: usize = 80;

/// Leaves the islands out of pairs of words. None runs over the end of a sentence which stayed.
pub(super) fn without(
    old: &Spoken<'_, '_>,
    new: &Spoken<'_, '_>,
    pairs: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let sides = Sides {
        old,
        new,
        lengths: (lengths(old), lengths(new)),
    };
    let runs: Vec<&[(usize, usize)]> = runs(pairs).collect();
    let mut kept = Vec::with_capacity(pairs.len());
    let mut end = (0, 0);
    for (index, run) in runs.iter().enumerate() {
        let after_run = (run[run.len() - 1].0 + 1, run[run.len() - 1].1 + 1);
        let ends = (old.tokens.len(), new.tokens.len());
        let next = runs.get(index + 1).map_or(ends, |next| next[0]);
        let left = sides.change(end, run[0]);
        let right = sides.change(after_run, next);
        if !(are_one(left, right) && sides.is_slight(run, left, right)) {
            kept.extend_from_slice(run);
            end = after_run;
        }
    }
    kept
}

/// Pairs in a row with nothing between them on either side.
fn runs(pairs: &[(usize, usize)]) -> impl Iterator<Item = &[(usize, usize)]> {
    pairs.chunk_by(|a, b| a.0 + 1 == b.0 && a.1 + 1 == b.1)
}

/// How much the tokens before each place say.
fn lengths(side: &Spoken<'_, '_>) -> Vec<usize> {
    let mut sum = 0;
    let before = (0..side.tokens.len()).map(|at| {
        sum += side.length(at);
        sum
    });
    std::iter::once(0).chain(before).collect()
}

/// What changed between two runs of words that stayed.
#[derive(Clone, Copy)]
struct Change {
    /// How much it says.
    says: usize,
    /// Whether words took the place of others.
    replaces: bool,
    /// Whether all of it are numbers and dates, which change each for itself.
    numbers: bool,
}

/// Whether two changes can be one phrase that was replaced: words took the place of others in both, or
/// in one that is so long that the other is likely to be its end. A passage that came or went can
/// have islands, too.
fn are_one(left: Change, right: Change) -> bool {
    let is_long = |change: Change| change.says >= PASSAGE;
    let is_passage = |change: Change| is_long(change) && change.replaces;
    !left.numbers
        && !right.numbers
        && (is_passage(left)
            || is_passage(right)
            || (left.replaces && right.replaces)
            || (is_long(left) && is_long(right)))
}

/// Both texts, and how much their tokens say.
struct Sides<'s, 'n, 't> {
    old: &'s Spoken<'n, 't>,
    new: &'s Spoken<'n, 't>,
    lengths: (Vec<usize>, Vec<usize>),
}

impl Sides<'_, '_, '_> {
    fn change(&self, from: (usize, usize), to: (usize, usize)) -> Change {
        let deleted = self.lengths.0[to.0] - self.lengths.0[from.0];
        let inserted = self.lengths.1[to.1] - self.lengths.1[from.1];
        let only_numbers = |side: &Spoken<'_, '_>, mut tokens: Range<usize>| {
            tokens.all(|at| !side.is_word(at) || side.said(at).chars().any(is_digit))
        };
        Change {
            says: deleted.max(inserted),
            replaces: deleted > 0 && inserted > 0,
            numbers: only_numbers(self.old, from.0..to.0) && only_numbers(self.new, from.1..to.1),
        }
    }

    /// Whether words that stayed say less than the changes around them, or are marks. Lines of
    /// preformatted text stay each for itself.
    fn is_slight(&self, run: &[(usize, usize)], left: Change, right: Change) -> bool {
        let places = run.iter().map(|pair| pair.0);
        let words = places.clone().filter(|at| self.old.is_word(*at)).count();
        let length: usize = places.clone().map(|at| self.old.length(at)).sum();
        let any =
            |is: fn(&Spoken<'_, '_>, usize) -> bool| places.clone().any(|at| is(self.old, at));
        let ends = any(|side, at| ends_sentence(side.said(at)));
        let room = left.says.min(right.says);
        let is_small = words <= MOST_WORDS && !ends && length <= room;
        (is_small || (words == 0 && room > 0)) && !any(|side, at| side.tokens[at].line)
    }
}
