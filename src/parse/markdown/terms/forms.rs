//! The forms in which running text defines terms.

use std::ops::Range;

use super::flat::Flat;
use super::phrases::{self, Verb};
use super::quotations::{Quotation, parentheses, quotations};
use super::sentences::{Sentences, is_abbreviation};

/// The longest name of a term, in words and in characters.
const MOST_WORDS: usize = 8;
const MOST_CHARACTERS: usize = 80;

/// The longest definition in bytes: a page without a full stop is no sentence.
const LONGEST_DEFINITION: usize = 2000;

/// What surrounds running text, as far as it says how to read it.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    /// Whether the section is about definitions, so that bold words and a colon define.
    pub(super) glossary: bool,
    /// Whether the text is an entry of a list: what follows a definition there belongs to it.
    pub(super) entry: bool,
}

/// A term in running text.
pub(super) struct Found {
    pub(super) name: String,
    /// Where it stands, from the sign that opens its quotation.
    pub(super) at: Range<usize>,
    /// Where it is defined.
    pub(super) definition: Range<usize>,
    /// Whether it means that in its own section only.
    pub(super) local: bool,
    /// Whether the text begins with it, and goes on to say what it means.
    leads: bool,
}

/// The terms that a text defines, in its order.
pub(super) fn find(flat: &Flat, setting: Setting) -> Vec<Found> {
    let text = &flat.text;
    let quotations = quotations(text);
    if quotations.is_empty() && flat.marked.is_empty() {
        return Vec::new();
    }
    let asides = parentheses(text);
    let sentences = Sentences::of(text, &asides, &quotations);
    let forms = Forms {
        text,
        quotations: &quotations,
        asides: &asides,
        sentences: &sentences,
    };
    let mut found: Vec<Found> = forms.quoted(setting.glossary);
    found.extend(
        flat.marked
            .iter()
            .filter_map(|mark| forms.marked(mark, setting.glossary)),
    );
    found.sort_by_key(|found| found.at.start);
    if setting.glossary || setting.entry {
        lengthen(&mut found, text.len());
    }
    found.iter_mut().for_each(|found| clip(text, found));
    found
}

/// An entry that begins with its term is about it up to the next term.
fn lengthen(found: &mut [Found], end: usize) {
    let next = found
        .iter()
        .find(|found| !found.leads)
        .map_or(end, |next| next.definition.start);
    for found in found.iter_mut().filter(|found| found.leads) {
        found.definition.end = found.definition.end.max(next);
    }
}

/// Keeps of a long definition what is around the term.
fn clip(text: &str, found: &mut Found) {
    let Range { start, end } = found.definition;
    if end - start > LONGEST_DEFINITION {
        let from = start.max(found.at.start.saturating_sub(LONGEST_DEFINITION / 2));
        let boundary = |at: usize| {
            (at..=end)
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(end)
        };
        found.definition = boundary(from)..boundary((from + LONGEST_DEFINITION).min(end));
    }
}

struct Forms<'f> {
    text: &'f str,
    quotations: &'f [Quotation],
    asides: &'f [Range<usize>],
    sentences: &'f Sentences,
}

impl Forms<'_> {
    /// The quoted terms.
    fn quoted(&self, glossary: bool) -> Vec<Found> {
        let asides = self.in_asides();
        let mut defines: Vec<bool> = asides.iter().map(Option::is_some).collect();
        self.with_verbs(&mut defines, glossary);
        self.introduced(&mut defines);
        let terms = self.quotations.iter().zip(asides).zip(defines);
        let (mut last, mut definition) = (None, 0..0);
        let mut found = Vec::new();
        for ((quotation, aside), _) in terms.filter(|(_, defines)| *defines) {
            let mut term = self.found(&quotation.inner, quotation.outer.start);
            if let (Some(term), Some(aside)) = (&mut term, aside) {
                if last != Some(aside) {
                    definition = self.of_aside(aside, last.map_or(0, |last| self.closed(last)));
                }
                term.definition = definition.clone();
                last = Some(aside);
            }
            found.extend(term);
        }
        found
    }

    /// What says what the terms of a parenthesis mean: the words before it, back to the last
    /// parenthesis that defines terms or to the mark of a clause, and what stands inside.
    fn of_aside(&self, aside: &Range<usize>, last: usize) -> Range<usize> {
        let sentence = self.sentences.around(aside.start);
        // One that stands inside of this one says nothing of where its words begin.
        let from = sentence
            .start
            .max(if last < aside.start { last } else { 0 });
        let closed = self.closed(aside);
        let after = self.text.get(closed..sentence.end).unwrap_or_default();
        let start = from + phrases::last_clause(&self.text[from..aside.start]);
        start..closed + phrases::still_means(after)
    }

    /// Where a parenthesis is closed.
    fn closed(&self, aside: &Range<usize>) -> usize {
        let sign = self.text[aside.end..].chars().next();
        aside.end + sign.map_or(0, char::len_utf8)
    }

    /// (the “Services”): terms that stand in parentheses with nothing of weight beside them.
    /// Of each quotation, the one that defines it.
    fn in_asides(&self) -> Vec<Option<&Range<usize>>> {
        let mut defines = vec![None; self.quotations.len()];
        // Inner parentheses come before outer ones, so each quotation is looked at in its innermost.
        let mut seen = vec![false; defines.len()];
        for aside in self.asides {
            let first = self
                .quotations
                .partition_point(|q| q.outer.start < aside.start);
            let last = self
                .quotations
                .partition_point(|q| q.outer.end <= aside.end);
            let inside = first..last.max(first);
            if inside.clone().all(|at| seen[at]) {
                continue;
            }
            let from = self.first_term(aside, inside.clone());
            for at in inside {
                if !seen[at] && from.is_some_and(|from| at >= from) {
                    defines[at] = Some(aside);
                }
                seen[at] = true;
            }
        }
        defines
    }

    /// The first quotation of a parenthesis that it defines, and after which it says nothing else.
    fn first_term(&self, aside: &Range<usize>, inside: Range<usize>) -> Option<usize> {
        let ends = inside
            .clone()
            .map(|at| self.quotations.get(at + 1).filter(|_| at + 1 < inside.end));
        let after = |(at, next): (usize, Option<&Quotation>)| {
            let end = next.map_or(aside.end, |next| next.outer.start);
            phrases::is_glue(&self.text[self.quotations[at].outer.end..end])
        };
        let before = &self.text[aside.start..self.quotations.get(inside.start)?.outer.start];
        let nothing_else = inside.clone().zip(ends).all(after);
        let defines = (phrases::is_glue(before) && !phrases::is_reference(self.until(aside.start)))
            || phrases::introduces(before)
            || closes(before);
        let defines = defines && !phrases::is_example(before);
        (nothing_else && defines).then_some(inside.start)
    }

    /// “Services” means …
    fn with_verbs(&self, defines: &mut [bool], glossary: bool) {
        for at in (0..self.quotations.len()).rev() {
            let quotation = &self.quotations[at];
            if quotation.single {
                continue;
            }
            let after = &self.text[quotation.outer.end..];
            let label = glossary && quotation.outer.start == 0 && is_label(after);
            let verb =
                phrases::verb(after) != Verb::None && !phrases::mentions(self.before(quotation));
            let shared =
                defines.get(at + 1) == Some(&true) && !self.is_aside(at + 1) && self.linked(at);
            defines[at] |= label || verb || shared;
        }
    }

    /// Together, these are the “Services”.
    fn introduced(&self, defines: &mut [bool]) {
        for at in 0..self.quotations.len() {
            let quotation = &self.quotations[at];
            let shared = at > 0 && defines[at - 1] && !self.is_aside(at - 1) && self.linked(at - 1);
            defines[at] |= !quotation.single
                && !self.is_aside(at)
                && (shared || phrases::introduces(self.before(quotation)));
        }
    }

    /// Whether a quotation is one of those in parentheses.
    fn is_aside(&self, at: usize) -> bool {
        let outer = &self.quotations[at].outer;
        let next = self.asides.partition_point(|aside| aside.end < outer.end);
        self.asides
            .get(next)
            .is_some_and(|aside| aside.start <= outer.start)
    }

    /// Whether nothing but “and” and the like stands between a quotation and the next one.
    fn linked(&self, at: usize) -> bool {
        let next = self.quotations[at + 1].outer.start;
        let between = &self.text[self.quotations[at].outer.end..next];
        between.len() < 40 && !between.contains(['.', '\n', ':', ';']) && phrases::is_glue(between)
    }

    /// What stands before a quotation in its sentence.
    fn before(&self, quotation: &Quotation) -> &str {
        self.until(quotation.outer.start)
    }

    /// A sentence up to a byte of it.
    fn until(&self, at: usize) -> &str {
        &self.text[self.sentences.around(at).start..at]
    }

    /// **Services** means …, and in a glossary **Services**: …
    fn marked(&self, mark: &Range<usize>, glossary: bool) -> Option<Found> {
        let next = self
            .quotations
            .partition_point(|q| q.outer.end <= mark.start);
        if self
            .quotations
            .get(next)
            .is_some_and(|q| q.outer.start < mark.end)
        {
            return None;
        }
        let (words, after) = (&self.text[mark.clone()], &self.text[mark.end..]);
        let opens = mark.start == 0;
        let label = glossary && opens && (words.trim_end().ends_with(':') || is_label(after));
        let verb = phrases::verb(after);
        let sentence = self.sentences.around(mark.start).start;
        let leads = self.text[sentence..mark.start].trim().is_empty();
        let defines = verb == Verb::Strong || (verb == Verb::Weak && leads && glossary);
        (label || defines).then(|| self.found(mark, mark.start))?
    }

    fn found(&self, inner: &Range<usize>, start: usize) -> Option<Found> {
        let name = name(&self.text[inner.clone()])?;
        let definition = self.sentences.around(start);
        let leads = start == 0 || (definition.start == 0 && self.text[..start].trim().is_empty());
        let local = phrases::is_local(&self.text[definition.clone()])
            || phrases::is_local(&self.text[inner.end..definition.end.max(inner.end)]);
        Some(Found {
            name,
            at: start..inner.end,
            definition,
            local,
            leads,
        })
    }
}

/// Whether a parenthesis comes to its point: (as amended, the “Act”).
fn closes(before: &str) -> bool {
    let Some((said, article)) = before.rsplit_once([',', ';', '–', '—']) else {
        return false;
    };
    !said.trim().is_empty() && phrases::is_glue(article)
}

/// Whether a colon or a dash follows.
fn is_label(after: &str) -> bool {
    let after = after.trim_start();
    after.starts_with([':', '–', '—', '：']) || after.starts_with("- ")
}

/// A term's name without what surrounds it; `None` where it is too long to be one.
pub(super) fn name(words: &str) -> Option<String> {
    let quotes = |c: char| c.is_whitespace() || "“”„\"«»‹›「」‘".contains(c);
    let mut name = without_number(words.trim_matches(quotes));
    let ends = |c: char| c.is_whitespace() || ",.;:!?".contains(c);
    while name.ends_with(ends) && !is_abbreviation(name) {
        name = name.trim_end_matches(quotes);
        let last = name.chars().next_back().filter(|last| ends(*last));
        name = &name[..name.len() - last.map_or(0, char::len_utf8)];
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let sound = name.starts_with(char::is_alphanumeric)
        && name.contains(char::is_alphabetic)
        && name.chars().count() <= MOST_CHARACTERS
        && name.split(' ').count() <= MOST_WORDS;
    sound.then_some(name)
}

/// A name without the number of its entry: 1.2 Services.
fn without_number(name: &str) -> &str {
    let Some((number, rest)) = name.split_once(' ') else {
        return name;
    };
    let numbers = number.starts_with(|c: char| c.is_ascii_digit())
        && number.contains(['.', ')'])
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ')'));
    if numbers { rest.trim_start() } else { name }
}
