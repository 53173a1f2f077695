//! A site on a day, read and checked: what planning and rendering rest on.

mod addresses;
mod titles;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::archive::Archive;
use crate::diagnostic::Diagnostic;
use crate::links::Links;
use crate::model::document::{Document, Page, TextFile, Version};
use crate::model::{Date, Language, Value};
use crate::outline::{self, Outline, Reading};
use crate::parse::placeholders::{Expanded, Own, Placeholders};
use crate::parse::{Draft, Site};
use crate::theme::{Strings, Theme};
pub use titles::Titles;

/// How many bytes of HTML are kept between reading and rendering: enough for ten thousand long
/// texts. The rest are written again when their pages are made, so that memory stays bounded.
const MOST_MARKUP: usize = 400 << 20;

/// A site on a day.
pub struct Prepared<'s> {
    /// What the sources say.
    pub site: &'s Site<'s>,
    /// The documents as known on the day.
    pub archive: Archive<'s>,
    /// The theme.
    pub theme: Theme<'s>,
    placeholders: Placeholders<'s>,
    outlines: BTreeMap<&'s str, Outline>,
    /// Which document each document supplements, by path.
    supplements: BTreeMap<&'s str, String>,
    /// Where the links and pictures of each text lead, by its file.
    addresses: BTreeMap<&'s str, Vec<String>>,
}

/// A text, and what it is.
#[derive(Clone, Copy)]
pub enum Role<'s> {
    /// A version in a language.
    Version(&'s Document, &'s Version, Option<&'s Language>),
    /// An undated page.
    Page(&'s Page),
    /// The next version of a document.
    Draft(&'s Draft),
}

impl<'s> Prepared<'s> {
    /// Reads every text of a site. There is nothing to plan without a theme.
    pub fn new(site: &'s Site<'s>, day: Date) -> (Option<Self>, Vec<Diagnostic>) {
        let (theme, mut problems) = crate::theme::read(&site.config, site.sources);
        let Some(theme) = theme else {
            return (None, problems);
        };
        let placeholders = Placeholders::new(site.sources, shared_values(site));
        let archive = Archive::new(site, day);
        let mut prepared = Self {
            site,
            archive,
            theme,
            placeholders,
            outlines: BTreeMap::new(),
            supplements: BTreeMap::new(),
            addresses: BTreeMap::new(),
        };
        problems.extend(prepared.read_texts());
        prepared.supplements = prepared.find_supplements();
        problems.extend(prepared.resolve_links());
        problems.extend(prepared.look_ahead(&problems));
        problems.extend(prepared.check_configured_links());
        (Some(prepared), problems)
    }

    /// The words of the theme in a language; `None` for the site's first.
    pub fn strings(&self, translation: Option<&Language>) -> &Strings {
        let language = translation.unwrap_or_else(|| self.site.config.default_language());
        &self.theme.strings[language]
    }

    /// The outline of a text.
    pub fn outline(&self, file: &TextFile) -> &Outline {
        &self.outlines[file.path.as_str()]
    }

    /// A text after its placeholders have been replaced.
    pub fn expand(&self, role: Role<'s>) -> Expanded<'s> {
        expand(&self.placeholders, self.strings(role.translation()), role)
    }

    /// Resolves links as they lead on the day.
    pub fn links(&self) -> Links<'_> {
        Links::new(self.site, &self.archive, &self.outlines)
    }

    /// The document that one supplements, by path.
    pub fn supplemented(&self, path: &str) -> Option<&str> {
        self.supplements.get(path).map(String::as_str)
    }

    /// The documents that supplement one, by path.
    pub fn supplementing(&self, path: &str) -> impl Iterator<Item = &'s str> {
        self.supplements
            .iter()
            .filter(move |(_, main)| *main == path)
            .map(|(path, _)| *path)
    }

    fn find_supplements(&self) -> BTreeMap<&'s str, String> {
        let links = self.links();
        let named = |document: &'s Document| {
            let link = document.settings.supplements.as_ref()?;
            let file = format!("content/{}/document.toml", document.path);
            Some((
                document.path.as_str(),
                links.document_named(&link.value, &file)?,
            ))
        };
        self.site.documents.values().filter_map(named).collect()
    }

    /// The HTML of a text, and of its table of contents.
    pub fn html(&self, role: Role<'s>) -> (String, String) {
        let addresses = &self.addresses[role.file().path.as_str()];
        let kept = &self.outline(role.file()).markup;
        let markup = if kept.is_empty() {
            let strings = self.strings(role.translation());
            Cow::Owned(outline::markup(&self.expand(role), role.reading(), strings))
        } else {
            Cow::Borrowed(kept)
        };
        (markup.fill(addresses), markup.contents.clone())
    }

    fn read_texts(&mut self) -> Vec<Diagnostic> {
        let kept = AtomicUsize::new(0);
        let read = |role: &Role<'s>| {
            let (file, strings) = (role.file(), self.strings(role.translation()));
            let expanded = self.expand(*role);
            let (mut outline, problems) = outline::of(file, &expanded, role.reading(), strings);
            let size = outline.markup.size();
            if kept.fetch_add(size, Ordering::Relaxed) + size > MOST_MARKUP {
                outline.markup.forget();
            }
            ((file.path.as_str(), outline), problems)
        };
        let (outlines, problems): (Vec<_>, Vec<_>) = self.roles().par_iter().map(read).unzip();
        self.outlines = outlines.into_iter().collect();
        problems.into_iter().flatten().collect()
    }

    /// Every text of the site, public or not.
    fn roles(&self) -> Vec<Role<'s>> {
        let site = self.site;
        let versions = site.documents.values().flat_map(|document| {
            document.versions.iter().flat_map(move |version| {
                let translations = version.translations.keys().map(Some);
                std::iter::once(None)
                    .chain(translations)
                    .map(move |language| Role::Version(document, version, language))
            })
        });
        versions
            .chain(site.pages.iter().map(Role::Page))
            .chain(site.drafts.iter().map(Role::Draft))
            .collect()
    }
}

impl<'s> Role<'s> {
    /// The file that holds the text.
    pub fn file(self) -> &'s TextFile {
        match self {
            Self::Version(_, version, translation) => {
                version.text(translation).unwrap_or(&version.original)
            }
            Self::Page(page) => &page.text,
            Self::Draft(draft) => &draft.text,
        }
    }

    /// The language of the text; `None` for the site's first.
    pub fn translation(self) -> Option<&'s Language> {
        match self {
            Self::Version(_, _, translation) => translation,
            Self::Page(page) => page.translation.as_ref(),
            Self::Draft(draft) => draft.translation.as_ref(),
        }
    }

    /// How the text is read.
    pub(crate) fn reading(self) -> Reading<'s> {
        let file = self.file();
        let title = file.front.title.as_deref();
        let plain = Reading {
            numbered: false,
            title,
            draft: false,
            may_be_empty: false,
        };
        match self {
            Self::Version(document, version, translation) => Reading {
                numbered: version
                    .original
                    .front
                    .numbered
                    .unwrap_or(document.settings.numbered),
                // The document's own name is in the site's first language.
                title: title.or(document
                    .settings
                    .title
                    .as_deref()
                    .filter(|_| translation.is_none())),
                ..plain
            },
            Self::Page(page) => Reading {
                may_be_empty: page.path.is_empty(),
                ..plain
            },
            Self::Draft(_) => Reading {
                draft: true,
                ..plain
            },
        }
    }
}

/// A text after its placeholders have been replaced, with the words of its language for dates.
fn expand<'s>(placeholders: &Placeholders<'s>, strings: &Strings, role: Role<'_>) -> Expanded<'s> {
    let file = role.file();
    let own = Own {
        translation: role.translation(),
        variables: &file.front.variables,
        version: own_values(strings, role),
    };
    placeholders.expand(file, &own)
}

/// What a text can say of itself.
fn own_values(strings: &Strings, role: Role<'_>) -> Value {
    let Role::Version(_, version, _) = role else {
        // A draft has no dates yet, and its text may already speak of them.
        let open = |name: &str| (name.to_owned(), Value::String("[…]".to_owned()));
        let is_draft = matches!(role, Role::Draft(_));
        let values = if is_draft {
            vec![open("effective"), open("published")]
        } else {
            Vec::new()
        };
        return Value::Table(values);
    };
    let published = version
        .original
        .front
        .published
        .as_ref()
        .map_or(version.id.effective, |date| date.value);
    let words = |name: &str, date| (name.to_owned(), Value::String(strings.date(date)));
    Value::Table(vec![
        words("effective", version.id.effective),
        words("published", published),
    ])
}

/// The values that every text of a site can use.
fn shared_values(site: &Site<'_>) -> BTreeMap<&'static str, Value> {
    let config = &site.config;
    let of_site = Value::Table(vec![
        ("title".to_owned(), Value::String(config.title.clone())),
        (
            "base_url".to_owned(),
            Value::String(format!(
                "{}{}",
                config.base_url.origin, config.base_url.path
            )),
        ),
    ]);
    BTreeMap::from([
        ("organization", config.organization.clone()),
        ("site", of_site),
        ("data", site.data.clone()),
    ])
}
