//! From a place in the sources to the section of a page.

use super::Prepared;
use crate::diagnostic::{Diagnostic, Place, Span};
use crate::model::document::TextFile;
use crate::model::text::Section;
use crate::parse::placeholders::SourceMap;

impl Prepared<'_> {
    /// The anchor of the section of a text that each problem is about, if it is about one.
    pub(crate) fn sections_at(
        &self,
        file: &TextFile,
        problems: &[Diagnostic],
    ) -> Vec<Option<String>> {
        if problems.is_empty() {
            return Vec::new();
        }
        self.texts.side_by_side(&[self.kept(file).role], |trees| {
            let tree = &trees[0];
            let mut starts = Vec::new();
            add(&tree.parsed.text.sections, &tree.expanded.map, &mut starts);
            let places = problems.iter().map(|problem| &problem.place);
            places.map(|place| last_before(place, &starts)).collect()
        })
    }
}

fn add(sections: &[Section<'_>], map: &SourceMap, starts: &mut Vec<(Place, String)>) {
    for section in sections {
        let place = map.place(section.heading.span);
        starts.push((place, section.heading.anchor.clone()));
        add(&section.sections, map, starts);
    }
}

/// The section that began last before a place of the same file.
fn last_before(place: &Place, starts: &[(Place, String)]) -> Option<String> {
    let at = |span: Option<Span>| span.map(|span| span.start);
    let before = starts.iter().rev().find(|(start, _)| {
        start.path == place.path && place.span.is_some() && at(start.span) <= at(place.span)
    });
    before.map(|(_, anchor)| anchor.clone())
}
