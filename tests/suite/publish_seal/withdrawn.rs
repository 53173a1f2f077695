//! What is published in the place of what was withdrawn.

use serde_json::Value;

use super::{CHAPTER, check_sums, json, seal, sealed, site as unsealed};
use crate::documented::assert_fields;
use crate::site::{DAY, Site};

/// The site after a version of it was withdrawn and its files were removed.
fn withdrawn(version: &str, files: &[&str]) -> Site {
    let site = sealed();
    seal(
        &site,
        &["--withdraw", version, "--reason", "Published by <mistake>."],
    );
    files.iter().for_each(|file| site.remove(file));
    site
}

#[test]
fn the_address_of_a_withdrawn_version_says_so() {
    let files = [
        "content/privacy/2022-01-01.md",
        "content/privacy/2022-01-01.es.md",
        "content/privacy/2022-01-01.r2.md",
    ];
    let site = sealed();
    for version in ["privacy@2022-01-01.r2", "privacy@2022-01-01"] {
        seal(
            &site,
            &["--withdraw", version, "--reason", "Published by <mistake>."],
        );
    }
    files.iter().for_each(|file| site.remove(file));
    site.build();
    let page = site.page("privacy/2022-01-01/index.html");
    assert!(
        page.contains(
            "<div class=\"notice notice-withdrawn\" role=\"note\"><p>The version effective \
         <time datetime=\"2022-01-01\">January 1, 2022</time> was withdrawn on \
         <time datetime=\"2024-06-01\">June 1, 2024</time>: Published by &lt;mistake&gt;. \
         <a href=\"/privacy/\">Read the version in force</a>"
        ),
        "{page}"
    );
    assert!(page.contains("<meta name=\"robots\" content=\"noindex"));
    assert!(page.contains("<body class=\"kind-withdrawn\">"));
    assert!(
        site.page("privacy/2022-01-01.r2/index.html")
            .contains("The correction of the version effective")
    );
    let spanish = site.page("es/privacy/2022-01-01/index.html");
    assert!(spanish.contains(
        "se retiró el <time datetime=\"2024-06-01\">1 de junio de 2024</time>: <span lang=\"en\">"
    ));
    assert!(!site.page("sitemap.xml").contains("/privacy/2022-01-01"));
    let history = site.page("privacy/history/index.html");
    assert_eq!(history.matches("notice-withdrawn").count(), 2);
    assert!(history.contains("<a href=\"/privacy/2022-01-01/\">Permanent address</a>"));
    let told = json(&site, "privacy/index.json");
    let told = told["withdrawn"].as_array().unwrap();
    let ids: Vec<&Value> = told.iter().map(|told| &told["id"]).collect();
    assert_eq!(ids, ["privacy@2022-01-01.r2", "privacy@2022-01-01"]);
    for told in told {
        let path = format!("privacy/{}/index.json", told["version"].as_str().unwrap());
        assert_eq!(json(&site, &path), *told);
    }
    assert_eq!(check_sums(&site).status, 0);
    // On a day before it was published nobody knew of it.
    site.build_as_of("2021-06-01");
    assert!(!site.published().contains_key("privacy/2022-01-01"));
}

#[test]
fn programs_are_told_of_what_was_withdrawn() {
    let site = sealed();
    site.build();
    let before = json(&site, "es/privacy/2022-01-01/index.json");
    let withdraw = ["--withdraw", "privacy@2022-01-01.es", "--reason", "Wrong."];
    seal(&site, &withdraw);
    site.remove("content/privacy/2022-01-01.es.md");
    site.build();
    let told = json(&site, "es/privacy/2022-01-01/index.json");
    let same = [
        "id",
        "document",
        "version",
        "language",
        "effective",
        "published",
        "words",
        "sealed",
    ];
    for field in same {
        assert_eq!(told[field], before[field], "{field}");
    }
    for field in ["text", "json", "document"] {
        assert_eq!(
            told["addresses"][field], before["addresses"][field],
            "{field}"
        );
    }
    let own = ["standing", "withdrawn", "addresses"];
    assert_fields(&told, &[&same[..], &own].concat(), CHAPTER);
    assert_fields(&told["addresses"], &["text", "json", "document"], CHAPTER);
    assert_fields(&told["withdrawn"], &["entry", "day", "reason"], CHAPTER);
    assert_eq!(told["standing"], "withdrawn");
    assert_eq!(told["withdrawn"]["entry"], 6);
    assert_eq!(told["withdrawn"]["day"], DAY);
    assert_eq!(told["withdrawn"]["reason"], "Wrong.");
    assert!(!told.to_string().contains("Palabras"));
    // Nothing else of the document is left in Spanish.
    let document = json(&site, "es/privacy/index.json");
    assert_eq!(document["withdrawn"], Value::from(vec![told]));
    assert_eq!(document["versions"], Value::from(Vec::<Value>::new()));
    assert_eq!(document["current"], Value::Null);
    assert_eq!(
        document["addresses"]["history"],
        "https://legal.example/privacy/history/"
    );
    assert_eq!(
        json(&site, "privacy/index.json")["withdrawn"],
        Value::from(Vec::<Value>::new())
    );
}

#[test]
fn a_translation_that_was_withdrawn_alone_leads_to_its_original() {
    let site = sealed();
    let withdraw = [
        "--withdraw",
        "privacy@2022-01-01.es",
        "--reason",
        "Falta una palabra",
    ];
    seal(&site, &withdraw);
    site.remove("content/privacy/2022-01-01.es.md");
    site.build();
    let page = site.page("es/privacy/2022-01-01/index.html");
    let says = "<p>La traducción de la versión con efecto desde el <time datetime=\"2022-01-01\">1 de enero de \
                2022</time> se retiró el <time datetime=\"2024-06-01\">1 de junio de 2024</time>: <span \
                lang=\"en\">Falta una palabra.</span> <a href=\"/privacy/2022-01-01/\">Leer este texto en el \
                idioma original</a></p>";
    assert!(page.contains(says), "{page}");
    assert!(
        site.page("privacy/2022-01-01/index.html")
            .contains("Words.")
    );
    assert!(
        !site
            .page("privacy/history/index.html")
            .contains("notice-withdrawn")
    );
}

#[test]
fn a_withdrawn_version_has_an_address_where_nothing_else_of_its_document_is_left() {
    let site = withdrawn("terms@2022-01-01", &["content/terms/2022-01-01.md"]);
    site.build();
    let page = site.page("terms/2022-01-01/index.html");
    assert!(page.contains("notice-withdrawn"));
    assert!(!page.contains("Read the version in force"));
    let own = site.page("terms/index.html");
    assert!(own.contains("notice-withdrawn"), "{own}");
    assert!(
        own.contains("<a href=\"/terms/2022-01-01/\">Permanent address</a>"),
        "{own}"
    );
    assert!(own.contains("<meta name=\"robots\" content=\"noindex"));
    // What its title was is gone with its file.
    assert!(
        page.contains("<title>Withdrawn version: terms · "),
        "{page}"
    );
    assert!(page.contains("<p class=\"over\">terms</p>\n<h1>Withdrawn version</h1>"));
    let document = json(&site, "terms/index.json");
    assert_eq!(document["title"], "terms");
    assert_eq!(document["kind"], "other");
    let told = json(&site, "terms/2022-01-01/index.json");
    assert_eq!(document["withdrawn"], Value::from(vec![told]));
    for address in ["text", "history", "feed"] {
        assert_eq!(document["addresses"][address], Value::Null, "{address}");
    }
    assert_eq!(
        document["addresses"]["json"],
        "https://legal.example/terms/index.json"
    );
    site.build_as_of("2021-06-01");
    assert!(!site.published().contains_key("terms/index.json"));
}

/// A sealed text cannot be rid of its links, so none of them becomes an error by what is withdrawn elsewhere.
#[test]
fn links_to_what_was_withdrawn_lead_to_the_page_that_says_so() {
    let site = unsealed();
    let links = "[a](/terms/) [b](../terms/#fees) [c](../terms/2022-01-01.md) [d](/terms/history/) [e](/terms/2022-01-01/)";
    site.put(
        "content/links/2022-02-01.md",
        format!("+++\ntitle = \"Links\"\n+++\n\n{links}\n"),
    );
    let config = std::fs::read_to_string(site.root().join("engross.toml")).unwrap();
    let menu = "\n[[navigation.header]]\nlabel = \"Terms\"\nurl = \"/terms/\"\n";
    site.put("engross.toml", config + menu);
    site.put(
        "content/terms/2022-01-01.md",
        "+++\ntitle = \"Terms\"\n+++\n\n## Fees {#fees}\n\nWords.\n",
    );
    seal(&site, &[]);
    let withdraw = ["--withdraw", "terms@2022-01-01", "--reason", "Wrong."];
    seal(&site, &withdraw);
    site.remove("content/terms/2022-01-01.md");
    site.build();
    let page = site.page("links/2022-02-01/index.html");
    for link in [
        "<a href=\"/terms/\">a</a>",
        "<a href=\"/terms/\">b</a>",
        "<a href=\"/terms/2022-01-01/\">c</a>",
        "<a href=\"/terms/\">d</a>",
        "<a href=\"/terms/2022-01-01/\">e</a>",
        "<a href=\"/terms/\">Terms</a>",
    ] {
        assert!(page.contains(link), "{link}: {page}");
    }
    // What never was is dead as before.
    site.put("content/links/draft.md", "[x](/terms/2022-01-02/)\n");
    let run = site.run(&["check", "--as-of", DAY]);
    assert!(
        run.stderr.contains("`/terms/2022-01-02/` leads nowhere"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_page_of_a_withdrawn_version_names_its_document() {
    let site = withdrawn("privacy@2023-01-01", &["content/privacy/2023-01-01.md"]);
    site.build();
    let page = site.page("privacy/2023-01-01/index.html");
    assert!(
        page.contains("<title>Withdrawn version: Privacy · "),
        "{page}"
    );
    assert!(page.contains(
        "<p class=\"over\"><a href=\"/privacy/\">Privacy</a></p>\n<h1>Withdrawn version</h1>"
    ));
}

#[test]
fn a_version_that_was_sealed_again_says_when_it_was_withdrawn() {
    let site = sealed();
    let withdraw = ["--withdraw", "terms@2022-01-01", "--reason", "Too early."];
    seal(&site, &withdraw);
    let run = site.run(&["seal", "--as-of", "2024-07-01", "terms@2022-01-01"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    site.build_as_of("2024-07-02");
    let told = json(&site, "terms/2022-01-01/index.json");
    let entry = told["withdrawals"][0]["entry"].as_u64().unwrap();
    assert_eq!(told["sealed"]["entry"], entry + 1);
    assert_eq!(
        told["withdrawals"],
        serde_json::json!([
            {"entry": entry, "day": "2024-06-01", "until": "2024-07-01", "reason": "Too early."}
        ])
    );
    assert_fields(
        &told["withdrawals"][0],
        &["entry", "day", "until", "reason"],
        CHAPTER,
    );
    let never = json(&site, "privacy/2023-01-01/index.json");
    assert_eq!(never["withdrawals"], Value::from(Vec::<Value>::new()));
}

#[test]
fn a_theme_cannot_leave_out_that_a_version_was_withdrawn() {
    let site = withdrawn("terms@2022-01-01", &["content/terms/2022-01-01.md"]);
    site.put(
        "themes/default/templates/page.html",
        "<!doctype html>\n<title>P</title>\n{{ text | safe }}\n",
    );
    let run = site.run(&["build", "--as-of", DAY]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("template-drops-text"), "{}", run.stderr);
}

#[test]
fn a_page_at_the_address_of_a_withdrawn_version_is_told() {
    let site = withdrawn("terms@2022-01-01", &["content/terms/2022-01-01.md"]);
    site.put(
        "content/privacy/document.toml",
        "redirects = [\"/terms/2022-01-01/\"]\n",
    );
    let run = site.run(&["check", "--as-of", DAY]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("same-address"), "{}", run.stderr);
}
