//! The plan: which addresses a site has on a day, and what is at each.

mod planner;
mod sealed;

use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic};
use crate::model::document::{TextFile, VersionId};
use crate::model::{Date, Language};
use crate::parse::Site;
use crate::prepared::Prepared;
use crate::render::{self, Renderer, Shows};
use crate::route::Route;
use crate::urls::Address;
use planner::Planner;

/// The plan of a site on a day.
pub struct Plan<'s> {
    renderer: Renderer<'s>,
    routes: BTreeMap<Address, Route<'s>>,
}

impl<'s> Plan<'s> {
    /// Plans a site on a day: says what is at each address and what is wrong with the sources,
    /// without rendering. There is no plan where the theme is missing or does not parse.
    pub fn new(site: &'s Site<'s>, day: Date) -> (Option<Self>, Vec<Diagnostic>) {
        let (plan, mut problems) = Self::unread(site, day);
        if let Some(plan) = &plan {
            plan.check(&mut problems);
        }
        (plan, problems)
    }

    /// Plans a site on a day without reading its texts: they are read when their pages are made. Says
    /// only what is wrong before that.
    pub fn unread(site: &'s Site<'s>, day: Date) -> (Option<Self>, Vec<Diagnostic>) {
        let (prepared, mut problems) = Prepared::new(site, day);
        let plan = prepared.and_then(|prepared| {
            let mut planner = Planner::new(&prepared);
            planner.add_all();
            let routes = planner.finish(&mut problems);
            let (renderer, template_problems) = Renderer::new(prepared, &routes);
            problems.extend(template_problems);
            Some(Self {
                renderer: renderer?,
                routes,
            })
        });
        diagnostic::sort(&mut problems);
        (plan, problems)
    }

    /// Reads every text, and adds all that is wrong with them to what is known already.
    pub fn check(&self, problems: &mut Vec<Diagnostic>) {
        self.check_while(problems, &|| true);
    }

    /// The same as long as `go_on` says so. Whether it has come to the end.
    pub fn check_while(
        &self,
        problems: &mut Vec<Diagnostic>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> bool {
        let done = self.prepared().check_while(problems, go_on);
        diagnostic::sort(problems);
        done
    }

    /// What a plan of the same site knows of texts that are the same in this one.
    pub fn adopt(&self, from: &Plan<'_>) {
        self.prepared().adopt(from.prepared());
    }

    /// Makes what rests on the words of a text anew, after these were rewritten in the sources. What
    /// stands before the words of its file must have stayed.
    pub fn text_changed(&mut self, path: &str) {
        self.renderer.text_changed(path);
    }

    /// What is wrong with a text, its links too.
    pub fn problems_of(&self, file: &TextFile) -> Vec<Diagnostic> {
        self.prepared().problems_of(file)
    }

    /// Every address, sorted, with what is there.
    pub fn routes(&self) -> impl Iterator<Item = (&Address, &Route<'s>)> {
        self.routes.iter()
    }

    /// Whether there is something at an address.
    pub fn has(&self, address: &Address) -> bool {
        self.routes.contains_key(address)
    }

    /// How many addresses there are.
    pub fn len(&self) -> usize {
        self.routes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.routes.is_empty()
    }

    /// The bytes at an address; `None` where there is nothing, or only publishing knows them. An error is a fault of the theme.
    pub fn render(&self, address: &Address) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        let route = self.routes.get(address)?;
        if matches!(route, Route::Sums) {
            return None;
        }
        Some(self.renderer.render(address, route))
    }

    /// What is at an address.
    pub fn route(&self, address: &Address) -> Option<&Route<'s>> {
        self.routes.get(address)
    }

    /// The page of a version with its text as a redline against the version in force, or where that
    /// is the one, against the one before; `None` where there is no such page. Never published.
    pub fn redlined(&self, address: &Address) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        let route = self.routes.get(address)?;
        matches!(route, Route::Current(..) | Route::Version(..))
            .then(|| self.renderer.showing(Shows::Redline, address, route))
    }

    /// The page of a version as it is published today, in one file that needs nothing beside it;
    /// `None` where it is not public. An error is a fault of the theme.
    pub fn record(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&Language>,
    ) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        let address = Address::version(path, id, translation);
        let route = self.routes.get(&address)?;
        let page = match self.renderer.showing(Shows::Copy, &address, route) {
            Ok(page) => page,
            Err(problem) => return Some(Err(problem)),
        };
        let base = &self.prepared().site.config.base_url;
        let find = |wanted: &str| {
            let below = wanted.strip_prefix(base.path.as_str())?;
            let address = Address::new(format!("/{below}"));
            let route = self.routes.get(&address)?;
            let is_file = matches!(route, Route::Asset(_) | Route::File(_));
            is_file.then(|| self.renderer.render(&address, route).ok())?
        };
        let page = String::from_utf8_lossy(&page);
        Some(Ok(
            render::self_contained(&page, &address.url(base), &find).into_bytes()
        ))
    }

    /// The site that is planned.
    pub fn prepared(&self) -> &Prepared<'s> {
        self.renderer.prepared()
    }
}
