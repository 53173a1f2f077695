//! A language as BCP 47 tags it.

use std::fmt;

/// A language tag such as `en`, `es` or `pt-BR`, kept as the site writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// Reads a tag: two or three letters, then subtags of two to eight letters or digits
    /// (BCP 47, RFC 5646 section 2.1, without the extensions that no legal page uses).
    pub fn parse(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let well_formed = matches!(primary.len(), 2..=3)
            && primary.bytes().all(|b| b.is_ascii_lowercase())
            && parts.all(|part| {
                matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        well_formed.then(|| Self(tag.to_owned()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag as a part of an address, which is always in lower case.
    pub fn address_part(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_well_formed_tags_only() {
        for good in ["en", "es", "pt-BR", "zh-Hant", "gsw"] {
            assert!(Language::parse(good).is_some(), "{good}");
        }
        for bad in ["", "e", "EN", "english", "en_US", "en-", "r2"] {
            assert!(Language::parse(bad).is_none(), "{bad}");
        }
    }
}
