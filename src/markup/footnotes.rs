//! Footnotes: references to them, the notes themselves, and the ways back.

use std::fmt::Write as _;

use super::escape::push_attribute;
use super::writer::Writer;
use crate::model::text::Footnote;

impl Writer<'_> {
    /// Footnotes with the ways back. `id` is an attribute of their section, or nothing.
    pub(super) fn footnotes(&mut self, footnotes: &[Footnote<'_>], id: &str) {
        if footnotes.is_empty() {
            return;
        }
        self.open_footnotes(id);
        // Notes can refer to notes: all are written before it is known which references there are.
        let before = std::mem::take(&mut self.out);
        let start = self.references.len();
        let mut bodies = Vec::new();
        for footnote in footnotes {
            self.blocks(&footnote.blocks);
            bodies.push((std::mem::take(&mut self.out), self.references.len()));
        }
        self.out = before;
        let mut from = start;
        for (footnote, (body, to)) in footnotes.iter().zip(bodies) {
            let _ = write!(self.out, "<li id=\"fn:{}\">", footnote.number);
            let shift = self.out.len();
            self.references[from..to]
                .iter_mut()
                .for_each(|reference| reference.at += shift);
            from = to;
            self.out.push_str(&body);
            self.back_links(footnote.number);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    pub(super) fn open_footnotes(&mut self, id: &str) {
        let _ = write!(
            self.out,
            "<section class=\"footnotes\"{id} role=\"doc-endnotes\" aria-label=\""
        );
        push_attribute(&mut self.out, self.strings.get("footnotes"));
        self.out.push_str("\">\n<ol>\n");
    }

    /// The ways back to the references to a footnote that are written.
    pub(super) fn back_links(&mut self, number: usize) {
        let written: Vec<usize> = self
            .noted
            .range((number, 0)..(number + 1, 0))
            .map(|(_, n)| *n)
            .collect();
        for occurrence in written {
            self.back_link(number, occurrence);
        }
    }

    fn back_link(&mut self, number: usize, occurrence: usize) {
        let label = self
            .strings
            .get("back_to_reference")
            .replace("{n}", &reference(number, occurrence));
        let _ = write!(
            self.out,
            " <a href=\"#fnref:{}\" role=\"doc-backlink\" aria-label=\"",
            reference(number, occurrence)
        );
        push_attribute(&mut self.out, &label);
        self.out.push_str("\">↩</a>");
    }

    pub(super) fn footnote_reference(&mut self, number: usize, occurrence: usize) {
        let id = reference(number, occurrence);
        if self.in_link || self.gone {
            let _ = write!(self.out, "<sup class=\"footnote\">{number}</sup>");
            return;
        }
        self.noted.insert((number, occurrence));
        let _ = write!(
            self.out,
            "<sup class=\"footnote\"><a id=\"fnref:{id}\" href=\"#fn:{number}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }
}

/// `3` for the first reference to footnote 3, `3-2` for the second.
fn reference(number: usize, occurrence: usize) -> String {
    if occurrence == 1 {
        number.to_string()
    } else {
        format!("{number}-{occurrence}")
    }
}
