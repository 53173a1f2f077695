//! The change notice of a version: what its publisher told its readers about it.

use crate::redline::Compared;

/// The notice as lines, each with a name before it.
pub(super) fn write(compared: &Compared) -> String {
    let new = &compared.new;
    let day = |day: Option<crate::model::Date>| day.map(|day| day.to_string());
    let material = if new.material {
        "yes"
    } else {
        "not said to be"
    };
    let follows = compared.old.as_ref();
    let lines = [
        ("title", Some(compared.title.clone())),
        ("document", Some(compared.document.clone())),
        ("version", Some(new.id.clone())),
        ("language", Some(compared.language.clone())),
        ("address", new.address.clone()),
        ("published", day(new.published)),
        ("effective", day(new.effective)),
        ("follows", follows.map(|old| old.id.clone())),
        ("material", Some(material.to_owned())),
        ("summary", new.summary.clone()),
        ("correction", new.reason.clone()),
    ];
    let line = |(name, value): (&str, Option<String>)| Some(format!("{name}: {}\n", value?));
    lines.into_iter().filter_map(line).collect()
}
