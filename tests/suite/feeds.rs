//! Feeds: well-formed, as RFC 4287 asks, and saying of each document what could be known on the day.

use crate::addresses::build_sample;
use crate::atom::{Element, check, read};
use crate::folder;
use crate::golden;
use crate::site::{Site, config};

/// A feed of a site as of a day.
fn feed(site: &Site, path: &str, day: &str) -> Element {
    site.build_as_of(day);
    let feed = read(&site.page(path));
    check(&feed);
    feed
}

fn version(more: &str) -> String {
    format!("+++\ntitle = \"Terms\"\n{more}\n+++\nWords.\n")
}

/// A document with a version that was announced, one that was corrected, and one that nobody can
/// know before 2024-05-01.
fn site() -> Site {
    Site::empty()
        .with("engross.toml", config(""))
        .with(
            "content/terms/2022-01-01.md",
            version("material = true\nsummary = \"The first.\""),
        )
        .with(
            "content/terms/2022-01-01.r2.md",
            version("corrected = 2022-03-01\nreason = \"A slip.\""),
        )
        .with(
            "content/terms/2024-06-01.md",
            version("published = 2024-05-01\nsummary = \"Secret until May.\""),
        )
}

#[test]
fn every_feed_of_the_sample_site_is_as_the_standard_asks() {
    for day in ["2021-05-10", "2022-12-01", "2026-12-01", "2027-02-01"] {
        let out = tempfile::tempdir().unwrap();
        let out = out.path().join("public");
        build_sample(&out, &["--as-of", day]);
        let published = folder::snapshot(&out);
        let files = folder::files(&published);
        let feeds = files.iter().filter(|(path, _)| path.ends_with("feed.xml"));
        let mut found = 0;
        for (path, bytes) in feeds {
            let text = std::str::from_utf8(bytes).unwrap();
            let feed = read(text);
            check(&feed);
            assert_eq!(
                feed.one("id"),
                format!("https://legal.tallyfern.example/{path}")
            );
            found += 1;
            if day == "2022-12-01" && ["feed.xml", "es/privacy/feed.xml"].contains(path) {
                golden::check(&format!("sample-{day}-{}", path.replace('/', "-")), text);
            }
        }
        assert!(found > 2, "{day}: {found}");
    }
}

#[test]
fn a_version_is_told_when_it_is_announced_and_again_when_it_takes_effect() {
    let site = site();
    let before = feed(&site, "terms/feed.xml", "2024-04-30");
    let announced = feed(&site, "terms/feed.xml", "2024-05-01");
    let effective = feed(&site, "terms/feed.xml", "2024-06-01");
    let mut told = vec![
        (
            "2022-03-01",
            "Terms: version effective January 1, 2022 corrected",
        ),
        ("2022-01-01", "Terms: took effect on January 1, 2022"),
    ];
    assert_eq!(before.told(), told);
    told.insert(0, ("2024-05-01", "Terms: takes effect on June 1, 2024"));
    assert_eq!(announced.told(), told);
    told.insert(0, ("2024-06-01", "Terms: took effect on June 1, 2024"));
    assert_eq!(effective.told(), told);
    assert_eq!(effective.one("updated"), "2024-06-01T00:00:00Z");
}

#[test]
fn what_was_told_stays_as_it_was_told() {
    let site = site();
    let announced = feed(&site, "terms/feed.xml", "2024-05-01");
    let later = feed(&site, "terms/feed.xml", "2030-01-01");
    assert_eq!(later.all("entry")[1..], announced.all("entry"));
    let ids = [
        "tag:legal.example,2024-05-01:/terms/2024-06-01",
        "tag:legal.example,2024-05-01:/terms/2024-06-01#announced",
        "tag:legal.example,2022-03-01:/terms/2022-01-01.r2",
        "tag:legal.example,2022-01-01:/terms/2022-01-01",
    ];
    assert_eq!(later.ids(), ids);
    site.put(
        "content/terms/2022-01-01.md",
        version("").replace("Terms", "Rules"),
    );
    assert_eq!(feed(&site, "terms/feed.xml", "2030-01-01").ids(), ids);
}

#[test]
fn nothing_is_told_before_its_day() {
    let site = site().with("content/secret/2030-01-01.md", version(""));
    site.build_as_of("2024-04-30");
    assert!(!site.published().contains_key("secret/feed.xml"));
    for path in ["feed.xml", "terms/feed.xml"] {
        let feed = site.page(path);
        for secret in ["2024", "Secret", "secret", "2030"] {
            assert!(!feed.contains(secret), "{path}: {secret}");
        }
    }
    site.build_as_of("2021-12-31");
    for path in ["feed.xml", "terms/feed.xml"] {
        assert!(!site.published().contains_key(path), "{path}");
    }
    assert!(!site.page("index.html").contains("feed.xml"));
    assert!(!site.page("terms/index.html").contains("feed.xml"));
}

#[test]
fn an_entry_says_what_changed_and_where_to_read_it() {
    let feed = feed(&site(), "terms/feed.xml", "2024-06-01");
    let [effective, announced, correction, first] = feed.all("entry")[..] else {
        panic!("{feed:?}");
    };
    let at = "https://legal.example/terms";
    assert_eq!(effective.links("alternate"), [format!("{at}/2024-06-01/")]);
    assert_eq!(
        effective.links("related"),
        [format!("{at}/2024-06-01/redline/")]
    );
    assert_eq!(effective.one("summary"), "Secret until May.");
    assert_eq!(effective.terms(), ["in-force"]);
    assert_eq!(announced.links("alternate"), [format!("{at}/2024-06-01/")]);
    assert_eq!(announced.terms(), ["upcoming"]);
    assert_eq!(
        correction.links("alternate"),
        [format!("{at}/2022-01-01.r2/")]
    );
    assert_eq!(
        correction.links("related"),
        [format!("{at}/2022-01-01.r2/redline/")]
    );
    assert_eq!(correction.one("summary"), "A slip.");
    assert_eq!(correction.terms(), ["corrected"]);
    assert_eq!(first.links("alternate"), [format!("{at}/2022-01-01/")]);
    assert!(first.links("related").is_empty());
    assert_eq!(first.terms(), ["in-force", "material"]);
    assert_eq!(feed.links("alternate"), [format!("{at}/history/")]);
    assert_eq!(feed.all("author")[0].one("name"), "Acme");
}

#[test]
fn a_version_that_was_corrected_ahead_takes_effect_as_corrected() {
    let site = site().with(
        "content/terms/2024-06-01.r2.md",
        version("corrected = 2024-05-10\nreason = \"A slip.\""),
    );
    let feed = feed(&site, "terms/feed.xml", "2024-06-01");
    let told: Vec<&str> = feed.told().iter().map(|(day, _)| *day).take(3).collect();
    assert_eq!(told, ["2024-06-01", "2024-05-10", "2024-05-01"]);
    let effective = feed.all("entry")[0];
    assert!(effective.one("id").ends_with("/terms/2024-06-01"));
    assert!(effective.links("alternate")[0].ends_with("/terms/2024-06-01.r2/"));
    assert!(effective.links("related")[0].ends_with("/terms/2024-06-01/redline/"));
    assert_eq!(effective.one("summary"), "Secret until May.");
}

#[test]
fn what_never_took_effect_is_not_said_to_have() {
    let site = site().with(
        "content/terms/2020-01-01.md",
        version("published = 2024-01-01"),
    );
    let feed = feed(&site, "terms/feed.xml", "2024-04-30");
    let told = "Terms: version effective January 1, 2020 added to the history";
    assert_eq!(feed.told()[0], ("2024-01-01", told));
    assert_eq!(feed.all("entry")[0].terms(), ["superseded"]);
    let late = site.with(
        "content/terms/2024-02-01.md",
        version("published = 2024-02-15"),
    );
    let feed = self::feed(&late, "terms/feed.xml", "2024-04-30");
    let told = "Terms: took effect on February 15, 2024";
    assert_eq!(feed.told()[0], ("2024-02-15", told));
}

#[test]
fn a_translated_feed_tells_all_and_is_updated_by_translations() {
    let es = |more: &str| version(more).replace("Terms", "Términos");
    let site = site()
        .with(
            "engross.toml",
            config("languages = [\"en\", \"es\", \"de\"]"),
        )
        .with(
            "content/terms/2022-01-01.es.md",
            es("published = 2022-02-01"),
        )
        .with(
            "content/terms/2024-06-01.es.md",
            es("published = 2024-05-20\nsummary = \"Hola.\""),
        );
    let early = feed(&site, "terms/feed.xml", "2022-01-15");
    assert_eq!(early.attribute("xml:lang"), "en");
    for path in ["es/feed.xml", "es/terms/feed.xml"] {
        assert!(!site.published().contains_key(path), "{path}");
    }
    assert!(site.page("es/index.html").contains("href=\"/feed.xml\""));
    let untranslated = feed(&site, "es/terms/feed.xml", "2024-05-01");
    assert_eq!(untranslated.attribute("xml:lang"), "es");
    let announced = "Terms: entra en vigor el 1 de junio de 2024";
    assert_eq!(untranslated.told()[0], ("2024-05-01", announced));
    let entry = untranslated.all("entry")[0];
    assert_eq!(
        entry.links("alternate"),
        ["https://legal.example/terms/2024-06-01/"]
    );
    assert_eq!(entry.all("summary")[0].attribute("xml:lang"), "en");
    let feed = feed(&site, "es/terms/feed.xml", "2024-06-01");
    let days: Vec<&str> = feed.told().iter().map(|(day, _)| *day).collect();
    assert_eq!(
        days,
        ["2024-06-01", "2024-05-20", "2022-03-01", "2022-02-01"]
    );
    let entry = feed.all("entry")[1];
    let announced = announced.replace("Terms", "Términos");
    assert_eq!(entry.one("title"), announced);
    assert_eq!(entry.one("published"), "2024-05-01T00:00:00Z");
    assert_eq!(
        entry.links("alternate"),
        ["https://legal.example/es/terms/2024-06-01/"]
    );
    assert_eq!(entry.all("summary")[0].words, "Hola.");
    assert!(!entry.all("summary")[0].attributes.contains_key("xml:lang"));
    assert_eq!(entry.one("id"), untranslated.all("entry")[0].one("id"));
    assert!(!site.published().contains_key("de/feed.xml"));
    assert!(site.published().contains_key("es/feed.xml"));
}

#[test]
fn words_with_markup_in_them_stay_words() {
    let words = "A & B <b>\"C\"</b> {title} ]]>";
    let quoted = format!("'''{words}'''");
    let site = Site::empty()
        .with("engross.toml", config("").replace("\"Acme\"", &quoted))
        .with(
            "themes/default/i18n/en.toml",
            format!("[strings]\nin_force = {quoted}\nsummary_of_changes = {quoted}\n"),
        )
        .with(
            "content/terms/2022-01-01.md",
            format!("+++\ntitle = {quoted}\nsummary = {quoted}\n+++\nWords.\n"),
        )
        .with("content/terms/2023-01-01.md", version(""));
    let feed = feed(&site, "terms/feed.xml", "2024-01-01");
    assert_eq!(feed.all("author")[0].one("name"), words);
    let [second, first] = feed.all("entry")[..] else {
        panic!("{feed:?}");
    };
    assert_eq!(first.one("summary"), words);
    assert_eq!(
        first.one("title"),
        format!("{words}: took effect on January 1, 2022")
    );
    assert_eq!(first.all("category")[0].attribute("label"), words);
    assert_eq!(second.all("link")[1].attribute("title"), words);
}

#[test]
fn no_character_that_xml_forbids_comes_into_a_feed() {
    for place in ["summary", "title"] {
        let text = format!("+++\ntitle = \"T\"\n{place} = \"a\\u0007\"\n+++\nWords.\n");
        let text = text.replace("title = \"T\"\ntitle", "title");
        let site = site().with("content/terms/2023-01-01.md", text);
        let run = site.run(&["check"]);
        assert!(run.stderr.contains("control-character"), "{}", run.stderr);
    }
}

#[test]
fn the_feed_of_the_site_has_the_latest_of_all_documents() {
    let mut site = site();
    for n in 0..120 {
        let path = format!("content/terms-{n:03}/2023-01-01.md");
        site = site.with(&path, version(""));
    }
    let feed = feed(&site, "feed.xml", "2024-06-01");
    let ids = feed.ids();
    assert_eq!(ids.len(), 100);
    assert_eq!(feed.links("alternate"), ["https://legal.example/"]);
    assert!(ids[0].ends_with("/terms/2024-06-01") && ids[2].ends_with("/terms-000/2023-01-01"));
    assert!(ids[99].ends_with("/terms-097/2023-01-01"));
}

#[test]
fn tags_name_the_host_without_its_port_and_the_path_of_the_site() {
    for (base_url, start) in [
        (
            "https://Example.com:8443/legal",
            "tag:example.com,2022-03-01:/legal/terms/",
        ),
        ("https://[::1]:8443/", "tag:1,2022-03-01:/terms/"),
    ] {
        let site = site();
        let run = site.run(&["build", "--as-of", "2024-01-01", "--base-url", base_url]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let id = read(&site.page("terms/feed.xml")).ids()[0].to_owned();
        assert!(id.starts_with(start), "{id}");
    }
}

#[test]
fn pages_name_their_feeds() {
    let site = site();
    site.build_as_of("2024-05-01");
    let link = |title: &str, path: &str| {
        format!(
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{title}\" href=\"https://legal.example{path}\">"
        )
    };
    let of_site = link("Legal", "/feed.xml");
    let of_terms = link("Terms · Legal", "/terms/feed.xml");
    for path in ["terms/", "terms/2022-01-01/", "terms/history/"] {
        let page = site.page(&format!("{path}index.html"));
        assert!(page.contains(&format!("{of_terms}\n{of_site}\n")), "{path}");
    }
    let front = site.page("index.html");
    assert!(front.contains(&of_site) && !front.contains(&of_terms));
    assert!(front.contains("<a href=\"/feed.xml\""));
    let history = site.page("terms/history/index.html");
    assert!(history.contains("<a href=\"/terms/feed.xml\""));
    assert!(!site.page("404.html").contains("feed.xml"));
}
