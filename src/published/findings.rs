//! File by file: what is changed, what is missing, and what is only told.

use std::collections::{BTreeMap, BTreeSet};

use super::{Carried, Contents, MARKER, Publication, claim, sums};
use crate::diagnostic::{Diagnostic, Place, Rule, rules};
use crate::ledger::{Checkpoint, Digest, Entry, Kind, Ledger};
use crate::model::{Date, Language};
use crate::sealed::{LEDGER, checkpoint_path};
use crate::urls::{Address, PUBLICATION, SUMS};

const HELP: &str = "find out who changed the folder, then publish it again: `engross build`";
const OTHER: &str = "if the sources were changed since, publish them: `engross build`; else find out who changed the folder";

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
    /// The folders that belong to documents, each with a slash at its end.
    pub documents: BTreeSet<String>,
}

/// What there is to say of a folder.
pub struct Findings {
    /// All that does not match.
    pub problems: Vec<Diagnostic>,
    /// Its ledger.
    pub carried: Carried,
    /// What it says of itself.
    pub publication: Option<Publication>,
    /// Whether every file was held against the sources, and nothing is left of which nobody can tell here.
    pub compared: bool,
    /// The texts that are sealed there.
    pub sealed: usize,
    /// The files of which nobody can tell here whether they are as published: another program made them, or may have.
    pub otherwise: Vec<String>,
    /// The files that this program writes and another one may not have.
    pub absent: Vec<String>,
    /// The files that were not published, but put into the folder.
    pub unlisted: Vec<String>,
}

/// Holds a folder, called by a name, against what is expected of it.
pub fn hold(name: &str, contents: &Contents, expected: &Expected<'_>) -> Findings {
    let kept = |path| contents.kept.get(path).map(Vec::as_slice);
    let publication = contents.publication();
    let is_ours = publication.as_ref().is_some_and(Publication::is_ours);
    let mut check = Check {
        name,
        contents,
        expected,
        decides: is_ours && expected.rendered.is_some(),
        listed: None,
        told: BTreeSet::new(),
        findings: Findings {
            problems: Vec::new(),
            carried: Carried::of(kept(LEDGER), expected.ledger),
            publication,
            compared: false,
            sealed: 0,
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
    check.read_publication();
    let seals = check.seals();
    check.files(&seals);
    check.conclude();
    check.findings
}

struct Check<'c> {
    name: &'c str,
    contents: &'c Contents,
    expected: &'c Expected<'c>,
    /// Whether what this program makes decides what a file has to be: the same version of it made the folder.
    decides: bool,
    listed: Option<BTreeMap<String, Digest>>,
    /// The files of which enough is said.
    told: BTreeSet<String>,
    findings: Findings,
}

/// What the ledger says of a file: the entry, what the file is, and its digest.
type Seals = BTreeMap<String, (usize, &'static str, Digest)>;

impl Check<'_> {
    fn read_ledger(&mut self) {
        match self.findings.carried.clone() {
            Carried::Same => self.has_checkpoint(self.expected.ledger.entries().len()),
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

    fn read_publication(&mut self) {
        let says =
            "as of which day, for which address and by which version of engross it was published";
        if !self.contents.files.contains_key(PUBLICATION) {
            self.missing(PUBLICATION, format!("the folder does not say {says}"));
        } else if let Some(made) = &self.findings.publication {
            let paths = self.contents.files.keys();
            let why = claim::too_early(made.day, self.expected.ledger, paths);
            let help = "publish the site as it is now: `engross build`";
            if let Some(why) = why {
                self.tell(&rules::PUBLISHED_CHANGED, PUBLICATION, why, help);
            }
        } else {
            self.changed(PUBLICATION, format!("this does not say {says}"));
        }
    }

    /// The pages, records and words of all texts that were sealed when the folder was published.
    fn seals(&mut self) -> Seals {
        let expected = self.expected;
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
            let [page, record_page, words_file] = files(entry, expected.default_language);
            let number = entry.number;
            seals.insert(record_page, (number, "record", record));
            seals.insert(words_file, (number, "file of the words", words));
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
        let rendered = self.expected.rendered.iter().flatten();
        let rendered = rendered.map(|(path, _)| path);
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
        } else if self.decides {
            let day = self.expected.day;
            let message = format!("the sources publish this file as of {day}, and it is not there");
            self.tell(&rules::PUBLISHED_MISSING, path, message, OTHER);
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
        let as_made = sound || self.rendered(path) == Some(found);
        match self.listed(path) {
            Some(listed) if listed == found => {
                if !as_made {
                    self.other(path);
                }
            }
            Some(_) if as_made => {
                let message =
                    format!("another digest stands here for {path}, though that file is right");
                self.changed(SUMS, message);
            }
            Some(_) => self.changed(path, "this was changed after it was published"),
            None if as_made && self.listed.is_none() => {}
            None if as_made => self.changed(
                SUMS,
                format!("{path} is not listed here, though it is published"),
            ),
            None => self.unlisted(path),
        }
    }

    /// What to say of a file that is as the folder's own list has it, and that the sources make otherwise or not at all.
    fn other(&mut self, path: &str) {
        if !self.decides {
            // That another program is named here is all that makes the file another one.
            if path != PUBLICATION {
                self.findings.otherwise.push(path.to_owned());
            }
            return;
        }
        let day = self.expected.day;
        let message = match self.rendered(path) {
            Some(_) => format!("the sources make another file of this as of {day}"),
            None => format!("the sources publish nothing here as of {day}"),
        };
        self.tell(&rules::PUBLISHED_CHANGED, path, message, OTHER);
    }

    /// What to say of a file that is in no list, and that the sources make otherwise or not at all.
    fn unlisted(&mut self, path: &str) {
        if self.rendered(path).is_some() {
            let message =
                format!("this is not what is published here, and {SUMS} does not list it");
            self.changed(path, message);
        } else if self.is_of_document(path) {
            let message =
                format!("this stands at the address of a document, and {SUMS} does not list it");
            let help = "remove it: readers would take it for a page of the document";
            self.tell(&rules::PUBLISHED_CHANGED, path, message, help);
        } else {
            // What others put into the folder is carried over from build to build.
            self.findings.unlisted.push(path.to_owned());
        }
    }

    /// What is not proved does not match: another version of the program may have made what this one makes otherwise, or
    /// somebody who named it.
    fn conclude(&mut self) {
        let findings = &self.findings;
        // Where nothing says what to compare, or the sources have errors, enough is said.
        let rendered = self.expected.rendered.as_ref();
        let Some((made, _)) = findings.publication.as_ref().zip(rendered) else {
            return;
        };
        let open = findings.otherwise.iter().chain(&findings.absent);
        let open: Vec<&str> = open.map(String::as_str).collect();
        if open.is_empty() {
            self.findings.compared = true;
            return;
        }
        let (message, help) = claim::unproved(&made.program, &open);
        self.tell(&rules::PUBLISHED_UNPROVED, PUBLICATION, message, &help);
    }

    fn is_of_document(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
        folders
            .into_iter()
            .any(|folder| self.expected.documents.contains(folder))
    }

    fn rendered(&self, path: &str) -> Option<Digest> {
        self.expected.rendered.as_ref()?.get(path).copied()
    }

    /// The size of the checkpoint at a path, and the digest that it must have.
    fn checkpoint(&self, path: &str) -> Option<(usize, Option<Digest>)> {
        let size = claim::size(path)?;
        let checkpoint = Checkpoint::of(self.expected.ledger, size);
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

/// The files that hold the page of a sealed text, its record and its words.
fn files(entry: &Entry, default_language: &Language) -> [String; 3] {
    let text = &entry.text;
    let (path, id) = (&text.document, text.version);
    let translation = Language::parse(&text.language);
    let translation = translation.filter(|language| language != default_language);
    let translation = translation.as_ref();
    [
        Address::version(path, id, translation),
        Address::record(path, id, translation),
        Address::words(path, id, translation),
    ]
    .map(|address| address.file_path())
}
