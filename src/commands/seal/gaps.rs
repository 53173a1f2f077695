//! Texts with places to fill in: they are not sealed.

use engross::diagnostic::{Diagnostic, Place, Severity, rules};
use engross::model::config::PATH;
use engross::parse::fill_in;
use engross::prepared::{Prepared, Role};

/// The places to fill in of texts that are to be sealed, as errors: those in a text's own file, in
/// what is printed on every page, and in the values and clauses that it prints.
pub(super) fn check(prepared: &Prepared<'_>, texts: &[Role<'_>]) -> Vec<Diagnostic> {
    let places = fill_in::places(prepared.site.sources);
    let new = texts.iter().filter(|role| !is_sealed(prepared, role));
    new.flat_map(|role| of_text(prepared, role, &places))
        .collect()
}

fn is_sealed(prepared: &Prepared<'_>, role: &Role<'_>) -> bool {
    matches!(role, Role::Version(document, version, language)
        if prepared.sealed.seal(&prepared.text_id(&document.path, version.id, *language)).is_some())
}

fn of_text(prepared: &Prepared<'_>, role: &Role<'_>, places: &[Diagnostic]) -> Vec<Diagnostic> {
    let (file, words) = (role.file().path.as_str(), prepared.words(*role));
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let settings = format!("{folder}/document.toml");
    let counts = |problem: &&Diagnostic| {
        let marked = || fill_in::words(&problem.place, prepared.site.sources);
        [file, PATH, &settings].contains(&problem.place.path.as_str())
            || marked().is_some_and(|mark| words.contains(&mark))
    };
    let mut found: Vec<Diagnostic> = places.iter().filter(counts).cloned().collect();
    if found.is_empty() && fill_in::is_in(&words) {
        let message = "the words of this text hold a place to fill in";
        found.push(Diagnostic::new(
            &rules::TO_FILL_IN,
            Place::file(file),
            message,
            "",
        ));
    }
    for problem in &mut found {
        problem.severity = Severity::Error;
        "fill it in first: what is sealed stays as it is for ever".clone_into(&mut problem.help);
    }
    found
}
