//! The pages that show what changed: a version against the one before it, and the version in force
//! against an earlier one.

use super::contract::{Changes, Shared};
use super::notice::Notices;
use super::page::{Given, Pages};
use crate::diagnostic::Diagnostic;
use crate::model::Language;
use crate::model::document::VersionId;
use crate::redline;
use crate::urls::Address;

/// How many of the versions that changed an earlier one its page names. The history has them all;
/// were they all on the page of each version, a long history would cost its square.
const MOST_PASSED: usize = 25;

impl<'s> Pages<'_, 's> {
    /// What a version changed against the one before it.
    pub(super) fn redline(
        &self,
        address: &Address,
        path: &'s str,
        id: VersionId,
        translation: Option<&'s Language>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let prepared = self.prepared;
        let before = prepared.predecessor(path, id, translation);
        let old = before.and_then(|id| prepared.role(path, id, translation));
        let new = prepared.role(path, id, translation);
        let shown = old
            .zip(new)
            .and_then(|(old, new)| prepared.redline(old, new));
        let own = |language: Option<&Language>| {
            self.prepared.archive.text(path, id, language)?;
            Some(Address::redline(path, id, language))
        };
        let versions = Compared {
            path,
            translation,
            old: before,
            new: id,
        };
        self.comparison("redline", address, &versions, shown, &own)
    }

    /// What has changed from a version to the one in force.
    pub(super) fn since(
        &self,
        address: &Address,
        path: &'s str,
        id: VersionId,
        translation: Option<&'s Language>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let prepared = self.prepared;
        let in_force = prepared.archive.shown(path, translation).unwrap_or(id);
        let old = prepared.role(path, id, translation);
        let new = prepared.role(path, in_force, translation);
        let pair = old.zip(new).filter(|_| in_force != id);
        let shown = pair.and_then(|(old, new)| prepared.redline(old, new));
        let own = |language: Option<&Language>| {
            prepared.archive.text(path, id, language)?;
            let shown = prepared.archive.shown(path, language)?;
            (id <= shown).then(|| Address::since(path, id, language))
        };
        let versions = Compared {
            path,
            translation,
            old: Some(id),
            new: in_force,
        };
        self.comparison("since", address, &versions, shown, &own)
    }

    /// The versions that changed an earlier one, newest first, and whether there are more of them.
    fn passed(&self, kind: &str, versions: &Compared<'s>) -> (Vec<Shared>, bool) {
        let document = self.prepared.archive.document(versions.path);
        let Some((_, history)) = document.filter(|_| kind == "since") else {
            return (Vec::new(), false);
        };
        let records = self.records(versions.translation);
        let since = |id: &VersionId| Some(*id) > versions.old && *id <= versions.new;
        let mut ids = history.ids().rev().filter(since);
        let latest = ids.by_ref().take(MOST_PASSED);
        let latest = latest.filter_map(|id| records.record(versions.path, id));
        (latest.collect(), ids.next().is_some())
    }

    fn comparison(
        &self,
        kind: &'static str,
        address: &Address,
        versions: &Compared<'s>,
        shown: Option<(String, &redline::Changes)>,
        alternate: &dyn Fn(Option<&Language>) -> Option<Address>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Compared {
            path,
            translation,
            old,
            new,
        } = *versions;
        let records = self.records(translation);
        let version = records.record(path, new);
        let title = version
            .as_ref()
            .map_or_else(String::new, |version| version.title.clone());
        let mut page = self.page(kind, address, translation, title);
        page.noindex = true;
        page.relations
            .push(self.relation("version-history", &Address::history(path, translation)));
        if self.prepared.archive.shown(path, None).is_some() {
            page.relations
                .push(self.relation("latest-version", &records.in_force_address(path)));
        }
        self.set_alternates(&mut page, translation, Some(path), alternate);
        page.feeds = self.feeds(Some(path), translation);
        let notices = Notices { records, path };
        let notice = version.as_ref().map_or_else(String::new, |record| {
            notices.for_redline(new, record, kind == "since")
        });
        let changes: Option<Changes> = shown
            .as_ref()
            .map(|(_, changes)| records.changes(changes, translation));
        let (passed, more) = self.passed(kind, versions);
        let given = Given {
            notice,
            document: records.document(path),
            versions: passed,
            more,
            previous: old.and_then(|id| records.record(path, id)),
            version,
            first: records.first(path, new).filter(|_| kind == "redline"),
            changes,
            html: shown.map(|(html, _)| (html, String::new())),
            ..Given::default()
        };
        self.fill("redline.html", page, translation, given)
    }
}

/// The versions that a page compares.
struct Compared<'s> {
    path: &'s str,
    translation: Option<&'s Language>,
    old: Option<VersionId>,
    new: VersionId,
}
