//! Which anchors of sections came and went: what links to a text can rely on.

use std::collections::BTreeSet;

use super::Redline;
use super::nodes::{Nodes, Source};
use crate::model::text::Heading;

/// The anchors of sections that only one of two texts has. An alias is an anchor too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// Those that lead nowhere in the new text.
    pub gone: Vec<String>,
    /// Those that the old text did not have.
    pub came: Vec<String>,
}

impl Redline<'_, '_> {
    /// The anchors that came and went.
    pub fn anchors(&self) -> Anchors {
        Anchors::between(self.old, self.new)
    }
}

impl Anchors {
    /// The anchors of sections that came and went between two texts.
    pub fn between(old: &Nodes<'_>, new: &Nodes<'_>) -> Self {
        if anchors(old).eq(anchors(new)) {
            return Self::default();
        }
        let before: BTreeSet<&str> = anchors(old).collect();
        let after: BTreeSet<&str> = anchors(new).collect();
        let only = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| -> Vec<String> {
            one.difference(other)
                .map(|anchor| (*anchor).to_owned())
                .collect()
        };
        Self {
            gone: only(&before, &after),
            came: only(&after, &before),
        }
    }
}

fn anchors<'t>(nodes: &Nodes<'t>) -> impl Iterator<Item = &'t str> {
    let headings = nodes
        .sections()
        .iter()
        .filter_map(|id| match nodes.source(*id) {
            Source::Section(section) => Some(&section.heading),
            _ => None,
        });
    headings.flat_map(Heading::anchors)
}
