//! What was sealed or withdrawn held against the files that are there: none is gone, and none has stayed, in silence.

use super::{LEDGER, Sealed};
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::ledger::{Entry, Kind, TextId};
use crate::model::document::{Document, TextFile, Version, VersionId};
use crate::model::{Date, Language};
use crate::parse::{Site, corrects_nothing};

impl Sealed<'_> {
    /// Tells which texts were sealed and are gone without a word on why, and which were withdrawn and
    /// are still there.
    pub fn check_presence(&self, site: &Site<'_>) -> Vec<Diagnostic> {
        if !self.sound {
            return Vec::new();
        }
        let sealed = self.ledger.sealed_texts();
        let gone = sealed.filter(|entry| file(site, &entry.text).is_none());
        let gone = gone.map(|entry| self.gone(site, entry));
        let kept = self.withdrawals().filter_map(|entry| {
            let file = file(site, &entry.text)?;
            self.kept(site, entry, file)
        });
        let documents = site.documents.values();
        let apart = documents.flat_map(|document| self.apart(site, document));
        gone.chain(kept).chain(apart).collect()
    }

    /// The corrections of a document of which the number before is neither there nor withdrawn.
    fn apart(&self, site: &Site<'_>, document: &Document) -> Vec<Diagnostic> {
        let withdrawn = |version: VersionId| {
            let text = TextId {
                document: document.path.clone(),
                version,
                language: site.config.default_language().to_string(),
            };
            self.withdrawal(&text).is_some()
        };
        let is_apart = |(before, version): &(&Version, &Version)| {
            let mut between = before.id.revision + 1..version.id.revision;
            let id = |revision| VersionId {
                revision,
                ..version.id
            };
            before.id.effective == version.id.effective
                && !between.all(|revision| withdrawn(id(revision)))
        };
        let versions = &document.versions;
        let pairs = versions.iter().zip(versions.iter().skip(1));
        let apart = pairs.filter(is_apart);
        apart
            .map(|(_, version)| corrects_nothing(version))
            .collect()
    }

    fn gone(&self, site: &Site<'_>, entry: &Entry) -> Diagnostic {
        let text = &entry.text;
        let message = format!("{text} is gone, which entry {} seals", entry.number);
        let of_version = |other: &&Entry| {
            (&other.text.document, other.text.version) == (&text.document, text.version)
        };
        let mut others = self.ledger.sealed_texts().filter(of_version);
        let name = if others.all(|other| file(site, &other.text).is_none()) {
            format!("{}@{}", text.document, text.version)
        } else {
            name(site, text)
        };
        let help = format!(
            "restore {}; to take a published text back, say why: `engross seal --withdraw {name} --reason \"…\"`",
            path(site, text)
        );
        let place = self.ledger.place(LEDGER, entry.number);
        Diagnostic::new(&rules::SEALED_TEXT_GONE, place, message, help)
    }

    fn kept(&self, site: &Site<'_>, entry: &Entry, file: &TextFile) -> Option<Diagnostic> {
        let Kind::Withdrawal { withdrawn, reason } = &entry.kind else {
            return None;
        };
        let message = format!(
            "this text was withdrawn on {withdrawn} (“{reason}”), and its file is still here"
        );
        let help = format!(
            "remove {}, and its address says that it was withdrawn; to publish it again, run `engross seal {}`",
            file.path,
            name(site, &entry.text)
        );
        let place = Place::file(&file.path);
        let problem = Diagnostic::new(&rules::WITHDRAWN_TEXT_KEPT, place, message, help);
        let withdrawal = self.ledger.place(LEDGER, entry.number);
        Some(problem.note("it was withdrawn here", Some(withdrawal)))
    }

    /// The texts that were withdrawn and are not among the sources any more: entry, day and reason.
    pub fn withdrawn<'a>(&'a self, site: &'a Site<'_>) -> impl Iterator<Item = &'a Entry> {
        let withdrawals = self.withdrawals();
        withdrawals.filter(|entry| file(site, &entry.text).is_none())
    }

    /// The withdrawals that are the last word on their texts, in the order of the ledger.
    fn withdrawals(&self) -> impl Iterator<Item = &Entry> {
        let entries = self.ledger.entries().iter();
        entries.filter(|entry| self.withdrawal(&entry.text) == Some(*entry))
    }

    /// The times at which a text that is sealed was withdrawn, oldest first.
    pub fn gaps(&self, text: &TextId) -> Vec<Gap<'_>> {
        let mut gaps = Vec::new();
        let mut open = None;
        let entries = self.ledger.entries().iter();
        for entry in entries.filter(|entry| entry.text == *text) {
            match &entry.kind {
                Kind::Withdrawal { withdrawn, reason } => {
                    open = Some((entry.number, *withdrawn, reason.as_str()));
                }
                Kind::Seal { sealed, .. } => gaps.extend(open.take().map(|open| Gap {
                    entry: open.0,
                    from: open.1,
                    until: *sealed,
                    reason: open.2,
                })),
            }
        }
        gaps
    }

    /// The last seal of a text, also of one that was withdrawn.
    pub fn last_seal(&self, text: &TextId) -> Option<&Entry> {
        let mut entries = self.ledger.entries().iter().rev();
        entries.find(|entry| entry.text == *text && matches!(entry.kind, Kind::Seal { .. }))
    }
}

/// A time at which a text was withdrawn that was sealed again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap<'l> {
    /// The entry that withdrew it.
    pub entry: usize,
    /// The day of it.
    pub from: Date,
    /// The day on which it was sealed again.
    pub until: Date,
    /// Why it was withdrawn.
    pub reason: &'l str,
}

/// The file of a text, if the sources have it.
pub fn file<'s>(site: &'s Site<'_>, text: &TextId) -> Option<&'s TextFile> {
    let version = site.documents.get(&text.document)?.version(text.version)?;
    if is_original(site, text) {
        return Some(&version.original);
    }
    version.translations.get(&Language::parse(&text.language)?)
}

/// How a text is called on a command line: `privacy@2022-12-22.es`, as its file is without `.md`.
fn name(site: &Site<'_>, text: &TextId) -> String {
    format!("{}@{}", text.document, stem(site, text))
}

fn path(site: &Site<'_>, text: &TextId) -> String {
    format!("content/{}/{}.md", text.document, stem(site, text))
}

fn stem(site: &Site<'_>, text: &TextId) -> String {
    if is_original(site, text) {
        text.version.to_string()
    } else {
        format!("{}.{}", text.version, text.language)
    }
}

/// Whether a text of the ledger is in the language of the site's originals.
pub fn is_original(site: &Site<'_>, text: &TextId) -> bool {
    text.language == site.config.default_language().as_str()
}
