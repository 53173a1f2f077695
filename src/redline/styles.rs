//! The elements around words: which of them are a link's, which are emphasised, and how.

use crate::diagnostic::Span;
use crate::model::text::{InlineTag, Link};

/// How words are styled, by its place in a text's list of styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style(usize);

impl Style {
    /// Words with nothing around them.
    pub const PLAIN: Self = Self(0);
}

/// An element around words.
#[derive(Clone, Copy, Debug)]
pub enum Wrap<'t> {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck text.
    Struck,
    /// Code.
    Code,
    /// A link.
    Link(&'t Link<'t>),
    /// One of the HTML elements that texts may use, and its `title`.
    Element(InlineTag, Option<&'t str>),
    /// A picture, for which its words stand.
    Image {
        /// Where it comes from, as written.
        source: &'t str,
        /// Where it stands in the expanded text.
        span: Span,
    },
    /// A reference to a footnote: its number, and which of the references to it this is.
    Note {
        /// The footnote's number.
        number: usize,
        /// 1 for the first reference to it.
        occurrence: usize,
    },
}

/// Words of a leaf in one style.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// The byte of the text's words after the last.
    pub(super) end: usize,
    pub(super) style: Style,
}

/// The styles of a text. Each occurrence of an element is one of its own, so that the words of one
/// link can be told from those of the next.
#[derive(Debug, Default)]
pub(super) struct Styles<'t> {
    list: Vec<(Style, Wrap<'t>)>,
}

impl<'t> Styles<'t> {
    /// A style inside of another.
    pub(super) fn inside(&mut self, outer: Style, wrap: Wrap<'t>) -> Style {
        self.list.push((outer, wrap));
        Style(self.list.len())
    }

    /// The elements of a style from the innermost outwards, each with the style that it gives.
    fn outwards(&self, style: Style) -> impl Iterator<Item = (Style, Wrap<'t>)> {
        let mut next = style;
        std::iter::from_fn(move || {
            let this = next;
            let (outer, wrap) = self.list.get(this.0.checked_sub(1)?)?;
            next = *outer;
            Some((this, *wrap))
        })
    }

    pub(super) fn wraps(&self, style: Style) -> Vec<(Style, Wrap<'t>)> {
        let mut wraps: Vec<(Style, Wrap<'t>)> = self.outwards(style).collect();
        wraps.reverse();
        wraps
    }

    pub(super) fn link(&self, style: Style) -> Option<&'t Link<'t>> {
        self.outwards(style).find_map(|(_, wrap)| match wrap {
            Wrap::Link(link) => Some(link),
            _ => None,
        })
    }
}
