//! The brand of a site as rules that its theme's style sheet ends with, and whether it can be read.

use std::fmt::Write as _;

use super::assets::{Asset, Assets, FOLDER, PUBLISHED};
use super::contrast::{MINIMUM, nearest, passes, ratio};
use super::layers::Layer;
use super::manifest::{self, Grounds};
use crate::diagnostic::{Diagnostic, Place, did_you_mean, rules};
use crate::model::config::PATH;
use crate::model::{Brand, Colour, Font, Located};

/// Families that are kinds of fonts, and stand without quotes.
const KINDS: [&str; 5] = ["serif", "sans-serif", "monospace", "system-ui", "ui-serif"];

/// The rules: custom properties, and the fonts that the site brings.
pub(super) fn rules(
    brand: &Brand,
    layers: &[Layer<'_>],
    assets: &Assets,
) -> (String, Vec<Diagnostic>) {
    let mut writer = Writer {
        assets,
        properties: String::new(),
        faces: String::new(),
        problems: Vec::new(),
    };
    if let Some(accent) = &brand.accent {
        match layers
            .iter()
            .find_map(|layer| manifest::read(layer).0.grounds)
        {
            Some(grounds) => writer.colours(accent, brand.accent_dark.as_ref(), &grounds),
            None => writer.problems.push(without_grounds(accent, layers)),
        }
    }
    for (name, family) in [
        ("text-font", &brand.text_font),
        ("heading-font", &brand.heading_font),
        ("interface-font", &brand.interface_font),
    ] {
        if let Some(family) = family {
            writer.property(name, &quoted(family));
        }
    }
    brand.fonts.iter().for_each(|font| writer.font(font));
    for logo in [&brand.logo, &brand.logo_dark].into_iter().flatten() {
        writer.asset(logo);
    }
    let mut css = writer.faces;
    if !writer.properties.is_empty() {
        let _ = writeln!(css, ":root {{{} }}", writer.properties);
    }
    (css, writer.problems)
}

struct Writer<'a> {
    assets: &'a Assets,
    properties: String,
    faces: String,
    problems: Vec<Diagnostic>,
}

impl<'a> Writer<'a> {
    fn property(&mut self, name: &str, value: &str) {
        let _ = write!(self.properties, " --brand-{name}: {value};");
    }

    /// The accent on light paper and on dark. Where a site does not say the second, it is the first in
    /// a lightness that can be read there.
    fn colours(
        &mut self,
        light: &Located<Colour>,
        dark: Option<&Located<Colour>>,
        grounds: &Grounds,
    ) {
        let derived = || Located {
            value: nearest(light.value, &grounds.dark).unwrap_or(light.value),
            span: light.span,
        };
        let dark = dark.cloned().unwrap_or_else(derived);
        for (name, colour, on) in [
            ("accent", light, &grounds.light),
            ("accent-dark", &dark, &grounds.dark),
        ] {
            self.problems
                .extend(low_contrast(colour, on, &grounds.place));
            self.property(name, &colour.value.to_string());
        }
    }

    fn font(&mut self, font: &Font) {
        let Some(asset) = self.asset(&font.file) else {
            return;
        };
        let file = asset.address.as_str().trim_start_matches(PUBLISHED);
        let _ = write!(
            self.faces,
            "@font-face {{ font-family: {}; src: url(\"{file}\");",
            quoted(&font.family)
        );
        for (name, value) in [("weight", &font.weight), ("style", &font.style)] {
            if let Some(value) = value {
                let _ = write!(self.faces, " font-{name}: {value};");
            }
        }
        self.faces.push_str(" font-display: swap; }\n");
    }

    /// A file that the configuration names.
    fn asset(&mut self, file: &Located<String>) -> Option<&'a Asset> {
        let found = self.assets.get(&file.value);
        if found.is_none() {
            let paths = self.assets.all().map(|(path, _)| path);
            let help = did_you_mean(&file.value, paths, || {
                format!(
                    "put the file into {FOLDER} of the theme, for example into themes/default/{FOLDER}"
                )
            });
            let message = format!("the theme has no file `{FOLDER}{}`", file.value);
            self.problems.push(Diagnostic::new(
                &rules::MISSING_ASSET,
                file.place(PATH),
                message,
                help,
            ));
        }
        found
    }
}

fn quoted(family: &str) -> String {
    if KINDS.contains(&family) {
        family.to_owned()
    } else {
        format!("\"{family}\"")
    }
}

/// That a colour cannot be read where it is read worst.
fn low_contrast(colour: &Located<Colour>, grounds: &[Colour], place: &Place) -> Option<Diagnostic> {
    let on = |ground: &Colour| ratio(colour.value, *ground);
    let worst = grounds
        .iter()
        .min_by(|one, other| on(one).total_cmp(&on(other)))?;
    if passes(colour.value, grounds) {
        return None;
    }
    // What is almost enough is not rounded up to what is.
    let found = on(worst).min(4.49);
    let message = format!(
        "`{}` has a contrast of {found:.2}:1 on `{worst}`; text needs {MINIMUM}:1",
        colour.value
    );
    let better = match nearest(colour.value, grounds) {
        Some(better) => {
            format!("the nearest colour of the same hue that can be read is \"{better}\"")
        }
        None => "no colour can be read on all grounds that the theme names".to_owned(),
    };
    let help = format!("{better} (WCAG 2.2, success criterion 1.4.3)");
    let problem = Diagnostic::new(&rules::LOW_CONTRAST, colour.place(PATH), message, help);
    Some(problem.note(
        "the theme says here what its links stand on",
        Some(place.clone()),
    ))
}

fn without_grounds(accent: &Located<Colour>, layers: &[Layer<'_>]) -> Diagnostic {
    let name = layers.first().map_or("", |layer| layer.name.as_str());
    let message = format!(
        "the theme `{name}` does not say what its links stand on, so nobody knows whether they can be read"
    );
    let help = format!(
        "add `[grounds]` with `light` and `dark` to themes/{name}/theme.toml, or remove `accent`"
    );
    Diagnostic::new(&rules::MISSING_KEY, accent.place(PATH), message, help)
}
