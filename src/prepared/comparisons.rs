//! What each public version changed against the one before it, and what has changed since.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::{Prepared, Role};
use crate::markup::{Markup, Reference, Woven, terms};
use crate::model::Language;
use crate::model::document::VersionId;
use crate::parse::placeholders::SourceMap;
use crate::redline::{Anchors, Changes, Redline};
use crate::sections::{self, Edition, History};

/// A version against another.
pub struct Comparison {
    /// What changed, in short.
    pub changes: Changes,
    /// The anchors that came and went.
    pub(super) anchors: Anchors,
    /// Its HTML, unless that was forgotten to save memory.
    pub(super) woven: Woven,
}

impl Comparison {
    pub(super) fn size(&self) -> usize {
        self.woven.size()
    }

    pub(super) fn forget(&mut self) {
        self.woven.forget();
    }
}

impl<'s> Prepared<'s> {
    /// The version that one is compared with: the latest public one before it in its language.
    pub fn predecessor(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&Language>,
    ) -> Option<VersionId> {
        let (_, history) = self.archive.document(path)?;
        let mut before = history.before(id);
        before.rfind(|other| self.archive.text(path, *other, translation).is_some())
    }

    /// Whether a version is the one that another is compared with.
    pub(super) fn follows(&self, old: Role<'_>, new: Role<'_>) -> bool {
        match new {
            Role::Version(document, version, language) => {
                self.predecessor(&document.path, version.id, language) == old.id()
            }
            _ => false,
        }
    }

    /// The sections of a document through its public texts in a language.
    pub fn sections(&self, path: &str, translation: Option<&Language>) -> Vec<History<'_>> {
        let document = self.archive.document(path);
        let ids = document.into_iter().flat_map(|(_, history)| history.ids());
        let edition = |id| {
            let text = self.archive.text(path, id, translation)?;
            Some(Edition {
                id,
                sections: &self.outline(text).sections,
                changes: self.comparison(text).map(|found| &found.changes),
            })
        };
        let editions: Vec<Edition<'_>> = ids.filter_map(edition).collect();
        sections::histories(&editions, self.archive.shown(path, translation))
    }

    /// The text of a version in a language.
    pub fn role(
        &self,
        path: &str,
        id: VersionId,
        translation: Option<&'s Language>,
    ) -> Option<Role<'s>> {
        let document = self.site.documents.get(path)?;
        let version = self.archive.version(path, id)?;
        version.text(translation)?;
        Some(Role::Version(document, version, translation))
    }

    /// A version against an earlier one for a page: the HTML, and what changed in short. The earlier
    /// one is its predecessor, or the later one is in force.
    pub fn redline(&self, old: Role<'s>, new: Role<'s>) -> Option<(String, &Changes)> {
        let kept = if self.follows(old, new) {
            self.comparison(new.file())?
        } else {
            self.since(old.file())?
        };
        Some((self.weave(old, new, kept), &kept.changes))
    }

    /// The HTML of a comparison of two texts, which are compared again where it was forgotten.
    fn weave(&self, old: Role<'s>, new: Role<'s>, kept: &Comparison) -> String {
        let (text, addresses) = (self.markup(new), self.addresses(new.file()));
        if kept.woven.is_empty() {
            let again = self.compare_anew(old, new, &text);
            return self.fill_redline(new, &text, addresses, &again.woven);
        }
        self.fill_redline(new, &text, addresses, &kept.woven)
    }

    /// The two texts of which a text is shown as a redline: against the one in force, the older one
    /// first; the one in force against the one before it.
    pub fn compared(&self, role: Role<'s>) -> Option<(Role<'s>, Role<'s>)> {
        let Role::Version(document, version, language) = role else {
            return None;
        };
        let path = document.path.as_str();
        let Some(in_force) = self
            .archive
            .shown(path, language)
            .filter(|id| *id != version.id)
        else {
            return Some((self.before(role)?, role));
        };
        let other = self.role(path, in_force, language)?;
        Some(if in_force < version.id {
            (other, role)
        } else {
            (role, other)
        })
    }

    /// The HTML of a text as a redline.
    pub(crate) fn redlined(&self, role: Role<'s>) -> Option<String> {
        let (old, new) = self.compared(role)?;
        let again;
        let kept = if self.follows(old, new) {
            self.comparison(new.file())?
        } else if new.is(role) {
            again = self.compare_anew(old, new, &self.markup(new));
            &again
        } else {
            self.since(old.file())?
        };
        Some(self.weave(old, new, kept))
    }

    /// A redline of any text for a file that stands alone: its links have scheme and host. `map` leads
    /// from places of the new text to its sources.
    pub fn alone(
        &self,
        new: Role<'s>,
        redline: &Redline<'_, '_>,
        map: &SourceMap,
    ) -> (String, Changes) {
        let base = &self.site.config.base_url;
        let text = self.markup(new);
        let found = Comparison::new(redline, &text, self.strings(new.translation()), map);
        let addresses = self.addresses(new.file()).iter();
        let absolute = |address: &String| match address.strip_prefix('/') {
            Some(_) => format!("{}{address}", base.origin),
            None => address.clone(),
        };
        let addresses: Vec<String> = addresses.map(absolute).collect();
        let html = self.fill_redline(new, &text, &addresses, &found.woven);
        (html, found.changes)
    }

    /// The HTML with the addresses that the links of the new text lead to from its own page.
    fn fill_redline(
        &self,
        new: Role<'_>,
        text: &Markup,
        addresses: &[String],
        woven: &Woven,
    ) -> String {
        let known = &self.outline(new.file()).markup.references;
        // Most redlines have no link of their own: what did not change brings its addresses along.
        let by_place: LazyCell<BTreeMap<_, &String>, _> = LazyCell::new(|| {
            let places = known
                .iter()
                .map(|reference| (&reference.origin.place, &reference.destination));
            places.zip(addresses).collect()
        });
        let html = woven.fill(text, addresses, |reference: &Reference| {
            let found = by_place.get(&(&reference.origin.place, &reference.destination));
            found.map_or_else(String::new, |address| (*address).clone())
        });
        terms::settle(html, &self.outline(new.file()).terms)
    }
}

#[cfg(test)]
mod tests {
    use super::super::MOST_MARKUP;
    use super::*;
    use crate::model::Date;
    use crate::parse;
    use crate::tree::SourceTree;

    #[test]
    fn redlines_have_their_words_where_there_is_no_room_to_keep_any() {
        let mut tree = SourceTree::new();
        let config =
            "title = \"T\"\nbase_url = \"https://x.example/\"\n[organization]\nname = \"X\"\n";
        tree.insert("engross.toml", config.as_bytes().to_vec());
        for (day, words) in [
            ("2022-01-01", "one"),
            ("2023-01-01", "two"),
            ("2024-01-01", "three"),
            ("2024-09-01", "four"),
            ("2024-12-01", "five"),
        ] {
            let text = format!("+++\npublished = 2021-01-01\n+++\n# P\n\nWords of {words}.\n");
            tree.insert(format!("content/p/{day}.md"), text.into_bytes());
        }
        let (site, _) = parse::read(&tree);
        let site = site.unwrap();
        let prepared = Prepared::without_seals(&site, Date::constant(2024, 6, 1)).unwrap();
        assert!(prepared.room.take(MOST_MARKUP));
        for version in &site.documents["p"].versions {
            let role = prepared.role("p", version.id, None).unwrap();
            let html = prepared.redlined(role).unwrap();
            assert!(html.contains("<ins>"), "{}: {html}", version.id);
        }
    }
}
