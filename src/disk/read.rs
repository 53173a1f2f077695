//! A site's folder as a source tree.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Place, Rule, rules};
use crate::model::config::PATH as CONFIGURATION;
use crate::sealed::LEDGER;
use crate::tree::SourceTree;

/// The folders of a site that hold sources.
pub const FOLDERS: [&str; 4] = ["content", "themes", "records", "checkpoints"];

/// The folder that holds `engross.toml`: this one, or the nearest above it.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    from.ancestors()
        .find(|folder| folder.join(CONFIGURATION).is_file())
        .map(Path::to_path_buf)
}

/// Reads a site's sources. What cannot be read is a fault of the tree; only a root that is no folder
/// is an error.
pub fn read(root: &Path) -> io::Result<SourceTree> {
    let found = Found::everything(root)?;
    let contents: Vec<io::Result<Vec<u8>>> = found
        .files
        .par_iter()
        .map(|(_, path)| fs::read(path))
        .collect();
    let mut tree = SourceTree::new();
    for fault in found.faults {
        tree.add_fault(fault);
    }
    for ((path, _), bytes) in found.files.into_iter().zip(contents) {
        match bytes {
            Ok(bytes) => tree.insert(path, bytes),
            Err(error) => tree.add_fault(unreadable(path, &error)),
        }
    }
    Ok(tree)
}

/// The files of a site that hold sources.
pub(super) struct Found<'r> {
    root: &'r Path,
    canonical: PathBuf,
    /// Each with its path below the root.
    pub(super) files: Vec<(String, PathBuf)>,
    pub(super) faults: Vec<Diagnostic>,
    /// Whether a symbolic link leads to any of them.
    pub(super) linked: bool,
}

impl<'r> Found<'r> {
    /// Walks a site's folder. Only a root that is no folder is an error.
    pub(super) fn everything(root: &'r Path) -> io::Result<Self> {
        let canonical = fs::canonicalize(root)?;
        if !canonical.is_dir() {
            return Err(io::Error::from(io::ErrorKind::NotADirectory));
        }
        let mut found = Self {
            root,
            canonical,
            files: Vec::new(),
            faults: Vec::new(),
            linked: false,
        };
        found.walk(CONFIGURATION, false);
        found.walk(LEDGER, false);
        for folder in FOLDERS {
            found.walk(folder, true);
        }
        Ok(found)
    }
}

impl Found<'_> {
    /// Finds the files of a part of the site, which is a folder or else a file, if it is there.
    fn walk(&mut self, name: &str, is_folder: bool) {
        let path = self.root.join(name);
        if path.symlink_metadata().is_err() {
            return;
        }
        if path.exists() && path.is_dir() != is_folder {
            let due = if is_folder { "a folder" } else { "a file" };
            let message = format!("this has to be {due}");
            return self.fault(&rules::UNREADABLE, name.to_owned(), message, "move it away");
        }
        let walk = WalkDir::new(path).follow_links(true).sort_by_file_name();
        let mut entries = walk.into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if is_ignored(&entry) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.path_is_symlink() && self.escapes(&entry) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) => {
                    self.linked |= entry.path_is_symlink();
                    self.entry(&entry);
                }
                Err(error) => self.failed(&error),
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry) {
        let path = self.relative(entry.path());
        if entry.path().to_str().is_none() {
            let help = "rename it with small letters, digits and hyphens";
            self.fault(&rules::BAD_FILE_NAME, path, "the name is not UTF-8", help);
        } else if entry.file_type().is_file() {
            self.files.push((path, entry.path().to_path_buf()));
        } else if !entry.file_type().is_dir() {
            self.fault(
                &rules::UNREADABLE,
                path,
                "this is neither a file nor a folder",
                "remove it",
            );
        }
    }

    /// Whether a symbolic link leads out of the site, which is told.
    fn escapes(&mut self, entry: &DirEntry) -> bool {
        let inside =
            fs::canonicalize(entry.path()).is_ok_and(|target| target.starts_with(&self.canonical));
        if !inside {
            let path = self.relative(entry.path());
            let help = "copy the file into the site's folder";
            self.fault(
                &rules::ESCAPING_SYMLINK,
                path,
                "the symbolic link leads out of the site's folder",
                help,
            );
        }
        !inside
    }

    fn failed(&mut self, error: &walkdir::Error) {
        let path = error.path().unwrap_or(self.root);
        let shown = self.relative(path);
        if error.loop_ancestor().is_some() {
            let help = "remove the link, or let it lead to a folder beside it";
            self.fault(
                &rules::DANGLING_SYMLINK,
                shown,
                "the symbolic link leads to a folder that holds it",
                help,
            );
        } else if path.is_symlink() && !path.exists() {
            let target = fs::read_link(path).unwrap_or_default();
            let message = format!(
                "the symbolic link leads to `{}`, which is not there",
                target.display()
            );
            self.fault(
                &rules::DANGLING_SYMLINK,
                shown,
                message,
                "put the file there, or remove the link",
            );
        } else {
            let why = error
                .io_error()
                .map_or_else(|| "it cannot be read".to_owned(), reason);
            self.fault(
                &rules::UNREADABLE,
                shown,
                why,
                "give yourself the right to read it, or remove it",
            );
        }
    }

    /// A path below the root with `/` between its parts.
    fn relative(&self, path: &Path) -> String {
        let relative = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Vec<_> = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    }

    fn fault(&mut self, rule: &'static Rule, path: String, message: impl Into<String>, help: &str) {
        self.faults
            .push(Diagnostic::new(rule, Place::file(path), message, help));
    }
}

/// Hidden files, and what editors and package managers leave behind.
fn is_ignored(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() > 0
        && (name.starts_with('.')
            || name.ends_with('~')
            || name.ends_with(".swp")
            || name.ends_with(".bak")
            || (name.starts_with('#') && name.ends_with('#'))
            || name == "4913"
            || name == "node_modules")
}

pub(super) fn unreadable(path: String, error: &io::Error) -> Diagnostic {
    let help = "give yourself the right to read it, or remove it";
    Diagnostic::new(&rules::UNREADABLE, Place::file(path), reason(error), help)
}

/// Why something cannot be read, in words that are the same on every system.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        io::ErrorKind::NotFound => "it is not there any more".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}
