//! Tables as HTML: each scrolls by itself, and has a name for those who hear the page.

use std::fmt::Write as _;

use super::escape::push_attribute;
use super::writer::Writer;
use crate::model::text::{Alignment, Inline, Table, plain};

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table<'_>) {
        self.open_table();
        self.out.push_str("<thead>\n<tr>");
        for (cell, alignment) in table.header.iter().zip(&table.alignments) {
            // A header without words would announce nothing: it is a cell like any other.
            let empty = plain(cell).trim().is_empty();
            self.cell(
                if empty { "td" } else { "th scope=\"col\"" },
                *alignment,
                cell,
            );
        }
        self.out.push_str("</tr>\n</thead>\n");
        if !table.rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for row in &table.rows {
                self.out.push_str("<tr>");
                for (cell, alignment) in row.iter().zip(&table.alignments) {
                    self.cell("td", *alignment, cell);
                }
                self.out.push_str("</tr>\n");
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table></div>\n");
    }

    pub(super) fn open_table(&mut self) {
        self.tables += 1;
        self.out
            .push_str("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        push_attribute(&mut self.out, self.strings.get("table"));
        let _ = writeln!(self.out, " {}\"><table>", self.tables);
    }

    fn cell(&mut self, tag: &str, alignment: Alignment, inlines: &[Inline<'_>]) {
        let _ = write!(self.out, "<{tag}{}>", alignment_class(alignment));
        self.inlines(inlines);
        let _ = write!(self.out, "</{}>", &tag[..2]);
    }
}

/// The class of a cell, with a space before it.
pub(super) fn alignment_class(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Left => " class=\"left\"",
        Alignment::Center => " class=\"center\"",
        Alignment::Right => " class=\"right\"",
    }
}
