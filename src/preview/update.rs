//! What happens to a preview when files change.
//!
//! Words of a text that stand alone are put into what is shown, and only what rests on them is made
//! again: that costs the same in a site of any size. Everything else plans the site anew beside what
//! is shown; texts that did not change are not read again.

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use super::world::{Sources, View, World};
use super::{Preview, TOO_WORN};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Date;
use crate::model::config::PATH as CONFIGURATION;
use crate::parse;
use crate::plan::Plan;
use crate::route::Route;
use crate::sealed::LEDGER;
use crate::tree::SourceTree;

/// A site planned anew, beside the one that is shown.
pub struct Rebuilt {
    world: Option<World>,
    problems: Vec<Diagnostic>,
}

impl Rebuilt {
    fn is_wrong(&self) -> bool {
        self.problems.iter().any(Diagnostic::is_error)
    }
}

impl Preview {
    /// Takes files as they are now. `changed` names those that may differ from what was seen before.
    /// Whether the site has to be planned anew to follow them.
    pub fn update(&mut self, disk: &SourceTree, changed: &BTreeSet<String>) -> bool {
        self.disk.follow(changed, disk);
        let before = self.refused.clone();
        for path in changed {
            let shown = self.world.as_ref().map(|world| world.sources().tree());
            if shown.is_some_and(|shown| shown.agrees(&self.disk, path)) {
                self.behind.remove(path);
                self.refused.remove(path);
            } else {
                self.behind.insert(path.clone());
            }
        }
        self.reconsider();
        let mut seen = self.take_texts();
        let waiting = |path: &String| !self.refused.contains_key(path);
        let rebuild = self.behind.iter().any(waiting) || self.rewritten > TOO_WORN;
        if !rebuild && !mem::take(&mut self.stopped).is_empty() {
            seen = true;
        }
        seen |= before != self.refused;
        self.generation += u64::from(seen);
        rebuild
    }

    /// What was refused as words of a text counts as that only as long as nothing else of its file changed.
    fn reconsider(&mut self) {
        let refused = self.refused.keys();
        let others: Vec<String> = refused
            .filter(|path| !self.is_words_only(path))
            .cloned()
            .collect();
        for path in others {
            self.refused.remove(&path);
        }
    }

    /// Puts the words of all texts into what is shown that are behind in nothing else. What was refused
    /// before may be right now, next to what else has changed.
    fn take_texts(&mut self) -> bool {
        let behind = self.behind.clone();
        let mut seen = false;
        for path in &behind {
            seen |= self.is_words_only(path) && self.take_text(path);
        }
        seen
    }

    /// Whether nothing of a file changed but the words of a text.
    fn is_words_only(&self, path: &str) -> bool {
        let Some(world) = &self.world else {
            return false;
        };
        let file = world.plan().prepared().file(path);
        let (old, new) = (world.sources().tree().text(path), self.disk.text(path));
        let (Some(file), Some(old), Some(new)) = (file, old, new) else {
            return false;
        };
        let head = &old[..file.body];
        let fenced = |text: &str| text.starts_with("+++") || text.starts_with("---");
        file.sound && new.starts_with(head) && (!head.is_empty() || !fenced(new))
    }

    /// Puts the words of a text into what is shown, unless they are wrong and those before were not.
    /// Whether there is something new to see.
    fn take_text(&mut self, path: &str) -> bool {
        let Some(world) = &mut self.world else {
            return false;
        };
        self.rewritten += 1;
        let before = world.sources().tree().part(path);
        let was_wrong = problems_of(world, path).iter().any(Diagnostic::is_error);
        world.take_text(path, &self.disk);
        let problems = problems_of(world, path);
        let is_wrong = problems.iter().any(Diagnostic::is_error);
        if is_wrong && !was_wrong {
            world.take_text(path, &before);
            self.refused.insert(path.to_owned(), problems);
            return false;
        }
        self.behind.remove(path);
        self.refused.remove(path);
        self.checked.retain(|problem| problem.place.path != path);
        self.checked.extend(problems);
        self.text_came(path);
        true
    }

    /// Puts the words of a text into the days to come as well.
    fn text_came(&mut self, path: &str) {
        let coming = self.coming.get_mut();
        let coming = coming.unwrap_or_else(std::sync::PoisonError::into_inner);
        coming.retain(|_, world| {
            let Some(world) = world.as_mut().and_then(Arc::get_mut) else {
                return false;
            };
            world.take_text(path, &self.disk);
            true
        });
    }

    /// Plans the site anew from the files as they are now; where that is wrong, without the words of
    /// texts that were refused before. Changes nothing: what is shown can be looked at meanwhile.
    pub fn rebuild(&self) -> Rebuilt {
        let whole = self.rebuild_from(self.disk.clone());
        let shown = self.world.as_ref().filter(|_| whole.is_wrong());
        let Some(shown) = shown.filter(|_| !self.refused.is_empty()) else {
            return whole;
        };
        let mut tree = self.disk.clone();
        for path in self.refused.keys() {
            tree.replace(path, shown.sources().tree());
        }
        self.rebuild_from(tree)
    }

    fn rebuild_from(&self, tree: SourceTree) -> Rebuilt {
        let (sources, problems) = Sources::read(tree, None, self.base_url.as_ref());
        let Some(sources) = sources else {
            return Rebuilt {
                world: None,
                problems,
            };
        };
        self.plan(Arc::new(sources), problems)
    }

    fn plan(&self, sources: Arc<Sources>, problems: Vec<Diagnostic>) -> Rebuilt {
        let view = View {
            day: self.as_of.unwrap_or_else(|| (self.today)(sources.site())),
            amendment: None,
        };
        let world = match World::new(sources, view, problems) {
            Ok(world) => world,
            Err(problems) => {
                return Rebuilt {
                    world: None,
                    problems,
                };
            }
        };
        if let Some(shown) = self.world.as_ref().filter(|_| self.keeps_readings()) {
            world.plan().adopt(shown.plan());
        }
        let mut problems = world.problems.clone();
        // At the start there is nothing better to show, and a check will tell.
        if self.world.is_some() && !problems.iter().any(Diagnostic::is_error) {
            problems.extend(world.plan().prepared().check_texts(&|| true));
        }
        let theme = self.behind.iter().any(|path| path.starts_with("themes/"));
        if theme && !problems.iter().any(Diagnostic::is_error) {
            problems.extend(problems_of_pages(world.plan()));
        }
        Rebuilt {
            world: Some(world),
            problems,
        }
    }

    /// Whether texts whose files did not change read as before.
    fn keeps_readings(&self) -> bool {
        // Beside texts there are data and settings, and pictures, whose digests are among the words.
        let beside = |path: &str| path.starts_with("content/") && !path.ends_with(".md");
        let all = |path: &str| {
            path == CONFIGURATION
                || path == LEDGER
                || beside(path)
                || path.starts_with("content/clauses/")
                || (path.starts_with("themes/") && path.ends_with(".toml"))
        };
        !self.behind.iter().any(|path| all(path))
    }

    /// Shows a site that was planned anew, unless it is wrong and what is shown is not.
    pub fn take(&mut self, rebuilt: Rebuilt) {
        let is_wrong = rebuilt.is_wrong();
        self.generation += 1;
        match rebuilt.world {
            Some(world) if !is_wrong || !self.sound => {
                self.world = Some(world);
                self.rewritten = 0;
                self.sound = !is_wrong;
                self.stopped.clear();
                self.checked = rebuilt.problems;
                self.forget_coming();
                self.find_behind();
                self.take_texts();
                // Another day may have been chosen in the meantime.
                if self.is_of_another_day() {
                    self.look_again();
                }
            }
            _ => self.stopped = rebuilt.problems,
        }
    }

    /// Looks at the site on another day; `None` for today.
    pub fn set_day(&mut self, as_of: Option<Date>) {
        self.as_of = as_of;
        self.look_again();
    }

    /// Whether another day has begun than the one that is shown as today.
    pub fn is_past(&self) -> bool {
        self.as_of.is_none() && self.is_of_another_day()
    }

    fn is_of_another_day(&self) -> bool {
        let due = |world: &World| {
            let site = world.sources().site();
            self.as_of.unwrap_or_else(|| (self.today)(site))
        };
        let world = self.world.as_ref();
        world.is_some_and(|world| world.view.day != due(world))
    }

    /// Shows today.
    pub fn follow_clock(&mut self) {
        self.look_again();
    }

    fn look_again(&mut self) {
        let Some(world) = &self.world else {
            return;
        };
        let mut rebuilt = self.plan(world.sources().clone(), world.read.clone());
        self.generation += 1;
        self.forget_coming();
        // The files are the same: what is wrong on that day is told beside its pages.
        if let Some(world) = rebuilt.world.take() {
            self.world = Some(world);
            self.checked = rebuilt.problems;
        }
    }

    /// Finds the files in which what is shown is behind the disk, of those in which it was.
    fn find_behind(&mut self) {
        let Some(world) = &self.world else {
            return;
        };
        let (shown, disk) = (world.sources().tree(), &self.disk);
        self.behind.retain(|path| !shown.agrees(disk, path));
        let behind = &self.behind;
        self.refused.retain(|path, _| behind.contains(path));
    }

    fn forget_coming(&mut self) {
        let coming = self.coming.get_mut();
        coming
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clear();
    }

    /// Everything that is wrong with what is shown, as `check` tells it; `None` where `go_on` has
    /// said no in the meantime.
    pub fn check(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
        let world = self.world.as_ref()?;
        let mut problems = world.problems.clone();
        world
            .plan()
            .check_while(&mut problems, go_on)
            .then_some(problems)
    }

    /// Takes what a check has found. Whether that is news.
    pub fn take_checked(&mut self, mut problems: Vec<Diagnostic>) -> bool {
        crate::diagnostic::sort(&mut problems);
        let news = problems != self.checked;
        // What is shown was not looked at so closely when it was taken, and words have been put into it.
        self.sound = !problems.iter().any(Diagnostic::is_error);
        self.checked = problems;
        self.generation += u64::from(news);
        news
    }
}

/// What is wrong with the words of a text.
fn problems_of(world: &World, path: &str) -> Vec<Diagnostic> {
    let plan = world.plan();
    let Some(file) = plan.prepared().file(path) else {
        return Vec::new();
    };
    let tree: &SourceTree = world.sources().tree();
    let mut problems = plan.problems_of(file);
    problems.extend(
        tree.text(path)
            .into_iter()
            .flat_map(|text| parse::check_words(path, text)),
    );
    problems
}

/// What is wrong with the theme, going by one page of each kind.
fn problems_of_pages(plan: &Plan<'_>) -> Vec<Diagnostic> {
    let mut kinds = BTreeSet::new();
    let first = plan.routes().filter(|(_, route)| {
        let kind = match route {
            Route::Asset(_) | Route::File(_) | Route::Host(_) | Route::Json(..) => return false,
            route => mem::discriminant(*route),
        };
        kinds.insert(format!("{kind:?}"))
    });
    let rendered = first.filter_map(|(address, _)| plan.render(address)?.err());
    rendered
        .map(|problem| Diagnostic {
            severity: Severity::Error,
            ..*problem
        })
        .collect()
}

/// A day after everything that a site knows.
pub(super) fn after_all(plan: &Plan<'_>) -> Date {
    let prepared = plan.prepared();
    let documents = prepared.site.documents.values();
    let days = documents.flat_map(|document| &document.versions);
    let last = days.map(|version| version.id.effective).max();
    let last = last.unwrap_or(Date::MIN).max(prepared.archive.day());
    last.tomorrow().unwrap_or(last)
}
