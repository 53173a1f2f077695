//! An entry of the ledger and the lines in which it is written.

use std::fmt::{self, Write as _};

use super::digest::Digest;
use crate::model::Date;
use crate::model::document::VersionId;

/// The fields of a seal, in their order.
pub(super) const SEAL: [&str; 13] = [
    "entry",
    "document",
    "version",
    "language",
    "effective",
    "revision",
    "published",
    "source",
    "words",
    "record",
    "sealed",
    "previous",
    "digest",
];

/// The fields of a withdrawal, in their order.
pub(super) const WITHDRAWAL: [&str; 8] = [
    "entry",
    "document",
    "version",
    "language",
    "withdrawn",
    "reason",
    "previous",
    "digest",
];

/// A text: a version of a document in a language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId {
    /// The document's path, which can hold slashes.
    pub document: String,
    /// The version.
    pub version: VersionId,
    /// The language's tag, also of an original.
    pub language: String,
}

impl fmt::Display for TextId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.document, self.version, self.language)
    }
}

/// What an entry says of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// These words were published.
    Seal {
        /// The day the text was made public.
        published: Date,
        /// The digest of its source file.
        source: Digest,
        /// The digest of its words.
        words: Digest,
        /// The digest of its page as published.
        record: Digest,
        /// The day of the entry.
        sealed: Date,
    },
    /// The text is not to be relied on any more.
    Withdrawal {
        /// The day of the entry.
        withdrawn: Date,
        /// Why, in one line.
        reason: String,
    },
}

impl Kind {
    /// The day of the entry.
    pub fn day(&self) -> Date {
        match self {
            Self::Seal { sealed: day, .. } | Self::Withdrawal { withdrawn: day, .. } => *day,
        }
    }

    /// The digest of the words that are sealed, if any are.
    pub fn words(&self) -> Option<Digest> {
        match self {
            Self::Seal { words, .. } => Some(*words),
            Self::Withdrawal { .. } => None,
        }
    }

    /// The digest of the page that is sealed, if one is.
    pub fn record(&self) -> Option<Digest> {
        match self {
            Self::Seal { record, .. } => Some(*record),
            Self::Withdrawal { .. } => None,
        }
    }

    /// The digest of the source that is sealed, if one is.
    pub fn source(&self) -> Option<Digest> {
        match self {
            Self::Seal { source, .. } => Some(*source),
            Self::Withdrawal { .. } => None,
        }
    }
}

/// An entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the ledger, from 1.
    pub number: usize,
    /// The text that it is about.
    pub text: TextId,
    /// What it says of the text.
    pub kind: Kind,
    /// The digest of the entry before, or of the header.
    pub previous: Digest,
    /// The digest of its own lines.
    pub digest: Digest,
}

impl Entry {
    /// An entry that follows the one with the digest `previous`.
    pub(super) fn new(number: usize, text: TextId, kind: Kind, previous: Digest) -> Self {
        let mut entry = Self {
            number,
            text,
            kind,
            previous,
            digest: previous,
        };
        entry.digest = entry.digest_of_lines();
        entry
    }

    /// The digest that its lines give.
    pub(super) fn digest_of_lines(&self) -> Digest {
        Digest::of(self.lines_before_digest())
    }

    /// Its lines, from `entry:` to `digest:`, each with its line feed.
    pub fn write(&self) -> String {
        format!("{}digest: {}\n", self.lines_before_digest(), self.digest)
    }

    fn lines_before_digest(&self) -> String {
        let names: &[&str] = match self.kind {
            Kind::Seal { .. } => &SEAL,
            Kind::Withdrawal { .. } => &WITHDRAWAL,
        };
        let mut lines = String::new();
        for (name, value) in names.iter().zip(self.values()) {
            let _ = writeln!(lines, "{name}: {value}");
        }
        lines
    }

    /// The values of its fields in their order, without the digest.
    fn values(&self) -> Vec<String> {
        let TextId {
            document,
            version,
            language,
        } = &self.text;
        let mut values = vec![
            self.number.to_string(),
            document.clone(),
            version.to_string(),
            language.clone(),
        ];
        values.extend(match &self.kind {
            Kind::Seal {
                published,
                source,
                words,
                record,
                sealed,
            } => vec![
                version.effective.to_string(),
                version.revision.to_string(),
                published.to_string(),
                source.to_string(),
                words.to_string(),
                record.to_string(),
                sealed.to_string(),
            ],
            Kind::Withdrawal { withdrawn, reason } => vec![withdrawn.to_string(), reason.clone()],
        });
        values.push(self.previous.to_string());
        values
    }
}

/// Why an entry cannot be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A value that cannot stand on a line.
    Value {
        /// The field.
        field: &'static str,
    },
    /// A version with the revision 0.
    Revision,
    /// Its day is before that of the last entry.
    Backwards {
        /// Its day.
        day: Date,
        /// The day of the last entry.
        last: Date,
    },
    /// Other words of the text are sealed and were not withdrawn.
    OtherWords {
        /// The text.
        text: TextId,
        /// The entry that seals them.
        entry: usize,
    },
    /// A withdrawal of a text that is not sealed.
    NotSealed {
        /// The text.
        text: TextId,
    },
}

impl Refused {
    /// The field that is to blame, under each of its names.
    pub(super) fn fields(&self) -> &[&'static str] {
        match self {
            Self::Value { field } => std::slice::from_ref(field),
            Self::Revision => &["revision"],
            Self::Backwards { .. } => &["sealed", "withdrawn"],
            Self::OtherWords { .. } => &["words"],
            Self::NotSealed { .. } => &["document"],
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { field } => write!(
                f,
                "`{field}` is not one line without control characters and without space at its ends"
            ),
            Self::Revision => f.write_str("revisions count from 1"),
            Self::Backwards { day, last } => {
                write!(f, "{day} is before {last}, the day of the last entry")
            }
            Self::OtherWords { text, entry } => {
                write!(
                    f,
                    "entry {entry} seals other words of {text}, and they were not withdrawn"
                )
            }
            Self::NotSealed { text } => write!(f, "{text} is withdrawn, but was not sealed"),
        }
    }
}

impl std::error::Error for Refused {}

/// Refuses values that could not be read again as they were written.
pub(super) fn check_values(text: &TextId, kind: &Kind) -> Result<(), Refused> {
    let reason = match kind {
        Kind::Withdrawal { reason, .. } => Some(("reason", reason)),
        Kind::Seal { .. } => None,
    };
    let mut values = [("document", &text.document), ("language", &text.language)]
        .into_iter()
        .chain(reason);
    match values.find(|(_, value)| !is_one_line(value)) {
        Some((field, _)) => Err(Refused::Value { field }),
        None if text.version.revision == 0 => Err(Refused::Revision),
        None => Ok(()),
    }
}

/// Whether a value stands on one line from its first to its last character, as an editor shows it.
fn is_one_line(value: &str) -> bool {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    !value.is_empty() && value.trim() == value && !value.contains(breaks)
}
