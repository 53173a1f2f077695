//! Every version of a document with what it changed, and every section through them.

use super::shape::{Change, Entry, History, Range, Section};
use super::{Records, shown};
use crate::history::History as Standings;
use crate::model::document::{Document, VersionId};
use crate::prepared::{Past, Role};
use crate::sections::{self, Edition};

/// The history of a document. Its texts are read, in the site's first language, and no others.
pub(super) fn history<'s>(
    records: Records<'_, 's>,
    document: &'s Document,
    standings: &Standings,
) -> History {
    let versions: Vec<_> = standings
        .ids()
        .filter_map(|id| document.version(id))
        .collect();
    let roles = versions
        .iter()
        .map(|version| Role::Version(document, version, None));
    let past = records.texts.past(&roles.collect::<Vec<_>>());
    let ids: Vec<VersionId> = versions.iter().map(|version| version.id).collect();
    let sections = sections(records, document, &ids, &past, standings);
    let entries = ids.iter().zip(past).filter_map(|(id, past)| {
        let version = records.version(document, standings, *id)?;
        let changes = past.changes;
        Some(Entry { version, changes })
    });
    let mut versions: Vec<Entry> = entries.collect();
    versions.reverse();
    History {
        document: records.document(document, shown(standings)),
        versions,
        withdrawn: records.gone(&document.path, records.archive.day(), None),
        sections,
    }
}

fn sections(
    records: Records<'_, '_>,
    document: &Document,
    ids: &[VersionId],
    past: &[Past],
    standings: &Standings,
) -> Vec<Section> {
    let editions: Vec<Edition<'_>> = ids
        .iter()
        .zip(past)
        .map(|(id, past)| Edition {
            id: *id,
            sections: &past.sections,
            changes: past.changes.as_ref(),
        })
        .collect();
    let all = sections::histories(&editions, standings.in_force());
    all.iter()
        .map(|history| section(records, &document.path, history))
        .collect()
}

fn section(records: Records<'_, '_>, path: &str, history: &sections::History<'_>) -> Section {
    let change = |change: &sections::Change| Change {
        version: change.version,
        kind: change.kind.name(),
        address: records.url(&change.address(path, None)),
    };
    let range = |(first, last): &(VersionId, VersionId)| Range {
        first: *first,
        last: *last,
    };
    Section {
        heading: history.section.heading.to_owned(),
        number: history.section.number.map(str::to_owned),
        anchor: history.section.anchor().to_owned(),
        place: history.place.name(),
        address: records.url(&history.address(path, None)),
        versions: history.versions.iter().map(range).collect(),
        changed: history.changed.as_ref().map(change),
        coming: history.coming.as_ref().map(change),
    }
}
