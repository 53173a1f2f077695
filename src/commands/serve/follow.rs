//! Following the sources: what changes is shown at once, checked when there is time, and told.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use engross::preview::Preview;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::Shared;
use crate::commands::CannotRun;
use crate::commands::changes::Changes;
use crate::commands::report::{self, Told};

/// How long nothing may change until everything is checked.
const QUIET: Duration = Duration::from_millis(400);
/// How often the clock is looked at.
const CLOCK: Duration = Duration::from_secs(20);

/// Follows the sources of a site.
pub(super) struct Follower {
    shared: Arc<Shared>,
    changes: Changes,
    quiet: bool,
    told: Told,
}

impl Follower {
    pub(super) fn new(shared: Arc<Shared>, changes: Changes, quiet: bool) -> Self {
        Self {
            shared,
            changes,
            quiet,
            told: Told::default(),
        }
    }

    /// Begins to follow, beside everything else.
    pub(super) fn start(mut self) -> Result<(), CannotRun> {
        if !self.changes.is_told() {
            report::say("the system does not tell of changes: files are looked at twice a second");
        }
        let (ask, asked) = mpsc::channel();
        let (say, said) = mpsc::channel();
        let failed = |error| CannotRun(format!("cannot start a thread: {error}"));
        let shared = self.shared.clone();
        // One thread only: pages are made by the others in the meantime.
        let pool = ThreadPoolBuilder::new().num_threads(1).build();
        let pool = pool.map_err(|error| CannotRun(format!("cannot start a thread: {error}")))?;
        thread::Builder::new()
            .name("check".to_owned())
            .spawn(move || check(&shared, &pool, &asked, &say))
            .map_err(failed)?;
        thread::Builder::new()
            .name("follow".to_owned())
            .spawn(move || {
                if let Err(CannotRun(why)) = self.follow(&ask, &said) {
                    report::cannot_run(&why);
                    // What is served would not follow the files any more.
                    std::process::exit(i32::from(crate::commands::FAILED));
                }
            })
            .map_err(failed)?;
        Ok(())
    }

    fn follow(&mut self, ask: &Sender<()>, said: &Receiver<()>) -> Result<(), CannotRun> {
        self.tell_problems();
        let _ = ask.send(());
        let mut due: Option<Instant> = None;
        loop {
            let wait = due.map_or(CLOCK, |due| due.saturating_duration_since(Instant::now()));
            let wait = wait.max(Duration::from_millis(1)).min(CLOCK);
            let changed = self.changes.next(wait)?;
            if !changed.is_empty() {
                self.take(&changed);
                due = Some(Instant::now() + QUIET);
            } else if due.is_some_and(|due| due <= Instant::now()) {
                due = None;
                if self.shared.read().is_worn() {
                    self.rebuild();
                }
                let _ = ask.send(());
            } else if self.shared.read().is_past() {
                self.shared.change(Preview::follow_clock);
                due = Some(Instant::now());
            }
            if said.try_recv().is_ok() {
                self.tell_problems();
            }
        }
    }

    fn tell_problems(&mut self) {
        let preview = self.shared.read();
        self.told.again(preview.problems(), preview.sources());
    }

    fn rebuild(&self) {
        let rebuilt = self.shared.read().rebuild();
        self.shared.change(|preview| preview.take(rebuilt));
    }

    /// Shows what changed.
    fn take(&mut self, changed: &BTreeSet<String>) {
        let start = Instant::now();
        let disk = self.changes.tracker().tree();
        let is_behind = self.shared.change(|preview| preview.update(disk, changed));
        if is_behind {
            self.rebuild();
        }
        if !self.quiet {
            let names = report::some(&changed.iter().collect::<Vec<_>>());
            report::say(&format!("{names}: {} ms", start.elapsed().as_millis()));
        }
        self.tell_problems();
    }
}

/// Checks everything each time that it is asked to, unless there is something more urgent.
fn check(shared: &Shared, pool: &ThreadPool, asked: &Receiver<()>, say: &Sender<()>) {
    while asked.recv().is_ok() {
        let urgent = shared.urgent.load(Ordering::SeqCst);
        let go_on = || shared.urgent.load(Ordering::SeqCst) == urgent;
        let found = pool.install(|| shared.read().check(&go_on));
        // Who made it stop will ask again.
        if let Some(problems) = found.filter(|_| go_on())
            && shared.change(|preview| preview.take_checked(problems))
        {
            let _ = say.send(());
        }
    }
}
