//! Whatever is edited: a redline comes, it is sound, it hides no change, and it loses no word of either text.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::redlines::{article, redline, site};
use crate::{html, marks};

/// The blocks of the text that is edited.
const BASE: [&str; 28] = [
    "This policy says what Tallyfern does with personal data. It applies to the extension, to the panels, and to the statistics.",
    "## Words we use {#definitions}",
    "“Panel Record” means one purchase of a panelist. “Client” means a company that licenses statistics from us.",
    "Panelist\n: A person who has joined a panel.\n\nPanel\n: A group of people whose purchases are counted.",
    "## What we collect {#collect}",
    "We collect **personal data** from you, from panels, and from [service providers](https://tallyfern.example/providers).",
    "### From you {#collect-you}",
    "- your name and your email address;\n- the settings of the extension;\n- what you write to us.",
    "### From panels {#collect-panels}",
    "A Panel Record says what was bought, where, when, and at what price. It holds a random number in place of your name. We do not receive the key.",
    "## How we use it {#use}",
    "1. to make statistics;\n2. to answer you:\n   1. by email;\n   2. by telephone;\n3. to comply with the law.",
    "We do not sell personal data, and we never will.[^sale]",
    "## Retention {#retention}",
    "| Data | Period |\n|---|--:|\n| Server logs | 90 days |\n| Panel Records | 36 months |\n| Invoices | 7 years |",
    "We keep everything else for as long as its *purpose* needs it, at most until 15 January 2027.",
    "## Your rights {#rights}",
    "You may ask us for a copy of your data, to correct it, and to erase it. We answer within 45 days. See [Contact](#contact).",
    "> Please do not send us copies of your passport.\n>\n> We do not need them.",
    "<details>\n<summary>For experts</summary>\n\nThe signal is honoured on all our websites.\n\n</details>",
    "```\nSec-GPC: 1\n  DNT: 1\n\nAccept: text\n```",
    "The chart shows `how` it is done; call +1 (888) 555-0124.",
    "1. first\n   - of these\n   - or those\n2. second\n\n   ```\n   a line of it\n   ```",
    "| What | Who | Where | Why |\n|---|---|---|---|\n| logs | staff | Dublin | law |\n| mail | agents | Cork | replies |",
    "Charge\nFee\n: What a client pays.\n: What an invoice says.",
    "## 7. Changes",
    "If we make a material change, we send an email to every account holder at least 30 days before it takes effect.",
    "Older versions stay on this site. The courts of Dublin decide.",
];

/// What every text ends with, so that links and footnotes lead somewhere.
const TAIL: &str = "## Contact {#contact}\n\nWrite to privacy@tallyfern.example.[^sale]\n\n[^sale]: Licences of statistics are no sale.\n";

/// Blocks that are inserted.
const NEW: [&str; 8] = [
    "## Automated decisions",
    "### Retention",
    "No decision about a panelist is made by a machine alone. A person looks at each of them.",
    "لا نبيع معلوماتك الشخصية.",
    "- in Ireland;\n- in Germany;\n- nowhere else.",
    "| Cookie | Lifetime |\n|---|---|\n| session | 12 hours |",
    "> Panels are closed in August.",
    "***",
];

/// Words that take the place of others.
const WORDS: [&str; 6] = ["never", "60", "data", "**shall**", "€8,000", "panelists"];

/// A way to change a list of blocks.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Delete,
    Insert,
    Swap,
    Duplicate,
    Replace,
    Drop,
    Split,
    Merge,
    List,
    Sentence,
    Deeper,
    Higher,
}

const EDITS: [Edit; 12] = [
    Edit::Delete,
    Edit::Insert,
    Edit::Swap,
    Edit::Duplicate,
    Edit::Replace,
    Edit::Drop,
    Edit::Split,
    Edit::Merge,
    Edit::List,
    Edit::Sentence,
    Edit::Deeper,
    Edit::Higher,
];

impl Edit {
    /// Changes the block at a place, or nothing where the edit does not fit; `other` chooses what else is chosen.
    fn apply(self, blocks: &mut Vec<String>, at: Index, other: Index) {
        if blocks.is_empty() {
            return;
        }
        let (at, elsewhere) = (at.index(blocks.len()), other.index(blocks.len()));
        match self {
            Self::Delete => drop(blocks.remove(at)),
            Self::Insert => blocks.insert(at, NEW[other.index(NEW.len())].to_owned()),
            Self::Swap => blocks.swap(at, elsewhere),
            Self::Duplicate => blocks.insert(elsewhere, blocks[at].clone()),
            Self::Merge => merge(blocks, at),
            Self::Split => split(blocks, at),
            _ => {
                if let Some(block) = self.applied(&blocks[at], other) {
                    blocks[at] = block;
                }
            }
        }
    }

    /// A block as the edits of one block change it.
    fn applied(self, block: &str, other: Index) -> Option<String> {
        match self {
            Self::Replace => with_word(block, other, WORDS[other.index(WORDS.len())]),
            Self::Drop => with_word(block, other, ""),
            Self::List if is_paragraph(block) => Some(format!("- {}", block.replace(", ", "\n- "))),
            Self::Sentence => {
                let list = block.strip_prefix("- ")?;
                Some(list.replace("\n- ", " "))
            }
            Self::Deeper if block.starts_with('#') => Some(format!("#{block}")),
            Self::Higher => Some(block.strip_prefix('#')?)
                .filter(|block| block.starts_with("##"))
                .map(str::to_owned),
            _ => None,
        }
    }
}

/// Joins a paragraph to the one behind it.
fn merge(blocks: &mut Vec<String>, at: usize) {
    if at + 1 < blocks.len() && is_paragraph(&blocks[at]) && is_paragraph(&blocks[at + 1]) {
        let behind = blocks.remove(at + 1);
        blocks[at] = format!("{} {behind}", blocks[at]);
    }
}

/// Makes two paragraphs of one, at the end of its first sentence.
fn split(blocks: &mut Vec<String>, at: usize) {
    let block = blocks[at].clone();
    if let Some((first, rest)) = block.split_once(". ")
        && is_paragraph(&block)
    {
        blocks[at] = format!("{first}.");
        blocks.insert(at + 1, rest.to_owned());
    }
}

fn is_paragraph(block: &str) -> bool {
    let first = |c: char| c.is_alphabetic() || c == '“' || c == '*';
    block.starts_with(first) && !block.contains('\n')
}

/// A block with another word in place of one of its own; `None` where it has none that stands alone.
fn with_word(block: &str, at: Index, word: &str) -> Option<String> {
    let is_word = |part: &str| part.chars().all(char::is_alphabetic) && !part.is_empty();
    let parts: Vec<&str> = block.split(' ').collect();
    let places: Vec<usize> = (0..parts.len()).filter(|&at| is_word(parts[at])).collect();
    // The first part may be what makes the block what it is.
    let place = *places.get(at.index(places.len().max(1)))?;
    let mut parts = parts;
    parts[place] = word;
    (place > 0).then(|| parts.join(" "))
}

/// The text that blocks make. An anchor that is there already is left out.
fn text(blocks: &[String]) -> String {
    let mut text = String::new();
    for block in blocks {
        let taken = block
            .split_once(" {#")
            .filter(|(_, anchor)| text.contains(&format!("{{#{anchor}")));
        text.push_str(taken.map_or(block.as_str(), |(words, _)| words));
        text.push_str("\n\n");
    }
    text + TAIL
}

/// The words of a text without its Markdown: runs of letters and digits.
fn words(text: &str) -> Vec<String> {
    let mut text = text.to_owned();
    for (begin, end) in [("{#", "}"), ("](", ")"), ("[^", "]"), ("<", ">")] {
        while let Some((before, after)) = text.split_once(begin) {
            let after = after.split_once(end).map_or("", |(_, after)| after);
            text = format!("{before} {after}");
        }
    }
    let unnumbered = |line: &str| {
        let (number, rest) = line.split_once(". ")?;
        let is_number = number.trim().parse::<u32>().is_ok();
        is_number.then(|| rest.to_owned())
    };
    let lines = text
        .lines()
        .map(|line| unnumbered(line).unwrap_or_else(|| line.to_owned()));
    lines.flat_map(|line| html::words_of(&line)).collect()
}

/// The first word that is missing where the words of a text are looked for in their order.
fn missing_in_order(words: &[String], page: &[String]) -> Option<String> {
    let mut page = page.iter();
    words
        .iter()
        .find(|word| !page.any(|other| other == *word))
        .cloned()
}

/// The first word that is not there as often as in a text, wherever it stands.
fn missing(words: &[String], page: &[String]) -> Option<String> {
    let count =
        |words: &[String], word: &String| words.iter().filter(|other| *other == word).count();
    words
        .iter()
        .find(|word| count(words, word) > count(page, word))
        .cloned()
}

/// The base text, and what edits make of it.
fn texts() -> impl Strategy<Value = (String, String)> {
    let edit = (
        proptest::sample::select(&EDITS[..]),
        any::<Index>(),
        any::<Index>(),
    );
    let edits = proptest::collection::vec(edit, 1..9);
    (edits, any::<bool>()).prop_map(|(edits, backwards)| {
        let base: Vec<String> = BASE.map(str::to_owned).into();
        let mut blocks = base.clone();
        edits
            .into_iter()
            .for_each(|(edit, at, other)| edit.apply(&mut blocks, at, other));
        let (before, after) = (text(&base), text(&blocks));
        if backwards {
            (after, before)
        } else {
            (before, after)
        }
    })
}

fn settings(numbered: bool) -> String {
    format!("numbered = {numbered}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edit_has_a_sound_redline_that_loses_no_word((before, after) in texts(), numbered: bool) {
        let site = site(&settings(numbered), &before, &after);
        let page = redline(&site, "html");
        let sound = marks::check(&page);
        prop_assert!(sound.is_ok(), "{}", sound.unwrap_err());
        let article = article(&page).unwrap();
        let lost = missing_in_order(&words(&after), &html::words_outside(article, "del"));
        prop_assert!(lost.is_none(), "the new text's {:?} is lost: {}", lost, article);
        let lost = missing(&words(&before), &html::words_outside(article, "ins"));
        prop_assert!(lost.is_none(), "the old text's {:?} is lost: {}", lost, article);
    }

    #[test]
    fn machines_and_files_get_a_redline_of_every_edit((before, after) in texts(), numbered: bool) {
        let site = site(&settings(numbered), &before, &after);
        let json = redline(&site, "json");
        let parsed = serde_json::from_str::<serde_json::Value>(&json);
        prop_assert!(parsed.is_ok(), "{:?}: {}", parsed, json);
        prop_assert!(!redline(&site, "markdown").trim().is_empty());
    }

    #[test]
    fn a_change_of_words_is_told_and_no_change_is_not((before, after) in texts(), numbered: bool) {
        let same = site(&settings(numbered), &after, &after);
        let page = redline(&same, "html");
        let tags = html::tags(&page).unwrap();
        prop_assert!(!tags.iter().any(|tag| marks::MARKS.contains(&tag.name)), "{}", page);
        let told = redline(&site(&settings(numbered), &before, &after), "text");
        let silent = told == redline(&same, "text");
        prop_assert!(!silent || words(&before) == words(&after), "{}", told);
    }

    #[test]
    fn edited_texts_can_be_published((before, after) in texts(), numbered: bool) {
        let site = site(&settings(numbered), &before, &after);
        let run = site.run(&["check"]);
        prop_assert_eq!(run.status, 0, "{}", run.stderr);
    }
}

#[test]
fn words_are_those_that_readers_see() {
    let text =
        "## Use {#use}\n\n1. the [form](https://a.example/b)[^c]\n   2. *b*\n\n<details>\nx 30. y";
    assert_eq!(words(text), ["Use", "the", "form", "b", "x", "30", "y"]);
}
