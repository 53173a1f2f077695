//! `engross amend`: the next version of a document, or a correction of one, as a file to be edited.

use std::path::Path;

use engross::archive::Archive;
use engross::disk;
use engross::model::Date;
use engross::model::document::{Document, Draft, TextFile, Version};
use engross::parse::fill_in;
use engross::parse::{self, Site};
use engross::sealed::Sealed;

use super::arguments::{Amend, Arguments, View};
use super::{CannotRun, DONE, asked, report, site};

/// What a front matter says of one version only, and of no other.
const OF_ONE: [&str; 5] = ["published", "summary", "material", "corrected", "reason"];

/// A text that becomes another one.
struct Change<'s> {
    from: &'s str,
    to: String,
    /// Keys of its front matter that it loses.
    without: &'static [&'static str],
    /// Lines that its front matter gets.
    with: Vec<String>,
    /// Whether the old file goes.
    moved: bool,
}

/// What is to be done, and what is to be said about it.
struct Work<'s> {
    changes: Vec<Change<'s>>,
    /// What the author should know before anything else.
    notes: Vec<String>,
    next: String,
}

/// Writes the file of a version that is to come, or of a correction.
pub(super) fn run(arguments: &Arguments, amend: &Amend) -> Result<u8, CannotRun> {
    let root = site::root(arguments)?;
    let sources = site::read(&root)?;
    let (parsed, mut problems) = parse::read(&sources);
    problems.extend(sources.faults().iter().cloned());
    problems
        .retain(|problem| problem.is_error() && asked::bears_on(problem, Some(&amend.document)));
    let Some(parsed) = parsed.filter(|_| problems.is_empty()) else {
        return Ok(asked::refuse(problems, &sources));
    };
    let path = named(&parsed, &amend.document)?;
    let view = View {
        as_of: amend.as_of,
        base_url: None,
    };
    let today = site::day(&view, &parsed);
    let work = if amend.correct {
        let none = || CannotRun(format!("{path} has no version yet that could be corrected"));
        let document = parsed.documents.get(path).ok_or_else(none)?;
        correction(&parsed, document, amend.effective, today)?
    } else {
        let dates = Dates {
            // The arguments name a day wherever nothing is corrected.
            day: amend.effective.unwrap_or(today),
            published: amend.published,
            today,
        };
        version(&parsed, path, dates)?
    };
    write(&root, &work)?;
    work.notes
        .iter()
        .for_each(|note| report::say(&format!("note: {note}")));
    report::result(&told(&work, arguments.quiet))?;
    Ok(DONE)
}

/// The path of the document that a name stands for, also of one that has only a draft.
fn named<'s>(site: &'s Site<'_>, name: &'s str) -> Result<&'s str, CannotRun> {
    let spellings = asked::spellings(name);
    let mut drafts = site.drafts.iter().map(|draft| draft.document.as_str());
    let drafted = drafts.find(|path| spellings.contains(path));
    drafted.map_or_else(|| asked::find(site, name), Ok)
}

/// The days of a new version, and today.
#[derive(Clone, Copy)]
struct Dates {
    day: Date,
    published: Option<Date>,
    today: Date,
}

/// The next version: from the draft if there is one, else from the text that it takes the place of.
fn version<'s>(site: &'s Site<'_>, path: &'s str, dates: Dates) -> Result<Work<'s>, CannotRun> {
    let document = site.documents.get(path);
    let versions = document.map_or(&[][..], |document| &document.versions);
    if let Some(version) = versions
        .iter()
        .find(|version| version.id.effective == dates.day)
    {
        let (day, file) = (dates.day, &version.original.path);
        return Err(CannotRun(format!(
            "{path} has a version of {day} already: change {file} itself while it is not public; after that, `engross \
             amend {path} --correct --effective {day}` starts a correction of it"
        )));
    }
    let drafts: Vec<&Draft> = site
        .drafts
        .iter()
        .filter(|draft| draft.document == path)
        .collect();
    let is_drafted = drafts.iter().any(|draft| draft.translation.is_none());
    let mut notes = notes(versions, dates);
    let changes = match document {
        _ if is_drafted => from_drafts(&drafts, !versions.is_empty(), dates)?,
        Some(document) => {
            let old = in_force(site, document, dates.day, dates.today)?;
            notes.extend(untranslated(old, &dates.day.to_string()));
            vec![from_old(old, path, dates)]
        }
        None => {
            return Err(CannotRun(format!(
                "{path} has a translation of a draft and no draft.md"
            )));
        }
    };
    let day = dates.day;
    let public = match dates.published {
        Some(published) => format!("is public from {published}"),
        None => "is public from that day; `published` in its front matter announces it earlier"
            .to_owned(),
    };
    let next = format!(
        "It takes effect on {day} and {public}. Next, edit it; then\n\n  \
         engross redline {path} {day}   shows what it changes\n  \
         engross check   lists what is left to do\n"
    );
    Ok(Work {
        changes,
        notes,
        next,
    })
}

/// What an author may not think of when a version is put between others, or into the past.
fn notes(versions: &[Version], dates: Dates) -> Vec<String> {
    let Dates { day, today, .. } = dates;
    let mut notes = Vec::new();
    if day < today {
        notes.push(format!(
            "{day} is past: unless its `published` names another day, the site will say that the text was public \
             and in force since then"
        ));
    }
    if let Some(later) = versions.iter().find(|version| version.id.effective > day) {
        notes.push(format!(
            "{} takes the place of it on {}, and does not have its changes unless you write them there too",
            later.original.path, later.id.effective
        ));
    }
    notes
}

/// The version in force on a day, with what is known today, or on that day if it is later.
fn in_force<'s>(
    site: &Site<'_>,
    document: &'s Document,
    day: Date,
    today: Date,
) -> Result<&'s Version, CannotRun> {
    let archive = Archive::new(site, day.max(today));
    let found = archive.history_on(document, day).in_force();
    found.and_then(|id| document.version(id)).ok_or_else(|| {
        let path = &document.path;
        CannotRun(format!(
            "no version of {path} is in force before {day}, so there is none to begin with; write content/{path}/{day}.md \
             yourself"
        ))
    })
}

fn from_old<'s>(old: &'s Version, path: &str, dates: Dates) -> Change<'s> {
    let published = dates.published.map(published);
    Change {
        from: &old.original.path,
        to: format!("content/{path}/{}.md", dates.day),
        without: &OF_ONE,
        with: published.into_iter().chain([summary()]).collect(),
        moved: false,
    }
}

/// The draft and its translations under their new names. Only the draft gets new keys: what it does
/// not say, its translations need not say either.
fn from_drafts<'s>(
    drafts: &[&'s Draft],
    is_next: bool,
    dates: Dates,
) -> Result<Vec<Change<'s>>, CannotRun> {
    let change = |draft: &&'s Draft| {
        let front = &draft.text.front;
        let is_original = draft.translation.is_none();
        let public = dates.published.filter(|_| is_original).map(published);
        let untold = (is_original && is_next && front.summary.is_none()).then(summary);
        let without: &[&str] = match (&public, &untold) {
            (None, None) => &[],
            (Some(_), None) => &["published"],
            (None, Some(_)) => &["summary"],
            (Some(_), Some(_)) => &["published", "summary"],
        };
        sound(&draft.text)?;
        Ok(Change {
            from: &draft.text.path,
            to: draft
                .text
                .path
                .replacen("/draft.", &format!("/{}.", dates.day), 1),
            without,
            with: public.into_iter().chain(untold).collect(),
            moved: true,
        })
    };
    drafts.iter().map(change).collect()
}

fn sound(text: &TextFile) -> Result<(), CannotRun> {
    let why = || {
        let path = &text.path;
        CannotRun(format!(
            "the front matter of {path} is broken; `engross check` tells how"
        ))
    };
    text.sound.then_some(()).ok_or_else(why)
}

/// The next correction of a version: of the one that took effect on a day, or of the one in force.
fn correction<'s>(
    site: &Site<'_>,
    document: &'s Document,
    effective: Option<Date>,
    today: Date,
) -> Result<Work<'s>, CannotRun> {
    let path = &document.path;
    let named = match effective {
        Some(day) => asked::find_version(document, &day.to_string())?.0,
        None => in_force(site, document, today, today)?,
    };
    let effective = named.id.effective;
    let of_day = |version: &&Version| version.id.effective == effective;
    let Some(old) = document.versions.iter().rfind(of_day) else {
        return Err(CannotRun(format!("{path} has no version of {effective}")));
    };
    let (file, public) = (&old.original.path, old.public(&old.original));
    if public > today {
        return Err(CannotRun(format!(
            "{file} is not public before {public}; until then there is nothing to correct: change the file itself"
        )));
    }
    let (sealed, _) = Sealed::read(site.sources);
    let id = sealed.ledger.next_correction(document, old.id).to_string();
    let reason = format!("reason = \"{}\"\n", fill_in::mark("what was wrong"));
    let change = Change {
        from: file,
        to: format!("content/{path}/{id}.md"),
        without: &OF_ONE,
        with: vec![format!("corrected = {today}\n"), reason],
        moved: false,
    };
    let next = format!(
        "It counts from {today}, and {file} stays as it is. Next, edit it and say the reason; then\n\n  \
         engross redline {path} {id}   shows what it corrects\n  \
         engross seal {path}@{id}      records it, once it is right\n"
    );
    let notes = untranslated(old, &id).into_iter().collect();
    Ok(Work {
        changes: vec![change],
        notes,
        next,
    })
}

/// The translations of an old text have to follow. Copies of them would look like translations of the
/// new one, so none is made.
fn untranslated(old: &Version, new: &str) -> Option<String> {
    let languages: Vec<String> = old.translations.keys().map(ToString::to_string).collect();
    let first = languages.first()?;
    Some(format!(
        "{} is translated ({}), and no translation was copied: write {new}.{first}.md beside the new text once its \
         words are settled; until then readers of a translation are shown the old one",
        old.original.path,
        languages.join(", ")
    ))
}

fn published(day: Date) -> String {
    format!("published = {day}\n")
}

fn summary() -> String {
    let mark = fill_in::mark("what this version changes, in a sentence or two");
    format!("summary = \"{mark}\"\n")
}

/// Writes every new file, and only then removes what was renamed. Nothing is written over.
fn write(root: &Path, work: &Work<'_>) -> Result<(), CannotRun> {
    let mut texts = Vec::new();
    for change in &work.changes {
        if let Some(there) = disk::in_the_way(root, &change.to) {
            return Err(CannotRun(format!(
                "{} is there already: nothing was written",
                there.display()
            )));
        }
        let (from, file) = (change.from, root.join(change.from));
        let cannot = |why: String| CannotRun(format!("cannot read {from}: {why}"));
        let bytes = disk::file(&file).map_err(|error| cannot(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|error| cannot(error.to_string()))?;
        let text = parse::amended(&text, change.without, &change.with);
        texts.push(text.ok_or_else(|| cannot("its front matter is broken".to_owned()))?);
    }
    for (change, text) in work.changes.iter().zip(texts) {
        disk::create(root, &change.to, text.as_bytes())?;
    }
    for change in work.changes.iter().filter(|change| change.moved) {
        disk::remove(root, change.from)?;
    }
    Ok(())
}

fn told(work: &Work<'_>, quiet: bool) -> String {
    let line = |Change {
                    from, to, moved, ..
                }: &Change<'_>| {
        let how = if *moved { "which was" } else { "a copy of" };
        format!("{to}, {how} {from}\n")
    };
    let lines: String = work.changes.iter().map(line).collect();
    if quiet {
        lines
    } else {
        lines + "\n" + &work.next
    }
}
