//! `engross history`: the versions of documents, newest first, and the sections of one.

mod sections;

use std::fmt::Write as _;

use engross::model::Date;
use engross::model::document::Standing;
use engross::redline::{Changes, Clause};
use engross::timeline::{self, Entry, Timeline, Version};

use super::arguments::{Arguments, History, Output};
use super::words::{self, FAINT, STRONG};
use super::{CannotRun, asked};

/// How many sections are named of a version that does not say itself what it changed.
const MOST_NAMES: usize = 6;

/// Tells every version of a document, or of all of them.
pub(super) fn run(arguments: &Arguments, history: &History) -> Result<u8, CannotRun> {
    let document = history.document.as_deref();
    asked::answer(arguments, &history.view, document, |records, path| {
        let found = records.timeline(path);
        match history.format {
            Output::Json => timeline::json(&found),
            Output::Text => text(&found, path.is_some(), words::width()),
        }
    })
}

fn text(timeline: &Timeline, about_one: bool, width: usize) -> String {
    if timeline.documents.is_empty() {
        return format!("nothing is public on {}\n", timeline.day);
    }
    let documents: Vec<String> = timeline
        .documents
        .iter()
        .map(|history| document(history, timeline, width))
        .collect();
    let mut out = documents.join("\n\n");
    if about_one {
        let all = timeline.documents.iter();
        all.for_each(|history| out.push_str(&sections::table(&history.sections, width)));
    }
    out
}

fn document(history: &timeline::History, timeline: &Timeline, width: usize) -> String {
    let title = words::title(&history.document);
    let mut out = format!("{STRONG}{title}{STRONG:#}\n");
    let _ = writeln!(out, "{}", history.document.address);
    if history.versions.is_empty() {
        let _ = writeln!(out, "\nnothing of it is public on {}", timeline.day);
    }
    let names: Vec<String> = history
        .versions
        .iter()
        .map(|v| v.version.id.to_string())
        .collect();
    let column = names.iter().map(String::len).max().unwrap_or(0);
    let indent = " ".repeat(column + 4);
    for (name, found) in names.iter().zip(&history.versions) {
        let name = words::padded(name, column);
        let _ = write!(out, "\n  {STRONG}{name}{STRONG:#}  ");
        let lines = version(found, width.saturating_sub(indent.len()));
        let _ = writeln!(out, "{}", lines.join(&format!("\n{indent}")));
    }
    for gone in &history.withdrawn {
        let lines = words::lines(&words::withdrawn(gone), width.saturating_sub(2));
        let _ = writeln!(out, "\n  {}", lines.join("\n  "));
    }
    out
}

/// What there is to say of a version, in lines that are at most so wide.
fn version(entry: &Entry, width: usize) -> Vec<String> {
    let version = &entry.version;
    let style = words::style(version.standing);
    let (standing, since) = standing(version);
    let material = if version.material {
        ", a material change"
    } else {
        ""
    };
    let mut lines = vec![format!("{style}{standing}{style:#} {since}{material}")];
    let days = other_days(version);
    lines.extend(words::filled(days.iter().map(String::as_str), width));
    let summary = version.summary.iter();
    lines.extend(summary.flat_map(|summary| words::lines(summary, width)));
    if let Some(reason) = &version.reason {
        lines.extend(words::lines(&format!("Correction: {reason}"), width));
    }
    if let Some(changes) = &entry.changes {
        lines.extend(words::lines(&changed(version, changes), width));
    }
    let addresses = version.languages.iter().map(|text| &text.address);
    lines.extend(addresses.map(|address| format!("{FAINT}{address}{FAINT:#}")));
    lines
}

/// How much a version changed, and in which sections where its publisher does not say.
fn changed(version: &Version, changes: &Changes) -> String {
    let counts = changes.words();
    if version.summary.is_some() || changes.clauses.is_empty() {
        return counts;
    }
    let mut names: Vec<String> = changes
        .clauses
        .iter()
        .take(MOST_NAMES)
        .map(Clause::name)
        .collect();
    let more = changes.clauses.len() - names.len();
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    format!("{counts}: {}", names.join("; "))
}

/// What a version is, and since when.
fn standing(version: &Version) -> (&'static str, String) {
    let since = match version.standing {
        Standing::InForce => Some(("since", version.from)),
        Standing::Upcoming => Some(("from", version.from)),
        Standing::Superseded => version.superseded.map(|day| ("on", day)),
        Standing::Corrected => version.corrected.map(|day| ("on", day)),
    };
    let since = since.map_or_else(String::new, |(word, day)| format!("{word} {day}"));
    (words::standing(version.standing), since)
}

/// The days of a version that its standing does not say, in the order of events.
fn other_days(version: &Version) -> Vec<String> {
    let of = version.standing;
    let starts =
        version.from == version.effective && matches!(of, Standing::InForce | Standing::Upcoming);
    let effective = Some(version.effective).filter(|_| !starts);
    let made = version.made;
    let corrected = version.corrected.filter(|_| of != Standing::Corrected);
    let superseded = version.superseded.filter(|_| of != Standing::Superseded);
    let mut days: Vec<(Date, &str)> = [
        (Some(version.published), "published"),
        (effective, "effective"),
        (made, "made"),
        (corrected, "corrected"),
        (superseded, "superseded"),
    ]
    .into_iter()
    .filter_map(|(day, event)| Some((day?, event)))
    .collect();
    days.sort_by_key(|(day, _)| *day);
    let last = days.len() - 1;
    let words = |(at, (day, event)): (usize, &(Date, &str))| {
        let comma = if at < last { "," } else { "" };
        format!("{event} {day}{comma}")
    };
    days.iter().enumerate().map(words).collect()
}
