//! Signatures and time stamps beside the checkpoints: what holds, and what cannot be checked here.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::{assert_right, assert_wrong, read, replace, sealed, verify};
use crate::site::{self, DAY, Site};
use crate::witness::stamped;

/// The public half of the key of the examples.
const PUBLIC: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK5EXvmad3TEFVxTP6DubMt7fIzlTjJWClpIPcPO5Y/A";

#[test]
fn signatures_are_told_with_their_signer() {
    let site = sealed().with(
        "../key",
        include_str!("../witness/key.txt").replace("EXAMPLE", "OPENSSH"),
    );
    let run = site.run(&["seal", "--as-of", DAY, "--sign", "../key"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let run = verify(&site, &[]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let says = "\nall that was checked matches; not checked: 1 signer of a checkpoint\n";
    assert!(run.stdout.ends_with(says), "{}", run.stdout);
    let start = run.stdout.find("  signed with the key SHA256:").unwrap();
    let line = run.stdout[start..].lines().next().unwrap();
    assert!(
        line.ends_with("; no allowed signers say whose it is"),
        "{line}"
    );

    site.put("../others", "# nobody\n");
    assert_stranger(&site, &["--allowed-signers", "../others"]);
    site.put("allowed_signers", "# nobody\n");
    assert_stranger(&site, &[]);

    site.put("../signers", format!("ann@legal.example {PUBLIC}\n"));
    let run = verify(&site, &["--allowed-signers", "../signers"]);
    assert_right(&run);
    assert_eq!(run.stderr, "");
    let says = "  signed by ann@legal.example, key SHA256:";
    assert!(run.stdout.contains(says), "{}", run.stdout);
    assert_eq!(verify(&site, &["--allowed-signers", "none"]).status, 2);

    replace(&site, "checkpoints/3.txt.sig", "\n", "\nAAAA");
    assert_wrong(
        &verify(&site, &[]),
        &[("signature-wrong", "checkpoints/3.txt.sig")],
    );
    site.put("checkpoints/2.txt.sig", "x");
    let says = [(
        "signature-wrong",
        "checkpoints/2.txt, which this belongs to, is not there",
    )];
    assert_wrong(&verify(&site, &[]), &says);
}

/// Asserts that a good signature does not match, as nobody is given who may sign with its key.
fn assert_stranger(site: &Site, arguments: &[&str]) {
    let found = [
        ("signer-not-allowed", "checkpoints/3.txt.sig"),
        (
            "signer-not-allowed",
            "nobody is allowed to sign with its key, SHA256:",
        ),
    ];
    assert_wrong(&verify(site, arguments), &found);
    let run = verify(site, &[arguments, &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["matches"], false);
    assert_eq!(
        json["checkpoints"][0]["signature"]["signers"],
        Value::Array(vec![])
    );
    assert_eq!(json["diagnostics"][0]["rule"], "signer-not-allowed");
}

#[test]
fn a_signature_of_another_kind_is_not_said_to_match() {
    let site = sealed();
    let root = site.root();
    let ssh_keygen = |arguments: &str| {
        let mut command = Command::new("ssh-keygen");
        let run = site::run(command.args(arguments.split(' ')).current_dir(&root));
        assert_eq!(run.status, 0, "{arguments}: {}", run.stderr);
    };
    ssh_keygen("-q -t ecdsa -N  -f ../key");
    ssh_keygen("-q -Y sign -n engross -f ../key checkpoints/3.txt");
    let run = verify(&site, &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let by_hand = "ssh-keygen -Y verify -f allowed_signers -I NAME -n engross -s checkpoints/3.txt.sig < checkpoints/3.txt";
    for (says, output) in [
        ("warning[signature-unknown]", &run.stderr),
        (
            "of the kind ecdsa-sha2-nistp256, which cannot be checked here",
            &run.stderr,
        ),
        (by_hand, &run.stderr),
        (by_hand, &run.stdout),
    ] {
        assert!(output.contains(says), "{says}: {output}");
    }
    let says = "\nall that was checked matches; not checked: 1 signature\n";
    assert!(run.stdout.ends_with(says), "{}", run.stdout);
    let json: Value = serde_json::from_str(&verify(&site, &["--format", "json"]).stdout).unwrap();
    assert_eq!(json["checkpoints"][0]["unchecked"], true);
}

#[test]
fn time_stamps_are_told_or_refused() {
    let site = sealed();
    let path = "checkpoints/3.txt.tsr";
    site.put(path, stamped(read(&site, "checkpoints/3.txt").as_bytes()));
    let run = verify(&site, &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let says = "all that was checked matches; not checked: 1 signer of a time stamp\n";
    assert!(run.stdout.ends_with(says), "{}", run.stdout);
    let line = run.stdout.lines().nth(2).unwrap();
    assert!(line.starts_with("  time stamp of 2"), "{line}");
    assert!(line.contains(" UTC; that an authority gave it is not checked here, but by: openssl ts -verify -data checkpoints/3.txt -in checkpoints/3.txt.tsr "), "{line}");

    // A token without the reply around it is checked by another command.
    let token = "ts -reply -in checkpoints/3.txt.tsr -token_out -out ../token";
    let mut openssl = Command::new("openssl");
    let run = site::run(openssl.args(token.split(' ')).current_dir(site.root()));
    assert_eq!(run.status, 0, "{}", run.stderr);
    site.put(path, fs::read(site.root().join("../token")).unwrap());
    let run = verify(&site, &[]);
    let says = " -in checkpoints/3.txt.tsr -token_in -CAfile ";
    assert!(run.stdout.contains(says), "{}", run.stdout);

    site.put(path, include_bytes!("../witness/reply.tsr"));
    let says = [(
        "timestamp-wrong",
        "is for another file than checkpoints/3.txt",
    )];
    assert_wrong(&verify(&site, &[]), &says);
    site.put(path, "x");
    let says = [(
        "timestamp-wrong",
        "this is not the reply of a time stamping authority",
    )];
    assert_wrong(&verify(&site, &[]), &says);
}
