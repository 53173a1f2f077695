//! What was verified, in short plain lines.

use std::fmt::Write as _;

use super::super::report;
use super::shape::{Folder, Point, Verified};
use engross::redline::amount;
use engross::sealed::LEDGER;

/// The lines for a person.
pub(super) fn of(verified: &Verified) -> String {
    let mut out = format!(
        "{LEDGER}: {}\n",
        count(verified.entries, "entry", "entries")
    );
    for point in &verified.checkpoints {
        checkpoint(&mut out, point);
    }
    let Verified {
        sealed, withdrawn, ..
    } = verified;
    let _ = write!(out, "texts: {sealed} sealed");
    if *withdrawn > 0 {
        let _ = write!(out, ", {withdrawn} withdrawn");
    }
    let _ = writeln!(out, ", {} not sealed", verified.not_sealed.len());
    list(&mut out, "not sealed", &verified.not_sealed);
    if let Some(found) = &verified.folder {
        folder(&mut out, found);
    }
    // Of a file that its own list has so and this program otherwise, nobody can tell whether it was changed.
    let otherwise = verified
        .folder
        .as_ref()
        .map_or(0, |found| found.otherwise.len());
    let _ = match (verified.matches, otherwise) {
        (false, _) => writeln!(out, "not everything matches"),
        (true, 0) => writeln!(out, "everything matches"),
        (true, files) => writeln!(
            out,
            "all that is sealed matches; {} could not be compared",
            amount(files, "other file")
        ),
    };
    out
}

fn checkpoint(out: &mut String, point: &Point) {
    let Point {
        path,
        size,
        root,
        date,
        ..
    } = point;
    let entries = count(*size, "entry", "entries");
    let _ = writeln!(out, "{path}: {entries}, {date}, root {root}");
    if let Some(signature) = &point.signature {
        let key = &signature.key;
        let _ = match &signature.signers[..] {
            [] => writeln!(
                out,
                "  signed with the key {key}; no allowed signers say whose it is"
            ),
            names => writeln!(out, "  signed by {}, key {key}", names.join(", ")),
        };
    }
    if let Some(time) = &point.timestamp {
        let _ = writeln!(
            out,
            "  time stamp of {time}; who gave it is checked by: openssl ts -verify -data {path} -in {path}.tsr -CAfile CERTIFICATES"
        );
    }
}

fn folder(out: &mut String, folder: &Folder) {
    let Folder { path, sealed, .. } = folder;
    let files = count(folder.files, "file", "files");
    let texts = count(*sealed, "sealed text", "sealed texts");
    let _ = writeln!(out, "{path}: {files}, {texts}");
    if let Some(entries) = folder.entries {
        let entries = count(entries, "entry", "entries");
        let _ = writeln!(
            out,
            "  its ledger is an earlier state of this one, with {entries}"
        );
    }
    if !folder.rendered {
        out.push_str("  not compared with the sources, which have errors\n");
    }
    let otherwise = "published from other sources, another day, theme or version of engross";
    list(out, otherwise, &folder.otherwise);
    list(out, "not published there", &folder.absent);
    list(out, "not written by engross", &folder.unlisted);
}

fn list(out: &mut String, label: &str, names: &[String]) {
    if !names.is_empty() {
        let _ = writeln!(out, "  {label}: {}", report::some(names));
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
