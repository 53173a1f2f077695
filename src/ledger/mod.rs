//! The ledger of what was published: entries in a chain that nobody can edit, cut or reorder unnoticed.
//!
//! A ledger has one written form, and what is not in that form is not read. Each entry names the
//! digest of the one before, so an edit shows at the next entry; a [`Checkpoint`] holds how many
//! entries there were, so a cut at the end shows too.

mod checkpoint;
pub mod digest;
mod entry;
mod lines;
pub mod merkle;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Span};
use crate::model::document::{Document, VersionId};

pub use checkpoint::Checkpoint;
pub use digest::Digest;
pub use entry::{Entry, Kind, Refused, TextId};

/// What every ledger begins with, up to its first entry. Its digest is part of every chain, so it
/// can never change.
pub const HEADER: &str = "\
# Engross ledger 1
# What was published, in the order in which it was sealed. Entries are only added, at the end; nothing is edited.
# source, words, record: the SHA-256 of the source file, of its words and of its page as published (see records/).
# digest: the SHA-256 of the entry's lines from \"entry\" to \"previous\", each with its line feed.
# previous: the digest of the entry before; for entry 1, the SHA-256 of all that stands above it.
# To check entry 3: sed -n '/^entry: 3$/,/^previous: /p' engross.ledger | sha256sum

";

/// How many of an entry's first lines say which text it is about.
const LINES_OF_TEXT: usize = 4;

/// A ledger without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// The file.
    text: String,
    entries: Vec<Entry>,
    /// Where each entry stands in the file.
    blocks: Vec<Range<usize>>,
    /// The digest of each entry as a leaf of the Merkle tree.
    leaves: Vec<Digest>,
    /// The index of the last entry about each text.
    latest: BTreeMap<TextId, usize>,
    /// The indices of the seals that stand for each text.
    standing: BTreeMap<TextId, Vec<usize>>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            text: HEADER.to_owned(),
            entries: Vec::new(),
            blocks: Vec::new(),
            leaves: Vec::new(),
            latest: BTreeMap::new(),
            standing: BTreeMap::new(),
        }
    }
}

impl Ledger {
    /// A ledger without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the file at a path: the ledger as far as it is sound, and all that is wrong.
    pub fn read(path: &str, bytes: &[u8]) -> (Self, Vec<Diagnostic>) {
        read::read(path, bytes)
    }

    /// The ledger with an entry more.
    pub fn append(mut self, text: TextId, kind: Kind) -> Result<Self, Refused> {
        self.check(&text, &kind)?;
        let entry = Entry::new(self.entries.len() + 1, text, kind, self.last_digest());
        self.push(entry);
        Ok(self)
    }

    /// The file.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The entries in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The last entry about a text.
    pub fn latest(&self, text: &TextId) -> Option<&Entry> {
        self.latest.get(text).map(|index| &self.entries[*index])
    }

    /// The seal of a text that is sealed and not withdrawn: the first that stands, which others witnessed first.
    pub fn seal(&self, text: &TextId) -> Option<&Entry> {
        self.seals(text).next()
    }

    /// All seals that stand for a text: they name the same words and the same page, each perhaps another source.
    pub fn seals(&self, text: &TextId) -> impl Iterator<Item = &Entry> {
        let standing = self.standing.get(text).into_iter().flatten();
        standing.map(|index| &self.entries[*index])
    }

    /// The seals of all texts that are sealed and not withdrawn, by text.
    pub fn sealed_texts(&self) -> impl Iterator<Item = &Entry> {
        let standing = self.standing.values().filter_map(|all| all.first());
        standing.map(|index| &self.entries[*index])
    }

    /// The name of the next correction of a version: no text has had it, not even one that was withdrawn.
    pub fn next_correction(&self, document: &Document, of: VersionId) -> VersionId {
        let texts = self
            .latest
            .keys()
            .filter(|text| text.document == document.path);
        let sealed = texts.map(|text| text.version);
        let all = sealed.chain(document.versions.iter().map(|version| version.id));
        let same_day = all.filter(|id| id.effective == of.effective);
        let last = same_day.map(|id| id.revision).max().unwrap_or(of.revision);
        VersionId {
            revision: last + 1,
            ..of
        }
    }

    /// The leaves of the Merkle tree over the entries.
    pub fn leaves(&self) -> &[Digest] {
        &self.leaves
    }

    /// The lines of an entry as they stand in the file, which are a leaf of the Merkle tree.
    pub fn lines(&self, number: usize) -> Option<&str> {
        let block = self.blocks.get(number.checked_sub(1)?)?;
        Some(&self.text[block.clone()])
    }

    /// The lines of an entry that say which text it is about, for a problem to quote.
    pub fn place(&self, path: &str, number: usize) -> Place {
        let Some(lines) = self.lines(number) else {
            return Place::file(path);
        };
        let len: usize = lines
            .split_inclusive('\n')
            .take(LINES_OF_TEXT)
            .map(str::len)
            .sum();
        let start = self.blocks[number - 1].start;
        Place::at(path, Span::new(start..start + len - 1))
    }

    /// The digest that the next entry names.
    fn last_digest(&self) -> Digest {
        let last = self.entries.last();
        last.map_or_else(|| Digest::of(HEADER), |entry| entry.digest)
    }

    /// Refuses an entry that must not follow.
    fn check(&self, text: &TextId, kind: &Kind) -> Result<(), Refused> {
        entry::check_values(text, kind)?;
        let (day, last) = (
            kind.day(),
            self.entries.last().map(|entry| entry.kind.day()),
        );
        if let Some(last) = last.filter(|last| day < *last) {
            return Err(Refused::Backwards { day, last });
        }
        let sealed = self
            .latest(text)
            .and_then(|entry| Some((entry.number, entry.kind.words()?)));
        let text = text.clone();
        match (kind.words(), sealed) {
            (Some(words), Some((entry, sealed))) if words != sealed => {
                Err(Refused::OtherWords { text, entry })
            }
            (None, None) => Err(Refused::NotSealed { text }),
            _ => Ok(()),
        }
    }

    fn push(&mut self, entry: Entry) {
        if !self.entries.is_empty() {
            self.text.push('\n');
        }
        let (start, lines) = (self.text.len(), entry.write());
        self.text.push_str(&lines);
        self.blocks.push(start..self.text.len());
        self.leaves.push(merkle::leaf(lines.as_bytes()));
        self.latest.insert(entry.text.clone(), self.entries.len());
        self.count_in(&entry);
        self.entries.push(entry);
    }

    /// What stands of a text once there is another entry about it: a seal of another page stands alone.
    fn count_in(&mut self, entry: &Entry) {
        let same = self
            .seal(&entry.text)
            .is_some_and(|seal| seal.kind.record() == entry.kind.record());
        let (index, text) = (self.entries.len(), entry.text.clone());
        match &entry.kind {
            Kind::Seal { .. } if same => {
                self.standing.entry(text).or_default().push(index);
            }
            Kind::Seal { .. } => {
                self.standing.insert(text, vec![index]);
            }
            Kind::Withdrawal { .. } => {
                self.standing.remove(&text);
            }
        }
    }
}
