//! The fields of JSON that programs are promised: those, no others, and all of them documented.

use serde_json::Value;

/// Asserts that an object has these fields and no others, and that a chapter of docs/history.md,
/// named by its heading, knows them.
pub(crate) fn assert_fields(object: &Value, fields: &[&str], chapter: &str) {
    let found = object.as_object().unwrap().keys();
    let mut found: Vec<&str> = found.map(String::as_str).collect();
    let mut expected = fields.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let documented = include_str!("../../docs/history.md");
    let documented = documented.split(chapter).nth(1).unwrap();
    let unknown = |field: &&&str| !documented.contains(&format!("`{field}`"));
    assert_eq!(fields.iter().find(unknown), None);
}
