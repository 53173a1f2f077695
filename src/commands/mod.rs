//! The rim: arguments, the clock, the terminal. One file for each command.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that sees the clock and the environment"
)]

mod amend;
mod arguments;
mod as_of;
mod asked;
mod build;
mod changes;
mod check;
mod completions;
mod evidence;
mod history;
mod init;
mod man;
mod redline;
mod report;
mod seal;
mod serve;
mod site;
mod theme;
mod verify;
mod watch;
mod words;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser as _;

/// Done; the sources are wrong; could not run.
const DONE: u8 = 0;
const WRONG: u8 = 1;
const FAILED: u8 = 2;

/// Why a command could not run: bad arguments, or the disk.
struct CannotRun(String);

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.apply();
    let result = match &arguments.command {
        Command::Init(init) => init::run(&arguments, init),
        Command::Build(build) => build::run(&arguments, build),
        Command::Watch(watch) => watch::run(&arguments, watch),
        Command::Serve(serve) => serve::run(&arguments, serve),
        Command::Check(check) => check::run(&arguments, check),
        Command::Amend(amend) => amend::run(&arguments, amend),
        Command::History(history) => history::run(&arguments, history),
        Command::AsOf(as_of) => as_of::run(&arguments, as_of),
        Command::Redline(redline) => redline::run(&arguments, redline),
        Command::Seal(seal) => seal::run(&arguments, seal),
        Command::Verify(verify) => verify::run(&arguments, verify),
        Command::Evidence(evidence) => evidence::run(&arguments, evidence),
        Command::Theme(theme) => theme::run(&arguments, theme),
        Command::Completions(completions) => completions::run(completions),
        Command::Man(man) => man::run(man),
    };
    ExitCode::from(result.unwrap_or_else(|CannotRun(why)| {
        report::cannot_run(&why);
        FAILED
    }))
}
