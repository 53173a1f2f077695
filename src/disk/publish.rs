//! Publishing: the new site is written beside the old one, and then the two change places.
//!
//! Whoever reads the folder sees the whole old site or the whole new one, also when the program is
//! killed: nothing in the published folder is ever changed in place. What a killed build leaves
//! behind stands beside the folder under names of ours, and the next build clears it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Failure;
use walkdir::WalkDir;

/// The file that says that a folder is ours, and which files in it are.
const MARKER: &str = ".engross";
const MARKER_HEAD: &str = "# Written by `engross build`. The files listed here are replaced by the next build; others are kept.\n";

fn disk(what: &str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let what = format!("{what} {}", path.display());
    move |error| Failure::Disk(what, error)
}

/// A folder to publish to, held against other builds until it is dropped.
pub struct Folder {
    path: PathBuf,
    /// What the last build wrote.
    ours: BTreeSet<String>,
    /// Folders above it that were not there before, the lowest first.
    created: Vec<PathBuf>,
    _lock: File,
}

impl Folder {
    /// Takes a folder: one that is not there, is empty, or was written by us, and that has nothing to
    /// do with the sources of the site at `root`. While another build holds it, `on_wait` is told and
    /// this one waits. Leftovers of a killed build are cleared.
    pub fn open(path: &Path, root: &Path, on_wait: impl FnOnce()) -> Result<Self, Failure> {
        let path = absolute(path)?;
        if is_of_sources(&path, &absolute(root)?) {
            return Err(Failure::Sources(path));
        }
        let parent = path.parent().unwrap_or(Path::new("/"));
        let created: Vec<PathBuf> = parent
            .ancestors()
            .take_while(|folder| !folder.exists())
            .map(Path::to_path_buf)
            .collect();
        fs::create_dir_all(parent).map_err(disk("cannot create", parent))?;
        let lock = lock(parent, on_wait)?;
        let mut folder = Self {
            path,
            ours: BTreeSet::new(),
            created,
            _lock: lock,
        };
        folder.recover()?;
        folder.ours = folder.read_marker()?;
        Ok(folder)
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a new site with room for these files, given by their paths below the folder.
    pub fn stage(&self, files: &[String]) -> Result<Stage<'_>, Failure> {
        let path = self.beside("new");
        fs::create_dir(&path).map_err(disk("cannot create", &path))?;
        let stage = Stage {
            folder: self,
            path,
            unchanged: AtomicUsize::new(0),
            files: files.iter().cloned().collect(),
        };
        let folders: BTreeSet<&Path> = files
            .iter()
            .filter_map(|file| Path::new(file).parent())
            .collect();
        for folder in folders {
            let path = stage.path.join(folder);
            fs::create_dir_all(&path).map_err(disk("cannot create", &path))?;
        }
        Ok(stage)
    }

    /// A path of ours beside the folder.
    fn beside(&self, what: &str) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!(".engross-{name}-{what}"))
    }

    /// Clears what a killed build left behind. On file systems that cannot exchange two folders, the
    /// kill may have come when the old site had been moved away and the new one not yet moved in.
    fn recover(&self) -> Result<(), Failure> {
        let (new, old) = (self.beside("new"), self.beside("old"));
        if old.exists() && !self.path.exists() {
            fs::rename(&old, &self.path).map_err(disk("cannot restore", &self.path))?;
        }
        for left in [new, old] {
            if left.exists() {
                fs::remove_dir_all(&left).map_err(disk("cannot clear", &left))?;
            }
        }
        Ok(())
    }

    fn read_marker(&self) -> Result<BTreeSet<String>, Failure> {
        let marker = self.path.join(MARKER);
        match fs::read_to_string(&marker) {
            Ok(text) => Ok(text
                .lines()
                .filter(|line| !line.starts_with('#'))
                .map(str::to_owned)
                .collect()),
            Err(_) if is_absent_or_empty(&self.path)? => Ok(BTreeSet::new()),
            Err(_) => Err(Failure::Foreign(self.path.clone(), some_names(&self.path))),
        }
    }
}

impl Drop for Folder {
    /// A build that published nothing leaves no empty folders behind.
    fn drop(&mut self) {
        for folder in &self.created {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A site that is being written beside the published one.
pub struct Stage<'f> {
    folder: &'f Folder,
    path: PathBuf,
    files: BTreeSet<String>,
    unchanged: AtomicUsize,
}

/// What a publication did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that are the same as before, and kept their times.
    pub unchanged: usize,
    /// Files that are not there any more.
    pub removed: usize,
    /// Files of others that were in the folder, and still are.
    pub kept: Vec<String>,
}

impl Stage<'_> {
    /// Writes a file of the new site. One with the same bytes as before is linked, so that it keeps
    /// its time and a sync has nothing to send. Can be called from several threads.
    pub fn write(&self, file: &str, bytes: &[u8]) -> Result<(), Failure> {
        if self.put(file, bytes)? {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Links a file that holds these bytes already, else writes it. Whether it was linked.
    fn put(&self, file: &str, bytes: &[u8]) -> Result<bool, Failure> {
        let (old, new) = (self.folder.path.join(file), self.path.join(file));
        if holds(&old, bytes) && fs::hard_link(&old, &new).is_ok() {
            return Ok(true);
        }
        fs::write(&new, bytes).map_err(disk("cannot write", &old))?;
        Ok(false)
    }

    /// Puts the new site in the place of the old one.
    pub fn publish(self) -> Result<Published, Failure> {
        let mut marker = String::from(MARKER_HEAD);
        for file in &self.files {
            marker.push_str(file);
            marker.push('\n');
        }
        self.put(MARKER, marker.as_bytes())?;
        let kept = self.carry_over()?;
        let target = &self.folder.path;
        if let Ok(metadata) = fs::metadata(target) {
            let _ = fs::set_permissions(&self.path, metadata.permissions());
        }
        exchange(&self.path, target, &self.folder.beside("old"))
            .map_err(disk("cannot publish to", target))?;
        self.folder.recover()?;
        let unchanged = self.unchanged.load(Ordering::Relaxed);
        Ok(Published {
            written: self.files.len() - unchanged,
            unchanged,
            removed: self.folder.ours.difference(&self.files).count(),
            kept,
        })
    }

    /// Links the files of others from the old folder into the new one.
    fn carry_over(&self) -> Result<Vec<String>, Failure> {
        let old = &self.folder.path;
        let mut kept = Vec::new();
        for entry in WalkDir::new(old).min_depth(1).sort_by_file_name() {
            let entry = match entry {
                Ok(entry) => entry,
                // There is no old folder before the first build.
                Err(error) if error.depth() == 0 => break,
                Err(error) => return Err(disk("cannot read", old)(error.into())),
            };
            let relative = entry.path().strip_prefix(old).unwrap_or(entry.path());
            let name = slashed(relative);
            if name == MARKER || self.folder.ours.contains(&name) {
                continue;
            }
            let new = self.path.join(relative);
            if entry.file_type().is_dir() {
                check_removable(entry.path())?;
                // A folder of ours is there already; a folder of others may be empty.
                if !self.is_folder_of_ours(&name) {
                    fs::create_dir_all(&new)
                        .map_err(|_| Failure::InTheWay(entry.path().to_path_buf()))?;
                }
                continue;
            }
            if new.symlink_metadata().is_ok() {
                return Err(Failure::InTheWay(entry.path().to_path_buf()));
            }
            carry(entry.path(), &new).map_err(|_| Failure::InTheWay(entry.path().to_path_buf()))?;
            kept.push(name);
        }
        Ok(kept)
    }

    /// Whether a folder of the old site was made for files of ours.
    fn is_folder_of_ours(&self, name: &str) -> bool {
        let below = format!("{name}/");
        self.folder
            .ours
            .range(below.clone()..)
            .next()
            .is_some_and(|file| file.starts_with(&below))
    }
}

impl Drop for Stage<'_> {
    /// A site that was not published leaves nothing behind.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// The real path, also of what is not there yet: the exchange must not replace a symbolic link by a
/// folder, and `..` must not hide where a path leads.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let path = std::path::absolute(path).map_err(disk("cannot find", path))?;
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(ancestor), path.strip_prefix(ancestor)) {
            return Ok(real.join(rest));
        }
    }
    Ok(path)
}

/// Whether a folder holds the site's sources, or is one of their folders or inside of it.
fn is_of_sources(path: &Path, root: &Path) -> bool {
    root.starts_with(path)
        || super::read::FOLDERS
            .iter()
            .any(|name| path.starts_with(root.join(name)))
}

/// Holds a folder against other runs of the program until what comes back is dropped: the one above a
/// published folder, or a site's. On Unix a folder itself can be locked, which leaves no
/// file behind.
pub fn lock(parent: &Path, on_wait: impl FnOnce()) -> Result<File, Failure> {
    #[cfg(unix)]
    let file = File::open(parent);
    #[cfg(not(unix))]
    let file = File::create(parent.join(".engross-lock"));
    let file = file.map_err(disk("cannot open", parent))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            on_wait();
            file.lock().map_err(disk("cannot lock", parent))?;
            Ok(file)
        }
        // Some network file systems have no locks: two builds at once are then the caller's to avoid.
        Err(fs::TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
            Ok(file)
        }
        Err(fs::TryLockError::Error(error)) => Err(disk("cannot lock", parent)(error)),
    }
}

fn is_absent_or_empty(path: &Path) -> Result<bool, Failure> {
    match fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(disk("cannot read", path)(error)),
    }
}

/// A few names of what a folder holds.
fn some_names(path: &Path) -> Vec<String> {
    let entries = WalkDir::new(path)
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .take(6)
        .collect();
    if names.len() == 6 {
        names.truncate(5);
        names.push("…".to_owned());
    }
    names
}

/// Whether a file holds these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same_length =
        || fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
    let read = || {
        let mut content = Vec::with_capacity(bytes.len());
        File::open(path)?.read_to_end(&mut content).map(|_| content)
    };
    same_length() && read().is_ok_and(|content| content == bytes)
}

/// Brings a file of others over: the same file where the file system can link, else a copy.
fn carry(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    if fs::hard_link(from, to).is_ok() {
        Ok(())
    } else {
        fs::copy(from, to).map(drop)
    }
}

/// Whether the old copy of a folder can be cleared once its files have been carried over: found out
/// only after the exchange, it would stop every later build.
fn check_removable(folder: &Path) -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        let wanted = Access::WRITE_OK | Access::EXEC_OK;
        access(folder, wanted).map_err(|error| disk("cannot change", folder)(error.into()))?;
    }
    Ok(())
}

pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Lets two folders change places at once; where the file system cannot, moves the old one away
/// first, so that for a moment there is none. Where there is no old one, the new one moves in.
fn exchange(new: &Path, target: &Path, old: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new, target);
    }
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE) {
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {}
            result => return result.map_err(io::Error::from),
        }
    }
    fs::rename(target, old)?;
    fs::rename(new, target)
}
