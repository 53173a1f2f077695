//! What changed between two versions, as the theme contract has it.

use super::contract::{
    ChangedClause, Changes, Record, Redefined, Reference, Renamed, Safe, Shared, Total,
};
use super::records::Records;
use crate::model::Language;
use crate::model::document::{TextFile, VersionId};
use crate::redline::{self, Clause, Counts, Fate};

impl Records<'_, '_> {
    /// A version that is public, with what it changed.
    pub(super) fn record_with_changes(self, path: &str, id: VersionId) -> Option<Shared> {
        let record = self.record(path, id)?;
        let language = self.language_of(path, id);
        let text = self.prepared.archive.text(path, id, language);
        let comparison = text.and_then(|text| self.prepared.comparison(text));
        let told = Record {
            changes: comparison.map(|found| self.changes(&found.changes, language)),
            ..Record::clone(&record)
        };
        Some(told.into())
    }

    /// What a version changed against the one before it; `None` for the first.
    pub(super) fn changes_of(self, text: &TextFile) -> Option<Changes> {
        let comparison = self.prepared.comparison(text)?;
        Some(self.changes(&comparison.changes, self.translation))
    }

    /// What changed in a text of a language, with the words of the page's language for what is counted.
    pub(super) fn changes(
        self,
        changes: &redline::Changes,
        language: Option<&Language>,
    ) -> Changes {
        Changes {
            any: !changes.is_none(),
            totals: self.totals(changes),
            clauses: changes
                .clauses
                .iter()
                .map(|clause| self.clause(clause, language))
                .collect(),
            renames: changes.renames.iter().map(renamed).collect(),
            redefined: changes.impacts.iter().map(redefined).collect(),
        }
    }

    fn totals(self, changes: &redline::Changes) -> Vec<Total> {
        let totals = changes.totals;
        let words = [
            ("words_inserted", totals.inserted),
            ("words_deleted", totals.deleted),
        ];
        let last = [
            ("sections_renumbered", changes.renumbered),
            ("sections_relevelled", changes.relevelled.len()),
        ];
        let all = words.into_iter().chain(beside_words(totals)).chain(last);
        let counted = all.filter(|(_, count)| *count > 0);
        let total = |(key, count)| Total {
            label: self.strings().get(key).to_owned(),
            count: number(count),
        };
        counted.map(total).collect()
    }

    /// What became of a section as a whole, and where parts of it are now; of one in which no word
    /// came or went, what else changed.
    fn what_became(self, clause: &Clause) -> Option<String> {
        let word = |key: &str| self.strings().get(key).to_owned();
        let own = match (clause.fate, &clause.moved_from) {
            _ if clause.title.is_none() => None,
            (Fate::Inserted, _) => Some(word("new_section")),
            (Fate::Deleted, _) => Some(word("removed_section")),
            (Fate::MovedHere, Some(from)) => Some(word("moved_from").replace("{title}", from)),
            (Fate::MovedHere, None) => Some(word("moved_here")),
            (Fate::Kept | Fate::MovedAway, _) => None,
        };
        let to = clause.moved_to.iter().map(|title| {
            let title = title.clone().unwrap_or_else(|| word("before_sections"));
            word("part_moved_to").replace("{title}", &title)
        });
        let mut all: Vec<String> = own.into_iter().chain(to).collect();
        if all.is_empty() && clause.counts.inserted + clause.counts.deleted == 0 {
            let counted = beside_words(clause.counts).into_iter();
            let counted = counted.filter(|(_, count)| *count > 0);
            all.extend(counted.map(|(key, count)| format!("{}\u{a0}{count}", word(key))));
        }
        (!all.is_empty()).then(|| all.join(" · "))
    }

    fn clause(self, clause: &Clause, language: Option<&Language>) -> ChangedClause {
        let word = |key: &str| self.strings().get(key).to_owned();
        let was = if clause.fate == Fate::Deleted {
            "was:"
        } else {
            ""
        };
        let (untitled, place) = if clause.footnotes {
            ("footnotes", "page:footnotes")
        } else {
            ("before_sections", "page:redline")
        };
        let anchor = clause.anchor.as_ref();
        ChangedClause {
            title: clause.title.clone().unwrap_or_else(|| word(untitled)),
            title_lang: match clause.title {
                Some(_) => self.lang(language),
                None => Safe::default(),
            },
            number: clause.number.clone(),
            anchor: anchor.map_or_else(|| place.to_owned(), |anchor| format!("{was}{anchor}")),
            what: self.what_became(clause),
            was: clause.retitled.clone(),
            inserted: number(clause.counts.inserted),
            deleted: number(clause.counts.deleted),
        }
    }
}

/// What changed beside the words that came and went: how it is called, and how much.
fn beside_words(counts: Counts) -> [(&'static str, usize); 4] {
    [
        ("parts_moved", counts.moved),
        ("terms_renamed", counts.renamed),
        ("links_changed", counts.relinked),
        ("marks_changed", counts.marks),
    ]
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn renamed(rename: &redline::Rename) -> Renamed {
    Renamed {
        old: rename.old.clone(),
        new: rename.new.clone(),
    }
}

fn redefined(impact: &redline::Impact) -> Redefined {
    let clauses = impact.clauses.iter().map(|(title, anchor)| Reference {
        title: title.clone(),
        anchor: anchor.clone(),
    });
    Redefined {
        term: impact.term.clone(),
        newly: impact.newly,
        anchor: impact.defined_in.clone(),
        clauses: clauses.collect(),
    }
}
