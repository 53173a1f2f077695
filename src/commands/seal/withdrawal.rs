//! What takes a sealed version back, or one language of it.

use engross::ledger::{Entry, Kind, TextId};
use engross::model::Date;
use engross::model::document::VersionId;
use engross::parse::{self, Site};
use engross::sealed::{self, Sealed};

use super::super::{CannotRun, asked};
use super::entries::Addition;

/// The withdrawal of a version in every language in which it is sealed, or in the one that is named.
pub(super) fn of(
    site: &Site<'_>,
    sealed: &Sealed<'_>,
    name: &str,
    reason: &str,
    day: Date,
) -> Result<Addition, CannotRun> {
    let texts = named(site, sealed, name)?;
    let left = texts.iter().flat_map(|text| left(site, text));
    let mut left: Vec<String> = left.collect();
    left.sort();
    left.dedup();
    let withdrawal = |text: TextId| {
        let kind = Kind::Withdrawal {
            withdrawn: day,
            reason: reason.trim().to_owned(),
        };
        (text, kind)
    };
    Ok(Addition {
        entries: texts.into_iter().map(withdrawal).collect(),
        files: Vec::new(),
        left,
    })
}

/// The sealed texts that a name means.
fn named(site: &Site<'_>, sealed: &Sealed<'_>, name: &str) -> Result<Vec<TextId>, CannotRun> {
    let usage = || {
        CannotRun(format!(
            "name one version to withdraw, such as privacy@2022-12-22 or privacy@2022-12-22.es, not `{name}`"
        ))
    };
    let (path, stem) = name.split_once('@').ok_or_else(usage)?;
    let (version, language) = parse::version_name(stem).ok_or_else(usage)?;
    let texts = || sealed.ledger.sealed_texts().map(|entry| &entry.text);
    // Of a text that is to be withdrawn the file may be gone already, and its document with it.
    let mut entries = sealed.ledger.entries().iter();
    let path = if entries.any(|entry| entry.text.document == path) {
        path
    } else {
        asked::find(site, path)?
    };
    let of_version = texts().filter(|text| text.document == path && text.version == version);
    let is_named = |text: &&TextId| match &language {
        Some(language) => text.language == language.as_str(),
        None => true,
    };
    let (named, others): (Vec<_>, Vec<_>) = of_version.cloned().partition(|text| is_named(&text));
    if named.is_empty() {
        let of_name = |text: &TextId| {
            let TextId {
                document,
                version: own,
                ..
            } = text;
            document == path && *own == version && is_named(&text)
        };
        return Err(CannotRun(nothing_to_withdraw(sealed, &of_name, name)));
    }
    if named.iter().any(|text| sealed::is_original(site, text)) {
        if let Some(translation) = others.first() {
            return Err(CannotRun(format!(
                "{translation} cannot stay without its original; withdraw both, with `--withdraw {path}@{version}`"
            )));
        }
        if let Some(why) = corrected(site, sealed, path, version) {
            return Err(CannotRun(why));
        }
    }
    Ok(named)
}

fn nothing_to_withdraw(
    sealed: &Sealed<'_>,
    of_name: &dyn Fn(&TextId) -> bool,
    name: &str,
) -> String {
    let mut entries = sealed.ledger.entries().iter().rev();
    let withdrawn = entries.find(|entry| of_name(&entry.text));
    withdrawn.map_or_else(
        || {
            let name = name.replace('@', " ");
            format!("{name} is not sealed, so there is nothing to withdraw")
        },
        |entry| {
            let (text, day) = (&entry.text, entry.kind.day());
            format!("{text} was already withdrawn on {day}")
        },
    )
}

/// Why a text cannot go that has a correction: nothing would be there that the correction corrects.
fn corrected(site: &Site<'_>, sealed: &Sealed<'_>, path: &str, of: VersionId) -> Option<String> {
    let corrects = |id: &VersionId| id.effective == of.effective && id.revision > of.revision;
    let texts = sealed.ledger.sealed_texts().map(|entry| &entry.text);
    let of_document = texts.filter(|text| text.document == path);
    if let Some(last) = of_document.map(|text| text.version).filter(corrects).max() {
        return Some(format!(
            "{path} {last} is a correction of {path} {of} and cannot stay without it; withdraw it first, with \
             `--withdraw {path}@{last}`, and remove its files"
        ));
    }
    let versions = &site.documents.get(path)?.versions;
    let unsealed = versions.iter().rev().find(|version| {
        let text = |entry: &&Entry| entry.text.document == path && entry.text.version == version.id;
        corrects(&version.id) && !sealed.ledger.entries().iter().any(|entry| text(&entry))
    })?;
    Some(format!(
        "{} is a correction of {path} {of} and cannot stay without it; remove it first",
        unsealed.original.path
    ))
}

/// The files that must go with a text: its own, and of an original those of its translations.
fn left(site: &Site<'_>, text: &TextId) -> Vec<String> {
    let document = site.documents.get(&text.document);
    let version = document.and_then(|document| document.version(text.version));
    let translations = version
        .filter(|_| sealed::is_original(site, text))
        .into_iter()
        .flat_map(|version| version.translations.values());
    let own = sealed::file(site, text).into_iter();
    let files = own.chain(translations);
    files.map(|file| file.path.clone()).collect()
}
