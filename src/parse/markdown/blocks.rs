//! Blocks: paragraphs, lists, tables, quotations, definitions, parts that open.

use std::ops::Range;
use std::rc::Rc;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::inlines::{Sink, is_inline};
use super::raw_html::{self, Element};
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

/// Blocks while they are gathered, with the `<details>` that are open.
#[derive(Default)]
struct Gathered<'s> {
    pieces: Vec<Piece<'s>>,
    open: Vec<OpenDetails<'s>>,
}

struct OpenDetails<'s> {
    span: Span,
    summary: Option<Vec<Inline<'s>>>,
    blocks: Vec<Block<'s>>,
}

impl<'s> Gathered<'s> {
    fn push(&mut self, kind: BlockKind<'s>, span: Span) {
        let block = Block { kind, span };
        match self.open.last_mut() {
            Some(details) => details.blocks.push(block),
            None => self.pieces.push(Piece::Block(block)),
        }
    }
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
                    self.heading(level, id.as_deref(), &range, &mut gathered);
                }
                Event::Start(Tag::HtmlBlock) => self.html_block(&range, &mut gathered),
                Event::Start(Tag::FootnoteDefinition(label)) => self.footnote(&label, &range),
                event if is_inline(&event) => {
                    let inlines = self.loose_inlines(event, &range);
                    gathered.push(BlockKind::Plain(inlines), self.span(&range));
                }
                Event::Start(tag) => {
                    if let Some(kind) = self.block(tag, &range) {
                        gathered.push(kind, self.span(&range));
                    }
                }
                Event::Rule => gathered.push(BlockKind::Rule, self.span(&range)),
                _ => {}
            }
        }
        self.close_all_details(&mut gathered);
        gathered.pieces
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        range: &Range<usize>,
        gathered: &mut Gathered<'s>,
    ) {
        let inlines = self.inlines(range, TagEnd::Heading(level));
        let heading = Heading {
            inlines,
            anchor: id.unwrap_or_default().to_owned(),
            span: self.span(range),
        };
        if gathered.open.is_empty() {
            gathered.pieces.push(Piece::Heading(level, heading));
        } else {
            let span = heading.span;
            gathered.push(BlockKind::Subheading(heading), span);
        }
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
        let span = self.span(range);
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

    /// A block of HTML: the harmless elements, with the words between them read as Markdown.
    fn html_block(&mut self, range: &Range<usize>, gathered: &mut Gathered<'s>) {
        for (event, _) in self.events.by_ref() {
            if event == Event::End(TagEnd::HtmlBlock) {
                break;
            }
        }
        let mut loose = Sink::default();
        let mut summary: Option<(Span, Sink<'s>)> = None;
        let source: &'s str = self.source;
        for (piece, at) in raw_html::pieces(&source[range.clone()]) {
            let bytes = range.start + at.start..range.start + at.end;
            let span = self.span(&bytes);
            match piece {
                raw_html::Piece::Open(Element::Details, _) => {
                    gathered.open.push(OpenDetails {
                        span,
                        summary: None,
                        blocks: Vec::new(),
                    });
                }
                raw_html::Piece::Open(Element::Summary, _) => {
                    summary = Some((span, Sink::default()));
                }
                raw_html::Piece::Close(Element::Summary) => {
                    let words = summary.take().map(|(_, sink)| sink.finish(self));
                    self.set_summary(words, span, gathered);
                }
                raw_html::Piece::Close(Element::Details) => self.close_details(span, gathered),
                piece => {
                    let sink = summary.as_mut().map_or(&mut loose, |(_, sink)| sink);
                    if piece == raw_html::Piece::Words {
                        self.words_between_tags(bytes, sink);
                    } else {
                        self.inline_piece(piece, span, sink);
                    }
                }
            }
        }
        if let Some((span, _)) = summary {
            self.report(
                &rules::UNBALANCED_HTML,
                span,
                "<summary> has no end here",
                "write `</summary>` after its words, before the next empty line",
            );
        }
        let inlines = loose.finish(self);
        if !inlines.is_empty() {
            gathered.push(BlockKind::Paragraph(inlines), self.span(range));
        }
    }

    /// Words between the tags of an HTML block, which CommonMark leaves unread.
    fn words_between_tags(&mut self, bytes: Range<usize>, sink: &mut Sink<'s>) {
        let source: &'s str = self.source;
        let text = source[bytes.clone()].trim();
        if text.is_empty() {
            return;
        }
        let start = bytes.start + source[bytes].find(text).unwrap_or(0);
        let mut part = Builder::new(text, self.base + start, Rc::clone(&self.problems));
        part.depth = self.depth;
        for piece in part.top_level() {
            if let Piece::Block(Block {
                kind: BlockKind::Paragraph(inlines),
                ..
            }) = piece
            {
                inlines.into_iter().for_each(|inline| sink.push(inline));
            } else {
                let span = part.span(&(0..text.len()));
                let message = "only running text can stand directly between HTML tags";
                part.report(
                    &rules::UNBALANCED_HTML,
                    span,
                    message,
                    "leave an empty line before and after it",
                );
            }
        }
    }

    fn set_summary(
        &mut self,
        words: Option<Vec<Inline<'s>>>,
        span: Span,
        gathered: &mut Gathered<'s>,
    ) {
        match (words, gathered.open.last_mut()) {
            (Some(words), Some(details))
                if details.summary.is_none() && details.blocks.is_empty() =>
            {
                details.summary = Some(words);
            }
            _ => {
                let help = "write one `<summary>words</summary>` right after `<details>`";
                self.report(
                    &rules::UNBALANCED_HTML,
                    span,
                    "<summary> does not stand at the start of a <details>",
                    help,
                );
            }
        }
    }

    fn close_details(&mut self, span: Span, gathered: &mut Gathered<'s>) {
        let Some(details) = gathered.open.pop() else {
            return self.report_stray_end("details", span);
        };
        let Some(summary) = details.summary else {
            let help = "write `<summary>words</summary>` right after `<details>`: the words that stay visible";
            return self.report(
                &rules::UNBALANCED_HTML,
                details.span,
                "<details> has no <summary>",
                help,
            );
        };
        gathered.push(
            BlockKind::Details {
                summary,
                blocks: details.blocks,
            },
            details.span,
        );
    }

    fn close_all_details(&mut self, gathered: &mut Gathered<'s>) {
        while let Some(details) = gathered.open.last() {
            let span = details.span;
            let help = "write `</details>` on a line of its own, with an empty line before it";
            self.report(
                &rules::UNBALANCED_HTML,
                span,
                "<details> has no end here",
                help,
            );
            self.close_details(span, gathered);
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
