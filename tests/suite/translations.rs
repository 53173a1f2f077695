//! Texts in several languages: which of them governs, and which words a translation follows.

use serde_json::Value;

use crate::reports::{self, Problem};
use crate::site::{DAY, Site, config};

const OLD: &str = "content/privacy/2022-01-01.md";
const NEW: &str = "content/privacy/2023-01-01.md";
const SPANISH: &str = "content/privacy/2023-01-01.es.md";
const SETTINGS: &str = "content/privacy/document.toml";

fn text(title: &str, front: &str, words: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{front}+++\n\n{words}\n")
}

fn languages(more: &str) -> String {
    config(&format!("languages = [\"en\", \"es\", \"ar\"]{more}"))
}

/// A policy whose two versions are translated into Spanish, the first one into Arabic too. The one in
/// force says what it follows as `original`.
fn site(original: &str) -> Site {
    let spanish = text("Privacidad", original, "Dos.");
    Site::empty()
        .with("engross.toml", languages(""))
        .with(OLD, text("Privacy", "", "One."))
        .with(
            "content/privacy/2022-01-01.es.md",
            text("Privacidad", "", "Uno."),
        )
        .with(
            "content/privacy/2022-01-01.ar.md",
            text("\u{62e}", "", "\u{62e}."),
        )
        .with(NEW, text("Privacy", "summary = \"More.\"\n", "Two."))
        .with(SPANISH, spanish)
}

/// The site with a translation that says which words it follows.
fn followed() -> Site {
    let site = site("");
    let line = line_of(&about(&site, SPANISH)[0]);
    site.put(SPANISH, text("Privacidad", &format!("{line}\n"), "Dos."));
    site
}

/// The line that a help tells to write.
fn line_of(problem: &Problem) -> String {
    problem.help[problem.help.find("original = ").unwrap()..].to_owned()
}

/// What is told of a file.
fn about(site: &Site, path: &str) -> Vec<Problem> {
    let all = reports::of(site).into_iter();
    all.filter(|problem| problem.place.starts_with(path))
        .collect()
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.page(path)).unwrap()
}

/// The notice of a class on a page.
fn notice(page: &str, class: &str) -> Option<String> {
    let after = page.split(&format!("notice-{class}\"")).nth(1)?;
    Some(after.split("</div>").next()?.to_owned())
}

const PAGES: [(&str, &str); 4] = [
    ("privacy/index.html", "/privacy/"),
    ("privacy/2023-01-01/index.html", "/privacy/2023-01-01/"),
    (
        "privacy/2023-01-01/redline/index.html",
        "/privacy/2023-01-01/",
    ),
    (
        "privacy/2022-01-01/since/index.html",
        "/privacy/2023-01-01/",
    ),
];

#[test]
fn the_text_that_governs_is_named_on_pages_in_other_languages() {
    let site = site("").with("engross.toml", languages("\ngoverning_language = \"en\""));
    site.build();
    for (page, text) in PAGES {
        let said = notice(&site.page(&format!("es/{page}")), "governing").unwrap();
        assert!(said.contains("<span lang=\"en\">English</span>"), "{said}");
        assert!(said.contains(&format!("href=\"{text}\"")), "{page}: {said}");
        assert_eq!(notice(&site.page(page), "governing"), None, "{page}");
    }
    // In Arabic there is an older text only, and its own address shows it.
    let said = notice(&site.page("ar/privacy/index.html"), "governing").unwrap();
    assert!(said.contains("<span lang=\"en\" dir=\"ltr\">English</span>"));
    assert!(said.contains("href=\"/privacy/2022-01-01/\""), "{said}");
    let version = json(&site, "es/privacy/2023-01-01/index.json");
    let document = json(&site, "es/privacy/index.json");
    assert_eq!(version["governing_language"], "en");
    assert_eq!(document["governing_language"], "en");
}

#[test]
fn a_document_can_have_another_language_that_governs() {
    let site = site("")
        .with("engross.toml", languages("\ngoverning_language = \"en\""))
        .with(SETTINGS, "governing_language = \"es\"\n");
    site.build();
    for (page, text) in PAGES {
        let said = notice(&site.page(page), "governing").unwrap();
        assert!(said.contains("<span lang=\"es\">Español</span>"), "{said}");
        assert!(said.contains(&format!("href=\"/es{text}\"")), "{page}");
        let own = site.page(&format!("es/{page}"));
        assert_eq!(notice(&own, "governing"), None, "{page}");
    }
    assert!(!reports::of(&site).iter().any(is_missing));
}

#[test]
fn a_text_that_is_not_there_governs_nothing() {
    let site = site("").with(SETTINGS, "governing_language = \"ar\"\n");
    let missing: Vec<Problem> = reports::of(&site).into_iter().filter(is_missing).collect();
    // What is past cannot be mended any more.
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert_eq!(missing[0].place, NEW);
    site.build();
    let page = site.page("es/privacy/2023-01-01/index.html");
    assert_eq!(notice(&page, "governing"), None);
    let page = site.page("es/privacy/2022-01-01/index.html");
    let said = notice(&page, "governing").unwrap();
    assert!(said.contains("<span lang=\"ar\" dir=\"rtl\">"), "{said}");
}

fn is_missing(problem: &Problem) -> bool {
    problem.rule == "governing-text-missing"
}

#[test]
fn without_a_word_of_it_no_language_governs() {
    let site = followed();
    site.build();
    let page = site.page("es/privacy/index.html");
    assert_eq!(notice(&page, "governing"), None);
    assert_eq!(notice(&page, "translation"), None);
    let version = json(&site, "es/privacy/2023-01-01/index.json");
    assert_eq!(version["governing_language"], Value::Null);
}

#[test]
fn a_translation_is_asked_for_the_words_that_it_follows() {
    let site = site("");
    site.build();
    let version = json(&site, "es/privacy/2023-01-01/index.json");
    let words = json(&site, "privacy/2023-01-01/index.json")["words"].clone();
    let expected = serde_json::json!({"follows": null, "words": words, "lags": null});
    assert_eq!(version["original"], expected);
    let told = about(&site, SPANISH);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        told[0].line(),
        format!("{SPANISH}: original-unnamed (warning)")
    );
    let digits = words.as_str().unwrap().strip_prefix("sha256:").unwrap();
    assert_eq!(line_of(&told[0]), format!("original = \"{digits}\""));
    let original = json(&site, "privacy/2023-01-01/index.json");
    assert_eq!(original["original"], Value::Null);
    for said in [&digits[..12], digits, &words.as_str().unwrap()[..30]] {
        let front = format!(
            "original = \"{}\"\n",
            said.to_uppercase().replace("SHA", "sha")
        );
        site.put(SPANISH, text("Privacidad", &front, "Dos."));
        assert!(about(&site, SPANISH).is_empty(), "{said}");
    }
    site.build();
    let version = json(&site, "es/privacy/2023-01-01/index.json");
    assert_eq!(version["original"]["lags"], false);
    assert_eq!(
        version["original"]["follows"],
        words.as_str().unwrap()[..30]
    );
}

#[test]
fn a_translation_whose_original_changed_says_so() {
    let site = followed();
    site.build();
    let before = json(&site, "privacy/2023-01-01/index.json")["words"].clone();
    let change = |front: &str| site.put(NEW, text("Privacy", front, "Two and a half."));
    change("summary = \"More.\"\n");
    site.build();
    let after = json(&site, "privacy/2023-01-01/index.json")["words"].clone();
    let told = about(&site, SPANISH);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        told[0].line(),
        format!("{SPANISH}:3:12: translation-lags (warning)")
    );
    for words in [&before, &after] {
        let short = &words.as_str().unwrap()[7..19];
        assert!(told[0].message.contains(short), "{}", told[0].message);
    }
    for (page, text) in PAGES {
        let said = notice(&site.page(&format!("es/{page}")), "translation").unwrap();
        assert!(said.contains("El original se modificó"), "{said}");
        assert!(said.contains(&format!("href=\"{text}\"")), "{page}: {said}");
    }
    let version = json(&site, "es/privacy/2023-01-01/index.json");
    assert_eq!(version["original"]["lags"], true);
    assert_eq!(version["original"]["words"], after);
    let line = line_of(&told[0]);
    site.put(
        SPANISH,
        text("Privacidad", &format!("{line}\n"), "Dos y medio."),
    );
    assert!(about(&site, SPANISH).is_empty());
}

#[test]
fn it_is_told_whose_words_a_translation_follows() {
    let site = followed();
    let translation = std::fs::read_to_string(site.root().join(SPANISH)).unwrap();
    let next = "content/privacy/2024-01-01.es.md";
    site.put(
        "content/privacy/2024-01-01.md",
        text("Privacy", "summary = \"Less.\"\n", "Three."),
    );
    site.put(next, translation);
    let told = about(&site, next);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].rule, "translation-lags");
    assert!(told[0].notes[0].contains(NEW), "{:?}", told[0].notes);
}

#[test]
fn a_sealed_translation_is_asked_nothing_and_its_words_stay() {
    let site = site("");
    let seal = ["seal", "--as-of", DAY];
    assert_eq!(site.run(&seal).status, 0);
    assert!(about(&site, SPANISH).is_empty());
    let digits = "0123456789ab";
    let front = format!("original = \"{digits}\"\n");
    site.put(SPANISH, text("Privacidad", &front, "Dos."));
    let told = about(&site, SPANISH);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].rule, "sealed-source-changed");
    // Its page stays honest all the same.
    site.build();
    let page = site.page("es/privacy/2023-01-01/index.html");
    assert!(notice(&page, "translation").is_some());
}

#[test]
fn sealing_a_translation_that_lags_warns() {
    let site = site("original = \"0123456789ab\"\n");
    let run = site.run(&["seal", "--as-of", DAY]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("translation-lags"), "{}", run.stderr);
    assert!(!run.stderr.contains("original-unnamed"), "{}", run.stderr);
    assert!(
        site.root()
            .join("records/privacy/2023-01-01.es.txt")
            .exists()
    );
}

#[test]
fn a_draft_of_a_translation_keeps_what_it_follows() {
    let site = followed();
    let spanish = std::fs::read_to_string(site.root().join(SPANISH)).unwrap();
    site.put(
        "content/privacy/draft.md",
        text("Privacy", "summary = \"Less.\"\n", "Three."),
    );
    site.put("content/privacy/draft.es.md", &spanish);
    // A draft has no date yet, and its words may hold it: nothing is asked.
    assert!(about(&site, "content/privacy/draft.es.md").is_empty());
    let run = site.run(&[
        "amend",
        "privacy",
        "--effective",
        "2025-01-15",
        "--as-of",
        DAY,
    ]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let path = "content/privacy/2025-01-15.es.md";
    let written = std::fs::read_to_string(site.root().join(path)).unwrap();
    assert_eq!(written, spanish);
    assert_eq!(about(&site, path)[0].rule, "translation-lags");
}

#[test]
fn a_correction_leads_from_a_translation_that_has_none_to_the_corrected_text() {
    let site = followed();
    let run = site.run(&["amend", "privacy", "--correct", "--as-of", DAY]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let path = "content/privacy/2023-01-01.r2.md";
    let written = std::fs::read_to_string(site.root().join(path)).unwrap();
    site.put(path, written.replace("[fill in: what was wrong]", "A slip"));
    // The translation is of what was corrected, and follows that.
    assert!(about(&site, SPANISH).is_empty());
    site.build();
    let said = notice(&site.page("es/privacy/index.html"), "translation").unwrap();
    assert!(said.contains("<span lang=\"en\">A slip.</span>"), "{said}");
    assert!(said.contains("href=\"/privacy/\""), "{said}");
    let dated = notice(&site.page("es/privacy/2023-01-01/index.html"), "corrected").unwrap();
    assert!(
        dated.contains("href=\"/privacy/2023-01-01.r2/\""),
        "{dated}"
    );
}
