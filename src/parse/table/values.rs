//! TOML values as ours.

use toml::de::DeValue;

use super::{Source, Spanned};
use crate::diagnostic::{Span, rules};
use crate::model::{Date, Value};
use crate::parse::characters;

/// A string, after a complaint if it holds control characters.
pub(super) fn checked(source: &Source<'_>, text: String, span: Span) -> String {
    if let Some((_, found)) = characters::forbidden(&text).next() {
        let message = format!(
            "the value holds the control character U+{:04X}",
            u32::from(found)
        );
        source.report(
            &rules::CONTROL_CHARACTER,
            span,
            message,
            "remove the character",
        );
        return text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', "");
    }
    text
}

pub(super) fn to_date(value: &DeValue<'_>) -> Option<Date> {
    let datetime = value.as_datetime()?;
    let (Some(date), None, None) = (datetime.date, datetime.time, datetime.offset) else {
        return None;
    };
    let year = i16::try_from(date.year).ok()?;
    Date::new(
        year,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
    .ok()
}

pub(super) fn to_value(source: &Source<'_>, value: Spanned<'_>) -> Value {
    let span = source.span(value.span());
    if let Some(date) = to_date(value.get_ref()) {
        return Value::Date(date);
    }
    match value.into_inner() {
        DeValue::String(text) => Value::String(checked(source, text.into_owned(), span)),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix())
            .map_or_else(|_| Value::String(n.to_string()), Value::Integer),
        DeValue::Float(n) => n.as_str().parse().map_or(Value::Float(0.0), Value::Float),
        DeValue::Boolean(b) => Value::Boolean(b),
        DeValue::Datetime(datetime) => Value::String(datetime.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .into_iter()
                .map(|item| to_value(source, item))
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(
            table
                .into_iter()
                .map(|(key, value)| (key.into_inner().into_owned(), to_value(source, value)))
                .collect(),
        ),
    }
}
