//! The theme's templates: compiled once, with every problem told at its place.

use memchr::memmem;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::contract::Choice;
use crate::diagnostic::{Diagnostic, LineIndex, Place, Span, rules};
use crate::model::document::Standing;
use crate::prepared::Prepared;
use crate::theme::{FOLDER, Template};

/// The templates that every theme has.
const REQUIRED: [&str; 7] = [
    "front.html",
    "version.html",
    "redline.html",
    "history.html",
    "page.html",
    "404.html",
    "redirect.html",
];

/// Room for what a template prints around a text, in bytes: a guess that spares copying.
const FRAME_SIZE: usize = 24 * 1024;

/// A theme's templates, ready to render.
pub(super) struct Templates {
    tera: Tera,
    /// Template names with their paths and texts, to point at in reports.
    sources: Vec<(String, String, String)>,
    theme: String,
}

impl Templates {
    /// Compiles the templates of a theme.
    pub(super) fn compile(prepared: &Prepared<'_>) -> (Option<Self>, Vec<Diagnostic>) {
        let theme = &prepared.texts.theme;
        let mut tera = Tera::new();
        register(&mut tera, prepared);
        let mut templates = Self {
            tera,
            sources: theme.templates.iter().map(source).collect(),
            theme: prepared.site.config.theme.value.clone(),
        };
        let prefixes: Vec<String> = theme
            .search
            .iter()
            .map(|layer| format!("{layer}/"))
            .collect();
        let added = templates
            .tera
            .set_fallback_prefixes(prefixes)
            .and_then(|()| {
                templates
                    .tera
                    .add_raw_templates(theme.templates.iter().map(|t| (t.name.as_str(), t.text)))
            });
        if let Err(error) = added {
            return (None, templates.diagnostics(&error));
        }
        let missing: Vec<Diagnostic> = REQUIRED
            .iter()
            .filter(|name| !templates.tera.contains_template(name))
            .map(|name| templates.missing(name))
            .collect();
        if missing.is_empty() {
            (Some(templates), missing)
        } else {
            (None, missing)
        }
    }

    /// Renders a template, which must print each of the `required` pieces.
    pub(super) fn render(
        &self,
        name: &str,
        context: &Context,
        required: &[&str],
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let longest = required
            .iter()
            .map(|piece| piece.len())
            .max()
            .unwrap_or_default();
        let mut html = Vec::with_capacity(longest + FRAME_SIZE);
        if let Err(error) = self.tera.render_to(name, context, &mut html) {
            return Err(Box::new(self.diagnostics(&error).swap_remove(0)));
        }
        for piece in required {
            if !shows(&html, piece.trim().as_bytes()) {
                return Err(Box::new(self.dropped(name, piece)));
            }
        }
        Ok(html)
    }

    fn missing(&self, name: &str) -> Diagnostic {
        let theme = &self.theme;
        let message = format!("the theme `{theme}` has no template `{name}`");
        let help = format!(
            "add {FOLDER}{theme}/templates/{name}, or write `extends = \"default\"` in its theme.toml"
        );
        Diagnostic::new(
            &rules::TEMPLATE,
            Place::file(format!("{FOLDER}{theme}/theme.toml")),
            message,
            help,
        )
    }

    fn dropped(&self, name: &str, piece: &str) -> Diagnostic {
        let (path, _) = self.source_of(name);
        let what = if piece.contains("class=\"notice") {
            "notice"
        } else {
            "text"
        };
        let message = format!("the template does not print `{{{{ {what} }}}}`");
        let help = format!("add `{{{{ {what} | safe }}}}` where it belongs");
        Diagnostic::new(
            &rules::TEMPLATE_DROPS_TEXT,
            Place::file(path),
            message,
            help,
        )
    }

    /// The report of a page without a link that the law wants on it.
    pub(super) fn dropped_choice(&self, name: &str, choice: &Choice) -> Diagnostic {
        let (path, _) = self.source_of(name);
        let message = format!("the page does not have the link “{}”", choice.label.0);
        let help = "print every `choice` of `site.choices`: `<a href=\"{{ choice.url }}\">{{ choice.label }}</a>`";
        Diagnostic::new(&rules::CALIFORNIA_LINK, Place::file(path), message, help)
    }

    /// Tera's report as diagnostics: one for each `error:` of it, the `note:` lines after an error
    /// are the templates that called it. Spans of some errors exist in the words only, so all are
    /// taken from there.
    fn diagnostics(&self, error: &Error) -> Vec<Diagnostic> {
        let report = error.to_string();
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut lines = report.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(message) = line.strip_prefix("error: ") {
                let at = lines.next_if(|next| next.trim_start().starts_with("--> "));
                let place = at.map_or_else(
                    || self.theme_place(),
                    |at| self.place(at.trim_start().trim_start_matches("--> ")),
                );
                found.push(template_error(place, message));
            } else if let (Some(note), Some(last)) = (line.strip_prefix("note: "), found.last_mut())
            {
                let (label, at) = note.rsplit_once(' ').unwrap_or((note, ""));
                last.notes.push(crate::diagnostic::Note {
                    message: label.to_owned(),
                    place: Some(self.place(at)),
                });
            }
        }
        if found.is_empty() {
            found.push(template_error(
                self.theme_place(),
                report.lines().next().unwrap_or("the theme is broken"),
            ));
        }
        found
    }

    fn theme_place(&self) -> Place {
        Place::file(format!("{FOLDER}{}", self.theme))
    }

    /// `acme/version.html:12:5` as a place in the file.
    fn place(&self, at: &str) -> Place {
        let mut parts = at.rsplitn(3, ':');
        let column: usize = parts.next().and_then(|n| n.parse().ok()).unwrap_or(1);
        let line: usize = parts.next().and_then(|n| n.parse().ok()).unwrap_or(1);
        let (path, text) = self.source_of(parts.next().unwrap_or_default());
        if !path.starts_with(FOLDER) {
            return Place::file(format!("{path}:{line}:{column}"));
        }
        let (content, start) =
            LineIndex::new(text).line(line.clamp(1, text.lines().count().max(1)));
        let byte = content
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(content.len(), |(byte, _)| byte);
        Place::at(
            path,
            Span::new(start + byte..start + content.len().min(byte + 1)),
        )
    }

    /// The path and text of a template, by its full name or one that is looked for in the layers.
    fn source_of(&self, name: &str) -> (&str, &str) {
        let full = self.sources.iter().find(|(known, _, _)| known == name);
        let found = full.or_else(|| {
            self.sources
                .iter()
                .find(|(known, _, _)| known.split_once('/').is_some_and(|(_, n)| n == name))
        });
        found.map_or(("", ""), |(_, path, text)| (path, text))
    }
}

/// Whether a page shows a piece, outside of comments. The piece may be nearly as long as the page:
/// looking for its beginning first costs a fraction of a search that prepares itself for all of it.
fn shows(page: &[u8], piece: &[u8]) -> bool {
    let beginning = &piece[..piece.len().min(64)];
    let in_comment = |at: usize| {
        let before = &page[..at];
        memmem::find(before, b"<!--").is_some()
            && memmem::rfind(before, b"<!--") > memmem::rfind(before, b"-->")
    };
    memmem::find_iter(page, beginning).any(|at| page[at..].starts_with(piece) && !in_comment(at))
}

fn source(template: &Template<'_>) -> (String, String, String) {
    (
        template.name.clone(),
        template.path.clone(),
        template.text.to_owned(),
    )
}

fn template_error(place: Place, message: &str) -> Diagnostic {
    let (message, help) = match message.split_once(" Available ") {
        Some((message, names)) => (message, format!("here there are {names}")),
        None => (
            message,
            "docs/themes.md lists what a template is given".to_owned(),
        ),
    };
    let message = message.trim_end_matches('.');
    Diagnostic::new(&rules::TEMPLATE, place, message, help)
}

/// Registers what templates can call: `asset(path=…)` and a test for each standing.
fn register(tera: &mut Tera, prepared: &Prepared<'_>) {
    let base = prepared.site.config.base_url.clone();
    let assets: Vec<(String, String)> = prepared
        .texts
        .theme
        .assets
        .all()
        .map(|(path, asset)| (path.to_owned(), asset.address.href(&base)))
        .collect();
    tera.register_function(
        "asset",
        move |arguments: Kwargs, _: &State| -> TeraResult<String> {
            let path = arguments.must_get::<&str>("path")?;
            let found = assets.iter().find(|(known, _)| known == path);
            found.map(|(_, href)| href.clone()).ok_or_else(|| {
                let names = assets.iter().map(|(name, _)| name.as_str());
                let near = crate::diagnostic::did_you_mean(path, names, || {
                    "put it into the theme's static/ folder".into()
                });
                Error::message(format!("the theme has no asset `{path}`: {near}"))
            })
        },
    );
    for (name, _) in Standing::NAMES {
        tera.register_test(
            name.replace('-', "_"),
            move |record: &Value, _: Kwargs, _: &State| -> TeraResult<bool> {
                let standing = record
                    .get_from_path("standing")
                    .and_then(|value| value.as_str().map(str::to_owned));
                standing
                    .map(|standing| standing == name)
                    .ok_or_else(|| Error::message("only a version has a standing"))
            },
        );
    }
}
