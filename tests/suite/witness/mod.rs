//! What others say of a file, tried against the programs that everybody has: `ssh-keygen` and `openssl`.

mod signatures;
mod stamps;

pub(crate) use stamps::{AUTHORITY, stamped};

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A checkpoint, which is what is signed and stamped.
const MESSAGE: &str = "Engross checkpoint 1\nsize: 12\n";

/// A folder in which programs run.
struct Bench(TempDir);

impl Bench {
    /// A folder with a message in `message`.
    fn new() -> Self {
        let bench = Self(TempDir::new().unwrap());
        bench.write("message", MESSAGE);
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    /// What a program that must succeed says.
    fn run(&self, command: &str) -> String {
        let (success, said) = self.attempt(command, "");
        assert!(success, "{command}\n{said}");
        said
    }

    /// Whether a program succeeds, and what it says. Its arguments stand between blanks;
    /// `''` is an empty one.
    fn attempt(&self, command: &str, input: &str) -> (bool, String) {
        let mut words = command.split(' ').map(|word| word.trim_matches('\''));
        let program = words.next().unwrap();
        let started = Command::new(program)
            .args(words)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = match started {
            Err(fault) if fault.kind() == ErrorKind::NotFound => {
                panic!("{program} is missing: install the packages openssh-client and openssl")
            }
            started => started.unwrap(),
        };
        // A program that refuses at once does not read what it is given.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        (output.status.success(), said)
    }
}
