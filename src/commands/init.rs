//! `engross init`: a new site that builds and passes its own checks.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use engross::disk;
use engross::skeleton;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::arguments::{Arguments, Init};
use super::{CannotRun, DONE, report, site};

/// Writes the files of a new site, or none of them where one would be written over.
pub(super) fn run(arguments: &Arguments, init: &Init) -> Result<u8, CannotRun> {
    let named = init.folder.as_ref().or(arguments.root.as_ref());
    let folder = named.cloned().unwrap_or_else(|| PathBuf::from("."));
    let zone = init.time_zone.clone().unwrap_or_else(time_zone);
    let day = Timestamp::now()
        .to_zoned(TimeZone::get(&zone).unwrap_or(TimeZone::UTC))
        .date();
    let files = skeleton::files(day, &zone);
    let paths = files.iter().map(|(path, _)| path);
    let there: Vec<String> = paths
        .filter_map(|path| disk::in_the_way(&folder, path))
        .map(|path| {
            path.strip_prefix(".")
                .unwrap_or(&path)
                .display()
                .to_string()
        })
        .collect();
    if !there.is_empty() {
        return Err(in_the_way(there));
    }
    site::create(&folder, &files)?;
    if !arguments.quiet {
        report::result(&next(
            named.map(PathBuf::as_path),
            files.len(),
            &day.to_string(),
            &zone,
        ))?;
    }
    Ok(DONE)
}

fn in_the_way(mut there: Vec<String>) -> CannotRun {
    there.sort_unstable();
    there.dedup();
    let (are, them) = if there.len() == 1 {
        ("is", "it")
    } else {
        ("are", "them")
    };
    CannotRun(format!(
        "{} {are} there already, and a new site would have to write {them}: nothing was written; name another \
         folder, or move {them} away and put both together afterwards",
        report::some(&there)
    ))
}

/// The time zone of this machine, where it has a name that every machine knows.
fn time_zone() -> String {
    let zone = TimeZone::try_system().ok();
    let name = zone.as_ref().and_then(TimeZone::iana_name);
    let known = name.filter(|name| *name != "Etc/UTC" && TimeZone::get(name).is_ok());
    known.unwrap_or("UTC").to_owned()
}

fn next(folder: Option<&Path>, count: usize, day: &str, zone: &str) -> String {
    let folder = folder.filter(|folder| *folder != Path::new("."));
    let place = folder.map_or_else(
        || "here".to_owned(),
        |folder| format!("in {}", folder.display()),
    );
    let mut out = format!(
        "a new site {place}: {count} files; its texts take effect on {day}, its days begin in {zone}\n\nNext:\n"
    );
    if let Some(folder) = folder {
        let _ = writeln!(out, "  cd {}", quoted(&folder.display().to_string()));
    }
    out.push_str(
        "  engross check     lists the places to fill in, [fill in: …]
  engross serve     shows the site while you edit it
  engross build     writes it to public/

EDITING.md says more. The texts are a beginning and no legal advice: read every sentence.
",
    );
    out
}

/// A path as a shell reads it as one word.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if path.chars().all(plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', "'\\''"))
}
