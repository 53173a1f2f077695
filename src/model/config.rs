//! What `engross.toml` says of a site.

use std::collections::BTreeSet;
use std::fmt;

pub use super::california::{California, Choice};
use super::document::Standing;
use super::{Brand, Date, Language, Located, Value};

/// The path of the configuration below a site's root.
pub const PATH: &str = "engross.toml";

/// A site's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// Where the site will live.
    pub base_url: BaseUrl,
    /// Where else it may be said to live: links there lead to the site itself.
    pub other_base_urls: Vec<BaseUrl>,
    /// The IANA name of the time zone in which the site's days begin.
    pub time_zone: String,
    /// The languages of the site; the first is that of a text whose file name has none.
    pub languages: Vec<Language>,
    /// The language whose text governs where texts of a document differ.
    pub governing_language: Option<Language>,
    /// The name of the theme.
    pub theme: Located<String>,
    /// A colour, a logo and fonts.
    pub brand: Brand,
    /// Pages that ask search engines to leave them out.
    pub noindex: BTreeSet<Standing>,
    /// Who publishes the texts: `name`, and anything the texts want to say of it.
    pub organization: Value,
    /// A bar above the header.
    pub announcement: Option<Announcement>,
    /// The menus of the header.
    pub header: Vec<MenuItem>,
    /// The links of the footer.
    pub footer: Vec<MenuItem>,
    /// The button that opens the consent tool.
    pub cookie_preferences: Option<CookiePreferences>,
    /// What the site declares about Global Privacy Control.
    pub gpc: Option<Gpc>,
    /// What the site declares for readers in California.
    pub california: Option<California>,
    /// Whom to tell of a security hole (RFC 9116).
    pub security: Option<Security>,
}

impl Config {
    /// The language of texts whose file name has none.
    pub fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    /// The links by which readers in California exercise their rights.
    pub fn choices(&self) -> impl Iterator<Item = (Choice, &Located<String>)> {
        let california = self.california.iter();
        california
            .flat_map(|california| california.links.iter().map(|(choice, url)| (*choice, url)))
    }

    /// Whether a reader's opt-out preference signal stops what the site declares.
    pub fn honours_signal(&self) -> bool {
        let sold = self.california.as_ref().is_some_and(California::is_sold);
        sold && self.gpc.as_ref().is_some_and(|gpc| gpc.honoured)
    }
}

/// Where a site lives: `https://example.com` and `/legal/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, without a slash at the end.
    pub origin: String,
    /// The path, with a slash at both ends.
    pub path: String,
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

impl BaseUrl {
    /// Reads an `http` or `https` address without query and fragment.
    pub fn parse(url: &str) -> Option<Self> {
        let scheme_end = ["https://", "http://"]
            .into_iter()
            .find(|s| url.starts_with(s))?
            .len();
        let host_end = url[scheme_end..]
            .find('/')
            .map_or(url.len(), |slash| scheme_end + slash);
        let (origin, path) = url.split_at(host_end);
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
        let host = &origin[scheme_end..];
        let sound = !host.is_empty()
            && host
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b))
            && path.bytes().all(plain)
            && !path.contains("//")
            && !path.split('/').any(|part| part == "." || part == "..");
        sound.then(|| Self {
            origin: origin.to_ascii_lowercase(),
            path: format!("{}/", path.trim_end_matches('/')),
        })
    }
}

/// A bar with news above the header.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// What it says.
    pub text: String,
    /// Where it leads, and the words of that link.
    pub link: Option<Link>,
}

/// A link of the site's frame.
#[derive(Clone, Debug)]
pub struct Link {
    /// The words.
    pub label: String,
    /// A site address (`/terms/`) or the address of another site.
    pub url: Located<String>,
}

/// One entry of a menu: a link, or a menu of links.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// The words.
    pub label: String,
    /// What stands behind them.
    pub target: MenuTarget,
}

/// What a menu's entry opens.
#[derive(Clone, Debug)]
pub enum MenuTarget {
    /// A page.
    Url(Located<String>),
    /// A menu.
    Items(Vec<Link>),
}

/// The button that opens a consent tool.
#[derive(Clone, Debug)]
pub struct CookiePreferences {
    /// The button's words.
    pub label: String,
    /// The dotted name of the JavaScript function that opens the tool.
    pub call: String,
    /// Where readers without JavaScript are led.
    pub fallback: Option<Located<String>>,
}

/// The site's declaration for `/.well-known/gpc.json`.
#[derive(Clone, Debug)]
pub struct Gpc {
    /// Whether the signal is honoured.
    pub honoured: bool,
    /// The day of the declaration.
    pub last_update: Date,
}

/// The fields of `/.well-known/security.txt` (RFC 9116).
#[derive(Clone, Debug)]
pub struct Security {
    /// How to report: a `mailto:`, `tel:` or `https:` address.
    pub contact: String,
    /// The day after which the file is stale.
    pub expires: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_origin_and_path() {
        let base = BaseUrl::parse("https://Example.com/legal").unwrap();
        assert_eq!(
            (base.origin.as_str(), base.path.as_str()),
            ("https://example.com", "/legal/")
        );
        assert_eq!(BaseUrl::parse("http://localhost:8000").unwrap().path, "/");
        for bad in [
            "example.com",
            "ftp://x/",
            "https://",
            "https://x/?q",
            "https://x/a b",
            "https://x/../y",
        ] {
            assert!(BaseUrl::parse(bad).is_none(), "{bad}");
        }
    }
}
