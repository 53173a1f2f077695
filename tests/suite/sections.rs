//! Sections through the versions: what the history page and `engross history` say of each.

use serde_json::Value;

use crate::documented;
use crate::site::{Site, config, text};

/// Four public versions: of the sections one changes, one has a new anchor and an alias, one goes,
/// one goes and comes back, one comes with the version that is not in force yet.
fn site() -> Site {
    let section = |heading: &str, words: &str| format!("## {heading}\n\n{words}\n\n");
    let scope = section("Scope {#scope}", "All of this is about the shop.");
    let cookies = section("Cookies {#cookies}", "Browsers keep small files.");
    let children = section("Children {#children}", "Nobody below sixteen can sign up.");
    let robots = section("Robots {#robots}", "Machines must not read these pages.");
    let contact = |heading| section(heading, "Letters reach us at our office.");
    let fees = |sum| section("Fees {#fees}", &format!("You pay {sum} crowns each month."));
    let version = |parts: &[&str]| text(&parts.concat());
    Site::empty()
        .with("engross.toml", config("languages = [\"en\", \"es\"]"))
        .with(
            "content/terms/2020-01-01.md",
            version(&[
                &scope,
                &fees("ten"),
                &children,
                &contact("Contact {#contact}"),
            ]),
        )
        .with(
            "content/terms/2021-01-01.md",
            version(&[
                &scope,
                &fees("twenty"),
                &contact("Contact {#contact}"),
                &cookies,
            ]),
        )
        .with(
            "content/terms/2022-01-01.md",
            version(&[
                &scope,
                &fees("twenty"),
                &children,
                &contact("Write to us {#write alias=contact}"),
            ]),
        )
        .with(
            "content/terms/2022-01-01.es.md",
            version(&["## Alcance {#scope}\n\nEl alcance.\n"]),
        )
        .with(
            "content/terms/2030-01-01.md",
            format!(
                "+++\npublished = 2024-01-01\ntitle = \"Terms\"\n+++\n\n{}",
                [
                    scope.clone(),
                    fees("thirty"),
                    contact("Write to us {#write alias=contact}"),
                    robots,
                ]
                .concat()
            ),
        )
        .with(
            "content/privacy/2020-01-01.md",
            "+++\ntitle = \"P\"\n+++\n\n{{ nobody }}\n",
        )
}

fn json(site: &Site, arguments: &[&str]) -> Value {
    let day = ["history", "--as-of", "2024-06-01", "--format", "json"];
    let run = site.run(&[&day, arguments].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// A section in a line: heading, anchor, place, versions, latest change, next change.
fn line(section: &Value) -> String {
    let said = |value: &Value| value.as_str().unwrap().to_owned();
    let versions = section["versions"].as_array().unwrap().iter();
    let versions: Vec<String> = versions
        .map(|range| format!("{}–{}", said(&range["first"]), said(&range["last"])))
        .collect();
    let change = |change: &Value| match change {
        Value::Null => "-".to_owned(),
        change => format!(
            "{} {}",
            said(&change["kind"]),
            said(&change["address"]).replace("https://legal.example/terms/", "")
        ),
    };
    let (changed, coming) = (change(&section["changed"]), change(&section["coming"]));
    format!(
        "{} | {} | {} | {changed} | {coming}",
        said(&section["address"]).replace("https://legal.example", ""),
        said(&section["place"]),
        versions.join(" "),
    )
}

#[test]
fn a_section_is_followed_through_all_versions() {
    let found = json(&site(), &["terms"]);
    let sections = found["documents"][0]["sections"].as_array().unwrap();
    let lines: Vec<String> = sections.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "/terms/#scope | in-force | 2020-01-01–2030-01-01 | first 2020-01-01/#scope | -",
            "/terms/#fees | in-force | 2020-01-01–2030-01-01 | changed 2021-01-01/redline/#fees | changed 2030-01-01/redline/#fees",
            "/terms/#children | in-force | 2020-01-01–2020-01-01 2022-01-01–2022-01-01 | new 2022-01-01/redline/#children | removed 2030-01-01/redline/#was:children",
            "/terms/#write | in-force | 2020-01-01–2030-01-01 | changed 2022-01-01/redline/#write | -",
            "/terms/2030-01-01/#robots | upcoming | 2030-01-01–2030-01-01 | - | new 2030-01-01/redline/#robots",
            "/terms/2021-01-01/#cookies | gone | 2021-01-01–2021-01-01 | removed 2022-01-01/redline/#was:cookies | -",
        ]
    );
}

/// Asserts that an object has the fields that are documented, and no others.
fn assert_fields(object: &Value, fields: &[&str]) {
    documented::assert_fields(object, fields, "### As JSON");
}

#[test]
fn the_json_of_sections_is_as_documented() {
    let found = json(&site(), &[]);
    let terms = &found["documents"][1];
    let section = &terms["sections"][1];
    let fields = [
        "heading", "number", "anchor", "place", "address", "versions", "changed", "coming",
    ];
    assert_fields(section, &fields);
    assert_eq!(section["heading"], "Fees");
    assert_eq!(section["number"], Value::Null);
    assert_fields(&section["versions"][0], &["first", "last"]);
    assert_fields(&section["changed"], &["version", "kind", "address"]);
    assert_eq!(section["changed"]["version"], "2021-01-01");
    // What a version changed is the same as in its redline.
    let second = &terms["versions"][2];
    assert_eq!(second["id"], "2021-01-01");
    let run = site().run(&["redline", "terms", "2021-01-01", "--format", "json"]);
    let redline: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(second["changes"], redline["changes"]);
    assert_eq!(terms["versions"][3]["changes"], Value::Null);
    // The words of the other document are not as they should be: that is for `check` to tell.
    assert_eq!(found["documents"][0]["sections"], Value::Array(Vec::new()));
}

#[test]
fn a_terminal_is_told_how_much_changed_and_where() {
    let site = site();
    let arguments = ["history", "terms", "--as-of", "2024-06-01"];
    let out = site.run(&arguments).stdout;
    let second = "\
  2021-01-01  superseded on 2022-01-01
              published 2021-01-01, effective 2021-01-01
              6 words inserted, 8 words deleted: Fees; Children; Cookies
";
    assert!(out.contains(second), "{out}");
    let table = "
section      last changed                    in versions
Scope        2020-01-01                      2020-01-01 – 2030-01-01
Fees         2021-01-01, changes 2030-01-01  2020-01-01 – 2030-01-01
Children     2022-01-01, removed 2030-01-01  2020-01-01, 2022-01-01
Write to us  2022-01-01                      2020-01-01 – 2030-01-01
Robots       new 2030-01-01                  2030-01-01
Cookies      removed 2022-01-01              2021-01-01
";
    assert!(out.ends_with(table), "{out}");
    let all = site.run(&["history", "--as-of", "2024-06-01"]).stdout;
    assert!(
        all.contains("6 words inserted, 8 words deleted: Fees"),
        "{all}"
    );
    assert!(!all.contains("last changed"), "{all}");
}

#[test]
fn only_some_of_many_sections_are_named() {
    let many = |word: &str| {
        let headings = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let sections = headings.map(|heading| format!("## {heading}\n\nIt is {word} here.\n\n"));
        text(&sections.concat())
    };
    let site = Site::empty()
        .with("engross.toml", config(""))
        .with("content/terms/2020-01-01.md", many("cold"))
        .with("content/terms/2021-01-01.md", many("warm"));
    let out = site
        .run(&["history", "terms", "--as-of", "2024-06-01"])
        .stdout;
    let changed = "8 words inserted, 8 words deleted: A; B; C; D; E; F; and 2 more\n";
    assert!(out.contains(changed), "{out}");
}

/// The row of a section in the table of a page.
fn row<'p>(page: &'p str, heading: &str) -> &'p str {
    let mut rows = page.split("<tr class=").skip(1);
    let named = |row: &&str| row.contains(&format!(">{heading}</a></th>"));
    rows.find(named).unwrap()
}

#[test]
fn the_history_page_leads_to_sections_and_to_their_changes() {
    let site = site();
    site.remove("content/privacy/2020-01-01.md");
    site.build();
    let page = site.page("terms/history/index.html");
    let children = row(&page, "Children");
    for piece in [
        "\"in-force\"",
        "href=\"/terms/#children\"",
        "href=\"/terms/2022-01-01/redline/#children\"",
        "<span class=\"what\">New section</span>",
        "href=\"/terms/2030-01-01/redline/#was:children\"",
        "<span class=\"what\">Section removed</span>",
        "<span class=\"range\"><bdi>2020-01-01</bdi></span> <span class=\"range\"><bdi>2022-01-01</bdi></span>",
    ] {
        assert!(children.contains(piece), "{piece} is not in {children}");
    }
    let scope = row(&page, "Scope");
    assert!(
        scope.contains("href=\"/terms/2020-01-01/#scope\""),
        "{scope}"
    );
    assert!(
        scope.contains("<bdi>2020-01-01</bdi> – <bdi>2030-01-01</bdi>"),
        "{scope}"
    );
    assert!(row(&page, "Cookies").starts_with("\"gone\""), "{page}");
    // The places are there.
    let redline = site.page("terms/2030-01-01/redline/index.html");
    assert!(redline.contains("id=\"was:children\""), "{redline}");
    // A translation is followed by itself.
    let page = site.page("es/terms/history/index.html");
    assert!(row(&page, "Alcance").contains("href=\"/es/terms/2022-01-01/#scope\""));
    assert_eq!(page.matches("<tr class=").count(), 1);
}

#[test]
fn nothing_is_said_of_sections_where_there_are_none() {
    let site = Site::empty()
        .with("engross.toml", config(""))
        .with("content/terms/2020-01-01.md", text("Words."));
    site.build();
    assert!(
        !site
            .page("terms/history/index.html")
            .contains("class=\"sections\"")
    );
    let run = site.run(&["history", "terms"]);
    assert!(!run.stdout.contains("last changed"), "{}", run.stdout);
}
