//! `engross build`: sources and theme become a published folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use engross::diagnostic::{self, Diagnostic};
use engross::disk::{Failure, Folder, Published, Stage};
use engross::ledger::{Digest, digest};
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
    let out = build.out.clone().unwrap_or_else(|| root.join("public"));
    // The folder is held before the sources are read: of two builds, the later one has read last.
    let waiting = || {
        report::say(&format!(
            "waiting for another build that writes beside {}",
            out.display()
        ));
    };
    let folder = Folder::open(&out, &root, waiting)?;
    let sources = site::read(&root)?;
    let (parsed, mut problems) = parse::read(&sources);
    problems.extend(sources.faults().iter().cloned());
    let Some(mut parsed) = parsed else {
        return Ok(refuse(problems, &sources));
    };
    site::apply(&build.view, &mut parsed);
    let day = site::day(&build.view, &parsed);
    let (plan, plan_problems) = Plan::new(&parsed, day);
    problems.extend(plan_problems);
    problems.extend(
        plan.iter()
            .flat_map(|plan| site::unsealed(build.seals.locked, plan)),
    );
    let Some(plan) = plan.filter(|_| !problems.iter().any(Diagnostic::is_error)) else {
        return Ok(refuse(problems, &sources));
    };
    let published = match publish(&plan, &folder, arguments.quiet) {
        Ok(published) => published,
        Err(Stop::Theme(found)) => {
            problems.extend(found);
            return Ok(refuse(problems, &sources));
        }
        Err(Stop::Disk(failure)) => return Err(failure.into()),
    };
    diagnostic::sort(&mut problems);
    report::problems(&problems, &sources);
    if !arguments.quiet {
        tell(&out, &plan, &parsed, &published)?;
    }
    Ok(DONE)
}

fn refuse(mut problems: Vec<Diagnostic>, sources: &SourceTree) -> u8 {
    diagnostic::sort(&mut problems);
    report::problems(&problems, sources);
    report::say("nothing was written");
    WRONG
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

fn tell(
    folder: &Path,
    plan: &Plan<'_>,
    site: &Site<'_>,
    published: &Published,
) -> Result<(), CannotRun> {
    let archive = &plan.prepared().archive;
    let Published {
        written,
        unchanged,
        removed,
        kept,
    } = published;
    let mut out = format!(
        "{}: {} documents as of {}; {} files: {written} written, {unchanged} unchanged, {removed} removed\n",
        relative(folder).display(),
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
    report::result(&out)
}
