//! Footnotes: numbered by their first reference, wherever their words stand.

use std::collections::BTreeMap;

use super::Problem;
use crate::diagnostic::{Span, rules};
use crate::model::text::{Block, Footnote};

/// The footnotes of a text while it is read.
#[derive(Default)]
pub(super) struct Footnotes<'s> {
    /// How many references each footnote has had so far, by number.
    references: Vec<usize>,
    /// The number of each label that has been referred to.
    numbers: BTreeMap<String, usize>,
    definitions: BTreeMap<String, (Span, Vec<Block<'s>>)>,
}

/// Labels are the same in capitals and small letters (GitHub's footnotes follow CommonMark's links).
fn folded(label: &str) -> String {
    label.to_lowercase()
}

impl<'s> Footnotes<'s> {
    /// A reference: the footnote's number, and which of its references this is.
    pub(super) fn refer(&mut self, label: &str) -> (usize, usize) {
        let next = self.references.len() + 1;
        let number = *self.numbers.entry(folded(label)).or_insert(next);
        if number == next {
            self.references.push(0);
        }
        self.references[number - 1] += 1;
        (number, self.references[number - 1])
    }

    /// The words of a footnote. Whether they are the first for this label.
    pub(super) fn define(&mut self, label: &str, span: Span, blocks: Vec<Block<'s>>) -> bool {
        let label = folded(label);
        if self.definitions.contains_key(&label) {
            return false;
        }
        self.definitions.insert(label, (span, blocks));
        true
    }

    /// The footnotes by number, and a problem for each that nothing refers to.
    pub(super) fn finish(mut self) -> (Vec<Footnote<'s>>, Vec<Problem>) {
        let mut footnotes: Vec<Footnote<'s>> = Vec::new();
        let mut by_number: Vec<(usize, String)> = self
            .numbers
            .into_iter()
            .map(|(label, number)| (number, label))
            .collect();
        by_number.sort_unstable();
        for (number, label) in by_number {
            let blocks = self.definitions.remove(&label).map(|(_, blocks)| blocks);
            footnotes.push(Footnote {
                number,
                blocks: blocks.unwrap_or_default(),
            });
        }
        let unused = self
            .definitions
            .into_iter()
            .map(|(label, (span, _))| Problem {
                rule: &rules::UNUSED_FOOTNOTE,
                span,
                message: format!("nothing refers to the footnote `{label}`"),
                help: format!("write `[^{label}]` where the note belongs, or remove the note"),
            });
        (footnotes, unused.collect())
    }
}
