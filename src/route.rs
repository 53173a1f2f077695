//! What is at an address of the site.

use crate::model::Language;
use crate::model::document::VersionId;

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route<'s> {
    /// The front page.
    Front(Option<&'s Language>),
    /// The text of a document that is in force.
    Current(&'s str, VersionId, Option<&'s Language>),
    /// A document of which no version is in force.
    NoRecord(&'s str),
    /// A version, for ever.
    Version(&'s str, VersionId, Option<&'s Language>),
    /// What a version changed against the one before it.
    Redline(&'s str, VersionId, Option<&'s Language>),
    /// What has changed from a version to the one in force.
    Since(&'s str, VersionId, Option<&'s Language>),
    /// Every version of a document.
    History(&'s str, Option<&'s Language>),
    /// What has happened to a document, or to any document of the site.
    Feed(Option<&'s str>, Option<&'s Language>),
    /// An undated page, by its place in the site's list.
    Page(usize),
    /// An old address that leads to a document.
    Redirect(&'s str),
    /// An asset of the theme, by path.
    Asset(String),
    /// A file of the sources as it is, by its path below the site's folder.
    File(String),
    /// What programs are told of a document, or of a version of it.
    Json(&'s str, Option<VersionId>, Option<&'s Language>),
    /// A version that was withdrawn and is gone, by the number of the ledger's entry that says so.
    Withdrawn(usize),
    /// What programs are told of it.
    WithdrawnJson(usize),
    /// What programs are told of its document, of which nothing else is left in the language.
    EmptyJson(usize),
    /// The digests of all published files, which only publishing knows.
    Sums,
    /// What the published folder says of itself.
    Publication,
    /// What a host serves for addresses that do not exist.
    NotFound,
    /// A file for hosts and crawlers.
    Host(HostFile),
}

/// A file for hosts and crawlers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostFile {
    /// The pages that search engines may list.
    Sitemap,
    /// Where the sitemap is.
    Robots,
    /// How long a host may keep what (Netlify, Cloudflare Pages).
    Headers,
    /// Old addresses (Netlify, Cloudflare Pages).
    Redirects,
    /// Tells GitHub Pages to publish the folder as it is.
    NoJekyll,
    /// The declaration on Global Privacy Control.
    Gpc,
    /// Whom to tell of a security hole (RFC 9116).
    SecurityTxt,
}

impl HostFile {
    /// All of them, with their addresses.
    pub const ALL: [(&'static str, Self); 7] = [
        ("/sitemap.xml", Self::Sitemap),
        ("/robots.txt", Self::Robots),
        ("/_headers", Self::Headers),
        ("/_redirects", Self::Redirects),
        ("/.nojekyll", Self::NoJekyll),
        ("/.well-known/gpc.json", Self::Gpc),
        ("/.well-known/security.txt", Self::SecurityTxt),
    ];
}
