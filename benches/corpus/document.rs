//! A document as it is drawn and revised: clauses of sections of blocks, before any tool's
//! Markdown is made of it.

use std::collections::BTreeSet;
use std::fmt;

use crate::random::{Random, fixed};
use crate::words;

/// Pages keep to these bounds whatever is added or removed.
const FEWEST_HEADINGS: usize = 40;
const MOST_HEADINGS: usize = 120;
const MIDDLE_HEADINGS: usize = 72;
const LEAST_BYTES: usize = 7_000;
const MOST_BYTES: usize = 37_500;

pub(crate) struct Corpus {
    pub(crate) documents: usize,
    pub(crate) versions: usize,
}

impl Corpus {
    /// The day a version takes effect, known without drawing the document, so that others can
    /// link to it. The first version of every document is of the same day: a link from an old
    /// text to another document then always finds a version that was in force.
    pub(crate) fn effective(&self, document: usize, version: usize) -> Day {
        let step = 3600 / self.versions;
        let late = if version == 0 {
            0
        } else {
            Self::jitter(document, version, step * 2 / 3)
        };
        Day(version * step + late)
    }

    /// When it was made public: up to 30 days before, but never before the version it replaces.
    pub(crate) fn published(&self, document: usize, version: usize) -> Day {
        let Day(effective) = self.effective(document, version);
        let step = 3600 / self.versions;
        if version == 0 {
            return Day(effective);
        }
        Day(effective - Self::jitter(version, document, (step / 3).min(30)))
    }

    pub(crate) fn latest(&self, document: usize) -> Day {
        self.effective(document, self.versions - 1)
    }

    fn jitter(one: usize, other: usize, bound: usize) -> usize {
        fixed((one as u64) << 32 | other as u64, bound.max(1))
    }
}

/// Days since 2016-01-01, written as a date.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Day(usize);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (mut year, mut day) = (2016, self.0);
        while day >= length_of_year(year) {
            day -= length_of_year(year);
            year += 1;
        }
        let mut month = 1;
        while day >= length_of_month(year, month) {
            day -= length_of_month(year, month);
            month += 1;
        }
        write!(f, "{year}-{month:02}-{:02}", day + 1)
    }
}

/// The Gregorian rule of the hundreds is left out: all of it lies between 2016 and 2026.
fn length_of_year(year: usize) -> usize {
    if year.is_multiple_of(4) { 366 } else { 365 }
}

fn length_of_month(year: usize, month: usize) -> usize {
    match month {
        2 => length_of_year(year) - 337,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

pub(crate) fn folder_of(document: usize) -> String {
    format!("doc-{document:03}")
}

pub(crate) fn title_of(document: usize) -> String {
    let kind = words::KINDS[document % words::KINDS.len()];
    let product = words::PRODUCTS[document / words::KINDS.len() % words::PRODUCTS.len()];
    format!("{kind} of {product} {document}")
}

/// One version at a time: `revise` turns it into the next.
pub(crate) struct Document {
    pub(crate) number: usize,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) summary: String,
    titles: BTreeSet<String>,
    notes: usize,
}

/// A section of level 2 and those below it, moved or removed as one.
pub(crate) struct Clause {
    pub(crate) sections: Vec<Section>,
    core: bool,
}

pub(crate) struct Section {
    pub(crate) level: usize,
    pub(crate) title: String,
    pub(crate) anchor: Option<String>,
    pub(crate) blocks: Vec<Block>,
}

pub(crate) enum Block {
    Paragraph(Vec<Piece>),
    List {
        ordered: bool,
        items: Vec<(String, Vec<String>)>,
    },
    Table(Vec<[String; 3]>),
}

pub(crate) enum Piece {
    Sentence(String),
    Link { words: String, target: Target },
    Note { label: usize, text: String },
}

pub(crate) enum Target {
    Anchor(&'static str),
    Document(usize),
    Clause(usize, &'static str),
    Version(usize, usize),
}

/// Where a paragraph stands, for links: to which documents and versions it may lead.
struct Place<'a> {
    corpus: &'a Corpus,
    version: usize,
}

impl Document {
    /// Draws the first version.
    pub(crate) fn draw(corpus: &Corpus, number: usize, random: &mut Random) -> Self {
        let summary = "The first version of this document.".to_owned();
        let (clauses, titles) = (Vec::new(), BTreeSet::new());
        let mut document = Self {
            number,
            clauses,
            summary,
            titles,
            notes: 0,
        };
        let headings = draw_headings(number, random);
        let bytes = (headings * random.between(190, 400)).clamp(LEAST_BYTES, MOST_BYTES);
        let place = Place { corpus, version: 0 };
        document.outline(headings, random);
        document.fill(bytes / headings, &place, random);
        document
    }

    pub(crate) fn headings(&self) -> usize {
        self.clauses
            .iter()
            .map(|clause| clause.sections.len())
            .sum()
    }

    fn outline(&mut self, headings: usize, random: &mut Random) {
        for (anchor, title) in words::CORE {
            let sections = vec![Section::new(2, title.to_owned(), Some(anchor.to_owned()))];
            self.clauses.push(Clause {
                sections,
                core: true,
            });
        }
        for _ in 0..headings / 20 {
            let sections = vec![self.section(2, random)];
            let place = random.below(self.clauses.len());
            self.clauses.insert(
                place,
                Clause {
                    sections,
                    core: false,
                },
            );
        }
        while self.headings() < headings {
            let clause = random.below(self.clauses.len());
            self.append_section(clause, random);
        }
    }

    fn fill(&mut self, budget: usize, place: &Place, random: &mut Random) {
        let mut notes = self.notes;
        for section in self
            .clauses
            .iter_mut()
            .flat_map(|clause| &mut clause.sections)
        {
            // The last block of a section runs over its budget, by a good half of it.
            let own = random.between(budget / 6, budget * 5 / 6);
            section.fill(own, place, &mut notes, random);
        }
        self.notes = notes;
    }

    /// An empty section with a title that no other has had: the ids made from titles must not
    /// collide, and one that came back later would be another section under an old address.
    fn section(&mut self, level: usize, random: &mut Random) -> Section {
        let mut title = words::heading(random);
        while !self.titles.insert(title.clone()) {
            title = words::longer_heading(&title, random);
        }
        let anchor = random
            .once_in(10)
            .then(|| format!("section-{}", self.titles.len()));
        Section::new(level, title, anchor)
    }

    fn append_section(&mut self, clause: usize, random: &mut Random) -> &mut Section {
        let last = self.clauses[clause]
            .sections
            .last()
            .map_or(2, |section| section.level);
        let level = if last > 2 && random.once_in(4) { 4 } else { 3 };
        let section = self.section(level, random);
        let sections = &mut self.clauses[clause].sections;
        sections.push(section);
        let end = sections.len() - 1;
        &mut sections[end]
    }

    /// Turns this version into the next, as lawyers do: a few sentences change, and now and then
    /// a section comes, goes or moves.
    pub(crate) fn revise(&mut self, corpus: &Corpus, version: usize, random: &mut Random) {
        let place = Place { corpus, version };
        for _ in 0..random.between(2, 6) {
            self.reword(random);
        }
        let mut changes = vec!["Some words were made clearer."];
        if random.once_in(3) && self.headings() < MOST_HEADINGS {
            self.add(&place, random);
            changes.push("A section was added.");
        }
        if random.once_in(3) && self.headings() > FEWEST_HEADINGS && self.remove(random) {
            changes.push("A section was removed.");
        }
        if random.once_in(4) {
            let clause = self.clauses.remove(random.below(self.clauses.len()));
            self.clauses
                .insert(random.below(self.clauses.len() + 1), clause);
            changes.push("A section moved.");
        }
        self.summary = changes.join(" ");
    }

    fn reword(&mut self, random: &mut Random) {
        let clause = random.below(self.clauses.len());
        let sections = &mut self.clauses[clause].sections;
        let section = random.below(sections.len());
        let blocks = &mut sections[section].blocks;
        let block = random.below(blocks.len());
        blocks[block].reword(random);
    }

    fn add(&mut self, place: &Place, random: &mut Random) {
        let clause = random.below(self.clauses.len());
        let mut notes = self.notes;
        self.append_section(clause, random)
            .fill(250, place, &mut notes, random);
        self.notes = notes;
    }

    /// Removes the last section of a clause, or a whole clause that nothing links to.
    fn remove(&mut self, random: &mut Random) -> bool {
        let place = random.below(self.clauses.len());
        let clause = &mut self.clauses[place];
        if clause.sections.len() > 1 {
            clause.sections.pop();
        } else if clause.core {
            return false;
        } else {
            self.clauses.remove(place);
        }
        true
    }
}

/// Half of the documents below the middle, half above.
fn draw_headings(number: usize, random: &mut Random) -> usize {
    if number.is_multiple_of(2) {
        random.between(FEWEST_HEADINGS + 2, MIDDLE_HEADINGS)
    } else {
        random.between(MIDDLE_HEADINGS, MOST_HEADINGS - 6)
    }
}

impl Section {
    fn new(level: usize, title: String, anchor: Option<String>) -> Self {
        Self {
            level,
            title,
            anchor,
            blocks: Vec::new(),
        }
    }

    fn fill(&mut self, budget: usize, place: &Place, notes: &mut usize, random: &mut Random) {
        let mut size = 0;
        while size < budget {
            let block = match random.below(24) {
                0 => Block::table(random),
                1 | 2 => Block::list(random),
                _ => Block::paragraph(budget - size, place, notes, random),
            };
            size += block.size();
            self.blocks.push(block);
        }
    }
}

impl Block {
    fn paragraph(most: usize, place: &Place, notes: &mut usize, random: &mut Random) -> Self {
        let mut pieces = Vec::new();
        let mut size = 0;
        let sentences = random.between(1, 4);
        while pieces.is_empty() || (pieces.len() < sentences && size < most) {
            let text = words::sentence(random);
            size += text.len();
            pieces.push(Piece::Sentence(text));
        }
        if random.once_in(6) {
            pieces.push(Piece::link(place, random));
        }
        if random.once_in(15) {
            *notes += 1;
            pieces.push(Piece::Note {
                label: *notes,
                text: words::sentence(random),
            });
        }
        Self::Paragraph(pieces)
    }

    fn list(random: &mut Random) -> Self {
        let items = (0..random.between(2, 5)).map(|_| {
            let children = if random.once_in(4) {
                random.between(1, 3)
            } else {
                0
            };
            let children = (0..children).map(|_| words::phrase(random)).collect();
            (words::phrase(random), children)
        });
        let items = items.collect();
        Self::List {
            ordered: random.once_in(2),
            items,
        }
    }

    fn table(random: &mut Random) -> Self {
        Self::Table(
            (0..random.between(2, 6))
                .map(|_| words::table_row(random))
                .collect(),
        )
    }

    /// About how many bytes of Markdown it makes.
    fn size(&self) -> usize {
        match self {
            Self::Paragraph(pieces) => pieces.iter().map(Piece::size).sum(),
            Self::List { items, .. } => items
                .iter()
                .map(|(item, below)| {
                    item.len() + 4 + below.iter().map(|one| one.len() + 6).sum::<usize>()
                })
                .sum(),
            Self::Table(rows) => {
                90 + rows
                    .iter()
                    .flatten()
                    .map(|cell| cell.len() + 3)
                    .sum::<usize>()
            }
        }
    }

    fn reword(&mut self, random: &mut Random) {
        match self {
            Self::Paragraph(pieces) => {
                let place = random.below(pieces.len());
                pieces[place].reword(random);
            }
            Self::List { items, .. } => {
                let place = random.below(items.len());
                items[place].0 = words::phrase(random);
            }
            Self::Table(rows) => {
                let place = random.below(rows.len());
                rows[place] = words::table_row(random);
            }
        }
    }
}

impl Piece {
    fn link(place: &Place, random: &mut Random) -> Self {
        let other = random.below(place.corpus.documents);
        let (anchor, title) = words::CORE[random.below(words::CORE.len())];
        let target = match random.below(10) {
            0..4 => Target::Anchor(anchor),
            4..7 => Target::Document(other),
            7..9 => Target::Clause(other, anchor),
            _ => Target::Version(other, random.below(place.version + 1)),
        };
        let words = match target {
            Target::Anchor(_) => title.to_owned(),
            Target::Document(_) => title_of(other),
            Target::Clause(..) => format!("{title} in the {}", title_of(other)),
            Target::Version(_, version) => {
                let day = place.corpus.effective(other, version);
                format!("{} of {day}", title_of(other))
            }
        };
        Self::Link { words, target }
    }

    fn size(&self) -> usize {
        match self {
            Self::Sentence(text) => text.len() + 1,
            Self::Link { words, .. } => words.len() + 30,
            Self::Note { text, .. } => text.len() + 12,
        }
    }

    /// Another sentence, or the same with one word changed; links stay what they are.
    fn reword(&mut self, random: &mut Random) {
        let (Self::Sentence(text) | Self::Note { text, .. }) = self else {
            return;
        };
        if random.once_in(2) {
            *text = words::sentence(random);
        } else if let Some(modal) = words::MODALS.iter().find(|one| text.contains(*one)) {
            *text = text.replacen(modal, random.pick(&words::MODALS), 1);
        }
    }
}
