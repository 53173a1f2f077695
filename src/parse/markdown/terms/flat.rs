//! Running text as one string, with the places of what is set off from it.

use std::ops::Range;

use memchr::{memchr2_iter, memchr3_iter};

use super::phrases::{Verb, verb};
use crate::model::text::{Inline, InlineTag, Link};

/// Running text without its markup, white space folded; a line break stays one.
#[derive(Default)]
pub(super) struct Flat {
    pub(super) text: String,
    /// Where bold, emphasised and underlined words stand.
    pub(super) marked: Vec<Range<usize>>,
}

impl Flat {
    pub(super) fn of(inlines: &[Inline<'_>]) -> Self {
        let mut flat = Self::default();
        flat.push_all(inlines);
        let end = flat.text.trim_end().len();
        flat.text.truncate(end);
        for mark in &mut flat.marked {
            *mark = mark.start.min(end)..mark.end.min(end);
        }
        flat
    }

    fn push_all(&mut self, inlines: &[Inline<'_>]) {
        for inline in inlines {
            self.push(inline);
        }
    }

    fn push(&mut self, inline: &Inline<'_>) {
        match inline {
            Inline::Words(words) | Inline::Code(words) => self.push_words(words),
            Inline::SoftBreak => self.push_words(" "),
            Inline::HardBreak if self.text.ends_with('\n') => {}
            Inline::HardBreak => self.text.push('\n'),
            Inline::Strong(inner) | Inline::Emphasis(inner) => self.push_marked(inner),
            Inline::Element {
                tag: InlineTag::U,
                inlines,
                ..
            } => self.push_marked(inlines),
            Inline::Link(Link { inlines, .. }) | Inline::Element { inlines, .. } => {
                self.push_all(inlines);
            }
            Inline::Struck(_)
            | Inline::Image { .. }
            | Inline::FootnoteReference { .. }
            | Inline::BreakOpportunity
            | Inline::TaskBox(_) => {}
        }
    }

    fn push_marked(&mut self, inlines: &[Inline<'_>]) {
        let start = self.text.len();
        self.push_all(inlines);
        self.marked.push(start..self.text.len());
    }

    fn push_words(&mut self, words: &str) {
        for (at, run) in words.split(char::is_whitespace).enumerate() {
            let apart = at > 0 && !self.text.is_empty() && !self.text.ends_with([' ', '\n']);
            if apart {
                self.text.push(' ');
            }
            self.text.push_str(run);
        }
    }
}

/// Whether inlines begin with words that are set off.
pub(super) fn begins_marked(inlines: &[Inline<'_>]) -> bool {
    matches!(
        inlines.first(),
        Some(Inline::Strong(_) | Inline::Emphasis(_))
    ) || matches!(
        inlines.first(),
        Some(Inline::Element {
            tag: InlineTag::U,
            ..
        })
    )
}

/// Whether inlines may define a term: most do not, and need not be looked at any further.
pub(super) fn may_define(inlines: &[Inline<'_>]) -> bool {
    let marked = |at: usize| follows_verb(inlines.get(at + 1));
    inlines.iter().enumerate().any(|(at, inline)| match inline {
        Inline::Words(words) => has_quotation(words.as_bytes()),
        Inline::Strong(inner) | Inline::Emphasis(inner) => marked(at) || may_define(inner),
        Inline::Element { tag, inlines, .. } => {
            (*tag == InlineTag::U && marked(at)) || may_define(inlines)
        }
        Inline::Link(link) => may_define(&link.inlines),
        _ => false,
    })
}

fn follows_verb(next: Option<&Inline<'_>>) -> bool {
    matches!(next, Some(Inline::Words(words)) if verb(words) != Verb::None)
}

/// Whether a sign that opens a quotation stands in words.
fn has_quotation(words: &[u8]) -> bool {
    let opens = |at: usize| match &words[at..] {
        [b'"', ..] | [0xC2, 0xAB | 0xBB, ..] | [0xE3, 0x80, 0x8C, ..] => true,
        [0xE2, 0x80, sign, ..] => matches!(sign, 0x98 | 0x9C..=0x9E | 0xB9),
        // An apostrophe is no quotation.
        [b'\'', ..] => at > 0 && matches!(words[at - 1], b'(' | b' '),
        _ => false,
    };
    memchr3_iter(b'"', b'\'', 0xE2, words).any(opens) || memchr2_iter(0xC2, 0xE3, words).any(opens)
}
