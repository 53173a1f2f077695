//! What a host makes of `_headers`, the names of files and addresses that are nearly right.

/// The headers that a host sends with an address of the site, as its `_headers` says.
pub(super) fn headers(rules: &str, path: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut applies = false;
    for line in rules.lines() {
        if !line.starts_with(char::is_whitespace) {
            applies = matches(line.trim(), path);
        } else if let Some((name, value)) = line.trim().split_once(':').filter(|_| applies) {
            found.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    found
}

/// Whether a path is one that a pattern with a star at its end names.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => path == pattern,
    }
}

/// The media type of a file by its name, as hosts give it.
pub(super) fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "" if name.is_empty() => "text/html; charset=utf-8",
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "txt" | "ledger" | "sig" | "md" => "text/plain; charset=utf-8",
        _ if name == "SHA256SUMS" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_every_rule_that_matches_are_sent() {
        let rules = "/*\n  A: one: two\n\n/assets/*\n  B: three\n/x\n  C: four\n";
        let own = |path: &str| {
            let found = headers(rules, path);
            found
                .into_iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(own("/privacy/"), "A=one: two");
        assert_eq!(own("/assets/style.css"), "A=one: two B=three");
        assert_eq!(own("/x"), "A=one: two C=four");
    }

    #[test]
    fn a_folder_is_a_page() {
        assert_eq!(media_type("/privacy/"), "text/html; charset=utf-8");
        assert_eq!(media_type("/a/site.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("/a/thing"), "application/octet-stream");
    }
}
