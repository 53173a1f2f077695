//! What was verified, as values: each structure is an object of the JSON.

use engross::diagnostic::{Diagnostic, json};
use engross::ledger::Kind;
use engross::plan::Plan;
use engross::published::{Carried, Contents, Findings};
use engross::sealed::Witnessed;
use engross::tree::SourceTree;
use serde::Serialize;

/// All that was verified.
#[derive(Default, Serialize)]
pub(super) struct Verified {
    /// Whether the sources could be read at all.
    #[serde(skip)]
    pub(super) read: bool,
    /// Whether everything matches.
    pub(super) matches: bool,
    /// How many entries of the ledger are sound.
    pub(super) entries: usize,
    /// The texts that are sealed.
    pub(super) sealed: usize,
    /// The texts that were withdrawn.
    pub(super) withdrawn: usize,
    /// The files of the texts that are published and not sealed.
    pub(super) not_sealed: Vec<String>,
    /// The checkpoints, by size.
    pub(super) checkpoints: Vec<Point>,
    /// The published folder, if one was named.
    pub(super) folder: Option<Folder>,
}

/// A checkpoint.
#[derive(Serialize)]
pub(super) struct Point {
    pub(super) path: String,
    pub(super) size: usize,
    pub(super) root: String,
    pub(super) date: String,
    /// A signature that is good.
    pub(super) signature: Option<Signature>,
    /// Whether there is a signature of a kind that is not checked here.
    pub(super) unchecked: bool,
    /// The time of a time stamp that is for the checkpoint; its authority is not checked here.
    pub(super) timestamp: Option<String>,
    /// Whether the time stamp stands without the reply around it.
    #[serde(skip)]
    pub(super) bare: bool,
}

/// A signature that is good.
#[derive(Serialize)]
pub(super) struct Signature {
    /// The signer, as the allowed signers name it; empty where they do not.
    pub(super) signers: Vec<String>,
    pub(super) key: String,
}

/// A published folder.
#[derive(Serialize)]
pub(super) struct Folder {
    pub(super) path: String,
    /// Its ledger: `same`, `earlier`, `missing` or `other`.
    pub(super) ledger: &'static str,
    /// How many entries an earlier ledger has.
    pub(super) entries: Option<usize>,
    pub(super) files: usize,
    pub(super) sealed: usize,
    /// As of which day it says that it was published.
    pub(super) day: Option<String>,
    /// For which address it says that it was published.
    pub(super) base_url: Option<String>,
    /// The address that the site has, where that is another.
    pub(super) site_base_url: Option<String>,
    /// By which program it says that it was published.
    pub(super) program: Option<String>,
    /// Whether it says that another program, or another version of this one, made it.
    #[serde(skip)]
    pub(super) of_other_program: bool,
    /// Whether the sources could be published.
    #[serde(skip)]
    pub(super) sound: bool,
    /// Whether every file was held against the sources: these have no errors, and no file is left open.
    pub(super) compared: bool,
    /// The files of which it cannot be told whether they are as published.
    pub(super) otherwise: Vec<String>,
    /// The files that this program makes and that another one may not have published.
    pub(super) absent: Vec<String>,
    /// The files that somebody else put there.
    pub(super) unlisted: Vec<String>,
}

#[derive(Serialize)]
struct Document<'v, R> {
    #[serde(flatten)]
    verified: &'v Verified,
    #[serde(flatten)]
    problems: R,
}

impl Verified {
    pub(super) fn witnesses(&mut self, witnessed: Vec<Witnessed>) {
        let point = |found: Witnessed| Point {
            path: found.path,
            size: found.checkpoint.size,
            root: found.checkpoint.root.to_string(),
            date: found.checkpoint.date.to_string(),
            signature: found.signed.map(|signed| Signature {
                signers: signed.by,
                key: signed.key,
            }),
            unchecked: found.unchecked,
            bare: found.bare,
            timestamp: found.stamp.map(|stamp| stamp.to_string()),
        };
        self.checkpoints = witnessed.into_iter().map(point).collect();
    }

    pub(super) fn texts(&mut self, plan: &Plan<'_>) {
        self.read = true;
        let prepared = plan.prepared();
        let ledger = &prepared.sealed.ledger;
        let last = |text| ledger.latest(text).map(|entry| entry.number);
        let withdrawn = ledger.entries().iter().filter(|entry| {
            matches!(entry.kind, Kind::Withdrawal { .. }) && last(&entry.text) == Some(entry.number)
        });
        self.withdrawn = withdrawn.count();
        self.entries = ledger.entries().len();
        self.sealed = ledger.sealed_texts().count();
        let unsealed = prepared.check_sealed();
        self.not_sealed = unsealed.into_iter().map(|found| found.place.path).collect();
    }

    pub(super) fn json(&self, problems: &[Diagnostic], sources: &SourceTree) -> String {
        let document = Document {
            verified: self,
            problems: json::report(problems, sources),
        };
        let mut out = serde_json::to_string_pretty(&document).unwrap_or_default();
        out.push('\n');
        out
    }
}

impl Folder {
    pub(super) fn new(name: &str, contents: &Contents, found: &Findings, sound: bool) -> Self {
        let (ledger, entries) = match &found.carried {
            Carried::Same => ("same", None),
            Carried::Earlier(ledger) => ("earlier", Some(ledger.entries().len())),
            Carried::Missing => ("missing", None),
            Carried::Other(_) => ("other", None),
        };
        let made = found.publication.as_ref();
        Self {
            path: name.to_owned(),
            ledger,
            entries,
            files: contents.files.len(),
            sealed: found.sealed,
            day: made.map(|made| made.day.to_string()),
            base_url: made.map(|made| made.base_url.to_string()),
            site_base_url: None,
            program: made.map(|made| made.program.clone()),
            of_other_program: made.is_some_and(|made| !made.is_ours()),
            sound,
            compared: found.compared,
            otherwise: found.otherwise.clone(),
            absent: found.absent.clone(),
            unlisted: found.unlisted.clone(),
        }
    }
}
