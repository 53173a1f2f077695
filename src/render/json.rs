//! What programs are told of a document and its versions: each structure is an object of the JSON.
//!
//! A field that is here never goes away within a major version; new ones may come.

use serde::Serialize;

use super::records::Records;
use crate::ledger::{Digest, Kind};
use crate::model::document::{Standing, VersionId};
use crate::model::{Date, plain};
use crate::urls::Address;

/// A document in a language.
#[derive(Serialize)]
struct Document {
    id: String,
    language: String,
    title: String,
    kind: &'static str,
    /// The version that its own address shows.
    current: Option<String>,
    /// The versions that have a text in the language, newest first.
    versions: Vec<Version>,
    withdrawn: Vec<Withdrawn>,
    addresses: OfDocument,
}

/// A version in a language.
#[derive(Serialize)]
struct Version {
    id: String,
    document: String,
    #[serde(rename = "version", serialize_with = "plain::word")]
    name: VersionId,
    language: String,
    title: String,
    #[serde(serialize_with = "plain::word")]
    effective: Date,
    #[serde(serialize_with = "plain::word")]
    published: Date,
    standing: Standing,
    #[serde(serialize_with = "plain::word")]
    from: Date,
    #[serde(serialize_with = "plain::or_null")]
    superseded: Option<Date>,
    #[serde(serialize_with = "plain::or_null")]
    corrected: Option<Date>,
    by: Option<String>,
    reason: Option<String>,
    summary: Option<String>,
    material: bool,
    #[serde(serialize_with = "plain::or_null")]
    words: Option<Digest>,
    sealed: Option<Sealed>,
    addresses: OfVersion,
}

/// What the ledger says of a text.
#[derive(Serialize)]
struct Sealed {
    entry: usize,
    #[serde(serialize_with = "plain::word")]
    day: Date,
    #[serde(serialize_with = "plain::word")]
    source: Digest,
    #[serde(serialize_with = "plain::word")]
    record: Digest,
}

/// A version that is gone.
#[derive(Serialize)]
struct Withdrawn {
    id: String,
    language: String,
    entry: usize,
    #[serde(serialize_with = "plain::word")]
    day: Date,
    reason: String,
    address: String,
}

#[derive(Serialize)]
struct OfDocument {
    text: String,
    history: String,
    feed: String,
    json: String,
}

#[derive(Serialize)]
struct OfVersion {
    text: String,
    redline: String,
    record: Option<String>,
    words: Option<String>,
    json: String,
    document: String,
}

/// A version of a document, or else the document, as JSON.
pub(super) fn render(records: Records<'_, '_>, path: &str, id: Option<VersionId>) -> String {
    let json = match id {
        Some(id) => serde_json::to_string_pretty(&records.version_json(path, id)),
        None => serde_json::to_string_pretty(&records.document_json(path)),
    };
    // Nothing in it can fail to be written.
    let mut json = json.unwrap_or_default();
    json.push('\n');
    json
}

impl Records<'_, '_> {
    fn document_json(self, path: &str) -> Option<Document> {
        let (source, history) = self.prepared.archive.document(path)?;
        let archive = &self.prepared.archive;
        let language = self.translation;
        let withdrawn = self
            .withdrawn(path)
            .into_iter()
            .filter_map(|(entry, address)| {
                let Kind::Withdrawal { withdrawn, reason } = &entry.kind else {
                    return None;
                };
                Some(Withdrawn {
                    id: name(path, entry.text.version),
                    language: entry.text.language.clone(),
                    entry: entry.number,
                    day: *withdrawn,
                    reason: reason.clone(),
                    address: self.url(&address),
                })
            });
        Some(Document {
            id: path.to_owned(),
            language: self.code(),
            title: self.document(path)?.title,
            kind: source.settings.kind.name(),
            current: archive.shown(path, language).map(|id| name(path, id)),
            versions: history
                .ids()
                .rev()
                .filter_map(|id| self.version_json(path, id))
                .collect(),
            withdrawn: withdrawn.collect(),
            addresses: OfDocument {
                text: self.url(&self.current_address(path)),
                history: self.url(&Address::history(path, language)),
                feed: self.url(&Address::feed(Some(path), language)),
                json: self.url(&Address::document_json(path, language)),
            },
        })
    }

    /// A version, if it has a text in the language.
    fn version_json(self, path: &str, id: VersionId) -> Option<Version> {
        let archive = &self.prepared.archive;
        let (_, history) = archive.document(path)?;
        let place = history.standing(id)?;
        let version = archive.version(path, id)?;
        let language = self.translation;
        let text = archive.text(path, id, language)?;
        let outline = self.prepared.outline(text);
        let correction = history.first_correction(id);
        let corrected = correction.and_then(|id| super::records::made(archive.version(path, id)?));
        let sealed = self.sealed_json(path, id);
        let there = sealed.is_some();
        let if_sealed = |address: Address| there.then(|| self.url(&address));
        Some(Version {
            id: name(path, id),
            document: path.to_owned(),
            name: id,
            language: self.code(),
            title: outline.title.clone(),
            effective: id.effective,
            published: version.public(text),
            standing: place.standing,
            from: place.from,
            superseded: place.superseded,
            corrected,
            by: place.by.map(|by| name(path, by)),
            reason: self
                .said(version, language, |front| front.reason.as_ref())
                .0,
            summary: self
                .said(version, language, |front| front.summary.as_ref())
                .0,
            material: version.original.front.material,
            words: outline.words,
            sealed,
            addresses: OfVersion {
                text: self.url(&Address::version(path, id, language)),
                redline: self.url(&Address::redline(path, id, language)),
                record: if_sealed(Address::record(path, id, language)),
                words: if_sealed(Address::words(path, id, language)),
                json: self.url(&Address::version_json(path, id, language)),
                document: self.url(&Address::document_json(path, language)),
            },
        })
    }

    fn sealed_json(self, path: &str, id: VersionId) -> Option<Sealed> {
        let entry = self.prepared.seal(path, id, self.translation)?;
        match entry.kind {
            Kind::Seal {
                source,
                record,
                sealed,
                ..
            } => Some(Sealed {
                entry: entry.number,
                day: sealed,
                source,
                record,
            }),
            Kind::Withdrawal { .. } => None,
        }
    }

    fn url(self, address: &Address) -> String {
        address.url(&self.prepared.site.config.base_url)
    }

    fn code(self) -> String {
        let config = &self.prepared.site.config;
        let language = self
            .translation
            .unwrap_or_else(|| config.default_language());
        language.to_string()
    }
}

/// What a version is called for ever: `privacy@2022-12-22`.
fn name(path: &str, id: VersionId) -> String {
    format!("{path}@{id}")
}
