//! Signatures as `ssh-keygen -Y sign` writes them (SSHSIG), made and checked for keys of the kind ed25519.

use base64ct::{Base64Unpadded, Encoding};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::civil::Date;
use sha2::{Digest, Sha256, Sha512};

use super::wire::{Wire, strings};
use super::{WhyNot, allowed, armour};

/// What our signatures are for. A signature for anything else says nothing about a checkpoint.
pub const NAMESPACE: &str = "engross";

const SIGNATURE: &str = "SSH SIGNATURE";
const PRIVATE_KEY: &str = "OPENSSH PRIVATE KEY";
const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;
const ED25519: &str = "ssh-ed25519";

/// What there is to say of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is good, and the allowed signers say whose key made it.
    Good {
        /// Who may sign with the key, as the allowed signers have it: names, or patterns of names.
        principals: Vec<String>,
        /// The key, as `ssh-keygen -l` shows it.
        fingerprint: String,
    },
    /// It is good, but the allowed signers do not say whose key made it.
    GoodButUnknown {
        /// The key, as `ssh-keygen -l` shows it.
        fingerprint: String,
        /// A clause that says what the allowed signers lack.
        why: String,
    },
    /// It does not hold for the message.
    Bad {
        /// A clause about the signature, “it”.
        why: String,
    },
    /// It is of a kind that is not checked here.
    CannotTell {
        /// A clause about the signature, “it”.
        why: String,
    },
}

/// A private key that can sign.
pub struct Key(SigningKey);

impl Key {
    /// Reads the text of an OpenSSH private key file.
    pub fn read(text: &str) -> Result<Self, WhyNot> {
        signing_key(text).map(Self)
    }

    /// Signs a message. The same message and key give the same signature.
    pub fn sign(&self, message: &[u8]) -> String {
        let public = public_blob(&self.0.verifying_key());
        let signed = signed_bytes("sha512", &Sha512::digest(message));
        let signature = strings(&[ED25519.as_bytes(), &self.0.sign(&signed).to_bytes()]);
        let parts: [&[u8]; 5] = [&public, NAMESPACE.as_bytes(), b"", b"sha512", &signature];
        let bytes = [MAGIC, &VERSION.to_be_bytes(), &strings(&parts)].concat();
        armour::close(SIGNATURE, &bytes)
    }
}

/// Checks an armoured signature over a message, and finds its signer in the text of an allowed-signers
/// file (`ssh-keygen(1)`, ALLOWED SIGNERS).
///
/// A signature holds no time. Where the file says from when or until when a key is good, the day decides:
/// that of the checkpoint, as a key that was good on that day stays good for what it signed then.
pub fn check(signature: &str, message: &[u8], allowed_signers: &str, day: Date) -> Checked {
    let key = match key_behind(signature, message) {
        Ok(key) => key,
        Err(checked) => return checked,
    };
    let digest = Base64Unpadded::encode_string(&Sha256::digest(&key));
    let fingerprint = format!("SHA256:{digest}");
    match allowed::principals(allowed_signers, &key, day) {
        Ok(principals) => Checked::Good {
            principals,
            fingerprint,
        },
        Err(why) => Checked::GoodButUnknown { fingerprint, why },
    }
}

/// The key, as it is in public key files, that made a signature over a message.
fn key_behind(signature: &str, message: &[u8]) -> Result<Vec<u8>, Checked> {
    let none = || bad("it is not an SSH signature");
    let bytes = armour::open(SIGNATURE, signature).ok_or_else(none)?;
    let parts = Parts::read(&bytes).ok_or_else(none)??;
    let digest = match parts.hash {
        "sha512" => Sha512::digest(message).to_vec(),
        "sha256" => Sha256::digest(message).to_vec(),
        other => return Err(cannot_tell(format!("it uses {other}"))),
    };
    if parts.namespace != NAMESPACE {
        let namespace = parts.namespace;
        return Err(bad(format!(
            "it was made for “{namespace}”, not for “{NAMESPACE}”"
        )));
    }
    let (key, signature) = (parts.ed25519_key()?, parts.ed25519_signature()?);
    key.verify_strict(&signed_bytes(parts.hash, &digest), &signature)
        .map_err(|_| bad("it was made over other words or with another key"))?;
    Ok(parts.key.to_vec())
}

/// What a signature's bytes hold.
struct Parts<'a> {
    key: &'a [u8],
    namespace: &'a str,
    hash: &'a str,
    signature: &'a [u8],
}

impl<'a> Parts<'a> {
    /// `None` where the bytes are no signature.
    fn read(bytes: &'a [u8]) -> Option<Result<Self, Checked>> {
        let mut wire = Wire::new(bytes);
        wire.skip(MAGIC)?;
        if wire.number()? != VERSION {
            return Some(Err(cannot_tell("it is of another version of the format")));
        }
        let key = wire.string()?;
        let namespace = wire.name()?;
        let reserved = wire.string()?;
        let parts = Self {
            key,
            namespace,
            hash: wire.name()?,
            signature: wire.string()?,
        };
        wire.end()?;
        if reserved.is_empty() {
            Some(Ok(parts))
        } else {
            Some(Err(cannot_tell("it holds more than the format tells")))
        }
    }

    fn ed25519_key(&self) -> Result<VerifyingKey, Checked> {
        let bytes = of_kind(self.key)?;
        let key = <[u8; 32]>::try_from(bytes).ok();
        key.and_then(|key| VerifyingKey::from_bytes(&key).ok())
            .ok_or_else(|| bad("its key is not one"))
    }

    fn ed25519_signature(&self) -> Result<Signature, Checked> {
        Signature::from_slice(of_kind(self.signature)?).map_err(|_| bad("it is of another length"))
    }
}

/// What a key or a signature of our kind holds.
fn of_kind(bytes: &[u8]) -> Result<&[u8], Checked> {
    let mut wire = Wire::new(bytes);
    let kind = wire.name().ok_or_else(|| bad("its key has no kind"))?;
    if kind != ED25519 {
        return Err(cannot_tell(format!("it is of the kind {kind}")));
    }
    let inner = wire.string();
    inner
        .filter(|_| wire.end().is_some())
        .ok_or_else(|| bad("its key is not one"))
}

fn bad(why: impl Into<String>) -> Checked {
    Checked::Bad { why: why.into() }
}

fn cannot_tell(what: impl Into<String>) -> Checked {
    let why = format!("{}, which cannot be checked here", what.into());
    Checked::CannotTell { why }
}

/// What is signed in place of a message.
fn signed_bytes(hash: &str, digest: &[u8]) -> Vec<u8> {
    let parts = [NAMESPACE.as_bytes(), b"", hash.as_bytes(), digest];
    [MAGIC, &strings(&parts)].concat()
}

/// A public key as it is in public key files and in signatures.
fn public_blob(key: &VerifyingKey) -> Vec<u8> {
    strings(&[ED25519.as_bytes(), key.as_bytes()])
}

/// The key in the text of a private key file.
fn signing_key(text: &str) -> Result<SigningKey, WhyNot> {
    if text.starts_with("ssh-") || text.starts_with("ecdsa-") {
        return Err(WhyNot::new(
            "this is the public key: name the private one, the file without `.pub`",
        ));
    }
    let bytes = armour::open(PRIVATE_KEY, text).ok_or_else(|| {
        by_ssh_keygen("this is not an OpenSSH private key (`-----BEGIN OPENSSH PRIVATE KEY-----`)")
    })?;
    let broken = || WhyNot::new("the private key file is broken");
    let mut wire = Wire::new(&bytes);
    wire.skip(b"openssh-key-v1\0").ok_or_else(broken)?;
    if wire.string().ok_or_else(broken)? != b"none" {
        return Err(by_ssh_keygen("the key is protected by a passphrase"));
    }
    let kind = kind_of_private(&mut wire).ok_or_else(broken)?;
    if kind != ED25519 {
        return Err(by_ssh_keygen(&format!("the key is of the kind {kind}")));
    }
    let private = wire.string().filter(|_| wire.end().is_some());
    private.and_then(seed).ok_or_else(broken)
}

fn by_ssh_keygen(why: &str) -> WhyNot {
    WhyNot::new(format!(
        "{why}. Seal without `--sign` first, and then sign the file in checkpoints/ that this names with \
         `ssh-keygen -Y sign -n {NAMESPACE} -f KEY FILE`: the signature that it writes beside the file is as good"
    ))
}

/// The kind of the one key in a file, told by its public half.
fn kind_of_private<'a>(wire: &mut Wire<'a>) -> Option<&'a str> {
    let (_method, _options) = (wire.string()?, wire.string()?);
    (wire.number()? == 1).then_some(())?;
    Wire::new(wire.string()?).name()
}

/// The key in the private half of a file; `None` if its parts do not fit each other.
fn seed(private: &[u8]) -> Option<SigningKey> {
    let mut wire = Wire::new(private);
    let same = wire.number()? == wire.number()?;
    let kind = wire.name()?;
    let public = wire.string()?;
    let (seed, again) = wire.string()?.split_first_chunk::<32>()?;
    let _comment = wire.string()?;
    let mut padding = wire.rest().iter().enumerate();
    let padded = padding.all(|(at, byte)| usize::from(*byte) == at + 1);
    let key = SigningKey::from_bytes(seed);
    let fits = key.verifying_key().as_bytes() == public && again == public;
    (same && kind == ED25519 && fits && padded).then_some(key)
}
