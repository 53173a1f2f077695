//! The yardstick of the benches: the least that any tool must do for the corpus. It parses every
//! text, fills a page with its contents and the document's versions, and writes it; one thread,
//! nothing checked, nothing remembered.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own, outside of the core"
)]

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use serde::{Deserialize, Serialize};
use tera::{Context, Tera, Value};
use toml::value::Datetime;
use walkdir::WalkDir;

type Outcome<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "\
Builds the corpus that `--for bare` writes, as simply as can be.

  cargo bench --bench bare -- CONTENT OUT

Both must have a slash in them (./site), so that the filter of `cargo bench FILTER` is never taken
for a folder. OUT must be empty, missing, or written earlier by this program.";

/// Says of a folder that this program made it and may write into it again.
const MARKER: &str = ".engross-bare";

const TEMPLATE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ title }} – A corpus for the benches</title>
</head>
<body>
<header><a href="/">A corpus for the benches</a></header>
<main>
<h1>{{ title }}</h1>
<p>Effective <time>{{ effective }}</time>, published <time>{{ published }}</time>. {{ summary }}</p>
{{ contents }}
{{ text }}
<h2>Versions</h2>
<ul>
{% for version in versions -%}
<li><a href="{{ version.address }}">{{ version.title }}, {{ version.effective }}</a> {{ version.summary }}</li>
{% endfor -%}
</ul>
</main>
</body>
</html>
"#;

fn main() -> ExitCode {
    // `cargo bench` and `cargo test` add flags and filters of their own, and a bench must pass
    // with any.
    let arguments = std::env::args().skip(1);
    let folders: Vec<_> = arguments
        .filter(|one| one.contains(std::path::is_separator))
        .collect();
    let [content, out] = folders.as_slice() else {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    };
    match build(Path::new(content), Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bare: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One document at a time, so that memory does not grow with the site.
fn build(content: &Path, out: &Path) -> Outcome<()> {
    claim(out)?;
    let mut tera = Tera::new();
    tera.add_raw_template("page.html", TEMPLATE)?;
    for folder in WalkDir::new(content)
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
    {
        let folder = folder?;
        let address = format!("/{}/", folder.file_name().display());
        let versions = read(folder.path(), &address)?;
        let list: Vec<_> = versions.iter().map(|version| &version.record).collect();
        let list = Value::from_serializable(&list);
        for version in &versions {
            let page = tera.render("page.html", &version.context(list.clone()))?;
            let place = out.join(version.record.address.trim_matches('/'));
            fs::create_dir_all(&place)?;
            fs::write(place.join("index.html"), page)?;
        }
    }
    Ok(())
}

fn claim(out: &Path) -> Outcome<()> {
    let ours = out.join(MARKER).is_file();
    if !ours && out.exists() && fs::read_dir(out)?.next().is_some() {
        return Err(format!("{} is not empty and was not made here", out.display()).into());
    }
    fs::create_dir_all(out)?;
    Ok(fs::write(out.join(MARKER), "")?)
}

#[derive(Deserialize)]
struct FrontMatter {
    title: String,
    published: Datetime,
    summary: String,
}

/// A version as the lists of its siblings show it.
#[derive(Serialize)]
struct Record {
    title: String,
    summary: String,
    effective: String,
    published: String,
    address: String,
}

struct Version {
    record: Record,
    source: String,
    body: usize,
}

fn read(folder: &Path, address: &str) -> Outcome<Vec<Version>> {
    let mut versions = Vec::new();
    for file in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let path = file?.into_path();
        if path.extension().is_some_and(|suffix| suffix == "md") {
            versions.push(Version::read(&path, address)?);
        }
    }
    Ok(versions)
}

impl Version {
    fn read(path: &Path, address: &str) -> Outcome<Self> {
        let source = fs::read_to_string(path)?;
        let end = source.find("\n+++\n").ok_or("no front matter")?;
        let front: FrontMatter = toml::from_str(source[..end].trim_start_matches("+++\n"))?;
        let effective = path.file_stem().unwrap_or_default().display().to_string();
        let record = Record {
            title: front.title,
            summary: front.summary,
            published: front.published.to_string(),
            address: format!("{address}{effective}/"),
            effective,
        };
        Ok(Self {
            record,
            body: end + "\n+++\n".len(),
            source,
        })
    }

    fn context(&self, versions: Value) -> Context {
        let mut events: Vec<_> = Parser::new_ext(&self.source[self.body..], options()).collect();
        let contents = contents(&name_headings(&mut events));
        let mut text = String::with_capacity(self.source.len() * 2);
        html::push_html(&mut text, events.into_iter());
        let mut context = Context::new();
        context.insert("title", &self.record.title);
        context.insert("summary", &self.record.summary);
        context.insert("effective", &self.record.effective);
        context.insert("published", &self.record.published);
        context.insert_value("contents", Value::safe_string(&contents));
        context.insert_value("text", Value::safe_string(&text));
        context.insert_value("versions", versions);
        context
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
}

struct Heading {
    level: HeadingLevel,
    id: String,
    title: String,
}

/// Gives every heading an id that no other has, and returns them in order.
fn name_headings(events: &mut [Event]) -> Vec<Heading> {
    let mut taken = BTreeSet::new();
    let mut headings = Vec::new();
    for start in 0..events.len() {
        let Event::Start(Tag::Heading { level, id, .. }) = &events[start] else {
            continue;
        };
        let (level, title) = (*level, words(&events[start + 1..]));
        let mut name = id
            .as_ref()
            .map_or_else(|| slug(&title), ToString::to_string);
        while !taken.insert(name.clone()) {
            name.push_str("-1");
        }
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
            *id = Some(CowStr::from(name.clone()));
        }
        headings.push(Heading {
            level,
            id: name,
            title,
        });
    }
    headings
}

fn words(events: &[Event]) -> String {
    let inside = events
        .iter()
        .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    inside
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect()
}

fn slug(title: &str) -> String {
    let letters = title.chars().flat_map(char::to_lowercase);
    letters
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect()
}

/// Lists within lists, one for each level.
fn contents(headings: &[Heading]) -> String {
    let mut out = String::new();
    let mut open: Vec<HeadingLevel> = Vec::new();
    for Heading { level, id, title } in headings {
        while open.last().is_some_and(|last| last > level) {
            out.push_str("</li></ol>");
            open.pop();
        }
        if open.last() == Some(level) {
            out.push_str("</li>");
        } else {
            out.push_str("<ol>");
            open.push(*level);
        }
        // Titles of the corpus have nothing to escape.
        write!(out, "<li><a href=\"#{id}\">{title}</a>").expect("a String takes all");
    }
    out + &"</li></ol>".repeat(open.len())
}
