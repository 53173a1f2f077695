//! `engross redline`: what changed between two versions of a document.

mod pair;
mod text;

use engross::diagnostic::{self, Diagnostic};
use engross::parse::placeholders::SourceMap;
use engross::prepared::{Prepared, Role};
use engross::redline::{self, Compared, Version, json, markdown};
use engross::render::standalone;
use engross::urls::Address;

use super::arguments::{Arguments, Markings, Redline};
use super::asked::{self, Asked};
use super::{CannotRun, DONE, report, words};
use pair::Chosen;
pub(super) use pair::Shelf;

/// Tells what one version of a document changed against another.
pub(super) fn run(arguments: &Arguments, redline: &Redline) -> Result<u8, CannotRun> {
    let document = Some(redline.document.as_str());
    asked::asked(arguments, &redline.view, document, |asked| {
        let shelf = Shelf::new(asked, redline.language.as_deref())?;
        let (old, new) = shelf.pair(redline.first.as_deref(), redline.second.as_deref())?;
        let roles = old.into_iter().chain([new]).map(|text| shelf.role(text));
        let problems = roles.flat_map(|role| problems(asked, role)).collect();
        if let Some(status) = refused(asked, problems) {
            return Ok(status);
        }
        // A version that follows none is laid beside itself, for its title.
        let sides = (shelf.role(old.unwrap_or(new)), shelf.role(new));
        let out = asked.texts.compare(sides.0, sides.1, |found, map| {
            let compared = compared(asked, &shelf, (old, new), found);
            match redline.format {
                Markings::Text => Ok(text::write(&compared, found, words::width())),
                Markings::Markdown => Ok(markdown::write(&compared, found)),
                Markings::Json => Ok(json::write(&compared, found)),
                Markings::Html => html(asked, &compared, sides.1, old.map(|_| (found, map))),
            }
        })?;
        report::result(&out)?;
        Ok(DONE)
    })
}

/// How wide a redline is that goes into a file.
const COLUMNS: usize = 80;

/// What one version changed against another, as lines without colours; or what is wrong in one of the two.
/// Where it follows none, there are no changes to tell.
pub(super) fn plain(
    asked: Asked<'_, '_>,
    shelf: &Shelf<'_, '_>,
    old: Option<&str>,
    new: &str,
) -> Result<Result<(Compared, String), String>, CannotRun> {
    let (_, new) = shelf.pair(Some(new), Some(new))?;
    let old = old
        .map(|old| shelf.pair(Some(old), Some(old)))
        .transpose()?;
    let old = old.map(|(_, old)| old);
    for role in old.into_iter().chain([new]).map(|text| shelf.role(text)) {
        if problems(asked, role).iter().any(Diagnostic::is_error) {
            let path = &role.file().path;
            return Ok(Err(format!(
                "{path} has errors; `engross check` tells them"
            )));
        }
    }
    let sides = (shelf.role(old.unwrap_or(new)), shelf.role(new));
    Ok(Ok(asked.texts.compare(sides.0, sides.1, |found, _| {
        let compared = compared(asked, shelf, (old, new), found);
        let text = text::write(&compared, found, COLUMNS);
        (compared, anstream::adapter::strip_str(&text).to_string())
    })))
}

/// What is wrong in a text: its errors, and all that a draft still lacks.
fn problems(asked: Asked<'_, '_>, role: Role<'_>) -> Vec<Diagnostic> {
    let mut problems = asked.texts.problems(role);
    problems.retain(|problem| problem.is_error() || matches!(role, Role::Draft(_)));
    problems
}

/// Tells problems; the exit status where there are errors among them.
fn refused(asked: Asked<'_, '_>, mut problems: Vec<Diagnostic>) -> Option<u8> {
    if problems.iter().any(Diagnostic::is_error) {
        return Some(asked::refuse(problems, asked.site.sources));
    }
    diagnostic::sort(&mut problems);
    report::problems(&problems, asked.site.sources);
    None
}

/// The redline as a file of its own, whose links lead to the site.
fn html<'s>(
    asked: Asked<'_, 's>,
    compared: &Compared,
    new: Role<'s>,
    found: Option<(&redline::Redline<'_, '_>, &SourceMap)>,
) -> Result<String, CannotRun> {
    let prepared = Prepared::without_seals(asked.site, asked.archive.day());
    let prepared = prepared.ok_or_else(|| CannotRun("the theme cannot be read".to_owned()))?;
    Ok(standalone::redline(&prepared, compared, new, found))
}

fn compared<'s>(
    asked: Asked<'_, 's>,
    shelf: &Shelf<'_, 's>,
    (old, new): (Option<Chosen<'s>>, Chosen<'s>),
    found: &redline::Redline<'_, '_>,
) -> Compared {
    let config = &asked.site.config;
    let settings = shelf.document.settings.title.as_ref();
    let said = shelf.file(new).front.title.as_ref();
    let said = said.or(settings.filter(|_| shelf.language.is_none()));
    let title = said.cloned().or_else(|| found.title());
    // The summary of a version tells what it changed against the one before it, and no other.
    let follows = shelf.follows(old, new);
    let told = version(asked, shelf, new);
    let summary = told.summary.clone();
    Compared {
        document: shelf.document.path.clone(),
        title: title.unwrap_or_else(|| shelf.document.path.clone()),
        language: shelf
            .language
            .unwrap_or_else(|| config.default_language())
            .to_string(),
        translated: shelf.language.is_some(),
        old: old.map(|old| version(asked, shelf, old)),
        new: Version {
            summary: summary.filter(|_| follows),
            ..told
        },
    }
}

fn version<'s>(asked: Asked<'_, 's>, shelf: &Shelf<'_, 's>, chosen: Chosen<'s>) -> Version {
    let file = shelf.file(chosen);
    let dated = match chosen {
        Chosen::Version(version) => Some((version, version.public(file))),
        Chosen::Draft(_) => None,
    };
    let front = &file.front;
    // What a translation does not say, its original says for it.
    let original = dated.map_or(front, |(version, _)| &version.original.front);
    let public = dated.filter(|(_, public)| *public <= asked.archive.day());
    let place = public.and_then(|(version, _)| shelf.history.standing(version.id));
    let address = |id| Address::version(&shelf.document.path, id, shelf.language);
    Version {
        id: chosen.name(),
        effective: dated.map(|(version, _)| version.id.effective),
        published: dated.map(|(_, public)| public),
        standing: place.map(|place| place.standing),
        summary: front.summary.clone().or_else(|| original.summary.clone()),
        reason: front.reason.clone().or_else(|| original.reason.clone()),
        material: original.material,
        file: file.path.clone(),
        address: public.map(|(version, _)| address(version.id).url(&asked.site.config.base_url)),
    }
}
