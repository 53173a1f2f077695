//! What is compared: a document and two of its versions, as every format names them.

use serde::Serialize;

use crate::model::document::Standing;
use crate::model::{Date, plain};

/// Two texts of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// The document's path below `content/`.
    pub document: String,
    /// The title of the new text.
    pub title: String,
    /// The language of both texts.
    pub language: String,
    /// Whether they are translations.
    #[serde(skip)]
    pub translated: bool,
    /// The version that is compared from; `None` for the first, which follows none.
    pub old: Option<Version>,
    /// The version that is compared to.
    pub new: Version,
}

/// A version, dated or a draft.
#[derive(Clone, Debug, Serialize)]
pub struct Version {
    /// Its name within the document: `2022-12-22.r2` or `draft`.
    pub id: String,
    /// Its effective date; a draft has none.
    #[serde(serialize_with = "plain::or_null")]
    pub effective: Option<Date>,
    /// The day from which its text in this language can be read; a draft has none.
    #[serde(serialize_with = "plain::or_null")]
    pub published: Option<Date>,
    /// What it is; `None` for what is not public.
    pub standing: Option<Standing>,
    /// What it changed against the version before it, in its publisher's words.
    pub summary: Option<String>,
    /// Why a correction was made.
    pub reason: Option<String>,
    /// Whether the change is material.
    pub material: bool,
    /// The file of the text.
    pub file: String,
    /// Its permanent address; `None` for what is not public.
    pub address: Option<String>,
}

impl Compared {
    /// What there is to say where no version precedes the new one.
    pub fn first_words(&self) -> String {
        let (id, language) = (&self.new.id, &self.language);
        let first = if self.translated {
            format!("{id} is the first version with a text in `{language}`")
        } else {
            format!("{id} is the first version")
        };
        format!("{first}: there is none before it to compare it with.")
    }
}

impl Version {
    /// What it is, in words.
    pub fn words(&self) -> String {
        let standing = match (self.standing, self.published) {
            (Some(Standing::InForce), _) => "in force".to_owned(),
            (Some(Standing::Upcoming), _) => "upcoming".to_owned(),
            (Some(Standing::Superseded), _) => "superseded".to_owned(),
            (Some(Standing::Corrected), _) => "corrected later".to_owned(),
            (None, Some(day)) => format!("not public before {day}"),
            (None, None) => "not dated yet".to_owned(),
        };
        let material = if self.material {
            ", a material change"
        } else {
            ""
        };
        format!("{standing}{material}")
    }
}
