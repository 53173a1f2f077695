//! Running text: words, emphasis, links, footnote references, harmless HTML.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::raw_html::{self, Element, Piece, Refusal};
use super::{Builder, DEEPEST, words};
use crate::diagnostic::{Span, rules};
use crate::model::text::{Inline, InlineTag, Link, Words, plain};
use crate::parse::characters;

/// Inlines while they are gathered, with the HTML elements that are open.
#[derive(Default)]
pub(super) struct Sink<'s> {
    out: Vec<Inline<'s>>,
    open: Vec<OpenElement<'s>>,
}

/// An HTML element whose end has not come yet.
struct OpenElement<'s> {
    tag: InlineTag,
    title: Option<String>,
    span: Span,
    /// What stood before it.
    before: Vec<Inline<'s>>,
}

impl<'s> Sink<'s> {
    pub(super) fn push(&mut self, inline: Inline<'s>) {
        self.out.push(inline);
    }

    fn open(&mut self, tag: InlineTag, title: Option<String>, span: Span) {
        let before = std::mem::take(&mut self.out);
        self.open.push(OpenElement {
            tag,
            title,
            span,
            before,
        });
    }

    /// Ends an element. Whether it was the one that is open.
    fn close(&mut self, tag: InlineTag) -> bool {
        match self.open.pop_if(|open| open.tag == tag) {
            Some(open) => {
                self.end(open);
                true
            }
            None => false,
        }
    }

    fn end(&mut self, open: OpenElement<'s>) {
        let inlines = std::mem::replace(&mut self.out, open.before);
        self.out.push(Inline::Element {
            tag: open.tag,
            title: open.title,
            inlines,
        });
    }

    /// The inlines, after a complaint for each element that is still open.
    pub(super) fn finish(mut self, builder: &Builder<'s>) -> Vec<Inline<'s>> {
        while let Some(open) = self.open.pop() {
            let name = open.tag.name();
            let help =
                format!("write `</{name}>` in the same paragraph, after what it is meant for");
            builder.report(
                &rules::UNBALANCED_HTML,
                open.span,
                format!("<{name}> has no end here"),
                help,
            );
            self.end(open);
        }
        self.out
    }
}

impl<'s> Builder<'s> {
    /// The inlines up to the end of a tag, which is consumed.
    pub(super) fn inlines(&mut self, range: &Range<usize>, until: TagEnd) -> Vec<Inline<'s>> {
        if !self.descend(range, until) {
            return Vec::new();
        }
        let mut sink = Sink::default();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(end) if end == until => break,
                event => self.inline(event, &range, &mut sink),
            }
        }
        self.depth -= 1;
        sink.finish(self)
    }

    /// The inlines that stand in a block without a paragraph around them.
    pub(super) fn loose_inlines(
        &mut self,
        first: Event<'s>,
        range: &Range<usize>,
    ) -> Vec<Inline<'s>> {
        let mut sink = Sink::default();
        self.inline(first, range, &mut sink);
        while let Some((event, range)) = self.events.next_if(|(event, _)| is_inline(event)) {
            self.inline(event, &range, &mut sink);
        }
        sink.finish(self)
    }

    fn inline(&mut self, event: Event<'s>, range: &Range<usize>, sink: &mut Sink<'s>) {
        match event {
            Event::Text(text) => {
                self.check_footnote_brackets(&text, range);
                self.check_characters(&text, range);
                sink.push(Inline::Words(words(text)));
            }
            Event::Code(code) => sink.push(Inline::Code(words(code))),
            Event::SoftBreak => sink.push(Inline::SoftBreak),
            Event::HardBreak => sink.push(Inline::HardBreak),
            Event::TaskListMarker(done) => sink.push(Inline::TaskBox(done)),
            Event::FootnoteReference(label) => {
                let (number, occurrence) = self.footnotes.refer(&label);
                sink.push(Inline::FootnoteReference { number, occurrence });
            }
            Event::InlineHtml(html) => self.inline_html(&html, range.start, sink),
            Event::Start(tag) => self.inline_tag(tag, range, sink),
            // Mathematics and metadata are not asked for; block HTML and rules are blocks.
            _ => {}
        }
    }

    fn inline_tag(&mut self, tag: Tag<'s>, range: &Range<usize>, sink: &mut Sink<'s>) {
        let end = tag.to_end();
        match tag {
            Tag::Emphasis => sink.push(Inline::Emphasis(self.inlines(range, end))),
            Tag::Strong => sink.push(Inline::Strong(self.inlines(range, end))),
            Tag::Strikethrough => sink.push(Inline::Struck(self.inlines(range, end))),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.check_characters(&dest_url, range);
                self.check_characters(&title, range);
                let destination = match link_type {
                    LinkType::Email => Words::Owned(format!("mailto:{dest_url}")),
                    _ => words(dest_url),
                };
                let inlines = self.inlines(range, end);
                sink.push(Inline::Link(Link {
                    destination,
                    inlines,
                    title: words(title),
                    span: Span::new(range.clone()),
                }));
            }
            Tag::Image { dest_url, .. } => {
                let alternative = plain(&self.inlines(range, end));
                let span = Span::new(range.clone());
                sink.push(Inline::Image {
                    source: words(dest_url),
                    alternative,
                    span,
                });
            }
            _ => {
                let inlines = self.inlines(range, end);
                inlines.into_iter().for_each(|inline| sink.push(inline));
            }
        }
    }

    /// HTML in running text, which begins at byte `at`.
    pub(super) fn inline_html(&mut self, html: &str, at: usize, sink: &mut Sink<'s>) {
        for (piece, range) in raw_html::pieces(html) {
            let span = Span::new(at + range.start..at + range.end);
            self.inline_piece(piece, span, sink);
        }
    }

    pub(super) fn inline_piece(&mut self, piece: Piece, span: Span, sink: &mut Sink<'s>) {
        match piece {
            Piece::Open(Element::Inline(tag), title) => {
                if self.depth + sink.open.len() < DEEPEST {
                    sink.open(tag, title, span);
                } else {
                    self.report_depth(span);
                    self.refused.open(tag.name());
                }
            }
            Piece::Close(Element::Inline(tag)) => {
                if !sink.close(tag) {
                    self.stray_end(tag.name(), span);
                }
            }
            Piece::Open(element, _) | Piece::Close(element) => {
                let message = format!("<{}> stands inside a paragraph", element.name());
                let help = "put the tag on a line of its own, with an empty line before and after";
                self.report(&rules::UNBALANCED_HTML, span, message, help);
            }
            Piece::Break => sink.push(Inline::HardBreak),
            Piece::BreakOpportunity => sink.push(Inline::BreakOpportunity),
            Piece::Refused(refusal) => self.refuse(refusal, span),
            Piece::RefusedEnd(name) => self.stray_end(&name, span),
            Piece::Words | Piece::Comment => {}
        }
    }

    /// Tells of raw HTML that may not stand in a text: of a table or list once, not of each part.
    fn refuse(&mut self, refusal: Refusal, span: Span) {
        let is_part = refusal.opens.as_deref().is_some_and(|name| {
            let whole = |owners: &[&str]| owners.iter().any(|owner| self.refused.is_open(owner));
            match name {
                "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" => whole(&["table"]),
                "li" => whole(&["ul", "ol"]),
                _ => false,
            }
        });
        if let Some(name) = &refusal.opens {
            self.refused.open(name);
        }
        if !is_part {
            let message = format!("{} may not stand in a text", refusal.what);
            self.report(&rules::RAW_HTML, span, message, refusal.help);
        }
    }

    /// Tells of the end of an element that is not open here.
    pub(super) fn stray_end(&mut self, name: &str, span: Span) {
        if self.refused.close(name) {
            return;
        }
        let message = format!("</{name}> ends nothing that is open here");
        let help = format!("write `<{name}>` before it in the same paragraph, or remove it");
        self.report(&rules::UNBALANCED_HTML, span, message, help);
    }

    /// Character references (`&#1;`) can name what no source may hold.
    fn check_characters(&self, text: &CowStr<'_>, range: &Range<usize>) {
        if matches!(text, CowStr::Borrowed(_)) {
            return;
        }
        if let Some((_, found)) = characters::forbidden(text).next() {
            let message = format!("the character U+{:04X} is not for texts", u32::from(found));
            let span = Span::new(range.clone());
            self.report(
                &rules::CONTROL_CHARACTER,
                span,
                message,
                "remove the character reference",
            );
        }
    }

    /// A footnote reference without a footnote reaches us as words: `[` and then `^label`.
    fn check_footnote_brackets(&self, text: &str, range: &Range<usize>) {
        if text != "[" || !self.source[range.start..].starts_with("[^") {
            return;
        }
        let rest = &self.source[range.start + 2..];
        let Some(end) = rest.find(|c: char| c == ']' || c.is_whitespace()) else {
            return;
        };
        if end > 0 && rest[end..].starts_with(']') {
            let label = &rest[..end];
            let span = Span::new(range.start..range.start + 2 + end + 1);
            let message = format!("there is no footnote `{label}`");
            let help = format!(
                "add a line `[^{label}]: words`, or write `\\[^{label}]` if brackets are meant"
            );
            self.report(&rules::UNDEFINED_FOOTNOTE, span, message, help);
        }
    }
}

/// Whether an event belongs to running text.
pub(super) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::TaskListMarker(_)
        | Event::FootnoteReference(_)
        | Event::InlineHtml(_) => true,
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        _ => false,
    }
}
