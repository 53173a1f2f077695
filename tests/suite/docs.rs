//! The documentation says what the program does: its tables are held against those of the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use engross::diagnostic::rules;
use engross::render::contract;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::folder;
use crate::site::Site;

/// Documents that are not in `docs/`.
const OUTSIDE: [&str; 5] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "benches/README.md",
];

/// Flags that every program has, and that need no words.
const UNIVERSAL: [&str; 2] = ["--help", "--version"];

/// A file of the project.
fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The paths of the documents in `docs/`.
fn pages() -> Vec<String> {
    let names = folder::names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs"));
    assert!(!names.is_empty());
    names.iter().map(|name| format!("docs/{name}")).collect()
}

/// The lines of a document that are not in a fenced block.
fn prose(document: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for line in document.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push(line);
        }
    }
    assert!(!fenced, "a fence is open");
    lines
}

/// The headings of a level, `## `, each with the lines below it, up to the next of that level or of
/// a higher one.
fn sections<'d>(lines: &[&'d str], level: &str) -> Vec<(&'d str, Vec<&'d str>)> {
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut within = false;
    for line in lines {
        let depth = line.bytes().take_while(|byte| *byte == b'#').count();
        if let Some(name) = line.strip_prefix(level) {
            sections.push((name, Vec::new()));
            within = true;
        } else if (1..level.trim_end().len()).contains(&depth) {
            within = false;
        } else if within && let Some((_, below)) = sections.last_mut() {
            below.push(line);
        }
    }
    sections
}

/// The lines below the only heading of a name.
fn section<'d>(lines: &[&'d str], heading: &str) -> Vec<&'d str> {
    let (level, name) = heading.split_at(heading.find(' ').unwrap() + 1);
    let mut found = sections(lines, level);
    found.retain(|(known, _)| *known == name);
    assert_eq!(found.len(), 1, "{heading}");
    found.remove(0).1
}

/// Asserts that a table has these rows, each once, and no others.
fn assert_rows<'w>(lines: &[&str], heading: &str, of: impl Iterator<Item = (&'w str, &'w str)>) {
    let mut expected: Vec<String> = of
        .map(|(name, words)| format!("| `{name}` | {words} |"))
        .collect();
    let below = section(lines, heading);
    let mut rows: Vec<&str> = below
        .into_iter()
        .filter(|line| line.starts_with('|'))
        .collect();
    assert_eq!(rows.get(1), Some(&"|---|---|"), "{heading}");
    rows.drain(..2);
    let missing = expected.iter().filter(|row| !rows.contains(&row.as_str()));
    let missing: Vec<String> = missing.map(|row| format!("- {row}")).collect();
    let known = |row: &&&str| expected.iter().any(|known| known == *row);
    let extra = rows.iter().filter(|row| !known(row));
    let extra: Vec<String> = extra.map(|row| format!("+ {row}")).collect();
    let differences = [missing, extra].concat().join("\n");
    assert!(
        differences.is_empty(),
        "docs/themes.md, {heading}:\n{differences}"
    );
    expected.sort_unstable();
    rows.sort_unstable();
    assert_eq!(rows, expected, "{heading}");
}

#[test]
fn what_a_template_is_given_is_documented() {
    let document = read("docs/themes.md");
    let given = section(&prose(&document), "## What a template is given");
    let found = sections(&given, "### ");
    let mut found: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
    let tables = contract::TABLES.iter().map(|table| table.name);
    let mut expected: Vec<&str> = ["Values"].into_iter().chain(tables).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_rows(&given, "### Values", contract::VALUES.iter().copied());
    for table in contract::TABLES {
        let heading = format!("### {}", table.name);
        assert_rows(&given, &heading, table.fields.iter().copied());
    }
}

#[test]
fn the_words_of_the_default_theme_are_documented() {
    let document = read("docs/themes.md");
    let english: toml::Table = read("themes/default/i18n/en.toml").parse().unwrap();
    let words = english["strings"].as_table().unwrap();
    let words = words
        .iter()
        .map(|(key, words)| (key.as_str(), words.as_str().unwrap()));
    assert_rows(&prose(&document), "### Words", words);
}

#[test]
fn every_rule_is_documented() {
    let document = read("docs/diagnostics.md");
    let lines = prose(&document);
    let found = sections(&lines, "## ");
    let mut found: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
    let mut expected: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    for rule in rules::ALL {
        let below = section(&lines, &format!("## {}", rule.name));
        let severity = format!("Severity: {}.", rule.severity.word());
        assert!(
            below.contains(&severity.as_str()),
            "{}: {severity}",
            rule.name
        );
        let (first, rest) = rule.why.split_at(1);
        let says =
            |line: &&str| line.contains(rule.why) || line.contains(&(first.to_uppercase() + rest));
        assert!(below.iter().any(says), "{}: {}", rule.name, rule.why);
    }
}

/// Where a document leads, in links and in pictures.
fn references(document: &str) -> Vec<String> {
    let events = Parser::new_ext(document, Options::ENABLE_TABLES);
    events
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        })
        .collect()
}

#[test]
fn links_of_the_documentation_lead_to_files_that_are_there() {
    let documents = OUTSIDE.map(str::to_owned).into_iter().chain(pages());
    let mut faults = Vec::new();
    let mut followed = 0;
    for document in documents {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&document);
        for reference in references(&read(&document)) {
            let target = reference.split('#').next().unwrap();
            let outside = ["https://", "http://", "mailto:"];
            if target.is_empty() || outside.iter().any(|scheme| target.starts_with(scheme)) {
                continue;
            }
            followed += 1;
            if !path.parent().unwrap().join(target).is_file() {
                faults.push(format!("{document}: {reference}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(followed > 10);
}

/// The flags that stand in a text: `--out`, but not `--output` for it.
fn flags(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .filter(|word| {
            let name = word.strip_prefix("--");
            name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
        })
        .collect()
}

/// The commands that a help text lists.
fn commands(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    lines
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().next().unwrap())
        .collect()
}

#[test]
fn flags_and_commands_are_documented() {
    let documents = ["README.md".to_owned()].into_iter().chain(pages());
    let documents: String = documents.map(|path| read(&path)).collect();
    let documented = flags(&documents);
    let site = Site::empty();
    for arguments in [
        &["--help"][..],
        &["build", "--help"],
        &["check", "--help"],
        &["history", "--help"],
        &["as-of", "--help"],
        &["redline", "--help"],
        &["seal", "--help"],
        &["verify", "--help"],
        &["init", "--help"],
        &["amend", "--help"],
    ] {
        let run = site.run(arguments);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let mut printed = flags(&run.stdout);
        assert!(printed.remove("--help") && printed.len() > 1);
        for flag in printed {
            let known = documented.contains(flag) || UNIVERSAL.contains(&flag);
            assert!(known, "{flag} is not documented");
        }
        let commands = commands(&run.stdout);
        assert_eq!(commands.is_empty(), arguments.len() > 1, "{}", run.stdout);
        for command in commands {
            let words = format!("engross {command}");
            assert!(documents.contains(&words), "{words} is not documented");
        }
    }
}

#[test]
fn sections_end_where_the_next_begins() {
    let document = "# A\n\n## B\nb\n### C\nc\n```\n## no\n```\n## D\n### C\nd\n# E\ne\n## F\n";
    let lines = prose(document);
    let names: Vec<&str> = sections(&lines, "## ")
        .iter()
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(names, ["B", "D", "F"]);
    assert_eq!(section(&lines, "## B"), ["b", "### C", "c"]);
    assert_eq!(section(&lines, "## D"), ["### C", "d"]);
    assert_eq!(
        flags("`--out DIR` --as-of, |---|--|"),
        ["--as-of", "--out"].into()
    );
}
