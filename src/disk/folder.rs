//! A published folder as it stands, to be held against what was published.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::published::{Contents, File};

/// Reads what a folder holds. A symbolic link counts only where it leads to a file inside; what
/// cannot be read is a fault of the contents.
pub fn contents(folder: &Path) -> io::Result<Contents> {
    let root = fs::canonicalize(folder)?;
    if !root.is_dir() {
        return Err(io::Error::from(io::ErrorKind::NotADirectory));
    }
    let mut contents = Contents::default();
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    let walk = WalkDir::new(&root).min_depth(1).sort_by_file_name();
    // A folder that hosts publish from a branch holds the history of that branch.
    for entry in walk.into_iter().filter_entry(|entry| !is_git(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = slashed(&root, entry.path());
                match file(&root, &entry) {
                    Some(file) => files.push((path, file)),
                    None => contents.faults.push((path, NO_FILE.to_owned())),
                }
            }
            Err(error) => {
                let path = slashed(&root, error.path().unwrap_or(&root));
                contents.faults.push((path, UNREADABLE.to_owned()));
            }
        }
    }
    let read = |(path, file): &(String, PathBuf)| Ok(File::read(path, fs::read(file)?));
    let found: Vec<io::Result<File>> = files.par_iter().map(read).collect();
    for ((path, _), file) in files.into_iter().zip(found) {
        match file {
            Ok(file) => contents.insert(path, file),
            Err(_) => contents.faults.push((path, UNREADABLE.to_owned())),
        }
    }
    Ok(contents)
}

const UNREADABLE: &str = "this cannot be read";
const NO_FILE: &str = "this is neither a file nor a symbolic link to a file in the folder";

fn is_git(entry: &DirEntry) -> bool {
    entry.depth() == 1 && entry.file_name() == ".git"
}

/// The file that an entry is or leads to.
fn file(root: &Path, entry: &DirEntry) -> Option<PathBuf> {
    let path = fs::canonicalize(entry.path()).ok()?;
    (path.is_file() && path.starts_with(root)).then_some(path)
}

fn slashed(root: &Path, path: &Path) -> String {
    super::publish::slashed(path.strip_prefix(root).unwrap_or(path))
}
