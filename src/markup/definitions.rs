//! Lists of definitions: terms, and what they mean.

use super::writer::Writer;
use crate::model::text::{Definition, plain};

impl Writer<'_> {
    /// A list, whose entries define their names whatever stands before them in it.
    pub(super) fn definitions(&mut self, definitions: &[Definition<'_>]) {
        self.out.push_str("<dl>\n");
        let entries = definitions.iter().flat_map(|definition| &definition.terms);
        let entries: Vec<String> = entries.map(|entry| plain(entry)).collect();
        self.reserve(&entries);
        for definition in definitions {
            for term in &definition.terms {
                self.release(&plain(term));
                self.wrapped("dt", term);
            }
            for meaning in &definition.meanings {
                self.out.push_str("<dd>");
                self.blocks(meaning);
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }
}
