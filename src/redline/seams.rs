//! Where words were inserted or deleted, if they could have been in several places: whole sentences first.
//!
//! `for 60 days. A claim is lost. The courts` without its second sentence could have lost `. A claim is
//! lost` as well as `A claim is lost.`; a reader looks for the sentence.

use super::tokens::ends_sentence;
use super::wording::Spoken;

/// How far words are moved to find a better place.
const FARTHEST: usize = 32;

/// Which half of a pair belongs to a side.
type Half = fn(&mut (usize, usize)) -> &mut usize;

/// Moves what was only inserted or only deleted to where it reads best among the words that stayed.
pub(super) fn settle(old: &Spoken<'_, '_>, new: &Spoken<'_, '_>, pairs: &mut [(usize, usize)]) {
    let ends = (old.tokens.len(), new.tokens.len());
    let mut from = (0, 0);
    for at in 0..=pairs.len() {
        let to = pairs.get(at).copied().unwrap_or(ends);
        match (to.0 - from.0, to.1 - from.1) {
            (length, 0) if length > 0 => {
                let seam = Seam {
                    side: old,
                    at,
                    start: from.0,
                    length,
                };
                seam.settle(pairs, |pair| &mut pair.0);
            }
            (0, length) if length > 0 => {
                let seam = Seam {
                    side: new,
                    at,
                    start: from.1,
                    length,
                };
                seam.settle(pairs, |pair| &mut pair.1);
            }
            _ => {}
        }
        if let Some(pair) = pairs.get(at) {
            from = (pair.0 + 1, pair.1 + 1);
        }
    }
}

/// Words of one side that the other does not have.
struct Seam<'s, 'n, 't> {
    side: &'s Spoken<'n, 't>,
    /// The pair that follows them.
    at: usize,
    /// The first of them, and how many they are.
    start: usize,
    length: usize,
}

impl Seam<'_, '_, '_> {
    fn settle(&self, pairs: &mut [(usize, usize)], half: Half) {
        let (left, right) = (self.room_before(pairs), self.room_after(pairs));
        let before = (1..=left).map(|by| (by, self.start - by));
        let after = (1..=right).map(|by| (by, self.start + by));
        let best = after
            .chain(before)
            .max_by_key(|(by, start)| (self.reads(*start), std::cmp::Reverse(*by)));
        let Some((by, start)) = best.filter(|best| self.reads(best.1) > self.reads(self.start))
        else {
            return;
        };
        if start > self.start {
            let pairs = &mut pairs[self.at..self.at + by];
            pairs.iter_mut().for_each(|pair| *half(pair) -= self.length);
        } else {
            let pairs = &mut pairs[self.at - by..self.at];
            pairs.iter_mut().for_each(|pair| *half(pair) += self.length);
        }
    }

    /// How well it reads if the words begin there: at the beginning of a sentence, after another
    /// mark, anywhere, with a mark that belongs to the words before it.
    fn reads(&self, start: usize) -> u8 {
        let before = start.checked_sub(1).map(|before| self.side.said(before));
        match before {
            _ if closes(self.side.said(start)) => 0,
            None => 3,
            Some(mark) if ends_sentence(mark) => 3,
            Some(mark) if closes(mark) => 2,
            Some(_) => 1,
        }
    }

    /// How many of the words before them are the same as their last.
    fn room_before(&self, pairs: &[(usize, usize)]) -> usize {
        let end = self.start + self.length;
        let can = |by: &usize| {
            *by <= self.at
                && follow(pairs, self.at - by, self.at - 1)
                && self.side.are_alike(self.start - by, end - by)
        };
        (1..=FARTHEST).take_while(can).count()
    }

    /// How many of the words after them are the same as their first.
    fn room_after(&self, pairs: &[(usize, usize)]) -> usize {
        let end = self.start + self.length;
        let can = |by: &usize| {
            self.at + by <= pairs.len()
                && follow(pairs, self.at, self.at + by - 1)
                && self.side.are_alike(self.start + by - 1, end + by - 1)
        };
        (1..=FARTHEST).take_while(can).count()
    }
}

/// Whether nothing stands between two pairs that are neither of them.
fn follow(pairs: &[(usize, usize)], first: usize, last: usize) -> bool {
    let (a, b, far) = (pairs[first], pairs[last], last - first);
    (a.0 + far, a.1 + far) == b
}

/// Whether a token is a mark that belongs to the words before it.
fn closes(said: &str) -> bool {
    ends_sentence(said)
        || matches!(
            said,
            "," | ";" | ":" | "，" | "；" | "：" | "、" | "،" | "؛"
        )
}
