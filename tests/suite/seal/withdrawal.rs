//! A sealed text is taken back with a reason, or not at all.

use std::fs;

use super::{
    NEW, OLD, SPANISH, TERMS, WORDS, assert_fails, assert_same, fields, kept, read, replace, seal,
    sealed, site, told, try_seal,
};
use crate::folder;
use crate::site::DAY;

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
            "withdrew privacy 2022-01-01 (en): Published by mistake.\nnow remove content/privacy/2022-01-01.md: "
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

/// What was taken back is not published again, with the same words or others, on any day.
#[test]
fn a_withdrawn_text_whose_file_stays_stops_everything() {
    let site = sealed();
    seal(&site, &WITHDRAW);
    for words in ["90 days", "91 days"] {
        site.put(OLD, WORDS.replace("90 days", words));
        assert_fails(
            &site,
            &["content/privacy/2022-01-01.md: withdrawn-text-kept"],
            &[
                "withdrawn on 2024-06-01 (“Published by mistake.”)",
                "remove content/privacy/2022-01-01.md,",
                "`engross seal privacy@2022-01-01`",
            ],
        );
        for arguments in [
            &["build", "--as-of", "2021-01-01"][..],
            &["check", "--as-of", DAY, "--locked"],
            &["verify", "--as-of", DAY],
        ] {
            let run = site.run(arguments);
            assert_eq!(run.status, 1, "{arguments:?}");
            assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
        }
    }
}

#[test]
fn a_withdrawn_text_is_sealed_again_only_when_it_is_named() {
    let site = sealed();
    seal(&site, &WITHDRAW);
    let before = kept(&site);
    for names in [&[][..], &["privacy"], &["privacy@2023-01-01"]] {
        assert_eq!(try_seal(&site, names).status, 1, "{names:?}");
    }
    assert_same(&before, &site);
    seal(&site, &["privacy@2022-01-01"]);
    assert_eq!(fields(&site, "version")[5], "2022-01-01");
    assert_eq!(told(&site), Vec::<String>::new());
}

#[test]
fn a_text_is_not_sealed_again_where_something_else_is_wrong() {
    let site = sealed();
    seal(&site, &WITHDRAW);
    replace(&site, NEW, "60 days", "61 days");
    let before = kept(&site);
    let run = try_seal(&site, &["privacy@2022-01-01"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[sealed-text-changed]"));
    assert_same(&before, &site);
}

const WITHDRAW_SPANISH: [&str; 4] = ["--withdraw", "privacy@2023-01-01.es", "--reason", "No."];

#[test]
fn a_translation_is_withdrawn_and_sealed_again_alone() {
    let site = sealed();
    let run = seal(&site, &WITHDRAW_SPANISH);
    assert!(
        run.stdout.starts_with(
            "withdrew privacy 2023-01-01 (es): No.\nnow remove content/privacy/2023-01-01.es.md: "
        ),
        "{}",
        run.stdout
    );
    assert_eq!(fields(&site, "withdrawn").len(), 1);
    assert_fails(
        &site,
        &["content/privacy/2023-01-01.es.md: withdrawn-text-kept"],
        &["`engross seal privacy@2023-01-01.es`"],
    );
    let run = seal(&site, &["privacy@2023-01-01.es"]);
    assert!(run.stdout.starts_with("sealed privacy 2023-01-01 (es)"));
    assert_eq!(told(&site), Vec::<String>::new());
    seal(&site, &WITHDRAW_SPANISH);
    site.remove(SPANISH);
    site.build();
    assert!(
        site.page("privacy/2023-01-01/index.html")
            .contains("60 days")
    );
}

/// Other languages of the version that were withdrawn stay so.
#[test]
fn one_language_is_sealed_by_name() {
    let site = sealed();
    let all = ["--withdraw", "privacy@2023-01-01", "--reason", "No."];
    let run = seal(&site, &all);
    assert_eq!(run.stdout.matches("now remove ").count(), 2);
    let run = try_seal(&site, &["privacy@2023-01-01.es"]);
    assert_eq!(run.status, 1);
    assert_eq!(run.stderr.matches("error[").count(), 1);
    assert!(run.stderr.contains("2023-01-01.md"), "{}", run.stderr);
    seal(&site, &["privacy@2023-01-01.es", "privacy@2023-01-01.en"]);
    assert_eq!(told(&site), Vec::<String>::new());
    for (name, says) in [
        ("privacy@2022-01-01.es", "has no text in `es`"),
        ("privacy@2023-01-01.de", "has no text in `de`"),
        ("privacy@2023-01-02.es", "has no version `2023-01-02.es`"),
    ] {
        let run = try_seal(&site, &[name]);
        assert_eq!(run.status, 2, "{name}");
        assert!(run.stderr.contains(says), "{name}: {}", run.stderr);
    }
}

#[test]
fn a_translation_that_is_not_public_is_not_sealed_by_name() {
    let site = site();
    let run = site.run(&["seal", "--as-of", "2023-01-15", "privacy@2023-01-01.es"]);
    assert_eq!(run.status, 2);
    let says = "privacy 2023-01-01 (es) is not public before 2023-02-01";
    assert!(run.stderr.contains(says), "{}", run.stderr);
}

#[test]
fn the_way_out_names_exactly_what_is_gone() {
    let site = sealed();
    site.remove(SPANISH);
    let spanish = [
        "restore content/privacy/2023-01-01.es.md;",
        "`engross seal --withdraw privacy@2023-01-01.es --reason",
    ];
    assert_fails(&site, &["engross.ledger:50:1: sealed-text-gone"], &spanish);
    site.remove(NEW);
    let both = [
        "restore content/privacy/2023-01-01.md;",
        "restore content/privacy/2023-01-01.es.md;",
        "`engross seal --withdraw privacy@2023-01-01 --reason",
    ];
    let gone = [
        "engross.ledger:36:1: sealed-text-gone",
        "engross.ledger:50:1: sealed-text-gone",
    ];
    assert_fails(&site, &gone, &both);
    let run = seal(
        &site,
        &["--withdraw", "privacy@2023-01-01", "--reason", "No."],
    );
    assert!(!run.stdout.contains("now remove"), "{}", run.stdout);
    assert_eq!(told(&site), Vec::<String>::new());
}

/// A translation that was never sealed has to go with its original too.
#[test]
fn an_original_goes_with_all_its_translations() {
    let site = site();
    seal(&site, &["privacy@2023-01-01.en"]);
    let withdraw = ["--withdraw", "privacy@2023-01-01.en", "--reason", "No."];
    let run = seal(&site, &withdraw);
    assert_eq!(run.stdout.matches("withdrew ").count(), 1);
    assert_eq!(run.stdout.matches("now remove ").count(), 2);
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
        (
            &["--withdraw", "terms@2022-06-01.es", "--reason", "No."],
            "terms 2022-06-01.es is not sealed",
        ),
        (
            &["--withdraw", "terms@2022-06-01.r1", "--reason", "No."],
            "privacy@2022-12-22.es",
        ),
        (&["--reason", "No."], "--withdraw"),
    ] {
        let run = try_seal(&site, arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
        assert_same(&before, &site);
    }
}

#[test]
fn an_original_is_not_withdrawn_without_its_translations() {
    let site = sealed();
    let before = kept(&site);
    let run = try_seal(
        &site,
        &["--withdraw", "privacy@2023-01-01.en", "--reason", "No."],
    );
    assert_eq!(run.status, 2);
    let says = "`--withdraw privacy@2023-01-01`";
    assert!(run.stderr.contains(says), "{}", run.stderr);
    assert_same(&before, &site);
    seal(&site, &WITHDRAW_SPANISH);
    seal(
        &site,
        &["--withdraw", "privacy@2023-01-01.en", "--reason", "No."],
    );
}
