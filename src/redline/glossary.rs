//! The terms of two texts: what each defines, and where it uses the names of either.

use super::names::{Names, Use, in_other_numbers};
use super::{Nodes, Source};
use crate::model::text::Term;

/// The terms of two texts. It is empty where both define the same.
#[derive(Debug, Default)]
pub(super) struct Glossary<'n, 't> {
    /// The names of all terms.
    pub(super) names: Names<'t>,
    pub(super) old: Told<'n, 't>,
    pub(super) new: Told<'n, 't>,
}

/// The terms of a text.
#[derive(Debug, Default)]
pub(super) struct Told<'n, 't> {
    /// Those that it defines, in its order.
    pub(super) terms: &'t [Term],
    /// The words of the text.
    pub(super) words: &'n str,
    /// Where it uses names, in its order.
    pub(super) uses: Vec<Use>,
    /// Of each name, how often the text certainly uses it.
    pub(super) counts: Vec<usize>,
    /// Of each name, which term it is.
    defined: Vec<Option<usize>>,
}

impl<'n, 't> Glossary<'n, 't> {
    pub(super) fn of(old: &'n Nodes<'t>, new: &'n Nodes<'t>) -> Self {
        let says = |term: &'t Term| (&term.name, &term.definition);
        let (before, after) = (terms(old), terms(new));
        if before.iter().map(says).eq(after.iter().map(says)) {
            return Self::default();
        }
        let names = Names::of(before.iter().chain(after).map(|term| &*term.name));
        Self {
            old: Told::of(&names, old),
            new: Told::of(&names, new),
            names,
        }
    }

    /// Which of a text's terms has a name, be it in the other number.
    pub(super) fn defined(&self, told: &Told<'_, '_>, name: &str) -> Option<usize> {
        let defined = |name: &str| told.defined[self.names.place(name)?];
        defined(name).or_else(|| in_other_numbers(name).find_map(|name| defined(&name)))
    }
}

impl<'n, 't> Told<'n, 't> {
    fn of(names: &Names<'t>, nodes: &'n Nodes<'t>) -> Self {
        let (terms, uses) = (terms(nodes), names.uses(&nodes.words));
        let mut counts = vec![0; names.list().len()];
        for used in uses.iter().filter(|used| used.is_certain()) {
            counts[used.name] += 1;
        }
        let mut defined = vec![None; names.list().len()];
        for (at, term) in terms.iter().enumerate() {
            if let Some(name) = names.place(&term.name) {
                defined[name] = Some(at);
            }
        }
        Self {
            terms,
            words: &nodes.words,
            uses,
            counts,
            defined,
        }
    }
}

fn terms<'t>(nodes: &Nodes<'t>) -> &'t [Term] {
    match nodes.source(Nodes::ROOT) {
        Source::Text(text) => &text.terms,
        _ => &[],
    }
}
