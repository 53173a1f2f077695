//! Byte offsets of a text as lines and columns.

use std::cell::Cell;

use crate::tree::SourceTree;

/// A place as people and editors count it: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character of the line.
    pub column: usize,
}

/// Where the lines of a text begin.
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The byte and column that were asked for last: the next is often further on the same line.
    last: Cell<(usize, usize)>,
}

impl<'t> LineIndex<'t> {
    /// Indexes a text whose lines end in `\n`.
    pub fn new(text: &'t str) -> Self {
        let after_breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, b)| *b == b'\n')
            .map(|(i, _)| i + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(after_breaks).collect(),
            last: Cell::new((0, 1)),
        }
    }

    /// The position of a byte; one past the end is the end, one inside a character is its start.
    pub fn position(&self, byte: usize) -> Position {
        let byte = floor_boundary(self.text, byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        let (known, at) = self.last.get();
        let (from, at) = if (start..=byte).contains(&known) {
            (known, at)
        } else {
            (start, 1)
        };
        let column = at + self.text[from..byte].chars().count();
        self.last.set((byte, column));
        Position { line, column }
    }

    /// The text of a line (counted from 1) without its break, and the byte where it begins.
    pub fn line(&self, line: usize) -> (&'t str, usize) {
        let start = self.starts[line - 1];
        let end = self
            .starts
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        (&self.text[start..end], start)
    }
}

/// The line index of the file that was asked for last: problems come sorted by file.
pub(super) struct Indexes<'t> {
    sources: &'t SourceTree,
    current: Option<(String, LineIndex<'t>)>,
}

impl<'t> Indexes<'t> {
    pub(super) fn new(sources: &'t SourceTree) -> Self {
        Self {
            sources,
            current: None,
        }
    }

    /// The index of a file that can be quoted.
    pub(super) fn of(&mut self, path: &str) -> Option<&LineIndex<'t>> {
        if self.current.as_ref().is_none_or(|(held, _)| held != path) {
            let text = self.sources.quotable(path)?;
            self.current = Some((path.to_owned(), LineIndex::new(text)));
        }
        self.current.as_ref().map(|(_, index)| index)
    }
}

/// The nearest character boundary at or before a byte.
fn floor_boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let index = LineIndex::new("añb\ncd");
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(3), Position { line: 1, column: 3 });
        assert_eq!(index.position(2), Position { line: 1, column: 2 });
        assert_eq!(index.position(5), Position { line: 2, column: 1 });
        assert_eq!(index.position(99), Position { line: 2, column: 3 });
        assert_eq!(index.line(2), ("cd", 5));
        assert_eq!(index.line(1), ("añb", 0));
    }
}
