//! The blocks of a redline as HTML: what one holds is written by its kind.

use super::marks::Mark;
use super::redline::Article;
use crate::model::text::{BlockKind, Inline};
use crate::redline::{Detail, Fate, Part, Source, Word};

impl Article<'_, '_, '_> {
    /// A block, whose mark, if it has one, stands around it already.
    pub(super) fn block(&mut self, part: &Part) {
        match part.fate {
            Fate::MovedAway => return self.moved_away(part),
            Fate::MovedHere => self.remarks(part),
            _ => {}
        }
        match &part.detail {
            Detail::Whole => self.whole(part),
            Detail::Words(words) => self.leaf(self.redline.source(part), words),
            Detail::Parts(parts) => self.container(part, parts),
            Detail::Reflowed { old, new, lines } => self.reflowed(old, new, lines, false),
        }
    }

    /// A node as it is in one text or both.
    pub(super) fn whole(&mut self, part: &Part) {
        if self.take(part) {
            return;
        }
        if let Some(items) = self.redline.torn(part) {
            return self.list(part, items);
        }
        let source = self.redline.source(part);
        if let Some(kind) = source.block() {
            self.writer.block(kind);
        } else if let Source::Item(item) = source {
            self.item_inside(item);
        }
    }

    pub(super) fn leaf(&mut self, source: Source<'_>, words: &[Word]) {
        let runs = self.redline.runs(words);
        let (open, close) = match source {
            Source::Paragraph(..) => ("<p>", "</p>\n"),
            Source::Code(_) => ("<pre tabindex=\"0\"><code>", "\n</code></pre>\n"),
            Source::Term(_) => ("<dt>", "</dt>\n"),
            Source::Summary(_) => ("<summary>", "</summary>\n"),
            Source::Subheading(_, heading) => {
                self.writer
                    .open_anchored("p class=\"subheading\"", &heading.anchor);
                ("<strong>", "</strong></p>\n")
            }
            _ => ("", ""),
        };
        self.paragraph(open, &runs, close);
    }

    pub(super) fn container(&mut self, part: &Part, parts: &[Part]) {
        let all: Vec<&Part> = parts.iter().collect();
        match self.redline.source(part) {
            Source::List(..) => self.list(part, parts),
            Source::Table(..) => self.table(parts),
            Source::Definitions(_) => {
                self.in_list(("<dl>\n", "</dl>\n"), parts, Self::entry);
            }
            Source::Quote(_) => {
                self.writer.out.push_str("<blockquote>\n");
                self.blocks(&all);
                self.writer.out.push_str("</blockquote>\n");
            }
            Source::Details(_) => {
                self.writer.out.push_str("<details open>");
                let (summary, rest) = all.split_at(usize::from(!all.is_empty()));
                summary.iter().for_each(|part| self.summary(part));
                self.blocks(rest);
                self.writer.out.push_str("</details>\n");
            }
            _ => self.blocks(&all),
        }
    }

    pub(super) fn summary(&mut self, part: &Part) {
        match (&part.detail, self.redline.source(part)) {
            (Detail::Words(words), source) => self.leaf(source, words),
            (_, Source::Summary(inlines)) => self.writer.wrapped("summary", inlines),
            _ => self.block(part),
        }
    }

    pub(super) fn marked_inlines(&mut self, mark: Option<Mark>, inlines: &[Inline<'_>]) {
        let Some(mark) = mark else {
            return self.writer.inlines(inlines);
        };
        self.writer.marked_words(mark, |writer| {
            writer.inlines(inlines);
        });
    }
}

impl<'t> Source<'t> {
    /// The block that it is, if it is a whole one.
    pub(super) fn block(self) -> Option<&'t BlockKind<'t>> {
        match self {
            Source::Paragraph(block, _)
            | Source::Plain(block, _)
            | Source::Subheading(block, _)
            | Source::Code(block)
            | Source::Rule(block)
            | Source::Quote(block)
            | Source::Details(block)
            | Source::List(block, _)
            | Source::Definitions(block)
            | Source::Table(block, _) => Some(&block.kind),
            _ => None,
        }
    }
}
