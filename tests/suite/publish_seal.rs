//! What a published folder carries of the seal: the ledger, the records, digests of everything, and
//! pages in the place of what was withdrawn.

mod withdrawn;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::documented::assert_fields;
use crate::folder;
use crate::site::{DAY, Run, Site, config, engross, run, text};

/// A site with a correction, a translation and two documents.
fn site() -> Site {
    Site::minimal()
        .with("engross.toml", config("languages = [\"en\", \"es\"]"))
        .with("content/privacy/2022-01-01.es.md", text("Palabras."))
        .with(
            "content/privacy/2022-01-01.r2.md",
            "+++\ntitle = \"Privacy\"\ncorrected = 2022-03-01\nreason = \"A <word> was lost.\"\n+++\nWords.\n",
        )
        .with(
            "content/privacy/2023-01-01.md",
            "+++\ntitle = \"Privacy\"\npublished = 2022-12-01\nmaterial = true\nsummary = \"Less.\"\n+++\nOther words.\n",
        )
        .with("content/terms/2022-01-01.md", text("Terms."))
}

fn seal(site: &Site, more: &[&str]) {
    let run = site.run(&[&["seal", "--as-of", DAY], more].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
}

fn sealed() -> Site {
    let site = site();
    seal(&site, &[]);
    site
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.page(path)).unwrap()
}

#[test]
fn a_sealed_site_publishes_what_proves_it() {
    let site = sealed();
    site.put("checkpoints/5.txt.sig", "a signature\n");
    site.put("checkpoints/5.txt.tsr", b"\xff\x00");
    site.put("checkpoints/notes.md", "mine");
    site.build();
    let published = site.published();
    for (page, of) in [
        ("engross.ledger", "engross.ledger"),
        ("checkpoints/5.txt", "checkpoints/5.txt"),
        ("checkpoints/5.txt.sig", "checkpoints/5.txt.sig"),
        ("checkpoints/5.txt.tsr", "checkpoints/5.txt.tsr"),
        (
            "privacy/2022-01-01/record/index.html",
            "records/privacy/2022-01-01.en.html",
        ),
        (
            "privacy/2022-01-01/index.txt",
            "records/privacy/2022-01-01.en.txt",
        ),
        (
            "privacy/2022-01-01.r2/index.txt",
            "records/privacy/2022-01-01.r2.en.txt",
        ),
        (
            "es/privacy/2022-01-01/record/index.html",
            "records/privacy/2022-01-01.es.html",
        ),
        (
            "es/privacy/2022-01-01/index.txt",
            "records/privacy/2022-01-01.es.txt",
        ),
    ] {
        let bytes = fs::read(site.root().join(of)).unwrap();
        assert_eq!(published[page].bytes.as_deref(), Some(&bytes[..]), "{page}");
    }
    assert!(!published.contains_key("checkpoints/notes.md"));
    let page = site.page("es/privacy/2022-01-01/index.html");
    assert!(page.contains("Sellada el <time datetime=\"2024-06-01\">"));
    assert!(page.contains("<a href=\"/es/privacy/2022-01-01/record/\">"));
    assert!(page.contains("<a href=\"/es/privacy/2022-01-01/index.txt\" type=\"text/plain\">"));
    let words = site.public().join("es/privacy/2022-01-01/index.txt");
    assert!(page.contains(&format!("sha256:{}", sha256sum(&words))));
    // The record was made before there was a seal to tell of.
    assert!(
        !site
            .page("privacy/2022-01-01/record/index.html")
            .contains("class=\"seal\"")
    );
}

fn sha256sum(file: &Path) -> String {
    let run = run(Command::new("sha256sum").arg(file));
    run.stdout.split(' ').next().unwrap().to_owned()
}

#[test]
fn a_site_without_a_ledger_publishes_none_of_it() {
    let site = site();
    site.build();
    for path in site.published().keys() {
        let of_seal = ["SHA256SUMS", ".ledger", "checkpoints", "record", ".txt"];
        let found = of_seal.iter().any(|part| path.contains(part)) && path != "robots.txt";
        assert!(!found, "{path}");
    }
    assert!(!site.page("privacy/index.html").contains("class=\"seal\""));
    assert!(!site.page("_headers").contains("style-src"));
}

#[test]
fn what_is_sealed_later_says_nothing_of_a_seal_before() {
    let site = sealed();
    site.put("content/terms/2024-01-01.md", text("Other terms."));
    site.build();
    assert!(
        site.page("terms/2022-01-01/index.html")
            .contains("class=\"seal\"")
    );
    assert!(
        !site
            .page("terms/2024-01-01/index.html")
            .contains("class=\"seal\"")
    );
    assert!(!site.published().contains_key("terms/2024-01-01/record"));
    site.build_as_of("2021-12-31");
    assert!(!site.published().contains_key("terms/2022-01-01"));
}

#[test]
fn coreutils_check_the_published_folder() {
    let site = sealed();
    site.build();
    // What others put there is theirs to vouch for.
    fs::write(site.public().join("CNAME"), "legal.example\n").unwrap();
    site.build();
    let sums = site.page("SHA256SUMS");
    let listed: Vec<&str> = sums.lines().map(|line| &line[66..]).collect();
    let published = site.published();
    let files = folder::files(&published);
    let ours = |path: &&str| !["SHA256SUMS", ".engross", "CNAME"].contains(path);
    let expected: Vec<&str> = files.keys().copied().filter(ours).collect();
    assert_eq!(listed, expected);
    assert_eq!(check_sums(&site).status, 0);
    let last = fs::read(site.public().join("terms/index.html")).unwrap();
    fs::write(site.public().join("terms/index.html"), &last[1..]).unwrap();
    let run = check_sums(&site);
    assert_eq!(run.status, 1);
    assert_eq!(run.stdout, "terms/index.html: FAILED\n");
}

fn check_sums(site: &Site) -> Run {
    let mut command = Command::new("sha256sum");
    command.args(["--check", "--strict", "--quiet", "SHA256SUMS"]);
    run(command.current_dir(site.public()))
}

#[test]
fn a_record_may_show_the_styles_inside_it() {
    let site = sealed();
    site.build();
    let headers = site.page("_headers");
    let policy = headers
        .lines()
        .find(|line| line.contains("Content-Security-Policy"));
    let policy = policy.unwrap();
    assert_eq!(policy.matches("'sha256-").count(), 1, "{policy}");
    let (_, named) = policy.split_once("; style-src 'self' 'sha256-").unwrap();
    let named = named.split('\'').next().unwrap();
    let page = site.page("terms/2022-01-01/record/index.html");
    let style = site.root().join("style");
    fs::write(&style, page_style(&page)).unwrap();
    assert_eq!(hex(named), sha256sum(&style));
}

fn page_style(page: &str) -> &str {
    let (_, after) = page.split_once("<style>").unwrap();
    after.split_once("</style>").unwrap().0
}

/// The bytes that Base64 stands for, as hexadecimal digits.
fn hex(base64: &str) -> String {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = base64
        .trim_end_matches('=')
        .chars()
        .map(|c| format!("{:06b}", DIGITS.find(c).unwrap()))
        .collect();
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes
        .map(|byte| {
            let byte = u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2);
            format!("{:02x}", byte.unwrap())
        })
        .collect()
}

/// The chapter of docs/history.md that promises the fields.
const CHAPTER: &str = "## For programs";

/// A sealed site with a version to come, and what programs are told of its document.
fn told() -> (Site, Value) {
    let site = sealed();
    site.put(
        "content/privacy/2025-01-01.md",
        "+++\ntitle = \"Privacy\"\npublished = 2024-05-01\n+++\nMore words.\n",
    );
    site.build();
    let document = json(&site, "privacy/index.json");
    (site, document)
}

#[test]
fn programs_are_told_of_documents() {
    let (site, document) = told();
    assert_fields(
        &document,
        &[
            "id",
            "language",
            "title",
            "kind",
            "governing_language",
            "current",
            "versions",
            "withdrawn",
            "addresses",
        ],
        CHAPTER,
    );
    assert_fields(
        &document["addresses"],
        &["text", "history", "feed", "json"],
        CHAPTER,
    );
    assert_eq!(document["id"], "privacy");
    assert_eq!(document["current"], "privacy@2023-01-01");
    let ids: Vec<&Value> = document["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| &version["id"])
        .collect();
    assert_eq!(
        ids,
        [
            "privacy@2025-01-01",
            "privacy@2023-01-01",
            "privacy@2022-01-01.r2",
            "privacy@2022-01-01"
        ]
    );
    for (at, path) in ["2025-01-01", "2023-01-01", "2022-01-01.r2"]
        .iter()
        .enumerate()
    {
        let version = json(&site, &format!("privacy/{path}/index.json"));
        assert_eq!(version, document["versions"][at]);
    }
}

#[test]
fn programs_are_told_of_versions() {
    let (_, document) = told();
    let version = &document["versions"][1];
    assert_fields(
        version,
        &[
            "id",
            "document",
            "version",
            "language",
            "title",
            "effective",
            "published",
            "standing",
            "from",
            "superseded",
            "corrected",
            "by",
            "reason",
            "summary",
            "material",
            "words",
            "governing_language",
            "original",
            "sealed",
            "withdrawals",
            "addresses",
        ],
        CHAPTER,
    );
    assert_fields(
        &version["sealed"],
        &["entry", "day", "source", "record"],
        CHAPTER,
    );
    assert_fields(
        &version["addresses"],
        &["text", "redline", "record", "words", "json", "document"],
        CHAPTER,
    );
    assert_eq!(
        [
            &version["published"],
            &version["standing"],
            &version["summary"],
            &version["sealed"]["day"]
        ],
        ["2022-12-01", "in-force", "Less.", DAY]
    );
    assert_eq!(version["material"], true);
}

#[test]
fn programs_are_told_digests_and_addresses() {
    let (site, document) = told();
    let version = &document["versions"][1];
    let digest = |path: &str| format!("sha256:{}", sha256sum(&site.root().join(path)));
    assert_eq!(
        version["words"],
        digest("records/privacy/2023-01-01.en.txt")
    );
    assert_eq!(
        version["sealed"]["record"],
        digest("records/privacy/2023-01-01.en.html")
    );
    assert_eq!(
        version["sealed"]["source"],
        digest("content/privacy/2023-01-01.md")
    );
    for name in ["text", "redline", "record", "words", "json", "document"] {
        let address = version["addresses"][name].as_str().unwrap();
        let path = address.strip_prefix("https://legal.example/").unwrap();
        let path = if path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        assert!(site.published().contains_key(&path), "{path}");
    }
    let first = &document["versions"][3];
    assert_eq!(
        [&first["corrected"], &first["by"]],
        ["2022-03-01", "privacy@2022-01-01.r2"]
    );
    let coming = &document["versions"][0];
    assert_eq!(
        [&coming["sealed"], &coming["addresses"]["record"]],
        [&Value::Null, &Value::Null]
    );
    assert_eq!(
        coming["words"].as_str().unwrap().len(),
        "sha256:".len() + 64
    );
}

#[test]
fn programs_are_told_in_the_language_that_they_ask_for() {
    let site = site();
    site.build();
    let document = json(&site, "es/privacy/index.json");
    assert_eq!(document["language"], "es");
    // What the address shows is older than what is in force.
    assert_eq!(document["current"], "privacy@2022-01-01");
    assert_eq!(document["versions"].as_array().unwrap().len(), 1);
    assert_eq!(
        document["versions"][0],
        json(&site, "es/privacy/2022-01-01/index.json")
    );
    assert_ne!(
        document["versions"][0]["words"],
        json(&site, "privacy/2022-01-01/index.json")["words"]
    );
    assert!(!site.published().contains_key("es/terms/index.json"));
    site.build_as_of("2021-06-01");
    assert!(!site.published().contains_key("privacy/index.json"));
}

#[test]
fn a_locked_build_refuses_what_is_not_sealed() {
    let site = sealed();
    let status = |command: &str, flag: &[&str], ci: Option<&str>| {
        let mut program = engross(&site.root());
        program.args([command, "--as-of", DAY]).args(flag);
        if let Some(value) = ci {
            program.env("CI", value);
        }
        let run = run(&mut program);
        assert_eq!(
            run.status == 1,
            run.stderr.contains("not-sealed"),
            "{}",
            run.stderr
        );
        run.status
    };
    for command in ["build", "check"] {
        assert_eq!(status(command, &["--locked"], Some("true")), 0);
    }
    site.put("content/terms/2024-01-01.md", text("Other terms."));
    for command in ["build", "check"] {
        assert_eq!(status(command, &[], None), 0);
        assert_eq!(status(command, &["--locked"], None), 1);
        for (value, expected) in [("true", 1), ("1", 1), ("", 0), ("false", 0), ("0", 0)] {
            assert_eq!(status(command, &[], Some(value)), expected, "{value}");
        }
    }
    site.remove("engross.ledger");
    fs::remove_dir_all(site.root().join("records")).unwrap();
    fs::remove_dir_all(site.root().join("checkpoints")).unwrap();
    assert_eq!(status("build", &[], Some("true")), 0);
    assert_eq!(status("build", &["--locked"], None), 1);
}
