//! The versions of one document held against each other: corrections, and days that cannot be.

use crate::diagnostic::{Diagnostic, Place, rules};
use crate::model::document::{Version, VersionId};

/// What is wrong with the versions of a document, which come by effective date and revision.
pub(super) fn check(versions: &[Version]) -> Vec<Diagnostic> {
    let before = std::iter::once(None).chain(versions.iter().map(Some));
    let problem = |(version, before): (&Version, Option<&Version>)| {
        if version.id.revision > 1 {
            check_correction(version, before)
        } else {
            check_published(version)
        }
    };
    versions.iter().zip(before).filter_map(problem).collect()
}

fn check_published(version: &Version) -> Option<Diagnostic> {
    let (effective, text) = (version.id.effective, &version.original);
    let published = text
        .front
        .published
        .as_ref()
        .filter(|day| day.value > effective)?;
    let message = format!(
        "published on {}, after it took effect on {effective}",
        published.value
    );
    let help = "rename the file to the day from which it applies, or mend `published`";
    Some(Diagnostic::new(
        &rules::RETROACTIVE,
        published.place(&text.path),
        message,
        help,
    ))
}

/// The text that a correction corrects is not there.
pub(crate) fn corrects_nothing(version: &Version) -> Diagnostic {
    let corrected = VersionId {
        revision: version.id.revision - 1,
        ..version.id
    };
    let message = format!("there is no text that {} corrects", version.id);
    let help = format!("keep `{corrected}.md` beside it: the uncorrected text stays where it was");
    let place = Place::file(&version.original.path);
    Diagnostic::new(&rules::CORRECTION, place, message, help)
}

fn check_correction(version: &Version, before: Option<&Version>) -> Option<Diagnostic> {
    let text = &version.original;
    // Whether the one before it is the last is for the ledger to say: corrections in between can have
    // been withdrawn.
    let same_day = |before: &&Version| before.id.effective == version.id.effective;
    let Some(corrected) = before.filter(same_day) else {
        return Some(corrects_nothing(version));
    };
    let public = corrected.public(&corrected.original);
    let day = text
        .front
        .corrected
        .as_ref()
        .filter(|day| day.value < public)?;
    let message = format!(
        "corrected on {}, before the text was public on {public}",
        day.value
    );
    let help = "write the day on which the correction was published";
    Some(Diagnostic::new(
        &rules::CORRECTION,
        day.place(&text.path),
        message,
        help,
    ))
}
