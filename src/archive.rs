//! The documents of a site as they are known on a day: what each address shows.

use std::collections::BTreeMap;

use crate::history::{Entry, History};
use crate::model::document::{Document, TextFile, Version, VersionId};
use crate::model::{Date, Language};
use crate::parse::Site;

/// A site's documents on a day.
pub struct Archive<'s> {
    site: &'s Site<'s>,
    day: Date,
    histories: BTreeMap<&'s str, History>,
    /// The languages besides the first in which each document has a public text.
    translations: BTreeMap<&'s str, Vec<&'s Language>>,
}

impl<'s> Archive<'s> {
    /// The documents as they are known on a day.
    pub fn new(site: &'s Site<'s>, day: Date) -> Self {
        let histories = site
            .documents
            .iter()
            .map(|(path, document)| (path.as_str(), history(document, day)))
            .collect();
        let mut archive = Self {
            site,
            day,
            histories,
            translations: BTreeMap::new(),
        };
        let paths = site.documents.keys().map(String::as_str);
        archive.translations = paths
            .map(|path| (path, archive.find_translations(path)))
            .collect();
        archive
    }

    /// The day.
    pub fn day(&self) -> Date {
        self.day
    }

    /// A document with its history.
    pub fn document(&self, path: &str) -> Option<(&'s Document, &History)> {
        Some((self.site.documents.get(path)?, self.histories.get(path)?))
    }

    /// All documents with their histories, by path.
    pub fn documents(&self) -> impl Iterator<Item = (&'s Document, &History)> {
        self.site
            .documents
            .values()
            .filter_map(|document| self.document(&document.path))
    }

    /// All documents of which something is public, in the order of the front page.
    pub fn in_order(&self) -> Vec<(&'s Document, &History)> {
        let mut all: Vec<_> = self
            .documents()
            .filter(|(_, history)| history.ids().next().is_some())
            .collect();
        all.sort_by_key(|(document, _)| {
            let order = document.settings.order;
            (order.is_none(), order, &document.path)
        });
        all
    }

    /// The history of a document on another day, going by what is public on this one.
    pub fn history_on(&self, document: &Document, day: Date) -> History {
        let known = entries(document).filter(|entry| entry.public <= self.day);
        History::new(known, day)
    }

    /// A version of a document.
    pub fn version(&self, path: &str, id: VersionId) -> Option<&'s Version> {
        self.site.documents.get(path)?.version(id)
    }

    /// The text of a version in a language, if it is public.
    pub fn text(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&Language>,
    ) -> Option<&'s TextFile> {
        let version = self.version(path, id)?;
        version
            .text(translation)
            .filter(|text| version.public(text) <= self.day)
    }

    /// Whether a text of a version can be read.
    pub fn is_public(&self, path: &str, id: VersionId, translation: Option<&Language>) -> bool {
        let known = self
            .histories
            .get(path)
            .is_some_and(|history| history.contains(id));
        known && self.text(path, id, translation).is_some()
    }

    /// The version that a document's own address shows: in the original language the one in force,
    /// in another the latest up to it that has been translated.
    pub fn shown(&self, path: &str, translation: Option<&Language>) -> Option<VersionId> {
        let (_, history) = self.document(path)?;
        let in_force = history.in_force()?;
        if translation.is_some_and(|language| !self.translations(path).contains(&language)) {
            return None;
        }
        let there = |id: &VersionId| self.text(path, *id, translation).is_some();
        let mut earlier = history.before(in_force);
        Some(in_force)
            .filter(there)
            .or_else(|| earlier.rfind(there))
    }

    /// The languages besides the first in which a document has a public text.
    pub fn translations(&self, path: &str) -> &[&'s Language] {
        self.translations.get(path).map_or(&[], Vec::as_slice)
    }

    fn find_translations(&self, path: &str) -> Vec<&'s Language> {
        let Some((_, history)) = self.document(path) else {
            return Vec::new();
        };
        let languages = self.site.config.languages.iter().skip(1);
        let translated = |language: &&Language| {
            history
                .ids()
                .any(|id| self.text(path, id, Some(language)).is_some())
        };
        languages.filter(translated).collect()
    }

    /// Whether any document has a public text in a language.
    pub fn has_texts(&self, translation: Option<&Language>) -> bool {
        match translation {
            Some(language) => {
                let mut all = self.translations.values();
                all.any(|languages| languages.contains(&language))
            }
            None => self.histories.values().any(|h| h.ids().next().is_some()),
        }
    }

    /// The version of a document in force on a day, as far as was public on `known`.
    pub fn in_force_on(&self, path: &str, day: Date, known: Date) -> Option<VersionId> {
        let (document, today) = self.document(path)?;
        if known <= self.day {
            today.in_force_on(day)
        } else {
            history(document, known).in_force_on(day)
        }
    }
}

fn history(document: &Document, day: Date) -> History {
    History::new(entries(document), day)
}

fn entries(document: &Document) -> impl Iterator<Item = Entry> {
    document.versions.iter().map(|version| Entry {
        id: version.id,
        public: version.public(&version.original),
    })
}
