//! A site on a day, read and checked: what planning and rendering rest on.

mod addresses;
mod comparisons;
mod promises;
mod reading;
mod role;
mod seals;
mod texts;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::archive::Archive;
use crate::diagnostic::Diagnostic;
use crate::links::Links;
use crate::markup::Markup;
use crate::model::document::{Document, TextFile};
use crate::model::{Date, Language};
use crate::outline::Outline;
use crate::parse::Site;
use crate::parse::placeholders::Expanded;
use crate::sealed::Sealed;
use crate::theme::Strings;
pub use comparisons::Comparison;
pub use role::Role;
pub use texts::{Past, Texts};

/// How many bytes of HTML are kept between reading and rendering: enough for ten thousand long
/// texts. The rest are written again when their pages are made, so that memory stays bounded.
const MOST_MARKUP: usize = 400 << 20;

/// How much room is left for HTML that is kept.
#[derive(Default)]
struct Room(AtomicUsize);

impl Room {
    /// Takes room, unless there is none left.
    fn take(&self, size: usize) -> bool {
        self.0.fetch_add(size, Ordering::Relaxed) + size <= MOST_MARKUP
    }
}

/// A site on a day.
pub struct Prepared<'s> {
    /// What the sources say.
    pub site: &'s Site<'s>,
    /// The documents as known on the day.
    pub archive: Archive<'s>,
    /// Where its texts are read.
    pub texts: Texts<'s>,
    outlines: BTreeMap<&'s str, Outline>,
    /// Which document each document supplements, by path.
    supplements: BTreeMap<&'s str, String>,
    /// Where the links and pictures of each text lead, by its file.
    addresses: BTreeMap<&'s str, Vec<String>>,
    /// What each public text changed against the one before it, by its file.
    comparisons: BTreeMap<&'s str, Comparison>,
    /// What has changed from each earlier public text to the one in force, by its file.
    since: BTreeMap<&'s str, Comparison>,
    /// What is sealed of the site.
    pub sealed: Sealed<'s>,
    room: Room,
}

impl<'s> Prepared<'s> {
    /// Reads every text of a site. There is nothing to plan without a theme.
    pub fn new(site: &'s Site<'s>, day: Date) -> (Option<Self>, Vec<Diagnostic>) {
        let (texts, mut problems) = Texts::new(site);
        let Some(texts) = texts else {
            return (None, problems);
        };
        let (sealed, seal_problems) = Sealed::read(site.sources);
        problems.extend(seal_problems);
        problems.extend(sealed.check_presence(site));
        let mut prepared = Self::unread(site, day, texts);
        prepared.sealed = sealed;
        problems.extend(prepared.read_texts());
        prepared.supplements = prepared.find_supplements();
        problems.extend(prepared.resolve_links());
        problems.extend(prepared.look_ahead(&problems));
        problems.extend(prepared.check_configured_links());
        // What is broken has to be mended first, and would look as if sections had gone.
        if !problems.iter().any(Diagnostic::is_error) {
            problems.extend(prepared.check_promises());
        }
        (Some(prepared), problems)
    }

    /// Reads one text of a site and no other: enough to write what it says, with addresses for its
    /// links. Whether these lead to anchors that are there is not looked at.
    pub fn of_one(site: &'s Site<'s>, day: Date, role: Role<'s>) -> Option<Self> {
        let mut prepared = Self::unread(site, day, Texts::new(site).0?);
        let outline = prepared.texts.read(role).0;
        prepared.outlines.insert(role.file().path.as_str(), outline);
        prepared.addresses = prepared.resolve_on(&prepared.archive, &[role]).0;
        Some(prepared)
    }

    fn unread(site: &'s Site<'s>, day: Date, texts: Texts<'s>) -> Self {
        Self {
            site,
            archive: Archive::new(site, day),
            texts,
            outlines: BTreeMap::new(),
            supplements: BTreeMap::new(),
            addresses: BTreeMap::new(),
            comparisons: BTreeMap::new(),
            since: BTreeMap::new(),
            sealed: Sealed::none(site.sources),
            room: Room::default(),
        }
    }

    /// The words of the theme in a language; `None` for the site's first.
    pub fn strings(&self, translation: Option<&Language>) -> &Strings {
        self.texts.strings(translation)
    }

    /// The outline of a text.
    pub fn outline(&self, file: &TextFile) -> &Outline {
        &self.outlines[file.path.as_str()]
    }

    /// A text after its placeholders have been replaced.
    pub fn expand(&self, role: Role<'s>) -> Expanded<'s> {
        self.texts.expand(role)
    }

    /// Resolves links as they lead on the day.
    pub fn links(&self) -> Links<'_> {
        Links::new(self.site, &self.archive, &self.outlines)
    }

    /// The document that one supplements, by path.
    pub fn supplemented(&self, path: &str) -> Option<&str> {
        self.supplements.get(path).map(String::as_str)
    }

    /// The documents that supplement one, by path.
    pub fn supplementing(&self, path: &str) -> impl Iterator<Item = &'s str> {
        self.supplements
            .iter()
            .filter(move |(_, main)| *main == path)
            .map(|(path, _)| *path)
    }

    fn find_supplements(&self) -> BTreeMap<&'s str, String> {
        let links = self.links();
        let named = |document: &'s Document| {
            let link = document.settings.supplements.as_ref()?;
            let file = format!("content/{}/document.toml", document.path);
            Some((
                document.path.as_str(),
                links.document_named(&link.value, &file)?,
            ))
        };
        self.site.documents.values().filter_map(named).collect()
    }

    /// The HTML of a text, and of its table of contents.
    pub fn html(&self, role: Role<'s>) -> (String, String) {
        let addresses = &self.addresses[role.file().path.as_str()];
        let markup = self.markup(role);
        (markup.fill(addresses), markup.contents.clone())
    }

    /// The HTML of a text without the addresses of its links, written again where it was forgotten.
    fn markup(&self, role: Role<'s>) -> Cow<'_, Markup> {
        let kept = &self.outline(role.file()).markup;
        if !kept.is_empty() {
            return Cow::Borrowed(kept);
        }
        Cow::Owned(self.texts.markup(role))
    }
}
