//! Reading a ledger: what is sound of it, and every place where it is broken.

use super::digest::Digest;
use super::entry::{Entry, Kind, SEAL, TextId, WITHDRAWAL};
use super::lines::{Line, Problems, lines};
use super::{HEADER, Ledger};
use crate::diagnostic::{Diagnostic, rules};
use crate::model::Date;
use crate::model::document::VersionId;

const HELP: &str = "restore the file from version control; only `engross seal` may write it, and after a merge \
                    keep the ledger of one side and seal again what the other side had sealed";

const DIGEST: &str = "a digest: sha256: and 64 digits, 0-9 and a-f";
const DAY: &str = "a day as YEAR-MONTH-DAY";
const NUMBER: &str = "a number";

pub(super) fn read(path: &str, bytes: &[u8]) -> (Ledger, Vec<Diagnostic>) {
    let mut problems = Problems::new(path, &rules::LEDGER_BROKEN, HELP);
    let Some(text) = problems.text(bytes) else {
        return (Ledger::new(), problems.all);
    };
    let lines = lines(text);
    let begins = |line: &Line<'_>| line.text.starts_with("entry:");
    let first = lines.iter().position(begins).unwrap_or(lines.len());
    let header = lines.get(first).map_or(text.len(), |line| line.start);
    let message = "the header is not that of a ledger";
    problems.compare(&text[..header], HEADER, message);

    let mut chain = Chain::new(problems);
    for block in lines[first..].chunk_by(|_, next| !begins(next)) {
        chain.follow(block);
    }
    chain.end(text)
}

/// The entries that were read so far.
struct Chain<'p> {
    problems: Problems<'p>,
    /// All that could be read, also what does not hold.
    ledger: Ledger,
    /// How many of them come before the first problem.
    sound: usize,
    /// The number and the digest that the last entry says it has; no digest where none can be read.
    number: usize,
    digest: Option<Digest>,
}

impl<'p> Chain<'p> {
    fn new(problems: Problems<'p>) -> Self {
        let ledger = Ledger::new();
        Self {
            problems,
            sound: 0,
            number: 0,
            digest: Some(ledger.last_digest()),
            ledger,
        }
    }

    /// Takes up the lines of the next entry. What it says of itself is believed for the entry after
    /// it, so that one edit is one problem.
    fn follow(&mut self, lines: &[Line<'_>]) {
        let lines: Vec<Line<'_>> = lines
            .iter()
            .filter(|l| !l.text.is_empty())
            .copied()
            .collect();
        let next = self.number.saturating_add(1);
        let number = lines[0].value().parse().unwrap_or(next);
        let entry = self.problems.entry(&lines, &format!("entry {number}"));
        if let Some(entry) = &entry {
            self.check(&lines, entry, next);
        }
        self.number = number;
        self.digest = entry.as_ref().map(|entry| entry.digest);
        if let Some(entry) = entry {
            self.ledger.push(entry);
        }
        if self.problems.all.is_empty() {
            self.sound = self.ledger.entries.len();
        }
    }

    fn check(&mut self, lines: &[Line<'_>], entry: &Entry, next: usize) {
        let mut tell = |names: &[&str], message: String| {
            let mut lines = lines.iter();
            let line = lines.find(|line| names.contains(&line.name()));
            self.problems
                .tell(line.map(|line| line.span()).unwrap_or_default(), message);
        };
        let (number, before) = (entry.number, self.number);
        if number != next {
            let message = format!(
                "entry {number} stands where entry {next} belongs: an entry was removed, added or moved"
            );
            tell(&["entry"], message);
        } else if self.digest.is_some_and(|digest| digest != entry.previous) {
            let before = match before {
                0 => "the header".to_owned(),
                n => format!("entry {n}"),
            };
            let message = format!(
                "entry {number} does not follow {before}: a line or an entry was removed, moved or edited"
            );
            tell(&["previous"], message);
        }
        if entry.digest != entry.digest_of_lines() {
            let message = format!("entry {number} was edited: its lines have another digest");
            tell(&["digest"], message);
        }
        // What was before can be judged only where all of it could be read.
        let all_before = self.ledger.entries.len() + 1 == number;
        if let Err(refused) = self.ledger.check(&entry.text, &entry.kind)
            && all_before
        {
            let message = format!("entry {number} cannot stand here: {refused}");
            tell(refused.fields(), message);
        }
    }

    /// The ledger up to the first problem. Without one, the file must be what would be written.
    fn end(mut self, text: &str) -> (Ledger, Vec<Diagnostic>) {
        if self.problems.all.is_empty() {
            let message = "entries are divided by one empty line, and the file ends with its last digest's line feed";
            self.problems.compare(text, self.ledger.as_str(), message);
            return (self.ledger, self.problems.all);
        }
        let mut ledger = Ledger::new();
        let sound = self.ledger.entries.into_iter().take(self.sound);
        sound.for_each(|entry| ledger.push(entry));
        (ledger, self.problems.all)
    }
}

impl Problems<'_> {
    /// The entry of these lines, if each is a field in its place and has a value.
    fn entry(&mut self, lines: &[Line<'_>], of: &str) -> Option<Entry> {
        if lines.iter().any(|line| line.name() == "withdrawn") {
            self.withdrawal(lines, of)
        } else {
            self.seal(lines, of)
        }
    }

    fn seal(&mut self, lines: &[Line<'_>], of: &str) -> Option<Entry> {
        let fields = self.fields(lines, &SEAL, of)?;
        let [number, document, version, language, fields @ ..] = fields;
        let [
            effective,
            revision,
            published,
            source,
            words,
            record,
            sealed,
            fields @ ..,
        ] = fields;
        let number = self.value(number, NUMBER);
        let effective = self.value(effective, DAY);
        let revision = self.value(revision, NUMBER);
        let id = self.version(version);
        let published = self.value(published, DAY);
        let source = self.value(source, DIGEST);
        let words = self.value(words, DIGEST);
        let record = self.value(record, DIGEST);
        let sealed = self.value(sealed, DAY);
        let chain = self.chain(fields);
        let id = id?;
        if (id.effective, id.revision) != (effective?, revision?) {
            let message = "`version` is not that of `effective` and `revision`";
            self.tell(version.span(), message);
            return None;
        }
        let kind = Kind::Seal {
            published: published?,
            source: source?,
            words: words?,
            record: record?,
            sealed: sealed?,
        };
        Some(entry(number?, (document, id, language), kind, chain?))
    }

    fn withdrawal(&mut self, lines: &[Line<'_>], of: &str) -> Option<Entry> {
        let fields = self.fields(lines, &WITHDRAWAL, of)?;
        let [
            number,
            document,
            version,
            language,
            withdrawn,
            reason,
            fields @ ..,
        ] = fields;
        let number = self.value(number, NUMBER);
        let id = self.version(version);
        let withdrawn = self.value(withdrawn, DAY);
        let chain = self.chain(fields);
        let kind = Kind::Withdrawal {
            withdrawn: withdrawn?,
            reason: reason.value().to_owned(),
        };
        Some(entry(number?, (document, id?, language), kind, chain?))
    }

    /// The previous digest and the entry's own.
    fn chain(&mut self, [previous, digest]: [Line<'_>; 2]) -> Option<(Digest, Digest)> {
        let (previous, digest) = (self.value(previous, DIGEST), self.value(digest, DIGEST));
        Some((previous?, digest?))
    }

    fn version(&mut self, line: Line<'_>) -> Option<VersionId> {
        let version = version(line.value());
        if version.is_none() {
            let message =
                "`version` is not an effective date, followed by .r2, .r3 … for a correction";
            self.tell(line.span(), message);
        }
        version
    }
}

fn entry(
    number: usize,
    (document, version, language): (Line<'_>, VersionId, Line<'_>),
    kind: Kind,
    (previous, digest): (Digest, Digest),
) -> Entry {
    let text = TextId {
        document: document.value().to_owned(),
        version,
        language: language.value().to_owned(),
    };
    Entry {
        number,
        text,
        kind,
        previous,
        digest,
    }
}

/// A version's name, as it is written.
fn version(name: &str) -> Option<VersionId> {
    let (day, revision) = match name.split_once(".r") {
        Some((day, revision)) => (day, revision.parse().ok()?),
        None => (name, 1),
    };
    let effective: Date = day.parse().ok()?;
    let id = VersionId {
        effective,
        revision,
    };
    (id.to_string() == name).then_some(id)
}
