//! Exit status 2: what the program refuses to run on, and that it then touches nothing.

use std::fs;

use crate::folder;
use crate::site::{DAY, Run, Site, TEXT, engross, run, text};

/// Runs that cannot be: the arguments, and a piece of what stderr says.
const BAD: [(&[&str], &str); 14] = [
    (&[], "Usage: engross"),
    (&["bild"], "build"),
    (&["build", "--dry-run"], "--dry-run"),
    (&["build", "extra"], "extra"),
    (&["build", "--as-of", "2022-02-30"], "YEAR-MONTH-DAY"),
    (&["build", "--as-of", "06/01/2022"], "YEAR-MONTH-DAY"),
    (&["build", "--as-of", "20220601"], "YEAR-MONTH-DAY"),
    (&["build", "--as-of", "tomorrow"], "YEAR-MONTH-DAY"),
    (&["build", "--as-of"], "--as-of"),
    (
        &["build", "--base-url", "legal.example"],
        "https://legal.example.com/",
    ),
    (
        &["build", "--base-url", "ftp://legal.example/"],
        "https://legal.example.com/",
    ),
    (
        &["build", "--base-url", "https://legal.example/?a"],
        "https://legal.example.com/",
    ),
    (&["check", "--format", "xml"], "human, github, json"),
    (&["build", "--root", "none"], "none"),
];

fn assert_refused(run: &Run, says: &str) {
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains(says),
        "{says} is not in: {}",
        run.stderr
    );
    assert_eq!(run.stdout, "");
}

#[test]
fn bad_arguments() {
    for (arguments, says) in BAD {
        let site = Site::minimal();
        let before = folder::snapshot(&site.root());
        assert_refused(&site.run(arguments), says);
        assert_eq!(folder::snapshot(&site.root()), before, "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_results() {
    let site = Site::empty();
    for arguments in [["--help"], ["--version"]] {
        let run = site.run(&arguments);
        assert_eq!(run.status, 0);
        assert!(
            run.stdout.starts_with(if arguments[0] == "--help" {
                "Turns a folder"
            } else {
                "engross 0."
            }),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn without_an_engross_toml_here_or_above_there_is_no_site() {
    let site = Site::empty();
    for command in ["build", "check"] {
        assert_refused(&site.run(&[command]), "no engross.toml");
    }
    assert!(folder::names(&site.root()).is_empty());
}

#[test]
fn the_site_is_found_from_a_folder_below() {
    let site = Site::minimal();
    let run = run(engross(&site.root().join("content/privacy")).args(["build", "--as-of", DAY]));
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(site.public().join("privacy/index.html").is_file());
}

#[test]
fn a_foreign_folder_is_refused_with_what_it_holds() {
    let site = Site::minimal()
        .with("out/thesis.doc", "x")
        .with("out/photos/1.jpg", "x");
    let before = folder::snapshot(&site.root());
    let run = site.run(&["build", "--as-of", DAY, "--out", "out"]);
    assert_refused(&run, "thesis.doc");
    assert!(run.stderr.contains("photos"));
    assert_eq!(folder::snapshot(&site.root()), before);
}

#[test]
fn the_site_itself_is_never_the_folder_to_write() {
    let mut written = Vec::new();
    for out in [
        ".",
        "content",
        "content/privacy",
        "content/new",
        "themes",
        "themes/default/new",
        "..",
    ] {
        let site = Site::minimal();
        let before = folder::snapshot(&site.root());
        let run = site.run(&["build", "--as-of", DAY, "--out", out]);
        if run.status != 2 || folder::snapshot(&site.root()) != before {
            written.push(out);
        }
    }
    assert!(
        written.is_empty(),
        "a build wrote into its sources: --out {written:?}"
    );
}

#[test]
fn what_cannot_be_written_is_said() {
    let site = Site::minimal().with("file", "x");
    for out in [
        "file",
        "file/public",
        "file/deep/public",
        "/proc/engross/public",
    ] {
        let run = site.run(&["build", "--as-of", DAY, "--out", out]);
        assert_refused(&run, out.split('/').find(|part| !part.is_empty()).unwrap());
    }
    assert_eq!(fs::read(site.root().join("file")).unwrap(), b"x");
}

#[test]
fn a_site_that_is_wrong_makes_no_folder_to_write() {
    let site = Site::minimal().with(TEXT, text("[a](none/)"));
    let run = site.run(&["build", "--as-of", DAY, "--out", "a/b/public"]);
    assert_eq!(run.status, 1);
    assert_eq!(folder::names(&site.root()), ["content", "engross.toml"]);
}

#[test]
fn a_misspelt_root_is_not_made() {
    let site = Site::minimal();
    let run = site.run(&["build", "--as-of", DAY, "--root", "typo/site"]);
    assert_refused(&run, "typo/site");
    assert_eq!(folder::names(&site.root()), ["content", "engross.toml"]);
}

/// `engross check --format json | head -1`, and a full disk behind `>`.
#[test]
#[cfg(target_os = "linux")]
fn output_that_nobody_takes_is_no_reason_to_panic() {
    use std::process::Stdio;

    let site = Site::minimal().with(TEXT, text(&"[a](none/)\n\n".repeat(2000)));
    let fine = Site::minimal();
    for (site, arguments, status) in [
        (&site, &["check", "--format", "json"][..], 1),
        (&site, &["check", "--format", "github"], 1),
        (&fine, &["check"], 0),
        (&fine, &["build"], 0),
        (&fine, &["history"], 0),
    ] {
        let mut command = engross(&site.root());
        command
            .args(arguments)
            .args(["--as-of", DAY])
            .stderr(Stdio::piped());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = command.stdout(full).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}
