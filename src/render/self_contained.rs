//! A page as one file that needs nothing beside it: styles inside, pictures inside, no programs.
//!
//! It works on the finished page of any theme. What the page says stays as it is; what it would
//! fetch is put in or left out, and where its links lead is written out in full.

use base64ct::{Base64, Encoding as _};

use super::tags::{self, Piece, Tag};
use crate::markup::escape::push_attribute;

/// Where things are found that a page asks for.
pub(super) struct Surroundings<'a> {
    /// The address of the page, with scheme and host.
    pub(super) url: &'a str,
    /// The bytes at an address of the site, with its base: `/legal/assets/style.1f0c.css`.
    pub(super) find: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// The elements that fetch something and show it by themselves.
const FETCHING: [&str; 8] = [
    "img", "source", "video", "audio", "track", "embed", "iframe", "input",
];
/// Relations of links that fetch something which is no part of what a reader reads.
const LEFT_OUT: [&str; 9] = [
    "icon",
    "apple-touch-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "alternate stylesheet",
];

/// A page without anything that has to be fetched.
pub(super) fn page(html: &str, around: &Surroundings<'_>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 2);
    let mut skipped: Option<&str> = None;
    for piece in tags::pieces(html) {
        match (piece, skipped) {
            (Piece::Close(name, _), Some(open)) if name.eq_ignore_ascii_case(open) => {
                skipped = None;
            }
            (_, Some(_)) => {}
            (Piece::Open(tag), None) => match tag.name.to_ascii_lowercase().as_str() {
                "script" => skipped = Some("script"),
                "base" => {}
                "link" => push_link(&mut out, &tag, around),
                name => push_tag(&mut out, &tag, name, around),
            },
            (Piece::Close(_, text) | Piece::Words(text), None) => out.push_str(text),
        }
    }
    out
}

/// A link of the head: a style sheet is put in, what a browser would fetch besides is left out.
fn push_link(out: &mut String, tag: &Tag<'_>, around: &Surroundings<'_>) {
    let rel = tag.value("rel").unwrap_or_default().to_ascii_lowercase();
    let href = tag.value("href").unwrap_or_default();
    if rel.split_whitespace().any(|rel| rel == "stylesheet") && !rel.contains("alternate") {
        let address = around.address(&href);
        let sheet = address
            .as_deref()
            .and_then(|address| (around.find)(address));
        let css = String::from_utf8_lossy(&sheet.unwrap_or_default()).into_owned();
        out.push_str("<style>\n");
        out.push_str(&style(&css, address.as_deref().unwrap_or_default(), around));
        out.push_str("</style>");
    } else if !rel.split_whitespace().any(|rel| LEFT_OUT.contains(&rel)) {
        push_tag(out, tag, "link", around);
    }
}

/// A tag with its addresses written out in full, and what it would fetch put in.
fn push_tag(out: &mut String, tag: &Tag<'_>, name: &str, around: &Surroundings<'_>) {
    let mut from = 0;
    let fetches = FETCHING.contains(&name);
    for attribute in &tag.attributes {
        let value = tags::decoded(attribute.value);
        let new = match attribute.name.to_ascii_lowercase().as_str() {
            "href" | "action" | "cite" => Some(around.absolute(&value)),
            "src" | "poster" if fetches => around.put_in(&value),
            // One picture, and not a choice of sizes.
            "srcset" if fetches && !value.trim().contains([' ', ',']) => {
                around.put_in(value.trim())
            }
            "src" | "srcset" | "data" | "background" => None,
            _ => continue,
        };
        out.push_str(&tag.text[from..attribute.range.start]);
        if let Some(new) = new {
            out.push_str(attribute.name);
            out.push_str("=\"");
            push_attribute(out, &new);
            out.push('"');
        }
        from = attribute.range.end;
    }
    out.push_str(&tag.text[from..]);
}

/// A style sheet with what it would fetch put in, or left out where it is not of the site.
pub(super) fn style(css: &str, sheet: &str, around: &Surroundings<'_>) -> String {
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("url(") {
        let Some((target, after)) = after.split_once(')') else {
            break;
        };
        let target = target.trim().trim_matches(['"', '\'']);
        let address = match target {
            absolute if absolute.starts_with('/') => absolute.to_owned(),
            beside => format!("{folder}/{beside}"),
        };
        let inside = if target.starts_with("data:") || target.starts_with('#') {
            Some(target.to_owned())
        } else {
            (around.find)(&address).map(|bytes| data(&address, &bytes))
        };
        out.push_str(before);
        out.push_str("url(\"");
        out.push_str(&inside.unwrap_or_default());
        out.push_str("\")");
        rest = after;
    }
    out.push_str(rest);
    // Words in a style sheet could end the element that holds it.
    out.replace("</", "<\\/")
}

impl Surroundings<'_> {
    /// Scheme and host of the page.
    fn origin(&self) -> &str {
        let start = self.url.find("://").map_or(0, |at| at + 3);
        let end = self.url[start..].find('/').map(|at| start + at);
        &self.url[..end.unwrap_or(self.url.len())]
    }

    /// The address on the site that something on the page names; `None` for what is elsewhere.
    fn address(&self, value: &str) -> Option<String> {
        let full = self.absolute(value);
        let path = full.strip_prefix(self.origin())?;
        path.starts_with('/').then(|| path.to_owned())
    }

    /// Where a link leads, with scheme and host. Places on the page itself stay what they are.
    fn absolute(&self, value: &str) -> String {
        let has_scheme = value
            .split_once(':')
            .is_some_and(|(scheme, _)| !scheme.contains(['/', '?', '#']));
        if value.is_empty() || value.starts_with('#') || has_scheme {
            return value.to_owned();
        }
        if let Some(host) = value.strip_prefix("//") {
            return format!("https://{host}");
        }
        let origin = self.origin();
        if value.starts_with('/') {
            return format!("{origin}{value}");
        }
        let folder = self
            .url
            .rsplit_once('/')
            .map_or(self.url, |(folder, _)| folder);
        let mut parts: Vec<&str> = folder[origin.len()..].split('/').collect();
        for part in value.split('/') {
            match part {
                "." => {}
                ".." => parts.truncate(1.max(parts.len() - 1)),
                part => parts.push(part),
            }
        }
        format!("{origin}{}", parts.join("/"))
    }

    /// Something of the site as an address that holds its bytes.
    fn put_in(&self, value: &str) -> Option<String> {
        if value.starts_with("data:") {
            return Some(value.to_owned());
        }
        let address = self.address(value)?;
        let path = address.split(['?', '#']).next().unwrap_or_default();
        (self.find)(path).map(|bytes| data(path, &bytes))
    }
}

/// An address that holds the bytes themselves (RFC 2397).
fn data(path: &str, bytes: &[u8]) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = match ending {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => "application/octet-stream",
    };
    format!("data:{kind};base64,{}", Base64::encode_string(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(html: &str) -> String {
        let find = |address: &str| match address {
            "/legal/assets/style.css" => Some(b"p{background:url(a.png)}</x>".to_vec()),
            "/legal/assets/a.png" | "/legal/privacy/b.png" => Some(b"png".to_vec()),
            _ => None,
        };
        let around = Surroundings {
            url: "https://example.com/legal/privacy/",
            find: &find,
        };
        page(html, &around)
    }

    #[test]
    fn styles_and_pictures_are_put_in() {
        assert_eq!(
            alone("<link rel=\"stylesheet\" href=\"/legal/assets/style.css\">"),
            "<style>\np{background:url(\"data:image/png;base64,cG5n\")}<\\/x></style>"
        );
        assert_eq!(
            alone("<picture><source srcset=\"b.png\" media=\"print\"></picture>"),
            "<picture><source srcset=\"data:image/png;base64,cG5n\" media=\"print\"></picture>"
        );
        assert_eq!(
            alone("<p><img src='b.png' alt=\"B\"></p>"),
            "<p><img src=\"data:image/png;base64,cG5n\" alt=\"B\"></p>"
        );
    }

    #[test]
    fn what_would_be_fetched_from_elsewhere_is_left_out() {
        assert_eq!(
            alone(
                "<img src=\"https://other.example/x.png\" alt=\"X\"><script src=a.js>let x = \"<p>\";</script><link rel=\"icon\" href=\"x.svg\">."
            ),
            "<img  alt=\"X\">."
        );
        assert_eq!(
            alone("<iframe src=\"//other.example/\"></iframe>"),
            "<iframe ></iframe>"
        );
        for choice in ["b.png 2x", "b.png,c.png"] {
            assert_eq!(alone(&format!("<img srcset=\"{choice}\">")), "<img >");
        }
    }

    #[test]
    fn links_lead_where_they_led() {
        let cases = [
            ("/legal/terms/", "https://example.com/legal/terms/"),
            (
                "../terms/?a=1&amp;b=2#x",
                "https://example.com/legal/terms/?a=1&amp;b=2#x",
            ),
            (
                "2022-01-01/",
                "https://example.com/legal/privacy/2022-01-01/",
            ),
            ("#contact", "#contact"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("https://other.example/", "https://other.example/"),
        ];
        for (old, new) in cases {
            let link = |href: &str| format!("<a class=\"x\" href=\"{href}\" id=y>Words</a>");
            assert_eq!(alone(&link(old)), link(new));
        }
    }

    #[test]
    fn words_stay_what_they_are() {
        let words = "<!doctype html>\n<!-- <a href=\"/x\"> --><p title=\"a > b\">1 < 2 &amp; <b>3</b></p><style>a{}</style>";
        assert_eq!(alone(words), words);
    }
}
