//! Which addresses a site has on a day, and what is at each: the sample site through the years, and
//! small sites whose every address is said here.

use std::fmt::Write as _;
use std::path::Path;

use crate::folder::{self, Snapshot};
use crate::golden;
use crate::site::{Run, Site, config, engross, run, text};

/// Builds the sample site, which is the project's own folder, into a folder of the test's.
pub(crate) fn build_sample(out: &Path, more: &[&str]) -> Run {
    let mut command = engross(Path::new(env!("CARGO_MANIFEST_DIR")));
    let run = run(command.args(["build", "--out"]).arg(out).args(more));
    assert_eq!(run.status, 0, "{}", run.stderr);
    run
}

fn sample(day: &str) -> Snapshot {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    build_sample(&out, &["--as-of", day]);
    folder::snapshot(&out)
}

fn page<'s>(published: &'s Snapshot, path: &str) -> &'s str {
    let bytes = published
        .get(path)
        .unwrap_or_else(|| panic!("there is no {path}"))
        .bytes
        .as_ref();
    std::str::from_utf8(bytes.unwrap()).unwrap()
}

/// The paths of a published site, a line each. Hashes in the names of assets stand for what is in
/// them and are left out.
fn list(published: &Snapshot) -> String {
    let mut lines = String::new();
    for path in folder::files(published).keys() {
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            [stem, hash, ending] if path.starts_with("assets/") => {
                assert_eq!(hash.len(), 12, "{path}");
                let _ = writeln!(lines, "{stem}.HASH.{ending}");
            }
            _ => lines.extend([path, "\n"]),
        }
    }
    lines
}

#[test]
fn the_sample_site_has_the_addresses_that_were_promised() {
    for day in [
        "2020-12-31",
        "2021-05-10",
        "2022-06-01",
        "2022-12-01",
        "2026-12-01",
        "2027-02-01",
    ] {
        golden::check(&format!("sample-{day}.txt"), &list(&sample(day)));
    }
}

#[test]
fn building_the_sample_site_changes_nothing_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = || ["content", "themes"].map(|name| folder::snapshot(&root.join(name)));
    let before = sources();
    sample("2024-01-01");
    assert!(before == sources());
}

#[test]
fn as_of_a_day_the_text_then_in_force_is_at_the_documents_address() {
    let published = sample("2022-06-01");
    let current = page(&published, "privacy/index.html");
    assert!(current.contains("<time datetime=\"2022-04-28\">April 28, 2022</time>"));
    assert!(!current.contains("2022-12-22"));
    assert_eq!(
        words(current),
        words(page(&published, "privacy/2022-04-28/index.html"))
    );
    // Published on November 21 only, so nobody could know of it.
    assert!(!published.contains_key("privacy/2022-12-22"));
    assert!(!page(&published, "privacy/history/index.html").contains("2022-12-22"));
    assert!(!page(&published, "sitemap.xml").contains("2022-12-22"));
    let superseded = page(&published, "privacy/2021-03-15/index.html");
    assert!(superseded.contains("class=\"notice notice-superseded\""));
    assert!(superseded.contains("<meta name=\"robots\" content=\"noindex"));
}

/// The words of a version's page: what the theme wraps.
pub(crate) fn words(page: &str) -> &str {
    let (_, after) = page.split_once("<div class=\"text\">").unwrap();
    after.split_once("<nav class=\"neighbours\"").unwrap().0
}

#[test]
fn between_its_publication_and_its_effective_date_a_version_is_upcoming() {
    let published = sample("2022-12-01");
    let current = page(&published, "privacy/index.html");
    assert_eq!(
        words(current),
        words(page(&published, "privacy/2022-04-28/index.html"))
    );
    assert!(current.contains("class=\"notice notice-coming\""));
    assert!(
        page(&published, "privacy/2022-12-22/index.html")
            .contains("class=\"notice notice-upcoming\"")
    );
    assert!(page(&published, "index.html").contains("<time datetime=\"2022-12-22\">"));
}

#[test]
fn before_the_first_day_there_is_no_record() {
    let published = sample("2021-05-10");
    let terms = page(&published, "terms/index.html");
    assert!(terms.contains("class=\"notice notice-no-record\""));
    assert!(terms.contains("<time datetime=\"2021-05-10\">"));
    assert!(
        terms.contains(
            "There is no record before <time datetime=\"2021-06-01\">June 1, 2021</time>"
        )
    );
    assert!(terms.contains("href=\"/terms/2021-06-01/\""));
    let nothing = sample("2020-12-31");
    let privacy = page(&nothing, "privacy/index.html");
    assert!(privacy.contains("class=\"notice notice-no-record\""));
    assert!(!nothing.contains_key("privacy/history"));
    assert!(!page(&nothing, "sitemap.xml").contains("/privacy/"));
}

/// Words for a language that the theme does not speak.
const SPANISH: &str = include_str!("../../themes/default/i18n/es.toml");

/// A site with everything that has an address of its own.
fn site_with_everything() -> Site {
    Site::minimal()
        .with(
            "engross.toml",
            config("languages = [\"en\", \"es\", \"pt-BR\"]"),
        )
        .with(
            "content/privacy/document.toml",
            "redirects = [\"/Old/Privacy.html\", \"/old/privacy\"]\n",
        )
        .with("themes/default/i18n/pt-BR.toml", SPANISH)
        .with("content/privacy/2022-01-01.es.md", text("Palabras."))
        .with(
            "content/privacy/2022-01-01.r2.md",
            "+++\ntitle = \"P\"\ncorrected = 2022-03-01\nreason = \"x\"\n+++\nWords.\n",
        )
        .with(
            "content/privacy/2025-01-01.md",
            "+++\ntitle = \"P\"\npublished = 2024-05-01\n+++\nWords.\n",
        )
        .with("content/privacy/2025-01-01.pt-BR.md", text("Palavras."))
        .with("content/privacy/2026-01-01.md", text("Words."))
        .with("content/privacy/draft.md", text("Words."))
        .with("content/privacy/flow.png", "png")
        .with("content/a/b/c/2022-01-01.md", text("Words."))
        .with("content/index.md", text("Words."))
        .with("content/index.es.md", text("Palabras."))
        .with("content/about.md", text("Words."))
        .with("content/help/index.md", text("Words."))
        .with("content/help/more.es.md", text("Palabras."))
        .with("content/clauses/contact.md", "Words.")
        .with("content/data/x.toml", "a = 1\n")
}

#[test]
fn every_kind_of_source_has_its_address() {
    let site = site_with_everything();
    site.build();
    let list = list(&site.published());
    let pages: Vec<&str> = list
        .lines()
        .filter(|path| !path.starts_with("assets/") && !path.starts_with('.'))
        .collect();
    let expected = [
        "404.html",
        "_headers",
        "_redirects",
        "a/b/c/2022-01-01/index.html",
        "a/b/c/2022-01-01/index.json",
        "a/b/c/2022-01-01/redline/index.html",
        "a/b/c/2022-01-01/since/index.html",
        "a/b/c/feed.xml",
        "a/b/c/history/index.html",
        "a/b/c/index.html",
        "a/b/c/index.json",
        "about/index.html",
        "es/feed.xml",
        "es/help/more/index.html",
        "es/index.html",
        "es/privacy/2022-01-01/index.html",
        "es/privacy/2022-01-01/index.json",
        "es/privacy/2022-01-01/redline/index.html",
        "es/privacy/2022-01-01/since/index.html",
        "es/privacy/feed.xml",
        "es/privacy/history/index.html",
        "es/privacy/index.html",
        "es/privacy/index.json",
        "feed.xml",
        "help/index.html",
        "index.html",
        "old/privacy/index.html",
        "privacy/2022-01-01.r2/index.html",
        "privacy/2022-01-01.r2/index.json",
        "privacy/2022-01-01.r2/redline/index.html",
        "privacy/2022-01-01.r2/since/index.html",
        "privacy/2022-01-01/index.html",
        "privacy/2022-01-01/index.json",
        "privacy/2022-01-01/redline/index.html",
        "privacy/2022-01-01/since/index.html",
        "privacy/2025-01-01/index.html",
        "privacy/2025-01-01/index.json",
        "privacy/2025-01-01/redline/index.html",
        "privacy/feed.xml",
        "privacy/flow.png",
        "privacy/history/index.html",
        "privacy/index.html",
        "privacy/index.json",
        "pt-br/feed.xml",
        "pt-br/index.html",
        "pt-br/privacy/2025-01-01/index.html",
        "pt-br/privacy/2025-01-01/index.json",
        "pt-br/privacy/2025-01-01/redline/index.html",
        "pt-br/privacy/feed.xml",
        "pt-br/privacy/history/index.html",
        "pt-br/privacy/index.json",
        "robots.txt",
        "sitemap.xml",
    ];
    let expected: Vec<&str> = [&["Old/Privacy.html"][..], &expected[..]].concat();
    let mut sorted = expected.clone();
    sorted.sort_unstable();
    assert_eq!(pages, sorted);
}

#[test]
fn a_translation_that_lags_behind_says_so() {
    let site = site_with_everything();
    site.build();
    let spanish = site.page("es/privacy/index.html");
    assert!(spanish.contains("lang=\"es\""));
    assert!(
        spanish.contains("class=\"notice notice-translation\""),
        "{spanish}"
    );
    assert!(spanish.contains("<time datetime=\"2022-01-01\">1 de enero de 2022</time>"));
}

#[test]
fn a_corrected_text_stays_where_it_was_and_says_what_corrects_it() {
    let site = site_with_everything();
    site.build();
    let corrected = site.page("privacy/2022-01-01/index.html");
    assert!(corrected.contains("class=\"notice notice-corrected\""));
    assert!(corrected.contains("href=\"/privacy/2022-01-01.r2/\""));
    assert!(
        site.page("privacy/2022-01-01.r2/index.html")
            .contains("class=\"notice notice-correction\"")
    );
    site.build_as_of("2022-02-01");
    assert!(
        !site
            .page("privacy/2022-01-01/index.html")
            .contains("class=\"notice")
    );
    assert!(!site.published().contains_key("privacy/2022-01-01.r2"));
}

#[test]
fn a_redirect_leads_to_its_document() {
    let site = site_with_everything();
    site.build();
    assert_eq!(
        site.page("_redirects"),
        "/Old/Privacy.html /privacy/ 301\n/old/privacy/ /privacy/ 301\n"
    );
    let page = site.page("old/privacy/index.html");
    assert!(page.contains(
        "<meta http-equiv=\"refresh\" content=\"0; url=https://legal.example/privacy/\">"
    ));
}
