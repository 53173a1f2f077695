//! A redline as lines of text, for formats that know no boxes: terminals, Markdown.

use super::changes::{heading, heading_words, section};
use super::number::without_number;
use super::{Detail, Fate, Look, NodeId, Nodes, Part, Redline, Run, Source, Token, Word, Wrap};

/// A line of a redline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading and how deep its section stands, from 1; 0 for the title.
    Heading(usize, Vec<Piece>),
    /// What became of what follows, where that is more than its words show.
    Remark(Remark),
    /// Words, with what stands before them on their first line and how far the others are indented.
    Words(String, usize, Vec<Piece>),
    /// What did not change and is left out.
    Unchanged(Unchanged),
}

/// What became of a part, where that is more than its words show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A section that is new.
    NewSection,
    /// A section that is gone.
    RemovedSection,
    /// It stood elsewhere: in the section of that heading, if in another one.
    MovedHere(Option<String>),
    /// It stands elsewhere: the words with which it begins.
    MovedAway(String),
    /// The number that its section had.
    Renumbered(String),
    /// One block became several.
    Split,
    /// Several blocks became one.
    Merged,
    /// Words that became a list.
    ToList,
}

/// What is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unchanged {
    /// That many blocks.
    Blocks(usize),
    /// Sections, by their headings.
    Sections(Vec<String>),
}

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
    /// Of words that lead elsewhere: where they led, and where they lead.
    pub links: Option<(String, String)>,
}

/// The lines of a redline.
pub fn lines(redline: &Redline<'_, '_>) -> Vec<Line> {
    let mut writer = Liner {
        redline,
        lines: Vec::new(),
        first: String::new(),
        indent: 0,
    };
    writer.section(&redline.root, 0);
    writer.lines
}

struct Liner<'r> {
    redline: &'r Redline<'r, 'r>,
    lines: Vec<Line>,
    /// What stands before the next words: the marks of lists and quotations.
    first: String,
    /// How far the lines after them are indented.
    indent: usize,
}

impl Liner<'_> {
    fn section(&mut self, part: &Part, depth: usize) {
        let Detail::Parts(parts) = &part.detail else {
            return self.sections(&[part], depth);
        };
        self.remarks(part);
        let is_section = |part: &&Part| self.redline.is_section(part);
        let (sections, own): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(is_section);
        let (heading, blocks): (Vec<&Part>, Vec<&Part>) =
            own.iter().partition(|part| self.is_heading(part));
        for heading in heading {
            let pieces = self.pieces(heading);
            self.lines.push(Line::Heading(depth, pieces));
        }
        self.blocks(&blocks);
        self.sections(&sections, depth + 1);
    }

    fn remarks(&mut self, part: &Part) {
        match part.fate {
            Fate::Inserted => self.remark(Remark::NewSection),
            Fate::Deleted => self.remark(Remark::RemovedSection),
            Fate::MovedHere => self.remark(Remark::MovedHere(self.redline.moved_from(part))),
            Fate::Kept | Fate::MovedAway => {}
        }
        if let Some(was) = self.redline.renumbered(part) {
            self.remark(Remark::Renumbered(was));
        }
    }

    /// Sections in a row; those that did not change are named in one line.
    fn sections(&mut self, sections: &[&Part], depth: usize) {
        let mut unchanged = Vec::new();
        for part in sections {
            if self.redline.is_changed(part) {
                self.unchanged_sections(&mut unchanged);
                self.changed_section(part, depth);
            } else {
                unchanged.extend(part.new.and_then(|id| heading(self.redline.new, id)));
            }
        }
        self.unchanged_sections(&mut unchanged);
    }

    fn unchanged_sections(&mut self, headings: &mut Vec<String>) {
        if !headings.is_empty() {
            let headings = std::mem::take(headings);
            self.lines
                .push(Line::Unchanged(Unchanged::Sections(headings)));
        }
    }

    fn changed_section(&mut self, part: &Part, depth: usize) {
        match (part.fate, &part.detail) {
            (Fate::MovedAway, _) => {
                let title = part.old.and_then(|id| heading(self.redline.old, id));
                self.remark(Remark::MovedAway(title.unwrap_or_default()));
            }
            (_, Detail::Parts(_)) => self.section(part, depth),
            _ => {
                self.remarks(part);
                let title = part
                    .new
                    .and_then(|id| heading(self.redline.new, id))
                    .unwrap_or_default();
                self.lines
                    .push(Line::Heading(depth, vec![Piece::kept(title)]));
                self.lines.push(Line::Unchanged(Unchanged::Blocks(0)));
            }
        }
    }

    /// Blocks in a row; those that did not change are counted.
    fn blocks(&mut self, blocks: &[&Part]) {
        let mut unchanged = 0;
        for part in blocks {
            if self.redline.is_changed(part) {
                self.unchanged_blocks(&mut unchanged);
                self.block(part);
            } else {
                unchanged += 1;
            }
        }
        self.unchanged_blocks(&mut unchanged);
    }

    fn unchanged_blocks(&mut self, count: &mut usize) {
        if *count > 0 {
            self.lines
                .push(Line::Unchanged(Unchanged::Blocks(std::mem::take(count))));
        }
    }

    fn block(&mut self, part: &Part) {
        match (&part.detail, part.fate) {
            (_, Fate::MovedAway) => {
                let words = part.old.map(|id| beginning(self.redline.old, id));
                self.remark(Remark::MovedAway(words.unwrap_or_default()));
            }
            (_, Fate::MovedHere) => {
                self.remark(Remark::MovedHere(self.redline.moved_from(part)));
                self.inside(part);
            }
            _ => self.inside(part),
        }
    }

    fn inside(&mut self, part: &Part) {
        match &part.detail {
            Detail::Whole => self.whole(part),
            Detail::Words(words) => {
                let pieces = self.redline.pieces(words);
                self.words(pieces);
            }
            Detail::Parts(parts) => self.container(part, parts),
            Detail::Reflowed { old, new, lines } => self.reflowed(old, new, lines),
        }
    }

    fn container(&mut self, part: &Part, parts: &[Part]) {
        match self.source(part) {
            Source::Row { .. } => {
                let cells: Vec<Vec<Piece>> = parts.iter().map(|part| self.pieces(part)).collect();
                self.words(row(cells));
            }
            Source::List(_, list) => self.list(parts, list.start),
            Source::Quote(_) => {
                self.marked("> ", |this| parts.iter().for_each(|part| this.block(part)))
            }
            Source::Meaning(_) => {
                self.marked(": ", |this| parts.iter().for_each(|part| this.block(part)))
            }
            Source::Footnote(note) => {
                self.marked(&format!("[{}] ", note.number), |this| {
                    parts.iter().for_each(|part| this.block(part))
                });
            }
            _ => {
                let parts: Vec<&Part> = parts.iter().collect();
                self.blocks(&parts);
            }
        }
    }

    /// The items of a list, counted as on the side that has them.
    fn list(&mut self, parts: &[Part], start: Option<u64>) {
        let (mut old, mut new) = (start, start);
        let mut unchanged = 0;
        for part in parts {
            let number = if part.new.is_some() && part.fate != Fate::MovedAway {
                new
            } else {
                old
            };
            if self.redline.is_changed(part) {
                self.unchanged_blocks(&mut unchanged);
                let mark = self.item_mark(part, number);
                self.marked(&mark, |this| this.block(part));
            } else {
                unchanged += 1;
            }
            if part.old.is_some() && part.fate != Fate::MovedHere {
                old = old.map(|n| n.saturating_add(1));
            }
            if part.new.is_some() && part.fate != Fate::MovedAway {
                new = new.map(|n| n.saturating_add(1));
            }
        }
        self.unchanged_blocks(&mut unchanged);
    }

    fn item_mark(&self, part: &Part, number: Option<u64>) -> String {
        match (self.source(part), number) {
            (Source::Item(item), Some(number)) => match &item.label {
                Some(label) => format!("{} ", label.text),
                None => format!("{number}. "),
            },
            _ => "- ".to_owned(),
        }
    }

    /// A node of one text, all of it.
    fn whole(&mut self, part: &Part) {
        let (look, nodes, id) = match part.fate {
            Fate::Deleted => (Look::Deleted, self.redline.old, part.old),
            Fate::Inserted => (Look::Inserted, self.redline.new, part.new),
            _ => (Look::Kept, self.redline.new, part.new),
        };
        if let Some(id) = id {
            self.node(nodes, id, look, None);
        }
    }

    fn node(&mut self, nodes: &Nodes<'_>, id: NodeId, look: Look, number: Option<u64>) {
        let source = nodes.source(id);
        let inner = |this: &mut Self| {
            nodes
                .children(id)
                .for_each(|child| this.node(nodes, child, look, None))
        };
        match source {
            Source::List(_, list) => {
                for (at, child) in (0u64..).zip(nodes.children(id)) {
                    self.node(
                        nodes,
                        child,
                        look,
                        list.start.map(|start| start.saturating_add(at)),
                    );
                }
            }
            Source::Item(item) => {
                let label = item.label.as_ref().map(|label| format!("{} ", label.text));
                let number = number.map(|number| format!("{number}. "));
                self.marked(&label.or(number).unwrap_or_else(|| "- ".to_owned()), inner);
            }
            Source::Quote(_) => self.marked("> ", inner),
            Source::Meaning(_) => self.marked(": ", inner),
            Source::Footnote(note) => self.marked(&format!("[{}] ", note.number), inner),
            Source::Row { .. } => {
                let cells = nodes
                    .children(id)
                    .map(|cell| said(nodes, cell, look))
                    .collect();
                self.words(row(cells));
            }
            Source::Rule(_) => self.words(vec![Piece::one_sided(look, "* * *".to_owned())]),
            _ if source.is_leaf() => self.words(said(nodes, id, look)),
            _ => inner(self),
        }
    }

    fn reflowed(&mut self, old: &[NodeId], new: &[NodeId], lines: &[(NodeId, Vec<Word>)]) {
        let is_list = |nodes: &Nodes<'_>, ids: &[NodeId]| {
            ids.iter()
                .any(|id| matches!(nodes.source(*id), Source::List(..)))
        };
        self.remark(
            if is_list(self.redline.new, new) && !is_list(self.redline.old, old) {
                Remark::ToList
            } else if new.len() > old.len() {
                Remark::Split
            } else {
                Remark::Merged
            },
        );
        for (leaf, words) in lines {
            let pieces = self.redline.pieces(words);
            let in_item =
                self.redline.new.parent(*leaf).is_some_and(|parent| {
                    matches!(self.redline.new.source(parent), Source::Item(_))
                });
            if in_item {
                self.marked("- ", |this| this.words(pieces));
            } else {
                self.words(pieces);
            }
        }
    }

    /// What stands inside of a mark: the mark comes before the first words, the others are indented.
    fn marked(&mut self, mark: &str, fill: impl FnOnce(&mut Self)) {
        let (first, indent) = (self.first.clone(), self.indent);
        self.first.push_str(mark);
        self.indent += mark.chars().count();
        fill(self);
        (self.first, self.indent) = (first, indent);
    }

    fn words(&mut self, pieces: Vec<Piece>) {
        let first = std::mem::replace(&mut self.first, " ".repeat(self.indent));
        self.lines.push(Line::Words(first, self.indent, pieces));
    }

    fn remark(&mut self, remark: Remark) {
        self.lines.push(Line::Remark(remark));
    }

    fn pieces(&self, part: &Part) -> Vec<Piece> {
        match (&part.detail, part.fate) {
            (Detail::Words(words), _) => self.redline.pieces(words),
            (_, Fate::Deleted) => part
                .old
                .map_or_else(Vec::new, |id| said(self.redline.old, id, Look::Deleted)),
            (_, Fate::Inserted) => part
                .new
                .map_or_else(Vec::new, |id| said(self.redline.new, id, Look::Inserted)),
            _ => part
                .new
                .map_or_else(Vec::new, |id| said(self.redline.new, id, Look::Kept)),
        }
    }

    fn is_heading(&self, part: &Part) -> bool {
        matches!(self.source(part), Source::Heading(_))
    }

    fn source(&self, part: &Part) -> Source<'_> {
        self.redline.source(part)
    }
}

impl Piece {
    fn kept(words: String) -> Self {
        Self::one_sided(Look::Kept, words)
    }

    fn one_sided(look: Look, words: String) -> Self {
        let (old, new) = match look {
            Look::Deleted => (words, String::new()),
            _ => (String::new(), words),
        };
        Self {
            look,
            space: false,
            old,
            new,
            links: None,
        }
    }
}

impl Redline<'_, '_> {
    /// The words of a leaf as pieces of plain text.
    pub fn pieces(&self, words: &[Word]) -> Vec<Piece> {
        let runs = self.runs(words);
        runs.iter().map(|run| self.piece(run)).collect()
    }

    fn piece(&self, run: &Run) -> Piece {
        let destination = |nodes: &Nodes<'_>, tokens: &[Token]| {
            let link = tokens.first().and_then(|token| nodes.link(token.style));
            link.map_or_else(String::new, |link| link.destination.to_string())
        };
        let links = (run.look == Look::Relinked).then(|| {
            (
                destination(self.old, &run.old),
                destination(self.new, &run.new),
            )
        });
        Piece {
            look: run.look,
            space: run.space,
            old: text(self.old, &run.old),
            new: text(self.new, &run.new),
            links,
        }
    }

    /// What a part is, in the new text where it is there.
    pub fn source(&self, part: &Part) -> Source<'_> {
        match (part.new.filter(|_| part.fate != Fate::MovedAway), part.old) {
            (Some(id), _) => self.new.source(id),
            (None, Some(id)) => self.old.source(id),
            (None, None) => self.new.source(Nodes::ROOT),
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
        let (before, after) = (without_number(before).0, without_number(after).0);
        (before != after && !before.is_empty()).then(|| before.to_owned())
    }
}

/// Tokens as text; of a footnote its number.
pub(super) fn text(nodes: &Nodes<'_>, tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        if token.space && !out.is_empty() {
            out.push(' ');
        }
        match nodes.wraps(token.style).last() {
            Some((_, Wrap::Note { number, .. })) => out.push_str(&format!("[{number}]")),
            _ => out.push_str(nodes.said(*token)),
        }
    }
    out
}

fn said(nodes: &Nodes<'_>, leaf: NodeId, look: Look) -> Vec<Piece> {
    vec![Piece::one_sided(look, text(nodes, &nodes.tokens(leaf)))]
}

/// Cells in one line, with bars between them.
fn row(cells: Vec<Vec<Piece>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            pieces.push(Piece {
                space: true,
                ..Piece::kept("|".to_owned())
            });
        }
        for (first, piece) in cell.into_iter().enumerate() {
            let space = piece.space || (first == 0 && at > 0);
            pieces.push(Piece { space, ..piece });
        }
    }
    pieces
}

/// The words with which a node begins.
fn beginning(nodes: &Nodes<'_>, id: NodeId) -> String {
    const MOST: usize = 8;
    let mut words = nodes.words(id).split_whitespace();
    let first: Vec<&str> = words.by_ref().take(MOST).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}
