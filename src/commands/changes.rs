//! Waiting for files to change. What the system says of a file is a hint to look at it, no more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use engross::disk::{FOLDERS, Tracker};
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use same_file::Handle;

use super::CannotRun;

/// How long nothing may be said of a file until it is looked at.
const QUIET: Duration = Duration::from_millis(3);
/// The same while a file is being written and was not closed, or while many change.
const BUSY: Duration = Duration::from_millis(40);
/// How long files may keep changing before they are looked at all the same.
const LONGEST: Duration = Duration::from_millis(600);
/// How many files make many.
const MANY: usize = 3;
/// When everything is looked at again after a change: a new folder can have files before anybody
/// watches it.
const AGAIN: Duration = Duration::from_millis(250);
/// When it is looked at again after a file was found empty that had words: its editor may be at it.
const EMPTY: Duration = Duration::from_millis(60);
/// How often everything is looked at anyhow.
const POLL: Duration = Duration::from_secs(30);
/// The same where symbolic links lead to files of which the system says nothing.
const POLL_LINKS: Duration = Duration::from_secs(1);
/// The same where the system says nothing at all.
const POLL_ALONE: Duration = Duration::from_millis(500);

/// A site's folder that is watched.
pub(super) struct Changes {
    root: PathBuf,
    tracker: Tracker,
    said: Receiver<notify::Result<Event>>,
    watcher: Option<RecommendedWatcher>,
    /// The folders that are watched, each with what tells it from another in its place.
    watched: BTreeMap<PathBuf, Option<Handle>>,
    /// When everything is to be looked at.
    due: Instant,
}

/// What the system has said since somebody looked last.
#[derive(Default)]
struct Hints {
    paths: BTreeSet<PathBuf>,
    /// Whether more has changed than single files.
    everything: bool,
    /// Files that are being written.
    open: BTreeSet<PathBuf>,
}

impl Changes {
    /// Reads a site's folder, and watches it from then on.
    pub(super) fn of(root: &Path) -> Result<Self, CannotRun> {
        let unreadable = |error| CannotRun(format!("cannot read {}: {error}", root.display()));
        // What the system says has the whole path.
        let root = std::path::absolute(root).map_err(unreadable)?;
        let (say, said) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event| {
            let _ = say.send(event);
        });
        let mut changes = Self {
            tracker: Tracker::open(&root).map_err(unreadable)?,
            root,
            said,
            watcher: watcher.ok(),
            watched: BTreeMap::new(),
            due: Instant::now() + AGAIN,
        };
        changes.watch();
        Ok(changes)
    }

    /// The files as they are.
    pub(super) fn tracker(&self) -> &Tracker {
        &self.tracker
    }

    /// Whether the system tells of changes, or everything has to be looked at again and again.
    pub(super) fn is_told(&self) -> bool {
        self.watcher.is_some()
    }

    /// Watches the site's folder, and those of its folders that are there. Without what the system
    /// says there is the slow way.
    fn watch(&mut self) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        let folders = FOLDERS.iter().map(|folder| self.root.join(folder));
        let folders = folders.filter(|folder| folder.is_dir());
        let folders = folders.map(|folder| (folder, RecursiveMode::Recursive));
        let root = (self.root.clone(), RecursiveMode::NonRecursive);
        let mut failed = false;
        for (folder, mode) in std::iter::once(root).chain(folders) {
            let handle = Handle::from_path(&folder).ok();
            if self.watched.get(&folder) != Some(&handle) {
                // Another folder in the place of one is not watched because that one was.
                let _ = watcher.unwatch(&folder);
                failed |= watcher.watch(&folder, mode).is_err();
                self.watched.insert(folder, handle);
            }
        }
        if failed {
            self.watcher = None;
        }
    }

    /// Waits until files have changed, and names them. Returns without one after `at_most`.
    pub(super) fn next(&mut self, at_most: Duration) -> Result<BTreeSet<String>, CannotRun> {
        let until = Instant::now() + at_most;
        loop {
            let now = Instant::now();
            let wait = self.due.min(until).saturating_duration_since(now);
            let changed = match self.said.recv_timeout(wait) {
                Ok(first) => self.look_at(first)?,
                Err(RecvTimeoutError::Timeout) if self.due <= Instant::now() => {
                    self.look_everywhere()?
                }
                Err(RecvTimeoutError::Timeout) => return Ok(BTreeSet::new()),
                // The watcher is gone, and so is what it said.
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(wait);
                    self.look_everywhere()?
                }
            };
            if !changed.is_empty() {
                return Ok(changed);
            }
        }
    }

    fn look_at(&mut self, first: notify::Result<Event>) -> Result<BTreeSet<String>, CannotRun> {
        let mut hints = Hints::default();
        self.hear(first, &mut hints);
        if hints.is_empty() {
            return Ok(BTreeSet::new());
        }
        let latest = Instant::now() + LONGEST;
        while Instant::now() < latest {
            match self.said.recv_timeout(hints.quiet()) {
                Ok(event) => self.hear(event, &mut hints),
                Err(_) => break,
            }
        }
        // Folders that have just come are to be watched before they are looked at.
        if hints.everything {
            self.watched.retain(|folder, _| folder.is_dir());
            self.watch();
        }
        let looked = if hints.everything {
            self.tracker.look_everywhere()
        } else {
            self.tracker.look_at(&hints.paths)
        };
        let changed = looked.map_err(|error| gone(&self.root, &error))?;
        if hints.everything {
            self.due = Instant::now() + AGAIN;
        }
        if self.tracker.is_unsettled() {
            self.due = Instant::now() + EMPTY;
        }
        Ok(changed)
    }

    fn look_everywhere(&mut self) -> Result<BTreeSet<String>, CannotRun> {
        self.watched.retain(|folder, _| folder.is_dir());
        self.watch();
        let looked = self.tracker.look_everywhere();
        let every = match (self.is_told(), self.tracker.is_linked()) {
            (true, false) => POLL,
            (true, true) => POLL_LINKS,
            (false, _) => POLL_ALONE,
        };
        self.due = Instant::now() + every;
        looked.map_err(|error| gone(&self.root, &error))
    }

    /// What an event says of the sources.
    fn hear(&self, event: notify::Result<Event>, hints: &mut Hints) {
        let Ok(event) = event else {
            hints.everything = true;
            return;
        };
        if event.need_rescan() {
            hints.everything = true;
        }
        for path in event.paths.iter().filter(|path| self.is_source(path)) {
            hints.hear(event.kind, path);
            // A file that nobody knows may be one that an editor is about to give another name.
            if !self.tracker.knows(path) {
                hints.open.insert(path.clone());
            }
        }
    }

    /// Whether a path is one of a source, and none of what editors and other programs leave.
    fn is_source(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.root) else {
            return false;
        };
        let mut parts = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        let first = parts.next().unwrap_or_default();
        let is_ours = first == "engross.toml" || first == "engross.ledger";
        let is_inside = FOLDERS.contains(&&*first);
        let is_passed_over = |name: &str| name.starts_with('.') || name.ends_with('~');
        (is_ours || is_inside) && !parts.any(|part| is_passed_over(&part))
    }
}

impl Hints {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }

    fn hear(&mut self, kind: EventKind, path: &Path) {
        match kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                self.open.remove(path);
                self.paths.insert(path.to_path_buf());
            }
            // Reading a file is told, too: the program itself reads.
            EventKind::Access(_) => {}
            EventKind::Modify(ModifyKind::Data(_)) => {
                self.open.insert(path.to_path_buf());
                self.paths.insert(path.to_path_buf());
            }
            EventKind::Modify(ModifyKind::Metadata(_)) => {
                self.paths.insert(path.to_path_buf());
            }
            // Something came, went, or has another name now.
            _ => {
                if path.is_file() {
                    self.paths.insert(path.to_path_buf());
                } else {
                    self.everything = true;
                }
            }
        }
    }

    /// How long to wait for more.
    fn quiet(&self) -> Duration {
        let busy = self.everything || !self.open.is_empty() || self.paths.len() > MANY;
        if busy { BUSY } else { QUIET }
    }
}

fn gone(root: &Path, error: &std::io::Error) -> CannotRun {
    CannotRun(format!("cannot read {} any more: {error}", root.display()))
}
