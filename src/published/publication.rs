//! What a published folder says of itself: as of which day, for which address and by which program it was made.

use std::fmt;

use crate::model::Date;
use crate::model::config::BaseUrl;

const TITLE: &str = "Engross publication 1";

/// What this program calls itself.
const PROGRAM: &str = concat!("engross ", env!("CARGO_PKG_VERSION"));

/// What has to be known to make a folder again from its sources. Its display is the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The day that was taken for today.
    pub day: Date,
    /// Where the site was said to live.
    pub base_url: BaseUrl,
    /// The program with its version.
    pub program: String,
}

impl Publication {
    /// A publication by this program.
    pub fn new(day: Date, base_url: &BaseUrl) -> Self {
        Self {
            day,
            base_url: base_url.clone(),
            program: PROGRAM.to_owned(),
        }
    }

    /// Whether this version of the program made it.
    pub fn is_ours(&self) -> bool {
        self.program == PROGRAM
    }

    /// Reads the file, strictly: it is what this would write, or it says nothing.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let text = str::from_utf8(bytes).ok()?;
        let mut lines = text.lines().skip(1);
        let mut value = |name| lines.next()?.strip_prefix(name);
        let publication = Self {
            day: value("day: ")?.parse().ok()?,
            base_url: BaseUrl::parse(value("base_url: ")?)?,
            program: value("program: ")?.to_owned(),
        };
        // It is shown on terminals.
        let plain = !publication.program.contains(char::is_control);
        (plain && publication.to_string() == text).then_some(publication)
    }
}

impl fmt::Display for Publication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            day,
            base_url,
            program,
        } = self;
        writeln!(
            f,
            "{TITLE}\nday: {day}\nbase_url: {base_url}\nprogram: {program}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_is_written_and_in_no_other_form() {
        let base = BaseUrl::parse("https://legal.example/of/acme").unwrap();
        let made = Publication::new("2024-06-01".parse().unwrap(), &base);
        let text = made.to_string();
        assert!(text.contains("base_url: https://legal.example/of/acme/\nprogram: engross "));
        assert_eq!(Publication::read(text.as_bytes()), Some(made));
        for (from, to) in [
            ("publication 1", "publication 2"),
            ("2024-06-01", "20240601"),
            ("acme/", "acme"),
            ("engross 0", "engross \u{1b}[2K0"),
            ("program: ", "program:"),
            ("day: ", "\nday: "),
        ] {
            let other = text.replace(from, to);
            assert_ne!(other, text);
            assert_eq!(Publication::read(other.as_bytes()), None, "{other}");
        }
        let other = Publication::read(text.replace("engross 0", "engross 9").as_bytes());
        assert!(!other.unwrap().is_ours());
    }
}
