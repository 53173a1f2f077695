//! Texts that were withdrawn: they are sealed again with the words that they had, or not at all.

use engross::diagnostic::{Diagnostic, Place, rules};
use engross::ledger::{Digest, Kind};
use engross::prepared::{Prepared, Role};
use engross::sealed::words_path;

/// The texts that were withdrawn and are not what was sealed: what is called by one name says one thing.
pub(super) fn check(prepared: &Prepared<'_>, texts: &[Role<'_>]) -> Vec<Diagnostic> {
    let texts = texts.iter();
    texts.filter_map(|role| of_text(prepared, *role)).collect()
}

fn of_text(prepared: &Prepared<'_>, role: Role<'_>) -> Option<Diagnostic> {
    let Role::Version(document, version, language) = role else {
        return None;
    };
    let text = prepared.text_id(&document.path, version.id, language);
    let withdrawal = prepared.sealed.withdrawal(&text)?;
    let seal = prepared.sealed.last_seal(&text)?;
    let Kind::Seal {
        published, words, ..
    } = seal.kind
    else {
        return None;
    };
    let (file, now) = (role.file(), prepared.words(role));
    let (sealed, withdrawn) = (seal.kind.day(), withdrawal.kind.day());
    let message = if Digest::of(&now) != words {
        format!("these are not the words that were sealed on {sealed} and withdrawn on {withdrawn}")
    } else if version.public(file) != published {
        format!(
            "this text was sealed as published on {published} and withdrawn on {withdrawn}, and now says {}",
            version.public(file)
        )
    } else {
        return None;
    };
    let help = format!(
        "put back what was sealed; other words need a new version, or, once this text is sealed again, {}",
        prepared.correction(document, version.id, language)
    );
    let place = Place::file(&file.path);
    let problem = Diagnostic::new(&rules::SEALED_TEXT_CHANGED, place, message, help);
    let kept = words_path(&text);
    let bytes = prepared.site.sources.bytes(&kept);
    Some(if bytes.map(Digest::of) == Some(words) {
        problem.note(format!("{kept} has the words that were sealed"), None)
    } else {
        problem
    })
}
