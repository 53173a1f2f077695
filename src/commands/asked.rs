//! What questions about documents share: sources that are sound, and the document that is meant.

use engross::archive::Archive;
use engross::diagnostic::{self, Diagnostic, did_you_mean};
use engross::model::Language;
use engross::model::config::PATH;
use engross::model::document::{Document, Version};
use engross::parse::{self, Site};
use engross::prepared::Texts;
use engross::sealed::{LEDGER, Sealed};
use engross::timeline::{self, Records};
use engross::tree::SourceTree;

use super::arguments::{Arguments, View};
use super::{CannotRun, DONE, WRONG, report, site};

/// The folder of all texts.
const CONTENT: &str = "content/";

/// Answers a question about a document, or about all of them, with what `write` makes of it.
pub(super) fn answer(
    arguments: &Arguments,
    view: &View,
    name: Option<&str>,
    write: impl FnOnce(Records<'_, '_>, Option<&str>) -> String,
) -> Result<u8, CannotRun> {
    asked(arguments, view, name, |asked| {
        let (sealed, mut problems) = Sealed::read(asked.site.sources);
        problems.retain(|problem| problem.place.path == LEDGER);
        if !problems.is_empty() {
            return Ok(refuse(problems, asked.site.sources));
        }
        let gone = timeline::gone(asked.site, &sealed);
        let records = Records::new(&asked.site.config, asked.archive, asked.texts, &gone);
        report::result(&write(records, asked.path))?;
        Ok(DONE)
    })
}

/// What a question is about, where the sources are sound.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a, 's> {
    pub(super) site: &'s Site<'s>,
    pub(super) archive: &'a Archive<'s>,
    pub(super) texts: &'a Texts<'s>,
    /// The document that was named.
    pub(super) path: Option<&'a str>,
}

/// Does what a command asks for. There is no answer where the files that it would rest on have
/// errors: they are told.
pub(super) fn asked(
    arguments: &Arguments,
    view: &View,
    name: Option<&str>,
    run: impl FnOnce(Asked<'_, '_>) -> Result<u8, CannotRun>,
) -> Result<u8, CannotRun> {
    let sources = site::read(&site::root(arguments)?)?;
    let (parsed, mut problems) = parse::read(&sources);
    problems.extend(sources.faults().iter().cloned());
    problems.retain(|problem| problem.is_error() && bears_on(problem, name));
    let Some(mut parsed) = parsed.filter(|_| problems.is_empty()) else {
        return Ok(refuse(problems, &sources));
    };
    site::apply(view, &mut parsed);
    let path = name.map(|name| find(&parsed, name)).transpose()?;
    let (texts, problems) = Texts::new(&parsed);
    let Some(texts) = texts else {
        return Ok(refuse(problems, &sources));
    };
    run(Asked {
        site: &parsed,
        archive: &Archive::new(&parsed, site::day(view, &parsed)),
        texts: &texts,
        path,
    })
}

/// Tells problems that stop a command.
pub(super) fn refuse(mut problems: Vec<Diagnostic>, sources: &SourceTree) -> u8 {
    diagnostic::sort(&mut problems);
    report::problems(&problems, sources);
    WRONG
}

/// Whether an answer would rest on the file with the problem: the configuration, and the texts of
/// the document, or of every one.
pub(super) fn bears_on(problem: &Diagnostic, name: Option<&str>) -> bool {
    let path = problem.place.path.as_str();
    let folder = path
        .strip_prefix(CONTENT)
        .map(|below| below.rsplit_once('/').map_or("", |(folder, _)| folder));
    let of_document = match name {
        Some(name) => folder.is_some_and(|folder| spellings(name).contains(&folder)),
        None => folder.is_some(),
    };
    path == PATH || of_document
}

/// The paths that a name can stand for: `privacy`, `/privacy/` and `content/privacy` are one.
pub(super) fn spellings(name: &str) -> [&str; 2] {
    let name = name.trim_start_matches("./").trim_matches('/');
    [name, name.strip_prefix(CONTENT).unwrap_or(name)]
}

/// The path of the document that a name stands for.
pub(super) fn find<'n>(site: &Site<'_>, name: &'n str) -> Result<&'n str, CannotRun> {
    let known = spellings(name)
        .into_iter()
        .find(|path| site.documents.contains_key(*path));
    let unknown = || {
        let [_, path] = spellings(name);
        let paths = || site.documents.keys().map(String::as_str);
        let all = || match paths().collect::<Vec<_>>() {
            all if all.is_empty() => "the site has no documents".to_owned(),
            all => format!("the documents are {}", report::some(&all)),
        };
        let help = did_you_mean(path, paths(), all);
        CannotRun(format!("there is no document `{path}`; {help}"))
    };
    known.ok_or_else(unknown)
}

/// The version that a name means, and the language if it says one.
pub(super) fn find_version<'d>(
    document: &'d Document,
    name: &str,
) -> Result<(&'d Version, Option<Language>), CannotRun> {
    let found = parse::version_name(name)
        .and_then(|(id, language)| Some((document.version(id)?, language)));
    found.ok_or_else(|| {
        let versions = document.versions.iter();
        let names: Vec<String> = versions.map(|version| version.id.to_string()).collect();
        let all = || format!("its versions are {}", report::some(&names));
        let help = did_you_mean(name, names.iter().map(String::as_str), all);
        CannotRun(format!("{} has no version `{name}`; {help}", document.path))
    })
}
