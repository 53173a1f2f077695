//! A text with a place to fill in is not sealed, wherever that place stands.

use super::*;

const MARK: &str = "[fill in: the\n  day]";

/// Asserts that nothing can be sealed, and that the place which stops it is named.
fn assert_refused(site: &Site, texts: &[&str], place: &str) {
    let before = folder::snapshot(&site.root());
    let run = site.run(&[&["seal", "--as-of", DAY], texts].concat());
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{}", run.stderr);
    assert!(run.stderr.contains("error[to-fill-in]"), "{}", run.stderr);
    assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    assert!(run.stderr.contains("nothing was sealed"), "{}", run.stderr);
    assert_eq!(folder::snapshot(&site.root()), before);
}

#[test]
fn of_its_own_file_its_values_and_its_clauses() {
    let refused = |path: &str, text: &str, place: &str| {
        let site = site().with(path, text);
        assert_refused(&site, &[], place);
        assert_eq!(site.run(&["build", "--as-of", DAY]).status, 0);
    };
    let text = format!("+++\ntitle = \"Terms\"\n+++\n\nFrom {MARK} on.\n");
    refused(TERMS, &text, "content/terms/2022-06-01.md:5:6");
    let summary = "+++\ntitle = \"Terms\"\nsummary = \"[Fill in]\"\n+++\n\nWords.\n";
    refused(TERMS, summary, "content/terms/2022-06-01.md:3:12");
    let law = format!("The law of {MARK} applies.\n");
    refused(
        "content/clauses/law.md",
        &law,
        "content/clauses/law.md:1:12",
    );
    let settings = "title = \"[fill in: a title]\"\n";
    refused(
        "content/terms/document.toml",
        settings,
        "content/terms/document.toml:1:10",
    );
    let config = format!("{CONFIG}email = \"[fill in: an address]\"\n");
    let config = config.replacen('\n', "\nlanguages = [\"en\", \"es\"]\n", 1);
    refused("engross.toml", &config, "engross.toml:7:10");
    let split =
        "+++\ntitle = \"Terms\"\n+++\n\n[*fill* in: x] and [**fill in: y].\n\n[fill&#32;in: z]\n";
    refused(TERMS, split, "content/terms/2022-06-01.md");
}

#[test]
fn and_other_texts_are() {
    let site = site().with(TERMS, format!("# Terms\n\nFrom {MARK} on.\n"));
    assert_refused(&site, &["terms"], TERMS);
    let run = site.run(&["seal", "--as-of", DAY, "privacy"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let run = site.run(&["check", "--as-of", DAY, "--locked"]);
    assert!(run.stderr.contains("error[not-sealed]"), "{}", run.stderr);
    site.put(TERMS, "# Terms\n\nFrom today on.\n");
    let run = site.run(&["seal", "--as-of", DAY]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}
