//! What the commands are told that begin a site or a version, or help at a terminal.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;
use engross::model::Date;

use super::values::{day, time_zone};

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
