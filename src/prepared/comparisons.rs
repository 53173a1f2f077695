//! What each public version changed against the one before it, and what has changed since.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Prepared, Role};
use crate::markup::{self, Markup, Origin, Reference};
use crate::model::Language;
use crate::model::document::{TextFile, VersionId};
use crate::redline::{Changes, Redline};

/// A version against the one before it.
pub struct Comparison {
    /// What changed, in short.
    pub changes: Changes,
    markup: Markup,
}

/// A redline for a page.
pub struct Shown<'p> {
    /// Its HTML.
    pub html: String,
    /// What changed, in short.
    pub changes: Cow<'p, Changes>,
}

impl<'s> Prepared<'s> {
    /// The version that one is compared with: the latest public one before it in its language.
    pub fn predecessor(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&Language>,
    ) -> Option<VersionId> {
        let (_, history) = self.archive.document(path)?;
        let mut before = history.ids().filter(|other| *other < id);
        before.rfind(|other| self.archive.text(path, *other, translation).is_some())
    }

    /// What a version changed against the one before it; `None` for the first.
    pub fn comparison(&self, text: &TextFile) -> Option<&Comparison> {
        self.comparisons.get(text.path.as_str())
    }

    /// The text of a version in a language.
    pub fn role(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&'s Language>,
    ) -> Option<Role<'s>> {
        let document = self.site.documents.get(path)?;
        let version = self.archive.version(path, id)?;
        version.text(translation)?;
        Some(Role::Version(document, version, translation))
    }

    /// A version against another for a page.
    pub fn redline(&self, old: Role<'s>, new: Role<'s>) -> Shown<'_> {
        let Comparison { changes, markup } = self.compare(old, new);
        Shown {
            html: self.fill_redline(new, &markup),
            changes: Cow::Owned(changes),
        }
    }

    /// A version against the one before it for a page.
    pub fn redline_of(&self, role: Role<'s>) -> Option<Shown<'_>> {
        let kept = self.comparison(role.file())?;
        let html = if kept.markup.is_empty() {
            let Role::Version(document, version, translation) = role else {
                return None;
            };
            let before = self.predecessor(&document.path, version.id, translation)?;
            let before = self.role(&document.path, before, translation)?;
            self.fill_redline(role, &self.compare(before, role).markup)
        } else {
            self.fill_redline(role, &kept.markup)
        };
        Some(Shown {
            html,
            changes: Cow::Borrowed(&kept.changes),
        })
    }

    /// Compares every public version with the one before it.
    pub(super) fn compare_all(&mut self) {
        let pairs = self.pairs();
        let compare = |(old, new): &(Role<'s>, Role<'s>)| {
            let mut comparison = self.compare(*old, *new);
            if !self.room.take(comparison.markup.size()) {
                comparison.markup.forget();
            }
            (new.file().path.as_str(), comparison)
        };
        let comparisons: Vec<_> = pairs.par_iter().map(compare).collect();
        self.comparisons = comparisons.into_iter().collect::<BTreeMap<_, _>>();
    }

    /// Every public text that has one before it, with that.
    fn pairs(&self) -> Vec<(Role<'s>, Role<'s>)> {
        let mut pairs = Vec::new();
        for (document, history) in self.archive.documents() {
            let path = document.path.as_str();
            let translations = self.archive.translations(path).into_iter().map(Some);
            for translation in std::iter::once(None).chain(translations) {
                let ids = history.ids().filter(|id| self.archive.text(path, *id, translation).is_some());
                let roles: Vec<Role<'s>> = ids.filter_map(|id| self.role(path, id, translation)).collect();
                pairs.extend(roles.windows(2).map(|two| (two[0], two[1])));
            }
        }
        pairs
    }

    fn compare(&self, old: Role<'_>, new: Role<'_>) -> Comparison {
        let strings = self.strings(new.translation());
        self.texts.compare(old, new, |redline: &Redline<'_, '_>, map| Comparison {
            changes: redline.changes(),
            markup: markup::write_redline(redline, strings, &|span| Origin {
                place: map.place(span),
                put_in_at: None,
            }),
        })
    }

    /// The HTML with the addresses that the links of the new text lead to from its own page.
    fn fill_redline(&self, new: Role<'_>, markup: &Markup) -> String {
        let known = &self.outline(new.file()).markup.references;
        let addresses = &self.addresses[new.file().path.as_str()];
        let by_place: BTreeMap<_, &String> = known
            .iter()
            .map(|reference| (&reference.origin.place, &reference.destination))
            .zip(addresses)
            .collect();
        let address = |reference: &Reference| {
            let found = by_place.get(&(&reference.origin.place, &reference.destination));
            found.map_or_else(String::new, |address| (*address).clone())
        };
        let addresses: Vec<String> = markup.references.iter().map(address).collect();
        markup.fill(&addresses)
    }
}
