//! What the ledger holds of a text, the checkpoint that covers it, and who witnessed that.

use crate::ledger::merkle::{self, Sibling};
use crate::ledger::{Checkpoint, Digest, Entry, Kind, Ledger, TextId};
use crate::model::Date;
use crate::model::document::VersionId;
use crate::sealed::{LEDGER, Sealed, checkpoint_path, record_path, words_path};
use crate::tree::SourceTree;
use crate::witness::signature::{self, Checked};
use crate::witness::timestamp::{self, Stamp};

/// What proves that a text was published.
pub struct Proof<'s> {
    /// The entry that sealed it first.
    pub entry: Entry,
    /// The entry's lines in the ledger.
    pub lines: &'s str,
    /// When the text was published, as the entry has it.
    pub published: Date,
    /// When it was sealed.
    pub sealed: Date,
    /// The source, where it still is the one that the entry names.
    pub source: Option<&'s [u8]>,
    /// The words as sealed.
    pub words: &'s [u8],
    /// The page as published.
    pub record: &'s [u8],
    /// A checkpoint that covers the entry.
    pub checkpoint: Checkpoint,
    /// What leads from the entry to the checkpoint's root.
    pub siblings: Vec<Sibling>,
    /// The signature over the checkpoint, if there is one.
    pub signature: Option<Signature<'s>>,
    /// The time stamp over the checkpoint, if there is one.
    pub token: Option<Token<'s>>,
}

/// A signature over a checkpoint.
pub struct Signature<'s> {
    /// The file.
    pub text: &'s str,
    /// Whose key made it, where the allowed signers say so.
    pub signer: Option<Signer<'s>>,
}

/// Who signed.
pub struct Signer<'s> {
    /// The file that says so.
    pub allowed: &'s str,
    /// The name under which it has the key.
    pub name: String,
}

/// A time stamp over a checkpoint.
pub struct Token<'s> {
    /// The file.
    pub bytes: &'s [u8],
    /// What it says.
    pub stamp: Stamp,
    /// Whether it comes without the reply around it.
    pub bare: bool,
}

impl<'s> Proof<'s> {
    /// The proof of a text with its source at a path, or why there is none and what to do. `allowed` is
    /// the text of an allowed-signers file.
    pub fn find(
        sealed: &'s Sealed<'_>,
        sources: &'s SourceTree,
        text: &TextId,
        path: &str,
        allowed: Option<&'s str>,
    ) -> Result<Self, String> {
        let entry = first_seal(&sealed.ledger, text)?;
        let Kind::Seal {
            published,
            source,
            words,
            record,
            sealed: day,
        } = entry.kind
        else {
            return Err(not_sealed(text));
        };
        let number = entry.number;
        let missing = || format!("entry {number} is not to be found in {LEDGER}");
        let lines = sealed.ledger.lines(number).ok_or_else(missing)?;
        let checkpoint = checkpoint(sealed, sources, number)?;
        let leaves = sealed.ledger.leaves().get(..checkpoint.size);
        let siblings = leaves.and_then(|leaves| merkle::siblings(leaves, number - 1));
        let at = checkpoint_path(checkpoint.size);
        Ok(Self {
            lines,
            published,
            sealed: day,
            source: held(sources, path, source).ok(),
            words: held(sources, &words_path(text), words)?,
            record: held(sources, &record_path(text), record)?,
            siblings: siblings.ok_or_else(missing)?,
            signature: signature(sources, &at, &checkpoint, allowed)?,
            token: token(sources, &at, &checkpoint)?,
            checkpoint,
            entry: entry.clone(),
        })
    }
}

/// The first of the seals that stand for a text: it is the one that others witnessed first. Later ones
/// have the same words.
fn first_seal<'l>(ledger: &'l Ledger, text: &TextId) -> Result<&'l Entry, String> {
    let about = || {
        ledger
            .entries()
            .iter()
            .rev()
            .filter(|entry| entry.text == *text)
    };
    let page = |entry: &&Entry| match entry.kind {
        Kind::Seal { record, .. } => Some(record),
        Kind::Withdrawal { .. } => None,
    };
    match about().next().map(|entry| &entry.kind) {
        Some(Kind::Seal { record, .. }) => {
            let standing = about().take_while(|entry| page(entry) == Some(*record));
            standing.last().ok_or_else(|| not_sealed(text))
        }
        Some(Kind::Withdrawal { withdrawn, reason }) => Err(withdrawal(text, *withdrawn, reason)),
        None => Err(not_sealed(text)),
    }
}

fn withdrawal(text: &TextId, day: Date, reason: &str) -> String {
    format!(
        "{text} was withdrawn on {day}: “{reason}”; what it said can be proved from the site's files of the day before"
    )
}

fn not_sealed(text: &TextId) -> String {
    let TextId {
        document, version, ..
    } = text;
    format!("{text} is not sealed, so nothing proves it; run `engross seal {document}@{version}`")
}

/// The earliest checkpoint that covers an entry and that somebody witnessed; else the latest of all.
fn checkpoint(
    sealed: &Sealed<'_>,
    sources: &SourceTree,
    number: usize,
) -> Result<Checkpoint, String> {
    let witnessed = |size: &usize| {
        let path = checkpoint_path(*size);
        [".sig", ".tsr"]
            .iter()
            .any(|ending| sources.contains(&format!("{path}{ending}")))
    };
    let mut covering = sealed.checkpoints.range(number..);
    let first = covering.clone().find(|(size, _)| witnessed(size));
    let chosen = first.or_else(|| covering.next_back());
    let none = || format!("no checkpoint covers entry {number}; run `engross seal`");
    chosen.map(|(_, checkpoint)| *checkpoint).ok_or_else(none)
}

/// The bytes of a file, if they are the ones with the digest.
fn held<'s>(sources: &'s SourceTree, path: &str, digest: Digest) -> Result<&'s [u8], String> {
    let bytes = sources
        .bytes(path)
        .filter(|bytes| Digest::of(bytes) == digest);
    bytes.ok_or_else(|| format!("{path} is not what was sealed; restore it from version control"))
}

fn signature<'s>(
    sources: &'s SourceTree,
    path: &str,
    checkpoint: &Checkpoint,
    allowed: Option<&'s str>,
) -> Result<Option<Signature<'s>>, String> {
    let path = format!("{path}.sig");
    let Some(text) = sources.text(&path) else {
        return Ok(None);
    };
    let file = allowed.unwrap_or_default();
    let message = checkpoint.to_string();
    let principals = match signature::check(text, message.as_bytes(), file, checkpoint.date) {
        Checked::Bad { why } => return Err(format!("{path} does not hold: {why}")),
        Checked::Good { principals, .. } => principals,
        Checked::GoodButUnknown { .. } | Checked::CannotTell { .. } => Vec::new(),
    };
    // The name becomes part of a command.
    let name = principals.into_iter().find(|name| !name.contains('\''));
    let signer = allowed
        .zip(name)
        .map(|(allowed, name)| Signer { allowed, name });
    Ok(Some(Signature { text, signer }))
}

fn token<'s>(
    sources: &'s SourceTree,
    path: &str,
    checkpoint: &Checkpoint,
) -> Result<Option<Token<'s>>, String> {
    let path = format!("{path}.tsr");
    let Some(bytes) = sources.bytes(&path) else {
        return Ok(None);
    };
    let stamp = timestamp::read(bytes).map_err(|why| format!("{path}: {why}"))?;
    if !stamp.holds(checkpoint.to_string().as_bytes()) {
        return Err(format!("{path} is a time stamp of something else"));
    }
    let bare = timestamp::is_bare(bytes);
    Ok(Some(Token { bytes, stamp, bare }))
}

/// What is to be said of a text that stood on a day instead of the one that is found today, and was
/// withdrawn since, if there is one.
pub fn taken_back(
    ledger: &Ledger,
    (document, language): (&str, &str),
    found: Option<VersionId>,
    day: Date,
) -> Option<String> {
    let stood = |entry: &&Entry| {
        let TextId {
            document: path,
            version,
            language: own,
        } = &entry.text;
        let Kind::Seal { published, .. } = entry.kind else {
            return false;
        };
        path == document
            && own == language
            && version.effective.max(published) <= day
            && found.is_none_or(|found| found < *version)
    };
    let mut latest = ledger
        .entries()
        .iter()
        .filter(stood)
        .filter_map(|entry| ledger.latest(&entry.text));
    latest.find_map(|entry| match &entry.kind {
        Kind::Withdrawal { withdrawn, reason } if *withdrawn > day => {
            Some(withdrawal(&entry.text, *withdrawn, reason))
        }
        _ => None,
    })
}
