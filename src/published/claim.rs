//! What a folder says of itself and nobody signs, its day and its program: how far that is believed.

use crate::ledger::Ledger;
use crate::model::Date;
use crate::sealed::CHECKPOINTS;

/// So many files are named in one message.
const SHOWN: usize = 12;

/// Why a folder that says a day is not what was published last: the ledger went on after it. `paths` are its files.
pub(super) fn too_early<'p>(
    day: Date,
    ledger: &Ledger,
    paths: impl Iterator<Item = &'p String>,
) -> Option<String> {
    let sealed_on = |size: usize| {
        let last = ledger.entries().get(size.checked_sub(1)?)?;
        Some(last.kind.day())
    };
    let carried = paths.filter_map(|path| sealed_on(size(path)?)).max();
    if let Some(carried) = carried.filter(|carried| day < *carried) {
        return Some(format!(
            "this says {day}, and the folder has a checkpoint of {carried}: it was not published then"
        ));
    }
    let newest = sealed_on(ledger.entries().len()).filter(|newest| day < *newest)?;
    Some(format!(
        "this says {day}, and the site was sealed on {newest}: it is not published as it is now"
    ))
}

/// What to say of files that are not as this program makes them, where the folder names another one; and what to do.
pub(super) fn unproved(program: &str, open: &[&str]) -> (String, String) {
    let message = format!(
        "this names {program}, another version, and these files are not as this one makes them, so that nothing proves them here: {}",
        some(open)
    );
    let help = format!(
        "verify with {program}, which can compare them, and nothing else can; or publish again: `engross build`"
    );
    (message, help)
}

/// How many entries the checkpoint at a path covers.
pub(super) fn size(path: &str) -> Option<usize> {
    let name = path.strip_prefix(CHECKPOINTS)?.strip_suffix(".txt")?;
    name.parse().ok()
}

fn some(names: &[&str]) -> String {
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more, which `--format json` names"),
    }
}
