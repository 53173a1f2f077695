//! Places that somebody still has to fill in: `[fill in: the name of your company]`.

use std::ops::Range;

use super::site::CONTENT;
use crate::diagnostic::{Diagnostic, Place, Span, rules};
use crate::model::config::PATH;
use crate::tree::SourceTree;

/// How a mark begins, in capital or small letters.
const BEGINNING: &str = "[fill in";

/// The mark of a place where somebody has to say something.
pub fn mark(what: &str) -> String {
    format!("{BEGINNING}: {what}]")
}

/// Whether words hold a place to fill in.
pub fn is_in(words: &str) -> bool {
    !ranges(words).is_empty()
}

/// The places to fill in of a site's texts, data and configuration.
pub fn places(sources: &SourceTree) -> Vec<Diagnostic> {
    let files = std::iter::once(PATH).chain(sources.below(CONTENT));
    let texts = files.filter_map(|path| Some((path, sources.text(path)?)));
    texts.flat_map(|(path, text)| check(path, text)).collect()
}

/// The words of a place to fill in, with single spaces.
pub fn words<'t>(place: &Place, sources: &'t SourceTree) -> Option<String> {
    let text: &'t str = sources.text(&place.path)?;
    let start = place.span?.range().start;
    let range = ranges(text).into_iter().find(|mark| mark.start == start)?;
    Some(spaced(&text[range]))
}

/// The places to fill in of one file.
pub(super) fn check(path: &str, text: &str) -> Vec<Diagnostic> {
    let problem = |mark: Range<usize>| {
        let words = &text[mark.clone()];
        // A report shows one line; the message has all of it.
        let first = words.lines().next().map_or(0, |line| line.trim_end().len());
        let place = Place::at(path, Span::new(mark.start..mark.start + first));
        let message = format!("`{}` is still to be filled in", spaced(words));
        let help = "write what belongs there in the place of it, the brackets included";
        Diagnostic::new(&rules::TO_FILL_IN, place, message, help)
    };
    ranges(text).into_iter().map(problem).collect()
}

/// Where the marks of a text stand, each up to its bracket or to the end of its paragraph.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let begins = |at: &usize| {
        let (head, rest) = bytes[*at..]
            .split_at_checked(BEGINNING.len())
            .unwrap_or_default();
        head.eq_ignore_ascii_case(BEGINNING.as_bytes()) && matches!(rest.first(), Some(b':' | b']'))
    };
    let brackets = memchr::memchr_iter(b'[', bytes).filter(begins);
    brackets.map(|at| at..at + length(&text[at..])).collect()
}

fn length(from: &str) -> usize {
    let paragraph = from.find("\n\n").unwrap_or(from.len());
    let closed = from[..paragraph].find(']').map(|at| at + 1);
    closed.unwrap_or_else(|| from.find('\n').unwrap_or(from.len()))
}

fn spaced(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        ranges(text).into_iter().map(|mark| &text[mark]).collect()
    }

    #[test]
    fn marks_are_found_and_words_beside_them_are_not() {
        assert_eq!(found("a [fill in: the day] b"), ["[fill in: the day]"]);
        assert_eq!(
            found("[Fill in], [FILL IN: x]"),
            ["[Fill in]", "[FILL IN: x]"]
        );
        assert_eq!(found("[fill in: a\nb] c"), ["[fill in: a\nb]"]);
        assert_eq!(found("[fill in: a\n\nb] c"), ["[fill in: a"]);
        assert_eq!(found("[[fill in: a]](b)"), ["[fill in: a]"]);
        for text in [
            "fill in: x",
            "[filling in: x]",
            "[fill in x]",
            "[fill in",
            "[",
            "[fill ín:",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
        assert!(is_in(&mark("the day")));
    }

    #[test]
    fn a_mark_over_two_lines_is_told_in_full_at_its_first() {
        let mut sources = SourceTree::new();
        sources.insert("content/a.md", b"x [fill in: the\n  day]\n".to_vec());
        let found = places(&sources);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.span, Some(Span::new(2..15)));
        assert_eq!(
            found[0].message,
            "`[fill in: the day]` is still to be filled in"
        );
        let words = words(&found[0].place, &sources);
        assert_eq!(words.as_deref(), Some("[fill in: the day]"));
    }
}
