//! The arguments of every command, with their help.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use engross::model::Date;
use engross::model::config::BaseUrl;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold());

/// Turns a folder of dated legal texts into a static site that can be trusted as evidence.
#[derive(Parser)]
#[command(name = "engross", version, styles = STYLES, after_help = "\
Examples:
  engross build                         write the site of today to public/
  engross build --as-of 2022-06-01      write the site of that day
  engross check --format github         tell every problem as a GitHub annotation
  engross history privacy               every version of the privacy policy
  engross as-of 2022-06-01              which version of each document applied on that day
  engross redline privacy               what the next version of the privacy policy changes
  engross seal                          record what is published in the ledger
  engross verify public                 check the published folder against the ledger
  engross evidence privacy --on 2022-06-01   prove what the policy said on that day

Exit status: 0 done; 1 the sources are wrong, or something does not match; 2 could not run (bad
arguments, disk).")]
pub(crate) struct Arguments {
    /// The site's folder [default: the nearest one with an engross.toml, from here upwards]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// When to use colours; `NO_COLOR` is honoured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Print problems only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write the site to public/
    #[command(after_help = "\
The folder is exchanged as a whole: whoever reads it sees the old site or the new one. Where the
sources have an error nothing is written, and the site that stands stays up.

Where the site has a ledger and CI is set to anything but false or 0, as services of continuous
integration do, --locked is the default: a published text that is not sealed is an error.

Examples:
  engross build
  engross build --out dist --base-url https://preview.example.com/
  engross build --as-of 2022-06-01 --out /tmp/then")]
    Build(Build),
    /// Build the site, and again at every change
    #[command(after_help = "\
It builds like `engross build`, and goes on: only files that are other than before are written. While
there is an error the published folder stays as it was. Ctrl-C ends it.

Examples:
  engross watch
  engross watch --out /srv/www
  engross watch --as-of 2027-01-01")]
    Watch(Build),
    /// Show the site in a browser, and every change as it is saved
    #[command(after_help = "\
It shows the very pages that a build would publish, and writes nothing. Drafts and versions that are
not public yet have pages, too: the bar at the foot of each page leads to them, tells what is wrong
with the page, and shows its text as a redline. Ctrl-C ends it.

Examples:
  engross serve
  engross serve --open
  engross serve --as-of 2027-01-01      the site as it will be on that day
  engross serve --host 0.0.0.0          for other devices in your network, such as a phone")]
    Serve(Serve),
    /// Tell every problem of the sources, without building
    #[command(after_help = "\
Where the site has a ledger and CI is set to anything but false or 0, as services of continuous
integration do, --locked is the default: a published text that is not sealed is an error.

Examples:
  engross check
  engross check --deny warnings
  engross check --format json > problems.json")]
    Check(Check),
    /// Tell the versions of a document, newest first
    #[command(after_help = "\
Without DOC it tells those of every document. What is wrong in the words of a text does not
change its days, and is not told here: see `engross check`.

Examples:
  engross history
  engross history privacy
  engross history privacy --as-of 2022-06-01      as it was known on that day
  engross history --format json > history.json")]
    History(History),
    /// Tell which version applied on a day
    #[command(after_help = "\
The answer is what is known today: where a text was corrected later, it names the correction and
the text that stood there on the day itself. A day to come goes by what is published today.

Examples:
  engross as-of 2022-06-01
  engross as-of 2022-06-01 privacy
  engross as-of 2022-06-01 privacy/california --format json")]
    AsOf(AsOf),
    /// Tell what changed between two versions, word by word
    #[command(after_help = "\
A and B are versions by name, such as 2022-12-22 or 2022-12-22.r2, or one of the words draft,
upcoming and in-force. With A alone it tells what A changed against the version before it. Without
both it tells what comes next: the draft if there is one, else the upcoming version, else the one
in force. A version that is not public yet can be compared, too.

Examples:
  engross redline privacy
  engross redline privacy 2022-12-22
  engross redline privacy 2021-03-15 in-force
  engross redline privacy 2022-12-22 --language es
  engross redline privacy draft --format markdown > comment.md")]
    Redline(Redline),
    /// Record published texts in the ledger, so that they cannot change in silence
    #[command(after_help = "\
Without a text it seals every text that is published and not sealed yet. It writes engross.ledger,
the pages as published (records/) and a checkpoint (checkpoints/): keep all three under version
control. From then on every build and check fails where a sealed text says other words.

Examples:
  engross seal --dry-run
  engross seal
  engross seal privacy terms@2023-02-01
  engross seal --sign ~/.ssh/id_ed25519
  engross seal --timestamp-request request.tsq
  engross seal --withdraw privacy@2022-12-22 --reason \"Published by mistake.\"")]
    Seal(Seal),
    /// Check the ledger, the sources and a published folder against each other
    #[command(after_help = "\
Without DIR it checks the ledger's chain, its checkpoints with their signatures and time stamps, the
records, and every sealed text. With DIR it also checks that a published folder has all of that, that
its files are those in its SHA256SUMS, and that the sources make every one of them just so as of the
day and for the address that the folder says in published.txt.

Exit status: 0 everything matches; 1 something does not; 2 could not run, or nothing is sealed.

Examples:
  engross verify
  engross verify public
  engross verify /srv/www
  engross verify --allowed-signers signers --format json")]
    Verify(Verify),
    /// Prove what a document said on a day, with files that anyone can check
    #[command(after_help = "\
It writes a zip with the text that applied on that day, its page as published, its entry in the
ledger and what proves it, a statement in plain language, and the commands that check all of it
with sha256sum, ssh-keygen and openssl. The text has to be sealed; where it was corrected later,
it is the one that stood there on the day. The file allowed_signers in the site's folder, if there
is one, says whose key signed (see ssh-keygen(1)).

Examples:
  engross evidence privacy --on 2022-12-25
  engross evidence privacy --on 2022-12-25 -o /tmp/privacy.zip
  engross evidence privacy/california --on 2023-01-01 --language es")]
    Evidence(Evidence),
}

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

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes this the choice for everything that is printed.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The source line with a caret, why it matters, and what to do
    Human,
    /// GitHub Actions annotations
    Github,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Words for a terminal
    Text,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Markings {
    /// Words for a terminal, with [-deleted-] and {+inserted+}
    Text,
    /// Markdown with <del> and <ins>, for a pull request
    Markdown,
    /// A page that can be sent as one file
    Html,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings count as errors
    Warnings,
}

fn day(text: &str) -> Result<Date, String> {
    // Dates of other forms that the parser knows (20220601, week dates) are easily misread.
    let iso = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    text.parse().ok().filter(|_| iso).ok_or_else(|| {
        "write a day of the calendar as YEAR-MONTH-DAY, for example 2022-06-01".into()
    })
}

fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .ok_or_else(|| "write a web address such as https://legal.example.com/".into())
}
