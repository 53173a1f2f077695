//! Problems for programs: one JSON document.

use serde::Serialize;

use super::lines::Indexes;
use super::{Count, Diagnostic, Place};
use crate::tree::SourceTree;

#[derive(Serialize)]
struct Report<'d> {
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Item<'d>>,
}

#[derive(Serialize)]
struct Item<'d> {
    rule: &'d str,
    severity: &'static str,
    message: &'d str,
    #[serde(flatten)]
    place: Where<'d>,
    why: &'d str,
    help: &'d str,
    notes: Vec<NoteItem<'d>>,
}

#[derive(Serialize)]
struct NoteItem<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: Option<Where<'d>>,
}

/// Lines and columns count from 1, columns in characters.
#[derive(Serialize)]
struct Where<'d> {
    path: &'d str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// All problems as a JSON object with `errors`, `warnings` and `diagnostics`.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceTree) -> String {
    let report = report(diagnostics, sources);
    let mut out = serde_json::to_string_pretty(&report).unwrap_or_default();
    out.push('\n');
    out
}

/// The same object, to be part of another.
pub fn report<'d>(diagnostics: &'d [Diagnostic], sources: &SourceTree) -> impl Serialize + use<'d> {
    let mut indexes = Indexes::new(sources);
    let count = Count::of(diagnostics);
    Report {
        errors: count.errors,
        warnings: count.warnings,
        diagnostics: diagnostics.iter().map(|d| item(d, &mut indexes)).collect(),
    }
}

fn item<'d>(diagnostic: &'d Diagnostic, indexes: &mut Indexes<'_>) -> Item<'d> {
    let place = locate(&diagnostic.place, indexes);
    let notes = diagnostic.notes.iter().map(|note| NoteItem {
        message: &note.message,
        place: note.place.as_ref().map(|place| locate(place, indexes)),
    });
    Item {
        rule: diagnostic.rule.name,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        place,
        why: diagnostic.rule.why,
        help: &diagnostic.help,
        notes: notes.collect(),
    }
}

fn locate<'d>(place: &'d Place, indexes: &mut Indexes<'_>) -> Where<'d> {
    let positions = place
        .span
        .zip(indexes.of(&place.path))
        .map(|(span, index)| {
            (
                index.position(span.start as usize),
                index.position(span.end as usize),
            )
        });
    Where {
        path: &place.path,
        line: positions.map(|(start, _)| start.line),
        column: positions.map(|(start, _)| start.column),
        end_line: positions.map(|(_, end)| end.line),
        end_column: positions.map(|(_, end)| end.column),
    }
}
