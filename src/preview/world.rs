//! One state of the sources, planned: what pages are made from until the next state is taken.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::Date;
use crate::model::config::BaseUrl;
use crate::parse::{self, Amendment, Site};
use crate::plan::Plan;
use crate::tree::SourceTree;

self_cell::self_cell!(
    /// A source tree with the site that it is.
    pub(super) struct Sources {
        owner: SourceTree,
        #[covariant]
        dependent: Site,
    }
);

self_cell::self_cell!(
    struct Planned {
        owner: Arc<Sources>,
        #[covariant]
        dependent: Plan,
    }
);

/// From where a site is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct View {
    /// The day that is taken for today.
    pub(super) day: Date,
    /// The days that its drafts are given, if they are looked at as versions.
    pub(super) amendment: Option<Amendment>,
}

/// A state of the sources, and its plan.
pub(super) struct World {
    planned: Planned,
    pub(super) view: View,
    /// What was wrong with its sources before they were planned.
    pub(super) read: Vec<Diagnostic>,
    /// What is wrong with it as far as can be told without reading its texts.
    pub(super) problems: Vec<Diagnostic>,
}

impl Sources {
    /// Reads a tree. There is no site where the configuration cannot be read; the tree comes back then.
    pub(super) fn read(
        tree: SourceTree,
        amendment: Option<Amendment>,
        base_url: Option<&BaseUrl>,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let mut problems = tree.faults().to_vec();
        let read = Self::try_new(tree, |tree| {
            let (site, found) = parse::read_amended(tree, amendment);
            problems.extend(found);
            let mut site = site.ok_or(())?;
            if let Some(base_url) = base_url {
                site.set_base_url(base_url.clone());
            }
            Ok::<_, ()>(site)
        });
        (read.ok(), problems)
    }

    /// The files.
    pub(super) fn tree(&self) -> &SourceTree {
        self.borrow_owner()
    }

    /// What they say.
    pub(super) fn site(&self) -> &Site<'_> {
        self.borrow_dependent()
    }
}

impl World {
    /// Plans a site. `read` is what was wrong with its sources before that. There is no world
    /// where there is no plan; what is wrong then comes back.
    pub(super) fn new(
        sources: Arc<Sources>,
        view: View,
        read: Vec<Diagnostic>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = read.clone();
        let planned = Planned::try_new(sources, |sources| {
            let (plan, found) = Plan::unread(sources.site(), view.day);
            problems.extend(found);
            plan.ok_or(())
        });
        match planned {
            Ok(planned) => Ok(Self {
                planned,
                view,
                read,
                problems,
            }),
            Err(()) => Err(problems),
        }
    }

    pub(super) fn sources(&self) -> &Arc<Sources> {
        self.planned.borrow_owner()
    }

    pub(super) fn plan(&self) -> &Plan<'_> {
        self.planned.borrow_dependent()
    }

    /// Takes the words of a text from another tree. What stands before them must be the same.
    pub(super) fn take_text(&mut self, path: &str, from: &SourceTree) {
        let tree = self.sources().tree();
        let words = |tree: &SourceTree| {
            let text = tree.text(path);
            text.map_or_else(Vec::new, |text| parse::check_words(path, text))
        };
        let before = words(tree);
        if !tree.agrees(from, path) {
            tree.rewrite(path, from);
        }
        let now = words(tree);
        for known in [&mut self.read, &mut self.problems] {
            known.retain(|problem| !before.contains(problem));
            known.extend(now.iter().cloned());
        }
        self.planned
            .with_dependent_mut(|_, plan| plan.text_changed(path));
    }
}
