//! A ledger reads as it was written, tells each kind of fault, and no edit of it goes unnoticed.

mod edits;
mod faults;

use super::*;
use crate::diagnostic::{LineIndex, Position};
use crate::model::Date;
use crate::model::document::VersionId;

const PATH: &str = "engross.ledger";

fn day(n: i8) -> Date {
    Date::constant(2026, 11, n)
}

fn text(document: &str, revision: u32, language: &str) -> TextId {
    TextId {
        document: document.to_owned(),
        version: VersionId {
            effective: day(1),
            revision,
        },
        language: language.to_owned(),
    }
}

fn seal(words: &str, sealed: i8) -> Kind {
    Kind::Seal {
        published: day(1),
        source: Digest::of(format!("# {words}")),
        words: Digest::of(words),
        record: Digest::of(format!("<h1>{words}</h1>")),
        sealed: day(sealed),
    }
}

fn withdrawal(withdrawn: i8) -> Kind {
    Kind::Withdrawal {
        withdrawn: day(withdrawn),
        reason: "Published in the wrong language: “es” was meant.".to_owned(),
    }
}

/// Four entries about two texts.
fn sample() -> Ledger {
    let (privacy, terms) = (text("privacy", 1, "en"), text("legal/terms", 2, "pt-BR"));
    Ledger::new()
        .append(privacy.clone(), seal("a", 2))
        .and_then(|ledger| ledger.append(terms, seal("b", 2)))
        .and_then(|ledger| ledger.append(privacy.clone(), withdrawal(3)))
        .and_then(|ledger| ledger.append(privacy, seal("c", 4)))
        .unwrap()
}

/// What is wrong with an edited ledger, each with its line, and how many entries are sound.
fn faults(edited: &str) -> (Vec<String>, usize) {
    let (ledger, problems) = Ledger::read(PATH, edited.as_bytes());
    let index = LineIndex::new(edited);
    let fault = |problem: &Diagnostic| {
        let Position { line, .. } = index.position(problem.place.span.unwrap().range().start);
        format!("{line}: {}", problem.message)
    };
    (problems.iter().map(fault).collect(), ledger.entries().len())
}

#[test]
fn a_ledger_reads_as_it_was_written() {
    for ledger in [Ledger::new(), sample()] {
        let (read, problems) = Ledger::read(PATH, ledger.as_str().as_bytes());
        assert_eq!(problems, []);
        assert_eq!(read, ledger);
    }
}

#[test]
fn the_form_is_that_of_the_documentation() {
    let lines = "\
entry: 3
document: privacy
version: 2026-11-01
language: en
withdrawn: 2026-11-03
reason: Published in the wrong language: “es” was meant.
previous: ";
    assert!(sample().lines(3).unwrap().starts_with(lines));
    let lines = "\
entry: 2
document: legal/terms
version: 2026-11-01.r2
language: pt-BR
effective: 2026-11-01
revision: 2
published: 2026-11-01
source: sha256:";
    assert!(sample().lines(2).unwrap().starts_with(lines));
    assert_eq!(sample().entries()[0].previous, Digest::of(HEADER));
    assert!(HEADER.ends_with("\n\n") && HEADER.trim_end().lines().all(|l| l.starts_with("# ")));
}

#[test]
fn the_latest_entry_counts() {
    let ledger = sample();
    let privacy = text("privacy", 1, "en");
    assert_eq!(ledger.latest(&privacy).unwrap().number, 4);
    assert_eq!(ledger.latest(&text("privacy", 2, "en")), None);
    let sealed = |ledger: &Ledger| -> Vec<usize> {
        ledger.sealed_texts().map(|entry| entry.number).collect()
    };
    assert_eq!(sealed(&ledger), [2, 4]);
    assert_eq!(sealed(&ledger.append(privacy, withdrawal(4)).unwrap()), [2]);
}

/// A seal of the same words and page with another source.
fn laid_out(words: &str, sealed: i8) -> Kind {
    let Kind::Seal {
        published,
        words,
        record,
        sealed,
        ..
    } = seal(words, sealed)
    else {
        unreachable!("a seal is one");
    };
    Kind::Seal {
        published,
        source: Digest::of("other"),
        words,
        record,
        sealed,
    }
}

#[test]
fn the_first_seal_stands_for_all_that_name_the_same_page() {
    let privacy = text("privacy", 1, "en");
    let seals = |ledger: &Ledger| -> Vec<usize> {
        ledger.seals(&privacy).map(|entry| entry.number).collect()
    };
    let add = |ledger: &Ledger, kind| ledger.clone().append(privacy.clone(), kind).unwrap();
    let ledger = add(&sample(), laid_out("c", 5));
    assert_eq!(seals(&ledger), [4, 5], "not the one that was withdrawn");
    assert_eq!(ledger.seal(&privacy).unwrap().number, 4);
    assert_eq!(
        ledger
            .sealed_texts()
            .map(|entry| entry.number)
            .collect::<Vec<_>>(),
        [2, 4]
    );
    let (read, problems) = Ledger::read(PATH, ledger.as_str().as_bytes());
    assert_eq!((read, problems), (ledger.clone(), Vec::new()));
    let mut other = seal("c", 6);
    if let Kind::Seal { record, .. } = &mut other {
        *record = Digest::of("another page");
    }
    assert_eq!(seals(&add(&ledger, other)), [6]);
    let withdrawn = add(&ledger, withdrawal(6));
    assert_eq!(seals(&withdrawn), [0_usize; 0]);
    assert_eq!(seals(&add(&withdrawn, seal("d", 7))), [7]);
}

#[test]
fn an_entry_is_quoted_by_the_lines_that_name_its_text() {
    let ledger = sample();
    let place = ledger.place(PATH, 3);
    let quoted = &ledger.as_str()[place.span.unwrap().range()];
    assert_eq!(
        quoted,
        "entry: 3\ndocument: privacy\nversion: 2026-11-01\nlanguage: en"
    );
    assert_eq!(ledger.place(PATH, 0), Place::file(PATH));
    assert_eq!(ledger.place(PATH, 5), Place::file(PATH));
}

#[test]
fn what_has_no_form_is_refused() {
    let refused = |text, kind| sample().append(text, kind).unwrap_err();
    for bad in [
        "",
        " a",
        "a ",
        "a\nb",
        "a\rb",
        "a\tb",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{a0}a",
    ] {
        let document = refused(text(bad, 1, "en"), seal("a", 4));
        assert_eq!(document, Refused::Value { field: "document" }, "{bad:?}");
        let language = refused(text("a", 1, bad), seal("a", 4));
        assert_eq!(language, Refused::Value { field: "language" }, "{bad:?}");
        let kind = Kind::Withdrawal {
            withdrawn: day(4),
            reason: bad.to_owned(),
        };
        let reason = refused(text("privacy", 1, "en"), kind);
        assert_eq!(reason, Refused::Value { field: "reason" }, "{bad:?}");
    }
    assert_eq!(refused(text("a", 0, "en"), seal("a", 4)), Refused::Revision);
}

#[test]
fn what_must_not_follow_is_refused() {
    let refused = |text, kind| sample().append(text, kind).unwrap_err().to_string();
    let (privacy, new) = (text("privacy", 1, "en"), text("new", 1, "en"));
    assert_eq!(
        refused(new.clone(), seal("d", 3)),
        "2026-11-03 is before 2026-11-04, the day of the last entry"
    );
    assert_eq!(
        refused(privacy.clone(), seal("a", 5)),
        "entry 4 seals other words of privacy 2026-11-01 (en), and they were not withdrawn"
    );
    assert_eq!(
        refused(new, withdrawal(5)),
        "new 2026-11-01 (en) is withdrawn, but was not sealed"
    );
    let again = sample().append(privacy, seal("c", 5)).unwrap();
    assert_eq!(again.entries().len(), 5);
}

#[test]
fn a_checkpoint_reads_as_it_was_written() {
    let ledger = sample();
    for size in 1..=4 {
        let checkpoint = Checkpoint::of(&ledger, size).unwrap();
        let file = checkpoint.to_string();
        assert_eq!(Checkpoint::read("c", file.as_bytes()), Ok(checkpoint));
        assert_eq!(checkpoint.hold("c", &ledger), []);
    }
    assert_eq!(Checkpoint::of(&ledger, 0), None);
    assert_eq!(Checkpoint::of(&ledger, 5), None);
    let root = merkle::root(&ledger.leaves()[..3]);
    let file = format!("Engross checkpoint 1\nsize: 3\nroot: {root}\ndate: 2026-11-03\n");
    assert_eq!(Checkpoint::of(&ledger, 3).unwrap().to_string(), file);
}

#[test]
fn a_checkpoint_and_another_ledger_do_not_agree() {
    let checkpoint = Checkpoint::of(&sample(), 4).unwrap();
    let told = |checkpoint: Checkpoint, ledger: &Ledger| -> Vec<String> {
        let problems = checkpoint.hold("c", ledger);
        let file = checkpoint.to_string();
        let line = |p: &Diagnostic| file[p.place.span.unwrap().range()].to_owned();
        let told =
            |p: &Diagnostic| format!("{}: {}", line(p).split(':').next().unwrap(), p.message);
        problems.iter().map(told).collect()
    };
    let cut = "size: the checkpoint covers 4 entries, but the ledger has 0: its end was cut off";
    assert_eq!(told(checkpoint, &Ledger::new()), [cut]);
    let forged = Checkpoint {
        root: Digest::of("x"),
        date: day(9),
        ..checkpoint
    };
    let of = "of the ledger's first 4 entries: one of the two was changed";
    let expected = [
        format!("root: `root` is not that {of}"),
        format!("date: `date` is not the day of the last {of}"),
    ];
    assert_eq!(told(forged, &sample()), expected);
}

/// The way to check an entry by hand that the header tells, run as it stands there.
#[cfg(unix)]
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the commands of the header read a file"
)]
fn the_header_says_how_to_check_an_entry_by_hand() {
    let ledger = sample();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(PATH), ledger.as_str()).unwrap();
    let (_, recipe) = HEADER.split_once("To check entry 3: ").unwrap();
    for entry in ledger.entries() {
        let recipe = recipe
            .trim_end()
            .replace("entry: 3", &format!("entry: {}", entry.number));
        let mut shell = std::process::Command::new("sh");
        let run = shell
            .args(["-c", &recipe])
            .current_dir(folder.path())
            .output();
        let printed = String::from_utf8(run.unwrap().stdout).unwrap();
        assert_eq!(
            printed.split(' ').next(),
            Some(&*entry.digest.hex()),
            "{recipe}"
        );
    }
}
