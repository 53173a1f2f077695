//! A site on a day, read and checked: what planning and rendering rest on.

mod addresses;
mod comparisons;
mod kept;
mod named;
mod places;
mod promises;
mod reading;
mod role;
mod seals;
mod texts;
mod translations;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::archive::Archive;
use crate::diagnostic::Diagnostic;
use crate::links::Links;
use crate::markup::Markup;
use crate::model::document::Document;
use crate::model::{Date, Language};
use crate::parse::Site;
use crate::parse::placeholders::Expanded;
use crate::sealed::Sealed;
use crate::theme::Strings;
pub use comparisons::Comparison;
use kept::Kept;
pub use role::Role;
pub use texts::{Past, Texts};
pub use translations::Followed;

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
    /// What is known of each text, by its file.
    kept: BTreeMap<&'s str, Kept<'s>>,
    /// Which document each document supplements, by path.
    supplements: BTreeMap<&'s str, String>,
    /// What is sealed of the site.
    pub sealed: Sealed<'s>,
    room: Room,
}

impl<'s> Prepared<'s> {
    /// A site whose texts are read when they are asked for, and what is wrong before that. There is
    /// nothing to plan without a theme.
    pub fn new(site: &'s Site<'s>, day: Date) -> (Option<Self>, Vec<Diagnostic>) {
        let (texts, mut problems) = Texts::new(site);
        let Some(texts) = texts else {
            return (None, problems);
        };
        let (sealed, seal_problems) = Sealed::read(site.sources);
        problems.extend(seal_problems);
        problems.extend(sealed.check_presence(site));
        let prepared = Self {
            sealed,
            ..Self::unsealed_site(site, day, texts)
        };
        (Some(prepared), problems)
    }

    /// A site of which nothing is held against its seals: enough to write what a text says.
    pub fn without_seals(site: &'s Site<'s>, day: Date) -> Option<Self> {
        Some(Self::unsealed_site(site, day, Texts::new(site).0?))
    }

    fn unsealed_site(site: &'s Site<'s>, day: Date, texts: Texts<'s>) -> Self {
        let mut prepared = Self {
            site,
            archive: Archive::new(site, day),
            texts,
            kept: BTreeMap::new(),
            supplements: BTreeMap::new(),
            sealed: Sealed::none(site.sources),
            room: Room::default(),
        };
        let roles = prepared.roles().into_iter();
        prepared.kept = roles
            .map(|role| (role.file().path.as_str(), Kept::new(role)))
            .collect();
        prepared.supplements = prepared.find_supplements();
        prepared
    }

    /// Reads every text, and adds all that is wrong to what is known already, as long as `go_on` says
    /// so. Whether it has come to the end.
    pub fn check_while(
        &self,
        problems: &mut Vec<Diagnostic>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> bool {
        self.read_rows(go_on);
        if !go_on() {
            return false;
        }
        problems.extend(self.check_texts(go_on));
        problems.extend(self.look_ahead(problems, go_on));
        // What is broken has to be mended first, and would look as if sections had gone.
        if go_on() && !problems.iter().any(Diagnostic::is_error) {
            problems.extend(self.check_promises());
            problems.extend(self.check_translations());
        }
        go_on()
    }

    /// What is wrong with any text, or with a link, as long as `go_on` says so.
    pub(crate) fn check_texts(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Vec<Diagnostic> {
        let mut problems = self.problems_of_texts();
        problems.extend(self.resolve_links(go_on));
        problems.extend(self.check_configured_links());
        problems
    }

    /// The words of the theme in a language; `None` for the site's first.
    pub fn strings(&self, translation: Option<&Language>) -> &Strings {
        self.texts.strings(translation)
    }

    /// A text after its placeholders have been replaced.
    pub fn expand(&self, role: Role<'s>) -> Expanded<'s> {
        self.texts.expand(role)
    }

    /// Resolves links as they lead on the day.
    pub fn links(&self) -> Links<'_> {
        Links::new(self.site, &self.archive, self)
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
        let addresses = self.addresses(role.file());
        let markup = self.markup(role);
        (markup.fill(addresses), markup.contents.clone())
    }

    /// The HTML of a text with what `said` says of each section, in the order of the text; and of its
    /// table of contents.
    pub fn html_with(&self, role: Role<'s>, said: impl Fn(usize) -> String) -> (String, String) {
        let addresses = self.addresses(role.file());
        let markup = self.markup(role);
        (markup.fill_with(addresses, said), markup.contents.clone())
    }

    /// The HTML of a list of the defined terms that a text uses; empty where there are none.
    pub fn term_index(&self, role: Role<'s>) -> String {
        self.markup(role).terms.clone()
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
