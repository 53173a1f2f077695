//! Which texts a command line names to be sealed.

use engross::model::Language;
use engross::model::document::{Document, Version};
use engross::prepared::{Prepared, Role};
use engross::sealed::Standing;

use super::super::{CannotRun, asked};

/// The texts to seal: the ones that are named, or every public text that is not sealed. Each once.
/// One that was withdrawn is sealed again only if its version is named.
pub(super) fn texts<'s>(
    prepared: &Prepared<'s>,
    names: &[String],
) -> Result<Vec<Role<'s>>, CannotRun> {
    if names.is_empty() {
        return Ok(prepared.unsealed());
    }
    let mut found: Vec<Role<'s>> = Vec::new();
    for name in names {
        let more = named(prepared, name)?;
        let known = |role: &Role<'_>| {
            found
                .iter()
                .any(|other| other.file().path == role.file().path)
        };
        let new: Vec<Role<'s>> = more.into_iter().filter(|role| !known(role)).collect();
        found.extend(new);
    }
    Ok(found)
}

fn named<'s>(prepared: &Prepared<'s>, name: &str) -> Result<Vec<Role<'s>>, CannotRun> {
    let (path, version) = match name.split_once('@') {
        Some((path, version)) => (path, Some(version)),
        None => (name, None),
    };
    let path = asked::find(prepared.site, path)?;
    let document = &prepared.site.documents[path];
    let Some(version) = version else {
        let mut all = prepared.unsealed();
        all.retain(|role| is_of(role, document));
        return Ok(all);
    };
    let (version, language) = asked::find_version(document, version)?;
    let texts = if let Some(language) = language {
        vec![find_language(prepared, document, version, &language)?]
    } else {
        let translations = version.translations.keys().map(Some);
        std::iter::once(None).chain(translations).collect()
    };
    let roles = texts
        .into_iter()
        .map(|language| Role::Version(document, version, language));
    let roles: Vec<Role<'s>> = roles.collect();
    let is_public = |role: &Role<'_>| {
        let language = role.translation();
        prepared.archive.is_public(path, version.id, language)
    };
    if let Some(first) = roles.first().filter(|role| !is_public(role)) {
        let text = prepared.text_id(path, version.id, first.translation());
        let public = version
            .public(first.file())
            .max(version.public(&version.original));
        return Err(CannotRun(format!(
            "{text} is not public before {public}; a text is sealed once it is published"
        )));
    }
    let unsealed = |role: &Role<'_>| {
        let text = prepared.text_id(path, version.id, role.translation());
        prepared.sealed.standing(&text, &role.file().path) != Standing::AsSealed
    };
    let due = |role: &Role<'_>| is_public(role) && unsealed(role);
    Ok(roles.into_iter().filter(due).collect())
}

fn is_of(role: &Role<'_>, document: &Document) -> bool {
    matches!(role, Role::Version(of, ..) if of.path == document.path)
}

/// A language of a version as texts have it, `None` for the original.
fn find_language<'s>(
    prepared: &Prepared<'s>,
    document: &Document,
    version: &'s Version,
    language: &Language,
) -> Result<Option<&'s Language>, CannotRun> {
    if language == prepared.site.config.default_language() {
        return Ok(None);
    }
    let found = version.translations.get_key_value(language);
    found.map(|(own, _)| Some(own)).ok_or_else(|| {
        let (path, id) = (&document.path, version.id);
        CannotRun(format!("{path} {id} has no text in `{language}`"))
    })
}
