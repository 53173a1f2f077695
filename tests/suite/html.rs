//! A small reader of HTML: its tags in order, which must be balanced.

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag<'h> {
    pub(crate) name: &'h str,
    attributes: Vec<(&'h str, String)>,
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
const VOID: [&str; 7] = ["br", "hr", "img", "link", "meta", "wbr", "input"];

/// The start tags of a page in order. An error where the page is not well formed: every element is
/// closed where it was opened, every attribute stands in double quotes and is there once.
pub(crate) fn tags(html: &str) -> Result<Vec<Tag<'_>>, String> {
    let mut tags = Vec::new();
    let mut open: Vec<&str> = Vec::new();
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
            let innermost = open.pop();
            if innermost != Some(name) {
                return Err(format!("</{name}> ends {innermost:?}"));
            }
            rest = &after[end..];
        } else {
            let (tag, after) =
                start_tag(&rest[1..]).ok_or_else(|| format!("bad tag: {}", near()))?;
            if !VOID.contains(&tag.name) {
                open.push(tag.name);
            }
            rest = after;
            if matches!(tag.name, "script" | "style") {
                let end = format!("</{}>", tag.name);
                rest = &rest[rest.find(&end).ok_or("open script")?..];
            }
            tags.push(tag);
        }
    }
    if open.is_empty() {
        Ok(tags)
    } else {
        Err(format!("not closed: {open:?}"))
    }
}

/// A start tag after its `<`, and what follows it.
fn start_tag(html: &str) -> Option<(Tag<'_>, &str)> {
    let (name, mut rest) = word(html)?;
    let mut attributes: Vec<(&str, String)> = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return Some((Tag { name, attributes }, after));
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
