//! Which terms have another name in the new text: those that stand in the same places and are
//! defined alike.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::glossary::{Glossary, Told};
use super::names::Use;
use crate::model::text::Term;

/// A term that has another name throughout the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The name that it had.
    pub old: String,
    /// The name that it has.
    pub new: String,
}

/// The renamed terms, in the order of their definitions in the new text.
#[derive(Debug, Default)]
pub(super) struct Renames {
    pub(super) list: Vec<Rename>,
    /// Of each name, which renaming is about it.
    of: Vec<Option<usize>>,
}

/// The fewest places that show that a term was renamed though its definition is no more like it.
const FEWEST_PLACES: usize = 3;

/// The longest word beside a name that is looked at, in characters.
const LONGEST_WORD: usize = 40;

/// Of each name, which term of a text it is, if the other text does not know it.
type Lone = [Option<usize>];

impl Renames {
    /// The terms that were renamed from one text to the other. A name that is gone and one that is new
    /// are one term where they stand between the same words and mean alike, or where they do nearly
    /// everywhere.
    pub(super) fn find<'t>(glossary: &Glossary<'_, 't>) -> Self {
        let (old, new) = (&glossary.old, &glossary.new);
        let (gone, came) = (lone(glossary, old, new), lone(glossary, new, old));
        let votes = votes(&places(old, &gone), &places(new, &came));
        let of_either = |name: usize| gone[name].or(came[name]).is_some();
        let meaning = |term: Option<&'t Term>| {
            let definition = term.map_or("", |term| &*term.definition);
            bag(definition, &glossary.names.uses(definition), of_either)
        };
        let meanings = |a: usize, b: usize| {
            let before = gone[a].map(|term| &old.terms[term]);
            let after = came[b].map(|term| &new.terms[term]);
            (meaning(before), meaning(after))
        };
        let mut found = Vec::new();
        for ((a, b), shared) in votes {
            let fewer = old.counts[a].min(new.counts[b]);
            let more = old.counts[a].max(new.counts[b]);
            let alike = shared * 3 >= fewer && are_alike(&meanings(a, b));
            if alike || (shared >= FEWEST_PLACES && shared * 3 >= more * 2) {
                let place = gone[a].zip(came[b]).map(|(i, j)| i + j);
                found.push((Reverse(alike), Reverse(shared), place, a, b));
            }
        }
        found.sort_unstable();
        let pairs = found.into_iter().map(|(.., a, b)| (a, b));
        Self::told(glossary, each_once(pairs), &came)
    }

    fn told(glossary: &Glossary<'_, '_>, mut pairs: Vec<(usize, usize)>, came: &Lone) -> Self {
        pairs.sort_unstable_by_key(|(_, new)| came[*new]);
        let names = glossary.names.list();
        let mut of = vec![None; names.len()];
        for (at, (old, new)) in pairs.iter().enumerate() {
            (of[*old], of[*new]) = (Some(at), Some(at));
        }
        let list = pairs.into_iter().map(|(old, new)| Rename {
            old: names[old].to_owned(),
            new: names[new].to_owned(),
        });
        Self {
            list: list.collect(),
            of,
        }
    }

    /// Which renaming is about a name, the old one or the new.
    pub(super) fn about(&self, name: usize) -> Option<usize> {
        *self.of.get(name)?
    }

    /// Where a text uses names of renamed terms, by the renaming. One may use the old name and the new,
    /// and what it says in both texts is the same.
    pub(super) fn uses(&self, told: &Told<'_, '_>) -> Vec<Use> {
        let named = |used: &Use| {
            let name = self.about(used.name)?;
            Some(Use { name, ..*used })
        };
        told.uses.iter().filter_map(named).collect()
    }
}

/// The names that one text defines and the other neither defines nor uses much.
fn lone(
    glossary: &Glossary<'_, '_>,
    told: &Told<'_, '_>,
    other: &Told<'_, '_>,
) -> Vec<Option<usize>> {
    let mut lone = vec![None; glossary.names.list().len()];
    for (at, term) in told.terms.iter().enumerate() {
        let name = glossary.names.place(&term.name);
        let rare = |name: &usize| other.counts[*name] * 5 <= told.counts[*name];
        if let Some(name) = name.filter(rare)
            && glossary.defined(other, &term.name).is_none()
        {
            lone[name] = Some(at);
        }
    }
    lone
}

/// What stands around names: the word before and the one after.
type Places<'n> = BTreeMap<(&'n str, &'n str), Vec<usize>>;

/// The places in which a text uses names that the other does not know: for each its names, in order.
fn places<'n>(told: &Told<'n, '_>, lone: &Lone) -> Places<'n> {
    let mut places = Places::new();
    let uses = told.uses.iter().filter(|used| used.is_certain());
    for used in uses.filter(|used| lone[used.name].is_some()) {
        let words = told.words;
        let place = (before(&words[..used.start]), after(&words[used.end..]));
        // Between two marks stands every name that is defined: “Services”.
        if [place.0, place.1]
            .iter()
            .any(|word| word.contains(char::is_alphanumeric))
        {
            places.entry(place).or_default().push(used.name);
        }
    }
    places
}

fn before(words: &str) -> &str {
    let words = words.trim_end_matches(' ');
    let word = words.chars().rev().take_while(|c| !is_space(*c));
    let length: usize = word.take(LONGEST_WORD).map(char::len_utf8).sum();
    &words[words.len() - length..]
}

fn after(words: &str) -> &str {
    let words = words.trim_start_matches(' ');
    let word = words.chars().take_while(|c| !is_space(*c));
    let length: usize = word.take(LONGEST_WORD).map(char::len_utf8).sum();
    &words[..length]
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n')
}

/// How many places an old and a new name share. Where several names stand in equal places they are
/// taken in order, so that each use counts once and common places cost no more than others.
fn votes(old: &Places<'_>, new: &Places<'_>) -> BTreeMap<(usize, usize), usize> {
    let mut votes = BTreeMap::new();
    for (place, gone) in old {
        let came = new.get(place).map_or(&[][..], |came| came);
        for (gone, came) in gone.iter().zip(came) {
            *votes.entry((*gone, *came)).or_default() += 1;
        }
    }
    votes
}

/// The words of a definition in alphabetical order, without some of the names in it.
fn bag<'d>(definition: &'d str, uses: &[Use], left_out: impl Fn(usize) -> bool) -> Vec<&'d str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for used in uses.iter().filter(|used| left_out(used.name)) {
        pieces.push(&definition[from..used.start]);
        from = used.end;
    }
    pieces.push(&definition[from..]);
    let words = pieces
        .into_iter()
        .flat_map(|piece| piece.split(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

/// Whether two definitions share two thirds of what they say, in letters: the small words are in all.
fn are_alike((old, new): &(Vec<&str>, Vec<&str>)) -> bool {
    let says = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        shared += if a == b { a.len() } else { 0 };
        (i, j) = (i + usize::from(a <= b), j + usize::from(b <= a));
    }
    // Shared by both, so two thirds of half of what they say together.
    shared * 3 >= says(old) + says(new)
}

/// The pairs of which neither side is in an earlier one.
fn each_once(pairs: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let (mut olds, mut news) = (BTreeSet::new(), BTreeSet::new());
    let mut free = |(old, new): &(usize, usize)| {
        let both = !olds.contains(old) && !news.contains(new);
        both && olds.insert(*old) && news.insert(*new)
    };
    pairs.filter(|pair| free(pair)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_use_of_a_name_is_counted_once() {
        let places = |names: std::ops::Range<usize>| {
            Places::from([(("the", "is"), names.collect()), (("a", "may"), vec![3, 3])])
        };
        let votes = votes(&places(0..2_000), &places(0..3_000));
        assert_eq!(votes.values().sum::<usize>(), 2_002);
        assert_eq!(votes[&(3, 3)], 3);
    }

    #[test]
    fn definitions_are_alike_that_share_two_thirds() {
        let bag = |words: &'static str| bag(words, &[], |_| false);
        for (old, new, expected) in [
            ("“X” means a firm.", "“X” means a firm", true),
            (
                "means a company that we own",
                "means a company that licenses statistics from us",
                false,
            ),
            (
                "facts that identify a person",
                "facts that identify a person or household",
                true,
            ),
            ("facts", "", false),
            ("", "", true),
        ] {
            assert_eq!(are_alike(&(bag(old), bag(new))), expected, "{old} / {new}");
        }
    }
}
