//! The source tree: every file of a site in memory, as the core sees it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, Place, Span, rules};

/// File-name endings of what is read as text; everything else is bytes.
const TEXT_ENDINGS: [&str; 6] = [".md", ".toml", ".html", ".txt", ".ledger", ".sig"];

/// One file of the tree. Trees that share a file hold it once.
#[derive(Clone)]
enum File {
    /// Text: UTF-8 without a byte-order mark, its lines ending in `\n`.
    Text(Arc<str>),
    /// Anything else, as it is.
    Bytes(Arc<[u8]>),
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(own), Self::Text(other)) => Arc::ptr_eq(own, other) || own == other,
            (Self::Bytes(own), Self::Bytes(other)) => Arc::ptr_eq(own, other) || own == other,
            _ => false,
        }
    }
}

/// A file, and what it was written anew as after its tree was read.
#[derive(Clone)]
struct Slot {
    file: File,
    newer: OnceLock<Box<Slot>>,
}

impl Slot {
    fn new(file: File) -> Self {
        Self {
            file,
            newer: OnceLock::new(),
        }
    }

    /// What the file was written anew as, one after the other; the last is what it is.
    fn newest(&self) -> &Self {
        let mut slot = self;
        while let Some(newer) = slot.newer.get() {
            slot = newer;
        }
        slot
    }
}

/// The files of a site by their path below its root, and what went wrong in reading them.
///
/// Paths have `/` between their parts and are relative: `content/privacy/2022-12-22.md`.
#[derive(Clone, Default)]
pub struct SourceTree {
    files: BTreeMap<String, Slot>,
    /// Text files that are not UTF-8, decoded as far as it goes: for reports to quote, never read.
    broken: BTreeMap<String, String>,
    faults: Vec<Diagnostic>,
}

impl SourceTree {
    /// An empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. One that should be text but is not UTF-8 becomes a fault and is left out.
    pub fn insert(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        let path = path.into();
        if !TEXT_ENDINGS.iter().any(|ending| path.ends_with(ending)) {
            self.put(path, File::Bytes(bytes.into()));
            return;
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                self.put(path, File::Text(clean(text).into()));
            }
            Err(error) => self.add_invalid_utf8(path, &error),
        }
    }

    fn add_invalid_utf8(&mut self, path: String, error: &std::string::FromUtf8Error) {
        let (bytes, valid) = (error.as_bytes(), error.utf8_error().valid_up_to());
        let start = clean(String::from_utf8_lossy(&bytes[..valid]).into_owned()).len();
        self.faults.push(Diagnostic::new(
            &rules::INVALID_UTF8,
            Place::at(
                path.clone(),
                Span::new(start..start + '\u{FFFD}'.len_utf8()),
            ),
            format!("byte 0x{:02X} is not UTF-8", bytes[valid]),
            "save the file as UTF-8 (in most editors: “Save with encoding”)",
        ));
        self.broken
            .insert(path, clean(String::from_utf8_lossy(bytes).into_owned()));
    }

    /// Adds a problem that was met in reading.
    pub fn add_fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// What went wrong in reading.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// Whether there is such a file.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn put(&mut self, path: String, file: File) {
        self.files.insert(path, Slot::new(file));
    }

    fn file(&self, path: &str) -> Option<&File> {
        Some(&self.files.get(path)?.newest().file)
    }

    /// Takes over what another tree says of a file of this one, while this one is looked at: whoever
    /// looks at an earlier text keeps it, and the tree holds it as long as it lives. What was read of
    /// the file before has to be read again. Nothing happens where it is not a file of both.
    pub fn rewrite(&self, path: &str, from: &Self) {
        if let (Some(own), Some(file)) = (self.files.get(path), from.file(path)) {
            let newer = Box::new(Slot::new(file.clone()));
            own.newest().newer.get_or_init(|| newer);
        }
    }

    /// A tree of one file of this one.
    #[must_use]
    pub fn part(&self, path: &str) -> Self {
        let mut part = Self::new();
        part.replace(path, self);
        part
    }

    /// Takes over what another tree says of a file.
    pub fn replace(&mut self, path: &str, from: &Self) {
        if let Some(file) = from.file(path) {
            self.put(path.to_owned(), file.clone());
        }
    }

    /// Comes to say the same as another tree of some paths, which may have come or gone.
    pub fn follow<'p>(&mut self, paths: impl IntoIterator<Item = &'p String>, other: &Self) {
        for path in paths {
            match other.file(path) {
                Some(file) => self.put(path.clone(), file.clone()),
                None => {
                    self.files.remove(path);
                }
            }
        }
        self.broken.clone_from(&other.broken);
        self.faults.clone_from(&other.faults);
    }

    /// Whether two trees say the same of a path.
    pub fn agrees(&self, other: &Self, path: &str) -> bool {
        let faults = |tree: &Self| -> Vec<Diagnostic> {
            let all = tree.faults.iter();
            all.filter(|fault| fault.place.path == path)
                .cloned()
                .collect()
        };
        self.file(path) == other.file(path) && faults(self) == faults(other)
    }

    /// Whether a file was met and could not be read as what it should be.
    pub fn is_faulty(&self, path: &str) -> bool {
        self.faults.iter().any(|fault| fault.place.path == path)
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The text of a text file.
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.file(path)? {
            File::Text(text) => Some(text),
            File::Bytes(_) => None,
        }
    }

    /// The text of a text file for a report to quote, even if it could not be read as a source.
    pub fn quotable(&self, path: &str) -> Option<&str> {
        let bytes = || std::str::from_utf8(self.bytes(path)?).ok();
        self.text(path)
            .or_else(|| self.broken.get(path).map(String::as_str))
            .or_else(bytes)
    }

    /// The bytes of any file; of a text, as cleaned on the way in.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        Some(match self.file(path)? {
            File::Text(text) => text.as_bytes(),
            File::Bytes(bytes) => bytes,
        })
    }

    /// The files below a folder with their bytes, sorted by path.
    pub fn files_below<'t, 'f>(
        &'t self,
        folder: &'f str,
    ) -> impl Iterator<Item = (&'t str, &'t [u8])> + use<'t, 'f> {
        self.below(folder)
            .filter_map(|path| Some((path, self.bytes(path)?)))
    }

    /// The paths below a folder (`content/`), sorted.
    pub fn below<'t, 'f>(&'t self, folder: &'f str) -> impl Iterator<Item = &'t str> + use<'t, 'f> {
        self.files
            .range(folder.to_owned()..)
            .map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(folder))
    }
}

/// Drops a byte-order mark and ends every line in `\n`, so that a file from any editor reads alike.
fn clean(text: String) -> String {
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_from_any_editor_reads_alike() {
        let mut tree = SourceTree::new();
        tree.insert("a.md", b"\xEF\xBB\xBFone\r\ntwo\rthree\n".to_vec());
        assert_eq!(tree.text("a.md"), Some("one\ntwo\nthree\n"));
    }

    #[test]
    fn invalid_utf8_is_a_fault_with_a_place() {
        let mut tree = SourceTree::new();
        tree.insert("a.md", b"one\nt\xC3\xA9\xFFo".to_vec());
        assert!(!tree.contains("a.md"));
        assert_eq!(tree.faults()[0].place, Place::at("a.md", Span::new(7..10)));
        assert_eq!(tree.quotable("a.md"), Some("one\nté\u{FFFD}o"));
    }

    #[test]
    fn paths_below_a_folder_come_sorted() {
        let mut tree = SourceTree::new();
        for path in ["b/2.md", "a/1.md", "b/1.md", "c.md"] {
            tree.insert(path, Vec::new());
        }
        assert_eq!(tree.below("b/").collect::<Vec<_>>(), ["b/1.md", "b/2.md"]);
    }
}
