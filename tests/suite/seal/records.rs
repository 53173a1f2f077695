//! The record of a text, and what others say of a checkpoint.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use super::{fields, kept, read, seal, sealed, site, try_seal};
use crate::folder;
use crate::html;
use crate::site::{Site, engross, run};

/// What a program says that must succeed, run in the site's folder.
pub(super) fn tool(site: &Site, program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(site.root());
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {output:?}"
    );
    said
}

#[test]
fn a_record_needs_nothing_beside_it() {
    let site = sealed();
    for text in [
        "privacy/2022-01-01.en",
        "privacy/2023-01-01.es",
        "terms/2022-06-01.en",
    ] {
        assert_stands_alone(text, &read(&site, &format!("records/{text}.html")));
    }
}

#[test]
fn a_record_says_of_which_day_it_tells() {
    let site = sealed();
    site.build();
    let page = read(&site, "public/privacy/2022-01-01/index.html");
    let record = read(&site, "records/privacy/2022-01-01.en.html");
    assert!(!page.contains("notice-copy"), "{page}");
    assert!(page.contains("href=\"/privacy/2022-01-01/record/\">Printable copy</a>"));
    let notice = record.split("notice-copy").nth(1).unwrap();
    let notice = notice.split("</div>").next().unwrap();
    assert!(notice.contains("This copy was made on <time"), "{notice}");
    assert!(
        notice.contains("<a href=\"https://legal.example/privacy/2022-01-01/\">"),
        "{notice}"
    );
}

#[test]
fn the_sample_site_is_sealed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seal = ["seal", "--dry-run", "--as-of", "2026-11-25"];
    let told = run(engross(root).args(seal));
    assert_eq!(
        (told.status, told.stdout.as_str()),
        (0, "nothing new to seal\n")
    );
    let records = folder::snapshot(&root.join("records"));
    let records = folder::files(&records);
    let pages = records.iter().filter(|(path, _)| path.ends_with(".html"));
    for (path, bytes) in pages {
        assert_stands_alone(path, std::str::from_utf8(bytes).unwrap());
    }
}

/// Asserts that a page is sound, runs nothing and fetches nothing.
fn assert_stands_alone(text: &str, page: &str) {
    html::check_page(page).unwrap();
    let tags = html::tags(page).unwrap();
    assert!(tags.iter().any(|tag| tag.name == "style"), "{text}");
    assert!(!tags.iter().any(|tag| tag.name == "script"), "{text}");
    for tag in &tags {
        let rel = tag.attribute("rel").unwrap_or_default();
        let fetched = tag.name == "link" && ["stylesheet", "icon", "preload"].contains(&rel);
        assert!(!fetched, "{text}: {tag:?}");
        let src = tag.attribute("src").unwrap_or("data:");
        assert!(src.starts_with("data:"), "{text}: {tag:?}");
        assert_eq!(tag.attribute("srcset"), None, "{text}: {tag:?}");
    }
    for after in page.split("url(").skip(1) {
        let inside = ["\"data:", "\"#", "\"\")"];
        assert!(
            inside.iter().any(|start| after.starts_with(start)),
            "{text}"
        );
    }
    let leads = html::references(&tags);
    let full = ["https://", "#", "mailto:", "tel:", "data:"];
    let rest = leads
        .iter()
        .find(|to| !full.iter().any(|start| to.starts_with(start)));
    assert_eq!(rest, None, "{text}");
}

#[test]
fn a_record_says_what_its_page_says() {
    // As published until it was sealed: from then on the page says that, too.
    let site = site();
    site.build();
    let page = site.page("privacy/2022-01-01/index.html");
    seal(&site, &[]);
    let record = read(&site, "records/privacy/2022-01-01.en.html");
    let words = |page: &str| html::words_outside(page, "style");
    let (before, rest) = record
        .split_once("<div class=\"notice notice-copy\"")
        .unwrap();
    let (_, after) = rest.split_once("</div>\n").unwrap();
    assert_eq!(words(&format!("{before}{after}")), words(&page));
    assert!(record.contains("We keep your data for 90 days"));
}

#[test]
fn a_picture_stands_inside_of_the_record() {
    let site = site();
    site.put("content/terms/chart.png", b"\x89PNG\r\n\x1a\nshort");
    super::replace(
        &site,
        super::TERMS,
        "an account.",
        "an account.\n\n![Chart](chart.png)",
    );
    seal(&site, &[]);
    let page = read(&site, "records/terms/2022-06-01.en.html");
    assert!(page.contains("src=\"data:image/png;base64,iVBORw0KGgpzaG9ydA==\""));
    assert!(read(&site, "records/terms/2022-06-01.en.txt").contains("[Chart]"));
}

#[test]
fn a_signature_is_one_that_ssh_keygen_accepts() {
    let site = site();
    tool(
        &site,
        "ssh-keygen",
        &["-q", "-t", "ed25519", "-N", "", "-C", "a", "-f", "../key"],
    );
    let run = seal(&site, &["--sign", "../key"]);
    assert!(
        run.stdout.contains("checkpoints/4.txt.sig: signed"),
        "{}",
        run.stdout
    );
    let public = fs::read_to_string(site.root().join("../key.pub")).unwrap();
    site.put(
        "../allowed",
        format!("ann@acme.example namespaces=\"engross\" {public}"),
    );
    let verify = |message: &str| {
        let mut command = Command::new("ssh-keygen");
        command.current_dir(site.root());
        command.args(["-Y", "verify", "-n", "engross", "-f", "../allowed"]);
        command.args(["-I", "ann@acme.example", "-s", "checkpoints/4.txt.sig"]);
        command.stdin(File::open(site.root().join(message)).unwrap());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().unwrap().success()
    };
    assert!(verify("checkpoints/4.txt"));
    assert!(!verify("engross.ledger"));
    assert_eq!(super::told(&site), Vec::<String>::new());
    // A checkpoint can be signed later, or again, without a new entry.
    site.remove("checkpoints/4.txt.sig");
    seal(&site, &["--sign", "../key"]);
    assert!(verify("checkpoints/4.txt"));
}

#[test]
fn a_key_that_is_none_is_told() {
    let site = site();
    site.put("../key", "no key\n");
    for key in ["../key", "../none"] {
        let run = try_seal(&site, &["--sign", key]);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(
            run.stderr.contains(&format!("cannot sign with {key}")),
            "{}",
            run.stderr
        );
        assert!(kept(&site).is_empty(), "{key}: something was sealed");
    }
}

#[test]
fn a_key_that_only_ssh_keygen_can_use_is_told_before_anything_is_sealed() {
    let site = site();
    let key = |arguments: &[&str]| {
        let common = ["-q", "-C", "a", "-f"];
        tool(&site, "ssh-keygen", &[&common, arguments].concat());
    };
    key(&["../rsa", "-t", "rsa", "-b", "2048", "-N", ""]);
    key(&["../locked", "-t", "ed25519", "-N", "secret"]);
    for name in ["../rsa", "../locked"] {
        let run = try_seal(&site, &["--sign", name]);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(kept(&site).is_empty(), "{name}: something was sealed");
        let says = "Seal without `--sign` first, and then sign the file in checkpoints/ that this names with \
                    `ssh-keygen -Y sign -n engross -f KEY FILE`";
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
    // What is advised can be done, in its order.
    let run = seal(&site, &[]);
    assert!(run.stdout.contains("checkpoints/4.txt: 4 entries"));
    let arguments = "-q -Y sign -n engross -f ../rsa checkpoints/4.txt";
    tool(
        &site,
        "ssh-keygen",
        &arguments.split(' ').collect::<Vec<_>>(),
    );
    assert!(site.root().join("checkpoints/4.txt.sig").is_file());
}

#[test]
fn a_query_for_a_time_stamp_makes_no_folder_and_what_cannot_be_written_seals_nothing() {
    let site = site();
    let run = try_seal(&site, &["--timestamp-request", "../none/request.tsq"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    let says = "there is no folder ../none\n";
    assert!(run.stderr.contains(says), "{}", run.stderr);
    assert!(!site.root().join("../none").exists());
    assert!(!site.root().join("engross.ledger").exists());
}

#[test]
fn a_query_for_a_time_stamp_is_one_that_openssl_reads() {
    let site = site();
    let run = seal(&site, &["--timestamp-request", "../request.tsq"]);
    assert!(
        run.stdout.contains("checkpoints/4.txt.tsr"),
        "{}",
        run.stdout
    );
    let query = tool(
        &site,
        "openssl",
        &["ts", "-query", "-in", "../request.tsq", "-text"],
    );
    assert!(query.contains("Hash Algorithm: sha256"), "{query}");
    let digest = tool(&site, "sha256sum", &["checkpoints/4.txt"]);
    let dump = query
        .lines()
        .filter_map(|line| line.trim().split_once(" - "));
    let bytes: String = dump
        .map(|(_, row)| row.get(..47).unwrap_or(row).replace(['-', ' '], ""))
        .collect();
    assert_eq!(bytes, digest[..64], "{query}");
    let entry = &fields(&site, "digest")[3];
    assert!(
        !bytes.contains(&entry[7..]),
        "the checkpoint is what is stamped"
    );
}
