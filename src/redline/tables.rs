//! Tables against tables: columns first, then rows, then cells.

use super::compare::Comparer;
use super::nodes::{NodeId, Nodes};
use super::{Detail, Fate, Part, sequence};

/// The columns of two tables side by side, by their places.
type Columns = Vec<(Option<usize>, Option<usize>)>;

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
        let rows = self.blocks(old_rows, new_rows).into_iter();
        parts.extend(rows.map(|part| match part.fate {
            Fate::Kept if part.is_untouched() && columns.iter().all(|(i, j)| i == j) => part,
            _ => self.rows(part.old, part.new, &columns),
        }));
        parts
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
