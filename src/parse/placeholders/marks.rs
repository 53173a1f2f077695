//! The marks that carry places through a template engine.

use std::fmt::Write as _;
use std::ops::Range;

use crate::diagnostic::Span;

/// `\u{1}12\u{1}`: what follows is verbatim from byte 12 of the source.
const VERBATIM: char = '\u{1}';
/// `\u{2}12-20\u{2}`: what follows is the value of the placeholder at bytes 12 to 20.
const VALUE: char = '\u{2}';
/// `\u{3}name\u{3}`: a clause goes here.
pub(super) const CLAUSE: char = '\u{3}';

/// Whether a text has anything for the template engine to do.
pub(super) fn has_placeholders(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Whether a text holds characters that would be taken for marks; none may, and that is told.
pub(super) fn holds_marks(text: &str) -> bool {
    text.contains(|c| ('\u{1}'..='\u{5}').contains(&c))
}

/// A text with marks, ready for the template engine.
pub(super) struct Marked {
    /// The template.
    pub(super) template: String,
    /// Pairs of bytes, in the template and in the source, at which verbatim pieces begin.
    pieces: Vec<(usize, usize)>,
    /// The `{{ … }}` of the text.
    values: Vec<Span>,
    /// The `{% … %}` of the text.
    pub(super) statements: Vec<Span>,
    /// The braces that begin something without an end.
    pub(super) unclosed: Option<Span>,
}

impl Marked {
    /// The byte of the source that stands at a byte of the template.
    pub(super) fn source_byte(&self, template_byte: usize) -> usize {
        let index = self
            .pieces
            .partition_point(|(in_template, _)| *in_template <= template_byte);
        match index.checked_sub(1).map(|i| self.pieces[i]) {
            Some((in_template, in_source)) => in_source + (template_byte - in_template),
            None => 0,
        }
    }

    /// All `{{ … }}` of the text.
    pub(super) fn values(&self) -> impl Iterator<Item = Span> {
        self.values.iter().copied()
    }

    /// The placeholders that can be evaluated one by one: all, unless statements tie them together.
    pub(super) fn independent(&self) -> impl Iterator<Item = Span> {
        let values: &[Span] = if self.statements.is_empty() {
            &self.values
        } else {
            &[]
        };
        values.iter().copied()
    }

    fn push(&mut self, text: &str, at: usize) {
        self.pieces.push((self.template.len(), at));
        self.template.push_str(text);
    }

    fn mark_verbatim(&mut self, at: usize) {
        let _ = write!(self.template, "{VERBATIM}{at}{VERBATIM}");
    }

    fn mark_value(&mut self, tag: &Range<usize>) {
        let _ = write!(self.template, "{VALUE}{}-{}{VALUE}", tag.start, tag.end);
    }
}

/// Puts marks into a text. A statement that stands alone on its line takes the line with it, so that
/// a loop over a table's rows leaves no empty lines.
pub(super) fn add(text: &str) -> Marked {
    let mut marked = Marked {
        template: String::new(),
        pieces: Vec::new(),
        values: Vec::new(),
        statements: Vec::new(),
        unclosed: None,
    };
    marked.mark_verbatim(0);
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        let statement = text[tag.start..].starts_with("{%");
        if !text[..tag.end].ends_with(if statement { "%}" } else { "}}" }) {
            marked.unclosed = Some(Span::new(tag.start..tag.start + 2));
        }
        let line = if statement {
            whole_line(text, &tag)
        } else {
            tag.clone()
        };
        let literal_end = line.start.max(at);
        if statement {
            marked.statements.push(Span::new(tag.clone()));
            marked.push(&text[at..literal_end], at);
        } else {
            marked.values.push(Span::new(tag.clone()));
            // White space that `{{-` trims must stay next to it.
            let trims = text[tag.start..].starts_with("{{-");
            let literal = &text[at..literal_end];
            let kept = if trims {
                literal.trim_end().len()
            } else {
                literal.len()
            };
            marked.push(&literal[..kept], at);
            marked.mark_value(&tag);
            marked.push(&literal[kept..], at + kept);
        }
        marked.push(&text[tag.clone()], tag.start);
        at = line.end;
        // White space that `-}}` trims must follow it at once.
        if text[..tag.end].ends_with("-}}") || text[..tag.end].ends_with("-%}") {
            let space = text[at..].len() - text[at..].trim_start().len();
            marked.push(&text[at..at + space], at);
            at += space;
        }
        marked.mark_verbatim(at);
        if let Some(end) = raw_end(text, &tag) {
            marked.push(&text[at..end], at);
            at = end;
        }
    }
    marked.push(&text[at..], at);
    marked
}

/// The next `{{ … }}` or `{% … %}`; one without an end reaches to the end of the text.
fn next_tag(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = (from..bytes.len().saturating_sub(1))
        .find(|i| bytes[*i] == b'{' && matches!(bytes[*i + 1], b'{' | b'%'))?;
    let close: &[u8] = if bytes[start + 1] == b'{' {
        b"}}"
    } else {
        b"%}"
    };
    let mut quote = None;
    let mut i = start + 2;
    while i < bytes.len() {
        match (quote, bytes[i]) {
            (Some(open), byte) if byte == open => quote = None,
            (None, byte @ (b'"' | b'\'' | b'`')) => quote = Some(byte),
            (None, _) if bytes[i..].starts_with(close) => return Some(start..i + 2),
            _ => {}
        }
        i += 1;
    }
    Some(start..text.len())
}

/// The whole line of a tag that stands alone on it, else the tag.
fn whole_line(text: &str, tag: &Range<usize>) -> Range<usize> {
    let before = text[..tag.start].trim_end_matches([' ', '\t']);
    let after = text[tag.end..].trim_start_matches([' ', '\t']);
    let alone = (before.is_empty() || before.ends_with('\n'))
        && (after.is_empty() || after.starts_with('\n'));
    let start = before.len();
    let end = text.len() - after.len() + usize::from(!after.is_empty());
    if alone { start..end } else { tag.clone() }
}

/// Where the `{% endraw %}` begins that ends the `{% raw %}` of a tag.
fn raw_end(text: &str, tag: &Range<usize>) -> Option<usize> {
    let inside = text[tag.clone()]
        .strip_prefix("{%")?
        .trim_matches(['-', ' ', '%', '}']);
    if inside != "raw" {
        return None;
    }
    let end = text[tag.end..].find("endraw").map(|n| tag.end + n)?;
    text[..end].rfind("{%").filter(|open| *open >= tag.end)
}

/// A piece of a rendered text.
pub(super) enum Piece<'r> {
    /// Text that stands in the source from byte `at` on.
    Verbatim {
        /// The byte.
        at: usize,
        /// The text.
        text: &'r str,
    },
    /// What a placeholder printed.
    Value {
        /// The placeholder.
        span: Span,
        /// The text.
        text: &'r str,
    },
    /// A clause that is to be put in.
    Clause {
        /// Its name.
        name: &'r str,
    },
}

/// The pieces of a rendered text, without the marks.
pub(super) fn pieces(rendered: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut origin = Origin::Verbatim(0);
    let mut rest = rendered;
    while let Some(open) = rest.find([VERBATIM, VALUE, CLAUSE]) {
        pieces.extend(origin.piece(&rest[..open]));
        let mark = rest.as_bytes()[open] as char;
        let after = &rest[open + 1..];
        let Some(close) = after.find(mark) else { break };
        let content = &after[..close];
        match mark {
            VERBATIM => origin = Origin::Verbatim(content.parse().unwrap_or_default()),
            VALUE => origin = Origin::Value(parse_span(content)),
            _ => {
                // The clause belongs to the placeholder whose value it is.
                pieces.push(Piece::Value {
                    span: origin.span(),
                    text: "",
                });
                pieces.push(Piece::Clause { name: content });
            }
        }
        rest = &after[close + 1..];
    }
    pieces.extend(origin.piece(rest));
    pieces
}

/// Where the text that follows a mark comes from.
#[derive(Clone, Copy)]
enum Origin {
    Verbatim(usize),
    Value(Span),
}

impl Origin {
    fn piece(self, text: &str) -> Option<Piece<'_>> {
        (!text.is_empty()).then_some(match self {
            Self::Verbatim(at) => Piece::Verbatim { at, text },
            Self::Value(span) => Piece::Value { span, text },
        })
    }

    fn span(self) -> Span {
        match self {
            Self::Verbatim(at) => Span::new(at..at),
            Self::Value(span) => span,
        }
    }
}

fn parse_span(content: &str) -> Span {
    let (start, end) = content.split_once('-').unwrap_or((content, content));
    Span::new(start.parse().unwrap_or_default()..end.parse().unwrap_or_default())
}

/// A message of the template engine without the marks it may quote.
pub(super) fn clean(message: &str) -> String {
    let mut out = String::new();
    for (index, part) in message.split([VERBATIM, VALUE, CLAUSE]).enumerate() {
        if index % 2 == 0 {
            out.push_str(part);
        }
    }
    out
}

/// The identifier at a byte; empty where there is none.
pub(super) fn word_at(text: &str, at: usize) -> Range<usize> {
    let part = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let bytes = text.as_bytes();
    let end = (at..bytes.len())
        .find(|i| !part(bytes[*i]))
        .unwrap_or(bytes.len());
    at.min(end)..end
}

/// The names before a byte that are joined to it by dots: `["organization"]` before `email`.
pub(super) fn dotted_before(text: &str, at: usize) -> Vec<&str> {
    let before = &text[..at];
    let start = before
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
        .map_or(0, |n| {
            n + before[n..].chars().next().map_or(1, char::len_utf8)
        });
    before[start..]
        .split('.')
        .filter(|part| !part.is_empty())
        .collect()
}

/// The names with dots in a part of a text (`variables.europe`), without those in quotes.
pub(super) fn dotted_names(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let is_part = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    let bytes = text.as_bytes();
    let (mut names, mut quote, mut at) = (Vec::new(), None, part.start);
    while at < part.end {
        let start = at;
        while quote.is_none() && at < part.end && is_part(bytes[at]) {
            at += 1;
        }
        if at > start {
            let name = &text[start..at];
            if name.contains('.') && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                names.push(start..at);
            }
            continue;
        }
        match (quote, bytes[at]) {
            (Some(open), byte) if byte == open => quote = None,
            (None, byte @ (b'"' | b'\'' | b'`')) => quote = Some(byte),
            _ => {}
        }
        at += 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_conditions_are_found_outside_of_quotes() {
        let text = "{% if variables.a == \"x.y\" and not data.b.c %}";
        let names: Vec<&str> = dotted_names(text, 0..text.len())
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(names, ["variables.a", "data.b.c"]);
    }

    #[test]
    fn marks_come_out_as_they_went_in() {
        let text = "a {{ x }} b\n{% if y %}\nc\n{% endif %}\nd {{- z -}} e";
        let marked = add(text);
        let verbatim: Vec<(usize, &str)> = pieces(&marked.template)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Verbatim { at, text } => Some((at, text)),
                _ => None,
            })
            .collect();
        assert_eq!(verbatim[0], (0, "a "));
        assert!(
            verbatim
                .iter()
                .all(|(at, piece)| piece.starts_with(&text[*at..=*at]))
        );
        assert_eq!(marked.statements.len(), 2);
    }
}
