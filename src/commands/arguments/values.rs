//! The values that arguments can have, and how they are read.

use clap::ValueEnum;
use engross::model::Date;
use engross::model::config::BaseUrl;

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes this the choice for everything that is printed.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The source line with a caret, why it matters, and what to do
    Human,
    /// GitHub Actions annotations
    Github,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Words for a terminal
    Text,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Markings {
    /// Words for a terminal, with [-deleted-] and {+inserted+}
    Text,
    /// Markdown with <del> and <ins>, for a pull request
    Markdown,
    /// A page that can be sent as one file
    Html,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings count as errors
    Warnings,
}

/// A day of the calendar.
pub(super) fn day(text: &str) -> Result<Date, String> {
    // Dates of other forms that the parser knows (20220601, week dates) are easily misread.
    let iso = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    text.parse().ok().filter(|_| iso).ok_or_else(|| {
        "write a day of the calendar as YEAR-MONTH-DAY, for example 2022-06-01".into()
    })
}

/// The address of a site.
pub(super) fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .ok_or_else(|| "write a web address such as https://legal.example.com/".into())
}

/// The name of a time zone.
pub(super) fn time_zone(text: &str) -> Result<String, String> {
    let known = jiff::tz::TimeZone::get(text).is_ok();
    let example = "write a name of the IANA time zone database, for example America/New_York";
    known.then(|| text.to_owned()).ok_or_else(|| example.into())
}
