//! The words of a leaf as tokens that are never broken: words, numbers, dates, addresses, marks.
//!
//! Boundaries are those of Unicode (UAX #29), but for what a reader takes as one thing: `$7,500`,
//! `1798.100(a)`, `opt-out`, `December 22, 2022`, `privacy@tallyfern.example`, `三十`, and a line of
//! preformatted text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::nodes::{NOTE, NodeId, Nodes, Source};
use super::styles::{Style, Wrap};

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its first byte among the text's words.
    start: usize,
    /// The byte after its last.
    end: usize,
    /// How its first letter is styled.
    pub style: Style,
    /// Whether white space stands before it; also where its leaf begins.
    pub space: bool,
    /// Whether it is a line of preformatted text, with its own white space.
    pub line: bool,
}

impl Token {
    /// The white space before it.
    pub fn gap(self) -> &'static str {
        match (self.space, self.line) {
            (false, _) => "",
            (true, false) => " ",
            (true, true) => "\n",
        }
    }

    pub(super) fn start(self) -> usize {
        self.start
    }

    pub(super) fn end(self) -> usize {
        self.end
    }

    fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// This token and everything up to the end of a later one, as one.
    pub(super) fn through(self, last: Self) -> Self {
        Self {
            end: last.end,
            ..self
        }
    }
}

impl Nodes<'_> {
    /// What a token says.
    pub fn said(&self, token: Token) -> &str {
        &self.words[token.range()]
    }

    /// Whether a token is a word or a number, and no mark.
    pub fn is_word(&self, token: Token) -> bool {
        self.said(token).chars().any(char::is_alphanumeric)
    }

    /// How many words a token is to those who count them.
    pub(super) fn word_count(&self, token: Token) -> usize {
        if !token.line {
            return usize::from(self.is_word(token));
        }
        let words = self.said(token).split_whitespace();
        words
            .filter(|word| word.contains(char::is_alphanumeric))
            .count()
    }

    /// The tokens of a leaf.
    pub fn tokens(&self, leaf: NodeId) -> Vec<Token> {
        let place = self.place(leaf);
        if let Source::Code(_) = self.source(leaf) {
            return self.lines(place);
        }
        let words = &self.words[place.clone()];
        let mut ranges = Vec::with_capacity(words.len() / 5);
        let mut at = 0;
        for chunk in words.split([' ', '\n']) {
            split_chunk(words, at..at + chunk.len(), &mut ranges);
            at += chunk.len() + 1;
        }
        join_dates(words, &mut ranges);
        join_eastern_dates(words, &mut ranges);
        join_telephones(words, &mut ranges);
        let mut tokens: Vec<Token> = Vec::with_capacity(ranges.len());
        let mut stretches = self.stretches(leaf).iter().peekable();
        for range in ranges {
            let (start, end) = (place.start + range.start, place.start + range.end);
            while stretches.next_if(|stretch| stretch.end <= start).is_some() {}
            let style = stretches
                .peek()
                .map_or(Style::PLAIN, |stretch| stretch.style);
            let space = range.start == 0 || words.as_bytes()[range.start - 1] == b' ';
            match tokens.last_mut() {
                // What a picture shows is said in one piece.
                Some(last) if last.style == style && self.is_image(style) => last.end = end,
                _ => tokens.push(Token {
                    start,
                    end,
                    style,
                    space,
                    line: false,
                }),
            }
        }
        tokens
    }

    /// The lines of preformatted text.
    fn lines(&self, place: Range<usize>) -> Vec<Token> {
        let text = self.words[place.clone()].trim_end();
        let mut next = place.start;
        let lines = text.split('\n').map(|line| {
            let start = next;
            next += line.len() + 1;
            Token {
                start,
                end: start + line.len(),
                style: Style::PLAIN,
                space: true,
                line: true,
            }
        });
        lines.filter(|_| !text.is_empty()).collect()
    }

    fn is_image(&self, style: Style) -> bool {
        style != Style::PLAIN && matches!(self.wraps(style).last(), Some((_, Wrap::Image { .. })))
    }
}

/// Splits what stands between two white spaces.
fn split_chunk(words: &str, chunk: Range<usize>, out: &mut Vec<Range<usize>>) {
    let text = &words[chunk.clone()];
    if text.is_empty() {
        return;
    }
    if text.bytes().all(|b| b.is_ascii_alphabetic()) {
        return out.push(chunk);
    }
    let core = core(text);
    let is_address = ["@", "://"]
        .iter()
        .any(|mark| text[core.clone()].contains(mark))
        || text[core.clone()].starts_with("www.");
    let first = out.len();
    for (at, piece) in text.split_word_bound_indices() {
        let range = chunk.start + at..chunk.start + at + piece.len();
        let inside = is_address && at > core.start && at < core.end;
        if inside || (out.len() > first && belongs(words, &out[first..], &range, chunk.end)) {
            if let Some(last) = out.last_mut() {
                last.end = range.end;
            }
        } else {
            out.push(range);
        }
    }
}

/// The part of a chunk between the quotes, brackets and stops around it.
fn core(text: &str) -> Range<usize> {
    let outside = |c: char| !c.is_alphanumeric() && c != '/' && c != '+';
    let start = text.len() - text.trim_start_matches(outside).len();
    start..text.trim_end_matches(outside).len().max(start)
}

/// Whether a piece belongs to the token before it, with no white space between the two.
fn belongs(words: &str, before: &[Range<usize>], piece: &Range<usize>, end: usize) -> bool {
    let Some(last) = before.last() else {
        return false;
    };
    let (left, right) = (&words[last.clone()], &words[piece.clone()]);
    let Some((left_end, right_start)) = left.chars().next_back().zip(right.chars().next()) else {
        return false;
    };
    let next = words[piece.end..end].chars().next();
    match right_start {
        // A mark that joins two words: `opt-out`, `and/or`, `12:30`, `AT&T`.
        '-' | '\u{2010}' | '\u{2011}' | '/' | '&' | '_' | '.' | '+' => {
            joins(left_end) && next.is_some_and(joins)
        }
        ':' => left_end.is_numeric() && next.is_some_and(char::is_numeric),
        '%' | '‰' | '°' => left_end.is_numeric(),
        '年' | '月' | '日' => is_digit(left_end),
        c if is_han_digit(c) => is_digit(left_end),
        // `(a)` right after a number or word: `1798.100(a)`, `person(s)`.
        '(' => joins(left_end) && is_short_bracket(&words[piece.start..end]),
        ')' => left.contains('(') && !left.ends_with(')') && !left.starts_with('('),
        _ if left_end == '(' => left.len() > 1,
        c if joins(c) => {
            let sign = matches!(
                left_end,
                '$' | '€' | '£' | '¥' | '₹' | '#' | '§' | '+' | '-' | '−'
            );
            let joined = matches!(
                left_end,
                '-' | '\u{2010}' | '\u{2011}' | '/' | '&' | '_' | '.' | '+' | ':'
            ) && left.chars().next().is_some_and(char::is_alphanumeric);
            (sign && c.is_numeric()) || joined
        }
        _ => false,
    }
}

/// Whether marks can join a character to the next: letters of scripts that write a word in one piece.
fn joins(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is a part of a number, in figures or in Chinese characters.
pub(super) fn is_digit(c: char) -> bool {
    c.is_numeric() || is_han_digit(c)
}

fn is_han_digit(c: char) -> bool {
    "〇零一二三四五六七八九十百千万萬亿億两兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟".contains(c)
}

fn is_short_bracket(text: &str) -> bool {
    text.find(')').is_some_and(|close| {
        let inner = &text[1..close];
        !inner.is_empty() && inner.len() <= 4 && inner.chars().all(char::is_alphanumeric)
    })
}

/// Makes one token of each date that is written out: `December 22, 2022`, `22 de diciembre de 2022`.
fn join_dates(words: &str, ranges: &mut Vec<Range<usize>>) {
    let is_year = |range: &Range<usize>| {
        let word = &words[range.clone()];
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|b| b.is_ascii_digit())
    };
    let mut joined = Vec::new();
    for (at, _) in ranges
        .iter()
        .enumerate()
        .filter(|(_, range)| is_year(range))
    {
        if let Some(first) = date_before(words, &ranges[..at]) {
            joined.push((first, at));
        }
    }
    for (first, last) in joined.into_iter().rev() {
        ranges[first].end = ranges[last].end;
        ranges.drain(first + 1..=last);
    }
}

/// The token with which the date begins whose year follows.
fn date_before(words: &str, before: &[Range<usize>]) -> Option<usize> {
    let glue = |word: &str| matches!(word, "," | "." | "de" | "del" | "of");
    let mut names = (0..before.len())
        .rev()
        .map(|at| (at, &words[before[at].clone()]))
        .take(7)
        .filter(|(_, word)| !glue(word));
    let (first, second) = (names.next()?, names.next()?);
    let is_date =
        (is_month(first.1) && is_day(second.1)) || (is_day(first.1) && is_month(second.1));
    // Nothing but white space and glue may stand between the parts.
    (is_date && before.len() - second.0 <= 5).then_some(second.0)
}

fn is_day(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| !c.is_numeric());
    let ending = &word[digits.len()..];
    (1..=2).contains(&digits.chars().count())
        && digits.chars().all(char::is_numeric)
        && matches!(ending, "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º")
}

fn is_month(word: &str) -> bool {
    word.chars().count() >= 3 && word.chars().all(char::is_alphabetic)
}

/// Makes one token of each date as East Asia writes it: `2022年12月22日`, `2022년 12월 22일`.
fn join_eastern_dates(words: &str, ranges: &mut Vec<Range<usize>>) {
    if words.is_ascii() {
        return;
    }
    let mut at = 0;
    while at < ranges.len() {
        let start = ranges[at].start;
        let end = start + eastern_date(&words[start..]);
        let rest = ranges[at + 1..].iter().take_while(|next| next.start < end);
        let last = at + rest.count();
        ranges[at].end = ranges[last].end;
        ranges.drain(at + 1..=last);
        at += 1;
    }
}

/// The length of the date with which a text begins: at least two of year, month and day.
fn eastern_date(text: &str) -> usize {
    let written_with = |marks: [char; 3]| {
        let (mut rest, mut parts) = (text, 0);
        for mark in marks {
            let number = rest.strip_prefix(' ').unwrap_or(rest);
            let after = number.trim_start_matches(is_digit);
            let end = after.strip_prefix(' ').unwrap_or(after);
            if let Some(end) = end
                .strip_prefix(mark)
                .filter(|_| after.len() < number.len())
            {
                (rest, parts) = (end, parts + 1);
            }
        }
        if parts > 1 {
            text.len() - rest.len()
        } else {
            0
        }
    };
    written_with(['年', '月', '日']).max(written_with(['년', '월', '일']))
}

/// Makes one token of each telephone number with its country: `+1 (888) 555-0124`.
fn join_telephones(words: &str, ranges: &mut Vec<Range<usize>>) {
    const FEWEST_DIGITS: usize = 7;
    let said = |range: &Range<usize>| &words[range.clone()];
    let digits = |range: &Range<usize>| said(range).bytes().filter(u8::is_ascii_digit).count();
    let is_part = |range: &&Range<usize>| match said(range) {
        "(" | ")" => true,
        group => digits(range) > 0 && group.bytes().all(|b| b.is_ascii_digit() || b == b'-'),
    };
    let mut at = 0;
    while at < ranges.len() {
        if said(&ranges[at]).starts_with('+') {
            let rest = ranges[at + 1..].iter().take_while(is_part).count();
            let all = &ranges[at..=at + rest];
            let last = all.iter().rposition(|range| digits(range) > 0);
            let enough = all.iter().map(digits).sum::<usize>() >= FEWEST_DIGITS;
            if let Some(last) = last.filter(|_| enough) {
                ranges[at].end = ranges[at + last].end;
                ranges.drain(at + 1..=at + last);
            }
        }
        at += 1;
    }
}

/// Whether a token stands for a reference to a footnote.
pub(super) fn is_note(said: &str) -> bool {
    said.starts_with(NOTE)
}

/// Whether a token is a mark that ends a sentence.
pub(super) fn ends_sentence(said: &str) -> bool {
    matches!(said, "." | "!" | "?" | "。" | "！" | "？" | "؟" | "।")
}

#[cfg(test)]
mod tests {
    use super::eastern_date;

    #[test]
    fn dates_of_east_asia_are_told_from_other_numbers() {
        let dates = [
            "2022年12月22日",
            "2022 年 12 月 22 日",
            "12月22日",
            "二〇二二年十二月",
            "2022년 12월 22일",
        ];
        for date in dates {
            assert_eq!(eastern_date(&format!("{date}起")), date.len(), "{date}");
        }
        for other in ["三年一度", "2022年3次", "30日", "年月日", "22日12月"] {
            assert_eq!(eastern_date(other), 0, "{other}");
        }
    }
}
