//! Placeholders in texts: `{{ organization.email }}`, shared clauses and tables from data.
//!
//! Tera evaluates them. Before that, marks go into the text that say where each piece of it comes
//! from; after it they come out again and become the [`SourceMap`], so that a place in the expanded
//! text still points at a line of a source. The marks are control characters, which no source holds.

mod functions;
mod marks;
mod problems;
mod source_map;

use std::borrow::Cow;
use std::collections::BTreeMap;

use tera::{Context, Delimiters, Tera};

use crate::diagnostic::{Diagnostic, Place, Span, did_you_mean, rules};
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
    /// The parts of the text that are in the site's first language, for want of a translation.
    pub untranslated: Vec<Span>,
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
                untranslated: Vec::new(),
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
            untranslated: Vec::new(),
        };
        expansion.file(&file.path, file.body, body);
        let (text, map) = expansion.out.finish();
        Expanded {
            text: Cow::Owned(text),
            map,
            problems: expansion.problems,
            untranslated: expansion.untranslated,
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
    untranslated: Vec<Span>,
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
        self.check_conditions(path, offset, text, &marked);
        match self
            .placeholders
            .tera
            .render_str(&marked.template, &self.context, false)
        {
            Ok(rendered) if rendered.len() > LONGEST => {
                self.add_too_much(path, &Place::at(path, Span::new(offset..offset)));
            }
            Ok(rendered) => self.absorb(path, offset, &rendered),
            Err(error) => {
                self.add_errors(path, offset, text, &marked, &error);
                // The text as it stands, so that everything else that is wrong with it is told too.
                self.out.verbatim(path, offset, text);
            }
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
        self.out.enter(asked_at.clone());
        let start = self.out.len();
        self.file(&path, 0, text);
        if !in_language {
            self.untranslated.push(Span::new(start..self.out.len()));
        }
        self.out.leave();
        self.stack.pop();
    }
}
