//! Where sentences begin, as legal texts write them.

use std::ops::Range;

use super::quotations::Quotation;

/// Words whose full stop ends no sentence.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "inc", "ltd", "co", "corp", "llc", "gmbh", "no", "nos", "art", "sec", "sect", "cf", "vs", "mr", "mrs", "ms", "dr",
    "st", "nr", "abs", "bzw", "ggf", "ca", "lit", "ff", "ej", "approx", "incl", "dept", "bhd", "pty", "pvt", "sdn",
];

/// The longest parenthesis in which a sentence may not end: a sign too many must not join a page.
const LONGEST_ASIDE: usize = 1000;

/// The first bytes of what ends a sentence: full stops of Latin and of Chinese letters, line breaks.
const ENDS: [u8; 6] = [b'.', b'!', b'?', b'\n', 0xE3, 0xEF];

/// The sentences of a text.
pub(super) struct Sentences {
    starts: Vec<usize>,
    end: usize,
}

impl Sentences {
    pub(super) fn of(text: &str, asides: &[Range<usize>], quotations: &[Quotation]) -> Self {
        let quoted = quotations.iter().map(|quotation| quotation.inner.clone());
        let short = asides.iter().filter(|aside| aside.len() < LONGEST_ASIDE);
        let within = merged(short.cloned().chain(quoted));
        let inside = |at: usize| {
            let before = within.partition_point(|range| range.start <= at);
            before
                .checked_sub(1)
                .is_some_and(|last| at < within[last].end)
        };
        let ends = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| ENDS.contains(byte));
        let begin =
            ends.filter_map(|(at, _)| begins_after(text, at).filter(|start| !inside(*start)));
        Self {
            starts: std::iter::once(0).chain(begin).collect(),
            end: text.len(),
        }
    }

    /// The sentence that holds a byte.
    pub(super) fn around(&self, at: usize) -> Range<usize> {
        let next = self.starts.partition_point(|start| *start <= at);
        let start = next.checked_sub(1).map_or(0, |last| self.starts[last]);
        start..self.starts.get(next).copied().unwrap_or(self.end)
    }
}

/// Where a sentence begins after one that ends at a byte, if it does end there.
fn begins_after(text: &str, at: usize) -> Option<usize> {
    let stop = text.get(at..)?.chars().next()?;
    let closing = |c: char| "…”\"’'»)]".contains(c);
    let rest = match stop {
        '\n' | '.' | '!' | '?' | '。' | '！' | '？' => &text[at + stop.len_utf8()..],
        _ => return None,
    };
    let after = rest.trim_start_matches(closing);
    let next = after.trim_start();
    let apart = next.len() < after.len()
        || stop == '\n'
        || (stop.len_utf8() > 1 && !rest.starts_with('）'));
    let goes_on = stop != '\n' && (next.starts_with(char::is_lowercase) || next.starts_with('('));
    let ends = apart && !goes_on && !(stop == '.' && is_abbreviation(&text[..=at]));
    ends.then(|| text.len() - next.len())
}

/// Whether a text ends with an abbreviation and its full stop.
pub(super) fn is_abbreviation(text: &str) -> bool {
    let Some(before) = text.strip_suffix('.') else {
        return false;
    };
    let before = &before[near(before)..];
    let start = before
        .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
    let word = &before[start..];
    let letters = word.rsplit('.').next().unwrap_or_default();
    let mut chars = letters.chars();
    let single = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    single || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Where the last letters of a text begin, more of them than an abbreviation has.
fn near(text: &str) -> usize {
    let from = text.len().saturating_sub(24);
    (from..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Ranges in order, those that overlap as one.
fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut sorted: Vec<Range<usize>> = ranges.collect();
    sorted.sort_unstable_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in sorted {
        match out.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => out.push(range),
        }
    }
    out
}
