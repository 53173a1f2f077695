//! Markdown as a document tree.
//!
//! [`parse`] never fails: it gives the tree that it could make, and every problem it met. Places are
//! bytes of the text it was given, which may be an expanded one.

mod anchors;
mod blocks;
mod footnotes;
mod headings;
mod html_blocks;
mod inlines;
mod outline;
mod raw_html;
pub(crate) mod slug;
mod terms;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Range;
use std::rc::Rc;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, OffsetIter, Options, Parser, TagEnd};

use crate::diagnostic::{Rule, Span, rules};
use crate::model::text::{Text, Words};
use footnotes::Footnotes;

/// How deep blocks and inlines may stand inside each other: more is not writing, and each level
/// costs a stack frame.
const DEEPEST: usize = 64;

/// A problem of a text, at bytes of it.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) rule: &'static Rule,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// A text's tree, and what is wrong with the text.
pub(crate) struct Parsed<'s> {
    pub(crate) text: Text<'s>,
    pub(crate) problems: Vec<Problem>,
}

/// What the parser has to know of a text beside its words.
#[derive(Clone, Copy)]
pub(crate) struct Request<'r> {
    /// Whether clauses are numbered.
    pub(crate) numbered: bool,
    /// The title, when something else says it; else the first heading is the title.
    pub(crate) title: Option<&'r str>,
}

/// Parses a text.
pub(crate) fn parse<'s>(source: &'s str, request: Request<'_>) -> Parsed<'s> {
    let mut builder = Builder::new(source);
    let pieces = builder.top_level();
    let (footnotes, mut problems) = builder.finish();
    problems.extend(outline::second_title(&pieces, request.title));
    let text = Text {
        footnotes,
        ..outline::nest(pieces, request.title)
    };
    let mut parsed = Parsed {
        text,
        problems: Vec::new(),
    };
    anchors::assign(&mut parsed, source, request.numbered);
    parsed.problems.append(&mut problems);
    parsed.text.terms = terms::find(&parsed.text, source);
    parsed
}

fn options() -> Options {
    // Not SMART_PUNCTUATION: a legal text is published with the characters that were approved.
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
}

type Problems = Rc<RefCell<Vec<Problem>>>;
type Callback<'s> = Box<dyn FnMut(BrokenLink<'s>) -> Option<(CowStr<'s>, CowStr<'s>)>>;

/// Builds blocks and inlines from the parser's events.
struct Builder<'s> {
    source: &'s str,
    events: Peekable<OffsetIter<'s, Callback<'s>>>,
    problems: Problems,
    depth: usize,
    refused: Refused,
    footnotes: Footnotes<'s>,
}

impl<'s> Builder<'s> {
    fn new(source: &'s str) -> Self {
        let problems = Problems::default();
        let broken_links = Rc::clone(&problems);
        let callback: Callback<'s> = Box::new(move |link| {
            broken_links.borrow_mut().extend(broken_link(&link));
            None
        });
        let parser = Parser::new_with_broken_link_callback(source, options(), Some(callback));
        Self {
            source,
            events: parser.into_offset_iter().peekable(),
            problems,
            depth: 0,
            refused: Refused::default(),
            footnotes: Footnotes::default(),
        }
    }

    fn finish(self) -> (Vec<crate::model::text::Footnote<'s>>, Vec<Problem>) {
        let (footnotes, unused) = self.footnotes.finish();
        let mut problems = self.problems.take();
        problems.extend(unused);
        (footnotes, problems)
    }

    fn report(
        &self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let (message, help) = (message.into(), help.into());
        self.problems.borrow_mut().push(Problem {
            rule,
            span,
            message,
            help,
        });
    }

    fn report_depth(&self, span: Span) {
        let message = format!("more than {DEEPEST} levels stand inside each other here");
        self.report(
            &rules::NESTED_TOO_DEEP,
            span,
            message,
            "write it with fewer levels",
        );
    }

    /// Goes one level down if that is allowed; else passes over everything up to `until`.
    fn descend(&mut self, range: &Range<usize>, until: TagEnd) -> bool {
        if self.depth < DEEPEST {
            self.depth += 1;
            return true;
        }
        self.report_depth(Span::new(range.clone()));
        let mut open = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(end) => {
                    open -= 1;
                    if open == 0 {
                        debug_assert_eq!(end, until);
                        break;
                    }
                }
                _ => {}
            }
        }
        false
    }
}

/// HTML elements that were refused and not ended yet: their ends are no problems of their own.
#[derive(Default)]
struct Refused(BTreeMap<String, usize>);

impl Refused {
    fn open(&mut self, name: &str) {
        *self.0.entry(name.to_owned()).or_default() += 1;
    }

    /// Whether an end belongs to a refused element.
    fn close(&mut self, name: &str) -> bool {
        let open = self.0.get_mut(name).filter(|open| **open > 0);
        open.map(|open| *open -= 1).is_some()
    }

    fn is_open(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|open| *open > 0)
    }
}

/// A reference such as `[words][label]` whose label is defined nowhere would be published with its
/// brackets. `[words]` alone may just be words in brackets.
fn broken_link(link: &BrokenLink<'_>) -> Option<Problem> {
    if !matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
        return None;
    }
    let label = &link.reference;
    Some(Problem {
        rule: &rules::DEAD_LINK,
        span: Span::new(link.span.clone()),
        message: format!("the link's label `{label}` is defined nowhere"),
        help: format!("add a line `[{label}]: address`, or write `[words](address)`"),
    })
}

/// The parser's string as ours: borrowed where it is borrowed.
fn words(text: CowStr<'_>) -> Words<'_> {
    match text {
        CowStr::Borrowed(text) => Words::Borrowed(text),
        other => Words::Owned(other.into_string()),
    }
}
