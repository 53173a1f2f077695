//! What the links and pictures of a text name, for its words.

use crate::diagnostic::Span;
use crate::ledger::Digest;
use crate::links;
use crate::parse::Site;
use crate::parse::placeholders::{Expanded, SourceMap};
use crate::words::Names;

/// The sources of a site, seen from a text or from a part of it.
pub(super) struct Named<'a, 's> {
    site: &'a Site<'s>,
    map: &'a SourceMap,
    /// Where the part begins in the expanded text.
    start: usize,
}

impl<'a, 's> Named<'a, 's> {
    pub(super) fn of(site: &'a Site<'s>, expanded: &'a Expanded<'_>) -> Self {
        let map = &expanded.map;
        Self {
            site,
            map,
            start: 0,
        }
    }

    /// The same for a part that is read alone.
    pub(super) fn from(self, start: usize) -> Self {
        Self { start, ..self }
    }

    /// The file of a picture, below the site's folder.
    pub(super) fn file(site: &Site<'_>, source: &str, said_in: &str) -> String {
        format!("content{}", links::named(&site.config, source, said_in))
    }
}

impl Names for Named<'_, '_> {
    fn target(&self, destination: &str, at: Span) -> String {
        let said_in = self.map.place(at.shifted(self.start)).path;
        links::named(&self.site.config, destination, &said_in)
    }

    /// A picture that is not there has no digest: then what names it.
    fn picture(&self, source: &str, at: Span) -> String {
        let said_in = self.map.place(at.shifted(self.start)).path;
        let file = Self::file(self.site, source, &said_in);
        match self.site.sources.bytes(&file) {
            Some(bytes) => Digest::of(bytes).to_string(),
            None => links::named(&self.site.config, source, &said_in),
        }
    }
}
