//! Headings and blocks in a row become sections inside sections.

use pulldown_cmark::HeadingLevel;

use super::Problem;
use super::blocks::Piece;
use crate::diagnostic::rules;
use crate::model::text::{Block, Heading, Section, Text, plain};

/// Nests sections by the levels of their headings. A level that was skipped leaves no gap: depth is
/// how many sections stand around, not what the source wrote.
pub(super) fn nest<'s>(mut pieces: Vec<Piece<'s>>, title: Option<&str>) -> Text<'s> {
    let mut text = Text {
        title: take_title(&mut pieces, title),
        ..Text::default()
    };
    let mut open: Vec<(HeadingLevel, Section<'s>)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Block(block) => blocks_of(&mut open, &mut text).push(block),
            Piece::Heading(level, heading) => {
                close(&mut open, &mut text, |open_level| open_level >= level);
                let section = Section {
                    heading,
                    number: None,
                    blocks: Vec::new(),
                    sections: Vec::new(),
                };
                open.push((level, section));
            }
        }
    }
    close(&mut open, &mut text, |_| true);
    text
}

fn blocks_of<'t, 's>(
    open: &'t mut [(HeadingLevel, Section<'s>)],
    text: &'t mut Text<'s>,
) -> &'t mut Vec<Block<'s>> {
    match open.last_mut() {
        Some((_, section)) => &mut section.blocks,
        None => &mut text.preamble,
    }
}

/// Closes open sections from the innermost outwards while their level is one that ends here.
fn close<'s>(
    open: &mut Vec<(HeadingLevel, Section<'s>)>,
    text: &mut Text<'s>,
    ends: impl Fn(HeadingLevel) -> bool,
) {
    while let Some((_, section)) = open.pop_if(|(level, _)| ends(*level)) {
        let siblings = match open.last_mut() {
            Some((_, parent)) => &mut parent.sections,
            None => &mut text.sections,
        };
        siblings.push(section);
    }
}

/// A heading of the highest level that opens a text whose title is said elsewhere in other words.
pub(super) fn second_title(pieces: &[Piece<'_>], title: Option<&str>) -> Option<Problem> {
    let (Some(title), Some(Piece::Heading(HeadingLevel::H1, heading))) = (title, pieces.first())
    else {
        return None;
    };
    let words = plain(&heading.inlines);
    (words.trim() != title.trim()).then(|| Problem {
        rule: &rules::TITLE_AMBIGUOUS,
        span: heading.span,
        message: format!(
            "the text opens with “{}”, but its title is “{title}”",
            words.trim()
        ),
        help: "use the same words for both, or begin the text with a heading of level 2".to_owned(),
    })
}

/// Takes the heading that is the title: one that repeats the title given elsewhere, or, where none
/// is given, the first heading, if it opens the text or is the only one of the highest level.
fn take_title<'s>(pieces: &mut Vec<Piece<'s>>, title: Option<&str>) -> Option<Heading<'s>> {
    let first = pieces
        .iter()
        .position(|piece| matches!(piece, Piece::Heading(..)))?;
    let Piece::Heading(level, heading) = &pieces[first] else {
        return None;
    };
    let is_title = if let Some(title) = title {
        first == 0 && plain(&heading.inlines).trim() == title.trim()
    } else {
        let same_or_higher = pieces
            .iter()
            .filter(|p| matches!(p, Piece::Heading(l, _) if l <= level))
            .count();
        same_or_higher == 1 || (first == 0 && *level == HeadingLevel::H1)
    };
    if !is_title {
        return None;
    }
    match pieces.remove(first) {
        Piece::Heading(_, heading) => Some(heading),
        Piece::Block(_) => None,
    }
}
