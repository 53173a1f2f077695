//! The files of a theme: of each path the one that is used, and where else it is found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::layers::{self, Layer};
use super::{BUILT_IN, FOLDER};
use crate::diagnostic::Diagnostic;
use crate::model::config::Config;
use crate::tree::SourceTree;

/// What a theme is made of.
const PARTS: [&str; 4] = ["templates/", "static/", "i18n/", "theme.toml"];

/// The files of a site's theme.
#[derive(Serialize)]
pub struct Inventory<'t> {
    /// The theme's name.
    pub theme: String,
    /// Its files, by path.
    pub files: Vec<Used<'t>>,
}

/// A file that is used.
#[derive(Serialize)]
pub struct Used<'t> {
    /// Its path below the theme's folder: `templates/version.html`.
    pub path: &'t str,
    /// Where it stands: `built-in`, or the folder of a theme.
    pub from: String,
    /// Where a file of this path stands, too, from above to below. Words are put together from all.
    pub also_in: Vec<String>,
    /// What it holds.
    #[serde(skip)]
    pub bytes: &'t [u8],
}

impl Inventory<'_> {
    /// The folder that holds the files of the theme itself.
    pub fn folder(&self) -> String {
        format!("{FOLDER}{}", self.theme)
    }
}

impl Used<'_> {
    /// Whether it adds to the files below it, and does not take their place.
    pub fn adds(&self) -> bool {
        self.path.starts_with("i18n/")
    }
}

/// Finds the files of the theme that a site asks for. There are none when it cannot be found.
pub fn files<'t>(
    config: &Config,
    sources: &'t SourceTree,
) -> (Option<Inventory<'t>>, Vec<Diagnostic>) {
    let (layers, problems) = layers::find(config, sources);
    let inventory = layers.map(|layers| Inventory {
        theme: config.theme.value.clone(),
        files: used(&layers),
    });
    (inventory, problems)
}

fn used<'t>(layers: &[Layer<'t>]) -> Vec<Used<'t>> {
    let mut files: BTreeMap<&str, Used<'t>> = BTreeMap::new();
    for layer in layers {
        let from = match layer.name.as_str() {
            BUILT_IN => BUILT_IN.to_owned(),
            name => format!("{FOLDER}{name}"),
        };
        for (path, file) in &layer.files {
            if let Some(used) = files.get_mut(path) {
                used.also_in.push(from.clone());
            } else if PARTS.iter().any(|part| path.starts_with(part)) {
                let used = Used {
                    path,
                    from: from.clone(),
                    also_in: Vec::new(),
                    bytes: file.bytes,
                };
                files.insert(path, used);
            }
        }
    }
    files.into_values().collect()
}
