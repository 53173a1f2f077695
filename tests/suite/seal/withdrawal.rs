//! A sealed text is taken back with a reason, or not at all.

use std::fs;

use super::{
    OLD, TERMS, WORDS, assert_same, fields, kept, read, seal, sealed, site, told, try_seal,
};
use crate::folder;

const WITHDRAW: [&str; 4] = [
    "--withdraw",
    "privacy@2022-01-01",
    "--reason",
    "Published by mistake.",
];

#[test]
fn a_text_that_was_withdrawn_may_go() {
    let site = sealed();
    let before = read(&site, "engross.ledger");
    let run = seal(&site, &WITHDRAW);
    assert!(
        run.stdout.starts_with(
            "withdrew privacy 2022-01-01 (en): Published by mistake.; remove its file"
        ),
        "{}",
        run.stdout
    );
    site.remove(OLD);
    assert_eq!(told(&site), Vec::<String>::new());
    site.build();
    assert!(read(&site, "engross.ledger").starts_with(&before));
    assert_eq!(fields(&site, "withdrawn"), ["2024-06-01"]);
    assert_eq!(fields(&site, "reason"), ["Published by mistake."]);
    assert_eq!(
        folder::names(&site.root().join("checkpoints")),
        ["4.txt", "5.txt"]
    );
    let after = kept(&site);
    let run = seal(&site, &[]);
    assert!(
        run.stdout.starts_with("nothing new to seal"),
        "{}",
        run.stdout
    );
    assert_same(&after, &site);
}

#[test]
fn all_languages_of_a_version_are_withdrawn() {
    let site = sealed();
    seal(
        &site,
        &["--withdraw", "privacy@2023-01-01", "--reason", "No."],
    );
    assert_eq!(fields(&site, "withdrawn").len(), 2);
    assert_eq!(fields(&site, "language")[4..], ["en", "es"]);
}

/// Also where the file is gone already, and the document with it.
#[test]
fn what_is_gone_can_be_withdrawn() {
    let site = sealed();
    site.remove(TERMS);
    fs::remove_dir(site.root().join("content/terms")).unwrap();
    assert_eq!(told(&site), ["engross.ledger:22:1: sealed-text-gone"]);
    seal(
        &site,
        &["--withdraw", "terms@2022-06-01", "--reason", "No."],
    );
    assert_eq!(told(&site), Vec::<String>::new());
}

#[test]
fn a_withdrawn_text_is_sealed_again_only_when_it_is_named() {
    let site = sealed();
    seal(&site, &WITHDRAW);
    let before = kept(&site);
    seal(&site, &[]);
    seal(&site, &["privacy"]);
    assert_same(&before, &site);
    site.put(OLD, WORDS.replace("90", "91"));
    seal(&site, &["privacy@2022-01-01"]);
    assert_eq!(fields(&site, "version")[5], "2022-01-01");
    assert!(read(&site, "records/privacy/2022-01-01.en.txt").contains("91 days"));
    assert_eq!(told(&site), Vec::<String>::new());
}

#[test]
fn what_cannot_be_withdrawn_is_refused() {
    let site = site();
    seal(&site, &["terms"]);
    let before = kept(&site);
    for (arguments, says) in [
        (&["--withdraw", "terms@2022-06-01"][..], "--reason"),
        (
            &["--withdraw", "terms@2022-06-01", "--reason", " "],
            "reason",
        ),
        (
            &["--withdraw", "terms@2022-06-01", "--reason", "a\nb"],
            "reason",
        ),
        (
            &["--withdraw", "terms", "--reason", "No."],
            "privacy@2022-12-22",
        ),
        (
            &["--withdraw", "term@2022-06-01", "--reason", "No."],
            "`terms`",
        ),
        (
            &["--withdraw", "terms@2022-06-02", "--reason", "No."],
            "is not sealed",
        ),
        (
            &["--withdraw", "privacy@2022-01-01", "--reason", "No."],
            "is not sealed",
        ),
        (&["--reason", "No."], "--withdraw"),
    ] {
        let run = try_seal(&site, arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
        assert_same(&before, &site);
    }
}
