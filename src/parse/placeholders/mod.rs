//! Placeholders in texts: `{{ organization.email }}`, shared clauses and tables from data.
//!
//! Tera evaluates them. Before that, marks go into the text that say where each piece of it comes
//! from; after it they come out again and become the [`SourceMap`], so that a place in the expanded
//! text still points at a line of a source. The marks are control characters, which no source holds.

mod functions;
mod marks;
mod source_map;

use std::borrow::Cow;
use std::collections::BTreeMap;

use tera::{Context, Delimiters, ErrorKind, Tera};

use crate::diagnostic::{Diagnostic, LineIndex, Place, Span, did_you_mean, rules};
use crate::model::document::TextFile;
use crate::model::{Language, Value};
use crate::tree::SourceTree;
use marks::Piece;
use source_map::Builder;
pub use source_map::SourceMap;

/// How deep clauses may stand inside each other.
const DEEPEST: usize = 32;
/// How long a text may become, in bytes.
const LONGEST: usize = 16 << 20;

/// Where shared clauses stand.
pub(crate) const CLAUSES: &str = "content/clauses/";

/// A text after its placeholders have been replaced.
pub struct Expanded<'s> {
    /// The text, borrowed from its source where it had no placeholders.
    pub text: Cow<'s, str>,
    /// Where each part of it comes from.
    pub map: SourceMap,
    /// What went wrong.
    pub problems: Vec<Diagnostic>,
}

/// What the placeholders of one text can say beside what all texts can.
pub struct Own<'a> {
    /// The language of the text; `None` for the site's first.
    pub translation: Option<&'a Language>,
    /// `variables` of its front matter.
    pub variables: &'a Value,
    /// What `version.…` says of it; a table.
    pub version: Value,
}

/// Evaluates the placeholders of a site's texts.
pub struct Placeholders<'t> {
    tera: Tera,
    values: BTreeMap<&'static str, Value>,
    sources: &'t SourceTree,
}

impl<'t> Placeholders<'t> {
    /// With the values that all texts of a site can use, by name: `organization`, `site`, `data`.
    pub fn new(sources: &'t SourceTree, values: BTreeMap<&'static str, Value>) -> Self {
        let mut tera = Tera::new();
        // `{#anchor}` is how a heading names its anchor: comments have to look otherwise.
        let comments = Delimiters {
            comment_start: "\u{4}\u{4}".into(),
            comment_end: "\u{5}\u{5}".into(),
            ..Delimiters::default()
        };
        // No template has been added yet, so the delimiters are accepted.
        let _ = tera.set_delimiters(comments);
        tera.register_function("clause", functions::clause);
        tera.register_function("table", functions::table);
        tera.register_function("range", functions::range);
        for (name, value) in &values {
            tera.global_context().insert(*name, value);
        }
        Self {
            tera,
            values,
            sources,
        }
    }

    /// Replaces the placeholders of a text.
    pub fn expand(&self, file: &TextFile, own: &Own<'_>) -> Expanded<'t> {
        let text = self.sources.text(&file.path).unwrap_or_default();
        let body = &text[file.body.min(text.len())..];
        if !marks::has_placeholders(body) {
            let map = SourceMap::verbatim(&file.path, file.body);
            return Expanded {
                text: Cow::Borrowed(body),
                map,
                problems: Vec::new(),
            };
        }
        let mut context = Context::new();
        context.insert("variables", own.variables);
        context.insert("version", &own.version);
        let mut expansion = Expansion {
            placeholders: self,
            own,
            context,
            stack: Vec::new(),
            out: Builder::default(),
            problems: Vec::new(),
        };
        expansion.file(&file.path, file.body, body);
        let (text, map) = expansion.out.finish();
        Expanded {
            text: Cow::Owned(text),
            map,
            problems: expansion.problems,
        }
    }

    /// The file of a clause: in the text's language where there is one, else in the site's first.
    fn clause_path(&self, name: &str, translation: Option<&Language>) -> Option<(String, bool)> {
        let translated = translation.map(|language| format!("{CLAUSES}{name}.{language}.md"));
        if let Some(path) = translated
            .as_ref()
            .filter(|path| self.sources.contains(path))
        {
            return Some((path.clone(), true));
        }
        let path = format!("{CLAUSES}{name}.md");
        self.sources
            .contains(&path)
            .then_some((path, translated.is_none()))
    }

    fn clause_names(&self) -> impl Iterator<Item = &str> {
        let names = self
            .sources
            .below(CLAUSES)
            .filter_map(|path| path[CLAUSES.len()..].strip_suffix(".md"));
        names.filter(|name| !name.contains('.'))
    }
}

/// The expansion of one text, with the clauses that it is inside of.
struct Expansion<'p, 't> {
    placeholders: &'p Placeholders<'t>,
    own: &'p Own<'p>,
    context: Context,
    /// The clauses that are being expanded, and where each was asked for.
    stack: Vec<(String, Place)>,
    out: Builder,
    problems: Vec<Diagnostic>,
}

impl Expansion<'_, '_> {
    /// Expands the text of a file, which begins at byte `offset` of it.
    fn file(&mut self, path: &str, offset: usize, text: &str) {
        if !marks::has_placeholders(text) || marks::holds_marks(text) {
            self.out.verbatim(path, offset, text);
            return;
        }
        let marked = marks::add(text);
        self.check_tables(path, offset, text, &marked);
        match self
            .placeholders
            .tera
            .render_str(&marked.template, &self.context, false)
        {
            Ok(rendered) => self.absorb(path, offset, &rendered),
            Err(error) => {
                self.add_errors(path, offset, text, &marked, &error);
                // The text as it stands, so that everything else that is wrong with it is told too.
                self.out.verbatim(path, offset, text);
            }
        }
    }

    /// A table has no words of its own: a placeholder has to name one of its values.
    fn check_tables(&mut self, path: &str, offset: usize, text: &str, marked: &marks::Marked) {
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

    /// The table that placeholders can begin with by this name.
    fn table(&self, name: &str) -> Option<&Value> {
        match name {
            "variables" => Some(self.own.variables),
            "version" => Some(&self.own.version),
            name => self.placeholders.values.get(name),
        }
    }

    /// Takes the marks out of a rendered text, and puts its clauses in.
    fn absorb(&mut self, path: &str, offset: usize, rendered: &str) {
        let mut placeholder = Span::default();
        for piece in marks::pieces(rendered) {
            match piece {
                Piece::Verbatim { at, text } => self.out.verbatim(path, offset + at, text),
                Piece::Value { span, text } => {
                    placeholder = span.shifted(offset);
                    self.out.value(path, placeholder, text);
                }
                Piece::Clause { name } => self.clause(name, &Place::at(path, placeholder)),
            }
        }
    }

    fn clause(&mut self, name: &str, asked_at: &Place) {
        if self.stack.iter().any(|(open, _)| open == name) {
            return self.add_cycle(name, asked_at);
        }
        let Some((path, in_language)) = self.placeholders.clause_path(name, self.own.translation)
        else {
            let add = || format!("add the file {CLAUSES}{name}.md");
            let help = did_you_mean(name, self.placeholders.clause_names(), add);
            let message = format!("there is no clause `{name}`");
            self.problems.push(Diagnostic::new(
                &rules::UNKNOWN_CLAUSE,
                asked_at.clone(),
                message,
                help,
            ));
            return;
        };
        if let (false, Some(language)) = (in_language, self.own.translation) {
            let message = format!("the clause `{name}` has no text in `{language}`");
            let help = format!("add the file {CLAUSES}{name}.{language}.md");
            self.problems.push(Diagnostic::new(
                &rules::CLAUSE_LANGUAGE,
                asked_at.clone(),
                message,
                help,
            ));
        }
        if self.stack.len() >= DEEPEST || self.out.len() > LONGEST {
            return self.add_too_much(name, asked_at);
        }
        let text = self
            .placeholders
            .sources
            .text(&path)
            .unwrap_or_default()
            .trim_end();
        self.stack.push((name.to_owned(), asked_at.clone()));
        self.file(&path, 0, text);
        self.stack.pop();
    }

    fn add_too_much(&mut self, name: &str, asked_at: &Place) {
        // Once is enough: all that follows has the same cause.
        if self
            .problems
            .iter()
            .any(|problem| problem.rule == &rules::CLAUSE_CYCLE)
        {
            return;
        }
        let message = format!("the clause `{name}` makes the text too deep or too long");
        let help =
            format!("put at most {DEEPEST} clauses inside each other, and write less than 16 MB");
        let place = asked_at.clone();
        self.problems
            .push(Diagnostic::new(&rules::CLAUSE_CYCLE, place, message, help));
    }

    fn add_cycle(&mut self, name: &str, asked_at: &Place) {
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
    fn add_errors(
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

    fn help_for_field(&self, text: &str, word: std::ops::Range<usize>) -> String {
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
