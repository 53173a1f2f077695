//! Pages that a build would not publish yet: drafts, and versions that are not public before a day.

use std::ops::Deref;
use std::sync::{Arc, PoisonError};

use super::Preview;
use super::update::after_all;
use super::world::{Sources, View, World};
use crate::model::document::VersionId;
use crate::model::{Date, Language};
use crate::parse::Amendment;
use crate::urls::Address;

/// How the address of a draft ends, where that of a version has its day.
const DRAFT: &str = "draft";

/// A text that no build publishes today.
pub(super) struct Coming {
    pub(super) document: String,
    /// What stands for it in its address: its version, or `draft`.
    pub(super) name: String,
    pub(super) translation: Option<Language>,
    /// The version as which it is looked at.
    id: VersionId,
    view: View,
}

/// Where a page is: in what a build would publish today, or on a day to come.
pub(super) enum Found<'p> {
    Today(&'p World),
    Coming(Arc<World>),
}

impl Deref for Found<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        match self {
            Found::Today(world) => world,
            Found::Coming(world) => world,
        }
    }
}

impl Coming {
    pub(super) fn address(&self) -> Address {
        let path = format!("{}/{}", self.document, self.name);
        Address::document(&path, self.translation.as_ref())
    }

    /// The address in its own view of what was asked for by its name.
    fn within(&self, asked: &Address) -> Option<Address> {
        let own = Address::version(&self.document, self.id, self.translation.as_ref());
        let rest = asked.as_str().strip_prefix(self.address().as_str());
        let rest = rest.or_else(|| asked.as_str().strip_prefix(own.as_str()))?;
        Some(Address::new(format!("{own}{rest}")))
    }

    pub(super) fn is_draft(&self) -> bool {
        self.name == DRAFT
    }
}

impl Preview {
    /// The page of an address, and what it is called where it is.
    pub(super) fn find(&self, asked: &Address) -> Option<(Found<'_>, Address)> {
        let world = self.world.as_ref()?;
        if world.plan().has(asked) {
            return Some((Found::Today(world), asked.clone()));
        }
        texts_to_come(world).into_iter().find_map(|coming| {
            let address = coming.within(asked)?;
            let found = self.on(world, coming.view)?;
            let has = found.plan().has(&address);
            has.then_some((Found::Coming(found), address))
        })
    }

    /// The text that a version of a view is, if no build publishes it today.
    pub(super) fn coming_as(
        &self,
        view: View,
        path: &str,
        id: VersionId,
        translation: Option<&Language>,
    ) -> Option<Coming> {
        let world = self.world.as_ref()?;
        texts_to_come(world).into_iter().find(|coming| {
            coming.view == view
                && coming.document == path
                && coming.id == id
                && coming.translation.as_ref() == translation
        })
    }

    /// The site in another view, planned when it is first asked for.
    fn on(&self, world: &World, view: View) -> Option<Arc<World>> {
        let mut known = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        let plan = || {
            let sources = match view.amendment {
                None => world.sources().clone(),
                amendment => {
                    let tree = world.sources().tree().clone();
                    Arc::new(Sources::read(tree, amendment, self.base_url.as_ref()).0?)
                }
            };
            let planned = World::new(sources, view, Vec::new()).ok()?;
            planned.plan().adopt(world.plan());
            Some(Arc::new(planned))
        };
        known.entry(view).or_insert_with(plan).clone()
    }
}

/// Drafts as versions that are published on a day.
fn as_version(day: Date, effective: Date) -> View {
    View {
        day,
        amendment: Some(Amendment {
            effective,
            published: day,
        }),
    }
}

/// The texts that no build publishes today.
pub(super) fn texts_to_come(world: &World) -> Vec<Coming> {
    let day = world.view.day;
    let site = world.sources().site();
    let mut all = Vec::new();
    for document in site.documents.values() {
        for version in &document.versions {
            let translations = version.translations.iter();
            let texts = translations.map(|(language, text)| (Some(language), text));
            let texts = std::iter::once((None, &version.original)).chain(texts);
            all.extend(texts.filter_map(|(language, text)| {
                let public = version.public(text).max(version.public(&version.original));
                (public > day).then(|| Coming {
                    document: document.path.clone(),
                    name: version.id.to_string(),
                    translation: language.cloned(),
                    id: version.id,
                    view: View {
                        day: public,
                        amendment: None,
                    },
                })
            }));
        }
    }
    let effective = if site.drafts.is_empty() {
        day
    } else {
        after_all(world.plan())
    };
    all.extend(site.drafts.iter().map(|draft| Coming {
        document: draft.document.clone(),
        name: DRAFT.to_owned(),
        translation: draft.translation.clone(),
        id: VersionId {
            effective,
            revision: 1,
        },
        view: as_version(day, effective),
    }));
    all
}
