//! The only door to the disk: a folder is read into a source tree, and a site is published whole.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that reads and writes files"
)]

mod publish;
mod read;

pub use publish::{Failure, Folder, Published, Stage};
pub use read::{find_root, read};
