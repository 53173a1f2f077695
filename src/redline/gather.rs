//! Gathering the nodes of a text in reading order, each with its words and its fingerprint.

use std::hash::{BuildHasher as _, Hash as _, Hasher as _};

use foldhash::fast::{FixedState, FoldHasher};

use super::nodes::{Node, NodeId, Nodes, Source};
use super::styles::{Style, Styles};
use crate::model::text::{Block, BlockKind, Definition, Heading, Inline, Section, Table, Text};

impl<'t> Nodes<'t> {
    /// The nodes of a text. Its title is its own, or else the one that something outside of it says.
    pub fn of(text: &'t Text<'t>, title: Option<&'t Heading<'t>>) -> Self {
        let mut gatherer = Gatherer {
            nodes: Self {
                // A policy of a few pages fits without moving.
                list: Vec::with_capacity(512),
                sections: Vec::new(),
                words: String::with_capacity(32 << 10),
                stretches: Vec::with_capacity(512),
                styles: Styles::default(),
            },
            start: 0,
            first: 0,
            around: None,
            links: hasher(),
        };
        gatherer.text(text, text.title.as_ref().or(title));
        gatherer.nodes
    }
}

/// A hasher that gives the same numbers in every run. They are compared within one run only.
pub(super) fn hasher() -> FoldHasher {
    FixedState::default().build_hasher()
}

/// Gathers the nodes of a text in reading order.
pub(super) struct Gatherer<'t> {
    pub(super) nodes: Nodes<'t>,
    /// Where the words of the leaf at hand begin.
    pub(super) start: usize,
    /// The first of its stretches.
    pub(super) first: usize,
    /// The node that is being filled.
    around: Option<NodeId>,
    /// What the words of the leaf at hand do not say: where its links lead, what its pictures show.
    pub(super) links: FoldHasher,
}

impl<'t> Gatherer<'t> {
    fn text(&mut self, text: &'t Text<'t>, title: Option<&'t Heading<'t>>) {
        self.node(Source::Text(text), |this| {
            if let Some(title) = title {
                this.leaf(Source::Heading(title), &title.inlines);
            }
            this.blocks(&text.preamble);
            text.sections
                .iter()
                .for_each(|section| this.section(section));
            if !text.footnotes.is_empty() {
                this.node(Source::Footnotes, |this| {
                    for footnote in &text.footnotes {
                        this.node(Source::Footnote(footnote), |this| {
                            this.blocks(&footnote.blocks);
                        });
                    }
                });
            }
        });
    }

    fn section(&mut self, section: &'t Section<'t>) {
        self.nodes.sections.push(self.nodes.list.len());
        self.node(Source::Section(section), |this| {
            this.leaf(Source::Heading(&section.heading), &section.heading.inlines);
            this.blocks(&section.blocks);
            section
                .sections
                .iter()
                .for_each(|inner| this.section(inner));
        });
    }

    fn blocks(&mut self, blocks: &'t [Block<'t>]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'t Block<'t>) {
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.leaf(Source::Paragraph(block, inlines), inlines),
            BlockKind::Plain(inlines) => self.leaf(Source::Plain(block, inlines), inlines),
            BlockKind::Subheading(heading) => {
                self.leaf(Source::Subheading(block, heading), &heading.inlines);
            }
            BlockKind::Rule => self.leaf(Source::Rule(block), &[]),
            BlockKind::Code(code) => self.code(block, code),
            BlockKind::Quote(blocks) => {
                self.node(Source::Quote(block), |this| this.blocks(blocks));
            }
            BlockKind::Details { summary, blocks } => self.node(Source::Details(block), |this| {
                this.leaf(Source::Summary(summary), summary);
                this.blocks(blocks);
            }),
            BlockKind::List(list) => self.node(Source::List(block, list), |this| {
                for item in &list.items {
                    this.node(Source::Item(item), |this| this.blocks(&item.blocks));
                }
            }),
            BlockKind::Definitions(definitions) => {
                self.node(Source::Definitions(block), |this| {
                    definitions.iter().for_each(|entry| this.entry(entry));
                });
            }
            BlockKind::Table(table) => self.node(Source::Table(block, table), |this| {
                this.row(table, &table.header, true);
                table
                    .rows
                    .iter()
                    .for_each(|row| this.row(table, row, false));
            }),
        }
    }

    fn entry(&mut self, entry: &'t Definition<'t>) {
        self.node(Source::Entry(entry), |this| {
            for term in &entry.terms {
                this.leaf(Source::Term(term), term);
            }
            for meaning in &entry.meanings {
                this.node(Source::Meaning(meaning), |this| this.blocks(meaning));
            }
        });
    }

    fn row(&mut self, table: &'t Table<'t>, cells: &'t [Vec<Inline<'t>>], header: bool) {
        self.node(Source::Row { header }, |this| {
            for (inlines, alignment) in cells.iter().zip(&table.alignments) {
                let alignment = *alignment;
                let cell = Source::Cell {
                    inlines,
                    alignment,
                    header,
                };
                this.leaf(cell, inlines);
            }
        });
    }

    fn node(&mut self, source: Source<'t>, fill: impl FnOnce(&mut Self)) {
        let (id, start) = self.open(source);
        let around = self.around.replace(id);
        fill(self);
        self.around = around;
        let mut print = hasher();
        source.kind().hash(&mut print);
        for child in self.nodes.children_of_open(id) {
            self.nodes.list[child].print.hash(&mut print);
        }
        self.close(id, start, print.finish());
    }

    fn leaf(&mut self, source: Source<'t>, inlines: &'t [Inline<'t>]) {
        let (id, start) = self.open(source);
        (self.start, self.first, self.links) = (start, self.nodes.stretches.len(), hasher());
        self.inlines(inlines, Style::PLAIN);
        self.close_leaf(id, start);
    }

    fn code(&mut self, block: &'t Block<'t>, code: &'t str) {
        let (id, start) = self.open(Source::Code(block));
        (self.start, self.first, self.links) = (start, self.nodes.stretches.len(), hasher());
        // Preformatted text means its white space: where it alone changes, that is a change.
        code.hash(&mut self.links);
        self.nodes.words.push_str(code);
        self.close_leaf(id, start);
    }

    fn open(&mut self, source: Source<'t>) -> (NodeId, usize) {
        let (id, start) = (self.nodes.list.len(), self.nodes.words.len());
        self.nodes.list.push(Node {
            source,
            parent: self.around,
            end: id,
            words: start..start,
            stretches: 0..0,
            print: 0,
        });
        (id, start)
    }

    fn close(&mut self, id: NodeId, start: usize, print: u64) {
        let (end, words) = (self.nodes.list.len(), start..self.nodes.words.len());
        let node = &mut self.nodes.list[id];
        (node.end, node.words, node.print) = (end, words, print);
    }

    fn close_leaf(&mut self, id: NodeId, start: usize) {
        let folded = self.nodes.words[start..].trim_end().len();
        self.nodes.words.truncate(start + folded);
        let mut print = hasher();
        self.nodes.list[id].source.kind().hash(&mut print);
        self.nodes.words[start..].hash(&mut print);
        self.links.finish().hash(&mut print);
        self.nodes.words.push('\n');
        self.close(id, start, print.finish());
        self.nodes.list[id].stretches = self.first..self.nodes.stretches.len();
    }
}

impl Nodes<'_> {
    /// The children of a node whose end is not known yet: everything after it.
    fn children_of_open(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = (next < self.list.len()).then_some(next)?;
            next = self.list[child].end;
            Some(child)
        })
    }
}
