//! Documents and versions as the theme contract has them.

use super::contract::{Date, Document, DocumentLink, Feed, Record, Safe, Sealed, Shared};
use super::shelf::Shelf;
use crate::history::History;
use crate::model::Language;
use crate::model::document::{Document as Source, FrontMatter, Standing, Version, VersionId};
use crate::prepared::Prepared;
use crate::theme::Strings;
use crate::urls::Address;

/// Makes records for pages in one language.
#[derive(Clone, Copy)]
pub(super) struct Records<'p, 's> {
    pub(super) prepared: &'p Prepared<'s>,
    /// The language of the page; `None` for the site's first.
    pub(super) translation: Option<&'p Language>,
    /// The records that pages share.
    pub(super) shelf: &'p Shelf,
}

impl<'p> Records<'p, '_> {
    pub(super) fn strings(self) -> &'p Strings {
        self.prepared.strings(self.translation)
    }

    pub(super) fn href(self, address: &Address) -> String {
        address.href(&self.prepared.site.config.base_url)
    }

    /// The attributes of an element with words in a language, where that is not the page's.
    pub(super) fn lang(self, language: Option<&Language>) -> Safe {
        Safe(self.prepared.texts.lang(language, self.translation))
    }

    /// What a text says of itself, or else the original, with the attributes for it.
    pub(super) fn said(
        self,
        version: &Version,
        language: Option<&Language>,
        say: fn(&FrontMatter) -> Option<&String>,
    ) -> (Option<String>, Safe) {
        let own = version.text(language).and_then(|text| say(&text.front));
        let words = version.said(language, say).cloned();
        let lang = self.lang(language.filter(|_| own.is_some() || words.is_none()));
        (words, lang)
    }

    /// The language in which a version is shown to readers of this one: theirs where it has been
    /// translated, else the original's.
    pub(super) fn language_of(self, path: &str, id: VersionId) -> Option<&'p Language> {
        self.translation.filter(|_| {
            self.prepared
                .archive
                .text(path, id, self.translation)
                .is_some()
        })
    }

    /// The permanent address of a version.
    pub(super) fn address(self, path: &str, id: VersionId) -> Address {
        Address::version(path, id, self.language_of(path, id))
    }

    /// The address of the text in force.
    pub(super) fn current_address(self, path: &str) -> Address {
        let translated = self.translation.filter(|_| {
            self.prepared
                .archive
                .shown(path, self.translation)
                .is_some()
        });
        Address::document(path, translated)
    }

    /// The address of what applies today: in this language if its text is the one in force.
    pub(super) fn in_force_address(self, path: &str) -> Address {
        let archive = &self.prepared.archive;
        let in_force = archive
            .document(path)
            .and_then(|(_, history)| history.in_force());
        let translated = self
            .translation
            .filter(|_| archive.shown(path, self.translation) == in_force);
        Address::document(path, translated)
    }

    /// The language of what is about all versions of a document: this one where any version has
    /// been translated, else the original's.
    fn shared_language(self, path: &str) -> Option<&'p Language> {
        self.translation
            .filter(|l| self.prepared.archive.translations(path).contains(l))
    }

    pub(super) fn history_address(self, path: &str) -> Address {
        Address::history(path, self.shared_language(path))
    }

    pub(super) fn feed_address(self, path: Option<&str>) -> Address {
        let language = match path {
            Some(path) => self.shared_language(path),
            None => self
                .translation
                .filter(|_| self.prepared.archive.has_texts(self.translation)),
        };
        Address::feed(path, language)
    }

    /// The feed of a document, or of the site where there is none.
    pub(super) fn feed(self, path: Option<&str>) -> Feed {
        let config = &self.prepared.site.config;
        let address = self.feed_address(path);
        let (title, title_lang) = self.feed_title(path);
        Feed {
            title,
            title_lang,
            address: address.href(&config.base_url),
            url: address.url(&config.base_url),
        }
    }

    fn feed_title(self, path: Option<&str>) -> (String, Safe) {
        let site = &self.prepared.site.config.title;
        let document = path.and_then(|path| self.prepared.archive.document(path));
        document.map_or_else(
            || (site.clone(), self.lang(None)),
            |(document, history)| {
                let (title, lang) = self.title(document, history);
                (format!("{title} · {site}"), lang)
            },
        )
    }

    /// A version that is public.
    pub(super) fn record(self, path: &str, id: VersionId) -> Option<Shared> {
        let make = || self.make_record(path, id);
        self.shelf.get(path, id, self.translation, make)
    }

    fn make_record(self, path: &str, id: VersionId) -> Option<Record> {
        let archive = &self.prepared.archive;
        let (document, history) = archive.document(path)?;
        let version = archive.version(path, id)?;
        let place = history.standing(id)?;
        let language = self.language_of(path, id);
        let text = version.text(language)?;
        let (reason, reason_lang) = self.said(version, language, |front| front.reason.as_ref());
        let (summary, summary_lang) = self.said(version, language, |front| front.summary.as_ref());
        let strings = self.strings();
        let base = &self.prepared.site.config.base_url;
        let address = self.address(path, id);
        let made = version.made();
        let correction = history.first_correction(id);
        let corrected = correction.and_then(|id| archive.version(path, id)?.made());
        Some(Record {
            id: id.to_string(),
            title: self.prepared.outline(text).title.clone(),
            title_lang: self.lang(language),
            standing: place.standing.name(),
            standing_label: strings.get(label(place.standing)).to_owned(),
            effective: Date::new(id.effective, strings),
            applies_from: Date::new(place.from, strings),
            published: Date::new(document.published(id), strings),
            superseded: place.superseded.map(|day| Date::new(day, strings)),
            corrected: corrected.or(made).map(|day| Date::new(day, strings)),
            made: made.map(|day| Date::new(day, strings)),
            correction_of: self.corrects(path, id).map(|id| id.to_string()),
            reason,
            reason_lang,
            summary,
            summary_lang,
            material: version.original.front.material,
            address: address.href(base),
            url: address.url(base),
            redline: Address::redline(path, id, language).href(base),
            since: self.since_address(path, id, language),
            sealed: self.sealed(path, id, language),
            changes: None,
        })
    }

    /// What is sealed of a version in a language, and where it can be had.
    fn sealed(self, path: &str, id: VersionId, language: Option<&Language>) -> Option<Sealed> {
        let entry = self.prepared.seal(path, id, language)?;
        Some(Sealed {
            day: Date::new(entry.kind.day(), self.strings()),
            record: self.href(&Address::record(path, id, language)),
            words: self.href(&Address::words(path, id, language)),
            digest: entry.kind.words()?.to_string(),
        })
    }

    /// Where it is told what has changed since a version, unless it does not apply yet.
    fn since_address(
        self,
        path: &str,
        id: VersionId,
        language: Option<&Language>,
    ) -> Option<String> {
        let shown = self.prepared.archive.shown(path, language)?;
        (id <= shown).then(|| self.href(&Address::since(path, id, language)))
    }

    /// Of a correction that is compared with what it corrects, the version as it was first published.
    pub(super) fn first(self, path: &str, id: VersionId) -> Option<Shared> {
        let before = self.prepared.predecessor(path, id, self.translation)?;
        let first = VersionId { revision: 1, ..id };
        let corrects = before.effective == id.effective;
        corrects.then(|| self.record_with_changes(path, first))?
    }

    /// A document. Before anything of it is public it has a title only.
    pub(super) fn document(self, path: &str) -> Option<Document> {
        let (source, history) = self.prepared.archive.document(path)?;
        let (title, title_lang) = self.title(source, history);
        Some(Document {
            title,
            title_lang,
            kind: source.settings.kind.name(),
            address: self.href(&self.current_address(path)),
            history: self.href(&self.history_address(path)),
            feed: self.href(&self.feed_address(Some(path))),
            supplements: self
                .prepared
                .supplemented(path)
                .and_then(|path| self.link(path)),
            supplemented_by: self.supplementing(path),
            in_force: history.in_force().and_then(|id| self.record(path, id)),
            upcoming: history
                .upcoming()
                .filter_map(|id| self.record(path, id))
                .collect(),
        })
    }

    /// A document of which something is public.
    pub(super) fn known(self, path: &str) -> Option<(&'p Source, &'p History)> {
        let found = self.prepared.archive.document(path);
        found.filter(|(_, history)| history.ids().next().is_some())
    }

    /// What a correction corrects: the text before it that was not withdrawn.
    pub(super) fn corrects(self, path: &str, id: VersionId) -> Option<VersionId> {
        let (_, history) = self.known(path)?;
        history.neighbours(id).0.filter(|_| id.revision > 1)
    }

    /// What a document is called, with the attributes for it; its path where nothing of it is public.
    pub(super) fn name(self, path: &str) -> (String, Safe) {
        self.known(path).map_or_else(
            || (path.to_owned(), Safe::default()),
            |(document, history)| self.title(document, history),
        )
    }

    /// All documents of which something is public, in the order of the front page.
    pub(super) fn documents(self) -> Vec<Document> {
        let all = self.prepared.archive.in_order();
        all.into_iter()
            .filter_map(|(document, _)| self.document(&document.path))
            .collect()
    }

    /// The name of a document with the attributes for it: of what its own address shows, else of its
    /// first version.
    fn title(self, document: &Source, history: &History) -> (String, Safe) {
        if let Some(title) = document
            .settings
            .title
            .as_ref()
            .filter(|_| self.translation.is_none())
        {
            return (title.clone(), Safe::default());
        }
        let archive = &self.prepared.archive;
        let path = &document.path;
        let shown = archive
            .shown(path, self.translation)
            .or_else(|| history.in_force())
            .or_else(|| history.ids().next());
        let version = shown
            .and_then(|id| archive.version(path, id))
            .unwrap_or(&document.versions[0]);
        let language = self.language_of(path, version.id);
        let text = version.text(language).unwrap_or(&version.original);
        let title = self.prepared.outline(text).title.clone();
        (title, self.lang(language))
    }

    fn link(self, path: &str) -> Option<DocumentLink> {
        let (document, history) = self.prepared.archive.document(path)?;
        let (title, title_lang) = self.title(document, history);
        Some(DocumentLink {
            title,
            title_lang,
            address: self.href(&self.current_address(path)),
        })
    }

    /// The public documents that supplement one.
    fn supplementing(self, path: &str) -> Vec<DocumentLink> {
        let all = self.prepared.supplementing(path);
        let known = all.filter(|path| self.known(path).is_some());
        known.filter_map(|path| self.link(path)).collect()
    }
}

/// The key of a standing's name among the theme's words.
pub(super) fn label(standing: Standing) -> &'static str {
    match standing {
        Standing::InForce => "in_force",
        Standing::Upcoming => "upcoming",
        Standing::Superseded => "superseded",
        Standing::Corrected => "corrected",
    }
}
