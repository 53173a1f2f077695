//! Words in another language than their page: every element that holds some says so (WCAG 3.1.2).

use crate::site::{Site, config};

/// The languages: the first is written from left to right, the last is not.
const LANGUAGES: &str = "languages = [\"en\", \"es\", \"ar\"]";

fn text(title: &str, front: &str, words: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{front}+++\n\n{words}\n")
}

/// A policy of which two versions are translated and a correction and an upcoming version are not,
/// and terms that it supplements and that are not.
fn site() -> Site {
    let coming = "published = 2024-05-01\nsummary = \"Shorter.\"\n";
    let correction = "corrected = 2023-03-01\nreason = \"A slip.\"\n";
    let clause = "One.\n\n{{ clause(name=\"more\") }}";
    let settings = "[[navigation.footer]]\nlabel = \"Terms\"\nurl = \"/terms/\"\n";
    Site::empty()
        .with("engross.toml", config(LANGUAGES) + settings)
        .with("content/clauses/more.md", "More of it.\n\n- a list")
        .with("content/terms/2022-01-01.md", text("Terms", "", "Words."))
        .with(
            "content/privacy/document.toml",
            "supplements = \"../terms/\"\n",
        )
        .with("content/privacy/2022-01-01.md", text("Privacy", "", clause))
        .with(
            "content/privacy/2022-01-01.ar.md",
            text("\u{62e}", "", clause),
        )
        .with(
            "content/privacy/2022-01-01.es.md",
            text("Privacidad", "", clause),
        )
        .with(
            "content/privacy/2023-01-01.md",
            text("Privacy", "summary = \"Longer.\"\n", "Two."),
        )
        .with(
            "content/privacy/2023-01-01.es.md",
            text("Privacidad", "", "Dos."),
        )
        .with(
            "content/privacy/2023-01-01.r2.md",
            text("Privacy", correction, "Three."),
        )
        .with(
            "content/privacy/2025-01-01.md",
            text("Privacy", coming, "## Scope\n\nFour."),
        )
}

fn assert_says(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "{words} is not in\n{page}");
    }
}

#[test]
fn what_the_original_says_for_a_translation_has_its_language() {
    let site = site();
    site.build();
    let page = site.page("es/privacy/index.html");
    assert_says(
        &page,
        &[
            "<p class=\"summary\" lang=\"en\">Shorter.</p>",
            "<span lang=\"en\">A slip.</span>",
            "<span lang=\"en\">Longer.</span>",
            "<a href=\"/terms/\" lang=\"en\">Terms</a>",
            "<ul lang=\"en\">",
            "lang=\"en\">Legal</a>",
        ],
    );
    let page = site.page("es/privacy/history/index.html");
    assert_says(
        &page,
        &[
            "<span lang=\"en\">Shorter.</span>",
            "<span lang=\"en\">Longer.</span>",
            "<span lang=\"en\">A slip.</span>",
        ],
    );
    let page = site.page("es/privacy/2023-01-01/redline/index.html");
    assert_says(&page, &["<span lang=\"en\">Longer.</span>"]);
    let page = site.page("es/index.html");
    assert_says(
        &page,
        &[
            "<h1 lang=\"en\">Legal",
            "<a href=\"/terms/\" lang=\"en\">Terms</a>",
        ],
    );
}

#[test]
fn the_direction_is_said_where_it_differs() {
    let site = site();
    site.build();
    let page = site.page("ar/privacy/index.html");
    assert_says(
        &page,
        &[
            "<p class=\"summary\" lang=\"en\" dir=\"ltr\">Shorter.</p>",
            "lang=\"es\" dir=\"ltr\" hreflang=\"es\"",
            "lang=\"ar\" hreflang=\"ar\"",
        ],
    );
}

#[test]
fn a_clause_without_a_translation_has_the_language_of_its_words() {
    let site = site();
    site.build();
    let page = site.page("es/privacy/2022-01-01/index.html");
    assert_says(
        &page,
        &["<p>One.</p>\n<div lang=\"en\">\n<p>More of it.</p>\n</div>\n<div lang=\"en\">\n<ul>\n"],
    );
    assert_eq!(page.matches("<div lang=\"en\">").count(), 2, "{page}");
}

#[test]
fn sections_of_a_version_without_a_translation_have_its_language() {
    let site = site().with(
        "content/privacy/2025-01-01.md",
        text("Privacy", "published = 2024-05-01\n", "## Scope\n\nFour."),
    );
    site.build();
    let page = site.page("es/privacy/history/index.html");
    assert_says(&page, &["<span lang=\"en\">Scope</span>"]);
}

#[test]
fn pages_in_the_first_language_say_no_other() {
    let site = site();
    site.build();
    let page = site.page("privacy/history/index.html");
    let elsewhere = page.matches(" lang=\"").count();
    // The page's own, and the links to it in each language.
    assert_eq!(elsewhere, 4, "{page}");
}

#[test]
fn a_redline_that_stands_alone_is_in_one_language() {
    let site = site();
    let day = ["redline", "privacy", "--as-of", "2024-06-01"];
    let run = site.run(
        &[
            &day[..],
            &["2023-01-01", "--language", "es", "--format", "html"],
        ]
        .concat(),
    );
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_says(
        &run.stdout,
        &[
            "<html lang=\"es\" dir=\"ltr\">",
            "<strong class=\"standing\">Corregida</strong>",
            "<time datetime=\"2023-01-01\">1 de enero de 2023</time>",
            "<span lang=\"en\">Longer.</span>",
        ],
    );
}
