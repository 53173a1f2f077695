//! The walls of the crate: who may import whom, and which rooms know the outside.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// What a room may import from the crate beside itself.
const ROOMS: &[(&str, May)] = &[
    ("tree", May::Only(&["diagnostic", "paths"])),
    ("diagnostic", May::Only(&["tree", "paths"])),
    ("paths", May::Only(&[])),
    ("model", May::Only(&["diagnostic"])),
    ("history", May::Only(&["model"])),
    ("ledger", May::Only(&["model", "diagnostic"])),
    ("urls", May::Only(&["model"])),
    ("words", May::Only(&["model", "diagnostic"])),
    ("parse", May::Only(&["model", "diagnostic", "tree"])),
    (
        "theme",
        May::Only(&[
            "ledger::digest",
            "parse::characters",
            "parse::table",
            "model",
            "diagnostic",
            "tree",
            "urls",
            "paths",
        ]),
    ),
    ("archive", May::Only(&["history", "model", "parse"])),
    (
        "markup",
        May::Only(&["model", "diagnostic", "redline", "theme"]),
    ),
    ("outline", May::Not(&["render", "disk", "plan"])),
    ("links", May::Not(&["render", "disk", "plan"])),
    ("prepared", May::Not(&["render", "disk", "plan"])),
    (
        "timeline",
        May::Only(&[
            "archive",
            "ledger",
            "parse::Site",
            "sealed::Sealed",
            "history",
            "model",
            "prepared",
            "redline",
            "sections",
            "urls",
        ]),
    ),
    ("redline", May::Only(&["model", "diagnostic"])),
    ("sections", May::Only(&["model", "redline", "urls"])),
    ("skeleton", May::Only(&["model"])),
    ("witness", May::Only(&[])),
    (
        "sealed",
        May::Only(&[
            "ledger",
            "redline",
            "parse",
            "model",
            "diagnostic",
            "tree",
            "witness",
        ]),
    ),
    (
        "published",
        May::Only(&["ledger", "sealed", "model", "diagnostic", "urls"]),
    ),
    (
        "evidence",
        May::Only(&["ledger", "witness", "sealed", "redline", "model", "tree"]),
    ),
    ("route", May::Only(&["model"])),
    ("render", May::Not(&["disk", "plan"])),
    ("plan", May::Not(&["disk"])),
    ("preview", May::Not(&["disk"])),
    (
        "disk",
        May::Only(&[
            "tree",
            "published",
            "diagnostic",
            "model::config",
            "sealed::LEDGER",
        ]),
    ),
    ("commands", May::Only(&[])),
];

/// Crates and parts of the standard library that only some rooms know.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("tera::", &["render", "parse/placeholders"]),
    ("pulldown_cmark", &["parse/markdown"]),
    ("toml::", &["parse"]),
    ("imara_diff", &["redline"]),
    ("unicode_segmentation", &["redline", "commands/words"]),
    ("ed25519_dalek", &["witness"]),
    ("rawzip", &["commands/evidence"]),
    ("self_cell", &["preview/world"]),
    ("notify::", &["commands/changes"]),
    ("axum::", &["commands/serve"]),
    ("tokio", &["commands/serve"]),
    ("open::", &["commands/serve"]),
    ("std::fs", &["disk"]),
    ("std::env", &["commands"]),
    ("std::process", &["commands", "main"]),
    ("Timestamp", &["commands"]),
    ("Instant", &["commands"]),
    ("anstream", &["commands"]),
];

const LONGEST_FILE: usize = 400;

enum May {
    Only(&'static [&'static str]),
    Not(&'static [&'static str]),
}

/// A file of the crate.
struct Source {
    /// Its path below `src/` without the ending.
    name: String,
    text: String,
}

impl Source {
    /// The room that it belongs to.
    fn room(&self) -> &str {
        self.name.split('/').next().unwrap()
    }

    /// Its code without comments and tests.
    fn code(&self) -> String {
        if self.name.ends_with("/tests") {
            return String::new();
        }
        let code = self.text.split("#[cfg(test)]\nmod tests").next().unwrap();
        code.lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| format!("{line}\n"))
            .collect()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let paths = WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path());
    let source = |path: PathBuf| Source {
        name: path
            .strip_prefix(&root)
            .unwrap()
            .with_extension("")
            .to_str()
            .unwrap()
            .replace('\\', "/"),
        text: fs::read_to_string(&path).unwrap(),
    };
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(source)
        .collect()
}

/// The paths below `crate::` that code names, of each the first two parts: `parse::table`.
fn imports(code: &str) -> Vec<String> {
    code.split("crate::").skip(1).flat_map(paths).collect()
}

/// The paths of a tree such as `a::b` or `{a, b::{c, d}}`, which other code follows.
fn paths(tree: &str) -> Vec<String> {
    if let Some(group) = tree.strip_prefix('{') {
        return branches(group)
            .into_iter()
            .flat_map(|branch| paths(branch.trim()))
            .collect();
    }
    let end = tree
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(tree.len());
    let (first, rest) = tree.split_at(end);
    match rest.strip_prefix("::") {
        Some(rest) => paths(rest)
            .into_iter()
            .map(|rest| format!("{first}::{}", rest.split("::").next().unwrap()))
            .collect(),
        None => vec![first.to_owned()],
    }
}

/// What stands between the commas of a group, up to its end.
fn branches(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut branches) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                branches.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                branches.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    branches.retain(|branch| !branch.trim().is_empty());
    branches
}

fn is_below(path: &str, room: &str) -> bool {
    path.strip_prefix(room)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::") || rest.starts_with('/'))
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some((_, may)) = ROOMS.iter().find(|(room, _)| *room == source.room()) else {
            let known = ["lib", "main"].contains(&source.room());
            assert!(known, "say in ROOMS what {} may import", source.name);
            continue;
        };
        for path in imports(&source.code()) {
            let allowed = match may {
                May::Only(rooms) => rooms.iter().any(|room| is_below(&path, room)),
                May::Not(rooms) => !rooms.iter().any(|room| is_below(&path, room)),
            };
            let own = is_below(&path, source.room());
            if !own && (!allowed || is_below(&path, "commands")) {
                faults.push(format!("src/{}.rs imports crate::{path}", source.name));
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_outside_is_known_in_few_rooms() {
    let mut faults = Vec::new();
    for source in sources() {
        let code = source.code();
        for (name, rooms) in OUTSIDE {
            if code.contains(name) && !rooms.iter().any(|room| is_below(&source.name, room)) {
                faults.push(format!("src/{}.rs knows {name}", source.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_begins_with_a_sentence() {
    let begins = |source: &Source| {
        let first: Vec<&str> = source
            .text
            .lines()
            .map_while(|line| line.strip_prefix("//! "))
            .collect();
        first.join(" ").contains(". ")
            || first
                .last()
                .is_some_and(|line| line.ends_with(['.', '`', '?']))
    };
    let without: Vec<String> = sources()
        .into_iter()
        .filter(|source| !begins(source))
        .map(|source| source.name)
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn no_file_is_longer_than_anybody_reads() {
    let long: Vec<String> = sources()
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(source, lines)| format!("src/{}.rs has {lines} lines", source.name))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn imports_are_read_in_every_form() {
    let code = "use crate::a::{b, c::d};\nuse crate::{e, f::{g, h}};\nlet x = crate::i::J::new();\npub(crate) fn k() {}";
    assert_eq!(imports(code), ["a::b", "a::c", "e", "f::g", "f::h", "i::J"]);
}
