//! What a folder holds, to compare it with what it held before.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use walkdir::WalkDir;

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What a file holds, or where a symbolic link leads; `None` for a folder.
    pub(crate) bytes: Option<Vec<u8>>,
    /// When it was changed.
    pub(crate) modified: SystemTime,
}

/// The entries of a folder by their path below it, with `/` between the parts.
pub(crate) type Snapshot = BTreeMap<String, Entry>;

/// Everything below a folder; nothing if it is not there.
pub(crate) fn snapshot(folder: &Path) -> Snapshot {
    if !folder.exists() {
        return Snapshot::new();
    }
    let entries = WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .map(Result::unwrap);
    let entry = |entry: walkdir::DirEntry| {
        let kind = entry.file_type();
        let bytes = if kind.is_symlink() {
            let target = fs::read_link(entry.path()).unwrap();
            Some(target.to_string_lossy().into_owned().into_bytes())
        } else {
            kind.is_file().then(|| fs::read(entry.path()).unwrap())
        };
        let modified = entry.metadata().unwrap().modified().unwrap();
        (relative(folder, entry.path()), Entry { bytes, modified })
    };
    entries.map(entry).collect()
}

/// The files of a snapshot with what they hold, whenever they were written.
pub(crate) fn files(snapshot: &Snapshot) -> BTreeMap<&str, &[u8]> {
    snapshot
        .iter()
        .filter_map(|(path, entry)| Some((path.as_str(), entry.bytes.as_deref()?)))
        .collect()
}

/// Which files differ between two trees; empty where the trees are the same.
pub(crate) fn difference(one: &Snapshot, other: &Snapshot) -> Vec<String> {
    let (one, other) = (files(one), files(other));
    let mut paths: Vec<&str> = one.keys().chain(other.keys()).copied().collect();
    paths.sort_unstable();
    paths.dedup();
    let differs = |path: &&str| one.get(*path) != other.get(*path);
    paths
        .into_iter()
        .filter(differs)
        .map(str::to_owned)
        .collect()
}

/// The names of what stands directly in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort_unstable();
    names
}

fn relative(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap().components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
