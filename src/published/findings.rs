//! File by file: what is changed, what is missing, and what is only told.

use std::collections::{BTreeMap, BTreeSet};

use super::{Carried, Contents, MARKER, SUMS, sums};
use crate::diagnostic::{Diagnostic, Place, Rule, rules};
use crate::ledger::{Checkpoint, Digest, Entry, Kind, Ledger};
use crate::model::{Date, Language};
use crate::sealed::{CHECKPOINTS, LEDGER, checkpoint_path};
use crate::urls::Address;

const HELP: &str = "find out who changed the folder, then publish it again: `engross build`";

/// What a folder is held against.
pub struct Expected<'e> {
    /// The ledger of the site.
    pub ledger: &'e Ledger,
    /// The language whose texts have the short addresses.
    pub default_language: &'e Language,
    /// The day as of which the folder was published.
    pub day: Date,
    /// What this program writes to each file on that day; nothing where the sources have errors.
    pub rendered: Option<BTreeMap<String, Digest>>,
}

/// What there is to say of a folder.
pub struct Findings {
    /// All that does not match.
    pub problems: Vec<Diagnostic>,
    /// Its ledger.
    pub carried: Carried,
    /// The texts that are sealed there.
    pub sealed: usize,
    /// The files that this program writes just so.
    pub rendered: usize,
    /// The files that stand as they were published, though this program writes them otherwise or not at all.
    pub otherwise: Vec<String>,
    /// The files that this program writes, and that were not published.
    pub absent: Vec<String>,
    /// The files that were not published, but put into the folder.
    pub unlisted: Vec<String>,
}

/// Holds a folder, called by a name, against what is expected of it.
pub fn hold(name: &str, contents: &Contents, expected: &Expected<'_>) -> Findings {
    let kept = |path| contents.kept.get(path).map(Vec::as_slice);
    let carried = Carried::of(kept(LEDGER), expected.ledger);
    let mut check = Check {
        name,
        contents,
        ledger: expected.ledger,
        listed: None,
        rendered: expected.rendered.as_ref(),
        told: BTreeSet::new(),
        findings: Findings {
            problems: Vec::new(),
            carried,
            sealed: 0,
            rendered: 0,
            otherwise: Vec::new(),
            absent: Vec::new(),
            unlisted: Vec::new(),
        },
    };
    for (path, why) in &contents.faults {
        check.changed(path, why.clone());
    }
    check.read_ledger();
    check.read_sums(kept(SUMS));
    let seals = check.seals(expected);
    check.files(&seals);
    check.findings
}

struct Check<'c> {
    name: &'c str,
    contents: &'c Contents,
    ledger: &'c Ledger,
    listed: Option<BTreeMap<String, Digest>>,
    rendered: Option<&'c BTreeMap<String, Digest>>,
    /// The files of which enough is said.
    told: BTreeSet<String>,
    findings: Findings,
}

/// What the ledger says of a file: the entry, what the file is, and its digest.
type Seals = BTreeMap<String, (usize, &'static str, Digest)>;

impl Check<'_> {
    fn read_ledger(&mut self) {
        match self.findings.carried.clone() {
            Carried::Same => self.has_checkpoint(self.ledger.entries().len()),
            Carried::Earlier(ledger) => self.has_checkpoint(ledger.entries().len()),
            Carried::Missing => self.missing(LEDGER, "the folder has no ledger"),
            Carried::Other(why) => {
                let help = "find out which of the two ledgers is the true one: signed checkpoints and version control say";
                self.tell(&rules::PUBLISHED_CHANGED, LEDGER, why, help);
            }
        }
    }

    /// Every run that seals ends with a checkpoint over all entries.
    fn has_checkpoint(&mut self, entries: usize) {
        let path = checkpoint_path(entries);
        if entries > 0 && !self.contents.files.contains_key(&path) {
            self.missing(&path, "the folder has no checkpoint over all of its ledger");
        }
    }

    fn read_sums(&mut self, bytes: Option<&[u8]>) {
        let Some(bytes) = bytes else {
            let message =
                "the folder has no list of digests, so nobody can tell what was changed in it";
            return self.missing(SUMS, message);
        };
        let (listed, faults) = sums::read(bytes);
        self.listed = Some(listed);
        for fault in faults {
            self.changed(SUMS, fault);
        }
    }

    /// The pages, records and words of all texts that were sealed when the folder was published.
    fn seals(&mut self, expected: &Expected<'_>) -> Seals {
        let carried = self.findings.carried.clone();
        let ledger = match &carried {
            Carried::Earlier(ledger) => ledger,
            _ => expected.ledger,
        };
        let mut seals = Seals::new();
        for entry in ledger.sealed_texts() {
            let Kind::Seal {
                published,
                words,
                record,
                ..
            } = entry.kind
            else {
                continue;
            };
            if published > expected.day {
                continue;
            }
            self.findings.sealed += 1;
            let page = page(entry, expected.default_language);
            let folder = page.trim_end_matches("index.html");
            let number = entry.number;
            seals.insert(
                format!("{folder}record/index.html"),
                (number, "record", record),
            );
            seals.insert(
                format!("{folder}index.txt"),
                (number, "file of the words", words),
            );
            if !self.contents.files.contains_key(&page) {
                let message = format!(
                    "the page of {} is not there, which entry {number} seals",
                    entry.text
                );
                self.missing(&page, message);
            }
        }
        seals
    }

    /// Goes through every file that is there, was published or would be.
    fn files(&mut self, seals: &Seals) {
        let listed = self.listed.iter().flatten().map(|(path, _)| path);
        let rendered = self.rendered.into_iter().flatten().map(|(path, _)| path);
        let paths = self.contents.files.keys().chain(listed).chain(rendered);
        let paths: BTreeSet<String> = paths.chain(seals.keys()).cloned().collect();
        for path in paths {
            if [SUMS, MARKER].contains(&path.as_str()) || self.told.contains(&path) {
                continue;
            }
            match self.contents.files.get(&path) {
                None => self.not_there(&path, seals),
                Some(found) => self.there(&path, *found, seals),
            }
        }
    }

    fn not_there(&mut self, path: &str, seals: &Seals) {
        if let Some((number, what, _)) = seals.get(path) {
            let message =
                format!("the {what} is not there, which entry {number} of the ledger seals");
            self.missing(path, message);
        } else if self.listed(path).is_some() {
            self.missing(path, format!("{SUMS} lists this file, and it is not there"));
        } else {
            self.findings.absent.push(path.to_owned());
        }
    }

    fn there(&mut self, path: &str, found: Digest, seals: &Seals) {
        let checkpoint = self.checkpoint(path);
        if let Some((size, digest)) = checkpoint
            && digest != Some(found)
        {
            let message =
                format!("this is not the checkpoint over the first {size} entries of the ledger");
            return self.changed(path, message);
        }
        let seal = seals.get(path);
        if let Some((number, what, sealed)) = seal
            && *sealed != found
        {
            let message = format!("this is not the {what} that entry {number} of the ledger seals");
            return self.changed(path, message);
        }
        // What the ledger seals is right where it is as sealed, whatever this program would write.
        let sound =
            seal.is_some() || checkpoint.is_some() || (path == LEDGER && self.ledger_holds());
        let rendered = self
            .rendered
            .and_then(|rendered| rendered.get(path).copied());
        let as_made = sound || rendered == Some(found);
        match self.listed(path) {
            Some(listed) if listed == found => {
                if as_made {
                    self.findings.rendered += 1;
                } else if self.rendered.is_some() {
                    self.findings.otherwise.push(path.to_owned());
                }
            }
            Some(_) if as_made => {
                let message =
                    format!("another digest stands here for {path}, though that file is right");
                self.changed(SUMS, message);
            }
            Some(_) => self.changed(path, "this was changed after it was published"),
            None if self.listed.is_none() => self
                .findings
                .otherwise
                .extend((!as_made).then(|| path.to_owned())),
            None if as_made => self.changed(
                SUMS,
                format!("{path} is not listed here, though it is published"),
            ),
            None if rendered.is_some() => {
                let message =
                    format!("this is not what is published here, and {SUMS} does not list it");
                self.changed(path, message);
            }
            None => self.findings.unlisted.push(path.to_owned()),
        }
    }

    /// The size of the checkpoint at a path, and the digest that it must have.
    fn checkpoint(&self, path: &str) -> Option<(usize, Option<Digest>)> {
        let name = path.strip_prefix(CHECKPOINTS)?.strip_suffix(".txt")?;
        let size = name.parse().ok()?;
        let checkpoint = Checkpoint::of(self.ledger, size);
        let digest = checkpoint.map(|checkpoint| Digest::of(checkpoint.to_string()));
        Some((size, digest))
    }

    fn ledger_holds(&self) -> bool {
        matches!(self.findings.carried, Carried::Same | Carried::Earlier(_))
    }

    fn listed(&self, path: &str) -> Option<Digest> {
        self.listed.as_ref()?.get(path).copied()
    }

    fn changed(&mut self, path: &str, message: impl Into<String>) {
        self.tell(&rules::PUBLISHED_CHANGED, path, message.into(), HELP);
    }

    fn missing(&mut self, path: &str, message: impl Into<String>) {
        self.tell(&rules::PUBLISHED_MISSING, path, message.into(), HELP);
    }

    fn tell(&mut self, rule: &'static Rule, path: &str, message: String, help: &str) {
        let place = Place::file(format!("{}/{path}", self.name.trim_end_matches('/')));
        let problem = Diagnostic::new(rule, place, message, help);
        self.findings.problems.push(problem);
        self.told.insert(path.to_owned());
    }
}

/// The file that holds the page of a sealed text.
fn page(entry: &Entry, default_language: &Language) -> String {
    let text = &entry.text;
    let translation =
        Language::parse(&text.language).filter(|language| language != default_language);
    Address::version(&text.document, text.version, translation.as_ref()).file_path()
}
