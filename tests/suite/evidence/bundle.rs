//! A bundle, unpacked in a clean folder, and the commands of its page run there.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::folder;
use crate::site::Site;

/// All that the commands of a bundle may use.
const PROGRAMS: [&str; 12] = [
    "sh",
    "unzip",
    "sha256sum",
    "ssh-keygen",
    "openssl",
    "sed",
    "grep",
    "cut",
    "tr",
    "cat",
    "tail",
    "basenc",
];

/// A bundle in a folder of its own, with the programs that a reader has.
pub(super) struct Bundle {
    home: TempDir,
    pub(super) name: String,
}

impl Bundle {
    /// The bytes of the bundle that the arguments ask for.
    pub(super) fn bytes(site: &Site, arguments: &[&str]) -> Vec<u8> {
        let file = site.root().join("../bundle.zip");
        let file = file.to_str().unwrap();
        let run = site.run(&[&["evidence"], arguments, &["-o", file]].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
        fs::read(file).unwrap()
    }

    /// The bundle that the arguments ask for, unpacked, and what is said on the way.
    pub(super) fn and_said(site: &Site, arguments: &[&str]) -> (Self, String) {
        let file = site.root().join("../said.zip");
        let run = site.run(&[&["evidence"], arguments, &["-o", file.to_str().unwrap()]].concat());
        (Self::of(site, arguments), run.stderr)
    }

    /// The bundle that the arguments ask for, unpacked.
    pub(super) fn of(site: &Site, arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let programs = home.path().join("programs");
        fs::create_dir(&programs).unwrap();
        for program in PROGRAMS {
            symlink(found(program), programs.join(program)).unwrap();
        }
        fs::write(home.path().join("bundle.zip"), Self::bytes(site, arguments)).unwrap();
        let mut bundle = Self {
            home,
            name: String::new(),
        };
        let (good, said) = bundle.sh(bundle.home.path(), "unzip -q bundle.zip -d out", None);
        assert!(good, "{said}");
        bundle.name = folder::names(&bundle.home.path().join("out")).remove(0);
        bundle
    }

    /// The folder in which the files are.
    fn folder(&self) -> PathBuf {
        self.home.path().join("out").join(&self.name)
    }

    /// The names of its files, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let all = folder::snapshot(&self.folder());
        folder::files(&all)
            .keys()
            .map(|name| (*name).to_owned())
            .collect()
    }

    pub(super) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder().join(name)).unwrap()
    }

    pub(super) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub(super) fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder().join(name), bytes).unwrap();
    }

    /// Writes the list of digests anew, as somebody would who changed a file.
    pub(super) fn sum_up(&self) {
        let names: Vec<String> = self
            .names()
            .into_iter()
            .filter(|name| name != "SHA256SUMS")
            .collect();
        let (good, said) = self.sh(
            &self.folder(),
            &format!("sha256sum {} > SHA256SUMS", names.join(" ")),
            None,
        );
        assert!(good, "{said}");
    }

    /// The commands of its page, a block each.
    pub(super) fn commands(&self) -> Vec<String> {
        let page = String::from_utf8_lossy(&self.read("VERIFY.md")).into_owned();
        let blocks = page.split("\n```sh\n").skip(1);
        blocks
            .map(|block| block.split("\n```\n").next().unwrap().to_owned())
            .collect()
    }

    /// Whether all commands succeed in their order, and what they say.
    pub(super) fn check(&self, commands: &[String], authority: Option<&Path>) -> (bool, String) {
        self.sh(
            &self.folder(),
            &format!("set -e\n{}", commands.join("\n")),
            authority,
        )
    }

    pub(super) fn assert_passes(&self) {
        let commands = self.commands();
        let (good, said) = self.check(&commands, None);
        assert!(good, "{said}\n{}", self.text("VERIFY.md"));
        for number in 1..=commands.len() {
            assert!(said.contains(&format!("{number} OK\n")), "{said}");
        }
        // The line that runs all of them says the same.
        let all = "sed -n '/^```sh$/,/^```$/p' VERIFY.md | sed '/^```/d' | sh -e";
        assert!(self.text("VERIFY.md").contains(all));
        let (good, at_once) = self.sh(&self.folder(), all, None);
        assert!(good && at_once == said, "{at_once}");
    }

    /// Runs commands in a folder, with the reader's programs and no others.
    fn sh(&self, folder: &Path, commands: &str, authority: Option<&Path>) -> (bool, String) {
        let programs = self.home.path().join("programs");
        let mut command = Command::new(programs.join("sh"));
        command
            .args(["-c", commands])
            .current_dir(folder)
            .env_clear();
        command.env("PATH", programs).stdin(Stdio::null());
        if let Some(authority) = authority {
            command.env("CAFILE", authority);
        }
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }
}

/// Where a program is.
fn found(program: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    let mut candidates = std::env::split_paths(&path).map(|folder| folder.join(program));
    candidates
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| {
            panic!("{program} is missing: install openssh-client, openssl and unzip")
        })
}

/// Runs a program in the folder beside a site, which must succeed.
pub(super) fn beside(site: &Site, command: &str) {
    let mut words = command.split(' ').map(|word| word.trim_matches('\''));
    let mut run = Command::new(words.next().unwrap());
    let output = run
        .args(words)
        .current_dir(site.root().join(".."))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{command}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A new key, and the name of its file.
pub(super) fn key(site: &Site) -> String {
    beside(site, "ssh-keygen -q -t ed25519 -N '' -C comment -f key");
    site.root().join("../key").to_str().unwrap().to_owned()
}
