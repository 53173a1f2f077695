//! Anchors and numbers: every clause can be linked to and, in a numbered document, cited.

use super::slug::{Anchors, slug};
use super::{Parsed, Problem, headings};
use crate::diagnostic::{Rule, Span, rules};
use crate::model::text::{Block, BlockKind, Heading, Item, Label, List, Section, Text, plain};

/// Gives every heading its anchor, and in a numbered text every section its number and every item
/// of an ordered list its label. Checks aliases.
pub(super) fn assign(parsed: &mut Parsed<'_>, source: &str, numbered: bool) {
    let mut assigner = Assigner {
        anchors: Anchors::default(),
        problems: &mut parsed.problems,
    };
    // Anchors that the text names itself come first: they must not depend on what stands before them.
    visit_headings(&mut parsed.text, &mut |heading| {
        assigner.take_written(heading);
    });
    visit_headings(&mut parsed.text, &mut |heading| assigner.make(heading));
    if numbered {
        assigner.number(&mut parsed.text.sections, "");
    }
    // Aliases come last: no anchor may change its name because a heading had that name before.
    visit_headings(&mut parsed.text, &mut |heading| {
        assigner.take_aliases(heading, source);
    });
}

struct Assigner<'p> {
    anchors: Anchors,
    problems: &'p mut Vec<Problem>,
}

impl Assigner<'_> {
    fn take_written(&mut self, heading: &mut Heading<'_>) {
        if heading.anchor.is_empty() {
            return;
        }
        self.check_characters(&heading.anchor, heading.span);
        if !self.anchors.take(&heading.anchor) {
            let message = format!("the anchor `{}` is given twice", heading.anchor);
            self.report(
                &rules::DUPLICATE_ANCHOR,
                heading.span,
                message,
                "give one of the headings another `{#anchor}`",
            );
            heading.anchor = self.anchors.free(std::mem::take(&mut heading.anchor));
        }
    }

    /// Keeps the aliases that lead to this heading alone.
    fn take_aliases(&mut self, heading: &mut Heading<'_>, source: &str) {
        let span = heading.span;
        heading.aliases.retain(|alias| {
            let place = headings::alias_span(source, span, alias);
            let free = self.anchors.take(alias);
            if free {
                self.check_characters(alias, place);
            } else {
                let message = format!("the alias `{alias}` is an anchor already");
                let help = "remove the alias, or give the heading that has this anchor another";
                self.report(&rules::DUPLICATE_ANCHOR, place, message, help);
            }
            free
        });
    }

    fn check_characters(&mut self, anchor: &str, span: Span) {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if anchor.is_empty() || !anchor.chars().all(fits) {
            let message = format!("`{anchor}` is not an anchor that a link can name");
            let help = "use letters, digits and hyphens: `{#your-choices}`";
            self.report(&rules::BAD_ADDRESS, span, message, help);
        }
    }

    fn make(&mut self, heading: &mut Heading<'_>) {
        if !heading.anchor.is_empty() {
            return;
        }
        let wanted = slug(&plain(&heading.inlines));
        heading.anchor = self.anchors.free(wanted.clone());
        if heading.anchor != wanted {
            let message = if wanted == "section" {
                format!(
                    "the heading has no letters to name its anchor; it became `{}`",
                    heading.anchor
                )
            } else {
                let became = &heading.anchor;
                format!("another heading has the anchor `{wanted}`; this one became `{became}`")
            };
            self.report(
                &rules::REPEATED_HEADING,
                heading.span,
                message,
                "name the anchor yourself: `## Words {#name}`",
            );
        }
    }

    fn number(&mut self, sections: &mut [Section<'_>], parent: &str) {
        for (index, section) in sections.iter_mut().enumerate() {
            let number = format!("{parent}{}", index + 1);
            for block in &mut section.blocks {
                if let BlockKind::List(list) = &mut block.kind {
                    self.label(list, &section.heading.anchor, 0);
                }
            }
            self.number(&mut section.sections, &format!("{number}."));
            section.number = Some(number);
        }
    }

    /// Labels the items of an ordered list: (a), inside it (i), inside that (A), then (1).
    fn label(&mut self, list: &mut List<'_>, parent: &str, depth: usize) {
        let start = list.start;
        for (index, item) in list.items.iter_mut().enumerate() {
            if let Some(start) = start {
                let count = usize::try_from(start)
                    .unwrap_or(1)
                    .max(1)
                    .saturating_add(index);
                let counted = counter(count, depth);
                let wanted = format!("{parent}-{}", counted.to_lowercase());
                let anchor = self.anchors.free(wanted.clone());
                if anchor != wanted
                    && let Some(block) = item.blocks.first()
                {
                    let message = format!(
                        "there are two items ({counted}) here; this one's anchor became `{anchor}`"
                    );
                    let help = "make one list of the two, or give each a section of its own";
                    self.report(&rules::REPEATED_HEADING, block.span, message, help);
                }
                item.label = Some(Label {
                    text: format!("({counted})"),
                    anchor,
                });
            }
            let parent = item
                .label
                .as_ref()
                .map_or(parent.to_owned(), |label| label.anchor.clone());
            self.label_inner(item, &parent, depth + usize::from(start.is_some()));
        }
    }

    fn label_inner(&mut self, item: &mut Item<'_>, parent: &str, depth: usize) {
        for block in &mut item.blocks {
            if let BlockKind::List(list) = &mut block.kind {
                self.label(list, parent, depth);
            }
        }
    }

    fn report(&mut self, rule: &'static Rule, span: Span, message: String, help: &str) {
        self.problems.push(Problem {
            rule,
            span,
            message,
            help: help.to_owned(),
        });
    }
}

fn counter(count: usize, depth: usize) -> String {
    match depth {
        0 => letters(count),
        1 => roman(count),
        2 => letters(count).to_uppercase(),
        _ => count.to_string(),
    }
}

/// a, b … z, aa, ab …
fn letters(mut count: usize) -> String {
    let mut out = Vec::new();
    while count > 0 {
        count -= 1;
        out.push(char::from(b'a' + u8::try_from(count % 26).unwrap_or(0)));
        count /= 26;
    }
    out.iter().rev().collect()
}

/// i, ii, iii, iv … in small Roman numerals; past 3,999 in digits.
fn roman(mut count: usize) -> String {
    const NUMERALS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count > 3999 {
        return count.to_string();
    }
    let mut out = String::new();
    for (value, numeral) in NUMERALS {
        while count >= value {
            out.push_str(numeral);
            count -= value;
        }
    }
    out
}

/// Visits every heading of a text in reading order, those inside of lists and quotations too.
fn visit_headings<'s>(text: &mut Text<'s>, visit: &mut impl FnMut(&mut Heading<'s>)) {
    if let Some(title) = &mut text.title {
        visit(title);
    }
    visit_in_blocks(&mut text.preamble, visit);
    visit_in_sections(&mut text.sections, visit);
    for footnote in &mut text.footnotes {
        visit_in_blocks(&mut footnote.blocks, visit);
    }
}

fn visit_in_sections<'s>(sections: &mut [Section<'s>], visit: &mut impl FnMut(&mut Heading<'s>)) {
    for section in sections {
        visit(&mut section.heading);
        visit_in_blocks(&mut section.blocks, visit);
        visit_in_sections(&mut section.sections, visit);
    }
}

fn visit_in_blocks<'s>(blocks: &mut [Block<'s>], visit: &mut impl FnMut(&mut Heading<'s>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Subheading(heading) => visit(heading),
            BlockKind::Quote(blocks) | BlockKind::Details { blocks, .. } => {
                visit_in_blocks(blocks, visit);
            }
            BlockKind::List(list) => {
                list.items
                    .iter_mut()
                    .for_each(|item| visit_in_blocks(&mut item.blocks, visit));
            }
            BlockKind::Definitions(definitions) => {
                definitions
                    .iter_mut()
                    .flat_map(|d| &mut d.meanings)
                    .for_each(|m| visit_in_blocks(m, visit));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_those_of_legal_lists() {
        assert_eq!(
            [1, 2, 26, 27, 52, 53].map(letters),
            ["a", "b", "z", "aa", "az", "ba"]
        );
        assert_eq!(
            [1, 4, 9, 14, 40, 1999].map(roman),
            ["i", "iv", "ix", "xiv", "xl", "mcmxcix"]
        );
        assert_eq!(counter(3, 2), "C");
        assert_eq!(counter(3, 3), "3");
    }
}
