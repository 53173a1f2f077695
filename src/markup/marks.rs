//! The words of a redline as HTML: what was inserted and deleted is marked, and said to those who hear it.

use std::fmt::Write as _;

use super::escape::push;
use super::redline::Article;
use super::writer::Writer;
use crate::model::text::InlineTag;
use crate::redline::{Detail, Fate, Look, Nodes, Part, Redline, Run, Style, Token, Wrap, abridged};

/// What marks words or blocks: its element, and the keys of the theme's words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Inserted,
    Deleted,
}

impl Mark {
    /// The mark of a part that is in one text only, as a whole.
    pub(super) fn of(part: &Part) -> Option<Self> {
        match (part.fate, &part.detail) {
            (Fate::Inserted, Detail::Whole) => Some(Self::Inserted),
            (Fate::Deleted, Detail::Whole) => Some(Self::Deleted),
            _ => None,
        }
    }

    fn element(self) -> &'static str {
        match self {
            Self::Inserted => "ins",
            Self::Deleted => "del",
        }
    }

    /// What is said to those who hear it, before and after.
    fn spoken(self) -> (&'static str, &'static str) {
        match self {
            Self::Inserted => ("start_of_insertion", "end_of_insertion"),
            Self::Deleted => ("start_of_deletion", "end_of_deletion"),
        }
    }

    /// What stands above blocks; above a whole section, that it is one.
    fn label(self, section: bool) -> &'static str {
        match (self, section) {
            (Self::Inserted, false) => "inserted",
            (Self::Deleted, false) => "deleted",
            (Self::Inserted, true) => "new_section",
            (Self::Deleted, true) => "removed_section",
        }
    }
}

impl Writer<'_> {
    /// Marks running words. Colour and line say it to those who see, words to those who hear.
    pub(super) fn marked_words(&mut self, mark: Mark, fill: impl FnOnce(&mut Self)) {
        self.marked(mark, "", fill);
    }

    fn marked(&mut self, mark: Mark, class: &str, fill: impl FnOnce(&mut Self)) {
        let (start, end) = mark.spoken();
        let _ = write!(self.out, "<{}{class}>", mark.element());
        self.hidden(start);
        self.in_mark(mark, fill);
        self.hidden(end);
        let _ = write!(self.out, "</{}>", mark.element());
    }

    /// Writes what a mark holds. What is deleted has no anchors and leads nowhere.
    fn in_mark(&mut self, mark: Mark, fill: impl FnOnce(&mut Self)) {
        let gone = std::mem::replace(&mut self.gone, mark == Mark::Deleted);
        fill(self);
        self.gone = gone;
    }

    fn hidden(&mut self, key: &str) {
        self.out.push_str("<span class=\"visually-hidden\"> ");
        push(&mut self.out, self.strings.get(key));
        self.out.push_str(" </span>");
    }

    /// The runs of a leaf.
    pub(super) fn runs(&mut self, redline: &Redline<'_, '_>, runs: &[Run]) {
        for run in runs {
            self.out.push_str(run.gap());
            match run.look {
                Look::Kept => self.tokens(redline.new, &run.new),
                Look::Inserted => {
                    self.marked_words(Mark::Inserted, |this| this.tokens(redline.new, &run.new));
                }
                Look::Deleted => {
                    self.marked_words(Mark::Deleted, |this| this.tokens(redline.old, &run.old));
                }
                Look::Renamed => self.renamed(redline, run),
                Look::Relinked => self.relinked(redline, run),
            }
        }
    }

    /// A term that has another name throughout: marked more quietly than what changes the sense.
    fn renamed(&mut self, redline: &Redline<'_, '_>, run: &Run) {
        const CLASS: &str = " class=\"renamed\"";
        self.marked(Mark::Deleted, CLASS, |this| {
            this.tokens(redline.old, &run.old);
        });
        self.out.push(' ');
        self.marked(Mark::Inserted, CLASS, |this| {
            this.tokens(redline.new, &run.new);
        });
    }

    /// Words whose link leads elsewhere: the words once, then the addresses.
    fn relinked(&mut self, redline: &Redline<'_, '_>, run: &Run) {
        self.tokens(redline.new, &run.new);
        let destination = |nodes: &Nodes<'_>, tokens: &[Token]| {
            let link = tokens.first().and_then(|token| nodes.link(token.style));
            link.map(|link| link.destination.to_string())
        };
        let old = destination(redline.old, &run.old);
        let new = destination(redline.new, &run.new);
        let key = match (&old, &new) {
            (None, _) => "link_added",
            (_, None) => "link_removed",
            _ => "link_changed",
        };
        self.out.push_str(" <span class=\"relinked\">(");
        push(&mut self.out, self.strings.get(key));
        // The words are linked to the new address, all of it.
        let new = new.map(|new| abridged(&new, old.as_deref().unwrap_or_default()));
        for (mark, to) in [(Mark::Deleted, old), (Mark::Inserted, new)] {
            if let Some(to) = to {
                self.out.push(' ');
                self.marked_words(mark, |this| push(&mut this.out, &to));
            }
        }
        self.out.push_str(")</span>");
    }

    /// Tokens with the elements around them.
    pub(super) fn tokens(&mut self, nodes: &Nodes<'_>, tokens: &[Token]) {
        let mut open: Vec<(Style, Wrap<'_>)> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let wraps = nodes.wraps(token.style);
            let shared = open
                .iter()
                .zip(&wraps)
                .take_while(|(a, b)| a.0 == b.0)
                .count();
            for (_, wrap) in open.drain(shared..).rev() {
                self.close_wrap(wrap);
            }
            if at > 0 {
                self.out.push_str(token.gap());
            }
            for (style, wrap) in &wraps[shared..] {
                self.open_wrap(*wrap);
                open.push((*style, *wrap));
            }
            match wraps.last() {
                Some((_, Wrap::Image { source, span })) => {
                    self.image(source, nodes.said(*token), *span);
                }
                Some((_, Wrap::Note { number, occurrence })) => {
                    self.footnote_reference(*number, *occurrence);
                }
                _ => push(&mut self.out, nodes.said(*token)),
            }
        }
        for (_, wrap) in open.into_iter().rev() {
            self.close_wrap(wrap);
        }
    }

    fn open_wrap(&mut self, wrap: Wrap<'_>) {
        match wrap {
            Wrap::Link(_) if self.gone || self.in_link => {}
            Wrap::Link(link) => {
                self.in_link = true;
                self.open_link(link);
            }
            Wrap::Element(InlineTag::Abbr, Some(title)) => self.open("<abbr title=\"", title),
            _ => {
                if let Some(name) = name(wrap) {
                    let _ = write!(self.out, "<{name}>");
                }
            }
        }
    }

    fn close_wrap(&mut self, wrap: Wrap<'_>) {
        match wrap {
            Wrap::Link(_) if self.gone => {}
            Wrap::Link(_) => {
                self.in_link = false;
                self.out.push_str("</a>");
            }
            _ => {
                if let Some(name) = name(wrap) {
                    let _ = write!(self.out, "</{name}>");
                }
            }
        }
    }
}

impl Article<'_, '_, '_> {
    /// Marks blocks as a whole, with a word that everybody sees. `section` says whether they begin
    /// a section that came or went.
    pub(super) fn marked_blocks(
        &mut self,
        mark: Option<Mark>,
        section: bool,
        fill: impl FnOnce(&mut Self),
    ) {
        let Some(mark) = mark else {
            return fill(self);
        };
        let out = &mut self.writer.out;
        let _ = write!(
            out,
            "<{} class=\"blocks\"><span class=\"mark\">",
            mark.element()
        );
        push(out, self.writer.strings.get(mark.label(section)));
        out.push_str("</span>\n");
        let gone = std::mem::replace(&mut self.writer.gone, mark == Mark::Deleted);
        fill(self);
        self.writer.gone = gone;
        self.writer.hidden(mark.spoken().1);
        let _ = writeln!(self.writer.out, "</{}>", mark.element());
    }
}

/// The element that a wrap is, but for links.
fn name(wrap: Wrap<'_>) -> Option<&'static str> {
    match wrap {
        Wrap::Emphasis => Some("em"),
        Wrap::Strong => Some("strong"),
        Wrap::Struck => Some("s"),
        Wrap::Code => Some("code"),
        Wrap::Element(tag, _) => Some(tag.name()),
        Wrap::Link(_) | Wrap::Image { .. } | Wrap::Note { .. } => None,
    }
}
