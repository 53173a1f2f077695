//! Which two texts of a document are meant: named versions, or what comes next and what it follows.

use engross::diagnostic::did_you_mean;
use engross::history::History;
use engross::model::Language;
use engross::model::document::Draft;
use engross::model::document::{Document, Standing, TextFile, Version};
use engross::prepared::Role;

use super::super::asked::Asked;
use super::super::{CannotRun, report};

const DRAFT: &str = "draft";
const IN_FORCE: &str = "in-force";
const UPCOMING: &str = "upcoming";

/// A text of a document.
#[derive(Clone, Copy)]
pub(crate) enum Chosen<'s> {
    Version(&'s Version),
    Draft(&'s Draft),
}

impl Chosen<'_> {
    /// Its name within the document.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Version(version) => version.id.to_string(),
            Self::Draft(_) => DRAFT.to_owned(),
        }
    }
}

/// The texts of a document in a language, public or not.
pub(crate) struct Shelf<'a, 's> {
    pub(crate) document: &'s Document,
    pub(crate) language: Option<&'s Language>,
    draft: Option<&'s Draft>,
    /// What is public on the day.
    pub(crate) history: &'a History,
    /// The versions with a text in the language, oldest first.
    versions: Vec<&'s Version>,
}

impl<'a, 's> Shelf<'a, 's> {
    /// The texts of the document that was asked for.
    pub(crate) fn new(asked: Asked<'a, 's>, language: Option<&str>) -> Result<Self, CannotRun> {
        let path = asked.path.unwrap_or_default();
        let Some((document, history)) = asked.archive.document(path) else {
            return Err(CannotRun(format!("there is no document `{path}`")));
        };
        let languages = &asked.site.config.languages;
        let language = language.map(|code| known(code, languages)).transpose()?;
        let language = language.filter(|language| Some(*language) != languages.first());
        let drafts = asked.site.drafts.iter();
        let is_meant = |draft: &&Draft| {
            draft.document == document.path && draft.translation.as_ref() == language
        };
        let translated = document.versions.iter();
        let versions = translated.filter(|version| version.text(language).is_some());
        Ok(Self {
            document,
            language,
            draft: drafts.into_iter().find(is_meant),
            history,
            versions: versions.collect(),
        })
    }

    /// The text to compare from, if there is one, and the text to compare to.
    pub(crate) fn pair(
        &self,
        first: Option<&str>,
        second: Option<&str>,
    ) -> Result<(Option<Chosen<'s>>, Chosen<'s>), CannotRun> {
        match (first, second) {
            (Some(from), Some(to)) => Ok((Some(self.named(from)?), self.named(to)?)),
            (Some(name), None) => self.named(name).map(|chosen| (self.before(chosen), chosen)),
            _ => {
                let chosen = self.next()?;
                Ok((self.before(chosen), chosen))
            }
        }
    }

    /// The text as it is read.
    pub(crate) fn role(&self, chosen: Chosen<'s>) -> Role<'s> {
        match chosen {
            Chosen::Draft(draft) => Role::Draft(draft),
            Chosen::Version(version) => Role::Version(self.document, version, self.language),
        }
    }

    /// The file that holds the text.
    pub(crate) fn file(&self, chosen: Chosen<'s>) -> &'s TextFile {
        self.role(chosen).file()
    }

    /// What comes next, or else what applies.
    fn next(&self) -> Result<Chosen<'s>, CannotRun> {
        let dated = || self.upcoming().or_else(|| self.in_force());
        let next = self.draft.map(Chosen::Draft).or_else(dated);
        next.ok_or_else(|| CannotRun(self.nothing("text")))
    }

    fn named(&self, name: &str) -> Result<Chosen<'s>, CannotRun> {
        let (found, what) = match name {
            DRAFT => (self.draft.map(Chosen::Draft), "draft"),
            IN_FORCE => (self.in_force(), "text in force"),
            UPCOMING => (self.upcoming(), "upcoming text"),
            name => return self.version(name),
        };
        found.ok_or_else(|| CannotRun(self.nothing(what)))
    }

    fn version(&self, name: &str) -> Result<Chosen<'s>, CannotRun> {
        let mut versions = self.versions.iter();
        let found = versions.find(|version| version.id.to_string() == name);
        let found = found.map(|version| Chosen::Version(version));
        found.ok_or_else(|| CannotRun(self.unknown(name)))
    }

    fn unknown(&self, name: &str) -> String {
        let names = self.versions.iter().map(|version| version.id.to_string());
        let names: Vec<String> = names.collect();
        let candidates = names.iter().map(String::as_str);
        let all = || match &names[..] {
            [] => "it has none".to_owned(),
            names => format!("it has {}", report::some(names)),
        };
        let words = [DRAFT, IN_FORCE, UPCOMING];
        let help = did_you_mean(name, candidates.chain(words), all);
        let (path, language) = (&self.document.path, self.in_language());
        format!("`{path}` has no version `{name}`{language}; {help}")
    }

    /// The next version that is not in force yet; one that is not public counts, too.
    fn upcoming(&self) -> Option<Chosen<'s>> {
        let in_force = self.history.in_force();
        let comes = |version: &&&Version| {
            let place = self.history.standing(version.id);
            let comes = place.is_none_or(|place| place.standing == Standing::Upcoming);
            comes && in_force.is_none_or(|in_force| version.id > in_force)
        };
        let version = self.versions.iter().find(comes)?;
        Some(Chosen::Version(version))
    }

    fn in_force(&self) -> Option<Chosen<'s>> {
        let in_force = self.history.in_force()?;
        let mut versions = self.versions.iter();
        let version = versions.rfind(|version| version.id <= in_force)?;
        Some(Chosen::Version(version))
    }

    /// The text that one follows.
    /// Whether a version is the one that another is compared with by itself.
    pub(crate) fn follows(&self, old: Option<Chosen<'_>>, new: Chosen<'_>) -> bool {
        let name = |chosen: Chosen<'_>| chosen.name();
        self.before(new).map(name) == old.map(name)
    }

    fn before(&self, chosen: Chosen<'_>) -> Option<Chosen<'s>> {
        let mut versions = self.versions.iter();
        let before = match chosen {
            Chosen::Draft(_) => versions.next_back(),
            Chosen::Version(version) => versions.rfind(|other| other.id < version.id),
        };
        before.map(|version| Chosen::Version(version))
    }

    fn nothing(&self, what: &str) -> String {
        format!(
            "`{}` has no {what}{}",
            self.document.path,
            self.in_language()
        )
    }

    fn in_language(&self) -> String {
        self.language
            .map_or_else(String::new, |language| format!(" in `{language}`"))
    }
}

fn known<'s>(code: &str, languages: &'s [Language]) -> Result<&'s Language, CannotRun> {
    let found = languages.iter().find(|language| language.as_str() == code);
    found.ok_or_else(|| {
        let codes: Vec<&str> = languages.iter().map(Language::as_str).collect();
        let all = report::some(&codes);
        CannotRun(format!(
            "the site has no language `{code}`; its languages are {all}"
        ))
    })
}
