//! `engross watch`: a build at every change.

use std::fs;
use std::time::Duration;

use super::{Running, site};
use crate::site::{DAY, TEXT, text};

fn watch(site: &crate::site::Site) -> Running {
    Running::start(site, &["watch", "--as-of", DAY])
}

#[test]
fn what_changed_is_published_and_nothing_else_is_written() {
    let site = site();
    let mut watcher = watch(&site);
    watcher.hear("everything:");
    let terms = site.public().join("terms/index.html");
    let page = site.public().join("privacy/index.html");
    let before = fs::metadata(&terms).unwrap().modified().unwrap();
    site.put(TEXT, text("Published by watching."));
    let line = watcher.hear(TEXT);
    assert!(
        line.contains(" written, ") && line.ends_with(" ms"),
        "{line}"
    );
    assert!(
        fs::read_to_string(page)
            .unwrap()
            .contains("Published by watching.")
    );
    assert_eq!(fs::metadata(&terms).unwrap().modified().unwrap(), before);
    let more = watcher.hear_for(Duration::from_secs(3));
    assert!(more.is_empty(), "{more:#?}");
}

#[test]
fn while_there_is_an_error_the_published_folder_stays() {
    let site = site();
    let mut watcher = watch(&site);
    watcher.hear("everything:");
    let before = site.published();
    site.put(TEXT, text("See [nothing](#nothing)."));
    watcher.hear("error[dead-link]");
    watcher.hear("nothing was written");
    assert_eq!(site.published(), before);
    site.put(TEXT, text("Mended."));
    watcher.hear(TEXT);
    assert_ne!(site.published(), before);
}

#[test]
fn it_starts_on_a_broken_tree() {
    let site = site().with("engross.toml", "title = ");
    let mut watcher = watch(&site);
    watcher.hear("nothing was written");
    assert!(watcher.is_running());
    site.put("engross.toml", crate::site::CONFIG);
    watcher.hear("engross.toml:");
    assert!(site.public().join("index.html").exists());
}

#[test]
fn new_folders_and_atomic_saves_are_published() {
    let site = site();
    let mut watcher = watch(&site);
    watcher.hear("everything:");
    site.put("content/a/b/2023-01-01.md", "# Deep\n\nWords.\n");
    watcher.hear("content/a/b/2023-01-01.md");
    assert!(site.public().join("a/b/index.html").exists());
    let beside = site.root().join("content/privacy/.swp");
    fs::write(&beside, text("By rename.")).unwrap();
    fs::rename(beside, site.root().join(TEXT)).unwrap();
    watcher.hear(TEXT);
    let page = fs::read_to_string(site.public().join("privacy/index.html")).unwrap();
    assert!(page.contains("By rename."));
}
