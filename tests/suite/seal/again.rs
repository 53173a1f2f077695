//! What was withdrawn is sealed again with the words that it had, or not at all.

use super::{
    NEW, OLD, SPANISH, TERMS, WORDS, assert_same, kept, read, replace, seal, sealed, told, try_seal,
};
use crate::site::{DAY, Site};

/// A correction of [`OLD`].
const CORRECTION: &str = "content/privacy/2022-01-01.r2.md";

fn withdraw(site: &Site, name: &str) {
    seal(site, &["--withdraw", name, "--reason", "Wrong."]);
}

fn assert_refused(site: &Site, arguments: &[&str], status: i32, says: &[&str]) {
    let before = kept(site);
    let run = try_seal(site, arguments);
    assert_eq!(run.status, status, "{}", run.stderr);
    for words in says {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    assert_same(&before, site);
}

fn correction(words: &str) -> String {
    let front = "corrected = 2022-02-01\nreason = \"A slip.\"\n+++\n\n";
    WORDS
        .replacen("+++\n\n", front, 1)
        .replace("90 days", words)
}

/// A site with a correction, sealed.
fn corrected() -> Site {
    let site = sealed();
    site.put(CORRECTION, correction("91 days"));
    seal(&site, &[]);
    site
}

#[test]
fn other_words_are_not_sealed_under_a_name_that_was_withdrawn() {
    let site = sealed();
    withdraw(&site, "privacy@2022-01-01");
    site.put(OLD, WORDS.replace("90", "91"));
    let says = [
        "error[sealed-text-changed]: these are not the words that were sealed on 2024-06-01 and withdrawn on 2024-06-01",
        "records/privacy/2022-01-01.en.txt has the words that were sealed",
        "put back what was sealed; other words need a new version, or, once this text is sealed again, \
         content/privacy/2022-01-01.r2.md with `corrected` and `reason`",
    ];
    assert_refused(&site, &["privacy@2022-01-01"], 1, &says);
    // The records may go.
    site.remove("records/privacy/2022-01-01.en.txt");
    assert_refused(&site, &["privacy@2022-01-01"], 1, &says[..1]);
    let earlier = "title = \"Privacy Policy\"\npublished = 2021-12-01\n";
    site.put(OLD, WORDS.replace("title = \"Privacy Policy\"\n", earlier));
    let says =
        "sealed as published on 2022-01-01 and withdrawn on 2024-06-01, and now says 2021-12-01";
    assert_refused(&site, &["privacy@2022-01-01"], 1, &[says]);
    // Other lines are not other words.
    site.put(OLD, WORDS.replace("90 days,\n", "90 days, "));
    seal(&site, &["privacy@2022-01-01"]);
    assert_eq!(told(&site), Vec::<String>::new());
}

#[test]
fn nothing_is_sealed_or_withdrawn_for_a_day_to_come() {
    let site = sealed();
    let before = kept(&site);
    for arguments in [
        &[][..],
        &["--dry-run"],
        &["privacy@2025-01-01"],
        &["--withdraw", "privacy@2022-01-01", "--reason", "No."],
    ] {
        let run = site.run(&[&["seal", "--as-of", "9000-01-01"], arguments].concat());
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.stderr);
        let says = "9000-01-01 is yet to come: today is ";
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
    assert_same(&before, &site);
}

#[test]
fn what_was_withdrawn_says_so_when_it_is_withdrawn_again() {
    let site = sealed();
    withdraw(&site, "privacy@2023-01-01");
    let again = |name| ["--withdraw", name, "--reason", "No."];
    let says = "privacy 2023-01-01 (en) was already withdrawn on 2024-06-01";
    assert_refused(&site, &again("privacy@2023-01-01.en"), 2, &[says]);
    let says = "was already withdrawn on 2024-06-01";
    assert_refused(&site, &again("privacy@2023-01-01"), 2, &[says]);
    site.remove(NEW);
    site.remove(SPANISH);
    assert_refused(&site, &again("privacy@2023-01-01.es"), 2, &["(es)", says]);
    // Also where nothing else of the document is there.
    withdraw(&site, "terms@2022-06-01");
    site.remove(TERMS);
    let says = "terms 2022-06-01 (en) was already withdrawn on 2024-06-01";
    assert_refused(&site, &again("terms@2022-06-01"), 2, &[says]);
}

#[test]
fn corrections_are_withdrawn_before_what_they_correct() {
    let site = corrected();
    let original = ["--withdraw", "privacy@2022-01-01", "--reason", "Wrong."];
    let says = "privacy 2022-01-01.r2 is a correction of privacy 2022-01-01 and cannot stay without it; withdraw it \
                first, with `--withdraw privacy@2022-01-01.r2`, and remove its files";
    assert_refused(&site, &original, 2, &[says]);
    withdraw(&site, "privacy@2022-01-01.r2");
    site.remove(CORRECTION);
    assert_eq!(told(&site), Vec::<String>::new());
    withdraw(&site, "privacy@2022-01-01");
    site.remove(OLD);
    assert_eq!(told(&site), Vec::<String>::new());
    site.build();
}

#[test]
fn a_correction_that_is_not_sealed_is_removed_before_what_it_corrects_is_withdrawn() {
    let site = sealed();
    site.put(CORRECTION, correction("91 days"));
    let original = ["--withdraw", "privacy@2022-01-01", "--reason", "Wrong."];
    let says = "content/privacy/2022-01-01.r2.md is a correction of privacy 2022-01-01 and cannot stay without it; \
                remove it first";
    assert_refused(&site, &original, 2, &[says]);
    site.remove(CORRECTION);
    withdraw(&site, "privacy@2022-01-01");
    site.remove(OLD);
    assert_eq!(told(&site), Vec::<String>::new());
}

/// The name of a withdrawn correction is not given again, so the next one has a number more.
#[test]
fn the_correction_after_a_withdrawn_one_corrects_what_is_left() {
    let site = corrected();
    withdraw(&site, "privacy@2022-01-01.r2");
    site.remove(CORRECTION);
    let run = site.run(&[
        "amend",
        "privacy",
        "--correct",
        "--effective",
        "2022-01-01",
        "--as-of",
        DAY,
    ]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let third = "content/privacy/2022-01-01.r3.md";
    assert!(read(&site, third).contains("corrected = 2024-06-01"));
    site.put(third, correction("92 days"));
    seal(&site, &[]);
    assert_eq!(told(&site), Vec::<String>::new());
    site.build();
    let page = site.page("privacy/2022-01-01.r3/index.html");
    assert!(page.contains("<a href=\"/privacy/2022-01-01/\">"), "{page}");
    assert!(
        site.page("privacy/2022-01-01.r3/redline/index.html")
            .contains("92")
    );
}

/// A number that was never given, or that is only missing, is told as before.
#[test]
fn a_correction_that_corrects_nothing_is_told() {
    let site = sealed();
    site.put("content/privacy/2022-01-01.r3.md", correction("92 days"));
    let at = "content/privacy/2022-01-01.r3.md: correction";
    assert!(told(&site).contains(&at.to_owned()), "{:?}", told(&site));
    replace(&site, "content/privacy/2022-01-01.r3.md", "92", "93");
    site.remove(OLD);
    assert!(told(&site).contains(&at.to_owned()), "{:?}", told(&site));
}

#[test]
fn as_of_and_history_tell_what_was_withdrawn() {
    let site = sealed();
    withdraw(&site, "privacy@2023-01-01");
    site.remove(NEW);
    site.remove(SPANISH);
    let says = "2023-01-01 (en), published 2022-12-01, was withdrawn on 2024-06-01: “Wrong.”";
    let asked = |arguments: &[&str]| {
        let run = site.run(arguments);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for arguments in [
        &["as-of", "2023-06-01", "privacy"][..],
        &["as-of", "2023-06-01"],
        &["history", "privacy"],
    ] {
        assert!(asked(arguments).contains(says), "{arguments:?}");
    }
    // Before it was public nobody knew of it.
    assert!(!asked(&["as-of", "2022-11-30", "privacy"]).contains("withdrawn"));
    for arguments in [
        &["as-of", "2023-06-01", "privacy", "--format", "json"][..],
        &["history", "privacy", "--format", "json"],
    ] {
        let told: serde_json::Value = serde_json::from_str(&asked(arguments)).unwrap();
        assert_eq!(
            told["documents"][0]["withdrawn"][0],
            serde_json::json!({
                "id": "2023-01-01", "language": "en", "effective": "2023-01-01",
                "published": "2022-12-01", "withdrawn": "2024-06-01", "reason": "Wrong."
            })
        );
    }
}
