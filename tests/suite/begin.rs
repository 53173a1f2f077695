//! `engross init`: a new site builds and passes its checks, and nothing is ever written over.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::folder;
use crate::site::{Run, Site, engross, run};

/// A time zone in which it is never today what it is today in [`LATE`].
const EARLY: &str = "Pacific/Kiritimati";
const LATE: &str = "Etc/GMT+12";

/// A site as `engross init` makes it.
fn begun() -> Site {
    let site = Site::empty();
    let run = site.run(&["init"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    site
}

/// The sources of a site by their paths.
fn sources(site: &Site) -> BTreeMap<String, String> {
    let snapshot = folder::snapshot(&site.root());
    let files = folder::files(&snapshot);
    let ours = files
        .into_iter()
        .filter(|(path, _)| !path.starts_with("public/"));
    ours.map(|(path, bytes)| (path.to_owned(), String::from_utf8(bytes.to_vec()).unwrap()))
        .collect()
}

/// The day from which the texts of a new site apply.
fn day(site: &Site) -> String {
    let names = folder::names(&site.root().join("content/terms"));
    names[0].strip_suffix(".md").unwrap().to_owned()
}

/// The words between the brackets of every place to fill in.
fn marks(text: &str) -> Vec<&str> {
    let marks = text.split("[fill in: ").skip(1);
    marks.map(|rest| rest.split(']').next().unwrap()).collect()
}

/// A text whose places to fill in are filled in.
fn filled(text: &str) -> String {
    let fill = |text: String, mark: &str| text.replace(&format!("[fill in: {mark}]"), "Words");
    marks(text).into_iter().fold(text.to_owned(), fill)
}

#[test]
fn a_new_site_builds_and_passes_its_own_checks_today_and_later() {
    let site = Site::empty();
    let run = site.run(&["init", "x"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("cd x\n") && run.stdout.contains("engross check"));
    let run_in =
        |arguments: &[&str]| crate::site::run(engross(&site.root().join("x")).args(arguments));
    for arguments in [
        &["build"][..],
        &["check"],
        &["build", "--as-of", "2099-12-31"],
        &["check", "--as-of", "2099-12-31"],
    ] {
        let run = run_in(arguments);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(!run.stderr.contains("error"), "{}", run.stderr);
    }
    let public = site.root().join("x/public");
    for page in [
        "index",
        "privacy/index",
        "privacy/california/index",
        "terms/index",
        "cookies/index",
    ] {
        assert!(public.join(page).with_extension("html").is_file(), "{page}");
    }
}

#[test]
fn the_folder_is_named_as_a_shell_reads_it() {
    let site = Site::empty();
    let run = site.run(&["init", "a b/it's"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("cd 'a b/it'\\''s'\n"), "{}", run.stdout);
}

#[test]
fn every_place_to_fill_in_is_told_where_it_stands() {
    let site = begun();
    let run = site.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let mut told: Vec<(String, String)> = Vec::new();
    let sources = sources(&site);
    for problem in report["diagnostics"].as_array().unwrap() {
        assert_eq!(problem["rule"], "to-fill-in");
        assert_eq!(problem["severity"], "warning");
        let path = problem["path"].as_str().unwrap();
        let number = |key: &str| usize::try_from(problem[key].as_u64().unwrap()).unwrap() - 1;
        let line = sources[path].lines().nth(number("line")).unwrap();
        let at: String = line.chars().skip(number("column")).collect();
        assert!(at.starts_with("[fill in: "), "{path}: {at}");
        told.push((path.to_owned(), marks(&at)[0].to_owned()));
    }
    let of_file = |(path, text): (&String, &String)| {
        let marks: Vec<String> = marks(text).into_iter().map(str::to_owned).collect();
        marks
            .into_iter()
            .map(|mark| (path.clone(), mark))
            .collect::<Vec<_>>()
    };
    let mut expected: Vec<(String, String)> = sources.iter().flat_map(of_file).collect();
    told.sort_unstable();
    expected.sort_unstable();
    assert!(told.len() > 30);
    assert_eq!(told, expected);
}

#[test]
fn nothing_but_the_places_to_fill_in_is_left_to_do() {
    let site = begun();
    let run = site.run(&["seal"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("nothing was sealed"), "{}", run.stderr);
    for (path, text) in sources(&site) {
        site.put(&path, filled(&text));
    }
    for arguments in [
        &["check", "--deny", "warnings"][..],
        &["build"],
        &["seal"],
        &["check", "--deny", "warnings", "--locked"],
        &["verify"],
    ] {
        let run = site.run(arguments);
        assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn nothing_is_written_over() {
    let paths: Vec<String> = sources(&begun()).into_keys().collect();
    assert_eq!(paths.len(), 15);
    for path in &paths {
        let site = Site::empty().with(path, "mine");
        let before = folder::snapshot(&site.root());
        assert_refused(&site.run(&["init"]), path);
        assert_eq!(folder::snapshot(&site.root()), before, "{path}");
    }
    let site = Site::empty().with("content", "a file");
    let before = folder::snapshot(&site.root());
    assert_refused(&site.run(&["init"]), "content");
    assert_eq!(folder::snapshot(&site.root()), before);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_not_written_over_either() {
    let site = Site::empty();
    std::os::unix::fs::symlink("nowhere", site.root().join("EDITING.md")).unwrap();
    assert_refused(&site.run(&["init"]), "EDITING.md");
    assert_eq!(folder::names(&site.root()), ["EDITING.md"]);
}

fn assert_refused(run: &Run, path: &str) {
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{path}");
    assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
    assert!(
        run.stderr.contains(&format!("error: {path} ")),
        "{}",
        run.stderr
    );
}

#[test]
fn a_folder_with_other_files_is_fine() {
    let site = Site::empty()
        .with("LICENSE", "mine")
        .with(".git/HEAD", "ref: refs/heads/main\n")
        .with("content/about.md", "# About\n\nUs.\n");
    assert_eq!(site.run(&["init", "--quiet"]).stdout, "");
    assert_eq!(fs::read(site.root().join("LICENSE")).unwrap(), b"mine");
    assert_eq!(site.run(&["check"]).status, 0);
    assert_refused(&site.run(&["init"]), ".gitattributes,");
}

#[test]
fn the_day_is_that_of_the_time_zone() {
    let in_zone = |zone: &str| {
        let site = Site::empty();
        let run = site.run(&["init", "--time-zone", zone]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(sources(&site)["engross.toml"].contains(&format!("\ntime_zone = \"{zone}\"\n")));
        let built = site.run(&["build"]);
        assert_eq!(built.status, 0, "{}", built.stderr);
        assert!(!built.stdout.contains("not public yet"), "{}", built.stdout);
        day(&site)
    };
    assert!(in_zone(EARLY) > in_zone(LATE));
    let site = Site::empty();
    let run = run(engross(&site.root())
        .env("TZ", "America/Los_Angeles")
        .arg("init"));
    assert!(run.stdout.contains("America/Los_Angeles"), "{}", run.stdout);
    assert!(sources(&site)["engross.toml"].contains("\"America/Los_Angeles\""));
    let run = Site::empty().run(&["init", "--time-zone", "Atlantis"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("America/New_York"));
}

#[test]
fn the_skeleton_is_a_site_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("skeleton");
    let run = run(engross(&root).args(["check", "--as-of", "2000-01-01", "--format", "github"]));
    assert_eq!(run.status, 0, "{}", run.stderr);
    let check = fs::read_to_string(root.join(".github/workflows/check.yml")).unwrap();
    let hosting = include_str!("../../docs/hosting.md");
    let version = format!("v{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(check.matches(&version).count(), 2);
    for step in check.lines().skip_while(|line| !line.contains("steps:")) {
        assert!(
            hosting.contains(step),
            "docs/hosting.md does not say: {step}"
        );
    }
}
