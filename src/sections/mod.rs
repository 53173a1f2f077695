//! Sections through the versions of a document: in which each existed, and in which it last changed.
//!
//! Small and pure: the sections of each version and what it changed go in, a history of every section
//! comes out. A section is the same one as long as it has the same anchor or takes over another as an
//! alias: that is what links rest on.

mod list;
mod tracks;

use std::cmp::Reverse;

use crate::model::Language;
use crate::model::document::VersionId;
use crate::redline::Changes;
use crate::urls::Address;
pub use list::{Section, Sections};
use tracks::Track;

/// A version, as the history of sections sees it.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    /// Its name.
    pub id: VersionId,
    /// Its sections.
    pub sections: &'a Sections,
    /// What it changed against the version before it; `None` for the first.
    pub changes: Option<&'a Changes>,
}

/// A section through the versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History<'a> {
    /// The section as it is in force, or else as the latest version that has it says it.
    pub section: Section<'a>,
    /// Where it can be read now.
    pub place: Place,
    /// The version that `section` is of.
    pub found_in: VersionId,
    /// The versions that have it: first and last of each row of versions, oldest first.
    pub versions: Vec<(VersionId, VersionId)>,
    /// Its latest change up to the version in force; `None` while it is only to come.
    pub changed: Option<Change>,
    /// The first change after the version in force.
    pub coming: Option<Change>,
}

/// Where a section can be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the version in force.
    InForce,
    /// In an upcoming version only.
    Upcoming,
    /// In earlier versions only.
    Gone,
}

impl Place {
    /// Its name, as templates and programs have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Upcoming => "upcoming",
            Self::Gone => "gone",
        }
    }
}

/// A change of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The version that made it.
    pub version: VersionId,
    /// What the version did to the section.
    pub kind: Kind,
    /// Where the redline of the version shows it, or its text where it follows none; `None` where
    /// the section has no place of its own there.
    pub anchor: Option<String>,
}

impl Kind {
    /// Its name, as programs have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::New => "new",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

impl Change {
    /// Where it can be read of a document in a language.
    pub fn address(&self, path: &str, translation: Option<&Language>) -> Address {
        let page = match self.kind {
            Kind::First => Address::version(path, self.version, translation),
            _ => Address::redline(path, self.version, translation),
        };
        match &self.anchor {
            Some(anchor) => page.at(anchor),
            None => page,
        }
    }
}

impl History<'_> {
    /// Where the section can be read of a document in a language.
    pub fn address(&self, path: &str, translation: Option<&Language>) -> Address {
        let page = match self.place {
            Place::InForce => Address::document(path, translation),
            _ => Address::version(path, self.found_in, translation),
        };
        page.at(self.section.anchor())
    }
}

/// What a version can do to a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is the first version, and has it.
    First,
    /// It has it and the version before it has not.
    New,
    /// It says something else in it.
    Changed,
    /// It has it no more.
    Removed,
}

/// The histories of all sections, in the order of the text in force; then what is only to come, then
/// what is gone, newest first. The editions come oldest first.
pub fn histories<'a>(editions: &[Edition<'a>], in_force: Option<VersionId>) -> Vec<History<'a>> {
    // Those that come after the version in force are upcoming.
    let known = in_force.map_or(0, |id| editions.partition_point(|edition| edition.id <= id));
    let mut tracks = tracks::follow(editions);
    tracks.sort_by_key(|track| order(track, known));
    let history = |track: &Track<'a>| history(track, editions, known);
    tracks.iter().map(history).collect()
}

fn order(track: &Track<'_>, known: usize) -> (Place, Reverse<usize>, usize) {
    let (place, edition) = place(track, known);
    let in_text = track.spots.get(&edition).map_or(0, |spot| spot.0);
    (place, Reverse(edition), in_text)
}

/// Where a section can be read, and the edition to read it in.
fn place(track: &Track<'_>, known: usize) -> (Place, usize) {
    let last = track.spots.keys().next_back().copied().unwrap_or(0);
    match known.checked_sub(1) {
        Some(in_force) if track.spots.contains_key(&in_force) => (Place::InForce, in_force),
        _ if last >= known => (Place::Upcoming, last),
        _ => (Place::Gone, last),
    }
}

fn history<'a>(track: &Track<'a>, editions: &[Edition<'a>], known: usize) -> History<'a> {
    let (place, found_in) = place(track, known);
    let mut changes = track.changes(editions);
    let upcoming = changes.partition_point(|(edition, _)| *edition < known);
    let coming = changes.drain(upcoming..).next();
    History {
        section: track.spots[&found_in].1,
        place,
        found_in: editions[found_in].id,
        versions: rows(track, editions),
        changed: changes.pop().map(|(_, change)| change),
        coming: coming.map(|(_, change)| change),
    }
}

/// First and last of the versions in a row that have a section.
fn rows(track: &Track<'_>, editions: &[Edition<'_>]) -> Vec<(VersionId, VersionId)> {
    let there: Vec<usize> = track.spots.keys().copied().collect();
    let rows = there.chunk_by(|a, b| a + 1 == *b);
    rows.map(|row| (editions[row[0]].id, editions[row[row.len() - 1]].id))
        .collect()
}

#[cfg(test)]
mod tests;
