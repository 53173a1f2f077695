//! Words against words: which of a leaf's words were kept, inserted and deleted.

use std::ptr;

use super::names::{Number, Use};
use super::nodes::{NodeId, Nodes};
use super::tokens::{Token, is_note};
use super::{islands, names, seams, sequence};
use crate::model::text::Link;

/// A word of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// In both texts: the old token and the new. They may differ in what they are linked to, and
    /// by the name of a term that was renamed throughout.
    Kept(Token, Token),
    /// In the old text only.
    Deleted(Token),
    /// In the new text only.
    Inserted(Token),
}

/// What makes two tokens the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key<'n> {
    Word(&'n str),
    /// A term that was renamed throughout: its place in the list, its number, the ending of a possessive.
    Term(usize, Number, &'n str),
    /// A reference to a footnote, whatever its number.
    Note,
}

/// One side of a comparison: its nodes, and where it uses the old or the new name of a term that was
/// renamed, in order.
#[derive(Clone, Copy)]
pub(super) struct Side<'s, 'n, 't> {
    pub(super) nodes: &'n Nodes<'t>,
    pub(super) renamed: &'s [Use],
}

/// Tokens with what makes each the same as another.
pub(super) struct Spoken<'n, 't> {
    nodes: &'n Nodes<'t>,
    pub(super) tokens: Vec<Token>,
    keys: Vec<Key<'n>>,
}

impl<'n, 't> Side<'_, 'n, 't> {
    /// The words of leaves, one after the other.
    pub(super) fn spoken(self, leaves: impl IntoIterator<Item = NodeId>) -> Spoken<'n, 't> {
        let mut spoken = Spoken {
            nodes: self.nodes,
            tokens: Vec::new(),
            keys: Vec::new(),
        };
        for leaf in leaves {
            self.add(leaf, &mut spoken);
        }
        spoken
    }

    /// The words of nodes, one after the other, and for each the place of the node that says it.
    pub(super) fn spoken_by(self, ids: &[NodeId]) -> (Spoken<'n, 't>, Vec<usize>) {
        let mut spoken = self.spoken([]);
        let mut owners = Vec::new();
        for (place, id) in ids.iter().enumerate() {
            for leaf in self.nodes.leaves(*id) {
                self.add(leaf, &mut spoken);
            }
            owners.resize(spoken.tokens.len(), place);
        }
        (spoken, owners)
    }

    fn add(self, leaf: NodeId, spoken: &mut Spoken<'n, 't>) {
        let tokens = self.nodes.tokens(leaf);
        let mut names = names::within(self.renamed, self.nodes.place(leaf)).iter();
        let mut name = names.next();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            while name.is_some_and(|name| name.start < token.start()) {
                name = names.next();
            }
            let (key, taken) = self.key(&tokens[at..], name);
            let last = tokens[at + taken - 1];
            spoken.tokens.push(token.through(last));
            spoken.keys.push(key);
            at += taken;
        }
    }

    /// The key of the first of some tokens, and how many it takes, where a name is used next.
    fn key(self, tokens: &[Token], used: Option<&Use>) -> (Key<'n>, usize) {
        let said = self.nodes.said(tokens[0]);
        if is_note(said) {
            return (Key::Note, 1);
        }
        let Some(used) = used.filter(|used| used.start == tokens[0].start()) else {
            return (Key::Word(said), 1);
        };
        // A name that ends inside of a token, as in “Panel-based”, is part of another word.
        let taken = tokens.partition_point(|token| token.end() < used.end) + 1;
        match tokens.get(taken - 1) {
            Some(last) if last.end() == used.end => {
                let ending = &self.nodes.words[used.bare..used.end];
                (Key::Term(used.name, used.number, ending), taken)
            }
            _ => (Key::Word(said), 1),
        }
    }
}

impl<'n, 't> Spoken<'n, 't> {
    fn link(&self, at: usize) -> Option<&'t Link<'t>> {
        self.nodes.link(self.tokens[at].style)
    }

    /// How much a token says.
    pub(super) fn length(&self, at: usize) -> usize {
        weight(self.nodes, self.tokens[at])
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.nodes.is_word(self.tokens[at])
    }

    pub(super) fn said(&self, at: usize) -> &'n str {
        self.nodes.said(self.tokens[at])
    }

    /// Whether two tokens of this side are the same, so that a reader cannot tell which of them was
    /// kept. What is linked is told by its link.
    pub(super) fn are_alike(&self, a: usize, b: usize) -> bool {
        self.keys[a] == self.keys[b] && self.link(a).is_none() && self.link(b).is_none()
    }
}

/// How much a token says: an address or a date is one word, however long.
fn weight(nodes: &Nodes<'_>, token: Token) -> usize {
    const MOST: usize = 12;
    let length = nodes.said(token).len();
    if token.line { length } else { length.min(MOST) }
}

/// The places of the words that both sides share.
pub(super) fn shared(old: &Spoken<'_, '_>, new: &Spoken<'_, '_>) -> Vec<(usize, usize)> {
    let pairs = sequence::shared(&old.keys, &new.keys);
    islands::without(old, new, &pairs)
}

/// Compares words.
pub(super) fn compare(old: &Spoken<'_, '_>, new: &Spoken<'_, '_>) -> Vec<Word> {
    let mut pairs = shared(old, new);
    seams::settle(old, new, &mut pairs);
    // To take a link apart on one side can leave one of the other side in parts; few rounds do.
    for _ in 0..3 {
        let before = pairs.len();
        pairs = with_whole_links(old, new, &pairs);
        if pairs.len() == before {
            break;
        }
    }
    merge(old, new, &pairs)
}

/// All words of one side deleted, all of the other inserted.
pub(super) fn replaced(old: &Spoken<'_, '_>, new: &Spoken<'_, '_>) -> Vec<Word> {
    merge(old, new, &[])
}

/// Leaves out pairs of words whose link is shared in part only: a link is replaced as a whole.
fn with_whole_links(
    old: &Spoken<'_, '_>,
    new: &Spoken<'_, '_>,
    pairs: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let mirrored: Vec<(usize, usize)> = pairs.iter().map(|(i, j)| (*j, *i)).collect();
    let in_old = torn_links(old, new, pairs);
    let in_new = torn_links(new, old, &mirrored);
    let whole = |(i, j): &&(usize, usize)| !in_old[*i] && !in_new[*j];
    pairs.iter().filter(whole).copied().collect()
}

/// The tokens of links on one side that are shared in part, or with words of several links.
fn torn_links(
    side: &Spoken<'_, '_>,
    other: &Spoken<'_, '_>,
    pairs: &[(usize, usize)],
) -> Vec<bool> {
    let mut mates = vec![None; side.tokens.len()];
    for (at, mate) in pairs {
        mates[*at] = Some(*mate);
    }
    let mut torn = vec![false; side.tokens.len()];
    let mut at = 0;
    while at < side.tokens.len() {
        let Some(link) = side.link(at) else {
            at += 1;
            continue;
        };
        let end = (at..side.tokens.len())
            .find(|next| !side.link(*next).is_some_and(|next| ptr::eq(next, link)))
            .unwrap_or(side.tokens.len());
        let same = |a: usize, b: usize| match (other.link(a), other.link(b)) {
            (Some(a), Some(b)) => ptr::eq(a, b),
            (None, None) => true,
            _ => false,
        };
        let in_one_piece = mates[at..end].windows(2).all(|two| match (two[0], two[1]) {
            (Some(a), Some(b)) => a + 1 == b && same(a, b),
            (None, None) => true,
            _ => false,
        });
        torn[at..end].fill(!in_one_piece);
        at = end;
    }
    torn
}

fn merge(old: &Spoken<'_, '_>, new: &Spoken<'_, '_>, pairs: &[(usize, usize)]) -> Vec<Word> {
    let mut words = Vec::with_capacity(old.tokens.len().max(new.tokens.len()));
    let (mut i, mut j) = (0, 0);
    let ends = [(old.tokens.len(), new.tokens.len())];
    for (to_i, to_j) in pairs.iter().chain(&ends).copied() {
        words.extend(old.tokens[i..to_i].iter().copied().map(Word::Deleted));
        words.extend(new.tokens[j..to_j].iter().copied().map(Word::Inserted));
        if let (Some(before), Some(after)) = (old.tokens.get(to_i), new.tokens.get(to_j))
            && (to_i, to_j) != ends[0]
        {
            words.push(Word::Kept(*before, *after));
        }
        (i, j) = (to_i + 1, to_j + 1);
    }
    words
}

/// The fewest words that stretches of one text have at the mean, to be read well inside of another.
const PHRASE: usize = 4;

/// Whether more than two thirds of words changed, so that they are better read before and after
/// than word by word. Where half of one side stands in the other in few pieces, or all in one piece,
/// it was lengthened or shortened, and is read well. So are lines, as long as one is there to hold on to.
pub(super) fn is_rewritten(old: &Nodes<'_>, new: &Nodes<'_>, words: &[Word]) -> bool {
    let (mut kept, mut before, mut after) = (0, 0, 0);
    let (mut kept_words, mut stretches, mut in_stretch) = (0, 0, false);
    for word in words {
        match word {
            Word::Kept(token, mate) => {
                let (was, is) = (weight(old, *token), weight(new, *mate));
                (before, after, kept) = (before + was, after + is, kept + was.min(is));
                (kept_words, stretches) = (kept_words + 1, stretches + usize::from(!in_stretch));
            }
            Word::Deleted(token) => before += weight(old, *token),
            Word::Inserted(token) => after += weight(new, *token),
        }
        in_stretch = matches!(word, Word::Kept(..));
    }
    let has_lines = words
        .iter()
        .any(|word| matches!(word, Word::Kept(token, _) if token.line));
    let survives = kept * 2 >= before.min(after) && kept_words >= stretches * PHRASE;
    let in_one_piece = kept == before.min(after) && stretches == 1;
    let survives = survives || in_one_piece || has_lines;
    kept * 3 < before.max(after) && !(survives && kept > 0)
}
