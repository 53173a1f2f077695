//! Which sections use terms: as names, not as the first word of a heading or a sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::changes::section;
use super::glossary::{Glossary, Told};
use super::names::{Use, within};
use super::{NodeId, Nodes, Source};
use crate::model::text::Term;

/// A term whose users are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'r> {
    pub(super) term: &'r Term,
    /// Whether it is defined for the first time: what was written before may have been a common word.
    pub(super) newly: bool,
}

/// A text that is searched for terms.
pub(super) struct Search<'s, 'n, 't> {
    pub(super) glossary: &'s Glossary<'n, 't>,
    pub(super) nodes: &'n Nodes<'t>,
    pub(super) told: &'s Told<'n, 't>,
}

impl Search<'_, '_, '_> {
    /// Of each of some terms, those of some sections that use it.
    pub(super) fn users(&self, terms: &[Asked<'_>], sections: &[NodeId]) -> Vec<Vec<NodeId>> {
        let names = &self.glossary.names;
        let reaches: Vec<_> = terms.iter().map(|asked| self.reach(asked.term)).collect();
        let mut places = vec![None; names.list().len()];
        for (at, asked) in terms.iter().enumerate() {
            if let Some(name) = names.place(&asked.term.name) {
                places[name] = Some(at);
            }
        }
        let mut small = BTreeMap::new();
        let mut users: Vec<Vec<NodeId>> = vec![Vec::new(); terms.len()];
        for id in sections {
            for used in self.uses(*id).filter(|used| used.is_certain()) {
                let Some(at) = places[used.name] else {
                    continue;
                };
                let known = users[at].last() == Some(id) || !reaches[at].contains(id);
                if !known && self.is_name(used, terms[at].newly, &mut small) {
                    users[at].push(*id);
                }
            }
        }
        users
    }

    /// Where a definition holds: everywhere, or in its own section.
    fn reach(&self, term: &Term) -> Range<NodeId> {
        if !term.local {
            return self.nodes.subtree(Nodes::ROOT);
        }
        let is_own = |id: &&NodeId| {
            let own = section(self.nodes, Some(**id));
            own.is_some_and(|own| term.anchor.as_ref() == Some(&own.heading.anchor))
        };
        let own = self.nodes.sections().iter().find(is_own);
        own.map_or(0..0, |own| self.nodes.subtree(*own))
    }

    /// Where a section uses names, but for its heading and the sections inside.
    fn uses(&self, id: NodeId) -> impl Iterator<Item = &Use> {
        let is_own = |id: &NodeId| {
            !matches!(
                self.nodes.source(*id),
                Source::Section(_) | Source::Heading(_)
            )
        };
        let own = self.nodes.children(id).filter(is_own);
        own.flat_map(|own| within(&self.told.uses, self.nodes.place(own)))
    }

    /// Whether a term is meant, and not a word that has its capital letter from the beginning of a
    /// sentence: “Access” is such a word where the text also says “access”.
    fn is_name<'w>(&'w self, used: &Use, newly: bool, small: &mut BTreeMap<&'w str, bool>) -> bool {
        let words = &self.told.words;
        let said = &words[used.start..used.bare];
        let mut letters = said.chars();
        let is_first_only =
            letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase);
        if !is_first_only || !begins_sentence(&words[..used.start]) {
            return true;
        }
        let written_small = || has_word(words, &said.to_lowercase());
        !newly && !*small.entry(said).or_insert_with(written_small)
    }
}

/// Whether words end where a sentence begins.
fn begins_sentence(before: &str) -> bool {
    let mut marks = before.chars().rev().take_while(|c| !c.is_alphanumeric());
    let ends = |c: char| matches!(c, '\n' | '.' | '!' | '?' | '。' | '！' | '？');
    marks.any(ends) || !before.contains(char::is_alphanumeric)
}

/// Whether a text has a word, or several, as a whole.
fn has_word(words: &str, word: &str) -> bool {
    memmem::find_iter(words.as_bytes(), word).any(|at| {
        let (before, after) = (&words[..at], &words[at + word.len()..]);
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}
