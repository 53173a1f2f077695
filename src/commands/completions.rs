//! `engross completions`: what a shell needs to complete the program's commands and options.

use clap::CommandFactory as _;

use super::arguments::{Arguments, Completions};
use super::{CannotRun, DONE, report};

/// Prints the script of a shell.
pub(super) fn run(completions: &Completions) -> Result<u8, CannotRun> {
    let mut script = Vec::new();
    clap_complete::generate(
        completions.shell,
        &mut Arguments::command(),
        "engross",
        &mut script,
    );
    report::result(&String::from_utf8_lossy(&script))?;
    Ok(DONE)
}
