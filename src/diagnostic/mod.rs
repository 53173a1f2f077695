//! Problems in the sources, as values: what is wrong, where, why it matters and what to do.

pub mod github;
pub mod human;
pub mod json;
pub(crate) mod lines;
pub mod rules;

use std::cmp::Ordering;
use std::ops::Range;

pub use lines::{LineIndex, Position};
pub use rules::Rule;

/// How bad a problem is: an error stops a build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published while one stands.
    Error,
    /// Worth mending; published all the same.
    Warning,
}

impl Severity {
    /// The word that reports print.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Bytes `start..end` of a source file's text, as [`crate::tree::SourceTree`] holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of a byte range. Source files are far below 4 GiB; longer offsets saturate.
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    /// The span as a range that indexes a string.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span in a text that begins `offset` bytes earlier.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        let range = self.range();
        Self::new(range.start + offset..range.end + offset)
    }
}

/// A file, and where known the part of it that is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The path below the site's root, with `/` between its parts.
    pub path: String,
    /// The part that is meant; `None` for the file as a whole.
    pub span: Option<Span>,
}

impl Place {
    /// A part of a file.
    pub fn at(path: impl Into<String>, span: Span) -> Self {
        Self {
            path: path.into(),
            span: Some(span),
        }
    }

    /// A file as a whole.
    pub fn file(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            span: None,
        }
    }
}

/// Something beside the main place that helps to understand a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What there is to say.
    pub message: String,
    /// Where, if it is about a place.
    pub place: Option<Place>,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken: its stable name and why it exists.
    pub rule: &'static Rule,
    /// How bad it is here (a draft softens errors into warnings).
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do about it.
    pub help: String,
    /// Other places and facts.
    pub notes: Vec<Note>,
}

impl Diagnostic {
    /// A problem of the severity that its rule gives it.
    pub fn new(
        rule: &'static Rule,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let (message, help) = (message.into(), help.into());
        Self {
            rule,
            severity: rule.severity,
            message,
            place,
            help,
            notes: Vec::new(),
        }
    }

    /// The same problem with a fact more.
    #[must_use]
    pub fn note(mut self, message: impl Into<String>, place: Option<Place>) -> Self {
        self.notes.push(Note {
            message: message.into(),
            place,
        });
        self
    }

    /// Whether it stops a build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    fn order(&self, other: &Self) -> Ordering {
        (&self.place, self.severity, self.rule.name, &self.message).cmp(&(
            &other.place,
            other.severity,
            other.rule.name,
            &other.message,
        ))
    }
}

/// The most notes that one problem keeps of the places that share it.
const MOST_NOTES: usize = 8;

/// Puts problems in the order of all reports: by path, place, severity, rule; each one once. A
/// problem of a clause that several texts share keeps a note of each.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup_by(|next, first| {
        let same = first.order(next) == Ordering::Equal;
        if same {
            let room = MOST_NOTES.saturating_sub(first.notes.len());
            let new = next
                .notes
                .drain(..)
                .filter(|note| !first.notes.contains(note));
            let new: Vec<Note> = new.take(room).collect();
            first.notes.extend(new);
        }
        same
    });
}

/// How many errors and warnings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Problems that stop a build.
    pub errors: usize,
    /// Problems that do not.
    pub warnings: usize,
}

impl Count {
    /// Counts a report.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics.iter().filter(|d| d.is_error()).count();
        Self {
            errors,
            warnings: diagnostics.len() - errors,
        }
    }

    /// `2 errors, 1 warning`, or `no problems`.
    pub fn words(self) -> String {
        let part = |n: usize, word: &str| match n {
            0 => None,
            1 => Some(format!("1 {word}")),
            n => Some(format!("{n} {word}s")),
        };
        let parts: Vec<String> = [part(self.errors, "error"), part(self.warnings, "warning")]
            .into_iter()
            .flatten()
            .collect();
        if parts.is_empty() {
            "no problems".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

/// The candidate nearest to a word, if one is near enough to be what was meant: at most a third of
/// the word, or one slip, apart.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let most = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= most * 4)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

/// `did you mean “x”?` for a near candidate, else `fallback`.
pub fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    fallback: impl FnOnce() -> String,
) -> String {
    match nearest(word, candidates) {
        Some(near) => format!("did you mean `{near}`?"),
        None => fallback(),
    }
}
