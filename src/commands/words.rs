//! Words for a terminal: how wide it is, lines that fit it, and styles that nothing rests on.

use std::io::IsTerminal as _;

use clap::builder::styling::{AnsiColor, Style};
use engross::model::document::Standing;
use engross::timeline::Document;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

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
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words {
        let mut space = if line.is_empty() { "" } else { " " };
        for part in parts(word, width) {
            if !line.is_empty() && line.width() + space.len() + part.width() > width {
                lines.push(std::mem::take(&mut line));
                space = "";
            }
            line.push_str(std::mem::take(&mut space));
            line.push_str(part);
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// The parts between which a line may end. Writing without spaces gives room inside its sentences;
/// an address stays whole.
fn parts(word: &str, width: usize) -> Vec<&str> {
    if word.is_ascii() || word.width() <= width / 2 {
        vec![word]
    } else {
        word.split_word_bounds().collect()
    }
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
    fn writing_without_spaces_fits_too() {
        let found = lines("本隐私政策说明我们收集哪些个人数据以及原因", 16);
        assert!(
            found.len() > 2 && found.iter().all(|line| line.width() <= 16),
            "{found:?}"
        );
        assert_eq!(padded("政策", 6), "政策  ");
    }
}
