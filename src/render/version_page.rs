//! The page of a version: at its permanent address, and at the document's own while it is in force.

use super::clauses;
use super::contract::Relation;
use super::notice::Notices;
use super::page::{Given, Pages};
use crate::diagnostic::Diagnostic;
use crate::model::Language;
use crate::model::document::{Standing, VersionId};
use crate::prepared::Role;
use crate::urls::Address;

/// What stands on the page of a version.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shows {
    /// Its text.
    Text,
    /// Its text as a redline, where there is another to compare it with.
    Redline,
    /// Its text, and that the page is a copy, which tells of no later day.
    Copy,
}

impl<'s> Pages<'_, 's> {
    pub(super) fn version(
        &self,
        address: &Address,
        (path, id, translation): (&'s str, VersionId, Option<&'s Language>),
        current: bool,
        shows: Shows,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let archive = &self.prepared.archive;
        let records = self.records(translation);
        // A route to a version is made only for one that is public.
        let (Some((document, history)), Some(version), Some(record)) = (
            archive.document(path),
            archive.version(path, id),
            records.record(path, id),
        ) else {
            return Ok(Vec::new());
        };
        let standing = history
            .standing(id)
            .map_or(Standing::InForce, |place| place.standing);
        let kind = if current { "current" } else { "version" };
        let mut page = self.page(kind, address, translation, record.title.clone());
        page.noindex = !current && self.prepared.site.config.noindex.contains(&standing);
        page.relations = self.version_relations(address, path, id, translation, current);
        self.set_alternates(&mut page, translation, Some(path), |language| {
            if current {
                archive
                    .shown(path, language)
                    .map(|_| Address::document(path, language))
            } else {
                archive
                    .text(path, id, language)
                    .map(|_| Address::version(path, id, language))
            }
        });
        page.feeds = self.feeds(Some(path), translation);
        let notices = Notices { records, path };
        let mut notice = if current {
            notices.for_current(id, &record)
        } else {
            notices.for_version(id, &record)
        };
        if shows == Shows::Copy {
            notice.push_str(&notices.copy(&record));
        }
        let (previous, next) = history.neighbours(id);
        let role = Role::Version(document, version, translation);
        let redline = || Some((self.prepared.redlined(role)?, String::new()));
        let redline = (shows == Shows::Redline).then(redline).flatten();
        let given = Given {
            document: records.document(path),
            previous: previous.and_then(|id| records.record(path, id)),
            next: next.and_then(|id| records.record(path, id)),
            first: records.first(path, id),
            changes: version
                .text(translation)
                .and_then(|text| records.changes_of(text)),
            version: Some(record),
            notice,
            terms: if redline.is_some() {
                String::new()
            } else {
                self.prepared.term_index(role)
            },
            html: redline.or_else(|| Some(self.text(role))),
            ..Given::default()
        };
        self.fill("version.html", page, translation, given)
    }

    /// The text of a version with what is said of its clauses.
    fn text(&self, role: Role<'s>) -> (String, String) {
        let Role::Version(document, version, language) = role else {
            return self.prepared.html(role);
        };
        let version = (document.path.as_str(), version.id, language);
        // The version in force says the same at both of its addresses.
        let is_shown = self.prepared.archive.shown(version.0, language) == Some(version.1);
        let said = clauses::said(self.records(language), version, role.file(), is_shown);
        let each = |at: usize| said.get(at).cloned().unwrap_or_default();
        self.prepared.html_with(role, each)
    }

    /// The relations of RFC 5829; a dated page in force names the document's own address as canonical,
    /// for the words are the same. Others name none: a canonical to other words is a wrong claim.
    fn version_relations(
        &self,
        address: &Address,
        path: &str,
        id: VersionId,
        translation: Option<&'s Language>,
        current: bool,
    ) -> Vec<Relation> {
        let archive = &self.prepared.archive;
        let records = self.records(translation);
        let Some((_, history)) = archive.document(path) else {
            return Vec::new();
        };
        let own = Address::document(path, translation);
        let mut relations = Vec::new();
        if current {
            relations.push(self.relation("canonical", address));
        } else if archive.shown(path, translation) == Some(id) {
            relations.push(self.relation("canonical", &own));
        }
        relations.push(self.relation("version-history", &Address::history(path, translation)));
        if !current && archive.shown(path, None).is_some() {
            relations.push(self.relation("latest-version", &records.in_force_address(path)));
        }
        let (previous, next) = history.neighbours(id);
        if let Some(previous) = previous {
            relations.push(self.relation("predecessor-version", &records.address(path, previous)));
        }
        if let Some(next) = next.filter(|_| !current) {
            relations.push(self.relation("successor-version", &records.address(path, next)));
        }
        relations
    }
}
