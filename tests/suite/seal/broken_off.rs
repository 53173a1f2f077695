//! Sealing that is killed, or that runs twice at once: no entry is lost, and the next run mends what is left.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{assert_same, fields, kept, seal, sealed, site, told};
use crate::folder;
use crate::reports;
use crate::site::{DAY, Site};

/// The rules of which a run that was broken off leaves something to tell: what it did not finish, and what
/// is asked of a translation until it is sealed.
const LEFT: [&str; 3] = [
    "checkpoint-missing",
    "record-without-entry",
    "original-unnamed",
];

fn command(site: &Site, arguments: &[&str]) -> Command {
    let mut command = crate::site::engross(&site.root());
    command.args(["seal", "--as-of", DAY]).args(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn spawn(site: &Site, arguments: &[&str]) -> Child {
    command(site, arguments).spawn().unwrap()
}

/// The files that sealing writes, in the order in which it writes them.
fn writes(whole: &folder::Snapshot, site: &Site) -> Vec<String> {
    let mut paths = Vec::new();
    let texts = fields(site, "document")
        .into_iter()
        .zip(fields(site, "version"));
    for ((document, version), language) in texts.zip(fields(site, "language")) {
        for ending in ["html", "txt"] {
            paths.push(format!("records/{document}/{version}.{language}.{ending}"));
        }
    }
    paths.extend(["engross.ledger".to_owned(), "checkpoints/4.txt".to_owned()]);
    assert_eq!(paths.len(), folder::files(whole).len());
    paths
}

/// Asserts that what is told of a site is only what the next run mends, and that it mends it.
fn assert_mends(site: &Site, whole: &folder::Snapshot) {
    for problem in reports::of(site) {
        assert!(LEFT.contains(&problem.rule.as_str()), "{problem:?}");
    }
    seal(site, &[]);
    assert_same(whole, site);
    assert_eq!(told(site), Vec::<String>::new());
}

#[test]
fn whatever_was_written_when_a_run_was_broken_off_the_next_one_mends_it() {
    let source = sealed();
    let whole = kept(&source);
    let paths = writes(&whole, &source);
    for written in 0..=paths.len() {
        let site = site();
        // Before all else it writes a ledger without entries.
        site.put("engross.ledger", engross::ledger::HEADER);
        for path in &paths[..written] {
            site.put(path, whole[path].bytes.as_ref().unwrap());
        }
        // The file that was being written is there in part, beside the name that it would have got.
        if let Some(next) = paths.get(written) {
            let (folder, name) = next.rsplit_once('/').unwrap_or((".", next));
            site.put(&format!("{folder}/.engross-{name}"), "half a f");
        }
        assert_mends(&site, &whole);
    }
}

#[test]
fn a_run_that_is_killed_is_mended_by_the_next() {
    let source = site();
    let started = Instant::now();
    assert!(command(&source, &[]).status().unwrap().success());
    let limit = started.elapsed();
    let whole = kept(&source);
    for round in 0..16 {
        let site = site();
        let mut child = spawn(&site, &[]);
        thread::sleep(limit * round / 16 + Duration::from_micros(u64::from(round) * 37));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_mends(&site, &whole);
    }
}

#[test]
fn what_looks_broken_off_and_has_other_words_is_not_mended() {
    let site = sealed();
    // The last entry is cut off with its checkpoint, and its words are changed.
    let ledger = fs::read_to_string(site.root().join("engross.ledger")).unwrap();
    let last = ledger.rfind("\n\nentry: ").unwrap();
    site.put("engross.ledger", &ledger[..=last]);
    site.remove("checkpoints/4.txt");
    let path = fields(&site, "document").len();
    assert_eq!(path, 3);
    let left = reports::of(&site).into_iter().find_map(|problem| {
        let record = problem.place.strip_suffix(".txt")?.to_owned();
        (problem.rule == "record-without-entry").then_some(record)
    });
    let words = format!("{}.txt", left.unwrap());
    site.put(&words, "other words\n");
    let before = kept(&site);
    let run = super::try_seal(&site, &[]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains(&words), "{}", run.stderr);
    assert_same(&before, &site);
}

#[test]
fn of_two_runs_at_once_neither_loses_an_entry() {
    for _ in 0..4 {
        let site = site();
        let mut children = [&["terms"][..], &["privacy"], &[]].map(|names| spawn(&site, names));
        for child in &mut children {
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(fields(&site, "entry"), ["1", "2", "3", "4"]);
        assert_eq!(told(&site), Vec::<String>::new());
        let hidden = folder::names(&site.root());
        assert!(
            !hidden.iter().any(|name| name.starts_with('.')),
            "{hidden:?}"
        );
        assert!(fs::exists(site.root().join("checkpoints/4.txt")).unwrap());
    }
}
