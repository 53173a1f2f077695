//! What holds for every two texts: both can be read from their redline, and sides can be swapped.

use proptest::prelude::*;

use serde_json::Value;

use super::pieces::text;
use super::{Compared, Detail, Fate, Nodes, Part, Redline, Version, Word, json};
use crate::parse::markdown::{Request, parse};

/// Compares two texts and looks at the result.
pub(super) fn with_redline<R>(old: &str, new: &str, look: impl FnOnce(&Redline<'_, '_>) -> R) -> R {
    let request = Request {
        numbered: false,
        title: None,
    };
    let (old, new) = (parse(old, request).text, parse(new, request).text);
    let (old, new) = (Nodes::of(&old, None), Nodes::of(&new, None));
    look(&Redline::between(&old, &new))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Old,
    New,
}

impl Redline<'_, '_> {
    fn nodes(&self, time: Time) -> &Nodes<'_> {
        if time == Time::Old {
            self.old
        } else {
            self.new
        }
    }

    /// The words of one text as the redline has them.
    fn recovered(&self, time: Time) -> Vec<String> {
        let mut words = Vec::new();
        self.recover(&self.root, time, &mut words);
        words
    }

    fn recover(&self, part: &Part, time: Time, out: &mut Vec<String>) {
        match (part.fate, time) {
            (Fate::Inserted | Fate::MovedHere, Time::Old)
            | (Fate::Deleted | Fate::MovedAway, Time::New) => {}
            (Fate::MovedAway, Time::Old) => {
                let moved = find(&self.root, part.old).expect("what moved away is somewhere");
                self.recover_inside(moved, time, out);
            }
            _ => self.recover_inside(part, time, out),
        }
    }

    fn recover_inside(&self, part: &Part, time: Time, out: &mut Vec<String>) {
        let nodes = self.nodes(time);
        let mut say = |words: &[Word]| {
            for word in words {
                match (word, time) {
                    (Word::Kept(token, _) | Word::Deleted(token), Time::Old)
                    | (Word::Kept(_, token) | Word::Inserted(token), Time::New) => {
                        out.extend(nodes.said(*token).split(' ').map(str::to_owned));
                    }
                    _ => {}
                }
            }
        };
        match &part.detail {
            Detail::Whole => {
                let id = if time == Time::Old {
                    part.old
                } else {
                    part.new
                };
                out.extend(id.into_iter().flat_map(|id| said(nodes, id)));
            }
            Detail::Words(words) => say(words),
            Detail::Parts(parts) => parts.iter().for_each(|part| self.recover(part, time, out)),
            Detail::Reflowed { lines, .. } => lines.iter().for_each(|(_, words)| say(words)),
        }
    }
}

/// The part that a node of the old text moved to.
fn find(part: &Part, old: Option<usize>) -> Option<&Part> {
    if part.fate == Fate::MovedHere && part.old == old {
        return Some(part);
    }
    match &part.detail {
        Detail::Parts(parts) => parts.iter().find_map(|part| find(part, old)),
        _ => None,
    }
}

/// The words of a node, each as its tokens.
fn said(nodes: &Nodes<'_>, id: usize) -> Vec<String> {
    let tokens = nodes.leaves(id).flat_map(|leaf| nodes.tokens(leaf));
    tokens
        .flat_map(|token| {
            nodes
                .said(token)
                .split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The words that a redline says were inserted, or deleted.
fn marked(redline: &Redline<'_, '_>, fate: Fate) -> Vec<String> {
    fn walk(redline: &Redline<'_, '_>, part: &Part, fate: Fate, out: &mut Vec<String>) {
        let nodes = if fate == Fate::Deleted {
            redline.old
        } else {
            redline.new
        };
        let id = if fate == Fate::Deleted {
            part.old
        } else {
            part.new
        };
        let mut say = |words: &[Word]| {
            for word in words {
                match (word, fate) {
                    (Word::Deleted(token), Fate::Deleted)
                    | (Word::Inserted(token), Fate::Inserted) => {
                        out.extend(nodes.said(*token).split(' ').map(str::to_owned));
                    }
                    _ => {}
                }
            }
        };
        match &part.detail {
            Detail::Whole if part.fate == fate => {
                out.extend(id.into_iter().flat_map(|id| said(nodes, id)));
            }
            Detail::Whole => {}
            Detail::Words(words) => say(words),
            Detail::Parts(parts) => parts.iter().for_each(|part| walk(redline, part, fate, out)),
            Detail::Reflowed { lines, .. } => lines.iter().for_each(|(_, words)| say(words)),
        }
    }
    let mut out = Vec::new();
    walk(redline, &redline.root, fate, &mut out);
    out.sort();
    out
}

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

fn check_json(redline: &Redline<'_, '_>) {
    let json: Value = serde_json::from_str(&json::write(&compared(), redline)).unwrap();
    for (side, nodes) in [("old", redline.old), ("new", redline.new)] {
        let mut read = String::new();
        read_json(&json["text"], &json["text"], side, &mut read);
        let read: Vec<&str> = read.split_whitespace().collect();
        assert_eq!(read, all_words(nodes), "{side}");
    }
}

fn check_both_ways(old: &str, new: &str) {
    let (inserted, deleted, changes) = with_redline(old, new, |redline| {
        for (time, nodes) in [(Time::Old, redline.old), (Time::New, redline.new)] {
            assert_eq!(redline.recovered(time), said(nodes, Nodes::ROOT));
        }
        check_json(redline);
        (
            marked(redline, Fate::Inserted),
            marked(redline, Fate::Deleted),
            redline.changes(),
        )
    });
    with_redline(new, old, |redline| {
        assert_eq!(
            marked(redline, Fate::Inserted),
            deleted,
            "{old}\n=====\n{new}"
        );
        assert_eq!(
            marked(redline, Fate::Deleted),
            inserted,
            "{old}\n=====\n{new}"
        );
        let totals = redline.changes().totals;
        assert_eq!(
            (totals.moved, totals.renamed),
            (changes.totals.moved, changes.totals.renamed)
        );
    });
    with_redline(old, old, |redline| {
        assert!(redline.changes().is_none());
        assert!(!redline.is_changed(&redline.root));
    });
}

fn word() -> impl Strategy<Value = String> {
    let words = [
        "we",
        "the",
        "Services",
        "may",
        "collect",
        "data",
        "about",
        "you",
        "when",
        "required",
        "by",
        "law",
        "30",
        "days",
        "$7,500",
        "and",
        "or",
        "December 22, 2022",
        "**shall**",
        "[terms](/terms/)",
        "[our notice](/x/)",
        "“Panel”",
        "opt-out",
        "1798.100(a)",
        "privacy@x.example",
        "not",
        "sell",
        "share",
        "it",
        "条款",
        "适用于",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..14).prop_map(|words| format!("{}.", words.join(" ")))
}

fn block() -> impl Strategy<Value = String> {
    let list = |mark: &'static str| {
        prop::collection::vec(sentence(), 1..5).prop_map(move |items| {
            let items = items.iter().map(|item| format!("{mark} {item}"));
            items.collect::<Vec<_>>().join("\n")
        })
    };
    let rows = prop::collection::vec((word(), word()), 1..4).prop_map(|rows| {
        let rows = rows.iter().map(|(a, b)| format!("| {a} | {b} |\n"));
        format!("| What | Why |\n|---|---|\n{}", rows.collect::<String>())
    });
    prop_oneof![
        4 => prop::collection::vec(sentence(), 1..4).prop_map(|all| all.join(" ")),
        1 => list("-"),
        1 => list("1."),
        1 => rows,
        1 => sentence().prop_map(|said| format!("> {said}")),
        1 => (word(), sentence()).prop_map(|(term, said)| format!("{term}\n: {said}")),
        1 => sentence().prop_map(|said| format!("### {}", said.trim_end_matches('.'))),
        2 => sentence().prop_map(|said| format!("## {}", said.trim_end_matches('.'))),
    ]
}

/// A text, and an edited copy of it.
fn texts() -> impl Strategy<Value = (String, String)> {
    let blocks = prop::collection::vec(block(), 1..12);
    let edits = prop::collection::vec(
        (
            0..9u8,
            any::<prop::sample::Index>(),
            any::<prop::sample::Index>(),
            block(),
        ),
        0..8,
    );
    (blocks, edits).prop_map(|(old, edits)| {
        let mut new = old.clone();
        for (kind, at, other, block) in edits {
            if new.is_empty() {
                new.push(block);
                continue;
            }
            let (at, other) = (at.index(new.len()), other.index(new.len()));
            match kind {
                0 => drop(new.remove(at)),
                1 => new.insert(at, block),
                2 => new.swap(at, other),
                3 => new[at] = block,
                4 => new[at] = new[at].replacen(". ", ".\n\n", 1),
                5 if other + 1 < new.len() => {
                    let next = new.remove(other + 1);
                    new[other] = format!("{} {next}", new[other]);
                }
                6 => new[at] = new[at].replacen(" and ", " or ", 1).replacen("30", "45", 1),
                7 => new[at] = new[at].replacen(". ", ":\n\n- ", 1),
                _ => new.insert(other, new[at].clone()),
            }
        }
        (old.join("\n\n"), new.join("\n\n"))
    })
}

proptest! {
    #[test]
    fn both_texts_can_be_read_from_their_redline((old, new) in texts()) {
        check_both_ways(&old, &new);
    }

    #[test]
    fn unrelated_texts_can_be_compared((old, _) in texts(), (new, _) in texts()) {
        check_both_ways(&old, &new);
    }
}
