//! Quotations and parentheses in running text.

use std::ops::Range;

/// The longest quotation that may name a term, in characters.
const LONGEST: usize = 100;

/// The signs that open a quotation beyond doubt or at the beginning of a text.
pub(super) const SIGNS: [char; 8] = ['“', '”', '„', '"', '«', '»', '‹', '「'];

/// A quotation.
#[derive(Debug)]
pub(super) struct Quotation {
    /// Where it stands, signs included.
    pub(super) outer: Range<usize>,
    /// Where its words stand.
    pub(super) inner: Range<usize>,
    /// Whether its signs are single ones, which are apostrophes elsewhere.
    pub(super) single: bool,
}

/// The quotations of a text in order.
pub(super) fn quotations(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let (mut from, mut before, mut parenthesis) = (0, ' ', false);
    while let Some(c) = text[from..].chars().next() {
        match c {
            '(' | '（' => parenthesis = true,
            ')' | '）' => parenthesis = false,
            _ => {}
        }
        let quotation = closers(c)
            .filter(|_| opens(c, before, &text[from + c.len_utf8()..], parenthesis))
            .and_then(|closers| quotation(text, from, c, closers));
        before = c;
        from += c.len_utf8();
        if let Some(quotation) = quotation {
            from = quotation.outer.end;
            before = '”';
            found.push(quotation);
        }
    }
    found
}

/// The signs that end what a sign opens.
fn closers(sign: char) -> Option<&'static [char]> {
    Some(match sign {
        // Texts mix signs: “Services" and "Services” are met in every larger collection.
        '“' | '”' => &['”', '"'],
        '„' => &['“', '”', '"'],
        '"' => &['"', '”'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '「' => &['」'],
        '‘' => &['’', '\''],
        '\'' => &['\'', '’'],
        _ => return None,
    })
}

/// Whether a sign opens a quotation here.
fn opens(sign: char, before: char, after: &str, parenthesis: bool) -> bool {
    let stands_free = !before.is_alphanumeric() && after.starts_with(char::is_alphanumeric);
    match sign {
        '"' | '”' | '»' => stands_free,
        '‘' | '\'' => stands_free && parenthesis,
        _ => true,
    }
}

fn quotation(text: &str, start: usize, sign: char, closers: &[char]) -> Option<Quotation> {
    let inner = start + sign.len_utf8();
    let single = matches!(sign, '‘' | '\'');
    let mut chars = text[inner..].char_indices().take(LONGEST).peekable();
    while let Some((at, c)) = chars.next() {
        let in_word = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if closers.contains(&c) && !(single && in_word) {
            let end = inner + at;
            return Some(Quotation {
                outer: start..end + c.len_utf8(),
                inner: inner..end,
                single,
            });
        }
        if c == sign {
            return None;
        }
    }
    None
}

/// What stands in each pair of parentheses, by their ends.
pub(super) fn parentheses(text: &str) -> Vec<Range<usize>> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => open.push(at + c.len_utf8()),
            ')' | '）' => pairs.extend(open.pop().map(|start| start..at)),
            _ => {}
        }
    }
    pairs
}
