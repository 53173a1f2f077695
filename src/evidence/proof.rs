//! What the ledger holds of a text, the checkpoint that covers it, and who witnessed that.

use crate::ledger::merkle::{self, Sibling};
use crate::ledger::{Checkpoint, Digest, Entry, Kind, Ledger, TextId};
use crate::model::Date;
use crate::model::document::VersionId;
use crate::sealed::{LEDGER, Sealed, checkpoint_path, record_path, words_path};
use crate::tree::SourceTree;
use crate::witness::signature::{self, Checked};
use crate::witness::timestamp::{self, Stamp};

/// The folder of a bundle in which the later entry stands.
pub(super) const LATER: &str = "source/";

/// What proves that a text was published.
pub struct Proof<'s> {
    /// The entry that sealed it first.
    pub first: Inclusion<'s>,
    /// The later entry that sealed its source as it is now, with the same words and the same page, where
    /// the first one names another.
    pub later: Option<Inclusion<'s>>,
    /// When the text was published, as the entries have it.
    pub published: Date,
    /// The source, where it is one that an entry names.
    pub source: Option<&'s [u8]>,
    /// The words as sealed.
    pub words: &'s [u8],
    /// The page as published.
    pub record: &'s [u8],
}

/// An entry of the ledger, and what proves that it is one.
pub struct Inclusion<'s> {
    /// The entry.
    pub entry: Entry,
    /// Its lines in the ledger.
    pub lines: &'s str,
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
        let first = sealed
            .seal(text)
            .ok_or_else(|| no_seal(&sealed.ledger, text))?;
        let Kind::Seal {
            published,
            words,
            record,
            ..
        } = first.kind
        else {
            return Err(not_sealed(text));
        };
        let named = sealed.seal_of_source(text, path);
        let later = named.filter(|entry| entry.number != first.number);
        let include = |entry| Inclusion::find(sealed, sources, entry, allowed);
        Ok(Self {
            first: include(first)?,
            later: later.map(include).transpose()?,
            published,
            source: named.and_then(|_| sources.bytes(path)),
            words: held(sources, &words_path(text), words)?,
            record: held(sources, &record_path(text), record)?,
        })
    }

    /// The entries that prove it, each with the folder of the bundle in which it stands.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &Inclusion<'s>)> {
        let later = self.later.as_ref().map(|later| (LATER, later));
        std::iter::once(("", &self.first)).chain(later)
    }
}

impl<'s> Inclusion<'s> {
    fn find(
        sealed: &'s Sealed<'_>,
        sources: &'s SourceTree,
        entry: &Entry,
        allowed: Option<&'s str>,
    ) -> Result<Self, String> {
        let number = entry.number;
        let missing = || format!("entry {number} is not to be found in {LEDGER}");
        let checkpoint = checkpoint(sealed, sources, number)?;
        let leaves = sealed.ledger.leaves().get(..checkpoint.size);
        let siblings = leaves.and_then(|leaves| merkle::siblings(leaves, number - 1));
        let at = checkpoint_path(checkpoint.size);
        Ok(Self {
            lines: sealed.ledger.lines(number).ok_or_else(missing)?,
            siblings: siblings.ok_or_else(missing)?,
            signature: signature(sources, &at, &checkpoint, allowed)?,
            token: token(sources, &at, &checkpoint)?,
            checkpoint,
            entry: entry.clone(),
        })
    }

    /// Who signed its checkpoint, where that is known.
    pub fn signer(&self) -> Option<&Signer<'s>> {
        self.signature.as_ref()?.signer.as_ref()
    }

    /// The day of the entry.
    pub fn day(&self) -> Date {
        self.entry.kind.day()
    }
}

/// Why there is no text where one was public by a day and was withdrawn since.
pub fn gone(sealed: &Sealed<'_>, text: &TextId, day: Date) -> Option<String> {
    sealed.withdrawal(text)?;
    let seal = &sealed.last_seal(text)?.kind;
    let public = matches!(seal, Kind::Seal { published, .. } if *published <= day);
    public.then(|| no_seal(&sealed.ledger, text))
}

/// Why no seal stands for a text.
fn no_seal(ledger: &Ledger, text: &TextId) -> String {
    match ledger.latest(text).map(|entry| &entry.kind) {
        Some(Kind::Withdrawal { withdrawn, reason }) => withdrawal(text, *withdrawn, reason),
        _ => not_sealed(text),
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
