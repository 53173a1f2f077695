//! What the program writes as HTML for templates to print as it is, days among it.

use tera::Value;

use super::Date;
use crate::markup::escape::escaped;
use crate::model::Date as Day;
use crate::theme::Strings;

/// HTML that the program made: a template prints it as it is.
#[derive(Clone, Debug, Default)]
pub struct Safe(pub String);

impl From<Safe> for Value {
    fn from(safe: Safe) -> Self {
        Self::safe_string(&safe.0)
    }
}

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
