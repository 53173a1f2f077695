//! The published folder, held against the sources as they are published on its day and for its address.

use std::collections::BTreeMap;

use engross::diagnostic::Diagnostic;
use engross::ledger::Digest;
use engross::parse;
use engross::plan::Plan;
use engross::published::{self, Contents, Expected, Publication};
use engross::tree::SourceTree;
use engross::urls::{Address, SUMS};
use rayon::prelude::*;

use super::super::arguments::View;
use super::super::site;
use super::shape::Folder;

/// What was found.
#[derive(Default)]
pub(super) struct Held {
    /// Nothing where the sources could not be planned.
    pub(super) folder: Option<Folder>,
    pub(super) problems: Vec<Diagnostic>,
}

/// Holds a folder against the sources: as of the day and for the address that it says of itself, else as of the plan's.
/// `sound` says whether the sources of the plan have no errors.
pub(super) fn hold(
    name: &str,
    contents: &Contents,
    sources: &SourceTree,
    plan: &Plan<'_>,
    sound: bool,
) -> Held {
    let made = contents.publication();
    let own = &plan.prepared().site.config.base_url;
    let elsewhere = made.as_ref().is_some_and(|made| made.base_url != *own);
    let mut held = match made.filter(|made| !is_of(made, plan)) {
        Some(made) => hold_as_of(name, contents, sources, made, sound),
        None => hold_plan(name, contents, plan, sound),
    };
    if let Some(folder) = held.folder.as_mut().filter(|_| elsewhere) {
        folder.site_base_url = Some(own.to_string());
    }
    held
}

/// Whether a plan is for the day and the address of a publication.
fn is_of(made: &Publication, plan: &Plan<'_>) -> bool {
    let prepared = plan.prepared();
    made.day == prepared.archive.day() && made.base_url == prepared.site.config.base_url
}

fn hold_as_of(
    name: &str,
    contents: &Contents,
    sources: &SourceTree,
    made: Publication,
    sound: bool,
) -> Held {
    let Some(mut site) = parse::read(sources).0 else {
        return Held::default();
    };
    let day = made.day;
    let view = View {
        as_of: Some(day),
        base_url: Some(made.base_url).filter(|base| *base != site.config.base_url),
    };
    site::apply(&view, &mut site);
    let (plan, mut problems) = Plan::new(&site, day);
    problems.retain(Diagnostic::is_error);
    let is_sound = sound && problems.is_empty();
    let mut held = plan.map_or_else(Held::default, |plan| {
        hold_plan(name, contents, &plan, is_sound)
    });
    // What is wrong today is told already.
    if sound {
        held.problems.extend(problems);
    }
    held
}

fn hold_plan(name: &str, contents: &Contents, plan: &Plan<'_>, sound: bool) -> Held {
    let (rendered, mut problems) = if sound {
        rendered(plan)
    } else {
        (None, Vec::new())
    };
    let sound = rendered.is_some();
    let prepared = plan.prepared();
    let documents = plan.documents();
    let folder = |address: &Address| address.as_str().trim_start_matches('/').to_owned();
    let expected = Expected {
        ledger: &prepared.sealed.ledger,
        default_language: prepared.site.config.default_language(),
        day: prepared.archive.day(),
        rendered,
        documents: documents.iter().map(folder).collect(),
    };
    let found = published::hold(name, contents, &expected);
    let folder = Some(Folder::new(name, contents, &found, sound));
    problems.extend(found.problems);
    Held { folder, problems }
}

/// The digest of what this program writes to each file, or what the theme cannot make.
fn rendered(plan: &Plan<'_>) -> (Option<BTreeMap<String, Digest>>, Vec<Diagnostic>) {
    let addresses: Vec<_> = plan.routes().map(|(address, _)| address).collect();
    let render = |address: &&Address| {
        let path = address.file_path();
        let bytes = plan.render(address).filter(|_| path != SUMS)?;
        Some(bytes.map(|bytes| (path, Digest::of(bytes))))
    };
    let all: Vec<_> = addresses.par_iter().filter_map(render).collect();
    let (mut files, mut problems) = (BTreeMap::new(), Vec::new());
    for one in all {
        match one {
            Ok((path, digest)) => drop(files.insert(path, digest)),
            Err(problem) => problems.push(*problem),
        }
    }
    (problems.is_empty().then_some(files), problems)
}
