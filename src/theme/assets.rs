//! The assets of a theme: published under names that carry a hash of what they hold, so that a
//! browser can keep them for ever.

use std::collections::BTreeMap;

use super::brand;
use super::layers::{File, Layer};
use super::slim;
use crate::diagnostic::{Diagnostic, Place, Span, rules};
use crate::ledger::digest::Digest;
use crate::model::Brand;
use crate::model::config::PATH;
use crate::urls::Address;

/// Where assets stand in a theme.
pub(super) const FOLDER: &str = "static/";
/// Where they are published.
pub(super) const PUBLISHED: &str = "/assets/";
/// The style sheet that carries what a site says of its brand.
const MAIN_SHEET: &str = "style.css";

/// An asset.
pub struct Asset {
    /// Where it is published.
    pub address: Address,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The assets of a theme by their path below `static/`.
#[derive(Default)]
pub struct Assets(BTreeMap<String, Asset>);

impl Assets {
    /// The asset at a path below `static/`.
    pub fn get(&self, path: &str) -> Option<&Asset> {
        self.0.get(path)
    }

    /// All assets by path.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.0.iter().map(|(path, asset)| (path.as_str(), asset))
    }
}

/// Reads the assets of all layers; of two with one path, that of the upper layer. The brand's rules
/// come into the main style sheet, whose name then follows from them, too.
pub(super) fn read(brand: &Brand, layers: &[Layer<'_>]) -> (Assets, Vec<Diagnostic>) {
    let mut files: BTreeMap<&str, &File<'_>> = BTreeMap::new();
    for layer in layers.iter().rev() {
        for (path, file) in &layer.files {
            if let Some(path) = path.strip_prefix(FOLDER) {
                files.insert(path, file);
            }
        }
    }
    let mut assets = Assets::default();
    let (sheets, others): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|(path, _)| path.ends_with(".css"));
    for (path, file) in others {
        let script = path.ends_with(".js").then(|| str::from_utf8(file.bytes));
        let slim = script
            .and_then(Result::ok)
            .map(|text| slim::js(text).into_bytes());
        assets.add(path, slim.unwrap_or_else(|| file.bytes.to_vec()));
    }
    let (brand_rules, mut problems) = brand::rules(brand, layers, &assets);
    for (path, file) in sheets {
        let mut bytes = with_hashed_names(path, file, &assets, &mut problems);
        if path == MAIN_SHEET {
            bytes.extend_from_slice(slim::css(&brand_rules).as_bytes());
        }
        assets.add(path, bytes);
    }
    if !brand_rules.is_empty() && assets.get(MAIN_SHEET).is_none() {
        let message = format!(
            "the theme has no file `{FOLDER}{MAIN_SHEET}`, which the brand would be written into"
        );
        let help = "give the theme one, or remove `[brand]`";
        let place = Place::at(PATH, brand.span);
        problems.push(Diagnostic::new(&rules::MISSING_ASSET, place, message, help));
    }
    (assets, problems)
}

impl Assets {
    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        let address = Address::new(format!("{PUBLISHED}{}", hashed_name(path, &bytes)));
        self.0.insert(path.to_owned(), Asset { address, bytes });
    }
}

/// `style.css` as `style.1f0c2a9b77de.css`.
fn hashed_name(path: &str, bytes: &[u8]) -> String {
    let mut hash = Digest::of(bytes).hex();
    hash.truncate(12);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{folder}{stem}.{hash}.{ending}"),
        None => format!("{folder}{name}.{hash}"),
    }
}

/// A style sheet as it is published: its `url(…)` name the assets as they are.
fn with_hashed_names(
    path: &str,
    file: &File<'_>,
    assets: &Assets,
    problems: &mut Vec<Diagnostic>,
) -> Vec<u8> {
    let Ok(css) = std::str::from_utf8(file.bytes) else {
        return file.bytes.to_vec();
    };
    let mut out = String::with_capacity(css.len());
    let mut at = 0;
    for import in css.match_indices("@import").map(|(at, _)| at) {
        let place = Place::at(&file.path, Span::new(import..import + "@import".len()));
        let help = "write the rules into one style sheet, or link a second one in base.html";
        let message = "a style sheet cannot import another: its name carries a hash";
        problems.push(Diagnostic::new(&rules::MISSING_ASSET, place, message, help));
    }
    while let Some(open) = css[at..].find("url(").map(|n| at + n + 4) {
        let Some(close) = css[open..].find(')').map(|n| open + n) else {
            break;
        };
        let target = css[open..close].trim().trim_matches(['"', '\'']);
        out.push_str(&css[at..open]);
        // In a comment nothing is asked for.
        if css[..open].rfind("/*") > css[..open].rfind("*/") {
            out.push_str(&css[open..close]);
            at = close;
            continue;
        }
        match published_name(path, target, assets) {
            Ok(name) => out.push_str(&name),
            Err(message) => {
                let place = Place::at(&file.path, Span::new(open..close));
                let help = "put the file into the theme's static/ folder and name it by its path from the style sheet";
                problems.push(Diagnostic::new(&rules::MISSING_ASSET, place, message, help));
            }
        }
        at = close;
    }
    out.push_str(&css[at..]);
    slim::css(&out).into_bytes()
}

fn published_name(sheet: &str, target: &str, assets: &Assets) -> Result<String, String> {
    if target.starts_with('#') || target.starts_with("data:") {
        return Ok(format!("\"{target}\""));
    }
    if target.contains("//") {
        return Err(format!(
            "`{target}` is on another host, which would learn of every reader"
        ));
    }
    let (target, after) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = crate::paths::join(folder, target)
        .ok_or_else(|| format!("`{target}` leads out of the theme"))?;
    let asset = assets
        .get(&path)
        .ok_or_else(|| format!("the theme has no file `static/{path}`"))?;
    let hashed = asset
        .address
        .as_str()
        .rsplit('/')
        .next()
        .unwrap_or_default();
    Ok(match target.rsplit_once('/') {
        Some((before, _)) => format!("{before}/{hashed}{after}"),
        None => format!("{hashed}{after}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(files: &[(&'static str, &'static str)]) -> Layer<'static> {
        let file = |(path, text): &(&'static str, &'static str)| {
            (
                *path,
                File {
                    path: format!("themes/x/{path}"),
                    bytes: text.as_bytes(),
                },
            )
        };
        Layer {
            name: "x".into(),
            files: files.iter().map(file).collect(),
        }
    }

    #[test]
    fn style_sheets_name_assets_as_they_are_published() {
        let css = "a{background:url(img/a.svg)} b{src:url(\"data:x\")}";
        let (assets, problems) = read(
            &Brand::default(),
            &[layer(&[
                ("static/s.css", css),
                ("static/img/a.svg", "<svg/>"),
            ])],
        );
        assert!(problems.is_empty());
        let picture = assets.get("img/a.svg").unwrap().address.as_str().to_owned();
        let sheet = String::from_utf8(assets.get("s.css").unwrap().bytes.clone()).unwrap();
        assert!(
            sheet.contains(&format!("url(img/{})", picture.rsplit('/').next().unwrap())),
            "{sheet}"
        );
    }

    #[test]
    fn an_asset_that_is_missing_or_foreign_is_an_error() {
        let css = "a{background:url(no.png)} b{background:url(https://x.example/y.png)} c{background:url(../../z)}";
        let (_, problems) = read(&Brand::default(), &[layer(&[("static/s.css", css)])]);
        assert_eq!(problems.len(), 3);
    }

    #[test]
    fn the_upper_layer_wins() {
        let (assets, _) = read(
            &Brand::default(),
            &[
                layer(&[("static/a.txt", "new")]),
                layer(&[("static/a.txt", "old")]),
            ],
        );
        assert_eq!(assets.get("a.txt").unwrap().bytes, b"new");
    }
}
