//! What is known of each text: found when it is first asked for, and kept.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::texts::Tree;
use super::{Comparison, Prepared, Role};
use crate::diagnostic::Diagnostic;
use crate::ledger::TextId;
use crate::links::Outlines;
use crate::model::Language;
use crate::model::document::{TextFile, VersionId};
use crate::outline::Outline;

/// What is known of a text.
pub(super) struct Kept<'s> {
    pub(super) role: Role<'s>,
    pub(super) read: OnceLock<Arc<ReadText>>,
    /// Where its links and pictures lead.
    pub(super) addresses: OnceLock<Vec<String>>,
    /// What it changed against the text before it, if it is public and there is one.
    pub(super) comparison: OnceLock<Option<Arc<Comparison>>>,
    /// What has changed from it to the text in force, if that does not follow it.
    pub(super) since: OnceLock<Option<Arc<Comparison>>>,
}

/// What reading a text gives.
pub(super) struct ReadText {
    pub(super) outline: Outline,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'s> Kept<'s> {
    pub(super) fn new(role: Role<'s>) -> Self {
        Self {
            role,
            read: OnceLock::new(),
            addresses: OnceLock::new(),
            comparison: OnceLock::new(),
            since: OnceLock::new(),
        }
    }
}

impl<'s> Prepared<'s> {
    /// What is known of the text of a file of the site.
    pub(super) fn kept(&self, file: &TextFile) -> &Kept<'s> {
        &self.kept[file.path.as_str()]
    }

    /// The file of a text of the site.
    pub(crate) fn file(&self, path: &str) -> Option<&'s TextFile> {
        Some(self.kept.get(path)?.role.file())
    }

    pub(super) fn is_read(&self, file: &TextFile) -> bool {
        self.kept(file).read.get().is_some()
    }

    /// What is wrong with all texts, but for their links.
    pub(super) fn problems_of_texts(&self) -> Vec<Diagnostic> {
        let all: Vec<&Kept<'s>> = self.kept.values().collect();
        let read = all.into_par_iter().map(|kept| self.read(kept));
        read.flat_map_iter(|read| read.problems.iter().cloned())
            .collect()
    }

    /// The outline of a text.
    pub fn outline(&self, file: &TextFile) -> &Outline {
        &self.read(self.kept(file)).outline
    }

    /// What a text says, read alone where it was not read in a row.
    pub(super) fn read<'k>(&self, kept: &'k Kept<'s>) -> &'k ReadText {
        kept.read.get_or_init(|| {
            let read = |tree: &Tree<'_, 's, '_>| Arc::new(self.read_tree(tree));
            self.texts
                .side_by_side(&[kept.role], |trees| read(&trees[0]))
        })
    }

    pub(super) fn read_tree(&self, tree: &Tree<'_, 's, '_>) -> ReadText {
        let (outline, mut problems) = self.texts.outline(tree.role, tree.expanded, &tree.parsed);
        problems.extend(self.hold(tree, &outline));
        ReadText { outline, problems }
    }

    /// Where the links and pictures of a text lead.
    pub(super) fn addresses(&self, file: &TextFile) -> &[String] {
        let kept = self.kept(file);
        let resolve = || self.resolve(&self.links(), &self.archive, kept.role).0;
        kept.addresses.get_or_init(resolve)
    }

    /// What a version changed against the one before it; `None` for the first.
    pub fn comparison(&self, text: &TextFile) -> Option<&Comparison> {
        let kept = self.kept(text);
        let found = kept.comparison.get_or_init(|| {
            let before = self.before(kept.role)?;
            Some(Arc::new(self.compare(before, kept.role)))
        });
        found.as_deref()
    }

    /// What has changed from a version to the one in force, unless that follows it.
    pub(super) fn since(&self, text: &TextFile) -> Option<&Comparison> {
        let kept = self.kept(text);
        let found = kept.since.get_or_init(|| {
            let Role::Version(document, version, language) = kept.role else {
                return None;
            };
            let path = document.path.as_str();
            let in_force = self.archive.shown(path, language)?;
            let in_force = self.role(path, in_force, language)?;
            let passed = Some(version.id) < in_force.id() && !self.follows(kept.role, in_force);
            passed.then(|| Arc::new(self.compare(kept.role, in_force)))
        });
        found.as_deref()
    }

    /// Everything that is wrong with a text, its links too.
    pub(crate) fn problems_of(&self, file: &TextFile) -> Vec<Diagnostic> {
        let kept = self.kept(file);
        let links = self.resolve(&self.links(), &self.archive, kept.role).1;
        let own = self.read(kept).problems.iter().cloned();
        own.chain(links).collect()
    }

    /// Forgets what rests on the words of a text, which were written anew. Names its document.
    pub(crate) fn forget(&mut self, path: &str) -> Option<&'s str> {
        let changed = self.kept.get(path)?.role;
        let is_shown = self.is_shown(changed);
        for role in row_of(changed) {
            let follows = self.follows(changed, role);
            if let Some(kept) = self.kept.get_mut(role.file().path.as_str()) {
                if follows {
                    kept.comparison.take();
                }
                if is_shown {
                    kept.since.take();
                }
            }
        }
        self.kept
            .insert(changed.file().path.as_str(), Kept::new(changed));
        match changed {
            Role::Version(document, ..) => Some(&document.path),
            Role::Page(_) | Role::Draft(_) => None,
        }
    }

    /// Takes over what is known of the texts that are the same in the same site seen otherwise: with
    /// other files changed, on another day.
    pub(crate) fn adopt(&self, from: &Prepared<'_>) {
        let same = |path: &str| from.kept.get(path).filter(|_| self.reads_alike(from, path));
        for (path, kept) in &self.kept {
            let Some(known) = same(path) else {
                continue;
            };
            // What was found wrong may rest on more than the text.
            if let Some(read) = known.read.get().filter(|read| read.problems.is_empty()) {
                let _ = kept.read.set(read.clone());
            }
            let (Some(comparison), Some(before)) = (known.comparison.get(), self.before(kept.role))
            else {
                continue;
            };
            let before_then = from
                .before(known.role)
                .map(|role| role.file().path.as_str());
            let before = before.file().path.as_str();
            if before_then == Some(before) && same(before).is_some() {
                let _ = kept.comparison.set(comparison.clone());
            }
        }
    }

    fn reads_alike(&self, other: &Prepared<'_>, path: &str) -> bool {
        let (Some(own), Some(others)) = (self.kept.get(path), other.kept.get(path)) else {
            return false;
        };
        own.role.id() == others.role.id()
            && own.role.reading() == others.role.reading()
            && self.site.sources.agrees(other.site.sources, path)
    }

    /// The public text before a public version.
    pub(super) fn before(&self, role: Role<'s>) -> Option<Role<'s>> {
        let Role::Version(document, version, language) = role else {
            return None;
        };
        let path = document.path.as_str();
        let before = self.predecessor(path, version.id, language);
        let before = before.filter(|_| self.archive.is_public(path, version.id, language))?;
        self.role(path, before, language)
    }

    /// Whether a document's own address shows a text.
    fn is_shown(&self, role: Role<'s>) -> bool {
        match role {
            Role::Version(document, version, language) => {
                self.archive.shown(&document.path, language) == Some(version.id)
            }
            Role::Page(_) | Role::Draft(_) => false,
        }
    }
}

impl Outlines for Prepared<'_> {
    fn outline(&self, file: &TextFile) -> Option<&Outline> {
        let kept = self.kept.get(file.path.as_str())?;
        Some(&self.read(kept).outline)
    }

    fn is_withdrawn(
        &self,
        path: &str,
        version: Option<VersionId>,
        language: Option<&Language>,
    ) -> bool {
        let asked = |text: &TextId| match version {
            Some(version) => *text == self.text_id(path, version, language),
            None => text.document == path,
        };
        let mut withdrawn = self.sealed.withdrawn(self.site);
        withdrawn.any(|entry| asked(&entry.text))
    }
}

/// The texts of a document in the language of one of them; none beside a page or a draft.
fn row_of(role: Role<'_>) -> impl Iterator<Item = Role<'_>> {
    let found = match role {
        Role::Version(document, _, language) => Some((document, language)),
        Role::Page(_) | Role::Draft(_) => None,
    };
    found.into_iter().flat_map(|(document, language)| {
        let versions = document.versions.iter();
        versions
            .map(move |version| Role::Version(document, version, language))
            .filter(|role| role.is_written())
    })
}
