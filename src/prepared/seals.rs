//! The texts of a site held against what is sealed of them.

use super::texts::Tree;
use super::{Prepared, Role};
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::ledger::{Entry, Kind, TextId};
use crate::model::Language;
use crate::model::document::{Document, VersionId};
use crate::outline::Outline;
use crate::sealed::{Held, Reading};

impl<'s> Prepared<'s> {
    /// How a text is called in the ledger.
    pub fn text_id(
        &self,
        path: &str,
        version: VersionId,
        translation: Option<&Language>,
    ) -> TextId {
        let language = translation.unwrap_or_else(|| self.site.config.default_language());
        TextId {
            document: path.to_owned(),
            version,
            language: language.to_string(),
        }
    }

    /// Tells where a text that was read is not what was sealed.
    pub(super) fn hold(&self, tree: &Tree<'_, 's, '_>, outline: &Outline) -> Option<Diagnostic> {
        let Role::Version(document, version, translation) = tree.role else {
            return None;
        };
        let file = tree.role.file();
        self.sealed.hold(&Held {
            text: &self.text_id(&document.path, version.id, translation),
            path: &file.path,
            published: version.public(file),
            correction: self.correction(document, version.id, translation),
            words: outline.words?,
            reading: &|| reading(tree),
        })
    }

    /// The files of the next correction of a text: a translation needs its original. No correction has the
    /// name of one that was withdrawn.
    pub fn correction(
        &self,
        document: &Document,
        of: VersionId,
        translation: Option<&Language>,
    ) -> String {
        let next = self.sealed.ledger.next_correction(document, of);
        let stem = format!("content/{}/{next}", document.path);
        match translation {
            None => format!("{stem}.md with `corrected` and `reason`"),
            Some(language) => {
                format!("{stem}.{language}.md beside {stem}.md, both with `corrected` and `reason`")
            }
        }
    }

    /// The public texts of which the ledger says nothing, in the order in which they were published.
    pub fn unsealed(&self) -> Vec<Role<'s>> {
        let public = |role: &Role<'_>| match role {
            Role::Version(document, version, translation) => {
                let (path, id) = (&document.path, version.id);
                let text = self.text_id(path, id, *translation);
                self.archive.is_public(path, id, *translation)
                    && self.sealed.ledger.latest(&text).is_none()
            }
            _ => false,
        };
        let mut found: Vec<Role<'s>> = self.roles().into_iter().filter(public).collect();
        found.sort_by_key(|role| match role {
            Role::Version(document, version, translation) => {
                let day = version.public(role.file());
                Some((day, document.path.as_str(), version.id, *translation))
            }
            _ => None,
        });
        found
    }

    /// The seal of a text, if it is sealed and was not withdrawn.
    pub fn seal(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&Language>,
    ) -> Option<&Entry> {
        self.sealed.seal(&self.text_id(path, id, translation))
    }

    /// The language of a text of the ledger, where `None` inside is the site's first; nothing where
    /// it is none.
    pub fn language_of(&self, text: &TextId) -> Option<Option<Language>> {
        if text.language == self.site.config.default_language().as_str() {
            return Some(None);
        }
        Language::parse(&text.language).map(Some)
    }

    /// An entry of the ledger with the language of its text, `None` where that is the first of the site
    /// or none of its languages.
    pub fn entry(&self, number: usize) -> Option<(&Entry, Option<&'s Language>)> {
        let entry = self.sealed.ledger.entries().get(number.checked_sub(1)?)?;
        let mut translations = self.site.config.languages.iter().skip(1);
        let language = translations.find(|language| language.as_str() == entry.text.language);
        Some((entry, language))
    }

    /// The withdrawals of texts that are gone, as far as these were public on the day.
    pub fn withdrawn(&self) -> impl Iterator<Item = &Entry> {
        let day = self.archive.day();
        let public = move |entry: &&Entry| {
            let seal = self.sealed.last_seal(&entry.text).map(|entry| &entry.kind);
            matches!(seal, Some(Kind::Seal { published, .. }) if *published <= day)
        };
        self.sealed.withdrawn(self.site).filter(public)
    }

    /// Tells of every public text that is not sealed.
    pub fn check_sealed(&self) -> Vec<Diagnostic> {
        let unsealed = self.unsealed().into_iter();
        unsealed.map(not_sealed).collect()
    }

    /// The words of a text, whose digest is sealed.
    pub fn words(&self, role: Role<'_>) -> String {
        self.texts
            .side_by_side(&[role], |trees| words_of(&trees[0]))
    }
}

fn not_sealed(role: Role<'_>) -> Diagnostic {
    let message = "this text is published and not sealed";
    let help = "run `engross seal`, and keep engross.ledger, records/ and checkpoints/ under version control";
    let place = Place::file(&role.file().path);
    Diagnostic::new(&rules::NOT_SEALED, place, message, help)
}

fn words_of(tree: &Tree<'_, '_, '_>) -> String {
    tree.role.reading().words(&tree.parsed.text)
}

fn reading(tree: &Tree<'_, '_, '_>) -> Reading {
    let text = &tree.expanded.text;
    let parts = tree.expanded.map.parts(text.len());
    let named = parts.map(|(range, place)| (name(tree, &place), text[range].to_owned()));
    Reading {
        words: words_of(tree),
        parts: named.chain(said_by_original(tree.role)).collect(),
    }
}

/// What the front matter of the original says for a translation that is silent on it.
fn said_by_original(role: Role<'_>) -> Vec<(String, String)> {
    let Role::Version(_, version, Some(_)) = role else {
        return Vec::new();
    };
    let (original, own) = (&version.original, &role.file().front);
    let keys = [
        ("summary", &original.front.summary, &own.summary),
        ("reason", &original.front.reason, &own.reason),
    ];
    let inherited = keys.into_iter().filter(|(_, _, own)| own.is_none());
    inherited
        .filter_map(|(key, said, _)| Some((format!("`{key}` in {}", original.path), said.clone()?)))
        .collect()
}

/// What a part from elsewhere is called: the placeholder as it is written, or the file of a clause.
fn name(tree: &Tree<'_, '_, '_>, place: &Place) -> String {
    let written = place.span.and_then(|span| {
        let source = tree.sources.text(&place.path)?;
        source.get(span.range())
    });
    match written {
        Some(placeholder) => format!("`{}`", placeholder.trim()),
        None => place.path.clone(),
    }
}
