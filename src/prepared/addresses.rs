//! Where the links of all texts lead, today and on the days that are known to come.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::kept::Kept;
use super::{Prepared, Role};
use crate::archive::Archive;
use crate::diagnostic::{Diagnostic, Place, Severity, rules};
use crate::links::{Fault, Links, Viewpoint};
use crate::markup::Reference;
use crate::model::config::{MenuTarget, PATH};
use crate::model::document::Standing;
use crate::model::{Date, Language, Located};
use crate::outline::{self, Outline};

impl<'s> Prepared<'s> {
    /// Finds the address of every link and picture of every text, and tells what leads nowhere.
    pub(super) fn resolve_links(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Vec<Diagnostic> {
        let links = self.links();
        let resolve = |kept: &Kept<'s>| {
            let (addresses, problems) = self.resolve(&links, &self.archive, kept.role);
            // Where the addresses are known already, they are these.
            let _ = kept.addresses.set(addresses);
            problems
        };
        let all: Vec<&Kept<'s>> = self.kept.values().collect();
        let wanted = all.into_par_iter().filter(|_| go_on());
        let problems: Vec<_> = wanted.map(resolve).collect();
        problems.into_iter().flatten().collect()
    }

    /// What will lead nowhere from a day on that is known to come, because an upcoming version takes
    /// effect then: better told today than by a build that fails at midnight.
    pub(super) fn look_ahead(
        &self,
        today: &[Diagnostic],
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Diagnostic> {
        let documents = self.archive.documents();
        let days: BTreeSet<_> = documents
            .flat_map(|(_, history)| history.upcoming().map(|id| id.effective))
            .collect();
        let mut found: Vec<Diagnostic> = Vec::new();
        for day in days {
            for mut problem in self.dead_on(day, go_on) {
                let known =
                    |other: &Diagnostic| other.place == problem.place && other.rule == problem.rule;
                if !today.iter().chain(&found).any(known) {
                    problem.severity = Severity::Warning;
                    problem.message = format!("from {day} on, {}", problem.message);
                    found.push(problem);
                }
            }
        }
        found
    }

    /// What leads nowhere on a day.
    fn dead_on(&self, day: Date, go_on: &(dyn Fn() -> bool + Sync)) -> Vec<Diagnostic> {
        let archive = Archive::new(self.site, day);
        let links = Links::new(self.site, &archive, self);
        let all: Vec<&Kept<'s>> = self.kept.values().collect();
        let problems: Vec<_> = all
            .into_par_iter()
            .filter(|_| go_on())
            .map(|kept| self.resolve(&links, &archive, kept.role).1)
            .collect();
        problems.into_iter().flatten().collect()
    }

    /// Where the links and pictures of a text lead, and which of them lead nowhere.
    pub(super) fn resolve(
        &self,
        links: &Links<'_>,
        archive: &Archive<'_>,
        role: Role<'s>,
    ) -> (Vec<String>, Vec<Diagnostic>) {
        let (own, from) = (self.outline(role.file()), viewpoint(archive, role));
        let mut problems = Vec::new();
        let mut address = |reference: &Reference| {
            let (destination, file) = (&reference.destination, &reference.origin.place.path);
            let found = if reference.image {
                links.source(destination, file)
            } else {
                links.href(destination, file, own, from)
            };
            found.unwrap_or_else(|mut fault| {
                let address = fault.address.take();
                problems.extend(dead(fault, reference));
                address.unwrap_or_default()
            })
        };
        let addresses = own.markup.references.iter().map(&mut address).collect();
        if matches!(role, Role::Draft(_)) {
            problems
                .iter_mut()
                .for_each(|problem| problem.severity = Severity::Warning);
        }
        (addresses, problems)
    }

    /// The links of the frame, and what `document.toml` files point at.
    pub(super) fn check_configured_links(&self) -> Vec<Diagnostic> {
        let config = &self.site.config;
        let menus =
            config
                .header
                .iter()
                .chain(&config.footer)
                .flat_map(|item| match &item.target {
                    MenuTarget::Url(url) => vec![url],
                    MenuTarget::Items(items) => items.iter().map(|item| &item.url).collect(),
                });
        let announcement = config
            .announcement
            .iter()
            .filter_map(|a| a.link.as_ref())
            .map(|link| &link.url);
        let fallback = config
            .cookie_preferences
            .iter()
            .filter_map(|button| button.fallback.as_ref());
        let in_config = menus
            .chain(announcement)
            .chain(fallback)
            .chain(config.choices().map(|(_, url)| url))
            .map(|url| (Cow::Borrowed(PATH), url));
        let supplements = self.site.documents.values().filter_map(|document| {
            let path = format!("content/{}/document.toml", document.path);
            document
                .settings
                .supplements
                .as_ref()
                .map(|url| (Cow::Owned(path), url))
        });
        in_config
            .chain(supplements)
            .filter_map(|(file, url)| self.check_configured(&file, url))
            .collect()
    }

    fn check_configured(&self, file: &str, url: &Located<String>) -> Option<Diagnostic> {
        if file != PATH && self.links().document_named(&url.value, file).is_none() {
            let message = format!("`{}` is not a document of this site", url.value);
            let help = "name the document's address, for example \"/privacy/\"";
            return Some(Diagnostic::new(
                &rules::DEAD_LINK,
                url.place(file),
                message,
                help,
            ));
        }
        let fault = self.configured_href(file, &url.value, None).err()?;
        Some(diagnostic(fault, url.place(file)))
    }

    /// The address for a link that a configuration file says.
    pub fn configured_href(
        &self,
        file: &str,
        url: &str,
        translation: Option<&Language>,
    ) -> Result<String, Fault> {
        let today = self.archive.day();
        let from = Viewpoint {
            translation,
            day: today,
            known: today,
            archived: false,
        };
        self.links().href(url, file, &Outline::default(), from)
    }
}

/// From where the links of a text are seen.
fn viewpoint<'s>(archive: &Archive<'_>, role: Role<'s>) -> Viewpoint<'s> {
    let today = archive.day();
    let at = |day, known, archived| Viewpoint {
        translation: role.translation(),
        day,
        known,
        archived,
    };
    let Role::Version(document, version, _) = role else {
        return at(today, today, false);
    };
    let effective = version.id.effective;
    let standing = archive
        .document(&document.path)
        .and_then(|(_, history)| history.standing(version.id));
    match standing.map(|place| place.standing) {
        Some(Standing::InForce) => at(today, today, false),
        Some(Standing::Upcoming) => at(effective, today, false),
        Some(Standing::Superseded | Standing::Corrected) => at(effective, today, true),
        None => {
            let start = effective.max(version.public(role.file()));
            at(start, start.max(today), false)
        }
    }
}

/// What is wrong with a link of a text. What a failed placeholder would have made of it is not known.
fn dead(fault: Fault, reference: &Reference) -> Option<Diagnostic> {
    let failed = ["{{", "{%"]
        .iter()
        .any(|open| reference.destination.contains(open));
    let origin = &reference.origin;
    let found = || {
        outline::put_in(
            diagnostic(fault, origin.place.clone()),
            origin.put_in_at.as_ref(),
        )
    };
    (!failed).then(found)
}

fn diagnostic(fault: Fault, place: Place) -> Diagnostic {
    let rule = if fault.forbidden {
        &rules::FORBIDDEN_LINK
    } else {
        &rules::DEAD_LINK
    };
    Diagnostic::new(rule, place, fault.message, fault.help)
}
