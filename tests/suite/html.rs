//! A small reader of HTML: its tags in order, which must be balanced, and what every page must hold.

use std::collections::BTreeSet;

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag<'h> {
    pub(crate) name: &'h str,
    attributes: Vec<(&'h str, String)>,
    /// Where the tag stands in which this one does, counted among all tags of the page.
    parent: Option<usize>,
}

impl Tag<'_> {
    /// The value of an attribute, its character references undone.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Tag<'_> {
    /// Whether the tag runs code that is not the theme's own file.
    pub(crate) fn runs_code(&self) -> bool {
        let inline = self.name == "script" && self.attribute("src").is_none();
        let scheme = |value: &str| {
            let value = value.trim().to_ascii_lowercase();
            ["javascript:", "vbscript:", "data:"]
                .iter()
                .any(|scheme| value.starts_with(scheme))
        };
        let attribute = |(name, value): &(&str, String)| name.starts_with("on") || scheme(value);
        inline || self.attributes.iter().any(attribute)
    }
}

/// Elements that have no end tag.
pub(crate) const VOID: [&str; 7] = ["br", "hr", "img", "link", "meta", "wbr", "input"];

/// The start tags of a page in order. An error where the page is not well formed: every element is
/// closed where it was opened, every attribute stands in double quotes and is there once.
pub(crate) fn tags(html: &str) -> Result<Vec<Tag<'_>>, String> {
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let near = || rest.chars().take(60).collect::<String>();
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = &after[after
                .find("-->")
                .ok_or_else(|| format!("open comment: {}", near()))?..];
        } else if rest.starts_with("<!doctype html>") {
            rest = &rest["<!doctype html>".len()..];
        } else if let Some(after) = rest.strip_prefix("</") {
            let end = after
                .find('>')
                .ok_or_else(|| format!("open tag: {}", near()))?;
            let name = &after[..end];
            let innermost = open.pop().map(|at| tags[at].name);
            if innermost != Some(name) {
                return Err(format!("</{name}> ends {innermost:?}"));
            }
            rest = &after[end..];
        } else {
            let (mut tag, after) =
                start_tag(&rest[1..]).ok_or_else(|| format!("bad tag: {}", near()))?;
            tag.parent = open.last().copied();
            if !VOID.contains(&tag.name) {
                open.push(tags.len());
            }
            rest = after;
            if matches!(tag.name, "script" | "style") {
                let end = format!("</{}>", tag.name);
                rest = &rest[rest.find(&end).ok_or("open script")?..];
            }
            tags.push(tag);
        }
    }
    match open.last() {
        None => Ok(tags),
        Some(&at) => Err(format!("not closed: {:?}", tags[at])),
    }
}

/// A start tag after its `<`, and what follows it.
fn start_tag(html: &str) -> Option<(Tag<'_>, &str)> {
    let (name, mut rest) = word(html)?;
    let mut attributes: Vec<(&str, String)> = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            let tag = Tag {
                name,
                attributes,
                parent: None,
            };
            return Some((tag, after));
        }
        let (attribute, after) = word(rest.strip_prefix(' ')?)?;
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => {
                let end = quoted.find('"')?;
                (unescaped(&quoted[..end])?, &quoted[end + 1..])
            }
            None => (String::new(), after),
        };
        if attributes.iter().any(|(known, _)| *known == attribute) {
            return None;
        }
        attributes.push((attribute, value));
        rest = after;
    }
}

fn word(html: &str) -> Option<(&str, &str)> {
    let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let end = html.find(|c: char| !part(c)).unwrap_or(html.len());
    (end > 0 && html.starts_with(|c: char| c.is_ascii_lowercase())).then(|| html.split_at(end))
}

/// Words without character references; `None` where an `&` begins none.
pub(crate) fn unescaped(words: &str) -> Option<String> {
    const REFERENCES: [(&str, char); 5] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#x27;", '\''),
    ];
    let mut out = String::new();
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (reference, character) = REFERENCES.iter().find(|(name, _)| rest.starts_with(name))?;
        out.push(*character);
        rest = &rest[reference.len()..];
    }
    out.push_str(rest);
    Some(out)
}

/// The ids of a page in order.
pub(crate) fn ids<'t>(tags: &'t [Tag<'_>]) -> Vec<&'t str> {
    tags.iter().filter_map(|tag| tag.attribute("id")).collect()
}

/// Where a page leads: every `href` and `src` in order.
pub(crate) fn references<'t>(tags: &'t [Tag<'_>]) -> Vec<&'t str> {
    let of = |tag: &'t Tag<'_>| [tag.attribute("href"), tag.attribute("src")];
    tags.iter().flat_map(of).flatten().collect()
}

/// The elements in which a tag stands, the innermost first.
pub(crate) fn around<'t, 'h>(
    tags: &'t [Tag<'h>],
    tag: &Tag<'_>,
) -> impl Iterator<Item = &'t Tag<'h>> {
    let above = move |tag: &&'t Tag<'h>| tag.parent.map(|at| &tags[at]);
    std::iter::successors(tag.parent.map(|at| &tags[at]), above)
}

/// The words of a page beside those in elements of one name: runs of letters and digits.
pub(crate) fn words_outside(html: &str, name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut depth = 0;
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        match tag.strip_prefix('/') {
            Some(end) if end == name => depth -= 1,
            None if tag.split(' ').next() == Some(name) => depth += 1,
            _ => {}
        }
        if depth == 0 {
            words.extend(words_of(
                &unescaped(text).unwrap_or_else(|| text.to_owned()),
            ));
        }
    }
    words
}

/// The runs of letters and digits.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let words = parts.filter(|part| !part.is_empty());
    words.map(str::to_owned).collect()
}

/// What every page must hold: it is well formed, each id is there once, no link to a part of the page is
/// dead, and no code is in it.
pub(crate) fn check_page(page: &str) -> Result<(), String> {
    let tags = tags(page).map_err(|error| format!("{error}\n{page}"))?;
    let ids = ids(&tags);
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    if unique.len() != ids.len() {
        return Err(format!("an id twice: {ids:?}"));
    }
    if let Some(bad) = ids
        .iter()
        .find(|id| id.is_empty() || id.contains(char::is_whitespace))
    {
        return Err(format!("an id that is none: {bad:?}"));
    }
    for fragment in references(&tags)
        .iter()
        .filter_map(|reference| reference.strip_prefix('#'))
    {
        if !unique.contains(decoded(fragment).as_str()) {
            return Err(format!("#{fragment} leads nowhere: {ids:?}"));
        }
    }
    match tags.iter().find(|tag| tag.runs_code()) {
        Some(tag) => Err(format!("code in the page: {tag:?}")),
        None => Ok(()),
    }
}

/// A fragment as a browser looks it up.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let encoded = hex.filter(|_| *first == b'%');
        bytes.push(encoded.unwrap_or(*first));
        rest = if encoded.is_some() {
            &after[2..]
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn what_is_not_well_formed_is_told() {
    let page =
        "<p id=\"a\">x <br> <a href=\"/?a&amp;b\" rel=\"next\" hidden>&lt;</a></p><!-- <p> -->";
    let tags = tags(page).unwrap();
    assert_eq!(ids(&tags), ["a"]);
    assert_eq!(references(&tags), ["/?a&b"]);
    for broken in [
        "<p>",
        "</p>",
        "<b><i></b></i>",
        "<p id=a></p>",
        "<p id=\"a\" id=\"b\"></p>",
        "<p",
        "a < b",
    ] {
        assert!(super::html::tags(broken).is_err(), "{broken}");
    }
}

#[test]
fn elements_know_what_they_stand_in() {
    let tags = tags("<ul><li><br><p>a</p><b>b</b></li></ul>").unwrap();
    let names: Vec<&str> = around(&tags, &tags[4]).map(|tag| tag.name).collect();
    assert_eq!(names, ["li", "ul"]);
}

#[test]
fn words_of_one_element_can_be_left_out() {
    let html = "<p>a <del>b <i>c</i></del><ins>d</ins>e &amp; f-g</p>";
    assert_eq!(words_outside(html, "del"), ["a", "d", "e", "f", "g"]);
    assert_eq!(words_outside(html, "ins"), ["a", "b", "c", "e", "f", "g"]);
}
