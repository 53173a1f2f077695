//! The words of a theme in a language, and how that language writes dates.

use std::collections::BTreeMap;

use super::BUILT_IN;
use super::layers::{self, Layer};
use super::statute;
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::model::config::{Config, PATH};
use crate::model::{Date, Language};
use crate::parse::table::{Fields, Source};

/// The words of a theme in one language.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    /// The language's own name.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    dates: Dates,
    in_texts: Dates,
    words: BTreeMap<String, String>,
}

/// How a language writes dates.
#[derive(Clone, Debug, Default)]
struct Dates {
    pattern: String,
    months: Vec<String>,
}

impl Dates {
    fn write(&self, date: Date) -> String {
        let month = usize::try_from(date.month()).unwrap_or(1) - 1;
        self.pattern
            .replace("{day}", &date.day().to_string())
            .replace("{month}", self.months.get(month).map_or("", String::as_str))
            .replace("{year}", &date.year().to_string())
    }
}

impl Strings {
    /// A date written out on a page.
    pub fn date(&self, date: Date) -> String {
        self.dates.write(date)
    }

    /// A date written out as words of a text, which are not the theme's to change: as the default theme
    /// is embedded, where it has the language.
    pub fn date_in_text(&self, date: Date) -> String {
        self.in_texts.write(date)
    }

    /// The words for a key. Every key of the default theme is there: [`read`] has checked it.
    pub fn get(&self, key: &str) -> &str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// All keys with their words.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words
            .iter()
            .map(|(key, words)| (key.as_str(), words.as_str()))
    }
}

/// The words for each language of a site: those of the theme, completed by what it extends. A key
/// that English has in the same theme and a language lacks is an error.
pub(super) fn read(
    config: &Config,
    layers: &[Layer<'_>],
) -> (BTreeMap<Language, Strings>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let english = merged("en", layers, &mut Vec::new());
    let embedded = [layers::embedded()];
    let mut all = BTreeMap::new();
    for language in &config.languages {
        let mut strings = merged(language.as_str(), layers, &mut problems);
        let built_in = merged(language.as_str(), &embedded, &mut Vec::new()).dates;
        let known = !built_in.months.is_empty();
        strings.in_texts = if known {
            built_in
        } else {
            strings.dates.clone()
        };
        check(language, &strings, &english, layers, &mut problems);
        problems.extend(statute::check(config, language, &strings, layers));
        all.insert(language.clone(), strings);
    }
    (all, problems)
}

fn merged(language: &str, layers: &[Layer<'_>], problems: &mut Vec<Diagnostic>) -> Strings {
    let file_name = format!("i18n/{language}.toml");
    let mut strings = Strings::default();
    for layer in layers.iter().rev() {
        let Some(file) = layer.files.get(file_name.as_str()) else {
            continue;
        };
        let source = Source::new(&file.path, 0);
        if let Some(fields) = source.read(file.text()) {
            strings.add(fields);
        }
        problems.extend(source.into_problems());
    }
    strings
}

impl Strings {
    fn add(&mut self, mut fields: Fields<'_>) {
        replace(&mut self.name, fields.words("name"));
        replace(&mut self.direction, fields.words("dir"));
        if let Some(mut date) = fields.table("date") {
            replace(&mut self.dates.pattern, date.words("pattern"));
            let months = date.strings("months").unwrap_or_default();
            if months.len() == 12 {
                self.dates.months = months.into_iter().map(|month| month.value).collect();
            } else if !months.is_empty() {
                let message = format!("a year has 12 months, not {}", months.len());
                date.report(
                    &rules::BAD_VALUE,
                    date.span(),
                    message,
                    "name all twelve, January first",
                );
            }
            date.finish();
        }
        if let Some(strings) = fields.table("strings") {
            self.words.extend(strings.into_strings());
        }
        fields.finish();
    }
}

fn replace(slot: &mut String, value: Option<String>) {
    if let Some(value) = value {
        *slot = value;
    }
}

fn check(
    language: &Language,
    strings: &Strings,
    english: &Strings,
    layers: &[Layer<'_>],
    problems: &mut Vec<Diagnostic>,
) {
    let mut missing: Vec<&str> = Vec::new();
    for (key, there) in [
        ("name", !strings.name.is_empty()),
        ("dir", !strings.direction.is_empty()),
        ("date.pattern", !strings.dates.pattern.is_empty()),
        ("date.months", !strings.dates.months.is_empty()),
    ] {
        if !there {
            missing.push(key);
        }
    }
    missing.extend(
        english
            .words
            .keys()
            .filter(|key| !strings.words.contains_key(*key))
            .map(String::as_str),
    );
    if missing.is_empty() {
        return;
    }
    problems.push(told(language, &missing, layers));
}

/// How many keys are named in a line.
const MOST_NAMED: usize = 4;

/// One report for all that a language lacks, at its file, or where the language is named if there is none.
fn told(language: &Language, missing: &[&str], layers: &[Layer<'_>]) -> Diagnostic {
    let name = format!("i18n/{language}.toml");
    let mut own = layers.iter().filter(|layer| layer.name != BUILT_IN);
    let found = own.find_map(|layer| layer.files.get(name.as_str()));
    let theme = layers.first().map_or("", |layer| layer.name.as_str());
    let (place, to_do) = match found {
        Some(file) => (file.path.as_str(), format!("add them to {}", file.path)),
        None => (PATH, format!("write themes/{theme}/{name} with them")),
    };
    let all = missing.join(", ");
    let is_short = missing.len() <= MOST_NAMED;
    let what = if is_short {
        format!(": {all}")
    } else {
        format!(" {} keys", missing.len())
    };
    let message = format!("the theme has no words in `{language}` for{what}");
    let help = format!("{to_do}; docs/themes.md lists every key with its English words");
    let problem = Diagnostic::new(&rules::MISSING_STRING, Place::file(place), message, help);
    match found {
        Some(_) if !is_short => problem.note(format!("missing: {all}"), None),
        _ => problem,
    }
}
