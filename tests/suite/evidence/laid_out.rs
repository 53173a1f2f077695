//! A source that was laid out anew after it was sealed: out of the bundle, and in again once it is sealed.

use super::bundle::{self, Bundle};
use super::{seal, sealed, version};
use crate::site::Site;

const TERMS: &str = "content/terms/2022-01-01.md";

/// A sealed site of which the source of a text was laid out anew.
fn laid_out() -> Site {
    let site = sealed();
    site.put(TERMS, version("Terms", "", "Be\nkind."));
    site
}

/// Seals a text on a later day.
fn seal_again(site: &Site, more: &[&str]) {
    let run = site.run(&[&["seal", "--as-of", "2024-07-01"], more].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn a_source_that_no_entry_names_is_left_out_and_that_is_said() {
    let (bundle, said) = Bundle::and_said(&laid_out(), &["terms", "--on", "2022-02-02"]);
    for name in ["source.md", "notice.txt", "redline.txt"] {
        assert!(!bundle.names().contains(&name.to_owned()), "{name}");
    }
    let statement = bundle.text("STATEMENT.md");
    assert!(
        statement.contains("The source file is left out"),
        "{statement}"
    );
    assert!(
        said.contains("neither source nor redline nor notice"),
        "{said}"
    );
    assert!(
        said.contains("run `engross seal terms@2022-01-01`\n"),
        "{said}"
    );
    bundle.assert_passes();
}

#[test]
fn a_source_that_was_sealed_anew_is_there_with_its_own_entry() {
    let site = laid_out();
    seal_again(&site, &["terms@2022-01-01"]);
    let (bundle, said) = Bundle::and_said(&site, &["terms", "--on", "2022-02-02"]);
    assert_eq!(said, "");
    assert_eq!(
        bundle.read("source.md"),
        std::fs::read(site.root().join(TERMS)).unwrap()
    );
    assert!(bundle.names().contains(&"notice.txt".to_owned()));
    for (entry, line) in [
        ("entry.txt", "sealed: 2024-06-01\n"),
        ("source/entry.txt", "sealed: 2024-07-01\n"),
    ] {
        assert!(bundle.text(entry).contains(line), "{entry}");
    }
    let statement = bundle.text("STATEMENT.md");
    for said in [
        "`source.md`: the file of the text as entry 6 sealed it on 2024-07-01.",
        "**The source, later.** Entry 6, of 2024-07-01, seals `source.md` with the same words and the same page as entry 2.",
        "published on 2024-06-01, the day of sealing",
    ] {
        assert!(statement.contains(said), "{said}: {statement}");
    }
    bundle.assert_passes();
}

#[test]
fn another_source_than_the_one_that_was_sealed_anew_fails() {
    let site = laid_out();
    let key = bundle::key(&site);
    seal(&site, &["--sign", &key]);
    seal_again(&site, &["terms@2022-01-01", "--sign", &key]);
    let bundle = Bundle::of(&site, &["terms", "--on", "2022-02-02"]);
    bundle.assert_passes();
    let (commands, later) = (
        bundle.commands(),
        ["source.md", "source/entry.txt", "source/checkpoint.txt"],
    );
    let proofs: Vec<String> = bundle
        .names()
        .into_iter()
        .filter(|name| name.starts_with("source/proof/"))
        .collect();
    assert!(!proofs.is_empty());
    for name in later.into_iter().chain(proofs.iter().map(String::as_str)) {
        let whole = bundle.read(name);
        for at in (0..whole.len()).step_by(whole.len().div_ceil(12)) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            bundle.put(name, &bytes);
            bundle.sum_up();
            let (good, said) = bundle.check(&commands, None);
            assert!(
                !good && said.contains("1 OK\n"),
                "{name}, byte {at}: {said}"
            );
        }
        bundle.put(name, &whole);
    }
    // The entry of another text does not do, though it is whole and in the ledger.
    let other = Bundle::of(&site, &["terms", "--on", "2024-01-01"]);
    bundle.put("entry.txt", &other.read("entry.txt"));
    bundle.sum_up();
    assert!(!bundle.check(&commands, None).0);
}

#[test]
fn a_redline_against_a_source_that_no_entry_names_is_left_out_and_that_is_said() {
    let (bundle, said) = Bundle::and_said(&laid_out(), &["terms", "--on", "2024-01-01"]);
    assert!(!bundle.names().contains(&"redline.txt".to_owned()));
    assert!(bundle.names().contains(&"source.md".to_owned()));
    assert!(
        said.contains("no redline") && said.contains("run `engross seal terms@2022-01-01`\n"),
        "{said}"
    );
    let site = laid_out();
    seal_again(&site, &["terms@2022-01-01"]);
    let (bundle, said) = Bundle::and_said(&site, &["terms", "--on", "2024-01-01"]);
    assert!(bundle.names().contains(&"redline.txt".to_owned()));
    assert_eq!(said, "");
}

/// What a publisher says of a change is among the words that are sealed.
#[test]
fn a_notice_that_was_written_anew_is_left_out() {
    let site = sealed();
    let front = "published = 2022-11-30\nsummary = \"Nothing to see.\"\nmaterial = true\n";
    let words = "Fewer words.\n\n## Scope\n\nAll of it.";
    site.put(
        "content/privacy/2022-12-22.md",
        version("Privacy Policy", front, words),
    );
    let run = site.run(&["seal", "--as-of", "2024-07-01", "privacy@2022-12-22"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("sealed-text-changed"), "{}", run.stderr);
    let bundle = Bundle::of(&site, &["privacy", "--on", "2023-01-02"]);
    for name in ["source.md", "notice.txt", "redline.txt"] {
        assert!(!bundle.names().contains(&name.to_owned()), "{name}");
    }
    assert!(
        bundle
            .text("words.txt")
            .starts_with("summary: We keep less.\nmaterial: yes\n")
    );
    bundle.assert_passes();
}
