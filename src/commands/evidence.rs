//! `engross evidence`: a bundle that proves what a document said on a day.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use engross::archive::Archive;
use engross::diagnostic::Diagnostic;
use engross::disk;
use engross::evidence::{self, Correction, File, Proof, Told};
use engross::ledger::TextId;
use engross::model::document::{Document, TextFile, VersionId};
use engross::sealed::{Sealed, Standing};
use rawzip::ZipArchiveWriter;
use rawzip::time::UtcDateTime;

use super::arguments::{Arguments, Evidence, View};
use super::asked::{self, Asked};
use super::redline::{self, Shelf};
use super::{CannotRun, DONE, WRONG, report, site};

/// The file in a site's folder that says whose keys may sign.
const ALLOWED_SIGNERS: &str = "allowed_signers";
/// The time of every file of a bundle, the first that the format knows: the bundle says nothing by it.
const NO_TIME: i64 = 315_532_800;

/// Writes the bundle for the text that applied on a day.
pub(super) fn run(arguments: &Arguments, evidence: &Evidence) -> Result<u8, CannotRun> {
    let view = View {
        as_of: None,
        base_url: None,
    };
    let allowed = allowed_signers(arguments)?;
    asked::asked(arguments, &view, Some(&evidence.document), |asked| {
        let (sealed, mut problems) = Sealed::read(asked.site.sources);
        problems.retain(Diagnostic::is_error);
        if !problems.is_empty() {
            return Ok(asked::refuse(problems, asked.site.sources));
        }
        let case = Case {
            asked,
            then: &Archive::new(asked.site, evidence.on),
            sealed: &sealed,
            language: evidence.language.as_deref(),
            allowed: allowed.as_deref(),
        };
        match case.proved()? {
            Ok(found) => write(arguments, evidence, &found),
            Err(why) => {
                report::cannot_run(&why);
                Ok(WRONG)
            }
        }
    })
}

/// The text of the site's file of allowed signers, if it has one.
fn allowed_signers(arguments: &Arguments) -> Result<Option<String>, CannotRun> {
    let path = site::root(arguments)?.join(ALLOWED_SIGNERS);
    let cannot = |why: String| CannotRun(format!("cannot read {}: {why}", path.display()));
    match disk::file(&path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|error| cannot(error.to_string())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot(error.to_string())),
    }
}

/// What is asked, and what it is answered from.
struct Case<'a, 's> {
    asked: Asked<'a, 's>,
    /// The documents as they were known on the day.
    then: &'a Archive<'s>,
    sealed: &'a Sealed<'s>,
    language: Option<&'a str>,
    allowed: Option<&'a str>,
}

impl<'a, 's: 'a> Case<'a, 's> {
    /// The evidence; or why there is none, and what to do.
    fn proved(&self) -> Result<Result<evidence::Evidence<'a>, String>, CannotRun> {
        let day = self.then.day();
        if day > self.asked.archive.day() {
            return Err(CannotRun(format!(
                "{day} is yet to come: what will apply then cannot be proved"
            )));
        }
        // As it was known on the day: its redline says the same on every day after.
        let asked = Asked {
            archive: self.then,
            ..self.asked
        };
        let stock = Shelf::new(asked, self.language)?;
        let (document, language) = (stock.document, stock.language);
        let applied = stock.history.in_force();
        if let Some(why) = self.taken_back(&stock, applied) {
            return Ok(Err(why));
        }
        let Some(id) = applied else {
            return Ok(Err(format!(
                "{} had no text in force on {day}",
                document.path
            )));
        };
        let text = self.text_id(&stock, id);
        let Some(file) = self.then.text(&document.path, id, language) else {
            let gone = evidence::gone(self.sealed, &text, day);
            return Ok(Err(gone.unwrap_or_else(|| self.untranslated(&stock, id))));
        };
        let sources = self.asked.site.sources;
        let proof = Proof::find(self.sealed, sources, &text, &file.path, self.allowed);
        Ok(match proof {
            Ok(proof) => self
                .told(asked, &stock, id, &proof)?
                .map(|told| evidence::Evidence {
                    day,
                    proof,
                    told,
                    corrected: self.corrected(document, id),
                    withdrawn: self.sealed.gaps(&text),
                }),
            Err(why) => Err(why),
        })
    }

    fn text_id(&self, stock: &Shelf<'_, 's>, version: VersionId) -> TextId {
        TextId {
            document: stock.document.path.clone(),
            version,
            language: self.code(stock).to_owned(),
        }
    }

    fn code(&self, stock: &Shelf<'_, 's>) -> &'a str {
        let first = self.asked.site.config.default_language();
        stock.language.unwrap_or(first).as_str()
    }

    fn taken_back(&self, stock: &Shelf<'_, 's>, applied: Option<VersionId>) -> Option<String> {
        let text = (stock.document.path.as_str(), self.code(stock));
        evidence::taken_back(&self.sealed.ledger, text, applied, self.then.day())
    }

    fn untranslated(&self, stock: &Shelf<'_, 's>, id: VersionId) -> String {
        let (path, day, code) = (&stock.document.path, self.then.day(), self.code(stock));
        format!(
            "{path} {id} applied on {day}, and had no text in `{code}` then; ask for it in the first language of the site"
        )
    }

    /// What was published about a text, where its source is one that an entry seals; or what is wrong with it.
    fn told(
        &self,
        asked: Asked<'_, 's>,
        stock: &Shelf<'_, 's>,
        id: VersionId,
        proof: &Proof<'_>,
    ) -> Result<Result<Option<Told>, String>, CannotRun> {
        let as_sealed = |id, file: &TextFile| {
            let text = self.text_id(stock, id);
            self.sealed.standing(&text, &file.path) == Standing::AsSealed
        };
        if proof.source.is_none() {
            return Ok(Ok(None));
        }
        let path = &stock.document.path;
        let public = |id: VersionId| Some((id, self.then.text(path, id, stock.language)?));
        let before = stock.history.before(id).rev().find_map(public);
        let old = before.map(|(id, _)| id.to_string());
        let found = redline::plain(asked, stock, old.as_deref(), &id.to_string())?;
        Ok(found.map(|(compared, text)| {
            let both = before.filter(|(id, file)| as_sealed(*id, file));
            Some(Told {
                compared,
                redline: both.map(|_| text),
            })
        }))
    }

    /// The correction that was made after the day, as far as it is public today.
    fn corrected(&self, document: &Document, id: VersionId) -> Option<Correction> {
        let (_, today) = self.asked.archive.document(&document.path)?;
        let id = today.first_correction(id)?;
        let front = &document.version(id)?.original.front;
        Some(Correction {
            id,
            made: front.corrected.as_ref()?.value,
            reason: front.reason.clone(),
        })
    }
}

fn write(
    arguments: &Arguments,
    asked: &Evidence,
    found: &evidence::Evidence<'_>,
) -> Result<u8, CannotRun> {
    let (name, files) = (found.name(), found.files());
    let bytes = zip(&name, &files)
        .map_err(|error| CannotRun(format!("cannot write the bundle: {error}")))?;
    let file = asked.out.clone();
    let file = file.unwrap_or_else(|| PathBuf::from(format!("{name}.zip")));
    disk::put_file(&file, &bytes)?;
    let (sums, line) = digest(&file, &bytes);
    disk::put_file(&sums, line.as_bytes())?;
    if let Some(lacks) = found.left_out() {
        report::say(&lacks);
    }
    if !arguments.quiet {
        report::result(&format!(
            "{}: what {} said on {}; unpack it and begin with STATEMENT.md\n{}: its digest, which covers every byte of it: sha256sum -c\n",
            file.display(),
            found.text(),
            found.day,
            sums.display()
        ))?;
    }
    Ok(DONE)
}

/// The file beside a bundle with its digest as `sha256sum` writes it: the checks within hold what is unpacked, not the zip around it.
fn digest(file: &Path, bytes: &[u8]) -> (PathBuf, String) {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let line = evidence::sum(&name, bytes);
    (file.with_file_name(format!("{name}.sha256")), line)
}

/// The files in a folder, as they are: the same files give the same bytes.
fn zip(folder: &str, files: &[File]) -> Result<Vec<u8>, rawzip::Error> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (path, bytes) in files {
        let entry = archive
            .new_file(format!("{folder}/{path}"))
            .last_modified(UtcDateTime::from_unix(NO_TIME))
            .unix_permissions(0o644);
        let (mut entry, config) = entry.start()?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(bytes)?;
        let (_, end) = writer.finish()?;
        entry.finish(end)?;
    }
    archive.finish()
}
