//! What holds for every two texts: both can be read from their redline, and sides can be swapped.

mod forms;
mod texts;

use proptest::prelude::*;

use self::texts::texts;
use super::{Detail, Fate, Nodes, Part, Redline, Word};
use crate::parse::markdown::{Request, parse};

/// Compares two texts and looks at the result.
pub(super) fn with_redline<R>(old: &str, new: &str, look: impl FnOnce(&Redline<'_, '_>) -> R) -> R {
    let request = Request {
        numbered: false,
        title: None,
    };
    let (old, new) = (parse(old, request).text, parse(new, request).text);
    let (old, new) = (Nodes::of(&old, None), Nodes::of(&new, None));
    look(&Redline::between(&old, &new))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Old,
    New,
}

impl Redline<'_, '_> {
    fn nodes(&self, time: Time) -> &Nodes<'_> {
        if time == Time::Old {
            self.old
        } else {
            self.new
        }
    }

    /// The words of one text as the redline has them.
    fn recovered(&self, time: Time) -> Vec<String> {
        let mut words = Vec::new();
        self.recover(&self.root, time, &mut words);
        words
    }

    fn recover(&self, part: &Part, time: Time, out: &mut Vec<String>) {
        match (part.fate, time) {
            (Fate::Inserted | Fate::MovedHere, Time::Old)
            | (Fate::Deleted | Fate::MovedAway, Time::New) => {}
            (Fate::MovedAway, Time::Old) => {
                let moved = find(&self.root, part.old).expect("what moved away is somewhere");
                self.recover_inside(moved, time, out);
            }
            _ => self.recover_inside(part, time, out),
        }
    }

    fn recover_inside(&self, part: &Part, time: Time, out: &mut Vec<String>) {
        let nodes = self.nodes(time);
        let mut say = |words: &[Word]| {
            for word in words {
                match (word, time) {
                    (Word::Kept(token, _) | Word::Deleted(token), Time::Old)
                    | (Word::Kept(_, token) | Word::Inserted(token), Time::New) => {
                        out.extend(nodes.said(*token).split(' ').map(str::to_owned));
                    }
                    _ => {}
                }
            }
        };
        match &part.detail {
            Detail::Whole => {
                let id = if time == Time::Old {
                    part.old
                } else {
                    part.new
                };
                out.extend(id.into_iter().flat_map(|id| said(nodes, id)));
            }
            Detail::Words(words) => say(words),
            Detail::Parts(parts) => parts.iter().for_each(|part| self.recover(part, time, out)),
            Detail::Reflowed { lines, .. } => lines.iter().for_each(|(_, words)| say(words)),
        }
    }
}

/// The part that a node of the old text moved to.
fn find(part: &Part, old: Option<usize>) -> Option<&Part> {
    if part.fate == Fate::MovedHere && part.old == old {
        return Some(part);
    }
    match &part.detail {
        Detail::Parts(parts) => parts.iter().find_map(|part| find(part, old)),
        _ => None,
    }
}

/// The words of a node, each as its tokens.
fn said(nodes: &Nodes<'_>, id: usize) -> Vec<String> {
    let tokens = nodes.leaves(id).flat_map(|leaf| nodes.tokens(leaf));
    tokens
        .flat_map(|token| {
            nodes
                .said(token)
                .split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The words that a redline says were inserted, or deleted.
fn marked(redline: &Redline<'_, '_>, fate: Fate) -> Vec<String> {
    fn walk(redline: &Redline<'_, '_>, part: &Part, fate: Fate, out: &mut Vec<String>) {
        let nodes = if fate == Fate::Deleted {
            redline.old
        } else {
            redline.new
        };
        let id = if fate == Fate::Deleted {
            part.old
        } else {
            part.new
        };
        let mut say = |words: &[Word]| {
            for word in words {
                match (word, fate) {
                    (Word::Deleted(token), Fate::Deleted)
                    | (Word::Inserted(token), Fate::Inserted) => {
                        out.extend(nodes.said(*token).split(' ').map(str::to_owned));
                    }
                    _ => {}
                }
            }
        };
        match &part.detail {
            Detail::Whole if part.fate == fate => {
                out.extend(id.into_iter().flat_map(|id| said(nodes, id)));
            }
            Detail::Whole => {}
            Detail::Words(words) => say(words),
            Detail::Parts(parts) => parts.iter().for_each(|part| walk(redline, part, fate, out)),
            Detail::Reflowed { lines, .. } => lines.iter().for_each(|(_, words)| say(words)),
        }
    }
    let mut out = Vec::new();
    walk(redline, &redline.root, fate, &mut out);
    out.sort();
    out
}

fn check_both_ways(old: &str, new: &str) {
    let (inserted, deleted, changes) = with_redline(old, new, |redline| {
        for (time, nodes) in [(Time::Old, redline.old), (Time::New, redline.new)] {
            assert_eq!(redline.recovered(time), said(nodes, Nodes::ROOT));
        }
        forms::check_json(redline);
        forms::check_markdown(redline);
        (
            marked(redline, Fate::Inserted),
            marked(redline, Fate::Deleted),
            redline.changes(),
        )
    });
    with_redline(new, old, |redline| {
        assert_eq!(
            marked(redline, Fate::Inserted),
            deleted,
            "{old}\n=====\n{new}"
        );
        assert_eq!(
            marked(redline, Fate::Deleted),
            inserted,
            "{old}\n=====\n{new}"
        );
        let totals = redline.changes().totals;
        assert_eq!(
            (totals.moved, totals.renamed),
            (changes.totals.moved, changes.totals.renamed)
        );
    });
    with_redline(old, old, |redline| {
        assert!(redline.changes().is_none());
        assert!(!redline.is_changed(&redline.root));
    });
}

proptest! {
    #[test]
    fn both_texts_can_be_read_from_their_redline((old, new) in texts()) {
        check_both_ways(&old, &new);
    }

    #[test]
    fn unrelated_texts_can_be_compared((old, _) in texts(), (new, _) in texts()) {
        check_both_ways(&old, &new);
    }
}

#[test]
fn no_form_loses_a_word_of_what_is_seldom_written() {
    for (old, new) in texts::SELDOM {
        check_both_ways(old, new);
        check_both_ways(new, old);
    }
}

#[test]
fn preformatted_text_is_read_from_json_with_its_white_space() {
    let (old, new) = ("  a  b\n\nc\n\td", "  a  b\n  c\n\n\n\td\ne");
    let block = |text: &str| format!("```\n{text}\n```");
    with_redline(&block(old), &block(new), |redline| {
        assert_eq!(forms::read(redline, "old"), format!("{old}\n"));
        assert_eq!(forms::read(redline, "new"), format!("{new}\n"));
    });
}

#[test]
fn preformatted_text_is_a_diff_in_markdown() {
    let (old, new) = ("~~~\na\n  b\n```\n~~~", "~~~\na\n  c\n```\n~~~");
    with_redline(old, new, |redline| {
        let written = forms::markdown(redline);
        let diff = "\n````diff\n a\n-  b\n+  c\n ```\n````\n";
        assert!(written.contains(diff), "{written}");
    });
}
