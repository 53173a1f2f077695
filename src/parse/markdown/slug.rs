//! Anchors made from headings, by the rules that GitHub uses.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::char::is_combining_mark;

/// The slug of a heading's words: lower case, spaces as hyphens, punctuation left out.
///
/// The rules are those of the `html-pipeline` table-of-contents filter: every character goes that
/// is not a letter, a mark, a decimal digit, a connector (`_`), a hyphen or a space. Changing them
/// would break every link to a clause whose anchor is not written out.
pub(crate) fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.trim().chars() {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' | 'a'..='z' | '0'..='9' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            _ if c.is_ascii() => {}
            _ if c.is_alphanumeric() || is_combining_mark(c) => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug
    }
}

/// The anchors of one text, each given once.
#[derive(Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
    /// The last number given to each slug.
    counts: BTreeMap<String, usize>,
}

impl Anchors {
    /// Takes an anchor that the text names itself. Whether it was free.
    pub(super) fn take(&mut self, anchor: &str) -> bool {
        self.taken.insert(anchor.to_owned())
    }

    /// Takes the first free anchor of `slug`, `slug-1`, `slug-2` …
    pub(super) fn free(&mut self, slug: String) -> String {
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        let count = self.counts.entry(slug.clone()).or_default();
        loop {
            *count += 1;
            let anchor = format!("{slug}-{count}");
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_githubs() {
        for (words, expected) in [
            ("Your Choices & Rights", "your-choices--rights"),
            ("4.2 What’s new?", "42-whats-new"),
            (
                "Données à caractère personnel",
                "données-à-caractère-personnel",
            ),
            ("snake_case and-hyphen", "snake_case-and-hyphen"),
            ("個人情報", "個人情報"),
            ("🙂", "section"),
        ] {
            assert_eq!(slug(words), expected);
        }
    }

    #[test]
    fn taken_slugs_are_counted() {
        let mut anchors = Anchors::default();
        assert!(anchors.take("use-1"));
        assert!(!anchors.take("use-1"));
        assert_eq!(anchors.free("use".into()), "use");
        assert_eq!(anchors.free("use".into()), "use-2");
        assert_eq!(anchors.free("use".into()), "use-3");
    }
}
