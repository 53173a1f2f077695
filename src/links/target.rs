//! What a link's path means: a document, a version, a page, whoever looks.

use super::Fault;
use crate::model::Language;
use crate::model::document::VersionId;
use crate::parse::Site;
use crate::{diagnostic, paths};

const CONTENT: &str = "content/";

/// Where a link leads, whoever looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
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

/// Finds targets by what links write.
#[derive(Clone, Copy)]
pub(super) struct Targets<'s> {
    pub(super) site: &'s Site<'s>,
}

/// What a path means below `content/`, or below the root of the site.
pub(super) fn below_content(path: &str, file: &str) -> Option<String> {
    let decoded = super::outside::decode(path);
    if let Some(address) = decoded.strip_prefix('/') {
        return Some(address.to_owned());
    }
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = paths::join(folder, &decoded)?;
    if joined == "content" {
        return Some(String::new());
    }
    joined.strip_prefix(CONTENT).map(str::to_owned)
}

impl Targets<'_> {
    /// What a path means: as written in a source file, or as an address of the site.
    pub(super) fn find(self, path: &str, file: &str) -> Result<(Target, Option<Language>), Fault> {
        let decoded = super::outside::decode(path);
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
        let below = below_content(path, file).ok_or_else(|| dead(None))?;
        let target = below
            .strip_suffix(".md")
            .and_then(|stem| self.by_source(stem))
            .or_else(|| self.by_address(&below));
        target.ok_or_else(|| dead(self.near(&below)))
    }

    /// A text by its source, without the `.md`.
    fn by_source(self, stem: &str) -> Option<(Target, Option<Language>)> {
        let path = format!("{CONTENT}{stem}.md");
        let folder = stem.rsplit_once('/').map_or("", |(folder, _)| folder);
        for version in self
            .site
            .documents
            .get(folder)
            .into_iter()
            .flat_map(|d| &d.versions)
        {
            let target = |language| Target::Version(folder.to_owned(), version.id, language);
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
        let page = self.site.pages.iter().find(|page| page.text.path == path)?;
        Some((Target::Page(page.path.clone()), page.translation.clone()))
    }

    /// A page by its address, without the slash before it.
    fn by_address(self, address: &str) -> Option<(Target, Option<Language>)> {
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
                let Some((target, _)) = self.by_plain_address(rest, Some(language)) else {
                    continue;
                };
                return Some((target, Some(language.clone())));
            }
        }
        self.by_plain_address(address, None)
    }

    fn by_plain_address(
        self,
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

    fn near(self, address: &str) -> Option<String> {
        // A file name was not meant as a document.
        if address
            .rsplit('/')
            .next()
            .is_some_and(|name| name.contains('.'))
        {
            return None;
        }
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
}
