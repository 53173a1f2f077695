//! What texts in several languages owe each other: which of them governs, and which words a translation
//! follows.

use super::{Prepared, Role};
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::ledger::Digest;
use crate::model::document::{Document, Version, VersionId};
use crate::model::{Language, Located};

/// What a translation follows.
pub struct Followed<'s> {
    /// How the digest of its original's words began when it was made, if it says so.
    pub says: Option<&'s Located<String>>,
    /// The digest of its original's words.
    pub words: Digest,
}

impl Followed<'_> {
    /// Whether the original has other words than it had; `None` where the translation does not say.
    pub fn lags(&self) -> Option<bool> {
        let says = self.says?;
        Some(!self.words.hex().starts_with(&says.value))
    }
}

impl<'s> Prepared<'s> {
    /// What a translation of a version follows; nothing of an original.
    pub fn followed(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&Language>,
    ) -> Option<Followed<'s>> {
        let version = self.archive.version(path, id)?;
        let text = version.translations.get(translation?)?;
        Some(Followed {
            says: text.front.original.as_ref(),
            words: self.outline(&version.original).words?,
        })
    }

    /// Tells which translations do not follow their originals, or do not say which words they follow,
    /// and which versions lack the text that governs.
    pub(super) fn check_translations(&self) -> Vec<Diagnostic> {
        let documents = self.site.documents.values();
        let ungoverned = documents.flat_map(|document| self.ungoverned(document));
        let roles = self.roles().into_iter();
        let behind = roles.filter_map(|role| match role {
            Role::Version(document, version, Some(language)) => {
                self.behind(document, version, language)
            }
            _ => None,
        });
        ungoverned.chain(behind).collect()
    }

    /// The versions of a document, from the one in force on, that have no text in the language that
    /// governs. What is past is passed over.
    fn ungoverned(&self, document: &'s Document) -> impl Iterator<Item = Diagnostic> {
        let in_force = self.archive.shown(&document.path, None);
        let counts = move |version: &&Version| in_force.is_none_or(|id| version.id >= id);
        let language = self.site.governing(document).flatten();
        let lacks = move |language: &Language, version: &Version| {
            (!version.translations.contains_key(language)).then(|| no_governing(version, language))
        };
        let versions = document.versions.iter().filter(counts);
        versions.filter_map(move |version| lacks(language?, version))
    }

    /// What is wrong with what a translation says of its original. Of one that is sealed nothing is
    /// asked: its words cannot change any more.
    fn behind(
        &self,
        document: &'s Document,
        version: &'s Version,
        language: &'s Language,
    ) -> Option<Diagnostic> {
        let (path, id) = (document.path.as_str(), version.id);
        if self.seal(path, id, Some(language)).is_some() {
            return None;
        }
        let followed = self.followed(path, id, Some(language))?;
        let text = &version.translations[language];
        match (followed.says, followed.lags()) {
            (None, _) => Some(unnamed(&text.path, version, followed.words)),
            (Some(says), Some(true)) => {
                let problem = lags(says.place(&text.path), says, version, followed.words);
                Some(self.note_followed(problem, document, version, says))
            }
            _ => None,
        }
    }

    /// Notes which other version has the words that a translation follows.
    fn note_followed(
        &self,
        problem: Diagnostic,
        document: &Document,
        version: &Version,
        says: &Located<String>,
    ) -> Diagnostic {
        let others = document.versions.iter().filter(|v| v.id != version.id);
        let has = |version: &&Version| {
            let words = self.outline(&version.original).words;
            words.is_some_and(|words| words.hex().starts_with(&says.value))
        };
        match others.rev().find(has) {
            Some(other) => {
                let place = Place::file(&other.original.path);
                problem.note("it follows the words of this version", Some(place))
            }
            None => problem,
        }
    }
}

fn no_governing(version: &Version, language: &Language) -> Diagnostic {
    let id = version.id;
    let message = format!("{id} has no text in `{language}`, the language that governs");
    let help = format!(
        "add `{id}.{language}.md` beside it, or say another `governing_language` in document.toml"
    );
    let place = Place::file(&version.original.path);
    Diagnostic::new(&rules::GOVERNING_TEXT_MISSING, place, message, help)
}

fn unnamed(path: &str, version: &Version, words: Digest) -> Diagnostic {
    let original = &version.original.path;
    let message = "this translation does not say which words of its original it follows";
    let help = format!(
        "once it says what {original} says, write into its front matter: original = \"{}\"",
        words.hex()
    );
    Diagnostic::new(&rules::ORIGINAL_UNNAMED, Place::file(path), message, help)
}

fn lags(place: Place, says: &Located<String>, version: &Version, words: Digest) -> Diagnostic {
    let original = &version.original.path;
    let message = format!(
        "this translation follows words `{}…`, and its original has words `{}…` now",
        &says.value[..12],
        words.short()
    );
    let help = format!(
        "bring it up to {original}, then write: original = \"{}\"",
        words.hex()
    );
    Diagnostic::new(&rules::TRANSLATION_LAGS, place, message, help)
}
