//! A site as its editors see it: the pages of a build, made when they are asked for, and kept in step
//! with files that change while somebody looks.
//!
//! What is shown is always a state of the sources that a build would have published, as long as there
//! has been one: an edit that is wrong is told, and the page stays as it was until it is mended.

mod answer;
mod coming;
mod hosting;
mod state;
mod update;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::diagnostic::{self, Diagnostic};
use crate::model::Date;
use crate::model::config::BaseUrl;
use crate::parse::Site;
use crate::tree::SourceTree;
pub use answer::{Answer, OWN, Request};
pub use update::Rebuilt;
use world::{View, World};

/// The clock as the preview is given it: the day it is for a site, in its time zone.
pub type Today = Box<dyn Fn(&Site<'_>) -> Date + Send + Sync>;

/// A site as its editors see it.
pub struct Preview {
    today: Today,
    /// The day to take for today instead of what the clock says.
    as_of: Option<Date>,
    base_url: Option<BaseUrl>,
    /// The files as they were last seen.
    disk: SourceTree,
    /// What is shown; nothing where the sources have never been good enough to plan.
    world: Option<World>,
    /// Whether what is shown was right when it was taken.
    sound: bool,
    /// The site on days to come, made when somebody asks for a page that only these have.
    coming: Mutex<BTreeMap<View, Option<Arc<World>>>>,
    /// The files in which what is shown is behind the disk.
    behind: BTreeSet<String>,
    /// Why the words of texts were not taken, by file.
    refused: BTreeMap<String, Vec<Diagnostic>>,
    /// Why other changes were not taken.
    stopped: Vec<Diagnostic>,
    /// What a check of what is shown has found.
    checked: Vec<Diagnostic>,
    generation: u64,
    /// How often words were put into what is shown since it was planned.
    rewritten: usize,
}

/// How often words are put into what is shown until it is better planned anew: it holds the old ones, too.
const WORN: usize = 200;
/// The same where nobody ever pauses.
const TOO_WORN: usize = 1000;

impl Preview {
    /// A preview of a source tree, planned and not checked yet.
    pub fn new(
        disk: SourceTree,
        as_of: Option<Date>,
        base_url: Option<BaseUrl>,
        today: Today,
    ) -> Self {
        let mut preview = Self {
            today,
            as_of,
            base_url,
            disk,
            world: None,
            sound: false,
            coming: Mutex::default(),
            behind: BTreeSet::new(),
            refused: BTreeMap::new(),
            stopped: Vec::new(),
            checked: Vec::new(),
            generation: 1,
            rewritten: 0,
        };
        let first = preview.rebuild();
        preview.take(first);
        preview.generation = 1;
        preview
    }

    /// Counts on from a number, for example from one that an earlier run cannot have come to: pages that
    /// are still open know that run's numbers.
    #[must_use]
    pub fn counting_from(self, generation: u64) -> Self {
        Self { generation, ..self }
    }

    /// Counts what could be seen since the start. A page that was made at an earlier count may have
    /// changed since.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The files as they were last seen, for reports to quote.
    pub fn sources(&self) -> &SourceTree {
        &self.disk
    }

    /// Everything that is known to be wrong, the worst first.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let refused = self.refused.values().flatten();
        let first: Vec<&Diagnostic> = self.stopped.iter().chain(refused).collect();
        let others = self.checked.iter();
        let others = others.filter(|problem| !first.contains(problem));
        let mut all: Vec<Diagnostic> = first.iter().copied().chain(others).cloned().collect();
        diagnostic::sort(&mut all);
        all
    }

    /// Whether anything stands in the way of a build.
    pub fn is_broken(&self) -> bool {
        let refused = self.refused.values().flatten();
        let mut all = self.stopped.iter().chain(refused).chain(&self.checked);
        all.any(Diagnostic::is_error)
    }

    /// Whether the site should be planned anew when there is time, because what is shown holds many
    /// words that are shown no more.
    pub fn is_worn(&self) -> bool {
        self.rewritten > WORN
    }

    /// The path under which the site lives; the root where that is not known yet.
    pub fn base(&self) -> &str {
        let config = self
            .world
            .as_ref()
            .map(|world| &world.sources().site().config);
        config.map_or("/", |config| &config.base_url.path)
    }

    /// The day that is taken for today; `None` where there is nothing to show yet.
    pub fn day(&self) -> Option<Date> {
        self.world.as_ref().map(|world| world.view.day)
    }
}
