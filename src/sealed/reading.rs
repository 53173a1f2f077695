//! What a text that is not what was sealed has from elsewhere, to tell what changed it.

use super::changed::Change;
use crate::diagnostic::Place;
use crate::ledger::Digest;

/// The words of a text, asked for only where they are not those that were sealed.
pub struct Reading {
    /// The words.
    pub words: String,
    /// The parts of it that come from elsewhere.
    pub parts: Vec<Part>,
    /// Where what its front matter does not say comes from, if it is a translation.
    pub original: Option<Original>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
}

/// A part of a text that comes from elsewhere.
pub struct Part {
    /// What it is called: the placeholder as it is written, or the file of a clause.
    pub name: String,
    /// Where the placeholder stands.
    pub place: Option<Place>,
    /// The lines of its words.
    pub lines: Vec<String>,
}

/// The original of a translation.
pub struct Original {
    /// Its file.
    pub path: String,
    /// The keys of its front matter that count for the translation.
    pub keys: Vec<&'static str>,
}

/// A picture of a text.
pub struct Picture {
    /// Its file.
    pub path: String,
    /// What it is.
    pub digest: Digest,
}

/// What changed a text.
#[derive(PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) message: String,
    pub(super) place: Option<Place>,
    pub(super) is_picture: bool,
}

impl Cause {
    fn new(message: String, place: Option<Place>) -> Self {
        Self {
            message,
            place,
            is_picture: false,
        }
    }
}

impl Reading {
    /// What changed the words that were sealed, going by the changed lines: each thing once.
    pub(super) fn causes(
        &self,
        before: &str,
        changes: &[Change<'_>],
        same_source: bool,
    ) -> Vec<Cause> {
        let parts = self.parts.iter();
        let parts = parts.filter_map(|part| part.cause(changes, same_source));
        let original = self.original.iter();
        let keys = original.flat_map(|original| original.causes(before, &self.words));
        let pictures = self.pictures.iter();
        let pictures = pictures.filter_map(|picture| picture.cause(changes));
        let mut found: Vec<Cause> = Vec::new();
        for cause in parts.chain(keys).chain(pictures) {
            if !found.contains(&cause) {
                found.push(cause);
            }
        }
        found
    }
}

impl Part {
    fn cause(&self, changes: &[Change<'_>], same_source: bool) -> Option<Cause> {
        let left_out = || self.left_out(changes).filter(|_| same_source);
        let said = self.says_now(changes).or_else(left_out)?;
        Some(Cause::new(
            format!("{} {said}", self.name),
            self.place.clone(),
        ))
    }

    /// A line that changed lines have now and had not then.
    fn says_now(&self, changes: &[Change<'_>]) -> Option<String> {
        let came = |line: &&String| {
            let line = without_marks(line);
            let came =
                |change: &Change<'_>| holds(&change.after, line) && !holds(&change.before, line);
            !line.is_empty() && changes.iter().any(came)
        };
        let line = self.lines.iter().find(came)?;
        let words: Vec<&str> = line.split_whitespace().take(12).collect();
        Some(format!("now says “{}”", words.join(" ")))
    }

    /// A line that is gone from beside a line of several.
    fn left_out(&self, changes: &[Change<'_>]) -> Option<String> {
        let mut own = self.lines.iter().map(|line| without_marks(line));
        let mut is_beside =
            |change: &Change<'_>| own.any(|line| !line.is_empty() && holds(&change.beside, line));
        let mut gone = changes.iter().filter(|change| change.after.is_empty());
        let gone = gone.find(|change| self.lines.len() > 1 && is_beside(change))?;
        let line = gone.before.first()?.trim();
        Some(format!("may have said “{line}”"))
    }
}

impl Original {
    fn causes(&self, before: &str, now: &str) -> Vec<Cause> {
        let changed = self.keys.iter().filter_map(|key| {
            let says = said(now, key);
            (says != said(before, key)).then(|| {
                let says = says.map_or_else(|| "nothing".to_owned(), |says| format!("“{says}”"));
                let message = format!("`{key}` in {} now says {says}", self.path);
                Cause::new(message, None)
            })
        });
        changed.collect()
    }
}

impl Picture {
    fn cause(&self, changes: &[Change<'_>]) -> Option<Cause> {
        let digest = self.digest.to_string();
        let came =
            |change: &Change<'_>| holds(&change.after, &digest) && !holds(&change.before, &digest);
        changes.iter().any(came).then(|| Cause {
            message: format!("{} is not the picture that was sealed", self.path),
            place: None,
            is_picture: true,
        })
    }
}

/// What words say for a key of the front matter: above the title.
fn said<'w>(words: &'w str, key: &str) -> Option<&'w str> {
    let mut above = words.lines().take_while(|line| !line.starts_with('#'));
    above.find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
}

/// Whether one of lines holds words.
fn holds(lines: &[&str], words: &str) -> bool {
    lines.iter().any(|line| line.contains(words))
}

/// A line of a part without the marks that it has when it is read alone.
fn without_marks(line: &str) -> &str {
    line.trim_start_matches(['#', '>', '-', '*', '|', ' '])
}
