//! Names of defined terms, and where a text uses them: in which number, and to what they belong.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The names that are looked for, in order.
#[derive(Debug, Default)]
pub(crate) struct Names<'t> {
    list: Vec<&'t str>,
    /// What may stand in a text for them, in order.
    forms: Vec<Form>,
    /// The bytes with which forms begin: most words of a text begin with none of them.
    initials: BTreeSet<u8>,
}

#[derive(Debug)]
struct Form {
    words: String,
    name: usize,
    number: Number,
    /// The longest form with which this one begins.
    shorter: Option<usize>,
}

/// The number in which a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Number {
    /// That in which it is defined.
    Defined,
    /// The singular of one that seems to be a plural, but may be no plural of it: Terms, Goods.
    Singular,
    /// The plural.
    Plural,
}

/// A place where a text uses a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    /// Which name.
    pub(crate) name: usize,
    /// In which number.
    pub(crate) number: Number,
    /// The byte at which it begins.
    pub(crate) start: usize,
    /// The byte after the name.
    pub(crate) bare: usize,
    /// The byte after the name and the ending of a possessive.
    pub(crate) end: usize,
}

impl Use {
    /// Whether the text certainly means the term.
    pub(crate) fn is_certain(&self) -> bool {
        self.number != Number::Singular
    }
}

impl<'t> Names<'t> {
    pub(crate) fn of(names: impl Iterator<Item = &'t str>) -> Self {
        let list: BTreeSet<&str> = names.collect();
        let list: Vec<&str> = list.into_iter().collect();
        let mut forms: BTreeMap<String, (usize, Number)> = BTreeMap::new();
        for (name, words) in list.iter().enumerate() {
            forms.insert((*words).to_owned(), (name, Number::Defined));
        }
        for (name, words) in list.iter().enumerate() {
            let plurals = plurals(words).map(|form| (form, Number::Plural));
            let singulars = singulars(words).map(|form| (form, Number::Singular));
            for (form, number) in plurals.chain(singulars) {
                forms.entry(form).or_insert((name, number));
            }
        }
        let initials = forms.keys().filter_map(|form| form.bytes().next());
        Self {
            list,
            initials: initials.collect(),
            forms: in_order(forms),
        }
    }

    /// The place of a name in the list.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.list.binary_search(&name).ok()
    }

    /// The names in order.
    pub(crate) fn list(&self) -> &[&'t str] {
        &self.list
    }

    /// Where a text uses the names, in its order. Where several begin, the longest is meant: “Service
    /// Provider” is no use of “Service”.
    pub(crate) fn uses(&self, words: &str) -> Vec<Use> {
        let mut found: Vec<Use> = Vec::new();
        let (mut inside, mut next) = (false, 0);
        for (at, c) in words.char_indices() {
            let begins = !inside && at >= next && self.initials.contains(&words.as_bytes()[at]);
            inside = c.is_alphanumeric();
            if let Some(used) = begins.then(|| self.longest(words, at)).flatten() {
                next = used.end;
                found.push(used);
            }
        }
        found
    }

    /// The longest name that stands in a text from a byte on.
    fn longest(&self, words: &str, start: usize) -> Option<Use> {
        let rest = &words[start..];
        let mut next = self
            .forms
            .partition_point(|form| *form.words <= *rest)
            .checked_sub(1);
        while let Some(form) = next.map(|next| &self.forms[next]) {
            let after = rest.strip_prefix(&*form.words);
            if let Some(possessive) = after.and_then(possessive) {
                let bare = start + form.words.len();
                return Some(Use {
                    name: form.name,
                    number: form.number,
                    start,
                    bare,
                    end: bare + possessive,
                });
            }
            next = form.shorter;
        }
        None
    }
}

/// Forms in order, each with the longest one with which it begins.
fn in_order(forms: BTreeMap<String, (usize, Number)>) -> Vec<Form> {
    let mut out: Vec<Form> = Vec::with_capacity(forms.len());
    for (words, (name, number)) in forms {
        let mut shorter = out.len().checked_sub(1);
        while let Some(before) = shorter.filter(|before| !words.starts_with(&out[*before].words)) {
            shorter = out[before].shorter;
        }
        out.push(Form {
            words,
            name,
            number,
            shorter,
        });
    }
    out
}

/// The length of the possessive ending with which the text after a name begins; `None` where the
/// word goes on.
fn possessive(after: &str) -> Option<usize> {
    let ends = |ending: &&str| {
        let rest = after.strip_prefix(*ending);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    ["’s", "'s", ""].iter().find(|e| ends(e)).map(|e| e.len())
}

/// Those of uses in order that begin in a place.
pub(super) fn within(uses: &[Use], place: Range<usize>) -> &[Use] {
    let before = |end: usize| uses.partition_point(|used| used.start < end);
    &uses[before(place.start)..before(place.end)]
}

/// What a name may be in the other number.
pub(super) fn in_other_numbers(name: &str) -> impl Iterator<Item = String> {
    plurals(name).chain(singulars(name))
}

/// What the plural of a name may be: Services, Addresses, Parties.
fn plurals(name: &str) -> impl Iterator<Item = String> {
    let stem = name.strip_suffix('y');
    let stem = stem.filter(|stem| stem.ends_with(is_consonant));
    [format!("{name}s"), format!("{name}es")]
        .into_iter()
        .chain(stem.map(|stem| format!("{stem}ies")))
}

/// What a name may be the plural of. Business, Status and Analysis are none.
fn singulars(name: &str) -> impl Iterator<Item = String> {
    let stem = name.strip_suffix('s');
    let stem = stem.filter(|stem| stem.len() > 2 && !stem.ends_with(['s', 'u', 'i', '’', '\'']));
    let short = stem.and_then(|stem| stem.strip_suffix('e'));
    let sibilant = short.filter(|short| short.ends_with(['s', 'x', 'z', 'h', 'o']));
    let party = short.and_then(|short| short.strip_suffix('i'));
    stem.map(str::to_owned)
        .into_iter()
        .chain(sibilant.map(str::to_owned))
        .chain(party.map(|party| format!("{party}y")))
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_alphabetic() && !"aeiouAEIOU".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a text uses: the words, and the name that they are.
    fn used(names: &[&'static str], words: &'static str) -> Vec<(&'static str, &'static str)> {
        let names = Names::of(names.iter().copied());
        let uses = names.uses(words).into_iter();
        uses.map(|used| (&words[used.start..used.end], names.list[used.name]))
            .collect()
    }

    #[test]
    fn names_are_found_in_their_numbers_as_whole_words() {
        let names = [
            "Party",
            "Address",
            "Services",
            "Cookie",
            "U.S. Person",
            "Box",
        ];
        let words = "Parties’ Addresses, a Party’s Service; Partying Cookies (U.S. Persons) in-Box Boxer Addres";
        let expected = [
            ("Parties", "Party"),
            ("Addresses", "Address"),
            ("Party’s", "Party"),
            ("Service", "Services"),
            ("Cookies", "Cookie"),
            ("U.S. Persons", "U.S. Person"),
            ("Box", "Box"),
        ];
        assert_eq!(used(&names, words), expected);
    }

    #[test]
    fn the_longest_name_is_meant() {
        let names = [
            "Service",
            "Service Provider",
            "Service Provider Fee Act",
            "Fee",
        ];
        let words = "Service Providers: Service Provider Fee. Services";
        let expected = [
            ("Service Providers", "Service Provider"),
            ("Service Provider", "Service Provider"),
            ("Fee", "Fee"),
            ("Services", "Service"),
        ];
        assert_eq!(used(&names, words), expected);
    }

    #[test]
    fn a_name_that_is_defined_is_no_form_of_another() {
        let expected = [("Term", "Term"), ("Terms", "Terms")];
        assert_eq!(used(&["Term", "Terms"], "Term Terms"), expected);
    }

    #[test]
    fn what_is_no_plural_has_no_singular() {
        for name in ["Business", "Status", "Analysis", "Data", "Jones’s", "S"] {
            assert_eq!(singulars(name).next(), None, "{name}");
        }
        let all = |name| singulars(name).collect::<Vec<_>>();
        assert_eq!(all("Third Parties"), ["Third Partie", "Third Party"]);
        assert_eq!(all("Addresses"), ["Addresse", "Address"]);
    }

    proptest! {
        /// One pass finds what looking for every name at every place finds.
        #[test]
        fn one_pass_finds_what_a_search_for_each_name_finds(
            names in prop::collection::btree_set("[ab]{1,2}( [ab]{1,2}){0,2}", 1..8),
            words in "([abs]{1,3}[ ,’]){0,20}",
        ) {
            let index = Names::of(names.iter().map(String::as_str));
            let (mut expected, mut next) = (Vec::new(), 0);
            for (at, _) in words.char_indices() {
                let free = words[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
                let here = index.forms.iter().filter(|form| {
                    words[at..].strip_prefix(&*form.words).and_then(possessive).is_some()
                });
                let longest = here.max_by_key(|form| form.words.len());
                if let Some(form) = longest.filter(|_| free && at >= next) {
                    let after = &words[at + form.words.len()..];
                    next = at + form.words.len() + possessive(after).unwrap_or_default();
                    expected.push((form.name, form.number, at, next));
                }
            }
            let found: Vec<_> = index.uses(&words).iter().map(|u| (u.name, u.number, u.start, u.end)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
