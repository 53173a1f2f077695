//! Themes: which files one is made of, and the words and assets in them.
//!
//! A theme is a chain of layers: the site's theme, what it extends, and last the default theme,
//! which is embedded in the program and which a folder `themes/default/` overrides file by file.

mod assets;
mod brand;
mod contrast;
mod inventory;
mod layers;
mod manifest;
pub mod picture;
mod slim;
mod statute;
mod strings;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::Language;
use crate::model::config::Config;
use crate::parse::characters;
use crate::tree::SourceTree;
pub use assets::Assets;
pub use inventory::{Inventory, Used, files};
pub use strings::Strings;

/// The name of the theme that is embedded in the program.
pub const DEFAULT: &str = "default";
/// The folder of a site in which its themes stand.
pub const FOLDER: &str = "themes/";
/// The layer that holds the embedded theme as it is, whatever a site overrides.
const BUILT_IN: &str = "built-in";

/// A theme, read and checked but for its templates.
pub struct Theme<'t> {
    /// Every template by its full name (`acme/version.html`).
    pub templates: Vec<Template<'t>>,
    /// The names of the layers, in the order in which `version.html` is looked for.
    pub search: Vec<String>,
    /// The words of the theme in each language of the site.
    pub strings: BTreeMap<Language, Strings>,
    /// Style sheets, scripts, pictures.
    pub assets: Assets,
}

/// A template's source.
pub struct Template<'t> {
    /// Its name, with its layer: `acme/version.html`.
    pub name: String,
    /// Where it stands, for reports.
    pub path: String,
    /// Its text.
    pub text: &'t str,
}

/// Reads the theme that a site asks for. There is none when it cannot be found.
pub fn read<'t>(config: &Config, sources: &'t SourceTree) -> (Option<Theme<'t>>, Vec<Diagnostic>) {
    let (layers, mut problems) = layers::find(config, sources);
    let Some(layers) = layers else {
        return (None, problems);
    };
    let (strings, string_problems) = strings::read(config, &layers);
    let (assets, asset_problems) = assets::read(&config.brand, &layers);
    problems.extend(string_problems);
    problems.extend(asset_problems);
    for file in layers.iter().flat_map(|layer| layer.files.values()) {
        if file.path.ends_with(".html") {
            problems.extend(characters::check(&file.path, file.text()));
        }
    }
    let search = layers
        .iter()
        .filter(|layer| layer.name != BUILT_IN)
        .map(|layer| layer.name.clone());
    let theme = Theme {
        search: search.collect(),
        templates: layers::templates(&layers),
        strings,
        assets,
    };
    (Some(theme), problems)
}

#[cfg(test)]
mod tests;
