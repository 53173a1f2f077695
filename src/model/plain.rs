//! Dates and names of versions as JSON has them: in the words that they print.

use std::fmt::Display;

use serde::Serializer;

/// Writes a value.
pub(crate) fn word<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Writes a value, or null where there is none.
#[expect(
    clippy::ref_option,
    reason = "this is how serde calls the writers of fields"
)]
pub(crate) fn or_null<S: Serializer>(
    value: &Option<impl Display>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}
