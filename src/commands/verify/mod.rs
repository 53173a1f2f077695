//! `engross verify`: the ledger, the sources and a published folder, each held against the others.

mod folder;
mod shape;
mod text;

use std::io::ErrorKind;
use std::path::Path;

use engross::diagnostic::{self, Diagnostic, rules};
use engross::disk;
use engross::parse;
use engross::plan::Plan;
use engross::published::Contents;
use engross::sealed::{self, CHECKPOINTS, LEDGER, RECORDS};
use engross::tree::SourceTree;

use super::arguments::{self, Arguments, Output};
use super::{CannotRun, DONE, WRONG, report, site};
use shape::Verified;

/// The warnings that are about what is sealed.
const WARNINGS: [&rules::Rule; 2] = [&rules::SEALED_SOURCE_CHANGED, &rules::SIGNATURE_UNKNOWN];

/// Verifies what is sealed of a site and, where a folder is named, what is published of it.
pub(super) fn run(arguments: &Arguments, verify: &arguments::Verify) -> Result<u8, CannotRun> {
    let root = site::root(arguments)?;
    let sources = site::read(&root)?;
    let contents = verify.folder.as_deref().map(read_folder).transpose()?;
    has_ledger(&sources, contents.as_ref())?;
    let allowed = allowed_signers(&root, verify.allowed_signers.as_deref())?;
    let (parsed, mut problems) = parse::read(&sources);
    problems.extend(sources.faults().iter().cloned());
    let (witnessed, wrong) = sealed::witnessed(&sources, allowed.as_deref());
    let mut verified = Verified::default();
    verified.witnesses(witnessed);
    if let Some(mut parsed) = parsed {
        site::apply(&verify.view, &mut parsed);
        let day = site::day(&verify.view, &parsed);
        let (plan, found) = Plan::new(&parsed, day);
        problems.extend(found);
        if let Some(plan) = plan {
            verified.texts(&plan);
            if let (Some(contents), Some(name)) = (&contents, &verify.folder) {
                let sound = !problems.iter().any(Diagnostic::is_error);
                let name = name.display().to_string();
                let held = folder::hold(&name, contents, &sources, &plan, sound);
                verified.folder = held.folder;
                problems.extend(held.problems);
            }
        }
    }
    problems.extend(wrong);
    problems.retain(|problem| problem.is_error() || WARNINGS.contains(&problem.rule));
    diagnostic::sort(&mut problems);
    tell(arguments, verify.format, &mut verified, &problems, &sources)
}

fn read_folder(folder: &Path) -> Result<Contents, CannotRun> {
    disk::contents(folder)
        .map_err(|error| CannotRun(format!("cannot read {}: {error}", folder.display())))
}

/// Where nothing is sealed there is nothing to verify.
fn has_ledger(sources: &SourceTree, contents: Option<&Contents>) -> Result<(), CannotRun> {
    let left = |folder| sources.below(folder).next().is_some();
    let carried = contents.is_some_and(|contents| contents.files.contains_key(LEDGER));
    if sources.contains(LEDGER) || left(RECORDS) || left(CHECKPOINTS) || carried {
        return Ok(());
    }
    Err(CannotRun(format!(
        "this site has no {LEDGER}, so there is nothing to verify; `engross seal` records what is published"
    )))
}

/// The text of the file of allowed signers: the one that is named, or the site's own if it has one.
fn allowed_signers(root: &Path, named: Option<&Path>) -> Result<Option<String>, CannotRun> {
    let own = root.join("allowed_signers");
    let path = named.unwrap_or(&own);
    match disk::file(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CannotRun(format!(
            "cannot read {}: {error}",
            path.display()
        ))),
    }
}

fn tell(
    arguments: &Arguments,
    format: Output,
    verified: &mut Verified,
    problems: &[Diagnostic],
    sources: &SourceTree,
) -> Result<u8, CannotRun> {
    let wrong = problems.iter().any(Diagnostic::is_error);
    verified.matches = !wrong;
    match format {
        Output::Json => report::result(&verified.json(problems, sources))?,
        Output::Text => {
            if verified.read && !arguments.quiet {
                report::result(&text::of(verified))?;
            }
            report::problems(problems, sources);
        }
    }
    Ok(if wrong { WRONG } else { DONE })
}
