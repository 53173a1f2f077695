//! `engross build`: sources and theme become a published folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use engross::diagnostic::{self, Diagnostic};
use engross::disk::{Failure, Folder, Published, Stage};
use engross::ledger::{Digest, digest};
use engross::model::Date;
use engross::parse::{self, Site};
use engross::plan::Plan;
use engross::tree::SourceTree;
use engross::urls::Address;
use rayon::prelude::*;

use super::arguments::{Arguments, Build};
use super::report::{self, Progress};
use super::{CannotRun, DONE, WRONG, site};

/// Builds the site and publishes it; nothing is written where there is an error.
pub(super) fn run(arguments: &Arguments, build: &Build) -> Result<u8, CannotRun> {
    let root = site::root(arguments)?;
    let out = folder(build, &root);
    // The folder is held before the sources are read: of two builds, the later one has read last.
    let folder = open(&out, &root)?;
    let sources = site::read(&root)?;
    let outcome = from_sources(build, &folder, &sources, arguments.quiet)?;
    report::problems(&outcome.problems, &sources);
    let Some((told, _)) = outcome.published else {
        report::say("nothing was written");
        return Ok(WRONG);
    };
    if !arguments.quiet {
        report::result(&format!("{}: {told}", relative(&out).display()))?;
    }
    Ok(DONE)
}

/// The folder that is written.
pub(super) fn folder(build: &Build, root: &Path) -> PathBuf {
    build.out.clone().unwrap_or_else(|| root.join("public"))
}

/// Takes the folder that is written, as soon as no other build has it.
pub(super) fn open(out: &Path, root: &Path) -> Result<Folder, CannotRun> {
    let waiting = || {
        report::say(&format!(
            "waiting for another build that writes beside {}",
            out.display()
        ));
    };
    Ok(Folder::open(out, root, waiting)?)
}

/// What a build has come to.
pub(super) struct Outcome {
    /// What is wrong, the worst first.
    pub(super) problems: Vec<Diagnostic>,
    /// What was published, in words and in numbers; nothing where there is an error.
    pub(super) published: Option<(String, Published)>,
    /// The time zone of the site, and the day that was taken for today; nothing where the
    /// configuration cannot be read.
    pub(super) day: Option<(String, Date)>,
}

/// Builds the site of a source tree.
pub(super) fn from_sources(
    build: &Build,
    folder: &Folder,
    sources: &SourceTree,
    quiet: bool,
) -> Result<Outcome, CannotRun> {
    let (parsed, mut problems) = parse::read(sources);
    problems.extend(sources.faults().iter().cloned());
    let Some(mut parsed) = parsed else {
        return Ok(refused(problems, None));
    };
    site::apply(&build.view, &mut parsed);
    let today = site::day(&build.view, &parsed);
    let day = Some((parsed.config.time_zone.clone(), today));
    let (plan, plan_problems) = Plan::new(&parsed, today);
    problems.extend(plan_problems);
    problems.extend(
        plan.iter()
            .flat_map(|plan| site::unsealed(build.seals.locked, plan)),
    );
    let Some(plan) = plan.filter(|_| !problems.iter().any(Diagnostic::is_error)) else {
        return Ok(refused(problems, day));
    };
    match publish(&plan, folder, quiet) {
        Ok(published) => {
            diagnostic::sort(&mut problems);
            Ok(Outcome {
                problems,
                published: Some((told(&plan, &parsed, &published), published)),
                day,
            })
        }
        Err(Stop::Theme(found)) => {
            problems.extend(found);
            Ok(refused(problems, day))
        }
        Err(Stop::Disk(failure)) => Err(failure.into()),
    }
}

fn refused(mut problems: Vec<Diagnostic>, day: Option<(String, Date)>) -> Outcome {
    diagnostic::sort(&mut problems);
    Outcome {
        problems,
        published: None,
        day,
    }
}

impl From<Failure> for CannotRun {
    fn from(failure: Failure) -> Self {
        Self(failure.to_string())
    }
}

/// Why a site was not published.
enum Stop {
    /// Pages that the theme could not make.
    Theme(Vec<Diagnostic>),
    /// The disk.
    Disk(Failure),
}

/// Renders every address beside the old site; only when all are there do the two change places.
fn publish(plan: &Plan<'_>, folder: &Folder, quiet: bool) -> Result<Published, Stop> {
    let addresses: Vec<&Address> = plan.routes().map(|(address, _)| address).collect();
    let files: Vec<String> = addresses
        .iter()
        .map(|address| address.file_path())
        .collect();
    let stage = folder.stage(&files).map_err(Stop::Disk)?;
    let progress = Progress::new(files.len(), quiet);
    let sums = Some(Address::sums()).filter(|sums| plan.has(sums));
    let render = |(address, file): (&&Address, &String)| {
        let written = write(plan, &stage, address, file, sums.is_some());
        progress.advance();
        written
    };
    let written: Vec<Result<Option<Digest>, Stop>> =
        addresses.par_iter().zip(&files).map(render).collect();
    drop(progress);
    let mut problems = Vec::new();
    let mut digests = BTreeMap::new();
    for (file, written) in files.iter().zip(written) {
        match written {
            Ok(digest) => digests.extend(digest.map(|digest| (file.as_str(), digest))),
            Err(Stop::Theme(found)) => problems.extend(found),
            Err(disk @ Stop::Disk(_)) => return Err(disk),
        }
    }
    if !problems.is_empty() {
        return Err(Stop::Theme(problems));
    }
    if let Some(sums) = sums {
        let list = digest::list(&digests);
        let done = stage.write(&sums.file_path(), list.as_bytes());
        done.map_err(Stop::Disk)?;
    }
    stage.publish().map_err(Stop::Disk)
}

/// Writes one address. The digest of what was written, if it is wanted and can be known yet.
fn write(
    plan: &Plan<'_>,
    stage: &Stage<'_>,
    address: &Address,
    file: &str,
    wanted: bool,
) -> Result<Option<Digest>, Stop> {
    let Some(rendered) = plan.render(address) else {
        return Ok(None);
    };
    let bytes = rendered.map_err(|problem| Stop::Theme(vec![*problem]))?;
    stage.write(file, &bytes).map_err(Stop::Disk)?;
    Ok(wanted.then(|| Digest::of(bytes)))
}

/// A path as seen from here, where that is shorter.
fn relative(path: &Path) -> &Path {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path)
}

/// What was published, in words.
fn told(plan: &Plan<'_>, site: &Site<'_>, published: &Published) -> String {
    let archive = &plan.prepared().archive;
    let Published {
        written,
        unchanged,
        removed,
        kept,
    } = published;
    let mut out = format!(
        "{} documents as of {}; {} files: {written} written, {unchanged} unchanged, {removed} removed\n",
        site.documents.len(),
        archive.day(),
        plan.len(),
    );
    for (document, history) in archive.documents() {
        for version in document
            .versions
            .iter()
            .filter(|version| !history.contains(version.id))
        {
            let public = version.public(&version.original);
            let _ = writeln!(
                out,
                "not public yet: {} {}, until {public}",
                document.path, version.id
            );
        }
    }
    if !kept.is_empty() {
        let _ = writeln!(
            out,
            "kept, though not written by engross: {}",
            report::some(kept)
        );
    }
    out
}
