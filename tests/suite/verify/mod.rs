//! `engross verify`: whatever was changed after it was sealed or published is found, and named.

use std::fs;
use std::os::unix::fs::symlink;

use engross::ledger::Digest;
use serde_json::Value;

use crate::folder;
use crate::site::{DAY, Run, Site, config};
use crate::witness::stamped;

const OLD: &str = "content/privacy/2022-01-01.md";
const NEW: &str = "content/privacy/2023-01-01.md";
const WORDS: &str = "We keep the logs of our servers for 90 days and then delete them.";

fn with_email(email: &str) -> String {
    config("languages = [\"en\", \"es\"]") + &format!("email = \"{email}\"\n")
}

/// A site with two versions and a translation, all sealed.
fn sealed() -> Site {
    let head = "+++\ntitle = \"Privacy Policy\"\n";
    let site = Site::empty()
        .with("engross.toml", with_email("ann@legal.example"))
        .with(
            OLD,
            format!("{head}+++\n\nWords for {{{{ organization.email }}}}.\n"),
        )
        .with(NEW, format!("{head}summary = \"Less.\"\n+++\n\n{WORDS}\n"))
        .with(
            "content/privacy/2023-01-01.es.md",
            "+++\ntitle = \"Privacidad\"\nsummary = \"Menos.\"\n+++\n\nPalabras.\n",
        );
    seal(&site);
    site
}

fn seal(site: &Site) {
    let run = site.run(&["seal", "--as-of", DAY]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

fn replace(site: &Site, path: &str, from: &str, to: &str) {
    let text = read(site, path);
    assert!(text.contains(from), "{path}: {from}");
    site.put(path, text.replacen(from, to, 1));
}

/// A sealed site that is published with what its ledger says.
fn published() -> Site {
    let site = sealed();
    publish(&site);
    site
}

fn publish(site: &Site) {
    site.build();
    let copies = [
        ("engross.ledger", "engross.ledger"),
        ("checkpoints/3.txt", "checkpoints/3.txt"),
        (
            "records/privacy/2022-01-01.en.html",
            "privacy/2022-01-01/record/index.html",
        ),
        (
            "records/privacy/2022-01-01.en.txt",
            "privacy/2022-01-01/index.txt",
        ),
        (
            "records/privacy/2023-01-01.en.html",
            "privacy/2023-01-01/record/index.html",
        ),
        (
            "records/privacy/2023-01-01.en.txt",
            "privacy/2023-01-01/index.txt",
        ),
        (
            "records/privacy/2023-01-01.es.html",
            "es/privacy/2023-01-01/record/index.html",
        ),
        (
            "records/privacy/2023-01-01.es.txt",
            "es/privacy/2023-01-01/index.txt",
        ),
    ];
    for (from, to) in copies {
        site.put(&format!("public/{to}"), read(site, from));
    }
    let published = site.published();
    let files = folder::files(&published).into_iter();
    let listed = files.filter(|(path, _)| ![".engross", "SHA256SUMS"].contains(path));
    let sums: String = listed
        .map(|(path, bytes)| format!("{}  {path}\n", Digest::of(bytes).hex()))
        .collect();
    site.put("public/SHA256SUMS", sums);
}

fn verify(site: &Site, arguments: &[&str]) -> Run {
    let all = [&["verify", "--as-of", DAY][..], arguments].concat();
    site.run(&all)
}

/// Asserts that a run found something wrong: each rule, and a piece of what is said.
fn assert_wrong(run: &Run, found: &[(&str, &str)]) {
    assert_eq!(run.status, 1, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.ends_with("not everything matches\n"),
        "{}",
        run.stdout
    );
    for (rule, says) in found {
        assert!(
            run.stderr.contains(&format!("error[{rule}]")),
            "{rule}: {}",
            run.stderr
        );
        assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
    }
}

fn assert_right(run: &Run) {
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.ends_with("\neverything matches\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn without_a_ledger_there_is_nothing_to_verify() {
    let run = verify(&Site::minimal(), &[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`engross seal`"), "{}", run.stderr);
    let site = sealed();
    site.remove("engross.ledger");
    assert_wrong(
        &verify(&site, &[]),
        &[("ledger-broken", "there is no engross.ledger")],
    );
}

#[test]
fn sources_that_cannot_be_read_are_told_and_nothing_else() {
    let site = sealed();
    site.put("engross.toml", "title = ");
    let run = verify(&site, &["public"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    let run = verify(&site, &[]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{}", run.stderr);
    assert!(run.stderr.contains("error[toml-syntax]"), "{}", run.stderr);
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
fn what_was_verified_is_told() {
    let site = sealed();
    let run = verify(&site, &[]);
    assert_right(&run);
    assert_eq!(run.stderr, "");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "engross.ledger: 3 entries");
    assert!(lines[1].starts_with("checkpoints/3.txt: 3 entries, 2024-06-01, root sha256:"));
    assert_eq!(lines[2], "texts: 3 sealed, 0 not sealed");
    assert_eq!(verify(&site, &["--quiet"]).stdout, "");
}

#[test]
fn a_text_that_is_not_sealed_is_told_and_is_no_fault() {
    let site = sealed().with(
        "content/terms/2024-01-01.md",
        "+++\ntitle = \"Terms\"\n+++\n\nWords.\n",
    );
    let run = verify(&site, &[]);
    assert_right(&run);
    assert!(
        run.stdout
            .contains("texts: 3 sealed, 1 not sealed\n  not sealed: content/terms/2024-01-01.md\n")
    );
}

#[test]
fn a_paragraph_may_be_wrapped_anew() {
    let site = sealed();
    replace(&site, NEW, "servers for", "servers\nfor");
    let run = verify(&site, &[]);
    assert_right(&run);
    assert!(run.stderr.contains("warning[sealed-source-changed]"));
}

#[test]
fn a_changed_source_is_named() {
    let site = sealed();
    replace(&site, NEW, "90 days", "91 days");
    let says = [
        ("sealed-text-changed", NEW),
        ("sealed-text-changed", "91 days"),
    ];
    assert_wrong(&verify(&site, &[]), &says);

    let site = sealed();
    site.put("engross.toml", with_email("bob@legal.example"));
    let says = [
        ("sealed-text-changed", OLD),
        ("sealed-text-changed", "organization.email"),
    ];
    assert_wrong(&verify(&site, &[]), &says);

    let site = sealed();
    site.remove(OLD);
    let says = [("sealed-text-gone", "privacy 2022-01-01 (en) is gone")];
    assert_wrong(&verify(&site, &[]), &says);
}

#[test]
fn a_changed_ledger_is_named() {
    let site = sealed();
    replace(
        &site,
        "engross.ledger",
        "published: 2022-01-01",
        "published: 2021-01-01",
    );
    assert_wrong(&verify(&site, &[]), &[("ledger-broken", "entry 1")]);

    let site = sealed();
    let ledger = read(&site, "engross.ledger");
    let parts: Vec<&str> = ledger.split("\n\n").collect();
    let [head, one, two, three] = parts[..] else {
        panic!("{ledger}")
    };
    site.put("engross.ledger", [head, two, one, three].join("\n\n"));
    assert_wrong(&verify(&site, &[]), &[("ledger-broken", "engross.ledger:")]);

    site.put("engross.ledger", [head, one, two].join("\n\n") + "\n");
    let says = [
        ("checkpoint-broken", "its end was cut off"),
        ("record-without-entry", "records/privacy/2023-01-01.es.html"),
    ];
    assert_wrong(&verify(&site, &[]), &says);
}

#[test]
fn a_swapped_record_is_named() {
    let site = sealed();
    let other = read(&site, "records/privacy/2022-01-01.en.html");
    site.put("records/privacy/2023-01-01.en.html", other);
    let says = [("record-changed", "records/privacy/2023-01-01.en.html")];
    assert_wrong(&verify(&site, &[]), &says);
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
            "public: {files} files, 3 sealed texts\neverything"
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
        let path = format!("public/privacy/2023-01-01/{file}");
        let old = read(&site, &path);
        let new = old.replacen("90 days", "91 days", 1);
        site.put(&path, &new);
        replace(
            &site,
            "public/SHA256SUMS",
            &Digest::of(&old).hex(),
            &Digest::of(&new).hex(),
        );
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
fn what_is_published_from_other_sources_is_told_and_is_no_fault() {
    let site = published();
    replace(
        &site,
        "engross.toml",
        "title = \"Legal\"",
        "title = \"Legal texts\"",
    );
    site.put("content/about.md", "+++\ntitle = \"About\"\n+++\n\nUs.\n");
    site.put("public/CNAME", "legal.example\n");
    let run = verify(&site, &["public"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for says in [
        "  published from other sources, another day, theme or version of engross: 404.html, ",
        "  not published there: about/index.html\n",
        "  not written by engross: CNAME\n",
        "all that is sealed matches; ",
        " other files could not be compared\n",
    ] {
        assert!(run.stdout.contains(says), "{says}: {}", run.stdout);
    }
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
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("\nall that is sealed matches; "),
        "{}",
        run.stdout
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

/// The public half of the key of the examples.
const PUBLIC: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK5EXvmad3TEFVxTP6DubMt7fIzlTjJWClpIPcPO5Y/A";

#[test]
fn signatures_are_told_with_their_signer() {
    let site = sealed().with(
        "../key",
        include_str!("witness/key.txt").replace("EXAMPLE", "OPENSSH"),
    );
    let run = site.run(&["seal", "--as-of", DAY, "--sign", "../key"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let run = verify(&site, &[]);
    assert_right(&run);
    assert_eq!(run.stderr, "");
    let start = run.stdout.find("  signed with the key SHA256:").unwrap();
    let line = run.stdout[start..].lines().next().unwrap();
    assert!(
        line.ends_with("; no allowed signers say whose it is"),
        "{line}"
    );

    site.put("allowed_signers", "# nobody\n");
    let run = verify(&site, &[]);
    assert_right(&run);
    assert!(
        run.stderr.contains("warning[signature-unknown]"),
        "{}",
        run.stderr
    );

    let json: Value = serde_json::from_str(&verify(&site, &["--format", "json"]).stdout).unwrap();
    assert_eq!(
        json["checkpoints"][0]["signature"]["signers"],
        Value::Array(vec![])
    );
    assert_eq!(json["diagnostics"][0]["rule"], "signature-unknown");

    site.put("../signers", format!("ann@legal.example {PUBLIC}\n"));
    let run = verify(&site, &["--allowed-signers", "../signers"]);
    assert_right(&run);
    assert_eq!(run.stderr, "");
    let says = "  signed by ann@legal.example, key SHA256:";
    assert!(run.stdout.contains(says), "{}", run.stdout);
    assert_eq!(verify(&site, &["--allowed-signers", "none"]).status, 2);

    replace(&site, "checkpoints/3.txt.sig", "\n", "\nAAAA");
    assert_wrong(
        &verify(&site, &[]),
        &[("signature-wrong", "checkpoints/3.txt.sig")],
    );
    site.put("checkpoints/2.txt.sig", "x");
    let says = [(
        "signature-wrong",
        "checkpoints/2.txt, which this belongs to, is not there",
    )];
    assert_wrong(&verify(&site, &[]), &says);
}

#[test]
fn time_stamps_are_told_or_refused() {
    let site = sealed();
    let path = "checkpoints/3.txt.tsr";
    site.put(path, stamped(read(&site, "checkpoints/3.txt").as_bytes()));
    let run = verify(&site, &[]);
    assert_right(&run);
    let line = run.stdout.lines().nth(2).unwrap();
    assert!(line.starts_with("  time stamp of 2"), "{line}");
    assert!(line.contains(" UTC; who gave it is checked by: openssl ts -verify -data checkpoints/3.txt -in checkpoints/3.txt.tsr "), "{line}");

    site.put(path, include_bytes!("witness/reply.tsr"));
    let says = [(
        "timestamp-wrong",
        "is for another file than checkpoints/3.txt",
    )];
    assert_wrong(&verify(&site, &[]), &says);
    site.put(path, "x");
    let says = [(
        "timestamp-wrong",
        "this is not the reply of a time stamping authority",
    )];
    assert_wrong(&verify(&site, &[]), &says);
}

#[test]
fn a_withdrawn_text_is_counted_as_such() {
    let site = sealed();
    let reason = ["--reason", "By mistake.", "--as-of", DAY];
    let run = site.run(&[&["seal", "--withdraw", "privacy@2022-01-01"][..], &reason].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    site.remove(OLD);
    let run = verify(&site, &[]);
    assert_right(&run);
    assert!(
        run.stdout
            .contains("texts: 2 sealed, 1 withdrawn, 0 not sealed\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_checkpoint_that_is_replaced_is_found_though_its_digest_is_too() {
    let site = published();
    let path = "public/checkpoints/3.txt";
    let old = read(&site, path);
    let new = old.replace(DAY, "2024-05-01");
    site.put(path, &new);
    replace(
        &site,
        "public/SHA256SUMS",
        &Digest::of(&old).hex(),
        &Digest::of(&new).hex(),
    );
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
    assert_eq!(json["diagnostics"][0]["path"], "public/robots.txt");
    assert_eq!(json["errors"], 1);
}
