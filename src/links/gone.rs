//! Links to what was withdrawn: they lead to the page that says so.

use super::Outlines;
use super::target::below_content;
use crate::model::Language;
use crate::parse::{self, Site};
use crate::urls::Address;

/// The address at which readers are told of a text that a link names and that was withdrawn: that of the
/// version, or of a document of which nothing is left.
pub(super) fn address(
    site: &Site<'_>,
    outlines: &dyn Outlines,
    path: &str,
    file: &str,
) -> Option<Address> {
    let below = below_content(path, file)?;
    let below = below.trim_end_matches('/');
    let translations = site.config.languages.iter().skip(1);
    let mut prefixed = translations.filter_map(|language| {
        let rest = below.strip_prefix(&language.address_part())?;
        Some((rest.strip_prefix('/')?, Some(language)))
    });
    let (below, language) = prefixed.next().unwrap_or((below, None));
    let document = |path: &str| {
        let gone = !site.documents.contains_key(path) && outlines.is_withdrawn(path, None, None);
        gone.then(|| Address::document(path, None))
    };
    if let Some(address) = document(below) {
        return Some(address);
    }
    let (folder, last) = below.rsplit_once('/')?;
    if last == "history" {
        return document(folder);
    }
    let (id, own) = parse::version_name(last.strip_suffix(".md").unwrap_or(last))?;
    let is_translation = |language: &&Language| *language != site.config.default_language();
    let language = own.as_ref().or(language).filter(is_translation);
    let told = outlines.is_withdrawn(folder, Some(id), language);
    told.then(|| Address::version(folder, id, language))
}
