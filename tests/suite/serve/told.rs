//! What is told beside the pages: errors, findings, drafts, the day.

use std::thread;
use std::time::Duration;

use super::{Running, site};
use crate::site::{CONFIG, Site, TEXT, text};

#[test]
fn while_broken_every_address_keeps_its_last_good_bytes() {
    let site = site();
    let mut server = Running::serve(&site);
    let good = server.get("/privacy/").body;
    site.put(TEXT, text("See [nothing](#nothing) <sup>here</sup>."));
    super::wait_until("the error is told", || server.errors() == 1);
    let error = &server.state("/terms/")["errors"][0];
    assert_eq!(
        (&error["line"], &error["column"]),
        (&5.into(), &5.into()),
        "{error}"
    );
    assert_eq!(error["file"], TEXT);
    assert!(
        error["report"]
            .as_str()
            .unwrap()
            .contains("[nothing](#nothing) <sup>here</sup>")
    );
    assert_eq!(server.get("/privacy/").body, good);
    server.hear("error[dead-link]");
    // Edits of other files come through, and the error stays.
    site.put(
        "content/terms/2024-01-01.md",
        "+++\nsummary = \"Three each.\"\n+++\n# Terms\n\nThree each.\n",
    );
    server.wait_for("/terms/", "Three each.");
    assert_eq!(server.errors(), 1);
    assert_eq!(server.get("/privacy/").body, good);
    site.put("engross.toml", "title = ");
    super::wait_until("both are told", || server.errors() >= 2);
    assert_eq!(server.get("/privacy/").body, good);
    site.put("engross.toml", CONFIG);
    super::wait_until("one is mended", || server.errors() == 1);
    site.put(TEXT, text("Mended."));
    server.wait_for("/privacy/", "Mended.");
    assert_eq!(server.errors(), 0);
    server.hear("no errors any more");
}

#[test]
fn it_starts_on_a_broken_tree_and_recovers() {
    let site = Site::minimal().with("engross.toml", "title = \"<script>alert(1)</script>\n");
    let mut server = Running::serve(&site);
    let page = server.browse("/privacy/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("engross.toml:1:"), "{}", page.body);
    assert!(page.body.contains("&lt;script&gt;") && !page.body.contains("<script>alert"));
    assert!(page.body.contains("/_engross/preview.js"));
    server.hear("error[");
    site.put("engross.toml", CONFIG);
    server.wait_for("/privacy/", "Words.");
    assert_eq!(server.errors(), 0);
    // A text that is wrong from the start is shown as far as it goes.
    let broken = Site::minimal().with(TEXT, text("See [nothing](#nothing)."));
    let server = Running::serve(&broken);
    super::wait_until("the error is told", || server.errors() == 1);
    assert_eq!(server.get("/privacy/").status, 200);
    broken.put(TEXT, text("See nothing."));
    server.wait_for("/privacy/", "See nothing.");
    super::wait_until("it is mended", || server.errors() == 0);
    assert!(server.url.contains("localhost"));
}

#[test]
fn drafts_and_what_is_not_public_yet_have_pages_that_follow() {
    let site = site()
        .with("content/privacy/draft.md", "# Privacy Policy\n\nDrafted words.\n\n## Scope\n\nAll of it.\n")
        .with(
            "content/terms/2024-09-01.md",
            "+++\npublished = 2024-08-01\nsummary = \"Later.\"\n+++\n# Terms\n\nTerms to come.\n\n## Your account {#account}\n\nNone.\n",
        );
    let server = Running::serve(&site);
    let coming: Vec<String> = server.state("/")["coming"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| link["address"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(coming, ["/terms/2024-09-01/", "/privacy/draft/"]);
    server.wait_for("/privacy/draft/", "Drafted words.");
    server.wait_for("/privacy/draft/redline/", "<ins");
    server.wait_for("/terms/2024-09-01/", "Terms to come.");
    assert_eq!(server.state("/privacy/draft/")["page"]["state"], "draft");
    assert_eq!(
        server.state("/terms/2024-09-01/")["page"]["state"],
        "not-public"
    );
    assert_eq!(server.state("/terms/")["page"]["state"], "in-force");
    for n in 0..3 {
        let words = format!("# Privacy Policy\n\nDrafted again, {n}.\n\n## Scope\n\nAll of it.\n");
        site.put("content/privacy/draft.md", words);
        server.wait_for("/privacy/draft/", &format!("Drafted again, {n}."));
        let redline = server.get("/privacy/draft/?redline").body;
        assert!(
            redline.contains("<ins") && redline.contains("<del"),
            "{redline}"
        );
    }
    // Nothing of them is on the pages of a build.
    assert!(!server.get("/terms/").body.contains("2024-09-01"));
}

#[test]
fn another_day_can_be_chosen_and_left() {
    let site = site();
    let server = Running::serve(&site);
    server.wait_for("/terms/", "Two each.");
    let choose = |day: &str| {
        let head = format!(
            "POST /_engross/day?day={day} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
        );
        server.ask(&head).status
    };
    let before = server.generation();
    assert_eq!(choose("2023-06-01"), 200);
    server.wait_for("/terms/", "One each.");
    assert!(server.generation() > before);
    assert_eq!(server.state("/")["day"], "2023-06-01");
    // Files go on to be followed on that day.
    site.put("content/terms/2023-01-01.md", "# Terms\n\nHalf of one.\n");
    server.wait_for("/terms/", "Half of one.");
    assert_eq!(choose("nonsense"), 400);
    assert_eq!(choose(""), 200);
    server.wait_for("/terms/", "Two each.");
}

#[test]
fn findings_name_the_clause_of_the_page() {
    let site = site().with(
        TEXT,
        text("Words.\n\n## Scope\n\nAll of it.\n\n## Contact\n\n- [ ] one\n\n![A picture](missing.png)\n"),
    );
    let server = Running::serve(&site);
    let state = server.state("/privacy/");
    let findings = state["page"]["findings"].as_array().unwrap();
    assert!(!findings.is_empty(), "{state}");
    assert_eq!(findings[0]["anchor"], "contact", "{state}");
}

#[test]
fn a_day_that_is_chosen_stays_while_the_site_is_planned_anew() {
    let site = (0..60).fold(site(), |site, n| {
        site.with(
            &format!("content/d{n}/2023-01-01.md"),
            "# A text\n\nWords.\n",
        )
    });
    let server = Running::serve(&site);
    for round in 0..6 {
        let day = if round % 2 == 0 {
            "2023-06-01"
        } else {
            "2024-05-01"
        };
        site.put("content/clauses/x.md", format!("Round {round}.\n"));
        thread::sleep(Duration::from_millis(20 + 7 * round));
        let head = format!(
            "POST /_engross/day?day={day} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
        );
        assert_eq!(server.ask(&head).status, 200);
        thread::sleep(Duration::from_millis(300));
        super::wait_until("the day is shown", || server.state("/")["day"] == day);
    }
}

#[cfg(unix)]
#[test]
fn what_is_wrong_with_a_file_is_told_on_every_day() {
    let site = site();
    let link = site.root().join("content/terms/2025-01-01.md");
    std::os::unix::fs::symlink("nowhere.md", link).unwrap();
    let server = Running::serve(&site);
    super::wait_until("the link is told", || server.errors() == 1);
    let head =
        "POST /_engross/day?day=2023-06-01 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n";
    assert_eq!(server.ask(head).status, 200);
    assert_eq!(server.state("/")["day"], "2023-06-01");
    assert_eq!(server.errors(), 1);
}

#[test]
fn what_is_wrong_with_a_draft_is_told_once_and_stops_nothing() {
    let site = site().with(
        "content/privacy/draft.md",
        "# P\n\nSee [nothing](#nothing).\n",
    );
    let server = Running::serve(&site);
    super::wait_until("the draft has been checked", || {
        server.state("/")["warnings"] != 0
    });
    let state = server.state("/privacy/draft/");
    let findings = state["page"]["findings"].as_array().unwrap();
    let dead: Vec<_> = findings
        .iter()
        .filter(|finding| finding["message"].as_str().unwrap().contains("nothing"))
        .collect();
    assert_eq!(dead.len(), 1, "{findings:#?}");
    assert_eq!(dead[0]["severity"], "warning");
    assert_eq!(server.errors(), 0);
}
