//! Words for a terminal: how wide it is, lines that fit it, and styles that nothing rests on.

use std::fmt::Write as _;
use std::io::IsTerminal as _;

use clap::builder::styling::{AnsiColor, Style};
use engross::model::document::Standing;
use engross::timeline::{Document, Gone};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Everything else.
pub(super) const PLAIN: Style = Style::new();
/// Names of documents and versions.
pub(super) const STRONG: Style = Style::new().bold();
/// What is there to be looked up rather than read.
pub(super) const FAINT: Style = Style::new().dimmed();

/// The width of lines where nobody says another.
const USUAL: usize = 80;
/// Beyond this, eyes lose the line.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;

/// How wide the terminal is, where the result goes to one.
fn columns() -> Option<usize> {
    let size = terminal_size::terminal_size().filter(|_| std::io::stdout().is_terminal());
    size.map(|(columns, _)| usize::from(columns.0))
}

/// How wide lines may be.
pub(super) fn width() -> usize {
    columns().map_or(USUAL, |columns| columns.clamp(NARROWEST, WIDEST))
}

/// A line of a table as far as the terminal has room for it; for programs all of it.
pub(super) fn cut(line: &str) -> String {
    let columns = columns().unwrap_or(usize::MAX);
    if line.width() <= columns {
        return line.to_owned();
    }
    let mut room = columns.saturating_sub(1);
    let fits = |part: &&str| {
        let left = room.checked_sub(part.width());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: String = line.graphemes(true).take_while(fits).collect();
    kept + "…"
}

/// The name of a document: its title, or its path while it has none.
pub(super) fn title(document: &Document) -> &str {
    document.title.as_deref().unwrap_or(&document.path)
}

/// A standing in words.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::InForce => "in force",
        Standing::Upcoming => "upcoming",
        Standing::Superseded => "superseded",
        Standing::Corrected => "corrected",
    }
}

/// How a standing looks where there are colours.
pub(super) fn style(standing: Standing) -> Style {
    match standing {
        Standing::InForce => AnsiColor::Green.on_default(),
        Standing::Upcoming => AnsiColor::Cyan.on_default(),
        Standing::Superseded => FAINT,
        Standing::Corrected => AnsiColor::Yellow.on_default(),
    }
}

/// How many columns a text takes.
pub(super) fn columns_of(text: &str) -> usize {
    text.width()
}

/// A text with white space after it up to a width.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The lines of a text, none wider than `width` unless one word is.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    // Spaces that may not be broken are no ASCII, and stay.
    filled(text.split_ascii_whitespace(), width)
}

/// Words as lines, with spaces between the words.
pub(super) fn filled<'w>(words: impl Iterator<Item = &'w str>, width: usize) -> Vec<String> {
    let plain = |words| Inked {
        style: Style::new(),
        words,
        space: true,
    };
    laid_out(words.map(plain), width, width)
}

/// Something in one style without white space inside: a word, or a mark right before or after one.
#[derive(Clone, Copy)]
pub(super) struct Inked<'w> {
    /// How it looks where there are colours.
    pub(super) style: Style,
    pub(super) words: &'w str,
    /// Whether white space stands before it.
    pub(super) space: bool,
}

/// Words as lines; the first may have another width.
pub(super) fn laid_out<'w>(
    words: impl Iterator<Item = Inked<'w>>,
    first: usize,
    width: usize,
) -> Vec<String> {
    let words: Vec<(Inked<'w>, bool)> = words.flat_map(|word| cut_up(word, width)).collect();
    let mut lines = vec![Line::default()];
    let goes_on = |(before, _): &(Inked<'_>, bool), (word, breaks): &(Inked<'_>, bool)| {
        !(word.space || *breaks || is_wide(before.words.chars().next_back()))
    };
    for chunk in words.chunk_by(goes_on) {
        let room = if lines.len() == 1 { first } else { width };
        let wide: usize = chunk.iter().map(|(word, _)| word.words.width()).sum();
        let is_full = |line: &Line| {
            line.width > 0 && line.width + usize::from(chunk[0].0.space) + wide > room
        };
        if lines.last().is_some_and(is_full) {
            lines.push(Line::default());
        }
        if let Some(line) = lines.last_mut() {
            chunk.iter().for_each(|(word, _)| line.push(*word));
        }
    }
    lines.retain(|line| line.width > 0);
    lines.into_iter().map(Line::finish).collect()
}

/// The parts of a word, each with whether a line may end before it though no white space is there.
fn cut_up(word: Inked<'_>, width: usize) -> impl Iterator<Item = (Inked<'_>, bool)> {
    let cut = parts(word.words, width).into_iter().enumerate();
    cut.map(move |(at, words)| {
        let part = Inked {
            words,
            space: word.space && at == 0,
            ..word
        };
        (part, at > 0 || is_wide(words.chars().next()))
    })
}

/// Whether a letter is one of a script without spaces, inside of which a line may end.
fn is_wide(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| letter.width() == Some(2))
}

/// A line while it is filled.
#[derive(Default)]
struct Line {
    text: String,
    width: usize,
    style: Style,
}

impl Line {
    fn push(&mut self, word: Inked<'_>) {
        let goes_on = word.style == self.style;
        let space = if word.space && self.width > 0 {
            " "
        } else {
            ""
        };
        let (old, new) = (self.style, word.style);
        let _ = if goes_on {
            write!(self.text, "{space}{}", word.words)
        } else {
            write!(self.text, "{old:#}{space}{new}{}", word.words)
        };
        self.width += space.len() + word.words.width();
        self.style = word.style;
    }

    fn finish(mut self) -> String {
        let _ = write!(self.text, "{:#}", self.style);
        self.text
    }
}

/// The parts between which a line may end. Writing without spaces gives room inside its sentences;
/// an address stays whole.
fn parts(word: &str, width: usize) -> Vec<&str> {
    let is_address = |c: char| c.is_ascii() || c == '…';
    if word.chars().all(is_address) || word.width() <= width / 2 {
        vec![word]
    } else {
        word.split_word_bounds().collect()
    }
}

/// That a text was withdrawn, when and why.
pub(super) fn withdrawn(gone: &Gone) -> String {
    let Gone {
        id,
        language,
        published,
        withdrawn,
        reason,
        ..
    } = gone;
    format!("{id} ({language}), published {published}, was withdrawn on {withdrawn}: “{reason}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_and_no_word_is_cut() {
        let text = "a bc  def\nghij https://x.example/klmno p";
        let found = lines(text, 8);
        assert_eq!(found, ["a bc def", "ghij", "https://x.example/klmno", "p"]);
        assert!(lines(" \n ", 8).is_empty());
    }

    #[test]
    fn styles_begin_and_end_within_a_line_and_marks_stay_with_their_words() {
        let inked = |style, words, space| Inked {
            style,
            words,
            space,
        };
        let words = [
            inked(Style::new(), "kept", true),
            inked(STRONG, "[-gone", true),
            inked(STRONG, "too-]", true),
            inked(Style::new(), ",", false),
        ];
        let plain = laid_out(words.into_iter(), 12, 12);
        let plain: Vec<String> = plain
            .iter()
            .map(|line| anstream::adapter::strip_str(line).to_string())
            .collect();
        assert_eq!(plain, ["kept [-gone", "too-],"]);
        let lines = laid_out(words.into_iter(), 12, 12);
        assert_eq!(lines[0], format!("kept {STRONG}[-gone{STRONG:#}"));
        assert_eq!(lines[1], format!("{STRONG}too-]{STRONG:#},"));
    }

    #[test]
    fn writing_without_spaces_fits_too() {
        let found = lines("本隐私政策说明我们收集哪些个人数据以及原因", 16);
        assert!(
            found.len() > 2 && found.iter().all(|line| line.width() <= 16),
            "{found:?}"
        );
        assert_eq!(padded("政策", 6), "政策  ");
    }
}
