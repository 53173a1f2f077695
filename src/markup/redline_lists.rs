//! The lists of a redline as HTML: items and definitions, with marks where HTML lets them stand.

use std::fmt::Write as _;

use super::marks::Mark;
use super::redline::Article;
use crate::model::text::Item;
use crate::redline::{Detail, Fate, Part, Source};

impl Article<'_, '_, '_> {
    pub(super) fn list(&mut self, part: &Part, parts: &[Part]) {
        let Source::List(_, list) = self.redline.source(part) else {
            return;
        };
        let labelled = list.items.first().is_some_and(|item| item.label.is_some());
        let tags = list_tags(list.start.is_some(), labelled);
        let (mut old, mut new) = self.redline.starts(parts, list.start);
        self.in_list(tags, parts, |this, part| {
            let (were, are) = this.redline.items_in(part);
            let value = if are > 0 { new } else { old }.filter(|_| !labelled);
            match &part.detail {
                Detail::Reflowed { old, new, lines } => this.reflowed(old, new, lines, true),
                _ => this.item(part, value),
            }
            old = old.map(|n| n.saturating_add(were));
            new = new.map(|n| n.saturating_add(are));
        });
    }

    pub(super) fn item(&mut self, part: &Part, value: Option<u64>) {
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
        self.marked_blocks(mark, false, |this| match &part.detail {
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

    pub(super) fn open_item(
        &mut self,
        item: &Item<'_>,
        class: &str,
        value: Option<u64>,
        gone: bool,
    ) {
        let value = value.map_or_else(String::new, |value| format!(" value=\"{value}\""));
        let anchor = item.label.as_ref().filter(|_| !gone && !self.writer.gone);
        let _ = write!(self.writer.out, "<li{class}{value}");
        match anchor {
            Some(label) => self.writer.open(" id=\"", &label.anchor),
            None => self.writer.out.push('>'),
        }
    }

    pub(super) fn item_inside(&mut self, item: &Item<'_>) {
        self.label(item);
        self.writer.blocks(&item.blocks);
    }

    pub(super) fn label(&mut self, item: &Item<'_>) {
        if let Some(label) = &item.label {
            self.writer.label(label);
        }
    }

    pub(super) fn entry(&mut self, part: &Part) {
        let source = self.redline.source(part);
        match (&part.detail, source) {
            (Detail::Parts(parts), _) => parts.iter().for_each(|inner| self.entry_part(inner)),
            (_, Source::Entry(entry)) => {
                let mark = Mark::of(part);
                for term in &entry.terms {
                    self.writer.out.push_str("<dt>");
                    self.marked_inlines(mark, term);
                    self.writer.out.push_str("</dt>\n");
                }
                for meaning in entry
                    .meanings
                    .iter()
                    .filter(|_| part.fate != Fate::MovedAway)
                {
                    self.writer.out.push_str("<dd>");
                    self.marked_blocks(mark, false, |this| this.writer.blocks(meaning));
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

    pub(super) fn entry_part(&mut self, part: &Part) {
        let mark = Mark::of(part);
        match (self.redline.source(part), &part.detail) {
            (source @ Source::Term(_), Detail::Words(words)) => self.leaf(source, words),
            (Source::Term(inlines), _) => {
                self.writer.out.push_str("<dt>");
                self.marked_inlines(mark, inlines);
                self.writer.out.push_str("</dt>\n");
            }
            (_, Detail::Parts(parts)) => {
                self.writer.out.push_str("<dd>");
                self.blocks(&parts.iter().collect::<Vec<_>>());
                self.writer.out.push_str("</dd>\n");
            }
            (Source::Meaning(blocks), _) => {
                self.writer.out.push_str("<dd>");
                self.marked_blocks(mark, false, |this| this.writer.blocks(blocks));
                self.writer.out.push_str("</dd>\n");
            }
            _ => {}
        }
    }
}

pub(super) fn list_tags(ordered: bool, labelled: bool) -> (&'static str, &'static str) {
    match (ordered, labelled) {
        (false, _) => ("<ul>\n", "</ul>\n"),
        (true, true) => ("<ol class=\"clauses\">\n", "</ol>\n"),
        (true, false) => ("<ol>\n", "</ol>\n"),
    }
}
