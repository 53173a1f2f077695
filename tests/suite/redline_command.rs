//! `engross redline`: which texts it compares, and what it says of them in each format.

use std::fs;
use std::path::PathBuf;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::documented;
use crate::site::{Run, Site, config, engross, run};

/// A text of the privacy policy: a promise, and a number that tells the texts apart.
fn text(more: &str, days: u32) -> String {
    format!(
        "+++\ntitle = \"Privacy\"\n{more}+++\n\n## Promise {{#promise}}\n\nWe answer every letter within {days} days.\n"
    )
}

/// A policy with a correction, an upcoming version, one that nobody knows of yet, and translations
/// of two.
fn site() -> Site {
    let correction = "corrected = 2021-03-01\nreason = \"a slip\"\n";
    let upcoming = "published = 2024-05-01\nsummary = \"We answer faster.\"\nmaterial = true\n";
    Site::empty()
        .with("engross.toml", config("languages = [\"en\", \"es\"]"))
        .with("content/privacy/2020-01-01.md", text("", 10))
        .with("content/privacy/2020-01-01.es.md", text("", 11))
        .with("content/privacy/2021-01-01.md", text("", 20))
        .with("content/privacy/2021-01-01.r2.md", text(correction, 21))
        .with("content/privacy/2025-01-01.md", text(upcoming, 30))
        .with("content/privacy/2025-01-01.es.md", text("", 31))
        .with("content/privacy/2026-01-01.md", text("", 40))
        .with("content/terms/2020-01-01.md", text("", 50))
}

/// The program on a day, with arguments for `engross redline`.
fn redline(site: &Site, arguments: &[&str]) -> Run {
    let day = ["redline", "--as-of", "2024-06-01"];
    site.run(&[&day, arguments].concat())
}

fn done(site: &Site, arguments: &[&str]) -> String {
    let run = redline(site, arguments);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

fn refused(site: &Site, arguments: &[&str]) -> String {
    let run = redline(site, arguments);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
    run.stderr
}

/// The change of the only number.
fn days(old: u32, new: u32) -> String {
    format!("within [-{old}-] {{+{new}+}} days")
}

#[test]
fn without_versions_it_tells_what_comes_next() {
    let site = site();
    let out = done(&site, &["privacy"]);
    assert!(out.contains(&days(21, 30)), "{out}");
    let head = "\
Privacy
from  2021-01-01.r2  in force
to    2025-01-01     upcoming, a material change

Summary: We answer faster.

1 word inserted, 1 word deleted

Sections that changed
  Promise  +1 −1 word
";
    assert!(out.starts_with(head), "{out}");
    let out = done(&site, &["terms"]);
    assert!(out.contains("is the first version"), "{out}");
    site.put("content/privacy/draft.md", text("", 45));
    let out = done(&site, &["/privacy/"]);
    assert!(out.contains(&days(40, 45)), "{out}");
    assert!(out.contains("to    draft       not dated yet"), "{out}");
}

#[test]
fn what_is_in_force_is_told_where_nothing_comes() {
    let site = site();
    let out = site.run(&["redline", "privacy", "--as-of", "2026-02-01"]);
    assert!(out.stdout.contains(&days(30, 40)), "{}", out.stdout);
    // What is not public yet comes next, too.
    let out = site.run(&["redline", "privacy", "--as-of", "2025-02-01"]);
    assert!(out.stdout.contains(&days(30, 40)), "{}", out.stdout);
    assert!(out.stdout.contains("not public before 2026-01-01"));
}

#[test]
fn versions_are_named() {
    let site = site();
    for (arguments, old, new) in [
        (&["privacy", "2021-01-01"][..], 10, 20),
        (&["privacy", "2021-01-01.r2"], 20, 21),
        (&["privacy", "in-force"], 20, 21),
        (&["privacy", "upcoming"], 21, 30),
        (&["privacy", "2026-01-01"], 30, 40),
        (&["privacy", "2020-01-01", "upcoming"], 10, 30),
        (&["privacy", "2025-01-01", "2020-01-01"], 30, 10),
        (&["privacy", "2025-01-01", "--language", "es"], 11, 31),
        (&["privacy", "--language", "es"], 11, 31),
        (&["privacy", "2021-01-01", "--language", "en"], 10, 20),
    ] {
        let out = done(&site, arguments);
        assert!(out.contains(&days(old, new)), "{arguments:?}: {out}");
    }
    let same = done(&site, &["privacy", "2020-01-01", "2020-01-01"]);
    assert!(same.ends_with("\n\nno change in the words\n"), "{same}");
}

#[test]
fn the_first_version_follows_none() {
    let site = site();
    for format in ["text", "markdown"] {
        let out = done(&site, &["privacy", "2020-01-01", "--format", format]);
        let says = "2020-01-01 is the first version: there is none before it";
        assert!(out.contains(says), "{out}");
    }
    let out = done(&site, &["privacy", "2020-01-01", "--language", "es"]);
    assert!(out.contains("is the first version with a text in `es`: "));
    let out = done(&site, &["privacy", "2020-01-01", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["new"]["id"], "2020-01-01");
    for field in ["old", "changes", "text"] {
        assert_eq!(json[field], Value::Null);
    }
}

#[test]
fn unknown_names_are_bad_arguments() {
    let site = site();
    for (arguments, says) in [
        (&["privaci"][..], "did you mean `privacy`?"),
        (&["privacy", "2021-01-02"], "did you mean `2021-01-01`?"),
        (&["privacy", "upcomming"], "did you mean `upcoming`?"),
        (
            &["privacy", "xyz"],
            "it has 2020-01-01, 2021-01-01, 2021-01-01.r2, ",
        ),
        (&["privacy", "draft"], "`privacy` has no draft"),
        (&["terms", "upcoming"], "`terms` has no upcoming text"),
        (
            &["terms", "--language", "es"],
            "`terms` has no text in `es`",
        ),
        (&["privacy", "--language", "fr"], "its languages are en, es"),
        (
            &["privacy", "2021-01-01", "--language", "es"],
            "has no version `2021-01-01` in `es`",
        ),
    ] {
        let said = refused(&site, arguments);
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
}

#[test]
fn errors_in_the_two_texts_stop_it_and_those_of_others_do_not() {
    let site = site();
    site.put(
        "content/privacy/2021-01-01.md",
        text("", 20) + "{{ nothing }}\n",
    );
    let run = redline(&site, &["privacy", "2021-01-01"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("content/privacy/2021-01-01.md"));
    done(&site, &["privacy", "2025-01-01"]);
    site.put("content/privacy/draft.md", text("", 45) + "{{ nothing }}\n");
    let run = redline(&site, &["privacy"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning"), "{}", run.stderr);
    assert!(run.stdout.contains(&days(40, 45)), "{}", run.stdout);
}

#[test]
fn colours_say_nothing_that_marks_do_not_say() {
    let site = site();
    let coloured = done(&site, &["privacy", "--color", "always"]);
    assert!(coloured.contains("\u{1b}[31m[-21-]"), "{coloured:?}");
    let plain = done(&site, &["privacy"]);
    let mut command = engross(&site.root());
    command.args(["redline", "privacy", "--as-of", "2024-06-01"]);
    assert_eq!(run(command.env("NO_COLOR", "1")).stdout, plain);
    assert!(!plain.contains('\u{1b}'));
}

#[test]
fn a_file_that_stands_alone_reads_no_text_that_it_does_not_show() {
    let site = site();
    let link = "See [our terms](../terms/#fees) and [above](#promise).\n";
    site.put("content/privacy/2025-01-01.md", text("", 30) + link);
    let out = done(&site, &["privacy", "--format", "html"]);
    // Whether the terms have this anchor is for `engross check` to say, which reads them.
    for address in ["\"https://legal.example/terms/#fees\"", "\"#promise\""] {
        assert!(out.contains(address), "{address} is not in: {out}");
    }
}

/// Asserts that an object has the fields that are documented, and no others.
fn assert_fields(object: &Value, fields: &[&str]) {
    documented::assert_fields(object, fields, "### A redline as JSON");
}

#[test]
fn the_json_is_as_documented() {
    let out = done(&site(), &["privacy", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    let fields = [
        "document", "title", "language", "old", "new", "changes", "text",
    ];
    assert_fields(&json, &fields);
    let version = [
        "id",
        "effective",
        "published",
        "standing",
        "summary",
        "reason",
        "material",
        "file",
        "address",
    ];
    assert_fields(&json["old"], &version);
    assert_eq!(json["old"]["id"], "2021-01-01.r2");
    assert_eq!(json["new"]["standing"], "upcoming");
    let changes = &json["changes"];
    let fields = [
        "totals",
        "sections",
        "renumbered",
        "relevelled",
        "renames",
        "redefined",
    ];
    assert_fields(changes, &fields);
    let counts = [
        "inserted", "deleted", "moved", "renamed", "relinked", "marks",
    ];
    assert_fields(&changes["totals"], &counts);
    let section = [
        "heading",
        "number",
        "anchor",
        "fate",
        "renamed_from",
        "renumbered_from",
        "moved_from",
        "moved_to",
        "counts",
    ];
    assert_fields(&changes["sections"][0], &section);
    assert_eq!(json["text"]["parts"][0]["kind"], "heading");
    let promise = &json["text"]["parts"][1];
    assert_fields(promise, &["kind", "fate", "old", "new", "parts"]);
    assert_fields(&promise["new"], &["node", "anchor", "heading"]);
    let words = &promise["parts"][1]["words"];
    assert_eq!(words[1]["look"], "deleted");
    assert_eq!(words[1]["old"], " 21");
    assert_eq!(words[2]["new"], " 30");
    assert_fields(&words[0], &["look", "old", "new"]);
}

/// The repository's own site on a day.
fn sample(arguments: &[&str]) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut command = engross(&root);
    let day = ["redline", "--as-of", "2026-12-01"];
    let run = run(command.args([&day, arguments].concat()));
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stdout
}

#[test]
fn the_sample_names_what_a_reader_must_know() {
    let out = sample(&["privacy", "2022-12-22"]);
    for line in [
        "\n  Third-party partners                      removed, −",
        "\n  Service Providers                         moved from “Third-party partners”,\n",
        "\n  Nevada residents                          moved from “California and Nevada\n",
        "\n## [-Third-party partners-]\n  {~section removed~}\n",
        "\n### Nevada residents\n  {~section moved here from “California and Nevada residents”~}\n",
    ] {
        assert!(out.contains(line), "{line} is not in: {out}");
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    let out = words.join(" ");
    let weakened = "we+} will notify you [-by email at least 30 days before a material change takes effect, if we have your email address-] {+as the law requires+}.";
    assert!(out.contains(weakened), "{out}");
}

#[test]
fn what_comes_next_in_the_sample_names_what_is_lost_moved_and_weakened() {
    let out = sample(&["privacy"]);
    for line in [
        "\nto    draft       not dated yet, a material change\n",
        "\n  Automated decisions            removed, −",
        "\n  If you are a Panelist          moved from “Your choices and rights”, ",
        "\n  Changes to this Policy         +1 −17 words\n",
        "\n### If you are a Panelist\n  {~section moved here from “Your choices and rights”~}\n",
        "\n## [-Automated decisions-]\n  {~section removed~}\n",
        "\n  [-We make no decision about a person by automatic means alone that has legal\n",
    ] {
        assert!(out.contains(line), "{line} is not in: {out}");
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    let weakened = "we will [-send an email to everyone who has a Workspace account or subscribes to a newsletter, and show-] {+post+} a notice on the Websites.";
    assert!(words.join(" ").contains(weakened), "{out}");
    let json: Value = serde_json::from_str(&sample(&["privacy", "--format", "json"])).unwrap();
    let sections = json["changes"]["sections"].as_array().unwrap();
    let found = |heading: &str| {
        let mut sections = sections.iter();
        let section = sections.find(|section| section["heading"] == heading);
        section.unwrap_or_else(|| panic!("{heading} is not in {json}"))
    };
    let removed = found("Automated decisions");
    assert_eq!(removed["fate"], "deleted");
    let moved = found("If you are a Panelist");
    assert_eq!(moved["fate"], "moved-here");
    assert_eq!(moved["moved_from"], "Your choices and rights");
    let weakened = found("Changes to this Policy");
    assert_eq!(weakened["fate"], "kept");
    assert_eq!(weakened["counts"]["deleted"], 17);
}

/// The texts of the edit cases: name, before, after.
fn cases() -> Vec<(String, String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/suite/redlines");
    let mut cases = Vec::new();
    for name in crate::folder::names(&folder) {
        let file = fs::read_to_string(folder.join(&name)).unwrap();
        let part = |part: &str| {
            let marker = format!("\n=== {part}\n");
            let text = file.split(&marker).nth(1).unwrap();
            text.split("\n=== ").next().unwrap().to_owned()
        };
        cases.push((name, part("before"), part("after")));
    }
    cases
}

/// What two versions differ in, as Markdown.
fn markdown(before: &str, after: &str) -> String {
    let site = Site::empty()
        .with("engross.toml", config(""))
        .with("content/privacy/document.toml", "title = \"Privacy\"\n")
        .with("content/privacy/2020-01-01.md", before)
        .with("content/privacy/2021-01-01.md", after);
    done(&site, &["privacy", "--format", "markdown"])
}

/// The words of a source; with marks, those of its two sides.
fn words(source: &str) -> (Vec<String>, Vec<String>) {
    let (mut old, mut new) = (String::new(), String::new());
    let (mut inserted, mut deleted) = (0, 0);
    for event in Parser::new_ext(source, Options::all()) {
        match event {
            Event::InlineHtml(tag) => match &*tag {
                "<ins>" => inserted += 1,
                "</ins>" => inserted -= 1,
                "<del>" => deleted += 1,
                "</del>" => deleted -= 1,
                _ => {}
            },
            Event::Text(text) | Event::Code(text) => {
                old.push_str(if inserted > 0 { "" } else { &text });
                new.push_str(if deleted > 0 { "" } else { &text });
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell)
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::TableRow,
            )
            | Event::SoftBreak
            | Event::HardBreak => {
                old.push(' ');
                new.push(' ');
                assert!(matches!((inserted, deleted), (0, 0)), "open in {source}");
            }
            _ => {}
        }
    }
    (split(&old), split(&new))
}

/// Letters and digits in a row; of Chinese, each alone.
fn split(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars() {
        let alone = c >= '\u{2e80}';
        if alone || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().unwrap().push(c);
        }
        if alone {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words
}

/// The words of one list that are not in another, each as often as it is missing.
fn missing(words: &[String], from: &[String]) -> Vec<String> {
    let mut from = from.to_vec();
    let missed = words.iter().filter(|word| {
        let at = from.iter().position(|other| other == *word);
        at.map(|at| from.swap_remove(at)).is_none()
    });
    missed.cloned().collect()
}

#[test]
fn markdown_has_every_word_of_both_texts_and_its_marks_are_closed() {
    for (name, before, after) in cases() {
        let out = markdown(&before, &after);
        let (old, new) = words(&out);
        // What moved stands in its new place with the words of both.
        assert_eq!(missing(&words(&after).1, &new), [""; 0], "{name}: {out}");
        if before != after && !out.contains("no change in the words") {
            assert_eq!(missing(&words(&before).0, &old), [""; 0], "{name}: {out}");
        }
    }
}

#[test]
fn marks_of_markdown_in_the_words_stay_words() {
    let before = "# T\n\nOne \\*star\\*, 1 \\< 2, a\\|b, \\_x\\_, \\<b\\>, \\[l\\](u) and `c*d*`.\n\n2019\\. No list, 10 days.\n";
    let after = before
        .replace("10 days", "20 days")
        .replace("star", "planet");
    let out = markdown(before, &after);
    let emphasised = Parser::new(&out).any(|event| {
        matches!(
            event,
            Event::Start(Tag::Emphasis | Tag::Link { .. } | Tag::List(_))
        )
    });
    assert!(!emphasised, "{out}");
    assert_eq!(missing(&words(&after).1, &words(&out).1), [""; 0], "{out}");
}
