//! The sections of a document for a terminal: which version changed each last, and which have it.

use std::fmt::Write as _;

use engross::timeline::{Change, Range, Section};

use super::super::words::{self, FAINT, STRONG};

/// A column for headings that is narrower than this makes too many lines of them.
const NARROWEST: usize = 24;
/// What stands between two columns.
const GAP: usize = 2;

/// The sections below a line that names the columns; nothing where there are none.
pub(super) fn table(sections: &[Section], width: usize) -> String {
    let mut out = String::new();
    if sections.is_empty() {
        return out;
    }
    let head = ["section", "last changed", "in versions"].map(str::to_owned);
    let rows: Vec<[String; 3]> = std::iter::once(head)
        .chain(sections.iter().map(cells))
        .collect();
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| words::columns_of(&row[column]));
        cells.max().unwrap_or(0)
    };
    let room = width.saturating_sub(widest(1) + widest(2) + 2 * GAP);
    let columns = (widest(0).min(room.max(NARROWEST)), widest(1));
    let places = std::iter::once("").chain(sections.iter().map(|section| section.place));
    for (at, (row, place)) in rows.iter().zip(places).enumerate() {
        let style = match (at, place) {
            (0, _) => STRONG,
            (_, "gone") => FAINT,
            _ => words::PLAIN,
        };
        let space = if at == 0 { "\n" } else { "" };
        for line in lines(row, columns) {
            let _ = writeln!(out, "{space}{style}{line}{style:#}");
        }
    }
    out
}

/// A row as lines: a heading may take several.
fn lines(row: &[String; 3], (first, second): (usize, usize)) -> Vec<String> {
    let names = words::lines(&row[0], first).into_iter().enumerate();
    let line = |(at, name): (usize, String)| match at {
        0 => {
            let (name, changed) = (words::padded(&name, first), words::padded(&row[1], second));
            format!("{name}  {changed}  {}", row[2])
        }
        _ => format!("  {name}"),
    };
    names.map(line).collect()
}

/// What there is to say of a section: its name, its changes, its versions.
fn cells(section: &Section) -> [String; 3] {
    let rows: Vec<String> = section.versions.iter().map(row).collect();
    [name(section), changes(section), rows.join(", ")]
}

fn name(section: &Section) -> String {
    match &section.number {
        Some(number) => format!("{number} {}", section.heading),
        None => section.heading.clone(),
    }
}

/// The latest change, and the next one: `2022-12-22, changes 2027-01-15`.
fn changes(section: &Section) -> String {
    let latest = section.changed.as_ref().map(|change| match change.kind {
        "removed" => format!("removed {}", change.version),
        _ => change.version.to_string(),
    });
    let next = section.coming.as_ref().map(coming);
    let both: Vec<String> = latest.into_iter().chain(next).collect();
    both.join(", ")
}

fn coming(change: &Change) -> String {
    let what = match change.kind {
        "first" | "new" => "new",
        "removed" => "removed",
        _ => "changes",
    };
    format!("{what} {}", change.version)
}

fn row(range: &Range) -> String {
    if range.first == range.last {
        range.first.to_string()
    } else {
        format!("{} – {}", range.first, range.last)
    }
}
