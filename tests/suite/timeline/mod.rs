//! `engross history` and `engross as-of`: what they say of versions and days, to people.

mod json;

use crate::folder;
use crate::site::{CONFIG, Run, Site, config, engross, run};

/// Front matter and words of a text with a title.
fn dated(title: &str, more: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{more}+++\nWords.\n")
}

/// The terms were published late once and corrected twice; the privacy policy has an upcoming
/// version; nobody knows of the third document yet.
fn site() -> Site {
    let correction = |day, reason| {
        dated(
            "Terms",
            &format!("corrected = {day}\nreason = \"{reason}\"\n"),
        )
    };
    let announced =
        "published = 2020-02-01\nsummary = \"We ask before we sell.\"\nmaterial = true\n";
    Site::empty()
        .with("engross.toml", config("languages = [\"en\", \"es\"]"))
        .with(
            "content/privacy/document.toml",
            "kind = \"privacy-policy\"\norder = 1\n",
        )
        .with(
            "content/privacy/2020-01-01.md",
            "# Privacy of {{ organization.name }}\n\nWords.\n",
        )
        .with(
            "content/privacy/2020-01-01.es.md",
            dated("Privacidad", "published = 2020-01-15\n"),
        )
        .with(
            "content/privacy/2998-01-01.md",
            dated("Privacy to come", announced),
        )
        .with("content/terms/2019-01-01.md", dated("Old terms", ""))
        .with(
            "content/terms/2020-01-01.md",
            dated("Terms", "published = 2020-03-01\n"),
        )
        .with(
            "content/terms/2020-01-01.r2.md",
            correction("2020-05-01", "a slip"),
        )
        .with(
            "content/terms/2020-01-01.r3.md",
            correction("2021-05-01", "another slip"),
        )
        .with("content/terms/eu/2990-01-01.md", dated("Project Heron", ""))
}

fn done(site: &Site, arguments: &[&str]) -> String {
    let run = site.run(arguments);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

fn row<'o>(out: &'o str, path: &str) -> Vec<&'o str> {
    let line = out
        .lines()
        .find(|line| line.starts_with(&format!("{path} ")));
    line.unwrap().split_whitespace().collect()
}

#[test]
fn a_line_for_each_document_in_the_order_of_the_front_page() {
    let site = site();
    let out = done(&site, &["as-of", "2020-04-01"]);
    assert!(
        out.starts_with("In force on 2020-04-01, as known today, "),
        "{out}"
    );
    let privacy = [
        "privacy",
        "2020-01-01",
        "2020-01-01",
        "2997-12-31",
        "Privacy",
        "of",
        "Acme",
    ];
    assert_eq!(row(&out, "privacy"), privacy);
    assert_eq!(
        row(&out, "terms"),
        ["terms", "2020-01-01.r3", "2020-03-01", "Terms"]
    );
    assert!(out.find("privacy ") < out.find("terms "), "{out}");
    let remark = "terms 2020-01-01.r3 was made on 2021-05-01; on 2020-04-01 the text was still\n2020-01-01. Correction: another slip\n";
    assert!(out.ends_with(remark), "{out}");
    assert!(!out.contains("Heron") && !out.contains("terms/eu"), "{out}");
    let before = done(&site, &["as-of", "2018-01-01"]);
    assert_eq!(
        row(&before, "terms")[1..],
        ["no", "record", "before", "2019-01-01", "Terms"]
    );
}

#[test]
fn an_answer_names_the_file_and_the_permanent_address() {
    let site = site();
    let out = done(&site, &["as-of", "2020-04-01", "terms"]);
    for line in [
        "Terms on 2020-04-01, as known today, ",
        "version    2020-01-01.r3\n",
        "standing   in force today\n",
        "applies    from 2020-03-01\n",
        "published  2020-03-01, correction made 2021-05-01\n",
        "file       content/terms/2020-01-01.r3.md\n",
        "address    https://legal.example/terms/2020-01-01.r3/\n",
        "upcoming   nothing on that day\n",
        "\n\nversion    2020-01-01\nfile       content/terms/2020-01-01.md\n",
    ] {
        assert!(out.contains(line), "{line} is not in: {out}");
    }
    let out = done(&site, &["as-of", "2020-01-20", "terms"]);
    assert!(
        out.contains("applied    from 2019-01-01 through 2020-02-29\n"),
        "{out}"
    );
    assert!(out.contains("superseded today\n"), "{out}");
    assert!(out.ends_with("\n2020-01-01 was published only on 2020-03-01, and counts from then\n"));
}

#[test]
fn what_was_announced_on_a_day_and_what_is_published_today() {
    let site = site();
    let before = done(&site, &["as-of", "2020-01-31", "privacy"]);
    assert!(
        before.contains("upcoming   nothing on that day\n"),
        "{before}"
    );
    let after = done(&site, &["as-of", "2020-02-01", "privacy"]);
    let announced = "upcoming   2998-01-01, published 2020-02-01\n           https://legal.example/privacy/2998-01-01/\n";
    assert!(after.contains(announced), "{after}");
    let future = done(&site, &["as-of", "2999-01-01", "privacy"]);
    assert!(future.starts_with("Privacy to come on 2999-01-01, by what is published today, "));
    assert!(future.contains("standing   upcoming today\n"), "{future}");
}

#[test]
fn before_anything_is_public_a_document_has_no_title() {
    let site = site();
    let out = done(&site, &["as-of", "2020-01-01", "terms/eu"]);
    assert!(out.starts_with("terms/eu on 2020-01-01"), "{out}");
    assert!(out.contains("no record: nothing is public\n"), "{out}");
    let out = done(&site, &["history", "terms/eu", "--as-of", "2021-01-01"]);
    assert!(out.ends_with("\nnothing of it is public on 2021-01-01\n") && !out.contains("Heron"));
    let out = done(&site, &["history", "--as-of", "2018-01-01"]);
    assert_eq!(out, "nothing is public on 2018-01-01\n");
}

#[test]
fn a_history_says_what_every_version_is() {
    let out = done(&site(), &["history", "terms", "--as-of", "2021-06-01"]);
    assert_eq!(
        out,
        "Terms
https://legal.example/terms/

  2020-01-01.r3  in force since 2020-03-01
                 effective 2020-01-01, published 2020-03-01, made 2021-05-01
                 Correction: another slip
                 no change in the words
                 https://legal.example/terms/2020-01-01.r3/

  2020-01-01.r2  corrected on 2021-05-01
                 effective 2020-01-01, published 2020-03-01, made 2020-05-01
                 Correction: a slip
                 no change in the words
                 https://legal.example/terms/2020-01-01.r2/

  2020-01-01     corrected on 2020-05-01
                 effective 2020-01-01, published 2020-03-01
                 1 word inserted, 2 words deleted: (outside of sections)
                 https://legal.example/terms/2020-01-01/

  2019-01-01     superseded on 2020-03-01
                 published 2019-01-01, effective 2019-01-01
                 https://legal.example/terms/2019-01-01/
"
    );
}

#[test]
fn a_history_is_that_of_a_day_and_of_every_document() {
    let site = site();
    let arguments = [
        "history",
        "--as-of",
        "2020-02-01",
        "--base-url",
        "https://x.example/l/",
    ];
    assert_eq!(
        done(&site, &arguments),
        "Privacy of Acme
https://x.example/l/privacy/

  2998-01-01  upcoming from 2998-01-01, a material change
              published 2020-02-01
              We ask before we sell.
              2 words inserted, 2 words deleted
              https://x.example/l/privacy/2998-01-01/

  2020-01-01  in force since 2020-01-01
              published 2020-01-01
              https://x.example/l/privacy/2020-01-01/
              https://x.example/l/es/privacy/2020-01-01/


Old terms
https://x.example/l/terms/

  2019-01-01  in force since 2019-01-01
              published 2019-01-01
              https://x.example/l/terms/2019-01-01/
"
    );
    let earlier = done(&site, &["history", "privacy", "--as-of", "2020-01-14"]);
    assert!(
        !earlier.contains("2998") && !earlier.contains("/es/"),
        "{earlier}"
    );
}

#[test]
fn a_document_is_known_by_its_address_and_its_folder() {
    let site = site();
    let expected = done(&site, &["history", "privacy"]);
    for name in [
        "/privacy/",
        "privacy/",
        "content/privacy",
        "./content/privacy/",
    ] {
        assert_eq!(done(&site, &["history", name]), expected, "{name}");
    }
}

fn assert_refused(run: &Run, status: i32, says: &str) {
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (status, ""),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains(says),
        "{says} is not in: {}",
        run.stderr
    );
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let site = site();
    for (arguments, says) in [
        (
            &["as-of", "2020-01-01", "privcy"][..],
            "did you mean `privacy`?",
        ),
        (
            &["history", "/termz/"],
            "there is no document `termz`; did you mean `terms`?",
        ),
        (
            &["history", "imprint"],
            "the documents are privacy, terms, terms/eu",
        ),
        (&["as-of", "2020-02-30"], "YEAR-MONTH-DAY"),
        (&["as-of", "privacy"], "YEAR-MONTH-DAY"),
        (&["as-of"], "<DAY>"),
        (&["history", "--as-of", "then"], "YEAR-MONTH-DAY"),
        (&["history", "--format", "html"], "text, json"),
    ] {
        assert_refused(&site.run(arguments), 2, says);
    }
    assert_refused(&Site::empty().run(&["history"]), 2, "no engross.toml");
}

#[test]
fn errors_of_other_files_are_no_reason_to_refuse() {
    let broken = site()
        .with("content/terms/2022-13-01.md", "Words.\n")
        .with("content/privacy/2021-01-01.md", b"\xFF")
        .with(
            "content/terms/eu/2021-01-01.md",
            dated("T", "publshed = 2020-01-01\n"),
        );
    assert_refused(
        &broken.run(&["history", "terms"]),
        1,
        "content/terms/2022-13-01.md",
    );
    assert_refused(
        &broken.run(&["as-of", "2020-01-01", "privacy"]),
        1,
        "invalid-utf8",
    );
    assert_refused(&broken.run(&["as-of", "2020-01-01"]), 1, "3 errors");
    broken.remove("content/terms/2022-13-01.md");
    // Whatever the words of a text are, its dates are known.
    broken.put(
        "content/terms/2019-01-01.md",
        dated("T", "") + "[a](none/) {{ nobody }}\n",
    );
    assert!(done(&broken, &["history", "terms"]).starts_with("Terms\n"));
    broken.put("engross.toml", CONFIG.replace("title", "titel"));
    assert_refused(&broken.run(&["history", "terms"]), 1, "engross.toml");
}

#[test]
fn a_site_without_documents_says_so() {
    let site = Site::empty().with("engross.toml", CONFIG);
    let out = done(&site, &["as-of", "2020-01-01"]);
    assert!(out.starts_with("no record on 2020-01-01"), "{out}");
    assert_refused(&site.run(&["history", "a"]), 2, "the site has no documents");
}

#[test]
fn nothing_rests_on_colours_and_nothing_is_written() {
    let site = site();
    let before = folder::snapshot(&site.root());
    let arguments = ["history", "terms", "--as-of", "2021-06-01"];
    let plain = done(&site, &arguments);
    let styled = done(&site, &[&arguments[..], &["--color", "always"]].concat());
    assert!(styled.contains("\u{1b}[32min force\u{1b}[0m"), "{styled}");
    assert!(!plain.contains('\u{1b}'));
    let mut forced = engross(&site.root());
    forced.args(arguments).env("CLICOLOR_FORCE", "1");
    assert_eq!(run(&mut forced).stdout, styled);
    assert_eq!(run(forced.env("NO_COLOR", "1")).stdout, plain);
    let mut words = styled;
    while let Some(start) = words.find('\u{1b}') {
        let end = words[start..].find('m').unwrap();
        words.replace_range(start..=start + end, "");
    }
    assert_eq!(words, plain);
    assert_eq!(folder::snapshot(&site.root()), before);
}
