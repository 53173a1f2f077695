//! Files that cannot be read, or are none.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt as _;
use std::path::Path;

use super::{Case, check};
use crate::folder;
use crate::reports::{self, Problem};
use crate::site::{DAY, Site, TEXT, engross, run, text};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = links_of_the_file_system();
    cases.extend(contents());
    cases.extend(names());
    cases
}

fn links_of_the_file_system() -> Vec<Case> {
    vec![
        Case::new("a link to a file that is not there")
            .prepare(|root| symlink("none.md", root.join("content/privacy/2023-01-01.md")).unwrap())
            .tells(&["content/privacy/2023-01-01.md: dangling-symlink"]),
        Case::new("a link to itself")
            .prepare(|root| {
                symlink("2023-01-01.md", root.join("content/privacy/2023-01-01.md")).unwrap();
            })
            .tells(&["content/privacy/2023-01-01.md: dangling-symlink"]),
        Case::new("a link to a folder around it")
            .prepare(|root| symlink("..", root.join("content/privacy/again")).unwrap())
            .tells(&["content/privacy/again: dangling-symlink"]),
        Case::new("a link to a file outside")
            .prepare(|root| {
                fs::write(root.join("../outside.md"), text("Words.")).unwrap();
                symlink(
                    "../../../outside.md",
                    root.join("content/privacy/2023-01-01.md"),
                )
                .unwrap();
            })
            .tells(&["content/privacy/2023-01-01.md: escaping-symlink"]),
        Case::new("a link to a folder outside")
            .prepare(|root| {
                fs::create_dir(root.join("../outside")).unwrap();
                fs::write(root.join("../outside/2023-01-01.md"), text("Words.")).unwrap();
                symlink("../../outside", root.join("content/terms")).unwrap();
            })
            .tells(&["content/terms: escaping-symlink"]),
        Case::new("all the content is outside")
            .prepare(|root| {
                fs::rename(root.join("content"), root.join("../outside")).unwrap();
                symlink("../outside", root.join("content")).unwrap();
            })
            .tells(&["content: escaping-symlink"]),
        Case::new("the configuration is outside")
            .prepare(|root| {
                fs::rename(root.join("engross.toml"), root.join("../outside.toml")).unwrap();
                symlink("../outside.toml", root.join("engross.toml")).unwrap();
            })
            .tells(&["engross.toml: escaping-symlink"]),
    ]
}

fn contents() -> Vec<Case> {
    vec![
        Case::new("a text that is not UTF-8")
            .file(
                TEXT,
                b"+++\ntitle = \"x\"\n+++\n\nCaf\xC3\xA9 and caf\xE9.\n",
            )
            .tells(&["content/privacy/2022-01-01.md:5:13: invalid-utf8"]),
        Case::new("a configuration that is not UTF-8")
            .file("engross.toml", b"title = \"\xFF\"\n")
            .tells(&["engross.toml:1:10: invalid-utf8"]),
        Case::new("NUL in a text")
            .file(TEXT, text("Words\0."))
            .tells(&["content/privacy/2022-01-01.md:5:6: control-character"]),
        Case::new("other control characters, counted")
            .file(TEXT, text("é\u{7} \u{8} \u{FFFE}"))
            .tells(&["content/privacy/2022-01-01.md:5:2: control-character"])
            .says(&["U+0007, and 2 more"]),
        Case::new("NUL in a clause")
            .file("content/clauses/contact.md", "Write to us\0.")
            .tells(&["content/clauses/contact.md:1:12: control-character"]),
        Case::new("NUL in a template")
            .file(
                "themes/default/templates/footer.html",
                "<footer>\0</footer>",
            )
            .tells(&["themes/default/templates/footer.html:1:9: control-character"]),
        Case::new("an empty text").file(TEXT, "").tells(&[
            "content/privacy/2022-01-01.md: empty-text",
            "content/privacy/2022-01-01.md: no-title",
        ]),
        Case::new("something that is neither a file nor a folder")
            .prepare(|root| {
                drop(UnixListener::bind(root.join("content/privacy/2023-01-01.md")).unwrap());
            })
            .tells(&["content/privacy/2023-01-01.md: unreadable"]),
        Case::new("there is no configuration")
            .prepare(|root| fs::remove_file(root.join("engross.toml")).unwrap())
            .tells(&["engross.toml: no-configuration"]),
    ]
}

fn names() -> Vec<Case> {
    vec![
        Case::new("a name that is not UTF-8")
            .prepare(|root| {
                let name = std::ffi::OsStr::from_bytes(b"2023-\xFF.md");
                fs::write(root.join("content/privacy").join(name), "x").unwrap();
            })
            .tells(&["content/privacy/2023-\u{FFFD}.md: bad-file-name"]),
        Case::new("a day in another order as a name")
            .file("content/privacy/22-12-2022.md", text("Words."))
            .tells(&["content/privacy/22-12-2022.md: bad-file-name"]),
        Case::new("a day that does not exist as a name")
            .file("content/privacy/2022-02-30.md", text("Words."))
            .tells(&["content/privacy/2022-02-30.md: impossible-date"]),
        Case::new("a mark that is neither a correction nor a language")
            .file("content/privacy/2022-12-22.final.md", text("Words."))
            .tells(&["content/privacy/2022-12-22.final.md: bad-file-name"]),
        Case::new("a language that the site does not have")
            .file("content/privacy/2022-01-01.es.md", text("Palabras."))
            .tells(&["content/privacy/2022-01-01.es.md: bad-file-name"])
            .says(&["add \"es\" to `languages` in engross.toml"]),
        Case::new("a dated text without a folder")
            .file("content/2022-01-01.md", text("Words."))
            .tells(&["content/2022-01-01.md: bad-file-name"]),
        Case::new("a file that nothing reads")
            .file("content/privacy/notes.txt", "x")
            .tells(&["content/privacy/notes.txt: stray-file (warning)"]),
    ]
}

#[test]
fn broken_files() {
    if cfg!(target_os = "linux") {
        check(&cases());
    }
}

/// Who may read everything, as root may, is nobody for this test.
#[test]
fn what_may_not_be_read_is_told() {
    const NOBODY: u32 = 65534;
    let site = Site::minimal()
        .with("content/privacy/2023-01-01.md", text("Words."))
        .with("content/terms/2023-01-01.md", text("Words."));
    site.build();
    let forbid = |path: &str| {
        fs::set_permissions(site.root().join(path), fs::Permissions::from_mode(0o0)).unwrap();
    };
    let allow = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    allow(site.root().parent().unwrap());
    allow(&site.root());
    forbid("content/privacy/2023-01-01.md");
    forbid("content/terms");
    let is_root = fs::read(site.root().join("content/privacy/2023-01-01.md")).is_ok();
    let before = (site.published(), folder::names(&site.root()));
    let mut command = engross(&site.root());
    command.args(["check", "--as-of", DAY, "--format", "json"]);
    if is_root {
        command.uid(NOBODY).gid(NOBODY);
    }
    let Ok(output) = command.output() else {
        eprintln!("skipped: nobody may run {}", env!("CARGO_BIN_EXE_engross"));
        return allow(&site.root().join("content/terms"));
    };
    let lines: Vec<String> = reports::read(&String::from_utf8(output.stdout).unwrap())
        .iter()
        .map(Problem::line)
        .collect();
    assert_eq!(
        lines,
        [
            "content/privacy/2023-01-01.md: unreadable",
            "content/terms: unreadable"
        ]
    );
    assert_eq!(output.status.code(), Some(1));
    let mut build = engross(&site.root());
    if is_root {
        // Nobody may write beside the folder either, so the report is the same, and so is the folder.
        allow(&site.root());
        fs::set_permissions(site.root(), fs::Permissions::from_mode(0o777)).unwrap();
        build.uid(NOBODY).gid(NOBODY);
    }
    let build = run(build.args(["build", "--as-of", DAY]));
    assert_eq!(build.status, 1, "{}", build.stderr);
    assert_eq!((site.published(), folder::names(&site.root())), before);
    allow(&site.root().join("content/terms"));
}

/// A folder of others that cannot be read cannot be carried over: nothing may be exchanged then.
#[test]
fn a_folder_of_others_that_may_not_be_read_stops_a_publication() {
    const NOBODY: u32 = 65534;
    let site = Site::minimal();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(site.root().parent().unwrap(), 0o755);
    mode(&site.root(), 0o777);
    let build = || {
        let mut command = engross(&site.root());
        if fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0) {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.args(["build", "--as-of", DAY]);
        command
    };
    let Ok(first) = build().output() else {
        return eprintln!("skipped: nobody may run {}", env!("CARGO_BIN_EXE_engross"));
    };
    assert_eq!(first.status.code(), Some(0));
    let secret = site.public().join("secret");
    mode(&site.public(), 0o777);
    fs::create_dir(&secret).unwrap();
    fs::write(secret.join("mine.txt"), "mine").unwrap();
    let names = folder::names(&site.root());
    // Neither what may not be read nor what could not be cleared afterwards is exchanged.
    for bits in [0o0, 0o555] {
        mode(&secret, bits);
        let refused = run(&mut build());
        mode(&secret, 0o777);
        assert_eq!(refused.status, 2, "{}", refused.stderr);
        assert!(refused.stderr.contains("secret"), "{}", refused.stderr);
        assert_eq!(fs::read(secret.join("mine.txt")).unwrap(), b"mine");
        assert_eq!(folder::names(&site.root()), names);
    }
    let kept = run(&mut build());
    assert_eq!(kept.status, 0, "{}", kept.stderr);
    assert_eq!(fs::read(secret.join("mine.txt")).unwrap(), b"mine");
}
