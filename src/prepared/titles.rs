//! The titles of single versions, for commands that need no more of a site's texts.

use super::{Role, expand, shared_values};
use crate::diagnostic::Diagnostic;
use crate::model::document::{Document, Version};
use crate::outline;
use crate::parse::placeholders::Placeholders;
use crate::parse::{Site, markdown};
use crate::theme::Theme;

/// Finds titles in the site's first language. A text is read only where nothing else names it.
pub struct Titles<'s> {
    site: &'s Site<'s>,
    theme: Theme<'s>,
    placeholders: Placeholders<'s>,
}

impl<'s> Titles<'s> {
    /// Reads what titles can be made of. There is nothing without a theme, which writes the dates.
    pub fn new(site: &'s Site<'s>) -> (Option<Self>, Vec<Diagnostic>) {
        let (theme, problems) = crate::theme::read(&site.config, site.sources);
        let titles = theme.map(|theme| Self {
            site,
            theme,
            placeholders: Placeholders::new(site.sources, shared_values(site)),
        });
        (titles, problems)
    }

    /// The title of a version; `None` where it has none, which is an error for `check` to tell.
    pub fn of(&self, document: &Document, version: &Version) -> Option<String> {
        let role = Role::Version(document, version, None);
        let reading = role.reading();
        if let Some(title) = reading.title {
            return Some(title.to_owned());
        }
        let strings = &self.theme.strings[self.site.config.default_language()];
        let expanded = expand(&self.placeholders, strings, role);
        let parsed = markdown::parse(&expanded.text, reading.request());
        let title = outline::title(&parsed.text, reading)?;
        Some(title.trim().to_owned()).filter(|title| !title.is_empty())
    }
}
