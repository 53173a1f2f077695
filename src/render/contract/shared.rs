//! A record that several pages are given, converted once.

use std::ops::Deref;
use std::sync::Arc;

use tera::Value;

use super::Record;

/// A record, and its value.
#[derive(Clone, Debug)]
pub struct Shared(Arc<(Record, Value)>);

impl From<Record> for Shared {
    fn from(record: Record) -> Self {
        let value = record.clone().into();
        Self(Arc::new((record, value)))
    }
}

impl From<Shared> for Value {
    fn from(shared: Shared) -> Self {
        shared.0.1.clone()
    }
}

impl Deref for Shared {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.0.0
    }
}
