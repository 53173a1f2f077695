//! The colours of a style sheet, as far as its own rules say them.

use std::collections::BTreeSet;

/// The custom properties that stand behind something.
pub(crate) fn backgrounds(css: &str) -> BTreeSet<String> {
    let declarations = css
        .split(['{', '}', ';'])
        .filter_map(|part| part.split_once(':'));
    let behind = declarations
        .filter(|(property, _)| matches!(property.trim(), "background" | "background-color"));
    // What is drawn in lines is no ground.
    let plain = behind.filter(|(_, value)| !value.contains("gradient("));
    let used = plain.flat_map(|(_, value)| value.split("var(--").skip(1));
    used.map(|rest| rest.split([')', ',']).next().unwrap().to_owned())
        .collect()
}

/// The values of custom properties in rules for a colour scheme; those for none are light.
pub(crate) fn colours(css: &str, scheme: &str, names: &[&str]) -> BTreeSet<String> {
    let dark = "@media (prefers-color-scheme: dark) {";
    let mut found = BTreeSet::new();
    for (at, part) in css.split(dark).enumerate() {
        // A query ends where a line holds its brace alone.
        let (inside, after) = part.split_once("\n}").unwrap_or((part, ""));
        let wanted = match (at, scheme) {
            (0, "light") => part,
            (0, _) => "",
            (_, "light") => after,
            _ => inside,
        };
        let declarations = wanted
            .split(['{', '}', ';'])
            .filter_map(|part| part.split_once(':'));
        let wanted = declarations.filter(|(property, _)| {
            let name = property.trim().strip_prefix("--");
            name.is_some_and(|name| names.contains(&name))
        });
        found.extend(wanted.map(|(_, value)| value.trim().to_owned()));
    }
    found
}
