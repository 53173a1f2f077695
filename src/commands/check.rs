//! `engross check`: every rule, without building.

use engross::diagnostic::{self, Count, Diagnostic, github, json};
use engross::parse;
use engross::plan::Plan;
use rayon::prelude::*;

use super::arguments::{Arguments, Check, Deny, Format};
use super::{CannotRun, DONE, WRONG, report, site};

/// Tells every problem of the sources and the theme.
pub(super) fn run(arguments: &Arguments, check: &Check) -> Result<u8, CannotRun> {
    let root = site::root(arguments)?;
    let sources = site::read(&root)?;
    let (parsed, mut problems) = parse::read(&sources);
    problems.extend(sources.faults().iter().cloned());
    if let Some(mut parsed) = parsed {
        site::apply(&check.view, &mut parsed);
        let (plan, plan_problems) = Plan::new(&parsed, site::day(&check.view, &parsed));
        problems.extend(plan_problems);
        problems.extend(
            plan.iter()
                .flat_map(|plan| site::unsealed(check.seals.locked, plan)),
        );
        // Faults of a theme show when pages are rendered; broken sources would only repeat themselves.
        if let Some(plan) = plan.filter(|_| !problems.iter().any(Diagnostic::is_error)) {
            problems.extend(theme_problems(&plan));
        }
    }
    diagnostic::sort(&mut problems);
    match check.format {
        Format::Human => report::problems(&problems, &sources),
        Format::Github => report::result(&github::render(&problems, &sources))?,
        Format::Json => report::result(&json::render(&problems, &sources))?,
    }
    let count = Count::of(&problems);
    if check.format == Format::Human && problems.is_empty() && !arguments.quiet {
        report::result(&format!("{}\n", count.words()))?;
    }
    let denied = count.errors > 0 || (check.deny == Some(Deny::Warnings) && count.warnings > 0);
    Ok(if denied { WRONG } else { DONE })
}

fn theme_problems(plan: &Plan<'_>) -> Vec<Diagnostic> {
    let addresses: Vec<_> = plan.routes().map(|(address, _)| address).collect();
    addresses
        .par_iter()
        .filter_map(|address| plan.render(address)?.err().map(|problem| *problem))
        .collect()
}
