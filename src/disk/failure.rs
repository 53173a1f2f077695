//! Why a folder could not be published to.

use std::io;
use std::path::PathBuf;

/// Why a folder could not be published to.
#[derive(Debug)]
pub enum Failure {
    /// The disk said no: what was tried, and its words.
    Disk(String, io::Error),
    /// The folder holds files that are not ours, of which some are named.
    Foreign(PathBuf, Vec<String>),
    /// A file that is not ours stands where a page has to go.
    InTheWay(PathBuf),
    /// The folder that a file was to be written to is not there.
    NoFolder(PathBuf),
    /// A file that was to be written is there already.
    Exists(PathBuf),
    /// The folder holds, or is among, the site's sources.
    Sources(PathBuf),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Disk(what, error) => write!(f, "{what}: {error}"),
            Self::Foreign(folder, names) => write!(
                f,
                "{} was not written by engross and is not empty: it holds {}; name an empty folder with --out, or empty it yourself",
                folder.display(),
                names.join(", ")
            ),
            Self::Sources(folder) => {
                write!(
                    f,
                    "{} belongs to the site's sources; name another folder with --out",
                    folder.display()
                )
            }
            Self::NoFolder(folder) => write!(f, "there is no folder {}", folder.display()),
            Self::Exists(path) => {
                write!(
                    f,
                    "{} is there already, and is left as it is",
                    path.display()
                )
            }
            Self::InTheWay(path) => {
                write!(
                    f,
                    "{} was not written by engross, and a page has to go there; move it away",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for Failure {}
