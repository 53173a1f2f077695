//! Signatures are good for `ssh-keygen` and for us alike, or for neither.

use engross::witness::WhyNot;
use engross::witness::signature::{Checked, Key, check};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{Bench, MESSAGE};

const DAY: Date = date(2026, 11, 26);
const NAME: &str = "ann@example.com";

/// A folder with a key in `key` that the file `allowed` gives to a name.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.run("ssh-keygen -q -t ed25519 -N '' -C comment -f key");
    bench.write("allowed", format!("{NAME} {}", bench.text("key.pub")));
    bench
}

/// A signature with the text of a private key.
fn sign(message: &[u8], key: &str) -> Result<String, WhyNot> {
    Key::read(key).map(|key| key.sign(message))
}

/// What `ssh-keygen` finds of a signature at the beginning of the day.
fn accepted(bench: &Bench, signature: &str, message: &str) -> bool {
    bench.write("signature", signature);
    let verify = format!(
        "ssh-keygen -Y verify -f allowed -I {NAME} -n engross -s signature -Overify-time=20261126"
    );
    bench.attempt(&verify, message).0
}

fn checked(bench: &Bench, signature: &str, message: &str) -> Checked {
    check(signature, message.as_bytes(), &bench.text("allowed"), DAY)
}

fn is_good(checked: &Checked) -> bool {
    matches!(checked, Checked::Good { principals, .. } if principals == &[NAME])
}

/// What `ssh-keygen` signs.
fn theirs(bench: &Bench, options: &str) -> String {
    bench.run(&format!("ssh-keygen -Y sign {options} message"));
    let signature = bench.text("message.sig");
    std::fs::remove_file(bench.path("message.sig")).unwrap();
    signature
}

/// The text with another letter in a place.
fn altered(text: &str, at: usize) -> String {
    let other = if text.as_bytes()[at] == b'A' {
        "B"
    } else {
        "A"
    };
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

#[test]
fn ours_is_theirs_to_the_byte() {
    let bench = bench();
    let ours = sign(MESSAGE.as_bytes(), &bench.text("key")).unwrap();
    assert!(accepted(&bench, &ours, MESSAGE));
    assert!(is_good(&checked(&bench, &ours, MESSAGE)));
    assert_eq!(ours, theirs(&bench, "-n engross -f key"));
}

#[test]
fn the_key_is_named_as_ssh_keygen_names_it() {
    let bench = bench();
    let listed = bench.run("ssh-keygen -l -f key.pub");
    let signature = theirs(&bench, "-n engross -f key");
    let found = checked(&bench, &signature, MESSAGE);
    let expected = Checked::Good {
        principals: vec![NAME.to_owned()],
        fingerprint: listed.split(' ').nth(1).unwrap().to_owned(),
    };
    assert_eq!(found, expected);
    let short = theirs(&bench, "-O hashalg=sha256 -n engross -f key");
    assert_eq!(checked(&bench, &short, MESSAGE), expected);
}

#[test]
fn an_altered_message_is_refused_by_both() {
    let bench = bench();
    let signature = sign(MESSAGE.as_bytes(), &bench.text("key")).unwrap();
    for at in 0..MESSAGE.len() {
        let message = altered(MESSAGE, at);
        let found = checked(&bench, &signature, &message);
        assert!(matches!(found, Checked::Bad { .. }), "{message}");
    }
    assert!(!accepted(&bench, &signature, &altered(MESSAGE, 8)));
    assert!(!accepted(&bench, &signature, ""));
}

#[test]
fn an_altered_signature_is_refused_by_both() {
    let bench = bench();
    let signature = sign(MESSAGE.as_bytes(), &bench.text("key")).unwrap();
    let first = signature.find('\n').unwrap() + 1;
    let last = signature.rfind("\n---").unwrap();
    for at in (first..last).filter(|at| signature.as_bytes()[*at] != b'\n') {
        let signature = altered(&signature, at);
        let found = checked(&bench, &signature, MESSAGE);
        let refused = matches!(found, Checked::Bad { .. } | Checked::CannotTell { .. });
        assert!(refused, "{signature}{found:?}");
        if at % 9 == 0 {
            assert!(!accepted(&bench, &signature, MESSAGE), "{signature}");
        }
    }
}

#[test]
fn a_signature_for_another_use_is_bad() {
    let bench = bench();
    let signature = theirs(&bench, "-n file -f key");
    assert!(!accepted(&bench, &signature, MESSAGE));
    let why = "it was made for “file”, not for “engross”".to_owned();
    assert_eq!(checked(&bench, &signature, MESSAGE), Checked::Bad { why });
}

#[test]
fn keys_of_other_kinds_are_left_to_ssh_keygen() {
    let bench = bench();
    bench.run("ssh-keygen -q -t ecdsa -N '' -f other");
    let signature = theirs(&bench, "-n engross -f other");
    let why = "it is of the kind ecdsa-sha2-nistp256, which cannot be checked here";
    let why = why.to_owned();
    assert_eq!(
        checked(&bench, &signature, MESSAGE),
        Checked::CannotTell { why }
    );
    refuses(
        &bench.text("other"),
        "the key is of the kind ecdsa-sha2-nistp256. Seal without `--sign` first, and then sign the file in checkpoints/ that \
         this names with `ssh-keygen -Y sign -n engross -f KEY FILE`",
    );
}

#[test]
fn what_is_no_open_key_is_refused() {
    let bench = bench();
    bench.run("ssh-keygen -q -t ed25519 -N secret -f locked");
    let locked = "the key is protected by a passphrase. Seal without `--sign` first";
    refuses(&bench.text("locked"), locked);
    refuses(&bench.text("key.pub"), "this is the public key");
    let key = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    refuses(key, "this is not an OpenSSH private key");
    refuses("", "this is not an OpenSSH private key");
    let cut = bench.text("key").replacen("\nb3Blb", "\nAAAA", 1);
    refuses(&cut, "this is not an OpenSSH private key");
    let other = bench.text("key").replacen("\nb3Blb", "\nb3Bla", 1);
    refuses(&other, "the private key file is broken");
}

fn refuses(key: &str, beginning: &str) {
    let why = sign(MESSAGE.as_bytes(), key).unwrap_err().to_string();
    assert!(why.starts_with(beginning), "{why}");
}

/// Lines of allowed signers, where `KEY` is the key, and why they do not allow it; nothing if they do.
const ALLOWED: [(&str, &str); 27] = [
    ("ann@example.com KEY", ""),
    ("  # a comment\n\n\tann@example.com\t KEY a comment\r\n", ""),
    ("\"ann@example.com\" KEY", ""),
    ("ann@example.com namespaces=\"engross\" KEY", ""),
    ("ann@example.com NameSpaces=\"file,eng*s?\" KEY", ""),
    ("ann@example.com valid-after=\"20261126\" KEY", ""),
    (
        "ann@example.com valid-after=\"20261125Z\",valid-before=\"202611262359\" KEY",
        "",
    ),
    (
        "ann@example.com namespaces=\"file\" KEY\nann@example.com KEY",
        "",
    ),
    ("ann@example.com OTHER\nann@example.com KEY", ""),
    ("", "no line has this key"),
    ("# ann@example.com KEY", "no line has this key"),
    ("ann@example.com OTHER", "no line has this key"),
    (
        "ann@example.com namespaces=\"file\" KEY",
        "line 1 has the key only for the namespaces “file”",
    ),
    (
        "ann@example.com namespaces=\"*,!engross\" KEY",
        "line 1 has the key only for the namespaces “*,!engross”",
    ),
    (
        "ann@example.com namespaces=\"engros,engross?\" KEY",
        "line 1 has the key only for the namespaces “engros,engross?”",
    ),
    (
        "ann@example.com namespaces=\"\" KEY",
        "line 1 has the key only for the namespaces “”",
    ),
    (
        "ann@example.com valid-after=\"20261127\" KEY",
        "line 1 has the key only from 2026-11-27T00:00:00 on",
    ),
    (
        "ann@example.com valid-before=\"20261125\" KEY",
        "line 1 has the key only until 2026-11-25T00:00:00",
    ),
    (
        "ann@example.com cert-authority KEY",
        "line 1 has the key for certificates only",
    ),
    (
        "ann@example.com valid-after=\"20261301\" KEY",
        "line 1 has the option `valid-after=\"20261301\"`, which is not understood here",
    ),
    (
        "ann@example.com valid-after=20261126 KEY",
        "line 1 has the option `valid-after=20261126`, which is not understood here",
    ),
    (
        "ann@example.com verify-required KEY",
        "line 1 has the option `verify-required`, which is not understood here",
    ),
    (
        "\n\nann@example.com namespaces=\"engross\" namespaces=\"x\" KEY",
        "line 3 cannot be read",
    ),
    ("ann@example.com", "line 1 cannot be read"),
    ("KEY", "line 1 cannot be read"),
    (
        "ann@example.com namespaces=\"engross KEY",
        "line 1 cannot be read",
    ),
    (
        "ann@example.com ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAA",
        "line 1 cannot be read",
    ),
];

#[test]
fn allowed_signers_are_read_as_ssh_keygen_reads_them() {
    let bench = bench();
    bench.run("ssh-keygen -q -t ed25519 -N '' -f other");
    let signature = theirs(&bench, "-n engross -f key");
    let public = |name: &str| {
        let text = bench.text(name);
        text.split(' ')
            .take(2)
            .collect::<Vec<_>>()
            .join(" ")
            .trim()
            .to_owned()
    };
    for (lines, expected) in ALLOWED {
        let file = lines
            .replace("KEY", &public("key.pub"))
            .replace("OTHER", &public("other.pub"));
        bench.write("allowed", file);
        match checked(&bench, &signature, MESSAGE) {
            Checked::GoodButUnknown { why, .. } => assert_eq!(why, expected, "{lines}"),
            found => assert!(expected.is_empty() && is_good(&found), "{lines}: {found:?}"),
        }
        assert_eq!(
            accepted(&bench, &signature, MESSAGE),
            expected.is_empty(),
            "{lines}"
        );
    }
}

#[test]
fn a_key_is_good_on_the_days_that_its_line_says() {
    let bench = bench();
    let signature = theirs(&bench, "-n engross -f key");
    let options = "valid-after=\"202611261500\",valid-before=\"20261130Z\"";
    let allowed = format!("{NAME} {options} {}", bench.text("key.pub"));
    let good: Vec<i8> = (20..=30)
        .filter(|day| {
            let day = date(2026, 11, *day);
            is_good(&check(&signature, MESSAGE.as_bytes(), &allowed, day))
        })
        .collect();
    assert_eq!(good, [26, 27, 28, 29]);
}

#[test]
fn all_who_have_the_key_are_named() {
    let bench = bench();
    let signature = theirs(&bench, "-n engross -f key");
    let key = bench.text("key.pub");
    bench.write(
        "allowed",
        format!("*@a.example,b {key}c namespaces=\"x\" {key}\"d,e f\" {key}"),
    );
    match checked(&bench, &signature, MESSAGE) {
        Checked::Good { principals, .. } => {
            assert_eq!(principals, ["*@a.example", "b", "d", "e f"]);
        }
        found => panic!("{found:?}"),
    }
}

/// A signature with whatever parts, in its frame.
fn frame(kind: &str, bytes: &[u8]) -> String {
    use base64ct::{Base64, Encoding};
    let text = Base64::encode_string(bytes);
    format!("-----BEGIN {kind}-----\n{text}\n-----END {kind}-----\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_are_a_signature_or_a_key(bytes: Vec<u8>, prefixed: bool) {
        let with = |prefix: &[u8]| if prefixed { [prefix, &bytes].concat() } else { bytes.clone() };
        let signature = frame("SSH SIGNATURE", &with(b"SSHSIG\0\0\0\x01"));
        let found = check(&signature, b"", "", DAY);
        let refused = matches!(found, Checked::Bad { .. } | Checked::CannotTell { .. });
        prop_assert!(refused);
        let key = frame("OPENSSH PRIVATE KEY", &with(b"openssh-key-v1\0\0\0\0\x04none"));
        prop_assert!(sign(b"", &key).is_err());
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in any::<String>(), line in "[a \",=!*?\\\\#]{0,40}") {
        let _ = check(&text, b"", "", DAY);
        let _ = sign(b"", &text);
        let signature = include_str!("signature.txt");
        for allowed in [text, line] {
            let found = check(signature, MESSAGE.as_bytes(), &allowed, DAY);
            let unknown = matches!(found, Checked::GoodButUnknown { .. });
            prop_assert!(unknown);
        }
    }

    #[test]
    fn an_altered_key_file_makes_no_other_signature(at: Index, to in "[A-Za-z0-9+/=\n]") {
        // The file does not say that it is a private key, so that nobody who looks for lost keys is alarmed.
        let key = include_str!("key.txt").replace("EXAMPLE", "OPENSSH");
        let at = at.index(key.len());
        let altered = format!("{}{to}{}", &key[..at], &key[at + 1..]);
        if let Ok(signature) = sign(MESSAGE.as_bytes(), &altered) {
            prop_assert_eq!(signature, include_str!("signature.txt"));
        }
    }
}
