//! Laying out a redline as lines: from the tree of its parts, in reading order.

use super::changes::heading_words;
use super::lines::{Content, Line, heading_pieces, item_mark, mark};
use super::pieces::{Piece, row, said};
use super::{Detail, Fate, Look, NodeId, Nodes, Part, Redline, Source, Word};

/// The lines of a redline.
pub(super) fn lines(redline: &Redline<'_, '_>) -> Vec<Line> {
    let mut liner = Liner {
        redline,
        lines: Vec::new(),
        mark: String::new(),
        indent: 0,
        tight: false,
        begun: false,
        held: false,
    };
    liner.section(&redline.root, 0, Fate::Kept);
    liner.lines
}

/// Gives the words of a leaf.
type Said<'s> = dyn Fn(NodeId) -> Vec<Piece> + 's;

struct Liner<'r> {
    redline: &'r Redline<'r, 'r>,
    lines: Vec<Line>,
    /// What stands before the next words: the marks of lists and quotations.
    mark: String,
    /// How far the lines after them are indented.
    indent: usize,
    /// Whether what is written stands in a list or a table.
    tight: bool,
    /// Whether something of that list or table has been written.
    begun: bool,
    /// Whether the next line belongs to the last.
    held: bool,
}

impl<'r> Liner<'r> {
    fn section(&mut self, part: &Part, depth: usize, around: Fate) {
        let Detail::Parts(parts) = &part.detail else {
            return self.sections(&[part], depth, around);
        };
        let is_section = |part: &&Part| self.redline.is_section(part);
        let (sections, own): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(is_section);
        let (heading, blocks): (Vec<&Part>, Vec<&Part>) =
            own.iter().partition(|part| self.is_heading(part));
        for heading in heading {
            // The title is said above the redline already, unless it is what changed.
            if depth > 0 || !heading.is_untouched() {
                let pieces = self.pieces(heading);
                self.heading(part, depth, pieces);
            }
        }
        self.section_remarks(part, around);
        let (footnotes, blocks): (Vec<&Part>, Vec<&Part>) = blocks
            .iter()
            .partition(|part| matches!(self.source(part), Source::Footnotes));
        self.blocks(&blocks);
        self.sections(&sections, depth + 1, part.fate);
        self.blocks(&footnotes);
    }

    fn heading(&mut self, part: &Part, depth: usize, pieces: Vec<Piece>) {
        let pieces = heading_pieces(self.redline.number(part), pieces);
        self.push(Content::Heading(depth, pieces));
    }

    fn section_remarks(&mut self, part: &Part, around: Fate) {
        for remark in self.redline.section_remarks(part, around) {
            self.held = true;
            self.push(Content::Remark(remark));
        }
    }

    /// Sections in a row; those that did not change are named in one line.
    fn sections(&mut self, sections: &[&Part], depth: usize, around: Fate) {
        let mut unchanged = Vec::new();
        for part in sections {
            if self.redline.is_changed(part) {
                self.unchanged_sections(&mut unchanged);
                self.changed_section(part, depth, around);
            } else {
                unchanged.extend(self.redline.named(part));
            }
        }
        self.unchanged_sections(&mut unchanged);
    }

    fn unchanged_sections(&mut self, headings: &mut Vec<String>) {
        if !headings.is_empty() {
            let headings = std::mem::take(headings);
            self.push(Content::UnchangedSections(headings));
        }
    }

    fn changed_section(&mut self, part: &Part, depth: usize, around: Fate) {
        let depth = self.redline.depth(part, depth);
        match (part.fate, &part.detail) {
            (Fate::MovedAway, _) => self.remark(part),
            (_, Detail::Parts(_)) => self.section(part, depth, around),
            _ => {
                let title = part.new.and_then(|id| heading_words(self.redline.new, id));
                let pieces = vec![Piece::kept(title.unwrap_or_default().to_owned())];
                self.heading(part, depth, pieces);
                self.section_remarks(part, around);
                self.held = true;
                self.push(Content::SameWords);
            }
        }
    }

    /// Blocks in a row; those that did not change are counted.
    fn blocks(&mut self, blocks: &[&Part]) {
        for run in
            blocks.chunk_by(|a, b| !self.redline.is_changed(a) && !self.redline.is_changed(b))
        {
            if self.redline.is_changed(run[0]) {
                self.block(run[0]);
            } else {
                self.unchanged(run);
            }
        }
    }

    fn unchanged(&mut self, run: &[&Part]) {
        let counted = self.redline.several(run);
        self.push(Content::Unchanged(counted));
    }

    fn block(&mut self, part: &Part) {
        self.remark(part);
        if part.fate == Fate::MovedAway {
            return;
        }
        match &part.detail {
            Detail::Whole => self.whole(part),
            Detail::Words(words) => {
                let pieces = self.redline.pieces(words);
                match self.source(part) {
                    Source::Code(_) => self.code(pieces),
                    _ => self.words(pieces),
                }
            }
            Detail::Parts(parts) => self.container(part, parts),
            Detail::Reflowed { new, lines, .. } => self.reflowed(new, lines),
        }
    }

    fn container(&mut self, part: &Part, parts: &[Part]) {
        let all: Vec<&Part> = parts.iter().collect();
        match self.source(part) {
            Source::Row { .. } => {
                let cells = all.iter().map(|part| self.pieces(part)).collect();
                self.words(row(cells));
            }
            Source::List(_, list) => self.tight(|this| this.items(parts, list.start)),
            Source::Table(..) => self.tight(|this| this.after_first(&all)),
            Source::Entry(_) => self.tight(|this| this.after_first(&all)),
            Source::Details(_) => self.after_first(&all),
            source => match mark(source, None) {
                Some(mark) => self.marked(&mark, |this| this.blocks(&all)),
                None => self.blocks(&all),
            },
        }
    }

    /// Parts of which the first is shown in any case, since the others say little without it: the
    /// header of a table, a term, the words before an inner list.
    fn after_first(&mut self, parts: &[&Part]) {
        let [first, rest @ ..] = parts else { return };
        if self.redline.is_changed(first) {
            self.block(first);
        } else {
            self.whole(first);
        }
        self.blocks(rest);
    }

    /// The items of a list, counted as on the side that has them.
    fn items(&mut self, parts: &[Part], start: Option<u64>) {
        let (mut old, mut new) = self.redline.starts(parts, start);
        let mut unchanged: Vec<&Part> = Vec::new();
        for part in parts {
            let (were, are) = self.redline.items_in(part);
            if self.redline.is_changed(part) {
                self.unchanged_items(&mut unchanged);
                self.changed_item(part, if are > 0 { new } else { old });
            } else {
                unchanged.push(part);
            }
            old = old.map(|n| n.saturating_add(were));
            new = new.map(|n| n.saturating_add(are));
        }
        self.unchanged_items(&mut unchanged);
    }

    fn unchanged_items(&mut self, items: &mut Vec<&Part>) {
        if !items.is_empty() {
            self.unchanged(&std::mem::take(items));
        }
    }

    fn changed_item(&mut self, part: &Part, number: Option<u64>) {
        self.remark(part);
        match (part.fate, &part.detail, self.source(part)) {
            (Fate::MovedAway, ..) => {}
            (_, Detail::Parts(parts), Source::Item(item)) => {
                let inner: Vec<&Part> = parts.iter().collect();
                let mark = item_mark(item, number);
                self.marked(&mark, |this| this.after_first(&inner));
            }
            (_, Detail::Whole, Source::Item(_)) => self.whole_with(part, number),
            // Words that flowed between items and other blocks have marks of their own.
            (_, Detail::Reflowed { new, lines, .. }, _) => self.reflowed(new, lines),
            _ => self.block(part),
        }
    }

    /// A node of one text, all of it, or one that is the same in both.
    fn whole(&mut self, part: &Part) {
        self.whole_with(part, None);
    }

    fn whole_with(&mut self, part: &Part, number: Option<u64>) {
        let (look, nodes, id) = match part.fate {
            Fate::Deleted => (Look::Deleted, self.redline.old, part.old),
            Fate::Inserted => (Look::Inserted, self.redline.new, part.new),
            _ => (Look::Kept, self.redline.new, part.new),
        };
        if let Some(id) = id {
            self.node(nodes, id, &|leaf| said(nodes, leaf, look), number);
        }
    }

    /// A node with everything below it; `said` gives the words of its leaves.
    fn node(&mut self, nodes: &Nodes<'_>, id: NodeId, said: &Said<'_>, number: Option<u64>) {
        let inner = |this: &mut Self| {
            let children = nodes.children(id);
            children.for_each(|child| this.node(nodes, child, said, None));
        };
        let source = nodes.source(id);
        match source {
            Source::List(_, list) => self.tight(|this| {
                for (at, child) in (0..).zip(nodes.children(id)) {
                    let number = list.start.map(|start| start.saturating_add(at));
                    this.node(nodes, child, said, number);
                }
            }),
            Source::Table(..) | Source::Entry(_) => self.tight(inner),
            Source::Row { .. } => self.words(row(nodes.children(id).map(said).collect())),
            Source::Code(_) => self.code(said(id)),
            _ if source.is_leaf() => self.words(said(id)),
            _ => match mark(source, number) {
                Some(mark) => self.marked(&mark, inner),
                None => inner(self),
            },
        }
    }

    /// Lines of preformatted text. One that stayed is indented as it was.
    fn code(&mut self, lines: Vec<Piece>) {
        self.tight(|this| {
            for mut line in lines {
                let words = line.new.trim_start();
                let white = line.new.len() - words.len();
                if line.look == Look::Kept {
                    line.new.drain(..white);
                    this.marked(&" ".repeat(white), |this| this.words(vec![line]));
                } else {
                    this.words(vec![line]);
                }
            }
        });
    }

    /// Words that flowed into other blocks. Items that stand alone are a list of their own.
    fn reflowed(&mut self, ids: &[NodeId], lines: &[(NodeId, Vec<Word>)]) {
        let nodes = self.redline.new;
        let said = self.redline.flowed(lines);
        for ids in ids.chunk_by(|a, b| nodes.list_of(*a) == nodes.list_of(*b)) {
            let fill = |this: &mut Self| {
                for id in ids {
                    this.node(nodes, *id, &said, nodes.item_number(*id));
                }
            };
            match nodes.list_of(ids[0]) {
                Some(_) => self.tight(fill),
                None => fill(self),
            }
        }
    }

    /// What stands in a list or a table: only its first line has room above.
    fn tight(&mut self, fill: impl FnOnce(&mut Self)) {
        let outer = (self.tight, self.begun);
        self.begun &= self.tight;
        self.tight = true;
        fill(self);
        (self.tight, self.begun) = (outer.0, outer.1 || self.begun);
    }

    /// What stands inside of a mark: the mark comes before the first words, the others are indented.
    fn marked(&mut self, mark: &str, fill: impl FnOnce(&mut Self)) {
        let outer = (self.mark.clone(), self.indent);
        self.mark.push_str(mark);
        self.indent += mark.chars().count();
        fill(self);
        self.mark = if self.mark.trim().is_empty() {
            " ".repeat(outer.1)
        } else {
            outer.0
        };
        self.indent = outer.1;
    }

    fn words(&mut self, pieces: Vec<Piece>) {
        let mark = std::mem::replace(&mut self.mark, " ".repeat(self.indent));
        self.push_marked(mark, Content::Words(pieces));
    }

    fn push(&mut self, content: Content) {
        self.push_marked(" ".repeat(self.indent), content);
    }

    fn push_marked(&mut self, mark: String, content: Content) {
        self.lines.push(Line {
            mark,
            indent: self.indent,
            close: self.held || (self.tight && self.begun),
            content,
        });
        (self.begun, self.held) = (true, false);
    }

    fn remark(&mut self, part: &Part) {
        if let Some(remark) = self.redline.remark(part) {
            self.push(Content::Remark(remark));
            self.held = part.fate != Fate::MovedAway;
        }
    }

    fn pieces(&self, part: &Part) -> Vec<Piece> {
        let (look, nodes, id) = match (&part.detail, part.fate) {
            (Detail::Words(words), _) => return self.redline.pieces(words),
            (_, Fate::Deleted) => (Look::Deleted, self.redline.old, part.old),
            (_, Fate::Inserted) => (Look::Inserted, self.redline.new, part.new),
            _ => (Look::Kept, self.redline.new, part.new),
        };
        id.map_or_else(Vec::new, |id| said(nodes, id, look))
    }

    fn is_heading(&self, part: &Part) -> bool {
        matches!(self.source(part), Source::Heading(_))
    }

    fn source(&self, part: &Part) -> Source<'r> {
        self.redline.source(part)
    }
}
