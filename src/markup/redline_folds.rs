//! What did not change, as HTML: folded away under its headings or its first words.

use super::escape::push;
use super::redline::Article;
use crate::model::text::Text;
use crate::redline::{NodeId, Nodes, Part, heading, section};

/// Unchanged parts with fewer letters in all are shown: to open them costs more than to read them.
pub(super) const FEWEST_TO_FOLD: usize = 200;
/// How many words of what is folded away are shown.
const PREVIEW: usize = 10;

impl Article<'_, '_, '_> {
    pub(super) fn unchanged_text(&mut self, text: &Text<'_>) {
        let parts = self.redline.kept_inside(Nodes::ROOT);
        let words = match self.titles(parts.iter()) {
            titles if titles.is_empty() => preview(self.redline.new, Nodes::ROOT),
            titles => titles,
        };
        self.fold(&words, |this| this.writer.text(text));
    }

    pub(super) fn unchanged_sections(&mut self, group: &[&Part], level: usize) {
        let titles = self.titles(group.iter().copied());
        self.fold(&titles, |this| {
            for part in group {
                this.in_section(part, level);
            }
        });
    }

    /// The headings of those parts that are sections, in one line.
    fn titles<'p>(&self, parts: impl Iterator<Item = &'p Part>) -> String {
        let titles = parts.filter_map(|part| self.titled(part));
        titles.collect::<Vec<_>>().join(" · ")
    }

    /// The number and the heading of a section of the new text.
    pub(super) fn titled(&self, part: &Part) -> Option<String> {
        let section = section(self.redline.new, part.new)?;
        let words = heading(self.redline.new, part.new?)?;
        Some(match &section.number {
            Some(number) => format!("{number} {words}"),
            None => words,
        })
    }

    /// Parts in a row that changed, and parts in a row that did not.
    pub(super) fn groups<'g, 'p>(&self, parts: &'g [&'p Part]) -> Vec<&'g [&'p Part]> {
        let changed = |part: &Part| self.redline.is_changed(part);
        parts.chunk_by(|a, b| changed(a) == changed(b)).collect()
    }

    /// The words under which parts are folded away, if they did not change and that spares reading.
    pub(super) fn worth_folding(&self, parts: &[&Part]) -> Option<String> {
        if self.folded || parts.iter().any(|part| self.redline.is_changed(part)) {
            return None;
        }
        let new = || parts.iter().flat_map(|part| self.redline.nodes_of(part));
        let letters: usize = new().map(|id| self.redline.new.words(id).len()).sum();
        let first = new().next().filter(|_| letters >= FEWEST_TO_FOLD)?;
        Some(preview(self.redline.new, first))
    }

    /// The parts of a list between its tags. What is folded away makes a list of its own.
    pub(super) fn in_list(
        &mut self,
        (start, end): (&str, &str),
        parts: &[Part],
        mut each: impl FnMut(&mut Self, &Part),
    ) {
        let parts: Vec<&Part> = parts.iter().collect();
        let mut open = false;
        for group in self.groups(&parts) {
            if let Some(words) = self.worth_folding(group) {
                if std::mem::take(&mut open) {
                    self.writer.out.push_str(end);
                }
                self.fold(&words, |this| {
                    this.writer.out.push_str(start);
                    group.iter().for_each(|part| each(this, part));
                    this.writer.out.push_str(end);
                });
            } else {
                if !std::mem::replace(&mut open, true) {
                    self.writer.out.push_str(start);
                }
                group.iter().for_each(|part| each(self, part));
            }
        }
        if open {
            self.writer.out.push_str(end);
        }
    }

    /// Folds away what did not change, under its first words or its headings.
    pub(super) fn fold(&mut self, words: &str, fill: impl FnOnce(&mut Self)) {
        if self.folded {
            return fill(self);
        }
        self.folded = true;
        self.writer
            .out
            .push_str("<details class=\"unchanged\"><summary>");
        self.writer.out.push_str("<span class=\"mark\">");
        push(&mut self.writer.out, self.writer.strings.get("unchanged"));
        self.writer.out.push_str("</span> ");
        push(&mut self.writer.out, words);
        self.writer.out.push_str("</summary>\n");
        fill(self);
        self.writer.out.push_str("</details>\n");
        self.folded = false;
    }
}

/// The words with which a node begins.
pub(super) fn preview(nodes: &Nodes<'_>, id: NodeId) -> String {
    let mut words = nodes.words(id).split_whitespace();
    let first: Vec<&str> = words.by_ref().take(PREVIEW).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}
