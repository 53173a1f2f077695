//! Defined terms between two texts: which have another name, and which mean something else.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use memchr::memmem;

use super::changes::{heading, section};
use super::wording::ENDINGS;
use super::{Detail, Fate, Look, NodeId, Nodes, Part, Redline, Source};
use crate::model::text::Term;

/// A term that has another name throughout the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The name that it had.
    pub old: String,
    /// The name that it has.
    pub new: String,
}

/// A term that means something else now, and the sections that use it though their words did not
/// change: they say something else too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// The term.
    pub term: String,
    /// The anchor of the section that defines it.
    pub defined_in: Option<String>,
    /// The sections that use it: title and anchor.
    pub clauses: Vec<(String, String)>,
}

/// The fewest places that show that a term was renamed.
const FEWEST_PLACES: usize = 2;

/// The terms that were renamed from one text to the other. A name that is gone and one that is new
/// are one term where they stand between the same words.
pub(super) fn renames(old: &Nodes<'_>, new: &Nodes<'_>) -> Vec<Rename> {
    let (gone, came) = (only_in(old, new), only_in(new, old));
    if gone.is_empty() || came.is_empty() {
        return Vec::new();
    }
    let places = |nodes: &Nodes<'_>, names: &[String]| -> Vec<BTreeMap<(String, String), usize>> {
        names.iter().map(|name| neighbours(nodes, name)).collect()
    };
    let (of_gone, of_came) = (places(old, &gone), places(new, &came));
    let mut found = Vec::new();
    for (i, before) in of_gone.iter().enumerate() {
        for (j, after) in of_came.iter().enumerate() {
            let shared: usize = before
                .iter()
                .map(|(place, n)| (*n).min(after.get(place).copied().unwrap_or(0)))
                .sum();
            let fewer = before.values().sum::<usize>().min(after.values().sum());
            if shared >= FEWEST_PLACES && shared * 3 >= fewer {
                found.push((Reverse(shared), i + j, i, j));
            }
        }
    }
    found.sort_unstable();
    let (mut olds, mut news) = (vec![false; gone.len()], vec![false; came.len()]);
    let mut renames = Vec::new();
    for (_, _, i, j) in found {
        if !olds[i] && !news[j] {
            (olds[i], news[j]) = (true, true);
            renames.push(singular(&gone[i], &came[j]));
        }
    }
    renames
}

/// Two names without the plural that both have.
fn singular(old: &str, new: &str) -> Rename {
    let (old, new) = match (old.strip_suffix('s'), new.strip_suffix('s')) {
        (Some(old), Some(new)) => (old, new),
        _ => (old, new),
    };
    Rename {
        old: old.to_owned(),
        new: new.to_owned(),
    }
}

/// The names of terms that one text defines and the other neither defines nor uses much.
fn only_in(nodes: &Nodes<'_>, other: &Nodes<'_>) -> Vec<String> {
    let defined = |name: &str| terms(other).iter().any(|term| term.name == name);
    let names = terms(nodes).iter().map(|term| &term.name);
    names
        .filter(|name| !defined(name))
        .filter(|name| uses(other, name).count() * 5 <= uses(nodes, name).count())
        .cloned()
        .collect()
}

fn terms<'t>(nodes: &Nodes<'t>) -> &'t [Term] {
    match nodes.source(Nodes::ROOT) {
        Source::Text(text) => &text.terms,
        _ => &[],
    }
}

/// Where a text uses a name: the byte at which it begins, and the byte after it and its ending.
fn uses<'a>(nodes: &'a Nodes<'_>, name: &'a str) -> impl Iterator<Item = (usize, usize)> {
    uses_in(&nodes.words, name)
}

fn uses_in<'a>(words: &'a str, name: &'a str) -> impl Iterator<Item = (usize, usize)> {
    memmem::find_iter(words.as_bytes(), name.as_bytes()).filter_map(move |at| {
        let end = at + name.len();
        let rest = &words[end..];
        let ending = ENDINGS
            .into_iter()
            .rev()
            .find(|ending| rest.starts_with(ending))?;
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let after = end + ending.len();
        let whole = apart(words[..at].chars().next_back()) && apart(words[after..].chars().next());
        whole.then_some((at, after))
    })
}

/// The words around each use of a name: the one before and the one after.
fn neighbours(nodes: &Nodes<'_>, name: &str) -> BTreeMap<(String, String), usize> {
    let mut places = BTreeMap::new();
    for (at, end) in uses(nodes, name) {
        let line_before = nodes.words[..at].rsplit('\n').next().unwrap_or_default();
        let line_after = nodes.words[end..].split('\n').next().unwrap_or_default();
        let before = line_before
            .split(' ')
            .rfind(|word| !word.is_empty())
            .unwrap_or_default();
        let after = line_after
            .split(' ')
            .find(|word| !word.is_empty())
            .unwrap_or_default();
        *places
            .entry((before.to_owned(), after.to_owned()))
            .or_default() += 1;
    }
    places
}

impl Redline<'_, '_> {
    /// The terms that mean something else in the new text, with the sections that use them though
    /// their words did not change.
    pub(super) fn impacts(&self) -> Vec<Impact> {
        let redefined = terms(self.new)
            .iter()
            .filter(|term| self.is_redefined(term));
        let undefined = terms(self.old)
            .iter()
            .filter(|term| self.is_undefined(term));
        let changed: Vec<(&Term, Option<&String>)> = redefined
            .map(|term| (term, term.anchor.as_ref()))
            .chain(undefined.map(|term| (term, None)))
            .collect();
        if changed.is_empty() {
            return Vec::new();
        }
        let mut unchanged = Vec::new();
        self.unchanged_sections(&self.root, &mut unchanged);
        let unchanged: Vec<(NodeId, String)> = unchanged
            .into_iter()
            .map(|id| (id, own_words(self.new, id)))
            .collect();
        let impact = |(term, defined_in): (&Term, Option<&String>)| {
            let using = |words: &str| uses_in(words, &term.name).next().is_some();
            let users = unchanged.iter().filter(|(_, words)| using(words));
            let clauses = users.filter_map(|(id, _)| {
                let section = section(self.new, Some(*id))?;
                Some((heading(self.new, *id)?, section.heading.anchor.clone()))
            });
            Impact {
                term: term.name.clone(),
                defined_in: defined_in.cloned(),
                clauses: clauses.collect(),
            }
        };
        let impacts = changed.into_iter().map(impact);
        impacts
            .filter(|impact| !impact.clauses.is_empty())
            .collect()
    }

    fn is_redefined(&self, term: &Term) -> bool {
        let renamed = self
            .renames
            .iter()
            .find(|rename| rename.new == term.name || format!("{}s", rename.new) == term.name);
        let was = renamed.map_or(term.name.clone(), |rename| {
            term.name.replacen(&rename.new, &rename.old, 1)
        });
        let before = terms(self.old).iter().find(|other| other.name == was);
        let Some(before) = before else {
            // A word that was there before means what its definition says now.
            return renamed.is_none() && uses(self.old, &term.name).next().is_some();
        };
        let meant = self
            .renames
            .iter()
            .fold(before.definition.clone(), |words, rename| {
                words.replace(&rename.old, &rename.new)
            });
        meant != term.definition
    }

    /// Whether a term is defined no more though the text still uses it.
    fn is_undefined(&self, term: &Term) -> bool {
        let named = |name: &str| term.name == name || term.name.strip_suffix('s') == Some(name);
        let defined = terms(self.new).iter().any(|other| other.name == term.name);
        let renamed = self.renames.iter().any(|rename| named(&rename.old));
        !defined && !renamed && uses(self.new, &term.name).next().is_some()
    }

    /// The sections of the new text whose own words are as they were.
    fn unchanged_sections(&self, part: &Part, out: &mut Vec<NodeId>) {
        let new = part
            .new
            .filter(|_| matches!(part.fate, Fate::Kept | Fate::MovedHere));
        let Some(new) = new else { return };
        let is_section = |id: &NodeId| section(self.new, Some(*id)).is_some();
        match &part.detail {
            Detail::Whole => out.extend(self.new.subtree(new).filter(is_section)),
            Detail::Parts(parts) => {
                let mut own = parts.iter().filter(|part| !self.is_section(part));
                if is_section(&new) && own.all(|part| self.says_the_same(part)) {
                    out.push(new);
                }
                let sections = parts.iter().filter(|part| self.is_section(part));
                sections.for_each(|part| self.unchanged_sections(part, out));
            }
            _ => {}
        }
    }

    /// Whether a part says what it said, but for the names of renamed terms.
    fn says_the_same(&self, part: &Part) -> bool {
        match &part.detail {
            Detail::Whole => part.fate == Fate::Kept,
            Detail::Parts(parts) => parts.iter().all(|part| self.says_the_same(part)),
            Detail::Words(words) => self
                .runs(words)
                .iter()
                .all(|run| matches!(run.look, Look::Kept | Look::Renamed)),
            Detail::Reflowed { .. } => false,
        }
    }
}

/// The words of a section without those of the sections inside.
fn own_words(nodes: &Nodes<'_>, id: NodeId) -> String {
    let own = nodes
        .children(id)
        .filter(|child| section(nodes, Some(*child)).is_none());
    own.map(|child| nodes.words(child))
        .collect::<Vec<_>>()
        .join("\n")
}
