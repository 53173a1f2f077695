//! What each command may be told beside its name.

use std::path::PathBuf;

use clap::Args;
use engross::model::Date;
use engross::model::config::BaseUrl;

use super::values::{Deny, Format, Markings, Output, base_url, day};

#[derive(Args)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) view: View,
    /// The folder to write [default: public, in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) seals: Seals,
}

#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) view: View,
    /// The port; where it is taken, the next one that is free
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub(crate) port: u16,
    /// The IP address to listen on [default: 127.0.0.1, which only this computer can reach]
    #[arg(long, value_name = "IP")]
    pub(crate) host: Option<String>,
    /// Open the site in a browser
    #[arg(long)]
    pub(crate) open: bool,
}

#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) view: View,
    /// How to tell problems
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,
    #[command(flatten)]
    pub(crate) seals: Seals,
}

/// How strict to be with texts that are not sealed.
#[derive(Args)]
pub(crate) struct Seals {
    /// Fail where a published text is not sealed [default: where `CI` is set and the site has a ledger]
    #[arg(long)]
    pub(crate) locked: bool,
}

#[derive(Args)]
pub(crate) struct History {
    /// The document, by its address or folder: `privacy`, `/privacy/` or `content/privacy`
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    #[command(flatten)]
    pub(crate) view: View,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Output,
}

#[derive(Args)]
pub(crate) struct AsOf {
    /// The day, as YEAR-MONTH-DAY
    #[arg(value_name = "DAY", value_parser = day)]
    pub(crate) day: Date,
    /// The document, by its address or folder: `privacy`, `/privacy/` or `content/privacy`
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    /// Where the site will live, instead of the `base_url` of engross.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<BaseUrl>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Output,
}

#[derive(Args)]
pub(crate) struct Seal {
    /// A document, a version of it, or one language of that: `privacy`, `privacy@2022-12-22`,
    /// `privacy@2022-12-22.es`
    #[arg(value_name = "DOC[@DAY]")]
    pub(crate) texts: Vec<String>,
    /// Tell what would be sealed, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Sign the checkpoint with an OpenSSH private key
    #[arg(long, value_name = "KEY", conflicts_with = "dry_run")]
    pub(crate) sign: Option<PathBuf>,
    /// Write a query for a time stamp of the checkpoint (RFC 3161), for `openssl ts` and an authority
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    pub(crate) timestamp_request: Option<PathBuf>,
    /// Take a sealed version back, or one language of it; its address will say so once its file is
    /// removed
    #[arg(
        long,
        value_name = "DOC@DAY",
        requires = "reason",
        conflicts_with = "texts"
    )]
    pub(crate) withdraw: Option<String>,
    /// Why it is taken back, in one line
    #[arg(long, value_name = "TEXT", requires = "withdraw")]
    pub(crate) reason: Option<String>,
    /// The day to take for today, as YEAR-MONTH-DAY [default: today in the site's time zone]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Date>,
}

#[derive(Args)]
pub(crate) struct Verify {
    /// A published folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Whose keys may sign checkpoints, as `ssh-keygen` reads it [default: `allowed_signers` in the
    /// site's folder, if it is there]
    #[arg(long, value_name = "FILE")]
    pub(crate) allowed_signers: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) view: View,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Output,
}

#[derive(Args)]
pub(crate) struct Evidence {
    /// The document, by its address or folder: `privacy`, `/privacy/` or `content/privacy`
    #[arg(value_name = "DOC")]
    pub(crate) document: String,
    /// The day, as YEAR-MONTH-DAY
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) on: Date,
    /// The file to write [default: in this folder, named like the text: privacy-2022-12-22.en.zip]
    #[arg(long, short, value_name = "FILE.zip")]
    pub(crate) out: Option<PathBuf>,
    /// The language of the text, as a code of `languages` in engross.toml [default: the first]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
}

#[derive(Args)]
pub(crate) struct Redline {
    /// The document, by its address or folder: `privacy`, `/privacy/` or `content/privacy`
    #[arg(value_name = "DOC")]
    pub(crate) document: String,
    /// The version whose changes to tell, or with B the one to compare from
    #[arg(value_name = "A")]
    pub(crate) first: Option<String>,
    /// The version to compare to
    #[arg(value_name = "B")]
    pub(crate) second: Option<String>,
    /// The language of the texts, as a code of `languages` in engross.toml [default: the first]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    #[command(flatten)]
    pub(crate) view: View,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Markings,
}

/// Which site is meant: the day, and where it will live.
#[derive(Args)]
pub(crate) struct View {
    /// The day to take for today, as YEAR-MONTH-DAY [default: today in the site's time zone]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Date>,
    /// Where the site will live, instead of the `base_url` of engross.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<BaseUrl>,
}
