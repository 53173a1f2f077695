//! Where each part of an expanded text comes from.

use std::ops::Range;

use crate::diagnostic::{Place, Span};

/// A run of the expanded text with one origin.
#[derive(Clone, Debug)]
struct Segment {
    /// Where it begins in the expanded text.
    start: usize,
    /// Its file, as an index.
    file: usize,
    /// Where it stands in the file: for verbatim text its first byte, else the whole placeholder.
    at: Span,
    verbatim: bool,
    /// Where the clause that it is in was put in, as an index.
    clause: Option<usize>,
}

/// Leads from places of an expanded text to places in sources.
#[derive(Clone, Debug)]
pub struct SourceMap {
    files: Vec<String>,
    /// Where clauses were put in.
    clauses: Vec<Place>,
    segments: Vec<Segment>,
}

impl SourceMap {
    /// The map of a text without placeholders that begins at a byte of a file.
    pub fn verbatim(path: &str, offset: usize) -> Self {
        let segment = Segment {
            start: 0,
            file: 0,
            at: Span::new(offset..offset),
            verbatim: true,
            clause: None,
        };
        Self {
            files: vec![path.to_owned()],
            clauses: Vec::new(),
            segments: vec![segment],
        }
    }

    /// Where the clause was put in that a span belongs to, if it belongs to one.
    pub fn put_in_at(&self, span: Span) -> Option<&Place> {
        let next = self
            .segments
            .partition_point(|segment| segment.start <= span.start as usize);
        self.clauses
            .get(self.segments.get(next.checked_sub(1)?)?.clause?)
    }

    /// The place in a source of a span of the expanded text: the same words where they are
    /// verbatim, else the placeholder that printed them.
    pub fn place(&self, span: Span) -> Place {
        let start = span.start as usize;
        let next = self
            .segments
            .partition_point(|segment| segment.start <= start);
        let Some(segment) = next.checked_sub(1).map(|i| &self.segments[i]) else {
            return Place::file(self.files.first().cloned().unwrap_or_default());
        };
        let path = self.files[segment.file].clone();
        if !segment.verbatim {
            return Place::at(path, segment.at);
        }
        let limit = self
            .segments
            .get(next)
            .map_or(usize::MAX, |following| following.start);
        let (from, to) = (
            start - segment.start,
            (span.end as usize).min(limit) - segment.start,
        );
        let base = segment.at.start as usize;
        Place::at(path, Span::new(base + from..base + to.max(from)))
    }
}

impl SourceMap {
    /// The parts of an expanded text that a file has from elsewhere: where the words of each stand,
    /// the file that says them, and there the placeholder that printed them, if one did.
    pub fn parts(&self, length: usize) -> impl Iterator<Item = (Range<usize>, Place)> {
        let starts = self.segments.iter().skip(1).map(|segment| segment.start);
        let ends = starts.chain([length]);
        let all = self.segments.iter().zip(ends);
        let elsewhere = all.filter(|(segment, _)| !segment.verbatim || segment.file > 0);
        elsewhere.map(|(segment, end)| {
            let place = Place {
                path: self.files[segment.file].clone(),
                span: Some(segment.at).filter(|_| !segment.verbatim),
            };
            (segment.start..end, place)
        })
    }
}

/// Builds an expanded text with its map.
#[derive(Default)]
pub(super) struct Builder {
    text: String,
    files: Vec<String>,
    segments: Vec<Segment>,
    clauses: Vec<Place>,
    /// The clauses that are being put in, as indexes.
    open: Vec<usize>,
}

impl Builder {
    /// Adds text that stands in a file from byte `at` on.
    pub(super) fn verbatim(&mut self, path: &str, at: usize, text: &str) {
        self.push(path, Span::new(at..at), true, text);
    }

    /// Adds the value of a placeholder.
    pub(super) fn value(&mut self, path: &str, placeholder: Span, text: &str) {
        self.push(path, placeholder, false, text);
    }

    fn push(&mut self, path: &str, at: Span, verbatim: bool, text: &str) {
        if text.is_empty() {
            return;
        }
        let file = self
            .files
            .iter()
            .position(|known| known == path)
            .unwrap_or_else(|| {
                self.files.push(path.to_owned());
                self.files.len() - 1
            });
        self.segments.push(Segment {
            start: self.text.len(),
            file,
            at,
            verbatim,
            clause: self.open.last().copied(),
        });
        self.text.push_str(text);
    }

    /// What follows is in a clause that was put in at a place.
    pub(super) fn enter(&mut self, put_in_at: Place) {
        self.open.push(self.clauses.len());
        self.clauses.push(put_in_at);
    }

    /// The innermost clause ends.
    pub(super) fn leave(&mut self) {
        self.open.pop();
    }

    /// How long the text is so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn finish(self) -> (String, SourceMap) {
        (
            self.text,
            SourceMap {
                files: self.files,
                clauses: self.clauses,
                segments: self.segments,
            },
        )
    }
}
