//! `engross theme`: the files of the site's theme, and copies of them to be changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use engross::diagnostic::did_you_mean;
use engross::model::config::PATH;
use engross::theme::{self, Inventory, Used};
use engross::{disk, parse, timeline};

use super::arguments::{Arguments, Output, Theme, ThemeTask};
use super::words::{self, STRONG};
use super::{CannotRun, DONE, asked, report, site};

/// Lists the files of the theme, prints one, or copies some. What is wrong with the texts does not matter.
pub(super) fn run(arguments: &Arguments, theme: &Theme) -> Result<u8, CannotRun> {
    let root = site::root(arguments)?;
    let sources = site::read(&root)?;
    let (parsed, mut problems) = parse::read(&sources);
    problems.extend(sources.faults().iter().cloned());
    let found = parsed.and_then(|parsed| {
        let (found, more) = theme::files(&parsed.config, &sources);
        problems.extend(more);
        found
    });
    problems.retain(|problem| {
        let path = problem.place.path.as_str();
        problem.is_error() && (path == PATH || Path::new(path).starts_with(theme::FOLDER))
    });
    let Some(found) = found.filter(|_| problems.is_empty()) else {
        return Ok(asked::refuse(problems, &sources));
    };
    match &theme.task {
        None if theme.format == Output::Json => report::result(&timeline::json(&found))?,
        None => report::result(&list(&found))?,
        Some(ThemeTask::Show { file }) => report::bytes(find(&found, file)?.bytes)?,
        Some(ThemeTask::Copy { files }) => copy(&root, &found, files, arguments.quiet)?,
    }
    Ok(DONE)
}

fn list(found: &Inventory<'_>) -> String {
    let mut out = format!("{STRONG}{}{STRONG:#}\n\n", found.theme);
    let widths = found.files.iter().map(|file| words::columns_of(file.path));
    let column = widths.max().unwrap_or(0) + 2;
    for file in &found.files {
        let also = match file.also_in.join(", ") {
            none if none.is_empty() => none,
            below if file.adds() => format!(", added to {below}"),
            below => format!(", in place of {below}"),
        };
        let _ = writeln!(
            out,
            "{}{}{also}",
            words::padded(file.path, column),
            file.from
        );
    }
    out
}

/// The file that a name stands for: its path, or the end of it where that is the end of one only.
fn find<'f, 't>(found: &'f Inventory<'t>, name: &str) -> Result<&'f Used<'t>, CannotRun> {
    let folder = format!("{}/", found.folder());
    let below = name.trim_start_matches("./");
    let below = below.strip_prefix(&folder).unwrap_or(below);
    let end = format!("/{below}");
    let exact = found.files.iter().find(|file| file.path == below);
    let named: Vec<&Used<'t>> = match exact {
        Some(file) => vec![file],
        None => found
            .files
            .iter()
            .filter(|file| file.path.ends_with(&end))
            .collect(),
    };
    match named[..] {
        [file] => Ok(file),
        [] => Err(unknown(found, below)),
        _ => {
            let paths: Vec<&str> = named.iter().map(|file| file.path).collect();
            Err(CannotRun(format!(
                "`{below}` can be {}: name one of them",
                report::some(&paths)
            )))
        }
    }
}

fn unknown(found: &Inventory<'_>, name: &str) -> CannotRun {
    let paths = found.files.iter().map(|file| file.path);
    let names = paths.clone().filter_map(|path| path.rsplit('/').next());
    let help = did_you_mean(name, paths.chain(names), || {
        "`engross theme` lists its files".to_owned()
    });
    CannotRun(format!(
        "the theme `{}` has no file `{name}`; {help}",
        found.theme
    ))
}

/// Copies files into the site's own theme, or none of them where one would be written over.
fn copy(
    root: &Path,
    found: &Inventory<'_>,
    names: &[String],
    quiet: bool,
) -> Result<(), CannotRun> {
    let folder = found.folder();
    let mut copies = BTreeMap::new();
    for name in names {
        let file = find(found, name)?;
        let to = format!("{folder}/{}", file.path);
        if let Some(there) = disk::in_the_way(root, &to) {
            let there = there.strip_prefix(root).unwrap_or(&there).display();
            return Err(CannotRun(format!(
                "{there} is there already, to be changed as it stands: nothing was written"
            )));
        }
        copies.insert(to, file);
    }
    let files: Vec<(&str, &[u8])> = copies
        .iter()
        .map(|(to, file)| (to.as_str(), file.bytes))
        .collect();
    site::create(root, &files)?;
    let line = |(to, file): (&String, &&Used<'_>)| {
        format!("{to}, a copy of the one in {}\n", place(&file.from))
    };
    let mut out: String = copies.iter().map(line).collect();
    if !quiet {
        out.push_str("\nThe site uses it from now on; what becomes better in the other one does not come into it. `engross serve` shows\nevery change. Remove it, and the site uses the other one again.\n");
    }
    report::result(&out)
}

fn place(from: &str) -> &str {
    if from.starts_with(theme::FOLDER) {
        from
    } else {
        "the program"
    }
}
