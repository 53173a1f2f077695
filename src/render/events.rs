//! What has happened to a document: each event with the day on which it happened.

use std::cmp::Reverse;

use super::records::Records;
use crate::history::History;
use crate::model::Date;
use crate::model::document::{Standing, VersionId};

/// What happened to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It could be read before it applied.
    Announced,
    /// It took effect.
    TookEffect,
    /// It was published when a later version applied already, so that it never took effect.
    Added,
    /// It corrected another text.
    Corrected,
}

impl Kind {
    /// What a version has become by it: of a correction, the text that it corrects.
    pub(super) fn standing(self) -> Standing {
        match self {
            Self::Announced => Standing::Upcoming,
            Self::TookEffect => Standing::InForce,
            Self::Added => Standing::Superseded,
            Self::Corrected => Standing::Corrected,
        }
    }
}

/// An event in the life of a document. Nothing in it but `updated` depends on the day of the build,
/// and that only where a translation is published later.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'p> {
    pub(super) path: &'p str,
    pub(super) kind: Kind,
    /// The version that it happened to, as first published, or the correction.
    pub(super) version: VersionId,
    /// The text that it made public or put in force: a version can be corrected before it applies.
    pub(super) text: VersionId,
    /// The day on which it happened.
    pub(super) day: Date,
    /// The same, or the day on which it could be read in this language.
    pub(super) updated: Date,
}

impl<'p> Records<'p, '_> {
    /// The events of a document, or of all where there is none, newest first. On one day documents
    /// come by address, and of a document the latest version first.
    pub(super) fn events(self, path: Option<&str>) -> Vec<Event<'p>> {
        let archive = &self.prepared.archive;
        let documents: Vec<_> = match path {
            Some(path) => archive.document(path).into_iter().collect(),
            None => archive.documents().collect(),
        };
        let mut events = Vec::new();
        for (document, history) in documents {
            for id in history.ids().rev() {
                events.extend(self.events_of(&document.path, history, id));
            }
        }
        events.sort_by_key(|event| Reverse((event.updated, event.day)));
        events
    }

    fn events_of(
        self,
        path: &'p str,
        history: &History,
        id: VersionId,
    ) -> impl Iterator<Item = Event<'p>> {
        let first = texts(history, id).next() == Some(id);
        let events = if first {
            let effect = self.effect(path, history, id);
            [effect, self.announcement(path, history, id)]
        } else {
            [self.correction(path, id), None]
        };
        events.into_iter().flatten()
    }

    fn announcement(self, path: &'p str, history: &History, id: VersionId) -> Option<Event<'p>> {
        let (from, day) = (history.standing(id)?.from, self.public(path, id)?);
        // A translation that comes when the version applies already announces nothing any more.
        let translated = self.translated(path, id).filter(|day| *day < from);
        (day < from).then(|| Event {
            path,
            kind: Kind::Announced,
            version: id,
            text: id,
            day,
            updated: translated.unwrap_or(day),
        })
    }

    fn effect(self, path: &'p str, history: &History, id: VersionId) -> Option<Event<'p>> {
        let place = history.standing(id)?;
        let day = place.from;
        let known = |text: &VersionId| self.public(path, *text).is_some_and(|public| public <= day);
        let text = texts(history, id).rfind(known).unwrap_or(id);
        (day <= self.prepared.archive.day()).then(|| Event {
            path,
            kind: match place.superseded {
                Some(superseded) if superseded == day => Kind::Added,
                _ => Kind::TookEffect,
            },
            version: id,
            text,
            day,
            updated: self.translated(path, text).unwrap_or(day).max(day),
        })
    }

    fn correction(self, path: &'p str, id: VersionId) -> Option<Event<'p>> {
        let day = self.public(path, id)?;
        Some(Event {
            path,
            kind: Kind::Corrected,
            version: id,
            text: id,
            day,
            updated: self.translated(path, id).unwrap_or(day).max(day),
        })
    }

    /// The day from which a version can be read in the original language.
    pub(super) fn public(self, path: &str, id: VersionId) -> Option<Date> {
        let version = self.prepared.archive.version(path, id)?;
        Some(version.public(&version.original))
    }

    /// The day from which a version can be read in this language, if it is a translation's.
    fn translated(self, path: &str, id: VersionId) -> Option<Date> {
        let archive = &self.prepared.archive;
        let text = archive.text(path, id, Some(self.translation?))?;
        Some(archive.version(path, id)?.public(text))
    }
}

/// The texts of a version: as first published, and its corrections.
fn texts(history: &History, id: VersionId) -> impl DoubleEndedIterator<Item = VersionId> {
    let ids = history.ids();
    ids.filter(move |other| other.effective == id.effective)
}
