//! A finished page as tags and what stands between them, enough to tell what it fetches.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of a page. All pieces together are the page.
#[derive(Debug)]
pub(super) enum Piece<'h> {
    /// The tag that opens an element.
    Open(Tag<'h>),
    /// The tag that closes one: its name, and the whole of it.
    Close(&'h str, &'h str),
    /// Anything else: words, comments, the inside of styles and programs.
    Words(&'h str),
}

/// A tag that opens an element.
#[derive(Debug)]
pub(super) struct Tag<'h> {
    /// The whole of it, from `<` to `>`.
    pub(super) text: &'h str,
    /// The element's name.
    pub(super) name: &'h str,
    pub(super) attributes: Vec<Attribute<'h>>,
}

/// An attribute of a tag.
#[derive(Debug)]
pub(super) struct Attribute<'h> {
    pub(super) name: &'h str,
    /// Its value as written, without quotes.
    pub(super) value: &'h str,
    /// Where it stands in the tag.
    pub(super) range: Range<usize>,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut all = self.attributes.iter();
        let found = all.find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
        Some(decoded(found.value))
    }
}

/// A value as it is meant: of the references to characters those that addresses have.
pub(super) fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let plain = [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    let value = plain.iter().fold(value.to_owned(), |value, (from, to)| {
        value.replace(from, to)
    });
    Cow::Owned(value)
}

/// The pieces of a page, in order.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    let mut raw: Option<&str> = None;
    std::iter::from_fn(move || {
        let (piece, length) = match raw.take() {
            Some(name) => raw_text(rest, name)?,
            None => next(rest)?,
        };
        if let Piece::Open(tag) = &piece {
            let is_raw = |name: &&str| tag.name.eq_ignore_ascii_case(name);
            raw = ["script", "style", "textarea", "title"]
                .into_iter()
                .find(is_raw);
        }
        rest = &rest[length..];
        Some(piece)
    })
}

/// The next piece and its length.
fn next(html: &str) -> Option<(Piece<'_>, usize)> {
    if html.is_empty() {
        return None;
    }
    let found = if html.starts_with("<!--") {
        let end = html.find("-->").map_or(html.len(), |at| at + 3);
        Some((Piece::Words(&html[..end]), end))
    } else if let Some(inner) = html.strip_prefix("</") {
        let end = html.find('>').map_or(html.len(), |at| at + 1);
        Some((Piece::Close(name(inner), &html[..end]), end))
    } else if html.starts_with('<') && html[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        tag(html)
    } else {
        None
    };
    let words = || {
        let after = html.char_indices().nth(1).map_or(html.len(), |(at, _)| at);
        let end = html[after..].find('<').map_or(html.len(), |at| after + at);
        (Piece::Words(&html[..end]), end)
    };
    Some(found.unwrap_or_else(words))
}

/// What stands in an element whose inside is not read as tags.
fn raw_text<'h>(html: &'h str, name: &str) -> Option<(Piece<'h>, usize)> {
    let ends = |at: &usize| {
        let after = &html[at + 2..];
        after
            .get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    let end = html
        .match_indices("</")
        .map(|(at, _)| at)
        .find(ends)
        .unwrap_or(html.len());
    if end == 0 {
        return next(html);
    }
    Some((Piece::Words(&html[..end]), end))
}

fn name(inner: &str) -> &str {
    let end = inner.find(|c: char| c.is_whitespace() || c == '/' || c == '>');
    &inner[..end.unwrap_or(inner.len())]
}

/// A tag that opens an element, if it ends.
fn tag(html: &str) -> Option<(Piece<'_>, usize)> {
    let name = name(&html[1..]);
    let mut at = 1 + name.len();
    let mut attributes = Vec::new();
    loop {
        let rest = &html[at..];
        let space = rest.find(|c: char| !c.is_whitespace() && c != '/')?;
        at += space;
        if html[at..].starts_with('>') {
            let text = &html[..=at];
            let tag = Tag {
                text,
                name,
                attributes,
            };
            return Some((Piece::Open(tag), at + 1));
        }
        let attribute = attribute(html, at)?;
        at = attribute.range.end;
        attributes.push(attribute);
    }
}

fn attribute(html: &str, start: usize) -> Option<Attribute<'_>> {
    let rest = &html[start..];
    // An attribute's name can begin with `=`, which names nothing else.
    let end = rest
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_whitespace() || "=/>".contains(*c))
        .map(|(at, _)| at)?;
    let name = &rest[..end];
    let after = rest[end..].trim_start();
    let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
        return Some(Attribute {
            name,
            value: "",
            range: start..start + end,
        });
    };
    let at = html.len() - value.len();
    let first = value.chars().next()?;
    let (value, range) = if matches!(first, '"' | '\'') {
        let length = value[1..].find(first)?;
        (&value[1..=length], start..at + length + 2)
    } else {
        let length = value.find(|c: char| c.is_whitespace() || c == '>')?;
        (&value[..length], start..at + length)
    };
    Some(Attribute { name, value, range })
}
