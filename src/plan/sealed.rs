//! What the seal adds to a site: the ledger, the checkpoints, the records, the withdrawn versions.

use std::collections::BTreeSet;

use super::{Plan, Planner};
use crate::ledger::Entry;
use crate::model::Language;
use crate::model::document::VersionId;
use crate::route::Route;
use crate::sealed::{LEDGER, record_path, words_path};
use crate::urls::Address;

impl Plan<'_> {
    /// The addresses of all documents in all languages, also of those that are gone: what is below them belongs to them.
    pub fn documents(&self) -> BTreeSet<Address> {
        let prepared = self.prepared();
        let entries = prepared.sealed.ledger.entries().iter();
        let there = prepared.site.documents.keys();
        let paths = there.chain(entries.map(|entry| &entry.text.document));
        let translations = prepared.site.config.languages.iter().skip(1);
        let languages: Vec<_> = std::iter::once(None)
            .chain(translations.map(Some))
            .collect();
        let all = paths.flat_map(|path| {
            let languages = languages.iter();
            languages.map(|language| Address::document(path, *language))
        });
        all.collect()
    }
}

impl<'s> Planner<'_, 's> {
    /// The ledger with what belongs to it, if there is one.
    pub(super) fn sealed(&mut self) {
        let prepared = self.prepared;
        if !prepared.sealed.exists {
            return;
        }
        self.add(Address::sums(), Route::Sums, LEDGER);
        self.add(Address::publication(), Route::Publication, LEDGER);
        for path in prepared.sealed.published() {
            self.add(Address::file(&path), Route::File(path.clone()), &path);
        }
        for entry in prepared.withdrawn() {
            let path = &entry.text.document;
            // A ledger can be written by hand, and an address is a path on a disk.
            if let Some(language) = prepared.language_of(&entry.text)
                && path.split('/').all(is_part)
            {
                self.withdrawn(entry, language.as_ref());
            }
        }
    }

    fn withdrawn(&mut self, entry: &Entry, language: Option<&Language>) {
        let (path, id, number) = (&entry.text.document, entry.text.version, entry.number);
        let address = Address::version(path, id, language);
        self.add(address, Route::Withdrawn(number), LEDGER);
        let address = Address::version_json(path, id, language);
        self.add(address, Route::WithdrawnJson(number), LEDGER);
        // Links lead to the address of a document also when nothing of it is left.
        let address = Address::document(path, None);
        let nothing_left = !self.prepared.site.documents.contains_key(path);
        if nothing_left && language.is_none() && !self.routes.contains_key(&address) {
            self.add(address, Route::Withdrawn(number), LEDGER);
        }
        let address = Address::document_json(path, language);
        let of_site = language.is_none_or(|own| self.prepared.site.config.languages.contains(own));
        let told = matches!(
            self.routes.get(&address),
            Some(Route::Json(..) | Route::EmptyJson(_))
        );
        if !told && of_site {
            self.add(address, Route::EmptyJson(number), LEDGER);
        }
    }

    /// The page and the words of a version as they were sealed, if they were.
    pub(super) fn record(
        &mut self,
        path: &'s str,
        id: VersionId,
        translation: Option<&'s Language>,
    ) {
        let Some(entry) = self.prepared.seal(path, id, translation) else {
            return;
        };
        let (page, words) = (record_path(&entry.text), words_path(&entry.text));
        let address = Address::record(path, id, translation);
        self.add(address, Route::File(page.clone()), &page);
        let address = Address::words(path, id, translation);
        self.add(address, Route::File(words.clone()), &words);
    }
}

/// Whether something can be a part of an address of a document.
fn is_part(part: &str) -> bool {
    !part.is_empty()
        && !part.starts_with('.')
        && part
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
}
