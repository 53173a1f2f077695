//! The sections of one text: what names each, in as little room as can be.

use std::fmt::Write as _;

use crate::model::text::{self, Text, plain};

/// The sections of a text in its order. A site has many texts and keeps this of each: it is one line
/// for each section, with its anchors, its number and its heading between tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections(Box<str>);

/// A section of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    names: &'a str,
    /// Its number, in a numbered document.
    pub number: Option<&'a str>,
    /// Its heading.
    pub heading: &'a str,
}

impl<'a> Section<'a> {
    /// Its anchor and its aliases.
    pub fn names(self) -> impl Iterator<Item = &'a str> {
        self.names.split(' ')
    }

    /// Its anchor.
    pub fn anchor(self) -> &'a str {
        self.names().next().unwrap_or_default()
    }
}

impl Sections {
    /// The sections of a text.
    pub fn of(text: &Text<'_>) -> Self {
        let mut lines = String::new();
        add(&text.sections, &mut lines);
        Self(lines.into())
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Section<'_>> {
        self.0.lines().filter_map(|line| {
            let (names, rest) = line.split_once('\t')?;
            let (number, heading) = rest.split_once('\t')?;
            let number = Some(number).filter(|number| !number.is_empty());
            Some(Section {
                names,
                number,
                heading,
            })
        })
    }
}

fn add(sections: &[text::Section<'_>], lines: &mut String) {
    for section in sections {
        let names: Vec<&str> = section.heading.anchors().collect();
        let number = section.number.as_deref().unwrap_or_default();
        let heading = plain(&section.heading.inlines);
        let heading: Vec<&str> = heading.split_ascii_whitespace().collect();
        let (names, heading) = (names.join(" "), heading.join(" "));
        let _ = writeln!(lines, "{names}\t{number}\t{heading}");
        add(&section.sections, lines);
    }
}

#[cfg(test)]
impl Sections {
    /// Sections by their anchors, each with its aliases after it.
    pub(super) fn named<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let line = |names: &str| format!("{names}\t\tThe {names}\n");
        let lines: String = names.into_iter().map(line).collect();
        Self(lines.into())
    }
}
