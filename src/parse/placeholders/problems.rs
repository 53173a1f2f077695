//! What is wrong with placeholders, at its place and with the name that was meant.

use std::ops::Range;

use tera::ErrorKind;

use super::{DEEPEST, Expansion, marks};
use crate::diagnostic::{Diagnostic, LineIndex, Place, Span, did_you_mean, rules};
use crate::model::Value;

impl Expansion<'_, '_> {
    /// A table has no words of its own: a placeholder has to name one of its values.
    pub(super) fn check_tables(
        &mut self,
        path: &str,
        offset: usize,
        text: &str,
        marked: &marks::Marked,
    ) {
        for span in marked.values() {
            let inside = text[span.range()].trim_matches(['{', '}', '-', ' ']);
            let mut parts = inside.split('.');
            let owner = parts.next().and_then(|first| self.table(first));
            let value = parts
                .try_fold(owner, |table, key| Some(table?.get(key)))
                .flatten();
            if let Some(Value::Table(entries)) = value {
                let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
                let help = format!("name one of its values: {}", names.join(", "));
                let place = Place::at(path, span.shifted(offset));
                let message = format!("`{inside}` is a table, not words");
                self.problems
                    .push(Diagnostic::new(&rules::PLACEHOLDER, place, message, help));
            }
        }
    }

    /// The template engine takes a misspelt name in a condition for false, and leaves the words out.
    pub(super) fn check_conditions(
        &mut self,
        path: &str,
        offset: usize,
        text: &str,
        marked: &marks::Marked,
    ) {
        for span in &marked.statements {
            let statement = &text[span.range()];
            let inside = statement.trim_start_matches(['{', '%', '-', ' ']);
            let asks_for_it = ["is defined", "is undefined", "is not defined"];
            if !(inside.starts_with("if ") || inside.starts_with("elif "))
                || asks_for_it.iter().any(|test| inside.contains(test))
            {
                continue;
            }
            for word in marks::dotted_names(text, span.range()) {
                if let Some(missing) = self.first_missing(text, word) {
                    let message = format!("Field `{}` is not defined", &text[missing.clone()]);
                    self.add_error(path, offset, text, &message, missing.start, Some(*span));
                }
            }
        }
    }

    /// The first part of a name with dots that its table does not have.
    fn first_missing(&self, text: &str, name: Range<usize>) -> Option<Range<usize>> {
        let mut at = name.start;
        let mut value = None;
        for (index, part) in text[name].split('.').enumerate() {
            value = if index == 0 {
                Some(self.table(part)?)
            } else {
                value.and_then(|v: &Value| v.get(part))
            };
            if value.is_none() {
                return Some(at..at + part.len());
            }
            at += part.len() + 1;
        }
        None
    }

    /// The table that placeholders can begin with by this name.
    fn table(&self, name: &str) -> Option<&Value> {
        match name {
            "variables" => Some(self.own.variables),
            "version" => Some(&self.own.version),
            name => self.placeholders.values.get(name),
        }
    }

    pub(super) fn add_too_much(&mut self, name: &str, asked_at: &Place) {
        // Once is enough: all that follows has the same cause.
        if self
            .problems
            .iter()
            .any(|problem| problem.rule == &rules::CLAUSE_CYCLE)
        {
            return;
        }
        let message = format!("`{name}` makes the text too deep or too long");
        let help =
            format!("put at most {DEEPEST} clauses inside each other, and write less than 16 MB");
        let place = asked_at.clone();
        self.problems
            .push(Diagnostic::new(&rules::CLAUSE_CYCLE, place, message, help));
    }

    pub(super) fn add_cycle(&mut self, name: &str, asked_at: &Place) {
        let message = format!("the clause `{name}` contains itself");
        let help = "remove the placeholder, or move the shared words into a clause of their own";
        let mut problem = Diagnostic::new(&rules::CLAUSE_CYCLE, asked_at.clone(), message, help);
        let from = self
            .stack
            .iter()
            .position(|(open, _)| open == name)
            .unwrap_or(0);
        for (open, place) in self.stack[from..].iter().take(8) {
            problem = problem.note(format!("`{open}` is put in here"), Some(place.clone()));
        }
        self.problems.push(problem);
    }

    /// Tells what is wrong with the placeholders of a text. Tera stops at the first; where the text
    /// has no statements that tie its placeholders together, each is tried alone to find all.
    pub(super) fn add_errors(
        &mut self,
        path: &str,
        offset: usize,
        text: &str,
        marked: &marks::Marked,
        error: &tera::Error,
    ) {
        if let Some(span) = marked.unclosed {
            let close = if text[span.range()].starts_with("{{") {
                "}}"
            } else {
                "%}"
            };
            let message = format!("no `{close}` follows");
            let help = "end the placeholder; for braces as text put `{% raw %}` and `{% endraw %}` around them";
            let place = Place::at(path, span.shifted(offset));
            self.problems
                .push(Diagnostic::new(&rules::PLACEHOLDER, place, message, help));
            return;
        }
        let before = self.problems.len();
        for span in marked.independent() {
            let tag = &text[span.range()];
            if let Err(error) = self.placeholders.tera.render_str(tag, &self.context, false) {
                let (message, at) = message_and_byte(&error, tag);
                let at = span.start as usize + at.unwrap_or(0);
                self.add_error(path, offset, text, &message, at, Some(span));
            }
        }
        if self.problems.len() == before {
            let (message, at) = message_and_byte(error, &marked.template);
            let at = at.map_or(0, |at| marked.source_byte(at)).min(text.len());
            self.add_error(path, offset, text, &message, at, None);
        }
    }

    fn add_error(
        &mut self,
        path: &str,
        offset: usize,
        text: &str,
        message: &str,
        at: usize,
        tag: Option<Span>,
    ) {
        let message = marks::clean(message);
        let (message, available) = match message.split_once(" Available ") {
            Some((message, available)) => (message, available.strip_prefix("variables: ")),
            None => (message.as_str(), None),
        };
        let word = marks::word_at(text, at);
        let help = match available {
            Some(names) => self.help_for_variable(&text[word.clone()], names),
            None if message.starts_with("Unknown function") => {
                let names = ["clause", "table"];
                let all = || "texts can call `clause(name=\"…\")` and `table(rows=…)`".to_owned();
                did_you_mean(&text[word.clone()], names, all)
            }
            None => self.help_for_field(text, word.clone()),
        };
        let span = if word.is_empty() {
            tag.unwrap_or_else(|| Span::new(at..at))
        } else {
            Span::new(word)
        };
        let message = message.trim_end_matches('.').to_owned();
        let place = Place::at(path, span.shifted(offset));
        let mut problem = Diagnostic::new(&rules::PLACEHOLDER, place, message, help);
        if let Some((name, place)) = self.stack.last() {
            problem = problem.note(
                format!("the clause `{name}` is put in here"),
                Some(place.clone()),
            );
        }
        self.problems.push(problem);
    }

    fn help_for_variable(&self, word: &str, available: &str) -> String {
        if self
            .placeholders
            .values
            .get("data")
            .and_then(|data| data.get(word))
            .is_some()
        {
            return format!("did you mean `data.{word}`?");
        }
        let names: Vec<&str> = available.split(", ").collect();
        did_you_mean(word, names.iter().copied(), || {
            format!("placeholders can begin with: {}", names.join(", "))
        })
    }

    fn help_for_field(&self, text: &str, word: Range<usize>) -> String {
        let general = || {
            "write `{{ organization.email }}`, `{{ data.FILE.key }}`, `{{ variables.key }}` or \
             `{{ clause(name=\"…\") }}`; \
             for braces as text put `{% raw %}` and `{% endraw %}` around them"
                .to_owned()
        };
        let parents = marks::dotted_before(text, word.start);
        let Some((first, rest)) = parents.split_first() else {
            return general();
        };
        let table = self.table(first);
        match rest
            .iter()
            .try_fold(table, |table, key| Some(table?.get(key)))
            .flatten()
        {
            Some(Value::Table(entries)) => {
                let names = entries.iter().map(|(name, _)| name.as_str());
                let all = || match parents.join(".").as_str() {
                    owner if entries.is_empty() => format!("`{owner}` has no values"),
                    owner => format!(
                        "`{owner}` has: {}",
                        entries
                            .iter()
                            .map(|(n, _)| n.as_str())
                            .collect::<Vec<_>>()
                            .join(", ")
                    ),
                };
                did_you_mean(&text[word], names, all)
            }
            _ => general(),
        }
    }
}

/// What Tera says, and the byte of the template it says it of. Unknown functions and filters come
/// as a report in words, from which both are taken.
fn message_and_byte(error: &tera::Error, template: &str) -> (String, Option<usize>) {
    if let ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) = error.kind() {
        return (report.message().to_owned(), Some(report.span().range.start));
    }
    let report = error.to_string();
    let mut lines = report.lines();
    let message = lines
        .next()
        .unwrap_or_default()
        .trim_start_matches("error: ")
        .to_owned();
    let place = lines
        .next()
        .and_then(|line| line.trim_start().strip_prefix("--> "));
    let byte = place.and_then(|place| {
        let mut parts = place.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let (text, start) = LineIndex::new(template).line(line);
        text.char_indices()
            .nth(column.checked_sub(1)?)
            .map(|(byte, _)| start + byte)
    });
    (message, byte)
}
