//! The tables of a redline as HTML: marks stand inside the cells, for nothing else may hold words.

use std::fmt::Write as _;

use super::marks::Mark;
use super::redline::Article;
use super::tables::alignment_class;
use crate::redline::{Detail, Fate, NodeId, Nodes, Part, Source};

impl Article<'_, '_, '_> {
    pub(super) fn table(&mut self, rows: &[Part]) {
        self.writer.open_table();
        let (header, rows) = rows.split_at(usize::from(!rows.is_empty()));
        let columns = header.first().map_or(1, |row| match &row.detail {
            Detail::Parts(cells) => cells.len(),
            _ => row
                .new
                .map_or(1, |id| self.redline.new.children(id).count()),
        });
        self.writer.out.push_str("<thead>\n");
        header.iter().for_each(|row| self.table_row(row, columns));
        self.writer.out.push_str("</thead>\n");
        if !rows.is_empty() {
            self.writer.out.push_str("<tbody>\n");
            rows.iter().for_each(|row| self.table_row(row, columns));
            self.writer.out.push_str("</tbody>\n");
        }
        self.writer.out.push_str("</table></div>\n");
    }

    fn table_row(&mut self, row: &Part, columns: usize) {
        if matches!(row.fate, Fate::MovedAway | Fate::MovedHere) {
            self.moved_row(row, columns);
        }
        if row.fate == Fate::MovedAway {
            return;
        }
        self.writer.out.push_str(match row.fate {
            Fate::Inserted => "<tr class=\"inserted\">",
            Fate::Deleted => "<tr class=\"deleted\">",
            Fate::MovedHere => "<tr class=\"moved\">",
            _ => "<tr>",
        });
        match (&row.detail, row.new) {
            (Detail::Parts(cells), _) => cells.iter().for_each(|cell| self.cell(cell)),
            (_, Some(id)) => {
                for cell in self.redline.new.children(id) {
                    let part = Part {
                        fate: Fate::Kept,
                        old: None,
                        new: Some(cell),
                        detail: Detail::Whole,
                    };
                    self.cell(&part);
                }
            }
            _ => {}
        }
        self.writer.out.push_str("</tr>\n");
    }

    /// What became of a row, in one cell across all columns.
    fn moved_row(&mut self, row: &Part, columns: usize) {
        let gone = row.fate == Fate::MovedAway;
        let class = if gone { "away" } else { "moved" };
        let _ = write!(
            self.writer.out,
            "<tr class=\"{class}\"><td colspan=\"{columns}\">"
        );
        if gone {
            self.moved_away(row);
        } else {
            self.remarks(row);
        }
        self.writer.out.push_str("</td></tr>\n");
    }

    pub(super) fn cell(&mut self, part: &Part) {
        let Source::Cell {
            inlines,
            alignment,
            header,
        } = self.redline.source(part)
        else {
            return self.writer.out.push_str("<td></td>");
        };
        let blank = self.is_blank(part);
        let tag = if header && !blank { "th" } else { "td" };
        let scope = if header && !blank {
            " scope=\"col\""
        } else {
            ""
        };
        let _ = write!(
            self.writer.out,
            "<{tag}{scope}{}>",
            alignment_class(alignment)
        );
        match &part.detail {
            Detail::Words(words) => self.paragraph("", &self.redline.runs(words), ""),
            _ => self.marked_inlines(Mark::of(part).filter(|_| !blank), inlines),
        }
        let _ = write!(self.writer.out, "</{tag}>");
    }

    pub(super) fn is_blank(&self, part: &Part) -> bool {
        let says = |nodes: &Nodes<'_>, id: Option<NodeId>| {
            id.is_some_and(|id| !nodes.words(id).is_empty())
        };
        !says(self.redline.new, part.new) && !says(self.redline.old, part.old)
    }
}
