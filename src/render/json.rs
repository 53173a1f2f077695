//! What programs are told of a document and its versions: each structure is an object of the JSON.
//!
//! A field that is here never goes away within a major version; new ones may come.

use serde::Serialize;

use super::records::Records;
use crate::ledger::Kind::Seal;
use crate::ledger::{self, Digest, Entry};
use crate::model::document::{Document as Source, Kind, Standing, VersionId};
use crate::model::{Date, Language, plain};
use crate::urls::Address;

/// A document in a language.
#[derive(Serialize)]
struct Document {
    id: String,
    language: String,
    title: String,
    kind: &'static str,
    governing_language: Option<String>,
    /// The version that its own address shows.
    current: Option<String>,
    /// The versions that have a text in the language, newest first.
    versions: Vec<Version>,
    withdrawn: Vec<Gone>,
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
    governing_language: Option<String>,
    /// Of a translation, what it follows.
    original: Option<Original>,
    sealed: Option<Sealed>,
    /// When it was withdrawn before it was sealed again.
    withdrawals: Vec<Withdrawal>,
    addresses: OfVersion,
}

/// The words that a translation follows, and those of its original.
#[derive(Serialize)]
struct Original {
    follows: Option<String>,
    #[serde(serialize_with = "plain::word")]
    words: Digest,
    lags: Option<bool>,
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

/// A time at which a text was withdrawn.
#[derive(Serialize)]
struct Withdrawal {
    entry: usize,
    #[serde(serialize_with = "plain::word")]
    day: Date,
    #[serde(serialize_with = "plain::word")]
    until: Date,
    reason: String,
}

/// A text that was withdrawn and is gone, as the ledger knows it.
#[derive(Serialize)]
struct Gone {
    id: String,
    document: String,
    #[serde(rename = "version", serialize_with = "plain::word")]
    name: VersionId,
    language: String,
    #[serde(serialize_with = "plain::word")]
    effective: Date,
    #[serde(serialize_with = "plain::word")]
    published: Date,
    standing: &'static str,
    #[serde(serialize_with = "plain::word")]
    words: Digest,
    sealed: Sealed,
    withdrawn: Withdrawn,
    addresses: OfWithdrawn,
}

/// How it was withdrawn.
#[derive(Serialize)]
struct Withdrawn {
    entry: usize,
    #[serde(serialize_with = "plain::word")]
    day: Date,
    reason: String,
}

#[derive(Serialize)]
struct OfDocument {
    text: Option<String>,
    history: Option<String>,
    feed: Option<String>,
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

#[derive(Serialize)]
struct OfWithdrawn {
    text: String,
    json: String,
    document: String,
}

/// A document as JSON.
pub(super) fn document(records: Records<'_, '_>, path: &str) -> String {
    written(&records.document_json(path))
}

/// A version of a document as JSON.
pub(super) fn version(records: Records<'_, '_>, path: &str, id: VersionId) -> String {
    written(&records.version_json(path, id))
}

/// A text that was withdrawn as JSON.
pub(super) fn withdrawn(records: Records<'_, '_>, entry: &Entry) -> String {
    written(&records.withdrawn_json(entry))
}

fn written(told: &impl Serialize) -> String {
    // Nothing in it can fail to be written.
    let mut json = serde_json::to_string_pretty(told).unwrap_or_default();
    json.push('\n');
    json
}

impl Records<'_, '_> {
    /// A document; also one of which only withdrawn texts are left.
    fn document_json(self, path: &str) -> Document {
        let archive = &self.prepared.archive;
        let language = self.translation;
        let known = self.known(path);
        let if_known = |address: Address| known.is_some().then(|| self.url(&address));
        let ids = known.iter().flat_map(|(_, history)| history.ids().rev());
        let withdrawn = self.withdrawn(path).into_iter();
        Document {
            id: path.to_owned(),
            language: self.code(),
            title: self.name(path).0,
            kind: known
                .map_or_else(Kind::default, |(source, _)| source.settings.kind)
                .name(),
            governing_language: known.and_then(|(source, _)| self.governing(source)),
            current: archive.shown(path, language).map(|id| name(path, id)),
            versions: ids.filter_map(|id| self.version_json(path, id)).collect(),
            withdrawn: withdrawn
                .filter_map(|(entry, _)| self.withdrawn_json(entry))
                .collect(),
            addresses: OfDocument {
                text: if_known(self.current_address(path)),
                history: if_known(self.history_address(path)),
                feed: if_known(self.feed_address(Some(path))),
                json: self.url(&Address::document_json(path, language)),
            },
        }
    }

    /// A version, if it has a text in the language.
    fn version_json(self, path: &str, id: VersionId) -> Option<Version> {
        let archive = &self.prepared.archive;
        let (document, history) = archive.document(path)?;
        let place = history.standing(id)?;
        let version = archive.version(path, id)?;
        let language = self.translation;
        let text = archive.text(path, id, language)?;
        let outline = self.prepared.outline(text);
        let correction = history.first_correction(id);
        let corrected = correction.and_then(|id| archive.version(path, id)?.made());
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
            governing_language: self.governing(document),
            original: self.original(path, id),
            sealed,
            withdrawals: self.withdrawals(path, id),
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

    fn governing(self, document: &Source) -> Option<String> {
        let language = self.prepared.site.governing(document)?;
        Some(self.code_of(language))
    }

    fn original(self, path: &str, id: VersionId) -> Option<Original> {
        let followed = self.prepared.followed(path, id, self.translation)?;
        Some(Original {
            follows: followed.says.map(|says| format!("sha256:{}", says.value)),
            words: followed.words,
            lags: followed.lags(),
        })
    }

    fn sealed_json(self, path: &str, id: VersionId) -> Option<Sealed> {
        sealed(self.prepared.seal(path, id, self.translation)?)
    }

    fn withdrawals(self, path: &str, id: VersionId) -> Vec<Withdrawal> {
        let text = self.prepared.text_id(path, id, self.translation);
        let gaps = self.prepared.sealed.gaps(&text).into_iter();
        gaps.map(|gap| Withdrawal {
            entry: gap.entry,
            day: gap.from,
            until: gap.until,
            reason: gap.reason.to_owned(),
        })
        .collect()
    }

    /// A text that was withdrawn, by the entry that did it.
    fn withdrawn_json(self, entry: &Entry) -> Option<Gone> {
        let ledger::Kind::Withdrawal { withdrawn, reason } = &entry.kind else {
            return None;
        };
        let text = &entry.text;
        let seal = self.prepared.sealed.last_seal(text)?;
        let Seal {
            published, words, ..
        } = seal.kind
        else {
            return None;
        };
        let (path, id) = (&text.document, text.version);
        let language = self.prepared.language_of(text)?;
        let language = language.as_ref();
        Some(Gone {
            id: name(path, id),
            document: path.clone(),
            name: id,
            language: text.language.clone(),
            effective: id.effective,
            published,
            standing: "withdrawn",
            words,
            sealed: sealed(seal)?,
            withdrawn: Withdrawn {
                entry: entry.number,
                day: *withdrawn,
                reason: reason.clone(),
            },
            addresses: OfWithdrawn {
                text: self.url(&Address::version(path, id, language)),
                json: self.url(&Address::version_json(path, id, language)),
                document: self.url(&Address::document_json(path, language)),
            },
        })
    }

    fn url(self, address: &Address) -> String {
        address.url(&self.prepared.site.config.base_url)
    }

    fn code(self) -> String {
        self.code_of(self.translation)
    }

    fn code_of(self, translation: Option<&Language>) -> String {
        let default = self.prepared.site.config.default_language();
        translation.unwrap_or(default).to_string()
    }
}

/// What an entry that seals a text says of it.
fn sealed(entry: &Entry) -> Option<Sealed> {
    match entry.kind {
        Seal {
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
        ledger::Kind::Withdrawal { .. } => None,
    }
}

/// What a version is called for ever: `privacy@2022-12-22`.
fn name(path: &str, id: VersionId) -> String {
    format!("{path}@{id}")
}
