//! Edits of every kind, and the redlines that come of them in the terminal and in HTML.

use std::fs;
use std::path::PathBuf;

use crate::site::{CONFIG, Run, Site, engross, run};
use crate::{folder, golden, marks};

/// What begins and ends the part of the HTML that the cases hold: no other element begins a line with its end.
const ARTICLE: (&str, &str) = ("<div class=\"redline\">", "\n</div>");

/// What begins the line with a part's name.
const MARKER: &str = "=== ";

/// The parts of a case in order. The first may be missing, the last two are written by the program.
const PARTS: [&str; 5] = ["settings", "before", "after", "terminal", "html"];

/// Every case: a file that is not named here is a leftover.
const ALL: &[&str] = &[
    "addresses-changed",
    "arabic",
    "block-rewritten",
    "blocks-of-blocks",
    "cells-without-words",
    "chinese-numbers",
    "chinese",
    "definition-changed",
    "definition-of-a-common-word",
    "definition-removed",
    "definition-replaced",
    "definition-with-another-comma",
    "definitions-in-one-sentence",
    "footnotes-changed",
    "hand-numbered-section-inserted",
    "heading-loses-a-colon",
    "heading-repeated-in-a-row",
    "heading-repeated",
    "heading-with-a-number-of-days",
    "headings-without-words",
    "identical",
    "independent-edits",
    "item-divided-by-a-paragraph",
    "item-moved-to-another-list",
    "item-to-items-with-an-inner-list",
    "items-swapped",
    "last-sentence-replaced",
    "link-inserted",
    "links-changed",
    "list-divided-by-a-paragraph",
    "list-items-changed",
    "list-numbered",
    "list-to-sentence",
    "list-to-table",
    "long-addresses-changed",
    "marks-meet-signs",
    "markup-crosses-edit",
    "moved-inside-a-retitled-section",
    "numbered-section-inserted",
    "numbers-and-dates-changed",
    "only-emphasis-changed",
    "only-layout-changed",
    "only-punctuation-changed",
    "paragraph-moved-and-edited",
    "paragraph-moved",
    "paragraph-split",
    "paragraphs-merged",
    "preformatted-changed",
    "section-anchor-changed",
    "section-matched-by-likeness",
    "section-moved-and-edited",
    "section-moved-into-the-next",
    "section-moved",
    "section-nested-deeper",
    "section-of-few-words-retitled",
    "section-retitled",
    "section-takes-over-an-anchor",
    "sections-flattened",
    "sections-removed-and-inserted",
    "sentence-deleted",
    "sentence-to-list",
    "short-sentence-kept",
    "table-row-inserted-beside-an-edited-one",
    "tables-changed",
    "term-newly-defined",
    "term-renamed-and-redefined",
    "term-renamed-in-both-numbers",
    "term-renamed",
    "words-changed",
];

/// Two versions of a text, and what their redline has to be.
///
/// A case is a file in `redlines/`: a sentence that says what the redline has to show, then the parts, each after
/// a line with its name. `UPDATE_GOLDEN=1` writes the last two anew: read them before you commit them.
struct Case {
    name: &'static str,
    /// What the redline has to show, in words.
    purpose: String,
    /// What stands after the markers, in the order of `PARTS`.
    parts: [String; PARTS.len()],
}

impl Case {
    fn read(name: &'static str) -> Self {
        let text = fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self::parse(name, &text)
    }

    fn parse(name: &'static str, text: &str) -> Self {
        let marker = format!("\n{MARKER}");
        let mut parts = text.split(&marker);
        let mut case = Self {
            name,
            purpose: trimmed(parts.next().unwrap_or_default()),
            parts: Default::default(),
        };
        for part in parts {
            let (part, text) = part.split_once('\n').unwrap_or((part, ""));
            case.set(part, trimmed(text));
        }
        let written = [&case.purpose, case.part("before"), case.part("after")];
        assert!(
            written.iter().all(|text| !text.is_empty()),
            "{name}: purpose, before and after must be there"
        );
        case
    }

    fn part(&self, part: &str) -> &str {
        &self.parts[place(part)]
    }

    fn set(&mut self, part: &str, text: String) {
        self.parts[place(part)] = text;
    }

    /// The site that the case makes, or the one with its versions the other way round.
    fn site(&self, backwards: bool) -> Site {
        let (before, after) = (self.part("before"), self.part("after"));
        let (before, after) = if backwards {
            (after, before)
        } else {
            (before, after)
        };
        site(self.part("settings"), before, after)
    }

    /// The file of the case.
    fn file(&self) -> String {
        let part = |(part, text): (&&str, &String)| match text.as_str() {
            "" if *part == "settings" => String::new(),
            "" => format!("\n{MARKER}{part}\n"),
            text => format!("\n{MARKER}{part}\n{text}\n"),
        };
        let parts: String = PARTS.iter().zip(&self.parts).map(part).collect();
        format!("{}\n{parts}", self.purpose)
    }

    /// Writes the file of the case in one step, because other tests read it at the same time.
    fn write(&self) {
        let aside = folder_of_cases().with_extension(self.name);
        fs::write(&aside, self.file()).unwrap();
        fs::rename(aside, path(self.name)).unwrap();
    }

    /// Makes the redline and holds it against the case, or writes the case anew. What is wrong, in words.
    fn check(mut self) -> Result<(), String> {
        let site = self.site(false);
        let page = redline(&site, "html");
        marks::check(&page)?;
        let terminal = trimmed(&redline(&site, "text"));
        let html = trimmed(article(&page)?);
        if !golden::update() {
            same("terminal", self.part("terminal"), &terminal)?;
            return same("html", self.part("html"), &html);
        }
        self.set("terminal", terminal);
        self.set("html", html);
        self.write();
        Ok(())
    }
}

fn place(part: &str) -> usize {
    let place = PARTS.iter().position(|known| *known == part);
    place.unwrap_or_else(|| panic!("there is no part {part:?} in {PARTS:?}"))
}

fn same(part: &str, expected: &str, found: &str) -> Result<(), String> {
    if expected == found && !expected.is_empty() {
        return Ok(());
    }
    let lines = golden::difference(expected, found);
    Err(format!(
        "{part} is not what it was (UPDATE_GOLDEN=1 takes the new one):\n{lines}"
    ))
}

/// A site with one document that has two versions.
pub(crate) fn site(settings: &str, before: &str, after: &str) -> Site {
    Site::empty()
        .with("engross.toml", CONFIG)
        .with(
            "content/privacy/document.toml",
            format!("title = \"Privacy Policy\"\n{settings}\n"),
        )
        .with("content/privacy/2022-12-22.md", before)
        .with("content/privacy/2024-01-15.md", after)
}

/// The redline of the version in force, which must come without an error.
pub(crate) fn redline(site: &Site, format: &str) -> String {
    let mut command = engross(&site.root());
    command.args(["redline", "privacy", "--format", format]);
    let Run {
        status,
        stdout,
        stderr,
    } = run(command.env("NO_COLOR", "1"));
    assert_eq!(status, 0, "{stderr}");
    assert!(!stdout.contains('\u{1b}'), "colours in {stdout:?}");
    stdout
}

/// What the redline itself is in its page.
pub(crate) fn article(page: &str) -> Result<&str, String> {
    let (begin, end) = ARTICLE;
    let inner = page.split_once(begin).and_then(|(_, after)| {
        let (inner, _) = after.split_once(end)?;
        Some(inner)
    });
    inner.ok_or_else(|| format!("there is no {begin}…{end} in\n{page}"))
}

fn path(name: &str) -> PathBuf {
    folder_of_cases().join(format!("{name}.txt"))
}

fn folder_of_cases() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/suite/redlines")
}

/// A text without empty lines around it. What stands at the ends of its lines stays.
fn trimmed(text: &str) -> String {
    text.trim_end().trim_start_matches('\n').to_owned()
}

#[test]
fn every_kind_of_edit_is_shown_as_what_it_is() {
    let faults: Vec<String> = ALL
        .iter()
        .filter_map(|name| Some(format!("{name}: {}", Case::read(name).check().err()?)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn redlines_are_sound_the_other_way_round_too() {
    for case in ALL.iter().map(|name| Case::read(name)) {
        let page = redline(&case.site(true), "html");
        marks::check(&page).unwrap_or_else(|fault| panic!("{}: {fault}", case.name));
    }
}

#[test]
fn no_case_is_left_over() {
    let names: Vec<String> = ALL.iter().map(|name| format!("{name}.txt")).collect();
    assert_eq!(folder::names(&folder_of_cases()), names);
}

#[test]
fn the_texts_of_all_cases_can_be_published() {
    for case in ALL.iter().map(|name| Case::read(name)) {
        let run = case.site(false).run(&["check"]);
        assert_eq!(run.status, 0, "{}: {}", case.name, run.stderr);
    }
}

#[test]
fn a_case_is_written_as_it_was_read() {
    for name in ALL {
        let file = fs::read_to_string(path(name)).unwrap();
        assert_eq!(Case::parse(name, &file).file(), file, "{name}");
    }
}
