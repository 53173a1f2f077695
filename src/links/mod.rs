//! Links: from what a text says to an address of the site, seen from one version on one day.
//!
//! A link names a document, not a version, unless it says a date. Which version it leads to depends
//! on where it stands: in an archived version to the text that was in force with it.

mod gone;
mod named;
mod outside;
mod target;

use crate::archive::Archive;
use crate::diagnostic;
use crate::model::document::{Page, TextFile, VersionId};
use crate::model::{Date, Language};
use crate::outline::Outline;
use crate::parse::Site;
use crate::urls::Address;
pub(crate) use named::named;
pub(crate) use outside::decode;
use outside::{outside, own_address};
use target::{Target, Targets};

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Whether it is of a kind that is never allowed, rather than dead.
    pub forbidden: bool,
    /// Where it would lead if the anchor were there, if that is all that is wrong.
    pub address: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    fn dead(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            forbidden: false,
            address: None,
            message: message.into(),
            help: help.into(),
        }
    }

    fn forbidden(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            forbidden: true,
            address: None,
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

/// Where links find the anchors of texts.
pub trait Outlines: Sync {
    /// The outline of a text, if it is one of the site's.
    fn outline(&self, file: &TextFile) -> Option<&Outline>;

    /// Whether a text was withdrawn and is gone; without a version, any text of a document.
    fn is_withdrawn(
        &self,
        path: &str,
        version: Option<VersionId>,
        language: Option<&Language>,
    ) -> bool;
}

/// Resolves the links of a site.
pub struct Links<'s> {
    site: &'s Site<'s>,
    archive: &'s Archive<'s>,
    outlines: &'s dyn Outlines,
}

impl<'s> Links<'s> {
    /// The links of a site as they lead on the day of the archive.
    pub fn new(site: &'s Site<'s>, archive: &'s Archive<'s>, outlines: &'s dyn Outlines) -> Self {
        Self {
            site,
            archive,
            outlines,
        }
    }

    fn targets(&self) -> Targets<'s> {
        Targets { site: self.site }
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
            let href = format!("#{anchor}");
            return check_anchor(&anchor, own, "this text", href);
        }
        let base = &self.site.config.base_url;
        let own_site = own_address(destination, &self.site.config);
        let destination = own_site.as_deref().unwrap_or(destination);
        if let Some(outside) = outside(destination)? {
            return Ok(outside.to_owned());
        }
        let (path, anchor) = destination
            .split_once('#')
            .map_or((destination, None), |(p, a)| (p, Some(decode(a))));
        let (target, translation) = match self.targets().find(path, file) {
            Ok(found) => found,
            // A sealed text cannot be rid of its link: it leads to where readers are told.
            Err(fault) => {
                let gone = gone::address(self.site, self.outlines, path, file);
                return gone.map(|address| address.href(base)).ok_or(fault);
            }
        };
        let from = Viewpoint {
            translation: translation.as_ref().or(from.translation),
            ..from
        };
        self.check_public(&target, from)?;
        let (address, text) = self.address(&target, from);
        let href = address.href(base);
        // Where there is no text yet, nothing could have the anchor; the page there says so.
        let Some((anchor, text)) = anchor.zip(text) else {
            return Ok(href);
        };
        let href = format!("{href}#{anchor}");
        match self.outlines.outline(text) {
            Some(outline) => {
                check_anchor(&anchor, outline, &format!("the text at {address}"), href)
            }
            None => Ok(href),
        }
    }

    /// The document that a link names, whatever the day.
    pub fn document_named(&self, destination: &str, file: &str) -> Option<String> {
        match self.targets().find(destination, file) {
            Ok((Target::Document(path), _)) => Some(path),
            _ => None,
        }
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
        match self.targets().find(destination, file)? {
            (Target::File(path), _) => Ok(Address::file(&path).href(&self.site.config.base_url)),
            _ => Err(Fault::dead(
                format!("`{destination}` is not a picture"),
                "name a file such as diagram.png",
            )),
        }
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

    /// The address of a target as seen from a viewpoint, and the text there.
    fn address(&self, target: &Target, from: Viewpoint<'_>) -> (Address, Option<&'s TextFile>) {
        match target {
            Target::Page(path) => self.page(path, from.translation),
            Target::File(path) => (Address::file(path), None),
            Target::History(path) => (self.history(path, from.translation), None),
            Target::Version(path, id, language) => {
                self.version(path, *id, language.as_ref(), from.known)
            }
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

    fn page(&self, path: &str, translation: Option<&Language>) -> (Address, Option<&'s TextFile>) {
        let find = |translation: Option<&Language>| {
            self.site
                .pages
                .iter()
                .find(|page: &&Page| page.path == path && page.translation.as_ref() == translation)
        };
        match find(translation).or_else(|| find(None)) {
            Some(page) => (
                Address::page(path, page.translation.as_ref()),
                Some(&page.text),
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
        known: Date,
    ) -> (Address, Option<&'s TextFile>) {
        let version = self.archive.version(path, id);
        let public = |language: &&Language| {
            version.is_some_and(|v| {
                v.text(Some(*language))
                    .is_some_and(|text| v.public(text) <= known)
            })
        };
        let language = language.filter(public);
        let text = version.and_then(|version| version.text(language));
        (Address::version(path, id, language), text)
    }

    fn document(&self, path: &str, from: Viewpoint<'_>) -> (Address, Option<&'s TextFile>) {
        let archive = self.archive;
        let today = archive
            .document(path)
            .and_then(|(_, history)| history.in_force());
        let Some(id) = archive.in_force_on(path, from.day, from.known) else {
            let shown = archive.shown(path, from.translation).is_some();
            return (
                Address::document(path, from.translation.filter(|_| shown)),
                None,
            );
        };
        if from.archived || Some(id) != today {
            return self.version(path, id, from.translation, from.known);
        }
        let translation = from
            .translation
            .filter(|_| archive.shown(path, from.translation).is_some());
        let shown = archive
            .shown(path, translation)
            .and_then(|id| archive.text(path, id, translation));
        (Address::document(path, translation), shown)
    }
}

/// The address if the text there has the anchor.
fn check_anchor(
    anchor: &str,
    outline: &Outline,
    owner: &str,
    href: String,
) -> Result<String, Fault> {
    if outline.anchors.has(anchor) {
        return Ok(href);
    }
    let names = outline.anchors.iter();
    let help = diagnostic::did_you_mean(anchor, names, || {
        format!("give a heading the anchor: `## Words {{#{anchor}}}`, or link to one that is there")
    });
    let fault = Fault::dead(format!("{owner} has no anchor `{anchor}`"), help);
    Err(Fault {
        address: Some(href),
        ..fault
    })
}
