//! Pages: what each template is given, and the page it makes of it.

use tera::{Context, Value};

use super::contract::{
    Changes, Document, Feed, Language as LanguageTable, Page, Relation, Safe, SectionHistory,
    Shared,
};
use super::frame::Frames;
use super::notice::Notices;
use super::records::Records;
use super::shelf::Shelf;
use super::templates::Templates;
use super::version_page::Shows;
use crate::diagnostic::Diagnostic;
use crate::model::Language;
use crate::prepared::{Prepared, Role};
use crate::route::Route;
use crate::urls::Address;

/// Renders the pages of a site.
pub(super) struct Pages<'p, 's> {
    pub(super) prepared: &'p Prepared<'s>,
    pub(super) templates: &'p Templates,
    pub(super) frames: &'p Frames,
    pub(super) shelf: &'p Shelf,
}

/// What a template is given beside the frame.
#[derive(Default)]
pub(super) struct Given {
    pub(super) document: Option<Document>,
    pub(super) version: Option<Shared>,
    pub(super) previous: Option<Shared>,
    pub(super) next: Option<Shared>,
    pub(super) first: Option<Shared>,
    pub(super) changes: Option<Changes>,
    pub(super) versions: Vec<Shared>,
    /// Whether there are more of them than are told.
    pub(super) more: bool,
    pub(super) sections: Vec<SectionHistory>,
    pub(super) documents: Vec<Document>,
    pub(super) notice: String,
    /// The words, and their table of contents.
    pub(super) html: Option<(String, String)>,
    /// The defined terms that the words use.
    pub(super) terms: String,
    pub(super) target: Option<String>,
}

impl<'p, 's> Pages<'p, 's> {
    /// The page at an address.
    pub(super) fn render(
        &self,
        address: &Address,
        route: &Route<'s>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        match route {
            Route::Front(translation) => self.front(address, *translation),
            Route::Current(path, id, translation) => {
                self.version(address, (path, *id, *translation), true, Shows::Text)
            }
            Route::Version(path, id, translation) => {
                self.version(address, (path, *id, *translation), false, Shows::Text)
            }
            Route::Redline(path, id, translation) => self.redline(address, path, *id, *translation),
            Route::Since(path, id, translation) => self.since(address, path, *id, *translation),
            Route::NoRecord(path) => self.no_record(address, path),
            Route::History(path, translation) => self.history(address, path, *translation),
            Route::Page(index) => self.undated(address, *index),
            Route::Redirect(path) => self.redirect(address, path),
            Route::NotFound => self.not_found(address),
            Route::Withdrawn(number) => self.withdrawn(address, *number),
            Route::Asset(_)
            | Route::File(_)
            | Route::Host(_)
            | Route::Feed(..)
            | Route::Json(..)
            | Route::WithdrawnJson(_)
            | Route::EmptyJson(_)
            | Route::Publication
            | Route::Sums => Ok(Vec::new()),
        }
    }

    /// The page of a version as it `shows` it; of anything else, the page as it is.
    pub(super) fn showing(
        &self,
        shows: Shows,
        address: &Address,
        route: &Route<'s>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        match route {
            Route::Current(path, id, translation) => {
                self.version(address, (path, *id, *translation), true, shows)
            }
            Route::Version(path, id, translation) => {
                self.version(address, (path, *id, *translation), false, shows)
            }
            _ => self.render(address, route),
        }
    }

    fn front(
        &self,
        address: &Address,
        translation: Option<&'s Language>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let pages = &self.prepared.site.pages;
        let words = pages
            .iter()
            .find(|page| page.path.is_empty() && page.translation.as_ref() == translation);
        let own_title = words.map(|page| self.prepared.outline(&page.text).title.clone());
        let mut page = self.page(
            "front",
            address,
            translation,
            own_title.unwrap_or_else(|| self.prepared.site.config.title.clone()),
        );
        if words.is_none() {
            page.title_lang = self.records(translation).lang(None);
        }
        page.description = words.and_then(|page| page.text.front.description.clone());
        self.set_alternates(&mut page, translation, None, |language| {
            Some(Address::front(language))
        });
        page.feeds = self.feeds(None, translation);
        let given = Given {
            documents: self.records(translation).documents(),
            html: words.map(|page| self.prepared.html(Role::Page(page))),
            ..Given::default()
        };
        self.fill("front.html", page, translation, given)
    }

    fn undated(&self, address: &Address, index: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let source = &self.prepared.site.pages[index];
        let translation = source.translation.as_ref();
        let mut page = self.page(
            "page",
            address,
            translation,
            self.prepared.outline(&source.text).title.clone(),
        );
        page.description.clone_from(&source.text.front.description);
        self.set_alternates(&mut page, translation, None, |language| {
            let mut pages = self.prepared.site.pages.iter();
            pages.find(|p| p.path == source.path && p.translation.as_ref() == language)?;
            Some(Address::page(&source.path, language))
        });
        page.relations.push(self.relation("canonical", address));
        let html = Some(self.prepared.html(Role::Page(source)));
        self.fill(
            "page.html",
            page,
            translation,
            Given {
                html,
                ..Given::default()
            },
        )
    }

    /// Before anything of a document is public, its page says nothing of it but that.
    fn no_record(&self, address: &Address, path: &'s str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let records = self.records(None);
        let known = records.known(path).is_some();
        let document = records.document(path).filter(|_| known);
        let title = document
            .as_ref()
            .map_or(&self.prepared.site.config.title, |d| &d.title);
        let mut page = self.page("no-record", address, None, title.clone());
        page.noindex = true;
        if known {
            page.feeds = self.feeds(Some(path), None);
        }
        let notice = Notices { records, path }.no_record();
        self.fill(
            "page.html",
            page,
            None,
            Given {
                document,
                notice,
                ..Given::default()
            },
        )
    }

    fn history(
        &self,
        address: &Address,
        path: &'s str,
        translation: Option<&'s Language>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let archive = &self.prepared.archive;
        let records = self.records(translation);
        let document = records.document(path);
        let mut page = self.page(
            "history",
            address,
            translation,
            document
                .as_ref()
                .map_or_else(String::new, |d| d.title.clone()),
        );
        page.relations.push(self.relation("canonical", address));
        self.set_alternates(&mut page, translation, Some(path), |language| {
            let there =
                language.is_none_or(|language| archive.translations(path).contains(&language));
            there.then(|| Address::history(path, language))
        });
        page.feeds = self.feeds(Some(path), translation);
        let ids = archive
            .document(path)
            .into_iter()
            .flat_map(|(_, history)| history.ids().rev());
        let versions = ids
            .filter_map(|id| records.record_with_changes(path, id))
            .collect();
        self.fill(
            "history.html",
            page,
            translation,
            Given {
                document,
                versions,
                notice: Notices { records, path }.for_history(),
                sections: records.sections(path),
                ..Given::default()
            },
        )
    }

    fn redirect(&self, address: &Address, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = self.page("redirect", address, None, String::new());
        page.noindex = true;
        let target = Address::document(path, None).url(&self.prepared.site.config.base_url);
        self.fill(
            "redirect.html",
            page,
            None,
            Given {
                target: Some(target),
                ..Given::default()
            },
        )
    }

    fn not_found(&self, address: &Address) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = self.page("not-found", address, None, String::new());
        page.noindex = true;
        let documents = self.records(None).documents();
        self.fill(
            "404.html",
            page,
            None,
            Given {
                documents,
                ..Given::default()
            },
        )
    }

    pub(super) fn records(&self, translation: Option<&'s Language>) -> Records<'p, 's>
    where
        's: 'p,
    {
        Records {
            prepared: self.prepared,
            translation,
            shelf: self.shelf,
        }
    }

    pub(super) fn page(
        &self,
        kind: &'static str,
        address: &Address,
        translation: Option<&Language>,
        title: String,
    ) -> Page {
        let config = &self.prepared.site.config;
        let strings = self.prepared.strings(translation);
        let code = translation
            .unwrap_or_else(|| config.default_language())
            .to_string();
        Page {
            kind,
            title,
            title_lang: Safe::default(),
            description: None,
            language: LanguageTable {
                code,
                name: strings.name.clone(),
                dir: strings.direction.clone(),
            },
            address: address.href(&config.base_url),
            url: address.url(&config.base_url),
            home: Address::front(translation).href(&config.base_url),
            noindex: false,
            relations: Vec::new(),
            alternates: Vec::new(),
            languages: Vec::new(),
            x_default: None,
            feeds: Vec::new(),
        }
    }

    /// The feeds that a page of a document names, or a page of the whole site.
    pub(super) fn feeds(&self, path: Option<&str>, translation: Option<&'s Language>) -> Vec<Feed> {
        if !self.prepared.archive.has_texts(None) {
            return Vec::new();
        }
        let records = self.records(translation);
        let document = path.map(|path| records.feed(Some(path)));
        document.into_iter().chain([records.feed(None)]).collect()
    }

    pub(super) fn relation(&self, rel: &'static str, address: &Address) -> Relation {
        Relation {
            rel,
            href: address.url(&self.prepared.site.config.base_url),
        }
    }

    pub(super) fn fill(
        &self,
        template: &str,
        mut page: Page,
        translation: Option<&'s Language>,
        given: Given,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let frame = self.frames.get(translation);
        let default = self.prepared.site.config.default_language().as_str();
        page.x_default = page
            .alternates
            .iter()
            .find(|alternate| alternate.code == default)
            .map(|alternate| alternate.url.clone());
        let (text, contents) = given.html.unwrap_or_default();
        let mut context = Context::new();
        context.insert_value("site", frame.site.clone());
        context.insert_value("t", frame.strings.clone());
        context.insert_value("page", page.into());
        context.insert_value("document", given.document.into());
        context.insert_value("version", given.version.into());
        context.insert_value("previous", given.previous.into());
        context.insert_value("next", given.next.into());
        context.insert_value("first", given.first.into());
        context.insert_value("changes", given.changes.into());
        context.insert_value("versions", given.versions.into());
        context.insert_value("more", given.more.into());
        context.insert_value("sections", given.sections.into());
        context.insert_value("documents", given.documents.into());
        context.insert_value("notice", Value::safe_string(&given.notice));
        context.insert_value("contents", Safe(contents).into());
        context.insert_value("terms", Safe(given.terms).into());
        context.insert_value("text", Value::safe_string(&text));
        context.insert_value("target", given.target.into());
        let page = self
            .templates
            .render(template, &context, &[&given.notice, &text])?;
        // A page that leads on at once has no footer.
        let dropped = match template {
            "redirect.html" => None,
            _ => frame.choices.iter().find(|choice| !choice.is_in(&page)),
        };
        match dropped {
            None => Ok(page),
            Some(choice) => Err(Box::new(self.templates.dropped_choice(template, choice))),
        }
    }
}
