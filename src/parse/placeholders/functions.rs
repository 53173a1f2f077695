//! The functions that placeholders can call.
#![expect(
    clippy::needless_pass_by_value,
    reason = "the template engine passes arguments by value"
)]

use std::fmt::Write as _;

use tera::{Error, Kwargs, State, TeraResult, Value};

use super::marks;

/// `clause(name="contact")`: a mark where the clause goes. It is put in after the text around it
/// has been evaluated, so that its own places stay known.
pub(super) fn clause(arguments: Kwargs, _: &State) -> TeraResult<String> {
    let name = arguments.must_get::<&str>("name")?;
    Ok(format!("{}{name}{}", marks::CLAUSE, marks::CLAUSE))
}

/// `table(rows=data.collection.rows, columns=["category"], headings=["Category"])`: a Markdown
/// table with a row for each table of `rows` and a column for each of its keys named in `columns`.
pub(super) fn table(arguments: Kwargs, _: &State) -> TeraResult<String> {
    let rows = arguments.must_get::<&[Value]>("rows")?;
    let columns = arguments.must_get::<Vec<String>>("columns")?;
    let headings = arguments
        .get::<Vec<String>>("headings")?
        .unwrap_or_else(|| columns.clone());
    if headings.len() != columns.len() {
        let (columns, headings) = (columns.len(), headings.len());
        return Err(Error::message(format!(
            "{columns} columns need {columns} headings, not {headings}"
        )));
    }
    let mut out = String::from("\n\n");
    push_row(&mut out, headings.iter().map(|heading| cell(heading)));
    push_row(&mut out, columns.iter().map(|_| "---".to_owned()));
    for (index, row) in rows.iter().enumerate() {
        let cells = columns.iter().map(|column| field(row, column, index + 1));
        push_row(&mut out, cells.collect::<TeraResult<Vec<_>>>()?.into_iter());
    }
    out.push('\n');
    Ok(out)
}

/// `range` is the template engine's own, and not for texts: loops over it could go on for ever.
pub(super) fn range(_: Kwargs, _: &State) -> TeraResult<String> {
    Err(Error::message(
        "texts have no `range`: loop over a list of `data`",
    ))
}

fn push_row(out: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let _ = write!(out, "| {cell} ");
    }
    out.push_str("|\n");
}

fn field(row: &Value, column: &str, number: usize) -> TeraResult<String> {
    match row
        .get_from_path(column)
        .filter(|value| !value.is_undefined())
    {
        Some(value) => Ok(words(value)),
        None => Err(Error::message(format!(
            "row {number} of the table has no `{column}`"
        ))),
    }
}

/// A value as a cell says it: lists with commas.
fn words(value: &Value) -> String {
    match value.as_array() {
        Some(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        None => cell(&value.to_string()),
    }
}

/// A cell's text: one line, in which `|` does not end the cell.
fn cell(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}
