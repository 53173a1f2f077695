//! Where links lead: to the right version, and never nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::addresses::{build_sample, words};
use crate::folder::{self, Snapshot};
use crate::html;
use crate::site::{DAY, Site, TEXT, config, text};

/// The site that a published folder is checked as: its origin, and the path below it.
const HOMES: [(&str, &str); 2] = [
    ("https://legal.tallyfern.example", "/"),
    ("https://x.example", "/legal/"),
];

/// A published site, to follow its links.
struct Published<'s> {
    origin: &'s str,
    base: &'s str,
    files: BTreeMap<&'s str, &'s [u8]>,
    ids: BTreeMap<&'s str, BTreeSet<String>>,
}

impl<'s> Published<'s> {
    fn new(origin: &'s str, base: &'s str, snapshot: &'s Snapshot) -> Self {
        let files = folder::files(snapshot);
        let pages = files.keys().filter(|path| path.ends_with(".html"));
        let ids = pages.map(|path| {
            let tags = html::tags(std::str::from_utf8(files[path]).unwrap());
            let tags = tags.unwrap_or_else(|error| panic!("{path}: {error}"));
            let all = html::ids(&tags);
            let unique: BTreeSet<String> = all.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(all.len(), unique.len(), "{path} has an id twice");
            (*path, unique)
        });
        let ids = ids.collect();
        Self {
            origin,
            base,
            files,
            ids,
        }
    }

    /// Every reference of the site with the file that makes it.
    fn references(&self) -> Vec<(&'s str, String)> {
        let mut all = Vec::new();
        // A record stays as it was, whatever becomes of what it links to.
        let is_record = |path: &&str| path.ends_with("/record/index.html");
        for (path, bytes) in self.files.iter().filter(|(path, _)| !is_record(path)) {
            let Ok(text) = std::str::from_utf8(bytes) else {
                continue;
            };
            let between = |start: &str, end: char| -> Vec<String> {
                let after = text.split(start).skip(1);
                after
                    .map(|rest| rest.split(end).next().unwrap().to_owned())
                    .collect()
            };
            let found: Vec<String> = match *path {
                "sitemap.xml" => between("<loc>", '<'),
                "robots.txt" => between("Sitemap: ", '\n'),
                "_redirects" => text
                    .split_whitespace()
                    .filter(|word| word.starts_with('/'))
                    .map(str::to_owned)
                    .collect(),
                path if path.ends_with(".html") => {
                    let tags = html::tags(text).unwrap();
                    let mut found: Vec<String> = html::references(&tags)
                        .into_iter()
                        .map(str::to_owned)
                        .collect();
                    found.extend(between("; url=", '"'));
                    found
                }
                _ => Vec::new(),
            };
            all.extend(found.into_iter().map(|reference| (*path, reference)));
        }
        all
    }

    /// What is wrong with a reference.
    fn fault(&self, page: &str, reference: &str) -> Option<String> {
        let fault = |why: &str| Some(format!("{page}: {reference} {why}"));
        let local = reference.strip_prefix(self.origin).unwrap_or(reference);
        if ["https://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| local.starts_with(scheme))
        {
            return None;
        }
        let (path, fragment) = local
            .split_once('#')
            .map_or((local, None), |(path, id)| (path, Some(id)));
        let target = if path.is_empty() {
            page.to_owned()
        } else {
            let Some(below) = path.strip_prefix(self.base) else {
                return fault("is outside of the site");
            };
            if below.is_empty() || below.ends_with('/') {
                format!("{below}index.html")
            } else {
                below.to_owned()
            }
        };
        if !self.files.contains_key(target.as_str()) {
            return fault("leads nowhere");
        }
        let known = |id: &str| {
            self.ids
                .get(target.as_str())
                .is_some_and(|ids| ids.contains(id))
        };
        match fragment {
            Some(id) if !known(id) => fault("has no such anchor"),
            _ => None,
        }
    }

    fn assert_sound(&self) {
        let references = self.references();
        assert!(references.len() > 100);
        let faults: Vec<String> = references
            .iter()
            .filter_map(|(page, reference)| self.fault(page, reference))
            .collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn every_link_of_the_sample_site_resolves_on_every_day_and_under_every_base() {
    for (origin, base) in HOMES {
        for day in [
            "2020-12-31",
            "2021-05-10",
            "2022-06-01",
            "2022-12-01",
            "2024-06-01",
            "2026-12-01",
            "2027-02-01",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let out = folder.path().join("public");
            build_sample(
                &out,
                &["--as-of", day, "--base-url", &format!("{origin}{base}")],
            );
            let snapshot = folder::snapshot(&out);
            Published::new(origin, base, &snapshot).assert_sound();
        }
    }
}

#[test]
fn style_sheets_ask_no_other_host_and_name_files_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    build_sample(folder.path().join("public").as_path(), &["--as-of", DAY]);
    let snapshot = folder::snapshot(&folder.path().join("public"));
    for (path, bytes) in folder::files(&snapshot)
        .into_iter()
        .filter(|(path, _)| path.ends_with(".css"))
    {
        let css = std::str::from_utf8(bytes).unwrap();
        assert!(
            !css.contains("@import") && !css.contains("http:") && !css.contains("https:"),
            "{path}"
        );
        for target in css
            .split("url(")
            .skip(1)
            .map(|rest| rest.split(')').next().unwrap().trim_matches('"'))
        {
            let local = Path::new(path).parent().unwrap().join(target);
            assert!(
                target.starts_with("data:") || snapshot.contains_key(local.to_str().unwrap()),
                "{target}"
            );
        }
    }
}

/// The links in the words of a page, with what they say.
fn links(site: &Site, path: &str) -> Vec<String> {
    let page = site.page(path);
    let (words, _) = words(&page).rsplit_once("</div>").unwrap();
    // What is said of clauses is not of the text.
    let mut parts = words.split("<p class=\"cite\">");
    let first = parts.next().unwrap().to_owned();
    let text = parts.fold(first, |text, part| {
        text + part.split_once("</p>").unwrap().1
    });
    let tags = html::tags(&text).unwrap();
    let own = tags
        .iter()
        .filter(|tag| tag.name == "a" && tag.attribute("class").is_none());
    own.filter_map(|tag| tag.attribute("href").map(str::to_owned))
        .collect()
}

/// Two documents with versions of other days, and a text with links of every form in each of the
/// first one's.
fn two_documents() -> Site {
    let linking = |published: &str, anchor: &str| {
        let links = [
            "[a](../terms/)",
            "[b](/terms/)",
            "[c](https://legal.example/terms/)",
            "[d](../terms/2021-06-01.md)",
            "[e](/terms/2021-06-01/#use)",
            "[f](#scope)",
            "[g](/terms/history/)",
            "[h](../)",
            "[i](https://other.example/terms/?a&b)",
            "<me@x.example>",
        ];
        format!(
            "+++\ntitle = \"P\"\npublished = {published}\n+++\n{} [j](../terms/#{anchor})\n\n## Scope\n\nAll.\n",
            links.join(" ")
        )
    };
    Site::minimal()
        .with(
            "content/privacy/2020-01-01.md",
            linking("2020-01-01", "old"),
        )
        .with(
            "content/privacy/2022-01-01.md",
            linking("2022-01-01", "use"),
        )
        .with(
            "content/privacy/2025-01-01.md",
            linking("2024-05-15", "next"),
        )
        .with("content/terms/2019-01-01.md", text("## A {#old}\n\nx"))
        .with("content/terms/2021-06-01.md", text("## A {#use}\n\nx"))
        .with(
            "content/terms/2024-12-01.md",
            "+++\ntitle = \"T\"\npublished = 2024-05-01\n+++\n## A {#next}\n\nx\n",
        )
}

#[test]
fn links_of_an_archived_version_lead_to_what_was_in_force_with_it() {
    let site = two_documents();
    site.build();
    let expected = |terms: &str, anchor: &str| {
        let same = [
            "/terms/2021-06-01/",
            "/terms/2021-06-01/#use",
            "#scope",
            "/terms/history/",
            "/",
            "https://other.example/terms/?a&b",
            "mailto:me@x.example",
        ];
        let mut all = vec![terms.to_owned(); 3];
        all.extend(same.map(str::to_owned));
        all.push(format!("{terms}#{anchor}"));
        all
    };
    for (page, terms, anchor) in [
        ("privacy/2020-01-01/index.html", "/terms/2019-01-01/", "old"),
        ("privacy/2022-01-01/index.html", "/terms/", "use"),
        ("privacy/index.html", "/terms/", "use"),
        (
            "privacy/2025-01-01/index.html",
            "/terms/2024-12-01/",
            "next",
        ),
    ] {
        assert_eq!(links(&site, page), expected(terms, anchor), "{page}");
    }
}

#[test]
fn links_of_a_translation_stay_in_its_language_where_there_is_one() {
    let site = Site::minimal()
        .with("engross.toml", config("languages = [\"en\", \"es\"]"))
        .with("content/privacy/2022-01-01.es.md", text("[a](../terms/) [b](../cookies/) [c](../about.md) [d](/terms/2022-01-01/) [e](/) [f](2022-01-01.md)"))
        .with("content/terms/2022-01-01.md", text("x"))
        .with("content/terms/2022-01-01.es.md", text("x"))
        .with("content/cookies/2022-01-01.md", text("x"))
        .with("content/about.md", text("x"));
    site.build();
    let expected = [
        "/es/terms/",
        "/cookies/",
        "/about/",
        "/es/terms/2022-01-01/",
        "/es/",
        "/privacy/2022-01-01/",
    ];
    let found = links(&site, "es/privacy/index.html");
    assert_eq!(
        (&found[..3], &found[4..]),
        (
            &expected.map(str::to_owned)[..3],
            &expected.map(str::to_owned)[4..]
        )
    );
    assert!(
        ["/es/terms/2022-01-01/", "/terms/2022-01-01/"].contains(&found[3].as_str()),
        "{}",
        found[3]
    );
}

#[test]
fn a_clauses_links_are_seen_from_its_own_folder() {
    let site = Site::minimal()
        .with(
            "content/clauses/contact.md",
            "[a](../terms/) [b](../terms/2022-01-01.md) [c](#scope)",
        )
        .with(
            "content/deep/down/privacy/2022-01-01.md",
            text("{{ clause(name=\"contact\") }}\n\n## Scope\n\nx"),
        )
        .with("content/terms/2022-01-01.md", text("x"));
    site.build();
    assert_eq!(
        links(&site, "deep/down/privacy/index.html"),
        ["/terms/", "/terms/2022-01-01/", "#scope"]
    );
}

#[test]
fn items_of_numbered_clauses_can_be_linked_to() {
    let site = Site::minimal()
        .with("content/privacy/document.toml", "numbered = true\n")
        .with("content/privacy/2022-01-01.md", text("[4(b)](#rights-b) [i](#rights-b-i)\n\n## Your rights {#rights}\n\n1. One\n2. Two\n   1. Inner\n"));
    site.build();
    assert_eq!(
        links(&site, "privacy/index.html"),
        ["#rights-b", "#rights-b-i"]
    );
    let page = site.page("privacy/index.html");
    assert!(page.contains("<li id=\"rights-b\"><a class=\"number\" href=\"#rights-b\">(b)</a>"));
    assert!(
        page.contains("<li id=\"rights-b-i\"><a class=\"number\" href=\"#rights-b-i\">(i)</a>")
    );
}

#[test]
fn a_former_anchor_still_leads_to_its_heading() {
    let site = Site::minimal()
        .with(
            TEXT,
            text(
                "[a](#old) [b](#older) [c](#inner-old) [d](#title-old)\n\n## A {#new alias=old alias=older}\n\n\
                 - # B {#inner alias=inner-old}\n",
            )
            .replace("+++\n\n", "+++\n# Privacy Policy {#title alias=title-old}\n\n"),
        )
        .with("content/terms/2022-01-01.md", text("[a](../privacy/#old)"));
    site.build();
    let expected = ["#old", "#older", "#inner-old", "#title-old"];
    assert_eq!(links(&site, "privacy/index.html"), expected);
    assert_eq!(links(&site, "terms/index.html"), ["/privacy/#old"]);
    let page = site.page("privacy/index.html");
    for heading in [
        "<span id=\"title\"></span><span id=\"title-old\"></span>",
        "id=\"new\"><h2><span id=\"old\"></span><span id=\"older\"></span>A",
        "id=\"inner\"><span id=\"inner-old\"></span><strong>B",
    ] {
        assert!(page.contains(heading), "{heading}");
    }
}

#[test]
fn a_link_to_a_picture_or_a_file_leads_to_it() {
    let site = Site::minimal()
        .with("content/privacy/flow.png", "png")
        .with("content/privacy/signed.pdf", "pdf")
        .with(
            "content/privacy/2022-01-01.md",
            text("![Flow](flow.png) [Signed](signed.pdf)"),
        );
    let run = site.run(&[
        "build",
        "--as-of",
        DAY,
        "--base-url",
        "https://x.example/legal/",
    ]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(
        links(&site, "privacy/index.html"),
        ["/legal/privacy/signed.pdf"]
    );
    assert!(
        site.page("privacy/index.html")
            .contains("<img src=\"/legal/privacy/flow.png\" alt=\"Flow\">")
    );
}
