//! A site's folder read again and again: a file is read when it may have changed, and only then.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::read::Found;
use crate::tree::SourceTree;

/// What tells without reading that a file is the one that was read. A program can write a file and
/// put its times back; the time of its last change of any kind it cannot.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    changed: (i64, i64),
    file: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let (changed, file) = {
            use std::os::unix::fs::MetadataExt as _;
            ((metadata.ctime(), metadata.ctime_nsec()), metadata.ino())
        };
        #[cfg(not(unix))]
        let (changed, file) = ((0, 0), 0);
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            changed,
            file,
        }
    }
}

/// A site's folder, and its files as they were when somebody looked last.
pub struct Tracker {
    root: PathBuf,
    tree: SourceTree,
    stamps: BTreeMap<String, Stamp>,
    /// Files that were found empty and had words before: an editor may be about to write them.
    emptied: BTreeSet<String>,
    /// Whether a symbolic link leads to a file: of what is elsewhere the system tells nothing.
    linked: bool,
}

impl Tracker {
    /// Reads a site's folder. Only a root that is no folder is an error.
    pub fn open(root: &Path) -> io::Result<Self> {
        let mut tracker = Self {
            root: root.to_path_buf(),
            tree: SourceTree::new(),
            stamps: BTreeMap::new(),
            emptied: BTreeSet::new(),
            linked: false,
        };
        tracker.look_everywhere()?;
        Ok(tracker)
    }

    /// The files as they were when somebody looked last.
    pub fn tree(&self) -> &SourceTree {
        &self.tree
    }

    /// Whether files can change without anything being said of it.
    pub fn is_linked(&self) -> bool {
        self.linked
    }

    /// Whether it knows a file.
    pub fn knows(&self, path: &Path) -> bool {
        self.name(path)
            .is_some_and(|name| self.stamps.contains_key(&name))
    }

    /// Whether an editor may be about to write words into a file that is empty now.
    pub fn is_unsettled(&self) -> bool {
        !self.emptied.is_empty()
    }

    /// Looks at files that something was said of, whatever their times say. Names those that changed.
    pub fn look_at(&mut self, paths: &BTreeSet<PathBuf>) -> io::Result<BTreeSet<String>> {
        let mut changed = BTreeSet::new();
        for path in paths {
            let Some(name) = self.name(path).filter(|name| self.is_plain(name, path)) else {
                changed.extend(self.look_everywhere()?);
                continue;
            };
            let read = fs::metadata(path).and_then(|found| Ok((found, fs::read(path)?)));
            let Ok((metadata, bytes)) = read else {
                changed.extend(self.look_everywhere()?);
                continue;
            };
            if bytes.is_empty() && self.waits_for(&name) {
                continue;
            }
            self.emptied.remove(&name);
            let mut new = SourceTree::new();
            new.insert(name.clone(), bytes);
            if new.is_faulty(&name) {
                self.stamps.remove(&name);
                changed.extend(self.look_everywhere()?);
                continue;
            }
            self.stamps.insert(name.clone(), Stamp::of(&metadata));
            if !self.tree.agrees(&new, &name) {
                self.tree.replace(&name, &new);
                changed.insert(name);
            }
        }
        Ok(changed)
    }

    /// Whether an empty file had words, and is found so for the first time.
    fn waits_for(&mut self, name: &str) -> bool {
        let had_words = self.tree.bytes(name).is_some_and(|bytes| !bytes.is_empty());
        had_words && self.emptied.insert(name.to_owned())
    }

    /// The name of a file that is known, and still a file: everything else takes a look at all.
    fn is_plain(&self, name: &str, path: &Path) -> bool {
        let is_file = path.symlink_metadata().is_ok_and(|found| found.is_file());
        is_file && self.stamps.contains_key(name) && !self.tree.is_faulty(name)
    }

    fn name(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = below
            .components()
            .map(|part| part.as_os_str().to_str())
            .collect();
        Some(parts?.join("/"))
    }

    /// Walks the whole folder, and reads what may have changed. Names what did.
    pub fn look_everywhere(&mut self) -> io::Result<BTreeSet<String>> {
        let found = Found::everything(&self.root)?;
        let linked = found.linked;
        let mut tree = SourceTree::new();
        let mut stamps = BTreeMap::new();
        for fault in found.faults {
            tree.add_fault(fault);
        }
        for (name, path) in found.files {
            let stamp = fs::metadata(&path).map(|metadata| Stamp::of(&metadata));
            let known = self.stamps.get(&name);
            let is_known = stamp.as_ref().is_ok_and(|stamp| known == Some(stamp));
            if is_known && self.tree.contains(&name) {
                tree.replace(&name, &self.tree);
            } else {
                match fs::read(&path) {
                    Ok(bytes) if bytes.is_empty() && self.waits_for(&name) => {
                        tree.replace(&name, &self.tree);
                        continue;
                    }
                    Ok(bytes) => tree.insert(name.clone(), bytes),
                    Err(error) => tree.add_fault(super::read::unreadable(name.clone(), &error)),
                }
            }
            self.emptied.remove(&name);
            stamps.extend(stamp.ok().map(|stamp| (name, stamp)));
        }
        self.stamps = stamps;
        self.linked = linked;
        let before = std::mem::replace(&mut self.tree, tree);
        Ok(self.differences(&before))
    }

    /// The files of which two looks say different things.
    fn differences(&self, before: &SourceTree) -> BTreeSet<String> {
        let paths = before.paths().chain(self.tree.paths());
        let faulty = before.faults().iter().chain(self.tree.faults());
        let all = paths.chain(faulty.map(|fault| fault.place.path.as_str()));
        all.filter(|path| !self.tree.agrees(before, path))
            .map(str::to_owned)
            .collect()
    }
}
