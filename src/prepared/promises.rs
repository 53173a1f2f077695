//! What a new version owes its readers: a word on what changed, and the anchors that links rely on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Prepared, Role};
use crate::diagnostic::{Diagnostic, Place, Severity, rules};
use crate::model::Language;
use crate::model::document::{Document, Version, VersionId};
use crate::redline::Anchors;

/// The places of links by the document and the anchor that they name.
type LinksTo<'p> = BTreeMap<(String, String), Vec<&'p Place>>;

impl<'s> Prepared<'s> {
    /// Tells which versions do not say what they changed, and which anchors are gone.
    pub(super) fn check_promises(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for document in self.site.documents.values() {
            found.extend(document.versions.iter().skip(1).filter_map(unsaid));
            let languages = self.site.config.languages.iter().skip(1).map(Some);
            for language in std::iter::once(None).chain(languages) {
                self.check_anchors(document, language, &mut found);
            }
        }
        if found
            .iter()
            .any(|problem| problem.rule == &rules::ANCHOR_GONE)
        {
            self.name_links(&mut found);
        }
        found
    }

    /// Tells the anchors that versions of a document had and that the one in force has no more, and
    /// those that a version to come will not have. What is past cannot be mended, and is passed over.
    fn check_anchors(
        &self,
        document: &'s Document,
        language: Option<&'s Language>,
        found: &mut Vec<Diagnostic>,
    ) {
        let path = document.path.as_str();
        let in_force = self.archive.shown(path, language);
        let mut gone: BTreeMap<String, Role<'s>> = BTreeMap::new();
        let mut before: Option<Role<'s>> = None;
        for role in self.in_order(document, language) {
            let anchors = before.map_or_else(Anchors::default, |before| self.anchors(before, role));
            for anchor in &anchors.came {
                gone.remove(anchor);
            }
            if let Some(before) = before {
                gone.extend(anchors.gone.into_iter().map(|anchor| (anchor, before)));
            }
            before = Some(role);
            if role
                .id()
                .is_none_or(|id| in_force.is_none_or(|in_force| id >= in_force))
            {
                let missing = std::mem::take(&mut gone).into_iter();
                found.extend(missing.map(|(anchor, last)| anchor_gone(&anchor, last, role)));
            }
        }
    }

    /// The texts of a document in a language in their order, the draft last.
    fn in_order(&self, document: &'s Document, language: Option<&'s Language>) -> Vec<Role<'s>> {
        let versions = document
            .versions
            .iter()
            .map(|version| Role::Version(document, version, language));
        let drafts = self.site.drafts.iter();
        let drafts = drafts
            .filter(|draft| {
                draft.document == document.path && draft.translation.as_ref() == language
            })
            .map(Role::Draft);
        versions
            .filter(|role| role.is_written())
            .chain(drafts)
            .collect()
    }

    /// The anchors that came and went from a text to the next.
    fn anchors(&self, old: Role<'s>, new: Role<'s>) -> Anchors {
        match self.comparison(new.file()) {
            Some(comparison) if self.follows(old, new) => comparison.anchors.clone(),
            _ => self.texts.anchors(old, new),
        }
    }

    /// Adds the places of links that name an anchor which is gone.
    fn name_links(&self, found: &mut [Diagnostic]) {
        let links = self.links_to();
        for problem in found
            .iter_mut()
            .filter(|problem| problem.rule == &rules::ANCHOR_GONE)
        {
            let Some((document, anchor)) = named(problem) else {
                continue;
            };
            let places: BTreeSet<&Place> = links
                .get(&(document, anchor))
                .into_iter()
                .flatten()
                .copied()
                .collect();
            for place in places.into_iter().take(MOST_LINKS) {
                *problem = problem
                    .clone()
                    .note("a link to it stands here", Some(place.clone()));
            }
        }
    }

    fn links_to(&self) -> LinksTo<'_> {
        let mut to = LinksTo::new();
        let links = self.links();
        for outline in self.outlines.values() {
            for reference in &outline.markup.references {
                let place = &reference.origin.place;
                if let Some((path, anchor)) = reference.destination.split_once('#')
                    && !path.is_empty()
                    && let Some(document) = links.document_named(path, &place.path)
                {
                    to.entry((document, anchor.to_owned()))
                        .or_default()
                        .push(place);
                }
            }
        }
        to
    }
}

/// How many links to one anchor are named.
const MOST_LINKS: usize = 8;

/// A version that does not say what it changed. A correction gives its reason instead.
fn unsaid(version: &Version) -> Option<Diagnostic> {
    let (id, front): (VersionId, _) = (version.id, &version.original.front);
    let says = front
        .summary
        .as_ref()
        .is_some_and(|summary| !summary.trim().is_empty());
    if says || id.revision > 1 || !version.original.sound {
        return None;
    }
    let message = format!("{id} does not say what it changed");
    let help = "add `summary = \"…\"` to the front matter; until then readers get counts and the names of sections";
    let place = Place::file(&version.original.path);
    Some(Diagnostic::new(&rules::NO_SUMMARY, place, message, help))
}

fn anchor_gone(anchor: &str, last: Role<'_>, now: Role<'_>) -> Diagnostic {
    let message = format!("the anchor `{anchor}` is gone");
    let help =
        format!("write `{{#… alias={anchor}}}` at the heading that readers should find instead");
    let place = Place::file(&now.file().path);
    let last = Place::file(&last.file().path);
    let mut problem = Diagnostic::new(&rules::ANCHOR_GONE, place, message, help)
        .note("a section had it here", Some(last));
    if matches!(now, Role::Draft(_)) {
        problem.severity = Severity::Warning;
    }
    problem
}

/// The document and the anchor that a problem is about.
fn named(problem: &Diagnostic) -> Option<(String, String)> {
    let anchor = problem.message.split('`').nth(1)?.to_owned();
    let path = problem.place.path.strip_prefix("content/")?;
    Some((path.rsplit_once('/')?.0.to_owned(), anchor))
}
