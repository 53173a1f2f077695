//! What the bar is told of a page: what it is, what is wrong with it, what else there is to see.

use serde::Serialize;

use super::Preview;
use super::coming::texts_to_come;
use super::world::World;
use crate::diagnostic::lines::LineIndex;
use crate::diagnostic::{Diagnostic, Severity, human};
use crate::model::Language;
use crate::model::document::{TextFile, VersionId};
use crate::prepared::Role;
use crate::route::Route;
use crate::urls::Address;

/// What the address of a page ends in when its text is to be shown as a redline.
pub(super) const REDLINE: &str = "redline";

#[derive(Serialize)]
struct State {
    generation: u64,
    /// The day that is taken for today.
    day: Option<String>,
    /// Whether somebody has chosen it.
    chosen: bool,
    page: Option<Page>,
    /// What stands in the way of a build, on any page.
    errors: Vec<Finding>,
    /// How much else is to be told of the whole site.
    warnings: usize,
    /// Texts that no build publishes today.
    coming: Vec<Link>,
}

#[derive(Serialize)]
struct Page {
    /// The file that holds its text.
    file: String,
    /// What the text is: `draft`, `not-public`, `page`, or the name of a standing.
    state: &'static str,
    /// The same in words.
    words: String,
    /// The day on which the text was sealed.
    sealed: Option<String>,
    /// What it can be compared with.
    redline: Option<String>,
    findings: Vec<Finding>,
}

/// Something that is wrong.
#[derive(Serialize)]
struct Finding {
    severity: &'static str,
    message: String,
    why: &'static str,
    help: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    /// The whole report, with the line of the source.
    report: String,
    /// The section of the page that it is about.
    anchor: Option<String>,
}

#[derive(Serialize)]
struct Link {
    words: String,
    address: String,
}

/// What is told of the page at a path, as JSON.
pub(super) fn render(preview: &Preview, path: &str) -> String {
    let problems = preview.problems();
    let errors = problems.iter().filter(|problem| problem.is_error());
    let state = State {
        generation: preview.generation(),
        day: preview.day().map(|day| day.to_string()),
        chosen: preview.as_of.is_some(),
        page: page(preview, path, &problems),
        errors: errors
            .map(|problem| finding(preview, problem, None))
            .collect(),
        warnings: problems
            .iter()
            .filter(|problem| !problem.is_error())
            .count(),
        coming: coming(preview),
    };
    serde_json::to_string(&state).unwrap_or_default()
}

fn page(preview: &Preview, path: &str, problems: &[Diagnostic]) -> Option<Page> {
    let world = preview.world.as_ref()?;
    let below = path.strip_prefix(world.sources().site().config.base_url.path.as_str())?;
    let (world, address) = preview.find(&Address::new(format!("/{below}")))?;
    let route = world.plan().route(&address)?;
    let role = role(&world, route)?;
    let file = role.file();
    let (state, words) = what(preview, &world, role);
    let seal = role.id().and_then(|id| {
        let (path, language) = (document(role)?, role.translation());
        world.plan().prepared().seal(path, id, language)
    });
    let compared = world.plan().prepared().compared(role);
    let is_text = matches!(route, Route::Current(..) | Route::Version(..));
    let compared = compared.filter(|_| is_text);
    let other = compared.and_then(|(old, new)| {
        let is_old = old.file().path == file.path;
        (if is_old { new } else { old }).id()
    });
    Some(Page {
        file: file.path.clone(),
        state,
        words,
        sealed: seal.map(|entry| entry.kind.day().to_string()),
        redline: other.map(|id| id.to_string()),
        findings: findings(preview, &world, (file, state == "draft"), problems),
    })
}

fn document(role: Role<'_>) -> Option<&str> {
    match role {
        Role::Version(document, ..) => Some(&document.path),
        Role::Page(_) | Role::Draft(_) => None,
    }
}

/// The text that a page shows.
fn role<'w>(world: &'w World, route: &Route<'w>) -> Option<Role<'w>> {
    let prepared = world.plan().prepared();
    let text = |path: &str, id: VersionId, language: Option<&'w Language>| {
        prepared.role(path, id, language)
    };
    match route {
        Route::Current(path, id, language)
        | Route::Version(path, id, language)
        | Route::Redline(path, id, language)
        | Route::Since(path, id, language) => text(path, *id, *language),
        Route::Page(index) => prepared.site.pages.get(*index).map(Role::Page),
        Route::Front(language) => {
            let mut pages = prepared.site.pages.iter();
            let front =
                pages.find(|page| page.path.is_empty() && page.translation.as_ref() == *language);
            front.map(Role::Page)
        }
        _ => None,
    }
}

/// What a text is, as a name and in words.
fn what(preview: &Preview, world: &World, role: Role<'_>) -> (&'static str, String) {
    let Role::Version(document, version, language) = role else {
        return ("page", "Undated page".to_owned());
    };
    let coming = preview.coming_as(world.view, &document.path, version.id, language);
    match coming {
        Some(coming) if coming.is_draft() => (
            "draft",
            format!(
                "Draft, shown as if it applied from {}",
                version.id.effective
            ),
        ),
        Some(_) => (
            "not-public",
            format!("Not public before {}", world.view.day),
        ),
        None => {
            let prepared = world.plan().prepared();
            let history = prepared.archive.document(&document.path);
            let place = history.and_then(|(_, history)| history.standing(version.id));
            let standing = place.map_or("page", |place| place.standing.name());
            let words = match standing {
                "in-force" => "In force".to_owned(),
                "upcoming" => format!("Upcoming, from {}", version.id.effective),
                "superseded" => "Superseded".to_owned(),
                _ => "Corrected".to_owned(),
            };
            (standing, words)
        }
    }
}

/// What is wrong with a text, with the sections of the page.
fn findings(
    preview: &Preview,
    world: &World,
    (file, is_draft): (&TextFile, bool),
    problems: &[Diagnostic],
) -> Vec<Finding> {
    let prepared = world.plan().prepared();
    let mut all = world.plan().problems_of(file);
    let of_file = problems
        .iter()
        .filter(|problem| problem.place.path == file.path);
    for problem in of_file {
        let same = |other: &Diagnostic| {
            (other.place == problem.place)
                && std::ptr::eq(other.rule, problem.rule)
                && other.message == problem.message
        };
        match all.iter_mut().find(|other| same(other)) {
            // What is wrong with a draft stops nothing, though the version that it will be it would.
            Some(known) => known.severity = problem.severity,
            None => all.push(problem.clone()),
        }
    }
    if is_draft {
        all.iter_mut()
            .for_each(|problem| problem.severity = Severity::Warning);
    }
    crate::diagnostic::sort(&mut all);
    let anchors = prepared.sections_at(file, &all);
    let both = all.iter().zip(anchors);
    both.map(|(problem, anchor)| finding(preview, problem, anchor))
        .collect()
}

fn finding(preview: &Preview, problem: &Diagnostic, anchor: Option<String>) -> Finding {
    let text = preview.disk.quotable(&problem.place.path);
    let position = text
        .zip(problem.place.span)
        .map(|(text, span)| LineIndex::new(text).position(span.start as usize));
    Finding {
        severity: problem.severity.word(),
        message: problem.message.clone(),
        why: problem.rule.why,
        help: problem.help.clone(),
        file: problem.place.path.clone(),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        report: human::render(std::slice::from_ref(problem), &preview.disk, false),
        anchor,
    }
}

fn coming(preview: &Preview) -> Vec<Link> {
    let Some(world) = &preview.world else {
        return Vec::new();
    };
    let base = &world.sources().site().config.base_url;
    let all = texts_to_come(world).into_iter();
    all.map(|coming| {
        let language = coming.translation.as_ref();
        let language = language.map_or_else(String::new, |language| format!(" ({language})"));
        Link {
            words: format!("{} {}{language}", coming.document, coming.name),
            address: coming.address().href(base),
        }
    })
    .collect()
}
