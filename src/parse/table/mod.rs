//! TOML tables with places: every problem of a table is told at once, and misspelt keys are found.

mod values;

use std::cell::RefCell;

use toml::de::{DeArray, DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Place, Rule, Span, did_you_mean, rules};
use crate::model::{Date, Located, Value};
use values::{checked, to_date, to_value};

type Spanned<'i> = toml::Spanned<DeValue<'i>>;

/// A piece of TOML, where it stands in its file, and the problems found in it so far.
pub(crate) struct Source<'a> {
    path: &'a str,
    /// Where the piece begins in the file's text.
    offset: usize,
    problems: RefCell<Vec<Diagnostic>>,
}

impl<'a> Source<'a> {
    /// A piece of TOML that begins at byte `offset` of a file.
    pub(crate) fn new(path: &'a str, offset: usize) -> Self {
        Self {
            path,
            offset,
            problems: RefCell::default(),
        }
    }

    /// Reads a table. `None` when it does not parse.
    pub(crate) fn read<'s>(&'s self, toml: &'s str) -> Option<Fields<'s>> {
        let (table, errors) = DeTable::parse_recoverable(toml);
        for error in &errors {
            self.add_syntax_error(toml, error);
        }
        let span = self.span(0..toml.find('\n').unwrap_or(toml.len()));
        errors
            .is_empty()
            .then(|| Fields::new(self, table.into_inner(), span))
    }

    /// The span in the file of bytes of the piece.
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(range).shifted(self.offset)
    }

    /// Tells of a problem at a span of the file.
    pub(crate) fn report(
        &self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = Place::at(self.path, span);
        self.problems
            .borrow_mut()
            .push(Diagnostic::new(rule, place, message, help));
    }

    /// All problems found.
    pub(crate) fn into_problems(self) -> Vec<Diagnostic> {
        self.problems.into_inner()
    }

    fn add_syntax_error(&self, toml: &str, error: &toml::de::Error) {
        let range = error.span().unwrap_or(0..0);
        let line_start = toml[..range.start.min(toml.len())]
            .rfind('\n')
            .map_or(0, |n| n + 1);
        let line = toml[line_start..].lines().next().unwrap_or("");
        let value = line.split_once('=').map_or("", |(_, value)| value.trim());
        let span = self.span(range);
        let message = error.message().to_owned();
        if is_iso_like(value) {
            let help = "write a day of the calendar as YEAR-MONTH-DAY, for example 2022-12-22";
            self.report(
                &rules::IMPOSSIBLE_DATE,
                span,
                format!("{value} is not a day: {message}"),
                help,
            );
        } else if value.split('/').count() == 3 {
            let help =
                format!("write the day as YEAR-MONTH-DAY, for example 2022-12-22, not `{value}`");
            self.report(
                &rules::TOML_SYNTAX,
                span,
                format!("`{value}` is not a date: {message}"),
                help,
            );
        } else {
            let help = "write `key = value`, strings in double quotes, days as 2022-12-22";
            self.report(&rules::TOML_SYNTAX, span, message, help);
        }
    }
}

/// Whether a value was meant as `2022-12-22`.
fn is_iso_like(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() >= 8 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
}

/// The fields of a table, taken one by one; what is left at the end was not known.
pub(crate) struct Fields<'s> {
    source: &'s Source<'s>,
    left: Vec<(Located<String>, Spanned<'s>)>,
    asked: Vec<&'static str>,
    span: Span,
}

impl<'s> Fields<'s> {
    fn new(source: &'s Source<'s>, table: DeTable<'s>, span: Span) -> Self {
        let left = table.into_iter().map(|(key, value)| {
            let span = source.span(key.span());
            (
                Located {
                    value: key.into_inner().into_owned(),
                    span,
                },
                value,
            )
        });
        Self {
            source,
            left: left.collect(),
            asked: Vec::new(),
            span,
        }
    }

    /// The value of a key, whatever its kind.
    fn take(&mut self, key: &'static str) -> Option<Spanned<'s>> {
        self.asked.push(key);
        let index = self.left.iter().position(|(name, _)| name.value == key)?;
        Some(self.left.remove(index).1)
    }

    /// A string.
    pub(crate) fn string(&mut self, key: &'static str) -> Option<Located<String>> {
        let value = self.take(key)?;
        self.expect_string(key, value)
    }

    /// A string that may not be empty.
    pub(crate) fn words(&mut self, key: &'static str) -> Option<String> {
        let text = self.string(key)?;
        if text.value.trim().is_empty() {
            let message = format!("`{key}` is empty");
            let help = "write something or remove the key";
            self.source
                .report(&rules::BAD_VALUE, text.span, message, help);
            return None;
        }
        Some(text.value)
    }

    /// A string that must be there.
    pub(crate) fn required(&mut self, key: &'static str) -> Option<Located<String>> {
        self.is_there(key).then(|| self.string(key)).flatten()
    }

    /// Whether a key is there that has to be, whatever its value is; if it is not, that is told.
    pub(crate) fn is_there(&mut self, key: &'static str) -> bool {
        let there = self.left.iter().any(|(name, _)| name.value == key);
        if !there {
            self.asked.push(key);
            self.missing(key);
        }
        there
    }

    /// Tells that a key is missing.
    pub(crate) fn missing(&self, key: &str) {
        let message = format!("`{key}` is missing");
        self.source.report(
            &rules::MISSING_KEY,
            self.span,
            message,
            format!("add `{key} = …`"),
        );
    }

    /// A day.
    pub(crate) fn date(&mut self, key: &'static str) -> Option<Located<Date>> {
        let value = self.take(key)?;
        let span = self.source.span(value.span());
        if let Some(value) = to_date(value.get_ref()) {
            return Some(Located { value, span });
        }
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Datetime(_) => "a time",
            other => other.type_str(),
        };
        let help = format!("write a day without quotes and time: `{key} = 2022-12-22`");
        self.source.report(
            &rules::WRONG_TYPE,
            span,
            format!("`{key}` needs a day, not {found}"),
            help,
        );
        None
    }

    /// True or false.
    pub(crate) fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        let (found, span) = (value.get_ref(), self.source.span(value.span()));
        found
            .as_bool()
            .or_else(|| self.wrong_type(key, span, found, "true or false"))
    }

    /// A whole number.
    pub(crate) fn integer(&mut self, key: &'static str) -> Option<i64> {
        let value = self.take(key)?;
        let (found, span) = (value.get_ref(), self.source.span(value.span()));
        let number = found
            .as_integer()
            .and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        number.or_else(|| self.wrong_type(key, span, found, "a whole number"))
    }

    /// A list of strings.
    pub(crate) fn strings(&mut self, key: &'static str) -> Option<Vec<Located<String>>> {
        let value = self.take(key)?;
        let items = self.expect_list(key, value, "a list of strings")?;
        Some(
            items
                .into_iter()
                .filter_map(|item| self.expect_string(key, item))
                .collect(),
        )
    }

    /// A table.
    pub(crate) fn table(&mut self, key: &'static str) -> Option<Fields<'s>> {
        let value = self.take(key)?;
        self.expect_table(key, value)
    }

    /// A list of tables; none when the key is not there.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<Fields<'s>> {
        let value = self.take(key);
        let items = value.and_then(|value| self.expect_list(key, value, "a list of tables"));
        let tables = items.into_iter().flatten();
        tables
            .filter_map(|item| self.expect_table(key, item))
            .collect()
    }

    /// A table of free values; an empty one when the key is not there.
    pub(crate) fn free_table(&mut self, key: &'static str) -> Value {
        self.table(key)
            .map_or_else(Value::default, Fields::into_value)
    }

    /// All fields as free values.
    pub(crate) fn into_value(self) -> Value {
        let source = self.source;
        let entry =
            |(key, value): (Located<String>, Spanned<'s>)| (key.value, to_value(source, value));
        Value::Table(self.left.into_iter().map(entry).collect())
    }

    /// All fields, which must be strings.
    pub(crate) fn into_strings(mut self) -> Vec<(String, String)> {
        let fields = std::mem::take(&mut self.left);
        let string = |(key, value): (Located<String>, Spanned<'s>)| {
            let text = self.expect_string(&key.value, value)?;
            Some((key.value, text.value))
        };
        fields.into_iter().filter_map(string).collect()
    }

    /// Where the table begins.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Tells of a problem in this table.
    pub(crate) fn report(
        &self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.source.report(rule, span, message, help);
    }

    /// Tells of every key that nobody asked for.
    pub(crate) fn finish(self) {
        for (key, _) in &self.left {
            let known = || format!("the keys known here are: {}", self.asked.join(", "));
            let help = did_you_mean(&key.value, self.asked.iter().copied(), known);
            let message = format!("there is no key `{}` here", key.value);
            self.source
                .report(&rules::UNKNOWN_KEY, key.span, message, help);
        }
    }

    fn expect_string(&self, key: &str, value: Spanned<'s>) -> Option<Located<String>> {
        let span = self.source.span(value.span());
        match value.into_inner() {
            DeValue::String(text) => Some(Located {
                value: checked(self.source, text.into_owned(), span),
                span,
            }),
            other => self.wrong_type(key, span, &other, "a string in double quotes"),
        }
    }

    fn expect_table(&self, key: &str, value: Spanned<'s>) -> Option<Fields<'s>> {
        let span = self.source.span(value.span());
        match value.into_inner() {
            DeValue::Table(table) => Some(Fields::new(self.source, table, span)),
            other => self.wrong_type(key, span, &other, "a table"),
        }
    }

    /// A list; what is none is told.
    fn expect_list(&self, key: &str, value: Spanned<'s>, due: &str) -> Option<DeArray<'s>> {
        let span = self.source.span(value.span());
        match value.into_inner() {
            DeValue::Array(items) => Some(items),
            other => self.wrong_type(key, span, &other, due),
        }
    }

    /// Tells that a value is of another type than is due; there is none to go on with then.
    fn wrong_type<T>(&self, key: &str, span: Span, found: &DeValue<'_>, due: &str) -> Option<T> {
        let message = format!(
            "`{key}` needs {due}, not {}",
            with_article(found.type_str())
        );
        let help = format!("change the value of `{key}` to {due}");
        self.source.report(&rules::WRONG_TYPE, span, message, help);
        None
    }
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {word}")
}
