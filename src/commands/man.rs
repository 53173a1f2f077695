//! `engross man`: manual pages, one for each command.

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use engross::disk;

use super::arguments::{self, Arguments};
use super::{CannotRun, DONE, report};

/// Writes a page of every command into a folder, or prints the one of the program.
pub(super) fn run(man: &arguments::Man) -> Result<u8, CannotRun> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = &man.folder else {
        report::result(&page(&program)?)?;
        return Ok(DONE);
    };
    for command in all(&program) {
        let name = Man::new(command.clone()).get_filename();
        disk::put(folder, &name, page(command)?.as_bytes())?;
    }
    Ok(DONE)
}

/// A command and those below it.
fn all(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().flat_map(all);
    std::iter::once(command).chain(below).collect()
}

/// The page of a command. Its examples keep their lines, which the crate would fill into one paragraph.
fn page(command: &Command) -> Result<String, CannotRun> {
    let more = command.get_after_help().map(ToString::to_string);
    let man = Man::new(command.clone()).manual("Engross Manual");
    let mut out = Vec::new();
    let written = man
        .render_title(&mut out)
        .and_then(|()| man.render_name_section(&mut out))
        .and_then(|()| man.render_synopsis_section(&mut out))
        .and_then(|()| man.render_description_section(&mut out))
        .and_then(|()| man.render_options_section(&mut out))
        .and_then(|()| {
            if command.has_subcommands() {
                man.render_subcommands_section(&mut out)?;
            }
            Ok(())
        })
        .and_then(|()| notes(&more.unwrap_or_default()).to_writer(&mut out));
    written.map_err(|error| CannotRun(format!("cannot write a manual page: {error}")))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// What the help says after the options, each kind of it under a heading.
fn notes(text: &str) -> Roff {
    let mut roff = Roff::new();
    let mut is_open = false;
    for part in text.split("\n\n").filter(|part| !part.is_empty()) {
        if let Some(examples) = part.strip_prefix("Examples:\n") {
            roff.control("SH", ["EXAMPLES"]).control("nf", []);
            examples.lines().for_each(|line| {
                roff.text([roman(line.trim_start())]);
            });
            roff.control("fi", []);
            continue;
        }
        let status = part.strip_prefix("Exit status: ");
        match status {
            Some(_) => roff.control("SH", ["EXIT STATUS"]),
            None if is_open => roff.control("PP", []),
            None => roff.control("SH", ["NOTES"]),
        };
        is_open = status.is_none();
        roff.text([roman(status.unwrap_or(part).replace('\n', " "))]);
    }
    roff
}
