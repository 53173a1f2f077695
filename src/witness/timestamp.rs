//! Time stamps (RFC 3161): what an authority is asked, and what its reply says.
//!
//! A reply is read here, not trusted: the authority's own signature on it is checked by
//! `openssl ts -verify`, which also needs the authority's certificates.

use std::fmt;
use std::fmt::Write as _;

use jiff::civil::DateTime;
use sha2::{Digest, Sha256};

use super::der::{Der, dotted};
use super::der::{INTEGER, NAME, NULL, OCTETS, SEQUENCE, SET, TAGGED, TEXT, TIME};
use super::{WhyNot, moment};

/// A request up to the digest: its version, and SHA-256 as the kind of the digest.
const REQUEST: [u8; 24] = [
    SEQUENCE, 57, INTEGER, 1, 1, SEQUENCE, 49, SEQUENCE, 13, NAME, 9, 0x60, 0x86, 0x48, 0x01, 0x65,
    0x03, 0x04, 0x02, 0x01, NULL, 0, OCTETS, 32,
];
/// The end of a request: the reply shall hold the certificate that checks it.
const WITH_CERTIFICATE: [u8; 3] = [0x01, 1, 0xff];

const SHA256: &str = "2.16.840.1.101.3.4.2.1";
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const TIME_STAMP: &str = "1.2.840.113549.1.9.16.1.4";

/// What a time stamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The SHA-256 digest of what was stamped.
    pub imprint: [u8; 32],
    /// When it was there, in UTC and whole seconds.
    pub time: DateTime,
    /// The rules by which the authority works: a name in numbers.
    pub policy: String,
    /// The number of the stamp at its authority, in hexadecimal.
    pub serial: String,
}

impl Stamp {
    /// Whether the stamp is for a message.
    pub fn holds(&self, message: &[u8]) -> bool {
        self.imprint[..] == Sha256::digest(message)[..]
    }
}

impl fmt::Display for Stamp {
    /// The time, as `2026-11-26 09:30:00 UTC`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.time.strftime("%Y-%m-%d %H:%M:%S UTC"))
    }
}

/// What an authority is sent to stamp a message; it learns the digest only. There is no nonce, so that the
/// same message gives the same request: what must not be old is the message, and the digest is bound to that.
pub fn request(message: &[u8]) -> Vec<u8> {
    [&REQUEST[..], &Sha256::digest(message), &WITH_CERTIFICATE].concat()
}

/// What a reply says, or the bare token from a reply. That the authority said it is checked by
/// `openssl ts -verify` only.
pub fn read(reply: &[u8]) -> Result<Stamp, WhyNot> {
    let token = granted(reply)?;
    let info = info(token).ok_or_else(unreadable)?;
    stamp(info).ok_or_else(unreadable)?
}

/// Whether a file is a token without the reply around it, which `openssl ts` has to be told.
pub fn is_bare(reply: &[u8]) -> bool {
    let inside = Der::new(reply).inside(SEQUENCE);
    inside.is_some_and(|mut inside| inside.inside(SEQUENCE).is_none())
}

fn unreadable() -> WhyNot {
    WhyNot::new("this is not the reply of a time stamping authority (RFC 3161, in DER)")
}

/// The token of a reply, if the authority gave one; a bare token is given back.
fn granted(reply: &[u8]) -> Result<Der<'_>, WhyNot> {
    let mut parts = Der::new(reply);
    let mut inside = parts.inside(SEQUENCE).ok_or_else(unreadable)?;
    parts.end().ok_or_else(unreadable)?;
    let bare = inside.clone();
    let Some(mut status) = inside.inside(SEQUENCE) else {
        return Ok(bare);
    };
    match status.value(INTEGER).ok_or_else(unreadable)? {
        // Granted as asked, or with changes.
        [0 | 1] => {
            let token = inside.inside(SEQUENCE).ok_or_else(unreadable)?;
            inside.end().ok_or_else(unreadable)?;
            Ok(token)
        }
        _ => Err(refused(&mut status)),
    }
}

/// That an authority gave no token, in its own words where it has some.
fn refused(status: &mut Der<'_>) -> WhyNot {
    let words = status
        .inside(SEQUENCE)
        .and_then(|mut texts| texts.value(TEXT));
    let words = words.map(|words| String::from_utf8_lossy(words).escape_debug().to_string());
    WhyNot::new(match words {
        Some(words) => format!("the authority gave no time stamp: “{words}”"),
        None => "the authority gave no time stamp, and does not say why".to_owned(),
    })
}

/// What the authority signed in a token, which is signed data (RFC 5652).
fn info(mut token: Der<'_>) -> Option<&[u8]> {
    named(&mut token, SIGNED_DATA)?;
    let mut tagged = token.inside(TAGGED)?;
    token.end()?;
    let mut signed = tagged.inside(SEQUENCE)?;
    tagged.end()?;
    let (_version, _digests) = (signed.value(INTEGER)?, signed.value(SET)?);
    let mut content = signed.inside(SEQUENCE)?;
    signed.rest()?;
    named(&mut content, TIME_STAMP)?;
    let mut tagged = content.inside(TAGGED)?;
    content.end()?;
    let info = tagged.value(OCTETS)?;
    tagged.end()?;
    Some(info)
}

fn named(der: &mut Der<'_>, name: &str) -> Option<()> {
    let found = dotted(der.value(NAME)?)?;
    (found == name).then_some(())
}

/// What a token says (`TSTInfo`); `None` where it cannot be read.
fn stamp(info: &[u8]) -> Option<Result<Stamp, WhyNot>> {
    let mut outer = Der::new(info);
    let mut info = outer.inside(SEQUENCE)?;
    outer.end()?;
    (info.value(INTEGER)? == [1]).then_some(())?;
    let policy = dotted(info.value(NAME)?)?;
    let imprint = imprint(info.inside(SEQUENCE)?)?;
    let serial = hex(info.value(INTEGER)?);
    let time = time(str::from_utf8(info.value(TIME)?).ok()?)?;
    info.rest()?;
    Some(imprint.map(|imprint| Stamp {
        imprint,
        time,
        policy,
        serial,
    }))
}

/// A digest, which must be of our kind; `None` where it cannot be read.
fn imprint(mut imprint: Der<'_>) -> Option<Result<[u8; 32], WhyNot>> {
    let mut kind = imprint.inside(SEQUENCE)?;
    let name = dotted(kind.value(NAME)?)?;
    kind.rest()?;
    let digest = imprint.value(OCTETS)?;
    imprint.end()?;
    if name != SHA256 {
        return Some(Err(WhyNot::new(
            "the time stamp is over another digest than SHA-256; `openssl ts -verify` can check it",
        )));
    }
    digest.try_into().ok().map(Ok)
}

/// A time as ASN.1 writes it, `20261126093000.25Z`, in whole seconds.
fn time(text: &str) -> Option<DateTime> {
    let text = text.strip_suffix('Z')?;
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    moment(seconds).filter(|_| digits && seconds.len() == 14)
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
