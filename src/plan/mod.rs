//! The plan: which addresses a site has on a day, and what is at each.

mod sealed;

use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic, Place, rules};
use crate::model::document::{Document, TextFile, VersionId};
use crate::model::{Date, Language};
use crate::parse::Site;
use crate::prepared::Prepared;
use crate::render::{self, Renderer};
use crate::route::{HostFile, Route};
use crate::urls::Address;

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
            .then(|| self.renderer.redlined(address, route))
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
        let page = match self.render(&address)? {
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

/// Gathers addresses, and tells where two sources want the same one.
struct Planner<'p, 's> {
    prepared: &'p Prepared<'s>,
    routes: BTreeMap<Address, Route<'s>>,
    /// The source behind each address, by what hosts may take for the same address.
    origins: BTreeMap<String, (Address, String)>,
    problems: Vec<Diagnostic>,
}

impl<'p, 's> Planner<'p, 's> {
    fn new(prepared: &'p Prepared<'s>) -> Self {
        Self {
            prepared,
            routes: BTreeMap::new(),
            origins: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    fn add_all(&mut self) {
        let site: &'s Site<'s> = self.prepared.site;
        for (address, file) in HostFile::ALL {
            let declared = match file {
                HostFile::Gpc => site.config.gpc.is_some(),
                HostFile::SecurityTxt => site.config.security.is_some(),
                _ => true,
            };
            if declared {
                self.add(Address::new(address), Route::Host(file), "engross.toml");
            }
        }
        self.add(Address::new("/404.html"), Route::NotFound, "engross.toml");
        for (path, asset) in self.prepared.texts.theme.assets.all() {
            self.add(
                asset.address.clone(),
                Route::Asset(path.to_owned()),
                "engross.toml",
            );
        }
        for (index, language) in site.config.languages.iter().enumerate() {
            let translation = (index > 0).then_some(language);
            self.add(
                Address::front(translation),
                Route::Front(translation),
                "engross.toml",
            );
            if self.prepared.archive.has_texts(translation) {
                self.add(
                    Address::feed(None, translation),
                    Route::Feed(None, translation),
                    "engross.toml",
                );
            }
        }
        for (index, page) in site
            .pages
            .iter()
            .enumerate()
            .filter(|(_, page)| !page.path.is_empty())
        {
            self.add(
                Address::page(&page.path, page.translation.as_ref()),
                Route::Page(index),
                &page.text.path,
            );
        }
        for path in &site.files {
            if path.starts_with("assets/") {
                let message = "/assets/ is for the files of the theme";
                let help = "put the file into another folder, for example beside the text";
                let place = Place::file(format!("content/{path}"));
                self.problems
                    .push(Diagnostic::new(&rules::BAD_ADDRESS, place, message, help));
            }
            self.add(
                Address::file(path),
                Route::File(format!("content/{path}")),
                &format!("content/{path}"),
            );
        }
        for document in site.documents.values() {
            self.document(document);
        }
        self.sealed();
    }

    fn document(&mut self, document: &'s Document) {
        let path = document.path.as_str();
        let archive = &self.prepared.archive;
        let Some((_, history)) = archive.document(path) else {
            return;
        };
        let origin = &document.versions[0].original.path;
        let languages: Vec<Option<&'s Language>> = std::iter::once(None)
            .chain(archive.translations(path).iter().copied().map(Some))
            .collect();
        match archive.shown(path, None) {
            Some(id) => self.add(
                Address::document(path, None),
                Route::Current(path, id, None),
                origin,
            ),
            None => self.add(Address::document(path, None), Route::NoRecord(path), origin),
        }
        for translation in languages {
            if history.ids().next().is_some() {
                self.add(
                    Address::history(path, translation),
                    Route::History(path, translation),
                    origin,
                );
                self.add(
                    Address::feed(Some(path), translation),
                    Route::Feed(Some(path), translation),
                    origin,
                );
                self.add(
                    Address::document_json(path, translation),
                    Route::Json(path, None, translation),
                    origin,
                );
            }
            if let Some(id) = archive
                .shown(path, translation)
                .filter(|_| translation.is_some())
            {
                self.add(
                    Address::document(path, translation),
                    Route::Current(path, id, translation),
                    origin,
                );
            }
            for id in history.ids() {
                if let Some(text) = archive.text(path, id, translation) {
                    let route = Route::Version(path, id, translation);
                    self.add(Address::version(path, id, translation), route, &text.path);
                    let route = Route::Json(path, Some(id), translation);
                    let address = Address::version_json(path, id, translation);
                    self.add(address, route, &text.path);
                    let route = Route::Redline(path, id, translation);
                    self.add(Address::redline(path, id, translation), route, &text.path);
                    self.record(path, id, translation);
                    if archive
                        .shown(path, translation)
                        .is_some_and(|shown| id <= shown)
                    {
                        let route = Route::Since(path, id, translation);
                        self.add(Address::since(path, id, translation), route, &text.path);
                    }
                }
            }
        }
        self.redirects(document);
    }

    fn redirects(&mut self, document: &'s Document) {
        let file = format!("content/{}/document.toml", document.path);
        for old in &document.settings.redirects {
            if let Some(address) = redirect_address(&old.value) {
                self.add(address, Route::Redirect(&document.path), &file);
            } else {
                let message = format!("`{}` is not an address of this site", old.value);
                let help = "write it from the site's root: \"/old/privacy/\" or \"/privacy.html\"";
                self.problems.push(Diagnostic::new(
                    &rules::BAD_ADDRESS,
                    old.place(&file),
                    message,
                    help,
                ));
            }
        }
    }

    fn add(&mut self, address: Address, route: Route<'s>, origin: &str) {
        let key = address.collision_key();
        if let Some((taken, by)) = self.origins.get(&key) {
            let message = if *taken == address {
                format!("{address} is already the address of another source")
            } else {
                format!("{address} and {taken} are one address on some hosts")
            };
            let help = "rename one of the two, or remove it";
            let problem = Diagnostic::new(&rules::SAME_ADDRESS, Place::file(origin), message, help)
                .note("the other source", Some(Place::file(by.clone())));
            self.problems.push(problem);
            return;
        }
        self.origins
            .insert(key, (address.clone(), origin.to_owned()));
        self.routes.insert(address, route);
    }

    /// On a disk no file is a folder too: `/old.html` keeps `/old.html/terms/` from being written.
    fn check_folders(&mut self) {
        let files: BTreeMap<String, &Address> = self
            .routes
            .keys()
            .map(|address| (address.file_path(), address))
            .collect();
        let mut found = Vec::new();
        for (file, address) in &files {
            let below = format!("{file}/");
            let inside = files
                .range(below.clone()..)
                .next()
                .filter(|(path, _)| path.starts_with(&below));
            if let Some((_, inside)) = inside {
                found.push(((*address).clone(), (*inside).clone()));
            }
        }
        for (file, inside) in found {
            let origin = |address: &Address| self.origins[&address.collision_key()].1.clone();
            let message = format!("{file} is a file, so {inside} cannot be below it");
            let help = "rename one of the two, or remove it";
            let problem = Diagnostic::new(
                &rules::SAME_ADDRESS,
                Place::file(origin(&file)),
                message,
                help,
            )
            .note("the other source", Some(Place::file(origin(&inside))));
            self.problems.push(problem);
        }
    }

    fn finish(mut self, problems: &mut Vec<Diagnostic>) -> BTreeMap<Address, Route<'s>> {
        self.check_folders();
        problems.extend(self.problems);
        self.routes
    }
}

/// The address of a redirect's page: a file as written, anything else with a slash at its end.
fn redirect_address(old: &str) -> Option<Address> {
    let sound = |part: &str| {
        part.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
            && part != "."
            && part != ".."
    };
    let path = old.strip_prefix('/')?.trim_end_matches('/');
    if path.is_empty() || !path.split('/').all(|part| !part.is_empty() && sound(part)) {
        return None;
    }
    Some(Address::new(
        if path.ends_with(".html") || path.ends_with(".htm") {
            format!("/{path}")
        } else {
            format!("/{path}/")
        },
    ))
}
