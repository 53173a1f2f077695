//! Blocks: paragraphs, lists, tables, quotations, definitions, parts that open.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::html_blocks::Gathered;
use super::inlines::is_inline;
use super::{Builder, words};
use crate::diagnostic::{Span, rules};
use crate::model::text::{
    Alignment, Block, BlockKind, Definition, Heading, Inline, Item, List, Table,
};

/// What a text's top level is made of.
pub(super) enum Piece<'s> {
    /// A heading with its level in the source. Its anchor is the one written out, or empty.
    Heading(HeadingLevel, Heading<'s>),
    /// Any other block.
    Block(Block<'s>),
}

impl<'s> Builder<'s> {
    /// All blocks of the text.
    pub(super) fn top_level(&mut self) -> Vec<Piece<'s>> {
        self.pieces(None)
    }

    /// The blocks up to the end of a tag, which is consumed.
    fn blocks(&mut self, range: &Range<usize>, until: TagEnd) -> Vec<Block<'s>> {
        if !self.descend(range, until) {
            return Vec::new();
        }
        let pieces = self.pieces(Some(until));
        self.depth -= 1;
        let block = |piece| match piece {
            Piece::Block(block) => block,
            Piece::Heading(_, heading) => {
                let span = heading.span;
                Block {
                    kind: BlockKind::Subheading(heading),
                    span,
                }
            }
        };
        pieces.into_iter().map(block).collect()
    }

    fn pieces(&mut self, until: Option<TagEnd>) -> Vec<Piece<'s>> {
        let mut gathered = Gathered::default();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(end) if Some(end) == until => break,
                Event::Start(Tag::Heading { level, id, .. }) => {
                    let heading = self.heading(level, id.as_deref(), &range);
                    gathered.push_heading(level, heading);
                }
                Event::Start(Tag::HtmlBlock) => self.html_block(&mut gathered),
                Event::Start(Tag::FootnoteDefinition(label)) => self.footnote(&label, &range),
                event if is_inline(&event) => {
                    let inlines = self.loose_inlines(event, &range);
                    gathered.push(BlockKind::Plain(inlines), Span::new(range.clone()));
                }
                Event::Start(tag) => {
                    if let Some(kind) = self.block(tag, &range) {
                        gathered.push(kind, Span::new(range.clone()));
                    }
                }
                Event::Rule => gathered.push(BlockKind::Rule, Span::new(range.clone())),
                _ => {}
            }
        }
        self.close_all_details(&mut gathered);
        gathered.pieces
    }

    fn block(&mut self, tag: Tag<'s>, range: &Range<usize>) -> Option<BlockKind<'s>> {
        let end = tag.to_end();
        Some(match tag {
            Tag::Paragraph => BlockKind::Paragraph(self.inlines(range, end)),
            Tag::BlockQuote(_) => BlockKind::Quote(self.blocks(range, end)),
            Tag::CodeBlock(_) => BlockKind::Code(self.code()),
            Tag::List(start) => BlockKind::List(List {
                start,
                items: self.items(end),
            }),
            Tag::Table(alignments) => BlockKind::Table(self.table(&alignments, end)),
            Tag::DefinitionList => BlockKind::Definitions(self.definitions(end)),
            _ => return None,
        })
    }

    fn code(&mut self) -> String {
        let mut code = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(text) => code.push_str(&words(text)),
                _ => {}
            }
        }
        code
    }

    fn items(&mut self, until: TagEnd) -> Vec<Item<'s>> {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(end) if end == until => break,
                Event::Start(Tag::Item) => {
                    items.push(Item {
                        label: None,
                        blocks: self.blocks(&range, TagEnd::Item),
                    });
                }
                _ => {}
            }
        }
        items
    }

    fn table(&mut self, alignments: &[pulldown_cmark::Alignment], until: TagEnd) -> Table<'s> {
        let mut table = Table {
            alignments: alignments.iter().copied().map(alignment).collect(),
            header: Vec::new(),
            rows: Vec::new(),
        };
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::End(end) if end == until => break,
                Event::Start(Tag::TableHead) => table.header = self.cells(TagEnd::TableHead),
                Event::Start(Tag::TableRow) => {
                    let row = self.cells(TagEnd::TableRow);
                    table.rows.push(row);
                }
                _ => {}
            }
        }
        table
    }

    fn cells(&mut self, until: TagEnd) -> Vec<Vec<Inline<'s>>> {
        let mut cells = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(end) if end == until => break,
                Event::Start(Tag::TableCell) => cells.push(self.inlines(&range, TagEnd::TableCell)),
                _ => {}
            }
        }
        cells
    }

    fn definitions(&mut self, until: TagEnd) -> Vec<Definition<'s>> {
        let mut definitions: Vec<Definition<'s>> = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(end) if end == until => break,
                Event::Start(Tag::DefinitionListTitle) => {
                    let term = self.inlines(&range, TagEnd::DefinitionListTitle);
                    match definitions.last_mut() {
                        Some(open) if open.meanings.is_empty() => open.terms.push(term),
                        _ => definitions.push(Definition {
                            terms: vec![term],
                            meanings: Vec::new(),
                        }),
                    }
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let meaning = self.blocks(&range, TagEnd::DefinitionListDefinition);
                    if let Some(open) = definitions.last_mut() {
                        open.meanings.push(meaning);
                    }
                }
                _ => {}
            }
        }
        definitions
    }

    fn footnote(&mut self, label: &str, range: &Range<usize>) {
        let blocks = self.blocks(range, TagEnd::FootnoteDefinition);
        let span = Span::new(range.clone());
        if !self.footnotes.define(label, span, blocks) {
            let message = format!("there are two footnotes `{label}`");
            self.report(
                &rules::DUPLICATE_FOOTNOTE,
                span,
                message,
                "give one of them another label",
            );
        }
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
