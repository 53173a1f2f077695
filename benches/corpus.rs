//! Writes the site that the benches measure: the same made-up legal texts, always byte for byte,
//! in the shape that Engross, Hugo, Zola, mdBook or the bare program expects.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own, outside of the core"
)]

#[path = "corpus/document.rs"]
mod document;
#[path = "corpus/random.rs"]
mod random;
#[path = "corpus/site.rs"]
mod site;
#[path = "corpus/words.rs"]
mod words;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use document::{Corpus, Document};
use random::Random;
use site::Shape;

const USAGE: &str = "\
Writes a deterministic corpus of legal texts for the benches.

  cargo bench --bench corpus -- OUT [--documents 100] [--versions 10] \\
      [--for engross|hugo|zola|mdbook|bare]

OUT must have a slash in it (./site), so that the filter of `cargo bench FILTER` is never taken
for a folder. It must be empty, missing, or a corpus written earlier, which is replaced.";

/// Says of a folder that this program made it and may replace it.
const MARKER: &str = ".engross-corpus";

fn main() -> ExitCode {
    match Arguments::parse(std::env::args().skip(1)) {
        Ok(Some(arguments)) => finish(write(&arguments)),
        Ok(None) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Err(problem) => fail(&problem),
    }
}

fn finish(outcome: io::Result<Tally>) -> ExitCode {
    match outcome {
        Ok(tally) => {
            println!("{}", tally.summary());
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(problem: &str) -> ExitCode {
    eprintln!("corpus: {problem}");
    ExitCode::from(2)
}

struct Arguments {
    out: PathBuf,
    corpus: Corpus,
    shape: Shape,
}

impl Arguments {
    /// `None` where no folder is given: `cargo test` and `cargo bench` run every bench with flags
    /// and filters of their own, and must pass.
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut arguments: Vec<String> = arguments.filter(|one| one != "--bench").collect();
        let Some(place) = arguments.iter().position(|one| is_folder(one)) else {
            return Ok(None);
        };
        let out = PathBuf::from(arguments.remove(place));
        let mut corpus = Corpus {
            documents: 100,
            versions: 10,
        };
        let mut shape = Shape::Engross;
        let mut rest = arguments.into_iter();
        while let Some(flag) = rest.next() {
            let value = rest.next().ok_or_else(|| format!("{flag} needs a value"))?;
            match flag.as_str() {
                "--documents" => corpus.documents = count(&flag, &value)?,
                "--versions" => corpus.versions = count(&flag, &value)?,
                "--for" => shape = Shape::named(&value)?,
                _ => return Err(format!("unknown argument {flag}\n\n{USAGE}")),
            }
        }
        Ok(Some(Self { out, corpus, shape }))
    }
}

fn is_folder(argument: &str) -> bool {
    !argument.starts_with('-') && argument.contains(std::path::is_separator)
}

/// At most 1,000 of each: folders are numbered with three digits, and the effective dates of a
/// document, which may not fall on one day, lie within ten years.
fn count(flag: &str, value: &str) -> Result<usize, String> {
    let number: usize = value
        .parse()
        .map_err(|_| format!("{flag} {value}: not a number"))?;
    if (1..=1000).contains(&number) {
        Ok(number)
    } else {
        Err(format!("{flag} {value}: must be 1 to 1000"))
    }
}

/// Writes document by document, so that memory stays flat however many there are.
fn write(arguments: &Arguments) -> io::Result<Tally> {
    let Arguments { out, corpus, shape } = arguments;
    claim(out)?;
    let mut tally = Tally::default();
    for (name, text) in site::frame(*shape, corpus) {
        put(&out.join(name), &text)?;
    }
    for number in 0..corpus.documents {
        let mut random = Random::new(number as u64);
        let mut document = Document::draw(corpus, number, &mut random);
        let folder = out
            .join(site::texts(*shape))
            .join(document::folder_of(number));
        for (name, text) in site::folder_files(*shape, number) {
            put(&folder.join(name), &text)?;
        }
        for version in 0..corpus.versions {
            if version > 0 {
                document.revise(corpus, version, &mut random);
            }
            let text = site::page(*shape, corpus, &document, version);
            put(
                &folder.join(format!("{}.md", corpus.effective(number, version))),
                &text,
            )?;
            tally.add(text.len(), document.headings());
        }
    }
    Ok(tally)
}

/// Makes the folder ours, or refuses: a folder with anything in it that this program did not make
/// is somebody's work.
fn claim(out: &Path) -> io::Result<()> {
    if out.join(MARKER).is_file() {
        fs::remove_dir_all(out)?;
    } else if out.exists() && fs::read_dir(out)?.next().is_some() {
        let problem = format!(
            "{} is not empty and was not made by this program",
            out.display()
        );
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, problem));
    }
    put(
        &out.join(MARKER),
        "Made by `cargo bench --bench corpus`, which may replace it.\n",
    )
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// What was written, to see at a glance that a corpus is what the figures are quoted for.
#[derive(Default)]
struct Tally {
    bytes: Vec<usize>,
    headings: Vec<usize>,
}

impl Tally {
    fn add(&mut self, bytes: usize, headings: usize) {
        self.bytes.push(bytes);
        self.headings.push(headings);
    }

    fn summary(mut self) -> String {
        self.bytes.sort_unstable();
        self.headings.sort_unstable();
        format!(
            "{} pages, {} bytes; bytes a page {}; headings a page {}",
            self.bytes.len(),
            self.bytes.iter().sum::<usize>(),
            spread(&self.bytes),
            spread(&self.headings),
        )
    }
}

fn spread(sorted: &[usize]) -> String {
    let middle = sorted[sorted.len() / 2];
    format!(
        "{} to {}, median {middle}",
        sorted[0],
        sorted[sorted.len() - 1]
    )
}
