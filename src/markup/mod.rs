//! A text's tree as HTML: clauses, numbers, anchors and footnotes as themes rely on them.
//!
//! Where links lead is left open: that depends on the whole site and on the day, and is filled in
//! when a page is made.

mod contents;
mod definitions;
pub(crate) mod escape;
mod footnotes;
mod marks;
mod redline;
mod redline_blocks;
mod redline_flow;
mod redline_folds;
mod redline_lists;
mod redline_notes;
mod redline_tables;
mod tables;
pub(crate) mod terms;
mod untranslated;
mod woven;
mod writer;

use std::ops::Range;

use crate::diagnostic::Place;
use escape::push_href;
pub(crate) use redline::write as write_redline;
pub(crate) use untranslated::Untranslated;
pub use woven::Woven;
pub(crate) use writer::write;

/// Where a piece of a text comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The place in a source.
    pub place: Place,
    /// Where the clause was put in that it belongs to, if it belongs to one.
    pub put_in_at: Option<Place>,
}

/// A link or picture of a text, whose address is still to be filled in.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The byte of the HTML where the address goes.
    at: usize,
    /// Where it leads, as written.
    pub destination: Box<str>,
    /// Where it stands.
    pub origin: Origin,
    /// Whether it is a picture.
    pub image: bool,
}

/// The HTML of a text, without the addresses of its links.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// The words.
    html: String,
    /// A list of links to the sections; empty where there are none.
    pub contents: String,
    /// A list of the defined terms that it uses, with the sections that do; empty where there are none.
    pub terms: String,
    /// Its links and pictures, in the order of the HTML.
    pub references: Vec<Reference>,
    /// Its sections, in the order of the text.
    clauses: Vec<Clause>,
    /// The blocks of its sections, in the order of the text.
    blocks: Vec<BlockPlace>,
    /// The references to footnotes that it holds: number and occurrence.
    noted: Vec<(usize, usize)>,
}

/// Where a section stands in the HTML of a text.
#[derive(Clone, Debug)]
struct Clause {
    /// Its HTML.
    html: Range<usize>,
    /// Its references, by their places in the list.
    references: Range<usize>,
    /// How many tables stand before it.
    tables: usize,
    /// The byte after its heading.
    after_heading: usize,
    /// Its own blocks, by their places in the list.
    blocks: Range<usize>,
}

/// Where a block of a section stands in the HTML of a text.
#[derive(Clone, Debug)]
struct BlockPlace {
    /// The bytes of its HTML.
    html: Range<u32>,
    /// Its references, by their places in the list.
    references: Range<u32>,
    /// How many tables stand before its end.
    tables: u32,
}

/// A piece of a text's HTML.
#[derive(Clone, Copy, Debug)]
enum Kept {
    /// A section.
    Clause(usize),
    /// A block of a section.
    Block(usize),
}

impl Markup {
    /// The HTML with an address for each reference, in their order.
    pub fn fill(&self, addresses: &[String]) -> String {
        let room: usize = addresses.iter().map(String::len).sum();
        let mut out = String::with_capacity(self.html.len() + room);
        self.fill_part(
            0..self.html.len(),
            0..self.references.len(),
            addresses,
            &mut out,
        );
        out
    }

    /// The same with what is said of each section after its heading, in the order of the text.
    pub fn fill_with(&self, addresses: &[String], said: impl Fn(usize) -> String) -> String {
        let mut out = String::with_capacity(self.html.len() * 3 / 2);
        let (mut from, mut next) = (0, 0);
        let spots = self.clauses.iter().map(|clause| clause.after_heading);
        for (at, spot) in spots.enumerate() {
            let before = self.references.partition_point(|known| known.at < spot);
            self.fill_part(from..spot, next..before, addresses, &mut out);
            out.push_str(&said(at));
            (from, next) = (spot, before);
        }
        let rest = (from..self.html.len(), next..self.references.len());
        self.fill_part(rest.0, rest.1, addresses, &mut out);
        out
    }

    fn fill_part(
        &self,
        html: Range<usize>,
        references: Range<usize>,
        addresses: &[String],
        out: &mut String,
    ) {
        let mut from = html.start;
        for (reference, address) in self.references[references.clone()]
            .iter()
            .zip(&addresses[references])
        {
            out.push_str(&self.html[from..reference.at]);
            push_href(out, address);
            from = reference.at;
        }
        out.push_str(&self.html[from..html.end]);
    }

    /// The HTML of a section or block.
    fn fill_kept(&self, kept: Kept, addresses: &[String], out: &mut String) {
        let (html, references) = match kept {
            Kept::Clause(at) => {
                let clause = &self.clauses[at];
                (clause.html.clone(), clause.references.clone())
            }
            Kept::Block(at) => {
                let block = &self.blocks[at];
                (wide(&block.html), wide(&block.references))
            }
        };
        self.fill_part(html, references, addresses, out);
    }

    /// How many bytes of HTML it holds.
    pub fn size(&self) -> usize {
        self.html.len() + self.contents.len() + self.terms.len()
    }

    /// Forgets the HTML, and keeps the references.
    pub fn forget(&mut self) {
        self.html = String::new();
        self.contents = String::new();
        self.terms = String::new();
        self.clauses = Vec::new();
        self.blocks = Vec::new();
    }

    /// Whether the HTML has been forgotten, or there is none.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

fn wide(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Texts are at most a few hundred MB of HTML.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
