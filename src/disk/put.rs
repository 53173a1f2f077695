//! Writing single files among the sources: whole, or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::Failure;

/// Writes a file below a site's folder. Whoever reads it sees the old file or the new one, also when
/// the program is killed; when this returns, the new one is on the disk.
pub fn put(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let target = root.join(path);
    let fail =
        |error: io::Error| Failure::Disk(format!("cannot write {}", target.display()), error);
    let folder = target.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(fail)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // Hidden files are no sources, so one that a killed program leaves behind is passed over.
    let beside = folder.join(format!(".engross-{name}"));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&beside, &target))
        .map_err(|error| {
            let _ = fs::remove_file(&beside);
            fail(error)
        })
}

/// Writes a file that is named on the command line, in the same way.
pub fn put_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        let why = io::Error::from(io::ErrorKind::InvalidInput);
        return Err(Failure::Disk(
            format!("cannot write {}", path.display()),
            why,
        ));
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    put(folder.unwrap_or(Path::new(".")), name, bytes)
}

/// Reads a file that is named on the command line.
pub fn file(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}
