//! A redline as one JSON document: what changed in short, and both texts as one tree.
//!
//! A field that is here never goes away within a major version; new ones may come.

use std::ptr;

use serde::Serialize;

use super::changes::{heading_words, section};
use super::pieces::push_said;
use super::remarks::noun;
use super::short::name;
use super::{
    Changes, Compared, Detail, Fate, Look, NodeId, Nodes, Part, Redline, Source, Token, Word,
};

/// A redline.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    compared: &'a Compared,
    /// What changed in short; null where no version precedes the new one.
    changes: Option<Changes>,
    /// Both texts as one tree; null where no version precedes the new one.
    text: Option<Tree>,
}

/// A part of both texts.
#[derive(Serialize)]
struct Tree {
    kind: String,
    fate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<Run>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Tree>,
}

/// What a part is in one of the texts.
#[derive(Serialize)]
struct Place {
    /// Its place in reading order, by which the two ends of a move are found.
    node: NodeId,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
}

/// Words in a row that look alike. White space before them is theirs.
#[derive(Serialize)]
struct Run {
    look: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    old: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    new: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_link: Option<String>,
}

/// Writes a redline.
pub fn write(compared: &Compared, redline: &Redline<'_, '_>) -> String {
    let follows = compared.old.is_some();
    let document = Document {
        compared,
        changes: follows.then(|| redline.changes()),
        text: follows.then(|| redline.tree(&redline.root)),
    };
    let mut out = serde_json::to_string_pretty(&document).unwrap_or_default();
    out.push('\n');
    out
}

fn look_name(look: Look) -> &'static str {
    match look {
        Look::Kept => "kept",
        Look::Inserted => "inserted",
        Look::Deleted => "deleted",
        Look::Renamed => "renamed",
        Look::Relinked => "relinked",
    }
}

impl Redline<'_, '_> {
    fn tree(&self, part: &Part) -> Tree {
        let mut tree = self.bare(part.fate, part.old, part.new, self.source(part));
        match &part.detail {
            // Where it went, it is told with its words.
            Detail::Whole if part.fate == Fate::MovedAway => {}
            Detail::Whole => return self.whole(part.fate, part.old, part.new),
            Detail::Words(words) => tree.words = without_first_space(self.said(words)),
            Detail::Parts(parts) => tree.parts = parts.iter().map(|part| self.tree(part)).collect(),
            Detail::Reflowed { lines, .. } => {
                "reflow".clone_into(&mut tree.kind);
                tree.parts = lines.iter().map(|line| self.line(line)).collect();
            }
        }
        tree
    }

    fn bare(
        &self,
        fate: Fate,
        old: Option<NodeId>,
        new: Option<NodeId>,
        source: Source<'_>,
    ) -> Tree {
        Tree {
            kind: kind(source, old.or(new)),
            fate: name(fate),
            old: old.map(|id| place(self.old, id)),
            new: new.map(|id| place(self.new, id)),
            words: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// A leaf of the new text with the words that flowed into it. White space of the old text stays
    /// before its words: they stood in a row with those of the line before.
    fn line(&self, (leaf, words): &(NodeId, Vec<Word>)) -> Tree {
        let mut tree = self.bare(Fate::Kept, None, Some(*leaf), self.new.source(*leaf));
        tree.words = self.said(words);
        if let Some(first) = tree.words.iter_mut().find(|run| !run.new.is_empty()) {
            strip(&mut first.new);
        }
        tree
    }

    /// A node that is the same all through: of one text, or of both.
    fn whole(&self, fate: Fate, old: Option<NodeId>, new: Option<NodeId>) -> Tree {
        let source = match (new, old) {
            (Some(id), _) => self.new.source(id),
            (None, Some(id)) => self.old.source(id),
            (None, None) => self.new.source(Nodes::ROOT),
        };
        let mut tree = self.bare(fate, old, new, source);
        if source.is_leaf() {
            tree.words = without_first_space(self.leaf(old, new));
            return tree;
        }
        let inside = |nodes: &Nodes<'_>, id: Option<NodeId>| -> Vec<NodeId> {
            id.into_iter().flat_map(|id| nodes.children(id)).collect()
        };
        let (olds, news) = (inside(self.old, old), inside(self.new, new));
        let fate = if fate == Fate::MovedHere {
            Fate::Kept
        } else {
            fate
        };
        tree.parts = (0..olds.len().max(news.len()))
            .map(|at| self.whole(fate, olds.get(at).copied(), news.get(at).copied()))
            .collect();
        tree
    }

    /// The words of a leaf of one text, or of both, where they are the same.
    fn leaf(&self, old: Option<NodeId>, new: Option<NodeId>) -> Vec<Run> {
        let tokens =
            |nodes: &Nodes<'_>, id: Option<NodeId>| id.map_or_else(Vec::new, |id| nodes.tokens(id));
        let (before, after) = (tokens(self.old, old), tokens(self.new, new));
        let is_in_both = old.is_some() && new.is_some();
        let words: Vec<Word> = if is_in_both && before.len() == after.len() {
            let pairs = before.into_iter().zip(after);
            pairs.map(|(old, new)| Word::Kept(old, new)).collect()
        } else {
            let deleted = before.into_iter().map(Word::Deleted);
            deleted
                .chain(after.into_iter().map(Word::Inserted))
                .collect()
        };
        if !is_in_both {
            return self.said(&words);
        }
        // Headings that have another number, given by hand, are the same.
        let runs = words.chunk_by(|a, b| self.links(a) == self.links(b));
        runs.map(|words| self.run(Look::Kept, words)).collect()
    }

    /// Words in a row that look alike and lead to the same place.
    fn said(&self, words: &[Word]) -> Vec<Run> {
        let alike = |a: &Word, b: &Word| {
            let look = self.look(a);
            look == self.look(b) && look != Look::Renamed && self.links(a) == self.links(b)
        };
        let runs = words.chunk_by(alike);
        runs.map(|words| self.run(self.look(&words[0]), words))
            .collect()
    }

    /// The links around a word, in both texts.
    fn links(&self, word: &Word) -> (Option<*const ()>, Option<*const ()>) {
        let link = |nodes: &Nodes<'_>, token: Option<Token>| {
            let link = nodes.link(token?.style)?;
            Some(ptr::from_ref(link).cast())
        };
        let (old, new) = sides(word);
        (link(self.old, old), link(self.new, new))
    }

    fn run(&self, look: Look, words: &[Word]) -> Run {
        let old: Vec<Token> = words.iter().filter_map(|word| sides(word).0).collect();
        let new: Vec<Token> = words.iter().filter_map(|word| sides(word).1).collect();
        let link = |nodes: &Nodes<'_>, tokens: &[Token]| {
            let link = nodes.link(tokens.first()?.style)?;
            Some(link.destination.to_string())
        };
        Run {
            look: look_name(look),
            old_link: link(self.old, &old),
            new_link: link(self.new, &new),
            old: spaced(self.old, &old),
            new: spaced(self.new, &new),
        }
    }
}

/// The token of the old text and that of the new.
fn sides(word: &Word) -> (Option<Token>, Option<Token>) {
    match word {
        Word::Kept(old, new) => (Some(*old), Some(*new)),
        Word::Deleted(old) => (Some(*old), None),
        Word::Inserted(new) => (None, Some(*new)),
    }
}

/// Tokens with the white space before each.
fn spaced(nodes: &Nodes<'_>, tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        out.push_str(token.gap());
        push_said(nodes, *token, &mut out);
    }
    out
}

/// The words of a leaf, which begins without white space in both texts.
fn without_first_space(mut runs: Vec<Run>) -> Vec<Run> {
    if let Some(first) = runs.iter_mut().find(|run| !run.old.is_empty()) {
        strip(&mut first.old);
    }
    if let Some(first) = runs.iter_mut().find(|run| !run.new.is_empty()) {
        strip(&mut first.new);
    }
    runs
}

/// Takes away the white space before the first token; preformatted text may begin with more.
fn strip(words: &mut String) {
    if words.starts_with([' ', '\n']) {
        words.remove(0);
    }
}

/// The name of a kind. What is in neither text is a cell of a row that is too short.
fn kind(source: Source<'_>, id: Option<NodeId>) -> String {
    id.map_or("cell", |_| noun(source)).replace(' ', "-")
}

fn place(nodes: &Nodes<'_>, id: NodeId) -> Place {
    let section = section(nodes, Some(id));
    let label = match nodes.source(id) {
        Source::Item(item) => item.label.as_ref(),
        _ => None,
    };
    let anchor = section.map(|section| &section.heading.anchor);
    let number = section.and_then(|section| section.number.as_ref());
    Place {
        node: id,
        anchor: anchor.or(label.map(|label| &label.anchor)).cloned(),
        number: number.or(label.map(|label| &label.text)).cloned(),
        heading: heading_words(nodes, id).map(str::to_owned),
    }
}
