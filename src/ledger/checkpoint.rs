//! A checkpoint: how many entries the ledger had, their Merkle root, and the day. It is what is signed.

use std::fmt;
use std::num::NonZeroUsize;

use super::lines::{Problems, lines};
use super::{Digest, Ledger, merkle};
use crate::diagnostic::{Diagnostic, rules};
use crate::model::Date;

const TITLE: &str = "Engross checkpoint 1\n";

const HELP: &str = "restore the ledger and the checkpoint from version control; only `engross seal` may write them";

/// The state of a ledger after one of its entries. Its display is the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many entries it covers.
    pub size: usize,
    /// The root of the Merkle tree over them.
    pub root: Digest,
    /// The day of the last of them.
    pub date: Date,
}

impl Checkpoint {
    /// The checkpoint over the first entries of a ledger, if it has so many; over none there is none.
    pub fn of(ledger: &Ledger, size: usize) -> Option<Self> {
        let last = ledger.entries().get(size.checked_sub(1)?)?;
        Some(Self {
            size,
            root: merkle::root(&ledger.leaves()[..size]),
            date: last.kind.day(),
        })
    }

    /// Reads the file at a path, or tells all that is wrong with it.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = problems(path);
        let checkpoint = problems.checkpoint(bytes);
        checkpoint.ok_or(problems.all)
    }

    /// What a ledger without a fault and this checkpoint, read from a path, do not agree about.
    pub fn hold(&self, path: &str, ledger: &Ledger) -> Vec<Diagnostic> {
        let mut problems = problems(path);
        let text = self.to_string();
        let lines = lines(&text);
        let (size, entries) = (self.size, ledger.entries().len());
        let Some(now) = Self::of(ledger, size) else {
            let message = format!(
                "the checkpoint covers {size} entries, but the ledger has {entries}: its end was cut off"
            );
            problems.tell(lines[1].span(), message);
            return problems.all;
        };
        let of = format!("of the ledger's first {size} entries: one of the two was changed");
        if now.root != self.root {
            problems.tell(lines[2].span(), format!("`root` is not that {of}"));
        }
        if now.date != self.date {
            problems.tell(
                lines[3].span(),
                format!("`date` is not the day of the last {of}"),
            );
        }
        problems.all
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { size, root, date } = self;
        write!(f, "{TITLE}size: {size}\nroot: {root}\ndate: {date}\n")
    }
}

fn problems(path: &str) -> Problems<'_> {
    Problems::new(path, &rules::CHECKPOINT_BROKEN, HELP)
}

impl Problems<'_> {
    fn checkpoint(&mut self, bytes: &[u8]) -> Option<Checkpoint> {
        let text = self.text(bytes)?;
        let lines = lines(text);
        let Some((_, fields)) = lines.split_first().filter(|_| text.starts_with(TITLE)) else {
            self.compare(text, TITLE, "the first line is not that of a checkpoint");
            return None;
        };
        let [size, root, date] = self.fields(fields, &["size", "root", "date"], "a checkpoint")?;
        let size = self.value::<NonZeroUsize>(size, "a number from 1");
        let root = self.value(root, "a digest: sha256: and 64 digits, 0-9 and a-f");
        let date = self.value(date, "a day as YEAR-MONTH-DAY");
        let checkpoint = Checkpoint {
            size: size?.get(),
            root: root?,
            date: date?,
        };
        let written = checkpoint.to_string();
        self.compare(
            text,
            &written,
            "the file does not end with the line feed of its date",
        );
        (text == written).then_some(checkpoint)
    }
}
