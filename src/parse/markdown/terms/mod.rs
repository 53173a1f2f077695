//! The terms that a text defines: (the “Services”), “Services” means …, entries of definition lists.

mod flat;
mod forms;
mod phrases;
mod quotations;
mod sentences;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use memchr::memmem;

use crate::diagnostic::Span;
use crate::model::text::{
    Block, BlockKind, Definition, Heading, Inline, Item, Section, Table, Term, Text, plain,
};
use flat::Flat;
use forms::{Found, Setting};
use phrases::is_about_definitions;

/// The most terms that share one entry of a definition list.
const MOST_TOGETHER: usize = 8;

/// The terms that a text defines, in its order; of those with one name, the first.
pub(super) fn find<'t>(text: &'t Text<'t>, source: &'t str) -> Vec<Term> {
    let mut finder = Finder {
        source,
        terms: Vec::new(),
        names: BTreeSet::new(),
        anchor: None,
        headings: text.title.iter().map(|title| (title, None)).collect(),
        entry: false,
    };
    finder.blocks(&text.preamble);
    finder.sections(&text.sections);
    finder.anchor = None;
    for footnote in &text.footnotes {
        finder.blocks(&footnote.blocks);
    }
    finder.terms
}

struct Finder<'t> {
    source: &'t str,
    terms: Vec<Term>,
    names: BTreeSet<String>,
    /// The section that is being read.
    anchor: Option<&'t str>,
    /// The headings that stand around, and whether each is about definitions where that was asked.
    headings: Vec<(&'t Heading<'t>, Option<bool>)>,
    /// Whether an entry of a list is being read.
    entry: bool,
}

impl<'t> Finder<'t> {
    fn sections(&mut self, sections: &'t [Section<'t>]) {
        let around = self.anchor;
        for section in sections {
            self.anchor = Some(&section.heading.anchor);
            self.headings.push((&section.heading, None));
            self.blocks(&section.blocks);
            self.sections(&section.sections);
            self.headings.pop();
            self.anchor = around;
        }
    }

    /// Whether the section, or one around it, is about definitions. Few ask, and each heading is read once.
    fn is_glossary(&mut self) -> bool {
        self.headings.iter_mut().any(|(heading, known)| {
            *known.get_or_insert_with(|| {
                is_about_definitions(&plain(&heading.inlines))
                    || is_about_definitions(&heading.anchor.replace(['-', '_'], " "))
            })
        })
    }

    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for (at, block) in blocks.iter().enumerate() {
            let before = self.terms.len();
            self.block(block);
            let runs = matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Plain(_));
            let next = blocks.get(at + 1).map(|next| &next.kind);
            if let (true, Some(BlockKind::List(list))) = (runs, next) {
                self.go_on(before, &list.items);
            }
        }
    }

    fn block(&mut self, block: &Block<'_>) {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                self.inlines(inlines, block.span);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| self.item(item)),
            BlockKind::Table(table) => self.table(table, block.span),
            BlockKind::Quote(blocks) => self.blocks(blocks),
            BlockKind::Details { summary, blocks } => {
                self.inlines(summary, block.span);
                self.blocks(blocks);
            }
            BlockKind::Definitions(definitions) => {
                let entries = definitions.iter();
                entries.for_each(|definition| self.definition(definition, block.span));
            }
            BlockKind::Code(_) | BlockKind::Subheading(_) | BlockKind::Rule => {}
        }
    }

    fn item(&mut self, item: &Item<'_>) {
        let around = std::mem::replace(&mut self.entry, true);
        self.blocks(&item.blocks);
        self.entry = around;
    }

    fn table(&mut self, table: &Table<'_>, span: Span) {
        for cell in table.header.iter().chain(table.rows.iter().flatten()) {
            self.inlines(cell, span);
        }
    }

    fn definition(&mut self, definition: &Definition<'_>, span: Span) {
        let mut words = String::new();
        definition
            .meanings
            .iter()
            .for_each(|meaning| push_blocks(meaning, &mut words));
        for term in definition.terms.iter().take(MOST_TOGETHER) {
            let at = Flat::of(term);
            if let Some(name) = forms::name(&at.text) {
                let span = self.span(&at.text, span, self.source.len()).unwrap_or(span);
                self.add(name, words.clone(), false, span);
            }
        }
        definition
            .meanings
            .iter()
            .for_each(|meaning| self.blocks(meaning));
    }

    fn inlines(&mut self, inlines: &[Inline<'_>], span: Span) {
        let label = flat::begins_marked(inlines) && self.is_glossary();
        if !label && !flat::may_define(inlines) {
            return;
        }
        let flat = Flat::of(inlines);
        let setting = Setting {
            // Asked where the text begins with what may be a term, for only there it matters.
            glossary: label || (flat.text.starts_with(quotations::SIGNS) && self.is_glossary()),
            entry: self.entry,
        };
        let reach = span.range().start + 2 * flat.text.len() + 64;
        // What is found in a text is found in its order, so none of it is searched twice.
        let mut rest = Some(span);
        for Found {
            name,
            at,
            definition,
            local,
            ..
        } in forms::find(&flat, setting)
        {
            rest = rest.and_then(|rest| self.span(&flat.text[at], rest, reach));
            let definition = folded(&flat.text[definition]);
            self.add(name, definition, local, rest.unwrap_or(span));
        }
    }

    /// Where words stand in the source, not before `from` and not behind `end`.
    fn span(&self, words: &str, from: Span, end: usize) -> Option<Span> {
        let start = from.range().start;
        let source = self.source.as_bytes();
        let within = source.get(start..end.min(source.len()))?;
        let at = start + memmem::find(within, words.as_bytes())?;
        Some(Span::new(at..at + words.len()))
    }

    /// A definition that ends with a colon goes on in the list that follows.
    fn go_on(&mut self, before: usize, items: &[Item<'_>]) {
        let open = self.terms[before..]
            .iter_mut()
            .filter(|term| term.definition.ends_with(':'));
        let mut open: Vec<&mut Term> = open.take(MOST_TOGETHER).collect();
        if open.is_empty() {
            return;
        }
        let mut words = String::new();
        items
            .iter()
            .for_each(|item| push_blocks(&item.blocks, &mut words));
        for term in &mut open {
            term.definition.push(' ');
            term.definition.push_str(&words);
        }
    }

    /// The first definition of a name counts. Another one, in other words, is noted there.
    fn add(&mut self, name: String, definition: String, local: bool, span: Span) {
        if self.names.insert(name.clone()) {
            let anchor = self.anchor.map(str::to_owned);
            self.terms.push(Term {
                name,
                anchor,
                definition,
                local,
                again: false,
                span,
            });
            return;
        }
        let first = self.terms.iter_mut().find(|term| term.name == name);
        if let Some(first) = first.filter(|first| first.definition != definition) {
            first.again = true;
        }
    }
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plain words of blocks, with a space between blocks.
fn push_blocks(blocks: &[Block<'_>], out: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => push(inlines, out),
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| push_blocks(&item.blocks, out)),
            BlockKind::Quote(blocks) | BlockKind::Details { blocks, .. } => {
                push_blocks(blocks, out);
            }
            BlockKind::Subheading(heading) => push(&heading.inlines, out),
            BlockKind::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| push(cell, out));
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| push(term, out));
                    definition
                        .meanings
                        .iter()
                        .for_each(|meaning| push_blocks(meaning, out));
                }
            }
            BlockKind::Code(_) | BlockKind::Rule => {}
        }
    }
}

fn push(inlines: &[Inline<'_>], out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(&folded(&Flat::of(inlines).text));
}
