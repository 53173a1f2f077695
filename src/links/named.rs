//! What a link names, in one form however it is written, whoever looks and on whatever day. Goes by
//! what is written alone, so that nothing that happens elsewhere in the site changes it.

use super::outside::{decode, outside, own_address};
use crate::model::config::Config;
use crate::paths;

/// `/cookies`, `/cookies/2022-01-01`, `/es/cookies#logs`, `#logs`, `https://…`: what a destination
/// names that a source file says.
pub(crate) fn named(config: &Config, destination: &str, file: &str) -> String {
    let own = own_address(destination, config);
    let destination = own.as_deref().unwrap_or(destination);
    if !matches!(outside(destination), Ok(None)) {
        return destination.to_owned();
    }
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, format!("#{}", decode(anchor))),
        None => (destination, String::new()),
    };
    if path.is_empty() {
        return anchor;
    }
    let path = decode(path);
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let below = match path.strip_prefix('/') {
        Some(address) => Some(address.to_owned()),
        None => paths::join(folder, &path).and_then(|joined| below_content(&joined)),
    };
    // What leads out of the site's folder leads nowhere.
    let Some(below) = below else {
        return destination.to_owned();
    };
    let below = below.trim_end_matches('/');
    let named = below
        .strip_suffix(".md")
        .map(|stem| of_source(config, stem));
    format!("/{}{anchor}", named.as_deref().unwrap_or(below))
}

fn below_content(joined: &str) -> Option<String> {
    let below = joined.strip_prefix("content")?;
    let below = below.strip_prefix('/').or(below.is_empty().then_some(""))?;
    Some(below.to_owned())
}

/// A text by its source, without the `.md`, as an address names it.
fn of_source(config: &Config, stem: &str) -> String {
    let translation = stem.rsplit_once('.').and_then(|(base, tag)| {
        let mut translations = config.languages.iter().skip(1);
        let language = translations.find(|language| language.as_str() == tag)?;
        Some((base, language))
    });
    let base = translation.map_or(stem, |(base, _)| base);
    let base = match base.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
        _ => base,
    };
    match translation {
        Some((_, language)) if base.is_empty() => language.address_part(),
        Some((_, language)) => format!("{}/{base}", language.address_part()),
        None => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::tree::SourceTree;

    #[test]
    fn every_way_to_write_a_link_names_the_same() {
        let mut tree = SourceTree::new();
        let config = "title = \"L\"\nbase_url = \"https://x.example/legal/\"\nlanguages = [\"en\", \"pt-BR\"]\n[organization]\nname = \"A\"\n";
        tree.insert("engross.toml", config.as_bytes().to_vec());
        let (site, _) = parse::read(&tree);
        let config = site.unwrap().config;
        for (expected, written) in [
            (
                "/cookies",
                &[
                    "../cookies/",
                    "../cookies",
                    "/cookies/",
                    "../privacy/../cookies/",
                    "https://x.example/legal/cookies/",
                ][..],
            ),
            ("/cookies#a ä", &["../cookies/#a%20%C3%A4", "/cookies/#a ä"]),
            (
                "/cookies/2022-01-01.r2",
                &["../cookies/2022-01-01.r2.md", "/cookies/2022-01-01.r2/"],
            ),
            (
                "/pt-br/privacy/2022-01-01",
                &["2022-01-01.pt-BR.md", "/pt-br/privacy/2022-01-01/"],
            ),
            ("/about", &["../about.md", "../about/", "/about"]),
            ("/", &["/", "../", "../index.md", "https://x.example/legal"]),
            ("/pt-br", &["/pt-br/", "../index.pt-BR.md"]),
            ("/privacy/index-of", &["index-of.md"]),
            ("/privacy/a.pdf", &["a.pdf", "./a.pdf", "/privacy/a.pdf"]),
            ("#a ä", &["#a ä", "#a%20ä"]),
            ("https://y.example/#A%20b", &["https://y.example/#A%20b"]),
            ("mailto:a@b.example", &["mailto:a@b.example"]),
            ("../../../etc", &["../../../etc"]),
        ] {
            for written in written {
                let found = named(&config, written, "content/privacy/2022-01-01.md");
                assert_eq!(found, expected, "{written}");
            }
        }
    }
}
