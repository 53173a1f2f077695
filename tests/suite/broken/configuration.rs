//! Broken TOML: `engross.toml`, `document.toml`, front matter, data.

use super::{Case, check};
use crate::site::{CONFIG, TEXT, config};

/// A case of `engross.toml` with a few lines more, of which the first is line 3.
fn in_config(name: &'static str, lines: &str, expected: &'static [&'static str]) -> Case {
    Case::new(name)
        .file("engross.toml", config(lines))
        .tells(expected)
}

/// A case of front matter whose keys begin in line 2.
fn in_front(name: &'static str, keys: &str, expected: &'static [&'static str]) -> Case {
    Case::new(name)
        .file(TEXT, format!("+++\n{keys}\n+++\n# Title\n\nWords.\n"))
        .tells(expected)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = in_engross_toml();
    cases.extend(in_other_tables());
    cases.extend(in_front_matter());
    cases
}

fn in_engross_toml() -> Vec<Case> {
    vec![
        in_config(
            "a misspelt key",
            "langauges = [\"en\"]",
            &["engross.toml:3:1: unknown-key"],
        )
        .says(&["did you mean `languages`?"]),
        in_config(
            "a misspelt key in a table",
            "[announcement]\ntext = \"x\"\nlable = \"y\"",
            &["engross.toml:5:1: unknown-key"],
        ),
        in_config(
            "TOML that does not parse",
            "theme = ",
            &["engross.toml:3:9: toml-syntax"],
        ),
        in_config(
            "a key twice",
            "theme = \"default\"\ntheme = \"x\"",
            &["engross.toml:4:1: toml-syntax"],
        ),
        in_config(
            "a number for a list",
            "languages = 3",
            &["engross.toml:3:13: wrong-type"],
        ),
        in_config(
            "a time zone of nowhere",
            "time_zone = \"Amerca/New_York\"",
            &["engross.toml:3:13: bad-value"],
        )
        .says(&["did you mean `America/New_York`?"]),
        in_config(
            "a language that is none",
            "languages = [\"en\", \"english\"]",
            &["engross.toml:3:20: bad-value"],
        ),
        in_config(
            "a language twice",
            "languages = [\"en\", \"es\", \"es\"]",
            &["engross.toml:3:26: bad-value"],
        ),
        in_config(
            "an unknown standing",
            "noindex = [\"superceded\"]",
            &["engross.toml:3:12: bad-value"],
        )
        .says(&["did you mean `superseded`?"]),
        in_config(
            "half a link in the announcement",
            "[announcement]\ntext = \"x\"\nlabel = \"y\"",
            &["engross.toml:3:1: missing-key"],
        ),
        in_config(
            "a menu entry that leads nowhere",
            "[[navigation.header]]\nlabel = \"Company\"",
            &["engross.toml:3:1: missing-key"],
        ),
        in_config(
            "a function that is none",
            "[cookie_preferences]\nlabel = \"x\"\ncall = \"alert(1)\"",
            &["engross.toml:5:8: bad-value"],
        ),
        in_config(
            "a declaration without a day",
            "[gpc]\nhonoured = true",
            &["engross.toml:3:1: missing-key"],
        ),
        in_config(
            "a contact that is no address",
            "[security]\ncontact = \"security@x.example\"\nexpires = 2027-01-01",
            &["engross.toml:4:11: bad-value"],
        ),
        in_config(
            "a control character in a value",
            "[announcement]\ntext = \"a\\u0007b\"",
            &["engross.toml:4:8: control-character"],
        ),
        Case::new("a base_url that is no web address")
            .file(
                "engross.toml",
                CONFIG.replace("https://legal.example/", "legal.example"),
            )
            .tells(&["engross.toml:2:12: bad-value"]),
        Case::new("no title, no base_url, nobody")
            .file("engross.toml", "theme = \"default\"\n")
            .tells(&[
                "engross.toml:1:1: missing-key",
                "engross.toml:1:1: missing-key",
                "engross.toml:1:1: missing-key",
            ])
            .says(&[
                "`title` is missing",
                "`base_url` is missing",
                "`organization.name` is missing",
            ]),
    ]
}

fn in_other_tables() -> Vec<Case> {
    const SETTINGS: &str = "content/privacy/document.toml";
    vec![
        in_config(
            "a language that governs and is none of the site's",
            "languages = [\"en\", \"es\"]\ngoverning_language = \"fr\"",
            &["engross.toml:4:22: bad-value"],
        )
        .says(&["use one of: en, es"]),
        Case::new("a kind that there is not")
            .file(SETTINGS, "kind = \"privacy-polcy\"\n")
            .tells(&["content/privacy/document.toml:1:8: bad-value"])
            .says(&["did you mean `privacy-policy`?"]),
        Case::new("a misspelt key of a document")
            .file(SETTINGS, "order = 1\nsuplements = \"/x/\"\n")
            .tells(&["content/privacy/document.toml:2:1: unknown-key"]),
        Case::new("data that do not parse")
            .file("content/data/cookies.toml", "rows = [\n  { a = 1 }\n")
            .tells(&["content/data/cookies.toml:2:12: toml-syntax"]),
        Case::new("the words of a theme in TOML that does not parse")
            .file("themes/default/i18n/en.toml", "[strings]\nmenu = Menu\n")
            .tells(&["themes/default/i18n/en.toml:2:8: toml-syntax"]),
    ]
}

fn in_front_matter() -> Vec<Case> {
    vec![
        in_front(
            "a misspelt key of a text",
            "titel = \"x\"",
            &["content/privacy/2022-01-01.md:2:1: unknown-key"],
        )
        .says(&["did you mean `title`?"]),
        in_front(
            "a day that does not exist",
            "published = 2021-02-30",
            &["content/privacy/2022-01-01.md:2:13: impossible-date"],
        ),
        in_front(
            "a day in another order",
            "published = 12/22/2021",
            &["content/privacy/2022-01-01.md:2:13: toml-syntax"],
        )
        .says(&["write the day as YEAR-MONTH-DAY"]),
        in_front(
            "a day with a time",
            "published = 2021-12-22T00:00:00Z",
            &["content/privacy/2022-01-01.md:2:13: wrong-type"],
        ),
        in_front(
            "a day in quotes",
            "published = \"2021-12-22\"",
            &["content/privacy/2022-01-01.md:2:13: wrong-type"],
        ),
        in_front(
            "an empty title",
            "title = \" \"",
            &["content/privacy/2022-01-01.md:2:9: bad-value"],
        ),
        in_front(
            "a correction's key in a text that corrects nothing",
            "reason = \"x\"",
            &["content/privacy/2022-01-01.md:2:1: unknown-key"],
        ),
        Case::new("front matter without an end")
            .file(TEXT, "+++\ntitle = \"x\"\n\nWords.\n")
            .tells(&["content/privacy/2022-01-01.md:1:1: front-matter"]),
        Case::new("front matter of another generator")
            .file(TEXT, "---\ntitle: x\n---\n\nWords.\n")
            .tells(&["content/privacy/2022-01-01.md:1:1: front-matter"]),
        Case::new("a byte-order mark and CRLF do not move a place")
            .file(
                TEXT,
                "\u{FEFF}+++\r\ntitle = \"x\"\r\nsumary = \"y\"\r\n+++\r\n\r\nWords.\r\n",
            )
            .tells(&["content/privacy/2022-01-01.md:3:1: unknown-key"]),
    ]
}

#[test]
fn broken_tables() {
    check(&cases());
}
