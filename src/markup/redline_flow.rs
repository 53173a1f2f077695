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
    pub(super) fn reflowed(
        &mut self,
        old: &[NodeId],
        new: &[NodeId],
        lines: &[(NodeId, Vec<Word>)],
    ) {
        let is_list = |nodes: &Nodes<'_>, ids: &[NodeId]| {
            ids.iter()
                .any(|id| matches!(nodes.source(*id), Source::List(..)))
        };
        let was_table = old
            .iter()
            .any(|id| matches!(self.redline.old.source(*id), Source::Table(..)));
        let (was, is) = (
            is_list(self.redline.old, old),
            is_list(self.redline.new, new),
        );
        let key = match (was, is) {
            _ if was_table => "was_a_table",
            (false, true) => "made_a_list",
            (true, false) => "was_a_list",
            _ if new.len() > old.len() => "was_one",
            _ => "was_several",
        };
        let flowed: Flowed<'_> = lines
            .iter()
            .map(|(leaf, words)| (*leaf, words.as_slice()))
            .collect();
        let of_item = new
            .first()
            .is_some_and(|id| matches!(self.redline.new.source(*id), Source::Item(_)));
        if !of_item {
            self.remark(key, "");
        }
        let mut remark = of_item.then_some(key);
        for id in new {
            self.flowed(*id, &flowed, &mut remark);
        }
    }

    pub(super) fn flowed(
        &mut self,
        id: NodeId,
        words: &Flowed<'_>,
        remark: &mut Option<&'static str>,
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
}
