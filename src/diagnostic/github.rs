//! Problems as GitHub Actions annotations.

use std::fmt::Write as _;

use super::{Diagnostic, LineIndex, Severity};
use crate::tree::SourceTree;

/// GitHub shows at most this many annotations of one severity for a step.
const SHOWN: usize = 10;

/// The first ten errors and the first ten warnings as workflow commands, and a line that says how
/// many were left out.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceTree) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning] {
        let of_severity: Vec<&Diagnostic> = diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .collect();
        for diagnostic in of_severity.iter().take(SHOWN) {
            out.push_str(&command(diagnostic, sources));
        }
        let cut = of_severity.len().saturating_sub(SHOWN);
        if cut > 0 {
            let _ = writeln!(
                out,
                "::notice::{cut} more {}s are not shown here",
                severity.word()
            );
        }
    }
    out
}

fn command(diagnostic: &Diagnostic, sources: &SourceTree) -> String {
    let mut properties = vec![format!("title={}", property(diagnostic.rule.name))];
    if !diagnostic.place.path.is_empty() {
        properties.push(format!("file={}", property(&diagnostic.place.path)));
    }
    if let Some((span, text)) = diagnostic
        .place
        .span
        .zip(sources.quotable(&diagnostic.place.path))
    {
        let at = LineIndex::new(text).position(span.start as usize);
        properties.push(format!("line={},col={}", at.line, at.column));
    }
    let body = format!(
        "{}\n{}\n{}",
        diagnostic.message, diagnostic.rule.why, diagnostic.help
    );
    format!(
        "::{} {}::{}\n",
        diagnostic.severity.word(),
        properties.join(","),
        data(&body)
    )
}

/// Escapes a command's message, as the workflow command syntax asks.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a command's property, which must hold no `:` or `,` either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
