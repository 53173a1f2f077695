//! Rendering: an address of the plan becomes bytes.

mod alternates;
mod changes;
mod choices;
mod clauses;
pub mod contract;
mod events;
mod feed;
mod frame;
mod host;
mod json;
mod languages;
mod notice;
mod page;
mod records;
mod redline_page;
mod sections;
mod self_contained;
mod shelf;
pub mod standalone;
mod tags;
mod templates;
mod version_page;
mod withdrawn;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::Language;
use crate::prepared::Prepared;
use crate::published::Publication;
use crate::route::Route;
use crate::urls::Address;
use page::Pages;
use records::Records;
use self_contained::Surroundings;
use shelf::Shelf;
use templates::Templates;
pub(crate) use version_page::Shows;

/// A finished page as one file that needs nothing beside it. `find` gives the bytes at an address of
/// the site, with its base.
pub(crate) fn self_contained(
    page: &str,
    url: &str,
    find: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> String {
    self_contained::page(page, &Surroundings { url, find })
}

/// Renders the addresses of a plan.
pub struct Renderer<'s> {
    prepared: Prepared<'s>,
    templates: Templates,
    frames: frame::Frames,
    host: host::Index,
    shelf: Shelf,
}

impl<'s> Renderer<'s> {
    /// Compiles the theme's templates. There is no renderer where they do not compile.
    pub(crate) fn new(
        prepared: Prepared<'s>,
        routes: &BTreeMap<Address, Route<'s>>,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let (templates, problems) = Templates::compile(&prepared);
        let frames = frame::Frames::new(&prepared);
        let host = host::Index::new(&prepared, routes);
        let shelf = Shelf::new(&prepared);
        let renderer = templates.map(|templates| Self {
            prepared,
            templates,
            frames,
            host,
            shelf,
        });
        (renderer, problems)
    }

    /// Makes what rests on the words of a text anew.
    pub(crate) fn text_changed(&mut self, path: &str) {
        if let Some(document) = self.prepared.forget(path) {
            self.shelf.forget(document);
        }
    }

    /// What the renderer rests on.
    pub fn prepared(&self) -> &Prepared<'s> {
        &self.prepared
    }

    fn records<'p>(&'p self, translation: Option<&'p Language>) -> Records<'p, 's> {
        Records {
            prepared: &self.prepared,
            translation,
            shelf: &self.shelf,
        }
    }

    /// The bytes at an address. An error is a fault of the theme.
    pub(crate) fn render(
        &self,
        address: &Address,
        route: &Route<'s>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let prepared = &self.prepared;
        match route {
            Route::Asset(path) => Ok(prepared
                .texts
                .theme
                .assets
                .get(path)
                .map(|asset| asset.bytes.clone())
                .unwrap_or_default()),
            Route::File(path) => {
                let bytes = prepared.site.sources.bytes(path);
                Ok(bytes.unwrap_or_default().to_vec())
            }
            Route::Json(path, id, translation) => {
                let records = self.records(*translation);
                let told = match id {
                    Some(id) => json::version(records, path, *id),
                    None => json::document(records, path),
                };
                Ok(told.into_bytes())
            }
            Route::WithdrawnJson(number) => {
                let told = prepared
                    .entry(*number)
                    .map(|(entry, translation)| json::withdrawn(self.records(translation), entry));
                Ok(told.unwrap_or_default().into_bytes())
            }
            Route::EmptyJson(number) => {
                let told = prepared.entry(*number).map(|(entry, translation)| {
                    json::document(self.records(translation), &entry.text.document)
                });
                Ok(told.unwrap_or_default().into_bytes())
            }
            Route::Feed(path, translation) => {
                Ok(feed::render(prepared, *path, *translation).into_bytes())
            }
            Route::Publication => {
                let (day, base_url) = (prepared.archive.day(), &prepared.site.config.base_url);
                Ok(Publication::new(day, base_url).to_string().into_bytes())
            }
            Route::Host(file) => Ok(self.host.render(prepared, *file).into_bytes()),
            _ => self.pages().render(address, route),
        }
    }

    /// The page of a version as it `shows` it. An error is a fault of the theme.
    pub(crate) fn showing(
        &self,
        shows: Shows,
        address: &Address,
        route: &Route<'s>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.pages().showing(shows, address, route)
    }

    fn pages(&self) -> Pages<'_, 's> {
        Pages {
            prepared: &self.prepared,
            templates: &self.templates,
            frames: &self.frames,
            shelf: &self.shelf,
        }
    }
}
