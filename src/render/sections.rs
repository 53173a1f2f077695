//! Sections through the versions, as the theme contract has them.

use super::contract::{SectionChange, SectionHistory, VersionRange};
use super::records::Records;
use crate::model::document::VersionId;
use crate::sections::{Change, History, Kind};

impl Records<'_, '_> {
    /// The sections of a document in the language of the page.
    pub(super) fn sections(self, path: &str) -> Vec<SectionHistory> {
        let all = self.prepared.sections(path, self.translation);
        all.iter()
            .map(|history| self.section(path, history))
            .collect()
    }

    fn section(self, path: &str, history: &History<'_>) -> SectionHistory {
        let change = |change: &Option<Change>| {
            let change = change.as_ref()?;
            Some(self.section_change(path, change))
        };
        let range = |(first, last): &(VersionId, VersionId)| VersionRange {
            first: first.to_string(),
            last: (first != last).then(|| last.to_string()),
        };
        SectionHistory {
            title: history.section.heading.to_owned(),
            number: history.section.number.map(str::to_owned),
            anchor: history.section.anchor().to_owned(),
            address: self.href(&history.address(path, self.translation)),
            place: history.place.name(),
            versions: history.versions.iter().map(range).collect(),
            changed: change(&history.changed),
            coming: change(&history.coming),
        }
    }

    fn section_change(self, path: &str, change: &Change) -> SectionChange {
        let what = match change.kind {
            Kind::New => Some("new_section"),
            Kind::Removed => Some("removed_section"),
            Kind::First | Kind::Changed => None,
        };
        SectionChange {
            version: change.version.to_string(),
            address: self.href(&change.address(path, self.translation)),
            what: what.map(|key| self.strings().get(key).to_owned()),
        }
    }
}
