//! Words in a row that look alike to a reader: kept, inserted, deleted, renamed, or leading elsewhere.

use std::ptr;

use super::tokens::{Token, is_note};
use super::{Nodes, Redline, Word};

/// How words look to a reader of a redline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The same in both texts.
    Kept,
    /// New.
    Inserted,
    /// Gone.
    Deleted,
    /// A term that has another name throughout the text: the old words and the new.
    Renamed,
    /// The same words, with a link that was not there, is gone, or leads elsewhere.
    Relinked,
}

/// Words in a row that look alike.
#[derive(Clone, Debug)]
pub struct Run {
    /// How they look.
    pub look: Look,
    /// Whether white space stands before them.
    pub space: bool,
    /// The words of the old text.
    pub old: Vec<Token>,
    /// The words of the new text.
    pub new: Vec<Token>,
}

impl Run {
    /// The white space before it.
    pub fn gap(&self) -> &'static str {
        match self.old.first().or(self.new.first()) {
            Some(token) if self.space => token.gap(),
            _ => "",
        }
    }
}

impl Redline<'_, '_> {
    /// The words of a leaf as runs.
    pub fn runs(&self, words: &[Word]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for word in words {
            let look = self.look(word);
            let joins = runs
                .last()
                .is_some_and(|run| run.look == look && self.joins(run, word));
            if !joins {
                let after = runs.last().map(|run| run.look);
                runs.push(Run {
                    look,
                    space: after.is_some() && stands_apart(word, after),
                    old: Vec::new(),
                    new: Vec::new(),
                });
            }
            let Some(run) = runs.last_mut() else { continue };
            match word {
                Word::Kept(before, after) => {
                    run.old.push(*before);
                    run.new.push(*after);
                }
                Word::Deleted(token) => run.old.push(*token),
                Word::Inserted(token) => run.new.push(*token),
            }
        }
        runs
    }

    pub(super) fn look(&self, word: &Word) -> Look {
        let (before, after) = match word {
            Word::Deleted(_) => return Look::Deleted,
            Word::Inserted(_) => return Look::Inserted,
            Word::Kept(before, after) => (*before, *after),
        };
        if is_note(self.old.said(before)) {
            Look::Kept
        } else if self.old.said(before) != self.new.said(after) {
            Look::Renamed
        } else if destination(self.old, before) != destination(self.new, after) {
            Look::Relinked
        } else {
            Look::Kept
        }
    }

    /// Whether a word goes on with a run that looks like it.
    fn joins(&self, run: &Run, word: &Word) -> bool {
        match (run.look, word) {
            (Look::Renamed, _) => false,
            (Look::Relinked, Word::Kept(before, after)) => {
                let same = |nodes: &Nodes<'_>, last: Option<&Token>, next: &Token| {
                    let link = |token: &Token| nodes.link(token.style).map(ptr::from_ref);
                    last.and_then(link) == link(next)
                };
                same(self.old, run.old.last(), before) && same(self.new, run.new.last(), after)
            }
            _ => true,
        }
    }
}

/// Whether white space stands before a word that follows a run: as on the side that it goes on with.
fn stands_apart(word: &Word, after: Option<Look>) -> bool {
    match word {
        Word::Deleted(token) | Word::Inserted(token) => token.space,
        Word::Kept(before, _) if after == Some(Look::Deleted) => before.space,
        Word::Kept(_, after) => after.space,
    }
}

/// Where the link around a token leads.
fn destination<'n>(nodes: &'n Nodes<'_>, token: Token) -> Option<&'n str> {
    Some(&*nodes.link(token.style)?.destination)
}
