//! One changed byte, anywhere in a bundle: its checks fail.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::bundle::{self, Bundle};
use super::{seal, sealed, site};
use crate::site::Site;
use crate::witness::AUTHORITY;

/// A file is changed at each of so many bytes, spread over it; a smaller one at each of its bytes.
const PLACES: usize = 130;

/// Files that the ledger, the checkpoint and its witnesses hold, whatever the list of digests says.
const HELD: [&str; 5] = [
    "source.md",
    "words.txt",
    "record.html",
    "entry.txt",
    "checkpoint.txt",
];

fn places(len: usize) -> Vec<usize> {
    let step = len.div_ceil(PLACES).max(1);
    (0..len).step_by(step).chain(len.checked_sub(1)).collect()
}

/// The places of a file at which a changed byte is not noticed by commands.
fn unnoticed(bundle: &Bundle, name: &str, check: impl Fn() -> bool) -> Vec<usize> {
    let whole = bundle.read(name);
    let changed = |at: &usize| {
        let mut bytes = whole.clone();
        bytes[*at] ^= 1;
        bundle.put(name, &bytes);
        check()
    };
    let found = places(whole.len()).into_iter().filter(changed).collect();
    bundle.put(name, &whole);
    found
}

/// No file can be changed.
fn assert_guarded(bundle: &Bundle, authority: Option<&PathBuf>) {
    let commands = bundle.commands();
    let passes = |commands: &[String]| bundle.check(commands, authority.map(PathBuf::as_path)).0;
    assert!(passes(&commands));
    for name in bundle.names() {
        // By the commands as they were, and where they are what was changed, as they are.
        let found = unnoticed(bundle, &name, || passes(&commands));
        assert!(found.is_empty(), "{name}: {found:?}");
        if name == "VERIFY.md" {
            let found = unnoticed(bundle, &name, || passes(&bundle.commands()));
            assert!(found.is_empty(), "{name}, as it then says: {found:?}");
        }
    }
    assert!(passes(&commands));
}

/// A site whose checkpoint is signed, by somebody whom the site names, and stamped.
fn witnessed() -> (Site, PathBuf) {
    let site = site();
    let key = bundle::key(&site);
    let query = site.root().join("../query");
    seal(
        &site,
        &[
            "--sign",
            &key,
            "--timestamp-request",
            query.to_str().unwrap(),
        ],
    );
    let public = fs::read_to_string(format!("{key}.pub")).unwrap();
    site.put(
        "allowed_signers",
        format!("ann@example.com namespaces=\"engross\" {public}"),
    );
    site.put("../authority.cnf", AUTHORITY);
    site.put("../serial", "29\n");
    for command in [
        "openssl ecparam -name prime256v1 -genkey -noout -out key.pem",
        "openssl req -x509 -new -key key.pem -out authority.pem -days 2 -subj /CN=Stamps -config authority.cnf -extensions authority",
        "openssl ts -reply -queryfile query -config authority.cnf -signer authority.pem -inkey key.pem -out site/checkpoints/5.txt.tsr",
    ] {
        bundle::beside(&site, command);
    }
    let authority = site.root().join("../authority.pem");
    (site, authority)
}

#[test]
fn one_changed_byte_fails_the_checks() {
    assert_guarded(
        &Bundle::of(&sealed(), &["privacy", "--on", "2022-12-25"]),
        None,
    );
}

#[test]
fn one_changed_byte_of_the_zip_fails_the_check_of_its_digest() {
    let site = sealed();
    let home = site.root().join("../a b\\c");
    fs::create_dir(&home).unwrap();
    for name in ["bundle.zip", "a b\\c.zip"] {
        let file = home.join(name);
        let asked = ["evidence", "privacy", "--on", "2022-12-25", "-o"];
        let run = site.run(&[&asked[..], &[file.to_str().unwrap()]].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
        let sums = format!("{name}.sha256");
        assert!(run.stdout.contains(&sums), "{}", run.stdout);
        let holds = || {
            let mut check = Command::new("sha256sum");
            let check = check.args(["--status", "-c", &sums]).current_dir(&home);
            check.status().unwrap().success()
        };
        assert!(holds());
        let whole = fs::read(&file).unwrap();
        // All of the container's directory, which stands at the end, and places of the rest.
        let end = whole.len() - 100..whole.len();
        for at in places(whole.len()).into_iter().chain(end) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&file, bytes).unwrap();
            assert!(!holds(), "{name}, byte {at}");
        }
        fs::write(&file, whole).unwrap();
        assert!(holds());
    }
}

#[test]
fn one_changed_byte_fails_the_checks_of_what_was_witnessed() {
    let (site, authority) = witnessed();
    let bundle = Bundle::of(&site, &["privacy", "--on", "2022-12-25"]);
    for name in [
        "checkpoint.txt.sig",
        "checkpoint.txt.tsr",
        "allowed_signers",
    ] {
        assert!(bundle.names().contains(&name.to_owned()), "{name}");
    }
    let statement = bundle.text("STATEMENT.md");
    assert!(
        statement.contains("`ann@example.com`") && statement.contains("**Time.**"),
        "{statement}"
    );
    assert_guarded(&bundle, Some(&authority));
    let (good, said) = bundle.check(&bundle.commands(), None);
    assert!(!good && said.contains("CAFILE"), "{said}");
}

#[test]
fn whoever_changes_a_file_and_the_list_of_digests_is_found_out() {
    let (site, authority) = witnessed();
    let bundle = Bundle::of(&site, &["privacy", "--on", "2022-12-25"]);
    let commands = bundle.commands();
    let siblings: Vec<String> = bundle
        .names()
        .into_iter()
        .filter(|name| name.starts_with("proof/"))
        .collect();
    assert!(!siblings.is_empty());
    let held = HELD.into_iter().chain(siblings.iter().map(String::as_str));
    for name in held {
        let whole = bundle.read(name);
        for at in places(whole.len()).into_iter().step_by(6) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            bundle.put(name, &bytes);
            bundle.sum_up();
            let (good, said) = bundle.check(&commands, Some(&authority));
            assert!(
                !good && said.contains("1 OK\n"),
                "{name}, byte {at}: {said}"
            );
        }
        bundle.put(name, &whole);
    }
    bundle.sum_up();
    assert!(bundle.check(&commands, Some(&authority)).0);
}

#[test]
fn a_key_that_nobody_names_still_signs() {
    let site = site();
    let key = bundle::key(&site);
    seal(&site, &["--sign", &key]);
    let bundle = Bundle::of(&site, &["terms", "--on", "2022-12-25"]);
    assert!(bundle.text("STATEMENT.md").contains("**A key.**"));
    bundle.assert_passes();
    assert!(bundle.text("VERIFY.md").contains("check-novalidate"));
}
