//! What the rest of a site has to know of a text: its title, its anchors, its links, its HTML.

mod anchors;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Place, Severity, rules};
use crate::ledger::Digest;
use crate::markup::{self, Markup, Origin, Untranslated};
use crate::model::document::TextFile;
use crate::model::text::{Text, plain};
use crate::parse::markdown::{self, Parsed, Request};
use crate::parse::placeholders::Expanded;
use crate::sections::Sections;
use crate::theme::Strings;
use crate::words::{self, Names, Notice};
pub use anchors::Anchors;

/// The outline of one text.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The title.
    pub title: String,
    /// Its anchors, aliases too.
    pub anchors: Anchors,
    /// The digest of its words; `None` of no text.
    pub words: Option<Digest>,
    /// Its sections, by which they are followed through the versions.
    pub sections: Sections,
    /// The sections that define its terms, by the anchors of the terms.
    pub terms: Vec<(Box<str>, Box<str>)>,
    /// Its links and pictures, and its HTML unless that was forgotten to save memory.
    pub markup: Markup,
}

/// How a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading<'r> {
    /// Whether clauses are numbered.
    pub(crate) numbered: bool,
    /// The title that the front matter or the document says.
    pub(crate) title: Option<&'r str>,
    /// What else its front matter says to readers.
    pub(crate) notice: Notice<'r>,
    /// Whether it is a draft, whose errors stop nothing.
    pub(crate) draft: bool,
    /// Whether it may be without words: the front page may.
    pub(crate) may_be_empty: bool,
}

impl<'r> Reading<'r> {
    pub(crate) fn request(&self) -> Request<'r> {
        Request {
            numbered: self.numbered,
            title: self.title,
        }
    }

    /// The same for a part of the text that is read alone, under no title.
    pub(crate) fn alone(self) -> Self {
        Self {
            title: None,
            notice: Notice::default(),
            ..self
        }
    }

    /// The words of the text, which are what is sealed.
    pub(crate) fn words(&self, text: &Text<'_>, names: &dyn Names) -> String {
        words::of(text, self.title, self.notice, names)
    }
}

/// The outline of an expanded text that was parsed, and every problem in it.
pub(crate) fn of(
    file: &TextFile,
    expanded: &Expanded<'_>,
    parsed: &Parsed<'_>,
    reading: Reading<'_>,
    names: &dyn Names,
    (strings, lang): (&Strings, &str),
) -> (Outline, Vec<Diagnostic>) {
    let located = parsed.problems.iter().map(|problem| {
        let place = expanded.map.place(problem.span);
        let found = Diagnostic::new(problem.rule, place, &*problem.message, &*problem.help);
        put_in(found, expanded.map.put_in_at(problem.span))
    });
    let mut problems: Vec<Diagnostic> = expanded.problems.iter().cloned().chain(located).collect();
    check_words(file, expanded, &parsed.text, reading, &mut problems);
    if reading.draft {
        problems
            .iter_mut()
            .for_each(|problem| problem.severity = Severity::Warning);
    }
    let outline = Outline {
        title: title(&parsed.text, reading)
            .unwrap_or_default()
            .into_owned(),
        anchors: Anchors::of(&parsed.text),
        words: Some(Digest::of(reading.words(&parsed.text, names))),
        sections: Sections::of(&parsed.text),
        terms: markup::terms::sections(&parsed.text),
        markup: write(expanded, &parsed.text, strings, lang),
    };
    (outline, problems)
}

/// The same problem with a note on where the clause was put in that it belongs to.
pub(crate) fn put_in(problem: Diagnostic, at: Option<&Place>) -> Diagnostic {
    match at {
        Some(place) => problem.note("the clause is put in here", Some(place.clone())),
        None => problem,
    }
}

/// The HTML of an expanded text, again.
pub(crate) fn markup(
    expanded: &Expanded<'_>,
    reading: Reading<'_>,
    strings: &Strings,
    lang: &str,
) -> Markup {
    let parsed = markdown::parse(&expanded.text, reading.request());
    write(expanded, &parsed.text, strings, lang)
}

/// `lang` is the attributes of what stands in it untranslated.
fn write(expanded: &Expanded<'_>, text: &Text<'_>, strings: &Strings, lang: &str) -> Markup {
    let untranslated = Untranslated {
        spans: &expanded.untranslated,
        lang,
    };
    let size = expanded.text.len();
    markup::write(text, strings, size, untranslated, &|span| Origin {
        place: expanded.map.place(span),
        put_in_at: expanded.map.put_in_at(span).cloned(),
    })
}

/// The title of a text: what was said outside of it, else its own.
pub(crate) fn title<'a>(text: &Text<'_>, reading: Reading<'a>) -> Option<Cow<'a, str>> {
    let own = || {
        text.title
            .as_ref()
            .map(|heading| Cow::Owned(plain(&heading.inlines)))
    };
    reading.title.map(Cow::Borrowed).or_else(own)
}

fn check_words(
    file: &TextFile,
    expanded: &Expanded<'_>,
    text: &Text<'_>,
    reading: Reading<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    // What cannot be read says nothing: that is what has to be mended then.
    if !file.sound || !expanded.problems.is_empty() {
        return;
    }
    if title(text, reading).is_none_or(|title| title.trim().is_empty()) {
        let help = "add `title = \"…\"` to the front matter, or begin the text with `# Title`";
        problems.push(Diagnostic::new(
            &rules::NO_TITLE,
            Place::file(&file.path),
            "this text has no title",
            help,
        ));
    }
    if text.preamble.is_empty() && text.sections.is_empty() && !reading.may_be_empty {
        let help = "write the text, or remove the file";
        problems.push(Diagnostic::new(
            &rules::EMPTY_TEXT,
            Place::file(&file.path),
            "this text has no words",
            help,
        ));
    }
}
