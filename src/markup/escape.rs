//! Words as HTML and XML: the characters that markup would take for its own are escaped.

use std::fmt::Write as _;

/// Appends words as the content of an element.
pub(crate) fn push(out: &mut String, words: &str) {
    let mut rest = words;
    while let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Appends words as the value of an attribute in double quotes.
pub(crate) fn push_attribute(out: &mut String, words: &str) {
    let start = out.len();
    push(out, words);
    if out[start..].contains('"') {
        let quoted = out[start..].replace('"', "&quot;");
        out.truncate(start);
        out.push_str(&quoted);
    }
}

/// Words as the content of an element.
pub(crate) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    push(&mut out, words);
    out
}

/// Appends an address as an attribute's value: characters that no URL holds are percent-encoded
/// (RFC 3986, section 2.1); letters of any script stay (HTML allows them).
pub(crate) fn push_href(out: &mut String, href: &str) {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/:@!$'()*+,;=?".contains(&b);
    if href.bytes().all(plain) {
        return out.push_str(href);
    }
    let fragment = href.find('#');
    for (at, c) in href.char_indices() {
        let needs_encoding = match c {
            // The first begins the fragment, which holds no other.
            '#' => Some(at) != fragment,
            '%' => !is_encoded(&href[at..]),
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => true,
            _ => c.is_control(),
        };
        if needs_encoding {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else if c == '&' {
            out.push_str("&amp;");
        } else {
            out.push(c);
        }
    }
}

fn is_encoded(rest: &str) -> bool {
    let digits = rest.as_bytes().get(1..3);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_characters_are_escaped() {
        assert_eq!(escaped("a<b>&\"c\""), "a&lt;b&gt;&amp;\"c\"");
        let mut out = String::from("\"");
        push_attribute(&mut out, "<\"");
        assert_eq!(out, "\"&lt;&quot;");
    }

    #[test]
    fn addresses_hold_only_what_a_url_may() {
        let mut out = String::new();
        push_href(&mut out, "https://x.example/a b?c=[1]&d=100%&e=%20é#f#g");
        assert_eq!(
            out,
            "https://x.example/a%20b?c=%5B1%5D&amp;d=100%25&amp;e=%20é#f%23g"
        );
    }
}
