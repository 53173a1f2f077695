//! Strict reading of files that are made of lines `name: value`: every fault becomes a problem.

use std::fmt::Display;
use std::str::FromStr;

use crate::diagnostic::{Diagnostic, Place, Rule, Span};

/// A line without its line feed.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// Where it begins in the file.
    pub(super) start: usize,
}

impl<'t> Line<'t> {
    pub(super) fn span(self) -> Span {
        Span::new(self.start..self.start + self.text.len())
    }

    /// What stands before the colon; empty where a line has none.
    pub(super) fn name(self) -> &'t str {
        self.text.split_once(": ").map_or("", |(name, _)| name)
    }

    /// What stands after the colon.
    pub(super) fn value(self) -> &'t str {
        self.text.split_once(": ").map_or("", |(_, value)| value)
    }
}

/// The lines of a file. What follows the last line feed is a line if there is anything.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push(Line {
            text: line.strip_suffix('\n').unwrap_or(line),
            start,
        });
        start += line.len();
    }
    lines
}

/// What is wrong with a file that is read.
pub(super) struct Problems<'p> {
    path: &'p str,
    rule: &'static Rule,
    help: &'static str,
    pub(super) all: Vec<Diagnostic>,
}

impl<'p> Problems<'p> {
    pub(super) fn new(path: &'p str, rule: &'static Rule, help: &'static str) -> Self {
        Self {
            path,
            rule,
            help,
            all: Vec::new(),
        }
    }

    pub(super) fn tell(&mut self, span: Span, message: impl Into<String>) {
        let place = Place::at(self.path, span);
        let problem = Diagnostic::new(self.rule, place, message, self.help);
        self.all.push(problem);
    }

    /// The text of a file, if it is one.
    pub(super) fn text<'t>(&mut self, bytes: &'t [u8]) -> Option<&'t str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(error) => {
                let at = error.valid_up_to();
                self.tell(Span::new(at..at + 1), "this byte is not UTF-8");
                None
            }
        }
    }

    /// Tells the first line in which a file differs from what it should be, if there is one.
    pub(super) fn compare(&mut self, text: &str, expected: &str, message: &str) {
        if text == expected {
            return;
        }
        let same = text
            .split_inclusive('\n')
            .zip(expected.split_inclusive('\n'));
        let start: usize = same
            .take_while(|(line, expected)| line == expected)
            .map(|(line, _)| line.len())
            .sum();
        let len = text[start..].find('\n').unwrap_or(text.len() - start);
        self.tell(Span::new(start..start + len), message);
    }

    /// The lines as the fields of these names, each once and in this order.
    pub(super) fn fields<'t, const N: usize>(
        &mut self,
        lines: &[Line<'t>],
        names: &[&str; N],
        of: &str,
    ) -> Option<[Line<'t>; N]> {
        let before = self.all.len();
        for line in lines.iter().filter(|line| !names.contains(&line.name())) {
            self.tell(line.span(), format!("this is not a field of {of}"));
        }
        let is_missing = |name: &&&str| lines.iter().all(|line| line.name() != **name);
        for name in names.iter().filter(is_missing) {
            let whole = lines.first().map_or(Span::default(), |line| line.span());
            self.tell(whole, format!("{of} has no `{name}`"));
        }
        if self.all.len() > before {
            return None;
        }
        let misplaced = |(at, line): &(usize, &Line<'_>)| names.get(*at) != Some(&line.name());
        if let Some((_, line)) = lines.iter().enumerate().find(misplaced) {
            let name = line.name();
            let message = format!("`{name}` does not belong here in {of}");
            self.tell(line.span(), message);
            return None;
        }
        lines.try_into().ok()
    }

    /// The value of a field, if it is written as the program writes it.
    pub(super) fn value<T: FromStr + Display>(&mut self, line: Line<'_>, what: &str) -> Option<T> {
        let value = line.value().parse().ok();
        let value = value.filter(|value: &T| value.to_string() == line.value());
        if value.is_none() {
            let name = line.name();
            self.tell(line.span(), format!("`{name}` is not {what}"));
        }
        value
    }
}
