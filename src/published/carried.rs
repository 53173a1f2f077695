//! The ledger that a published folder carries, held against the ledger of its site.

use crate::ledger::Ledger;
use crate::sealed::LEDGER;

/// What the ledger of a folder is to the ledger of its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The same.
    Same,
    /// An earlier state of it.
    Earlier(Ledger),
    /// There is none.
    Missing,
    /// Another one: in what.
    Other(String),
}

impl Carried {
    pub(super) fn of(bytes: Option<&[u8]>, ledger: &Ledger) -> Self {
        let Some(bytes) = bytes else {
            return Self::Missing;
        };
        if bytes == ledger.as_str().as_bytes() {
            return Self::Same;
        }
        let (theirs, problems) = Ledger::read(LEDGER, bytes);
        if let Some(problem) = problems.first() {
            return Self::Other(format!("this is not a sound ledger: {}", problem.message));
        }
        let (own, other) = (ledger.entries(), theirs.entries());
        let same = own.iter().zip(other).take_while(|(a, b)| a == b).count();
        if same == other.len() {
            return Self::Earlier(theirs);
        }
        let (own, other) = (own.len(), other.len());
        Self::Other(if same == own {
            format!(
                "this ledger has {other} entries, and that of the site only the first {own} of them"
            )
        } else {
            let entry = same + 1;
            format!("from entry {entry} on, this is not the ledger of the site")
        })
    }
}
