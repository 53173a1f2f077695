//! What is known of each text: found when it is first asked for, and kept.

use std::sync::OnceLock;

use super::texts::Tree;
use super::{Comparison, Prepared, Role};
use crate::diagnostic::Diagnostic;
use crate::links::Outlines;
use crate::model::document::TextFile;
use crate::outline::Outline;

/// What is known of a text.
pub(super) struct Kept<'s> {
    pub(super) role: Role<'s>,
    pub(super) read: OnceLock<ReadText>,
    /// Where its links and pictures lead.
    pub(super) addresses: OnceLock<Vec<String>>,
    /// What it changed against the text before it, if it is public and there is one.
    pub(super) comparison: OnceLock<Option<Comparison>>,
    /// What has changed from it to the text in force, if that does not follow it.
    pub(super) since: OnceLock<Option<Comparison>>,
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

    /// The outline of a text.
    pub fn outline(&self, file: &TextFile) -> &Outline {
        &self.read(self.kept(file)).outline
    }

    /// What a text says, read alone where it was not read in a row.
    pub(super) fn read<'k>(&self, kept: &'k Kept<'s>) -> &'k ReadText {
        kept.read.get_or_init(|| {
            self.texts
                .side_by_side(&[kept.role], |trees| self.read_tree(&trees[0]))
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
            let Role::Version(document, version, language) = kept.role else {
                return None;
            };
            let path = document.path.as_str();
            let before = self.predecessor(path, version.id, language);
            let before = before.filter(|_| self.archive.is_public(path, version.id, language))?;
            Some(self.compare(self.role(path, before, language)?, kept.role))
        });
        found.as_ref()
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
            passed.then(|| self.compare(kept.role, in_force))
        });
        found.as_ref()
    }

    /// Everything that is wrong with a text, its links too.
    pub(crate) fn problems_of(&self, file: &TextFile) -> Vec<Diagnostic> {
        let kept = self.kept(file);
        let links = self.resolve(&self.links(), &self.archive, kept.role).1;
        let own = self.read(kept).problems.iter().cloned();
        own.chain(links).collect()
    }

    /// Forgets what rests on the words of a text, which were written anew.
    pub(crate) fn forget(&mut self, path: &str) {
        let Some(changed) = self.kept.get(path).map(|kept| kept.role) else {
            return;
        };
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
}

/// The texts of a document in the language of one of them; none beside a page or a draft.
fn row_of<'s>(role: Role<'s>) -> impl Iterator<Item = Role<'s>> {
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
