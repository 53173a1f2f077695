//! No edit of a ledger goes unnoticed, and nothing that is read as one ends in a panic.

use proptest::prelude::*;
use proptest::sample::Index;

use super::{PATH, day, faults, sample, seal, text, withdrawal};
use crate::ledger::{Checkpoint, HEADER, Kind, Ledger, TextId};

/// Each byte changed, left out and doubled, another one inserted before it, and the file cut there.
fn every_edit(file: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let edits = move |at: usize| {
        let (before, byte, after) = (&file[..at], file[at], &file[at + 1..]);
        let change = |to: &[u8]| [before, to, after].concat();
        let others: [&[u8]; 3] = [&[byte ^ 1], &[byte ^ 32], b"\n"];
        let mut edits: Vec<Vec<u8>> = others.iter().map(|to| change(to)).collect();
        edits.extend([
            change(b""),
            change(&[b'\n', byte]),
            change(&[b' ', byte]),
            before.to_vec(),
        ]);
        edits
    };
    let edits = (0..file.len()).flat_map(edits);
    edits.filter(move |edited| edited != file)
}

/// Whether a ledger and the last checkpoint tell that something is wrong. Whatever was done: what
/// is called sound is how the true ledger begins.
fn is_noticed(truth: &Ledger, edited: &[u8]) -> bool {
    let checkpoint = Checkpoint::of(truth, truth.entries().len()).unwrap();
    let (ledger, problems) = Ledger::read(PATH, edited);
    assert!(truth.entries().starts_with(ledger.entries()));
    !problems.is_empty() || !checkpoint.hold("c", &ledger).is_empty()
}

#[test]
fn every_byte_of_a_ledger_counts() {
    let ledger = Ledger::new()
        .append(text("privacy", 1, "en"), seal("a", 2))
        .and_then(|ledger| ledger.append(text("privacy", 1, "en"), withdrawal(2)))
        .unwrap();
    for edited in every_edit(ledger.as_str().as_bytes()) {
        assert!(
            is_noticed(&ledger, &edited),
            "{}",
            String::from_utf8_lossy(&edited)
        );
    }
}

#[test]
fn a_cut_at_the_end_of_an_entry_shows_in_the_checkpoint_alone() {
    let ledger = sample();
    for size in 0..4_usize {
        let end = size
            .checked_sub(1)
            .map_or(HEADER.len(), |last| ledger.blocks[last].end);
        let cut = &ledger.as_str()[..end];
        assert_eq!(faults(cut), (vec![], size));
        assert!(is_noticed(&ledger, cut.as_bytes()));
    }
}

#[test]
fn every_byte_of_a_checkpoint_counts() {
    let ledger = sample();
    let file = Checkpoint::of(&ledger, 3).unwrap().to_string();
    for edited in every_edit(file.as_bytes()) {
        let read = Checkpoint::read("c", &edited);
        let noticed = read.map_or(true, |read| !read.hold("c", &ledger).is_empty());
        assert!(noticed, "{}", String::from_utf8_lossy(&edited));
    }
}

/// A ledger of 1 to 8 entries about a few texts, in which seals, seals of other sources and
/// withdrawals follow each other.
fn ledgers() -> impl Strategy<Value = Ledger> {
    let step = (
        0usize..3,
        1u32..3,
        any::<bool>(),
        0i8..3,
        any::<bool>(),
        "\\PC{1,9}",
    );
    proptest::collection::vec(step, 1..=8).prop_map(|steps| {
        let mut today = 1;
        steps.into_iter().fold(Ledger::new(), |ledger, step| {
            let (document, revision, spanish, days, again, words) = step;
            today += days;
            let document = ["privacy", "terms", "legal/cookies"][document];
            let text = text(document, revision, if spanish { "es" } else { "en" });
            let kind = next_kind(&ledger, &text, again, &words, today);
            ledger.append(text, kind).unwrap()
        })
    })
}

/// Something that may follow.
fn next_kind(ledger: &Ledger, text: &TextId, again: bool, words: &str, today: i8) -> Kind {
    let sealed = ledger.latest(text).and_then(|entry| entry.kind.words());
    match (seal(words, today), sealed) {
        (
            Kind::Seal {
                published,
                source,
                record,
                sealed,
                ..
            },
            Some(words),
        ) if again => Kind::Seal {
            published,
            source,
            words,
            record,
            sealed,
        },
        (_, Some(_)) => Kind::Withdrawal {
            withdrawn: day(today),
            reason: format!("“{}”", words.trim()),
        },
        (new, None) => new,
    }
}

/// A way to change a file.
#[derive(Clone, Debug)]
enum Edit {
    Change(Index, u8),
    Insert(Index, u8),
    Delete(Index),
    Cut(Index),
    Lines(Parts),
    Entries(Parts),
}

/// A way to change a list.
#[derive(Clone, Debug)]
enum Parts {
    Delete(Index),
    Duplicate(Index, Index),
    Swap(Index, Index),
}

fn edits() -> impl Strategy<Value = Edit> {
    let (at, byte) = (any::<Index>, any::<u8>());
    let parts = || {
        prop_oneof![
            at().prop_map(Parts::Delete),
            (at(), at()).prop_map(|(from, to)| Parts::Duplicate(from, to)),
            (at(), at()).prop_map(|(a, b)| Parts::Swap(a, b)),
        ]
    };
    let byte = prop_oneof![byte, (b' '..=b'~').boxed(), Just(b'\n')];
    prop_oneof![
        (at(), byte.clone()).prop_map(|(at, byte)| Edit::Change(at, byte)),
        (at(), byte).prop_map(|(at, byte)| Edit::Insert(at, byte)),
        at().prop_map(Edit::Delete),
        at().prop_map(Edit::Cut),
        parts().prop_map(Edit::Lines),
        parts().prop_map(Edit::Entries),
    ]
}

impl Parts {
    fn apply<T: Clone>(&self, list: &mut Vec<T>) {
        let len = list.len();
        match self {
            Self::Delete(at) => drop(list.remove(at.index(len))),
            Self::Duplicate(from, to) => {
                let part = list[from.index(len)].clone();
                list.insert(to.index(len + 1), part);
            }
            Self::Swap(a, b) => list.swap(a.index(len), b.index(len)),
        }
    }
}

impl Edit {
    fn apply(&self, ledger: &Ledger) -> Vec<u8> {
        let mut bytes = ledger.as_str().as_bytes().to_vec();
        let len = bytes.len();
        match self {
            Self::Change(at, byte) => bytes[at.index(len)] = *byte,
            Self::Insert(at, byte) => bytes.insert(at.index(len + 1), *byte),
            Self::Delete(at) => drop(bytes.remove(at.index(len))),
            Self::Cut(at) => bytes.truncate(at.index(len)),
            Self::Lines(parts) => {
                let mut lines: Vec<&str> = ledger.as_str().split_inclusive('\n').collect();
                parts.apply(&mut lines);
                bytes = lines.concat().into_bytes();
            }
            Self::Entries(parts) => {
                let mut entries: Vec<&str> = (1..).map_while(|n| ledger.lines(n)).collect();
                parts.apply(&mut entries);
                bytes = [HEADER, &entries.join("\n")].concat().into_bytes();
            }
        }
        bytes
    }
}

proptest! {
    #[test]
    fn no_edit_goes_unnoticed(ledger in ledgers(), edits in proptest::collection::vec(edits(), 8)) {
        let (read, problems) = Ledger::read(PATH, ledger.as_str().as_bytes());
        prop_assert_eq!(problems, []);
        prop_assert_eq!(&read, &ledger);
        for edit in edits {
            let edited = edit.apply(&ledger);
            let same = edited == ledger.as_str().as_bytes();
            prop_assert!(same || is_noticed(&ledger, &edited), "{:?}", edit);
        }
    }

    #[test]
    fn any_text_is_read(text in "(entry: [0-9]\n|[a-z]{1,9}: \\PC{0,9}\n|digest: sha256:[0-9a-f]{64}\n|\\PC|\n){0,40}", ours: bool) {
        let text = if ours { format!("{HEADER}{text}") } else { text };
        let (ledger, problems) = Ledger::read(PATH, text.as_bytes());
        prop_assert!(ledger.entries().is_empty());
        prop_assert!(text == HEADER || !problems.is_empty());
        for problem in problems {
            let range = problem.place.span.unwrap().range();
            prop_assert!(text.get(range).is_some());
        }
        prop_assert!(Checkpoint::read("c", text.as_bytes()).is_err());
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(!Ledger::read(PATH, &bytes).1.is_empty());
        prop_assert!(Checkpoint::read("c", &bytes).is_err());
    }
}
