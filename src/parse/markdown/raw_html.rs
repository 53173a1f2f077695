//! Raw HTML in texts: a few harmless elements are read, everything else is refused.

use std::ops::Range;

use super::html_blocks::decoded;
use crate::model::text::InlineTag;

/// A piece of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// An element that may stand in a text begins.
    Open(Element, Option<String>),
    /// It ends.
    Close(Element),
    /// `<br>`.
    Break,
    /// `<wbr>`.
    BreakOpportunity,
    /// Words between tags.
    Words,
    /// A comment, which is not published.
    Comment,
    /// Something that may not stand in a text.
    Refused(Refusal),
    /// The end of an element that may not stand in a text.
    RefusedEnd(String),
}

/// Something that may not stand in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// What it is.
    pub(super) what: String,
    /// What to do.
    pub(super) help: String,
    /// The element that begins with it and needs an end, if one does.
    pub(super) opens: Option<String>,
}

/// Elements without an end.
const VOID: [&str; 11] = [
    "area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
];

/// An element that may stand in a text and has an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A part that opens.
    Details,
    /// The words of it that stay visible.
    Summary,
    /// An element of running text.
    Inline(InlineTag),
}

impl Element {
    fn named(name: &str) -> Option<Self> {
        match name {
            "details" => Some(Self::Details),
            "summary" => Some(Self::Summary),
            _ => InlineTag::NAMES
                .into_iter()
                .find(|(n, _)| *n == name)
                .map(|(_, tag)| Self::Inline(tag)),
        }
    }

    /// The element's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Details => "details",
            Self::Summary => "summary",
            Self::Inline(tag) => tag.name(),
        }
    }
}

/// Splits HTML into pieces, each with its bytes.
pub(super) fn pieces(html: &str) -> Vec<(Piece, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let (piece, end) = next(html, at);
        pieces.push((piece, at..end));
        at = end;
    }
    pieces
}

fn next(html: &str, at: usize) -> (Piece, usize) {
    let rest = &html[at..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        return self::comment(html, at, comment);
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        let end = rest.find('>').map_or(html.len(), |n| at + n + 1);
        return (refused("a declaration", "remove it"), end);
    }
    if is_tag(rest) {
        let end = at + tag_end(rest);
        return (tag(&html[at..end]), end);
    }
    // A `<` that opens nothing is a word.
    let mut end = at;
    loop {
        let next = end + html[end..].chars().next().map_or(1, char::len_utf8);
        end = html[next..].find('<').map_or(html.len(), |n| next + n);
        let rest = &html[end..];
        if rest.is_empty() || is_tag(rest) || rest.starts_with("<!") || rest.starts_with("<?") {
            return (Piece::Words, end);
        }
    }
}

/// A comment, which `<!-->` and `<!--->` are too (CommonMark 0.31, section 6.6). One without an end
/// would hide everything after it.
fn comment(html: &str, at: usize, inside: &str) -> (Piece, usize) {
    let start = at + "<!--".len();
    for short in [">", "->"] {
        if inside.starts_with(short) {
            return (Piece::Comment, start + short.len());
        }
    }
    match inside.find("-->") {
        Some(end) => (Piece::Comment, start + end + "-->".len()),
        None => (
            refused("a comment without an end", "write `-->` where it ends"),
            html.len(),
        ),
    }
}

fn is_tag(rest: &str) -> bool {
    let after = rest
        .strip_prefix('<')
        .map(|r| r.strip_prefix('/').unwrap_or(r));
    after.is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Where a tag ends: at the first `>` outside quotes.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (index, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

fn tag(tag: &str) -> Piece {
    let inside = tag
        .trim_start_matches('<')
        .trim_end_matches('>')
        .trim_end_matches('/')
        .trim();
    let (closing, inside) = match inside.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inside),
    };
    let name_end = inside
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_end);
    let name = name.to_ascii_lowercase();
    let attributes = attributes.trim();
    match (name.as_str(), Element::named(&name)) {
        ("br", _) if attributes.is_empty() => Piece::Break,
        ("wbr", _) if attributes.is_empty() => Piece::BreakOpportunity,
        (_, Some(element)) if closing => Piece::Close(element),
        (_, Some(element)) => open(element, attributes),
        ("br" | "wbr", _) => refused(
            &format!("an attribute of <{name}>"),
            "write the tag without attributes",
        ),
        _ if closing => Piece::RefusedEnd(name),
        _ => Piece::Refused(Refusal {
            what: format!("<{name}>"),
            help: instead_of(&name).to_owned(),
            opens: (!VOID.contains(&name.as_str())).then_some(name),
        }),
    }
}

fn open(element: Element, attributes: &str) -> Piece {
    if attributes.is_empty() {
        return Piece::Open(element, None);
    }
    let title = attributes
        .strip_prefix("title=")
        .and_then(|value| value.strip_prefix('"')?.strip_suffix('"'))
        .filter(|title| !title.contains('"'));
    let (what, help) = match (element, title) {
        (Element::Inline(InlineTag::Abbr), Some(title)) => {
            return Piece::Open(element, Some(decoded(title)));
        }
        (Element::Inline(InlineTag::Abbr), None) => (
            "an attribute of <abbr> other than title".to_owned(),
            "write `<abbr title=\"…\">`",
        ),
        _ => (
            format!("an attribute of <{}>", element.name()),
            "write the tag without attributes",
        ),
    };
    let opens = Some(element.name().to_owned());
    Piece::Refused(Refusal {
        what,
        help: help.to_owned(),
        opens,
    })
}

fn refused(what: &str, help: &str) -> Piece {
    Piece::Refused(Refusal {
        what: what.to_owned(),
        help: help.to_owned(),
        opens: None,
    })
}

/// What to write instead of an element.
fn instead_of(name: &str) -> &'static str {
    match name {
        "a" => {
            "write a link as `[words](address)`, and an anchor as `{#name}` at the end of a heading"
        }
        "b" | "strong" => "write `**words**`",
        "i" | "em" => "write `*words*`",
        "s" | "del" | "strike" => "write `~~words~~`",
        "img" => "write a picture as `![what it shows](file.png)`",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write a heading as `## Words`",
        "ul" | "ol" | "li" => "write a list with `- ` or `1. ` before each item",
        "table" | "thead" | "tbody" | "tr" | "td" | "th" => {
            "write a table with `|` between its cells"
        }
        "p" | "div" | "span" | "font" | "center" | "section" => {
            "remove the tags and leave the words: paragraphs are separated by empty lines"
        }
        "hr" => "write `---` on a line of its own",
        "blockquote" => "write `> ` before each line of the quotation",
        "code" => "write `` `words` ``",
        "script" | "iframe" | "object" | "embed" | "style" | "form" | "input" | "link" | "meta" => {
            "remove it: a legal text holds words only; scripts and styles belong to the theme"
        }
        _ => {
            "use Markdown; the elements that may stand in a text are br, wbr, abbr, sup, sub, small, kbd, u, \
             details and summary; for the words themselves write `&lt;` instead of `<`"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(html: &str) -> Vec<Piece> {
        pieces(html).into_iter().map(|(piece, _)| piece).collect()
    }

    #[test]
    fn harmless_elements_pass() {
        let sup = Element::Inline(InlineTag::Sup);
        assert_eq!(kinds("<SUP>"), [Piece::Open(sup, None)]);
        assert_eq!(kinds("</sup >"), [Piece::Close(sup)]);
        assert_eq!(kinds("<br/><br />"), [Piece::Break, Piece::Break]);
        let abbr = Element::Inline(InlineTag::Abbr);
        assert_eq!(
            kinds("<abbr title=\"a > b\">"),
            [Piece::Open(abbr, Some("a > b".into()))]
        );
        assert_eq!(kinds("a < b <!-- <x> -->"), [Piece::Words, Piece::Comment]);
    }

    #[test]
    fn everything_else_is_refused() {
        for html in [
            "<script>",
            "<iframe src=x>",
            "<sup onclick=alert(1)>",
            "<br class=x>",
            "<abbr title='x' id=y>",
            "<!DOCTYPE html>",
            "<?php ?>",
            "<a href=\"javascript:x\">",
            "<details open ontoggle=x>",
            "<p",
            "<x-y>",
            "<!-- no end",
        ] {
            assert!(
                kinds(html).iter().any(|p| matches!(p, Piece::Refused(_))),
                "{html}"
            );
        }
    }

    #[test]
    fn pieces_cover_their_text() {
        let html = "<u>a<b</u> ü<!-- y";
        let pieces = pieces(html);
        assert_eq!(pieces.first().unwrap().1.start, 0);
        assert_eq!(pieces.last().unwrap().1.end, html.len());
        assert!(pieces.windows(2).all(|w| w[0].1.end == w[1].1.start));
    }
}
