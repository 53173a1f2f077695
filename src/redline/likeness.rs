//! How much words have in common, told by the phrases in them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher as _};

use super::gather::hasher;

/// Fewer words say too little to be told by their likeness.
const FEWEST_WORDS: usize = 8;
/// A phrase that stands in more entries tells nothing about which of them is meant.
const COMMONEST: usize = 8;

/// Words; of scripts without spaces, letters.
pub(super) fn pieces(words: &str) -> impl Iterator<Item = &str> {
    words.split_whitespace().flat_map(|chunk| {
        let has_letters_alone = chunk.bytes().any(|b| (0xe3..=0xe9).contains(&b));
        chunk.split_inclusive(move |_| has_letters_alone)
    })
}

/// Whether words say too little to be told from others.
pub(super) fn has_few_words(words: &str) -> bool {
    pieces(words).nth(FEWEST_WORDS - 1).is_none()
}

/// Every two words in a row as a number, sorted, each once; none where there are too few words.
pub(super) fn phrases(words: &str) -> Vec<u64> {
    let pieces: Vec<&str> = pieces(words).collect();
    if pieces.len() < FEWEST_WORDS {
        return Vec::new();
    }
    let number = |two: &[&str]| {
        let mut hasher = hasher();
        two.hash(&mut hasher);
        hasher.finish()
    };
    let mut phrases: Vec<u64> = pieces.windows(2).map(number).collect();
    phrases.sort_unstable();
    phrases.dedup();
    phrases
}

/// Pairs of entries of two lists that share at least so many thousandths, the likest first.
pub(super) fn likenesses(old: &[Vec<u64>], new: &[Vec<u64>], least: usize) -> Vec<(usize, usize)> {
    let (of_old, of_new) = (Holders::of(old), Holders::of(new));
    let mut likes: Vec<(usize, usize, usize)> = Vec::new();
    for (index, phrases) in old.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for phrase in phrases
            .iter()
            .filter(|phrase| !of_old.get(**phrase).is_empty())
        {
            for (_, other) in of_new.get(*phrase) {
                *shared.entry(*other).or_default() += 1;
            }
        }
        for (other, shared) in shared {
            let all = phrases.len() + new[other].len();
            // Dice's measure: twice what is shared, against all.
            let like = shared * 2 * 1000 / all.max(1);
            if like >= least {
                likes.push((like, index, other));
            }
        }
    }
    likes.sort_by_key(|(like, i, j)| (Reverse(*like), i + j, *i));
    likes.into_iter().map(|(_, i, j)| (i, j)).collect()
}

/// Which entries hold a phrase: phrases with entries, sorted.
struct Holders(Vec<(u64, usize)>);

impl Holders {
    fn of(entries: &[Vec<u64>]) -> Self {
        let each = entries.iter().enumerate();
        let mut all: Vec<(u64, usize)> = each
            .flat_map(|(index, phrases)| phrases.iter().map(move |phrase| (*phrase, index)))
            .collect();
        all.sort_unstable();
        Self(all)
    }

    /// The entries with a phrase; none where it is too common to tell anything.
    fn get(&self, phrase: u64) -> &[(u64, usize)] {
        let start = self.0.partition_point(|(other, _)| *other < phrase);
        let rest = &self.0[start..];
        let most = &rest[..rest.len().min(COMMONEST + 1)];
        let count = most
            .iter()
            .take_while(|(other, _)| *other == phrase)
            .count();
        if count > COMMONEST {
            &[]
        } else {
            &rest[..count]
        }
    }
}
