//! Finding the site that a command is about, the day, and how strict to be.

use std::path::{Path, PathBuf};

use engross::diagnostic::Diagnostic;
use engross::disk;
use engross::model::Date;
use engross::parse::Site;
use engross::plan::Plan;
use engross::tree::SourceTree;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::CannotRun;
use super::arguments::{Arguments, View};

/// The folder of the site: the one named, or the nearest upwards.
pub(super) fn root(arguments: &Arguments) -> Result<PathBuf, CannotRun> {
    if let Some(root) = &arguments.root {
        let missing = || CannotRun(format!("there is no folder {}", root.display()));
        return root.is_dir().then(|| root.clone()).ok_or_else(missing);
    }
    let here = std::env::current_dir()
        .map_err(|error| CannotRun(format!("cannot see the current folder: {error}")))?;
    disk::find_root(&here).ok_or_else(|| {
        let here = here.display();
        CannotRun(format!(
            "there is no engross.toml in {here} or above it; name the site's folder with --root"
        ))
    })
}

/// Reads the sources of a site.
pub(super) fn read(root: &Path) -> Result<SourceTree, CannotRun> {
    disk::read(root).map_err(|error| CannotRun(format!("cannot read {}: {error}", root.display())))
}

/// Writes new files, all or none: where one cannot be written, those before it go again.
pub(super) fn create(
    root: &Path,
    files: &[(impl AsRef<str>, impl AsRef<[u8]>)],
) -> Result<(), CannotRun> {
    for (at, (path, bytes)) in files.iter().enumerate() {
        if let Err(failure) = disk::create(root, path.as_ref(), bytes.as_ref()) {
            for (path, _) in &files[..at] {
                let _ = disk::remove(root, path.as_ref());
            }
            return Err(failure.into());
        }
    }
    Ok(())
}

/// Sets what the arguments say against the configuration.
pub(super) fn apply(view: &View, site: &mut Site<'_>) {
    if let Some(base_url) = &view.base_url {
        site.set_base_url(base_url.clone());
    }
}

/// The day that is meant: the one named, or today in the site's time zone.
pub(super) fn day(view: &View, site: &Site<'_>) -> Date {
    view.as_of.unwrap_or_else(|| today(site))
}

/// Today in the site's time zone.
pub(super) fn today(site: &Site<'_>) -> Date {
    today_in(&site.config.time_zone)
}

/// Today in a time zone.
pub(super) fn today_in(zone: &str) -> Date {
    // An unknown time zone is an error of the sources, which stops the command later.
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::now().to_zoned(zone).date()
}

/// The milliseconds since 1970.
pub(super) fn milliseconds() -> u64 {
    u64::try_from(Timestamp::now().as_millisecond()).unwrap_or_default()
}

/// The published texts that are not sealed, where that is an error: if it is asked for, and in
/// continuous integration once the site has a ledger.
pub(super) fn unsealed(locked: bool, plan: &Plan<'_>) -> Vec<Diagnostic> {
    let prepared = plan.prepared();
    if locked || (prepared.sealed.exists && in_continuous_integration()) {
        prepared.check_sealed()
    } else {
        Vec::new()
    }
}

/// Whether `CI` is set, as services of continuous integration set it.
fn in_continuous_integration() -> bool {
    std::env::var_os("CI")
        .is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}
