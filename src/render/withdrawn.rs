//! The page of a version that was withdrawn: it has no words any more, and says when and why.

use std::cmp::Reverse;

use super::contract::Date;
use super::notice::{Notices, said};
use super::page::{Given, Pages};
use super::records::Records;
use crate::diagnostic::Diagnostic;
use crate::ledger::{Entry, Kind};
use crate::urls::Address;

impl Pages<'_, '_> {
    pub(super) fn withdrawn(
        &self,
        address: &Address,
        number: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Some((entry, translation)) = self.prepared.entry(number) else {
            return Ok(Vec::new());
        };
        let path = entry.text.document.as_str();
        let records = self.records(translation);
        let document = records.known(path).and_then(|_| records.document(path));
        let (title, title_lang) = records.name(path);
        let mut page = self.page("withdrawn", address, translation, title);
        page.title_lang = title_lang;
        page.noindex = true;
        if document.is_some() {
            page.feeds = self.feeds(Some(path), translation);
        }
        let notices = Notices { records, path };
        // At the address of the document itself all versions are told.
        let notice = if *address == Address::document(path, None) {
            notices.for_history()
        } else {
            notices.for_withdrawn(entry)
        };
        let given = Given {
            document,
            notice,
            ..Given::default()
        };
        self.fill("page.html", page, translation, given)
    }
}

impl<'p> Records<'p, '_> {
    /// The withdrawn versions of a document with their addresses, newest first: of each the text in
    /// this language, else the original.
    pub(super) fn withdrawn(self, path: &str) -> Vec<(&'p Entry, Address)> {
        let of_document = |entry: &&Entry| entry.text.document == path;
        let mut found: Vec<_> = self
            .prepared
            .withdrawn()
            .filter(of_document)
            .filter_map(|entry| {
                let language = self.prepared.language_of(&entry.text)?;
                let own = language.as_ref() == self.translation;
                let address = Address::version(path, entry.text.version, language.as_ref());
                (own || language.is_none()).then_some((own, entry, address))
            })
            .collect();
        found.sort_by_key(|(own, entry, _)| (Reverse(entry.text.version), !own));
        found.dedup_by_key(|(_, entry, _)| entry.text.version);
        found
            .into_iter()
            .map(|(_, entry, address)| (entry, address))
            .collect()
    }
}

impl Notices<'_, '_> {
    /// For the page of a version that was withdrawn.
    pub(super) fn for_withdrawn(&self, entry: &Entry) -> String {
        let words = self.withdrawn_words(entry);
        let links = match self.original_of(entry) {
            Some(address) => vec![("read_original_of_this", self.records.href(&address))],
            None => self.in_force_link(),
        };
        self.notice("withdrawn", None, &words, &links)
    }

    /// Of a translation that was withdrawn alone, where the original can be read.
    fn original_of(&self, entry: &Entry) -> Option<Address> {
        let id = entry.text.version;
        let stands = self.records.prepared.archive.is_public(self.path, id, None);
        stands.then(|| Address::version(self.path, id, None))
    }

    /// For the history of a document: which of its versions were withdrawn.
    pub(super) fn for_history(&self) -> String {
        let withdrawn = self.records.withdrawn(self.path).into_iter();
        let notices = withdrawn.map(|(entry, address)| {
            let links = [("permanent_address", self.records.href(&address))];
            self.notice("withdrawn", None, &self.withdrawn_words(entry), &links)
        });
        notices.collect()
    }

    /// When a version was withdrawn, and why. The reason is in the language of whoever seals, which is
    /// taken to be the site's first.
    fn withdrawn_words(&self, entry: &Entry) -> String {
        let Kind::Withdrawal { withdrawn, reason } = &entry.kind else {
            return String::new();
        };
        let version = entry.text.version;
        let strings = self.records.strings();
        let effective = Date::new(version.effective, strings);
        let day = Date::new(*withdrawn, strings);
        let translation = self.original_of(entry).is_some();
        let key = match (version.revision, translation) {
            (1, false) => "notice_withdrawn",
            (_, false) => "notice_withdrawn_correction",
            (1, true) => "notice_withdrawn_translation",
            (_, true) => "notice_withdrawn_translation_correction",
        };
        let reason = said(reason, &self.records.lang(None));
        self.fill(key, &[("{effective}", &effective), ("{date}", &day)])
            .replace("{reason}", &reason)
    }
}
