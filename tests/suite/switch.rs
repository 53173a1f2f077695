//! The switch of languages: it keeps the document and the version, or leads to what comes nearest.

use crate::site::{Site, config};

fn text(front: &str) -> String {
    format!("+++\ntitle = \"T\"\n{front}+++\n\nWords.\n")
}

const COMING: &str = "published = 2024-05-01\nsummary = \"More.\"\n";

/// A policy with an old version in three languages, one in force in two and one to come in one; terms in
/// one language; and a notice of which only what is to come is translated.
fn site() -> Site {
    let site = Site::empty()
        .with(
            "engross.toml",
            config("languages = [\"en\", \"es\", \"ar\"]"),
        )
        .with("content/privacy/2022-01-01.md", text(""))
        .with("content/privacy/2022-01-01.es.md", text(""))
        .with("content/privacy/2022-01-01.ar.md", text(""))
        .with("content/privacy/2023-01-01.md", text("summary = \"S.\"\n"))
        .with("content/privacy/2023-01-01.es.md", text(""))
        .with("content/privacy/2025-01-01.md", text(COMING))
        .with("content/terms/2022-01-01.md", text(""))
        .with("content/notice/2022-01-01.md", text(""))
        .with("content/notice/2025-01-01.md", text(COMING))
        .with("content/notice/2025-01-01.es.md", text(""));
    site.build();
    site
}

/// Where the links with a language lead that stand between two marks of a page.
fn links(page: &str, from: &str, to: &str) -> Vec<String> {
    let Some(part) = page.split(from).nth(1) else {
        return Vec::new();
    };
    let part = part.split(to).next().unwrap();
    let links = part.split("href=\"").skip(1);
    links
        .map(|link| link.split('"').next().unwrap().to_owned())
        .collect()
}

fn switch(site: &Site, address: &str) -> Vec<String> {
    let page = site.page(&format!("{}index.html", &address[1..]));
    links(&page, "<nav class=\"languages\"", "</nav>")
}

/// How many languages search engines are told of.
fn told(site: &Site, address: &str) -> usize {
    let page = site.page(&format!("{}index.html", &address[1..]));
    page.matches("<link rel=\"alternate\" hreflang=").count()
}

#[test]
fn the_switch_keeps_document_and_version() {
    let site = site();
    for page in [
        "",
        "2023-01-01/",
        "2023-01-01/redline/",
        "2022-01-01/since/",
        "history/",
    ] {
        let english = format!("/privacy/{page}");
        let spanish = format!("/es/privacy/{page}");
        for address in [&english, &spanish] {
            let links = switch(&site, address);
            assert_eq!(links[..2], [english.clone(), spanish.clone()], "{address}");
        }
    }
    for page in [
        "",
        "2022-01-01/",
        "2022-01-01/redline/",
        "2022-01-01/since/",
        "history/",
    ] {
        let links = switch(&site, &format!("/privacy/{page}"));
        assert_eq!(links[2], format!("/ar/privacy/{page}"));
    }
}

#[test]
fn where_a_version_is_not_translated_it_leads_to_the_document() {
    let site = site();
    for page in ["2023-01-01/", "2023-01-01/redline/", "2023-01-01/since/"] {
        let address = format!("/privacy/{page}");
        assert_eq!(switch(&site, &address)[2], "/ar/privacy/", "{address}");
        // That is another text, and search engines are not told of it; of a default they are.
        assert_eq!(told(&site, &address), 3, "{address}");
    }
    let coming = "/privacy/2025-01-01/";
    let expected = [coming, "/es/privacy/", "/ar/privacy/"];
    assert_eq!(switch(&site, coming), expected);
    assert_eq!(told(&site, coming), 0);
}

#[test]
fn while_only_a_version_to_come_is_translated_it_leads_to_the_history() {
    let site = site();
    assert_eq!(
        switch(&site, "/notice/"),
        ["/notice/", "/es/notice/history/"]
    );
    let coming = ["/notice/2025-01-01/", "/es/notice/2025-01-01/"];
    assert_eq!(switch(&site, coming[1]), coming);
}

#[test]
fn a_document_in_one_language_has_no_switch() {
    let site = site();
    for page in ["/terms/", "/terms/2022-01-01/", "/terms/history/"] {
        assert!(switch(&site, page).is_empty(), "{page}");
    }
}
