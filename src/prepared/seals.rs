//! The texts of a site held against what is sealed of them.

use std::ops::Range;

use super::named::Named;
use super::texts::Tree;
use super::{Prepared, Role};
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::ledger::{Digest, Entry, Kind, TextId};
use crate::model::Language;
use crate::model::document::{Document, Version, VersionId};
use crate::outline::Outline;
use crate::parse::markdown;
use crate::sealed::{Held, Original, Part, Picture, Reading};

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
        if !is_readable(tree, document, version) {
            return None;
        }
        self.sealed.hold(&Held {
            text: &self.text_id(&document.path, version.id, translation),
            path: &file.path,
            published: version.public(file),
            correction: self.correction(document, version.id, translation),
            words: outline.words?,
            reading: &|| reading(tree, outline),
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
        // Of a ledger that is broken nobody knows what it seals.
        let unsealed = self.unsealed().into_iter().filter(|_| self.sealed.sound);
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

/// Whether all that makes the words of a text could be read. What could not says something else than
/// its author meant, and is told as what it is.
fn is_readable(tree: &Tree<'_, '_, '_>, document: &Document, version: &Version) -> bool {
    tree.role.file().sound
        && version.original.sound
        && document.settings.sound
        && !tree.expanded.problems.iter().any(Diagnostic::is_error)
}

fn words_of(tree: &Tree<'_, '_, '_>) -> String {
    let names = Named::of(tree.site, tree.expanded);
    tree.role.reading().words(&tree.parsed.text, &names)
}

fn reading(tree: &Tree<'_, '_, '_>, outline: &Outline) -> Reading {
    let parts = tree.expanded.map.parts(tree.expanded.text.len());
    Reading {
        words: words_of(tree),
        parts: parts.map(|(at, place)| part(tree, at, place)).collect(),
        original: original(tree.role),
        pictures: pictures(tree, outline),
    }
}

/// A part of a text that comes from elsewhere.
fn part(tree: &Tree<'_, '_, '_>, at: Range<usize>, place: Place) -> Part {
    let says = &tree.expanded.text[at.clone()];
    let lines = if says.trim().contains('\n') {
        let names = Named::of(tree.site, tree.expanded).from(at.start);
        let alone = tree.role.reading().alone();
        let words = alone.words(&markdown::parse(says, alone.request()).text, &names);
        words.lines().map(str::to_owned).collect()
    } else {
        vec![says.split_whitespace().collect::<Vec<_>>().join(" ")]
    };
    Part {
        name: name(tree, &place),
        place: Some(place).filter(|place| place.span.is_some()),
        lines,
    }
}

/// What the original says for a translation.
fn original(role: Role<'_>) -> Option<Original> {
    let Role::Version(_, version, Some(_)) = role else {
        return None;
    };
    let own = &role.file().front;
    let keys = [
        ("summary", own.summary.is_none()),
        ("material", true),
        ("corrected", true),
        ("reason", own.reason.is_none()),
    ];
    let inherited = keys.into_iter().filter(|(_, inherited)| *inherited);
    Some(Original {
        path: version.original.path.clone(),
        keys: inherited.map(|(key, _)| key).collect(),
    })
}

/// The pictures of a text that are there.
fn pictures(tree: &Tree<'_, '_, '_>, outline: &Outline) -> Vec<Picture> {
    let all = outline.markup.references.iter();
    let pictures = all.filter(|reference| reference.image);
    let there = pictures.filter_map(|reference| {
        let said_in = &reference.origin.place.path;
        let path = Named::file(tree.site, &reference.destination, said_in);
        let digest = Digest::of(tree.site.sources.bytes(&path)?);
        Some(Picture { path, digest })
    });
    there.collect()
}

/// What a part from elsewhere is called: the placeholder as it is written, or the file of a clause.
fn name(tree: &Tree<'_, '_, '_>, place: &Place) -> String {
    let written = place.span.and_then(|span| {
        let source = tree.site.sources.text(&place.path)?;
        source.get(span.range())
    });
    match written {
        Some(placeholder) => format!("`{}`", placeholder.trim()),
        None => place.path.clone(),
    }
}
