//! Addresses: the only room that makes them.

use std::fmt;

use crate::model::Language;
use crate::model::config::BaseUrl;
use crate::model::document::VersionId;

/// The file with the digests of all published files but itself, as `sha256sum --check` reads them.
pub const SUMS: &str = "SHA256SUMS";
/// The file in which a published folder says of itself what has to be known to make it again.
pub const PUBLICATION: &str = "published.txt";

/// An address below the site's base: `/privacy/2022-12-22/` or `/robots.txt`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// An address as written, which begins with `/`.
    pub fn new(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    /// The front page.
    pub fn front(translation: Option<&Language>) -> Self {
        Self(prefix(translation))
    }

    /// The text of a document that is in force.
    pub fn document(path: &str, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/", prefix(translation)))
    }

    /// A version, for ever.
    pub fn version(path: &str, id: VersionId, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/{id}/", prefix(translation)))
    }

    /// Every version of a document.
    pub fn history(path: &str, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/history/", prefix(translation)))
    }

    /// What a version changed against the one before it.
    pub fn redline(path: &str, id: VersionId, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/{id}/redline/", prefix(translation)))
    }

    /// What has changed from a version to the one in force.
    pub fn since(path: &str, id: VersionId, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/{id}/since/", prefix(translation)))
    }

    /// A version's page as it was sealed.
    pub fn record(path: &str, id: VersionId, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/{id}/record/", prefix(translation)))
    }

    /// A version's words as they were sealed.
    pub fn words(path: &str, id: VersionId, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/{id}/index.txt", prefix(translation)))
    }

    /// What programs are told of a document.
    pub fn document_json(path: &str, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/index.json", prefix(translation)))
    }

    /// What programs are told of a version.
    pub fn version_json(path: &str, id: VersionId, translation: Option<&Language>) -> Self {
        Self(format!("{}{path}/{id}/index.json", prefix(translation)))
    }

    /// The digests of all published files.
    pub fn sums() -> Self {
        Self::file(SUMS)
    }

    /// What the published folder says of itself.
    pub fn publication() -> Self {
        Self::file(PUBLICATION)
    }

    /// A place on a page: the address of the page, and the anchor there.
    #[must_use]
    pub fn at(self, anchor: &str) -> Self {
        Self(format!("{}#{anchor}", self.0))
    }

    /// The changes of a document as Atom, or of the whole site where there is none.
    pub fn feed(path: Option<&str>, translation: Option<&Language>) -> Self {
        let folder = path.map_or_else(String::new, |path| format!("{path}/"));
        Self(format!("{}{folder}feed.xml", prefix(translation)))
    }

    /// An undated page; the front page where the path is empty.
    pub fn page(path: &str, translation: Option<&Language>) -> Self {
        if path.is_empty() {
            Self::front(translation)
        } else {
            Self::document(path, translation)
        }
    }

    /// A file that is published as it is.
    pub fn file(path: &str) -> Self {
        Self(format!("/{path}"))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that holds it in the published folder.
    pub fn file_path(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if self.0.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }

    /// The address on a host, with the path under which the site lives.
    pub fn href(&self, base: &BaseUrl) -> String {
        format!("{}{}", base.path, &self.0[1..])
    }

    /// The address with scheme and host.
    pub fn url(&self, base: &BaseUrl) -> String {
        format!("{}{}", base.origin, self.href(base))
    }

    /// What two addresses share that hosts may take for one: letter case and the slash at the end
    /// make no difference on some, and `index.html` is its folder everywhere.
    pub fn collision_key(&self) -> String {
        let address = self.0.to_lowercase();
        address
            .trim_end_matches("index.html")
            .trim_end_matches('/')
            .to_owned()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn prefix(translation: Option<&Language>) -> String {
    translation.map_or_else(
        || "/".to_owned(),
        |language| format!("/{}/", language.address_part()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The promise of the design: these never change without a redirect.
    #[test]
    fn addresses_are_those_that_were_promised() {
        let es = Language::parse("es");
        let id = |text: &str, revision| VersionId {
            effective: text.parse().unwrap(),
            revision,
        };
        let all = [
            Address::front(None),
            Address::document("privacy", None),
            Address::version("privacy", id("2022-04-28", 1), None),
            Address::version("privacy", id("2022-12-22", 2), None),
            Address::history("privacy", None),
            Address::redline("privacy", id("2022-12-22", 1), None),
            Address::since("privacy", id("2022-04-28", 1), es.as_ref()),
            Address::feed(None, None),
            Address::feed(Some("privacy"), es.as_ref()),
            Address::document("privacy/california", es.as_ref()),
            Address::version("privacy", id("2022-12-22", 1), es.as_ref()),
            Address::front(es.as_ref()),
            Address::page("about", None),
            Address::file("robots.txt"),
            Address::record("privacy", id("2022-12-22", 1), None),
            Address::words("privacy", id("2022-12-22", 2), es.as_ref()),
            Address::document_json("privacy", es.as_ref()),
            Address::version_json("privacy", id("2022-12-22", 1), None),
            Address::file("engross.ledger"),
            Address::file("checkpoints/12.txt"),
            Address::sums(),
            Address::publication(),
        ];
        let expected = [
            "/",
            "/privacy/",
            "/privacy/2022-04-28/",
            "/privacy/2022-12-22.r2/",
            "/privacy/history/",
            "/privacy/2022-12-22/redline/",
            "/es/privacy/2022-04-28/since/",
            "/feed.xml",
            "/es/privacy/feed.xml",
            "/es/privacy/california/",
            "/es/privacy/2022-12-22/",
            "/es/",
            "/about/",
            "/robots.txt",
            "/privacy/2022-12-22/record/",
            "/es/privacy/2022-12-22.r2/index.txt",
            "/es/privacy/index.json",
            "/privacy/2022-12-22/index.json",
            "/engross.ledger",
            "/checkpoints/12.txt",
            "/SHA256SUMS",
            "/published.txt",
        ];
        assert_eq!(all.each_ref().map(Address::as_str), expected);
        assert_eq!(all[1].file_path(), "privacy/index.html");
        assert_eq!(all[13].file_path(), "robots.txt");
        let base = BaseUrl::parse("https://example.com/legal/").unwrap();
        assert_eq!(all[1].href(&base), "/legal/privacy/");
        assert_eq!(all[0].url(&base), "https://example.com/legal/");
    }
}
