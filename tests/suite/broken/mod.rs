//! Broken sources, one case for each way to break them: what is told, and that nothing is touched.

mod california;
mod configuration;
mod disk;
mod documents;
mod ledger;
mod links;
mod text;
mod theme;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use rayon::prelude::*;

use crate::folder::{self, Snapshot};
use crate::reports::{self, Problem};
use crate::site::{DAY, Site};

/// The smallest site with something broken in it.
pub(crate) struct Case {
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    prepare: fn(&Path),
    expected: &'static [&'static str],
    says: &'static [&'static str],
}

impl Case {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            files: Vec::new(),
            prepare: |_| {},
            expected: &[],
            says: &[],
        }
    }

    /// A file of the site, beside or instead of those of the smallest one.
    pub(crate) fn file(mut self, path: &'static str, content: impl AsRef<[u8]>) -> Self {
        self.files.push((path, content.as_ref().to_vec()));
        self
    }

    /// What else is done to the site's folder.
    fn prepare(mut self, prepare: fn(&Path)) -> Self {
        self.prepare = prepare;
        self
    }

    /// The report: `path:line:column: rule` for each problem.
    pub(crate) fn tells(mut self, expected: &'static [&'static str]) -> Self {
        self.expected = expected;
        self
    }

    /// Pieces of its messages, helps and notes.
    pub(crate) fn says(mut self, says: &'static [&'static str]) -> Self {
        self.says = says;
        self
    }

    /// What is wrong with how the case went.
    fn faults(&self) -> Vec<String> {
        let site = Site::minimal();
        for (path, bytes) in PUBLISHED
            .iter()
            .filter_map(|(path, e)| Some((path, e.bytes.as_ref()?)))
        {
            site.put(&format!("public/{path}"), bytes);
        }
        self.files
            .iter()
            .for_each(|(path, content)| site.put(path, content));
        (self.prepare)(&site.root());
        let mut faults = self.faults_of_report(&reports::of(&site));
        faults.extend(self.faults_of_build(&site));
        faults
            .iter()
            .map(|fault| format!("{}: {fault}", self.name))
            .collect()
    }

    fn faults_of_report(&self, problems: &[Problem]) -> Vec<String> {
        let mut faults = Vec::new();
        let problems: Vec<&Problem> = problems.iter().filter(|p| self.is_about(p)).collect();
        let lines: Vec<String> = problems.iter().map(|p| p.line()).collect();
        if lines != self.expected {
            let messages: Vec<_> = problems.iter().map(|p| (&p.message, &p.help)).collect();
            faults.push(format!(
                "expected {:?}, not {lines:?} {messages:?}",
                self.expected
            ));
        }
        let said: Vec<String> = problems
            .iter()
            .flat_map(|p| {
                [p.message.clone(), p.help.clone()]
                    .into_iter()
                    .chain(p.notes.iter().cloned())
            })
            .collect();
        let missing = self
            .says
            .iter()
            .filter(|words| !said.iter().any(|said| said.contains(**words)));
        faults.extend(missing.map(|words| format!("nothing says “{words}”: {said:#?}")));
        faults
    }

    /// Second versions in these cases have few words: what readers miss of them is told only in the
    /// cases that are about it.
    fn is_about(&self, problem: &Problem) -> bool {
        let line = problem.line();
        let of_promise = PROMISES.iter().any(|rule| line.contains(rule));
        !of_promise || self.expected.contains(&line.as_str())
    }

    fn faults_of_build(&self, site: &Site) -> Vec<String> {
        let mut faults = Vec::new();
        let warns_only = self.expected.iter().all(|line| line.ends_with("(warning)"));
        let before = (site.published(), folder::names(&site.root()));
        let run = site.run(&["build", "--root", ".", "--as-of", DAY]);
        if run.status != i32::from(!warns_only) {
            faults.push(format!("exit status {}", run.status));
        }
        if !warns_only && before != (site.published(), folder::names(&site.root())) {
            faults.push("something was written".to_owned());
        }
        for line in self.expected {
            let (place, rule) = line
                .trim_end_matches(" (warning)")
                .rsplit_once(": ")
                .unwrap();
            let told = |line: &str| line.trim_start().strip_prefix("--> ") == Some(place);
            if !run.stderr.lines().any(told) || !run.stderr.contains(&format!("[{rule}]")) {
                faults.push(format!("the report for a person lacks {line}"));
            }
        }
        faults
    }
}

/// The rules on what a new version owes its readers.
const PROMISES: [&str; 2] = [": no-summary", ": anchor-gone"];

/// The smallest site as published: what no broken source may touch.
static PUBLISHED: LazyLock<Snapshot> = LazyLock::new(|| {
    let site = Site::minimal();
    site.build();
    site.published()
});

/// Runs cases; all faults of all of them are told.
pub(crate) fn check(cases: &[Case]) {
    let faults: Vec<String> = cases.par_iter().flat_map(Case::faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn all() -> Vec<Case> {
    [
        california::cases(),
        configuration::cases(),
        disk::cases(),
        documents::cases(),
        ledger::cases(),
        links::cases(),
        text::cases(),
        theme::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Rules that `check` alone does not tell, with the tests of those that do.
const TOLD_ELSEWHERE: [(&str, &str); 8] = [
    ("not-sealed", include_str!("../publish_seal.rs")),
    ("signature-wrong", include_str!("../verify/witnesses.rs")),
    ("signer-not-allowed", include_str!("../verify/witnesses.rs")),
    ("signature-unknown", include_str!("../verify/witnesses.rs")),
    ("timestamp-wrong", include_str!("../verify/witnesses.rs")),
    ("published-changed", include_str!("../verify/published.rs")),
    ("published-missing", include_str!("../verify/published.rs")),
    ("published-unproved", include_str!("../verify/claim.rs")),
];

#[test]
fn every_rule_has_a_case() {
    let cases = all();
    let hit: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| case.expected)
        .filter_map(|line| line.trim_end_matches(" (warning)").rsplit_once(": "))
        .map(|(_, rule)| rule)
        .collect();
    let never: Vec<&str> = engross::diagnostic::rules::ALL
        .iter()
        .map(|rule| rule.name)
        .filter(|name| !hit.contains(name) && !is_told_elsewhere(name))
        .collect();
    assert!(never.is_empty(), "no case breaks {never:?}");
    assert!(cases.len() >= 35);
}

fn is_told_elsewhere(rule: &str) -> bool {
    let mut all = TOLD_ELSEWHERE.iter();
    all.any(|(name, tests)| *name == rule && tests.contains(rule))
}
