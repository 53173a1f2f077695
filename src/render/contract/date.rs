//! A day as templates are given it.

use super::{Date, Safe};
use crate::markup::escape::escaped;
use crate::model::Date as Day;
use crate::theme::Strings;

impl Date {
    /// A day as a language writes it.
    pub fn new(day: Day, strings: &Strings) -> Self {
        let (iso, words) = (day.to_string(), strings.date(day));
        let html = Safe(format!(
            "<time datetime=\"{iso}\">{}</time>",
            escaped(&words)
        ));
        Self { iso, words, html }
    }
}
