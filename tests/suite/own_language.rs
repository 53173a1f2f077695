//! A language that a site adds to the default theme: all of its words have to be there.

use std::fs;
use std::path::Path;

use crate::reports;
use crate::site::{Site, config};

const WORDS: &str = "themes/default/i18n/pt.toml";

/// The English words as if they were Portuguese.
fn portuguese() -> String {
    let english = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n/en.toml");
    let words = fs::read_to_string(english).unwrap();
    words
        .replace("name = \"English\"", "name = \"Português\"")
        .replace("{month} {day}, {year}", "{day} de {month} de {year}")
        .replace("\"January\"", "\"janeiro\"")
        .replace("\"Version history\"", "\"Histórico de versões\"")
}

fn site(words: &str) -> Site {
    Site::minimal()
        .with("engross.toml", config("languages = [\"en\", \"pt\"]"))
        .with(
            "content/privacy/2022-01-01.pt.md",
            "+++\ntitle = \"Privacidade\"\n+++\n\nVale a partir de {{ version.effective }}.\n",
        )
        .with(WORDS, words)
}

/// Words without the lines of some keys.
fn without(keys: &[&str]) -> String {
    let words = portuguese();
    let is_left = |line: &&str| !keys.iter().any(|key| line.starts_with(&format!("{key} =")));
    words
        .lines()
        .filter(is_left)
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn a_language_with_all_words_builds() {
    let site = site(&portuguese());
    site.build();
    let page = site.page("pt/privacy/index.html");
    for words in [
        "<html lang=\"pt\" dir=\"ltr\" ",
        "Vale a partir de 1 de janeiro de 2022.",
        "Histórico de versões",
    ] {
        assert!(page.contains(words), "{words} is not in\n{page}");
    }
    let page = site.page("privacy/index.html");
    assert!(page.contains("hreflang=\"pt\">Português</a>"), "{page}");
}

/// What is told of words that a language lacks: message, help and notes.
fn told(site: &Site) -> (String, String, Vec<String>) {
    let mut all = reports::of(site);
    all.retain(|problem| problem.rule != "original-unnamed");
    assert_eq!(all.len(), 1, "{all:?}");
    let problem = all.remove(0);
    assert_eq!(problem.rule, "missing-string");
    assert_eq!(problem.place, WORDS);
    assert!(problem.help.starts_with(&format!("add them to {WORDS};")));
    (problem.message, problem.help, problem.notes)
}

#[test]
fn a_key_that_is_missing_is_told_with_its_place() {
    let (message, help, notes) = told(&site(&without(&["version_history"])));
    assert_eq!(
        message,
        "the theme has no words in `pt` for: version_history"
    );
    assert!(help.contains("docs/themes.md lists every key"), "{help}");
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn all_keys_that_are_missing_are_listed() {
    let gone = [
        "name",
        "effective",
        "published",
        "status",
        "contents",
        "moved_to",
    ];
    let (message, _, notes) = told(&site(&without(&gone)));
    assert_eq!(message, "the theme has no words in `pt` for 6 keys");
    for key in gone {
        assert!(notes[0].contains(key), "{key}: {notes:?}");
    }
}
