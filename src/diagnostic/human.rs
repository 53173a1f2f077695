//! Problems for a person at a terminal: the source line, a caret, why, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::lines::Indexes;
use super::{Diagnostic, LineIndex, Severity, Span};
use crate::tree::SourceTree;

/// The longest line that is shown; a longer one is cut to what is near the caret.
const LONGEST_LINE: usize = 16_000;

/// All problems as text, one after another, with a line of white space between them.
/// `styled` adds ANSI colours; the words are the same without.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceTree, styled: bool) -> String {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut indexes = Indexes::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, &mut indexes)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'t>(diagnostic: &'t Diagnostic, indexes: &mut Indexes<'t>) -> Group<'t> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.rule.name);
    let mut group = match (diagnostic.place.span, indexes.of(&diagnostic.place.path)) {
        (Some(span), Some(index)) => with_snippet(title, &diagnostic.place.path, index, span),
        _ if diagnostic.place.path.is_empty() => Group::with_title(title),
        _ => title.element(Origin::path(diagnostic.place.path.as_str())),
    };
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note_text(note, indexes)));
    }
    group
        .element(
            Level::NOTE
                .with_name(Some("why"))
                .message(diagnostic.rule.why),
        )
        .element(Level::HELP.message(diagnostic.help.as_str()))
}

fn note_text(note: &super::Note, indexes: &mut Indexes<'_>) -> String {
    let Some(place) = &note.place else {
        return note.message.clone();
    };
    match (place.span, indexes.of(&place.path)) {
        (Some(span), Some(index)) => {
            let at = index.position(span.start as usize);
            format!(
                "{} ({}:{}:{})",
                note.message, place.path, at.line, at.column
            )
        }
        _ => format!("{} ({})", note.message, place.path),
    }
}

/// Adds the line where a span begins to a report, cut when it is very long, with the span marked.
fn with_snippet<'t>(
    title: Title<'t>,
    path: &'t str,
    index: &LineIndex<'t>,
    span: Span,
) -> Group<'t> {
    let position = index.position(span.start as usize);
    let (line, start) = index.line(position.line);
    let from = (span.start as usize).saturating_sub(start).min(line.len());
    let to = (span.end as usize)
        .saturating_sub(start)
        .clamp(from, line.len());
    let window = window(line, from);
    let shown = &line[window.clone()];
    let from = boundary(shown, from - window.start);
    let to = boundary(shown, to.saturating_sub(window.start)).max(from);
    let annotation = AnnotationKind::Primary.span(from..to);
    let snippet = Snippet::source(shown)
        .line_start(position.line)
        .annotation(annotation);
    if window.start == 0 {
        return title.element(snippet.path(path));
    }
    // The renderer would count columns of the part that it sees.
    let origin = Origin::path(path)
        .line(position.line)
        .char_column(position.column);
    title.element(origin).element(snippet)
}

/// The part of a line that is shown around a byte.
fn window(line: &str, around: usize) -> std::ops::Range<usize> {
    if line.len() <= LONGEST_LINE {
        return 0..line.len();
    }
    let start = boundary(line, around.saturating_sub(LONGEST_LINE / 3));
    start..boundary(line, start + LONGEST_LINE)
}

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len()))
        .rev()
        .find(|b| text.is_char_boundary(*b))
        .unwrap_or(0)
}
