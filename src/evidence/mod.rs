//! The proof of what a document said on a day: files that anyone can check without this program.

mod notice;
mod proof;
mod statement;
mod verify;

use crate::ledger::{Digest, TextId};
use crate::model::Date;
use crate::model::document::VersionId;
use crate::redline::Compared;
use crate::sealed::Gap;
pub use proof::{Inclusion, Proof, Signature, Token, gone, taken_back};

/// The file of digests, which names every other file.
const SUMS: &str = "SHA256SUMS";

/// What a document said on a day, and what proves it.
pub struct Evidence<'s> {
    /// The day.
    pub day: Date,
    /// What the ledger says of the text that applied.
    pub proof: Proof<'s>,
    /// What its publisher said of it; `None` where the source is none that was sealed.
    pub told: Option<Told>,
    /// The correction that was made after the day, if one was.
    pub corrected: Option<Correction>,
    /// When the text was withdrawn before it was sealed again.
    pub withdrawn: Vec<Gap<'s>>,
}

/// What was published about a text.
pub struct Told {
    /// The text and the one before it.
    pub compared: Compared,
    /// What it changed, as lines; `None` for a first version, or where the one before is not as it was sealed.
    pub redline: Option<String>,
}

/// A later text that says what was meant.
pub struct Correction {
    /// Its name.
    pub id: VersionId,
    /// When it was made.
    pub made: Date,
    /// Why.
    pub reason: Option<String>,
}

/// A file of the bundle: its path in the folder, and what it holds.
pub type File = (String, Vec<u8>);

impl Evidence<'_> {
    /// The name of the folder and of the bundle: `privacy-2022-12-22.en`.
    pub fn name(&self) -> String {
        let text = self.text();
        let document = text.document.replace('/', "-");
        format!("{document}-{}.{}", text.version, text.language)
    }

    /// The text.
    pub fn text(&self) -> &TextId {
        &self.proof.first.entry.text
    }

    /// What the bundle lacks, and how it can be had.
    pub fn left_out(&self) -> Option<String> {
        let document = &self.text().document;
        let again = |version: &str| format!("`engross seal {document}@{version}`");
        match &self.told {
            None => Some(format!(
                "the bundle has neither source nor redline nor notice, for no entry of the ledger names the source as it is now; where its words are still the same, run {}",
                again(&self.text().version.to_string())
            )),
            Some(Told { compared, redline: None }) => compared.old.as_ref().map(|old| format!(
                "the bundle has no redline, for no entry of the ledger names the source of {}, the version before, as it is now; where its words are still the same, run {}",
                old.id, again(&old.id)
            )),
            Some(_) => None,
        }
    }

    /// The files in the order in which a reader wants them.
    pub fn files(&self) -> Vec<File> {
        let mut files = self.material();
        files.insert(0, file("STATEMENT.md", statement::write(self)));
        // The commands name all files, their own among them.
        let mut names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        names.push("VERIFY.md");
        names.sort_unstable();
        let commands = verify::write(self, &names);
        files.insert(1, file("VERIFY.md", commands));
        let sums = sums(&files);
        files.push(file(SUMS, sums));
        files
    }

    /// What is to be proved, and what proves it.
    fn material(&self) -> Vec<File> {
        let proof = &self.proof;
        let mut files = Vec::new();
        files.extend(proof.source.map(|bytes| file("source.md", bytes)));
        files.push(file("words.txt", proof.words));
        files.push(file("record.html", proof.record));
        if let Some(told) = &self.told {
            let redline = told.redline.as_ref();
            files.extend(redline.map(|text| file("redline.txt", text.as_str())));
            files.push(file("notice.txt", notice::write(&told.compared)));
        }
        for (folder, inclusion) in proof.entries() {
            files.extend(included(folder, inclusion));
        }
        let signer = proof
            .entries()
            .find_map(|(_, inclusion)| inclusion.signer());
        files.extend(signer.map(|signer| file("allowed_signers", signer.allowed)));
        files
    }

    /// The title of the text, as it was sealed.
    fn title(&self) -> String {
        let words = String::from_utf8_lossy(self.proof.words);
        let title = words.lines().find_map(|line| line.strip_prefix("# "));
        title.map_or_else(|| self.text().document.clone(), str::to_owned)
    }
}

/// The files of an entry, in a folder or in none.
fn included(folder: &str, inclusion: &Inclusion<'_>) -> Vec<File> {
    let within = |path: &str| format!("{folder}{path}");
    let mut files = vec![(within("entry.txt"), inclusion.lines.as_bytes().to_vec())];
    for (at, sibling) in inclusion.siblings.iter().enumerate() {
        let path = verify::sibling_path(folder, at, sibling.side);
        files.push((path, format!("{}\n", sibling.digest.hex()).into_bytes()));
    }
    let checkpoint = inclusion.checkpoint.to_string().into_bytes();
    files.push((within("checkpoint.txt"), checkpoint));
    let signature = inclusion.signature.as_ref();
    files.extend(signature.map(|signature| {
        let text = signature.text.as_bytes().to_vec();
        (within("checkpoint.txt.sig"), text)
    }));
    let token = inclusion.token.as_ref();
    files.extend(token.map(|token| (within("checkpoint.txt.tsr"), token.bytes.to_vec())));
    files
}

fn file(path: &str, bytes: impl AsRef<[u8]>) -> File {
    (path.to_owned(), bytes.as_ref().to_vec())
}

/// The digests of files as `sha256sum` prints them, by path.
fn sums(files: &[File]) -> String {
    let mut lines: Vec<(&str, String)> = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), sum(path, bytes)))
        .collect();
    lines.sort_unstable();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The line of a file in a list of digests. A name with a backslash or a line break is marked, and written otherwise.
pub fn sum(name: &str, bytes: &[u8]) -> String {
    let plain = name.replace('\\', "\\\\").replace('\n', "\\n");
    let mark = if plain == name { "" } else { "\\" };
    format!("{mark}{}  {plain}\n", Digest::of(bytes).hex())
}
