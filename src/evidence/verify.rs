//! The commands that check a bundle with programs that everybody has.

use std::fmt::Write as _;

use super::proof::LATER;
use super::{Evidence, Inclusion};
use crate::ledger::Checkpoint;
use crate::ledger::merkle::Side;

/// Where a step on the way to the root stands; its name says on which side it goes.
pub(super) fn sibling_path(folder: &str, at: usize, side: Side) -> String {
    let side = match side {
        Side::Left => "left",
        Side::Right => "right",
    };
    // A ledger has fewer than 2^99 entries, so that two digits keep the order.
    format!("{folder}proof/{:02}-{side}", at + 1)
}

/// The steps, each with its number.
struct Steps {
    out: String,
    count: usize,
}

impl Steps {
    /// A step: what it shows, commands that prepare it, and the command whose success is its result.
    fn step(&mut self, title: &str, why: &str, prepare: &str, check: &str) {
        self.count += 1;
        let n = self.count;
        let _ = write!(
            self.out,
            "\n## {n}. {title}\n\n{why}\n\n```sh\n{prepare}{check} && echo \"{n} OK\" || {{ echo \"{n} FAILED\"; false; }}\n```\n"
        );
    }
}

/// The page of commands. `names` are the files of the bundle, sorted, without their digests.
pub(super) fn write(evidence: &Evidence<'_>, names: &[&str]) -> String {
    let proof = &evidence.proof;
    let mut steps = Steps {
        out: head(evidence),
        count: 0,
    };
    let unchanged = unchanged(names);
    steps.step(
        "No file was changed",
        "The digests of all files are those in `SHA256SUMS`, to the byte.",
        "",
        &unchanged,
    );
    let source = proof.source.filter(|_| proof.later.is_none());
    whole(&mut steps, "The entry", "entry.txt");
    sealed_files(&mut steps, source.is_some());
    included(&mut steps, "The entry", "", &proof.first);
    if let Some(later) = &proof.later {
        let entry = format!("{LATER}entry.txt");
        whole(&mut steps, "The later entry", &entry);
        same_text(&mut steps, &entry);
        included(&mut steps, "The later entry", LATER, later);
    }
    steps.step(
        "Still no file was changed",
        "The first check again, so that no single change to this page can leave it out.",
        "",
        &unchanged,
    );
    steps.out
}

fn head(evidence: &Evidence<'_>) -> String {
    let name = evidence.name();
    let mut out = format!(
        "\
# How to check this bundle

What you need: GNU coreutils 8.31 or later and `sed`; `ssh-keygen` (OpenSSH 8.8 or later) where there is a signature, and
`openssl` where there is a time stamp.

## 0. The zip itself was not changed

For whoever has the file `{name}.zip.sha256`, which was written beside the bundle. It covers every byte of the zip, also those
that are left when it is unpacked. This prints `OK` after the name of the zip:

```text
sha256sum -c {name}.zip.sha256
```

Without that file, begin here; the steps below cover every byte of the files that are unpacked, and not the zip around them.

## How to run the steps

Unpack the bundle, go into its folder, and paste the commands in their order:

```text
unzip {name}.zip
cd {name}
```

Each check prints its number and `OK`. One that prints `FAILED`, or nothing, has failed. To run all of them at once, stopping
at the first that fails:

```text
sed -n '/^```sh$/,/^```$/p' VERIFY.md | sed '/^```/d' | sh -e
```
"
    );
    let mut entries = evidence.proof.entries();
    if entries.any(|(_, inclusion)| inclusion.token.is_some()) {
        out.push_str(
            "
The time stamp is checked against the certificates of the authority that made it, which you get from the authority itself
(or from the list of trusted authorities of your country) as a file in PEM. Name it first:

```text
export CAFILE=/path/to/authority.pem
```
",
        );
    }
    out.push_str(
        "
These commands came with the bundle. Whoever does not trust them can read them: they are few, and use nothing of Engross.
",
    );
    out
}

/// Coreutils compare no files, but their digests: of the list as it has to be, and of the list as it is.
fn unchanged(names: &[&str]) -> String {
    let names = names.join(" ");
    format!("test \"$(sha256sum {names} | sha256sum)\" = \"$(sha256sum < SHA256SUMS)\"")
}

fn whole(steps: &mut Steps, name: &str, entry: &str) {
    steps.step(
        &format!("{name} is whole"),
        &format!("The last line of `{entry}` is the SHA-256 of the lines before it. Read them: they name the document, its version and its dates."),
        "",
        &format!(
            "test \"digest: sha256:$(sed '$d' {entry} | sha256sum | cut -c 1-64)\" = \"$(tail -n 1 {entry})\""
        ),
    );
}

/// The lines of an entry but its number, its source, its day and its place in the chain.
const OF_THE_TEXT: &str = "sed -n '2,7p;9,10p'";

fn same_text(steps: &mut Steps, entry: &str) {
    let same = format!("test \"$({OF_THE_TEXT} {entry})\" = \"$({OF_THE_TEXT} entry.txt)\"");
    let source = names_digest("source", "source.md", entry);
    steps.step(
        "A later entry seals the source",
        &format!("`{entry}` names the same text, the same words and the same page as `entry.txt`, and the SHA-256 of `source.md`."),
        "",
        &format!("{same} &&\n{source}"),
    );
}

/// The command that holds a file against a field of an entry.
fn names_digest(field: &str, file: &str, entry: &str) -> String {
    format!(
        "test \"{field}: sha256:$(sha256sum < {file} | cut -c 1-64)\" = \"$(grep '^{field}: ' {entry})\""
    )
}

/// The entry is in the ledger, and its checkpoint is witnessed.
fn included(steps: &mut Steps, name: &str, folder: &str, inclusion: &Inclusion<'_>) {
    folded(steps, name, folder, inclusion);
    let checkpoint = format!("{folder}checkpoint.txt");
    if let Some(signature) = &inclusion.signature {
        let name = signature.signer.as_ref().map(|signer| signer.name.as_str());
        signed(steps, name, &checkpoint, &inclusion.checkpoint);
    }
    if let Some(token) = &inclusion.token {
        stamped(steps, &checkpoint, token.bare);
    }
}

fn sealed_files(steps: &mut Steps, has_source: bool) {
    let mut files = vec![("words", "words.txt"), ("record", "record.html")];
    if has_source {
        files.insert(0, ("source", "source.md"));
    }
    let names: Vec<String> = files.iter().map(|(_, file)| format!("`{file}`")).collect();
    let checks = files
        .iter()
        .map(|(field, file)| names_digest(field, file, "entry.txt"));
    let checks: Vec<String> = checks.collect();
    steps.step(
        "The text is the one that was sealed",
        &format!("The entry names the SHA-256 of {}.", names.join(", ")),
        "",
        &checks.join(" &&\n"),
    );
}

fn folded(steps: &mut Steps, name: &str, folder: &str, inclusion: &Inclusion<'_>) {
    let (siblings, size) = (&inclusion.siblings, inclusion.checkpoint.size);
    let mut fold =
        format!("hash=$({{ printf '\\000'; cat {folder}entry.txt; }} | sha256sum | cut -c 1-64)\n");
    if !siblings.is_empty() {
        let parent = "parent() { { printf '\\001'; printf %s \"$1$2\" | tr a-f A-F | basenc --base16 -d; } | sha256sum | cut -c 1-64; }\n";
        fold.insert_str(0, parent);
    }
    for (at, sibling) in siblings.iter().enumerate() {
        let other = format!("\"$(cat {})\"", sibling_path(folder, at, sibling.side));
        let _ = match sibling.side {
            Side::Left => writeln!(fold, "hash=$(parent {other} \"$hash\")"),
            Side::Right => writeln!(fold, "hash=$(parent \"$hash\" {other})"),
        };
    }
    let why = match siblings.len() {
        0 => "The checkpoint covers this entry alone: its root is the digest of a zero byte and the entry.".to_owned(),
        n => format!(
            "The digest of a zero byte and the entry, joined with the {n} in `{folder}proof/` in turn (RFC 9162, section 2.1.3), gives\nthe root of the checkpoint over {size} entries."
        ),
    };
    let check = format!("grep -qx \"root: sha256:$hash\" {folder}checkpoint.txt");
    let title = format!("{name} is in the ledger");
    steps.step(&title, &why, &fold, &check);
}

fn signed(steps: &mut Steps, name: Option<&str>, file: &str, checkpoint: &Checkpoint) {
    let over = format!("-n engross -s {file}.sig < {file}");
    let day = checkpoint.date.to_string().replace('-', "");
    match name {
        Some(name) => steps.step(
            "The checkpoint is signed",
            "By the key that `allowed_signers` has under this name. Compare the key with one that you have from elsewhere.",
            "",
            &format!("ssh-keygen -Y verify -f allowed_signers -I '{name}' -Overify-time={day} {over}"),
        ),
        None => steps.step(
            "The checkpoint is signed",
            "The signature is good. Whose key made it is not said in this bundle: compare the key that is printed with one that\nyou have from elsewhere.",
            "",
            &format!("ssh-keygen -Y check-novalidate {over}"),
        ),
    }
}

fn stamped(steps: &mut Steps, file: &str, bare: bool) {
    let bare = if bare { " -token_in" } else { "" };
    steps.step(
        "The checkpoint was there at a certain time",
        &format!(
            "The time itself is printed by `openssl ts -reply -in {file}.tsr{bare} -text`."
        ),
        "",
        &format!(
            "openssl ts -verify -data {file} -in {file}.tsr{bare} -CAfile \"${{CAFILE:?name the certificates of the authority}}\""
        ),
    );
}
