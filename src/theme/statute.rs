//! Words that a law fixes to the letter: whether a theme has them, and in English has them so.

use super::layers::Layer;
use super::strings::Strings;
use crate::diagnostic::{Diagnostic, Place, Span, rules};
use crate::model::Language;
use crate::model::california::OPT_OUT_HONORED;
use crate::model::config::{Config, PATH};

/// Words that a law fixes: their key in a theme, the English, and what fixes them.
type Fixed = (&'static str, &'static str, &'static str);

/// What is wrong with the words that the site's declarations ask for, in a language of the site.
pub(super) fn check(
    config: &Config,
    language: &Language,
    strings: &Strings,
    layers: &[Layer<'_>],
) -> Vec<Diagnostic> {
    let wanted = wanted(config).into_iter();
    let problems = wanted.filter_map(|fixed| {
        let (key, due, _) = fixed;
        match strings.get(key) {
            "" => Some(missing(key, language)),
            found if is_english(language) && found != due => {
                Some(altered(fixed, found, language, layers))
            }
            _ => None,
        }
    });
    problems.collect()
}

fn wanted(config: &Config) -> Vec<Fixed> {
    let titles = config
        .choices()
        .map(|(choice, _)| (choice.key(), choice.title(), choice.source()));
    let (key, words) = OPT_OUT_HONORED;
    let status = (key, words, "Cal. Code Regs. tit. 11, § 7025(c)(6)");
    titles
        .chain(config.honours_signal().then_some(status))
        .collect()
}

fn is_english(language: &Language) -> bool {
    let tag = language.as_str();
    tag == "en" || tag.starts_with("en-")
}

fn missing(key: &str, language: &Language) -> Diagnostic {
    let message = format!("the theme has no words in `{language}` for: {key}");
    let help =
        "add them to the theme's i18n files; docs/themes.md lists every key with its English words";
    Diagnostic::new(&rules::MISSING_STRING, Place::file(PATH), message, help)
}

fn altered(
    (key, due, source): Fixed,
    found: &str,
    language: &Language,
    layers: &[Layer<'_>],
) -> Diagnostic {
    let name = format!("i18n/{language}.toml");
    let files = layers
        .iter()
        .filter_map(|layer| layer.files.get(name.as_str()));
    let places = files.filter_map(|file| {
        let start = file.text().find(found)?;
        Some(Place::at(&file.path, Span::new(start..start + found.len())))
    });
    let place = places
        .into_iter()
        .next()
        .unwrap_or_else(|| Place::file(PATH));
    let message = format!("`{key}` says “{found}”, where the law says “{due}”");
    let help = format!("write `{key} = \"{due}\"`, or leave the key out ({source})");
    Diagnostic::new(&rules::STATUTORY_WORDS, place, message, help)
}
