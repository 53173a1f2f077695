//! Which version is in force, upcoming, superseded or corrected on a day.
//!
//! Small and pure: days in, standings out. A version counts from the day on which it is both
//! effective and public; before it is public, nobody can know it.

use crate::model::Date;
use crate::model::document::{Standing, VersionId};

/// One version, as history sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, which holds its effective date.
    pub id: VersionId,
    /// The day from which anybody can read it.
    pub public: Date,
}

impl Entry {
    /// The day from which it can apply.
    fn starts(self) -> Date {
        self.id.effective.max(self.public)
    }
}

/// The versions of a document that are public on a day.
#[derive(Clone, Debug)]
pub struct History {
    /// By effective date, corrections after what they correct.
    entries: Vec<Entry>,
    day: Date,
}

/// What a version is on a day, and what made it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub standing: Standing,
    /// The day from which it applies: its effective date, or the day it was published if that is later.
    pub from: Date,
    /// The version that corrects it or took its place, if one did.
    pub by: Option<VersionId>,
    /// The day from which it was superseded, if it was (a corrected version can be both).
    pub superseded: Option<Date>,
}

impl History {
    /// The history of a document as it is known on a day. The entries may come in any order.
    pub fn new(entries: impl IntoIterator<Item = Entry>, day: Date) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().filter(|e| e.public <= day).collect();
        entries.sort_by_key(|entry| entry.id);
        Self { entries, day }
    }

    /// The public versions, oldest first.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = VersionId> {
        self.entries.iter().map(|entry| entry.id)
    }

    /// Whether a version is public.
    pub fn contains(&self, id: VersionId) -> bool {
        self.group(id).iter().any(|entry| entry.id == id)
    }

    /// The version in force today: none before the first takes effect.
    pub fn in_force(&self) -> Option<VersionId> {
        self.in_force_on(self.day)
    }

    /// The version in force on a day, going by what is public today.
    pub fn in_force_on(&self, day: Date) -> Option<VersionId> {
        let effective = self
            .entries
            .iter()
            .rev()
            .find(|e| e.starts() <= day)?
            .id
            .effective;
        // The latest correction counts, also for days before it was made: it says what was meant.
        self.entries
            .iter()
            .rev()
            .find(|e| e.id.effective == effective)
            .map(|e| e.id)
    }

    /// The upcoming versions, next first, without those that were corrected.
    pub fn upcoming(&self) -> impl Iterator<Item = VersionId> {
        // What is public is upcoming only before its effective date.
        let later = self.since(|effective| effective > self.day).iter();
        later.map(|entry| entry.id).filter(|id| {
            self.standing(*id)
                .is_some_and(|p| p.standing == Standing::Upcoming)
        })
    }

    /// The effective date of the first version.
    pub fn first_day(&self) -> Option<Date> {
        self.entries.first().map(|entry| entry.id.effective)
    }

    /// The version before one, and the one after.
    pub fn neighbours(&self, id: VersionId) -> (Option<VersionId>, Option<VersionId>) {
        let after = self.entries.partition_point(|entry| entry.id <= id);
        (
            self.before(id).next_back(),
            self.entries.get(after).map(|entry| entry.id),
        )
    }

    /// The versions before one, oldest first.
    pub fn before(&self, id: VersionId) -> impl DoubleEndedIterator<Item = VersionId> {
        let end = self.entries.partition_point(|entry| entry.id < id);
        self.entries[..end].iter().map(|entry| entry.id)
    }

    /// The first correction of a version; it can be a correction itself.
    pub fn first_correction(&self, id: VersionId) -> Option<VersionId> {
        let mut group = self.group(id).iter().map(|entry| entry.id);
        group.find(|other| *other > id)
    }

    /// What a version is today; `None` when it is not public.
    pub fn standing(&self, id: VersionId) -> Option<Place> {
        let group = self.group(id);
        let entry = group.iter().find(|entry| entry.id == id)?;
        let from = group.iter().map(|entry| entry.starts()).min()?;
        let successor = self.successor(id, from);
        let superseded = successor.map(|(day, _)| day);
        let correction = group.last().map(|last| last.id).filter(|last| *last > id);
        let (standing, by) = match (correction, successor) {
            (Some(correction), _) => (Standing::Corrected, Some(correction)),
            (None, Some((_, by))) => (Standing::Superseded, Some(by)),
            (None, None) if entry.starts() > self.day => (Standing::Upcoming, None),
            (None, None) => (Standing::InForce, None),
        };
        Some(Place {
            standing,
            from,
            by,
            superseded,
        })
    }

    /// A version with its corrections, or a correction with what it corrects. Any text of it can
    /// apply from the first day on which one could: a correction mends what applied since then.
    fn group(&self, id: VersionId) -> &[Entry] {
        let rest = self.since(|effective| effective >= id.effective);
        let end = rest.partition_point(|entry| entry.id.effective == id.effective);
        &rest[..end]
    }

    /// The entries from the first effective date on of which something is true.
    fn since(&self, is_reached: impl Fn(Date) -> bool) -> &[Entry] {
        let first = |entry: &Entry| !is_reached(entry.id.effective);
        &self.entries[self.entries.partition_point(first)..]
    }

    /// The version of a later effective date that took a version's place, and since when.
    fn successor(&self, id: VersionId, starts: Date) -> Option<(Date, VersionId)> {
        let mut found: Option<(Date, VersionId)> = None;
        for entry in self.since(|effective| effective > id.effective) {
            // No version applies before its effective date: none from here on is earlier.
            if found.map_or(self.day, |(day, _)| day) < entry.id.effective {
                break;
            }
            let next = (entry.starts().max(starts), entry.id);
            if next.0 <= self.day && found.is_none_or(|found| next < found) {
                found = Some(next);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn entry(effective: &str, revision: u32, public: &str) -> Entry {
        Entry {
            id: VersionId {
                effective: day(effective),
                revision,
            },
            public: day(public),
        }
    }

    fn sample() -> Vec<Entry> {
        vec![
            entry("2021-03-15", 1, "2021-03-01"),
            entry("2022-12-22", 1, "2022-11-30"),
            entry("2022-12-22", 2, "2023-01-10"),
        ]
    }

    fn standing(history: &History, id: Entry) -> Option<Standing> {
        history.standing(id.id).map(|place| place.standing)
    }

    #[test]
    fn before_the_first_version_there_is_no_record() {
        let history = History::new(sample(), day("2021-02-01"));
        assert_eq!(history.in_force(), None);
        assert_eq!(history.first_day(), None);
        let history = History::new(sample(), day("2021-03-02"));
        assert_eq!(history.in_force(), None);
        assert_eq!(history.first_day(), Some(day("2021-03-15")));
        assert_eq!(standing(&history, sample()[0]), Some(Standing::Upcoming));
    }

    #[test]
    fn a_version_is_absent_then_upcoming_then_in_force_then_corrected() {
        let second = sample()[1];
        let on = |text| standing(&History::new(sample(), day(text)), second);
        assert_eq!(on("2022-11-29"), None);
        assert_eq!(on("2022-11-30"), Some(Standing::Upcoming));
        assert_eq!(on("2022-12-22"), Some(Standing::InForce));
        assert_eq!(on("2023-01-10"), Some(Standing::Corrected));
    }

    #[test]
    fn a_superseded_version_says_since_when_and_by_what() {
        let history = History::new(sample(), day("2024-01-01"));
        let place = history.standing(sample()[0].id).unwrap();
        assert_eq!(place.standing, Standing::Superseded);
        assert_eq!(place.superseded, Some(day("2022-12-22")));
        assert_eq!(history.in_force(), Some(sample()[2].id));
        assert_eq!(
            history.neighbours(sample()[1].id),
            (Some(sample()[0].id), Some(sample()[2].id))
        );
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (0i64..2000).prop_map(|n| {
            day("2020-01-01")
                .checked_add(jiff::Span::new().days(n))
                .unwrap()
        })
    }

    /// Versions published at most 60 days before they take effect, some corrected later.
    fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
        let version = (
            any_day(),
            0i64..60,
            proptest::collection::vec(0i64..400, 0..3),
        );
        proptest::collection::vec(version, 1..8).prop_map(|versions| {
            let mut entries: Vec<Entry> = Vec::new();
            for (effective, ahead, corrections) in versions {
                let published = effective
                    .checked_sub(jiff::Span::new().days(ahead))
                    .unwrap();
                let mut public = published;
                entries.retain(|e| e.id.effective != effective);
                entries.push(Entry {
                    id: VersionId {
                        effective,
                        revision: 1,
                    },
                    public,
                });
                for (index, later) in corrections.into_iter().enumerate() {
                    public = public.checked_add(jiff::Span::new().days(later)).unwrap();
                    let revision = u32::try_from(index).unwrap() + 2;
                    entries.push(Entry {
                        id: VersionId {
                            effective,
                            revision,
                        },
                        public,
                    });
                }
            }
            entries
        })
    }

    proptest! {
        #[test]
        fn from_the_first_effective_day_exactly_one_version_is_in_force(entries in any_entries(), today in any_day()) {
            let first = entries.iter().map(|e| e.id.effective).min().unwrap();
            let history = History::new(entries, today);
            let in_force: Vec<VersionId> = history
                .ids()
                .filter(|id| history.standing(*id).is_some_and(|p| p.standing == Standing::InForce))
                .collect();
            prop_assert_eq!(in_force.len(), usize::from(today >= first));
            prop_assert_eq!(in_force.first().copied(), history.in_force());
        }

        #[test]
        fn what_is_in_force_has_the_latest_effective_date_and_its_latest_correction(entries in any_entries(), today in any_day()) {
            let expected = entries
                .iter()
                .filter(|e| e.public <= today && e.id.effective <= today)
                .map(|e| e.id)
                .max();
            prop_assert_eq!(History::new(entries, today).in_force(), expected);
        }

        #[test]
        fn a_correction_does_not_move_the_day_of_superseding(entries in any_entries(), today in any_day()) {
            let history = History::new(entries, today);
            for id in history.ids() {
                let first = VersionId { revision: 1, ..id };
                let superseded = |id| history.standing(id).and_then(|place| place.superseded);
                prop_assert_eq!(superseded(id), superseded(first));
            }
        }

        #[test]
        fn the_order_of_entries_does_not_matter(entries in any_entries(), today in any_day()) {
            let mut reversed = entries.clone();
            reversed.reverse();
            let (a, b) = (History::new(entries.clone(), today), History::new(reversed, today));
            for entry in entries {
                prop_assert_eq!(a.standing(entry.id), b.standing(entry.id));
            }
        }

        #[test]
        fn standings_only_move_forward(entries in any_entries(), today in any_day(), later in 1i64..800) {
            let then = today.checked_add(jiff::Span::new().days(later)).unwrap();
            let (now, then) = (History::new(entries.clone(), today), History::new(entries.clone(), then));
            let rank = |place: Option<Place>| match place.map(|p| p.standing) {
                None => 0,
                Some(Standing::Upcoming) => 1,
                Some(Standing::InForce) => 2,
                Some(Standing::Superseded) => 3,
                Some(Standing::Corrected) => 4,
            };
            for entry in entries {
                prop_assert!(rank(now.standing(entry.id)) <= rank(then.standing(entry.id)));
            }
        }
    }
}
