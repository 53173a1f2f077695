//! Links: from what a text says to an address of the site, seen from one version on one day.
//!
//! A link names a document, not a version, unless it says a date. Which version it leads to depends
//! on where it stands: in an archived version to the text that was in force with it.

use std::collections::BTreeMap;

use crate::archive::Archive;
use crate::model::config::BaseUrl;
use crate::model::document::{Page, TextFile, VersionId};
use crate::model::{Date, Language};
use crate::outline::Outline;
use crate::parse::Site;
use crate::urls::Address;
use crate::{diagnostic, paths};

/// Schemes that lead out of the site.
const OUTSIDE: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];
const CONTENT: &str = "content/";

/// Where a link leads, whoever looks.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// The front page or an undated page, by path.
    Page(String),
    /// A document.
    Document(String),
    /// One version of it, in the language that the link says.
    Version(String, VersionId, Option<Language>),
    /// All versions of it.
    History(String),
    /// A file that is published as it is.
    File(String),
}

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Whether it is of a kind that is never allowed, rather than dead.
    pub forbidden: bool,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    fn dead(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            forbidden: false,
            message: message.into(),
            help: help.into(),
        }
    }

    fn forbidden(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            forbidden: true,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// Where a reader of a link stands.
#[derive(Clone, Copy)]
pub struct Viewpoint<'v> {
    /// The language of the page; `None` for the site's first.
    pub translation: Option<&'v Language>,
    /// The day whose versions the links lead to.
    pub day: Date,
    /// The day up to which versions are known.
    pub known: Date,
    /// Whether the page is archived, so that its links lead to dated addresses.
    pub archived: bool,
}

/// Resolves the links of a site.
pub struct Links<'s> {
    site: &'s Site<'s>,
    archive: &'s Archive<'s>,
    outlines: &'s BTreeMap<&'s str, Outline>,
}

impl<'s> Links<'s> {
    /// With the outline of each text file by its path.
    pub fn new(
        site: &'s Site<'s>,
        archive: &'s Archive<'s>,
        outlines: &'s BTreeMap<&'s str, Outline>,
    ) -> Self {
        Self {
            site,
            archive,
            outlines,
        }
    }

    fn outline(&self, file: &TextFile) -> Option<&'s Outline> {
        self.outlines.get(file.path.as_str())
    }

    /// The address for a link's `href`. `file` is the source that says it, `own` the outline of the
    /// page that it stands on.
    pub fn href(
        &self,
        destination: &str,
        file: &str,
        own: &Outline,
        from: Viewpoint<'_>,
    ) -> Result<String, Fault> {
        if let Some(anchor) = destination.strip_prefix('#') {
            let anchor = decode(anchor);
            check_anchor(&anchor, own, "this text")?;
            return Ok(format!("#{anchor}"));
        }
        let base = &self.site.config.base_url;
        let own_site = own_address(destination, base);
        let destination = own_site.as_deref().unwrap_or(destination);
        if let Some(outside) = outside(destination)? {
            return Ok(outside.to_owned());
        }
        let (path, anchor) = destination
            .split_once('#')
            .map_or((destination, None), |(p, a)| (p, Some(decode(a))));
        let (target, translation) = self.target(path, file)?;
        let from = Viewpoint {
            translation: translation.as_ref().or(from.translation),
            ..from
        };
        self.check_public(&target, from)?;
        let (address, outline) = self.address(&target, from);
        let href = address.href(base);
        // Where there is no text yet, nothing could have the anchor; the page there says so.
        let Some((anchor, outline)) = anchor.zip(outline) else {
            return Ok(href);
        };
        check_anchor(&anchor, outline, &format!("the text at {address}"))?;
        Ok(format!("{href}#{anchor}"))
    }

    /// The address for a picture's `src`.
    pub fn source(&self, destination: &str, file: &str) -> Result<String, Fault> {
        if destination.contains(':') || destination.starts_with("//") {
            let help = "put the picture beside the text and name it by its file name";
            return Err(Fault::forbidden(
                format!("the picture `{destination}` is not on this site"),
                help,
            ));
        }
        match self.target(destination, file)? {
            (Target::File(path), _) => Ok(Address::file(&path).href(&self.site.config.base_url)),
            _ => Err(Fault::dead(
                format!("`{destination}` is not a picture"),
                "name a file such as diagram.png",
            )),
        }
    }

    /// What a path means: as written in a source file, or as an address of the site.
    fn target(&self, path: &str, file: &str) -> Result<(Target, Option<Language>), Fault> {
        let decoded = decode(path);
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let dead = |near: Option<String>| {
            let help = near.unwrap_or_else(|| {
                "link to a document's folder (`../terms/`), a text (`../terms/2021-06-01.md`) or an address (`/terms/`)".to_owned()
            });
            Fault::dead(format!("`{path}` leads nowhere"), help)
        };
        if path.is_empty() {
            return Err(Fault::dead(
                "the link leads nowhere",
                "write an address between the round brackets",
            ));
        }
        if let Some(address) = decoded.strip_prefix('/') {
            return self
                .by_address(address)
                .ok_or_else(|| dead(self.near(address)));
        }
        let joined = paths::join(folder, &decoded).ok_or_else(|| dead(None))?;
        let below = if joined == "content" {
            Some("")
        } else {
            joined.strip_prefix(CONTENT)
        };
        let below = below.ok_or_else(|| dead(None))?;
        let target = below
            .strip_suffix(".md")
            .and_then(|stem| self.by_source(stem))
            .or_else(|| self.by_address(below));
        target.ok_or_else(|| dead(self.near(below)))
    }

    /// A text by its source, without the `.md`.
    fn by_source(&self, stem: &str) -> Option<(Target, Option<Language>)> {
        let path = format!("{CONTENT}{stem}.md");
        for document in self.site.documents.values() {
            for version in &document.versions {
                let target =
                    |language| Target::Version(document.path.clone(), version.id, language);
                if version.original.path == path {
                    return Some((target(None), None));
                }
                let translation = version
                    .translations
                    .iter()
                    .find(|(_, text)| text.path == path);
                if let Some((language, _)) = translation {
                    return Some((target(Some(language.clone())), Some(language.clone())));
                }
            }
        }
        let page = self.site.pages.iter().find(|page| page.text.path == path)?;
        Some((Target::Page(page.path.clone()), page.translation.clone()))
    }

    /// A page by its address, without the slash before it.
    fn by_address(&self, address: &str) -> Option<(Target, Option<Language>)> {
        let address = address.trim_end_matches('/');
        let languages = self.site.config.languages.iter().skip(1);
        for language in languages {
            let part = language.address_part();
            if address == part {
                return Some((Target::Page(String::new()), Some(language.clone())));
            }
            if let Some(rest) = address
                .strip_prefix(&part)
                .and_then(|rest| rest.strip_prefix('/'))
            {
                let (target, _) = self.by_plain_address(rest, Some(language))?;
                return Some((target, Some(language.clone())));
            }
        }
        self.by_plain_address(address, None)
    }

    fn by_plain_address(
        &self,
        address: &str,
        language: Option<&Language>,
    ) -> Option<(Target, Option<Language>)> {
        let site = self.site;
        if site.documents.contains_key(address) {
            return Some((Target::Document(address.to_owned()), None));
        }
        if address.is_empty() || site.pages.iter().any(|page| page.path == address) {
            return Some((Target::Page(address.to_owned()), None));
        }
        if site.files.iter().any(|file| file == address) {
            return Some((Target::File(address.to_owned()), None));
        }
        let (folder, last) = address.rsplit_once('/')?;
        let document = site.documents.get(folder)?;
        if last == "history" {
            return Some((Target::History(folder.to_owned()), None));
        }
        let version = document
            .versions
            .iter()
            .find(|version| version.id.to_string() == last)?;
        version.text(language)?;
        Some((
            Target::Version(folder.to_owned(), version.id, language.cloned()),
            None,
        ))
    }

    fn near(&self, address: &str) -> Option<String> {
        let site = self.site;
        let known = site
            .documents
            .keys()
            .map(String::as_str)
            .chain(site.pages.iter().map(|page| page.path.as_str()));
        let near = diagnostic::nearest(
            address.trim_end_matches('/'),
            known.filter(|path| !path.is_empty()),
        )?;
        Some(format!("did you mean `/{near}/`?"))
    }

    /// A version that nobody can read yet has no page to lead to.
    fn check_public(&self, target: &Target, from: Viewpoint<'_>) -> Result<(), Fault> {
        let Target::Version(path, id, language) = target else {
            return Ok(());
        };
        let version = self.archive.version(path, *id);
        let public = version.and_then(|v| Some(v.public(v.text(language.as_ref())?)));
        let Some(day) = public.filter(|day| *day > from.known) else {
            return Ok(());
        };
        let message = format!("version {id} of `{path}` is not public before {day}");
        Err(Fault::dead(
            message,
            format!("link to the document, `/{path}/`: it shows what is in force"),
        ))
    }

    /// The address of a target as seen from a viewpoint, and the outline of the text there.
    fn address(&self, target: &Target, from: Viewpoint<'_>) -> (Address, Option<&'s Outline>) {
        match target {
            Target::Page(path) => self.page(path, from.translation),
            Target::File(path) => (Address::file(path), None),
            Target::History(path) => (self.history(path, from.translation), None),
            Target::Version(path, id, language) => self.version(path, *id, language.as_ref()),
            Target::Document(path) => self.document(path, from),
        }
    }

    /// The history of a document; before anything of it is public, its own address, which says so.
    fn history(&self, path: &str, translation: Option<&Language>) -> Address {
        let known = self
            .archive
            .document(path)
            .is_some_and(|(_, h)| h.ids().next().is_some());
        if !known {
            return Address::document(path, None);
        }
        let translations = self.archive.translations(path);
        Address::history(
            path,
            translation.filter(|language| translations.contains(language)),
        )
    }

    fn page(&self, path: &str, translation: Option<&Language>) -> (Address, Option<&'s Outline>) {
        let find = |translation: Option<&Language>| {
            self.site
                .pages
                .iter()
                .find(|page: &&Page| page.path == path && page.translation.as_ref() == translation)
        };
        match find(translation).or_else(|| find(None)) {
            Some(page) => (
                Address::page(path, page.translation.as_ref()),
                self.outline(&page.text),
            ),
            None => (
                Address::page(path, translation.filter(|_| path.is_empty())),
                None,
            ),
        }
    }

    fn version(
        &self,
        path: &str,
        id: VersionId,
        language: Option<&Language>,
    ) -> (Address, Option<&'s Outline>) {
        let version = self.archive.version(path, id);
        let language =
            language.filter(|l| version.is_some_and(|v| v.translations.contains_key(*l)));
        let text = version.and_then(|version| version.text(language));
        (
            Address::version(path, id, language),
            text.and_then(|text| self.outline(text)),
        )
    }

    fn document(&self, path: &str, from: Viewpoint<'_>) -> (Address, Option<&'s Outline>) {
        let archive = self.archive;
        let today = archive
            .document(path)
            .and_then(|(_, history)| history.in_force());
        let Some(id) = archive.in_force_on(path, from.day, from.known) else {
            return (Address::document(path, None), None);
        };
        if from.archived || Some(id) != today {
            return self.version(path, id, from.translation);
        }
        let translation = from
            .translation
            .filter(|_| archive.shown(path, from.translation).is_some());
        let shown = archive
            .shown(path, translation)
            .and_then(|id| archive.text(path, id, translation));
        (
            Address::document(path, translation),
            shown.and_then(|text| self.outline(text)),
        )
    }
}

fn check_anchor(anchor: &str, outline: &Outline, owner: &str) -> Result<(), Fault> {
    if outline.has_anchor(anchor) {
        return Ok(());
    }
    let names = outline.anchors.iter().map(|anchor| &**anchor);
    let help = diagnostic::did_you_mean(anchor, names, || {
        format!("give a heading the anchor: `## Words {{#{anchor}}}`, or link to one that is there")
    });
    Err(Fault::dead(
        format!("{owner} has no anchor `{anchor}`"),
        help,
    ))
}

/// A link that leads out of the site, as it is. An error for schemes that may not be used.
fn outside(destination: &str) -> Result<Option<&str>, Fault> {
    let lower = destination.to_ascii_lowercase();
    if destination.starts_with("//") {
        let help = format!("write `https:{destination}`");
        return Err(Fault::forbidden(
            format!("`{destination}` does not say how to reach its host"),
            help,
        ));
    }
    let scheme_end = lower.find(':').filter(|colon| {
        lower[..*colon]
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
            && *colon > 0
    });
    let Some(colon) = scheme_end else {
        // White space and control characters before a scheme are ignored by browsers.
        let squeezed: String = lower
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        if ["javascript:", "data:", "vbscript:"]
            .iter()
            .any(|scheme| squeezed.starts_with(scheme))
        {
            return Err(forbidden_scheme(&squeezed));
        }
        return Ok(None);
    };
    if !OUTSIDE.contains(&&lower[..=colon]) {
        return Err(forbidden_scheme(&lower));
    }
    if lower.starts_with("http") && !is_web_address(destination) {
        let help = "write the whole address, for example `https://example.com/page`";
        return Err(Fault::dead(
            format!("`{destination}` is not a web address"),
            help,
        ));
    }
    Ok(Some(destination))
}

/// Whether an address has a host, and no character that a URL must not hold (RFC 3986).
fn is_web_address(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let bad = |c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c);
    !host.is_empty() && !address.contains(bad) && !host.contains(['[', ']', '%', '@'])
}

fn forbidden_scheme(destination: &str) -> Fault {
    let scheme = destination.split(':').next().unwrap_or_default();
    Fault::forbidden(
        format!("links with `{scheme}:` are not allowed"),
        "use https:, http:, mailto:, tel:, a path or an anchor",
    )
}

/// An absolute link to this very site, as an address of it.
fn own_address(destination: &str, base: &BaseUrl) -> Option<String> {
    let path = destination.strip_prefix(&base.origin)?;
    let below = path
        .strip_prefix(&base.path)
        .or_else(|| (path == base.path.trim_end_matches('/')).then_some(""))?;
    Some(format!("/{below}"))
}

/// A percent-encoded text (RFC 3986, section 2.1) as characters; as it is where that is not UTF-8.
fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = hex
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .filter(|_| *first == b'%')
        {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_lead_out() {
        for good in [
            "https://x.example/a?b#c",
            "http://x",
            "mailto:a@b.example",
            "tel:+1555",
            "HTTPS://X.example",
        ] {
            assert_eq!(outside(good).unwrap(), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "//x.example",
        ] {
            assert!(outside(bad).unwrap_err().forbidden, "{bad}");
        }
        for dead in ["https://", "https:///x", "https://a b", "http://{{x}}"] {
            assert!(!outside(dead).unwrap_err().forbidden, "{dead}");
        }
        for inside in ["../terms/", "/terms/", "#a", "2021-06-01.md"] {
            assert_eq!(outside(inside).unwrap(), None);
        }
    }

    #[test]
    fn percent_encoding_is_undone() {
        assert_eq!(decode("caf%C3%A9"), "café");
        assert_eq!(decode("50%"), "50%");
        assert_eq!(decode("%zz%FF"), "%zz%FF");
    }

    #[test]
    fn an_absolute_link_to_the_site_itself_is_an_address_of_it() {
        let base = BaseUrl::parse("https://x.example/legal/").unwrap();
        assert_eq!(
            own_address("https://x.example/legal/terms/#a", &base).as_deref(),
            Some("/terms/#a")
        );
        assert_eq!(
            own_address("https://x.example/legal", &base).as_deref(),
            Some("/")
        );
        assert_eq!(own_address("https://x.example/blog/", &base), None);
    }
}
