//! The command line: arguments in, exit status out.

mod commands;

use std::process::ExitCode;

fn main() -> ExitCode {
    commands::run()
}
