//! Sources as a site: the only room that knows TOML, Markdown and file names.

mod amended;
mod brand;
mod california;
pub(crate) mod characters;
mod config;
mod file_name;
pub mod fill_in;
mod front_matter;
pub(crate) mod markdown;
pub mod placeholders;
mod settings;
mod site;
pub(crate) mod table;
mod versions;

use crate::diagnostic::Diagnostic;
use crate::model::Language;
use crate::model::document::VersionId;
pub use amended::amended;
pub use site::{Amendment, Site, read, read_amended};
pub(crate) use versions::corrects_nothing;

/// The version that a file's name without `.md` says, and the language if it names one:
/// `2022-12-22.r2.es`.
pub fn version_name(stem: &str) -> Option<(VersionId, Option<Language>)> {
    match file_name::read(stem) {
        file_name::Name::Version(id, language) => Some((id, language)),
        _ => None,
    }
}

/// What is wrong with the words of a source, or has to be filled in, whatever the source is.
pub(crate) fn check_words(path: &str, text: &str) -> Vec<Diagnostic> {
    let characters = characters::check(path, text).into_iter();
    characters.chain(fill_in::check(path, text)).collect()
}

/// A configuration for tests: what every site needs, and `more`.
#[cfg(test)]
pub(crate) fn test_config(more: &str) -> crate::model::config::Config {
    let toml = format!(
        "title = \"T\"\nbase_url = \"https://x.example/\"\n{more}\n[organization]\nname = \"X\"\n"
    );
    let (config, problems) = config::read(&toml);
    assert!(problems.is_empty(), "{problems:?}");
    config.unwrap()
}
