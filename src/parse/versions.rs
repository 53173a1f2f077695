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

fn check_correction(version: &Version, before: Option<&Version>) -> Option<Diagnostic> {
    let text = &version.original;
    let corrected_id = VersionId {
        revision: version.id.revision - 1,
        ..version.id
    };
    let Some(corrected) = before.filter(|before| before.id == corrected_id) else {
        let message = format!("there is no text that {} corrects", version.id);
        let help =
            format!("keep `{corrected_id}.md` beside it: the uncorrected text stays where it was");
        return Some(Diagnostic::new(
            &rules::CORRECTION,
            Place::file(&text.path),
            message,
            help,
        ));
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
