//! What is told once a text, a record or the ledger is not what was sealed.

use std::fs;

use super::{NEW, OLD, TERMS, WORDS};
use super::{assert_fails, assert_same, kept, read, replace, seal, sealed, site, told};
use crate::site::{DAY, Site};

const CHANGED: &str = "content/privacy/2022-01-01.md: sealed-text-changed";

#[test]
fn a_changed_letter_is_told_with_the_words_around_it_and_the_ways_out() {
    let site = sealed();
    site.put(OLD, WORDS.replace("delete all", "Delete all"));
    assert_fails(
        &site,
        &[CHANGED],
        &[
            "changed after it was sealed on 2024-06-01",
            "sealed: “… data for 90 days, and then delete all of it.”",
            "now: “… data for 90 days, and then Delete all of it.”",
            "put the words back",
            "a new version",
            "content/privacy/2022-01-01.r2.md with `corrected` and `reason`",
            "it is sealed here (engross.ledger:8:1)",
        ],
    );
    site.put(OLD, WORDS);
    assert_eq!(told(&site), Vec::<String>::new());
}

#[test]
fn a_changed_title_number_link_or_heading_is_another_text() {
    for (old, new) in [
        ("title = \"Privacy Policy\"", "title = \"Privacy Notice\""),
        ("## Contact", "## Contacts"),
        ("or *call* us", "or [*call*](https://acme.example/) us"),
        ("90 days,", "90 days"),
    ] {
        let site = sealed();
        replace(&site, OLD, old, new);
        assert!(
            told(&site).contains(&CHANGED.to_owned()),
            "{new}: {:?}",
            told(&site)
        );
    }
}

#[test]
fn a_changed_value_is_named() {
    let site = sealed();
    replace(&site, "engross.toml", "privacy@acme", "data@acme");
    assert_fails(
        &site,
        &[
            CHANGED,
            "content/privacy/2023-01-01.md: sealed-text-changed",
        ],
        &[
            "`{{ organization.email }}` now says “data@acme.example”",
            "put the value back, or write the old one into the text itself",
        ],
    );
}

#[test]
fn a_changed_clause_is_named() {
    let site = sealed();
    replace(&site, "content/clauses/law.md", "Ireland", "France");
    assert_fails(
        &site,
        &["content/terms/2022-06-01.md: sealed-text-changed"],
        &["content/clauses/law.md now says “The law of France applies.”"],
    );
}

#[test]
fn a_day_of_publication_is_sealed_too() {
    let site = sealed();
    replace(&site, NEW, "2022-12-01", "2022-11-01");
    assert_fails(
        &site,
        &["content/privacy/2023-01-01.md: sealed-text-changed"],
        &["sealed as published on 2022-12-01, and now says 2022-11-01"],
    );
}

#[test]
fn a_text_that_is_gone_is_told() {
    let site = sealed();
    site.remove(OLD);
    assert_fails(
        &site,
        &["engross.ledger:8:1: sealed-text-gone"],
        &[
            "privacy 2022-01-01 (en) is gone",
            "--withdraw privacy@2022-01-01 --reason",
        ],
    );
    let site = sealed();
    site.remove(super::SPANISH);
    assert_fails(
        &site,
        &["engross.ledger:50:1: sealed-text-gone"],
        &["privacy 2023-01-01 (es) is gone"],
    );
}

#[test]
fn what_reads_the_same_is_no_change() {
    for (old, new) in [
        ("days,\nand", "days, and"),
        ("all of it", "**all** of it"),
        ("*call*", "_call_"),
        ("## Contact", "Contact\n-------"),
        ("\n\nWrite", "\n\n\nWrite"),
        ("{{ organization.email }}", "privacy@acme.example"),
    ] {
        let site = sealed();
        replace(&site, OLD, old, new);
        let warning = "content/privacy/2022-01-01.md: sealed-source-changed (warning)";
        assert_eq!(told(&site), [warning], "{new}");
        site.build();
    }
    let site = sealed();
    site.put(OLD, WORDS.replace('\n', "\r\n"));
    assert_eq!(told(&site), Vec::<String>::new(), "line ends");
}

#[test]
fn a_theme_changes_neither_words_nor_records() {
    let site = sealed();
    let before = kept(&site);
    let page = r#"{% extends "built-in/version.html" %}"#;
    site.put("themes/default/templates/version.html", page);
    site.put("themes/default/static/style.css", "p { color:red }\n");
    assert_eq!(told(&site), Vec::<String>::new());
    site.build();
    let run = site.run(&["seal", "--as-of", "2024-09-01"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(read(&site, "records/privacy/2025-01-01.en.html").contains("color:red"));
    let after = kept(&site);
    let records = before
        .iter()
        .filter(|(path, _)| path.starts_with("records/"));
    for (path, entry) in records.filter(|(_, entry)| entry.bytes.is_some()) {
        assert_eq!(entry.bytes, after[path].bytes, "{path}");
    }
}

/// What a date is called is a word of the text, not of the theme.
#[test]
fn a_theme_does_not_write_the_dates_of_texts() {
    let site = site();
    replace(
        &site,
        TERMS,
        "an account.",
        "an account from {{ version.effective }}.",
    );
    seal(&site, &[]);
    let dates = "[date]\npattern = \"{day}. {month} {year}\"\nmonths = [\"I\", \"II\", \"III\", \"IV\", \"V\", \"VI\", \"VII\", \"VIII\", \"IX\", \"X\", \"XI\", \"XII\"]\n";
    site.put("themes/default/i18n/en.toml", dates);
    assert_eq!(told(&site), Vec::<String>::new());
    site.build();
    let page = site.page("terms/2022-06-01/index.html");
    assert!(page.contains("an account from June 1, 2022."), "{page}");
    assert!(page.contains(">1. VI 2022</time>"), "{page}");
}

/// A site whose ledger was edited.
fn edited(edit: impl FnOnce(String) -> String) -> Site {
    let site = sealed();
    let ledger = read(&site, "engross.ledger");
    let new = edit(ledger.clone());
    assert_ne!(new, ledger);
    site.put("engross.ledger", new);
    site
}

/// The ledger's header and its entries.
fn blocks(ledger: &str) -> Vec<&str> {
    ledger.trim_end().split("\n\n").collect()
}

#[test]
fn an_edited_line_of_the_ledger_is_told() {
    let site = edited(|ledger| ledger.replace("published: 2022-06-01", "published: 2022-05-01"));
    assert_fails(&site, &["engross.ledger:34:1: ledger-broken"], &["entry 2"]);
}

#[test]
fn entries_in_another_order_are_told() {
    let site = edited(|ledger| {
        let mut blocks = blocks(&ledger);
        blocks.swap(1, 2);
        blocks.join("\n\n") + "\n"
    });
    let told = told(&site);
    assert!(
        told.iter().all(|line| line.ends_with(": ledger-broken")),
        "{told:?}"
    );
    let lines: Vec<&str> = told.iter().map(String::as_str).collect();
    assert_fails(&site, &lines, &["entry"]);
}

#[test]
fn a_ledger_that_was_cut_is_told() {
    let site = edited(|ledger| {
        let blocks = blocks(&ledger);
        blocks[..4].join("\n\n") + "\n"
    });
    assert_fails(
        &site,
        &[
            "checkpoints/4.txt:2:1: checkpoint-broken",
            "records/privacy/2023-01-01.es.html: record-without-entry",
            "records/privacy/2023-01-01.es.txt: record-without-entry",
        ],
        &["4 entries"],
    );
    let site = edited(|ledger| {
        let mut blocks = blocks(&ledger);
        blocks.remove(2);
        blocks.join("\n\n") + "\n"
    });
    assert!(
        told(&site)
            .iter()
            .all(|line| line.ends_with("ledger-broken"))
    );
    assert_eq!(site.run(&["build", "--as-of", DAY]).status, 1);
}

#[test]
fn a_ledger_that_is_gone_is_told() {
    let site = sealed();
    site.remove("engross.ledger");
    assert_fails(
        &site,
        &["records/privacy/2022-01-01.en.html: ledger-broken"],
        &[
            "there is no engross.ledger",
            "restore engross.ledger from version control",
        ],
    );
}

#[test]
fn a_record_that_was_swapped_is_told() {
    let site = sealed();
    let other = read(&site, "records/terms/2022-06-01.en.html");
    site.put("records/privacy/2022-01-01.en.html", other);
    assert_fails(
        &site,
        &["records/privacy/2022-01-01.en.html: record-changed"],
        &["not the record that entry 1 of the ledger seals"],
    );
    let site = sealed();
    site.remove("records/privacy/2022-01-01.en.txt");
    assert_fails(
        &site,
        &["engross.ledger:8:1: record-changed"],
        &["records/privacy/2022-01-01.en.txt is gone"],
    );
}

/// A cut that takes the records with it is seen by the checkpoint, and a checkpoint that is gone by the ledger.
#[test]
fn a_checkpoint_that_is_gone_is_told_and_made_again() {
    let site = sealed();
    let before = kept(&site);
    site.remove("checkpoints/4.txt");
    assert_eq!(told(&site), ["engross.ledger:50:1: checkpoint-missing"]);
    for command in ["check", "build"] {
        assert_eq!(site.run(&[command, "--as-of", DAY]).status, 1, "{command}");
    }
    seal(&site, &[]);
    assert_same(&before, &site);
    fs::rename(
        site.root().join("checkpoints/4.txt"),
        site.root().join("checkpoints/3.txt"),
    )
    .unwrap();
    assert_fails(
        &site,
        &["checkpoints/3.txt: checkpoint-broken"],
        &["call it checkpoints/4.txt"],
    );
}

#[test]
fn a_record_that_nobody_sealed_is_told() {
    let site = sealed();
    site.put("records/terms/2020-01-01.en.html", "<p>Forged.</p>");
    let told = told(&site);
    assert_eq!(
        told,
        ["records/terms/2020-01-01.en.html: record-without-entry"]
    );
    assert_eq!(site.run(&["build", "--as-of", DAY]).status, 1);
}

/// All that changed is told at once, and each thing once.
#[test]
fn many_changes_are_told_together() {
    let site = sealed();
    site.put(OLD, WORDS.replace("90", "91"));
    site.remove(TERMS);
    replace(&site, NEW, "60", "61");
    assert_fails(
        &site,
        &[
            CHANGED,
            "content/privacy/2023-01-01.md: sealed-text-changed",
            "engross.ledger:22:1: sealed-text-gone",
        ],
        &[],
    );
}
