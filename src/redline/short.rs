//! What changed, in short, as JSON: the same of a redline and of a version in a history.
//!
//! A field that is here never goes away within a major version; new ones may come.

use serde::{Serialize, Serializer};

use super::{Changes, Clause, Counts, Fate, Impact};

#[derive(Serialize)]
struct Short<'a> {
    totals: Counted,
    sections: Vec<Changed<'a>>,
    renumbered: usize,
    relevelled: &'a [String],
    renames: Vec<Renamed<'a>>,
    redefined: Vec<Redefined<'a>>,
}

#[derive(Serialize)]
struct Counted {
    inserted: usize,
    deleted: usize,
    moved: usize,
    renamed: usize,
    relinked: usize,
    marks: usize,
}

#[derive(Serialize)]
struct Changed<'a> {
    heading: Option<&'a str>,
    number: Option<&'a str>,
    anchor: Option<&'a str>,
    fate: &'static str,
    renamed_from: Option<&'a str>,
    renumbered_from: Option<&'a str>,
    moved_from: Option<&'a str>,
    moved_to: Vec<Option<&'a str>>,
    counts: Counted,
}

#[derive(Serialize)]
struct Renamed<'a> {
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct Redefined<'a> {
    term: &'a str,
    newly_defined: bool,
    anchor: Option<&'a str>,
    used_in: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    heading: &'a str,
    anchor: &'a str,
}

impl Serialize for Changes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let renames = self.renames.iter().map(|rename| Renamed {
            old: &rename.old,
            new: &rename.new,
        });
        let short = Short {
            totals: counted(self.totals),
            sections: self.clauses.iter().map(changed).collect(),
            renumbered: self.renumbered,
            relevelled: &self.relevelled,
            renames: renames.collect(),
            redefined: self.impacts.iter().map(redefined).collect(),
        };
        short.serialize(serializer)
    }
}

fn counted(counts: Counts) -> Counted {
    Counted {
        inserted: counts.inserted,
        deleted: counts.deleted,
        moved: counts.moved,
        renamed: counts.renamed,
        relinked: counts.relinked,
        marks: counts.marks,
    }
}

fn changed(clause: &Clause) -> Changed<'_> {
    Changed {
        heading: clause.title.as_deref(),
        number: clause.number.as_deref(),
        anchor: clause.anchor.as_deref(),
        fate: name(clause.fate),
        renamed_from: clause.retitled.as_deref(),
        renumbered_from: clause.renumbered.as_deref(),
        moved_from: clause.moved_from.as_deref(),
        moved_to: clause.moved_to.iter().map(Option::as_deref).collect(),
        counts: counted(clause.counts),
    }
}

fn redefined(impact: &Impact) -> Redefined<'_> {
    let used_in = impact.clauses.iter();
    Redefined {
        term: &impact.term,
        newly_defined: impact.newly,
        anchor: impact.defined_in.as_deref(),
        used_in: used_in
            .map(|(heading, anchor)| Named { heading, anchor })
            .collect(),
    }
}

/// The name of a fate.
pub(super) fn name(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "kept",
        Fate::Inserted => "inserted",
        Fate::Deleted => "deleted",
        Fate::MovedHere => "moved-here",
        Fate::MovedAway => "moved-away",
    }
}
