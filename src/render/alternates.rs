//! Where a page is in other languages: for search engines, which are told of the same page only, and for
//! the switch, which also leads to what comes nearest.

use super::contract::{Alternate, Page};
use super::page::Pages;
use crate::model::Language;
use crate::urls::Address;

impl Pages<'_, '_> {
    /// Gives a page its addresses in each language. Where there is none, the switch leads to the
    /// document that the page belongs to.
    pub(super) fn set_alternates(
        &self,
        page: &mut Page,
        translation: Option<&Language>,
        document: Option<&str>,
        address: impl Fn(Option<&Language>) -> Option<Address>,
    ) {
        page.alternates = self.in_languages(translation, &address);
        page.languages = self.in_languages(translation, |language| {
            address(language).or_else(|| self.nearest(document?, language))
        });
    }

    /// The page of a document in a language that has no such page of a version: its own, or its history
    /// while only texts to come are translated.
    fn nearest(&self, path: &str, language: Option<&Language>) -> Option<Address> {
        let archive = &self.prepared.archive;
        if archive.shown(path, language).is_some() {
            return Some(Address::document(path, language));
        }
        let known = language.is_none_or(|other| archive.translations(path).contains(&other));
        known.then(|| Address::history(path, language))
    }

    /// The addresses in each language that has one; none when that is one only.
    fn in_languages(
        &self,
        translation: Option<&Language>,
        address: impl Fn(Option<&Language>) -> Option<Address>,
    ) -> Vec<Alternate> {
        let config = &self.prepared.site.config;
        let languages = config
            .languages
            .iter()
            .enumerate()
            .map(|(index, language)| (language, (index > 0).then_some(language)));
        let there = languages.filter_map(|(language, own)| {
            let address = address(own)?;
            Some(Alternate {
                code: language.to_string(),
                name: self.prepared.strings(own).name.clone(),
                dir: self.prepared.strings(own).direction.clone(),
                href: address.href(&config.base_url),
                url: address.url(&config.base_url),
                current: own == translation,
            })
        });
        let all: Vec<Alternate> = there.collect();
        if all.len() > 1 { all } else { Vec::new() }
    }
}
