//! Same files and same day, same bytes: whatever the machine, and however often.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use crate::folder::{self, Snapshot};
use crate::site::{DAY, Site, config, engross, run, text};

/// Files of a site of some size, in two languages, with data, a theme and redirects.
fn files() -> Vec<(String, String)> {
    let mut files = vec![
        (
            "engross.toml".to_owned(),
            config(
                "languages = [\"en\", \"es\"]\ntime_zone = \"America/Los_Angeles\"\ntheme = \"acme\"",
            ),
        ),
        (
            "themes/acme/theme.toml".to_owned(),
            "extends = \"default\"\n".to_owned(),
        ),
        (
            "themes/acme/static/img/a.svg".to_owned(),
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned(),
        ),
        (
            "content/data/d.toml".to_owned(),
            "z = 1\na = 2\nrows = [{ b = \"x\", a = \"y\" }]\n".to_owned(),
        ),
        (
            "content/index.md".to_owned(),
            text("{% for key, value in data.d %}\n- {{ key }}\n{% endfor %}"),
        ),
    ];
    for document in ["privacy", "terms", "cookies", "privacy/california"] {
        for year in 2015..2023 {
            let words = format!(
                "{{{{ version.effective }}}}\n\n{{{{ table(rows=data.d.rows, columns=[\"a\", \"b\"]) }}}}\n\n## One\n\n[T](/terms/#one) {year}[^1]\n\n[^1]: N\n"
            );
            files.push((format!("content/{document}/{year}-12-22.md"), text(&words)));
            files.push((
                format!("content/{document}/{year}-12-22.es.md"),
                text(&words),
            ));
        }
        let settings = format!(
            "numbered = true\nredirects = [\"/old-{}/\"]\n",
            document.replace('/', "-")
        );
        files.push((format!("content/{document}/document.toml"), settings));
    }
    files
}

fn site<'f>(files: impl IntoIterator<Item = &'f (String, String)>) -> Site {
    let site = Site::empty();
    files
        .into_iter()
        .for_each(|(path, content)| site.put(path, content));
    site
}

fn assert_same(name: &str, expected: &Snapshot, found: &Snapshot) {
    assert!(!expected.is_empty());
    let difference = folder::difference(expected, found);
    assert!(difference.is_empty(), "{name}: {difference:?}");
}

#[test]
fn the_environment_changes_nothing() {
    let site = site(&files());
    site.build();
    let expected = site.published();
    let environments = [
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "America/Los_Angeles"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "de_DE.ISO-8859-1"),
        ("RAYON_NUM_THREADS", "1"),
        ("RAYON_NUM_THREADS", "8"),
        ("HOME", "/nonexistent"),
        ("SOURCE_DATE_EPOCH", "1"),
        ("COLUMNS", "20"),
    ];
    let elsewhere = tempfile::tempdir().unwrap();
    for (name, value) in environments {
        let out = elsewhere
            .path()
            .join("deep/in")
            .join(format!("{name}-{}", value.replace('/', "-")));
        let mut command = engross(elsewhere.path());
        command
            .args(["build", "--as-of", DAY, "--root"])
            .arg(site.root())
            .arg("--out")
            .arg(&out);
        assert_eq!(run(command.env(name, value)).status, 0);
        assert_same(
            &format!("{name}={value}"),
            &expected,
            &folder::snapshot(&out),
        );
    }
}

#[test]
fn neither_times_nor_order_nor_place_of_the_files_matter() {
    let files = files();
    let one = site(&files);
    one.build();
    let other = site(files.iter().rev());
    set_times(
        &other.root(),
        SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000),
    );
    other.build();
    assert_same(
        "another order, other times",
        &one.published(),
        &other.published(),
    );
}

/// The two zones are 25 hours apart, so that it is never the same day in both.
#[test]
fn today_is_that_of_the_sites_time_zone() {
    let as_of = |zone: &str, environment: &str| {
        let site = Site::minimal().with("engross.toml", config(&format!("time_zone = \"{zone}\"")));
        let run = run(engross(&site.root()).arg("build").env("TZ", environment));
        assert_eq!(run.status, 0, "{}", run.stderr);
        let (_, after) = run.stdout.split_once("as of ").unwrap();
        after[..10].to_owned()
    };
    let (east, west) = ("Pacific/Kiritimati", "Pacific/Pago_Pago");
    let (in_east, in_west) = (as_of(east, west), as_of(west, east));
    assert!(in_east > in_west, "{in_east} {in_west}");
}

fn set_times(folder: &Path, time: SystemTime) {
    for entry in WalkDir::new(folder) {
        File::open(entry.unwrap().path())
            .unwrap()
            .set_modified(time)
            .unwrap();
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let one = site(&files());
    one.build();
    let crlf: Vec<_> = files()
        .into_iter()
        .map(|(p, c)| (p, format!("\u{FEFF}{}", c.replace('\n', "\r\n"))))
        .collect();
    let other = site(crlf.iter().filter(|(path, _)| !path.ends_with(".svg")));
    other.put(
        "themes/acme/static/img/a.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    other.build();
    assert_same("CRLF", &one.published(), &other.published());
}

/// What stays the same for a sync to see nothing to do: time and inode.
fn identities(folder: &Path) -> Vec<(String, u64, SystemTime)> {
    let files = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let identity = |entry: walkdir::DirEntry| {
        let metadata = fs::metadata(entry.path()).unwrap();
        let path = entry
            .path()
            .strip_prefix(folder)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        (path, metadata.ino(), metadata.modified().unwrap())
    };
    files
        .filter(|entry| entry.file_type().is_file())
        .map(identity)
        .collect()
}

#[test]
fn a_second_build_leaves_every_file_as_it_is() {
    let site = site(&files());
    site.build();
    let before = identities(&site.public());
    let run = site.build();
    let after = identities(&site.public());
    let marker = |entries: Vec<(String, u64, SystemTime)>| -> Vec<_> {
        entries
            .into_iter()
            .filter(|(path, ..)| path != ".engross")
            .collect()
    };
    assert_eq!(marker(before), marker(after));
    assert!(run.stdout.contains("0 written"), "{}", run.stdout);
}

#[test]
fn an_edit_changes_only_the_pages_that_say_it() {
    let site = site(&files());
    site.build();
    let before = site.published();
    site.put(
        "content/terms/2015-12-22.md",
        text("## One\n\nOther words."),
    );
    site.build();
    assert_eq!(
        folder::difference(&before, &site.published()),
        [
            // They tell the digest of the original.
            "es/terms/2015-12-22/index.json",
            "es/terms/index.json",
            "terms/2015-12-22/index.html",
            "terms/2015-12-22/index.json",
            "terms/2015-12-22/since/index.html",
            "terms/2016-12-22/index.html",
            "terms/2016-12-22/redline/index.html",
            "terms/history/index.html",
            "terms/index.json",
        ]
    );
}

#[test]
fn a_source_that_is_removed_takes_its_output_with_it() {
    let site = Site::minimal()
        .with("content/about/us.md", text("Words."))
        .with("content/about/map.png", "x");
    site.build();
    assert!(site.public().join("about/us/index.html").is_file());
    site.remove("content/about/us.md");
    site.remove("content/about/map.png");
    site.build();
    assert!(!site.public().join("about").exists());
    let expected = Site::minimal();
    expected.build();
    assert_same(
        "after the removal",
        &expected.published(),
        &site.published(),
    );
}
