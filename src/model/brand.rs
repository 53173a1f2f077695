//! What `engross.toml` says of how a site looks: a colour, a logo and fonts.

use std::fmt;

use super::Located;
use crate::diagnostic::Span;

/// How a site looks. What is not said is the theme's.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// Where the table begins.
    pub span: Span,
    /// The colour of links and marks on light paper.
    pub accent: Option<Located<Colour>>,
    /// The same on dark paper.
    pub accent_dark: Option<Located<Colour>>,
    /// The logo, by its path below the theme's `static/`.
    pub logo: Option<Located<String>>,
    /// The same on dark paper.
    pub logo_dark: Option<Located<String>>,
    /// The family of the texts.
    pub text_font: Option<String>,
    /// The family of headings.
    pub heading_font: Option<String>,
    /// The family of everything else.
    pub interface_font: Option<String>,
    /// The fonts that the site brings.
    pub fonts: Vec<Font>,
}

/// A font that a site brings.
#[derive(Clone, Debug)]
pub struct Font {
    /// The family that it belongs to.
    pub family: String,
    /// Its file, by its path below the theme's `static/`.
    pub file: Located<String>,
    /// The weights that are in it, as style sheets write them: `400` or `400 700`.
    pub weight: Option<String>,
    /// Its style: `normal`, `italic` or `oblique`.
    pub style: Option<String>,
}

/// A colour in sRGB: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?.as_bytes();
        let digit = |at: usize| {
            char::from(digits[at])
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        let channel = |at: usize| match digits.len() {
            3 => Some(digit(at)? * 17),
            6 => Some(digit(2 * at)? * 16 + digit(2 * at + 1)?),
            _ => None,
        };
        Some(Self([channel(0)?, channel(1)?, channel(2)?]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_has_three_or_six_digits() {
        assert_eq!(Colour::parse("#2C3e8f"), Some(Colour([0x2c, 0x3e, 0x8f])));
        assert_eq!(Colour::parse("#09f").unwrap().to_string(), "#0099ff");
        for bad in [
            "navy",
            "2c3e8f",
            "#",
            "#12",
            "#1234",
            "#12345678",
            "#gggggg",
            "#é1",
            "rgb(0,0,0)",
            "#+12",
        ] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }
}
