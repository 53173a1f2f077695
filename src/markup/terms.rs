//! Defined terms in a text's HTML: a definition has an anchor, and the uses of its term lead to it.

use std::collections::BTreeSet;

use super::escape::{push, push_attribute, push_href};
use super::writer::Writer;
use crate::diagnostic::Span;
use crate::model::text::{Section, Term, Text, plain};
use crate::redline::{Names, Use};

/// How the anchor of a definition begins. No heading's anchor has a colon.
pub(crate) const ANCHOR: &str = "term:";

/// The terms of a text, and what has been written of them.
pub(super) struct Terms<'t> {
    names: Names<'t>,
    /// One for each name, in the order of the names.
    entries: Vec<Entry<'t>>,
    /// The definitions in the blocks that are being written, whose names have not been met there yet.
    waiting: Vec<usize>,
    /// Of these, the names that entries of a list further down define.
    reserved: BTreeSet<usize>,
    /// The names that lead to their definition already in the section that is being written.
    linked: BTreeSet<usize>,
    /// The sections that are being written: anchor, and number or title.
    around: Vec<(String, String)>,
}

struct Entry<'t> {
    term: &'t Term,
    anchor: String,
    written: bool,
    /// The sections that use it: anchor, and number or title.
    uses: Vec<(String, String)>,
}

impl<'t> Terms<'t> {
    /// The terms that are marked: names that are written as no other words are, and that are defined once,
    /// so that no use leads to another definition than its own. `None` without any.
    pub(super) fn of(text: &'t Text<'_>) -> Option<Self> {
        let marked = |term: &&Term| {
            let mut letters = term.name.chars().filter(|c| c.is_alphabetic());
            letters.clone().any(char::is_uppercase) || !letters.any(char::is_lowercase)
        };
        let once = |term: &&Term| !term.again;
        let terms: Vec<&Term> = text.terms.iter().filter(marked).filter(once).collect();
        let names = Names::of(terms.iter().map(|term| term.name.as_str()));
        let mut taken = BTreeSet::new();
        let entry = |name: &&'t str| {
            let term = terms.iter().find(|term| term.name == *name)?;
            let mut anchor = anchor(name);
            while !taken.insert(anchor.clone()) {
                anchor.push('-');
            }
            Some(Entry {
                term,
                anchor,
                written: false,
                uses: Vec::new(),
            })
        };
        let entries: Vec<Entry<'t>> = names.list().iter().filter_map(entry).collect();
        (!entries.is_empty()).then(|| Self {
            names,
            entries,
            waiting: Vec::new(),
            reserved: BTreeSet::new(),
            linked: BTreeSet::new(),
            around: Vec::new(),
        })
    }

    fn enter(&mut self, section: &Section<'_>) {
        let title = || plain(&section.heading.inlines).trim().to_owned();
        let label = section.number.clone().unwrap_or_else(title);
        self.around.push((section.heading.anchor.clone(), label));
        self.linked.clear();
    }

    fn leave(&mut self) {
        self.around.pop();
    }

    /// The definitions that begin in a span and have not been written.
    fn expect(&mut self, span: Span) {
        let starts = |entry: &Entry<'_>| span.range().contains(&(entry.term.span.start as usize));
        for (at, entry) in self.entries.iter().enumerate() {
            if !entry.written && starts(entry) && !self.waiting.contains(&at) {
                self.waiting.push(at);
            }
        }
    }

    /// Whether a term means the same in the section that is being written.
    fn counts(&self, at: usize) -> bool {
        let term = self.entries[at].term;
        let within = |anchor: &String| self.around.iter().any(|(around, _)| around == anchor);
        !term.local || term.anchor.as_ref().is_some_and(within)
    }

    /// Notes a use in the section that is being written. Whether it is the first one there.
    fn links(&mut self, at: usize) -> bool {
        let first = self.counts(at) && self.linked.insert(at);
        if let Some(section) = self.around.last().filter(|_| first) {
            self.entries[at].uses.push(section.clone());
        }
        first
    }

    /// What is written of a name: the definition, a link to it, or the words alone.
    fn words(&mut self, words: &str, in_link: bool, out: &mut String) {
        let mut from = 0;
        let mut uses = self.names.uses(words);
        uses.retain(Use::is_certain);
        for (at, used) in uses.iter().enumerate() {
            // This Privacy Policy (the “Policy”): it is the name between quotation marks that defines.
            let defines = |other: &Use| other.name == used.name && is_quoted(words, other);
            let elsewhere = self.reserved.contains(&used.name)
                || !is_quoted(words, used) && uses[at + 1..].iter().any(defines);
            if self.waiting.contains(&used.name) && elsewhere {
                continue;
            }
            let waiting = self.waiting.iter().position(|at| *at == used.name);
            let name = &words[used.start..used.bare];
            if let Some(place) = waiting.filter(|_| !in_link) {
                self.waiting.remove(place);
                self.linked.insert(used.name);
                push(out, &words[from..used.start]);
                open(out, "<dfn id=\"", &mut self.entries[used.name]);
                push(out, name);
                out.push_str("</dfn>");
            } else if waiting.is_none() && !in_link && self.links(used.name) {
                push(out, &words[from..used.start]);
                out.push_str(LINK);
                push_href(out, &self.entries[used.name].anchor);
                out.push_str("\">");
                push(out, name);
                out.push_str("</a>");
            } else {
                continue;
            }
            from = used.bare;
        }
        push(out, &words[from..]);
    }

    /// Anchors for definitions whose names were not met in their block, as far as there are more than
    /// `known` waiting.
    fn settle(&mut self, known: usize, out: &mut String) {
        for at in self.waiting.drain(known.min(self.waiting.len())..) {
            open(out, "<span id=\"", &mut self.entries[at]);
            out.push_str("</span>\n");
        }
    }

    /// A list of the terms that are used, with the sections that use them.
    fn index(&self) -> String {
        let used: Vec<&Entry<'_>> = self
            .entries
            .iter()
            .filter(|entry| !entry.uses.is_empty())
            .collect();
        if used.is_empty() {
            return String::new();
        }
        let mut out = String::from("<ul class=\"terms\">\n");
        for entry in used {
            out.push_str("<li>");
            link(&mut out, &entry.anchor, &entry.term.name);
            out.push_str(" <span class=\"uses\">");
            for (at, (anchor, label)) in entry.uses.iter().enumerate() {
                out.push_str(if at > 0 { " · " } else { "" });
                link(&mut out, anchor, label);
            }
            out.push_str("</span></li>\n");
        }
        out.push_str("</ul>\n");
        out
    }
}

/// Whether a name stands after an opening quotation mark.
fn is_quoted(words: &str, used: &Use) -> bool {
    words[..used.start].ends_with([
        '“', '"', '‘', '\'', '«', '‹', '„', '‚', '「', '『', '\u{a0}', '\u{202f}',
    ])
}

/// The anchor of a definition by its name.
fn anchor(name: &str) -> String {
    let slug = name
        .to_lowercase()
        .replace(|c: char| !c.is_alphanumeric(), "-");
    format!("{ANCHOR}{slug}")
}

/// The sections that define terms, by the anchors of the terms; empty for what stands before the first.
pub(crate) fn sections(text: &Text<'_>) -> Vec<(Box<str>, Box<str>)> {
    let all = text.terms.iter().map(|term| {
        let section = term.anchor.as_deref().unwrap_or_default();
        (anchor(&term.name).into(), section.into())
    });
    all.collect()
}

fn open(out: &mut String, start: &str, entry: &mut Entry<'_>) {
    entry.written = true;
    out.push_str(start);
    push_attribute(out, &entry.anchor);
    out.push_str("\">");
}

fn link(out: &mut String, anchor: &str, words: &str) {
    out.push_str("<a href=\"#");
    push_href(out, anchor);
    out.push_str("\">");
    push(out, words);
    out.push_str("</a>");
}

impl Writer<'_> {
    /// Words, in which defined terms lead to their definitions.
    pub(super) fn words(&mut self, words: &str) {
        let in_link = self.in_link;
        match &mut self.terms {
            Some(terms) if !self.gone => terms.words(words, in_link, &mut self.out),
            _ => push(&mut self.out, words),
        }
    }

    pub(super) fn enter(&mut self, section: &Section<'_>) {
        if let Some(terms) = &mut self.terms {
            terms.enter(section);
        }
    }

    pub(super) fn leave(&mut self) {
        if let Some(terms) = &mut self.terms {
            terms.leave();
        }
    }

    /// Writes something that defines the terms whose definitions begin in a span.
    pub(super) fn defining(&mut self, span: Span, write: impl FnOnce(&mut Self)) {
        let known = self.terms.as_ref().map_or(0, |terms| terms.waiting.len());
        if let Some(terms) = &mut self.terms {
            terms.expect(span);
        }
        write(self);
        if let Some(terms) = &mut self.terms {
            terms.settle(known, &mut self.out);
        }
    }

    /// Keeps names for the entries of a list that define them: what is written before does not.
    pub(super) fn reserve(&mut self, entries: &[String]) {
        if let Some(terms) = &mut self.terms {
            for entry in entries {
                let uses = terms.names.uses(entry);
                terms.reserved.extend(uses.iter().map(|used| used.name));
            }
        }
    }

    /// Lets an entry define its names.
    pub(super) fn release(&mut self, entry: &str) {
        if let Some(terms) = &mut self.terms {
            for used in terms.names.uses(entry) {
                terms.reserved.remove(&used.name);
            }
        }
    }

    /// Writes something in which terms do not lead anywhere.
    pub(super) fn without_terms(&mut self, write: impl FnOnce(&mut Self)) {
        let terms = self.terms.take();
        write(self);
        self.terms = terms;
    }

    /// The list of terms, when everything has been written.
    pub(super) fn term_index(&mut self) -> String {
        let Some(terms) = &mut self.terms else {
            return String::new();
        };
        // What no block held, the end of the text holds.
        for at in 0..terms.entries.len() {
            if !terms.entries[at].written {
                terms.waiting.push(at);
            }
        }
        terms.settle(0, &mut self.out);
        terms.index()
    }
}

/// Lets links to definitions lead to the sections that hold these where the definition itself is not
/// on a page, and takes away those that would lead nowhere: a redline writes changed words without
/// anchors. `sections` knows the anchors.
pub(crate) fn settle(html: String, sections: &[(Box<str>, Box<str>)]) -> String {
    if !html.contains(LINK) {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some((before, link, after)) = next_link(rest) {
        out.push_str(before);
        let term = sections.iter().find(|(term, _)| encoded(term) == link);
        let gone = term.filter(|(term, _)| !html.contains(&format!("id=\"{term}\"")));
        rest = after;
        match gone {
            None => {
                out.push_str(LINK);
                out.push_str(link);
            }
            Some((_, section)) if !section.is_empty() => {
                out.push_str(LINK);
                push_href(&mut out, section);
            }
            Some(_) => {
                let words = after
                    .strip_prefix("\">")
                    .and_then(|words| words.split_once("</a>"));
                let (words, after) = words.unwrap_or_default();
                out.push_str(words);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// How a use of a term begins, up to the anchor that it leads to.
const LINK: &str = "<a class=\"term\" href=\"#";

/// What stands before the next link to a definition, its anchor, and what follows.
fn next_link(html: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = html.split_once(LINK)?;
    let end = rest.find('"')?;
    Some((before, &rest[..end], &rest[end..]))
}

fn encoded(anchor: &str) -> String {
    let mut out = String::new();
    push_href(&mut out, anchor);
    out
}
