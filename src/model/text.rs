//! A legal text as a tree: sections, blocks and inlines, each with its place.

use std::borrow::Cow;

use crate::diagnostic::Span;

/// Words, borrowed from the source wherever they stand there as they are.
pub type Words<'s> = Cow<'s, str>;

/// A whole text.
#[derive(Clone, Debug, Default)]
pub struct Text<'s> {
    /// The heading that is the text's title, if it has one.
    pub title: Option<Heading<'s>>,
    /// What stands before the first section.
    pub preamble: Vec<Block<'s>>,
    /// The sections of the first depth.
    pub sections: Vec<Section<'s>>,
    /// The footnotes that are referred to, in the order of their first reference.
    pub footnotes: Vec<Footnote<'s>>,
    /// The terms that it defines, in their order, each once.
    pub terms: Vec<Term>,
}

/// A term that a text defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its name, as the text writes it.
    pub name: String,
    /// The anchor of the innermost section that defines it; none before the first section.
    pub anchor: Option<String>,
    /// The plain words that define it, white space folded.
    pub definition: String,
    /// Whether it means that in its own section only: for the purposes of this section.
    pub local: bool,
    /// Whether the text defines the name again further down, so that it has more than one meaning.
    pub again: bool,
    /// Where it is defined in the expanded text: the name, or the block that holds it.
    pub span: Span,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading<'s> {
    /// Its words.
    pub inlines: Vec<Inline<'s>>,
    /// The anchor that leads to it; unique in the text.
    pub anchor: String,
    /// Anchors that lead to it beside its own, such as those it had before; each unique in the text.
    pub aliases: Vec<String>,
    /// Where it stands in the expanded text.
    pub span: Span,
}

impl Heading<'_> {
    /// Every anchor that leads to it, its own first.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.anchor)
            .chain(&self.aliases)
            .map(String::as_str)
    }
}

/// A section (a clause): a heading and what belongs to it.
#[derive(Clone, Debug)]
pub struct Section<'s> {
    /// Its heading.
    pub heading: Heading<'s>,
    /// Its number (`4.2`), in a numbered document.
    pub number: Option<String>,
    /// What stands before its first subsection.
    pub blocks: Vec<Block<'s>>,
    /// The sections inside.
    pub sections: Vec<Section<'s>>,
}

/// A block, and where it stands in the expanded text.
#[derive(Clone, Debug)]
pub struct Block<'s> {
    /// What it is.
    pub kind: BlockKind<'s>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of blocks.
#[derive(Clone, Debug)]
pub enum BlockKind<'s> {
    /// A paragraph.
    Paragraph(Vec<Inline<'s>>),
    /// Inlines that are no paragraph of their own: the words of a tight list's item.
    Plain(Vec<Inline<'s>>),
    /// A list.
    List(List<'s>),
    /// A table.
    Table(Table<'s>),
    /// A quotation.
    Quote(Vec<Block<'s>>),
    /// Preformatted text.
    Code(String),
    /// A list of definitions.
    Definitions(Vec<Definition<'s>>),
    /// A part that the reader can open: `<details>`.
    Details {
        /// The words that stay visible.
        summary: Vec<Inline<'s>>,
        /// What opens.
        blocks: Vec<Block<'s>>,
    },
    /// A heading inside of a list, a quotation or a part that opens: not a section of its own.
    Subheading(Heading<'s>),
    /// A thematic break.
    Rule,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List<'s> {
    /// The number of the first item, in an ordered list.
    pub start: Option<u64>,
    /// Its items.
    pub items: Vec<Item<'s>>,
}

/// An item of a list.
#[derive(Clone, Debug, Default)]
pub struct Item<'s> {
    /// Its label (`(b)`) and anchor, in a numbered document's ordered list.
    pub label: Option<Label>,
    /// What it says.
    pub blocks: Vec<Block<'s>>,
}

/// How a list's item is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As printed before the item: `(b)`.
    pub text: String,
    /// The anchor that leads to it; unique in the text.
    pub anchor: String,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table<'s> {
    /// How each column is aligned.
    pub alignments: Vec<Alignment>,
    /// The header's cells.
    pub header: Vec<Vec<Inline<'s>>>,
    /// The rows' cells.
    pub rows: Vec<Vec<Vec<Inline<'s>>>>,
}

/// How a table's column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the language reads.
    None,
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// One entry of a definition list: terms, and what they mean.
#[derive(Clone, Debug, Default)]
pub struct Definition<'s> {
    /// The terms.
    pub terms: Vec<Vec<Inline<'s>>>,
    /// Their meanings.
    pub meanings: Vec<Vec<Block<'s>>>,
}

/// A footnote.
#[derive(Clone, Debug)]
pub struct Footnote<'s> {
    /// Its number, counted from 1 by first reference.
    pub number: usize,
    /// What it says.
    pub blocks: Vec<Block<'s>>,
}

/// A piece of running text.
#[derive(Clone, Debug)]
pub enum Inline<'s> {
    /// Words.
    Words(Words<'s>),
    /// A line break in the source, which reads as a space.
    SoftBreak,
    /// A line break in the text.
    HardBreak,
    /// Emphasis.
    Emphasis(Vec<Inline<'s>>),
    /// Strong emphasis.
    Strong(Vec<Inline<'s>>),
    /// Struck text.
    Struck(Vec<Inline<'s>>),
    /// Code.
    Code(Words<'s>),
    /// A link.
    Link(Link<'s>),
    /// A picture.
    Image {
        /// Its source, as written.
        source: Words<'s>,
        /// What it shows, in words.
        alternative: String,
        /// Where it stands.
        span: Span,
    },
    /// A reference to a footnote: its number, and which of the references to it this is.
    FootnoteReference {
        /// The footnote's number.
        number: usize,
        /// 1 for the first reference to it.
        occurrence: usize,
    },
    /// One of the HTML elements that texts may use.
    Element {
        /// Which one.
        tag: InlineTag,
        /// Its `title`, which only `abbr` may have.
        title: Option<String>,
        /// What it holds.
        inlines: Vec<Inline<'s>>,
    },
    /// A place where a long word may be broken: `<wbr>`.
    BreakOpportunity,
    /// A task list's box.
    TaskBox(bool),
}

/// A link as the text has it.
#[derive(Clone, Debug)]
pub struct Link<'s> {
    /// Where it leads, as written.
    pub destination: Words<'s>,
    /// Its words.
    pub inlines: Vec<Inline<'s>>,
    /// What it says of itself beside its words; empty where it says nothing.
    pub title: Words<'s>,
    /// Where it stands in the expanded text.
    pub span: Span,
}

/// The HTML elements that may stand in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineTag {
    /// An abbreviation.
    Abbr,
    /// Superscript.
    Sup,
    /// Subscript.
    Sub,
    /// Small print.
    Small,
    /// Keyboard input.
    Kbd,
    /// Underlined words.
    U,
}

impl InlineTag {
    /// The elements by name.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("abbr", Self::Abbr),
        ("sup", Self::Sup),
        ("sub", Self::Sub),
        ("small", Self::Small),
        ("kbd", Self::Kbd),
        ("u", Self::U),
    ];

    /// The element's name.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .into_iter()
            .find(|(_, tag)| *tag == self)
            .map_or("", |(name, _)| name)
    }
}

/// The words of inlines without their markup, as a slug or a title needs them.
pub fn plain(inlines: &[Inline<'_>]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline<'_>], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Words(words) | Inline::Code(words) => out.push_str(words),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Element { inlines: inner, .. }
            | Inline::Link(Link { inlines: inner, .. }) => push_plain(inner, out),
            Inline::Image { alternative, .. } => out.push_str(alternative),
            Inline::FootnoteReference { .. } | Inline::BreakOpportunity | Inline::TaskBox(_) => {}
        }
    }
}
