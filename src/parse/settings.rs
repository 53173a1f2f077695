//! `document.toml` as a document's settings.

use super::config::governing_language;
use super::table::{Fields, Source};
use crate::diagnostic::{Diagnostic, did_you_mean, rules};
use crate::model::Language;
use crate::model::document::{Kind, Settings};

/// Reads a `document.toml` of a site with these languages, where they are known; what cannot be read has
/// its default, and the problems are told.
pub(crate) fn read(
    path: &str,
    toml: &str,
    languages: Option<&[Language]>,
) -> (Settings, Vec<Diagnostic>) {
    let source = Source::new(path, 0);
    let fields = source.read(toml);
    let settings = fields.map(|fields| settings(fields, languages));
    let settings = settings.unwrap_or_default();
    let problems = source.into_problems();
    let sound = !problems.iter().any(Diagnostic::is_error);
    (Settings { sound, ..settings }, problems)
}

fn settings(mut fields: Fields<'_>, languages: Option<&[Language]>) -> Settings {
    let settings = Settings {
        title: fields.words("title"),
        kind: kind(&mut fields),
        order: fields.integer("order"),
        governing_language: governing_language(&mut fields, languages),
        supplements: fields.string("supplements"),
        redirects: fields.strings("redirects").unwrap_or_default(),
        numbered: fields.boolean("numbered").unwrap_or_default(),
        sound: true,
    };
    fields.finish();
    settings
}

fn kind(fields: &mut Fields<'_>) -> Kind {
    let Some(name) = fields.string("kind") else {
        return Kind::default();
    };
    Kind::named(&name.value).unwrap_or_else(|| {
        let known = Kind::NAMES.map(|(name, _)| name);
        let help = did_you_mean(&name.value, known, || {
            format!("use one of: {}", known.join(", "))
        });
        fields.report(
            &rules::BAD_VALUE,
            name.span,
            format!("there is no kind `{}`", name.value),
            help,
        );
        Kind::default()
    })
}
