//! Documents and their versions: who says what, since when.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Date, Language, Located, Value};

/// What sort of document it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A privacy policy.
    PrivacyPolicy,
    /// A privacy notice for California residents.
    CaliforniaNotice,
    /// A notice at collection (Cal. Civ. Code 1798.100).
    NoticeAtCollection,
    /// A cookie policy.
    CookiePolicy,
    /// Terms of service.
    TermsOfService,
    /// Anything else.
    #[default]
    Other,
}

impl Kind {
    /// All kinds, with the names that sources use.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("privacy-policy", Self::PrivacyPolicy),
        ("california-notice", Self::CaliforniaNotice),
        ("notice-at-collection", Self::NoticeAtCollection),
        ("cookie-policy", Self::CookiePolicy),
        ("terms-of-service", Self::TermsOfService),
        ("other", Self::Other),
    ];

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .into_iter()
            .find(|(n, _)| *n == name)
            .map(|(_, kind)| kind)
    }

    /// The name that sources use.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .into_iter()
            .find(|(_, kind)| *kind == self)
            .map_or("other", |(name, _)| name)
    }

    /// The link relation from pages that the document governs (RFC 6903).
    pub fn relation(self) -> Option<&'static str> {
        match self {
            Self::PrivacyPolicy => Some("privacy-policy"),
            Self::TermsOfService => Some("terms-of-service"),
            _ => None,
        }
    }
}

/// A document: a series of versions under one address.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its folder below `content/`, which is its address: `privacy/california`.
    pub path: String,
    /// What its `document.toml` says.
    pub settings: Settings,
    /// Its versions by effective date, corrections after what they correct. Never empty.
    pub versions: Vec<Version>,
}

impl Document {
    /// A version of it.
    pub fn version(&self, id: VersionId) -> Option<&Version> {
        let at = self
            .versions
            .binary_search_by_key(&id, |version| version.id);
        at.ok().and_then(|at| self.versions.get(at))
    }

    /// When a version was published; of a correction, when what it corrects was.
    pub fn published(&self, id: VersionId) -> Date {
        let first = VersionId { revision: 1, ..id };
        self.version(first)
            .or_else(|| self.version(id))
            .and_then(|version| version.original.front.published.as_ref())
            .map_or(id.effective, |date| date.value)
    }
}

/// What a `document.toml` says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The document's name, where it is not the title of its text.
    pub title: Option<String>,
    /// What sort of document it is.
    pub kind: Kind,
    /// Its place on the front page; documents without one follow by address.
    pub order: Option<i64>,
    /// The language whose text governs, where that is not the site's.
    pub governing_language: Option<Language>,
    /// The document that it supplements, as a link.
    pub supplements: Option<Located<String>>,
    /// Old addresses that lead here.
    pub redirects: Vec<Located<String>>,
    /// Whether its clauses are numbered.
    pub numbered: bool,
    /// Whether all of it could be read, so that what it does not say is missing.
    pub sound: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: None,
            kind: Kind::default(),
            order: None,
            governing_language: None,
            supplements: None,
            redirects: Vec::new(),
            numbered: false,
            sound: true,
        }
    }
}

/// The name of a version within its document: an effective date, and which correction of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionId {
    /// The day from which it applies.
    pub effective: Date,
    /// 1 for the text as first published, 2 and up for its corrections.
    pub revision: u32,
}

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.effective)?;
        if self.revision > 1 {
            write!(f, ".r{}", self.revision)?;
        }
        Ok(())
    }
}

/// A version: one text with one effective date, in one or more languages.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its name.
    pub id: VersionId,
    /// Its text in the site's first language.
    pub original: TextFile,
    /// Its translations.
    pub translations: BTreeMap<Language, TextFile>,
}

impl Version {
    /// The text in a language, where `None` is the original's.
    pub fn text(&self, translation: Option<&Language>) -> Option<&TextFile> {
        match translation {
            None => Some(&self.original),
            Some(language) => self.translations.get(language),
        }
    }

    /// What a text of this version says of it, or else the original.
    pub fn said(
        &self,
        translation: Option<&Language>,
        say: fn(&FrontMatter) -> Option<&String>,
    ) -> Option<&String> {
        let own = self.text(translation).and_then(|text| say(&text.front));
        own.or_else(|| say(&self.original.front))
    }

    /// When a correction was made; `None` of another version.
    pub fn made(&self) -> Option<Date> {
        self.original.front.corrected.as_ref().map(|day| day.value)
    }

    /// The day on which a text of this version became public: the day a correction was made, or
    /// the published date, or else the effective date.
    pub fn public(&self, text: &TextFile) -> Date {
        let own = text
            .front
            .corrected
            .as_ref()
            .or(text.front.published.as_ref());
        let of_original = self.original.front.corrected.as_ref().or(self
            .original
            .front
            .published
            .as_ref());
        let day = own
            .or(of_original)
            .map_or(self.id.effective, |date| date.value);
        day.max(of_original.map_or(day, |date| date.value))
    }
}

/// A file with a text: its front matter, and where its words begin.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// The file's path below the site's root.
    pub path: String,
    /// What its front matter says.
    pub front: FrontMatter,
    /// The byte at which the text begins, after the front matter.
    pub body: usize,
    /// Whether the front matter could be read, so that what it does not say is missing.
    pub sound: bool,
}

/// What a text says of itself before its words.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// Its title, where that is not its first heading.
    pub title: Option<String>,
    /// A sentence for search engines (undated pages).
    pub description: Option<String>,
    /// The day it was made public.
    pub published: Option<Located<Date>>,
    /// What changed against the version before.
    pub summary: Option<String>,
    /// Whether the change is material.
    pub material: bool,
    /// Of a translation, how the digest of the words begins that it follows, in lower-case digits.
    pub original: Option<Located<String>>,
    /// Whether clauses are numbered, where that differs from the document.
    pub numbered: Option<bool>,
    /// The day of a correction.
    pub corrected: Option<Located<Date>>,
    /// Why a correction was made.
    pub reason: Option<String>,
    /// Values of its own.
    pub variables: Value,
}

/// What a version is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It applies.
    InForce,
    /// It is public and will apply.
    Upcoming,
    /// It applied, and another took its place.
    Superseded,
    /// It was published with a mistake, and a corrected text took its place.
    Corrected,
}

impl Standing {
    /// All standings, with the names that configurations and templates use.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("in-force", Self::InForce),
        ("upcoming", Self::Upcoming),
        ("superseded", Self::Superseded),
        ("corrected", Self::Corrected),
    ];

    /// The name that configurations and templates use.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .into_iter()
            .find(|(_, standing)| *standing == self)
            .map_or("", |(name, _)| name)
    }
}

/// An undated page: the front page's words, or a page about the site itself.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path below `content/` without the ending: `about`, or empty for the front page.
    pub path: String,
    /// Its language; `None` for the site's first.
    pub translation: Option<Language>,
    /// Its text.
    pub text: TextFile,
}

/// The next version of a document while it is written.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The document's path.
    pub document: String,
    /// Its language; `None` for the site's first.
    pub translation: Option<Language>,
    /// Its text.
    pub text: TextFile,
    /// What the `document.toml` beside it says.
    pub settings: Settings,
}
