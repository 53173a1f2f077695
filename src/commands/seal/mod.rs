//! `engross seal`: what is published is recorded in the ledger, with its page and a checkpoint.

mod again;
mod chosen;
mod entries;
mod gaps;
mod withdrawal;

use std::fmt::Write as _;
use std::path::Path;

use engross::diagnostic::{Diagnostic, Rule, rules};
use engross::disk;
use engross::ledger::{Checkpoint, Ledger};
use engross::model::Date;
use engross::parse::{self, Site};
use engross::plan::Plan;
use engross::sealed::{LEDGER, Sealed, checkpoint_path};
use engross::witness::signature::Key;
use engross::witness::timestamp;

use super::arguments::{Arguments, Seal, View};
use super::{CannotRun, DONE, asked, report, site};
use entries::Addition;

/// Faults that sealing mends: they are what is left of a run that was broken off.
const MENDED: [&Rule; 2] = [&rules::CHECKPOINT_MISSING, &rules::RECORD_WITHOUT_ENTRY];

/// Seals texts, or withdraws one; then signs the checkpoint and asks for a time stamp, if told to.
pub(super) fn run(arguments: &Arguments, seal: &Seal) -> Result<u8, CannotRun> {
    let root = site::root(arguments)?;
    // What cannot be signed or written here is told before anything is sealed.
    let key = seal.sign.as_deref().map(read_key).transpose()?;
    let request = seal.timestamp_request.as_deref();
    request.map(disk::has_folder).transpose()?;
    let waiting = || report::say("waiting for another run that seals texts of this site");
    let _held = disk::lock(&root, waiting)?;
    let sources = site::read(&root)?;
    let (parsed, mut problems) = parse::read(&sources);
    problems.extend(sources.faults().iter().cloned());
    problems.retain(Diagnostic::is_error);
    let Some(parsed) = parsed.filter(|_| problems.is_empty()) else {
        return Ok(asked::refuse(problems, &sources));
    };
    let view = View {
        as_of: seal.as_of,
        base_url: None,
    };
    let day = site::day(&view, &parsed);
    refuse_to_come(day, site::today(&parsed))?;
    let found = match &seal.withdraw {
        Some(name) => withdrawn(&parsed, name, seal, day)?,
        None => match chosen(&parsed, seal, day)? {
            Ok(found) => found,
            Err(problems) => return Ok(refuse(problems, &sources)),
        },
    };
    if found.problems.iter().any(stops) {
        return Ok(refuse(found.problems, &sources));
    }
    report::problems(&found.warnings, &sources);
    write(arguments, &root, seal, key.as_ref(), found)
}

/// What is sealed for a day to come is not public, and days in a ledger never go back.
fn refuse_to_come(day: Date, today: Date) -> Result<(), CannotRun> {
    if day <= today {
        return Ok(());
    }
    Err(CannotRun(format!(
        "{day} is yet to come: today is {today}. What is not public yet is not sealed, and the ledger would \
         take no other entry until that day"
    )))
}

/// What was found: the ledger as it is, and what comes to it.
struct Found {
    ledger: Ledger,
    addition: Addition,
    problems: Vec<Diagnostic>,
    /// What does not stop it, and cannot be mended later without a correction.
    warnings: Vec<Diagnostic>,
}

fn withdrawn(site: &Site<'_>, name: &str, seal: &Seal, day: Date) -> Result<Found, CannotRun> {
    let (sealed, problems) = Sealed::read(site.sources);
    let reason = seal.reason.clone().unwrap_or_default();
    let addition = withdrawal::of(site, &sealed, name, &reason, day)?;
    Ok(Found {
        ledger: sealed.ledger,
        addition,
        problems,
        warnings: Vec::new(),
    })
}

/// What is to be sealed, or why nothing can be.
fn chosen(
    site: &Site<'_>,
    seal: &Seal,
    day: Date,
) -> Result<Result<Found, Vec<Diagnostic>>, CannotRun> {
    let (plan, mut problems) = Plan::new(site, day);
    let kept = |problem: &Diagnostic| problem.rule == &rules::WITHDRAWN_TEXT_KEPT;
    let broken = |problem: &Diagnostic| stops(problem) && !kept(problem);
    let Some(plan) = plan.filter(|_| !problems.iter().any(broken)) else {
        return Ok(Err(problems));
    };
    let texts = chosen::texts(plan.prepared(), &seal.texts)?;
    // A text that was withdrawn is published again by sealing it again.
    problems.retain(|problem| {
        let mut files = texts.iter().map(|role| &role.file().path);
        !(kept(problem) && files.any(|file| *file == problem.place.path))
    });
    problems.extend(again::check(plan.prepared(), &texts));
    problems.extend(gaps::check(plan.prepared(), &texts));
    if problems.iter().any(stops) {
        return Ok(Err(problems));
    }
    let lags = |problem: &&Diagnostic| {
        let mut files = texts.iter().map(|role| &role.file().path);
        problem.rule == &rules::TRANSLATION_LAGS && files.any(|path| *path == problem.place.path)
    };
    let warnings = problems.iter().filter(lags).cloned().collect();
    let addition = entries::seals(&plan, &texts, day)?;
    Ok(addition.map(|addition| Found {
        ledger: plan.prepared().sealed.ledger.clone(),
        addition,
        problems,
        warnings,
    }))
}

fn stops(problem: &Diagnostic) -> bool {
    problem.is_error() && !MENDED.contains(&problem.rule)
}

fn refuse(mut problems: Vec<Diagnostic>, sources: &engross::tree::SourceTree) -> u8 {
    problems.retain(stops);
    let status = asked::refuse(problems, sources);
    report::say("nothing was sealed");
    status
}

fn write(
    arguments: &Arguments,
    root: &Path,
    seal: &Seal,
    key: Option<&Key>,
    found: Found,
) -> Result<u8, CannotRun> {
    let Found {
        ledger, addition, ..
    } = found;
    let mut out = addition.words(seal.dry_run);
    let ledger = addition.append(ledger)?;
    let size = ledger.entries().len();
    let checkpoint = Checkpoint::of(&ledger, size).filter(|_| !seal.dry_run);
    let Some(checkpoint) = checkpoint else {
        report::result(&out)?;
        return Ok(DONE);
    };
    let (path, bytes) = (checkpoint_path(size), checkpoint.to_string());
    if !addition.is_empty() {
        put(root, &addition, &ledger)?;
    }
    disk::put(root, &path, bytes.as_bytes())?;
    let _ = writeln!(out, "{path}: {size} entries, {}", checkpoint.root);
    if let Some(key) = key {
        let signature = key.sign(bytes.as_bytes());
        disk::put(root, &format!("{path}.sig"), signature.as_bytes())?;
        let _ = writeln!(out, "{path}.sig: signed");
    }
    if let Some(file) = &seal.timestamp_request {
        out.push_str(&request(&path, bytes.as_bytes(), file)?);
    }
    if !addition.is_empty() && !arguments.quiet {
        out.push_str("Keep engross.ledger, records/ and checkpoints/ under version control.\n");
    }
    report::result(&out)?;
    Ok(DONE)
}

/// Writes what is new. The ledger is written when all that it names is there, and the checkpoint when the
/// ledger is: what a killed run leaves behind is told as such, and the next run mends it.
fn put(root: &Path, addition: &Addition, ledger: &Ledger) -> Result<(), CannotRun> {
    // Records without any ledger would look as if it had been removed.
    if addition.is_all_of(ledger) {
        disk::put(root, LEDGER, Ledger::new().as_str().as_bytes())?;
    }
    for (path, bytes) in &addition.files {
        disk::put(root, path, bytes)?;
    }
    disk::put(root, LEDGER, ledger.as_str().as_bytes())?;
    Ok(())
}

/// The key in a file.
fn read_key(path: &Path) -> Result<Key, CannotRun> {
    let cannot = |why: String| CannotRun(format!("cannot sign with {}: {why}", path.display()));
    let text = disk::file(path).map_err(|error| cannot(error.to_string()))?;
    let text = String::from_utf8(text)
        .map_err(|_| cannot("it is not an OpenSSH private key".to_owned()))?;
    Key::read(&text).map_err(|why| cannot(why.to_string()))
}

fn request(path: &str, checkpoint: &[u8], file: &Path) -> Result<String, CannotRun> {
    disk::put_file(file, &timestamp::request(checkpoint))?;
    Ok(format!(
        "{}: send it to a time stamping authority, and put the reply beside the checkpoint as {path}.tsr\n",
        file.display()
    ))
}
