//! `engross history` and `engross as-of` for programs: the fields that are promised, and what they say.

use serde_json::Value;

use super::{done, site};
use crate::documented;
use crate::site::Site;

fn json(site: &Site, arguments: &[&str]) -> Value {
    let out = done(site, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&out).unwrap()
}

/// The version that applied on a day, and the text that stood in its place.
fn applied(site: &Site, day: &str, path: &str) -> (Value, Value) {
    let answer = json(site, &["as-of", day, path]);
    let document = &answer["documents"][0];
    (
        document["version"]["id"].clone(),
        document["uncorrected"]["id"].clone(),
    )
}

#[test]
fn the_version_of_every_day() {
    let site = site();
    let null = Value::Null;
    for (day, version, uncorrected) in [
        ("2018-12-31", null.clone(), null.clone()),
        ("2019-01-01", "2019-01-01".into(), null.clone()),
        // Dated, but nobody could know it.
        ("2020-02-29", "2019-01-01".into(), null.clone()),
        ("2020-03-01", "2020-01-01.r3".into(), "2020-01-01".into()),
        ("2020-05-01", "2020-01-01.r3".into(), "2020-01-01.r2".into()),
        ("2021-05-01", "2020-01-01.r3".into(), null.clone()),
        ("2997-12-31", "2020-01-01.r3".into(), null.clone()),
    ] {
        assert_eq!(
            applied(&site, day, "terms"),
            (version, uncorrected),
            "{day}"
        );
    }
}

/// Asserts that an object has the fields that are documented, and no others.
fn assert_fields(object: &Value, fields: &[&str]) {
    documented::assert_fields(object, fields, "### As JSON");
}

const VERSION: [&str; 14] = [
    "id",
    "effective",
    "published",
    "standing",
    "from",
    "superseded",
    "made",
    "corrected",
    "by",
    "reason",
    "summary",
    "material",
    "address",
    "languages",
];

#[test]
fn the_json_of_a_history_is_as_documented() {
    let found = json(&site(), &["history", "--as-of", "2021-06-01"]);
    assert_fields(&found, &["day", "documents"]);
    assert_eq!(found["day"], "2021-06-01");
    let [privacy, terms] = &found["documents"].as_array().unwrap()[..] else {
        panic!("{found}")
    };
    let document = [
        "path",
        "title",
        "kind",
        "address",
        "versions",
        "withdrawn",
        "sections",
    ];
    assert_fields(privacy, &document);
    assert_eq!(privacy["kind"], "privacy-policy");
    assert_eq!(privacy["title"], "Privacy of Acme");
    assert_eq!(privacy["versions"][0]["standing"], "upcoming");
    assert_eq!(privacy["versions"][0]["material"], true);
    let languages = &privacy["versions"][1]["languages"];
    assert_fields(&languages[1], &["code", "published", "file", "address"]);
    assert_eq!(languages[1]["code"], "es");
    assert_eq!(languages[1]["published"], "2020-01-15");
    assert_eq!(languages[1]["file"], "content/privacy/2020-01-01.es.md");
    assert_eq!(
        languages[1]["address"],
        "https://legal.example/es/privacy/2020-01-01/"
    );
    let second = &terms["versions"][1];
    assert_fields(second, &[&VERSION[..], &["changes"]].concat());
    assert_eq!(second["made"], "2020-05-01");
    assert_eq!(second["corrected"], "2021-05-01");
    assert_eq!(second["by"], "2020-01-01.r3");
    assert_eq!(second["summary"], Value::Null);
    assert_eq!(terms["versions"][3]["superseded"], "2020-03-01");
}

#[test]
fn the_json_of_a_day_is_as_documented() {
    let found = json(&site(), &["as-of", "2020-01-20"]);
    assert_fields(&found, &["day", "known", "documents"]);
    let terms = &found["documents"][1];
    let document = ["path", "title", "kind", "address"];
    let answer = [
        "version",
        "until",
        "first",
        "uncorrected",
        "late",
        "upcoming",
        "withdrawn",
    ];
    assert_fields(terms, &[&document[..], &answer].concat());
    assert_fields(&terms["version"], &VERSION);
    assert_eq!(terms["until"], "2020-03-01");
    assert_eq!(terms["first"], "2019-01-01");
    assert_eq!(terms["late"][0]["id"], "2020-01-01");
    assert_eq!(terms["late"].as_array().unwrap().len(), 1);
}
