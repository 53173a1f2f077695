//! Quotations and parentheses in running text.

use std::ops::Range;

use memchr::memchr3_iter;

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

/// The first bytes of signs and parentheses. None stands inside of a character.
const STARTS: [u8; 8] = [b'"', b'\'', b'(', b')', 0xC2, 0xE2, 0xE3, 0xEF];

/// The quotations of a text in order.
pub(super) fn quotations(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let (mut from, mut parenthesis) = (0, false);
    let rest = |from: usize| text.as_bytes()[from..].iter();
    let next = |from| rest(from).position(|byte| STARTS.contains(byte));
    while let Some(start) = next(from).map(|ahead| from + ahead) {
        let Some(c) = text[start..].chars().next() else {
            break;
        };
        match c {
            '(' | '（' => parenthesis = true,
            ')' | '）' => parenthesis = false,
            _ => {}
        }
        from = start + c.len_utf8();
        let before = text[..start].chars().next_back().unwrap_or(' ');
        let quotation = closers(c)
            .filter(|_| opens(c, before, &text[from..], parenthesis))
            .and_then(|closers| quotation(text, start, c, closers));
        if let Some(quotation) = quotation {
            from = quotation.outer.end;
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
    for at in memchr3_iter(b'(', b')', 0xEF, text.as_bytes()) {
        match text[at..].chars().next() {
            Some(c @ ('(' | '（')) => open.push(at + c.len_utf8()),
            Some(')' | '）') => pairs.extend(open.pop().map(|start| start..at)),
            _ => {}
        }
    }
    pairs
}
