//! What was verified, in short plain lines.

use std::fmt::Write as _;

use super::super::report;
use super::shape::{Folder, Point, Verified};
use engross::redline::amount;
use engross::sealed::LEDGER;
use engross::witness::signature::NAMESPACE;

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
    out.push_str(&conclusion(verified));
    out
}

/// The last line. What was not compared is not said to match.
fn conclusion(verified: &Verified) -> String {
    if !verified.matches {
        return "not everything matches\n".to_owned();
    }
    let points = &verified.checkpoints;
    let unknown = |point: &&Point| {
        let signature = point.signature.as_ref();
        signature.is_some_and(|signature| signature.signers.is_empty())
    };
    let left = [
        (
            points.iter().filter(|point| point.unchecked).count(),
            "signature",
        ),
        (
            points.iter().filter(unknown).count(),
            "signer of a checkpoint",
        ),
        (
            points
                .iter()
                .filter(|point| point.timestamp.is_some())
                .count(),
            "signer of a time stamp",
        ),
    ];
    let left: Vec<String> = left
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| amount(count, what))
        .collect();
    if left.is_empty() {
        return "everything matches\n".to_owned();
    }
    format!(
        "all that was checked matches; not checked: {}\n",
        left.join(", ")
    )
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
    if point.unchecked {
        let _ = writeln!(
            out,
            "  a signature that is not checked here, but by: ssh-keygen -Y verify -f allowed_signers -I NAME -n {NAMESPACE} -s {path}.sig < {path}"
        );
    }
    if let Some(time) = &point.timestamp {
        let bare = if point.bare { " -token_in" } else { "" };
        let _ = writeln!(
            out,
            "  time stamp of {time}; that an authority gave it is not checked here, but by: openssl ts -verify -data {path} -in {path}.tsr{bare} -CAfile CERTIFICATES"
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
    let made = (&folder.day, &folder.base_url, &folder.program);
    if let (Some(day), Some(base_url), Some(program)) = made {
        let _ = writeln!(out, "  published as of {day} for {base_url} by {program}");
        if let Some(own) = &folder.site_base_url {
            let _ = writeln!(out, "  that is another address than the site has: {own}");
        }
        if folder.of_other_program && !folder.compared && folder.sound {
            let _ = writeln!(
                out,
                "  this is another version, so what they make otherwise could not be compared: verify with {program}"
            );
        }
    } else {
        out.push_str("  it does not say when and by what it was published, so what is otherwise today could not be compared\n");
    }
    if !folder.sound {
        out.push_str("  not compared with the sources, which have errors\n");
    }
    list(out, "could not be compared", &folder.otherwise);
    list(out, "not there, and maybe never was", &folder.absent);
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
