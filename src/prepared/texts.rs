//! Reading single texts: placeholders replaced, in the words of their language.

use std::collections::BTreeMap;

use super::Role;
use crate::diagnostic::Diagnostic;
use crate::model::document::{Document, Version};
use crate::model::{Language, Value};
use crate::outline::{self, Outline};
use crate::parse::markdown::Parsed;
use crate::parse::placeholders::{Expanded, Own, Placeholders, SourceMap};
use crate::parse::{Site, markdown};
use crate::redline::{Anchors, Nodes, Redline};
use crate::theme::{Strings, Theme};

/// What texts are read with.
pub struct Texts<'s> {
    site: &'s Site<'s>,
    /// The theme, which has the words for dates.
    pub theme: Theme<'s>,
    placeholders: Placeholders<'s>,
}

impl<'s> Texts<'s> {
    /// There is nothing to read texts with where there is no theme.
    pub fn new(site: &'s Site<'s>) -> (Option<Self>, Vec<Diagnostic>) {
        let (theme, problems) = crate::theme::read(&site.config, site.sources);
        let texts = theme.map(|theme| Self {
            site,
            theme,
            placeholders: Placeholders::new(site.sources, shared_values(site)),
        });
        (texts, problems)
    }

    /// The words of the theme in a language; `None` for the site's first.
    pub fn strings(&self, translation: Option<&Language>) -> &Strings {
        let language = translation.unwrap_or_else(|| self.site.config.default_language());
        &self.theme.strings[language]
    }

    /// A text after its placeholders have been replaced.
    pub fn expand(&self, role: Role<'_>) -> Expanded<'s> {
        let file = role.file();
        let own = Own {
            translation: role.translation(),
            variables: &file.front.variables,
            version: own_values(self.strings(role.translation()), role),
        };
        self.placeholders.expand(file, &own)
    }

    /// The outline of a text, and every problem in it.
    pub(super) fn outline(
        &self,
        role: Role<'_>,
        expanded: &Expanded<'_>,
        parsed: &Parsed<'_>,
    ) -> (Outline, Vec<Diagnostic>) {
        let strings = self.strings(role.translation());
        outline::of(role.file(), expanded, parsed, role.reading(), strings)
    }

    /// The title of a version in the site's first language; `None` where it has none, which is an
    /// error for `check` to tell. The text is read only where nothing else names it.
    pub fn title(&self, document: &Document, version: &Version) -> Option<String> {
        let role = Role::Version(document, version, None);
        let reading = role.reading();
        if let Some(title) = reading.title {
            return Some(title.to_owned());
        }
        let expanded = self.expand(role);
        let parsed = markdown::parse(&expanded.text, reading.request());
        let title = outline::title(&parsed.text, reading)?;
        Some(title.trim().to_owned()).filter(|title| !title.is_empty())
    }

    /// Compares two texts. The source map leads from places of the new text to its sources.
    pub fn compare<R>(
        &self,
        old: Role<'_>,
        new: Role<'_>,
        look: impl FnOnce(&Redline<'_, '_>, &SourceMap) -> R,
    ) -> R {
        let (old_words, new_words) = (self.expand(old), self.expand(new));
        let before = markdown::parse(&old_words.text, old.reading().request()).text;
        let after = markdown::parse(&new_words.text, new.reading().request()).text;
        let (before, after) = (Nodes::of(&before), Nodes::of(&after));
        look(&Redline::between(&before, &after), &new_words.map)
    }

    /// The anchors that came and went from one text to another.
    pub(super) fn anchors(&self, old: Role<'_>, new: Role<'_>) -> Anchors {
        let (old_words, new_words) = (self.expand(old), self.expand(new));
        let before = markdown::parse(&old_words.text, old.reading().request()).text;
        let after = markdown::parse(&new_words.text, new.reading().request()).text;
        Anchors::between(&Nodes::of(&before), &Nodes::of(&after))
    }

    /// What is wrong in the words of a text.
    pub fn problems(&self, role: Role<'_>) -> Vec<Diagnostic> {
        let expanded = self.expand(role);
        let parsed = markdown::parse(&expanded.text, role.reading().request());
        self.outline(role, &expanded, &parsed).1
    }
}

/// What a text can say of itself.
fn own_values(strings: &Strings, role: Role<'_>) -> Value {
    let Role::Version(_, version, _) = role else {
        // A draft has no dates yet, and its text may already speak of them.
        let open = |name: &str| (name.to_owned(), Value::String("[…]".to_owned()));
        let is_draft = matches!(role, Role::Draft(_));
        let values = if is_draft {
            vec![open("effective"), open("published")]
        } else {
            Vec::new()
        };
        return Value::Table(values);
    };
    let published = version
        .original
        .front
        .published
        .as_ref()
        .map_or(version.id.effective, |date| date.value);
    let words = |name: &str, date| (name.to_owned(), Value::String(strings.date(date)));
    Value::Table(vec![
        words("effective", version.id.effective),
        words("published", published),
    ])
}

/// The values that every text of a site can use.
fn shared_values(site: &Site<'_>) -> BTreeMap<&'static str, Value> {
    let config = &site.config;
    let of_site = Value::Table(vec![
        ("title".to_owned(), Value::String(config.title.clone())),
        (
            "base_url".to_owned(),
            Value::String(format!(
                "{}{}",
                config.base_url.origin, config.base_url.path
            )),
        ),
    ]);
    BTreeMap::from([
        ("organization", config.organization.clone()),
        ("site", of_site),
        ("data", site.data.clone()),
    ])
}
