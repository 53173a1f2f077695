//! Which section of one text is which of another: by anchor, then by heading, then by likeness.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use super::likeness::{likenesses, phrases};
use super::neighbours;
use super::nodes::{NodeId, Nodes, Source};
use super::number::without_number;

/// The sections of two texts that are the same one.
#[derive(Debug)]
pub(super) struct Mates {
    of_old: Vec<Option<NodeId>>,
    of_new: Vec<Option<NodeId>>,
}

/// The share of phrases, in thousandths, that two sections must have in common to be the same one.
const LIKE: usize = 400;
/// The anchor of a heading that has no words.
const NAMELESS: &str = "section";

/// A way of finding mates for sections that have none yet.
type Step = fn(&mut Mates, &Nodes<'_>, &Nodes<'_>);

/// The surest first.
const STEPS: [Step; 13] = [
    Mates::by_words,
    |mates, old, new| mates.by_anchor(old, new, |anchor, heading| !is_derived(anchor, heading)),
    Mates::by_anchor_and_heading,
    Mates::by_alias,
    Mates::by_name,
    Mates::by_place,
    Mates::by_print,
    neighbours::by_heading,
    Mates::by_likeness,
    Mates::by_place,
    neighbours::by_place,
    Mates::by_place,
    // What was derived from a heading that several sections have says little: it counts them.
    |mates, old, new| mates.by_anchor(old, new, |_, _| true),
];

impl Mates {
    /// Finds the sections that two texts share.
    pub(super) fn find(old: &Nodes<'_>, new: &Nodes<'_>) -> Self {
        let mut mates = Self {
            of_old: vec![None; old.len()],
            of_new: vec![None; new.len()],
        };
        for step in STEPS {
            // Most sections of two versions are found at once, and there is no more to find.
            if mates.is_done(old, new) {
                break;
            }
            step(&mut mates, old, new);
        }
        mates
    }

    /// Whether one of the texts has no section without a mate.
    fn is_done(&self, old: &Nodes<'_>, new: &Nodes<'_>) -> bool {
        let all = |nodes: &Nodes<'_>, taken: &[Option<NodeId>]| {
            nodes.sections().iter().all(|id| taken[*id].is_some())
        };
        all(old, &self.of_old) || all(new, &self.of_new)
    }

    pub(super) fn of_old(&self, id: NodeId) -> Option<NodeId> {
        self.of_old[id]
    }

    pub(super) fn of_new(&self, id: NodeId) -> Option<NodeId> {
        self.of_new[id]
    }

    pub(super) fn pair(&mut self, old: NodeId, new: NodeId) {
        self.of_old[old] = Some(new);
        self.of_new[new] = Some(old);
    }

    /// Takes two sections for different ones after all.
    pub(super) fn part(&mut self, old: NodeId, new: NodeId) {
        (self.of_old[old], self.of_new[new]) = (None, None);
    }

    /// Pairs sections with the same anchor that say the same to the letter, which no other section
    /// does: most of two versions, for little.
    fn by_words(&mut self, old: &Nodes<'_>, new: &Nodes<'_>) {
        let of_new = prints(new);
        for same in prints(old).chunk_by(|a, b| a.0 == b.0) {
            let &[(print, anchor, id)] = same else {
                continue;
            };
            let start = of_new.partition_point(|other| other.0 < print);
            let mut mates = of_new[start..].iter().take_while(|other| other.0 == print);
            if let (Some((_, other, mate)), None) = (mates.next(), mates.next())
                && *other == anchor
            {
                self.pair(id, *mate);
            }
        }
    }

    /// Pairs sections with the same anchor, where it counts: each is one section's alone.
    fn by_anchor(&mut self, old: &Nodes<'_>, new: &Nodes<'_>, counts: fn(&str, &str) -> bool) {
        let mut of_new: Vec<(&str, NodeId)> = anchors(new)
            .filter(|(_, id)| self.of_new[*id].is_none())
            .collect();
        of_new.sort_unstable();
        let of_old = anchors(old).filter(|(_, id)| self.of_old[*id].is_none());
        for (anchor, id) in of_old.collect::<Vec<_>>() {
            if let Ok(at) = of_new.binary_search_by_key(&anchor, |(anchor, _)| anchor) {
                let mate = of_new[at].1;
                if counts(anchor, heading_of(old, id)) || counts(anchor, heading_of(new, mate)) {
                    self.pair(id, mate);
                }
            }
        }
    }

    /// Pairs sections that kept their anchor and a heading that no other section has: one that takes
    /// over the anchor of another stays what it is.
    fn by_anchor_and_heading(&mut self, old: &Nodes<'_>, new: &Nodes<'_>) {
        let (of_old, of_new) = (alone(old), alone(new));
        for (anchor, id) in anchors(old) {
            let heading = heading_of(old, id);
            if let (Some(Some(_)), Some(Some((other, mate)))) =
                (of_old.get(heading), of_new.get(heading))
                && anchor == *other
                && self.of_old[id].is_none()
                && self.of_new[*mate].is_none()
            {
                self.pair(id, *mate);
            }
        }
    }

    /// Pairs sections of which one has an anchor of the other as an alias.
    fn by_alias(&mut self, old: &Nodes<'_>, new: &Nodes<'_>) {
        if !has_aliases(old) && !has_aliases(new) {
            return;
        }
        let (of_old, of_new) = (all_anchors(old), all_anchors(new));
        for (anchor, (id, is_alias)) in of_old {
            if let Some((mate, other)) = of_new.get(anchor)
                && (is_alias || *other)
                && self.of_old[id].is_none()
                && self.of_new[*mate].is_none()
            {
                self.pair(id, *mate);
            }
        }
    }

    /// Pairs sections with the same heading in sections that are the same one, from the top down.
    fn by_place(&mut self, old: &Nodes<'_>, new: &Nodes<'_>) {
        let mut of_new = siblings(new, &self.of_new);
        // Sections stand after the one that they are in, which is paired before them.
        let mut of_old: Vec<((NodeId, String), Option<NodeId>)> =
            siblings(old, &self.of_old).into_iter().collect();
        of_old.sort_unstable();
        for ((around, heading), id) in of_old {
            let around = if around == Nodes::ROOT {
                Some(Nodes::ROOT)
            } else {
                self.of_old[around]
            };
            let mate = around.and_then(|around| of_new.remove(&(around, heading)).flatten());
            if let (Some(id), Some(mate)) = (id, mate)
                && self.of_new[mate].is_none()
            {
                self.pair(id, mate);
            }
        }
    }

    /// Pairs sections with a heading, its number aside, which is one section's alone on each side.
    fn by_name(&mut self, old: &Nodes<'_>, new: &Nodes<'_>) {
        let (of_old, of_new) = (named(old, &self.of_old), named(new, &self.of_new));
        for (name, id) in of_old {
            let mate = of_new.get(&name).copied().flatten();
            if let (Some(id), Some(mate)) = (id, mate) {
                self.pair(id, mate);
            }
        }
    }

    /// Pairs sections that say the same, and which no other section without a mate says.
    fn by_print(&mut self, old: &Nodes<'_>, new: &Nodes<'_>) {
        let (of_old, of_new) = (
            lonely_prints(old, &self.of_old),
            lonely_prints(new, &self.of_new),
        );
        for (print, id) in of_old {
            if let (Some(id), Some(Some(mate))) = (id, of_new.get(&print)) {
                self.pair(id, *mate);
            }
        }
    }

    fn by_likeness(&mut self, old: &Nodes<'_>, new: &Nodes<'_>) {
        let lonely = |ids: &[NodeId], taken: &[Option<NodeId>]| -> Vec<NodeId> {
            ids.iter()
                .copied()
                .filter(|id| taken[*id].is_none())
                .collect()
        };
        let olds = lonely(old.sections(), &self.of_old);
        let news = lonely(new.sections(), &self.of_new);
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let phrases = |nodes: &Nodes<'_>, ids: &[NodeId]| -> Vec<Vec<u64>> {
            ids.iter()
                .map(|id| phrases(&own_words(nodes, *id)))
                .collect()
        };
        let likes = likenesses(&phrases(old, &olds), &phrases(new, &news), LIKE);
        for (i, j) in likes {
            if self.of_old[olds[i]].is_none() && self.of_new[news[j]].is_none() {
                self.pair(olds[i], news[j]);
            }
        }
    }
}

fn anchors<'n, 't>(nodes: &'n Nodes<'t>) -> impl Iterator<Item = (&'t str, NodeId)> + use<'n, 't> {
    nodes
        .sections()
        .iter()
        .filter_map(|id| match nodes.source(*id) {
            Source::Section(section) => Some((section.heading.anchor.as_str(), *id)),
            _ => None,
        })
}

/// The fingerprint, the anchor and the place of each section, sorted.
fn prints<'t>(nodes: &Nodes<'t>) -> Vec<(u64, &'t str, NodeId)> {
    let mut all: Vec<_> = anchors(nodes)
        .map(|(anchor, id)| (nodes.print(id), anchor, id))
        .collect();
    all.sort_unstable();
    all
}

pub(super) fn heading_of<'n>(nodes: &'n Nodes<'_>, id: NodeId) -> &'n str {
    nodes
        .children(id)
        .next()
        .map_or("", |heading| nodes.words(heading))
}

/// The anchors of sections by their heading; none where several have it.
fn alone<'n>(nodes: &'n Nodes<'_>) -> HashMap<&'n str, Option<(&'n str, NodeId)>, FixedState> {
    let count = nodes.sections().len();
    let mut found = HashMap::with_capacity_and_hasher(count, FixedState::default());
    for (anchor, id) in anchors(nodes) {
        found
            .entry(heading_of(nodes, id))
            .and_modify(|several| *several = None)
            .or_insert(Some((anchor, id)));
    }
    found
}

/// Whether an anchor is one that a heading's words give, with or without a count.
fn is_derived(anchor: &str, heading: &str) -> bool {
    // What the anchor of a heading without letters is made of.
    let nameless = letters(heading).next().is_none();
    let heading = if nameless { NAMELESS } else { heading };
    let same = |anchor: &str| letters(anchor).eq(letters(heading));
    let counted = anchor.trim_end_matches(|c: char| c.is_ascii_digit());
    let plain = counted
        .strip_suffix('-')
        .filter(|_| counted.len() < anchor.len());
    same(anchor) || plain.is_some_and(same)
}

/// The letters and digits of words, in small letters.
fn letters(words: &str) -> impl Iterator<Item = char> {
    let letters = words.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

fn has_aliases(nodes: &Nodes<'_>) -> bool {
    let mut sections = nodes.sections().iter();
    sections.any(|id| matches!(nodes.source(*id), Source::Section(section) if !section.heading.aliases.is_empty()))
}

/// Anchors and aliases, and whether each is an alias.
fn all_anchors<'t>(nodes: &Nodes<'t>) -> BTreeMap<&'t str, (NodeId, bool)> {
    let mut all = BTreeMap::new();
    for id in nodes.sections() {
        if let Source::Section(section) = nodes.source(*id) {
            for alias in &section.heading.aliases {
                all.insert(alias.as_str(), (*id, true));
            }
            all.insert(section.heading.anchor.as_str(), (*id, false));
        }
    }
    all
}

/// The sections without a mate by the section that they stand in and their heading; none where
/// several share it, also those that have a mate: which of them is meant, their place tells.
fn siblings(
    nodes: &Nodes<'_>,
    taken: &[Option<NodeId>],
) -> BTreeMap<(NodeId, String), Option<NodeId>> {
    let mut found: BTreeMap<(NodeId, String), Option<NodeId>> = BTreeMap::new();
    for id in nodes.sections() {
        let around = nodes.parent(*id).unwrap_or(Nodes::ROOT);
        let heading = without_number(heading_of(nodes, *id)).1.to_lowercase();
        found
            .entry((around, heading))
            .and_modify(|several| *several = None)
            .or_insert(Some(*id).filter(|id| taken[*id].is_none()));
    }
    found
}

/// The sections without a mate by all that they say; none where several say the same.
fn lonely_prints(nodes: &Nodes<'_>, taken: &[Option<NodeId>]) -> BTreeMap<u64, Option<NodeId>> {
    let mut found = BTreeMap::new();
    for id in nodes.sections().iter().filter(|id| taken[**id].is_none()) {
        found
            .entry(nodes.print(*id))
            .and_modify(|several| *several = None)
            .or_insert(Some(*id));
    }
    found
}

/// The sections without a mate by their heading, its number aside; none where several of them share it.
fn named(nodes: &Nodes<'_>, taken: &[Option<NodeId>]) -> BTreeMap<String, Option<NodeId>> {
    let mut found = BTreeMap::new();
    for id in nodes.sections().iter().filter(|id| taken[**id].is_none()) {
        let name = without_number(heading_of(nodes, *id)).1.to_lowercase();
        if !name.is_empty() {
            found
                .entry(name)
                .and_modify(|several| *several = None)
                .or_insert(Some(*id));
        }
    }
    found
}

/// The words of a section without those of the sections inside and of its heading.
pub(super) fn own_words(nodes: &Nodes<'_>, id: NodeId) -> String {
    let inner = |id: &NodeId| !matches!(nodes.source(*id), Source::Section(_) | Source::Heading(_));
    let mut words = String::new();
    for block in nodes.children(id).filter(inner) {
        words.push_str(nodes.words(block));
        words.push('\n');
    }
    words
}
