//! Footnotes: numbered by their first reference, wherever their words stand.

use std::collections::BTreeMap;

use super::Problem;
use crate::diagnostic::{Span, rules};
use crate::model::text::{Block, Footnote};

/// The footnotes of a text while it is read.
#[derive(Default)]
pub(super) struct Footnotes<'s> {
    /// Labels in the order of their first reference, with the count of references.
    referenced: Vec<(String, usize)>,
    definitions: BTreeMap<String, (Span, Vec<Block<'s>>)>,
}

impl<'s> Footnotes<'s> {
    /// A reference: the footnote's number, and which of its references this is.
    pub(super) fn refer(&mut self, label: &str) -> (usize, usize) {
        if let Some(index) = self.referenced.iter().position(|(known, _)| known == label) {
            self.referenced[index].1 += 1;
            return (index + 1, self.referenced[index].1);
        }
        self.referenced.push((label.to_owned(), 1));
        (self.referenced.len(), 1)
    }

    /// The words of a footnote. Whether they are the first for this label.
    pub(super) fn define(&mut self, label: &str, span: Span, blocks: Vec<Block<'s>>) -> bool {
        if self.definitions.contains_key(label) {
            return false;
        }
        self.definitions.insert(label.to_owned(), (span, blocks));
        true
    }

    /// The footnotes by number, and a problem for each that nothing refers to.
    pub(super) fn finish(mut self) -> (Vec<Footnote<'s>>, Vec<Problem>) {
        let numbered = self
            .referenced
            .iter()
            .enumerate()
            .map(|(index, (label, references))| {
                let blocks = self
                    .definitions
                    .remove(label)
                    .map(|(_, blocks)| blocks)
                    .unwrap_or_default();
                Footnote {
                    number: index + 1,
                    references: *references,
                    blocks,
                }
            });
        let footnotes = numbered.collect();
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
