//! The pages that show what changed, and what other pages say of it.

use std::fs;
use std::path::Path;

use crate::marks;
use crate::site::{CONFIG, Site, config};

/// Sections of which the second version changes two, adds one and leaves one as it is.
const SCOPE: &str = "## Scope\n\nThis policy is about the shop, about the app, and about the letters that we send to \
    everybody who has asked for them. It is not about the sites of other companies, to which some of our pages lead.\n";

fn text(front: &str, words: &str) -> String {
    format!("+++\ntitle = \"Privacy Policy\"\n{front}+++\n\n{words}\n")
}

fn first() -> String {
    text(
        "",
        &format!("Words.\n\n{SCOPE}\n## Choices\n\nYou may ask once.\n"),
    )
}

fn second(front: &str) -> String {
    let words = format!(
        "Words.\n\n{SCOPE}\n## Choices\n\nYou may ask twice.\n\n## Children\n\nNot for them.\n"
    );
    text(front, &words)
}

fn third(front: &str) -> String {
    text(
        front,
        &format!("Words.\n\n{SCOPE}\n## Choices\n\nYou may ask often.\n"),
    )
}

/// A superseded version, the one in force and an upcoming one. What the last says in front is given.
fn site(front: &str) -> Site {
    let front = format!("published = 2024-05-01\n{front}");
    Site::minimal()
        .with("content/privacy/2022-01-01.md", first())
        .with("content/privacy/2023-01-01.md", second(""))
        .with("content/privacy/2025-01-01.md", third(&front))
}

fn assert_says(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "{words} is not in\n{page}");
    }
}

/// What stands between two pieces of a page.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let after = page.split_once(start).map(|(_, after)| after);
    let inner = after.and_then(|after| after.split_once(end));
    inner
        .unwrap_or_else(|| panic!("there is no {start}…{end} in\n{page}"))
        .0
}

/// The entry of a version in the history.
fn entry<'p>(history: &'p str, id: &str) -> &'p str {
    let start = format!("<h2><a href=\"/privacy/{id}/\">");
    let after = history.split_once(&start).unwrap().1;
    after.split("<h2>").next().unwrap()
}

#[test]
fn the_first_version_says_that_it_is_the_first() {
    let site = site("");
    site.build();
    let page = site.page("privacy/2022-01-01/redline/index.html");
    assert_says(&page, &["This is the first version."]);
    assert!(
        !page.contains("<ins>") && !page.contains("class=\"totals\""),
        "{page}"
    );
}

#[test]
fn a_redline_says_what_changed_before_it_shows_it() {
    let site = site("");
    site.build();
    let page = site.page("privacy/2023-01-01/redline/index.html");
    marks::check(&page).unwrap();
    let (head, redline) = page.split_once("<div class=\"redline\">").unwrap();
    assert_says(
        head,
        &[
            "<title>Changes effective January 1, 2023 · Privacy Policy",
            "<li>Words inserted <strong>",
            "<a href=\"#choices\">Choices</a>",
            "<a href=\"#children\">Children</a>",
            "<span class=\"what\">New section</span>",
            "href=\"/privacy/2022-01-01/\"",
            "<meta name=\"robots\" content=\"noindex, follow\">",
        ],
    );
    assert_says(
        redline,
        &[
            "<span class=\"visually-hidden\"> deleted: </span>once<span",
            "<ins class=\"blocks\"><span class=\"mark\">New section</span>",
        ],
    );
}

#[test]
fn what_did_not_change_is_folded_and_still_there() {
    let site = site("");
    site.build();
    let page = site.page("privacy/2023-01-01/redline/index.html");
    let folded = between(&page, "<details class=\"unchanged\">", "</details>");
    assert_says(
        folded,
        &["Scope</summary>", "which some of our pages lead."],
    );
    assert!(!folded.contains("You may ask"), "{folded}");
}

#[test]
fn since_compares_with_the_version_in_force() {
    let site = site("");
    site.build();
    let page = site.page("privacy/2022-01-01/since/index.html");
    assert_says(
        &page,
        &[
            "<title>Changes since January 1, 2022 · Privacy Policy",
            "<h1>Changes since <time datetime=\"2022-01-01\">",
            "</span>twice<span",
            "noindex, follow",
        ],
    );
    let page = site.page("privacy/2023-01-01/since/index.html");
    assert_says(&page, &["Nothing has changed since."]);
}

#[test]
fn a_long_history_is_not_told_on_the_page_of_each_version() {
    let mut site = Site::minimal();
    for year in 1990..=2020 {
        let words = format!("+++\nsummary = \"Year {year}.\"\n+++\n\n# Privacy\n\nYear {year}.\n");
        site = site.with(&format!("content/privacy/{year}-01-01.md"), words);
    }
    site.build_as_of("2021-01-01");
    let told = |id: &str| {
        let page = site.page(&format!("privacy/{id}/since/index.html"));
        let list = between(&page, "<section class=\"changes\"", "</section>").to_owned();
        (
            list.matches("/redline/").count(),
            list.contains("/privacy/history/"),
        )
    };
    assert_eq!(told("1990-01-01"), (25, true));
    assert_eq!(told("1995-01-01"), (25, false));
    assert_eq!(told("2019-01-01"), (1, false));
}

#[test]
fn an_upcoming_version_has_a_redline_and_nothing_since() {
    let site = site("");
    site.build();
    let page = site.page("privacy/2025-01-01/redline/index.html");
    assert_says(
        &page,
        &[
            "notice-upcoming",
            "</span>often<span",
            "Section removed",
            "id=\"was:children\"",
        ],
    );
    assert!(!site.public().join("privacy/2025-01-01/since").exists());
}

#[test]
fn the_upcoming_version_is_announced_with_its_summary_and_its_redline() {
    let site = site("summary = \"You may ask as often as you <like>.\"\n");
    site.build();
    let page = site.page("privacy/index.html");
    let notice = between(&page, "notice-coming", "</div>");
    assert_says(
        notice,
        &[
            "takes effect on <time datetime=\"2025-01-01\">",
            "href=\"/privacy/2025-01-01/\"",
            "href=\"/privacy/2025-01-01/redline/\"",
            "<p class=\"summary\">You may ask as often as you &lt;like&gt;.</p>",
        ],
    );
}

#[test]
fn an_upcoming_version_without_a_summary_is_announced_with_counts() {
    let site = site("");
    site.build();
    let page = site.page("privacy/index.html");
    let notice = between(&page, "notice-coming", "</div>");
    assert_says(
        notice,
        &["Words inserted <strong>1</strong> · Words deleted <strong>"],
    );
}

#[test]
fn a_version_without_a_summary_is_told_by_counts_and_sections() {
    let site = site("");
    site.build();
    let version = site.page("privacy/2023-01-01/index.html");
    let changes = between(&version, "<section class=\"changes\"", "</section>");
    let history = site.page("privacy/history/index.html");
    for told in [changes, entry(&history, "2023-01-01")] {
        assert_says(
            told,
            &[
                "<li>Words inserted <strong>",
                "Choices; Children",
                "href=\"/privacy/2023-01-01/redline/\"",
            ],
        );
    }
}

#[test]
fn a_summary_takes_the_place_of_names_of_sections() {
    let site = site("").with(
        "content/privacy/2023-01-01.md",
        second("summary = \"Ask twice.\"\n"),
    );
    site.build();
    let version = site.page("privacy/2023-01-01/index.html");
    let changes = between(&version, "<section class=\"changes\"", "</section>");
    assert_says(
        changes,
        &["Ask twice.", "href=\"/privacy/2023-01-01/redline/\""],
    );
    assert!(!changes.contains("Words inserted"), "{changes}");
    let history = site.page("privacy/history/index.html");
    let entry = entry(&history, "2023-01-01");
    assert_says(entry, &["Ask twice.", "<li>Words inserted <strong>"]);
    assert!(!entry.contains("Choices; Children"), "{entry}");
}

#[test]
fn versions_lead_to_what_has_changed_since_where_something_may_have() {
    let site = site("");
    site.build();
    let history = site.page("privacy/history/index.html");
    let since = |id: &str| format!("href=\"/privacy/{id}/since/\"");
    let first = entry(&history, "2022-01-01");
    assert_says(first, &[&since("2022-01-01")]);
    assert!(!first.contains("/redline/"), "{first}");
    assert!(
        !entry(&history, "2023-01-01").contains("/since/"),
        "{history}"
    );
    assert!(
        !entry(&history, "2025-01-01").contains("/since/"),
        "{history}"
    );
    assert_says(
        &site.page("privacy/2022-01-01/index.html"),
        &[&since("2022-01-01")],
    );
    assert!(!site.page("privacy/index.html").contains("/since/"));
}

#[test]
fn translations_are_compared_with_translations() {
    let spanish =
        |words: &str| format!("+++\ntitle = \"Privacidad\"\n+++\n\n## Opciones\n\n{words}\n");
    let site = site("")
        .with("engross.toml", config("languages = [\"en\", \"es\"]"))
        .with("content/privacy/2021-01-01.md", first())
        .with(
            "content/privacy/2021-01-01.es.md",
            spanish("Puede pedirlo una vez."),
        )
        .with(
            "content/privacy/2023-01-01.es.md",
            spanish("Puede pedirlo dos veces."),
        );
    site.build();
    let page = site.page("es/privacy/2023-01-01/redline/index.html");
    marks::check(&page).unwrap();
    assert_says(
        &page,
        &[
            "href=\"/es/privacy/2021-01-01/\"",
            "suprimido: </span>una vez<span",
            "lang=\"es\"",
            "hreflang=\"en\"",
        ],
    );
    assert!(!site.public().join("es/privacy/2022-01-01").exists());
}

#[test]
fn two_versions_with_the_same_words_are_said_to_be_the_same() {
    let site = site("").with("content/privacy/2023-01-01.md", first());
    site.build();
    let page = site.page("privacy/2023-01-01/redline/index.html");
    assert_says(
        &page,
        &[
            "The words are the same in both versions.",
            "You may ask once.",
        ],
    );
    assert!(!page.contains("class=\"totals\""), "{page}");
}

#[test]
fn changed_footnotes_have_an_entry_of_their_own() {
    let noted = |note: &str| {
        text(
            "",
            &format!("Words.\n\n## Scope\n\nAll.[^1]\n\n[^1]: {note}\n"),
        )
    };
    let site = Site::minimal()
        .with("content/privacy/2022-01-01.md", noted("By law."))
        .with("content/privacy/2023-01-01.md", noted("By contract."));
    site.build();
    let page = site.page("privacy/2023-01-01/redline/index.html");
    let list = between(&page, "<ol class=\"changed\">", "</ol>");
    assert_says(list, &["<a href=\"#page:footnotes\">Footnotes</a>"]);
    assert!(!list.contains("Before the first section"), "{list}");
    assert_says(
        &page,
        &["<section class=\"footnotes\" id=\"page:footnotes\""],
    );
}

#[test]
fn a_moved_section_says_so_and_a_renumbered_one_has_not_changed() {
    let sections = |order: [&str; 3]| {
        let section = |name| {
            format!("## {name}\n\nWhat is to be said of {name} in this place and in no other.\n\n")
        };
        text("", &order.map(section).concat())
    };
    let site = Site::minimal()
        .with("content/privacy/document.toml", "numbered = true\n")
        .with(
            "content/privacy/2022-01-01.md",
            sections(["One", "Two", "Three"]),
        )
        .with(
            "content/privacy/2023-01-01.md",
            sections(["Three", "One", "Two"]),
        );
    site.build();
    let page = site.page("privacy/2023-01-01/redline/index.html");
    marks::check(&page).unwrap();
    let list = between(&page, "<ol class=\"changed\">", "</ol>");
    assert_eq!(list.matches("<li>").count(), 1, "{list}");
    assert_says(
        &page,
        &[
            "Three",
            "Moved here</p>",
            "<a href=\"#three\">“Three” moved to another place</a>",
            "Formerly number 1</p>",
        ],
    );
}

/// The parts of the edit cases that are texts.
fn texts(case: &str) -> (String, String, String) {
    let part = |name: &str| {
        let found = case
            .split_once(&format!("\n=== {name}\n"))
            .map(|(_, after)| after);
        let text = found.map(|text| text.split("\n=== ").next().unwrap_or_default());
        text.unwrap_or_default().to_owned()
    };
    (part("settings"), part("before"), part("after"))
}

#[test]
fn the_pages_of_all_edit_cases_are_sound_in_both_directions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/redlines");
    let site = Site::empty().with("engross.toml", CONFIG);
    let mut names = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (settings, before, after) = texts(&fs::read_to_string(&path).unwrap());
        let put =
            |file: &str, content: String| site.put(&format!("content/{name}/{file}"), content);
        put("document.toml", format!("title = \"Policy\"\n{settings}\n"));
        put("2021-01-01.md", before.clone());
        put("2022-01-01.md", after);
        put("2023-01-01.md", before);
        names.push(name);
    }
    site.build();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        for id in ["2022-01-01", "2023-01-01"] {
            let page = site.page(&format!("{name}/{id}/redline/index.html"));
            marks::check(&page).unwrap_or_else(|fault| panic!("{name} {id}: {fault}"));
        }
        marks::check(&site.page(&format!("{name}/2022-01-01/since/index.html"))).unwrap();
    }
}

#[test]
fn a_title_that_the_front_matter_says_is_compared_too() {
    let site = Site::minimal().with(
        "content/privacy/2023-01-01.md",
        "+++\ntitle = \"Privacy Notice\"\nsummary = \"A new name.\"\n+++\n\nWords.\n\n## Scope\n\nAll of it.\n",
    );
    site.build();
    let page = site.page("privacy/2023-01-01/redline/index.html");
    assert!(
        page.contains("<p class=\"retitled\">Privacy <del>"),
        "{page}"
    );
    let told = site.run(&["redline", "privacy", "2023-01-01"]).stdout;
    assert!(told.contains("# Privacy [-Policy-] {+Notice+}"), "{told}");
}

#[test]
fn a_correction_leads_to_what_it_changed_and_to_what_its_version_changed() {
    let correction = "corrected = 2023-03-01\nreason = \"a slip\"\n";
    let site = site("").with(
        "content/privacy/2023-01-01.md",
        second("material = true\nsummary = \"Ask twice.\"\n"),
    );
    let site = site.with("content/privacy/2023-01-01.r2.md", third(correction));
    site.build();
    for page in ["privacy/index.html", "privacy/2023-01-01.r2/index.html"] {
        let page = site.page(page);
        let changes = between(&page, "<section class=\"changes\"", "</section>");
        assert_says(
            changes,
            &[
                "Material change",
                "Ask twice.",
                "<a href=\"/privacy/2023-01-01/redline/\">What this version changed</a>",
                "<a href=\"/privacy/2023-01-01.r2/redline/\">What this correction changed</a>",
            ],
        );
    }
    let page = site.page("privacy/2023-01-01.r2/redline/index.html");
    assert_says(
        &page,
        &["<a href=\"/privacy/2023-01-01/redline/\">What this version changed</a>"],
    );
    let page = site.page("privacy/2023-01-01/redline/index.html");
    assert!(!page.contains("What this version changed"), "{page}");
}
