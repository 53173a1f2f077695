//! `engross verify`: whatever was changed after it was sealed or published is found, and named.

mod claim;
mod published;
mod witnesses;

use std::fs;

use crate::site::{DAY, Run, Site, config};

const OLD: &str = "content/privacy/2022-01-01.md";
const NEW: &str = "content/privacy/2023-01-01.md";
const WORDS: &str = "We keep the logs of our servers for 90 days and then delete them.";

fn with_email(email: &str) -> String {
    config("languages = [\"en\", \"es\"]") + &format!("email = \"{email}\"\n")
}

/// A site with two versions and a translation, all sealed.
fn sealed() -> Site {
    let head = "+++\ntitle = \"Privacy Policy\"\n";
    let site = Site::empty()
        .with("engross.toml", with_email("ann@legal.example"))
        .with(
            OLD,
            format!("{head}+++\n\nWords for {{{{ organization.email }}}}.\n"),
        )
        .with(NEW, format!("{head}summary = \"Less.\"\n+++\n\n{WORDS}\n"))
        .with(
            "content/privacy/2023-01-01.es.md",
            "+++\ntitle = \"Privacidad\"\nsummary = \"Menos.\"\n+++\n\nPalabras.\n",
        );
    seal(&site);
    site
}

fn seal(site: &Site) {
    let run = site.run(&["seal", "--as-of", DAY]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

fn replace(site: &Site, path: &str, from: &str, to: &str) {
    let text = read(site, path);
    assert!(text.contains(from), "{path}: {from}");
    site.put(path, text.replacen(from, to, 1));
}

fn verify(site: &Site, arguments: &[&str]) -> Run {
    let all = [&["verify", "--as-of", DAY][..], arguments].concat();
    site.run(&all)
}

/// Asserts that a run found something wrong: each rule, and a piece of what is said.
fn assert_wrong(run: &Run, found: &[(&str, &str)]) {
    assert_eq!(run.status, 1, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.ends_with("not everything matches\n"),
        "{}",
        run.stdout
    );
    for (rule, says) in found {
        assert!(
            run.stderr.contains(&format!("error[{rule}]")),
            "{rule}: {}",
            run.stderr
        );
        assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
    }
}

fn assert_right(run: &Run) {
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.ends_with("\neverything matches\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn without_a_ledger_there_is_nothing_to_verify() {
    let run = verify(&Site::minimal(), &[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`engross seal`"), "{}", run.stderr);
    let site = sealed();
    site.remove("engross.ledger");
    assert_wrong(
        &verify(&site, &[]),
        &[("ledger-broken", "there is no engross.ledger")],
    );
}

#[test]
fn sources_that_cannot_be_read_are_told_and_nothing_else() {
    let site = sealed();
    site.put("engross.toml", "title = ");
    let run = verify(&site, &["public"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    let run = verify(&site, &[]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{}", run.stderr);
    assert!(run.stderr.contains("error[toml-syntax]"), "{}", run.stderr);
}

#[test]
fn what_was_verified_is_told() {
    let site = sealed();
    let run = verify(&site, &[]);
    assert_right(&run);
    assert_eq!(run.stderr, "");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "engross.ledger: 3 entries");
    assert!(lines[1].starts_with("checkpoints/3.txt: 3 entries, 2024-06-01, root sha256:"));
    assert_eq!(lines[2], "texts: 3 sealed, 0 not sealed");
    assert_eq!(verify(&site, &["--quiet"]).stdout, "");
}

#[test]
fn a_text_that_is_not_sealed_is_told_and_is_no_fault() {
    let site = sealed().with(
        "content/terms/2024-01-01.md",
        "+++\ntitle = \"Terms\"\n+++\n\nWords.\n",
    );
    let run = verify(&site, &[]);
    assert_right(&run);
    assert!(
        run.stdout
            .contains("texts: 3 sealed, 1 not sealed\n  not sealed: content/terms/2024-01-01.md\n")
    );
}

#[test]
fn a_paragraph_may_be_wrapped_anew() {
    let site = sealed();
    replace(&site, NEW, "servers for", "servers\nfor");
    let run = verify(&site, &[]);
    assert_right(&run);
    assert!(run.stderr.contains("warning[sealed-source-changed]"));
}

#[test]
fn a_changed_source_is_named() {
    let site = sealed();
    replace(&site, NEW, "90 days", "91 days");
    let says = [
        ("sealed-text-changed", NEW),
        ("sealed-text-changed", "91 days"),
    ];
    assert_wrong(&verify(&site, &[]), &says);

    let site = sealed();
    site.put("engross.toml", with_email("bob@legal.example"));
    let says = [
        ("sealed-text-changed", OLD),
        ("sealed-text-changed", "organization.email"),
    ];
    assert_wrong(&verify(&site, &[]), &says);

    let site = sealed();
    site.remove(OLD);
    let says = [("sealed-text-gone", "privacy 2022-01-01 (en) is gone")];
    assert_wrong(&verify(&site, &[]), &says);
}

#[test]
fn a_changed_ledger_is_named() {
    let site = sealed();
    replace(
        &site,
        "engross.ledger",
        "published: 2022-01-01",
        "published: 2021-01-01",
    );
    assert_wrong(&verify(&site, &[]), &[("ledger-broken", "entry 1")]);

    let site = sealed();
    let ledger = read(&site, "engross.ledger");
    let parts: Vec<&str> = ledger.split("\n\n").collect();
    let [head, one, two, three] = parts[..] else {
        panic!("{ledger}")
    };
    site.put("engross.ledger", [head, two, one, three].join("\n\n"));
    assert_wrong(&verify(&site, &[]), &[("ledger-broken", "engross.ledger:")]);

    site.put("engross.ledger", [head, one, two].join("\n\n") + "\n");
    let says = [
        ("checkpoint-broken", "its end was cut off"),
        ("record-without-entry", "records/privacy/2023-01-01.es.html"),
    ];
    assert_wrong(&verify(&site, &[]), &says);
}

#[test]
fn a_swapped_record_is_named() {
    let site = sealed();
    let other = read(&site, "records/privacy/2022-01-01.en.html");
    site.put("records/privacy/2023-01-01.en.html", other);
    let says = [("record-changed", "records/privacy/2023-01-01.en.html")];
    assert_wrong(&verify(&site, &[]), &says);
}

#[test]
fn a_withdrawn_text_is_counted_as_such() {
    let site = sealed();
    let reason = ["--reason", "By mistake.", "--as-of", DAY];
    let run = site.run(&[&["seal", "--withdraw", "privacy@2022-01-01"][..], &reason].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    site.remove(OLD);
    let run = verify(&site, &[]);
    assert_right(&run);
    assert!(
        run.stdout
            .contains("texts: 2 sealed, 1 withdrawn, 0 not sealed\n"),
        "{}",
        run.stdout
    );
}
