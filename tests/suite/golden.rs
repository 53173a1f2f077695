//! Texts that outputs are held against. `UPDATE_GOLDEN=1 cargo test --test suite` writes them anew.

use std::fs;
use std::path::PathBuf;

/// Every golden file: one that is not named here is a leftover.
const ALL: [&str; 8] = [
    "sample-2020-12-31.txt",
    "sample-2021-05-10.txt",
    "sample-2022-06-01.txt",
    "sample-2022-12-01-es-privacy-feed.xml",
    "sample-2022-12-01-feed.xml",
    "sample-2022-12-01.txt",
    "sample-2026-12-01.txt",
    "sample-2027-02-01.txt",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/suite/golden")
}

/// Holds a text against its golden file.
pub(crate) fn check(name: &str, text: &str) {
    assert!(ALL.contains(&name), "add {name} to golden::ALL");
    let path = folder().join(name);
    if update() {
        fs::write(&path, text).unwrap();
        return;
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == text,
        "{name} is not what it was (UPDATE_GOLDEN=1 takes the new one):\n{}",
        difference(&golden, text)
    );
}

/// The lines that only one of two texts has.
pub(crate) fn difference(golden: &str, text: &str) -> String {
    let only = |from: &str, missing_in: &str, mark: char| -> Vec<String> {
        let lines = from
            .lines()
            .filter(|line| !missing_in.lines().any(|other| other == *line));
        lines.map(|line| format!("{mark} {line}")).collect()
    };
    let mut lines = only(golden, text, '-');
    lines.extend(only(text, golden, '+'));
    lines.join("\n")
}

/// Whether golden texts are to be written anew.
pub(crate) fn update() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

#[test]
fn no_golden_file_is_left_over() {
    assert_eq!(crate::folder::names(&folder()), ALL);
}
