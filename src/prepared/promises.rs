//! What a new version owes its readers: a word on what changed, and the anchors that links rely on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Prepared, Role};
use crate::diagnostic::{Diagnostic, Place, Severity, rules};
use crate::model::Language;
use crate::model::document::{Document, Version, VersionId};
use crate::redline::Anchors;

/// The places of links by the document and the anchor that they name.
type LinksTo<'p> = BTreeMap<(String, String), BTreeSet<&'p Place>>;

/// What links relied on and a text has no more.
struct Loss<'s> {
    document: &'s str,
    now: Role<'s>,
    /// The anchors that are gone, each with the text that had it last.
    anchors: BTreeMap<String, Role<'s>>,
}

impl<'s> Prepared<'s> {
    /// Tells which versions do not say what they changed, and which anchors are gone.
    pub(super) fn check_promises(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut losses = Vec::new();
        for document in self.site.documents.values() {
            found.extend(document.versions.iter().skip(1).filter_map(unsaid));
            let languages = self.site.config.languages.iter().skip(1).map(Some);
            for language in std::iter::once(None).chain(languages) {
                self.find_losses(document, language, &mut losses);
            }
        }
        if !losses.is_empty() {
            let links = self.links_to();
            found.extend(losses.iter().map(|loss| loss.report(&links)));
        }
        found
    }

    /// Finds the anchors that versions of a document had and that the one in force has no more, and
    /// those that a version to come will not have. What is past cannot be mended, and is passed over.
    fn find_losses(
        &self,
        document: &'s Document,
        language: Option<&'s Language>,
        losses: &mut Vec<Loss<'s>>,
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
            let counts = role
                .id()
                .is_none_or(|id| in_force.is_none_or(|in_force| id >= in_force));
            if counts && !gone.is_empty() {
                losses.push(Loss {
                    document: path,
                    now: role,
                    anchors: std::mem::take(&mut gone),
                });
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

    fn links_to(&self) -> LinksTo<'_> {
        let mut to = LinksTo::new();
        let links = self.links();
        for kept in self.kept.values() {
            for reference in &self.read(kept).outline.markup.references {
                let place = &reference.origin.place;
                if let Some((path, anchor)) = reference.destination.split_once('#')
                    && !path.is_empty()
                    && let Some(document) = links.document_named(path, &place.path)
                {
                    to.entry((document, anchor.to_owned()))
                        .or_default()
                        .insert(place);
                }
            }
        }
        to
    }
}

/// How many links to anchors that are gone are named in one report.
const MOST_LINKS: usize = 8;

impl Loss<'_> {
    /// One report for all anchors that a text has lost.
    fn report(&self, links: &LinksTo<'_>) -> Diagnostic {
        let named: Vec<&str> = self.anchors.keys().map(String::as_str).collect();
        let (message, each) = if let [anchor] = named[..] {
            (format!("the anchor `{anchor}` is gone"), "")
        } else {
            let (count, all) = (named.len(), quoted(&named));
            (format!("{count} anchors are gone: {all}"), "each as ")
        };
        let help = format!(
            "write {each}`{{#… alias={}}}` at the heading that readers should find instead",
            named[0]
        );
        let place = Place::file(&self.now.file().path);
        let mut problem = Diagnostic::new(&rules::ANCHOR_GONE, place, message, help);
        if matches!(self.now, Role::Draft(_)) {
            problem.severity = Severity::Warning;
        }
        self.note_links(self.note_last(problem), links)
    }

    /// Notes which texts had the anchors last.
    fn note_last(&self, mut problem: Diagnostic) -> Diagnostic {
        let mut last: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (anchor, role) in &self.anchors {
            last.entry(&role.file().path).or_default().push(anchor);
        }
        for (path, anchors) in last.into_iter().rev() {
            let message = match anchors[..] {
                [_] if self.anchors.len() == 1 => "a section had it here".to_owned(),
                [anchor] => format!("a section had `{anchor}` here"),
                _ => format!("sections had {} here", quoted(&anchors)),
            };
            problem = problem.note(message, Some(Place::file(path)));
        }
        problem
    }

    /// Notes the links that lead to the anchors.
    fn note_links(&self, mut problem: Diagnostic, links: &LinksTo<'_>) -> Diagnostic {
        let to = |anchor: &'_ String| links.get(&(self.document.to_owned(), anchor.clone()));
        let found = self.anchors.keys().flat_map(|anchor| {
            let places = to(anchor).into_iter().flatten();
            places.map(move |place| (anchor, *place))
        });
        let found: Vec<_> = found.collect();
        for (anchor, place) in found.iter().take(MOST_LINKS) {
            let message = match self.anchors.len() {
                1 => "a link to it stands here".to_owned(),
                _ => format!("a link to `{anchor}` stands here"),
            };
            problem = problem.note(message, Some((*place).clone()));
        }
        match found.len().saturating_sub(MOST_LINKS) {
            0 => problem,
            1 => problem.note("1 more link leads to what is gone", None),
            more => problem.note(format!("{more} more links lead to what is gone"), None),
        }
    }
}

/// Anchors in a sentence.
fn quoted(anchors: &[&str]) -> String {
    let quoted: Vec<String> = anchors.iter().map(|anchor| format!("`{anchor}`")).collect();
    quoted.join(", ")
}

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
