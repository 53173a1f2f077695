//! Tables against tables: columns first, then rows, then cells.

use super::compare::Comparer;
use super::moves::whole_print;
use super::nodes::{NodeId, Nodes};
use super::{Detail, Fate, Part, sequence};

/// The columns of two tables side by side, by their places.
type Columns = Vec<(Option<usize>, Option<usize>)>;

/// Longer tables are lists of records, whose rows are known by all that they say.
const MOST_NAMED: usize = 500;

impl Comparer<'_, '_, '_> {
    /// The rows of two tables. Where a column came or went, every row has a cell for it, so that the
    /// table stays one.
    pub(super) fn tables(&self, old: NodeId, new: NodeId) -> Vec<Part> {
        let old: Vec<NodeId> = self.old.nodes.children(old).collect();
        let new: Vec<NodeId> = self.new.nodes.children(new).collect();
        let ([old_header, old_rows @ ..], [new_header, new_rows @ ..]) = (&old[..], &new[..])
        else {
            return self.blocks(&old, &new);
        };
        let columns = self.columns(*old_header, *new_header);
        let mut parts = vec![self.rows(Some(*old_header), Some(*new_header), &columns)];
        let same_columns = columns.iter().all(|(i, j)| i == j);
        let (mut i, mut j) = (0, 0);
        for (to_i, to_j) in self
            .named_rows(old_rows, new_rows)
            .into_iter()
            .chain([(old_rows.len(), new_rows.len())])
        {
            let between = self
                .blocks(&old_rows[i..to_i], &new_rows[j..to_j])
                .into_iter();
            parts.extend(between.map(|part| match part.fate {
                Fate::Kept if part.is_untouched() && same_columns => part,
                _ => self.rows(part.old, part.new, &columns),
            }));
            if let (Some(old), Some(new)) = (old_rows.get(to_i), new_rows.get(to_j)) {
                let same = self.old.nodes.print(*old) == self.new.nodes.print(*new);
                parts.push(if same && same_columns {
                    Part::whole(Fate::Kept, Some(*old), Some(*new))
                } else {
                    self.rows(Some(*old), Some(*new), &columns)
                });
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
        let prints = [whole_print, print_of_name];
        self.with_strays(parts, old_rows, new_rows, &prints, |old, new| {
            Some(self.rows(old, new, &columns))
        })
    }

    /// Rows with the same name in their first cell, which is one row's alone on each side: they are
    /// the same row, whatever the other cells say.
    fn named_rows(&self, old: &[NodeId], new: &[NodeId]) -> Vec<(usize, usize)> {
        let (of_old, of_new) = (names(self.old.nodes, old), names(self.new.nodes, new));
        let known =
            |names: &[(u64, usize)], name: u64| names.iter().any(|(other, _)| *other == name);
        if of_old.len() > MOST_NAMED || of_new.len() > MOST_NAMED {
            return Vec::new();
        }
        let shared = |names: &[(u64, usize)], others: &[(u64, usize)]| -> Vec<(u64, usize)> {
            let both = names.iter().filter(|(name, _)| known(others, *name));
            both.copied().collect()
        };
        let (of_old, of_new) = (shared(&of_old, &of_new), shared(&of_new, &of_old));
        let only = |names: &[(u64, usize)]| names.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let pairs = sequence::shared(&only(&of_old), &only(&of_new)).into_iter();
        pairs.map(|(i, j)| (of_old[i].1, of_new[j].1)).collect()
    }

    fn columns(&self, old: NodeId, new: NodeId) -> Columns {
        let cells = |nodes: &Nodes<'_>, row| -> Vec<u64> {
            nodes.children(row).map(|cell| nodes.print(cell)).collect()
        };
        let (old, new) = (cells(self.old.nodes, old), cells(self.new.nodes, new));
        let mut columns = Columns::new();
        let (mut i, mut j) = (0, 0);
        for (to_i, to_j) in sequence::shared(&old, &new)
            .into_iter()
            .chain([(old.len(), new.len())])
        {
            // As many columns on both sides are the same ones, renamed.
            if to_i - i == to_j - j {
                columns.extend((i..to_i).zip(j..to_j).map(|(i, j)| (Some(i), Some(j))));
            } else {
                columns.extend((i..to_i).map(|i| (Some(i), None)));
                columns.extend((j..to_j).map(|j| (None, Some(j))));
            }
            if to_i < old.len() && to_j < new.len() {
                columns.push((Some(to_i), Some(to_j)));
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
        columns
    }

    /// A row of one table or both, cell by cell.
    fn rows(&self, old: Option<NodeId>, new: Option<NodeId>, columns: &Columns) -> Part {
        let cells = |nodes: &Nodes<'_>, row: Option<NodeId>| -> Vec<NodeId> {
            row.into_iter()
                .flat_map(|row| nodes.children(row))
                .collect()
        };
        let (old_cells, new_cells) = (cells(self.old.nodes, old), cells(self.new.nodes, new));
        let cell = |(i, j): &(Option<usize>, Option<usize>)| {
            let before = i.and_then(|i| old_cells.get(i)).copied();
            let after = j.and_then(|j| new_cells.get(j)).copied();
            match (before, after) {
                (Some(before), Some(after)) => self.words(before, after),
                (before, after) => Part::one_sided(before, after)
                    .unwrap_or_else(|| Part::whole(Fate::Kept, None, None)),
            }
        };
        let fate = match (old, new) {
            (Some(_), None) => Fate::Deleted,
            (None, Some(_)) => Fate::Inserted,
            _ => Fate::Kept,
        };
        Part {
            fate,
            old,
            new,
            detail: Detail::Parts(columns.iter().map(cell).collect()),
        }
    }
}

/// The fingerprint of a row's name, or else of all that it says.
fn print_of_name(nodes: &Nodes<'_>, row: NodeId) -> u64 {
    name(nodes, row).unwrap_or(nodes.print(row))
}

/// The fingerprint of what stands in a row's first cell. A number is no name: it would count the rows.
fn name(nodes: &Nodes<'_>, row: NodeId) -> Option<u64> {
    let cell = nodes.children(row).next()?;
    let said = nodes.words(cell).chars().any(char::is_alphabetic);
    said.then(|| nodes.print(cell))
}

/// The fingerprints of the names of rows that are one row's alone, with the rows' places.
fn names(nodes: &Nodes<'_>, rows: &[NodeId]) -> Vec<(u64, usize)> {
    let named = |(at, row): (usize, &NodeId)| Some((name(nodes, *row)?, at));
    let all: Vec<(u64, usize)> = rows.iter().enumerate().filter_map(named).collect();
    let mut sorted: Vec<u64> = all.iter().map(|(name, _)| *name).collect();
    sorted.sort_unstable();
    let alone = |name: u64| {
        let first = sorted.partition_point(|other| *other < name);
        sorted.get(first + 1) != Some(&name)
    };
    all.into_iter().filter(|(name, _)| alone(*name)).collect()
}
