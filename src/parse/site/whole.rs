//! From the files that were found to documents: versions in their order, and what is missing.

use std::collections::BTreeMap;

use super::{Found, Reader};
use crate::diagnostic::{Diagnostic, rules};
use crate::model::Language;
use crate::model::document::{Document, TextFile, Version, VersionId};
use crate::parse::versions;

impl Reader<'_, '_> {
    /// The documents of all that was found, and every problem.
    pub(super) fn finish(mut self) -> (Found, BTreeMap<String, Document>, Vec<Diagnostic>) {
        for draft in &mut self.found.drafts {
            if let Some((_, settings)) = self.found.settings.get(&draft.document) {
                draft.settings = settings.clone();
            }
        }
        let mut documents = BTreeMap::new();
        for (path, versions) in std::mem::take(&mut self.found.texts) {
            let settings = self
                .found
                .settings
                .remove(&path)
                .map(|(_, settings)| settings)
                .unwrap_or_default();
            let versions: Vec<Version> = versions
                .into_iter()
                .filter_map(|(id, texts)| self.version(id, texts))
                .collect();
            self.problems.extend(versions::check(&versions));
            if !versions.is_empty() {
                documents.insert(
                    path.clone(),
                    Document {
                        path,
                        settings,
                        versions,
                    },
                );
            }
        }
        let drafted = |folder: &str| {
            self.found
                .drafts
                .iter()
                .any(|draft| draft.document == folder)
        };
        let empty: Vec<String> = self
            .found
            .settings
            .iter()
            .filter(|(folder, _)| !drafted(folder))
            .map(|(_, (path, _))| path.clone())
            .collect();
        for path in empty {
            let help =
                "add a text whose file name is its effective date, for example 2022-12-22.md";
            self.report(
                &rules::NO_VERSION,
                &path,
                "this document has no version",
                help,
            );
        }
        (self.found, documents, self.problems)
    }

    /// Only a translation follows an original.
    pub(super) fn check_original(&mut self, text: &mut TextFile, language: Option<&Language>) {
        if language.is_none()
            && let Some(original) = text.front.original.take()
        {
            let message = "`original` says what a translation follows, and this text is none";
            let help = "remove the key";
            let place = original.place(&text.path);
            let problem = Diagnostic::new(&rules::UNKNOWN_KEY, place, message, help);
            self.problems.push(problem);
        }
    }

    fn version(
        &mut self,
        id: VersionId,
        mut texts: BTreeMap<Option<Language>, TextFile>,
    ) -> Option<Version> {
        let Some(original) = texts.remove(&None) else {
            for text in texts.values() {
                let message = format!("there is no original of version {id}");
                let help = format!("add the text `{id}.md` in the site's first language beside it");
                self.report(
                    &rules::ORPHAN_TRANSLATION,
                    &text.path.clone(),
                    message,
                    help,
                );
            }
            return None;
        };
        let translations = texts
            .into_iter()
            .filter_map(|(language, text)| Some((language?, text)));
        Some(Version {
            id,
            original,
            translations: translations.collect(),
        })
    }
}
