//! Blocks of raw HTML: parts that open, and harmless elements between blocks.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, TagEnd};

use super::blocks::Piece;
use super::inlines::Sink;
use super::raw_html::{self, Element};
use super::{Builder, DEEPEST};
use crate::diagnostic::{Span, rules};
use crate::model::text::{Block, BlockKind, Heading, Inline, Words};

/// Blocks while they are gathered, with the `<details>` that are open.
#[derive(Default)]
pub(super) struct Gathered<'s> {
    pub(super) pieces: Vec<Piece<'s>>,
    pub(super) open: Vec<OpenDetails<'s>>,
}

pub(super) struct OpenDetails<'s> {
    span: Span,
    summary: Option<Vec<Inline<'s>>>,
    blocks: Vec<Block<'s>>,
}

impl<'s> Gathered<'s> {
    pub(super) fn push(&mut self, kind: BlockKind<'s>, span: Span) {
        let block = Block { kind, span };
        match self.open.last_mut() {
            Some(details) => details.blocks.push(block),
            None => self.pieces.push(Piece::Block(block)),
        }
    }

    /// A heading; inside of a part that opens it begins no section.
    pub(super) fn push_heading(&mut self, level: HeadingLevel, heading: Heading<'s>) {
        if self.open.is_empty() {
            self.pieces.push(Piece::Heading(level, heading));
        } else {
            let span = heading.span;
            self.push(BlockKind::Subheading(heading), span);
        }
    }
}

/// A block of HTML as the parser gives it: without the marks of quotations and lists around it.
#[derive(Default)]
struct Html {
    text: String,
    /// Where each line begins, in the text and in the source.
    lines: Vec<(usize, usize)>,
}

impl Html {
    /// The bytes of the source that stand at bytes of the text.
    fn in_source(&self, range: &Range<usize>) -> Range<usize> {
        let byte = |at: usize| {
            let next = self.lines.partition_point(|(start, _)| *start <= at);
            let (start, source) = next.checked_sub(1).map_or((0, 0), |line| self.lines[line]);
            source + (at - start)
        };
        let start = byte(range.start);
        start..byte(range.end).max(start)
    }
}

impl<'s> Builder<'s> {
    /// The harmless elements of a block, in their order; the words between them are words, as
    /// CommonMark has it, not Markdown.
    pub(super) fn html_block(&mut self, gathered: &mut Gathered<'s>) {
        let html = self.html();
        let mut loose = Sink::default();
        let mut summary: Option<(Span, Sink<'s>)> = None;
        for (piece, range) in raw_html::pieces(&html.text) {
            let span = Span::new(html.in_source(&range));
            match piece {
                raw_html::Piece::Open(Element::Details, _) => {
                    self.flush(&mut loose, span, gathered);
                    self.open_details(span, gathered);
                }
                raw_html::Piece::Open(Element::Summary, _) => {
                    self.flush(&mut loose, span, gathered);
                    summary = Some((span, Sink::default()));
                }
                raw_html::Piece::Close(Element::Summary) => {
                    let words = summary.take().map(|(_, sink)| trimmed(sink.finish(self)));
                    self.set_summary(words, span, gathered);
                }
                raw_html::Piece::Close(Element::Details) => {
                    self.flush(&mut loose, span, gathered);
                    self.close_details(span, gathered);
                }
                piece => {
                    let sink = summary.as_mut().map_or(&mut loose, |(_, sink)| sink);
                    if piece == raw_html::Piece::Words {
                        sink.push(Inline::Words(Words::Owned(decoded(&html.text[range]))));
                    } else {
                        self.inline_piece(piece, span, sink);
                    }
                }
            }
        }
        if let Some((span, sink)) = summary {
            let help = "write `</summary>` after its words, before the next empty line";
            self.report(
                &rules::UNBALANCED_HTML,
                span,
                "<summary> has no end here",
                help,
            );
            sink.finish(self);
        }
        let end = html.text.len();
        self.flush(&mut loose, Span::new(html.in_source(&(0..end))), gathered);
    }

    fn html(&mut self) -> Html {
        let mut html = Html::default();
        for (event, range) in self.events.by_ref() {
            match event {
                Event::End(TagEnd::HtmlBlock) => break,
                Event::Html(line) | Event::Text(line) => {
                    html.lines.push((html.text.len(), range.start));
                    html.text.push_str(&line);
                }
                _ => {}
            }
        }
        html
    }

    /// Ends the paragraph of loose words, where there are any.
    fn flush(&mut self, loose: &mut Sink<'s>, span: Span, gathered: &mut Gathered<'s>) {
        let inlines = trimmed(std::mem::take(loose).finish(self));
        if !inlines.is_empty() {
            gathered.push(BlockKind::Paragraph(inlines), span);
        }
    }

    fn open_details(&mut self, span: Span, gathered: &mut Gathered<'s>) {
        if self.depth + gathered.open.len() >= DEEPEST {
            self.report_depth(span);
            self.refused.open("details");
            return;
        }
        gathered.open.push(OpenDetails {
            span,
            summary: None,
            blocks: Vec::new(),
        });
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
            return self.stray_end("details", span);
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

    pub(super) fn close_all_details(&mut self, gathered: &mut Gathered<'s>) {
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

/// Inlines without the white space at their ends; none where there is nothing else.
fn trimmed(mut inlines: Vec<Inline<'_>>) -> Vec<Inline<'_>> {
    let is_blank =
        |inline: &Inline<'_>| matches!(inline, Inline::Words(words) if words.trim().is_empty());
    while inlines.pop_if(|last| is_blank(last)).is_some() {}
    let start = inlines
        .iter()
        .position(|inline| !is_blank(inline))
        .unwrap_or(inlines.len());
    inlines.drain(..start);
    if let Some(Inline::Words(words)) = inlines.first_mut() {
        *words = Words::Owned(words.trim_start().to_owned());
    }
    if let Some(Inline::Words(words)) = inlines.last_mut() {
        *words = Words::Owned(words.trim_end().to_owned());
    }
    inlines
}

/// Words with their character references read (`&amp;` as `&`), which CommonMark leaves to a browser.
pub(super) fn decoded(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest
            .find(';')
            .filter(|end| *end < 40)
            .map_or(1, |end| end + 1);
        // The Markdown parser knows all names: a reference alone is a paragraph of one character.
        for event in pulldown_cmark::Parser::new(&rest[..end]) {
            if let Event::Text(text) = event {
                out.push_str(&text);
            }
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
