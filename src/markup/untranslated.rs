//! Blocks of a text in another language, for want of a translation: an element around each says which.

use std::fmt::Write as _;

use super::writer::Writer;
use crate::diagnostic::Span;
use crate::model::text::Block;

/// What stands in a text in another language, for want of a translation.
#[derive(Clone, Copy, Default)]
pub(crate) struct Untranslated<'a> {
    /// Where it stands in the expanded text.
    pub(crate) spans: &'a [Span],
    /// The attributes of the element around it.
    pub(crate) lang: &'a str,
}

impl Writer<'_> {
    /// A block; of one that has no translation, an element says in which language it is.
    pub(super) fn block_with_language(&mut self, block: &Block<'_>) {
        self.defining(block.span, |this| this.block_in_language(block));
    }

    fn block_in_language(&mut self, block: &Block<'_>) {
        let Untranslated { spans, lang } = self.untranslated;
        let own = block.span;
        if !spans
            .iter()
            .any(|span| span.start <= own.start && own.end <= span.end + 1)
        {
            return self.block(&block.kind);
        }
        self.untranslated = Untranslated::default();
        let _ = writeln!(self.out, "<div{lang}>");
        self.block(&block.kind);
        self.out.push_str("</div>\n");
        self.untranslated = Untranslated { spans, lang };
    }
}
