//! Time stamps: `openssl` reads what we ask, and we read what an authority of its making replies.

use engross::witness::timestamp::{Stamp, read, request};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{Bench, MESSAGE};

/// What an authority replied to our request for the message.
const REPLY: &[u8] = include_bytes!("reply.tsr");

/// An authority, with a certificate that is for stamping time only.
pub(crate) const AUTHORITY: &str = "\
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = CA:FALSE
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
";

/// A folder in which an authority works.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("authority.cnf", AUTHORITY);
    bench.write("serial", "29\n");
    bench.run("openssl ecparam -name prime256v1 -genkey -noout -out key.pem");
    bench.run(
        "openssl req -x509 -new -key key.pem -out authority.pem -days 2 -subj /CN=Stamps -config authority.cnf -extensions authority",
    );
    bench
}

/// What the authority replies to the request in a file.
fn reply(bench: &Bench, query: &str) -> Vec<u8> {
    bench.run(&format!(
        "openssl ts -reply -queryfile {query} -config authority.cnf -signer authority.pem -inkey key.pem -out reply"
    ));
    bench.read("reply")
}

/// What an authority replies to our request for a message.
pub(crate) fn stamped(message: &[u8]) -> Vec<u8> {
    let bench = bench();
    bench.write("query", request(message));
    reply(&bench, "query")
}

#[test]
fn we_ask_as_openssl_does() {
    let bench = bench();
    bench.write("query", request(MESSAGE.as_bytes()));
    let said = bench.run("openssl ts -query -in query -text");
    for line in [
        "Version: 1",
        "Hash Algorithm: sha256",
        "Nonce: unspecified",
        "Certificate required: yes",
    ] {
        assert!(said.contains(line), "{said}");
    }
    bench.run("openssl ts -query -data message -sha256 -no_nonce -cert -out theirs");
    assert_eq!(bench.read("query"), bench.read("theirs"));
}

#[test]
fn a_reply_holds_for_what_was_asked_and_for_nothing_else() {
    let bench = bench();
    bench.write("query", request(MESSAGE.as_bytes()));
    let stamp = read(&reply(&bench, "query")).unwrap();
    assert_eq!(
        (stamp.policy.as_str(), stamp.serial.as_str()),
        ("1.2.3.4.1", "2a")
    );
    assert!(stamp.holds(MESSAGE.as_bytes()));
    assert!(
        bench
            .run("openssl ts -reply -in reply -text")
            .contains(&their_words(&stamp))
    );
    let verify = "openssl ts -verify -data message -in reply -CAfile authority.pem";
    assert!(bench.run(verify).contains("Verification: OK"));

    let altered = MESSAGE.replace("12", "13");
    bench.write("message", &altered);
    assert!(!bench.attempt(verify, "").0);
    assert!(!stamp.holds(altered.as_bytes()));
}

/// A time as `openssl` shows it.
fn their_words(stamp: &Stamp) -> String {
    stamp
        .time
        .strftime("Time stamp: %b %e %H:%M:%S %Y GMT")
        .to_string()
}

#[test]
fn a_token_is_read_without_its_reply() {
    let bench = bench();
    bench.write("query", request(MESSAGE.as_bytes()));
    let whole = read(&reply(&bench, "query")).unwrap();
    bench.run("openssl ts -reply -in reply -token_out -out token");
    assert_eq!(read(&bench.read("token")).unwrap(), whole);
}

#[test]
fn a_stamp_over_another_digest_is_left_to_openssl() {
    let bench = bench();
    bench.run("openssl ts -query -data message -sha512 -cert -out query");
    let why = read(&reply(&bench, "query")).unwrap_err().to_string();
    assert!(why.contains("another digest than SHA-256"), "{why}");
}

#[test]
fn a_refusal_is_told_in_the_words_of_the_authority() {
    let bench = bench();
    bench.run("openssl ts -query -data message -sha384 -out query");
    let why = read(&reply(&bench, "query")).unwrap_err().to_string();
    let expected = "the authority gave no time stamp: “Message digest algorithm is not supported.”";
    assert_eq!(why, expected);
    let silent = [0x30, 5, 0x30, 3, 2, 1, 2];
    let why = read(&silent).unwrap_err().to_string();
    assert_eq!(
        why,
        "the authority gave no time stamp, and does not say why"
    );
}

#[test]
fn a_kept_reply_says_its_time() {
    let stamp = read(REPLY).unwrap();
    assert!(stamp.holds(MESSAGE.as_bytes()));
    assert_eq!(stamp.time, date(2026, 11, 26).at(1, 0, 46, 0));
    assert_eq!(stamp.to_string(), "2026-11-26 01:00:46 UTC");
}

#[test]
fn a_reply_that_is_cut_or_goes_on_is_none() {
    for length in 0..REPLY.len() {
        assert!(read(&REPLY[..length]).is_err(), "{length}");
    }
    assert!(read(&[REPLY, &[0]].concat()).is_err());
    assert!(read(MESSAGE.as_bytes()).is_err());
}

#[test]
fn one_changed_byte_changes_no_more_than_one_thing_that_is_read() {
    let whole = read(REPLY).unwrap();
    let mut told = 0;
    for at in 0..REPLY.len() {
        let mut reply = REPLY.to_vec();
        reply[at] ^= 1;
        let Ok(stamp) = read(&reply) else { continue };
        let same = [
            stamp.imprint == whole.imprint,
            stamp.time == whole.time,
            stamp.policy == whole.policy,
            stamp.serial == whole.serial,
        ];
        let changed = same.iter().filter(|same| !**same).count();
        assert!(changed <= 1, "{at}: {stamp:?}");
        told += changed;
    }
    // Each byte of the digest, and some of the rest.
    assert!(told > 32, "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_stumble(bytes: Vec<u8>) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn no_change_makes_the_reader_stumble(at: Index, to: u8, more: Vec<u8>, end: bool) {
        let mut reply = REPLY.to_vec();
        let at = at.index(reply.len());
        reply[at] = to;
        let _ = read(&reply);
        let upto = if end { at } else { (at + more.len()).min(reply.len()) };
        reply.splice(at..upto, more);
        let _ = read(&reply);
    }
}
