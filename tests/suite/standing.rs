//! What pages say of their version's standing, in the corners of histories and translations.

use crate::site::{Site, config};

fn dated(title: &str, more: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{more}+++\nWords.\n")
}

fn two_languages() -> Site {
    Site::minimal().with("engross.toml", config("languages = [\"en\", \"es\"]"))
}

#[test]
fn a_correction_made_later_does_not_move_the_day_of_superseding() {
    let correction = dated("P", "corrected = 2023-05-05\nreason = \"a slip\"\n");
    let site = Site::minimal()
        .with("content/privacy/2020-01-01.md", dated("P", ""))
        .with("content/privacy/2020-01-01.r2.md", correction)
        .with("content/privacy/2021-01-01.md", dated("P", ""));
    site.build();
    for page in [
        "privacy/2020-01-01/index.html",
        "privacy/2020-01-01.r2/index.html",
    ] {
        let page = site.page(page);
        assert!(
            page.contains("was superseded on <time datetime=\"2021-01-01\">"),
            "{page}"
        );
        assert!(
            !page.contains("superseded on <time datetime=\"2023-05-05\">"),
            "{page}"
        );
    }
}

#[test]
fn each_text_says_when_it_was_first_corrected() {
    let correction =
        |day, reason| dated("P", &format!("corrected = {day}\nreason = \"{reason}\"\n"));
    let site = two_languages()
        .with("content/terms/2020-01-01.md", dated("P", ""))
        .with("content/terms/2020-01-01.es.md", dated("P", ""))
        .with(
            "content/terms/2020-01-01.r2.md",
            correction("2020-05-05", "a slip"),
        )
        .with(
            "content/terms/2020-01-01.r3.md",
            correction("2020-07-07", "a gap"),
        );
    site.build();
    let first = "corrected on <time datetime=\"2020-05-05\">May 5, 2020</time>: a slip";
    let second = "corrected on <time datetime=\"2020-07-07\">July 7, 2020</time>: a gap";
    let page = site.page("terms/2020-01-01/index.html");
    assert!(page.contains(first) && !page.contains("a gap"), "{page}");
    assert!(page.contains("href=\"/terms/2020-01-01.r3/\""), "{page}");
    let page = site.page("terms/2020-01-01.r2/index.html");
    assert!(page.contains(second), "{page}");
    assert!(
        page.contains("Corrected on <time datetime=\"2020-05-05\">May 5, 2020</time>: a slip"),
        "{page}"
    );
    let page = site.page("es/terms/index.html");
    assert!(page.contains("<time datetime=\"2020-05-05\">"), "{page}");
    assert!(page.contains("a slip") && !page.contains("a gap"), "{page}");
    let history = site.page("terms/history/index.html");
    let days: Vec<&str> = history
        .split("Corrected on <time datetime=\"")
        .skip(1)
        .map(|rest| &rest[..10])
        .collect();
    assert_eq!(days, ["2020-07-07", "2020-07-07", "2020-05-05"]);
}

#[test]
fn notices_lead_to_what_applies_where_a_translation_lags() {
    let site = two_languages()
        .with("content/privacy/2020-01-01.md", dated("P", ""))
        .with("content/privacy/2020-01-01.es.md", dated("P", ""))
        .with("content/privacy/2021-01-01.md", dated("P", ""));
    site.build();
    let page = site.page("es/privacy/2020-01-01/index.html");
    let notice = page.split("notice-superseded").nth(1).unwrap();
    let notice = notice.split("</div>").next().unwrap();
    assert!(notice.contains("href=\"/privacy/\""), "{notice}");
    assert!(
        site.page("es/privacy/index.html")
            .contains("notice-translation")
    );
}

#[test]
fn links_lead_to_the_original_until_a_translation_is_public() {
    let site = two_languages()
        .with("content/privacy/2020-01-01.md", "[t](../terms/)\n\n# P\n")
        .with(
            "content/privacy/2020-01-01.es.md",
            "+++\ntitle = \"P\"\n+++\n[t](../terms/)\n",
        )
        .with("content/privacy/2021-01-01.md", dated("P", ""))
        .with("content/terms/2020-01-01.md", dated("T", ""))
        .with(
            "content/terms/2020-01-01.es.md",
            dated("T", "published = 2030-01-01\n"),
        );
    site.build();
    let page = site.page("es/privacy/2020-01-01/index.html");
    assert!(
        page.contains("<a href=\"/terms/2020-01-01/\">t</a>"),
        "{page}"
    );
}

#[test]
fn a_document_that_nobody_may_know_yet_keeps_its_title() {
    let site = Site::minimal()
        .with("content/secret/2030-01-01.md", dated("Project Heron", ""))
        .with("content/index.md", dated("F", ""));
    site.build();
    assert!(site.page("secret/index.html").contains("notice-no-record"));
    for file in ["secret/index.html", "index.html", "404.html"] {
        assert!(!site.page(file).contains("Heron"), "{file}");
    }
}

#[test]
fn a_text_published_late_applies_from_the_day_it_was_published() {
    let site = Site::minimal()
        .with(
            "content/terms/2020-01-01.md",
            dated("P", "published = 2020-03-01\n"),
        )
        .with(
            "content/terms/2021-01-01.md",
            dated("P", "published = 2021-02-01\n"),
        );
    site.build();
    let page = site.page("terms/2020-01-01/index.html");
    assert!(
        page.contains("applied from <time datetime=\"2020-03-01\">"),
        "{page}"
    );
    assert!(
        page.contains("superseded on <time datetime=\"2021-02-01\">"),
        "{page}"
    );
    let front = site.page("index.html");
    assert!(
        front.contains("In force since <time datetime=\"2021-02-01\">"),
        "{front}"
    );
}
