//! A published folder: every file that is not what was published is found.

use std::fs;
use std::os::unix::fs::symlink;

use engross::ledger::Digest;
use serde_json::Value;

use super::{assert_right, assert_wrong, read, replace, seal, sealed, verify};
use crate::folder;
use crate::site::{DAY, Site};

/// A sealed site that is published.
pub(super) fn published() -> Site {
    let site = sealed();
    site.build();
    site
}

/// Writes a published file anew, and its line in the folder's list, too.
pub(super) fn forge(site: &Site, path: &str, change: impl Fn(&str) -> String) {
    let file = format!("public/{path}");
    let old = read(site, &file);
    let new = change(&old);
    assert_ne!(old, new, "{path}");
    site.put(&file, &new);
    let [old, new] = [old, new].map(|text| format!("{}  {path}\n", Digest::of(text).hex()));
    replace(site, "public/SHA256SUMS", &old, &new);
}

/// Puts a file into the published folder, and a line for it into the folder's list.
pub(super) fn invent(site: &Site, path: &str) {
    site.put(&format!("public/{path}"), "x");
    let list = read(site, "public/SHA256SUMS");
    let line = format!("{}  {path}\n", Digest::of("x").hex());
    site.put("public/SHA256SUMS", list + &line);
}

#[test]
fn a_ledger_that_only_the_folder_has_is_missed() {
    let site = Site::minimal();
    site.build();
    site.put("public/engross.ledger", read(&sealed(), "engross.ledger"));
    let run = verify(&site, &["public"]);
    assert_wrong(
        &run,
        &[(
            "published-changed",
            "that of the site only the first 0 of them",
        )],
    );
}

#[test]
fn a_folder_as_it_was_published_is_right() {
    let site = published();
    let run = verify(&site, &["public"]);
    assert_right(&run);
    assert_eq!(run.stderr, "");
    let files = folder::files(&site.published()).len();
    assert!(
        run.stdout.contains(&format!(
            "public: {files} files, 3 sealed texts\n  published as of {DAY} for https://legal.example/ by engross {}\neverything",
            env!("CARGO_PKG_VERSION")
        )),
        "{}",
        run.stdout
    );
}

#[test]
fn a_changed_page_is_named() {
    let site = published();
    replace(
        &site,
        "public/privacy/2023-01-01/index.html",
        "90 days",
        "91 days",
    );
    let run = verify(&site, &["public"]);
    let says = [
        ("published-changed", "public/privacy/2023-01-01/index.html"),
        (
            "published-changed",
            "this was changed after it was published",
        ),
    ];
    assert_wrong(&run, &says);
    assert!(run.stderr.ends_with("1 error\n"), "{}", run.stderr);
}

#[test]
fn a_missing_page_is_named() {
    for (path, says) in [
        (
            "privacy/2022-01-01/index.html",
            "the page of privacy 2022-01-01 (en) is not there",
        ),
        (
            "es/privacy/2023-01-01/index.txt",
            "the file of the words is not there",
        ),
        (
            "privacy/2022-01-01/record/index.html",
            "the record is not there",
        ),
        (
            "index.html",
            "SHA256SUMS lists this file, and it is not there",
        ),
        ("engross.ledger", "the folder has no ledger"),
        (
            "checkpoints/3.txt",
            "the folder has no checkpoint over all of its ledger",
        ),
        ("SHA256SUMS", "the folder has no list of digests"),
        ("published.txt", "the folder does not say as of which day"),
    ] {
        let site = published();
        site.remove(&format!("public/{path}"));
        let run = verify(&site, &["public/"]);
        assert_wrong(
            &run,
            &[
                ("published-missing", &format!("public/{path}")),
                ("published-missing", says),
            ],
        );
        assert!(run.stderr.ends_with("1 error\n"), "{}", run.stderr);
    }
}

#[test]
fn a_record_that_is_replaced_is_found_though_its_digest_is_too() {
    let site = published();
    for file in ["record/index.html", "index.txt"] {
        let path = format!("privacy/2023-01-01/{file}");
        forge(&site, &path, |old| old.replacen("90 days", "91 days", 1));
    }
    let says = [
        ("published-changed", "this is not the record that entry"),
        (
            "published-changed",
            "this is not the file of the words that entry",
        ),
    ];
    assert_wrong(&verify(&site, &["public"]), &says);
}

#[test]
fn a_changed_list_of_digests_is_named() {
    let digest = |site: &Site, path: &str| Digest::of(read(site, path)).hex();
    let site = published();
    let page = digest(&site, "public/index.html");
    replace(&site, "public/SHA256SUMS", &page, &Digest::of("x").hex());
    let says = [(
        "published-changed",
        "another digest stands here for index.html",
    )];
    assert_wrong(&verify(&site, &["public"]), &says);

    let site = published();
    replace(
        &site,
        "public/SHA256SUMS",
        &format!("{page}  index.html\n"),
        "",
    );
    let says = [(
        "published-changed",
        "index.html is not listed here, though it is published",
    )];
    assert_wrong(&verify(&site, &["public"]), &says);

    let site = published();
    replace(
        &site,
        "public/SHA256SUMS",
        &format!("{page}  index"),
        &format!("{page} index"),
    );
    let says = [(
        "published-changed",
        "is not a digest, two blanks and a path",
    )];
    assert_wrong(&verify(&site, &["public"]), &says);
}

#[test]
fn a_page_that_is_changed_is_found_though_its_digest_is_too() {
    for path in [
        "index.html",
        "feed.xml",
        "privacy/index.html",
        "privacy/index.json",
        "privacy/feed.xml",
        "privacy/history/index.html",
        "privacy/2023-01-01/index.html",
        "privacy/2023-01-01/index.json",
        "privacy/2023-01-01/redline/index.html",
        "privacy/2022-01-01/since/index.html",
        "es/privacy/2023-01-01/index.html",
        "_headers",
    ] {
        let site = published();
        forge(&site, path, |old| old.replacen('e', "3", 1));
        let run = verify(&site, &["public"]);
        let says = format!("the sources make another file of this as of {DAY}");
        assert_wrong(
            &run,
            &[
                ("published-changed", &format!("public/{path}")),
                ("published-changed", &says),
            ],
        );
        assert!(run.stderr.ends_with("1 error\n"), "{}", run.stderr);
    }
}

#[test]
fn a_page_that_is_invented_is_found_though_it_is_listed() {
    for path in ["privacy/2022-06-01/index.html", "about/index.html"] {
        let site = published();
        invent(&site, path);
        let says = format!("the sources publish nothing here as of {DAY}");
        let found = [
            ("published-changed", path),
            ("published-changed", says.as_str()),
        ];
        assert_wrong(&verify(&site, &["public"]), &found);
    }
}

#[test]
fn a_file_that_nobody_lists_is_a_fault_at_the_address_of_a_document_only() {
    let site = published();
    site.put("public/CNAME", "legal.example\n");
    site.put("public/about/index.html", "x");
    // What others put there is carried over, and known as theirs.
    site.build();
    let run = verify(&site, &["public"]);
    assert_right(&run);
    let says = "  not written by engross: CNAME, about/index.html\n";
    assert!(run.stdout.contains(says), "{}", run.stdout);
    for path in [
        "privacy/2022-06-01/index.html",
        "es/privacy/2022-01-01/notes.txt",
    ] {
        let site = published();
        site.put(&format!("public/{path}"), "x");
        let found = [
            ("published-changed", path),
            (
                "published-changed",
                "this stands at the address of a document",
            ),
        ];
        assert_wrong(&verify(&site, &["public"]), &found);
    }
}

#[test]
fn what_is_published_from_other_sources_is_named() {
    let site = published();
    replace(
        &site,
        "engross.toml",
        "title = \"Legal\"",
        "title = \"Legal texts\"",
    );
    site.put("content/about.md", "+++\ntitle = \"About\"\n+++\n\nUs.\n");
    let found = [
        ("published-changed", "public/404.html"),
        ("published-changed", "publish them: `engross build`"),
        ("published-missing", "public/about/index.html"),
        (
            "published-missing",
            "the sources publish this file as of 2024-06-01",
        ),
    ];
    assert_wrong(&verify(&site, &["public"]), &found);
    site.build();
    assert_right(&verify(&site, &["public"]));
}

#[test]
fn what_the_theme_cannot_make_is_told_as_the_fault_of_the_theme() {
    let site = published();
    site.put(
        "themes/default/templates/version.html",
        "<!doctype html>\n<title>V</title>\n",
    );
    let run = verify(&site, &["public"]);
    assert_wrong(&run, &[("template-drops-text", "version.html")]);
    assert!(!run.stderr.contains("published-"), "{}", run.stderr);
    let says = "  not compared with the sources, which have errors\n";
    assert!(run.stdout.contains(says), "{}", run.stdout);
}

#[test]
fn an_earlier_ledger_is_one_that_this_one_continues() {
    let site = published();
    site.put(
        "content/terms/2024-01-01.md",
        "+++\ntitle = \"Terms\"\n+++\n\nWords.\n",
    );
    seal(&site);
    let run = verify(&site, &["public"]);
    // Nothing of what is sealed there is wrong, but the sources publish more by now.
    assert_wrong(&run, &[("published-missing", "public/terms/index.html")]);
    assert!(
        !run.stderr.contains("public/engross.ledger"),
        "{}",
        run.stderr
    );
    let says = "3 sealed texts\n  its ledger is an earlier state of this one, with 3 entries\n";
    assert!(run.stdout.contains(says), "{}", run.stdout);
}

#[test]
fn a_ledger_that_this_one_does_not_continue_is_named() {
    let site = published();
    let kept = sealed_apart();
    site.put("public/engross.ledger", &kept);
    let says = [(
        "published-changed",
        "from entry 1 on, this is not the ledger of the site",
    )];
    assert_wrong(&verify(&site, &["public"]), &says);
    site.put("public/engross.ledger", &kept[..kept.len() - 9]);
    let says = [("published-changed", "this is not a sound ledger")];
    assert_wrong(&verify(&site, &["public"]), &says);
}

/// The ledger of another site.
fn sealed_apart() -> String {
    let site = Site::minimal();
    seal(&site);
    read(&site, "engross.ledger")
}

#[test]
fn links_out_of_the_folder_are_not_followed() {
    let site = published().with("apart/page.html", "x");
    let public = site.public();
    fs::remove_file(public.join("index.html")).unwrap();
    symlink(
        site.root().join("apart/page.html"),
        public.join("index.html"),
    )
    .unwrap();
    symlink(site.root().join("apart"), public.join("apart")).unwrap();
    let run = verify(&site, &["public"]);
    let why = "this is neither a file nor a symbolic link to a file in the folder";
    assert_wrong(
        &run,
        &[
            ("published-changed", "public/index.html"),
            ("published-changed", "public/apart"),
            ("published-changed", why),
        ],
    );
}

#[test]
fn a_folder_that_is_not_there_cannot_be_verified() {
    let site = sealed();
    for folder in ["none", "engross.toml"] {
        let run = verify(&site, &[folder]);
        assert_eq!(run.status, 2);
        assert!(
            run.stderr.contains(&format!("cannot read {folder}")),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_checkpoint_that_is_replaced_is_found_though_its_digest_is_too() {
    let site = published();
    forge(&site, "checkpoints/3.txt", |old| {
        old.replace(DAY, "2024-05-01")
    });
    let says = [(
        "published-changed",
        "this is not the checkpoint over the first 3 entries of the ledger",
    )];
    assert_wrong(&verify(&site, &["public"]), &says);
}

#[test]
fn json_says_what_the_lines_say() {
    let site = published();
    replace(&site, "public/robots.txt", "\n", "\n\n");
    let run = verify(&site, &["public", "--format", "json"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["matches"], false);
    assert_eq!(
        (json["entries"].as_u64(), json["sealed"].as_u64()),
        (Some(3), Some(3))
    );
    assert_eq!(json["folder"]["ledger"], "same");
    assert_eq!(json["folder"]["otherwise"], Value::Array(vec![]));
    assert_eq!(
        [&json["folder"]["day"], &json["folder"]["base_url"]],
        [DAY, "https://legal.example/"]
    );
    assert_eq!(json["folder"]["compared"], true);
    assert_eq!(json["diagnostics"][0]["path"], "public/robots.txt");
    assert_eq!(json["errors"], 1);
}
