//! Sealed sites of which something is not as it was sealed. What else is told of them stands in `seal`.

use std::fs;
use std::path::Path;

use super::{Case, check};
use crate::site::{DAY, TEXT, engross, run, text};

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("an edited ledger")
            .prepare(|root| {
                edit(
                    root,
                    "engross.ledger",
                    "document: privacy",
                    "document: terms",
                );
            })
            .tells(&["engross.ledger:20:1: ledger-broken"]),
        Case::new("an edited checkpoint")
            .prepare(|root| {
                edit(
                    root,
                    "checkpoints/1.txt",
                    "date: 2024-06-01",
                    "date: 2024-06-02",
                );
            })
            .tells(&["checkpoints/1.txt:4:1: checkpoint-broken"]),
        Case::new("a checkpoint that is gone")
            .prepare(|root| remove(root, "checkpoints/1.txt"))
            .tells(&["engross.ledger:8:1: checkpoint-missing"])
            .says(&["no checkpoint covers the last entry"]),
        Case::new("an edited record")
            .prepare(|root| edit(root, "records/privacy/2022-01-01.en.html", "Words", "Lies"))
            .tells(&["records/privacy/2022-01-01.en.html: record-changed"]),
        Case::new("a record that is gone")
            .prepare(|root| remove(root, "records/privacy/2022-01-01.en.html"))
            .tells(&["engross.ledger:8:1: record-changed"])
            .says(&["records/privacy/2022-01-01.en.html is gone"]),
        Case::new("a record that nothing seals")
            .prepare(|root| {
                seal(root, &[]);
                fs::write(root.join("records/privacy/2021-01-01.en.txt"), "Words.\n").unwrap();
            })
            .tells(&["records/privacy/2021-01-01.en.txt: record-without-entry"]),
        Case::new("a sealed text with other words")
            .prepare(|root| edit(root, TEXT, "All of it", "Some of it"))
            .tells(&["content/privacy/2022-01-01.md: sealed-text-changed"])
            .says(&["“All of it.”", "“Some of it.”"]),
        Case::new("a sealed text that reads the same")
            .prepare(|root| edit(root, TEXT, "All of it", "**All** of it"))
            .tells(&["content/privacy/2022-01-01.md: sealed-source-changed (warning)"])
            .says(&["`engross seal privacy@2022-01-01`"]),
        Case::new("a sealed text that is gone")
            .file("content/terms/2022-01-01.md", text("Words."))
            .prepare(|root| {
                seal(root, &[]);
                fs::remove_dir_all(root.join("content/terms")).unwrap();
            })
            .tells(&["engross.ledger:22:1: sealed-text-gone"])
            .says(&["--withdraw terms@2022-01-01"]),
        Case::new("a withdrawn text that is still here")
            .prepare(|root| {
                seal(root, &[]);
                let withdraw = ["--withdraw", "privacy@2022-01-01", "--reason", "A mistake."];
                seal(root, &withdraw);
            })
            .tells(&["content/privacy/2022-01-01.md: withdrawn-text-kept"])
            .says(&[
                "withdrawn on 2024-06-01 (“A mistake.”)",
                "remove content/privacy/2022-01-01.md",
            ]),
    ]
}

/// Seals the site in a folder, or what the arguments say.
fn seal(root: &Path, arguments: &[&str]) {
    let run = run(engross(root).args(["seal", "--as-of", DAY]).args(arguments));
    assert_eq!(run.status, 0, "{}", run.stderr);
}

/// Seals the site, then edits a file of it.
fn edit(root: &Path, path: &str, old: &str, new: &str) {
    seal(root, &[]);
    let path = root.join(path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{text}");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

/// Seals the site, then removes a file of it.
fn remove(root: &Path, path: &str) {
    seal(root, &[]);
    fs::remove_file(root.join(path)).unwrap();
}

#[test]
fn a_site_that_is_not_as_it_was_sealed_is_told() {
    check(&cases());
}
