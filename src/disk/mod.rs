//! The only door to the disk: a folder is read into a source tree, and a site is published whole.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that reads and writes files"
)]

mod failure;
mod folder;
mod publish;
mod put;
mod read;
mod track;

pub use failure::Failure;
pub use folder::contents;
pub use publish::{Folder, Published, Stage, lock};
pub use put::{create, file, has_folder, in_the_way, put, put_file, remove};
pub use read::{FOLDERS, find_root, read};
pub use track::Tracker;
