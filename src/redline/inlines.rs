//! Running text as words and styles: white space folded, elements remembered.

use std::hash::Hash as _;

use super::gather::Gatherer;
use super::nodes::NOTE;
use super::styles::{Stretch, Style, Wrap};
use crate::model::text::Inline;

impl<'t> Gatherer<'t> {
    pub(super) fn inlines(&mut self, inlines: &'t [Inline<'t>], style: Style) {
        for inline in inlines {
            self.inline(inline, style);
        }
    }

    fn inline(&mut self, inline: &'t Inline<'t>, style: Style) {
        match inline {
            Inline::Words(words) => self.push(words, style),
            Inline::SoftBreak | Inline::HardBreak => self.push(" ", style),
            Inline::Emphasis(inner) => self.wrapped(inner, style, Wrap::Emphasis),
            Inline::Strong(inner) => self.wrapped(inner, style, Wrap::Strong),
            Inline::Struck(inner) => self.wrapped(inner, style, Wrap::Struck),
            Inline::Element {
                tag,
                title,
                inlines,
            } => {
                let element = Wrap::Element(*tag, title.as_deref());
                self.wrapped(inlines, style, element);
            }
            Inline::Link(link) => {
                (self.nodes.words.len() - self.start, &link.destination).hash(&mut self.links);
                self.wrapped(&link.inlines, style, Wrap::Link(link));
            }
            Inline::Code(code) => {
                let style = self.nodes.styles.inside(style, Wrap::Code);
                self.push(code, style);
            }
            Inline::Image {
                source,
                alternative,
                span,
            } => {
                source.hash(&mut self.links);
                let span = *span;
                let style = self
                    .nodes
                    .styles
                    .inside(style, Wrap::Image { source, span });
                self.push(alternative, style);
            }
            Inline::FootnoteReference { number, occurrence } => {
                let (number, occurrence) = (*number, *occurrence);
                let note = Wrap::Note { number, occurrence };
                let style = self.nodes.styles.inside(style, note);
                self.push(NOTE.encode_utf8(&mut [0; 4]), style);
            }
            Inline::TaskBox(done) => self.push(if *done { "☑ " } else { "☐ " }, style),
            Inline::BreakOpportunity => {}
        }
    }

    fn wrapped(&mut self, inlines: &'t [Inline<'t>], outer: Style, wrap: Wrap<'t>) {
        let style = self.nodes.styles.inside(outer, wrap);
        self.inlines(inlines, style);
    }

    /// Appends words with their white space folded.
    pub(super) fn push(&mut self, words: &str, style: Style) {
        let out = &mut self.nodes.words;
        if is_folded(words) && !words.starts_with(' ') {
            out.push_str(words);
        } else {
            for c in words.chars() {
                if !c.is_whitespace() {
                    out.push(c);
                } else if out.len() > self.start && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
        }
        let end = out.len();
        match self.nodes.stretches[self.first..].last_mut() {
            Some(last) if last.style == style => last.end = end,
            _ => self.nodes.stretches.push(Stretch { end, style }),
        }
    }
}

/// Whether words have single spaces as their only white space.
fn is_folded(words: &str) -> bool {
    let bytes = words.as_bytes();
    // The first bytes of all white space but the space itself; most words have none of them.
    let may_be_space = |b: &u8| *b < b' ' || matches!(b, 0xc2 | 0xe1 | 0xe2 | 0xe3);
    let odd = bytes.iter().fold(false, |odd, b| odd | may_be_space(b));
    let no_other = || words.chars().all(|c| c == ' ' || !c.is_whitespace());
    memchr::memmem::find(bytes, b"  ").is_none() && (!odd || no_other())
}
