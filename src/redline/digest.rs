//! What changed, in short, in words: totals, and what became of each section.

use super::remarks::amount;
use super::{Changes, Clause, Counts, Fate};

/// What changed where no word did.
const MARKS: &str = "change of punctuation or notes";

impl Changes {
    /// How much changed in all: `12 words inserted, 1 word deleted`.
    pub fn words(&self) -> String {
        let totals = self.totals;
        let said = [
            (totals.inserted, "word", " inserted"),
            (totals.deleted, "word", " deleted"),
            (totals.moved, "part", " moved"),
            (totals.renamed, "place", " renamed"),
            (totals.relinked, "link", " changed"),
            (totals.marks, MARKS, ""),
        ];
        let words = joined(&said);
        match (words.is_empty(), self.clauses.is_empty()) {
            (false, _) => words,
            (true, true) => "no change in the words".to_owned(),
            (true, false) => "no change in the words, only in their layout".to_owned(),
        }
    }
}

impl Clause {
    /// Its number and heading.
    pub fn name(&self) -> String {
        let untitled = if self.footnotes {
            "(footnotes)"
        } else {
            "(outside of sections)"
        };
        let title = self.title.as_deref().unwrap_or(untitled);
        match &self.number {
            Some(number) => format!("{number} {title}"),
            None => title.to_owned(),
        }
    }

    /// What became of it: `moved from “X”, +12 −30 words`. Something changed in it.
    pub fn words(&self) -> String {
        let fate = match (self.fate, &self.moved_from) {
            (Fate::Inserted, _) => Some("new".to_owned()),
            (Fate::Deleted, _) => Some("removed".to_owned()),
            (Fate::MovedHere, Some(from)) => Some(format!("moved from “{from}”")),
            (Fate::MovedHere, None) => Some("moved".to_owned()),
            (Fate::Kept | Fate::MovedAway, _) => None,
        };
        let retitled = self.retitled.as_ref();
        let retitled = retitled.map(|was| format!("renamed from “{was}”"));
        let renumbered = self.renumbered.as_ref();
        let renumbered = renumbered.map(|was| format!("was {was}"));
        let counts = Some(self.counts.short(self.fate)).filter(|words| !words.is_empty());
        let to = |title: &Option<String>| match title {
            Some(title) => format!("part moved to “{title}”"),
            None => "part moved to the introduction".to_owned(),
        };
        let first = [fate, retitled, renumbered, counts].into_iter().flatten();
        let words: Vec<String> = first.chain(self.moved_to.iter().map(to)).collect();
        if words.is_empty() {
            return "only its layout".to_owned();
        }
        words.join(", ")
    }
}

impl Counts {
    /// How much changed in a section: `+12 −30 words, 1 link changed`.
    fn short(self, fate: Fate) -> String {
        let moved = self.moved - usize::from(fate == Fate::MovedHere).min(self.moved);
        let signed: Vec<String> = [('+', self.inserted), ('−', self.deleted)]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(sign, count)| format!("{sign}{count}"))
            .collect();
        let last = if self.deleted > 0 {
            self.deleted
        } else {
            self.inserted
        };
        let noun = if last == 1 { "word" } else { "words" };
        let words = Some(format!("{} {noun}", signed.join(" "))).filter(|_| !signed.is_empty());
        let others = [
            (moved, "part", " moved"),
            (self.renamed, "place", " renamed"),
            (self.relinked, "link", " changed"),
            // Beside words it says little: most edits change some punctuation.
            (if signed.is_empty() { self.marks } else { 0 }, MARKS, ""),
        ];
        let others = Some(joined(&others)).filter(|words| !words.is_empty());
        let all: Vec<String> = words.into_iter().chain(others).collect();
        all.join(", ")
    }
}

/// Amounts that are not zero, in words.
fn joined(said: &[(usize, &str, &str)]) -> String {
    let words: Vec<String> = said
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, what, how)| format!("{}{how}", amount(*count, what)))
        .collect();
    words.join(", ")
}
