//! The table `[brand]` of `engross.toml`.

use super::table::Fields;
use crate::diagnostic::rules;
use crate::model::{Brand, Colour, Font, Located};

/// Endings of the fonts that browsers read.
const FONTS: [&str; 4] = [".woff2", ".woff", ".ttf", ".otf"];

/// Styles of a font.
const STYLES: [&str; 3] = ["normal", "italic", "oblique"];

/// Reads the table. What is wrong in it is told and left out.
pub(super) fn read(mut fields: Fields<'_>) -> Brand {
    let fonts = fields.tables("fonts").into_iter();
    let brand = Brand {
        span: fields.span(),
        fonts: fonts.filter_map(font).collect(),
        accent: colour(&mut fields, "accent"),
        accent_dark: colour(&mut fields, "accent_dark"),
        logo: fields.string("logo"),
        logo_dark: fields.string("logo_dark"),
        text_font: family(&mut fields, "text_font", false),
        heading_font: family(&mut fields, "heading_font", false),
        interface_font: family(&mut fields, "interface_font", false),
    };
    for (dark, has_dark, light, has_light) in [
        (
            "accent_dark",
            brand.accent_dark.is_some(),
            "accent",
            brand.accent.is_some(),
        ),
        (
            "logo_dark",
            brand.logo_dark.is_some(),
            "logo",
            brand.logo.is_some(),
        ),
    ] {
        if has_dark && !has_light {
            let message = format!("`{dark}` without `{light}`");
            let help = format!("add `{light} = …`, which is for light paper, or remove `{dark}`");
            fields.report(&rules::MISSING_KEY, brand.span, message, help);
        }
    }
    fields.finish();
    brand
}

fn colour(fields: &mut Fields<'_>, key: &'static str) -> Option<Located<Colour>> {
    let text = fields.string(key)?;
    let Some(value) = Colour::parse(&text.value) else {
        let message = format!("`{}` is not a colour that can be computed with", text.value);
        let help = "write it as # with six hexadecimal digits, or three: \"#2c3e8f\"";
        fields.report(&rules::BAD_VALUE, text.span, message, help);
        return None;
    };
    Some(Located {
        value,
        span: text.span,
    })
}

/// The name of a family, which stands between quotes in a style sheet.
fn family(fields: &mut Fields<'_>, key: &'static str, required: bool) -> Option<String> {
    let name = if required {
        fields.required(key)
    } else {
        fields.string(key)
    }?;
    let plain = |c: char| c.is_alphanumeric() || " -_.+'".contains(c);
    if name.value.trim().is_empty() || !name.value.chars().all(plain) {
        let message = format!("`{}` is not the name of one family of fonts", name.value);
        let help = "write its name alone: \"Literata\"; the theme adds what stands in for it";
        fields.report(&rules::BAD_VALUE, name.span, message, help);
        return None;
    }
    Some(name.value)
}

fn font(mut fields: Fields<'_>) -> Option<Font> {
    let family = family(&mut fields, "family", true);
    let file = fields.required("file");
    if let Some(file) = file
        .as_ref()
        .filter(|file| !FONTS.iter().any(|ending| file.value.ends_with(ending)))
    {
        let message = format!("`{}` is not a font that every browser reads", file.value);
        let help = format!(
            "name a file that ends in {}; the first is the smallest",
            FONTS.join(", ")
        );
        fields.report(&rules::BAD_VALUE, file.span, message, help);
    }
    let is_weight = |weight: &str| {
        let numbers = weight
            .split(' ')
            .map(|n| n.parse().is_ok_and(|n: u16| (1..=1000).contains(&n)));
        numbers.clone().all(|sound| sound) && numbers.count() <= 2
    };
    let weight = checked(
        &mut fields,
        "weight",
        is_weight,
        "one number from 1 to 1000, or two with a space: \"400 700\"",
    );
    let is_style = |style: &str| STYLES.contains(&style);
    let style = checked(
        &mut fields,
        "style",
        is_style,
        "\"normal\", \"italic\" or \"oblique\"",
    );
    fields.finish();
    Some(Font {
        family: family?,
        file: file?,
        weight,
        style,
    })
}

/// A string of few forms.
fn checked(
    fields: &mut Fields<'_>,
    key: &'static str,
    is_sound: impl Fn(&str) -> bool,
    due: &str,
) -> Option<String> {
    let text = fields.string(key)?;
    if is_sound(&text.value) {
        return Some(text.value);
    }
    let message = format!("`{}` is no {key} of a font", text.value);
    fields.report(
        &rules::BAD_VALUE,
        text.span,
        message,
        format!("write {due}"),
    );
    None
}

#[cfg(test)]
mod tests {
    use crate::parse::table::Source;

    fn problems(toml: &str) -> Vec<String> {
        let source = Source::new("engross.toml", 0);
        source.read(toml).map(super::read);
        let problems = source.into_problems().into_iter();
        problems
            .map(|problem| format!("{}: {}", problem.rule.name, problem.message))
            .collect()
    }

    #[test]
    fn every_form_that_is_promised_is_read() {
        let toml = "accent = \"#23f\"\naccent_dark = \"#A0b0f0\"\nlogo = \"a.svg\"\nlogo_dark = \"b.svg\"\ntext_font = \"Literata\"\n\
            heading_font = \"M+ 1p\"\ninterface_font = \"system-ui\"\nfonts = [{ family = \"Literata\", file = \"fonts/l.woff2\" }, \
            { family = \"Literata\", file = \"l.ttf\", weight = \"400 700\", style = \"italic\" }]";
        assert_eq!(problems(toml), Vec::<String>::new());
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        for (toml, due) in [
            ("accent = \"navy\"", "bad-value: `navy`"),
            ("accent = \"rgb(0 0 0)\"", "bad-value: `rgb(0 0 0)`"),
            (
                "accent_dark = \"#fff\"",
                "missing-key: `accent_dark` without `accent`",
            ),
            (
                "logo_dark = \"b.svg\"",
                "missing-key: `logo_dark` without `logo`",
            ),
            ("text_font = \"\"", "bad-value: ``"),
            (
                "text_font = \"Literata, serif\"",
                "bad-value: `Literata, serif`",
            ),
            ("text_font = \"a\\\"; x\"", "bad-value: `a\"; x`"),
            ("fonts = [{ family = \"L\" }]", "missing-key: `file`"),
            ("fonts = [{ file = \"l.woff2\" }]", "missing-key: `family`"),
            (
                "fonts = [{ family = \"L\", file = \"l.eot\" }]",
                "bad-value: `l.eot`",
            ),
            (
                "fonts = [{ family = \"L\", file = \"l.otf\", weight = \"bold\" }]",
                "bad-value: `bold`",
            ),
            (
                "fonts = [{ family = \"L\", file = \"l.otf\", weight = \"1 2 3\" }]",
                "bad-value: `1 2 3`",
            ),
            (
                "fonts = [{ family = \"L\", file = \"l.otf\", weight = \"1001\" }]",
                "bad-value: `1001`",
            ),
            (
                "fonts = [{ family = \"L\", file = \"l.otf\", style = \"slanted\" }]",
                "bad-value: `slanted`",
            ),
            ("colour = \"#fff\"", "unknown-key: "),
        ] {
            let found = problems(toml);
            assert!(
                found.len() == 1 && found[0].starts_with(due),
                "{toml}: {found:?}"
            );
        }
    }
}
