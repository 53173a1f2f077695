//! Records that pages share: each is made once, with the value that templates are given.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::contract::{Record, Shared};
use crate::model::Language;
use crate::model::document::VersionId;
use crate::prepared::Prepared;

type ByVersion = BTreeMap<VersionId, OnceLock<Option<Shared>>>;

/// Room for the record of each version in each language.
pub(super) struct Shelf(BTreeMap<String, BTreeMap<String, ByVersion>>);

/// A shelf for what is made once only.
pub(super) static EMPTY: Shelf = Shelf(BTreeMap::new());

impl Shelf {
    pub(super) fn new(prepared: &Prepared<'_>) -> Self {
        let room = || {
            let documents = prepared.archive.documents();
            let of_each = documents.map(|(document, history)| {
                let rooms = history.ids().map(|id| (id, OnceLock::new()));
                (document.path.clone(), rooms.collect())
            });
            of_each.collect()
        };
        let languages = &prepared.site.config.languages;
        let all = languages.iter().enumerate().map(|(index, language)| {
            let translation = Some(language).filter(|_| index > 0);
            (name(translation).to_owned(), room())
        });
        Self(all.collect())
    }

    /// Forgets the records of a document, whose words have changed.
    pub(super) fn forget(&mut self, path: &str) {
        let rooms = self.0.values_mut();
        let of_document = rooms.filter_map(|documents| documents.get_mut(path));
        for room in of_document.flat_map(BTreeMap::values_mut) {
            room.take();
        }
    }

    /// The record of a version for pages in a language, made if it is not there yet.
    pub(super) fn get(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&Language>,
        make: impl FnOnce() -> Option<Record>,
    ) -> Option<Shared> {
        let documents = self.0.get(name(translation));
        let versions = documents.and_then(|documents| documents.get(path));
        match versions.and_then(|versions| versions.get(&id)) {
            Some(room) => room.get_or_init(|| make().map(Shared::from)).clone(),
            None => make().map(Shared::from),
        }
    }
}

fn name(translation: Option<&Language>) -> &str {
    translation.map_or("", Language::as_str)
}
