//! The words of a theme in a language, and how that language writes dates.

use std::collections::BTreeMap;

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
    let theme = layers.first().map_or("", |layer| layer.name.as_str());
    let message = match missing.len() {
        n if n > 4 => format!(
            "the theme has no words in `{language}` for {} keys: {} …",
            n,
            missing[..3].join(", ")
        ),
        _ => format!(
            "the theme has no words in `{language}` for: {}",
            missing.join(", ")
        ),
    };
    let help = format!(
        "add them in themes/{theme}/i18n/{language}.toml; docs/themes.md lists every key with its English words"
    );
    problems.push(Diagnostic::new(
        &rules::MISSING_STRING,
        Place::file(PATH),
        message,
        help,
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::SourceTree;

    fn strings(language: &str) -> Strings {
        let config = crate::parse::test_config(&format!("languages = [\"{language}\"]"));
        let sources = SourceTree::new();
        let (theme, problems) = crate::theme::read(&config, &sources);
        assert!(problems.is_empty(), "{problems:?}");
        theme.unwrap().strings.into_values().next().unwrap()
    }

    #[test]
    fn every_language_of_the_default_theme_is_complete_and_writes_its_dates() {
        let date: Date = "2022-12-22".parse().unwrap();
        for (language, expected) in [
            ("en", "December 22, 2022"),
            ("es", "22 de diciembre de 2022"),
            ("de", "22. Dezember 2022"),
            ("fr", "22 décembre 2022"),
            ("zh", "2022年12月22日"),
            ("ar", "22 ديسمبر 2022"),
        ] {
            let strings = strings(language);
            assert_eq!(strings.date(date), expected);
            assert_eq!(strings.date_in_text(date), expected);
        }
    }
}
