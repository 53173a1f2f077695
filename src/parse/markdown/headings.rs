//! Headings, and what the braces at their end say: `{#anchor alias=old-anchor}`.

use std::ops::Range;

use pulldown_cmark::{HeadingLevel, TagEnd};

use super::Builder;
use crate::diagnostic::{Span, did_you_mean, rules};
use crate::model::text::{Heading, plain};

impl<'s> Builder<'s> {
    /// A heading, whose start is consumed. Its anchor is the one written out, or empty.
    pub(super) fn heading(
        &mut self,
        level: HeadingLevel,
        anchor: Option<&str>,
        range: &Range<usize>,
    ) -> Heading<'s> {
        let inlines = self.inlines(range, TagEnd::Heading(level));
        let mut heading = Heading {
            inlines,
            anchor: anchor.unwrap_or_default().to_owned(),
            aliases: Vec::new(),
            span: Span::new(range.clone()),
        };
        if let Some(attributes) = attributes(self.source, &heading) {
            self.attributes(&attributes, &mut heading);
        }
        heading
    }

    /// Takes the aliases, and tells of what would say nothing.
    fn attributes(&self, range: &Range<usize>, heading: &mut Heading<'s>) {
        let (mut at, mut anchors) = (range.start, 0);
        for word in self.source[range.clone()].split([' ', '\t']) {
            let span = Span::new(at..at + word.len());
            at += word.len() + 1;
            if let Some(alias) = word.strip_prefix("alias=") {
                heading.aliases.push(alias.to_owned());
            } else if word.starts_with('#') && word.len() > 1 {
                anchors += 1;
                if anchors > 1 {
                    let message = "a heading has one anchor";
                    let help = "write the others as `alias=name`";
                    self.report(&rules::DUPLICATE_ANCHOR, span, message, help);
                }
            } else if !word.is_empty() {
                self.unknown_attribute(word, span);
            }
        }
    }

    fn unknown_attribute(&self, word: &str, span: Span) {
        let key = word.split('=').next().unwrap_or_default();
        let help = did_you_mean(key, ["alias"], || {
            "write `{#anchor alias=old-anchor}`, or `\\}` where braces are meant".to_owned()
        });
        let message = format!("`{word}` says nothing about a heading");
        self.report(&rules::UNKNOWN_KEY, span, message, help);
    }
}

/// Where an alias of the heading at `span` is written.
pub(super) fn alias_span(source: &str, span: Span, alias: &str) -> Span {
    let written = format!("alias={alias}");
    let within = &source[span.range()];
    within.rfind(&written).map_or(span, |at| {
        let start = span.range().start + at;
        Span::new(start..start + written.len())
    })
}

/// What stands between the braces at a heading's end. The parser passes over some of it without a
/// word, so it is read from the source; braces that it left in the heading's words are no attributes.
fn attributes(source: &str, heading: &Heading<'_>) -> Option<Range<usize>> {
    let range = heading.span.range();
    let written = &source[range.clone()];
    if says_anchor_alone(written, &heading.anchor) {
        return None;
    }
    let line = without_underline(written);
    let open = line.strip_suffix('}')?.rfind('{')?;
    let braces = &line[open..];
    let is_words =
        braces.contains(['<', '>', '\\', '\n']) || plain(&heading.inlines).contains(braces);
    let start = range.start + open;
    (!is_words).then(|| start + 1..start + braces.len() - 1)
}

/// Whether a heading ends with the braces of its anchor and nothing else in them, as nearly all do.
fn says_anchor_alone(heading: &str, anchor: &str) -> bool {
    let inside = heading.trim_ascii_end().strip_suffix('}');
    let braces = inside.and_then(|inside| inside.strip_suffix(anchor));
    !anchor.is_empty() && braces.is_some_and(|braces| braces.ends_with("{#"))
}

/// A heading's source without its underline.
fn without_underline(heading: &str) -> &str {
    let heading = heading.trim_end();
    let underlined = |(_, last): &(&str, &str)| last.chars().all(|c| "=->\t ".contains(c));
    match heading.rsplit_once('\n').filter(underlined) {
        Some((words, _)) => words.trim_end(),
        None => heading,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Request, parse};
    use crate::diagnostic::Span;

    /// The aliases of the first section, and what is told: rule and the words that it marks.
    fn read(source: &str) -> (Vec<String>, Vec<(&'static str, &str)>) {
        let request = Request {
            numbered: true,
            title: Some("T"),
        };
        let parsed = parse(source, request);
        let told = |span: Span| &source[span.range()];
        let problems = parsed.problems.iter();
        (
            parsed.text.sections[0].heading.aliases.clone(),
            problems.map(|p| (p.rule.name, told(p.span))).collect(),
        )
    }

    #[test]
    fn attributes_are_read_or_told() {
        let none: &[(&str, &str)] = &[];
        for (source, aliases, told) in [
            ("## A {#a}", &[][..], none),
            ("## A {#a alias=b alias=c.d-é_1}", &["b", "c.d-é_1"], none),
            ("## A {alias=b}", &["b"], none),
            ("## A ## {#a alias=b}", &["b"], none),
            ("A {#a alias=b}\n---", &["b"], none),
            ("## A {#a .x}", &[], &[("unknown-key", ".x")]),
            ("## A {#a foo=bar}", &[], &[("unknown-key", "foo=bar")]),
            ("## A {#a alais=b}", &[], &[("unknown-key", "alais=b")]),
            ("## A {B}", &[], &[("unknown-key", "B")]),
            ("## A {#a alias}", &[], &[("unknown-key", "alias")]),
            ("## A {#a  x }", &[], &[("unknown-key", "x")]),
            ("## A {#a #b}", &[], &[("duplicate-anchor", "#b")]),
            ("## A {#a alias=}", &[""], &[("bad-address", "alias=")]),
            (
                "## A {#a alias=b/c}",
                &["b/c"],
                &[("bad-address", "alias=b/c")],
            ),
            ("## A {#a alias=a}", &[], &[("duplicate-anchor", "alias=a")]),
            (
                "## A {#a alias=b alias=b}",
                &["b"],
                &[("duplicate-anchor", "alias=b")],
            ),
            (
                "## A {#a alias=b-c}\n\n## B c",
                &[],
                &[("duplicate-anchor", "alias=b-c")],
            ),
            (
                "## A {#a alias=b-c}\n\n- # B c",
                &[],
                &[("duplicate-anchor", "alias=b-c")],
            ),
            (
                "## A {#a alias=b-a}\n\n## B {#b}\n\n1. x",
                &[],
                &[("duplicate-anchor", "alias=b-a")],
            ),
            ("## A {B\\}", &[], none),
            ("## A `{B}`", &[], none),
            ("## A {B}#", &[], none),
        ] {
            let (found, problems) = read(source);
            assert_eq!(
                (found, problems),
                (
                    aliases.iter().map(|a| (*a).to_owned()).collect(),
                    told.to_vec()
                ),
                "{source}"
            );
        }
    }

    #[test]
    fn an_alias_changes_no_anchor() {
        let request = Request {
            numbered: false,
            title: Some("T"),
        };
        let parsed = parse("## Old {#new alias=use}\n\n## Use\n\n## Use", request);
        let anchors = parsed
            .text
            .sections
            .iter()
            .map(|s| s.heading.anchor.as_str());
        assert_eq!(anchors.collect::<Vec<_>>(), ["new", "use", "use-1"]);
    }
}
