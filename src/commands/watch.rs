//! `engross watch`: a build, and another one at every change.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use engross::disk::Published;
use engross::model::Date;

use super::arguments::{Arguments, Build};
use super::build::{self, Outcome};
use super::changes::Changes;
use super::report::{self, Told};
use super::{CannotRun, site};

/// How often the clock is looked at: versions take effect at midnight.
const CLOCK: Duration = Duration::from_secs(20);

/// Builds until the program is ended.
pub(super) fn run(arguments: &Arguments, build: &Build) -> Result<u8, CannotRun> {
    let root = site::root(arguments)?;
    let mut changes = Changes::of(&root)?;
    let mut watch = Watch {
        arguments,
        build,
        told: Told::default(),
        day: None,
    };
    watch.build(&root, &changes, None)?;
    loop {
        let named = changes.next(CLOCK)?;
        let outcome = if !named.is_empty() {
            watch.build(&root, &changes, Some(&named))
        } else if watch.is_past() {
            watch.build(&root, &changes, None)
        } else {
            Ok(())
        };
        // What stands in the way of one build may be gone before the next.
        if let Err(CannotRun(why)) = outcome {
            report::cannot_run(&why);
        }
    }
}

struct Watch<'a> {
    arguments: &'a Arguments,
    build: &'a Build,
    told: Told,
    /// The time zone of the site, and the day of the last build.
    day: Option<(String, Date)>,
}

impl Watch<'_> {
    /// Builds, and tells what changed and what came of it.
    fn build(
        &mut self,
        root: &Path,
        changes: &Changes,
        named: Option<&BTreeSet<String>>,
    ) -> Result<(), CannotRun> {
        let start = Instant::now();
        let out = build::folder(self.build, root);
        let folder = build::open(&out, root)?;
        let sources = changes.tracker().tree();
        let Outcome {
            problems,
            published,
            day,
        } = build::from_sources(self.build, &folder, sources, self.arguments.quiet)?;
        drop(folder);
        self.day = day;
        self.told.again(problems, sources);
        if !self.arguments.quiet {
            let what = named.map_or_else(|| "everything".to_owned(), names);
            let done = published.map_or_else(
                || "nothing was written".to_owned(),
                |(_, published)| numbers(&published),
            );
            report::say(&format!(
                "{what}: {done}, {} ms",
                start.elapsed().as_millis()
            ));
        }
        Ok(())
    }

    /// Whether another day has begun since the last build.
    fn is_past(&self) -> bool {
        let day = self
            .day
            .as_ref()
            .filter(|_| self.build.view.as_of.is_none());
        day.is_some_and(|(zone, day)| site::today_in(zone) != *day)
    }
}

fn names(named: &BTreeSet<String>) -> String {
    report::some(&named.iter().collect::<Vec<_>>())
}

fn numbers(published: &Published) -> String {
    let Published {
        written,
        unchanged,
        removed,
        ..
    } = published;
    format!("{written} written, {unchanged} unchanged, {removed} removed")
}
