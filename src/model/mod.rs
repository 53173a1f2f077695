//! The field's words as plain data: configuration, documents, versions, texts, values.

mod brand;
pub mod california;
pub mod config;
pub mod document;
mod language;
pub(crate) mod plain;
pub mod text;
mod value;

use crate::diagnostic::{Place, Span};

pub use brand::{Brand, Colour, Font};
pub use jiff::civil::Date;
pub use language::Language;
pub use value::Value;

/// A value and the part of a file that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Located<T> {
    /// The place of the value in the file it was read from.
    pub fn place(&self, path: &str) -> Place {
        Place::at(path, self.span)
    }
}
