//! The footnotes of a redline as HTML.

use std::fmt::Write as _;

use super::marks::Mark;
use super::redline::Article;
use crate::redline::{Detail, Fate, Part, Source};

/// Where the list of changes leads. Anchors of texts hold no colon.
const ID: &str = " id=\"page:footnotes\"";

impl Article<'_, '_, '_> {
    /// The footnotes of both texts.
    pub(super) fn footnotes(&mut self, part: &Part) {
        let gone = part.fate == Fate::Deleted;
        self.writer.open_footnotes(ID);
        match &part.detail {
            Detail::Parts(parts) => parts.iter().for_each(|part| self.footnote(part)),
            Detail::Whole => {
                let text = if gone {
                    self.redline.old
                } else {
                    self.redline.new
                };
                let notes = part
                    .new
                    .or(part.old)
                    .into_iter()
                    .flat_map(|id| text.children(id));
                for id in notes {
                    let (old, new) = if gone {
                        (Some(id), None)
                    } else {
                        (None, Some(id))
                    };
                    self.footnote(&Part {
                        fate: part.fate,
                        old,
                        new,
                        detail: Detail::Whole,
                    });
                }
            }
            _ => {}
        }
        self.writer.out.push_str("</ol>\n</section>\n");
    }

    pub(super) fn footnote(&mut self, part: &Part) {
        let Source::Footnote(note) = self.redline.source(part) else {
            return;
        };
        if part.new.is_none() {
            let _ = write!(
                self.writer.out,
                "<li class=\"deleted\" value=\"{}\">",
                note.number
            );
        } else {
            let _ = write!(
                self.writer.out,
                "<li id=\"fn:{0}\" value=\"{0}\">",
                note.number
            );
        }
        self.marked_blocks(Mark::of(part), false, |this| match &part.detail {
            Detail::Parts(parts) => this.blocks(&parts.iter().collect::<Vec<_>>()),
            _ => this.writer.blocks(&note.blocks),
        });
        if part.new.is_some() {
            self.writer.back_links(note.number);
        }
        self.writer.out.push_str("</li>\n");
    }
}
