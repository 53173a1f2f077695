//! Reading every text of a site once: what is kept of each, and of what it changed.

use std::sync::Arc;

use rayon::prelude::*;

use super::comparisons::Comparison;
use super::kept::ReadText;
use super::texts::nodes;
use super::{Prepared, Role};
use crate::markup::{self, Markup, Origin};
use crate::model::Language;
use crate::model::document::Document;
use crate::parse::placeholders::SourceMap;
use crate::redline::{Nodes, Redline};
use crate::theme::Strings;

/// Texts that are read together: versions in a row, or one text alone.
struct Row<'s> {
    texts: Vec<Role<'s>>,
    /// The version that the first of them is compared with.
    before: Option<Role<'s>>,
    /// The version in force, which earlier ones are compared with too.
    in_force: Option<Role<'s>>,
}

impl<'s> Prepared<'s> {
    /// Reads every text, and compares each public version with the one before it and the one in
    /// force, as long as `go_on` says so.
    pub(super) fn read_rows(&self, go_on: &(dyn Fn() -> bool + Sync)) {
        let read = |row: &Row<'s>| {
            if go_on() {
                self.read_row(row);
            }
        };
        self.rows().par_iter().for_each(read);
    }

    /// Every text of the site, public or not.
    pub(super) fn roles(&self) -> Vec<Role<'s>> {
        let site = self.site;
        let versions = site.documents.values().flat_map(|document| {
            document.versions.iter().flat_map(move |version| {
                let translations = version.translations.keys().map(Some);
                std::iter::once(None)
                    .chain(translations)
                    .map(move |language| Role::Version(document, version, language))
            })
        });
        versions
            .chain(site.pages.iter().map(Role::Page))
            .chain(site.drafts.iter().map(Role::Draft))
            .collect()
    }

    fn rows(&self) -> Vec<Row<'s>> {
        let mut rows = Vec::new();
        for document in self.site.documents.values() {
            let languages = self.site.config.languages.iter().skip(1).map(Some);
            for language in std::iter::once(None).chain(languages) {
                self.add_rows(document, language, &mut rows);
            }
        }
        let alone = self
            .roles()
            .into_iter()
            .filter(|role| !self.is_compared(*role));
        rows.extend(alone.map(|role| Row {
            texts: vec![role],
            before: None,
            in_force: None,
        }));
        rows
    }

    /// Whether a text is a public one of a document.
    fn is_compared(&self, role: Role<'_>) -> bool {
        match role {
            Role::Version(document, version, language) => {
                self.archive.is_public(&document.path, version.id, language)
            }
            Role::Page(_) | Role::Draft(_) => false,
        }
    }

    /// The rows of the public versions of a document in a language.
    fn add_rows(
        &self,
        document: &'s Document,
        language: Option<&'s Language>,
        rows: &mut Vec<Row<'s>>,
    ) {
        let path = document.path.as_str();
        let roles: Vec<Role<'s>> = document
            .versions
            .iter()
            .map(|version| Role::Version(document, version, language))
            .filter(|role| role.is_written() && self.is_compared(*role))
            .collect();
        let shown = self.archive.shown(path, language);
        let in_force = roles
            .iter()
            .copied()
            .find(|role| role.id() == shown && shown.is_some());
        let in_rows = self.texts.in_rows(&roles).into_iter();
        rows.extend(in_rows.map(|(before, texts)| Row {
            texts: texts.to_vec(),
            before,
            in_force: in_force.filter(|role| texts[0].id() < role.id()),
        }));
    }

    fn read_row(&self, row: &Row<'s>) {
        if row.texts.iter().any(|role| self.is_read(role.file())) {
            return self.read_rest(row);
        }
        let own = |role: &Role<'_>| row.texts.iter().any(|other| other.is(*role));
        let others = row
            .before
            .into_iter()
            .chain(row.in_force.filter(|role| !own(role)));
        let roles: Vec<Role<'s>> = row.texts.iter().copied().chain(others).collect();
        self.texts.side_by_side(&roles, |trees| {
            let mut read: Vec<ReadText> = trees.iter().map(|tree| self.read_tree(tree)).collect();
            if trees.len() > 1 {
                let nodes = nodes(trees);
                let texts: Vec<Compared<'_, 's, '_>> = trees
                    .iter()
                    .enumerate()
                    .map(|(at, tree)| Compared {
                        role: tree.role,
                        nodes: &nodes[at],
                        markup: &read[at].outline.markup,
                        map: &tree.expanded.map,
                        strings: self.strings(tree.role.translation()),
                    })
                    .collect();
                self.compare_row(row, &texts);
            }
            read.truncate(row.texts.len());
            for (role, mut read) in row.texts.iter().zip(read) {
                if !self.room.take(read.outline.markup.size()) {
                    read.outline.markup.forget();
                }
                // What was read before says the same.
                let _ = self.kept(role.file()).read.set(Arc::new(read));
            }
        });
    }

    /// Reads what is missing of a row of which some texts have been read.
    fn read_rest(&self, row: &Row<'s>) {
        for role in &row.texts {
            self.outline(role.file());
            self.comparison(role.file());
            self.since(role.file());
        }
    }

    /// Compares the texts of a row: each with the one before it, and with the one in force.
    fn compare_row(&self, row: &Row<'s>, texts: &[Compared<'_, 's, '_>]) {
        let find = |role: Role<'s>| texts.iter().find(|text| text.role.is(role));
        let own = &texts[..row.texts.len()];
        let before = row.before.and_then(find).into_iter().chain(own);
        for (old, new) in before.zip(own.iter().skip(usize::from(row.before.is_none()))) {
            let kept = &self.kept(new.role.file()).comparison;
            kept.get_or_init(|| Some(Arc::new(self.keep(compare(old, new)))));
        }
        let Some(new) = row.in_force.and_then(find) else {
            return;
        };
        // The redline of the version in force shows what it changed against the one before.
        let earlier = own
            .iter()
            .filter(|text| text.role.id() < new.role.id() && !self.follows(text.role, new.role));
        for old in earlier {
            let kept = &self.kept(old.role.file()).since;
            kept.get_or_init(|| Some(Arc::new(self.keep(compare(old, new)))));
        }
    }

    /// Compares two texts that are not read together with others, to keep what comes of it.
    pub(super) fn compare(&self, old: Role<'s>, new: Role<'s>) -> Comparison {
        self.keep(self.compare_anew(old, new, &self.markup(new)))
    }

    /// Compares two texts, of which the new one is written as `text`.
    pub(super) fn compare_anew(&self, old: Role<'s>, new: Role<'s>, text: &Markup) -> Comparison {
        let strings = self.strings(new.translation());
        self.texts.compare(old, new, |redline, map| {
            Comparison::new(redline, text, strings, map)
        })
    }

    /// A comparison with its HTML as long as there is room.
    fn keep(&self, mut comparison: Comparison) -> Comparison {
        if !self.room.take(comparison.size()) {
            comparison.forget();
        }
        comparison
    }
}

/// A text of a row with everything that comparing it takes.
struct Compared<'r, 's, 't> {
    role: Role<'s>,
    nodes: &'r Nodes<'t>,
    markup: &'r Markup,
    map: &'r SourceMap,
    strings: &'r Strings,
}

fn compare(old: &Compared<'_, '_, '_>, new: &Compared<'_, '_, '_>) -> Comparison {
    let redline = Redline::between(old.nodes, new.nodes);
    Comparison::new(&redline, new.markup, new.strings, new.map)
}

impl Comparison {
    /// What is kept of a redline.
    pub(super) fn new(
        redline: &Redline<'_, '_>,
        text: &Markup,
        strings: &Strings,
        map: &SourceMap,
    ) -> Self {
        let woven = markup::write_redline(redline, text, strings, &|span| Origin {
            place: map.place(span),
            put_in_at: None,
        });
        Self {
            changes: redline.changes(),
            anchors: redline.anchors(),
            woven,
        }
    }
}
