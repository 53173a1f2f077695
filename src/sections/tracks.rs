//! Following each section from version to version, by its anchor and by the aliases that it takes over.

use std::collections::{BTreeMap, BTreeSet};

use super::list::Section;
use super::{Change, Edition, Kind};
use crate::redline::Fate;

/// The way of a section through the editions.
pub(super) struct Track<'a> {
    /// The anchor that it had last.
    anchor: &'a str,
    /// The editions that have it, with its place among their sections.
    pub(super) spots: BTreeMap<usize, (usize, Section<'a>)>,
}

/// The ways of all sections through editions, which come oldest first.
pub(super) fn follow<'a>(editions: &[Edition<'a>]) -> Vec<Track<'a>> {
    let mut paths = Paths::default();
    for (at, edition) in editions.iter().enumerate() {
        let sections: Vec<Section<'a>> = edition.sections.iter().collect();
        paths.add(at, &sections);
    }
    paths.tracks.into_iter().flatten().collect()
}

#[derive(Default)]
struct Paths<'a> {
    /// The tracks; none in the place of one that went on in another.
    tracks: Vec<Option<Track<'a>>>,
    /// Which track had a name last.
    by_name: BTreeMap<&'a str, usize>,
}

impl<'a> Paths<'a> {
    /// Adds the sections of the next edition.
    fn add(&mut self, edition: usize, sections: &[Section<'a>]) {
        let mut owners: Vec<Option<usize>> = sections
            .iter()
            .map(|section| self.with_anchor(section.anchor()))
            .collect();
        let mut taken: BTreeSet<usize> = owners.iter().flatten().copied().collect();
        for (owner, section) in owners.iter_mut().zip(sections) {
            self.take_over(owner, *section, &mut taken);
        }
        for (place, (owner, section)) in owners.into_iter().zip(sections).enumerate() {
            self.put(owner, edition, (place, *section));
        }
    }

    /// The track of the section that had an anchor last.
    fn with_anchor(&self, anchor: &str) -> Option<usize> {
        let at = *self.by_name.get(anchor)?;
        let track = self.tracks[at].as_ref()?;
        (track.anchor == anchor).then_some(at)
    }

    /// A section goes on where others of its names were that no other section of its text has.
    fn take_over(
        &mut self,
        owner: &mut Option<usize>,
        section: Section<'a>,
        taken: &mut BTreeSet<usize>,
    ) {
        for name in section.names() {
            let free = |at: &usize| !taken.contains(at);
            let Some(found) = self.by_name.get(name).copied().filter(free) else {
                continue;
            };
            if let Some(owner) = *owner {
                self.join(owner, found);
            } else {
                *owner = Some(found);
                taken.insert(found);
            }
        }
    }

    /// A section goes on in another, unless a version had both: then it ends.
    fn join(&mut self, owner: usize, other: usize) {
        let (Some(mut track), Some(joined)) =
            (self.tracks[owner].take(), self.tracks[other].take())
        else {
            return;
        };
        let mut editions = joined.spots.keys();
        if editions.any(|edition| track.spots.contains_key(edition)) {
            self.tracks[other] = Some(joined);
        } else {
            track.spots.extend(joined.spots);
            let names = self.by_name.values_mut().filter(|at| **at == other);
            names.for_each(|at| *at = owner);
        }
        self.tracks[owner] = Some(track);
    }

    fn put(&mut self, owner: Option<usize>, edition: usize, spot: (usize, Section<'a>)) {
        let at = owner.unwrap_or(self.tracks.len());
        if owner.is_none() {
            self.tracks.push(Some(Track {
                anchor: "",
                spots: BTreeMap::new(),
            }));
        }
        if let Some(track) = &mut self.tracks[at] {
            track.anchor = spot.1.anchor();
            track.spots.insert(edition, spot);
        }
        for name in spot.1.names() {
            self.by_name.insert(name, at);
        }
    }
}

impl Track<'_> {
    /// The editions that changed the section, oldest first.
    pub(super) fn changes(&self, editions: &[Edition<'_>]) -> Vec<(usize, Change)> {
        let all = editions.iter().enumerate();
        let change = |(at, edition): (usize, &Edition<'_>)| {
            let (kind, anchor) = self.change(at, edition)?;
            let version = edition.id;
            Some((
                at,
                Change {
                    version,
                    kind,
                    anchor,
                },
            ))
        };
        all.filter_map(change).collect()
    }

    /// What an edition changed, and where its redline shows that.
    fn change(&self, at: usize, edition: &Edition<'_>) -> Option<(Kind, Option<String>)> {
        let anchor = |at: usize| self.spots.get(&at).map(|(_, section)| section.anchor());
        let before = at.checked_sub(1).and_then(anchor);
        let named = |anchor: &str, fate: fn(Fate) -> bool| {
            let mut clauses = edition.changes.iter().flat_map(|changes| &changes.clauses);
            clauses.any(|clause| clause.anchor.as_deref() == Some(anchor) && fate(clause.fate))
        };
        let (kind, anchor) = match (before, anchor(at)) {
            (None, Some(now)) if edition.changes.is_none() => (Kind::First, Some(now.to_owned())),
            // It was there under an anchor that it did not keep.
            (None, Some(now)) if named(now, was_there) => (Kind::Changed, Some(now.to_owned())),
            (None, Some(now)) => (Kind::New, Some(now.to_owned())),
            (Some(_), Some(now)) if named(now, is_there) => (Kind::Changed, Some(now.to_owned())),
            (Some(was), None) => {
                let shown = named(was, is_gone).then(|| format!("was:{was}"));
                (Kind::Removed, shown)
            }
            _ => return None,
        };
        Some((kind, anchor))
    }
}

fn is_gone(fate: Fate) -> bool {
    fate == Fate::Deleted
}

fn is_there(fate: Fate) -> bool {
    !is_gone(fate)
}

fn was_there(fate: Fate) -> bool {
    is_there(fate) && fate != Fate::Inserted
}
