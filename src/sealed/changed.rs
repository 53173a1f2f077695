//! A text held against its seal: whether its words are still those that were sealed, and where not,
//! what changed them.

use std::ops::Range;

use super::reading::{Cause, Reading};
use super::{Sealed, words_path};
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::ledger::{Digest, Entry, Kind, TextId};
use crate::model::Date;
use crate::redline::shared_lines;

/// How many changed lines and causes a report shows.
const MOST_SHOWN: usize = 6;

/// What there is to know of a text to hold it against its seal.
pub struct Held<'a> {
    /// Which text it is.
    pub text: &'a TextId,
    /// Its file.
    pub path: &'a str,
    /// The day it was made public.
    pub published: Date,
    /// The files that a correction of it would be.
    pub correction: String,
    /// The digest of its words, as they are now.
    pub words: Digest,
    /// What its words are.
    pub reading: &'a dyn Fn() -> Reading,
}

impl Sealed<'_> {
    /// Tells where a text is not what was sealed.
    pub fn hold(&self, held: &Held<'_>) -> Option<Diagnostic> {
        let entry = self.seal(held.text).filter(|_| self.sound)?;
        let Kind::Seal {
            published,
            words,
            sealed,
            ..
        } = &entry.kind
        else {
            return None;
        };
        let same_source = self.seal_of_source(held.text, held.path).is_some();
        if held.words != *words {
            return Some(self.other_words(held, entry, *sealed, same_source));
        }
        if *published != held.published {
            let message = format!(
                "this text was sealed as published on {published}, and now says {}",
                held.published
            );
            let is_correction = held.text.version.revision > 1;
            let key = if is_correction {
                "corrected"
            } else {
                "published"
            };
            let way_out = format!("put the day back: `{key} = {published}`");
            return Some(Diagnostic::new(
                &rules::SEALED_TEXT_CHANGED,
                Place::file(held.path),
                message,
                way_out,
            ));
        }
        (!same_source).then(|| other_source(held, *sealed))
    }

    fn other_words(
        &self,
        held: &Held<'_>,
        entry: &Entry,
        day: Date,
        same_source: bool,
    ) -> Diagnostic {
        let message = format!("the words of this text changed after it was sealed on {day}");
        let before = self.sealed_words(held.text);
        let now = (held.reading)();
        let changes = before.map(|before| changed_lines(before, &now.words));
        let causes = before
            .zip(changes.as_deref())
            .map(|(before, changes)| now.causes(before, changes, same_source))
            .unwrap_or_default();
        let mut problem = Diagnostic::new(
            &rules::SEALED_TEXT_CHANGED,
            Place::file(held.path),
            message,
            help(held, same_source, &causes),
        );
        let all = changes.unwrap_or_default();
        for change in all.iter().take(MOST_SHOWN) {
            problem = problem.note(change.words(), None);
        }
        if all.len() > MOST_SHOWN {
            problem = problem.note(format!("and {} more places", all.len() - MOST_SHOWN), None);
        }
        for cause in causes.into_iter().take(MOST_SHOWN) {
            problem = problem.note(cause.message, cause.place);
        }
        problem.note(
            "it is sealed here",
            Some(self.ledger.place(super::LEDGER, entry.number)),
        )
    }

    /// The words as they were sealed, if their file is sound.
    pub fn sealed_words(&self, text: &TextId) -> Option<&str> {
        let bytes = self.sources.bytes(&words_path(text))?;
        let entry = self.seal(text)?;
        let sound = entry.kind.words() == Some(Digest::of(bytes));
        std::str::from_utf8(bytes).ok().filter(|_| sound)
    }
}

fn help(held: &Held<'_>, same_source: bool, causes: &[Cause]) -> String {
    let pictures = causes.iter().filter(|cause| cause.is_picture).count();
    let back = if same_source && pictures > 0 && pictures == causes.len() {
        "put the picture back"
    } else if same_source {
        "put the value back, or write the old one into the text itself"
    } else {
        "put the words back"
    };
    format!(
        "{back}; to publish other words, write a new version, or a correction: {}",
        held.correction
    )
}

/// The source changed, and says the same.
fn other_source(held: &Held<'_>, day: Date) -> Diagnostic {
    let message =
        format!("the source of this text changed after it was sealed on {day}; its words did not");
    let TextId {
        document, version, ..
    } = held.text;
    let way_out = format!(
        "run `engross seal {document}@{version}` to record the source as it is now; until then the seal of the words and of the page stands, and a bundle of evidence has neither source nor redline nor notice"
    );
    Diagnostic::new(
        &rules::SEALED_SOURCE_CHANGED,
        Place::file(held.path),
        message,
        way_out,
    )
}

/// Lines that were there and lines that are there instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Change<'w> {
    pub(super) before: Vec<&'w str>,
    pub(super) after: Vec<&'w str>,
    /// The lines right before and after it, as far as there are any.
    pub(super) beside: Vec<&'w str>,
}

impl Change<'_> {
    fn words(&self) -> String {
        let said = |lines: &[&str]| match lines {
            [] => "nothing".to_owned(),
            lines => format!("“{}”", lines.join(" ").trim()),
        };
        let (before, after) = around_difference(&self.before.join(" "), &self.after.join(" "))
            .unwrap_or_else(|| (said(&self.before), said(&self.after)));
        format!("sealed: {before}; now: {after}")
    }
}

/// The lines in which two texts differ.
fn changed_lines<'w>(before: &'w str, after: &'w str) -> Vec<Change<'w>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (to_i, to_j) in shared_lines(&old, &new)
        .into_iter()
        .chain([(old.len(), new.len())])
    {
        if i < to_i || j < to_j {
            changes.push(Change {
                before: old[i..to_i].to_vec(),
                after: new[j..to_j].to_vec(),
                beside: (j.checked_sub(1).into_iter().chain([to_j]))
                    .filter_map(|at| new.get(at).copied())
                    .collect(),
            });
        }
        (i, j) = (to_i + 1, to_j + 1);
    }
    changes
}

/// Of two long passages what differs, with some words around it; nothing where they have too little in common.
fn around_difference(before: &str, after: &str) -> Option<(String, String)> {
    const AROUND: usize = 6;
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split(' ').collect(), after.split(' ').collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let same = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(|(a, b)| a == b);
    let end = same.count();
    if start + end == 0 {
        return None;
    }
    let cut = |words: &[&str]| {
        let differs: Range<usize> = start..words.len() - end;
        let from = differs.start.saturating_sub(AROUND);
        let to = (differs.end + AROUND).min(words.len());
        let (dots, more) = (
            if from > 0 { "… " } else { "" },
            if to < words.len() { " …" } else { "" },
        );
        format!("“{dots}{}{more}”", words[from..to].join(" "))
    };
    Some((cut(&old), cut(&new)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_shown_with_the_words_around_it() {
        let before = "# P\nWe keep the logs of our servers for 90 days and then delete them all at once.\nEnd\n";
        let after = before.replace("90", "120").replace("End\n", "");
        let changes = changed_lines(before, &after);
        let words: Vec<String> = changes.iter().map(Change::words).collect();
        assert_eq!(
            words,
            [
                "sealed: “… the logs of our servers for 90 days and then delete them all at once. End”; now: “… the logs of our servers for 120 days and then delete them all at once.”"
            ]
        );
        let only = before.replace("90", "120");
        let words: Vec<String> = changed_lines(before, &only)
            .iter()
            .map(Change::words)
            .collect();
        assert_eq!(
            words,
            [
                "sealed: “… the logs of our servers for 90 days and then delete them all …”; now: “… the logs of our servers for 120 days and then delete them all …”"
            ]
        );
    }
}
