//! Each way in which a ledger can be broken is told once, with its line.

use super::{PATH, faults, sample};
use crate::ledger::{Digest, HEADER, Ledger};

/// The sample with words replaced, once.
fn edited(from: &str, to: &str) -> String {
    let text = sample().as_str().replacen(from, to, 1);
    assert_ne!(text, sample().as_str(), "{from}");
    text
}

fn assert_faults(edited: &str, expected: &[&str], sound: usize) {
    let (faults, count) = faults(edited);
    assert_eq!(faults, expected, "{edited}");
    assert_eq!(count, sound);
}

/// The sample with lines replaced in an entry, whose digest is then made right.
fn forged(number: usize, from: &str, to: &str) -> String {
    let sample = sample();
    let lines = sample.lines(number).unwrap();
    let changed = lines.replacen(from, to, 1);
    let (before, _) = changed.split_once("digest: ").unwrap();
    let forged = format!("{before}digest: {}\n", Digest::of(before));
    sample.as_str().replacen(lines, &forged, 1)
}

#[test]
fn a_header_that_is_not_ours_is_told() {
    let message = "the header is not that of a ledger";
    assert_faults(
        &edited("ledger 1", "ledger 2"),
        &[&format!("1: {message}")],
        0,
    );
    assert_faults(
        &edited("sha256sum\n\n", "sha256sum\n"),
        &[&format!("7: {message}")],
        0,
    );
    assert_faults("", &[&format!("1: {message}")], 0);
    assert_faults(HEADER.trim_end(), &[&format!("6: {message}")], 0);
}

#[test]
fn fields_have_their_place() {
    let unknown = edited("language: en\n", "language: en\nnote: x\n\n");
    assert_faults(&unknown, &["12: this is not a field of entry 1"], 0);
    let missing = edited("revision: 2\n", "");
    assert_faults(&missing, &["22: entry 2 has no `revision`"], 1);
    let misplaced = edited("2\nlanguage: pt-BR\n", "2\n")
        .replace("revision: 2\n", "revision: 2\nlanguage: pt-BR\n");
    assert_faults(
        &misplaced,
        &["25: `effective` does not belong here in entry 2"],
        1,
    );
    let twice = edited("revision: 2\n", "revision: 2\nrevision: 2\n");
    assert_faults(
        &twice,
        &["28: `revision` does not belong here in entry 2"],
        1,
    );
    let without_space = edited("language: pt", "language:pt");
    let expected = [
        "25: this is not a field of entry 2",
        "22: entry 2 has no `language`",
    ];
    assert_faults(&without_space, &expected, 1);
}

#[test]
fn values_have_one_form() {
    for (from, to, message) in [
        ("entry: 2", "entry: 02", "22: `entry` is not a number"),
        (
            "revision: 2",
            "revision: +2",
            "27: `revision` is not a number",
        ),
        (
            "revision: 2\npublished: 2026-11-01",
            "revision: 2\npublished: 20261101",
            "28: `published` is not a day as YEAR-MONTH-DAY",
        ),
        (
            "effective: 2026-11-01\nrevision: 2",
            "effective: 2026-11-31\nrevision: 2",
            "26: `effective` is not a day as YEAR-MONTH-DAY",
        ),
        (
            ".r2",
            ".r02",
            "24: `version` is not an effective date, followed by .r2, .r3 … for a correction",
        ),
        (
            ".r2",
            ".r3",
            "24: `version` is not that of `effective` and `revision`",
        ),
    ] {
        assert_faults(&edited(from, to), &[message], 1);
    }
    let upper = sample().entries()[1].digest.hex();
    let message = "34: `digest` is not a digest: sha256: and 64 digits, 0-9 and a-f";
    assert_faults(&edited(&upper, &upper.to_uppercase()), &[message], 1);
}

#[test]
fn an_edited_entry_is_told_once() {
    let message = "43: entry 3 was edited: its lines have another digest";
    assert_faults(&edited("the wrong", "a wrong"), &[message], 2);
}

#[test]
fn a_chain_that_was_mended_by_hand_is_told() {
    let message =
        "56: entry 4 does not follow entry 3: a line or an entry was removed, moved or edited";
    assert_faults(&forged(3, "the wrong", "a wrong"), &[message], 3);
    let own = &sample().entries()[0].previous.to_string();
    let message =
        "19: entry 1 does not follow the header: a line or an entry was removed, moved or edited";
    assert_faults(
        &forged(1, own, &Digest::of("x").to_string()),
        &[
            message,
            "33: entry 2 does not follow entry 1: a line or an entry was removed, moved or edited",
        ],
        0,
    );
}

#[test]
fn an_entry_that_is_not_there_is_told() {
    let sample = sample();
    let without = sample
        .as_str()
        .replace(&format!("{}\n", sample.lines(2).unwrap()), "");
    let message = "22: entry 3 stands where entry 2 belongs: an entry was removed, added or moved";
    assert_faults(&without, &[message], 1);
    let last = format!("entry: {}", usize::MAX);
    assert_eq!(faults(&edited("entry: 2", &last)).1, 1);
}

#[test]
fn an_entry_that_must_not_stand_there_is_told() {
    let late = forged(4, "sealed: 2026-11-04", "sealed: 2026-11-02");
    let message =
        "55: entry 4 cannot stand here: 2026-11-02 is before 2026-11-03, the day of the last entry";
    assert_faults(&late, &[message], 3);
    let language = forged(
        4,
        "document: privacy\nversion: 2026-11-01\nlanguage: en",
        "document: legal/terms\nversion: 2026-11-01.r2\nlanguage: pt-BR",
    );
    let other = forged_text(&language);
    let message = "53: entry 4 cannot stand here: entry 2 seals other words of legal/terms 2026-11-01.r2 (pt-BR), and they were not withdrawn";
    assert_faults(&other, &[message], 3);
    let reason = forged(4, "language: en", "language: en\u{b}");
    assert_eq!(faults(&reason).0.len(), 1);
}

/// Makes the revision of the last entry agree with its version, and its digest with its lines.
fn forged_text(text: &str) -> String {
    let (before, entry) = text.split_at(text.find("entry: 4").unwrap());
    let entry = entry.replace("revision: 1", "revision: 2");
    let (lines, _) = entry.split_once("digest: ").unwrap();
    format!("{before}{lines}digest: {}\n", Digest::of(lines))
}

#[test]
fn bytes_that_would_be_written_otherwise_are_told() {
    let message =
        "entries are divided by one empty line, and the file ends with its last digest's line feed";
    assert_faults(
        &edited("\n\nentry: 3", "\n\n\nentry: 3"),
        &[&format!("36: {message}")],
        4,
    );
    assert_faults(
        &edited("\n\nentry: 3", "\nentry: 3"),
        &[&format!("35: {message}")],
        4,
    );
    assert_faults(
        sample().as_str().trim_end(),
        &[&format!("57: {message}")],
        4,
    );
    assert_faults(
        &format!("{}\n", sample().as_str()),
        &[&format!("58: {message}")],
        4,
    );
    let (ledger, problems) = Ledger::read(PATH, b"# Engross \xff");
    assert_eq!((ledger, problems.len()), (Ledger::new(), 1));
}
