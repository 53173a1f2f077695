//! What a run adds to the ledger, and the files that go with it.

use std::fmt::Write as _;

use engross::diagnostic::Diagnostic;
use engross::ledger::{Digest, Kind, Ledger, TextId};
use engross::model::Date;
use engross::plan::Plan;
use engross::prepared::Role;
use engross::sealed::{record_path, words_path};

use super::super::CannotRun;

/// What comes to a ledger.
#[derive(Default)]
pub(super) struct Addition {
    pub(super) entries: Vec<(TextId, Kind)>,
    /// Records and words, by path.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// The files of withdrawn texts, which must go.
    pub(super) left: Vec<String>,
}

impl Addition {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether a ledger with the new entries has no others.
    pub(super) fn is_all_of(&self, ledger: &Ledger) -> bool {
        ledger.entries().len() == self.entries.len()
    }

    /// The ledger with the new entries.
    pub(super) fn append(&self, ledger: Ledger) -> Result<Ledger, CannotRun> {
        let mut entries = self.entries.iter().cloned();
        let all = entries.try_fold(ledger, |ledger, (text, kind)| ledger.append(text, kind));
        all.map_err(|refused| CannotRun(format!("cannot seal: {refused}")))
    }

    /// What is recorded, a line for each text.
    pub(super) fn words(&self, dry_run: bool) -> String {
        let mut out = String::new();
        for (text, kind) in &self.entries {
            let _ = match kind {
                Kind::Seal {
                    published, words, ..
                } => {
                    let done = if dry_run { "would seal" } else { "sealed" };
                    writeln!(out, "{done} {text}, published {published}, words {words}")
                }
                Kind::Withdrawal { reason, .. } => {
                    let done = if dry_run {
                        "would withdraw"
                    } else {
                        "withdrew"
                    };
                    writeln!(out, "{done} {text}: {reason}")
                }
            };
        }
        for file in &self.left {
            let _ = writeln!(
                out,
                "now remove {file}: while it is here, nothing is published"
            );
        }
        if self.is_empty() {
            out.push_str("nothing new to seal\n");
        }
        out
    }
}

/// The seals of texts, or the faults of the theme in making their pages.
pub(super) fn seals(
    plan: &Plan<'_>,
    texts: &[Role<'_>],
    day: Date,
) -> Result<Result<Addition, Vec<Diagnostic>>, CannotRun> {
    let mut addition = Addition::default();
    let mut problems = Vec::new();
    for role in texts {
        let Role::Version(document, version, language) = *role else {
            continue;
        };
        let prepared = plan.prepared();
        let text = prepared.text_id(&document.path, version.id, language);
        let file = role.file();
        let source = prepared.site.sources.bytes(&file.path).map(Digest::of);
        let kept = prepared.sealed.seal(&text).map(|entry| entry.kind.clone());
        let record = match (&kept, plan.record(&document.path, version.id, language)) {
            // What was published stays as it was: only the source is recorded anew.
            (Some(Kind::Seal { record, .. }), _) => *record,
            (_, Some(Ok(page))) => {
                let digest = Digest::of(&page);
                addition.files.push((record_path(&text), page));
                digest
            }
            (_, Some(Err(problem))) => {
                problems.push(*problem);
                continue;
            }
            (_, None) => continue,
        };
        let words = prepared.words(*role);
        let kind = Kind::Seal {
            published: version.public(file),
            source: source.ok_or_else(|| CannotRun(format!("{} is gone", file.path)))?,
            words: Digest::of(&words),
            record,
            sealed: day,
        };
        if kept.is_none() {
            let path = words_path(&text);
            let is_new = prepared.sealed.ledger.latest(&text).is_none();
            if is_new
                && prepared
                    .site
                    .sources
                    .bytes(&path)
                    .is_some_and(|left| left != words.as_bytes())
            {
                return Err(other_words(&path));
            }
            addition.files.push((path, words.into_bytes()));
        }
        addition.entries.push((text, kind));
    }
    Ok(if problems.is_empty() {
        Ok(addition)
    } else {
        Err(problems)
    })
}

/// What a run that was broken off leaves has the words of the text: other words were sealed before.
fn other_words(path: &str) -> CannotRun {
    CannotRun(format!(
        "{path} holds other words than the text, and no entry of the ledger: restore engross.ledger and checkpoints/ \
         from version control; only if nothing was sealed here before, remove the file"
    ))
}
