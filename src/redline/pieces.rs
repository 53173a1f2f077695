//! Words in a row as plain text, for formats that know no elements inside of words: terminals.

use std::collections::BTreeMap;
use std::ptr;

use super::changes::{heading_words, section};
use super::number::without_number;
use super::{Look, NodeId, Nodes, Part, Redline, Run, Source, Token, Word, Wrap, abridged};

/// Words in a row that look alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How they look.
    pub look: Look,
    /// Whether white space stands before them.
    pub space: bool,
    /// What the old text says.
    pub old: String,
    /// What the new text says. Of words that lead elsewhere, the words are in both.
    pub new: String,
    /// Of words that lead elsewhere: where they led, and where they lead. Of new words
    /// that end with a link: where it leads.
    pub links: (Option<String>, Option<String>),
}

impl Piece {
    pub(super) fn kept(words: String) -> Self {
        Self::one_sided(Look::Kept, words)
    }

    /// Where words led, and where they lead, in words.
    pub fn relinked(&self) -> String {
        match &self.links {
            (Some(old), Some(new)) => {
                format!("link changed from {old} to {}", abridged(new, old))
            }
            (None, Some(new)) => format!("link added: {new}"),
            (Some(old), None) => format!("link removed: {old}"),
            (None, None) => String::new(),
        }
    }

    /// Words that are the same all through: of one text only, or of both.
    pub(super) fn one_sided(look: Look, words: String) -> Self {
        let (old, new) = match look {
            Look::Deleted => (words, String::new()),
            _ => (String::new(), words),
        };
        Self {
            look,
            space: false,
            old,
            new,
            links: (None, None),
        }
    }
}

impl Redline<'_, '_> {
    /// Finds the words of leaves that flowed into other blocks, as pieces of plain text.
    pub(super) fn flowed<'l>(
        &'l self,
        lines: &'l [(NodeId, Vec<Word>)],
    ) -> impl Fn(NodeId) -> Vec<Piece> + 'l {
        let flowed: BTreeMap<NodeId, &[Word]> = lines
            .iter()
            .map(|(leaf, words)| (*leaf, words.as_slice()))
            .collect();
        move |leaf| {
            let words = flowed.get(&leaf).copied().unwrap_or_default();
            self.pieces(words)
        }
    }

    /// The words of a leaf as pieces of plain text.
    pub(super) fn pieces(&self, words: &[Word]) -> Vec<Piece> {
        let is_line = |token: Option<&Token>| token.is_some_and(|token| token.line);
        let mut pieces = Vec::new();
        for run in self.runs(words) {
            let (old, new) = (run.old.first(), run.new.first());
            if run.look == Look::Inserted && !is_line(new) {
                pieces.extend(inserted(self.new, &run.new, run.space));
            } else if !is_line(old.or(new)) || run.look == Look::Renamed {
                pieces.push(self.piece(&run));
            } else if run.look == Look::Deleted {
                pieces.extend(lines(self.old, &run.old, run.look));
            } else {
                pieces.extend(lines(self.new, &run.new, run.look));
            }
        }
        pieces
    }

    fn piece(&self, run: &Run) -> Piece {
        let destination = |nodes: &Nodes<'_>, tokens: &[Token]| {
            let link = nodes.link(tokens.first()?.style)?;
            Some(link.destination.to_string())
        };
        let links = match run.look {
            Look::Relinked => (
                destination(self.old, &run.old),
                destination(self.new, &run.new),
            ),
            _ => (None, None),
        };
        Piece {
            look: run.look,
            space: run.space,
            old: text(self.old, &run.old),
            new: text(self.new, &run.new),
            links,
        }
    }

    /// The number that the section of a part had, where it has another.
    pub fn renumbered(&self, part: &Part) -> Option<String> {
        let (old, new) = (section(self.old, part.old)?, section(self.new, part.new)?);
        if old.number != new.number {
            return old.number.clone();
        }
        let before = heading_words(self.old, part.old?)?;
        let after = heading_words(self.new, part.new?)?;
        if before == after {
            return None;
        }
        let number = |heading| without_number(heading).0.trim_end_matches('.');
        let (before, after) = (number(before), number(after));
        (before != after && !before.is_empty()).then(|| before.to_owned())
    }
}

/// Lines of preformatted text, each as a piece.
fn lines<'r>(nodes: &'r Nodes<'_>, tokens: &'r [Token], look: Look) -> impl Iterator<Item = Piece> {
    let said = tokens.iter().map(|token| nodes.said(*token).to_owned());
    said.map(move |line| Piece::one_sided(look, line))
}

/// New words. A piece ends with a link that leads where its words do not say.
fn inserted(nodes: &Nodes<'_>, tokens: &[Token], space: bool) -> Vec<Piece> {
    let link = |token: &Token| nodes.link(token.style);
    let same = |a: &Token, b: &Token| link(a).map(ptr::from_ref) == link(b).map(ptr::from_ref);
    let mut pieces: Vec<Piece> = Vec::new();
    for tokens in tokens.chunk_by(same) {
        let words = text(nodes, tokens);
        let leads = link(&tokens[0]).map(|link| link.destination.to_string());
        let is_said = |leads: &String| leads.trim_start_matches("mailto:") == words;
        let leads = leads.filter(|leads| !is_said(leads));
        match pieces.last_mut() {
            Some(last) if last.links.1.is_none() => {
                last.new.push_str(if tokens[0].space { " " } else { "" });
                last.new.push_str(&words);
                last.links.1 = leads;
            }
            last => {
                let space = last.map_or(space, |_| tokens[0].space);
                pieces.push(Piece {
                    space,
                    links: (None, leads),
                    ..Piece::one_sided(Look::Inserted, words)
                });
            }
        }
    }
    if pieces.is_empty() {
        pieces.push(Piece::one_sided(Look::Inserted, String::new()));
    }
    pieces
}

/// Tokens as text; of a footnote its number.
pub(super) fn text(nodes: &Nodes<'_>, tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        if token.space && !out.is_empty() {
            out.push(' ');
        }
        push_said(nodes, *token, &mut out);
    }
    out
}

/// Appends what a token says to a reader.
pub(super) fn push_said(nodes: &Nodes<'_>, token: Token, out: &mut String) {
    match nodes.wraps(token.style).last() {
        Some((_, Wrap::Note { number, .. })) => {
            out.push('[');
            out.push_str(&number.to_string());
            out.push(']');
        }
        _ => out.push_str(nodes.said(token)),
    }
}

/// A leaf of one text, or one that is the same in both.
pub(super) fn said(nodes: &Nodes<'_>, leaf: NodeId, look: Look) -> Vec<Piece> {
    let tokens = nodes.tokens(leaf);
    if let Source::Code(_) = nodes.source(leaf) {
        return lines(nodes, &tokens, look).collect();
    }
    if let Source::Rule(_) = nodes.source(leaf) {
        return vec![Piece::one_sided(look, "* * *".to_owned())];
    }
    if look == Look::Inserted {
        return inserted(nodes, &tokens, false);
    }
    vec![Piece::one_sided(look, text(nodes, &tokens))]
}

/// Cells in one line, with bars between them. An empty cell has no words to mark.
pub(super) fn row(cells: Vec<Vec<Piece>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            pieces.push(Piece {
                space: true,
                ..Piece::kept("|".to_owned())
            });
        }
        let has_words = |piece: &Piece| !piece.old.is_empty() || !piece.new.is_empty();
        for (first, piece) in cell.into_iter().filter(has_words).enumerate() {
            let space = piece.space || (first == 0 && at > 0);
            pieces.push(Piece { space, ..piece });
        }
    }
    pieces
}
