//! The page of a version that was withdrawn: it has no words any more, and says when and why.

use std::cmp::Reverse;

use super::contract::Date;
use super::notice::Notices;
use super::page::{Given, Pages};
use super::records::Records;
use crate::diagnostic::Diagnostic;
use crate::ledger::{Entry, Kind};
use crate::markup::escape::escaped;
use crate::urls::Address;

impl Pages<'_, '_> {
    pub(super) fn withdrawn(
        &self,
        address: &Address,
        number: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let prepared = self.prepared;
        let entries = prepared.sealed.ledger.entries();
        let Some(entry) = number.checked_sub(1).and_then(|index| entries.get(index)) else {
            return Ok(Vec::new());
        };
        let path = entry.text.document.as_str();
        let mut translations = prepared.site.config.languages.iter().skip(1);
        let translation = translations.find(|language| language.as_str() == entry.text.language);
        let records = self.records(translation);
        let found = prepared.archive.document(path);
        let known = found.is_some_and(|(_, history)| history.ids().next().is_some());
        let document = records.document(path).filter(|_| known);
        let title = prepared.strings(translation).get("withdrawn_title");
        let mut page = self.page("withdrawn", address, translation, title.to_owned());
        page.noindex = true;
        if known {
            page.feeds = self.feeds(Some(path), translation);
        }
        let notice = Notices { records, path }.for_withdrawn(entry);
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
        self.notice("withdrawn", None, &words, &self.in_force_link())
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
        let key = match version.revision {
            1 => "notice_withdrawn",
            _ => "notice_withdrawn_correction",
        };
        let reason = match self.records.lang(None).0.as_str() {
            "" => escaped(reason),
            lang => format!("<span{lang}>{}</span>", escaped(reason)),
        };
        self.fill(key, &[("{effective}", &effective), ("{date}", &day)])
            .replace("{reason}", &reason)
    }
}
