//! What others say of a file: a signature that says who stands for it, a time stamp that says since when it exists.
//!
//! Nothing here is of our own making: what is written can be checked with `ssh-keygen` and `openssl`
//! by people who have never heard of Engross, and what those write is read here.

mod allowed;
mod armour;
mod der;
pub mod signature;
pub mod timestamp;
mod wire;

use std::fmt;

use jiff::civil::DateTime;

/// Why something could not be done, and what to do instead: a sentence or two without the last full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyNot(String);

impl WhyNot {
    fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WhyNot {}

/// A time as both OpenSSH and ASN.1 write it: `20261126`, `202611260930` or `20261126093000`.
fn moment(digits: &str) -> Option<DateTime> {
    let long_enough = matches!(digits.len(), 8 | 12 | 14);
    if !long_enough || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year = digits[..4].parse().ok()?;
    let part = |at: usize| digits.get(at..at + 2).map_or(Ok(0), str::parse::<i8>).ok();
    DateTime::new(year, part(4)?, part(6)?, part(8)?, part(10)?, part(12)?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_strictly() {
        let read = |digits| moment(digits).map(|moment| moment.to_string());
        assert_eq!(read("20261126").as_deref(), Some("2026-11-26T00:00:00"));
        assert_eq!(read("202611260930").as_deref(), Some("2026-11-26T09:30:00"));
        assert_eq!(
            read("20261126093059").as_deref(),
            Some("2026-11-26T09:30:59")
        );
        for wrong in [
            "",
            "2026112",
            "2026112609",
            "20261131",
            "+0261126",
            "2026112６",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
