//! Writes a text's tree as HTML.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::escape::{push, push_attribute, push_href};
use super::terms::Terms;
use super::{BlockPlace, Clause, Markup, Origin, Reference, Untranslated, contents, narrow};
use crate::diagnostic::Span;
use crate::model::text::{
    Block, BlockKind, Heading, Inline, InlineTag, Item, Label, Link, List, Section, Text, plain,
};
use crate::theme::Strings;

/// The deepest heading that HTML has.
pub(super) const DEEPEST_HEADING: usize = 6;

/// Writes a text. `origin` leads from a span of it to a source; `size` is how long it is.
pub(crate) fn write(
    text: &Text<'_>,
    strings: &Strings,
    size: usize,
    untranslated: Untranslated<'_>,
    origin: &dyn Fn(Span) -> Origin,
) -> Markup {
    let mut writer = Writer::new(strings, size, origin);
    writer.untranslated = untranslated;
    writer.terms = Terms::of(text);
    if let Some(title) = &text.title {
        // The page's heading is the theme's; the anchor that links use stays here.
        writer.open("<span id=\"", &title.anchor);
        writer.out.push_str("</span>");
        writer.aliases(title);
        writer.out.push('\n');
    }
    writer.text(text);
    let terms = writer.term_index();
    writer.out.shrink_to_fit();
    let mut contents = String::new();
    contents::push(&mut contents, &text.sections);
    Markup {
        html: writer.out,
        contents,
        terms,
        references: writer.references,
        clauses: writer.clauses,
        blocks: writer.places,
        noted: writer.noted.into_iter().collect(),
    }
}

pub(super) struct Writer<'a> {
    pub(super) out: String,
    pub(super) strings: &'a Strings,
    pub(super) origin: &'a dyn Fn(Span) -> Origin,
    pub(super) references: Vec<Reference>,
    pub(super) tables: usize,
    /// Where each section stands in what is written, in the order of the text.
    pub(super) clauses: Vec<Clause>,
    /// Where each block of a section stands in what is written.
    pub(super) places: Vec<BlockPlace>,
    /// Links do not stand inside links.
    pub(super) in_link: bool,
    /// Whether what is written is gone from the text, and only shown: it has no anchors, and links
    /// and pictures are words.
    pub(super) gone: bool,
    pub(super) untranslated: Untranslated<'a>,
    /// The terms that lead to their definitions, if any do.
    pub(super) terms: Option<Terms<'a>>,
    /// The footnote references that are written: number and occurrence.
    pub(super) noted: BTreeSet<(usize, usize)>,
}

impl<'a> Writer<'a> {
    /// Writes what is about `size` bytes long.
    pub(super) fn new(
        strings: &'a Strings,
        size: usize,
        origin: &'a dyn Fn(Span) -> Origin,
    ) -> Self {
        Self {
            out: String::with_capacity(size + size / 2),
            strings,
            origin,
            references: Vec::new(),
            tables: 0,
            clauses: Vec::new(),
            places: Vec::new(),
            in_link: false,
            gone: false,
            untranslated: Untranslated::default(),
            terms: None,
            noted: BTreeSet::new(),
        }
    }

    /// All of a text but its title.
    pub(super) fn text(&mut self, text: &Text<'_>) {
        self.blocks(&text.preamble);
        self.sections(&text.sections, 2);
        self.footnotes(&text.footnotes, "");
    }

    pub(super) fn sections(&mut self, sections: &[Section<'_>], level: usize) {
        for section in sections {
            let clause = self.clauses.len();
            self.clauses.push(Clause {
                html: self.out.len()..0,
                references: self.references.len()..0,
                tables: self.tables,
                after_heading: 0,
                blocks: 0..0,
            });
            self.open("<section class=\"clause\" id=\"", &section.heading.anchor);
            self.without_terms(|this| this.heading(section, level.min(DEEPEST_HEADING)));
            self.clauses[clause].after_heading = self.out.len();
            self.enter(section);
            let first = self.places.len();
            self.own_blocks(&section.blocks);
            self.clauses[clause].blocks = first..self.places.len();
            self.sections(&section.sections, level + 1);
            self.leave();
            self.out.push_str("</section>\n");
            let (html, references) = (self.out.len(), self.references.len());
            self.clauses[clause].html.end = html;
            self.clauses[clause].references.end = references;
        }
    }

    /// The blocks of a section.
    fn own_blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            let (html, references) = (self.out.len(), self.references.len());
            self.block_with_language(block);
            self.places.push(BlockPlace {
                html: narrow(html)..narrow(self.out.len()),
                references: narrow(references)..narrow(self.references.len()),
                tables: narrow(self.tables),
            });
        }
    }

    pub(super) fn heading(&mut self, section: &Section<'_>, level: usize) {
        let _ = write!(self.out, "<h{level}>");
        self.aliases(&section.heading);
        if let Some(number) = &section.number {
            let _ = write!(self.out, "<span class=\"number\">{number}</span> ");
        }
        self.inlines(&section.heading.inlines);
        if !self.gone {
            self.permalink(&section.heading);
        }
        let _ = writeln!(self.out, "</h{level}>");
    }

    /// Former anchors of a heading: a browser that looks for one comes to the heading.
    pub(super) fn aliases(&mut self, heading: &Heading<'_>) {
        let gone = self.gone;
        for alias in heading.aliases.iter().filter(|_| !gone) {
            self.open("<span id=\"", alias);
            self.out.push_str("</span>");
        }
    }

    /// The link of a section to itself. Its label does not say the heading again, in which it is read.
    pub(super) fn permalink(&mut self, heading: &Heading<'_>) {
        self.out.push_str(" <a class=\"permalink\" href=\"#");
        push_href(&mut self.out, &heading.anchor);
        self.out.push_str("\" aria-label=\"");
        push_attribute(&mut self.out, self.strings.get("permalink"));
        self.out.push_str("\">#</a>");
    }

    pub(super) fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            self.block_with_language(block);
        }
    }

    pub(super) fn block(&mut self, kind: &BlockKind<'_>) {
        match kind {
            BlockKind::Paragraph(inlines) => self.wrapped("p", inlines),
            BlockKind::Plain(inlines) => self.inlines(inlines),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Code(code) => {
                self.out.push_str("<pre tabindex=\"0\"><code>");
                push(&mut self.out, code);
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Details { summary, blocks } => {
                self.out.push_str("<details>");
                self.without_terms(|this| this.wrapped("summary", summary));
                self.blocks(blocks);
                self.out.push_str("</details>\n");
            }
            BlockKind::Subheading(heading) => {
                self.open_anchored("p class=\"subheading\"", &heading.anchor);
                self.aliases(heading);
                self.out.push_str("<strong>");
                self.without_terms(|this| this.inlines(&heading.inlines));
                self.out.push_str("</strong></p>\n");
            }
            BlockKind::Rule => self.out.push_str("<hr>\n"),
        }
    }

    pub(super) fn wrapped(&mut self, element: &str, inlines: &[Inline<'_>]) {
        let _ = write!(self.out, "<{element}>");
        self.inlines(inlines);
        let _ = writeln!(self.out, "</{element}>");
    }

    /// An element with an anchor, unless it is gone.
    pub(super) fn open_anchored(&mut self, element: &str, anchor: &str) {
        let _ = write!(self.out, "<{element}");
        if self.gone {
            self.out.push('>');
        } else {
            self.open(" id=\"", anchor);
        }
    }

    /// An element that is opened up to its `id`.
    pub(super) fn open(&mut self, start: &str, id: &str) {
        self.out.push_str(start);
        push_attribute(&mut self.out, id);
        self.out.push_str("\">");
    }

    fn list(&mut self, list: &List<'_>) {
        let labelled = list.items.first().is_some_and(|item| item.label.is_some());
        match list.start {
            None => self.out.push_str("<ul>\n"),
            Some(_) if labelled => self.out.push_str("<ol class=\"clauses\">\n"),
            Some(1) => self.out.push_str("<ol>\n"),
            Some(start) => {
                let _ = writeln!(self.out, "<ol start=\"{start}\">");
            }
        }
        for item in &list.items {
            self.item(item);
        }
        self.out.push_str(if list.start.is_none() {
            "</ul>\n"
        } else {
            "</ol>\n"
        });
    }

    fn item(&mut self, item: &Item<'_>) {
        match &item.label {
            None => self.out.push_str("<li>"),
            Some(label) => {
                self.open_anchored("li", &label.anchor);
                self.label(label);
            }
        }
        self.blocks(&item.blocks);
        self.out.push_str("</li>\n");
    }

    pub(super) fn label(&mut self, label: &Label) {
        if self.gone {
            let _ = write!(self.out, "<span class=\"number\">{}</span> ", label.text);
            return;
        }
        self.out.push_str("<a class=\"number\" href=\"#");
        push_href(&mut self.out, &label.anchor);
        let _ = write!(self.out, "\">{}</a> ", label.text);
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline<'_>]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline<'_>) {
        match inline {
            Inline::Words(words) => self.words(words),
            Inline::SoftBreak => self.out.push('\n'),
            Inline::HardBreak => self.out.push_str("<br>\n"),
            Inline::Emphasis(inner) => self.element("em", inner),
            Inline::Strong(inner) => self.element("strong", inner),
            Inline::Struck(inner) => self.element("s", inner),
            Inline::Code(code) => {
                self.out.push_str("<code>");
                push(&mut self.out, code);
                self.out.push_str("</code>");
            }
            Inline::Link(link) => self.link(link),
            Inline::Image {
                source,
                alternative,
                span,
            } => self.image(source, alternative, *span),
            Inline::FootnoteReference { number, occurrence } => {
                self.footnote_reference(*number, *occurrence);
            }
            Inline::Element {
                tag: InlineTag::Abbr,
                title: Some(title),
                inlines,
            } => {
                self.open("<abbr title=\"", title);
                self.inlines(inlines);
                self.out.push_str("</abbr>");
            }
            Inline::Element { tag, inlines, .. } => self.element(tag.name(), inlines),
            Inline::BreakOpportunity => self.out.push_str("<wbr>"),
            Inline::TaskBox(done) => self.out.push_str(if *done { "☑ " } else { "☐ " }),
        }
    }

    fn element(&mut self, name: &str, inlines: &[Inline<'_>]) {
        let _ = write!(self.out, "<{name}>");
        self.inlines(inlines);
        let _ = write!(self.out, "</{name}>");
    }

    fn link(&mut self, link: &Link<'_>) {
        if self.in_link || self.gone {
            return self.inlines(&link.inlines);
        }
        self.in_link = true;
        self.open_link(link);
        if plain(&link.inlines).trim().is_empty() {
            // A link without words cannot be followed by somebody who hears the page.
            push(&mut self.out, &link.destination);
        }
        self.inlines(&link.inlines);
        self.out.push_str("</a>");
        self.in_link = false;
    }

    pub(super) fn open_link(&mut self, link: &Link<'_>) {
        self.out.push_str("<a href=\"");
        self.reference(&link.destination, link.span, false);
        if !link.title.is_empty() {
            self.out.push_str("\" title=\"");
            push_attribute(&mut self.out, &link.title);
        }
        self.out.push_str("\">");
    }

    pub(super) fn image(&mut self, source: &str, alternative: &str, span: Span) {
        if self.gone {
            return push(&mut self.out, alternative);
        }
        self.out.push_str("<img src=\"");
        self.reference(source, span, true);
        self.out.push_str("\" alt=\"");
        push_attribute(&mut self.out, alternative);
        self.out.push_str("\">");
    }

    /// Leaves room for an address.
    pub(super) fn reference(&mut self, destination: &str, span: Span, image: bool) {
        self.references.push(Reference {
            at: self.out.len(),
            destination: destination.into(),
            origin: (self.origin)(span),
            image,
        });
    }
}
