//! A text as one tree of nodes, sections, blocks and cells alike, each with its words and a
//! fingerprint, so that two texts can be laid side by side.

use std::ops::Range;

use super::styles::{Stretch, Style, Styles, Wrap};
use super::tokens::Token;
use crate::model::text::{
    Alignment, Block, Definition, Footnote, Heading, Inline, Item, Link, List, Section, Table, Text,
};

/// A node of a text, by its place in reading order.
pub type NodeId = usize;

/// What stands for a reference to a footnote among the words: its number is no word of the text.
pub(super) const NOTE: char = '\u{fffc}';

/// What a node is, with the piece of the text that it stands for.
#[derive(Clone, Copy, Debug)]
pub enum Source<'t> {
    /// The whole text.
    Text(&'t Text<'t>),
    /// A section: its heading, its blocks, the sections inside.
    Section(&'t Section<'t>),
    /// The heading of a section, or the title.
    Heading(&'t Heading<'t>),
    /// A paragraph.
    Paragraph(&'t Block<'t>, &'t [Inline<'t>]),
    /// Words of a list's item that are no paragraph of their own.
    Plain(&'t Block<'t>, &'t [Inline<'t>]),
    /// A heading that is no section's.
    Subheading(&'t Block<'t>, &'t Heading<'t>),
    /// Preformatted text.
    Code(&'t Block<'t>),
    /// A thematic break.
    Rule(&'t Block<'t>),
    /// A quotation.
    Quote(&'t Block<'t>),
    /// A part that the reader can open.
    Details(&'t Block<'t>),
    /// The words of it that stay visible.
    Summary(&'t [Inline<'t>]),
    /// A list.
    List(&'t Block<'t>, &'t List<'t>),
    /// An item of a list.
    Item(&'t Item<'t>),
    /// A list of definitions.
    Definitions(&'t Block<'t>),
    /// One entry of it: terms and meanings.
    Entry(&'t Definition<'t>),
    /// A term of an entry.
    Term(&'t [Inline<'t>]),
    /// A meaning of an entry.
    Meaning(&'t [Block<'t>]),
    /// A table.
    Table(&'t Block<'t>, &'t Table<'t>),
    /// A row of a table, or its header.
    Row {
        /// Whether it is the header.
        header: bool,
    },
    /// A cell of a row.
    Cell {
        /// Its words.
        inlines: &'t [Inline<'t>],
        /// How it is aligned.
        alignment: Alignment,
        /// Whether it is the header's.
        header: bool,
    },
    /// All footnotes.
    Footnotes,
    /// A footnote.
    Footnote(&'t Footnote<'t>),
}

impl Source<'_> {
    /// Whether it holds words itself, and no other nodes.
    pub fn is_leaf(self) -> bool {
        matches!(
            self,
            Self::Heading(_)
                | Self::Paragraph(..)
                | Self::Plain(..)
                | Self::Subheading(..)
                | Self::Code(_)
                | Self::Rule(_)
                | Self::Summary(_)
                | Self::Term(_)
                | Self::Cell { .. }
        )
    }

    /// Whether it can stand alone as a block, before or after another.
    pub(super) fn stands_alone(self) -> bool {
        matches!(
            self,
            Self::Paragraph(..)
                | Self::Plain(..)
                | Self::Subheading(..)
                | Self::Code(_)
                | Self::Rule(_)
        )
    }

    /// Whether two nodes are alike enough in kind to be compared from the inside. Words of an item
    /// are a paragraph when the list is written with room between its items.
    pub(super) fn compares_with(self, other: Self) -> bool {
        let running = |source| matches!(source, Source::Paragraph(..) | Source::Plain(..));
        // Whether a list has numbers is layout.
        let list = |source| matches!(source, Source::List(..));
        let same = self.kind() == other.kind() || (list(self) && list(other));
        (running(self) && running(other)) || same
    }

    /// Whether it holds items or rows, each of which says a thing of its own.
    pub(super) fn is_rowed(self) -> bool {
        matches!(
            self,
            Self::List(..) | Self::Table(..) | Self::Definitions(_)
        )
    }

    /// A number for the kind, also for whether a list is ordered and a row the header.
    pub(super) fn kind(self) -> u8 {
        match self {
            Self::Text(_) => 0,
            Self::Section(_) => 1,
            Self::Heading(_) => 2,
            Self::Paragraph(..) | Self::Plain(..) => 3,
            Self::Subheading(..) => 4,
            Self::Code(_) => 5,
            Self::Rule(_) => 6,
            Self::Quote(_) => 7,
            Self::Details(_) => 8,
            Self::Summary(_) => 9,
            Self::List(_, list) => 10 + u8::from(list.start.is_some()),
            Self::Item(_) => 12,
            Self::Definitions(_) => 13,
            Self::Entry(_) => 14,
            Self::Term(_) => 15,
            Self::Meaning(_) => 16,
            Self::Table(..) => 17,
            Self::Row { header } => 18 + u8::from(header),
            Self::Cell { header, .. } => 20 + u8::from(header),
            Self::Footnotes => 22,
            Self::Footnote(_) => 23,
        }
    }
}

#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) source: Source<'t>,
    /// The node that it stands right in.
    pub(super) parent: Option<NodeId>,
    /// The node after its last descendant.
    pub(super) end: NodeId,
    /// Its words and those of its descendants.
    pub(super) words: Range<usize>,
    /// Of a leaf: the stretches of its words in one style.
    pub(super) stretches: Range<usize>,
    /// The same for nodes of one kind with the same words, links and inner nodes.
    pub(super) print: u64,
}

/// A text's nodes.
#[derive(Debug)]
pub struct Nodes<'t> {
    pub(super) list: Vec<Node<'t>>,
    pub(super) sections: Vec<NodeId>,
    /// The words of all leaves, with a line break after each. White space is folded but for that of
    /// preformatted text.
    pub(super) words: String,
    pub(super) stretches: Vec<Stretch>,
    pub(super) styles: Styles<'t>,
}

impl<'t> Nodes<'t> {
    /// The node that is the whole text.
    pub const ROOT: NodeId = 0;

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none: never, the text itself is one.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What a node is.
    pub fn source(&self, id: NodeId) -> Source<'t> {
        self.list[id].source
    }

    /// The nodes right below one, in reading order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.list[id].end;
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.list[child].end;
            Some(child)
        })
    }

    /// Which of the text's sections a node is, in reading order.
    pub fn section_place(&self, id: NodeId) -> Option<usize> {
        self.sections.binary_search(&id).ok()
    }

    /// The sections of the text, in reading order.
    pub(super) fn sections(&self) -> &[NodeId] {
        &self.sections
    }

    /// The sections inside of one, whatever their depth, in reading order.
    pub(super) fn sections_inside(&self, id: NodeId) -> &[NodeId] {
        let inside = self.subtree(id);
        let start = self.sections.partition_point(|other| *other <= id);
        let end = self.sections.partition_point(|other| *other < inside.end);
        &self.sections[start..end]
    }

    /// Whether a node stands somewhere below another.
    pub(super) fn is_inside(&self, id: NodeId, around: NodeId) -> bool {
        id != around && self.subtree(around).contains(&id)
    }

    /// How many sections a section stands in, and itself.
    pub fn depth(&self, id: NodeId) -> usize {
        let around = std::iter::successors(Some(id), |id| self.parent(*id));
        around.filter(|id| *id != Self::ROOT).count()
    }

    /// The section, or the text, that a node stands right in.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.list[id].parent
    }

    /// The list that an item stands in.
    pub fn list_of(&self, id: NodeId) -> Option<NodeId> {
        let is_item = matches!(self.source(id), Source::Item(_));
        self.parent(id).filter(|_| is_item)
    }

    /// How many items stand before one in its list; of what is no item, none.
    pub(super) fn items_before(&self, id: NodeId) -> usize {
        let list = self.list_of(id);
        let items = list.into_iter().flat_map(|list| self.children(list));
        items.take_while(|item| *item != id).count()
    }

    /// The number of an item, if its list has numbers.
    pub fn item_number(&self, id: NodeId) -> Option<u64> {
        let Source::List(_, list) = self.source(self.list_of(id)?) else {
            return None;
        };
        let before = u64::try_from(self.items_before(id)).unwrap_or(u64::MAX);
        list.start.map(|start| start.saturating_add(before))
    }

    /// A node and everything below it, in reading order.
    pub fn subtree(&self, id: NodeId) -> Range<NodeId> {
        id..self.list[id].end
    }

    /// The leaves of a node, itself if it is one, in reading order.
    pub fn leaves(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.subtree(id)
            .filter(|id| self.list[*id].source.is_leaf())
    }

    /// The words of a node: its leaves are divided by line breaks.
    pub fn words(&self, id: NodeId) -> &str {
        self.words[self.list[id].words.clone()].trim_end()
    }

    /// What a section says before the sections inside.
    pub(super) fn words_before_sections(&self, id: NodeId) -> &str {
        let words = &self.list[id].words;
        let first = self.sections_inside(id).first();
        &self.words[words.start..first.map_or(words.end, |first| self.list[*first].words.start)]
    }

    /// Where the words of a node stand among the text's.
    pub(super) fn place(&self, id: NodeId) -> Range<usize> {
        self.list[id].words.clone()
    }

    /// Whether a token is one of a node's words.
    pub(super) fn holds(&self, id: NodeId, token: Token) -> bool {
        self.list[id].words.contains(&token.start())
    }

    /// How much a node says, in bytes.
    pub(super) fn weight(&self, id: NodeId) -> usize {
        self.list[id].words.len()
    }

    /// The same for nodes of one kind with the same words, links and inner nodes.
    pub(super) fn print(&self, id: NodeId) -> u64 {
        self.list[id].print
    }

    pub(super) fn stretches(&self, id: NodeId) -> &[Stretch] {
        &self.stretches[self.list[id].stretches.clone()]
    }

    /// The elements around words of a style, outermost first, each with a name of its own.
    pub fn wraps(&self, style: Style) -> Vec<(Style, Wrap<'t>)> {
        self.styles.wraps(style)
    }

    /// The link around words of a style.
    pub fn link(&self, style: Style) -> Option<&'t Link<'t>> {
        self.styles.link(style)
    }
}
