//! Where each part of an expanded text comes from.

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
}

/// Leads from places of an expanded text to places in sources.
#[derive(Clone, Debug)]
pub struct SourceMap {
    files: Vec<String>,
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
        };
        Self {
            files: vec![path.to_owned()],
            segments: vec![segment],
        }
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

/// Builds an expanded text with its map.
#[derive(Default)]
pub(super) struct Builder {
    text: String,
    files: Vec<String>,
    segments: Vec<Segment>,
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
        });
        self.text.push_str(text);
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
                segments: self.segments,
            },
        )
    }
}
