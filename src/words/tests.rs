//! Texts as plain lines: what reads the same is the same, and what reads otherwise is not.

use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::parse::markdown::{Request, parse};

/// Names that are as they are written.
struct AsWritten;

impl Names for AsWritten {
    fn target(&self, destination: &str, _: Span) -> String {
        destination.to_owned()
    }

    fn picture(&self, source: &str, _: Span) -> String {
        format!("sha256:{source}")
    }
}

/// What could pass for something else: keys, marks, breaks.
const WILD: &str = "([a#>| -]|# |\n|\u{85}|\u{2028}|\r|summary: |reason: |material: yes){1,8}";

fn read(source: &str, numbered: bool) -> String {
    let request = Request {
        numbered,
        title: None,
    };
    of(
        &parse(source, request).text,
        None,
        Notice::default(),
        &AsWritten,
    )
}

/// A text, its title in the front matter, with a summary and a reason.
fn said(summary: Option<&str>, reason: Option<&str>, title: &str, text: &str) -> String {
    let request = Request {
        numbered: false,
        title: Some(title),
    };
    let notice = Notice {
        summary,
        reason,
        ..Notice::default()
    };
    of(&parse(text, request).text, Some(title), notice, &AsWritten)
}

#[test]
fn what_the_front_matter_says_stands_above_the_title() {
    let notice = Notice {
        summary: Some("We keep\n  less."),
        material: true,
        corrected: Some(Date::constant(2023, 1, 10)),
        reason: Some("A cafe\u{301}."),
    };
    let request = Request {
        numbered: false,
        title: None,
    };
    let words = of(
        &parse("# P\n\nText.\n", request).text,
        None,
        notice,
        &AsWritten,
    );
    let expected = "summary: We keep less.\nmaterial: yes\ncorrected: 2023-01-10\nreason: A caf\u{e9}.\n# P\nText.\n";
    assert_eq!(words, expected);
}

proptest! {
    /// What each key and the text say can be read from the words: none can pass for another.
    #[test]
    fn a_text_cannot_pass_for_its_front_matter(
        summary in option::of(WILD), reason in option::of(WILD), title in WILD, text in WILD,
    ) {
        let said_by = |key: Option<&str>, name: &str| {
            let folded = key?.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(format!("{name}: {folded}\n").replace(": \n", ":\n"))
        };
        let words = said(summary.as_deref(), reason.as_deref(), &title, &text);
        let lines: Vec<&str> = words.split_inclusive('\n').collect();
        let above = lines.iter().take_while(|line| !line.starts_with('#')).count();
        let expected: String = [said_by(summary.as_deref(), "summary"), said_by(reason.as_deref(), "reason")]
            .into_iter().flatten().collect();
        prop_assert_eq!(lines[..above].concat(), expected);
        prop_assert_eq!(lines[above..].concat(), said(None, None, &title, &text));
    }
}

#[test]
fn every_block_is_lines() {
    let source = "# Policy\n\nOne\ntwo  three.\n\n## Data {#data}\n\n- a\n- b\n\n  more\n\n  3. c\n\n> q\n\n\
        | A | B |\n|---|---|\n| 1 | 2 |\n\n```\ncode  x\n\n y\n```\n\nTerm\n: Meaning\n\nNote[^n].\n\n---\n\n[^n]: Said\n";
    let expected = "# Policy\nOne two three.\n## Data\n- a\n- b\n  more\n  3. c\n> q\nA | B\n1 | 2\n\
        | code  x\n|\n|  y\nTerm\n: Meaning\nNote[1].\n---\n[1]: Said\n";
    assert_eq!(read(source, false), expected);
}

#[test]
fn what_reads_the_same_is_the_same() {
    let one = "# Policy\n\nWe *sell* no data, see\n[Contact](#contact) or <https://a.example>.\n\n## Contact {#contact}\n\nHere\u{a0}cafe\u{301}.";
    let other = "Policy\n======\n\nWe _sell_ no data,\nsee [Contact](#contact) or [https://a.example](https://a.example).\n\nContact {#contact}\n-------\n\nHere caf\u{e9}.\n";
    assert_eq!(read(one, false), read(other, false));
}

#[test]
fn what_reads_otherwise_is_not() {
    let base = "# P\n\nSee [it](https://a.example), one.\n\n1. x\n\n## S\n\n## T\n";
    let others = [
        "# P\n\nSee [it](https://b.example), one.\n\n1. x\n\n## S\n\n## T\n",
        "# P\n\nSee [it](https://a.example); one.\n\n1. x\n\n## S\n\n## T\n",
        "# P\n\nSee [it](https://a.example), ~~one~~.\n\n1. x\n\n## S\n\n## T\n",
        "# P\n\nSee [it](https://a.example), one.\n\n- x\n\n## S\n\n## T\n",
        "# P\n\nSee [it](https://a.example), one.\n\n2. x\n\n## S\n\n## T\n",
        "# P\n\nSee [it](https://a.example), one.\n\n1. x\n\n## S\n\n### T\n",
    ];
    for other in others {
        assert_ne!(read(base, false), read(other, false), "{other}");
    }
    assert_ne!(read(base, false), read(base, true), "numbers are words");
}

#[test]
fn links_and_pictures_say_what_they_name() {
    for (source, expected) in [
        ("[Terms](../terms/)", "Terms <../terms/>"),
        ("[Terms](#terms)", "Terms <#terms>"),
        ("[it](https://a.example)", "it <https://a.example>"),
        ("<https://a.example>", "https://a.example"),
        ("<a@b.example>", "a@b.example"),
        ("[/terms/](/terms/)", "/terms/ </terms/>"),
        (
            "[Terms](/terms/ \"All of\n them\")",
            "Terms </terms/ \"All of them\">",
        ),
        ("<a@b.example> [x](a \" \")", "a@b.example x <a>"),
        ("![Fee *table*](a.png)", "[Fee table] <sha256:a.png>"),
        ("<abbr title=\"A B\">AB</abbr>.", "AB <\"A B\">."),
    ] {
        let words = read(&format!("# P\n\n{source}\n"), false);
        assert_eq!(words, format!("# P\n{expected}\n"));
    }
}

#[test]
fn marks_stand_before_the_words_of_their_block() {
    let source = "# P\n\n- > quoted\n\n  under\n-\n- - deep\n  - deeper\n";
    assert_eq!(
        read(source, false),
        "# P\n- > quoted\n  under\n-\n- - deep\n  - deeper\n"
    );
}
