//! The statement: in plain language, what a bundle proves and what it does not.

use std::fmt::Write as _;

use super::proof::LATER;
use super::{Evidence, Inclusion};

/// The whole statement.
pub(super) fn write(evidence: &Evidence<'_>) -> String {
    let mut out = head(evidence);
    let sections = [
        ("What is here", contents(evidence)),
        ("What it proves", proves(evidence)),
        ("What it does not prove", limits(evidence)),
        ("Where the trust comes from", trust(evidence)),
    ];
    for (title, points) in sections {
        let _ = write!(out, "\n## {title}\n\n");
        for point in points {
            let _ = writeln!(out, "- {point}");
        }
    }
    out
}

fn head(evidence: &Evidence<'_>) -> String {
    let (day, proof) = (evidence.day, &evidence.proof);
    let (text, title) = (evidence.text(), evidence.title());
    let mut out = format!(
        "\
# What “{title}” said on {day}

Document `{}`, version {}, in the language `{}`.

By the dates that its publisher recorded, this version was published on {}, takes effect on {}, and is
the one that applied on {day}. `VERIFY.md` has the commands that check what is said here. They need no
program of the publisher.
",
        text.document, text.version, text.language, proof.published, text.version.effective,
    );
    if let Some(corrected) = &evidence.corrected {
        let reason = corrected.reason.as_ref();
        let reason =
            reason.map_or_else(String::new, |reason| format!(" The reason given: {reason}"));
        let _ = write!(
            out,
            "\nIt was corrected afterwards, on {}, by version {}. Here is the text as it stood on {day}, before the correction.{reason}\n",
            corrected.made, corrected.id
        );
    }
    for gap in &evidence.withdrawn {
        let _ = write!(
            out,
            "\nIts publisher withdrew it on {}: “{}” It was sealed again, with the same words, on {}.\n",
            gap.from, gap.reason, gap.until
        );
    }
    out
}

fn contents(evidence: &Evidence<'_>) -> Vec<String> {
    let (proof, first) = (&evidence.proof, &evidence.proof.first);
    let source = match (proof.source, &proof.later) {
        (Some(_), None) => "`source.md`: the file from which the page was made, as it was sealed.".to_owned(),
        (Some(_), Some(later)) => format!(
            "`source.md`: the file of the text as entry {} sealed it on {}. The page was made from an earlier state of it, which had the same words and is not here.",
            later.entry.number, later.day()
        ),
        (None, _) => "The source file is left out: no entry of the ledger sealed it as it is today. The words and the page are those that were sealed.".to_owned(),
    };
    let mut points = vec![
        source,
        "`words.txt`: the words alone, one line for each paragraph. Above the title stands what the publisher said of the version, if anything: its summary, and of a correction day and reason.".to_owned(),
        format!(
            "`record.html`: the page as it was published on {}, the day of sealing, in one file that needs nothing from elsewhere.",
            first.day()
        ),
    ];
    if let Some(told) = &evidence.told {
        points.push(match (&told.redline, &told.compared.old) {
            (Some(_), Some(old)) => format!("`redline.txt`: what changed against the version before it, {}: `[-deleted-]`, `{{+inserted+}}`.", old.id),
            (None, Some(old)) => format!("There is no redline: the version before it, {}, is not sealed, or not as it was sealed.", old.id),
            (_, None) => "There is no redline: no version came before it.".to_owned(),
        });
        points.push("`notice.txt`: what the publisher said of the change.".to_owned());
    } else {
        points.push("There is neither redline nor change notice: they would have to be made from the source.".to_owned());
    }
    points.push(format!("`entry.txt`: entry {} of the publisher's ledger, with the digests of the {}. A digest (SHA-256) is a number that no other file is known to have.", first.entry.number, if proof.later.is_some() { "words and the page" } else { "files above" }));
    let size = first.checkpoint.size;
    if !first.siblings.is_empty() {
        points.push(format!("`proof/`: the digests that lead from the entry to the checkpoint over the first {size} entries."));
    }
    points.push(format!(
        "`checkpoint.txt`: the state of the ledger after entry {size}, of {}, in one digest.",
        first.checkpoint.date
    ));
    if first.signature.is_some() {
        points.push("`checkpoint.txt.sig`: a signature over the checkpoint.".to_owned());
    }
    if first.token.is_some() {
        points
            .push("`checkpoint.txt.tsr`: a time stamp over the checkpoint (RFC 3161).".to_owned());
    }
    if let Some(later) = &proof.later {
        points.push(format!("`{LATER}`: the same for entry {}, which sealed `source.md`: the entry, its proof, and a checkpoint that covers it.", later.entry.number));
    }
    let mut entries = proof.entries();
    if entries.any(|(_, inclusion)| inclusion.signer().is_some()) {
        points.push("`allowed_signers`: whose key the publisher says it is.".to_owned());
    }
    points.push("`SHA256SUMS`: the digests of all these files.".to_owned());
    points
}

fn proves(evidence: &Evidence<'_>) -> Vec<String> {
    let (proof, first) = (&evidence.proof, &evidence.proof.first);
    let (number, size) = (first.entry.number, first.checkpoint.size);
    let mut points = vec![
        "**Integrity.** The words and the page in this bundle are those that the publisher sealed. With one letter changed, the digests would be others.".to_owned(),
        format!("**Order.** Entry {number} is one of the first {size} entries of the ledger whose state the checkpoint holds, and it names the entry before it. Nobody can change it, take it out or put another before it and still have that checkpoint."),
    ];
    if let Some(later) = &proof.later {
        points.push(format!("**The source, later.** Entry {}, of {}, seals `source.md` with the same words and the same page as entry {number}. Of the time before, it proves nothing of the source.{}", later.entry.number, later.day(), witnesses(later)));
    }
    if let Some(signature) = &first.signature {
        points.push(match &signature.signer {
            Some(signer) => format!("**Whose.** The checkpoint was signed with the key that `allowed_signers` gives to `{}`. Compare it with the key that this signer made public elsewhere.", signer.name),
            None => "**A key.** The checkpoint was signed. The bundle does not say whose key it is: compare it with the key that the publisher made public elsewhere.".to_owned(),
        });
    }
    if let Some(token) = &first.token {
        points.push(format!("**Time.** An outside authority says that the checkpoint, and so the text, was there at {}. It holds as far as that authority is trusted.", token.stamp));
    }
    points
}

/// Who vouches for the checkpoint of the later entry.
fn witnesses(later: &Inclusion<'_>) -> String {
    let mut out = String::new();
    let checkpoint = format!("`{LATER}checkpoint.txt`");
    match (&later.signature, later.signer()) {
        (_, Some(signer)) => {
            let name = &signer.name;
            let _ = write!(
                out,
                " The key that `allowed_signers` gives to `{name}` signed {checkpoint}."
            );
        }
        (Some(_), None) => {
            let _ = write!(
                out,
                " {checkpoint} was signed, by a key of which the bundle does not say whose it is."
            );
        }
        (None, None) => {}
    }
    if let Some(token) = &later.token {
        let _ = write!(
            out,
            " An outside authority says that {checkpoint} was there at {}.",
            token.stamp
        );
    }
    out
}

fn limits(evidence: &Evidence<'_>) -> Vec<String> {
    let (day, first) = (evidence.day, &evidence.proof.first);
    let mut points = Vec::new();
    if first.token.is_none() {
        points.push("**Not the time.** All dates here are the publisher's own. A ledger can be written anew with other dates as long as nobody else has a checkpoint of it. Time is proved only by an outside witness: a time stamp, or a checkpoint that somebody else received and kept.".to_owned());
    }
    if first.day() > day {
        points.push(format!("**Not that it was so on {day}.** The text was sealed on {}, after that day. For the days before, the seal proves nothing by itself.", first.day()));
    } else if let Some(token) = first
        .token
        .as_ref()
        .filter(|token| token.stamp.time.date() > day)
    {
        points.push(format!("**Not by the witness for {day}.** The time stamp is of {}, after that day. That the text was sealed earlier, on {}, is said by the ledger.", token.stamp, first.day()));
    }
    points.push("**Not that it was served.** A publisher can seal a text and show another, or none. Captures by others, such as web archives, can be compared with `record.html`.".to_owned());
    points.push(format!("**Not that nothing else applied.** That no other version had taken its place by {day} is what the whole ledger says, not this entry. Ask for the ledger, and compare its checkpoints."));
    if first.signature.is_none() {
        points.push("**Not whose it is.** Nobody signed the checkpoint.".to_owned());
    }
    if evidence.told.is_some() {
        points.push("**Neither redline nor notice is sealed.** `redline.txt` and `notice.txt` were made for this bundle from the sources. What the publisher itself wrote of the change is sealed: it stands above the title in `words.txt`.".to_owned());
    }
    points
}

fn trust(evidence: &Evidence<'_>) -> Vec<String> {
    let mut points = vec![
        "`SHA256SUMS` shows that the bundle is as it was made, nothing more: whoever makes another bundle can make another list. It is not signed.".to_owned(),
        "The checkpoint is what counts. Compare `checkpoint.txt` with the one of the same size that the publisher has on its site, and above all with a copy that others kept.".to_owned(),
    ];
    let mut entries = evidence.proof.entries();
    if entries.any(|(_, inclusion)| inclusion.signature.is_some()) {
        points.push("The signature is worth what is known of the key: that it is the signer's, and was in no other hands.".to_owned());
    }
    let mut entries = evidence.proof.entries();
    if entries.any(|(_, inclusion)| inclusion.token.is_some()) {
        points.push("The time stamp is worth what its authority is. Get the authority's certificates from the authority, not from the publisher.".to_owned());
    }
    points
}
