//! A text's tree as HTML: clauses, numbers, anchors and footnotes as themes rely on them.
//!
//! Where links lead is left open: that depends on the whole site and on the day, and is filled in
//! when a page is made.

mod contents;
pub(crate) mod escape;
mod footnotes;
mod marks;
mod redline;
mod redline_blocks;
mod redline_flow;
mod redline_lists;
mod redline_notes;
mod redline_tables;
mod writer;

use crate::diagnostic::Place;
use escape::push_href;
pub(crate) use redline::write as write_redline;
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
    /// Its links and pictures, in the order of the HTML.
    pub references: Vec<Reference>,
}

impl Markup {
    /// The HTML with an address for each reference, in their order.
    pub fn fill(&self, addresses: &[String]) -> String {
        let room: usize = addresses.iter().map(String::len).sum();
        let mut out = String::with_capacity(self.html.len() + room);
        let mut from = 0;
        for (reference, address) in self.references.iter().zip(addresses) {
            out.push_str(&self.html[from..reference.at]);
            push_href(&mut out, address);
            from = reference.at;
        }
        out.push_str(&self.html[from..]);
        out
    }

    /// How many bytes of HTML it holds.
    pub fn size(&self) -> usize {
        self.html.len() + self.contents.len()
    }

    /// Forgets the HTML, and keeps the references.
    pub fn forget(&mut self) {
        self.html = String::new();
        self.contents = String::new();
    }

    /// Whether the HTML has been forgotten, or there is none.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}
