//! Files for hosts and crawlers: sitemap, robots, headers, redirects, declarations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64ct::{Base64, Encoding as _};

use crate::ledger::Digest;
use crate::markup::escape::escaped;
use crate::model::Date;
use crate::prepared::Prepared;
use crate::route::{HostFile, Route};
use crate::sealed::record_path;
use crate::urls::Address;

/// The style sheets of records that a policy names one by one.
const MOST_STYLES: usize = 20;

/// What these files say of the other addresses.
pub(super) struct Index {
    /// The pages that search engines may list, with the day of their words.
    listed: Vec<(Address, Option<Date>)>,
    /// Old addresses, and where they lead.
    redirects: Vec<(Address, Address)>,
}

impl Index {
    pub(super) fn new(prepared: &Prepared<'_>, routes: &BTreeMap<Address, Route<'_>>) -> Self {
        let listed = routes.iter().filter(|(_, route)| is_listed(route));
        let listed =
            listed.map(|(address, route)| (address.clone(), last_modified(prepared, route)));
        let redirects = routes.iter().filter_map(|(address, route)| match route {
            Route::Redirect(path) => Some((address.clone(), Address::document(path, None))),
            _ => None,
        });
        Self {
            listed: listed.collect(),
            redirects: redirects.collect(),
        }
    }

    /// The text of a file.
    pub(super) fn render(&self, prepared: &Prepared<'_>, file: HostFile) -> String {
        let base = &prepared.site.config.base_url;
        match file {
            HostFile::Sitemap => self.sitemap(prepared),
            HostFile::Robots => {
                format!(
                    "User-agent: *\nAllow: /\n\nSitemap: {}\n",
                    Address::new("/sitemap.xml").url(base)
                )
            }
            HostFile::Headers => headers(prepared),
            HostFile::Redirects => self.redirects(prepared),
            HostFile::NoJekyll => String::new(),
            HostFile::Gpc => gpc(prepared),
            HostFile::SecurityTxt => security(prepared),
        }
    }

    fn sitemap(&self, prepared: &Prepared<'_>) -> String {
        let base = &prepared.site.config.base_url;
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for (address, day) in &self.listed {
            let _ = write!(out, "<url><loc>{}</loc>", escaped(&address.url(base)));
            if let Some(day) = day {
                let _ = write!(out, "<lastmod>{day}</lastmod>");
            }
            out.push_str("</url>\n");
        }
        out.push_str("</urlset>\n");
        out
    }

    /// One line a redirect, as Netlify and Cloudflare Pages read them; every other host serves the
    /// page that stands at the old address.
    fn redirects(&self, prepared: &Prepared<'_>) -> String {
        let base = &prepared.site.config.base_url;
        let mut out = String::new();
        for (from, to) in &self.redirects {
            let _ = writeln!(out, "{} {} 301", from.href(base), to.href(base));
        }
        out
    }
}

/// Whether search engines may list what a route shows: what applies today, and undated pages.
fn is_listed(route: &Route<'_>) -> bool {
    matches!(route, Route::Front(_) | Route::Page(_) | Route::Current(..))
}

/// The day from which a route has shown its words, where it is known.
fn last_modified(prepared: &Prepared<'_>, route: &Route<'_>) -> Option<Date> {
    let Route::Current(path, id, translation) = route else {
        return None;
    };
    let version = prepared.archive.version(path, *id)?;
    // A text published ahead changed this page on the day it took effect.
    Some(
        version
            .public(version.text(*translation)?)
            .max(id.effective),
    )
}

/// A year for what carries a hash in its name. Pages keep the host's own rule, which is to ask again:
/// what a document says can change at midnight. Rules must not overlap in one header, for hosts
/// differ in which one wins.
fn headers(prepared: &Prepared<'_>) -> String {
    let config = &prepared.site.config;
    let base = &config.base_url.path;
    // A consent tool is somebody else's script, from a host that only the site's theme knows.
    let sources = match config.cookie_preferences {
        Some(_) => "object-src 'none'",
        None => &format!(
            "default-src 'self'; img-src 'self' data:; font-src 'self' data:{}",
            styles(prepared)
        ),
    };
    format!(
        "{base}*\n  Content-Security-Policy: {sources}; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'\n  Referrer-Policy: strict-origin-when-cross-origin\n  \
         X-Content-Type-Options: nosniff\n\n\
         {base}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

/// What a policy has to say so that browsers show records, which hold their styles. They are named by
/// their digests; hosts limit how long a line may be.
fn styles(prepared: &Prepared<'_>) -> String {
    let records = prepared.sealed.ledger.sealed_texts().filter_map(|entry| {
        let path = record_path(&entry.text);
        prepared.site.sources.text(&path)
    });
    let styles: BTreeSet<&str> = records.flat_map(styles_of).collect();
    if styles.is_empty() {
        return String::new();
    }
    if styles.len() > MOST_STYLES {
        return "; style-src 'self' 'unsafe-inline'".to_owned();
    }
    let named = styles.into_iter().map(|style| {
        let digest = Base64::encode_string(&Digest::of(style).bytes());
        format!(" 'sha256-{digest}'")
    });
    format!("; style-src 'self'{}", named.collect::<String>())
}

/// The style sheets inside a page.
fn styles_of(page: &str) -> impl Iterator<Item = &str> {
    let after = page.split("<style>").skip(1);
    after.filter_map(|after| Some(after.split_once("</style>")?.0))
}

/// The Global Privacy Control support resource: an object with `gpc` and `lastUpdate`.
fn gpc(prepared: &Prepared<'_>) -> String {
    prepared
        .site
        .config
        .gpc
        .as_ref()
        .map_or_else(String::new, |gpc| {
            format!(
                "{{\"gpc\": {}, \"lastUpdate\": \"{}\"}}\n",
                gpc.honoured, gpc.last_update
            )
        })
}

/// The fields of RFC 9116 that must be there, and where the file lives.
fn security(prepared: &Prepared<'_>) -> String {
    let base = &prepared.site.config.base_url;
    prepared
        .site
        .config
        .security
        .as_ref()
        .map_or_else(String::new, |security| {
            let canonical = Address::new("/.well-known/security.txt").url(base);
            format!(
                "Contact: {}\nExpires: {}T00:00:00Z\nCanonical: {canonical}\n",
                security.contact, security.expires
            )
        })
}
