//! The layers of a theme, and the files in each.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::{BUILT_IN, DEFAULT, FOLDER, Template, manifest};
use crate::diagnostic::{Diagnostic, Place, did_you_mean, rules};
use crate::model::config::{Config, PATH};
use crate::tree::SourceTree;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// One layer: the files of one folder.
pub(super) struct Layer<'t> {
    /// The theme's name, or [`BUILT_IN`].
    pub(super) name: String,
    /// Its files by their path below the theme's folder.
    pub(super) files: BTreeMap<&'t str, File<'t>>,
}

/// A file of a theme.
pub(super) struct File<'t> {
    /// Where it stands, for reports.
    pub(super) path: String,
    /// What it holds.
    pub(super) bytes: &'t [u8],
}

impl<'t> File<'t> {
    /// The file as text; empty where it is none.
    pub(super) fn text(&self) -> &'t str {
        std::str::from_utf8(self.bytes).unwrap_or_default()
    }
}

/// The layers of a site's theme, the one that is looked in first first.
pub(super) fn find<'t>(
    config: &Config,
    sources: &'t SourceTree,
) -> (Option<Vec<Layer<'t>>>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut layers: Vec<Layer<'t>> = Vec::new();
    let mut wanted = Some((config.theme.value.clone(), config.theme.place(PATH)));
    while let Some((name, place)) = wanted {
        if layers.iter().any(|layer| layer.name == name) {
            let message = format!("the theme `{name}` extends itself");
            problems.push(Diagnostic::new(
                &rules::NO_THEME,
                place,
                message,
                "end the chain of `extends` with \"default\"",
            ));
            return (None, problems);
        }
        let layer = on_disk(&name, sources);
        if layer.files.is_empty() && name != DEFAULT {
            problems.push(missing(&name, place, sources));
            return (None, problems);
        }
        let (manifest, manifest_problems) = manifest::read(&layer);
        problems.extend(manifest_problems);
        layers.push(layer);
        if name == DEFAULT {
            layers.push(embedded());
            break;
        }
        wanted = manifest.extends;
    }
    (Some(layers), problems)
}

fn on_disk<'t>(name: &str, sources: &'t SourceTree) -> Layer<'t> {
    let folder = format!("{FOLDER}{name}/");
    let mut files = BTreeMap::new();
    // A name with a slash or dots would reach outside of the themes' folder.
    if !name.contains(['/', '\\']) && !name.starts_with('.') && !name.is_empty() {
        for (path, bytes) in sources.files_below(&folder) {
            files.insert(
                &path[folder.len()..],
                File {
                    path: path.to_owned(),
                    bytes,
                },
            );
        }
    }
    Layer {
        name: name.to_owned(),
        files,
    }
}

pub(super) fn embedded<'t>() -> Layer<'t> {
    let mut files = BTreeMap::new();
    let mut folders = vec![&EMBEDDED];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            if let Some(path) = file.path().to_str() {
                let shown = format!("{BUILT_IN} theme: {path}");
                files.insert(
                    path,
                    File {
                        path: shown,
                        bytes: file.contents(),
                    },
                );
            }
        }
    }
    Layer {
        name: BUILT_IN.to_owned(),
        files,
    }
}

fn missing(name: &str, place: Place, sources: &SourceTree) -> Diagnostic {
    let folders = sources
        .below(FOLDER)
        .filter_map(|path| path[FOLDER.len()..].split_once('/'));
    let names = folders.map(|(name, _)| name).chain([DEFAULT]);
    let help = did_you_mean(name, names, || {
        format!("add the folder {FOLDER}{name}/, or use the theme \"default\"")
    });
    Diagnostic::new(
        &rules::NO_THEME,
        place,
        format!("there is no theme `{name}`"),
        help,
    )
}

/// All templates. The default theme answers to `default/…` with what a site overrides of it, and to
/// `built-in/…` as it is, so that an override can extend what it replaces.
pub(super) fn templates<'t>(layers: &[Layer<'t>]) -> Vec<Template<'t>> {
    let mut templates = Vec::new();
    for (index, layer) in layers.iter().enumerate() {
        for (path, file) in &layer.files {
            let Some(name) = path
                .strip_prefix("templates/")
                .filter(|name| name.ends_with(".html"))
            else {
                continue;
            };
            let template = |layer: &str| Template {
                name: format!("{layer}/{name}"),
                path: file.path.clone(),
                text: file.text(),
            };
            templates.push(template(&layer.name));
            let overridden = || layers[index - 1].files.contains_key(path);
            if layer.name == BUILT_IN && !overridden() {
                templates.push(template(DEFAULT));
            }
        }
    }
    templates
}
