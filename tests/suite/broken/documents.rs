//! Documents, versions, corrections and addresses that do not fit together.

use super::{Case, check};
use crate::site::{TEXT, config, text};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = versions();
    cases.push(places_to_fill_in());
    cases.extend(translations());
    cases.extend(corrections());
    cases.extend(addresses());
    cases
}

fn places_to_fill_in() -> Case {
    Case::new("places to fill in, and brackets that are none")
        .file(
            TEXT,
            "+++\ntitle = \"x\"\nsummary = \"[Fill in]\"\n+++\n\nBy [fill in: the\nday], not [by then], [filling in: x], fill in: y.\n",
        )
        .file(
            "engross.toml",
            config("").replace("Acme", "[fill in: the name]"),
        )
        .file("content/about.md", "# About\n\nA [fill in: who\n\nwe are].\n")
        .tells(&[
            "content/about.md:3:3: to-fill-in (warning)",
            "content/privacy/2022-01-01.md:3:12: to-fill-in (warning)",
            "content/privacy/2022-01-01.md:6:4: to-fill-in (warning)",
            "engross.toml:6:9: to-fill-in (warning)",
        ])
        .says(&["`[fill in: the day]` is still to be filled in"])
}

fn versions() -> Vec<Case> {
    vec![
        Case::new("a text without a title")
            .file(TEXT, "+++\nmaterial = true\n+++\n\nWords.\n")
            .tells(&["content/privacy/2022-01-01.md: no-title"]),
        Case::new("two titles")
            .file(
                TEXT,
                "+++\ntitle = \"Privacy Policy\"\n+++\n# Privacy Notice\n\nWords.\n",
            )
            .tells(&["content/privacy/2022-01-01.md:4:1: title-ambiguous (warning)"]),
        Case::new("a text without words")
            .file(TEXT, "+++\ntitle = \"x\"\n+++\n\n<!-- later -->\n")
            .tells(&["content/privacy/2022-01-01.md: empty-text"]),
        Case::new("a document without versions")
            .file("content/terms/document.toml", "order = 1\n")
            .tells(&["content/terms/document.toml: no-version"]),
        Case::new("a translation of nothing")
            .file("engross.toml", config("languages = [\"en\", \"es\"]"))
            .file("content/privacy/2023-01-01.es.md", text("Palabras."))
            .tells(&["content/privacy/2023-01-01.es.md: orphan-translation"]),
        Case::new("published after it took effect")
            .file(
                TEXT,
                "+++\ntitle = \"x\"\npublished = 2022-01-02\n+++\nWords.\n",
            )
            .tells(&["content/privacy/2022-01-01.md:3:13: retroactive (warning)"]),
        Case::new("a version that does not say what it changed")
            .file(
                "content/privacy/2023-01-01.md",
                text("New words.\n\n## Scope\n\nAll of it."),
            )
            .tells(&["content/privacy/2023-01-01.md: no-summary (warning)"])
            .says(&["add `summary = \"…\"`"]),
        Case::new("an anchor that is gone, and a link to it that an upcoming version breaks")
            .file(
                "content/terms/2022-01-01.md",
                text("[scope](../privacy/#scope)"),
            )
            .file(
                "content/privacy/2025-01-01.md",
                "+++\ntitle = \"x\"\npublished = 2024-01-01\nsummary = \"y\"\n+++\nWords.\n",
            )
            .tells(&[
                "content/privacy/2025-01-01.md: anchor-gone (warning)",
                "content/terms/2022-01-01.md:5:1: dead-link (warning)",
            ])
            .says(&[
                "the anchor `scope` is gone",
                "a section had it here",
                "a link to it stands here",
                "alias=scope",
            ]),
        Case::new("several anchors that are gone are told together, with what leads to each")
            .file(TEXT, text("Words.\n\n## Scope\n\nAll.\n\n## Uses\n\nAll."))
            .file(
                "content/privacy/2025-01-01.md",
                "+++\ntitle = \"x\"\npublished = 2024-01-01\nsummary = \"y\"\n+++\nWords.\n",
            )
            .file(
                "content/terms/2022-01-01.md",
                text("[uses](../privacy/#uses) and [scope](../privacy/#scope)"),
            )
            .tells(&[
                "content/privacy/2025-01-01.md: anchor-gone (warning)",
                "content/terms/2022-01-01.md:5:1: dead-link (warning)",
                "content/terms/2022-01-01.md:5:30: dead-link (warning)",
            ])
            .says(&[
                "2 anchors are gone: `scope`, `uses`",
                "sections had `scope`, `uses` here (content/privacy/2022-01-01.md)",
                "a link to `scope` stands here (content/terms/2022-01-01.md:5:30)",
                "a link to `uses` stands here (content/terms/2022-01-01.md:5:1)",
                "write each as `{#… alias=scope}`",
            ]),
        Case::new("anchors that went one after another")
            .file(TEXT, text("Words.\n\n## Scope\n\nAll.\n\n## Uses\n\nAll."))
            .file(
                "content/privacy/2023-01-01.md",
                "+++\ntitle = \"x\"\nsummary = \"y\"\n+++\nWords.\n\n## Uses\n\nAll.\n",
            )
            .file(
                "content/privacy/2024-01-01.md",
                "+++\ntitle = \"x\"\nsummary = \"y\"\n+++\nWords.\n",
            )
            .tells(&["content/privacy/2024-01-01.md: anchor-gone (warning)"])
            .says(&[
                "a section had `scope` here (content/privacy/2022-01-01.md)",
                "a section had `uses` here (content/privacy/2023-01-01.md)",
            ]),
    ]
}

fn translations() -> Vec<Case> {
    vec![
        Case::new("an original that is named as if it were a translation")
            .file(
                TEXT,
                "+++\ntitle = \"x\"\noriginal = \"0123456789ab\"\n+++\nWords.\n",
            )
            .tells(&["content/privacy/2022-01-01.md:3:12: unknown-key"])
            .says(&["this text is none"]),
        Case::new("a translation that follows what is no digest")
            .file("engross.toml", config("languages = [\"en\", \"es\"]"))
            .file(
                "content/privacy/2022-01-01.es.md",
                "+++\ntitle = \"x\"\noriginal = \"0123456789a\"\n+++\nPalabras.\n",
            )
            .tells(&[
                "content/privacy/2022-01-01.es.md: original-unnamed (warning)",
                "content/privacy/2022-01-01.es.md:3:12: bad-value",
            ])
            .says(&["at least the first 12 digits"]),
        Case::new("a translation that follows other words than its original has")
            .file("engross.toml", config("languages = [\"en\", \"es\"]"))
            .file(
                "content/privacy/2022-01-01.es.md",
                "+++\ntitle = \"x\"\noriginal = \"0123456789ab\"\n+++\nPalabras.\n",
            )
            .tells(&["content/privacy/2022-01-01.es.md:3:12: translation-lags (warning)"])
            .says(&["follows words `0123456789ab…`", "original = \""]),
        Case::new("a language that governs and has no text")
            .file(
                "engross.toml",
                config("languages = [\"en\", \"es\"]\ngoverning_language = \"es\""),
            )
            .tells(&["content/privacy/2022-01-01.md: governing-text-missing (warning)"])
            .says(&["add `2022-01-01.es.md`"]),
        Case::new("a language that governs and is none of the site's")
            .file(
                "content/privacy/document.toml",
                "governing_language = \"em\"\n",
            )
            .tells(&["content/privacy/document.toml:1:22: bad-value"])
            .says(&["the site has no language `em`"]),
    ]
}

fn corrections() -> Vec<Case> {
    vec![
        Case::new("a correction that says neither when nor why")
            .file("content/privacy/2022-01-01.r2.md", text("Words."))
            .tells(&[
                "content/privacy/2022-01-01.r2.md:2:1: correction",
                "content/privacy/2022-01-01.r2.md:2:1: correction",
            ]),
        Case::new("a correction with a published day of its own")
            .file(
                "content/privacy/2022-01-01.r2.md",
                "+++\ntitle = \"x\"\npublished = 2022-01-01\ncorrected = 2023-02-01\nreason = \"y\"\n+++\nWords.\n",
            )
            .tells(&["content/privacy/2022-01-01.r2.md:3:1: unknown-key"]),
        Case::new("names that were meant as versions or drafts")
            .file("content/privacy/2023-01-01-final.md", text("Words."))
            .file("content/privacy/2023-01-01_es.md", text("Words."))
            .file("content/privacy/2022-01-01.r02.md", text("Words."))
            .file("content/privacy/draft2.md", text("Words."))
            .tells(&[
                "content/privacy/2022-01-01.r02.md: bad-file-name",
                "content/privacy/2023-01-01-final.md: bad-file-name",
                "content/privacy/2023-01-01_es.md: bad-file-name",
                "content/privacy/draft2.md: bad-file-name",
            ]),
        Case::new("a draft in a language that the site does not have")
            .file("content/privacy/draft.fr.md", text("Mots."))
            .tells(&["content/privacy/draft.fr.md: bad-file-name (warning)"]),
        Case::new("a document that supplements none")
            .file("content/privacy/document.toml", "supplements = \"https://other.example/\"\n")
            .tells(&["content/privacy/document.toml:1:15: dead-link"]),
        Case::new("a link that dies when an upcoming version takes effect")
            .file("content/privacy/2022-01-01.md", text("## X\n\nWords."))
            .file(
                "content/privacy/2024-12-01.md",
                "+++\ntitle = \"P\"\npublished = 2024-05-01\n+++\n## Y\n\nWords.\n",
            )
            .file("content/index.md", text("[a](/privacy/#x)"))
            .tells(&["content/index.md:5:1: dead-link (warning)"])
            .says(&["from 2024-12-01 on"]),
        Case::new("two items with one label")
            .file("content/privacy/document.toml", "numbered = true\n")
            .file(TEXT, text("## A\n\n1. a\n\nx\n\n1. b"))
            .tells(&["content/privacy/2022-01-01.md:11:4: repeated-heading (warning)"]),
        Case::new("a correction of nothing")
            .file(
                "content/privacy/2023-01-01.r2.md",
                "+++\ntitle = \"x\"\ncorrected = 2023-02-01\nreason = \"y\"\n+++\nWords.\n",
            )
            .tells(&["content/privacy/2023-01-01.r2.md: correction"]),
        Case::new("a third text without a second")
            .file(
                "content/privacy/2022-01-01.r3.md",
                "+++\ntitle = \"x\"\ncorrected = 2023-02-01\nreason = \"y\"\n+++\nWords.\n",
            )
            .tells(&["content/privacy/2022-01-01.r3.md: correction"]),
        Case::new("corrected before it was public")
            .file(
                "content/privacy/2022-01-01.r2.md",
                "+++\ntitle = \"x\"\ncorrected = 2021-02-01\nreason = \"y\"\n+++\nWords.\n",
            )
            .tells(&["content/privacy/2022-01-01.r2.md:3:13: correction"]),
    ]
}

fn addresses() -> Vec<Case> {
    const SETTINGS: &str = "content/privacy/document.toml";
    vec![
        Case::new("a page where a document is")
            .file("content/privacy.md", text("Words."))
            .tells(&["content/privacy/2022-01-01.md: same-address"])
            .says(&["the other source (content/privacy.md)"]),
        Case::new("a page where a history is")
            .file("content/privacy/history.md", text("Words."))
            .tells(&["content/privacy/2022-01-01.md: same-address"]),
        Case::new("an old address where a page is")
            .file("content/about.md", text("Words."))
            .file(SETTINGS, "redirects = [\"/about/\"]\n")
            .tells(&["content/privacy/document.toml: same-address"])
            .says(&["the other source (content/about.md)"]),
        Case::new("two old addresses that differ in letter case only")
            .file(
                SETTINGS,
                "redirects = [\"/Privacy-Policy.html\", \"/privacy-policy.html\"]\n",
            )
            .tells(&["content/privacy/document.toml: same-address"])
            .says(&["/privacy-policy.html and /Privacy-Policy.html are one address on some hosts"]),
        Case::new("two old addresses that differ in a slash only")
            .file(SETTINGS, "redirects = [\"/old\", \"/old/\"]\n")
            .tells(&["content/privacy/document.toml: same-address"]),
        Case::new("an old address of two documents")
            .file(SETTINGS, "redirects = [\"/legal.html\"]\n")
            .file("content/terms/2022-01-01.md", text("Words."))
            .file(
                "content/terms/document.toml",
                "redirects = [\"/legal.html\"]\n",
            )
            .tells(&["content/terms/document.toml: same-address"]),
        Case::new("an old address that is the front page")
            .file(SETTINGS, "redirects = [\"/index.html\"]\n")
            .tells(&["content/privacy/document.toml: same-address"]),
        Case::new("an old address whose file is a page's")
            .file(SETTINGS, "redirects = [\"/privacy/index.html\"]\n")
            .tells(&["content/privacy/document.toml: same-address"]),
        Case::new("an old address inside of which a page is")
            .file("content/about.html/2022-01-01.md", text("Words."))
            .file(SETTINGS, "redirects = [\"/about.html\"]\n")
            .tells(&["content/privacy/document.toml: same-address"]),
        Case::new("an old address that is a folder of pages")
            .file("content/old.html/terms/2022-01-01.md", text("Words."))
            .file(SETTINGS, "redirects = [\"/old.html\"]\n")
            .tells(&["content/privacy/document.toml: same-address"]),
        Case::new("a document where a language is")
            .file("engross.toml", config("languages = [\"en\", \"es\"]"))
            .file("content/es/2022-01-01.md", text("Words."))
            .tells(&["content/es/2022-01-01.md: same-address"]),
        Case::new("a page twice")
            .file("content/about.md", text("Words."))
            .file("content/about/index.md", text("Words."))
            .tells(&["content/about/index.md: same-address"]),
        Case::new("an address with capital letters")
            .file("content/Terms/2022-01-01.md", text("Words."))
            .tells(&["content/Terms/2022-01-01.md: bad-address"])
            .says(&["for example `terms`"]),
        Case::new("an address beyond ASCII")
            .file("content/données.md", text("Words."))
            .tells(&["content/données.md: bad-address"]),
        Case::new("old addresses that are none")
            .file(
                SETTINGS,
                "redirects = [\n  \"old\",\n  \"/a//b\",\n  \"/../x\",\n  \"/a b\",\n  \"/\",\n]\n",
            )
            .tells(&[
                "content/privacy/document.toml:2:3: bad-address",
                "content/privacy/document.toml:3:3: bad-address",
                "content/privacy/document.toml:4:3: bad-address",
                "content/privacy/document.toml:5:3: bad-address",
                "content/privacy/document.toml:6:3: bad-address",
            ]),
        Case::new("a document that supplements nothing")
            .file(SETTINGS, "supplements = \"/none/\"\n")
            .tells(&["content/privacy/document.toml:1:15: dead-link"]),
    ]
}

#[test]
fn broken_documents() {
    check(&cases());
}
