//! What changed, in short: counts, and the sections that are not as they were. It outlives the texts.

use super::number::{differ_by_marks, without_number};
use super::remarks::Place;
use super::renames::Rename;
use super::terms::Impact;
use super::{Detail, Fate, Look, NodeId, Nodes, Part, Redline, Run, Source, Token, Word};
use crate::model::text::{Section, plain};

/// How much changed, in words and parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words that are new.
    pub inserted: usize,
    /// Words that are gone.
    pub deleted: usize,
    /// Sections and blocks that stand elsewhere.
    pub moved: usize,
    /// Places in which a term has another name.
    pub renamed: usize,
    /// Links that lead elsewhere.
    pub relinked: usize,
    /// Places in which no word changed, but punctuation or a reference to a footnote.
    pub marks: usize,
}

impl Counts {
    /// Whether nothing changed.
    pub fn is_zero(self) -> bool {
        self == Self::default()
    }

    fn add(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.deleted += other.deleted;
        self.moved += other.moved;
        self.renamed += other.renamed;
        self.relinked += other.relinked;
        self.marks += other.marks;
    }
}

/// A section that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its heading; `None` for what stands before the first section and for the footnotes.
    pub title: Option<String>,
    /// Whether it stands for the footnotes.
    pub footnotes: bool,
    /// Its number.
    pub number: Option<String>,
    /// Where it is found in the new text, or in the old one if it is gone.
    pub anchor: Option<String>,
    /// What became of it.
    pub fate: Fate,
    /// The heading that it had.
    pub retitled: Option<String>,
    /// The number that it had.
    pub renumbered: Option<String>,
    /// The heading of the section that it stood in, if it moved out of one.
    pub moved_from: Option<String>,
    /// The headings of the sections that blocks of it moved to; `None` for what stands before the
    /// first section.
    pub moved_to: Vec<Option<String>>,
    /// How much changed in it, without the sections inside that are told of themselves.
    pub counts: Counts,
}

/// What changed between two texts, in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// How much changed in all.
    pub totals: Counts,
    /// The sections that changed, in the order of the redline.
    pub clauses: Vec<Clause>,
    /// How many sections have another number and are the same otherwise.
    pub renumbered: usize,
    /// The headings of the sections that stand at another level, but for those that went with the
    /// one around them.
    pub relevelled: Vec<String>,
    /// The terms that have another name throughout.
    pub renames: Vec<Rename>,
    /// The terms that mean something else now, and who uses them.
    pub impacts: Vec<Impact>,
}

impl Changes {
    /// Whether the two texts say the same.
    pub fn is_none(&self) -> bool {
        self.totals.is_zero() && self.clauses.is_empty()
    }
}

impl Redline<'_, '_> {
    /// The title of the new text, if it says one.
    pub fn title(&self) -> Option<String> {
        match self.new.source(Nodes::ROOT) {
            Source::Text(text) => Some(plain(&text.title.as_ref()?.inlines)),
            _ => None,
        }
    }

    /// What changed, in short.
    pub fn changes(&self) -> Changes {
        let mut changes = Changes {
            renames: self.renames().to_vec(),
            impacts: self.impacts(),
            ..Changes::default()
        };
        self.add_section(&self.root, 0, &mut changes);
        for clause in &changes.clauses {
            changes.totals.add(clause.counts);
        }
        changes
    }

    /// Adds a section that stands in one which stands so much deeper than it did.
    fn add_section(&self, part: &Part, around: isize, changes: &mut Changes) {
        let deeper = self.deeper(part);
        if part.fate == Fate::Kept && deeper != around {
            changes.relevelled.extend(self.named(part));
        }
        if part.is_untouched() {
            changes.renumbered += usize::from(self.renumbered(part).is_some());
            return;
        }
        let mut clause = self.clause(part);
        let at = changes.clauses.len();
        let mut is_told = part.fate != Fate::Kept;
        if part.fate == Fate::MovedAway {
            return;
        }
        if let Detail::Parts(parts) = &part.detail {
            let (sections, own): (Vec<&Part>, Vec<&Part>) =
                parts.iter().partition(|part| self.is_section(part));
            let (notes, own): (Vec<&Part>, Vec<&Part>) =
                own.into_iter().partition(|part| self.is_footnotes(part));
            for part in own {
                clause.counts.add(self.counts(part));
                self.add_moved_to(part, &mut clause.moved_to);
                is_told |= self.is_changed(part);
            }
            for inner in sections {
                if inner.fate == part.fate && matches!(part.fate, Fate::Inserted | Fate::Deleted) {
                    self.add_inner(inner, &mut clause, changes);
                } else {
                    self.add_section(inner, deeper, changes);
                }
            }
            notes
                .iter()
                .for_each(|part| self.add_footnotes(part, changes));
        }
        clause.counts.moved += usize::from(part.fate == Fate::MovedHere);
        if is_told {
            changes.clauses.insert(at, clause);
        } else if clause.renumbered.is_some() {
            changes.renumbered += 1;
        }
    }

    /// Where the blocks stand now that left the section of a part.
    fn add_moved_to(&self, part: &Part, places: &mut Vec<Option<String>>) {
        match (&part.detail, part.fate) {
            (_, Fate::MovedAway) => {
                let place = match self.elsewhere(part) {
                    Place::Same => return,
                    Place::Outside => None,
                    Place::Section(title) => Some(title),
                };
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            (Detail::Parts(parts), _) => {
                parts
                    .iter()
                    .for_each(|part| self.add_moved_to(part, places));
            }
            _ => {}
        }
    }

    fn is_footnotes(&self, part: &Part) -> bool {
        matches!(self.source(part), Source::Footnotes)
    }

    fn add_footnotes(&self, part: &Part, changes: &mut Changes) {
        let counts = self.counts(part);
        if !counts.is_zero() {
            changes.clauses.push(Clause {
                footnotes: true,
                counts,
                ..self.clause(part)
            });
        }
    }

    /// A section that came or went with the one around it: its words are that one's.
    fn add_inner(&self, part: &Part, around: &mut Clause, changes: &mut Changes) {
        let Detail::Parts(parts) = &part.detail else {
            return;
        };
        for inner in parts {
            if !self.is_section(inner) {
                around.counts.add(self.counts(inner));
            } else if inner.fate == part.fate {
                self.add_inner(inner, around, changes);
            } else {
                self.add_section(inner, 0, changes);
            }
        }
    }

    fn clause(&self, part: &Part) -> Clause {
        let (old, new) = (section(self.old, part.old), section(self.new, part.new));
        let title = |nodes: &Nodes<'_>, id: Option<NodeId>| heading(nodes, id?);
        let (before, after) = (title(self.old, part.old), title(self.new, part.new));
        let here = new.or(old).filter(|_| part.new.is_none() || new.is_some());
        let said = |nodes, id: Option<NodeId>| Some(without_number(heading_words(nodes, id?)?).1);
        let (was, is) = (said(self.old, part.old), said(self.new, part.new));
        let same = was == is
            || was
                .zip(is)
                .is_some_and(|(was, is)| differ_by_marks(was, is));
        let retitled = before.as_deref().filter(|_| !same && after.is_some());
        Clause {
            retitled: retitled.map(|was| without_number(was).1.to_owned()),
            renumbered: self.renumbered(part),
            title: after.or(before),
            footnotes: false,
            number: self.number(part),
            anchor: here.map(|section| section.heading.anchor.clone()),
            fate: part.fate,
            moved_from: self.moved_from(part),
            moved_to: Vec::new(),
            counts: Counts::default(),
        }
    }

    /// The heading of the section that a part moved out of, where it stands in another one now.
    pub fn moved_from(&self, part: &Part) -> Option<String> {
        match self.elsewhere(part) {
            Place::Section(title) if part.fate == Fate::MovedHere => Some(title),
            _ => None,
        }
    }

    /// The heading of the section that a part moved to, where it stood in another one.
    pub fn moved_to(&self, part: &Part) -> Option<String> {
        match self.elsewhere(part) {
            Place::Section(title) if part.fate == Fate::MovedAway => Some(title),
            _ => None,
        }
    }

    /// The number of a section, as it is now; of one that is gone, as it was.
    pub(super) fn number(&self, part: &Part) -> Option<String> {
        let section = match part.new {
            Some(_) => section(self.new, part.new),
            None => section(self.old, part.old),
        };
        section?.number.clone()
    }

    /// The heading of a section of the new text, with its number.
    pub(super) fn named(&self, part: &Part) -> Option<String> {
        let title = heading(self.new, part.new?)?;
        Some(match self.number(part) {
            Some(number) => format!("{number} {title}"),
            None => title,
        })
    }

    /// How much deeper a section stands than it did.
    fn deeper(&self, part: &Part) -> isize {
        let depths = part.old.zip(part.new);
        let depths = depths.map(|(old, new)| (self.old.depth(old), self.new.depth(new)));
        depths.map_or(0, |(old, new)| new.cast_signed() - old.cast_signed())
    }

    /// How deep a section stands: in the new text, or else in what it is told in.
    pub fn depth(&self, part: &Part, told: usize) -> usize {
        part.new.map_or(told, |id| self.new.depth(id))
    }

    /// Whether a part is a section.
    pub fn is_section(&self, part: &Part) -> bool {
        section(self.new, part.new)
            .or(section(self.old, part.old))
            .is_some()
    }

    /// How much changed in a part.
    pub(super) fn counts(&self, part: &Part) -> Counts {
        let mut counts = Counts::default();
        match (&part.detail, part.fate) {
            (Detail::Whole, Fate::Deleted) => counts.deleted = words(self.old, part.old),
            (Detail::Whole, Fate::Inserted) => counts.inserted = words(self.new, part.new),
            (Detail::Whole, _) => {}
            (Detail::Words(words), _) => counts = self.counts_of(words),
            (Detail::Parts(parts), _) => {
                parts.iter().for_each(|part| counts.add(self.counts(part)));
            }
            (Detail::Reflowed { lines, .. }, _) => lines
                .iter()
                .for_each(|(_, words)| counts.add(self.counts_of(words))),
        }
        counts.moved += usize::from(part.fate == Fate::MovedHere);
        counts
    }

    fn counts_of(&self, words: &[Word]) -> Counts {
        let said = |nodes: &Nodes<'_>, tokens: &[Token]| {
            let counts = tokens.iter().map(|token| nodes.word_count(*token));
            counts.sum::<usize>()
        };
        let is_edit = |run: &Run| matches!(run.look, Look::Inserted | Look::Deleted);
        let mut all = Counts::default();
        for edit in self.runs(words).chunk_by(|a, b| is_edit(a) && is_edit(b)) {
            let mut counts = Counts::default();
            for run in edit {
                match run.look {
                    Look::Kept => {}
                    Look::Inserted => counts.inserted += said(self.new, &run.new),
                    Look::Deleted => counts.deleted += said(self.old, &run.old),
                    Look::Renamed => counts.renamed += 1,
                    Look::Relinked => counts.relinked += 1,
                }
            }
            counts.marks = usize::from(is_edit(&edit[0]) && counts.is_zero());
            all.add(counts);
        }
        all
    }

    /// Whether anything in a part is not as it was, the numbers of sections aside.
    #[expect(
        clippy::self_only_used_in_recursion,
        reason = "it is a question about the redline, like all others"
    )]
    pub fn is_changed(&self, part: &Part) -> bool {
        match (&part.detail, part.fate) {
            (Detail::Parts(parts), Fate::Kept) => parts.iter().any(|part| self.is_changed(part)),
            _ => !part.is_untouched(),
        }
    }
}

fn words(nodes: &Nodes<'_>, id: Option<NodeId>) -> usize {
    let leaves = id.into_iter().flat_map(|id| nodes.leaves(id));
    leaves
        .flat_map(|leaf| nodes.tokens(leaf))
        .map(|token| nodes.word_count(token))
        .sum()
}

/// The section that a node is.
pub fn section<'t>(nodes: &Nodes<'t>, id: Option<NodeId>) -> Option<&'t Section<'t>> {
    match nodes.source(id?) {
        Source::Section(section) => Some(section),
        _ => None,
    }
}

/// What a section is called: its heading, or else its first words.
pub fn heading(nodes: &Nodes<'_>, id: NodeId) -> Option<String> {
    const MOST: usize = 7;
    let words = heading_words(nodes, id)?;
    if !words.trim().is_empty() {
        return Some(words.to_owned());
    }
    let mut all = nodes.words(id).split_whitespace();
    let first: Vec<&str> = all.by_ref().take(MOST).collect();
    let more = if all.next().is_some() { " …" } else { "" };
    let anchor = &section(nodes, Some(id))?.heading.anchor;
    Some(match first.join(" ") {
        none if none.is_empty() => format!("#{anchor}"),
        first => format!("({first}{more})"),
    })
}

/// The words of a section's heading.
pub(super) fn heading_words<'n>(nodes: &'n Nodes<'_>, id: NodeId) -> Option<&'n str> {
    section(nodes, Some(id))?;
    Some(nodes.words(nodes.children(id).next()?))
}
