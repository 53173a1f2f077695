//! The HTML of a redline without what did not change: sections and blocks are taken from the HTML of the
//! new text when a page is made, so that a redline costs what changed and not what was kept.

use super::escape::push_href;
use super::{Kept, Markup, Reference};

/// The HTML of a redline: what changed, and which sections and blocks of the new text stand between.
#[derive(Clone, Debug, Default)]
pub struct Woven {
    pub(super) html: String,
    /// The links and pictures of what changed, in the order of the HTML.
    pub(super) references: Vec<Reference>,
    /// The bytes where a section or block of the new text goes, and which one.
    pub(super) kept: Vec<(usize, Kept)>,
}

impl Woven {
    /// The whole HTML: `text` is the new text with its addresses, `address` finds those of the
    /// redline's own links.
    pub fn fill(
        &self,
        text: &Markup,
        addresses: &[String],
        address: impl Fn(&Reference) -> String,
    ) -> String {
        let mut out = String::with_capacity(self.html.len() + text.html.len());
        let mut references = self.references.iter().peekable();
        let mut from = 0;
        let ends = [(self.html.len(), None)];
        let kept = self.kept.iter().map(|(at, kept)| (*at, Some(*kept)));
        for (to, kept) in kept.chain(ends) {
            while let Some(reference) = references.next_if(|reference| reference.at <= to) {
                out.push_str(&self.html[from..reference.at]);
                push_href(&mut out, &address(reference));
                from = reference.at;
            }
            out.push_str(&self.html[from..to]);
            from = to;
            if let Some(kept) = kept {
                text.fill_kept(kept, addresses, &mut out);
            }
        }
        out
    }

    /// How many bytes of HTML it holds.
    pub fn size(&self) -> usize {
        self.html.len()
    }

    /// Forgets the HTML.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether the HTML has been forgotten.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}
