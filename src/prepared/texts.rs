//! Reading single texts: placeholders replaced, in the words of their language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::Role;
use super::named::Named;
use crate::diagnostic::{Diagnostic, Span};
use crate::markup::Markup;
use crate::markup::escape::push_attribute;
use crate::model::document::{Document, Version};
use crate::model::text::{Heading, Inline};
use crate::model::{Language, Value};
use crate::outline::{self, Outline};
use crate::parse::markdown::Parsed;
use crate::parse::placeholders::{Expanded, Own, Placeholders, SourceMap};
use crate::parse::{Site, markdown};
use crate::redline::{Anchors, Changes, Nodes, Redline};
use crate::sections::Sections;
use crate::theme::{Strings, Theme};

/// How many bytes of a document's texts are held as trees at a time, where one alone is not longer.
const AT_A_TIME: usize = 512 << 10;

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
        let lang = self.lang(None, role.translation());
        let words = (strings, lang.as_str());
        let names = Named::of(self.site, expanded);
        outline::of(role.file(), expanded, parsed, role.reading(), &names, words)
    }

    /// The attributes of an element with words in a language on a page in another; empty where the
    /// two are the same.
    pub fn lang(&self, language: Option<&Language>, page: Option<&Language>) -> String {
        let mut out = String::new();
        if language != page {
            let (own, page) = (self.strings(language), self.strings(page));
            let language = language.unwrap_or_else(|| self.site.config.default_language());
            out.push_str(" lang=\"");
            push_attribute(&mut out, language.as_str());
            if own.direction != page.direction {
                out.push_str("\" dir=\"");
                push_attribute(&mut out, &own.direction);
            }
            out.push('"');
        }
        out
    }

    /// The HTML of a text without the addresses of its links.
    pub(super) fn markup(&self, role: Role<'_>) -> Markup {
        let strings = self.strings(role.translation());
        let lang = self.lang(None, role.translation());
        outline::markup(&self.expand(role), role.reading(), strings, &lang)
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

    /// Reads texts once, and looks at all of them side by side.
    pub(super) fn side_by_side<'r, R>(
        &self,
        roles: &[Role<'r>],
        look: impl FnOnce(&[Tree<'r, 's, '_>]) -> R,
    ) -> R {
        let expanded: Vec<Expanded<'s>> = roles.iter().map(|role| self.expand(*role)).collect();
        let trees = roles.iter().zip(&expanded).map(|(role, expanded)| Tree {
            role: *role,
            expanded,
            parsed: markdown::parse(&expanded.text, role.reading().request()),
            site: self.site,
            title: role.reading().title.map(said),
        });
        look(&trees.collect::<Vec<_>>())
    }

    /// Compares two texts. The source map leads from places of the new text to its sources.
    pub fn compare<R>(
        &self,
        old: Role<'_>,
        new: Role<'_>,
        look: impl FnOnce(&Redline<'_, '_>, &SourceMap) -> R,
    ) -> R {
        self.side_by_side(&[old, new], |trees| {
            let nodes = nodes(trees);
            look(
                &Redline::between(&nodes[0], &nodes[1]),
                &trees[1].expanded.map,
            )
        })
    }

    /// The anchors that came and went from one text to another.
    pub(super) fn anchors(&self, old: Role<'_>, new: Role<'_>) -> Anchors {
        self.side_by_side(&[old, new], |trees| {
            let nodes = nodes(trees);
            Anchors::between(&nodes[0], &nodes[1])
        })
    }

    /// The sections of texts of a document, and what each changed against the one before it.
    pub fn past(&self, roles: &[Role<'s>]) -> Vec<Past> {
        let rows = self.in_rows(roles);
        let read = rows.into_par_iter().map(|(before, texts)| {
            let roles: Vec<Role<'s>> = before.into_iter().chain(texts.iter().copied()).collect();
            self.side_by_side(&roles, |trees| past(trees, before.is_some()))
        });
        read.flatten_iter().collect()
    }

    /// Texts in rows that are held as trees together, each with the text before it.
    pub(super) fn in_rows<'a>(
        &self,
        roles: &'a [Role<'s>],
    ) -> Vec<(Option<Role<'s>>, &'a [Role<'s>])> {
        let size = |role: &Role<'_>| {
            let source = self.site.sources.text(&role.file().path);
            source.map_or(0, str::len)
        };
        let mut rows: Vec<Range<usize>> = Vec::new();
        let mut held = 0;
        for (at, size) in roles.iter().map(size).enumerate() {
            match rows.last_mut() {
                Some(row) if held + size <= AT_A_TIME => {
                    (row.end, held) = (at + 1, held + size);
                }
                _ => {
                    rows.push(at..at + 1);
                    held = size;
                }
            }
        }
        let before = |at: usize| at.checked_sub(1).map(|at| roles[at]);
        rows.into_iter()
            .map(|row| (before(row.start), &roles[row]))
            .collect()
    }

    /// What is wrong in the words of a text.
    pub fn problems(&self, role: Role<'_>) -> Vec<Diagnostic> {
        self.read(role).1
    }

    /// Reads one text: its outline, and every problem in it.
    pub(super) fn read(&self, role: Role<'_>) -> (Outline, Vec<Diagnostic>) {
        let expanded = self.expand(role);
        let parsed = markdown::parse(&expanded.text, role.reading().request());
        self.outline(role, &expanded, &parsed)
    }
}

/// A text that was read.
pub(super) struct Tree<'r, 's, 'e> {
    pub(super) role: Role<'r>,
    pub(super) expanded: &'e Expanded<'s>,
    pub(super) parsed: Parsed<'e>,
    pub(super) site: &'s Site<'s>,
    /// The title that the front matter or the document says.
    title: Option<Heading<'e>>,
}

/// A title that is said outside of a text, as a heading of it.
fn said<'e>(title: &str) -> Heading<'e> {
    Heading {
        inlines: vec![Inline::Words(Cow::Owned(title.to_owned()))],
        anchor: String::new(),
        aliases: Vec::new(),
        span: Span::default(),
    }
}

/// The nodes of texts, by which they are compared.
pub(super) fn nodes<'t>(trees: &'t [Tree<'_, '_, 't>]) -> Vec<Nodes<'t>> {
    let all = trees
        .iter()
        .map(|tree| Nodes::of(&tree.parsed.text, tree.title.as_ref()));
    all.collect()
}

/// What a history says of a text beside its days.
pub struct Past {
    /// Its sections.
    pub sections: Sections,
    /// What it changed against the text before it; `None` for the first.
    pub changes: Option<Changes>,
}

/// What there is to say of texts in a row, without the first where another row says it.
fn past(trees: &[Tree<'_, '_, '_>], without_first: bool) -> Vec<Past> {
    let nodes = nodes(trees);
    let changes = |at: usize| {
        let before = &nodes[at.checked_sub(1)?];
        Some(Redline::between(before, &nodes[at]).changes())
    };
    let all = trees.iter().enumerate().skip(usize::from(without_first));
    all.map(|(at, tree)| Past {
        sections: Sections::of(&tree.parsed.text),
        changes: changes(at),
    })
    .collect()
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
    let words = |name: &str, date| (name.to_owned(), Value::String(strings.date_in_text(date)));
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
