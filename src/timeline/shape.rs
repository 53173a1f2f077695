//! What commands print of documents and days: each structure is an object of their JSON.
//!
//! A field that is here never goes away within a major version; new ones may come.

use serde::Serialize;

use crate::model::document::{Standing, VersionId};
use crate::model::{Date, plain};
use crate::redline::Changes;

/// The versions of documents, as known on a day.
#[derive(Serialize)]
pub struct Timeline {
    /// The day.
    #[serde(serialize_with = "plain::word")]
    pub day: Date,
    /// The documents, in the order of the front page.
    pub documents: Vec<History>,
}

/// A document with all its public versions.
#[derive(Serialize)]
pub struct History {
    /// The document.
    #[serde(flatten)]
    pub document: Document,
    /// Its versions, newest first.
    pub versions: Vec<Entry>,
    /// Its texts that were withdrawn, newest first.
    pub withdrawn: Vec<Gone>,
    /// Its sections: those in force in their order, then what is only to come, then what is gone.
    pub sections: Vec<Section>,
}

/// A version in a history.
#[derive(Serialize)]
pub struct Entry {
    /// The version.
    #[serde(flatten)]
    pub version: Version,
    /// What it changed against the version before it; null for the first.
    pub changes: Option<Changes>,
}

/// A section through the versions.
#[derive(Serialize)]
pub struct Section {
    /// Its heading, in force or else in the latest version that has it.
    pub heading: String,
    /// Its number there.
    pub number: Option<String>,
    /// Its anchor there.
    pub anchor: String,
    /// Where it can be read: `in-force`, `upcoming` or `gone`.
    pub place: &'static str,
    /// Its address: in the text in force, or else in the latest version that has it.
    pub address: String,
    /// The versions that have it, oldest first.
    pub versions: Vec<Range>,
    /// Its latest change up to the version in force; null while it is only to come.
    pub changed: Option<Change>,
    /// Its first change after the version in force.
    pub coming: Option<Change>,
}

/// Versions that follow one another.
#[derive(Serialize)]
pub struct Range {
    /// The first of them.
    #[serde(serialize_with = "plain::word")]
    pub first: VersionId,
    /// The last of them.
    #[serde(serialize_with = "plain::word")]
    pub last: VersionId,
}

/// What a version changed in a section.
#[derive(Serialize)]
pub struct Change {
    /// The version.
    #[serde(serialize_with = "plain::word")]
    pub version: VersionId,
    /// What it did: `first`, `new`, `changed` or `removed`.
    pub kind: &'static str,
    /// Where that can be read.
    pub address: String,
}

/// Which versions applied on a day.
#[derive(Serialize)]
pub struct AsOf {
    /// The day that is asked about.
    #[serde(serialize_with = "plain::word")]
    pub day: Date,
    /// The day whose knowledge the answer rests on: today.
    #[serde(serialize_with = "plain::word")]
    pub known: Date,
    /// The documents, in the order of the front page.
    pub documents: Vec<Answer>,
}

/// Which version of a document applied on a day.
#[derive(Serialize)]
pub struct Answer {
    /// The document.
    #[serde(flatten)]
    pub document: Document,
    /// The version that applied; null where there is no record.
    pub version: Option<Version>,
    /// The day from which another version applied or will apply, as far as is known.
    #[serde(serialize_with = "plain::or_null")]
    pub until: Option<Date>,
    /// The day before which there is no record; null while nothing is public.
    #[serde(serialize_with = "plain::or_null")]
    pub first: Option<Date>,
    /// The text that stood in the version's place on that day, where it was corrected later.
    pub uncorrected: Option<Version>,
    /// Versions dated to this day or before that were published only after it.
    pub late: Vec<Version>,
    /// Versions that were announced on that day, next first.
    pub upcoming: Vec<Version>,
    /// Texts that were public by that day, later than the version, and were withdrawn.
    pub withdrawn: Vec<Gone>,
}

/// A text that was withdrawn and is gone.
#[derive(Clone, Serialize)]
pub struct Gone {
    /// The document.
    #[serde(skip)]
    pub document: String,
    /// The name of its version.
    #[serde(serialize_with = "plain::word")]
    pub id: VersionId,
    /// Its language.
    pub language: String,
    /// When it was to apply.
    #[serde(serialize_with = "plain::word")]
    pub effective: Date,
    /// When it was published.
    #[serde(serialize_with = "plain::word")]
    pub published: Date,
    /// When it was withdrawn.
    #[serde(serialize_with = "plain::word")]
    pub withdrawn: Date,
    /// Why.
    pub reason: String,
}

/// A document.
#[derive(Serialize)]
pub struct Document {
    /// Its path below `content/`.
    pub path: String,
    /// Its name; null while nothing of it is public.
    pub title: Option<String>,
    /// What sort of document it is.
    pub kind: &'static str,
    /// Its own address, which shows what is in force.
    pub address: String,
}

/// A version, as known on a day.
#[derive(Serialize)]
pub struct Version {
    /// Its name within the document.
    #[serde(serialize_with = "plain::word")]
    pub id: VersionId,
    /// Its effective date.
    #[serde(serialize_with = "plain::word")]
    pub effective: Date,
    /// When it was published; of a correction, when what it corrects was.
    #[serde(serialize_with = "plain::word")]
    pub published: Date,
    /// What it is.
    pub standing: Standing,
    /// The day from which it applies: its effective date, or a later one on which it was published.
    #[serde(serialize_with = "plain::word")]
    pub from: Date,
    /// The day from which another version applied instead.
    #[serde(serialize_with = "plain::or_null")]
    pub superseded: Option<Date>,
    /// Of a correction, the day on which it was made.
    #[serde(serialize_with = "plain::or_null")]
    pub made: Option<Date>,
    /// The day on which this text was corrected for the first time.
    #[serde(serialize_with = "plain::or_null")]
    pub corrected: Option<Date>,
    /// The latest version that corrects it, or else the one that took its place.
    #[serde(serialize_with = "plain::or_null")]
    pub by: Option<VersionId>,
    /// Why a correction was made.
    pub reason: Option<String>,
    /// What changed against the version before.
    pub summary: Option<String>,
    /// Whether the change is material.
    pub material: bool,
    /// Its permanent address.
    pub address: String,
    /// Its texts, the original first.
    pub languages: Vec<Text>,
}

/// The text of a version in a language.
#[derive(Serialize)]
pub struct Text {
    /// The language.
    pub code: String,
    /// The day from which it can be read.
    #[serde(serialize_with = "plain::word")]
    pub published: Date,
    /// Its file.
    pub file: String,
    /// Its permanent address.
    pub address: String,
}
