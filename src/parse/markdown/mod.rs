//! Markdown as a document tree.
//!
//! [`parse`] never fails: it gives the tree that it could make, and every problem it met. Places are
//! bytes of the text it was given, which may be an expanded one.

mod anchors;
mod blocks;
mod footnotes;
mod inlines;
mod outline;
mod raw_html;
pub(crate) mod slug;

use std::cell::RefCell;
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
pub(crate) fn parse<'s>(text: &'s str, request: Request<'_>) -> Parsed<'s> {
    let mut builder = Builder::new(text, 0, Rc::default());
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
    anchors::assign(&mut parsed, request.numbered);
    parsed.problems.append(&mut problems);
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
    /// Where `source` begins in the whole text: the words between HTML tags are parsed on their own.
    base: usize,
    events: Peekable<OffsetIter<'s, Callback<'s>>>,
    problems: Problems,
    depth: usize,
    footnotes: Footnotes<'s>,
}

impl<'s> Builder<'s> {
    fn new(source: &'s str, base: usize, problems: Problems) -> Self {
        let broken_links = Rc::clone(&problems);
        let callback: Callback<'s> = Box::new(move |link| {
            broken_links.borrow_mut().extend(broken_link(&link, base));
            None
        });
        let parser = Parser::new_with_broken_link_callback(source, options(), Some(callback));
        let events = parser.into_offset_iter().peekable();
        Self {
            source,
            base,
            events,
            problems,
            depth: 0,
            footnotes: Footnotes::default(),
        }
    }

    fn finish(self) -> (Vec<crate::model::text::Footnote<'s>>, Vec<Problem>) {
        let (footnotes, unused) = self.footnotes.finish();
        let mut problems = self.problems.take();
        problems.extend(unused);
        (footnotes, problems)
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.base + range.start..self.base + range.end)
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

    /// Goes one level down if that is allowed; else passes over everything up to `until`.
    fn descend(&mut self, range: &Range<usize>, until: TagEnd) -> bool {
        if self.depth < DEEPEST {
            self.depth += 1;
            return true;
        }
        let message = format!(
            "more than {DEEPEST} levels of lists, quotations or emphasis stand inside each other"
        );
        self.report(
            &rules::NESTED_TOO_DEEP,
            self.span(range),
            message,
            "write it with fewer levels",
        );
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

/// A reference such as `[words][label]` whose label is defined nowhere would be published with its
/// brackets. `[words]` alone may just be words in brackets.
fn broken_link(link: &BrokenLink<'_>, base: usize) -> Option<Problem> {
    if !matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
        return None;
    }
    let label = &link.reference;
    Some(Problem {
        rule: &rules::DEAD_LINK,
        span: Span::new(base + link.span.start..base + link.span.end),
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
