//! What is sealed of a site: its ledger, held against its checkpoints, its records and its texts.

mod changed;
mod files;
mod presence;
mod reading;
mod witnessed;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place, rules};
use crate::ledger::{Checkpoint, Digest, Entry, Kind, Ledger, TextId};
use crate::tree::SourceTree;
pub use changed::Held;
pub use files::{CHECKPOINTS, LEDGER, RECORDS, checkpoint_path, record_path, words_path};
pub use presence::{Gap, file, is_original};
pub use reading::{Original, Part, Picture, Reading};
pub use witnessed::{Signed, Witnessed, witnessed};

/// What is sealed of a site.
pub struct Sealed<'s> {
    sources: &'s SourceTree,
    /// The ledger as far as it is sound; without entries where there is none.
    pub ledger: Ledger,
    /// Whether there is a ledger.
    pub exists: bool,
    /// Whether all of the ledger could be read: where not, nobody knows what it says of a text.
    pub sound: bool,
    /// The checkpoints that could be read, by size.
    pub checkpoints: BTreeMap<usize, Checkpoint>,
}

impl<'s> Sealed<'s> {
    /// A site of which nothing is sealed.
    pub fn none(sources: &'s SourceTree) -> Self {
        Self {
            sources,
            ledger: Ledger::new(),
            exists: false,
            sound: true,
            checkpoints: BTreeMap::new(),
        }
    }

    /// Reads the ledger, the checkpoints and the records, and tells all in which they disagree.
    pub fn read(sources: &'s SourceTree) -> (Self, Vec<Diagnostic>) {
        let mut sealed = Self::none(sources);
        let Some(bytes) = sources.bytes(LEDGER) else {
            let problems: Vec<_> = sealed.without_ledger().into_iter().collect();
            sealed.sound = problems.is_empty();
            return (sealed, problems);
        };
        let (ledger, mut problems) = Ledger::read(LEDGER, bytes);
        (sealed.ledger, sealed.exists) = (ledger, true);
        sealed.sound = problems.is_empty();
        if sealed.sound {
            problems.extend(sealed.read_checkpoints());
            problems.extend(sealed.check_records());
        }
        (sealed, problems)
    }

    /// What was sealed once is there, but the ledger is not.
    fn without_ledger(&self) -> Option<Diagnostic> {
        let mut left = [RECORDS, CHECKPOINTS].into_iter();
        let left = left.find_map(|folder| self.sources.below(folder).next())?;
        let help = "restore engross.ledger from version control";
        let message = "there is no engross.ledger, which this file belongs to";
        Some(Diagnostic::new(
            &rules::LEDGER_BROKEN,
            Place::file(left),
            message,
            help,
        ))
    }

    fn read_checkpoints(&mut self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let files = self.sources.files_below(CHECKPOINTS);
        for (path, bytes) in files.filter(|(path, _)| path.ends_with(".txt")) {
            match Checkpoint::read(path, bytes) {
                Ok(checkpoint) => {
                    problems.extend(checkpoint.hold(path, &self.ledger));
                    problems.extend(misnamed(path, &checkpoint));
                    self.checkpoints.insert(checkpoint.size, checkpoint);
                }
                Err(found) => problems.extend(found),
            }
        }
        let covered = self.checkpoints.keys().next_back().copied();
        if problems.is_empty() && covered.unwrap_or(0) < self.ledger.entries().len() {
            problems.push(Diagnostic::new(
                &rules::CHECKPOINT_MISSING,
                self.ledger.place(LEDGER, self.ledger.entries().len()),
                "no checkpoint covers the last entry",
                "restore the folder checkpoints/ from version control; if `engross seal` was broken off, run it again",
            ));
        }
        problems
    }

    /// The records are those that were sealed, and there are no others.
    fn check_records(&self) -> Vec<Diagnostic> {
        let mut expected: BTreeMap<String, Option<(&Entry, Digest)>> = BTreeMap::new();
        for entry in self.ledger.entries() {
            // The record of a withdrawn text may stay, or go.
            let seal = self.seal(&entry.text);
            let held = |digest: fn(&Kind) -> Option<Digest>| {
                seal.and_then(|seal| Some((seal, digest(&seal.kind)?)))
            };
            expected.insert(record_path(&entry.text), held(Kind::record));
            expected.insert(words_path(&entry.text), held(Kind::words));
        }
        let files = self.sources.below(RECORDS);
        let foreign = files.filter(|path| !expected.contains_key(*path));
        let mut problems: Vec<Diagnostic> = foreign.map(no_entry).collect();
        let held = expected.iter().filter_map(|(path, expected)| {
            let (entry, digest) = (*expected)?;
            self.check_record(path, entry, digest)
        });
        problems.extend(held);
        problems
    }

    fn check_record(&self, path: &str, entry: &Entry, digest: Digest) -> Option<Diagnostic> {
        let found = self.sources.bytes(path).map(Digest::of);
        let number = entry.number;
        let (place, message) = match found {
            Some(found) if found == digest => return None,
            Some(_) => (
                Place::file(path),
                format!("this is not the record that entry {number} of the ledger seals"),
            ),
            None => (
                self.ledger.place(LEDGER, number),
                format!("{path} is gone, which entry {number} seals"),
            ),
        };
        let help = "restore the file from version control: what was published stays as it was";
        Some(Diagnostic::new(
            &rules::RECORD_CHANGED,
            place,
            message,
            help,
        ))
    }

    /// The seal of a text, if it is sealed and was not withdrawn: the first that stands.
    pub fn seal(&self, text: &TextId) -> Option<&Entry> {
        self.ledger.seal(text)
    }

    /// The first of the seals that stand for a text to name its source as it is now.
    pub fn seal_of_source(&self, text: &TextId, path: &str) -> Option<&Entry> {
        let now = self.sources.bytes(path).map(Digest::of)?;
        let mut seals = self.ledger.seals(text);
        seals.find(|entry| entry.kind.source() == Some(now))
    }

    /// The entry that withdrew a text, if that is the last word on it.
    pub fn withdrawal(&self, text: &TextId) -> Option<&Entry> {
        let latest = self.ledger.latest(text);
        latest.filter(|entry| matches!(entry.kind, Kind::Withdrawal { .. }))
    }

    /// What a text is to the ledger, going by its source alone.
    pub fn standing(&self, text: &TextId, path: &str) -> Standing {
        match self.seal(text) {
            Some(_) if self.seal_of_source(text, path).is_some() => Standing::AsSealed,
            Some(_) => Standing::Changed,
            None => Standing::NotSealed,
        }
    }

    /// The files that are published as they are: the ledger, and the checkpoints with their
    /// signatures and time stamps.
    pub fn published(&self) -> impl Iterator<Item = String> {
        let checkpoints = self.checkpoints.keys().flat_map(|size| {
            let path = checkpoint_path(*size);
            ["", ".sig", ".tsr"].map(|ending| format!("{path}{ending}"))
        });
        let all = std::iter::once(LEDGER.to_owned()).chain(checkpoints);
        all.filter(|path| self.sources.contains(path))
    }
}

/// What the source of a text is to the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing seals it.
    NotSealed,
    /// It is the one that was sealed.
    AsSealed,
    /// It is not the one that was sealed.
    Changed,
}

fn misnamed(path: &str, checkpoint: &Checkpoint) -> Option<Diagnostic> {
    let name = checkpoint_path(checkpoint.size);
    let message = format!("this is the checkpoint over {} entries", checkpoint.size);
    let help = format!("call it {name}");
    (path != name)
        .then(|| Diagnostic::new(&rules::CHECKPOINT_BROKEN, Place::file(path), message, help))
}

fn no_entry(path: &str) -> Diagnostic {
    let message = "no entry of the ledger seals this";
    let help = "restore engross.ledger from version control; if `engross seal` was broken off, run it again";
    Diagnostic::new(
        &rules::RECORD_WITHOUT_ENTRY,
        Place::file(path),
        message,
        help,
    )
}
