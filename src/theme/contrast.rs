//! How well one colour can be read on another, as WCAG 2 measures it, and the nearest colour that can.

use crate::model::Colour;

/// What text needs (success criterion 1.4.3).
pub(super) const MINIMUM: f64 = 4.5;

/// The contrast of two colours, from 1 to 21.
pub(super) fn ratio(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// Whether a colour can be read on all grounds.
pub(super) fn passes(colour: Colour, grounds: &[Colour]) -> bool {
    grounds
        .iter()
        .all(|ground| ratio(colour, *ground) >= MINIMUM)
}

/// The colour of the same hue and saturation that can be read on all grounds and is nearest in
/// lightness; of two the darker one. There is none where grounds are too different.
pub(super) fn nearest(colour: Colour, grounds: &[Colour]) -> Option<Colour> {
    let own = lightness(colour);
    let steps = (0..=BRIGHTEST).flat_map(|step| [own - step, own + step]);
    steps
        .filter(|lightness| (0..=BRIGHTEST).contains(lightness))
        .map(|lightness| with_lightness(colour, lightness))
        .find(|colour| passes(*colour, grounds))
}

/// The relative luminance.
fn luminance(Colour(channels): Colour) -> f64 {
    let [red, green, blue] = channels.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The light of a channel. A power of 2.4 is made of operations that every machine rounds alike.
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 {
        return value / 12.92;
    }
    let value = (value + 0.055) / 1.055;
    let square = value * value;
    square * fifth_root(square)
}

/// The fifth root of a number between 0 and 1, by Newton's method.
fn fifth_root(of: f64) -> f64 {
    (0..40).fold(1.0, |root: f64, _| {
        let square = root * root;
        (4.0 * root + of / (square * square)) / 5.0
    })
}

/// Twice the lightness of white, as HSL has it in whole numbers.
const BRIGHTEST: i32 = 510;

/// Twice the lightness: the strongest channel and the weakest.
fn lightness(Colour(channels): Colour) -> i32 {
    let [red, green, blue] = channels.map(i32::from);
    red.max(green).max(blue) + red.min(green).min(blue)
}

/// The same hue and saturation, lighter or darker.
fn with_lightness(colour: Colour, new: i32) -> Colour {
    let Colour(channels) = colour;
    let old = lightness(colour);
    let weakest = channels.into_iter().min().map_or(0, i32::from);
    let strongest = old - weakest;
    // How far channels can be apart at a lightness. At black and white that is nothing: they are greys.
    let room = |lightness: i32| 255 - (lightness - 255).abs();
    let (before, now) = (room(old).max(1), room(new));
    let channel = |channel: u8| {
        let above = 2 * (i32::from(channel) - weakest) - (strongest - weakest);
        let doubled = 2 * before;
        let value = (new * before + above * now + before).div_euclid(doubled);
        u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX)
    };
    Colour(channels.map(channel))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    fn rounded(one: &str, other: &str) -> String {
        format!("{:.2}", ratio(colour(one), colour(other)))
    }

    #[test]
    fn ratios_are_those_of_wcag() {
        for (one, other, due) in [
            ("#000", "#fff", "21.00"),
            ("#fff", "#fff", "1.00"),
            ("#777", "#fff", "4.48"),
            ("#767676", "#fff", "4.54"),
            ("#f00", "#fff", "4.00"),
            ("#0f0", "#fff", "1.37"),
            ("#00f", "#fff", "8.59"),
            ("#000", "#777", "4.69"),
        ] {
            assert_eq!(rounded(one, other), due, "{one} on {other}");
            assert_eq!(rounded(other, one), due, "{other} on {one}");
        }
        let white = [colour("#fff")];
        assert!(!passes(colour("#777"), &white));
        assert!(passes(colour("#767676"), &white));
    }

    #[test]
    fn the_nearest_colour_is_the_last_that_passes() {
        let nearest =
            |text, ground| nearest(colour(text), &[colour(ground)]).map(|found| found.to_string());
        assert_eq!(nearest("#777", "#fff").as_deref(), Some("#767676"));
        assert_eq!(nearest("#767676", "#fff").as_deref(), Some("#767676"));
        assert_eq!(nearest("#fff", "#fff").as_deref(), Some("#767676"));
        assert_eq!(nearest("#ff0000", "#fff").as_deref(), Some("#ee0000"));
        let two = ["#000", "#fff"].map(colour);
        assert_eq!(
            super::nearest(colour("#aaa"), &two),
            Some(colour("#767676"))
        );
        let three = ["#000", "#777", "#fff"].map(colour);
        assert_eq!(super::nearest(colour("#aaa"), &three), None);
    }

    #[test]
    fn a_lighter_colour_keeps_its_hue() {
        assert_eq!(
            with_lightness(colour("#2c3e8f"), lightness(colour("#2c3e8f"))),
            colour("#2c3e8f")
        );
        assert_eq!(with_lightness(colour("#800000"), 255), colour("#ff0000"));
        assert_eq!(with_lightness(colour("#00f"), 0), colour("#000"));
        assert_eq!(with_lightness(colour("#00f"), BRIGHTEST), colour("#fff"));
        assert_eq!(with_lightness(colour("#fff"), 255), colour("#808080"));
    }

    proptest! {
        #[test]
        fn a_nearest_colour_always_passes(channels: [u8; 3], ground in 0u8..=40, dark: bool) {
            let ground = if dark { ground } else { 255 - ground };
            let grounds = [Colour([ground; 3])];
            let found = nearest(Colour(channels), &grounds).unwrap();
            prop_assert!(passes(found, &grounds));
            prop_assert_eq!(nearest(found, &grounds), Some(found));
        }
    }
}
