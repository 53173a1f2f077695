//! Sections that stand in the same place of two texts, between the same neighbours: what is left
//! without a mate there may be one section under another heading.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};

use super::clauses::{Mates, heading_of, own_words};
use super::gather::hasher;
use super::likeness::{has_few_words, phrases, pieces};
use super::moves::whole_print;
use super::nodes::{NodeId, Nodes, Source};
use super::number::without_number;
use super::sequence;
use super::strays::Print;

/// The share of words, in thousandths, that headings have in common which say nearly the same.
const LIKE: usize = 500;
/// The share of phrases that is too much for two sections with nothing to do with each other.
const KIN: usize = 150;

/// Sections between the same two neighbours, which are named as in the new text; none at an end.
type Gaps = BTreeMap<(Option<NodeId>, Option<NodeId>), Vec<NodeId>>;

/// Pairs sections with the same heading between the same neighbours, where there are as many of
/// them in both texts.
pub(super) fn by_heading(mates: &mut Mates, old: &Nodes<'_>, new: &Nodes<'_>) {
    let mut finder = Finder {
        mates,
        old,
        new,
        prints: &[whole_print],
        retitled: false,
    };
    finder.find();
}

/// Pairs what is left between the same neighbours, also under another heading, where there is
/// something that speaks for it.
pub(super) fn by_place(mates: &mut Mates, old: &Nodes<'_>, new: &Nodes<'_>) {
    let mut finder = Finder {
        mates,
        old,
        new,
        prints: &[whole_print, heading_print],
        retitled: true,
    };
    finder.find();
}

struct Finder<'f, 'o, 'n> {
    mates: &'f mut Mates,
    old: &'f Nodes<'o>,
    new: &'f Nodes<'n>,
    /// What sections are known by, the surest first.
    prints: &'f [Print],
    /// Whether sections can have another heading.
    retitled: bool,
}

impl Finder<'_, '_, '_> {
    /// From the top down: what stands in a section is looked at after it has found its mate.
    fn find(&mut self) {
        self.inside(Nodes::ROOT, Nodes::ROOT);
        for id in self.old.sections() {
            if let Some(mate) = self.mates.of_old(*id) {
                self.inside(*id, mate);
            }
        }
    }

    fn inside(&mut self, old: NodeId, new: NodeId) {
        let of_old = gaps(self.old, old, |id| {
            let mate = self.mates.of_old(id)?;
            Some(Some(mate).filter(|mate| self.new.parent(*mate) == Some(new)))
        });
        let of_new = gaps(self.new, new, |id| {
            let mate = self.mates.of_new(id)?;
            Some(Some(id).filter(|_| self.old.parent(mate) == Some(old)))
        });
        for (between, olds) in &of_old {
            if let Some(news) = of_new.get(between) {
                self.row(olds, news, self.prints);
            }
        }
    }

    /// Pairs sections in a row: those with the same print first, then what is left between them.
    fn row(&mut self, olds: &[NodeId], news: &[NodeId], prints: &[Print]) {
        let [print, rest @ ..] = prints else {
            return self.side_by_side(olds, news);
        };
        let of = |nodes: &Nodes<'_>, ids: &[NodeId]| -> Vec<u64> {
            ids.iter().map(|id| print(nodes, *id)).collect()
        };
        let same = sequence::shared(&of(self.old, olds), &of(self.new, news));
        let (mut i, mut j) = (0, 0);
        for (to_i, to_j) in same.into_iter().chain([(olds.len(), news.len())]) {
            self.row(&olds[i..to_i], &news[j..to_j], rest);
            if let (Some(old), Some(new)) = (olds.get(to_i), news.get(to_j)) {
                self.mates.pair(*old, *new);
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
    }

    /// Pairs as many sections of one text as of the other, each with the one in its place.
    fn side_by_side(&mut self, olds: &[NodeId], news: &[NodeId]) {
        if olds.len() != news.len() {
            return;
        }
        for (old, new) in olds.iter().zip(news) {
            let same = heading_print(self.old, *old) == heading_print(self.new, *new);
            if same || (self.retitled && self.is_retitled(*old, *new)) {
                self.mates.pair(*old, *new);
            }
        }
        for at in (0..olds.len()).filter(|_| self.retitled) {
            let is_paired = |at: usize| {
                olds.get(at)
                    .is_none_or(|id| self.mates.of_old(*id).is_some())
            };
            let alone = !is_paired(at) && is_paired(at + 1) && (at == 0 || is_paired(at - 1));
            if alone && is_bare(self.old, olds[at]) && is_bare(self.new, news[at]) {
                self.mates.pair(olds[at], news[at]);
            }
        }
    }

    /// Whether two sections that stand in the same place are one under another heading: it holds the
    /// same sections, or its heading or its few words say nearly the same.
    fn is_retitled(&self, old: NodeId, new: NodeId) -> bool {
        let (inner_old, inner_new) = (sections_in(self.old, old), sections_in(self.new, new));
        let stay = inner_old.iter().filter(|id| {
            let mate = self.mates.of_old(**id);
            mate.is_some_and(|mate| self.new.parent(mate) == Some(new))
        });
        let stay = stay.count();
        if stay > 0 {
            return stay * 2 >= inner_old.len().min(inner_new.len());
        }
        let (before, after) = (own_words(self.old, old), own_words(self.new, new));
        let headings = like(heading_of(self.old, old), heading_of(self.new, new));
        if !has_few_words(&before) || !has_few_words(&after) {
            let phrases = [phrases(&before), phrases(&after)];
            return headings >= LIKE && share(&phrases[0], &phrases[1]) >= KIN;
        }
        let are_leaves = inner_old.is_empty() && inner_new.is_empty();
        headings >= LIKE || (are_leaves && like(&before, &after) >= LIKE)
    }
}

/// Whether a section is a heading and nothing else.
fn is_bare(nodes: &Nodes<'_>, id: NodeId) -> bool {
    nodes.children(id).nth(1).is_none()
}

/// The sections right inside of one.
fn sections_in(nodes: &Nodes<'_>, id: NodeId) -> Vec<NodeId> {
    let is_section = |id: &NodeId| matches!(nodes.source(*id), Source::Section(_));
    nodes.children(id).filter(is_section).collect()
}

/// The sections right inside of one that have no mate, by those around them that both texts have
/// here. `mate` gives nothing for one without a mate, and the mate if it stands here too.
fn gaps(
    nodes: &Nodes<'_>,
    around: NodeId,
    mate: impl Fn(NodeId) -> Option<Option<NodeId>>,
) -> Gaps {
    let mut gaps = Gaps::new();
    let (mut before, mut lonely) = (None, Vec::new());
    for id in sections_in(nodes, around) {
        match mate(id) {
            None => lonely.push(id),
            Some(None) => {}
            Some(Some(mate)) => {
                gaps.insert((before, Some(mate)), std::mem::take(&mut lonely));
                before = Some(mate);
            }
        }
    }
    gaps.insert((before, None), lonely);
    gaps.retain(|_, lonely| !lonely.is_empty());
    gaps
}

fn heading_print(nodes: &Nodes<'_>, id: NodeId) -> u64 {
    let mut hasher = hasher();
    let words = without_number(heading_of(nodes, id)).1.to_lowercase();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The share of words that two headings, or a few words, have in common, in thousandths.
fn like(old: &str, new: &str) -> usize {
    let words = |words: &str| -> Vec<u64> {
        let words = without_number(words).1.to_lowercase();
        let words: BTreeSet<u64> = pieces(&words).filter_map(word_print).collect();
        words.into_iter().collect()
    };
    share(&words(old), &words(new))
}

/// A word without the marks around it; of marks alone, nothing.
fn word_print(word: &str) -> Option<u64> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut hasher = hasher();
    word.hash(&mut hasher);
    (!word.is_empty()).then(|| hasher.finish())
}

/// What two sorted lists have in common, in thousandths of both (Dice's measure).
fn share(old: &[u64], new: &[u64]) -> usize {
    let shared = old.iter().filter(|print| new.binary_search(print).is_ok());
    shared.count() * 2000 / (old.len() + new.len()).max(1)
}
