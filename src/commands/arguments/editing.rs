//! What the commands are told that begin a site or a version, or help at a terminal.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use clap_complete::Shell;
use engross::model::Date;

use super::values::{Output, day, time_zone};

#[derive(Args)]
pub(crate) struct Init {
    /// The folder of the new site; it may hold other files [default: the current one]
    #[arg(value_name = "DIR", conflicts_with = "root")]
    pub(crate) folder: Option<PathBuf>,
    /// The time zone in which its days begin, by its IANA name [default: that of this machine]
    #[arg(long, value_name = "ZONE", value_parser = time_zone)]
    pub(crate) time_zone: Option<String>,
}

#[derive(Args)]
pub(crate) struct Amend {
    /// The document, by its address or folder: `privacy`, `/privacy/` or `content/privacy`
    #[arg(value_name = "DOC")]
    pub(crate) document: String,
    /// The day from which the new version applies; with --correct, the version that is corrected
    #[arg(
        long,
        value_name = "DAY",
        value_parser = day,
        required_unless_present = "correct"
    )]
    pub(crate) effective: Option<Date>,
    /// The day on which the new version is made public, if that is earlier
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with = "correct")]
    pub(crate) published: Option<Date>,
    /// Start a correction, by default of the version in force
    #[arg(long)]
    pub(crate) correct: bool,
    /// The day to take for today, as YEAR-MONTH-DAY [default: today in the site's time zone]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Date>,
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(crate) struct Theme {
    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Output,
    #[command(subcommand)]
    pub(crate) task: Option<ThemeTask>,
}

#[derive(Subcommand)]
pub(crate) enum ThemeTask {
    /// Print the file that is used
    #[command(after_help = "\
Examples:
  engross theme show templates/header.html
  engross theme show es.toml")]
    Show {
        /// The file: `templates/header.html`, or `header.html` where there is one only
        #[arg(value_name = "FILE")]
        file: String,
    },
    /// Copy files into the folder of the site's theme, to change them
    #[command(after_help = "\
A file that is there is never written over. A template need not be copied as a whole: it can extend the
one that it replaces and change a block of it.

Examples:
  engross theme copy style.css
  engross theme copy templates/header.html templates/footer.html")]
    Copy {
        /// The files: `templates/header.html`, or `header.html` where there is one only
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
    },
}

#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

#[derive(Args)]
pub(crate) struct Man {
    /// The folder to write a page of every command to
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}
