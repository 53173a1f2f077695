//! Whatever way a file is changed: it is seen.

use std::fs;
use std::time::Duration;

use super::{Running, site};
use crate::site::{CONFIG, TEXT, text};

#[test]
fn a_save_in_place_is_seen() {
    let site = site();
    let server = Running::serve(&site);
    site.put(TEXT, text("Saved in place."));
    server.wait_for("/privacy/", "Saved in place.");
}

#[test]
fn a_save_by_rename_is_seen_at_once_and_late() {
    let site = site();
    let server = Running::serve(&site);
    let target = site.root().join(TEXT);
    let beside = site.root().join("content/privacy/.2022-01-01.md.swp");
    fs::write(&beside, text("Renamed at once.")).unwrap();
    fs::rename(&beside, &target).unwrap();
    server.wait_for("/privacy/", "Renamed at once.");
    // With a name of its own in the meantime, as some editors do, and so late that nobody waits any more.
    let beside = site.root().join("content/privacy/2022-01-01.md~");
    fs::write(&beside, text("Renamed late.")).unwrap();
    std::thread::sleep(Duration::from_millis(1200));
    fs::rename(&beside, &target).unwrap();
    server.wait_for("/privacy/", "Renamed late.");
    let outside = site.root().join("beside.md");
    fs::write(&outside, text("From outside.")).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    fs::rename(&outside, &target).unwrap();
    server.wait_for("/privacy/", "From outside.");
}

#[test]
fn a_backup_that_moves_the_file_away_first_is_seen() {
    let site = site();
    let server = Running::serve(&site);
    let target = site.root().join(TEXT);
    fs::rename(&target, site.root().join("content/privacy/2022-01-01.md~")).unwrap();
    fs::write(&target, text("Written anew.")).unwrap();
    server.wait_for("/privacy/", "Written anew.");
}

#[test]
fn a_text_that_moves_or_goes_takes_its_address_along() {
    let site = site();
    let server = Running::serve(&site);
    let old = site.root().join("content/terms/2023-01-01.md");
    fs::rename(&old, site.root().join("content/terms/2023-02-01.md")).unwrap();
    server.wait_for("/terms/2023-02-01/", "One each.");
    super::wait_until("the old address is gone", || {
        server.get("/terms/2023-01-01/").status == 404
    });
    site.remove("content/terms/2023-02-01.md");
    super::wait_until("the address is gone", || {
        server.get("/terms/2023-02-01/").status == 404
    });
    fs::rename(
        site.root().join("content/terms"),
        site.root().join("content/conditions"),
    )
    .unwrap();
    server.wait_for("/conditions/", "Two each.");
    fs::remove_dir_all(site.root().join("content/conditions")).unwrap();
    super::wait_until("the document is gone", || {
        server.get("/conditions/").status == 404
    });
}

#[test]
fn new_folders_inside_each_other_with_files_are_seen() {
    let site = site();
    let server = Running::serve(&site);
    for round in 0..5 {
        let path = format!("content/new{round}/inside/deeper/2023-01-01.md");
        site.put(&path, "# Deep\n\nAll the way down.\n");
        server.wait_for(&format!("/new{round}/inside/deeper/"), "All the way down.");
    }
}

#[test]
fn folders_that_come_after_the_start_are_watched() {
    let site = site();
    let server = Running::serve(&site);
    site.put(
        "themes/default/templates/404.html",
        "<!doctype html><title>x</title><body>Nothing, says the theme.</body>",
    );
    server.wait_for("/nothing/here/", "Nothing, says the theme.");
    site.put(
        "themes/default/templates/404.html",
        "<!doctype html><title>x</title><body>Still nothing.</body>",
    );
    server.wait_for("/nothing/here/", "Still nothing.");
    site.put("content/data/facts.toml", "hours = 12\n");
    site.put(TEXT, text("{{ data.facts.hours }} hours."));
    server.wait_for("/privacy/", "12 hours.");
    site.put("content/data/facts.toml", "hours = 36\n");
    server.wait_for("/privacy/", "36 hours.");
}

#[test]
fn an_edit_of_the_same_size_with_the_same_times_is_seen() {
    let site = site();
    let path = site.root().join(TEXT);
    site.put(TEXT, text("The court of Cork."));
    let server = Running::serve(&site);
    let times = fs::metadata(&path).unwrap().modified().unwrap();
    for court in ["Kerry", "Mayo.", "Clare"] {
        let words = text(&format!("Courts of {court}."));
        fs::write(&path, words).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(times).unwrap();
        drop(file);
        server.wait_for("/privacy/", court);
    }
}

#[test]
fn configuration_theme_data_and_clauses_are_seen() {
    let site = site()
        .with(
            "content/terms/2024-01-01.md",
            "# Terms\n\n{{ organization.name }}\n\n{{ clause(name=\"contact\") }}\n",
        )
        .with("content/clauses/contact.md", "Write to us.\n");
    let server = Running::serve(&site);
    server.wait_for("/terms/", "Write to us.");
    site.put("content/clauses/contact.md", "Call us.\n");
    server.wait_for("/terms/", "Call us.");
    site.put("engross.toml", CONFIG.replace("Acme", "Fernway"));
    server.wait_for("/terms/", "Fernway");
    site.put("themes/default/static/style.css", "p { color: teal }\n");
    super::wait_until("the page has the new style sheet", || {
        let page = server.get("/terms/").body;
        let href = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
        let style = server.get(href.split('"').next().unwrap());
        style.status == 200 && style.body.contains("teal")
    });
}

#[test]
fn files_of_no_use_change_nothing() {
    let site = site();
    let mut server = Running::serve(&site);
    let before = settled(&server);
    site.put("public/index.html", "not ours");
    site.put("notes.txt", "notes");
    site.put("content/privacy/.draft.md.swp", "swap");
    site.put("content/privacy/4913", "");
    site.remove("content/privacy/4913");
    site.put("content/privacy/2022-01-01.md~", "backup");
    // The same bytes again are no change.
    let words = fs::read(site.root().join(TEXT)).unwrap();
    site.put(TEXT, words);
    site.put(TEXT, text("Now."));
    server.wait_for("/privacy/", "Now.");
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(server.generation(), before + 1);
    let lines = server.hear_for(Duration::from_millis(100));
    let rebuilds: Vec<_> = lines.iter().filter(|line| line.ends_with(" ms")).collect();
    assert_eq!(rebuilds.len(), 1, "{lines:#?}");
}

/// The generation when everything has been checked after the start.
fn settled(server: &Running) -> u64 {
    let mut last = server.generation();
    loop {
        std::thread::sleep(Duration::from_millis(1200));
        let now = server.generation();
        if now == last {
            return now;
        }
        last = now;
    }
}

#[test]
fn one_edit_is_one_rebuild_and_then_there_is_silence() {
    let site = site();
    let mut server = Running::serve(&site);
    let before = settled(&server);
    site.put(TEXT, text("One edit."));
    server.hear("content/privacy/2022-01-01.md");
    server.wait_for("/privacy/", "One edit.");
    let more = server.hear_for(Duration::from_secs(30));
    assert!(more.is_empty(), "{more:#?}");
    assert_eq!(server.generation(), before + 1);
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_to_do_takes_no_time() {
    let site = site();
    let server = Running::serve(&site);
    settled(&server);
    let before = server.ticks();
    std::thread::sleep(Duration::from_secs(12));
    // A tick is a hundredth of a second on every usual system: this is under 2 % of a processor.
    assert!(server.ticks() - before < 24);
}

#[test]
fn two_hundred_files_at_once_are_at_most_two_rebuilds() {
    let site = (0..200).fold(site(), |site, n| {
        site.with(&format!("content/d{n}/2023-01-01.md"), "# A text\n\nOld.\n")
    });
    let mut server = Running::serve(&site);
    settled(&server);
    server.hear_for(Duration::from_millis(100));
    for n in 0..200 {
        site.put(&format!("content/d{n}/2023-01-01.md"), "# A text\n\nNew.\n");
    }
    server.wait_for("/d199/", "New.");
    server.wait_for("/d0/", "New.");
    let lines = server.hear_for(Duration::from_secs(2));
    let rebuilds = lines.iter().filter(|line| line.ends_with(" ms")).count();
    assert!((1..=2).contains(&rebuilds), "{lines:#?}");
}

#[test]
fn words_are_never_missed_over_many_edits() {
    let site = site();
    let server = Running::serve(&site);
    for n in 0..200 {
        site.put(TEXT, text(&format!("Edit number {n}.")));
        if n % 10 == 9 {
            server.wait_for("/privacy/", &format!("Edit number {n}."));
        }
    }
}

#[test]
fn an_editor_that_empties_a_file_before_it_writes_leaves_no_blank_page() {
    let site = site();
    let server = Running::serve(&site);
    settled(&server);
    let path = site.root().join(TEXT);
    for n in 0..5 {
        // Closed empty, and written a moment later.
        fs::write(&path, "").unwrap();
        for _ in 0..5 {
            let page = server.get("/privacy/");
            assert!(page.status == 200 && page.body.contains("Privacy Policy"));
            std::thread::sleep(Duration::from_millis(5));
        }
        fs::write(&path, text(&format!("Then written, {n}."))).unwrap();
        server.wait_for("/privacy/", &format!("Then written, {n}."));
        assert_eq!(server.errors(), 0);
    }
}

#[test]
fn a_text_that_was_wrong_follows_when_more_than_its_words_is_mended() {
    let site = site();
    let server = Running::serve(&site);
    site.put(TEXT, text("See [nothing](#nothing)."));
    super::wait_until("the error is told", || server.errors() == 1);
    site.put(
        TEXT,
        "+++\ntitle = \"Privacy Policy\"\nmaterial = true\n+++\n\nMended with its front matter.\n",
    );
    server.wait_for("/privacy/", "Mended with its front matter.");
    assert_eq!(server.errors(), 0);
    site.put("content/dpa/2023-01-01.md", "# DPA\n\nWords.\n");
    server.wait_for("/dpa/", "Words.");
    site.put(
        "content/dpa/2023-01-01.md",
        "# DPA\n\nSee [nothing](#nothing).\n",
    );
    super::wait_until("the error is told", || server.errors() == 1);
    fs::remove_dir_all(site.root().join("content/dpa")).unwrap();
    super::wait_until("the document is gone", || {
        server.get("/dpa/").status == 404 && server.errors() == 0
    });
}

#[test]
fn a_folder_that_takes_the_place_of_another_is_watched() {
    let site = site();
    let server = Running::serve(&site);
    for round in 0..3 {
        let (old, new) = (site.root().join("content"), site.root().join("new"));
        copy(&old, &new);
        fs::rename(&old, site.root().join(format!("old{round}"))).unwrap();
        fs::rename(&new, &old).unwrap();
        site.put("content/terms/document.toml", format!("order = {round}\n"));
        super::wait_until("the new folder is seen", || {
            server.get("/terms/").status == 200 && server.errors() == 0
        });
        // Without being watched, this would be seen by chance only, half a minute later.
        for edit in 0..5 {
            let words = format!("Round {round}, edit {edit}.");
            site.put(TEXT, text(&words));
            server.wait_for("/privacy/", &words);
        }
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_a_link_leads_to_is_followed() {
    let site = site();
    site.put("texts/dpa.md", "# DPA\n\nFirst words.\n");
    fs::create_dir_all(site.root().join("content/dpa")).unwrap();
    let link = site.root().join("content/dpa/2023-01-01.md");
    std::os::unix::fs::symlink("../../texts/dpa.md", link).unwrap();
    let server = Running::serve(&site);
    server.wait_for("/dpa/", "First words.");
    site.put("texts/dpa.md", "# DPA\n\nOther words.\n");
    server.wait_for("/dpa/", "Other words.");
}
