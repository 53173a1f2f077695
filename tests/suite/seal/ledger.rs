//! What sealing writes down, and of which texts.

use super::{NEW, fields, kept, read, replace, seal, sealed, site, told, try_seal};
use super::{OLD, WORDS, assert_same};
use crate::folder;
use crate::reports;
use crate::site::DAY;

#[test]
fn every_public_text_is_recorded_in_the_order_of_publication() {
    let site = site();
    let run = seal(&site, &[]);
    assert_eq!(
        fields(&site, "document"),
        ["privacy", "terms", "privacy", "privacy"]
    );
    assert_eq!(
        fields(&site, "version"),
        ["2022-01-01", "2022-06-01", "2023-01-01", "2023-01-01"]
    );
    assert_eq!(fields(&site, "language"), ["en", "en", "en", "es"]);
    assert_eq!(
        fields(&site, "published"),
        ["2022-01-01", "2022-06-01", "2022-12-01", "2023-02-01"]
    );
    assert_eq!(fields(&site, "sealed"), [DAY; 4]);
    let kept = kept(&site);
    let files: Vec<&str> = folder::files(&kept).into_keys().collect();
    assert_eq!(
        files,
        [
            "checkpoints/4.txt",
            "engross.ledger",
            "records/privacy/2022-01-01.en.html",
            "records/privacy/2022-01-01.en.txt",
            "records/privacy/2023-01-01.en.html",
            "records/privacy/2023-01-01.en.txt",
            "records/privacy/2023-01-01.es.html",
            "records/privacy/2023-01-01.es.txt",
            "records/terms/2022-06-01.en.html",
            "records/terms/2022-06-01.en.txt",
        ]
    );
    assert_eq!(
        read(&site, "records/privacy/2022-01-01.en.txt"),
        "# Privacy Policy\nWe keep your data for 90 days, and then delete all of it.\n## Contact\nWrite to privacy@acme.example, or call us.\n"
    );
    assert!(
        run.stdout
            .starts_with("sealed privacy 2022-01-01 (en), published 2022-01-01")
    );
    assert!(run.stdout.contains("checkpoints/4.txt: 4 entries, sha256:"));
    assert!(run.stdout.contains("under version control"));
    assert_eq!(told(&site), Vec::<String>::new());
    site.build();
}

/// The digests in the ledger are those that everybody's tools find.
#[test]
fn digests_are_those_of_the_files() {
    let site = sealed();
    let digest = |path: &str| super::records::tool(&site, "sha256sum", &[path])[..64].to_owned();
    let source = fields(&site, "source");
    assert_eq!(source[0], format!("sha256:{}", digest(OLD)));
    assert_eq!(source[2], format!("sha256:{}", digest(NEW)));
    for (field, ending) in [("words", "txt"), ("record", "html")] {
        let path = format!("records/privacy/2023-01-01.es.{ending}");
        assert_eq!(fields(&site, field)[3], format!("sha256:{}", digest(&path)));
    }
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let site = site();
    let run = seal(&site, &["--dry-run"]);
    assert_eq!(
        run.stdout.matches("would seal").count(),
        4,
        "{}",
        run.stdout
    );
    assert!(kept(&site).is_empty());
    assert_eq!(folder::names(&site.root()), ["content", "engross.toml"]);
    seal(&site, &["terms"]);
    let before = kept(&site);
    let withdraw = ["--withdraw", "terms@2022-06-01", "--reason", "A mistake."];
    let run = seal(&site, &[&withdraw[..], &["--dry-run"]].concat());
    assert!(
        run.stdout
            .contains("would withdraw terms 2022-06-01 (en): A mistake.")
    );
    assert_same(&before, &site);
}

#[test]
fn a_second_run_adds_nothing() {
    let site = sealed();
    let before = kept(&site);
    let run = seal(&site, &[]);
    assert!(
        run.stdout.starts_with("nothing new to seal\n"),
        "{}",
        run.stdout
    );
    assert_same(&before, &site);
    let empty = crate::site::Site::empty().with("engross.toml", crate::site::CONFIG);
    let run = seal(&empty, &[]);
    assert!(run.stdout.contains("nothing"), "{}", run.stdout);
    assert!(kept(&empty).is_empty());
}

#[test]
fn what_is_published_later_continues_the_chain() {
    let site = sealed();
    let before = read(&site, "engross.ledger");
    let last = fields(&site, "digest").pop();
    let run = site.run(&["seal", "--as-of", "2024-09-01"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let after = read(&site, "engross.ledger");
    assert!(after.starts_with(&before));
    assert_eq!(fields(&site, "version")[4], "2025-01-01");
    assert_eq!(fields(&site, "previous").pop(), last);
    assert_eq!(
        folder::names(&site.root().join("checkpoints")),
        ["4.txt", "5.txt"]
    );
    assert_eq!(told(&site), Vec::<String>::new());
    let run = try_seal(&site, &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn days_of_sealing_never_go_back() {
    let site = site();
    seal(&site, &["terms"]);
    let before = kept(&site);
    let run = site.run(&["seal", "--as-of", "2024-05-31"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("2024-05-31"), "{}", run.stderr);
    let run = site.run(&["seal", "--as-of", "2024-05-31", "--dry-run"]);
    assert_eq!(run.status, 2, "a dry run refuses what a run refuses");
    assert_same(&before, &site);
}

#[test]
fn documents_and_versions_can_be_named() {
    let site = site();
    seal(&site, &["privacy@2023-01-01", "/terms/", "content/terms"]);
    assert_eq!(fields(&site, "document"), ["privacy", "privacy", "terms"]);
    assert_eq!(fields(&site, "language"), ["en", "es", "en"]);
    seal(&site, &["privacy"]);
    assert_eq!(fields(&site, "version")[3], "2022-01-01");
    let before = kept(&site);
    seal(&site, &["privacy@2022-01-01", "terms"]);
    assert_same(&before, &site);
}

#[test]
fn a_name_that_is_none_is_told_with_the_one_that_was_meant() {
    let site = site();
    for (name, says) in [
        ("privcy", "`privacy`"),
        ("privacy@2022-01-02", "`2022-01-01`"),
        ("privacy@next", "2023-01-01"),
    ] {
        let run = try_seal(&site, &["terms", name]);
        assert_eq!(run.status, 2, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{name}: {}", run.stderr);
        assert!(kept(&site).is_empty());
    }
}

#[test]
fn what_is_not_public_yet_is_not_sealed() {
    let site = site();
    let run = try_seal(&site, &["privacy@2025-01-01"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("not public before 2024-09-01"),
        "{}",
        run.stderr
    );
    assert!(kept(&site).is_empty());
    // A translation that is published later waits for its day.
    let run = site.run(&["seal", "privacy@2023-01-01", "--as-of", "2023-01-31"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(fields(&site, "language"), ["en"]);
}

#[test]
fn nothing_is_sealed_of_a_site_that_cannot_be_published() {
    let site = site();
    site.put(
        "content/terms/2023-01-01.md",
        "+++\ntitle = \"Terms\"\n+++\n\n[x](none/)\n",
    );
    let run = try_seal(&site, &["privacy"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("dead-link") && run.stderr.contains("nothing was sealed"));
    assert!(kept(&site).is_empty());
}

/// What is told of a sealed text: on its page, and to programs.
fn told_by_pages(site: &crate::site::Site) -> [String; 2] {
    let page = site.page("privacy/2022-01-01/index.html");
    let from = page.find("Sealed on").unwrap();
    let line = page[from..].split("</li>").next().unwrap().to_owned();
    let json = site.page("privacy/2022-01-01/index.json");
    let from = json.find("\"sealed\"").unwrap();
    [line, json[from..].split('}').next().unwrap().to_owned()]
}

#[test]
fn a_source_that_reads_the_same_is_recorded_anew_when_it_is_named() {
    let site = sealed();
    site.put(OLD, WORDS.replace("days,\nand", "days, and"));
    assert_eq!(
        told(&site),
        ["content/privacy/2022-01-01.md: sealed-source-changed (warning)"]
    );
    site.build();
    let before = kept(&site);
    seal(&site, &[]);
    assert_same(&before, &site);
    let help = &reports::of(&site)[0].help;
    assert!(
        help.contains("run `engross seal privacy@2022-01-01`"),
        "{help}"
    );
    assert!(
        help.contains("a bundle of evidence has neither source"),
        "{help}"
    );
    site.build();
    let told_before = told_by_pages(&site);
    let run = site.run(&["seal", "--as-of", "2024-07-01", "privacy@2022-01-01"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(fields(&site, "sealed")[4], "2024-07-01");
    assert_eq!(told(&site), Vec::<String>::new());
    // Pages and JSON go on telling the entry that witnesses have seen first.
    site.build();
    assert_eq!(told_by_pages(&site), told_before);
    assert!(
        told_before[1].contains("\"entry\": 1,"),
        "{}",
        told_before[1]
    );
    // What it was before is sealed, too.
    site.put(OLD, WORDS);
    assert_eq!(told(&site), Vec::<String>::new());
    for (field, same) in [("words", true), ("record", true), ("source", false)] {
        let values = fields(&site, field);
        assert_eq!(values[0] == values[4], same, "{field}");
    }
    assert_eq!(
        folder::difference(&before, &kept(&site)),
        ["checkpoints/5.txt", "engross.ledger"]
    );
}

#[test]
fn a_correction_is_a_version_of_its_own() {
    let site = sealed();
    let front =
        "title = \"Privacy Policy\"\ncorrected = 2024-05-01\nreason = \"The days were wrong.\"\n";
    let corrected = WORDS.replace("title = \"Privacy Policy\"\n", front);
    site.put(
        "content/privacy/2022-01-01.r2.md",
        corrected.replace("90", "80"),
    );
    seal(&site, &[]);
    assert_eq!(fields(&site, "version")[4], "2022-01-01.r2");
    assert_eq!(fields(&site, "revision")[4], "2");
    assert_eq!(fields(&site, "published")[4], "2024-05-01");
    assert!(
        site.root()
            .join("records/privacy/2022-01-01.r2.en.html")
            .is_file()
    );
    replace(&site, "content/privacy/2022-01-01.r2.md", "80", "81");
    assert_eq!(
        told(&site),
        ["content/privacy/2022-01-01.r2.md: sealed-text-changed"]
    );
    replace(&site, "content/privacy/2022-01-01.r2.md", "81", "80");
    assert!(
        read(&site, "records/privacy/2022-01-01.r2.en.txt")
            .starts_with("corrected: 2024-05-01\nreason: The days were wrong.\n# Privacy Policy\n")
    );
    for (old, new) in [("2024-05-01", "2024-05-02"), ("wrong", "other ones")] {
        replace(&site, "content/privacy/2022-01-01.r2.md", old, new);
        assert_eq!(
            told(&site),
            ["content/privacy/2022-01-01.r2.md: sealed-text-changed"],
            "{new}"
        );
        replace(&site, "content/privacy/2022-01-01.r2.md", new, old);
    }
    site.put(OLD, WORDS.replace("90", "91"));
    let problem = &reports::of(&site)[0];
    assert!(problem.help.contains("2022-01-01.r3.md"), "{problem:?}");
}
