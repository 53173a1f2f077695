//! What the rest of a site has to know of a text: its title, its anchors, its links.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Place, Severity, rules};
use crate::model::text::{Block, BlockKind, Inline, Section, Text, plain};
use crate::model::{document::TextFile, text};
use crate::parse::markdown::{self, Request};
use crate::parse::placeholders::{Expanded, SourceMap};

/// The outline of one text.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The title.
    pub title: String,
    /// The anchors, sorted.
    pub anchors: Vec<Box<str>>,
    /// Links and pictures as written, with their places.
    pub links: Vec<Reference>,
}

/// A link or picture of a text.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where it leads, as written.
    pub destination: Box<str>,
    /// Where it stands.
    pub place: Place,
    /// Whether it is a picture.
    pub image: bool,
}

impl Outline {
    /// Whether the text has an anchor.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors
            .binary_search_by(|known| (**known).cmp(anchor))
            .is_ok()
    }
}

/// How a text is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'r> {
    /// Whether clauses are numbered.
    pub(crate) numbered: bool,
    /// The title that the front matter or the document says.
    pub(crate) title: Option<&'r str>,
    /// Whether it is a draft, whose errors stop nothing.
    pub(crate) draft: bool,
    /// Whether it may be without words: the front page may.
    pub(crate) may_be_empty: bool,
}

impl<'r> Reading<'r> {
    pub(crate) fn request(&self) -> Request<'r> {
        Request {
            numbered: self.numbered,
            title: self.title,
        }
    }
}

/// The outline of an expanded text, and every problem in it.
pub(crate) fn of(
    file: &TextFile,
    expanded: &Expanded<'_>,
    reading: Reading<'_>,
) -> (Outline, Vec<Diagnostic>) {
    let parsed = markdown::parse(&expanded.text, reading.request());
    let located = parsed.problems.into_iter().map(|problem| {
        Diagnostic::new(
            problem.rule,
            expanded.map.place(problem.span),
            problem.message,
            problem.help,
        )
    });
    let mut problems: Vec<Diagnostic> = expanded.problems.iter().cloned().chain(located).collect();
    check_words(file, &parsed.text, reading, &mut problems);
    let mut collector = Collector {
        map: &expanded.map,
        outline: Outline::default(),
    };
    collector.text(&parsed.text);
    let mut outline = collector.outline;
    outline.title = title(&parsed.text, reading)
        .unwrap_or_default()
        .into_owned();
    outline.anchors.sort_unstable();
    if reading.draft {
        problems
            .iter_mut()
            .for_each(|problem| problem.severity = Severity::Warning);
    }
    (outline, problems)
}

/// The title of a text: what was said outside of it, else its own.
fn title<'a>(text: &Text<'_>, reading: Reading<'a>) -> Option<Cow<'a, str>> {
    let own = || {
        text.title
            .as_ref()
            .map(|heading| Cow::Owned(plain(&heading.inlines)))
    };
    reading.title.map(Cow::Borrowed).or_else(own)
}

fn check_words(
    file: &TextFile,
    text: &Text<'_>,
    reading: Reading<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    // A placeholder that failed leaves no text: that is what has to be mended then.
    if problems
        .iter()
        .any(|problem| problem.rule == &rules::PLACEHOLDER)
    {
        return;
    }
    if title(text, reading).is_none_or(|title| title.trim().is_empty()) {
        let help = "add `title = \"…\"` to the front matter, or begin the text with `# Title`";
        problems.push(Diagnostic::new(
            &rules::NO_TITLE,
            Place::file(&file.path),
            "this text has no title",
            help,
        ));
    }
    if text.preamble.is_empty() && text.sections.is_empty() && !reading.may_be_empty {
        let help = "write the text, or remove the file";
        problems.push(Diagnostic::new(
            &rules::EMPTY_TEXT,
            Place::file(&file.path),
            "this text has no words",
            help,
        ));
    }
}

struct Collector<'m> {
    map: &'m SourceMap,
    outline: Outline,
}

impl Collector<'_> {
    fn text(&mut self, text: &Text<'_>) {
        if let Some(title) = &text.title {
            self.anchor(&title.anchor);
            self.inlines(&title.inlines);
        }
        self.blocks(&text.preamble);
        self.sections(&text.sections);
        for footnote in &text.footnotes {
            self.blocks(&footnote.blocks);
        }
    }

    fn sections(&mut self, sections: &[Section<'_>]) {
        for section in sections {
            self.anchor(&section.heading.anchor);
            self.inlines(&section.heading.inlines);
            self.blocks(&section.blocks);
            self.sections(&section.sections);
        }
    }

    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn block(&mut self, kind: &BlockKind<'_>) {
        match kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => self.inlines(inlines),
            BlockKind::Quote(blocks) => self.blocks(blocks),
            BlockKind::Details { summary, blocks } => {
                self.inlines(summary);
                self.blocks(blocks);
            }
            BlockKind::Subheading(heading) => {
                self.anchor(&heading.anchor);
                self.inlines(&heading.inlines);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    if let Some(label) = &item.label {
                        self.anchor(&label.anchor);
                    }
                    self.blocks(&item.blocks);
                }
            }
            BlockKind::Table(table) => {
                table
                    .header
                    .iter()
                    .chain(table.rows.iter().flatten())
                    .for_each(|cell| self.inlines(cell));
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| self.inlines(term));
                    definition
                        .meanings
                        .iter()
                        .for_each(|meaning| self.blocks(meaning));
                }
            }
            BlockKind::Code(_) | BlockKind::Rule => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline<'_>]) {
        for inline in inlines {
            match inline {
                Inline::Link(link) => {
                    self.reference(&link.destination, link.span, false);
                    self.inlines(&link.inlines);
                }
                Inline::Image { source, span, .. } => self.reference(source, *span, true),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Element { inlines: inner, .. } => self.inlines(inner),
                _ => {}
            }
        }
    }

    fn anchor(&mut self, anchor: &str) {
        self.outline.anchors.push(anchor.into());
    }

    fn reference(
        &mut self,
        destination: &text::Words<'_>,
        span: crate::diagnostic::Span,
        image: bool,
    ) {
        let place = self.map.place(span);
        self.outline.links.push(Reference {
            destination: destination.as_ref().into(),
            place,
            image,
        });
    }
}
