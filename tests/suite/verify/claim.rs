//! What a folder says of its own publication: its day, its address, the program.

use engross::ledger::Digest;
use serde_json::Value;

use super::published::{forge, invent, published};
use super::{assert_right, assert_wrong, read, replace, sealed, verify};
use crate::site::{DAY, Site, text};

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
