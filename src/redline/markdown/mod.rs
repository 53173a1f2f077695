//! A redline as Markdown, for pull requests: `<ins>` and `<del>` around words, what did not change
//! collapsed, remarks as quotations.

mod paper;

use super::lines::heading_pieces;
use super::pieces::{Piece, said};
use super::{
    Compared, Detail, Fate, Look, NodeId, Nodes, Part, Redline, Source, Version, Word, counted,
};
use crate::model::text::Item;
use paper::{Outer, Paper, escaped, push_row};

/// Writes what changed in short, then the text with its changes.
pub fn write(compared: &Compared, redline: &Redline<'_, '_>) -> String {
    let mut writer = Writer {
        redline,
        paper: Paper::default(),
    };
    writer
        .paper
        .line(&format!("# {}", escaped(&compared.title)));
    let Some(old) = &compared.old else {
        writer.paper.line(&escaped(&compared.first_words()));
        return writer.paper.finish();
    };
    let versions = format!("From {} to {}.", named(old), named(&compared.new));
    writer.paper.line(&versions);
    writer.digest(&compared.new);
    writer.section(&redline.root, 0, Fate::Kept);
    writer.paper.finish()
}

fn named(version: &Version) -> String {
    format!("**{}** ({})", escaped(&version.id), version.words())
}

/// Gives the words of a leaf.
type Said<'s> = dyn Fn(NodeId) -> Vec<Piece> + 's;

struct Writer<'r> {
    redline: &'r Redline<'r, 'r>,
    paper: Paper,
}

impl<'r> Writer<'r> {
    fn digest(&mut self, new: &Version) {
        let changes = self.redline.changes();
        for said in new.summary.iter().chain(&new.reason) {
            self.paper.line(&format!("Summary: {}", escaped(said)));
        }
        self.paper.line(&format!("**{}**", changes.words()));
        for rename in &changes.renames {
            let (old, new) = (escaped(&rename.old), escaped(&rename.new));
            self.paper
                .line(&format!("“{old}” is now “{new}” throughout."));
        }
        if !changes.clauses.is_empty() {
            let rows = changes.clauses.iter().map(|clause| {
                let (name, words) = (escaped(&clause.name()), escaped(&clause.words()));
                format!("| {name} | {words} |")
            });
            let head = ["| Section | What changed |", "|---|---|"].map(str::to_owned);
            self.paper.lines(head.into_iter().chain(rows));
        }
        for impact in &changes.impacts {
            let titles = impact.clauses.iter().map(|(title, _)| escaped(title));
            let titles = titles.collect::<Vec<_>>().join("; ");
            let term = escaped(&impact.term);
            let what = if impact.newly {
                "is newly defined"
            } else {
                "means something else now"
            };
            let words = format!("“{term}” {what}. Unchanged words that use it: {titles}.");
            self.paper.line(&words);
        }
    }

    fn section(&mut self, part: &Part, depth: usize, around: Fate) {
        let Detail::Parts(parts) = &part.detail else {
            return self.sections(&[part], depth, around);
        };
        let is_section = |part: &&Part| self.redline.is_section(part);
        let (sections, own): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(is_section);
        let (footnotes, own): (Vec<&Part>, Vec<&Part>) = own
            .iter()
            .partition(|part| matches!(self.source(part), Source::Footnotes));
        let (heading, blocks): (Vec<&Part>, Vec<&Part>) = own
            .iter()
            .partition(|part| matches!(self.source(part), Source::Heading(_)));
        for heading in heading {
            let pieces = self.pieces(heading);
            self.heading(part, depth, pieces);
        }
        self.section_remarks(part, around);
        self.blocks(&blocks);
        self.sections(&sections, depth + 1, part.fate);
        self.blocks(&footnotes);
    }

    fn heading(&mut self, part: &Part, depth: usize, pieces: Vec<Piece>) {
        let pieces = heading_pieces(self.redline.number(part), pieces);
        self.paper.heading(depth, &pieces);
    }

    fn section_remarks(&mut self, part: &Part, around: Fate) {
        for remark in self.redline.section_remarks(part, around) {
            self.paper.remark(&remark.words());
        }
    }

    fn sections(&mut self, sections: &[&Part], depth: usize, around: Fate) {
        let redline = self.redline;
        let same = |part: &Part| !redline.is_changed(part);
        for run in sections.chunk_by(|a, b| same(a) && same(b)) {
            let depth = redline.depth(run[0], depth);
            if same(run[0]) {
                let names: Vec<String> =
                    run.iter().filter_map(|part| redline.named(part)).collect();
                let summary = format!("unchanged: {}", names.join("; "));
                self.paper.open(&summary);
                for part in run {
                    self.renumberings(part);
                    self.whole(part, depth);
                }
                self.paper.close();
            } else if run[0].fate == Fate::MovedAway {
                self.remark(run[0]);
            } else if matches!(run[0].detail, Detail::Whole) {
                // It moved, and is the same otherwise.
                self.section_remarks(run[0], around);
                self.whole(run[0], depth);
            } else {
                self.section(run[0], depth, around);
            }
        }
    }

    /// What a section that did not change, and those inside of it, were numbered.
    fn renumberings(&mut self, part: &Part) {
        if let (Some(was), Some(name)) = (self.redline.renumbered(part), self.redline.named(part)) {
            self.paper.remark(&format!("“{name}” was numbered {was}"));
        }
        if let Detail::Parts(parts) = &part.detail {
            parts.iter().for_each(|part| self.renumberings(part));
        }
    }

    /// Blocks in a row; those that did not change are collapsed.
    fn blocks(&mut self, blocks: &[&Part]) {
        let redline = self.redline;
        let same = |part: &Part| !redline.is_changed(part);
        for run in blocks.chunk_by(|a, b| same(a) && same(b)) {
            if same(run[0]) {
                let summary = format!("{} unchanged", counted(&redline.several(run)));
                self.paper.open(&summary);
                run.iter().for_each(|part| self.unchanged(part));
                self.paper.close();
            } else {
                self.block(run[0]);
            }
        }
    }

    fn unchanged(&mut self, part: &Part) {
        match (self.redline.torn(part), self.source(part)) {
            (Some(items), Source::List(_, list)) => self.items(items, list.start),
            _ => self.whole(part, 0),
        }
    }

    fn remark(&mut self, part: &Part) {
        if let Some(remark) = self.redline.remark(part) {
            self.paper.remark(&remark.words());
        }
    }

    fn block(&mut self, part: &Part) {
        self.remark(part);
        match &part.detail {
            _ if part.fate == Fate::MovedAway => {}
            Detail::Whole => self.whole(part, 0),
            Detail::Words(words) => {
                let pieces = self.redline.pieces(words);
                let source = self.source(part);
                self.paper.words(source, &pieces);
            }
            Detail::Parts(parts) => self.container(part, parts),
            Detail::Reflowed { new, lines, .. } => self.reflowed(new, lines),
        }
    }

    fn container(&mut self, part: &Part, parts: &[Part]) {
        match self.source(part) {
            Source::Table(..) => self.table(parts),
            Source::List(_, list) => self.items(parts, list.start),
            Source::Item(_) | Source::Quote(_) | Source::Footnote(_) => {
                let outer = self.begin(self.source(part), None);
                parts.iter().for_each(|part| self.block(part));
                self.paper.end(outer);
            }
            _ => parts.iter().for_each(|part| self.block(part)),
        }
    }

    /// Begins an item, a quotation or a footnote.
    fn begin(&mut self, source: Source<'_>, number: Option<u64>) -> Outer {
        match source {
            Source::Quote(_) => self.paper.begin_quote(),
            source => self.paper.begin_item(&label(source, number)),
        }
    }

    /// The items of a list that changed.
    fn items(&mut self, parts: &[Part], start: Option<u64>) {
        self.paper.new_list();
        let (mut old, mut new) = self.redline.starts(parts, start);
        for part in parts {
            let (were, are) = self.redline.items_in(part);
            self.item(part, if are > 0 { new } else { old });
            old = old.map(|n| n.saturating_add(were));
            new = new.map(|n| n.saturating_add(are));
        }
    }

    fn item(&mut self, part: &Part, number: Option<u64>) {
        if let (Detail::Reflowed { .. }, _) | (_, Fate::MovedAway) = (&part.detail, part.fate) {
            return self.block(part);
        }
        self.remark(part);
        let source = self.source(part);
        let outer = self.begin(source, number);
        if let Detail::Parts(parts) = &part.detail {
            parts.iter().for_each(|part| self.block(part));
        } else {
            let (nodes, id, look) = self.sided(part);
            let said = |leaf: NodeId| said(nodes, leaf, look);
            id.into_iter()
                .for_each(|id| self.inner(nodes, id, &said, 0));
        }
        self.paper.end(outer);
    }

    fn table(&mut self, rows: &[Part]) {
        let mut lines = Vec::new();
        for row in rows {
            if let Some(remark) = self.redline.remark(row) {
                push_row(
                    &mut lines,
                    &[vec![Piece::kept(format!("({})", remark.words()))]],
                );
            }
            if row.fate == Fate::MovedAway {
                continue;
            }
            let cells: Vec<Vec<Piece>> = if let Detail::Parts(cells) = &row.detail {
                cells.iter().map(|cell| self.pieces(cell)).collect()
            } else {
                let (nodes, id, look) = self.sided(row);
                cells(nodes, id, look)
            };
            push_row(&mut lines, &cells);
        }
        self.paper.lines(lines);
    }

    /// Words that flowed into other blocks, or into other items of the list at hand.
    fn reflowed(&mut self, ids: &[NodeId], lines: &[(NodeId, Vec<Word>)]) {
        let nodes = self.redline.new;
        let said = self.redline.flowed(lines);
        for id in ids {
            if let item @ Source::Item(_) = nodes.source(*id) {
                let outer = self.begin(item, nodes.item_number(*id));
                self.inner(nodes, *id, &said, 0);
                self.paper.end(outer);
            } else {
                self.node(nodes, *id, &said, 0);
            }
        }
    }

    fn whole(&mut self, part: &Part, depth: usize) {
        let (nodes, id, look) = self.sided(part);
        if let Some(id) = id {
            self.node(nodes, id, &|leaf| said(nodes, leaf, look), depth);
        }
    }

    /// The text that a part is read from, and how it looks.
    fn sided(&self, part: &Part) -> (&'r Nodes<'r>, Option<NodeId>, Look) {
        match part.fate {
            Fate::Deleted => (self.redline.old, part.old, Look::Deleted),
            Fate::Inserted => (self.redline.new, part.new, Look::Inserted),
            _ => (self.redline.new, part.new, Look::Kept),
        }
    }

    /// A node with everything below it; `said` gives the words of its leaves.
    fn node(&mut self, nodes: &Nodes<'_>, id: NodeId, said: &Said<'_>, depth: usize) {
        let source = nodes.source(id);
        match source {
            Source::Section(section) => {
                for child in nodes.children(id) {
                    if let Source::Heading(_) = nodes.source(child) {
                        let pieces = said(child);
                        let pieces = heading_pieces(section.number.clone(), pieces);
                        self.paper.heading(depth, &pieces);
                    } else {
                        self.node(nodes, child, said, depth + 1);
                    }
                }
            }
            Source::Table(..) => {
                let mut lines = Vec::new();
                for row in nodes.children(id) {
                    push_row(
                        &mut lines,
                        &nodes.children(row).map(said).collect::<Vec<_>>(),
                    );
                }
                self.paper.lines(lines);
            }
            Source::List(_, list) => {
                self.paper.new_list();
                for (at, child) in (0u64..).zip(nodes.children(id)) {
                    let number = list.start.map(|start| start.saturating_add(at));
                    let outer = self.begin(nodes.source(child), number);
                    self.inner(nodes, child, said, depth);
                    self.paper.end(outer);
                }
            }
            Source::Item(_) | Source::Quote(_) | Source::Footnote(_) => {
                let outer = self.begin(source, None);
                self.inner(nodes, id, said, depth);
                self.paper.end(outer);
            }
            _ if source.is_leaf() => self.paper.words(source, &said(id)),
            _ => self.inner(nodes, id, said, depth),
        }
    }

    fn inner(&mut self, nodes: &Nodes<'_>, id: NodeId, said: &Said<'_>, depth: usize) {
        for child in nodes.children(id) {
            self.node(nodes, child, said, depth);
        }
    }

    fn pieces(&self, part: &Part) -> Vec<Piece> {
        if let Detail::Words(words) = &part.detail {
            return self.redline.pieces(words);
        }
        let (nodes, id, look) = self.sided(part);
        id.map_or_else(Vec::new, |id| said(nodes, id, look))
    }

    fn source(&self, part: &Part) -> Source<'r> {
        self.redline.source(part)
    }
}

/// What stands before the words of an item or a footnote. Markdown would count items that are gone,
/// too, so numbers stand among the words.
fn label(source: Source<'_>, number: Option<u64>) -> String {
    let label = match (source, number) {
        (Source::Footnote(note), _) => Some(format!("[{}]", note.number)),
        (
            Source::Item(Item {
                label: Some(label), ..
            }),
            _,
        ) => Some(label.text.clone()),
        (_, number) => number.map(|number| format!("{number}.")),
    };
    label.map_or_else(String::new, |label| format!("{} ", escaped(&label)))
}

fn cells(nodes: &Nodes<'_>, row: Option<NodeId>, look: Look) -> Vec<Vec<Piece>> {
    let cells = row.into_iter().flat_map(|row| nodes.children(row));
    cells.map(|cell| said(nodes, cell, look)).collect()
}
