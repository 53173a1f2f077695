//! Sealing: what is written down of published texts, and what is told once they are not what was sealed.

mod again;
mod broken_off;
mod changes;
mod gaps;
mod ledger;
mod named;
mod notice;
mod records;
mod withdrawal;

use std::fs;

use crate::folder::{self, Snapshot};
use crate::reports::{self, Problem};
use crate::site::{CONFIG, DAY, Run, Site};

/// The texts of the site that most tests seal, but for the one that is not public yet.
const OLD: &str = "content/privacy/2022-01-01.md";
const NEW: &str = "content/privacy/2023-01-01.md";
const SPANISH: &str = "content/privacy/2023-01-01.es.md";
const TERMS: &str = "content/terms/2022-06-01.md";

const WORDS: &str = "\
+++
title = \"Privacy Policy\"
+++

We keep your data for 90 days,
and then delete all of it.

## Contact

Write to {{ organization.email }}, or *call* us.
";

/// A site with two documents, a translation, a clause, and a version that is not public on [`DAY`].
fn site() -> Site {
    let config = format!("{CONFIG}email = \"privacy@acme.example\"\n");
    let config = config.replacen('\n', "\nlanguages = [\"en\", \"es\"]\n", 1);
    let next = |front: &str, words: &str| {
        let front = format!("title = \"Privacy Policy\"\nsummary = \"How long.\"\n{front}");
        WORDS
            .replace("title = \"Privacy Policy\"\n", &front)
            .replace("90 days", words)
    };
    Site::empty()
        .with("engross.toml", config)
        .with(OLD, WORDS)
        .with(NEW, next("published = 2022-12-01\n", "60 days"))
        .with(
            SPANISH,
            "+++\ntitle = \"Privacidad\"\npublished = 2023-02-01\n+++\n\nBorramos los datos.\n\n## Contacto {#contact}\n\nEscriba.\n",
        )
        .with(
            "content/privacy/2025-01-01.md",
            next("published = 2024-09-01\n", "30 days"),
        )
        .with("content/clauses/law.md", "The law of Ireland applies.\n")
        .with(
            TERMS,
            "+++\ntitle = \"Terms\"\n+++\n\nYou need an account.\n\n{{ clause(name=\"law\") }}\n",
        )
}

/// The same, sealed.
fn sealed() -> Site {
    let site = site();
    seal(&site, &[]);
    site
}

/// Seals as of [`DAY`], which must succeed.
fn seal(site: &Site, arguments: &[&str]) -> Run {
    let run = try_seal(site, arguments);
    assert_eq!(run.status, 0, "{}", run.stderr);
    run
}

fn try_seal(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["seal", "--as-of", DAY], arguments].concat())
}

/// All that sealing has written.
fn kept(site: &Site) -> Snapshot {
    let mut all = folder::snapshot(&site.root());
    all.retain(|path, _| {
        ["engross.ledger", "records", "checkpoints"]
            .iter()
            .any(|kept| path.starts_with(kept))
    });
    all
}

/// Whether sealing has written nothing since.
fn assert_same(before: &Snapshot, site: &Site) {
    assert_eq!(
        folder::difference(before, &kept(site)),
        Vec::<String>::new()
    );
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Writes a file of the site with other words; they must have been in it.
fn replace(site: &Site, path: &str, old: &str, new: &str) {
    let text = read(site, path);
    assert!(text.contains(old), "{path}: {text}");
    site.put(path, text.replacen(old, new, 1));
}

/// The lines of the ledger that begin with a field.
fn fields(site: &Site, name: &str) -> Vec<String> {
    let ledger = read(site, "engross.ledger");
    let lines = ledger.lines();
    let values = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    values.map(str::to_owned).collect()
}

/// What is told of a site: `path:line:column: rule` for each problem.
fn told(site: &Site) -> Vec<String> {
    reports::of(site).iter().map(Problem::line).collect()
}

/// Asserts that check and build fail, with these problems, and with these words among what they say;
/// and that no text can be sealed before they are mended.
fn assert_fails(site: &Site, expected: &[&str], says: &[&str]) {
    let problems = reports::of(site);
    let lines: Vec<String> = problems.iter().map(Problem::line).collect();
    assert_eq!(lines, expected, "{problems:#?}");
    let said = |problem: &Problem| {
        let all = [&problem.message, &problem.help].into_iter();
        let all: Vec<String> = all.chain(&problem.notes).cloned().collect();
        all.join("\n")
    };
    let said: String = problems
        .iter()
        .map(|problem| said(problem) + "\n")
        .collect();
    for words in says {
        assert!(said.contains(words), "nothing says “{words}”:\n{said}");
    }
    for command in ["check", "build"] {
        let run = site.run(&[command, "--as-of", DAY]);
        assert_eq!(run.status, 1, "{command}: {}", run.stderr);
    }
    assert!(!site.public().exists());
    let before = kept(site);
    assert_eq!(try_seal(site, &[]).status, 1);
    assert_same(&before, site);
}
