//! The bundle of evidence: what is in it, checked as its own page says, with programs that everybody has.

mod bundle;
mod changes;
mod laid_out;
mod refusals;

use crate::site::{Site, config};
use bundle::Bundle;

/// The day on which the texts are sealed.
const SEALED: &str = "2024-06-01";

fn version(title: &str, more: &str, words: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{more}+++\n\n{words}\n")
}

/// A site with five texts: enough that a proof has digests on both sides.
fn site() -> Site {
    let second = "published = 2022-11-30\nsummary = \"We keep less.\"\nmaterial = true\n";
    Site::minimal()
        .with("engross.toml", config("languages = [\"en\", \"es\"]"))
        .with(
            "content/privacy/2022-12-22.md",
            version(
                "Privacy Policy",
                second,
                "Fewer words.\n\n## Scope\n\nAll of it.",
            ),
        )
        .with(
            "content/privacy/2022-12-22.es.md",
            version("Privacidad", "", "Pocas palabras."),
        )
        .with(
            "content/terms/2022-01-01.md",
            version("Terms", "", "Be kind."),
        )
        .with(
            "content/terms/2023-01-01.md",
            version("Terms", "", "Be kind and brief."),
        )
}

fn seal(site: &Site, more: &[&str]) {
    let run = site.run(&[&["seal", "--as-of", SEALED], more].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
}

fn sealed() -> Site {
    let site = site();
    seal(&site, &[]);
    site
}

#[test]
fn a_bundle_holds_what_was_sealed_and_is_checked_as_it_says() {
    let bundle = Bundle::of(&sealed(), &["privacy", "--on", "2022-12-25"]);
    assert_eq!(bundle.name, "privacy-2022-12-22.en");
    let names = bundle.names();
    let beside: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !name.starts_with("proof/"))
        .collect();
    assert_eq!(
        beside,
        [
            "SHA256SUMS",
            "STATEMENT.md",
            "VERIFY.md",
            "checkpoint.txt",
            "entry.txt",
            "notice.txt",
            "record.html",
            "redline.txt",
            "source.md",
            "words.txt"
        ]
    );
    assert_eq!(
        bundle.text("words.txt"),
        "summary: We keep less.\nmaterial: yes\n# Privacy Policy\nFewer words.\n## Scope\nAll of it.\n"
    );
    let redline = bundle.text("redline.txt");
    assert!(
        redline.contains("[-Words.-]\n\n  {+Fewer words.+}\n"),
        "{redline}"
    );
    let notice = bundle.text("notice.txt");
    for line in [
        "published: 2022-11-30\n",
        "effective: 2022-12-22\n",
        "follows: 2022-01-01\n",
        "material: yes\n",
        "summary: We keep less.\n",
    ] {
        assert!(notice.contains(line), "{notice}");
    }
    let statement = bundle.text("STATEMENT.md");
    for said in [
        "**Not the time.**",
        "**Not that it was served.**",
        "**Not whose it is.**",
        "**Not that it was so on 2022-12-25.**",
    ] {
        assert!(statement.contains(said), "{statement}");
    }
    let first = bundle.text("VERIFY.md").find("\n## 0. ");
    let digest = "sha256sum -c privacy-2022-12-22.en.zip.sha256\n";
    let said = bundle.text("VERIFY.md").find(digest);
    assert!(first.is_some() && said > first && said < bundle.text("VERIFY.md").find("\n## 1. "));
    bundle.assert_passes();
}

#[test]
fn every_text_of_a_ledger_is_proved() {
    let site = sealed();
    for (arguments, name) in [
        (
            &["privacy", "--on", "2022-12-21"][..],
            "privacy-2022-01-01.en",
        ),
        (
            &["privacy", "--on", "2023-02-01", "--language", "es"],
            "privacy-2022-12-22.es",
        ),
        (&["terms", "--on", "2022-01-01"], "terms-2022-01-01.en"),
        (&["terms", "--on", "2024-01-01"], "terms-2023-01-01.en"),
    ] {
        let bundle = Bundle::of(&site, arguments);
        assert_eq!(bundle.name, name);
        bundle.assert_passes();
    }
}

#[test]
fn the_only_entry_of_a_ledger_needs_no_digests_beside_it() {
    let site = Site::minimal();
    seal(&site, &[]);
    let bundle = Bundle::of(&site, &["privacy", "--on", "2024-05-31"]);
    assert!(
        bundle
            .names()
            .iter()
            .all(|name| !name.starts_with("proof/"))
    );
    assert!(
        bundle
            .text("STATEMENT.md")
            .contains("no version came before it")
    );
    bundle.assert_passes();
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    let site = sealed();
    let asked = ["privacy", "--on", "2022-12-25"];
    assert_eq!(Bundle::bytes(&site, &asked), Bundle::bytes(&site, &asked));
}

#[test]
fn a_text_that_was_corrected_later_is_given_as_it_stood() {
    let correction = "corrected = 2023-03-03\nreason = \"A slip.\"\n";
    let site = site().with(
        "content/privacy/2022-12-22.r2.md",
        version(
            "Privacy Policy",
            correction,
            "Few words.\n\n## Scope\n\nAll of it.",
        ),
    );
    seal(&site, &[]);
    let bundle = Bundle::of(&site, &["privacy", "--on", "2023-03-02"]);
    assert!(bundle.text("words.txt").contains("Fewer words."));
    let statement = bundle.text("STATEMENT.md");
    assert!(
        statement.contains("It was corrected afterwards, on 2023-03-03, by version 2022-12-22.r2."),
        "{statement}"
    );
    assert!(statement.contains("A slip."), "{statement}");
    let bundle = Bundle::of(&site, &["privacy", "--on", "2023-03-03"]);
    assert_eq!(bundle.name, "privacy-2022-12-22.r2.en");
    assert!(bundle.text("notice.txt").contains("correction: A slip.\n"));
    bundle.assert_passes();
}

#[test]
fn the_earliest_witnessed_checkpoint_is_taken() {
    let site = sealed();
    let first = Bundle::of(&site, &["terms", "--on", "2022-02-02"]).text("checkpoint.txt");
    site.put(
        "content/terms/2024-01-01.md",
        version("Terms", "", "Be brief."),
    );
    seal(&site, &[]);
    let latest = Bundle::of(&site, &["terms", "--on", "2022-02-02"]).text("checkpoint.txt");
    assert!(
        first.contains("size: 5\n") && latest.contains("size: 6\n"),
        "{first}{latest}"
    );
    let key = bundle::key(&site);
    seal(&site, &["--sign", &key]);
    site.put("content/terms/2024-02-01.md", version("Terms", "", "Be."));
    seal(&site, &[]);
    let bundle = Bundle::of(&site, &["terms", "--on", "2022-02-02"]);
    assert_eq!(bundle.text("checkpoint.txt"), latest);
    bundle.assert_passes();
}
