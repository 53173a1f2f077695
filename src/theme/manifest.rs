//! What the `theme.toml` of a layer says: what it extends, and what its links stand on.

use super::layers::Layer;
use crate::diagnostic::{Diagnostic, Place, rules};
use crate::model::Colour;
use crate::parse::table::{Fields, Source};

/// What a layer says of itself.
#[derive(Default)]
pub(super) struct Manifest {
    /// The theme that it rests on, and where it says so.
    pub(super) extends: Option<(String, Place)>,
    /// What its links stand on.
    pub(super) grounds: Option<Grounds>,
}

/// The colours that links and marks in the accent of a brand stand on.
pub(super) struct Grounds {
    /// Where they are said.
    pub(super) place: Place,
    /// On light paper.
    pub(super) light: Vec<Colour>,
    /// On dark paper; none where the theme has no such thing.
    pub(super) dark: Vec<Colour>,
}

/// Reads the file, if there is one.
pub(super) fn read(layer: &Layer<'_>) -> (Manifest, Vec<Diagnostic>) {
    let Some(file) = layer.files.get("theme.toml") else {
        return Default::default();
    };
    let source = Source::new(&file.path, 0);
    let manifest = source.read(file.text()).map(|mut fields| {
        let extends = fields.string("extends");
        fields.words("description");
        let grounds = fields
            .table("grounds")
            .map(|fields| grounds(&file.path, fields));
        fields.finish();
        let extends = extends.map(|name| {
            let place = name.place(&file.path);
            (name.value, place)
        });
        Manifest { extends, grounds }
    });
    (manifest.unwrap_or_default(), source.into_problems())
}

fn grounds(path: &str, mut fields: Fields<'_>) -> Grounds {
    let light = fields
        .is_there("light")
        .then(|| colours(&mut fields, "light"))
        .flatten();
    if light.as_ref().is_some_and(Vec::is_empty) {
        let help = "name the colours of the paper and of everything else that links stand on";
        fields.report(&rules::BAD_VALUE, fields.span(), "`light` is empty", help);
    }
    let grounds = Grounds {
        place: Place::at(path, fields.span()),
        light: light.unwrap_or_default(),
        dark: colours(&mut fields, "dark").unwrap_or_default(),
    };
    fields.finish();
    grounds
}

fn colours(fields: &mut Fields<'_>, key: &'static str) -> Option<Vec<Colour>> {
    let mut colours = Vec::new();
    for text in fields.strings(key)? {
        if let Some(colour) = Colour::parse(&text.value) {
            colours.push(colour);
            continue;
        }
        let message = format!("`{}` is not a colour that can be computed with", text.value);
        let help = "write it as # with six hexadecimal digits, or three: \"#f3f4f6\"";
        fields.report(&rules::BAD_VALUE, text.span, message, help);
    }
    Some(colours)
}
