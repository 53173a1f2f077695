//! Links that lead out of the site: which may, and which never.

use std::net::Ipv6Addr;

use super::Fault;
use crate::model::config::{BaseUrl, Config};

/// Schemes that lead out of the site.
const OUTSIDE: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

/// A link that leads out of the site, as it is. An error for schemes that may not be used.
pub(super) fn outside(destination: &str) -> Result<Option<&str>, Fault> {
    let lower = destination.to_ascii_lowercase();
    if destination.starts_with("//") {
        let help = format!("write `https:{destination}`");
        return Err(Fault::forbidden(
            format!("`{destination}` does not say how to reach its host"),
            help,
        ));
    }
    let scheme_end = lower.find(':').filter(|colon| {
        lower[..*colon]
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
            && *colon > 0
    });
    let Some(colon) = scheme_end else {
        // White space and control characters before a scheme are ignored by browsers.
        let squeezed: String = lower
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        if ["javascript:", "data:", "vbscript:"]
            .iter()
            .any(|scheme| squeezed.starts_with(scheme))
        {
            return Err(forbidden_scheme(&squeezed));
        }
        return Ok(None);
    };
    if !OUTSIDE.contains(&&lower[..=colon]) {
        return Err(forbidden_scheme(&lower));
    }
    if lower.starts_with("http")
        && let Err(why) = check_web_address(destination)
    {
        let help = "write the whole address, for example `https://example.com/page`";
        return Err(Fault::dead(
            format!("`{destination}` is not a web address: {why}"),
            help,
        ));
    }
    Ok(Some(destination))
}

/// Whether an address has a host that can be reached, and no white space (RFC 3986). What else a URL
/// must not hold is encoded when it is written.
fn check_web_address(address: &str) -> Result<(), &'static str> {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if address.contains(char::is_whitespace) {
        Err("it holds white space; write `%20`")
    } else if authority.contains('@') {
        Err("it has a user name; was `mailto:` meant?")
    } else if host.is_empty() {
        Err("it has no host")
    } else if host.contains(|c: char| "<>\"{}|\\^`%".contains(c)) {
        Err("its host holds a character that no host has")
    } else if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        Err("its port is not a number up to 65535")
    } else if host.contains('[') && host.trim_matches(['[', ']']).parse::<Ipv6Addr>().is_err() {
        Err("its host is no IPv6 address")
    } else {
        Ok(())
    }
}

fn forbidden_scheme(destination: &str) -> Fault {
    let scheme = destination.split(':').next().unwrap_or_default();
    Fault::forbidden(
        format!("links with `{scheme}:` are not allowed"),
        "use https:, http:, mailto:, tel:, a path or an anchor",
    )
}

/// An absolute link to this very site, as an address of it.
pub(super) fn own_address(destination: &str, config: &Config) -> Option<String> {
    let mut bases = std::iter::once(&config.base_url).chain(&config.other_base_urls);
    bases.find_map(|base| address_below(destination, base))
}

fn address_below(destination: &str, base: &BaseUrl) -> Option<String> {
    let path = destination.strip_prefix(&base.origin)?;
    let below = path
        .strip_prefix(&base.path)
        .or_else(|| (path == base.path.trim_end_matches('/')).then_some(""))?;
    Some(format!("/{below}"))
}

/// A percent-encoded text (RFC 3986, section 2.1) as characters; as it is where that is not UTF-8.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = hex
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .filter(|_| *first == b'%')
        {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_lead_out() {
        for good in [
            "https://x.example/a?b#c",
            "http://x",
            "mailto:a@b.example",
            "tel:+1555",
            "HTTPS://X.example",
        ] {
            assert_eq!(outside(good).unwrap(), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "//x.example",
        ] {
            assert!(outside(bad).unwrap_err().forbidden, "{bad}");
        }
        for dead in [
            "https://",
            "https:///x",
            "https://a b",
            "http://{{x}}",
            "https://x.example:99999/",
            "https://a@x.example",
        ] {
            assert!(!outside(dead).unwrap_err().forbidden, "{dead}");
        }
        for inside in ["../terms/", "/terms/", "#a", "2021-06-01.md"] {
            assert_eq!(outside(inside).unwrap(), None);
        }
    }

    #[test]
    fn percent_encoding_is_undone() {
        assert_eq!(decode("caf%C3%A9"), "café");
        assert_eq!(decode("50%"), "50%");
        assert_eq!(decode("%zz%FF"), "%zz%FF");
    }

    #[test]
    fn an_absolute_link_to_the_site_itself_is_an_address_of_it() {
        let base = BaseUrl::parse("https://x.example/legal/").unwrap();
        assert_eq!(
            address_below("https://x.example/legal/terms/#a", &base).as_deref(),
            Some("/terms/#a")
        );
        assert_eq!(
            address_below("https://x.example/legal", &base).as_deref(),
            Some("/")
        );
        assert_eq!(address_below("https://x.example/blog/", &base), None);
    }
}
