//! The phrases with which legal texts define terms, in English, Spanish, German and French.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What may stand beside the terms in a parenthesis that does nothing but define them.
#[rustfmt::skip]
const GLUE: &[&str] = &[
    // English
    "the", "a", "an", "this", "these", "that", "those", "such", "our", "your", "my", "their", "its", "and", "or",
    "and/or", "also", "each", "all", "any", "either", "both", "collectively", "together", "individually", "jointly",
    "respectively", "singly", "severally", "hereinafter", "hereafter", "herein", "henceforth", "hereby", "here",
    "below", "referred", "refer", "to", "as", "known", "defined", "called", "termed", "is", "are", "for", "short",
    "of", "them", "we", "which", "us", "one", "simply", "sometimes", "further", "aka", "in", "agreement", "policy",
    // Spanish
    "el", "la", "los", "las", "un", "una", "unos", "unas", "y", "o", "u", "e", "en", "adelante", "lo", "sucesivo",
    "nuestro", "nuestra", "nuestros", "nuestras", "colectivamente", "conjuntamente", "denominado", "denominada",
    "denominados", "denominadas", "como", "cada", "uno", "este", "esta", "estos", "estas", "también",
    // German
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "und", "oder", "nachfolgend", "nachstehend",
    "im", "folgenden", "genannt", "bezeichnet", "als", "auch", "kurz", "zusammen", "gemeinsam", "jeweils", "unsere",
    "unser", "wir", "diese", "dieser", "weiteren",
    // French
    "le", "les", "l", "une", "et", "ou", "du", "de", "ci-après", "ci-apres", "dénommé", "dénommée", "dénommés",
    "dénommées", "désigné", "désignée", "désignés", "désignées", "appelé", "appelée", "appelés", "appelées",
    "collectivement", "ensemble", "individuellement", "par", "sous", "chacun", "chacune", "nos", "notre", "votre",
    "vos", "ce", "cette", "ces",
    // Italian, Portuguese, Dutch, Czech, Slovak, Russian, Chinese, Japanese: only what such a parenthesis needs.
    "il", "lo", "gli", "di", "seguito", "doravante", "os", "as", "ao", "hierna", "het", "dále", "jen", "ďalej", "len",
    "далее", "以下简称", "下称", "以下", "といいます", "という", "と総称します",
];

/// The same, to look words up in.
static GLUE_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| GLUE.iter().copied().collect());

/// The longest text that may be nothing but such words, in bytes.
const LONGEST_GLUE: usize = 200;

/// The verbs that follow a term and define it.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "means", "mean", "shall mean", "will mean", "refers to", "refer to", "shall refer to", "will refer to",
    "is defined", "are defined", "shall be defined", "has the meaning", "has the same meaning", "have the meaning",
    "have the meanings", "have the same meaning", "have the same meanings", "has the meanings", "shall have the meaning",
    "shall have the meanings", "shall have the same meaning", "will have the meaning", "will have the meanings",
    "stands for", "is short for",
    "significa", "significan", "significará", "significarán", "se refiere a", "se refiere al", "se refieren a",
    "designa", "designan", "se entiende", "se entenderá", "se define", "se definen", "tiene el significado",
    "tendrá el significado", "tienen el significado", "tendrán el significado",
    "bedeutet", "bedeuten", "bezeichnet", "bezeichnen", "meint", "meinen", "hat die bedeutung", "haben die bedeutung",
    "bezieht sich auf", "beziehen sich auf", "steht für", "genannt",
    "désigne", "désignent", "désignera", "signifie", "signifient", "s'entend", "s'entendent", "a le sens",
    "ont le sens", "a la signification", "ont la signification", "fait référence à", "font référence à",
];

/// Verbs that define a term which is quoted; after bold words they say what belongs to something.
#[rustfmt::skip]
const WEAK_VERBS: &[&str] = &[
    "includes", "include", "shall include", "will include", "incluye", "incluyen", "umfasst", "umfassen", "comprend",
    "comprennent",
];

/// What may stand between a term and its verb.
const ADVERBS: &[&str] = &[
    "collectively",
    "individually",
    "also",
    "each",
    "together",
    "only",
    "hereby",
    "both",
    "herein",
    "all",
];

/// How an aside between a term and its verb begins.
#[rustfmt::skip]
const ASIDES: &[&str] = &[
    "as used", "when used", "where used", "for the purpose", "for purposes", "in this", "in these", "in the context",
    "with respect to", "in relation to", "under this",
];

/// The first words of what can follow a term that is defined.
static FIRST_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let phrases = [VERBS, WEAK_VERBS, ADVERBS, ASIDES].into_iter().flatten();
    phrases.map(|phrase| first_word(phrase)).collect()
});

/// The longest of them in bytes is shorter.
const LONGEST_FIRST: usize = 24;

/// What stands right before a term that it introduces.
#[rustfmt::skip]
const INTRODUCTIONS: &[&str] = &[
    "hereinafter", "hereafter", "henceforth", "collectively", "aka", "also called", "hereinafter called",
    "collectively called", "known as", "defined as", "designated as", "these are", "en adelante", "en lo sucesivo",
    "llamamos", "denominamos", "denominaremos", "denominado", "denominada", "denominados", "denominadas", "se denomina",
    "se denominan", "colectivamente", "conocido como", "conocida como", "conocidos como", "definido como", "nachfolgend",
    "nachstehend", "im folgenden", "im weiteren", "ci-après", "dénommé", "dénommée", "dénommés", "dénommées",
    "collectivement", "appelons", "désigné par", "désignés par",
];

/// The most words of an introduction.
const LONGEST_INTRODUCTION: usize = 3;

/// What may stand between an introduction and the term.
#[rustfmt::skip]
const ARTICLES: &[&str] = &[
    "the", "a", "an", "our", "your", "this", "these", "el", "la", "los", "las", "le", "les", "l", "der", "die", "das",
    "den", "un", "une", "simply", "either", "individually", "also", "als",
];

/// What goes on about a term that a parenthesis defines: (“Users”) who visit us.
#[rustfmt::skip]
const RELATIVES: &[&str] = &[
    "that", "which", "who", "whom", "whose", "que", "quien", "quienes", "cuyo", "cuya", "cuyos", "cuyas", "qui", "dont",
];

/// What says that a term means something in a part of the text only. The part follows.
#[rustfmt::skip]
const LIMITS: &[&str] = &[
    "purpose of this", "purposes of this", "used in this", "efectos de este", "efectos de esta", "sinne dieses",
    "sinne dieser", "zwecke dieses", "zwecke dieser", "fins du présent", "fins de la présente", "fins de cet",
    "fins de cette", "sens du présent", "sens de la présente", "sens de cet", "sens de cette",
];

/// The same at the beginning of a sentence.
const LEADING_LIMITS: &[&str] = &["in this", "en este", "en esta", "in diesem", "in dieser"];

/// How the names of a text's parts begin.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "section", "subsection", "clause", "article", "paragraph", "chapter", "sección", "cláusula", "apartado", "artículo",
    "capítulo", "abschnitt", "klausel", "ziffer", "absatz", "kapitel", "artikel", "chapitre",
];

/// How the heading of a section on definitions begins one of its words.
#[rustfmt::skip]
const DEFINING_STEMS: &[&str] = &[
    "definition", "defined", "glossar", "glosar", "interpretation", "definicion", "definido", "interpretación",
    "begriff", "définition", "interprétation", "glossaire",
];

/// Other headings of such sections.
#[rustfmt::skip]
const DEFINING_HEADINGS: &[&str] = &[
    "words we use", "words used", "terms we use", "terms used", "key terms", "what we mean", "what these words mean",
    "términos clave", "términos que",
];

/// How far back an introduction is looked for, in words.
const REACH: usize = 24;

/// The words of a text: runs of letters, digits, apostrophes and hyphens.
fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')));
    parts
        .map(|word| word.trim_matches(['\'', '’', '-']))
        .filter(|word| !word.is_empty())
}

/// The letters and digits with which a text begins.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric());
    &text[..end.unwrap_or(text.len())]
}

/// Whether words say nothing beside the terms between them.
pub(super) fn is_glue(text: &str) -> bool {
    text.len() < LONGEST_GLUE && words(&text.to_lowercase()).all(|word| GLUE_WORDS.contains(word))
}

/// Whether a heading is one of a section on definitions.
pub(super) fn is_about_definitions(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    let words: Vec<&str> = words(&heading).collect();
    let stem = |word: &&str| DEFINING_STEMS.iter().any(|stem| word.starts_with(stem));
    let line = words.join(" ");
    line == "términos"
        || words.iter().any(stem)
        || DEFINING_HEADINGS.iter().any(|h| line.contains(h))
}

/// How strongly what follows a term defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verb {
    /// It does not.
    None,
    /// It says what belongs to it.
    Weak,
    /// It says what it means.
    Strong,
}

/// Whether the words after a term define it.
pub(super) fn verb(after: &str) -> Verb {
    let rest = after.trim_start_matches([' ', '\n', ',']);
    let rest = match rest
        .strip_prefix('(')
        .and_then(|inside| head(inside).split_once(')'))
    {
        Some((aside, _)) => rest[aside.len() + 2..].trim_start(),
        None => rest,
    };
    // Few words are followed by a verb that defines, and the first word tells most of the others.
    let first = first_word(rest);
    if first.len() > LONGEST_FIRST || !FIRST_WORDS.contains(&*first.to_lowercase()) {
        return Verb::None;
    }
    let start = head(rest).to_lowercase().replace('’', "'");
    let start = without_adverbs(&start);
    if ASIDES.iter().any(|aside| begins(start, aside)) {
        let sentence = start.split(". ").next().unwrap_or_default();
        let verbs = sentence
            .match_indices(' ')
            .map(|(at, _)| of_verbs(&sentence[at + 1..]));
        return verbs.take(REACH).max().unwrap_or(Verb::None);
    }
    of_verbs(start)
}

fn of_verbs(start: &str) -> Verb {
    let any = |verbs: &[&str]| verbs.iter().any(|verb| begins(start, verb));
    match (any(VERBS), any(WEAK_VERBS)) {
        (true, _) => Verb::Strong,
        (_, true) => Verb::Weak,
        _ => Verb::None,
    }
}

fn without_adverbs(mut start: &str) -> &str {
    while let Some((word, rest)) = start.split_once([' ', ',']) {
        if !word.is_empty() && !ADVERBS.contains(&word) {
            break;
        }
        start = rest;
    }
    start
}

/// Whether a text begins with whole words.
fn begins(text: &str, words: &str) -> bool {
    let rest = text.strip_prefix(words);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Where the last clause of words begins, after a semicolon or a colon.
pub(super) fn last_clause(before: &str) -> usize {
    let ends = |(at, mark): (usize, &str)| {
        let end = at + mark.len();
        // 12:30 and https://… are no clauses; Chinese marks need no space.
        let apart = mark.len() > 1 || before[end..].starts_with(char::is_whitespace);
        apart.then_some(end)
    };
    let mut marks = before.rmatch_indices([';', ':', '；', '：']);
    marks.find_map(ends).unwrap_or(0)
}

/// How much of what follows a parenthesis still says what its terms mean: all where a verb defines
/// them or a list follows, a clause that belongs to them, or nothing.
pub(super) fn still_means(after: &str) -> usize {
    let rest = after.trim_start();
    if verb(after) != Verb::None || rest.starts_with([':', '：']) {
        return after.len();
    }
    if !RELATIVES.contains(&first_word(rest)) {
        return 0;
    }
    after
        .find([',', ';', ':', '(', '–', '—'])
        .unwrap_or(after.len())
}

/// Whether words limit what they define to their own section: for the purposes of this Section.
pub(super) fn is_local(words: &str) -> bool {
    let words = head(words).to_lowercase();
    let part = |rest: &str| PARTS.iter().any(|part| rest.trim_start().starts_with(part));
    let leads = |limit: &&str| words.strip_prefix(*limit).is_some_and(part);
    let inside = |limit: &&str| {
        words
            .match_indices(*limit)
            .any(|(at, _)| part(&words[at + limit.len()..]))
    };
    LEADING_LIMITS.iter().any(leads) || LIMITS.iter().any(inside)
}

/// Whether the words before a quotation introduce it as a term.
pub(super) fn introduces(before: &str) -> bool {
    let tail = tail(before).to_lowercase();
    let mut words: Vec<&str> = words(&tail).collect();
    while words.pop_if(|word| ARTICLES.contains(word)).is_some() {}
    let line = words[words.len().saturating_sub(LONGEST_INTRODUCTION)..].join(" ");
    let ends = |phrase: &&str| {
        let before = line.strip_suffix(*phrase);
        before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
    };
    let last = words.last().copied().unwrap_or_default();
    INTRODUCTIONS.iter().any(ends)
        || (last == "as" && refers(&words))
        || (matches!(last, "are" | "is" | "form" | "constitute" | "comprise") && gathers(&words))
        || (last == "together" && tail.contains(", together"))
        || we_call(&words)
}

/// `we refer to these sites … as`.
fn refers(words: &[&str]) -> bool {
    let near = &words[words.len().saturating_sub(REACH)..];
    let is_example = near.len() > 1 && near[near.len() - 2] == "such";
    !is_example && near.iter().any(|word| word.starts_with("refer"))
}

/// `together, these are`.
fn gathers(words: &[&str]) -> bool {
    let gathering = |word: &&str| matches!(*word, "together" | "collectively" | "jointly");
    words.iter().rev().take(REACH).any(gathering)
}

/// `we call`, `what we’ll call these words`.
fn we_call(words: &[&str]) -> bool {
    let near = &words[words.len().saturating_sub(8)..];
    let we = |word: &&str| matches!(*word, "we" | "we'll" | "we’ll");
    let call = near
        .iter()
        .skip(near.len().saturating_sub(5))
        .any(|word| *word == "call");
    call && near.iter().take_while(|word| **word != "call").any(we)
}

/// Whether words before a quotation ask to press what it names, or only mention a meaning: as “sale”
/// is defined by law.
pub(super) fn mentions(before: &str) -> bool {
    let command = |word: &str| {
        let stems = ["click", "select", "choos", "tap", "press", "check", "tick"];
        stems.iter().any(|stem| word.starts_with(stem))
    };
    let tail = tail(before).to_lowercase();
    let last = words(&tail).next_back();
    last == Some("as") || words(&tail).rev().take(3).any(command)
}

/// Whether words before a parenthesis name a part of a text, whose title then stands in it: Section 3.
pub(super) fn is_reference(before: &str) -> bool {
    let tail = tail(before).to_lowercase();
    let part = |word: &str| {
        let parts = [
            "section",
            "clause",
            "article",
            "paragraph",
            "chapter",
            "part",
            "schedule",
            "exhibit",
            "abschnitt",
        ];
        parts.iter().any(|part| word.starts_with(part))
    };
    let number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let last = words(&tail).next_back();
    let named = words(&tail).rev().find(|word| !number(word));
    last.is_some_and(|last| number(&last)) && named.is_some_and(part)
}

/// Whether the words before a quotation give it as an example.
pub(super) fn is_example(before: &str) -> bool {
    let start = head(before.trim_start()).to_lowercase();
    let examples = [
        "e.g",
        "i.e",
        "for example",
        "such as",
        "see ",
        "like ",
        "ex:",
        "z. b",
        "z.b",
        "par ex",
        "p. ej",
        "voir ",
    ];
    examples.iter().any(|example| start.starts_with(example))
}

/// The first 240 bytes or a little less.
fn head(text: &str) -> &str {
    let end = (0..=240.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// The last 240 bytes or a little less.
fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(240);
    let start = (from..=text.len()).find(|at| text.is_char_boundary(*at));
    &text[start.unwrap_or(text.len())..]
}
