//! What is said of each clause of a version: how to cite it, and which version changed it last.
//!
//! Themes show it where a reader has asked for the clause by its link, and not on paper.

use std::collections::BTreeMap;

use super::records::Records;
use crate::markup::escape::{push, push_href};
use crate::model::Language;
use crate::model::document::{TextFile, VersionId};
use crate::urls::Address;

/// What is said of the clauses of a version in a language, in their order. `current` is whether
/// the version is in force, which knows the changes up to today.
pub(super) fn said(
    records: Records<'_, '_>,
    (path, id, language): (&str, VersionId, Option<&Language>),
    text: &TextFile,
    current: bool,
) -> Vec<String> {
    let changed = if current {
        last_changes(records, path)
    } else {
        BTreeMap::new()
    };
    let base = &records.prepared.site.config.base_url;
    let sections = records.prepared.outline(text).sections.iter();
    let cite = |anchor: &str| {
        let address = Address::version(path, id, language).at(anchor).url(base);
        let mut out = String::from("<p class=\"cite\">");
        push(&mut out, records.strings().get("cite"));
        out.push_str(" <bdi>");
        push(&mut out, &address);
        out.push_str("</bdi>");
        if let Some(changed) = changed.get(anchor) {
            out.push_str(changed);
        }
        out.push_str("</p>\n");
        out
    };
    sections.map(|section| cite(section.anchor())).collect()
}

/// The version that changed each section last, by its anchor; nothing of those that stand as they
/// were first published.
fn last_changes(records: Records<'_, '_>, path: &str) -> BTreeMap<String, String> {
    let all = records.sections(path).into_iter();
    let changed = all.filter_map(|section| {
        let changed = section.changed?;
        let first = section.versions.first().map(|range| range.first.clone());
        if first.as_ref() == Some(&changed.version) && changed.what.is_none() {
            return None;
        }
        let mut out = String::from(" <span class=\"last-changed\">");
        push(&mut out, records.strings().get("last_changed"));
        out.push_str(": <a href=\"");
        push_href(&mut out, &changed.address);
        out.push_str("\"><bdi>");
        push(&mut out, &changed.version);
        out.push_str("</bdi></a></span>");
        Some((section.anchor, out))
    });
    changed.collect()
}
