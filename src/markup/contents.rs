//! The table of contents: a list of links to the sections of a text.

use std::fmt::Write as _;

use super::escape::{self, push_href};
use crate::model::text::{Section, plain};

/// Appends the list; nothing where there are no sections.
pub(super) fn push(out: &mut String, sections: &[Section<'_>]) {
    if sections.is_empty() {
        return;
    }
    out.push_str(if out.is_empty() {
        "<ol class=\"contents\">\n"
    } else {
        "\n<ol>\n"
    });
    for section in sections {
        out.push_str("<li><a href=\"#");
        push_href(out, &section.heading.anchor);
        out.push_str("\">");
        if let Some(number) = &section.number {
            let _ = write!(out, "<span class=\"number\">{number}</span> ");
        }
        escape::push(out, plain(&section.heading.inlines).trim());
        out.push_str("</a>");
        push(out, &section.sections);
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}
