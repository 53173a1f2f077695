//! Reading both texts back from what a redline is written as.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::pieces::text;
use super::super::{Compared, Nodes, Redline, Version, json, markdown};

/// What a redline says of the versions that it compares, for tests.
fn compared() -> Compared {
    let version = Version {
        id: "2022-12-22".to_owned(),
        effective: None,
        published: None,
        standing: None,
        summary: None,
        reason: None,
        material: false,
        file: String::new(),
        address: None,
    };
    Compared {
        document: "privacy".to_owned(),
        title: "Privacy Policy".to_owned(),
        language: "en".to_owned(),
        translated: false,
        old: Some(version.clone()),
        new: version,
    }
}

/// The words of one text as the JSON of a redline has them.
fn read_json(part: &Value, root: &Value, side: &str, out: &mut String) {
    let elsewhere = if side == "old" {
        "moved-here"
    } else {
        "moved-away"
    };
    let absent = if side == "old" { "inserted" } else { "deleted" };
    if part["fate"] == absent || part["fate"] == elsewhere {
        return;
    }
    if part["fate"] == "moved-away" {
        let moved = find_json(root, &part["old"]["node"]).expect("what moved away is somewhere");
        return read_json_inside(moved, root, side, out);
    }
    read_json_inside(part, root, side, out);
}

fn read_json_inside(part: &Value, root: &Value, side: &str, out: &mut String) {
    for run in part["words"].as_array().into_iter().flatten() {
        out.push_str(run[side].as_str().unwrap_or_default());
    }
    for inner in part["parts"].as_array().into_iter().flatten() {
        read_json(inner, root, side, out);
        // What flowed from one block into another stood in a row.
        if side == "new" || part["kind"] != "reflow" {
            out.push('\n');
        }
    }
}

fn find_json<'v>(part: &'v Value, node: &Value) -> Option<&'v Value> {
    if part["fate"] == "moved-here" && part["old"]["node"] == *node {
        return Some(part);
    }
    let parts = part["parts"].as_array()?;
    parts.iter().find_map(|part| find_json(part, node))
}

/// What a text says, as its leaves have it.
fn all_words(nodes: &Nodes<'_>) -> Vec<String> {
    let leaves = nodes.leaves(Nodes::ROOT);
    let words = leaves.map(|leaf| text(nodes, &nodes.tokens(leaf)));
    let words = words.collect::<Vec<_>>().join("\n");
    words.split_whitespace().map(str::to_owned).collect()
}

/// One of the texts as the JSON has it.
pub(super) fn read(redline: &Redline<'_, '_>, side: &str) -> String {
    let json: Value = serde_json::from_str(&json::write(&compared(), redline)).unwrap();
    let mut read = String::new();
    read_json(&json["text"], &json["text"], side, &mut read);
    read
}

/// Reads both texts from the JSON, word for word.
pub(super) fn check_json(redline: &Redline<'_, '_>) {
    for (side, nodes) in [("old", redline.old), ("new", redline.new)] {
        let read = read(redline, side);
        let read: Vec<&str> = read.split_whitespace().collect();
        assert_eq!(read, all_words(nodes), "{side}");
    }
}

/// The Markdown of a redline.
pub(super) fn markdown(redline: &Redline<'_, '_>) -> String {
    markdown::write(&compared(), redline)
}

/// Finds every word of both texts in the Markdown, as often as it was said.
pub(super) fn check_markdown(redline: &Redline<'_, '_>) {
    let written = markdown(redline);
    for (other, sign, nodes) in [("ins", '+', redline.old), ("del", '-', redline.new)] {
        let read = words_of(&without(&written, other, sign));
        let said = words_of(&all_words(nodes).join(" "));
        let (said, read) = (counted(&said), counted(&read));
        let lost = said
            .iter()
            .find(|(word, count)| read.get(*word).unwrap_or(&0) < *count);
        assert!(
            lost.is_none(),
            "{lost:?} is lost without {other}: {written}"
        );
    }
}

fn counted(words: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    words
        .iter()
        .for_each(|word| *counts.entry(word.as_str()).or_default() += 1);
    counts
}

/// Markdown without what stands in an element, without the lines of code before which a sign stands,
/// and without remarks.
fn without(markdown: &str, element: &str, sign: char) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let is_remark =
        |line: &&str| line.trim_start().starts_with("> (") && !line.contains("was numbered");
    // What closes the preformatted text at hand, where its lines begin, and whether they have signs.
    let (mut fence, mut column, mut is_diff) = (String::new(), 0, false);
    let lines = markdown.lines().filter(|line| !is_remark(line));
    let kept = lines.map(|line| {
        let inner = line.get(column..).unwrap_or_default();
        if let Some(at) = line.find("```").filter(|_| fence.is_empty()) {
            (column, is_diff) = (at, line.ends_with("diff"));
            line[at..].trim_end_matches("diff").clone_into(&mut fence);
        } else if !fence.is_empty() && inner == fence {
            fence.clear();
        } else if !fence.is_empty() {
            let is_other = is_diff && inner.starts_with(sign);
            return if is_other { "" } else { line }.to_owned();
        }
        let mut pieces = line.split(&open);
        let first = pieces.next().unwrap_or_default().to_owned();
        let rest = pieces.map(|piece| piece.split_once(&close).map_or("", |(_, after)| after));
        rest.fold(first, |line, rest| line + " " + rest)
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// The runs of letters and digits; of writing without spaces, in which marks can stand between any
/// two letters, each letter.
fn words_of(text: &str) -> Vec<String> {
    let without_spaces = |c: &char| *c >= '\u{2e80}';
    let runs = text.split(|c: char| !c.is_alphanumeric());
    let words = runs.flat_map(|run| {
        let letters: Vec<char> = run.chars().collect();
        let pieces = letters.chunk_by(|a, b| !without_spaces(a) && !without_spaces(b));
        pieces.map(String::from_iter).collect::<Vec<_>>()
    });
    words.collect()
}
