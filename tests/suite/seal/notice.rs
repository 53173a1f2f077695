//! What is told once a version is not said to be what it was sealed as: its summary, its weight, its correction.

use super::{NEW, SPANISH, assert_fails, read, replace, seal, sealed, told};

const NEW_CHANGED: &str = "content/privacy/2023-01-01.md: sealed-text-changed";
const SPANISH_CHANGED: &str = "content/privacy/2023-01-01.es.md: sealed-text-changed";

/// The page of the translation says what the original says, where it has no summary of its own.
#[test]
fn a_changed_summary_is_told_of_every_text_that_says_it() {
    let site = sealed();
    replace(&site, NEW, "How long.", "How long, and why.");
    assert_fails(
        &site,
        &[SPANISH_CHANGED, NEW_CHANGED],
        &[
            "sealed: “summary: How long.”; now: “summary: How long, and why.”",
            "`summary` in content/privacy/2023-01-01.md now says “How long, and why.”",
            "put the words back",
            "a correction: content/privacy/2023-01-01.r2.md with `corrected` and `reason`",
        ],
    );
    replace(
        &site,
        NEW,
        "\"How long, and why.\"",
        "\"\"\"How\nlong.\"\"\"",
    );
    let warning = "content/privacy/2023-01-01.md: sealed-source-changed (warning)";
    assert_eq!(told(&site), [warning]);
}

#[test]
fn a_summary_of_a_translation_is_its_own() {
    let site = sealed();
    let title = "title = \"Privacidad\"";
    replace(
        &site,
        SPANISH,
        title,
        &format!("{title}\nsummary = \"Por cuánto.\""),
    );
    assert_fails(
        &site,
        &[SPANISH_CHANGED],
        &["sealed: “summary: How long.”; now: “summary: Por cuánto.”"],
    );
}

#[test]
fn a_change_that_becomes_material_is_another_text() {
    let site = sealed();
    replace(&site, NEW, "summary", "material = true\nsummary");
    assert_fails(
        &site,
        &[SPANISH_CHANGED, NEW_CHANGED],
        &["sealed: nothing; now: “material: yes”"],
    );
}

/// A correction of a translation is a correction of its original, too.
#[test]
fn a_correction_of_a_translation_is_told_by_its_names() {
    let site = sealed();
    replace(&site, SPANISH, "Borramos", "Guardamos");
    let way_out = "a correction: content/privacy/2023-01-01.r2.es.md beside content/privacy/2023-01-01.r2.md, both with";
    assert_fails(&site, &[SPANISH_CHANGED], &[way_out]);
    site.put(
        SPANISH,
        read(&site, SPANISH).replace("Guardamos", "Borramos"),
    );
    let correct = |path: &str, as_path: &str| {
        let front = "+++\ncorrected = 2024-05-01\nreason = \"Wrong.\"\n";
        let text = read(&site, path)
            .replace("published = ", "# ")
            .replacen("+++\n", front, 1);
        site.put(as_path, text.replace("Borramos", "Guardamos"));
    };
    correct(NEW, "content/privacy/2023-01-01.r2.md");
    correct(SPANISH, "content/privacy/2023-01-01.r2.es.md");
    let spanish = "content/privacy/2023-01-01.r2.es.md";
    let unsealed = format!("{spanish}: original-unnamed (warning)");
    assert_eq!(told(&site), [unsealed]);
    // A day of its own is the day on which it was published.
    replace(&site, spanish, "2024-05-01", "2024-05-02");
    seal(&site, &[]);
    replace(&site, spanish, "2024-05-02", "2024-05-03");
    assert_fails(
        &site,
        &["content/privacy/2023-01-01.r2.es.md: sealed-text-changed"],
        &["put the day back: `corrected = 2024-05-02`"],
    );
}
