//! Who stands for a checkpoint, and since when it exists: the signature and the time stamp beside it.

use super::CHECKPOINTS;
use crate::diagnostic::{Diagnostic, Place, Rule, rules};
use crate::ledger::Checkpoint;
use crate::tree::SourceTree;
use crate::witness::signature::{self, Checked, NAMESPACE};
use crate::witness::timestamp::{self, Stamp};

/// A checkpoint with what others say of it, as far as that holds.
pub struct Witnessed {
    /// Its file.
    pub path: String,
    /// What it says.
    pub checkpoint: Checkpoint,
    /// Who signed it.
    pub signed: Option<Signed>,
    /// Whether it has a signature of a kind that is not checked here.
    pub unchecked: bool,
    /// When it was there, as an authority says, whose own signature is not checked here.
    pub stamp: Option<Stamp>,
    /// Whether the time stamp stands without the reply around it.
    pub bare: bool,
}

/// A signature that is good.
pub struct Signed {
    /// Whose key made it, as the allowed signers say; nobody where they do not.
    pub by: Vec<String>,
    /// The key, as `ssh-keygen -l` shows it.
    pub key: String,
}

/// All checkpoints that can be read, with what holds of their signatures and time stamps, and what does not.
/// `allowed` is the text of an allowed-signers file, if there is one.
pub fn witnessed(sources: &SourceTree, allowed: Option<&str>) -> (Vec<Witnessed>, Vec<Diagnostic>) {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for (path, bytes) in sources.files_below(CHECKPOINTS) {
        if let Some(of) = path.strip_suffix(".sig") {
            problems.extend(alone(sources, path, of, &rules::SIGNATURE_WRONG));
        } else if let Some(of) = path.strip_suffix(".tsr") {
            problems.extend(alone(sources, path, of, &rules::TIMESTAMP_WRONG));
        } else if path.ends_with(".txt")
            && let Ok(checkpoint) = Checkpoint::read(path, bytes)
        {
            let mut found = Witnessed {
                path: path.to_owned(),
                checkpoint,
                signed: None,
                unchecked: false,
                stamp: None,
                bare: false,
            };
            problems.extend(found.read_signature(sources, bytes, allowed));
            problems.extend(found.read_stamp(sources, bytes));
            all.push(found);
        }
    }
    all.sort_by_key(|found| found.checkpoint.size);
    (all, problems)
}

/// A signature or a time stamp without its checkpoint.
fn alone(sources: &SourceTree, path: &str, of: &str, rule: &'static Rule) -> Option<Diagnostic> {
    let message = format!("{of}, which this belongs to, is not there");
    let help = "restore the checkpoint from version control";
    (!sources.contains(of)).then(|| Diagnostic::new(rule, Place::file(path), message, help))
}

impl Witnessed {
    fn read_signature(
        &mut self,
        sources: &SourceTree,
        bytes: &[u8],
        allowed: Option<&str>,
    ) -> Option<Diagnostic> {
        let path = format!("{}.sig", self.path);
        let signature = sources.text(&path)?;
        let day = self.checkpoint.date;
        let tell = |rule, message: String, help: &str| {
            Some(Diagnostic::new(rule, Place::file(&path), message, help))
        };
        match signature::check(signature, bytes, allowed.unwrap_or_default(), day) {
            Checked::Good {
                principals,
                fingerprint,
            } => {
                self.signed = Some(Signed {
                    by: principals,
                    key: fingerprint,
                });
                None
            }
            Checked::GoodButUnknown { fingerprint, why } => {
                let message = format!(
                    "this signature is good, but nobody is allowed to sign with its key, {fingerprint}: {why}"
                );
                self.signed = Some(Signed {
                    by: Vec::new(),
                    key: fingerprint,
                });
                // Without a file of allowed signers nobody was asked.
                allowed?;
                let help = "if you know whose key it is, add it to the allowed signers; else ask who signed";
                tell(&rules::SIGNER_NOT_ALLOWED, message, help)
            }
            Checked::Bad { why } => {
                let message = format!("this is no good signature of {}: {why}", self.path);
                let help = "restore the checkpoint and its signature from version control, or sign again: `engross seal --sign KEY`";
                tell(&rules::SIGNATURE_WRONG, message, help)
            }
            Checked::CannotTell { why } => {
                let message = format!("this signature was not checked: {why}");
                self.unchecked = true;
                let help = format!(
                    "check it by hand: `ssh-keygen -Y verify -f allowed_signers -I NAME -n {NAMESPACE} -s {path} < {}`",
                    self.path
                );
                tell(&rules::SIGNATURE_UNKNOWN, message, &help)
            }
        }
    }

    fn read_stamp(&mut self, sources: &SourceTree, bytes: &[u8]) -> Option<Diagnostic> {
        let path = format!("{}.tsr", self.path);
        let reply = sources.bytes(&path)?;
        let message = match timestamp::read(reply) {
            Ok(stamp) if stamp.holds(bytes) => {
                self.stamp = Some(stamp);
                self.bare = timestamp::is_bare(reply);
                return None;
            }
            Ok(stamp) => format!(
                "this time stamp, of {stamp}, is for another file than {}",
                self.path
            ),
            Err(why) => why.to_string(),
        };
        let help = "restore the checkpoint and its time stamp from version control, or have it stamped again: `engross seal --timestamp-request FILE`";
        Some(Diagnostic::new(
            &rules::TIMESTAMP_WRONG,
            Place::file(path),
            message,
            help,
        ))
    }
}
