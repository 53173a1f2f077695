//! The dates of the default theme held against those of ICU. They stand in tables of our own, so that a
//! date on an archived page does not change with a library; this tells when the tables are wrong.

use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date as IcuDate;
use icu_locale_core::Locale;

use super::{Strings, read};
use crate::model::Date;
use crate::tree::SourceTree;

/// Languages that we write otherwise than ICU on purpose, a locale in which it writes them so, and why.
/// There is none: ICU writes Arabic with the digits 0 to 9 too, which stand in clauses and sums as well.
const OTHERWISE: [(&str, &str, &str); 0] = [];

const YEARS: [i16; 4] = [1999, 2022, 2027, 2100];
const DAYS: [i8; 5] = [1, 2, 9, 10, 28];

/// The words of the default theme in a language, which must all be there.
fn built_in(language: &str) -> Strings {
    let config = crate::parse::test_config(&format!("languages = [\"{language}\"]"));
    let sources = SourceTree::new();
    let (theme, problems) = read(&config, &sources);
    assert!(problems.is_empty(), "{problems:?}");
    theme.unwrap().strings.into_values().next().unwrap()
}

/// A date as ICU writes it out in a locale, in the calendar of legal texts whatever the locale's own is.
fn icu(locale: &str, year: i16, month: i8, day: i8) -> String {
    let locale: Locale = locale.parse().unwrap();
    let long = FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).unwrap();
    let (month, day) = (u8::try_from(month).unwrap(), u8::try_from(day).unwrap());
    let date = IcuDate::try_new_gregorian(i32::from(year), month, day).unwrap();
    long.format(&date).to_string()
}

#[test]
fn every_date_is_written_as_icu_writes_it_but_for_what_is_named() {
    for language in ["ar", "de", "en", "es", "fr", "zh"] {
        let strings = built_in(language);
        let otherwise = OTHERWISE.iter().find(|(tag, ..)| *tag == language);
        let locale = otherwise.map_or(language, |(_, locale, _)| locale);
        for year in YEARS {
            for month in 1..=12 {
                for day in DAYS {
                    let date: Date = format!("{year}-{month:02}-{day:02}").parse().unwrap();
                    let expected = icu(locale, year, month, day);
                    assert_eq!(strings.date(date), expected, "{language}: {date}");
                    assert_eq!(strings.date_in_text(date), expected, "{language}: {date}");
                }
            }
        }
    }
}
