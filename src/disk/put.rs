//! Writing single files among the sources: whole, or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Failure;

/// Writes a file below a site's folder. Whoever reads it sees the old file or the new one, also when
/// the program is killed; when this returns, the new one is on the disk.
pub fn put(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let target = root.join(path);
    let beside = beside(&target, bytes).map_err(failed(&target))?;
    fs::rename(&beside, &target).map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(&target)(error)
    })
}

/// Writes a file in the same way where there is none: what is there already is never written over.
pub fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let target = root.join(path);
    if target.symlink_metadata().is_ok() {
        return Err(Failure::Exists(target));
    }
    let beside = beside(&target, bytes).map_err(failed(&target))?;
    // A link fails where another program was faster, which a renaming would not.
    let linked = fs::hard_link(&beside, &target);
    let _ = fs::remove_file(&beside);
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failure::Exists(target)),
        // Some file systems have no hard links.
        Err(_) => put(root, path, bytes),
        Ok(()) => Ok(()),
    }
}

/// What stands where a file would have to go: itself, or a file in the place of a folder above it.
pub fn in_the_way(root: &Path, path: &str) -> Option<PathBuf> {
    let target = root.join(path);
    let above = target
        .ancestors()
        .skip(1)
        .take_while(|folder| folder.starts_with(root));
    let file = above
        .into_iter()
        .find(|folder| folder.exists() && !folder.is_dir());
    file.map(Path::to_path_buf)
        .or_else(|| target.symlink_metadata().is_ok().then(|| target.clone()))
}

/// Removes a file below a site's folder.
pub fn remove(root: &Path, path: &str) -> Result<(), Failure> {
    let target = root.join(path);
    fs::remove_file(&target)
        .map_err(|error| Failure::Disk(format!("cannot remove {}", target.display()), error))
}

fn failed(target: &Path) -> impl Fn(io::Error) -> Failure {
    let what = format!("cannot write {}", target.display());
    move |error| Failure::Disk(what.clone(), error)
}

/// Writes what a file is to hold beside it, down to the disk.
fn beside(target: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let folder = target.parent().unwrap_or(target);
    fs::create_dir_all(folder)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // Hidden files are no sources, so one that a killed program leaves behind is passed over.
    let beside = folder.join(format!(".engross-{name}"));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map(|()| beside.clone()).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

/// Says that the folder of a file that is named on the command line is not there, if so: whoever mistypes a folder gets no new one.
pub fn has_folder(path: &Path) -> Result<(), Failure> {
    let folder = folder_of(path);
    if folder.is_dir() {
        return Ok(());
    }
    Err(Failure::NoFolder(folder.to_owned()))
}

/// Writes a file that is named on the command line, in the same way.
pub fn put_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    has_folder(path)?;
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        let why = io::Error::from(io::ErrorKind::InvalidInput);
        return Err(Failure::Disk(
            format!("cannot write {}", path.display()),
            why,
        ));
    };
    put(folder_of(path), name, bytes)
}

fn folder_of(path: &Path) -> &Path {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Reads a file that is named on the command line.
pub fn file(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}
