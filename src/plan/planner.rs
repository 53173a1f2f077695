//! From a site to its addresses, and where two sources want the same one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place, rules};
use crate::model::Language;
use crate::model::document::Document;
use crate::parse::Site;
use crate::prepared::Prepared;
use crate::route::{HostFile, Route};
use crate::urls::Address;

/// Gathers addresses, and tells where two sources want the same one.
pub(super) struct Planner<'p, 's> {
    pub(super) prepared: &'p Prepared<'s>,
    pub(super) routes: BTreeMap<Address, Route<'s>>,
    /// The source behind each address, by what hosts may take for the same address.
    origins: BTreeMap<String, (Address, String)>,
    problems: Vec<Diagnostic>,
}

impl<'p, 's> Planner<'p, 's> {
    pub(super) fn new(prepared: &'p Prepared<'s>) -> Self {
        Self {
            prepared,
            routes: BTreeMap::new(),
            origins: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    pub(super) fn add_all(&mut self) {
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

    pub(super) fn add(&mut self, address: Address, route: Route<'s>, origin: &str) {
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

    pub(super) fn finish(mut self, problems: &mut Vec<Diagnostic>) -> BTreeMap<Address, Route<'s>> {
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
