//! The blocks of a redline as HTML: lists, tables and quotations with marks where HTML lets them stand.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::marks::Mark;
use super::redline::Article;
use crate::model::text::{Alignment, BlockKind, Item};
use crate::redline::{Detail, Fate, NodeId, Nodes, Part, Source, Word};

/// The words of leaves whose words came from elsewhere.
type Flowed<'w> = BTreeMap<NodeId, &'w [Word]>;

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
            Detail::Reflowed { old, new, lines } => self.reflowed(old, new, lines),
        }
    }

    /// A node as it is in one text or both.
    pub(super) fn whole(&mut self, part: &Part) {
        let source = self.redline.source(part);
        if let Some(kind) = source.block() {
            self.writer.block(kind);
        } else if let Source::Item(item) = source {
            self.item_inside(item);
        }
    }

    fn leaf(&mut self, source: Source<'_>, words: &[Word]) {
        let runs = self.redline.runs(words);
        let (open, close) = match source {
            Source::Paragraph(..) => ("<p>", "</p>\n"),
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

    fn container(&mut self, part: &Part, parts: &[Part]) {
        let all: Vec<&Part> = parts.iter().collect();
        match self.redline.source(part) {
            Source::List(..) => self.list(part, parts),
            Source::Table(..) => self.table(parts),
            Source::Definitions(_) => {
                self.writer.out.push_str("<dl>\n");
                parts.iter().for_each(|part| self.entry(part));
                self.writer.out.push_str("</dl>\n");
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

    fn summary(&mut self, part: &Part) {
        match (&part.detail, self.redline.source(part)) {
            (Detail::Words(words), source) => self.leaf(source, words),
            (_, Source::Summary(inlines)) => self.writer.wrapped("summary", inlines),
            _ => self.block(part),
        }
    }

    fn list(&mut self, part: &Part, parts: &[Part]) {
        let Source::List(_, list) = self.redline.source(part) else {
            return;
        };
        let labelled = list.items.first().is_some_and(|item| item.label.is_some());
        let (open, close) = list_tags(list.start.is_some(), labelled);
        self.writer.out.push_str(open);
        let (mut old, mut new) = (list.start, list.start);
        for part in parts {
            let here = part.new.is_some() && part.fate != Fate::MovedAway;
            let value = if here { new } else { old }.filter(|_| !labelled);
            match &part.detail {
                Detail::Reflowed { old, new, lines } => self.reflowed(old, new, lines),
                _ => self.item(part, value),
            }
            if part.old.is_some() && part.fate != Fate::MovedHere {
                old = old.map(|n| n.saturating_add(1));
            }
            if here {
                new = new.map(|n| n.saturating_add(1));
            }
        }
        self.writer.out.push_str(close);
    }

    fn item(&mut self, part: &Part, value: Option<u64>) {
        let Source::Item(item) = self.redline.source(part) else {
            return;
        };
        let class = match part.fate {
            Fate::Inserted => " class=\"inserted\"",
            Fate::Deleted => " class=\"deleted\"",
            Fate::MovedHere => " class=\"moved\"",
            Fate::MovedAway => " class=\"away\"",
            Fate::Kept => "",
        };
        let mark = Mark::of(part);
        let gone = matches!(part.fate, Fate::Deleted | Fate::MovedAway);
        self.open_item(item, class, value, gone);
        self.marked_blocks(mark, |this| match &part.detail {
            _ if part.fate == Fate::MovedAway => this.moved_away(part),
            Detail::Parts(parts) => {
                if part.fate == Fate::MovedHere {
                    this.remarks(part);
                }
                this.label(item);
                this.blocks(&parts.iter().collect::<Vec<_>>());
            }
            _ => {
                if part.fate == Fate::MovedHere {
                    this.remarks(part);
                }
                this.item_inside(item);
            }
        });
        self.writer.out.push_str("</li>\n");
    }

    fn open_item(&mut self, item: &Item<'_>, class: &str, value: Option<u64>, gone: bool) {
        let value = value.map_or_else(String::new, |value| format!(" value=\"{value}\""));
        let anchor = item.label.as_ref().filter(|_| !gone && !self.writer.gone);
        let _ = write!(self.writer.out, "<li{class}{value}");
        match anchor {
            Some(label) => self.writer.open(" id=\"", &label.anchor),
            None => self.writer.out.push('>'),
        }
    }

    fn item_inside(&mut self, item: &Item<'_>) {
        self.label(item);
        self.writer.blocks(&item.blocks);
    }

    fn label(&mut self, item: &Item<'_>) {
        if let Some(label) = &item.label {
            self.writer.label(label);
        }
    }

    fn entry(&mut self, part: &Part) {
        let source = self.redline.source(part);
        match (&part.detail, source) {
            (Detail::Parts(parts), _) => parts.iter().for_each(|inner| self.entry_part(inner)),
            (_, Source::Entry(entry)) => {
                let mark = Mark::of(part);
                for term in &entry.terms {
                    self.writer.out.push_str("<dt>");
                    self.marked_inlines(mark, |this| this.writer.inlines(term));
                    self.writer.out.push_str("</dt>\n");
                }
                for meaning in entry
                    .meanings
                    .iter()
                    .filter(|_| part.fate != Fate::MovedAway)
                {
                    self.writer.out.push_str("<dd>");
                    self.marked_blocks(mark, |this| this.writer.blocks(meaning));
                    self.writer.out.push_str("</dd>\n");
                }
            }
            _ => {}
        }
        match part.fate {
            Fate::MovedHere => {
                self.writer.out.push_str("<dd>");
                self.remarks(part);
                self.writer.out.push_str("</dd>\n");
            }
            Fate::MovedAway => {
                self.writer.out.push_str("<dd>");
                self.moved_away(part);
                self.writer.out.push_str("</dd>\n");
            }
            _ => {}
        }
    }

    fn entry_part(&mut self, part: &Part) {
        let mark = Mark::of(part);
        match (self.redline.source(part), &part.detail) {
            (source @ Source::Term(_), Detail::Words(words)) => self.leaf(source, words),
            (Source::Term(inlines), _) => {
                self.writer.out.push_str("<dt>");
                self.marked_inlines(mark, |this| this.writer.inlines(inlines));
                self.writer.out.push_str("</dt>\n");
            }
            (_, Detail::Parts(parts)) => {
                self.writer.out.push_str("<dd>");
                self.blocks(&parts.iter().collect::<Vec<_>>());
                self.writer.out.push_str("</dd>\n");
            }
            (Source::Meaning(blocks), _) => {
                self.writer.out.push_str("<dd>");
                self.marked_blocks(mark, |this| this.writer.blocks(blocks));
                self.writer.out.push_str("</dd>\n");
            }
            _ => {}
        }
    }

    pub(super) fn marked_inlines(&mut self, mark: Option<Mark>, fill: impl FnOnce(&mut Self)) {
        let Some(mark) = mark else {
            return fill(self);
        };
        self.writer.open_mark(mark);
        let gone = std::mem::replace(&mut self.writer.gone, mark == Mark::Deleted);
        fill(self);
        self.writer.gone = gone;
        self.writer.close_mark(mark);
    }

    fn table(&mut self, rows: &[Part]) {
        self.writer.open_table();
        let (header, rows) = rows.split_at(usize::from(!rows.is_empty()));
        self.writer.out.push_str("<thead>\n");
        header.iter().for_each(|row| self.table_row(row));
        self.writer.out.push_str("</thead>\n");
        if !rows.is_empty() {
            self.writer.out.push_str("<tbody>\n");
            rows.iter().for_each(|row| self.table_row(row));
            self.writer.out.push_str("</tbody>\n");
        }
        self.writer.out.push_str("</table></div>\n");
    }

    fn table_row(&mut self, row: &Part) {
        self.writer.out.push_str(match row.fate {
            Fate::Inserted => "<tr class=\"inserted\">",
            Fate::Deleted => "<tr class=\"deleted\">",
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

    fn cell(&mut self, part: &Part) {
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
        let _ = write!(self.writer.out, "<{tag}{scope}{}>", class(alignment));
        match &part.detail {
            Detail::Words(words) => self.paragraph("", &self.redline.runs(words), ""),
            _ => self.marked_inlines(Mark::of(part).filter(|_| !blank), |this| {
                this.writer.inlines(inlines)
            }),
        }
        let _ = write!(self.writer.out, "</{tag}>");
    }

    fn is_blank(&self, part: &Part) -> bool {
        let says = |nodes: &Nodes<'_>, id: Option<NodeId>| {
            id.is_some_and(|id| !nodes.words(id).is_empty())
        };
        !says(self.redline.new, part.new) && !says(self.redline.old, part.old)
    }

    /// Words that flowed into other blocks: the new blocks with their words, and those that are gone.
    fn reflowed(&mut self, old: &[NodeId], new: &[NodeId], lines: &[(NodeId, Vec<Word>)]) {
        let is_list = |nodes: &Nodes<'_>, ids: &[NodeId]| {
            ids.iter()
                .any(|id| matches!(nodes.source(*id), Source::List(..)))
        };
        let (was, is) = (
            is_list(self.redline.old, old),
            is_list(self.redline.new, new),
        );
        let key = match (was, is) {
            (false, true) => "made_a_list",
            (true, false) => "was_a_list",
            _ if new.len() > old.len() => "was_one",
            _ => "was_several",
        };
        let flowed: Flowed<'_> = lines
            .iter()
            .map(|(leaf, words)| (*leaf, words.as_slice()))
            .collect();
        let in_list = new
            .first()
            .is_some_and(|id| matches!(self.redline.new.source(*id), Source::Item(_)));
        if !in_list {
            self.remark(key, "");
        }
        let mut remark = in_list.then_some(key);
        for id in new {
            self.flowed(*id, &flowed, &mut remark);
        }
    }

    fn flowed(&mut self, id: NodeId, words: &Flowed<'_>, remark: &mut Option<&'static str>) {
        let nodes = self.redline.new;
        let source = nodes.source(id);
        if source.is_leaf() {
            let said = words.get(&id).copied().unwrap_or_default();
            return match source {
                Source::Cell { alignment, .. } => {
                    let open = format!("<td{}>", class(alignment));
                    self.paragraph(&open, &self.redline.runs(said), "</td>");
                }
                _ => self.leaf(source, said),
            };
        }
        let (open, close) = match source {
            Source::List(_, list) => {
                let labelled = list.items.first().is_some_and(|item| item.label.is_some());
                list_tags(list.start.is_some(), labelled)
            }
            Source::Quote(_) => ("<blockquote>\n", "</blockquote>\n"),
            Source::Definitions(_) => ("<dl>\n", "</dl>\n"),
            Source::Meaning(_) => ("<dd>", "</dd>\n"),
            Source::Details(_) => ("<details open>", "</details>\n"),
            Source::Row { .. } => ("<tr>", "</tr>\n"),
            Source::Item(_) => ("", "</li>\n"),
            Source::Table(..) => ("", "</table></div>\n"),
            _ => ("", ""),
        };
        self.writer.out.push_str(open);
        if let Source::Item(item) = source {
            self.open_item(item, "", None, false);
            if let Some(key) = remark.take() {
                self.remark(key, "");
            }
            self.label(item);
        }
        if let Source::Table(..) = source {
            self.writer.open_table();
        }
        for child in nodes.children(id) {
            self.flowed(child, words, remark);
        }
        self.writer.out.push_str(close);
    }

    /// The footnotes of both texts.
    pub(super) fn footnotes(&mut self, part: &Part) {
        let gone = part.fate == Fate::Deleted;
        self.writer.open_footnotes();
        match &part.detail {
            Detail::Parts(parts) => parts.iter().for_each(|part| self.footnote(part)),
            Detail::Whole => {
                let nodes = if gone {
                    self.redline.old
                } else {
                    self.redline.new
                };
                let notes = part
                    .new
                    .or(part.old)
                    .into_iter()
                    .flat_map(|id| nodes.children(id));
                for id in notes {
                    let (old, new) = if gone {
                        (Some(id), None)
                    } else {
                        (None, Some(id))
                    };
                    self.footnote(&Part {
                        fate: part.fate,
                        old,
                        new,
                        detail: Detail::Whole,
                    });
                }
            }
            _ => {}
        }
        self.writer.out.push_str("</ol>\n</section>\n");
    }

    fn footnote(&mut self, part: &Part) {
        let Source::Footnote(note) = self.redline.source(part) else {
            return;
        };
        if part.new.is_none() {
            let _ = write!(
                self.writer.out,
                "<li class=\"deleted\" value=\"{}\">",
                note.number
            );
        } else {
            let _ = write!(
                self.writer.out,
                "<li id=\"fn:{0}\" value=\"{0}\">",
                note.number
            );
        }
        self.marked_blocks(Mark::of(part), |this| match &part.detail {
            Detail::Parts(parts) => this.blocks(&parts.iter().collect::<Vec<_>>()),
            _ => this.writer.blocks(&note.blocks),
        });
        if part.new.is_some() {
            self.writer.back_links(note.number);
        }
        self.writer.out.push_str("</li>\n");
    }
}

fn list_tags(ordered: bool, labelled: bool) -> (&'static str, &'static str) {
    match (ordered, labelled) {
        (false, _) => ("<ul>\n", "</ul>\n"),
        (true, true) => ("<ol class=\"clauses\">\n", "</ol>\n"),
        (true, false) => ("<ol>\n", "</ol>\n"),
    }
}

fn class(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Left => " class=\"left\"",
        Alignment::Center => " class=\"center\"",
        Alignment::Right => " class=\"right\"",
    }
}

impl<'t> Source<'t> {
    /// The block that it is, if it is a whole one.
    fn block(self) -> Option<&'t BlockKind<'t>> {
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
