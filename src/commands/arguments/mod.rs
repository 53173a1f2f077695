//! The arguments of every command, with their help.

mod editing;
mod options;
mod values;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand};

pub(crate) use editing::{Amend, Completions, Init, Man, Theme, ThemeTask};
pub(crate) use options::{
    AsOf, Build, Check, Evidence, History, Redline, Seal, Serve, Verify, View,
};
pub(crate) use values::{Color, Deny, Format, Markings, Output};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold());

/// Turns a folder of dated legal texts into a static site that can be trusted as evidence.
#[derive(Parser)]
#[command(name = "engross", version, styles = STYLES, after_help = "\
Examples:
  engross init legal                    begin a new site in the folder legal
  engross build                         write the site of today to public/
  engross serve --open                  show it in a browser, and every change as it is saved
  engross build --as-of 2022-06-01      write the site of that day
  engross check --format github         tell every problem as a GitHub annotation
  engross history privacy               every version of the privacy policy
  engross as-of 2022-06-01              which version of each document applied on that day
  engross amend privacy --effective 2027-01-15   start the next version of the privacy policy
  engross redline privacy               what the next version of the privacy policy changes
  engross seal                          record what is published in the ledger
  engross verify public                 check the published folder against the ledger
  engross evidence privacy --on 2022-06-01   prove what the policy said on that day
  engross theme copy style.css          a copy of the style sheet, to change it

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
    /// Begin a new site that builds and passes its own checks
    #[command(after_help = "\
It writes a privacy policy, a California notice, terms, a cookie policy, engross.toml with every setting
explained, a check for GitHub, and EDITING.md, which says how to go on. Places to fill in are marked,
and `engross check` lists them. The texts take effect today.

The folder may hold other files. Where one of those to be written is there already, nothing is written.

Examples:
  engross init
  engross init legal
  engross init legal --time-zone America/Los_Angeles")]
    Init(Init),
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
    /// Start the next version of a document, or a correction
    #[command(after_help = "\
It makes DAY.md from the draft, if there is one, with its translations; else from the text that is in
force on that day. What the front matter said of the old version goes, and `summary` is left to you. Words
and comments stay as they are, nothing is written over, and no translation is copied.

With --correct it makes the next correction, such as 2022-12-22.r2.md, of the version that took effect on
the day of --effective, or else of the one in force.

Examples:
  engross amend privacy --effective 2027-01-15
  engross amend privacy --effective 2027-01-15 --published 2026-12-01
  engross amend privacy --correct
  engross amend terms --correct --effective 2022-12-22")]
    Amend(Amend),
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
day and for the address that the folder says in published.txt. What is not proved does not match:
neither what only another version of the program can compare, nor a signature by a key that the
allowed signers do not have, nor a folder of a day before the newest checkpoint. That a folder is for
another address than engross.toml or --base-url says is told.

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
is one, says whose key signed (see ssh-keygen(1)). Beside the zip it writes FILE.zip.sha256, which
covers every byte of the zip: sha256sum -c FILE.zip.sha256.

Examples:
  engross evidence privacy --on 2022-12-25
  engross evidence privacy --on 2022-12-25 -o /tmp/privacy.zip
  engross evidence privacy/california --on 2023-01-01 --language es")]
    Evidence(Evidence),
    /// Tell the files of the site's theme, print one, or copy one to change it
    #[command(after_help = "\
The list says of each file where the one that is used stands: in the program (built-in), in
themes/default, or in the folder of another theme; and where it takes the place of another.

Examples:
  engross theme
  engross theme show header.html
  engross theme copy templates/header.html static/style.css
  engross theme --format json > theme.json")]
    Theme(Theme),
    /// Print what a shell needs to complete commands and options
    #[command(after_help = "\
Examples:
  engross completions bash > ~/.local/share/bash-completion/completions/engross
  engross completions zsh > ~/.zfunc/_engross
  engross completions fish > ~/.config/fish/completions/engross.fish")]
    Completions(Completions),
    /// Write manual pages
    #[command(after_help = "\
Without DIR it prints the page of the program itself.

Examples:
  engross man | man -l -
  engross man ~/.local/share/man/man1")]
    Man(Man),
}
