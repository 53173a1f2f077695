//! The first steps of the README, followed to the letter: their files, commands and addresses.

use std::fs;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::folder;
use crate::html;
use crate::serve::Running;
use crate::site::{Site, engross, run};

/// The headings of a site that is made by the program, and of one that is made by hand.
const BEGUN: &str = "Quick start";
const BY_HAND: &str = "The same by hand";

/// The day from which the table of addresses holds.
const DAY: &str = "2026-02-01";

/// The origin of the site that is made by hand, which lives at `/`.
const ORIGIN: &str = "https://legal.fernway.example";

/// What a reader of the first steps is told to write, to type, and to find.
#[derive(Debug, Default)]
struct QuickStart {
    /// The path of each file, and what is in it.
    files: Vec<(String, String)>,
    /// The commands of the program, without its name.
    commands: Vec<Vec<String>>,
    /// The addresses in the first column of the table.
    addresses: Vec<String>,
}

impl QuickStart {
    /// Reads the section of the README. A paragraph that begins with a file's name in backquotes
    /// is followed by a fenced block with what is in the file; a block without a language has
    /// commands.
    fn read(readme: &str, heading: &str) -> Self {
        let mut start = Self::default();
        let mut events = Parser::new_ext(readme, Options::ENABLE_TABLES)
            .skip_while(|event| !matches!(event, Event::Text(text) if text.starts_with(heading)))
            .take_while(|event| !is_heading(event))
            .peekable();
        let mut name: Option<String> = None;
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::Paragraph) => {
                    name = match events.peek() {
                        Some(Event::Code(code)) => Some(code.to_string()),
                        _ => None,
                    };
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    let mut words = String::new();
                    while let Some(Event::Text(text)) = events.next_if(is_text) {
                        words.push_str(&text);
                    }
                    match name.take() {
                        Some(name) if !language.is_empty() => start.files.push((name, words)),
                        _ => start.commands.extend(words.lines().filter_map(command)),
                    }
                }
                Event::Start(Tag::TableRow) => {
                    let cell = events
                        .by_ref()
                        .take_while(|event| !matches!(event, Event::End(TagEnd::TableCell)));
                    start.addresses.extend(cell.filter_map(code));
                }
                _ => {}
            }
        }
        start
    }

    /// Writes the files into a folder of their own.
    fn site(&self) -> Site {
        let files = self.files.iter();
        files.fold(Site::empty(), |site, (path, words)| site.with(path, words))
    }
}

fn is_heading(event: &Event<'_>) -> bool {
    let level = HeadingLevel::H2;
    matches!(event, Event::Start(Tag::Heading { level: found, .. }) if *found == level)
}

fn is_text(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(_))
}

fn code(event: Event<'_>) -> Option<String> {
    match event {
        Event::Code(code) => Some(code.into_string()),
        _ => None,
    }
}

/// The arguments of a line that runs the program.
fn command(line: &str) -> Option<Vec<String>> {
    let arguments = line.strip_prefix("engross ")?;
    Some(arguments.split_whitespace().map(str::to_owned).collect())
}

fn quick_start(heading: &str) -> QuickStart {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    QuickStart::read(&fs::read_to_string(readme).unwrap(), heading)
}

/// The file that a host shows at an address of the site.
fn file(address: &str) -> String {
    let path = address.strip_prefix('/').unwrap();
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// Whether a reference leads out of the site, or to a file and an anchor that are there.
fn resolves(site: &Site, page: &str, reference: &str) -> bool {
    let local = reference.strip_prefix(ORIGIN).unwrap_or(reference);
    if ["https://", "mailto:"]
        .iter()
        .any(|scheme| local.starts_with(scheme))
    {
        return true;
    }
    if !local.starts_with(['/', '#']) {
        return false;
    }
    let (path, anchor) = local.split_once('#').unwrap_or((local, ""));
    let target = if path.is_empty() {
        page.to_owned()
    } else {
        file(path)
    };
    if !site.public().join(&target).is_file() {
        return false;
    }
    anchor.is_empty() || html::ids(&html::tags(&site.page(&target)).unwrap()).contains(&anchor)
}

#[test]
fn the_quick_start_begins_a_site_and_its_next_version() {
    let start = quick_start(BEGUN);
    let site = Site::empty();
    let mut names = Vec::new();
    for command in &start.commands {
        let name = command[0].as_str();
        names.push(name);
        if name == "serve" {
            // Without a browser, and at a port that is free.
            let server = Running::start(&site, &["serve", "--root", "legal", "--port", "0"]);
            assert_eq!(server.get("/privacy/").status, 200);
            continue;
        }
        let folder = match name {
            "init" => site.root(),
            _ => site.root().join("legal"),
        };
        let day = |word: &String| word.replace("DAY", "2099-01-15");
        let run = run(engross(&folder).args(command.iter().map(day)));
        assert_eq!(run.status, 0, "{command:?}: {}", run.stderr);
        if name == "check" {
            assert!(run.stderr.contains("[fill in: the postal address]"));
            assert!(run.stderr.contains("--> engross.toml:26:12"));
        }
    }
    assert_eq!(
        names,
        ["init", "build", "check", "serve", "amend", "redline"]
    );
}

#[test]
fn a_site_by_hand_is_the_one_that_is_promised() {
    let start = quick_start(BY_HAND);
    assert_eq!(start.files.len(), 5, "{:?}", start.files);
    assert!(start.addresses.len() >= 16, "{:?}", start.addresses);
    let site = start.site();
    let run = site.run(&["check", "--as-of", DAY]);
    let told = (run.status, run.stdout.as_str(), run.stderr.as_str());
    assert_eq!(told, (0, "no problems\n", ""));
    assert!(!site.public().exists());
    let run = site.run(&["build", "--as-of", DAY]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    for address in &start.addresses {
        assert!(site.public().join(file(address)).is_file(), "{address}");
    }
    let published = site.published();
    let mut followed = 0;
    for page in folder::files(&published)
        .keys()
        .filter(|path| path.ends_with(".html"))
    {
        let html = site.page(page);
        let tags = html::tags(&html).unwrap_or_else(|error| panic!("{page}: {error}"));
        for reference in html::references(&tags) {
            assert!(resolves(&site, page, reference), "{page}: {reference}");
            followed += 1;
        }
    }
    assert!(followed > 100, "{followed}");
}

#[test]
fn every_command_for_a_site_by_hand_runs() {
    let start = quick_start(BY_HAND);
    let names: Vec<&str> = start
        .commands
        .iter()
        .map(|words| words[0].as_str())
        .collect();
    assert_eq!(names, ["check", "build", "build"]);
    let site = start.site();
    for command in &start.commands {
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        if !arguments.contains(&"--as-of") {
            arguments.extend(["--as-of", DAY]);
        }
        let run = site.run(&arguments);
        assert_eq!(run.status, 0, "{command:?}: {}", run.stderr);
    }
    let then = |path: &str| fs::read_to_string(site.root().join("then").join(path)).unwrap();
    assert!(site.page("privacy/index.html").contains("id=\"retention\""));
    let before = then("privacy/index.html");
    assert!(!before.contains("id=\"retention\"") && before.contains("notice-coming"));
    assert!(then("privacy/2026-02-01/index.html").contains("notice-upcoming"));
    assert!(!site.root().join("then/es/privacy/index.html").exists());
}
