//! Words that flowed into other blocks, as HTML: the new blocks with their words, and those that are gone.

use std::collections::BTreeMap;

use super::redline::Article;
use super::redline_lists::list_tags;
use super::tables::alignment_class;
use crate::redline::{NodeId, Nodes, Source, Word};

/// The words of leaves whose words came from elsewhere.
type Flowed<'w> = BTreeMap<NodeId, &'w [Word]>;

impl Article<'_, '_, '_> {
    /// Words that flowed into other blocks: the new blocks with their words, and those that are gone.
    /// Where they do not stand in a list, items among them are one.
    pub(super) fn reflowed(
        &mut self,
        old: &[NodeId],
        new: &[NodeId],
        lines: &[(NodeId, Vec<Word>)],
        in_list: bool,
    ) {
        let key = self.was(old, new);
        let flowed: Flowed<'_> = lines
            .iter()
            .map(|(leaf, words)| (*leaf, words.as_slice()))
            .collect();
        if !in_list {
            self.remark(key, "");
        }
        let mut remark = in_list.then_some(key);
        let nodes = self.redline.new;
        for ids in new.chunk_by(|a, b| nodes.list_of(*a) == nodes.list_of(*b)) {
            let around = nodes.list_of(ids[0]).filter(|_| !in_list);
            let (open, close) = around.map_or(("", ""), |id| tags_of(nodes.source(id)));
            self.writer.out.push_str(open);
            for id in ids {
                self.flowed(*id, &flowed, &mut remark, nodes.item_number(*id));
            }
            self.writer.out.push_str(close);
        }
    }

    /// The key of the theme's words for what blocks were.
    fn was(&self, old: &[NodeId], new: &[NodeId]) -> &'static str {
        let (before, after) = (self.redline.old, self.redline.new);
        let any = |nodes: &Nodes<'_>, ids: &[NodeId], is: fn(Source<'_>) -> bool| {
            ids.iter().any(|id| is(nodes.source(*id)))
        };
        let is_list = |source: Source<'_>| matches!(source, Source::List(..));
        let (was, is) = (any(before, old, is_list), any(after, new, is_list));
        let of_items = any(before, old, |source| matches!(source, Source::Item(_)));
        let of_others = any(before, old, |source| !matches!(source, Source::Item(_)));
        match (was, is) {
            _ if any(before, old, |source| matches!(source, Source::Table(..))) => "was_a_table",
            (true, false) => "was_a_list",
            _ if of_items && of_others => "was_several_parts",
            _ if of_items && old.len() == 1 => "was_one_item",
            _ if of_items => "was_several_items",
            (false, true) => "made_a_list",
            _ if old.len() == 1 => "was_one",
            _ => "was_several",
        }
    }

    pub(super) fn flowed(
        &mut self,
        id: NodeId,
        words: &Flowed<'_>,
        remark: &mut Option<&'static str>,
        number: Option<u64>,
    ) {
        let nodes = self.redline.new;
        let source = nodes.source(id);
        if source.is_leaf() {
            let said = words.get(&id).copied().unwrap_or_default();
            return match source {
                Source::Cell {
                    alignment, header, ..
                } => {
                    let class = alignment_class(alignment);
                    let (open, close) = if header {
                        (format!("<th scope=\"col\"{class}>"), "</th>")
                    } else {
                        (format!("<td{class}>"), "</td>")
                    };
                    self.paragraph(&open, &self.redline.runs(said), close);
                }
                _ => self.leaf(source, said),
            };
        }
        let (open, close) = match source {
            Source::List(..) => tags_of(source),
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
            let value = number.filter(|_| item.label.is_none());
            self.open_item(item, "", value, false);
            if let Some(key) = remark.take() {
                self.remark(key, "");
            }
            self.label(item);
        }
        if let Source::Table(..) = source {
            self.writer.open_table();
        }
        for child in nodes.children(id) {
            self.flowed(child, words, remark, None);
        }
        self.writer.out.push_str(close);
    }
}

/// The tags of a list.
fn tags_of(source: Source<'_>) -> (&'static str, &'static str) {
    let Source::List(_, list) = source else {
        return ("", "");
    };
    let labelled = list.items.first().is_some_and(|item| item.label.is_some());
    list_tags(list.start.is_some(), labelled)
}
