//! `engross amend`: the file of the next version or of a correction, and nothing that is there changed.

use std::collections::BTreeMap;
use std::fs;

use crate::folder;
use crate::site::{CONFIG, DAY, Run, Site};

const FIRST: &str = "content/privacy/2022-01-01.md";
const SECOND: &str = "content/privacy/2023-01-01.md";

const SUMMARY: &str = "summary = \"[fill in: what this version changes, in a sentence or two]\"\n";

/// A text in force on [`DAY`] with all that a front matter can say.
const FULL: &str = "\
+++
# Names stay.
title = \"Privacy Policy\" # for lists
# Announced by mail.
published = 2022-12-01
summary = \"\"\"
Shorter.
title = 2\"\"\" # in one line
material = true
numbered = true

[variables] # of this text
summary = \"30 days\"
+++

We  keep it {{ variables.summary }}.\\
<!-- a remark -->

## Scope

* one
";

/// What becomes of its front matter.
const NEXT: &str = "\
+++
# Names stay.
title = \"Privacy Policy\" # for lists
# Announced by mail.
{new}numbered = true

[variables] # of this text
summary = \"30 days\"
+++
";

fn site() -> Site {
    let config = CONFIG.replacen('\n', "\nlanguages = [\"en\", \"es\", \"de\"]\n", 1);
    Site::minimal()
        .with("engross.toml", config)
        .with(SECOND, FULL)
}

/// Runs `amend` on [`DAY`].
fn amend(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["amend", "--as-of", DAY], arguments].concat())
}

/// Runs `amend`, which must succeed. What it wrote and removed, by path.
fn amended(site: &Site, arguments: &[&str]) -> (BTreeMap<String, String>, Vec<String>, Run) {
    let before = folder::snapshot(&site.root());
    let run = amend(site, arguments);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let after = folder::snapshot(&site.root());
    let mut new = folder::files(&after);
    new.retain(|path, bytes| before.get(*path).and_then(|old| old.bytes.as_deref()) != Some(bytes));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let new = new
        .into_iter()
        .map(|(path, bytes)| (path.to_owned(), text(bytes)));
    let gone = before
        .keys()
        .filter(|path| !after.contains_key(*path))
        .cloned();
    (new.collect(), gone.collect(), run)
}

/// The one file that a run wrote.
fn only(site: &Site, arguments: &[&str], path: &str) -> (String, Run) {
    let (mut new, gone, run) = amended(site, arguments);
    let names: Vec<&str> = new.keys().map(String::as_str).collect();
    assert_eq!((names, gone.len()), (vec![path], 0), "{gone:?}");
    assert!(
        run.stdout.starts_with(&format!("{path}, a copy of ")),
        "{}",
        run.stdout
    );
    (new.remove(path).unwrap(), run)
}

fn body(text: &str) -> &str {
    text.split("+++\n").nth(2).unwrap()
}

/// What `check` tells on [`DAY`], as rules.
fn rules(site: &Site) -> Vec<String> {
    let run = site.run(&["check", "--as-of", DAY, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let problems = report["diagnostics"].as_array().unwrap().iter();
    problems
        .map(|problem| problem["rule"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_next_version_begins_with_the_words_in_force() {
    let site = site();
    let path = "content/privacy/2025-01-15.md";
    let days = ["--effective", "2025-01-15", "--published", "2024-12-01"];
    let (text, run) = only(&site, &[&["privacy"], &days[..]].concat(), path);
    let new = NEXT.replace("{new}", &format!("published = 2024-12-01\n{SUMMARY}"));
    assert_eq!(text, new + body(FULL));
    assert_eq!(run.stderr, "");
    assert!(
        run.stdout.contains("engross redline privacy 2025-01-15"),
        "{}",
        run.stdout
    );
    assert_eq!(rules(&site), ["to-fill-in"]);
    let redline = site.run(&["redline", "privacy", "2025-01-15", "--as-of", DAY]);
    assert_eq!(redline.status, 0, "{}", redline.stderr);
}

#[test]
fn without_a_published_day_it_says_none() {
    let site = site();
    let path = "content/privacy/2025-01-15.md";
    let (text, _) = only(
        &site,
        &["/privacy/", "--effective", "2025-01-15", "--quiet"],
        path,
    );
    assert_eq!(text, NEXT.replace("{new}", SUMMARY) + body(FULL));
}

#[test]
fn line_ends_and_a_byte_order_mark_stay_as_they_are() {
    let site = site().with(SECOND, format!("\u{FEFF}{}", FULL.replace('\n', "\r\n")));
    let path = "content/privacy/2025-01-15.md";
    let (text, _) = only(&site, &["privacy", "--effective", "2025-01-15"], path);
    let expected = NEXT.replace("{new}", SUMMARY) + body(FULL);
    assert_eq!(text, format!("\u{FEFF}{}", expected.replace('\n', "\r\n")));
}

#[test]
fn a_text_without_front_matter_gets_one() {
    let site = Site::minimal().with(FIRST, "# Privacy\n\nWords.\n");
    let path = "content/privacy/2025-01-15.md";
    let (text, _) = only(&site, &["privacy", "--effective", "2025-01-15"], path);
    assert_eq!(text, format!("+++\n{SUMMARY}+++\n\n# Privacy\n\nWords.\n"));
}

#[test]
fn it_takes_the_correction_that_is_in_force_and_none_that_is_to_come() {
    let corrected = FULL.replace(
        "published = 2022-12-01",
        "corrected = 2023-02-01\nreason = \"x\"",
    );
    let corrected = corrected.replace("one", "two");
    let site = site()
        .with("content/privacy/2023-01-01.r2.md", &corrected)
        .with(
            "content/privacy/2026-01-01.md",
            FULL.replace("published = 2022-12-01\n", ""),
        );
    let path = "content/privacy/2025-01-15.md";
    let (text, run) = only(&site, &["privacy", "--effective", "2025-01-15"], path);
    assert_eq!(body(&text), body(&corrected));
    assert!(
        !text.contains("corrected") && !text.contains("reason"),
        "{text}"
    );
    assert!(
        run.stderr.contains("2026-01-01.md takes the place of it"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_day_that_is_past_is_told() {
    let site = site();
    let path = "content/privacy/2022-06-01.md";
    let (text, run) = only(&site, &["privacy", "--effective", "2022-06-01"], path);
    assert!(text.contains("Words.\n\n## Scope"), "{text}");
    assert!(
        run.stderr.contains("note: 2022-06-01 is past"),
        "{}",
        run.stderr
    );
}

#[test]
fn translations_are_named_and_not_copied() {
    let spanish = "+++\ntitle = \"Privacidad\"\n+++\n\nPalabras.\n";
    let site = site().with("content/privacy/2023-01-01.es.md", spanish);
    let path = "content/privacy/2025-01-15.md";
    let (_, run) = only(&site, &["privacy", "--effective", "2025-01-15"], path);
    assert!(run.stderr.contains("is translated (es)"), "{}", run.stderr);
    assert!(run.stderr.contains("2025-01-15.es.md"), "{}", run.stderr);
}

#[test]
fn a_draft_becomes_the_version_with_its_translations() {
    let draft = "+++\n# By Ann.\ntitle = \"Privacy Policy\"\npublished = 2024-07-01 # maybe\nsummary = \"New.\"\nmaterial = true\n+++\n\n## Scope\n\nOther words.\n";
    let spanish = "+++\ntitle = \"Privacidad\"\n+++\n\n## Alcance {#scope}\n\nOtras palabras.\n";
    let site = site()
        .with("content/privacy/draft.md", draft)
        .with("content/privacy/draft.es.md", spanish)
        .with("content/terms/draft.md", "# Terms\n\nWords.\n");
    let days = ["--effective", "2025-01-15", "--published", "2024-12-01"];
    let (new, gone, run) = amended(&site, &[&["privacy"], &days[..]].concat());
    assert_eq!(
        gone,
        ["content/privacy/draft.es.md", "content/privacy/draft.md"]
    );
    let dated = draft.replace("published = 2024-07-01 # maybe", "published = 2024-12-01");
    let expected = [
        ("content/privacy/2025-01-15.es.md", spanish.to_owned()),
        ("content/privacy/2025-01-15.md", dated),
    ];
    assert_eq!(
        new,
        expected.map(|(path, text)| (path.to_owned(), text)).into()
    );
    assert!(
        run.stdout
            .contains("content/privacy/2025-01-15.md, which was content/privacy/draft.md\n")
    );
    let (new, _, _) = amended(&site, &["terms", "--effective", "2025-01-15"]);
    assert_eq!(
        new["content/terms/2025-01-15.md"], "# Terms\n\nWords.\n",
        "a first version changes nothing"
    );
    assert_eq!(rules(&site), ["original-unnamed"]);
}

#[test]
fn a_draft_that_does_not_say_what_it_changes_is_asked() {
    let site = site().with(
        "content/privacy/draft.md",
        "+++\ntitle = \"T\"\nsummary = \"\"\n+++\n\nW.\n",
    );
    let (new, _, _) = amended(&site, &["privacy", "--effective", "2025-01-15"]);
    let expected = format!("+++\ntitle = \"T\"\n{SUMMARY}+++\n\nW.\n");
    assert_eq!(new["content/privacy/2025-01-15.md"], expected);
}

#[test]
fn a_correction_says_its_day_and_asks_for_the_reason() {
    let site = site();
    let reason = "reason = \"[fill in: what was wrong]\"\n";
    let new = NEXT.replace("{new}", &format!("corrected = {DAY}\n{reason}"));
    let path = "content/privacy/2023-01-01.r2.md";
    let (text, run) = only(&site, &["privacy", "--correct"], path);
    assert_eq!(text, new.clone() + body(FULL));
    assert!(
        run.stdout.contains("engross seal privacy@2023-01-01.r2"),
        "{}",
        run.stdout
    );
    assert_eq!(rules(&site), ["to-fill-in"]);
    let path = "content/privacy/2023-01-01.r3.md";
    let (text, _) = only(
        &site,
        &["privacy", "--correct", "--effective", "2023-01-01"],
        path,
    );
    assert_eq!(text, new + body(FULL));
    let path = "content/privacy/2022-01-01.r2.md";
    let (text, _) = only(
        &site,
        &["privacy", "--correct", "--effective", "2022-01-01"],
        path,
    );
    assert_eq!(
        text,
        format!(
            "+++\ntitle = \"Privacy Policy\"\ncorrected = {DAY}\n{reason}+++\n\nWords.\n\n## Scope\n\nAll of it.\n"
        )
    );
    assert_eq!(rules(&site), ["to-fill-in"; 3]);
    assert_eq!(site.run(&["build", "--as-of", DAY]).status, 0);
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_touched() {
    let site = site()
        .with(
            "content/privacy/2026-01-01.md",
            FULL.replace("2022-12-01", "2025-12-01"),
        )
        .with(
            "content/privacy/2027-01-01.md",
            "+++\ntitle = \"T\"\nsummary = \"S\"\n+++\n\nW.\n",
        )
        .with("content/new/draft.md", "# New\n\nWords.\n")
        .with("content/bad/draft.md", "+++\ntitle =\n+++\n\nWords.\n");
    let before = folder::snapshot(&site.root());
    for (arguments, says) in [
        (&["privacy"][..], "--effective"),
        (&["--effective", "2025-01-01"], "<DOC>"),
        (
            &["privcy", "--effective", "2025-01-01"],
            "did you mean `privacy`?",
        ),
        (&["privacy", "--effective", "2025-02-30"], "YEAR-MONTH-DAY"),
        (
            &["privacy", "--effective", "2023-01-01"],
            "amend privacy --correct --effective 2023-01-01",
        ),
        (
            &["privacy", "--effective", "2021-01-01"],
            "content/privacy/2021-01-01.md",
        ),
        (
            &["privacy", "--correct", "--effective", "2023-01-02"],
            "2023-01-01",
        ),
        (
            &["privacy", "--correct", "--effective", "2026-01-01"],
            "not public before 2025-12-01",
        ),
        (
            &["privacy", "--correct", "--published", "2026-01-01"],
            "--published",
        ),
        (&["new", "--correct"], "no version yet"),
        (&["bad", "--effective", "2025-01-01"], "engross check"),
    ] {
        let run = amend(&site, arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(folder::snapshot(&site.root()), before);
}

#[test]
fn a_file_in_the_way_is_not_written_over() {
    let site = site()
        .with("content/privacy/draft.md", "# A\n\nWords.\n")
        .with("content/privacy/draft.es.md", "# A\n\nWords.\n");
    fs::create_dir(site.root().join("content/privacy/2025-01-15.es.md")).unwrap();
    let before = folder::snapshot(&site.root());
    let run = amend(&site, &["privacy", "--effective", "2025-01-15"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("2025-01-15.es.md is there already"),
        "{}",
        run.stderr
    );
    assert_eq!(folder::snapshot(&site.root()), before);
}

#[test]
fn sources_that_are_wrong_are_told_first() {
    let site = site().with(FIRST, "+++\ntitle =\n+++\n\nWords.\n");
    let run = amend(&site, &["privacy", "--effective", "2025-01-15"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("toml-syntax"), "{}", run.stderr);
}
