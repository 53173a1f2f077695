//! The versions of one document held against each other: corrections, and days that cannot be.

use crate::diagnostic::{Diagnostic, Place, rules};
use crate::model::document::Version;

/// What is wrong with the versions of a document, which come by effective date and revision.
pub(super) fn check(versions: &[Version]) -> Vec<Diagnostic> {
    let mut checker = Checker {
        problems: Vec::new(),
    };
    checker.check_versions(versions);
    checker.problems
}

struct Checker {
    problems: Vec<Diagnostic>,
}

impl Checker {
    fn check_versions(&mut self, versions: &[Version]) {
        for (index, version) in versions.iter().enumerate() {
            let previous = index.checked_sub(1).map(|i| &versions[i]);
            let text = &version.original;
            if version.id.revision > 1 {
                self.check_correction(version, previous);
            } else if let Some(published) = text
                .front
                .published
                .as_ref()
                .filter(|p| p.value > version.id.effective)
            {
                let message = format!(
                    "published on {}, after it took effect on {}",
                    published.value, version.id.effective
                );
                let help = "rename the file to the day from which it applies, or mend `published`";
                let place = published.place(&text.path);
                self.problems
                    .push(Diagnostic::new(&rules::RETROACTIVE, place, message, help));
            }
        }
    }

    fn check_correction(&mut self, version: &Version, previous: Option<&Version>) {
        let id = version.id;
        let text = &version.original;
        let corrected =
            previous.filter(|p| p.id.effective == id.effective && p.id.revision + 1 == id.revision);
        let Some(corrected) = corrected else {
            let message = format!("there is no text that {id} corrects");
            let before = match id.revision - 1 {
                1 => format!("{}.md", id.effective),
                n => format!("{}.r{n}.md", id.effective),
            };
            let help =
                format!("keep `{before}` beside it: the uncorrected text stays where it was");
            let place = Place::file(&text.path);
            self.problems
                .push(Diagnostic::new(&rules::CORRECTION, place, message, help));
            return;
        };
        let public = corrected.public(&corrected.original);
        if let Some(day) = text
            .front
            .corrected
            .as_ref()
            .filter(|day| day.value < public)
        {
            let message = format!(
                "corrected on {}, before the text was public on {public}",
                day.value
            );
            let place = day.place(&text.path);
            let help = "write the day on which the correction was published";
            self.problems
                .push(Diagnostic::new(&rules::CORRECTION, place, message, help));
        }
    }
}
