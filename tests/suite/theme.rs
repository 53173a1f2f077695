//! `engross theme`: which files of a theme are used, and copies of them that nothing is lost by.

use serde_json::Value;

use crate::folder;
use crate::site::{CONFIG, Run, Site, TEXT, config};

/// A site with changes to the default theme, and a text that is broken.
fn site() -> Site {
    Site::minimal()
        .with(
            "themes/default/templates/footer.html",
            "<footer></footer>\n",
        )
        .with(
            "themes/default/i18n/en.toml",
            "[strings]\ncontents = \"On this page\"\n",
        )
        .with("themes/default/static/dot.png", b"\x89PNG\xff\x1b[1m")
        .with(TEXT, "+++\ntitle = \n+++\n{{")
}

/// What the list says of a file.
fn of(site: &Site, path: &str) -> String {
    let run = site.run(&["theme"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let line = run
        .stdout
        .lines()
        .find(|line| line.starts_with(&format!("{path} ")));
    line.unwrap_or_else(|| panic!("{path}: {}", run.stdout))[path.len()..]
        .trim()
        .to_owned()
}

fn assert_refused(run: &Run, says: &[&str]) {
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    for says in says {
        assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
    }
}

#[test]
fn every_file_is_listed_with_where_it_stands() {
    let site = site();
    assert_eq!(of(&site, "templates/version.html"), "built-in");
    assert_eq!(
        of(&site, "templates/footer.html"),
        "themes/default, in place of built-in"
    );
    assert_eq!(
        of(&site, "i18n/en.toml"),
        "themes/default, added to built-in"
    );
    assert_eq!(of(&site, "static/dot.png"), "themes/default");
    let built_in = folder::names(std::path::Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/themes/default/templates"
    )));
    for name in built_in {
        of(&site, &format!("templates/{name}"));
    }
    site.put("engross.toml", config("theme = \"acme\""));
    site.put("themes/acme/theme.toml", "extends = \"default\"\n");
    site.put("themes/acme/templates/footer.html", "x");
    assert_eq!(
        of(&site, "templates/footer.html"),
        "themes/acme, in place of themes/default, built-in"
    );
}

#[test]
fn programs_get_the_list_as_json() {
    let run = site().run(&["theme", "--format", "json"]);
    let list: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(list["theme"], "default");
    let files = list["files"].as_array().unwrap();
    let footer = files
        .iter()
        .find(|file| file["path"] == "templates/footer.html")
        .unwrap();
    let due = serde_json::json!({ "path": "templates/footer.html", "from": "themes/default", "also_in": ["built-in"] });
    assert_eq!(*footer, due);
}

#[test]
fn the_file_that_is_used_is_printed_as_it_is() {
    let site = site();
    let printed = |name: &str| site.run(&["theme", "show", name]).stdout;
    assert_eq!(printed("templates/footer.html"), "<footer></footer>\n");
    assert_eq!(printed("footer.html"), printed("templates/footer.html"));
    assert_eq!(
        printed("./themes/default/templates/footer.html"),
        printed("footer.html")
    );
    assert_eq!(
        printed("style.css"),
        include_str!("../../themes/default/static/style.css")
    );
    let raw = crate::site::engross(&site.root())
        .args(["theme", "show", "dot.png"])
        .output()
        .unwrap();
    assert_eq!(raw.stdout, b"\x89PNG\xff\x1b[1m");
}

#[test]
fn a_name_must_mean_one_file() {
    let site = site().with("themes/default/static/footer.html", "x");
    let show = |name: &str| site.run(&["theme", "show", name]);
    assert_refused(
        &show("versoin.html"),
        &["no file `versoin.html`", "did you mean `version.html`?"],
    );
    assert_refused(
        &show("template/version.html"),
        &["did you mean `templates/version.html`?"],
    );
    assert_refused(&show("qqqqqqqq"), &["`engross theme` lists its files"]);
    assert_refused(
        &show("footer.html"),
        &["static/footer.html, templates/footer.html"],
    );
    assert!(show("theme.toml").stdout.contains("[grounds]"));
    assert_refused(&site.run(&["theme", "copy"]), &["<FILE>"]);
}

#[test]
fn copies_go_into_the_theme_of_the_site() {
    let site = Site::minimal();
    let run = site.run(&[
        "theme",
        "copy",
        "header.html",
        "es.toml",
        "header.html",
        "--quiet",
    ]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "themes/default/i18n/es.toml, a copy of the one in the program\n\
         themes/default/templates/header.html, a copy of the one in the program\n"
    );
    let root = site.root();
    let header =
        std::fs::read_to_string(root.join("themes/default/templates/header.html")).unwrap();
    assert_eq!(
        header,
        include_str!("../../themes/default/templates/header.html")
    );
    assert_eq!(
        of(&site, "templates/header.html"),
        "themes/default, in place of built-in"
    );
    site.build();

    site.put("engross.toml", config("theme = \"acme\""));
    site.put("themes/acme/theme.toml", "extends = \"default\"\n");
    let run = site.run(&["theme", "copy", "header.html", "style.css"]);
    assert!(
        run.stdout
            .starts_with("themes/acme/static/style.css, a copy of the one in the program\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("themes/acme/templates/header.html, a copy of the one in themes/default\n"),
        "{}",
        run.stdout
    );
    site.build();
}

#[test]
fn nothing_is_written_over() {
    let site = site();
    let before = folder::snapshot(&site.root());
    let there = "themes/default/templates/footer.html is there already";
    assert_refused(
        &site.run(&["theme", "copy", "header.html", "footer.html"]),
        &[there, "nothing was written"],
    );
    assert_eq!(folder::snapshot(&site.root()), before);
    // What stands in the place of a folder is no file of the theme, and is in the way.
    let site = Site::minimal().with("themes/default/static", "a file");
    assert_refused(
        &site.run(&["theme", "copy", "style.css"]),
        &["themes/default/static is there already"],
    );
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link_out_of_the_site() {
    let site = Site::minimal();
    std::os::unix::fs::symlink(std::env::temp_dir(), site.root().join("themes")).unwrap();
    let run = site.run(&["theme", "copy", "style.css"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("escaping-symlink"), "{}", run.stderr);
}

#[test]
fn a_site_without_a_theme_has_no_files() {
    let site = Site::minimal().with("engross.toml", config("theme = \"acme\""));
    let run = site.run(&["theme"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("no-theme"), "{}", run.stderr);
    site.put("engross.toml", format!("{CONFIG}= 1\n"));
    assert_eq!(site.run(&["theme", "copy", "style.css"]).status, 1);
    assert!(!site.root().join("themes").exists());
}
