//! A redline as HTML: the new text with what was inserted, deleted and moved, and what did not
//! change folded away.

use std::fmt::Write as _;

use super::escape::{push, push_href};
use super::marks::Mark;
use super::redline_folds::{FEWEST_TO_FOLD, preview};
use super::writer::{DEEPEST_HEADING, Writer};
use super::{Kept, Markup, Origin, Woven};
use crate::diagnostic::Span;
use crate::model::text::Section;
use crate::redline::{Detail, Fate, NodeId, Nodes, Part, Redline, Run, Source, heading, section};
use crate::theme::Strings;

/// Writes a redline. `origin` leads from a span of the new text to a source, `text` is its HTML.
pub(crate) fn write(
    redline: &Redline<'_, '_>,
    text: &Markup,
    strings: &Strings,
    origin: &dyn Fn(Span) -> Origin,
) -> Woven {
    let mut writer = Writer::new(strings, 0, origin);
    // Every reference of the new text is somewhere in its redline.
    writer.noted = text.noted.iter().copied().collect();
    let mut article = Article {
        writer,
        redline,
        folded: false,
        text,
        kept: Vec::new(),
        own: (Vec::new(), 0),
    };
    article.writer.out.push_str("<div class=\"redline\">\n");
    match redline.new.source(Nodes::ROOT) {
        Source::Text(text) if redline.root.is_untouched() => article.unchanged_text(text),
        _ => article.section(&redline.root, 1),
    }
    article.writer.out.push_str("</div>\n");
    article.writer.out.shrink_to_fit();
    Woven {
        html: article.writer.out,
        references: article.writer.references,
        kept: article.kept,
    }
}

pub(super) struct Article<'r, 'n, 't> {
    pub(super) writer: Writer<'r>,
    pub(super) redline: &'r Redline<'n, 't>,
    /// Whether what is written stands in a part that is folded away: nothing is folded twice.
    pub(super) folded: bool,
    /// The HTML of the new text, from which sections are taken that did not change.
    text: &'r Markup,
    /// Where they go, and which they are.
    kept: Vec<(usize, Kept)>,
    /// The blocks of the section at hand that the new text has, and the place of the first of them.
    own: (Vec<NodeId>, usize),
}

impl Article<'_, '_, '_> {
    /// The inside of a section of one text or both, or of the whole text.
    fn section(&mut self, part: &Part, level: usize) {
        let same: Vec<Part>;
        let parts = match (&part.detail, part.new) {
            (Detail::Parts(parts), _) => parts.as_slice(),
            (_, Some(text)) => {
                same = self.redline.kept_inside(text);
                &same
            }
            _ => return,
        };
        let is_section = |part: &&Part| self.redline.is_section(part);
        let (sections, own): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(is_section);
        let is_notes = |part: &&Part| matches!(self.redline.source(part), Source::Footnotes);
        let (notes, own): (Vec<&Part>, Vec<&Part>) = own.into_iter().partition(is_notes);
        let (heading, blocks): (Vec<&Part>, Vec<&Part>) = own
            .into_iter()
            .partition(|part| matches!(self.redline.source(part), Source::Heading(_)));
        match part.fate {
            // A section that came or went is marked from its heading to its last block, but for
            // what came from elsewhere.
            Fate::Inserted | Fate::Deleted => {
                let own: Vec<&Part> = heading.into_iter().chain(blocks).collect();
                self.marked_rows(&own, Some((part, level)));
            }
            _ => {
                for heading in heading {
                    self.heading(part, heading, level);
                }
                self.remarks(part);
                self.blocks(&blocks);
            }
        }
        self.sections(&sections, level + 1);
        for notes in notes {
            self.footnotes(notes);
        }
    }

    fn sections(&mut self, sections: &[&Part], level: usize) {
        let changed = |part: &&Part| self.redline.is_changed(part);
        for group in sections.chunk_by(|a, b| changed(a) == changed(b)) {
            if changed(&group[0]) {
                group.iter().for_each(|part| self.in_section(part, level));
            } else {
                self.unchanged_sections(group, level);
            }
        }
    }

    pub(super) fn in_section(&mut self, part: &Part, level: usize) {
        if part.fate == Fate::MovedAway {
            return self.moved_away(part);
        }
        let own = section(self.redline.new, part.new);
        let Some(section) = own.or(section(self.redline.old, part.old)) else {
            return;
        };
        let level = self.redline.depth(part, level - 1) + 1;
        let place = part.new.and_then(|id| self.redline.new.section_place(id));
        if let Some(clause) = place.and_then(|place| self.text.clauses.get(place)) {
            self.writer.tables = clause.tables;
            self.own = (self.blocks_of(part.new), clause.blocks.start);
        }
        if part.is_untouched() && self.redline.renumbered(part).is_none() {
            return self
                .kept
                .extend(place.map(|place| (self.writer.out.len(), Kept::Clause(place))));
        }
        let class = match part.fate {
            Fate::Inserted => "clause inserted",
            Fate::Deleted => "clause deleted",
            Fate::MovedHere => "clause moved",
            Fate::Kept | Fate::MovedAway => "clause",
        };
        // The anchor of what is gone must not be taken for one of the text.
        let was = if part.new.is_none() { "was:" } else { "" };
        self.writer.open(
            &format!("<section class=\"{class}\" id=\"{was}"),
            &section.heading.anchor,
        );
        self.writer.out.push('\n');
        if part.new.is_some() && matches!(part.detail, Detail::Whole) {
            self.whole_section(part, section, level);
        } else {
            self.section(part, level);
        }
        self.writer.out.push_str("</section>\n");
    }

    /// A section whose words are as they were, here or elsewhere.
    fn whole_section(&mut self, part: &Part, section: &Section<'_>, level: usize) {
        self.writer.heading(section, level.min(DEEPEST_HEADING));
        self.remarks(part);
        let inside = |this: &mut Self| {
            this.writer.blocks(&section.blocks);
            this.writer.sections(&section.sections, level + 1);
        };
        let mut children = part
            .new
            .into_iter()
            .flat_map(|id| self.redline.new.children(id).skip(1));
        let words = children.next().map(|id| preview(self.redline.new, id));
        let letters = part.new.map_or(0, |id| self.redline.new.words(id).len());
        match words.filter(|_| letters >= FEWEST_TO_FOLD) {
            Some(words) => self.fold(&words, inside),
            None => inside(self),
        }
    }

    fn heading(&mut self, around: &Part, part: &Part, level: usize) {
        let level = level.min(DEEPEST_HEADING);
        let Some(section) =
            section(self.redline.new, around.new).or(section(self.redline.old, around.old))
        else {
            return self.title(part);
        };
        match &part.detail {
            Detail::Words(words) => {
                let runs = self.redline.runs(words);
                let _ = write!(self.writer.out, "<h{level}>");
                self.writer.aliases(&section.heading);
                self.number(section);
                self.writer.runs(self.redline, &runs);
                self.writer.permalink(&section.heading);
                let _ = writeln!(self.writer.out, "</h{level}>");
            }
            _ => self.writer.heading(section, level),
        }
    }

    fn number(&mut self, section: &Section<'_>) {
        if let Some(number) = &section.number {
            let _ = write!(self.writer.out, "<span class=\"number\">{number}</span> ");
        }
    }

    /// The title of the text, where it changed: the page's heading is the theme's.
    fn title(&mut self, part: &Part) {
        if let Detail::Words(words) = &part.detail {
            let runs = self.redline.runs(words);
            self.paragraph("<p class=\"retitled\">", &runs, "</p>\n");
        }
    }

    pub(super) fn paragraph(&mut self, open: &str, runs: &[Run], close: &str) {
        self.writer.out.push_str(open);
        self.writer.runs(self.redline, runs);
        self.writer.out.push_str(close);
    }

    /// What became of a section, where that is more than its words show.
    pub(super) fn remarks(&mut self, part: &Part) {
        if part.fate == Fate::MovedHere {
            match self.redline.moved_from(part) {
                Some(from) => self.remark("moved_from", &from),
                None => self.remark("moved_here", ""),
            }
        }
        if let Some(was) = self.redline.renumbered(part) {
            self.remark("renumbered", &was);
        }
    }

    /// A line of the program's own: a sentence of the theme, with a title or number in it.
    pub(super) fn remark(&mut self, key: &str, of: &str) {
        self.writer.out.push_str("<p class=\"remark\">");
        self.sentence(key, of);
        self.writer.out.push_str("</p>\n");
    }

    fn sentence(&mut self, key: &str, of: &str) {
        let words = self.writer.strings.get(key).replace("{title}", of);
        push(&mut self.writer.out, &words);
    }

    /// Where something moved from here is now.
    pub(super) fn moved_away(&mut self, part: &Part) {
        self.writer.out.push_str("<p class=\"remark\">");
        let old = self.redline.old;
        let words = part
            .old
            .map(|id| heading(old, id).unwrap_or_else(|| preview(old, id)));
        let words = words.unwrap_or_default();
        let target = part
            .new
            .and_then(|id| self.anchor_around(id))
            .filter(|_| !self.writer.gone);
        if let Some(anchor) = &target {
            self.writer.out.push_str("<a href=\"#");
            push_href(&mut self.writer.out, anchor);
            self.writer.out.push_str("\">");
        }
        match self.redline.moved_to(part) {
            Some(place) => {
                let sentence = self.writer.strings.get("moved_to");
                let said = sentence
                    .replace("{place}", &place)
                    .replace("{title}", &words);
                push(&mut self.writer.out, &said);
            }
            None => self.sentence("moved_away", &words),
        }
        let end = if target.is_some() {
            "</a></p>\n"
        } else {
            "</p>\n"
        };
        self.writer.out.push_str(end);
    }

    /// The anchor of the section of the new text in which a node stands.
    fn anchor_around(&self, id: NodeId) -> Option<String> {
        let mut next = Some(id);
        while let Some(id) = next {
            if let Some(section) = section(self.redline.new, Some(id)) {
                return Some(section.heading.anchor.clone());
            }
            next = self.redline.new.parent(id);
        }
        None
    }

    /// Blocks in a row. What did not change is folded away where that spares reading.
    pub(super) fn blocks(&mut self, blocks: &[&Part]) {
        for group in self.groups(blocks) {
            let whole = |this: &mut Self| group.iter().for_each(|part| this.whole(part));
            if self.redline.is_changed(group[0]) {
                self.marked_rows(group, None);
            } else if let Some(words) = self.worth_folding(group) {
                self.fold(&words, whole);
            } else {
                whole(self);
            }
        }
    }

    /// The blocks of a section of the new text.
    fn blocks_of(&self, section: Option<NodeId>) -> Vec<NodeId> {
        let nodes = self.redline.new;
        let inside = section.into_iter().flat_map(|id| nodes.children(id));
        let is_block =
            |id: &NodeId| !matches!(nodes.source(*id), Source::Heading(_) | Source::Section(_));
        inside.filter(is_block).collect()
    }

    /// Takes a block that did not change from the HTML of the new text; whether it is there.
    pub(super) fn take(&mut self, part: &Part) -> bool {
        let (blocks, first) = &self.own;
        let own = part
            .new
            .filter(|_| part.is_untouched())
            .and_then(|id| blocks.binary_search(&id).ok());
        let Some((at, block)) =
            own.and_then(|own| Some((first + own, self.text.blocks.get(first + own)?)))
        else {
            return false;
        };
        self.kept.push((self.writer.out.len(), Kept::Block(at)));
        self.writer.tables = block.tables as usize;
        true
    }

    /// Blocks that changed, in a row: what was inserted or deleted together is marked together.
    fn marked_rows(&mut self, parts: &[&Part], around: Option<(&Part, usize)>) {
        let mark = |part: &&Part| Mark::of(part);
        for (at, group) in parts.chunk_by(|a, b| mark(a) == mark(b)).enumerate() {
            let begins_section = at == 0 && around.is_some();
            self.marked_blocks(mark(&group[0]), begins_section, |this| {
                group.iter().for_each(|part| this.row(part, around));
            });
        }
    }

    fn row(&mut self, part: &Part, around: Option<(&Part, usize)>) {
        match (self.redline.source(part), around) {
            (Source::Heading(_), Some((around, level))) => self.heading(around, part, level),
            _ => self.block(part),
        }
    }
}
