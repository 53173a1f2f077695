//! A published folder: every file that is not what was published is found.

use std::fs;
use std::os::unix::fs::symlink;

use engross::ledger::Digest;
use serde_json::Value;

use super::{assert_right, assert_wrong, read, replace, seal, sealed, verify};
use crate::folder;
use crate::site::{DAY, Site, text};

/// A sealed site that is published.
fn published() -> Site {
    let site = sealed();
    site.build();
    site
}

/// Writes a published file anew, and its line in the folder's list, too.
fn forge(site: &Site, path: &str, change: impl Fn(&str) -> String) {
    let file = format!("public/{path}");
    let old = read(site, &file);
    let new = change(&old);
    assert_ne!(old, new, "{path}");
    site.put(&file, &new);
    let [old, new] = [old, new].map(|text| format!("{}  {path}\n", Digest::of(text).hex()));
    replace(site, "public/SHA256SUMS", &old, &new);
}

/// Puts a file into the published folder, and a line for it into the folder's list.
fn invent(site: &Site, path: &str) {
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
fn a_folder_is_held_against_the_sources_as_of_its_own_day_and_for_its_own_address() {
    let site = sealed().with("content/terms/2025-01-01.md", text("Terms to come."));
    let preview = ["--base-url", "https://preview.example/of/acme/"];
    for day in [DAY, "2024-12-31", "2025-01-01"] {
        for base in [&[][..], &preview] {
            let build = [&["build", "--as-of", day][..], base].concat();
            assert_eq!(site.run(&build).status, 0);
            for arguments in [
                &["public", "--as-of", "2030-01-01"][..],
                &["public", "--as-of", day, "--base-url", preview[1]],
            ] {
                let run = site.run(&[&["verify"], arguments].concat());
                assert_eq!(run.status, 0, "{day}: {}", run.stderr);
                assert!(
                    run.stdout
                        .contains(&format!("  published as of {day} for "))
                );
                let another = "  that is another address than the site has: https://";
                let differs = base.is_empty() == arguments.contains(&preview[0]);
                assert_eq!(run.stdout.contains(another), differs, "{}", run.stdout);
                assert!(
                    run.stdout.ends_with("\neverything matches\n"),
                    "{}",
                    run.stdout
                );
            }
        }
    }
    forge(&site, "privacy/index.html", |old| {
        old.replace("90 days", "91 days")
    });
    let says = ("published-changed", "another file of this as of 2025-01-01");
    assert_wrong(&verify(&site, &["public"]), &[says]);
}

/// Lets a folder say that another version of the program made it.
fn rename_program(site: &Site) {
    let ours = format!("engross {}", env!("CARGO_PKG_VERSION"));
    forge(site, "published.txt", |old| {
        old.replace(&ours, "engross 0.0.1")
    });
}

#[test]
fn what_another_version_of_the_program_may_have_made_does_not_match() {
    let site = published();
    rename_program(&site);
    forge(&site, "privacy/index.html", |old| {
        old.replace("main", "div")
    });
    let run = verify(&site, &["public"]);
    let found = [
        ("published-unproved", "public/published.txt"),
        (
            "published-unproved",
            "nothing proves them here: privacy/index.html\n",
        ),
        (
            "published-unproved",
            "verify with engross 0.0.1, which can compare them, and nothing else can",
        ),
    ];
    assert_wrong(&run, &found);
    assert!(run.stderr.ends_with("1 error\n"), "{}", run.stderr);
    for says in [
        "  published as of 2024-06-01 for https://legal.example/ by engross 0.0.1\n",
        "could not be compared: verify with engross 0.0.1\n",
        "  could not be compared: privacy/index.html\n",
    ] {
        assert!(run.stdout.contains(says), "{says}: {}", run.stdout);
    }
    let run = verify(&site, &["public", "--quiet"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("privacy/index.html"), "{}", run.stderr);
    let run = verify(&site, &["public", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["matches"], false);
    assert_eq!(json["folder"]["compared"], false);
    assert_eq!(json["folder"]["otherwise"][0], "privacy/index.html");
    // What is sealed is held against the ledger all the same, and what nobody lists against the list.
    site.put("public/privacy/2022-06-01/index.html", "x");
    let record = "privacy/2022-01-01/record/index.html";
    forge(&site, record, |old| old.replace("Words", "Swords"));
    let found = [
        ("published-changed", "this is not the record that entry"),
        (
            "published-changed",
            "this stands at the address of a document",
        ),
    ];
    assert_wrong(&verify(&site, &["public"]), &found);
}

#[test]
fn a_page_cannot_be_invented_or_taken_away_in_the_name_of_another_version() {
    let site = published();
    rename_program(&site);
    invent(&site, "about/index.html");
    let says = ("published-unproved", "here: about/index.html\n");
    assert_wrong(&verify(&site, &["public"]), &[says]);

    let site = published();
    rename_program(&site);
    let page = read(&site, "public/privacy/history/index.html");
    site.remove("public/privacy/history/index.html");
    let line = format!("{}  privacy/history/index.html\n", Digest::of(page).hex());
    replace(&site, "public/SHA256SUMS", &line, "");
    let says = ("published-unproved", "here: privacy/history/index.html\n");
    assert_wrong(&verify(&site, &["public"]), &[says]);
}

#[test]
fn a_folder_that_is_as_this_version_makes_it_is_right_whatever_version_it_names() {
    let site = published();
    rename_program(&site);
    let run = verify(&site, &["public"]);
    assert_right(&run);
    assert_eq!(run.stderr, "");
    assert!(run.stdout.contains("by engross 0.0.1\neverything"));
    let run = verify(&site, &["public", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["folder"]["compared"], true);
    // But not where its list has it otherwise.
    replace(&site, "public/published.txt", "0.0.1", "0.0.2");
    let says = (
        "published-changed",
        "this was changed after it was published",
    );
    assert_wrong(&verify(&site, &["public"]), &[says]);
}

#[test]
fn a_folder_that_is_rolled_back_does_not_match() {
    let site = sealed();
    for day in ["2021-06-01", "2022-06-01", "2024-05-31"] {
        let run = site.run(&["build", "--as-of", day, "--out", "old"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        for as_of in [DAY, day] {
            let run = site.run(&["verify", "old", "--as-of", as_of]);
            let says = format!(
                "this says {day}, and the folder has a checkpoint of {DAY}: it was not published then"
            );
            let found = [
                ("published-changed", "old/published.txt"),
                ("published-changed", says.as_str()),
            ];
            assert_wrong(&run, &found);
            assert!(run.stderr.ends_with("1 error\n"), "{}", run.stderr);
        }
    }
}

#[test]
fn a_folder_that_was_published_before_the_site_was_sealed_again_does_not_match() {
    let site = published();
    site.put("content/terms/2025-01-01.md", text("Later terms."));
    let run = site.run(&["seal", "--as-of", "2025-01-01"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let says = format!("this says {DAY}, and the site was sealed on 2025-01-01");
    let run = verify(&site, &["public"]);
    assert_wrong(&run, &[("published-changed", &says)]);
    // A ledger that is cut back hides no checkpoint.
    let newest = read(&site, "checkpoints/4.txt");
    site.put("public/checkpoints/4.txt", newest);
    let says = "the folder has a checkpoint of 2025-01-01: it was not published then";
    let run = verify(&site, &["public"]);
    assert_wrong(&run, &[("published-changed", says)]);
}

#[test]
fn a_folder_that_does_not_say_when_it_was_published_is_not_said_to_match() {
    let site = published();
    forge(&site, "published.txt", |old| {
        old.replace("day: ", "today: ")
    });
    let says = "this does not say as of which day";
    assert_wrong(&verify(&site, &["public"]), &[("published-changed", says)]);
    let line = format!(
        "{}  published.txt\n",
        Digest::of(read(&site, "public/published.txt")).hex()
    );
    replace(&site, "public/SHA256SUMS", &line, "");
    site.remove("public/published.txt");
    let run = verify(&site, &["public"]);
    let says = "the folder does not say as of which day";
    assert_wrong(&run, &[("published-missing", says)]);
    assert!(run.stderr.ends_with("1 error\n"), "{}", run.stderr);
    assert!(
        run.stdout
            .contains("it does not say when and by what it was published")
    );
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
