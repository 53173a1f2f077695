//! A published folder held against the ledger, its own list of digests, and what this program makes of the sources.

mod carried;
mod claim;
mod findings;
mod publication;
mod sums;

use std::collections::BTreeMap;

use crate::ledger::Digest;
use crate::sealed::LEDGER;
use crate::urls::{PUBLICATION, SUMS};
pub use carried::Carried;
pub use findings::{Expected, Findings, hold};
pub use publication::Publication;

/// The file by which the program knows its own folder again; it is not published.
const MARKER: &str = ".engross";

/// What a folder holds.
#[derive(Default)]
pub struct Contents {
    /// The digest of each file, by its path below the folder.
    pub files: BTreeMap<String, Digest>,
    /// The files of which more than the digest is needed.
    pub kept: BTreeMap<String, Vec<u8>>,
    /// What could not be read, and why.
    pub faults: Vec<(String, String)>,
}

impl Contents {
    /// Adds a file.
    pub fn insert(&mut self, path: String, file: File) {
        self.files.insert(path.clone(), file.digest);
        if let Some(bytes) = file.kept {
            self.kept.insert(path, bytes);
        }
    }

    /// What the folder says of itself, if it does.
    pub fn publication(&self) -> Option<Publication> {
        Publication::read(self.kept.get(PUBLICATION)?)
    }
}

/// A file that was read.
pub struct File {
    digest: Digest,
    kept: Option<Vec<u8>>,
}

impl File {
    /// What is remembered of the file at a path.
    pub fn read(path: &str, bytes: Vec<u8>) -> Self {
        Self {
            digest: Digest::of(&bytes),
            kept: [SUMS, PUBLICATION, LEDGER].contains(&path).then_some(bytes),
        }
    }
}
