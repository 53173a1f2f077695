//! Publishing: who reads the folder sees a whole site, whatever happens to the program.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::folder::{self, Snapshot};
use crate::site::{DAY, Site, config, engross, text};

/// Two sites of one folder to publish to, of which no page is the same.
struct Rivals {
    a: Site,
    b: Site,
    folder: TempDir,
    whole_a: Snapshot,
    whole_b: Snapshot,
}

impl Rivals {
    fn new() -> Self {
        let (a, b) = (site("Alpha"), site("Beta"));
        a.build();
        b.build();
        let (whole_a, whole_b) = (a.published(), b.published());
        assert!(
            whole_a
                .values()
                .filter(|entry| entry.bytes.is_some())
                .count()
                > 150
        );
        Self {
            a,
            b,
            folder: tempfile::tempdir().unwrap(),
            whole_a,
            whole_b,
        }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn command(&self, site: &Site) -> Command {
        let mut command = engross(&site.root());
        command
            .args(["build", "--quiet", "--as-of", DAY, "--out"])
            .arg(self.out());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn build(&self, site: &Site) {
        assert!(self.command(site).status().unwrap().success());
    }

    fn spawn(&self, site: &Site) -> Child {
        self.command(site).spawn().unwrap()
    }

    /// Which of the two sites is published; neither is a fault.
    fn standing(&self) -> &'static str {
        let found = folder::snapshot(&self.out());
        let from_a = folder::difference(&self.whole_a, &found);
        let from_b = folder::difference(&self.whole_b, &found);
        match (from_a.is_empty(), from_b.is_empty()) {
            (true, _) => "a",
            (_, true) => "b",
            _ => panic!(
                "mixed: {} files are not of a, {} not of b",
                from_a.len(),
                from_b.len()
            ),
        }
    }

    fn assert_alone(&self) {
        assert_eq!(folder::names(self.folder.path()), ["public"]);
    }
}

/// A site of about 160 files, on each of whose pages its name stands.
fn site(name: &str) -> Site {
    let toml = config("").replace("Legal", name).replace("Acme", name);
    let site = Site::empty().with("engross.toml", toml);
    for n in 0..50 {
        site.put(
            &format!("content/document-{n}/2022-01-01.md"),
            text(&format!("{name} {n}\n\n## Scope\n\nWords.")),
        );
    }
    site
}

/// Numbers that look like chance and are the same in every run (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn a_build_that_is_killed_leaves_the_old_site_or_the_new_one() {
    let rivals = Rivals::new();
    let started = Instant::now();
    rivals.build(&rivals.a);
    let whole = started.elapsed();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..50 {
        let site = if round % 2 == 0 { &rivals.b } else { &rivals.a };
        let mut child = rivals.spawn(site);
        let limit = u64::try_from(whole.as_micros()).unwrap();
        thread::sleep(Duration::from_micros(random.below(limit)));
        child.kill().unwrap();
        child.wait().unwrap();
        rivals.standing();
        if round % 10 == 9 {
            rivals.build(site);
            assert_eq!(rivals.standing(), if round % 2 == 0 { "b" } else { "a" });
            rivals.assert_alone();
        }
    }
}

#[test]
fn what_a_killed_build_left_is_cleared_by_the_next() {
    let rivals = Rivals::new();
    rivals.build(&rivals.a);
    let left = rivals.folder.path().join(".engross-public-new");
    fs::create_dir_all(left.join("privacy")).unwrap();
    fs::write(left.join("privacy/index.html"), "half a p").unwrap();
    rivals.build(&rivals.b);
    assert_eq!(rivals.standing(), "b");
    rivals.assert_alone();
}

/// On file systems that cannot exchange two folders there is a moment with none.
#[test]
fn a_site_that_was_moved_away_is_put_back() {
    let site = Site::minimal();
    site.build();
    let before = site.published();
    fs::rename(site.public(), site.root().join(".engross-public-old")).unwrap();
    site.put("content/privacy/2022-01-01.md", text("[a](none/)"));
    assert_eq!(site.run(&["build", "--as-of", DAY]).status, 1);
    assert_eq!(site.published(), before);
    assert_eq!(
        folder::names(&site.root()),
        ["content", "engross.toml", "public"]
    );
}

#[test]
fn of_two_builds_at_once_both_end_well() {
    let rivals = Rivals::new();
    for _ in 0..5 {
        let mut children = [&rivals.a, &rivals.b, &rivals.a].map(|site| rivals.spawn(site));
        assert!(
            children
                .iter_mut()
                .all(|child| child.wait().unwrap().success())
        );
        rivals.standing();
        rivals.assert_alone();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_reader_sees_whole_pages_while_the_site_is_exchanged() {
    let rivals = Rivals::new();
    rivals.build(&rivals.a);
    let done = AtomicBool::new(false);
    let pages = [
        rivals.out().join("index.html"),
        rivals.out().join("document-7/index.html"),
    ];
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0_u64;
            while !done.load(Ordering::Relaxed) {
                for page in &pages {
                    assert_whole(page);
                    reads += 1;
                }
            }
            reads
        });
        for round in 0..20 {
            rivals.build(if round % 2 == 0 { &rivals.b } else { &rivals.a });
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 100);
    });
}

/// A page is one of the two sites', from its first line to its last.
fn assert_whole(page: &Path) {
    let html =
        fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    assert!(html.ends_with("</html>\n"), "cut: {html:?}");
    assert_ne!(html.contains("Alpha"), html.contains("Beta"));
}

#[test]
fn files_of_others_in_the_folder_survive() {
    let site = Site::minimal();
    site.build();
    site.put("public/CNAME", "legal.example");
    site.put("public/privacy/notes.txt", "notes");
    site.put("public/own/deep/page.html", "page");
    fs::create_dir(site.public().join("empty")).unwrap();
    symlink("nowhere", site.public().join("link")).unwrap();
    let own = ["CNAME", "privacy/notes.txt", "own/deep/page.html", "link"];
    let before = site.published();
    site.put("content/terms/2022-01-01.md", text("Words."));
    let run = site.build();
    let after = site.published();
    for path in own {
        assert_eq!(before[path], after[path], "{path}");
        assert!(
            run.stdout.contains(path),
            "{path} is not told: {}",
            run.stdout
        );
    }
    assert!(after.contains_key("empty"));
    assert!(after.contains_key("terms/index.html"));
}

#[test]
fn a_foreign_file_where_a_page_has_to_go_is_not_overwritten() {
    for (path, added) in [
        ("terms/index.html", "content/terms/2022-01-01.md"),
        ("terms", "content/terms/2022-01-01.md"),
        ("chart.png/of/others.txt", "content/chart.png"),
    ] {
        let site = Site::minimal();
        site.build();
        site.put(&format!("public/{path}"), "mine");
        site.put(added, text("Words."));
        let before = (site.published(), folder::names(&site.root()));
        let run = site.run(&["build", "--as-of", DAY]);
        assert_eq!(run.status, 2, "{path}: {}", run.stdout);
        assert!(
            run.stderr.contains(path.split('/').next().unwrap()),
            "{}",
            run.stderr
        );
        assert_eq!(
            (site.published(), folder::names(&site.root())),
            before,
            "{path}"
        );
    }
}

#[test]
fn a_page_of_ours_that_somebody_changed_is_written_anew() {
    let site = Site::minimal();
    site.build();
    let before = site.published();
    site.put("public/privacy/index.html", "defaced");
    site.build();
    assert!(folder::difference(&before, &site.published()).is_empty());
}

#[test]
fn a_link_to_the_folder_stays_a_link() {
    let site = Site::minimal();
    fs::create_dir(site.root().join("real")).unwrap();
    symlink("real", site.public()).unwrap();
    site.build();
    site.put("content/terms/2022-01-01.md", text("Words."));
    site.build();
    assert!(site.public().is_symlink());
    assert!(site.root().join("real/terms/index.html").is_file());
}

#[test]
fn a_hard_link_that_somebody_edits_does_not_change_the_next_site() {
    // Unchanged files are linked from the old folder to the new one: never written through.
    let site = Site::minimal();
    site.build();
    let page = site.public().join("privacy/index.html");
    let copy = site.root().join("copy.html");
    fs::hard_link(&page, &copy).unwrap();
    let before = fs::read(&copy).unwrap();
    site.put("content/privacy/2022-01-01.md", text("Other words."));
    site.build();
    assert_eq!(fs::read(&copy).unwrap(), before);
    assert_ne!(fs::read(&page).unwrap(), before);
}

#[test]
fn the_marker_lists_what_is_ours() {
    let site = Site::minimal();
    site.build();
    let marker = site.page(".engross");
    let listed: Vec<&str> = marker
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let published = site.published();
    let files: Vec<&str> = folder::files(&published)
        .into_keys()
        .filter(|path| *path != ".engross")
        .collect();
    assert_eq!(listed, files);
}
