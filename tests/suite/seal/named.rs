//! What a sealed text names: pictures, what links lead to, and the values that changed it.

use super::{NEW, OLD, SPANISH, TERMS, assert_fails, read, replace, seal, site, told};
use crate::site::Site;

const CHANGED: &str = "content/terms/2022-06-01.md: sealed-text-changed";
const OTHER_SOURCE: &str = "content/terms/2022-06-01.md: sealed-source-changed (warning)";
const DATA: &str =
    "[[rows]]\nname = \"Logs\"\ndays = 30\n\n[[rows]]\nname = \"Mails\"\ndays = 60\n";

/// A site whose terms say something more, sealed.
fn sealed_with(more: &str, files: &[(&str, &str)]) -> Site {
    let site = site();
    for (path, words) in files {
        site.put(path, words);
    }
    site.put(TERMS, format!("{}\n{more}\n", read(&site, TERMS)));
    seal(&site, &[]);
    assert_eq!(told(&site), Vec::<String>::new());
    site
}

#[test]
fn another_picture_is_another_text() {
    let more = "![Fee table](fees.png)";
    let site = sealed_with(more, &[("content/terms/fees.png", "old")]);
    let words = read(&site, "records/terms/2022-06-01.en.txt");
    // printf old | sha256sum
    let digest =
        "[Fee table] <sha256:cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4>";
    assert!(words.contains(digest), "{words}");
    site.put("content/terms/fees.png", "new");
    assert_fails(
        &site,
        &[CHANGED],
        &[
            "content/terms/fees.png is not the picture that was sealed",
            "put the picture back",
        ],
    );
    site.put("content/terms/fees.png", "old");
    site.put("content/tables/fees.png", "old");
    replace(&site, TERMS, "(fees.png)", "(../tables/fees.png)");
    assert_eq!(told(&site), [OTHER_SOURCE], "the same picture elsewhere");
}

#[test]
fn a_link_to_something_else_is_another_text() {
    let more = "See [Privacy](../privacy/), [us](../privacy/#contact) and [above](#terms \"All\").";
    for (old, new) in [
        ("](../privacy/)", "](../terms/)"),
        ("](../privacy/)", "](../privacy/2022-01-01.md)"),
        ("](../privacy/)", "](/es/privacy/)"),
        ("/#contact", "/"),
        ("](#terms", "](/terms/"),
        ("\"All\"", "\"Most\""),
    ] {
        let site = sealed_with(&format!("## Terms\n\n{more}"), &[]);
        replace(&site, TERMS, old, new);
        assert!(told(&site).contains(&CHANGED.to_owned()), "{new}");
    }
    let site = sealed_with(&format!("## Terms\n\n{more}"), &[]);
    replace(&site, TERMS, "](../privacy/)", "](../terms/)");
    let says = [
        "sealed: “",
        "Privacy </privacy>",
        "now: “",
        "Privacy </terms>",
    ];
    assert_fails(&site, &[CHANGED], &says);
}

/// However a link is written, and wherever it leads on the day: what counts is what it names.
#[test]
fn a_link_to_the_same_is_no_change() {
    let more = "See [Privacy](../privacy/) and [the first](../privacy/2022-01-01.md#contact).";
    let address = crate::site::CONFIG.lines();
    let address = address.filter_map(|line| line.strip_prefix("base_url = \""));
    let address = address.map(|rest| rest.trim_end_matches('"')).next();
    let own = format!("]({}/privacy/)", address.unwrap().trim_end_matches('/'));
    for (old, new) in [
        ("](../privacy/)", "](/privacy/)"),
        ("](../privacy/)", "](../privacy)"),
        ("](../privacy/)", own.as_str()),
        ("../privacy/2022-01-01.md#", "/privacy/2022-01-01/#"),
    ] {
        let site = sealed_with(more, &[]);
        replace(&site, TERMS, old, new);
        assert_eq!(told(&site), [OTHER_SOURCE], "{new}");
    }
    let site = sealed_with(more, &[]);
    let run = site.run(&["build", "--as-of", "2024-09-01"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn a_changed_row_of_data_is_named_by_its_table() {
    let table = "{{ table(rows=data.kept.rows, columns=[\"name\", \"days\"]) }}";
    let data = "content/data/kept.toml";
    let place = "(content/terms/2022-06-01.md:9:1)";
    for (old, new, says) in [
        ("days = 30", "days = 31", "now says “Logs | 31”"),
        (
            "\n[[rows]]\nname = \"Mails\"\ndays = 60\n",
            "",
            "may have said “Mails | 60”",
        ),
        (
            "[[rows]]",
            "[[rows]]\nname = \"IP\"\ndays = 7\n\n[[rows]]",
            "now says “IP | 7”",
        ),
    ] {
        let site = sealed_with(table, &[(data, DATA)]);
        replace(&site, data, old, new);
        assert_fails(&site, &[CHANGED], &[&format!("`{table}` {says} {place}")]);
    }
}

#[test]
fn a_changed_line_of_a_long_clause_is_named() {
    let site = sealed_with(
        "{{ clause(name=\"long\") }}",
        &[(
            "content/clauses/long.md",
            "## Law\n\nIrish.\n\n- One\n- Two\n",
        )],
    );
    replace(&site, "content/clauses/long.md", "Two", "Three");
    let says = ["content/clauses/long.md now says “- Three”"];
    assert_fails(&site, &[CHANGED], &says);
}

#[test]
fn what_the_original_says_for_a_translation_is_named() {
    let spanish = "content/privacy/2023-01-01.es.md: sealed-text-changed";
    let english = "content/privacy/2023-01-01.md: sealed-text-changed";
    let site = site();
    replace(&site, NEW, "summary", "material = true\nsummary");
    seal(&site, &[]);
    replace(&site, NEW, "material = true\n", "");
    let says = ["`material` in content/privacy/2023-01-01.md now says nothing"];
    assert_fails(&site, &[spanish, english], &says);

    let site = super::sealed();
    replace(&site, NEW, "summary", "material = true\nsummary");
    let says = ["`material` in content/privacy/2023-01-01.md now says “yes”"];
    assert_fails(&site, &[spanish, english], &says);

    let site = super::site();
    let (r2, r2_es) = (
        NEW.replace(".md", ".r2.md"),
        SPANISH.replace(".es", ".r2.es"),
    );
    let correct = |path: &str, front: &str, as_path: &str| {
        let text = read(&site, path).replace("published = ", "# ");
        site.put(as_path, text.replacen("+++\n", front, 1));
    };
    correct(
        NEW,
        "+++\ncorrected = 2024-05-01\nreason = \"Wrong.\"\n",
        &r2,
    );
    correct(
        SPANISH,
        "+++\ncorrected = 2024-05-02\nreason = \"Mal.\"\n",
        &r2_es,
    );
    seal(&site, &[]);
    replace(
        &site,
        &r2,
        "corrected = 2024-05-01",
        "corrected = 2024-05-02",
    );
    let says = ["`corrected` in content/privacy/2023-01-01.r2.md now says “2024-05-02”"];
    let told = [&r2_es, &r2].map(|path| format!("{path}: sealed-text-changed"));
    assert_fails(&site, &[&told[0], &told[1]], &says);
}

/// What cannot be read says nothing: only that is told.
#[test]
fn a_text_that_cannot_be_read_is_not_said_to_have_changed() {
    for (path, old, new, expected) in [
        (
            OLD,
            "title =",
            "title",
            "content/privacy/2022-01-01.md:2:7: toml-syntax",
        ),
        (
            NEW,
            "summary =",
            "summary",
            "content/privacy/2023-01-01.md:3:9: toml-syntax",
        ),
        (
            OLD,
            "organization.email",
            "organization.mail",
            ": placeholder",
        ),
        ("engross.toml", "email =", "mail =", ": placeholder"),
        (
            "content/terms/document.toml",
            "numbered = true",
            "numbered = yes",
            ": toml-syntax",
        ),
    ] {
        let site = site();
        site.put("content/terms/document.toml", "numbered = true\n");
        seal(&site, &[]);
        replace(&site, path, old, new);
        let told = told(&site);
        assert!(told.iter().any(|line| line.contains(expected)), "{told:?}");
        assert!(
            !told.iter().any(|line| line.contains("sealed-")),
            "{told:?}"
        );
    }
}

/// Nobody knows what a broken ledger says of a text.
#[test]
fn nothing_follows_from_a_broken_ledger() {
    let site = super::sealed();
    seal(
        &site,
        &["--withdraw", "privacy@2022-01-01", "--reason", "Wrong."],
    );
    site.remove(OLD);
    replace(&site, "engross.ledger", "reason: Wrong.", "reason: Right.");
    replace(&site, NEW, "60", "61");
    let told = told(&site);
    assert!(!told.is_empty());
    let broken = |line: &String| line.ends_with(": ledger-broken");
    assert!(told.iter().all(broken), "{told:?}");
    let run = site.run(&["check", "--locked", "--as-of", "2024-09-01"]);
    assert!(!run.stderr.contains("not-sealed"), "{}", run.stderr);
    let no_ledger = super::sealed();
    no_ledger.remove("engross.ledger");
    let run = no_ledger.run(&["check", "--locked", "--as-of", crate::site::DAY]);
    assert!(run.stderr.contains("ledger-broken"), "{}", run.stderr);
    assert!(!run.stderr.contains("not-sealed"), "{}", run.stderr);
}
