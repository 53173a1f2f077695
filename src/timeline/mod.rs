//! What is known of documents on a day, without the rest of the site: every version and section with
//! its changes, or the version that applied.

mod past;
mod shape;

use std::cmp::Reverse;

use crate::archive::Archive;
use crate::history::History as Standings;
use crate::ledger::{self, Kind};
use crate::model::Date;
use crate::model::Language;
use crate::model::config::Config;
use crate::model::document::{self as source, VersionId};
use crate::parse::Site;
use crate::prepared::Texts;
use crate::sealed::Sealed;
use crate::urls::Address;
pub use shape::{
    Answer, AsOf, Change, Document, Entry, Gone, History, Range, Section, Text, Timeline, Version,
};

/// Where the answers come from.
#[derive(Clone, Copy)]
pub struct Records<'r, 's> {
    config: &'r Config,
    archive: &'r Archive<'s>,
    texts: &'r Texts<'s>,
    gone: &'r [Gone],
}

/// The texts of a site that were withdrawn and are gone, newest first.
pub fn gone(site: &Site<'_>, sealed: &Sealed<'_>) -> Vec<Gone> {
    let gone = |entry: &ledger::Entry| {
        let Kind::Withdrawal { withdrawn, reason } = &entry.kind else {
            return None;
        };
        let Kind::Seal { published, .. } = sealed.last_seal(&entry.text)?.kind else {
            return None;
        };
        Some(Gone {
            document: entry.text.document.clone(),
            id: entry.text.version,
            language: entry.text.language.clone(),
            effective: entry.text.version.effective,
            published,
            withdrawn: *withdrawn,
            reason: reason.clone(),
        })
    };
    let mut all: Vec<Gone> = sealed.withdrawn(site).filter_map(gone).collect();
    all.sort_by_key(|gone| Reverse(gone.id));
    all
}

impl<'r, 's> Records<'r, 's> {
    /// What an archive knows on its day.
    pub fn new(
        config: &'r Config,
        archive: &'r Archive<'s>,
        texts: &'r Texts<'s>,
        gone: &'r [Gone],
    ) -> Self {
        Self {
            config,
            archive,
            texts,
            gone,
        }
    }

    /// Every version of a document, or of all that are public. All texts of it are read.
    pub fn timeline(self, path: Option<&str>) -> Timeline {
        let history = |(document, standings)| past::history(self, document, standings);
        Timeline {
            day: self.archive.day(),
            documents: self.asked(path).into_iter().map(history).collect(),
        }
    }

    /// The version that applied on a day of a document, or of all that are public.
    pub fn as_of(self, day: Date, path: Option<&str>) -> AsOf {
        let answer = |(document, today)| self.answer(document, today, day);
        AsOf {
            day,
            known: self.archive.day(),
            documents: self.asked(path).into_iter().map(answer).collect(),
        }
    }

    fn asked(self, path: Option<&str>) -> Vec<(&'s source::Document, &'r Standings)> {
        match path {
            Some(path) => self.archive.document(path).into_iter().collect(),
            None => self.archive.in_order(),
        }
    }

    fn answer(self, document: &source::Document, today: &Standings, day: Date) -> Answer {
        let applied = today.in_force_on(day);
        let then = self.archive.history_on(document, day);
        let in_the_end = self.archive.history_on(document, Date::MAX);
        let starts = |id| today.standing(id).map(|place| place.from);
        let stood = then.in_force().filter(|id| Some(*id) != applied);
        // A correction that came late is no version that came late.
        let late = today.ids().filter(|id| {
            let after = applied.is_none_or(|applied| id.effective > applied.effective);
            after && id.revision == 1 && id.effective <= day
        });
        Answer {
            document: self.document(document, applied.or_else(|| shown(today))),
            version: applied.and_then(|id| self.version(document, today, id)),
            until: applied.and_then(|id| in_the_end.standing(id)?.superseded),
            first: today.ids().filter_map(starts).min(),
            uncorrected: stood.and_then(|id| self.version(document, today, id)),
            late: self.versions(document, today, late),
            upcoming: self.versions(document, today, then.upcoming()),
            withdrawn: self.gone(&document.path, day, applied),
        }
    }

    /// The texts of a document that were public by a day and withdrawn, from a version on.
    fn gone(self, path: &str, day: Date, from: Option<VersionId>) -> Vec<Gone> {
        let of_document = |gone: &&Gone| {
            let known = gone.published <= day.min(self.archive.day());
            gone.document == path && known && from.is_none_or(|from| gone.id >= from)
        };
        self.gone.iter().filter(of_document).cloned().collect()
    }

    /// A document under the name that a version gives it.
    fn document(self, document: &source::Document, named_by: Option<VersionId>) -> Document {
        let title = || {
            let version = document.version(named_by?)?;
            self.texts.title(document, version)
        };
        Document {
            path: document.path.clone(),
            title: named_by.and(document.settings.title.clone()).or_else(title),
            kind: document.settings.kind.name(),
            address: self.url(&Address::document(&document.path, None)),
        }
    }

    fn versions(
        self,
        document: &source::Document,
        standings: &Standings,
        ids: impl Iterator<Item = VersionId>,
    ) -> Vec<Version> {
        ids.filter_map(|id| self.version(document, standings, id))
            .collect()
    }

    fn version(
        self,
        document: &source::Document,
        standings: &Standings,
        id: VersionId,
    ) -> Option<Version> {
        let version = document.version(id)?;
        let place = standings.standing(id)?;
        let front = &version.original.front;
        Some(Version {
            id,
            effective: id.effective,
            published: document.published(id),
            standing: place.standing,
            from: place.from,
            superseded: place.superseded,
            made: version.made(),
            corrected: standings
                .first_correction(id)
                .and_then(|correction| document.version(correction)?.made()),
            by: place.by,
            reason: front.reason.clone(),
            summary: front.summary.clone(),
            material: front.material,
            address: self.url(&Address::version(&document.path, id, None)),
            languages: self.languages(document, version),
        })
    }

    /// The texts of a version that are public.
    fn languages(self, document: &source::Document, version: &source::Version) -> Vec<Text> {
        let text = |(at, language): (usize, &Language)| {
            let translation = Some(language).filter(|_| at > 0);
            let text = version.text(translation)?;
            let published = version.public(text);
            (published <= self.archive.day()).then(|| Text {
                code: language.to_string(),
                published,
                file: text.path.clone(),
                address: self.url(&Address::version(&document.path, version.id, translation)),
            })
        };
        let languages = self.config.languages.iter().enumerate();
        languages.filter_map(text).collect()
    }

    fn url(self, address: &Address) -> String {
        address.url(&self.config.base_url)
    }
}

/// The version by whose title a document is known: the one in force, else the first that will be.
fn shown(standings: &Standings) -> Option<VersionId> {
    standings.in_force().or_else(|| standings.ids().next())
}

/// What was found, as one JSON document.
pub fn json(found: &impl serde::Serialize) -> String {
    let mut out = serde_json::to_string_pretty(found).unwrap_or_default();
    out.push('\n');
    out
}
