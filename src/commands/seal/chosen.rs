//! Which texts a command line names to be sealed.

use engross::diagnostic::did_you_mean;
use engross::model::document::{Document, Version};
use engross::prepared::{Prepared, Role};
use engross::sealed::Standing;

use super::super::{CannotRun, asked, report};

/// The texts to seal: the ones that are named, or every public text that is not sealed. Each once.
pub(super) fn texts<'s>(
    prepared: &Prepared<'s>,
    names: &[String],
) -> Result<Vec<Role<'s>>, CannotRun> {
    if names.is_empty() {
        return Ok(due(prepared).collect());
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
        return Ok(due(prepared).filter(|role| is_of(role, document)).collect());
    };
    let version = find_version(document, version)?;
    let public = version.public(&version.original);
    if !prepared.archive.is_public(path, version.id, None) {
        return Err(CannotRun(format!(
            "{path} {} is not public before {public}; a text is sealed once it is published",
            version.id
        )));
    }
    let unsealed = |role: &Role<'_>| match role {
        Role::Version(_, version, language) => {
            let text = prepared.text_id(path, version.id, *language);
            prepared.archive.is_public(path, version.id, *language)
                && prepared.sealed.standing(&text, &role.file().path) != Standing::AsSealed
        }
        _ => false,
    };
    let languages = version.translations.keys().map(Some);
    let all = std::iter::once(None).chain(languages);
    let roles = all.map(|language| Role::Version(document, version, language));
    Ok(roles.filter(unsealed).collect())
}

/// The public texts that are not sealed. One that was withdrawn is sealed again only if its version is named.
fn due<'s>(prepared: &Prepared<'s>) -> impl Iterator<Item = Role<'s>> {
    let unsealed = prepared.unsealed().into_iter();
    unsealed.filter(|role| prepared.withdrawal_of(*role).is_none())
}

fn is_of(role: &Role<'_>, document: &Document) -> bool {
    matches!(role, Role::Version(of, ..) if of.path == document.path)
}

pub(super) fn find_version<'d>(
    document: &'d Document,
    name: &str,
) -> Result<&'d Version, CannotRun> {
    let found = document
        .versions
        .iter()
        .find(|version| version.id.to_string() == name);
    found.ok_or_else(|| {
        let names: Vec<String> = document
            .versions
            .iter()
            .map(|version| version.id.to_string())
            .collect();
        let all = || format!("its versions are {}", report::some(&names));
        let help = did_you_mean(name, names.iter().map(String::as_str), all);
        CannotRun(format!("{} has no version `{name}`; {help}", document.path))
    })
}
