//! A redline as one HTML file that needs nothing beside it, to be sent and kept.

use std::fmt::Write as _;

use super::contract::Changes;
use super::records::Records;
use crate::markup::escape::{escaped, push_attribute};
use crate::parse::placeholders::SourceMap;
use crate::prepared::{Prepared, Role};
use crate::redline::{Compared, Redline, Version};

/// The file of the theme with the look of pages.
const STYLE: &str = "style.css";

/// Writes what was found in a comparison of two texts; of one alone, where there is none before it.
pub fn redline<'s>(
    prepared: &Prepared<'s>,
    compared: &Compared,
    new: Role<'s>,
    found: Option<(&Redline<'_, '_>, &SourceMap)>,
) -> String {
    let records = Records {
        prepared,
        translation: new.translation(),
    };
    let found = found.map(|(redline, map)| prepared.alone(new, redline, map));
    let strings = records.strings();
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    push_attribute(&mut out, &compared.language);
    let _ = write!(
        out,
        "\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
        strings.direction
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
    let title = format!(
        "{}: {}, {}",
        strings.get("summary_of_changes"),
        compared.title,
        compared.new.id
    );
    let _ = write!(
        out,
        "<title>{}</title>\n<style>\n{}</style>\n</head>\n",
        escaped(&title),
        style(prepared)
    );
    out.push_str("<body class=\"kind-redline\">\n<main id=\"page:main\" class=\"leaf\">\n<header class=\"masthead\">\n");
    let _ = writeln!(
        out,
        "<h1>{}: {}</h1>",
        escaped(strings.get("summary_of_changes")),
        escaped(&compared.title)
    );
    out.push_str("<ul class=\"facts\">\n");
    if let Some(old) = &compared.old {
        push_version(&mut out, old, " →");
    }
    push_version(&mut out, &compared.new, "");
    out.push_str("</ul>\n");
    for words in compared.new.reason.iter().chain(&compared.new.summary) {
        let label = escaped(strings.get("summary_of_changes"));
        let _ = writeln!(
            out,
            "<section class=\"changes\"><h2>{label}</h2><p>{}</p></section>",
            escaped(words)
        );
    }
    out.push_str("</header>\n");
    match &found {
        Some((html, changes)) => {
            push_changes(&mut out, records, &records.changes(changes));
            let _ = write!(
                out,
                "<div class=\"text\" id=\"page:redline\">\n{html}</div>\n"
            );
        }
        None => {
            let _ = writeln!(out, "<p>{}</p>", escaped(&compared.first_words()));
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The style sheet of the theme.
fn style(prepared: &Prepared<'_>) -> String {
    let asset = prepared.texts.theme.assets.get(STYLE);
    let style = asset.map_or_else(String::new, |asset| {
        String::from_utf8_lossy(&asset.bytes).into_owned()
    });
    // Words in a style sheet could end the element that holds it.
    style.replace("</", "<\\/")
}

fn push_version(out: &mut String, version: &Version, after: &str) {
    let words = format!("{}, {}", version.id, version.words());
    let _ = match &version.address {
        Some(address) => {
            out.push_str("<li><a href=\"");
            push_attribute(out, address);
            writeln!(out, "\">{}</a>{after}</li>", escaped(&words))
        }
        None => writeln!(out, "<li>{}{after}</li>", escaped(&words)),
    };
}

fn push_changes(out: &mut String, records: Records<'_, '_>, changes: &Changes) {
    let word = |key: &str| escaped(records.strings().get(key));
    if !changes.any {
        let _ = writeln!(out, "<p>{}</p>", word("no_changes"));
        return;
    }
    out.push_str("<section class=\"digest\">\n<ul class=\"totals\">\n");
    for total in &changes.totals {
        let _ = writeln!(
            out,
            "<li>{} <strong>{}</strong></li>",
            escaped(&total.label),
            total.count
        );
    }
    let _ = write!(
        out,
        "</ul>\n<h2>{}</h2>\n<ul class=\"changed\">\n",
        word("changed_sections")
    );
    for clause in &changes.clauses {
        out.push_str("<li>");
        out.push_str("<a href=\"#");
        push_attribute(out, &clause.anchor);
        out.push_str("\">");
        let number = clause
            .number
            .as_ref()
            .map_or_else(String::new, |number| format!("{number} "));
        let _ = write!(out, "{}{}</a>", escaped(&number), escaped(&clause.title));
        let counts = [("+", clause.inserted), ("−", clause.deleted)].into_iter();
        let counts = counts.filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(sign, count)| format!("{sign}{count}"))
            .collect();
        let _ = write!(out, " <span class=\"counts\">{}</span>", counts.join(" "));
        if let Some(what) = &clause.what {
            let _ = write!(out, " <span class=\"what\">{}</span>", escaped(what));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
    for rename in &changes.renames {
        let (old, new) = (escaped(&rename.old), escaped(&rename.new));
        let _ = writeln!(
            out,
            "<p>{}: <del>{old}</del> <ins>{new}</ins></p>",
            word("renamed_terms")
        );
    }
    for term in &changes.redefined {
        let clauses: Vec<&str> = term
            .clauses
            .iter()
            .map(|clause| clause.title.as_str())
            .collect();
        let _ = writeln!(
            out,
            "<p>{}: “{}”. {}: {}</p>",
            word("redefined_terms"),
            escaped(&term.term),
            word("used_unchanged"),
            escaped(&clauses.join("; "))
        );
    }
    out.push_str("</section>\n");
}
