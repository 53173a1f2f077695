//! A site in a temporary folder, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::folder::{self, Snapshot};

/// The day that tests take for today, unless they say another.
pub(crate) const DAY: &str = "2024-06-01";

/// The configuration of the smallest site.
pub(crate) const CONFIG: &str = "\
title = \"Legal\"
base_url = \"https://legal.example/\"

[organization]
name = \"Acme\"
";

/// The only text of the smallest site.
pub(crate) const TEXT: &str = "content/privacy/2022-01-01.md";

/// The files of the smallest site.
pub(crate) const MINIMAL: [(&str, &str); 2] = [
    ("engross.toml", CONFIG),
    (
        TEXT,
        "+++\ntitle = \"Privacy Policy\"\n+++\n\nWords.\n\n## Scope\n\nAll of it.\n",
    ),
];

/// A configuration with more in it; what is added begins in line 3.
pub(crate) fn config(more: &str) -> String {
    let (head, organization) = CONFIG.split_once('\n').unwrap();
    let (base_url, organization) = organization.split_once('\n').unwrap();
    format!("{head}\n{base_url}\n{more}\n{organization}")
}

/// A text with a title, whose words begin in line 5.
pub(crate) fn text(words: &str) -> String {
    format!("+++\ntitle = \"Privacy Policy\"\n+++\n\n{words}\n")
}

/// A site in a folder of its own.
pub(crate) struct Site {
    folder: TempDir,
}

impl Site {
    /// A folder without files.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        Self { folder }
    }

    /// The smallest site that builds.
    pub(crate) fn minimal() -> Self {
        MINIMAL
            .iter()
            .fold(Self::empty(), |site, (path, text)| site.with(path, text))
    }

    /// The same site with a file more, or with other words in it.
    pub(crate) fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.put(path, content);
        self
    }

    /// Writes a file of the site.
    pub(crate) fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Removes a file of the site.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    /// The site's folder. What is beside it is the test's own, too.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Where the site is published.
    pub(crate) fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    /// What is published.
    pub(crate) fn published(&self) -> Snapshot {
        folder::snapshot(&self.public())
    }

    /// A page as it was published.
    pub(crate) fn page(&self, path: &str) -> String {
        let path = self.public().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Runs the program in the site's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(engross(&self.root()).args(arguments))
    }

    /// Builds the site as of [`DAY`], which must succeed.
    pub(crate) fn build(&self) -> Run {
        self.build_as_of(DAY)
    }

    /// Builds the site as of a day, which must succeed.
    pub(crate) fn build_as_of(&self, day: &str) -> Run {
        let run = self.run(&["build", "--as-of", day]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run
    }
}

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program in a folder, in an environment that says nothing.
pub(crate) fn engross(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

/// Runs a command to its end. No run may end in a panic.
pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let run = Run {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}
