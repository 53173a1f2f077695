//! Where there is no evidence, the program says why, and what to do.

use super::{seal, sealed, site, version};
use crate::site::Site;

/// Asserts that nothing is written, with a status and a piece of what is said.
fn assert_refused(site: &Site, arguments: &[&str], status: i32, says: &str) {
    let run = site.run(&[&["evidence"], arguments, &["-o", "none.zip"]].concat());
    assert_eq!(run.status, status, "{}", run.stderr);
    assert!(run.stderr.contains(says), "{}", run.stderr);
    assert!(!site.root().join("none.zip").exists());
    assert!(!site.root().join("none.zip.sha256").exists());
}

#[test]
fn a_folder_that_is_not_there_is_not_made() {
    let site = sealed();
    let asked = ["evidence", "privacy", "--on", "2022-12-25", "-o"];
    let run = site.run(&[&asked[..], &["none/bundle.zip"]].concat());
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.contains("there is no folder none\n"),
        "{}",
        run.stderr
    );
    assert!(!site.root().join("none").exists());
}

#[test]
fn what_is_not_sealed_has_no_evidence() {
    let says = "run `engross seal privacy@2022-12-22`";
    assert_refused(&site(), &["privacy", "--on", "2022-12-25"], 1, says);
}

#[test]
fn a_day_without_a_text_has_no_evidence() {
    let site = sealed();
    let on = |day, says| assert_refused(&site, &["privacy", "--on", day], 1, says);
    on("2021-12-31", "no text in force on 2021-12-31");
    let later = ["privacy", "--on", "9000-01-01"];
    assert_refused(&site, &later, 2, "yet to come");
    let spanish = ["privacy", "--on", "2022-02-02", "--language", "es"];
    assert_refused(&site, &spanish, 1, "had no text in `es`");
    let german = ["privacy", "--on", "2022-02-02", "--language", "de"];
    assert_refused(&site, &german, 2, "no language `de`");
}

#[test]
fn a_withdrawn_text_is_not_passed_over() {
    let site = sealed();
    seal(
        &site,
        &["--withdraw", "privacy@2022-12-22", "--reason", "Wrong."],
    );
    let asked = ["privacy", "--on", "2023-01-01"];
    let says = "privacy 2022-12-22 (en) was withdrawn on 2024-06-01: “Wrong.”; what it said";
    assert_refused(&site, &asked, 1, says);
    site.remove("content/privacy/2022-12-22.md");
    site.remove("content/privacy/2022-12-22.es.md");
    assert_refused(&site, &asked, 1, says);
}

#[test]
fn a_withdrawn_translation_is_not_said_never_to_have_been() {
    let site = sealed();
    let withdraw = ["--withdraw", "privacy@2022-12-22.es", "--reason", "Wrong."];
    seal(&site, &withdraw);
    site.remove("content/privacy/2022-12-22.es.md");
    let asked = ["privacy", "--on", "2023-01-01", "--language", "es"];
    let says = "privacy 2022-12-22 (es) was withdrawn on 2024-06-01: “Wrong.”; what it said";
    assert_refused(&site, &asked, 1, says);
}

#[test]
fn the_statement_tells_that_a_text_was_withdrawn_for_a_time() {
    let site = sealed();
    seal(
        &site,
        &["--withdraw", "privacy@2022-12-22", "--reason", "Wrong."],
    );
    let run = site.run(&["seal", "--as-of", "2024-07-01", "privacy@2022-12-22"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let bundle = super::Bundle::of(&site, &["privacy", "--on", "2022-12-25"]);
    let says = "\nIts publisher withdrew it on 2024-06-01: “Wrong.” It was sealed again, with the same words, on 2024-07-01.\n";
    let statement = bundle.text("STATEMENT.md");
    assert!(statement.contains(says), "{statement}");
    bundle.assert_passes();
}

#[test]
fn a_broken_ledger_or_record_proves_nothing() {
    let site = sealed();
    let ledger = std::fs::read_to_string(site.root().join("engross.ledger")).unwrap();
    site.put("engross.ledger", ledger.replace("2022-12-22", "2022-12-23"));
    assert_refused(&site, &["terms", "--on", "2023-02-02"], 1, "ledger-broken");
    site.put("engross.ledger", ledger);
    site.put("records/privacy/2022-01-01.en.html", "x");
    assert_refused(&site, &["terms", "--on", "2023-02-02"], 1, "record-changed");
}

#[test]
fn a_signature_that_does_not_hold_is_no_evidence() {
    let site = sealed();
    site.put("checkpoints/5.txt.sig", "x\n");
    assert_refused(
        &site,
        &["terms", "--on", "2023-02-02"],
        1,
        "checkpoints/5.txt.sig does not hold",
    );
}

#[test]
fn a_text_that_says_other_words_now_is_proved_by_what_was_sealed() {
    let site = sealed();
    site.put(
        "content/terms/2022-01-01.md",
        version("Conditions", "", "Be rude."),
    );
    let bundle = super::Bundle::of(&site, &["terms", "--on", "2022-12-25"]);
    assert_eq!(bundle.text("words.txt"), "# Terms\nBe kind.\n");
    assert!(
        bundle
            .text("STATEMENT.md")
            .starts_with("# What “Terms” said on 2022-12-25\n")
    );
    for name in ["source.md", "redline.txt", "notice.txt"] {
        assert!(!bundle.names().contains(&name.to_owned()), "{name}");
    }
    bundle.assert_passes();
}
