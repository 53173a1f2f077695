//! Texts that cannot be published as they are written.

use super::{Case, check};
use crate::site::{TEXT, config, text};

/// A case of a text whose words begin in line 5.
fn in_text(name: &'static str, words: &str, expected: &'static [&'static str]) -> Case {
    Case::new(name).file(TEXT, text(words)).tells(expected)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = headings_and_notes();
    cases.extend(html());
    cases.extend(placeholders());
    cases
}

fn headings_and_notes() -> Vec<Case> {
    vec![
        in_text(
            "an anchor given twice",
            "## A {#a}\n\nx\n\n## B {#a}\n\nx",
            &["content/privacy/2022-01-01.md:9:1: duplicate-anchor"],
        ),
        in_text(
            "an anchor that no link can name",
            "## A {#a/b}\n\nx",
            &["content/privacy/2022-01-01.md:5:1: bad-address"],
        ),
        in_text(
            "an alias that is an anchor already",
            "## A {#a alias=b-c}\n\nx\n\n## B C\n\nx",
            &["content/privacy/2022-01-01.md:5:10: duplicate-anchor"],
        )
        .says(&["the alias `b-c` is an anchor already"]),
        in_text(
            "an alias that no link can name",
            "## A {#a alias=b/c}\n\nx",
            &["content/privacy/2022-01-01.md:5:10: bad-address"],
        ),
        in_text(
            "words in a heading's braces that say nothing",
            "## A {#a alais=b .c}\n\nx\n\n## Annex {B}\n\nx",
            &[
                "content/privacy/2022-01-01.md:5:10: unknown-key",
                "content/privacy/2022-01-01.md:5:18: unknown-key",
                "content/privacy/2022-01-01.md:9:11: unknown-key",
            ],
        )
        .says(&["did you mean `alias`?", "where braces are meant"]),
        in_text(
            "a heading twice",
            "## Use\n\nx\n\n## Use\n\nx",
            &["content/privacy/2022-01-01.md:9:1: repeated-heading (warning)"],
        )
        .says(&["this one became `use-1`"]),
        in_text(
            "a note that is not there",
            "Words[^1].",
            &["content/privacy/2022-01-01.md:5:6: undefined-footnote"],
        ),
        in_text(
            "a note that nothing leads to",
            "Words.\n\n[^1]: Note.",
            &["content/privacy/2022-01-01.md:7:1: unused-footnote (warning)"],
        ),
        in_text(
            "a note twice",
            "Words[^1].\n\n[^1]: Note.\n\n[^1]: Another.",
            &["content/privacy/2022-01-01.md:9:1: duplicate-footnote"],
        ),
        Case::new("quotations without an end")
            .file(TEXT, text(&format!("{} deep", ">".repeat(100))))
            .tells(&["content/privacy/2022-01-01.md:5:65: nested-too-deep"]),
    ]
}

fn html() -> Vec<Case> {
    vec![
        in_text(
            "HTML that may not stand in a text",
            "A <span>b</span>.\n\n<script>alert(1)</script>\n\n<iframe src=\"https://x.example/\"></iframe>\n\n\
             A <sup onclick=\"x\">b</sup>.\n\n<a href=\"javascript:x\">c</a>\n\n<!DOCTYPE html>\n\n<img src=x onerror=y>\n\n<x-y>",
            &[
                "content/privacy/2022-01-01.md:5:3: raw-html",
                "content/privacy/2022-01-01.md:7:1: raw-html",
                "content/privacy/2022-01-01.md:9:1: raw-html",
                "content/privacy/2022-01-01.md:11:3: raw-html",
                "content/privacy/2022-01-01.md:13:1: raw-html",
                "content/privacy/2022-01-01.md:15:1: raw-html",
                "content/privacy/2022-01-01.md:17:1: raw-html",
                "content/privacy/2022-01-01.md:19:1: raw-html",
            ],
        ),
        in_text(
            "HTML that is not closed where it was opened",
            "A <sup>b.\n\nA *b <sup>c* d</sup>.\n\nA b</kbd>.\n\n<details>\n\nx",
            &[
                "content/privacy/2022-01-01.md:5:3: unbalanced-html",
                "content/privacy/2022-01-01.md:7:6: unbalanced-html",
                "content/privacy/2022-01-01.md:7:15: unbalanced-html",
                "content/privacy/2022-01-01.md:9:4: unbalanced-html",
                "content/privacy/2022-01-01.md:11:1: unbalanced-html",
                "content/privacy/2022-01-01.md:11:1: unbalanced-html",
            ],
        ),
    ]
}

fn placeholders() -> Vec<Case> {
    vec![
        in_text(
            "a value that there is not",
            "Ünï {{ organization.emial }} and {{ organisation.name }}.",
            &[
                "content/privacy/2022-01-01.md:5:21: placeholder",
                "content/privacy/2022-01-01.md:5:37: placeholder",
            ],
        )
        .says(&["did you mean `organization`?"]),
        in_text(
            "a placeholder that does not parse",
            "Words.\n\nA {{ organization.name b.",
            &["content/privacy/2022-01-01.md:7:3: placeholder"],
        ),
        Case::new("a clause that there is not")
            .file(TEXT, text("{{ clause(name=\"contct\") }}"))
            .file("content/clauses/contact.md", "Write to us.")
            .tells(&["content/privacy/2022-01-01.md:5:1: unknown-clause"])
            .says(&["did you mean `contact`?"]),
        Case::new("clauses that contain each other")
            .file(TEXT, text("{{ clause(name=\"a\") }}"))
            .file("content/clauses/a.md", "A {{ clause(name=\"b\") }}")
            .file("content/clauses/b.md", "B\n{{ clause(name=\"a\") }}")
            .tells(&["content/clauses/b.md:2:1: clause-cycle"])
            .says(&[
                "`a` is put in here (content/privacy/2022-01-01.md:5:1)",
                "`b` is put in here (content/clauses/a.md:1:3)",
            ]),
        Case::new("a clause that was not translated")
            .file("engross.toml", config("languages = [\"en\", \"es\"]"))
            .file(
                "content/privacy/2022-01-01.es.md",
                text("{{ clause(name=\"contact\") }}"),
            )
            .file("content/clauses/contact.md", "Write to us.")
            .tells(&[
                "content/privacy/2022-01-01.es.md: original-unnamed (warning)",
                "content/privacy/2022-01-01.es.md:5:1: clause-language (warning)",
            ]),
    ]
}

#[test]
fn broken_texts() {
    check(&cases());
}
