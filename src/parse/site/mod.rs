//! The source tree as a site: which documents, versions, pages and data there are.

mod whole;

use std::collections::BTreeMap;

use super::file_name::{self, Name};
use super::front_matter::{self, TextKind};
use super::placeholders::CLAUSES;
use super::{check_words, config, fill_in, settings, table};
use crate::diagnostic::{Diagnostic, Place, Severity, Span, rules};
use crate::model::config::{BaseUrl, Config, PATH};
use crate::model::document::{Document, Draft, Page, Settings, TextFile, VersionId};
use crate::model::{Date, Language, Located, Value};
use crate::tree::SourceTree;

/// Where the texts stand.
pub(crate) const CONTENT: &str = "content/";
const DATA: &str = "content/data/";
const SETTINGS: &str = "document.toml";

/// File-name endings of what is published beside the texts as it is.
const PUBLISHED_ENDINGS: [&str; 8] = [
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf",
];

/// What the sources say, before any text is read.
pub struct Site<'t> {
    /// The files themselves.
    pub sources: &'t SourceTree,
    /// What `engross.toml` says.
    pub config: Config,
    /// The documents by path.
    pub documents: BTreeMap<String, Document>,
    /// The next versions of documents, not dated yet.
    pub drafts: Vec<Draft>,
    /// The undated pages.
    pub pages: Vec<Page>,
    /// Files that are published as they are, as paths below `content/`.
    pub files: Vec<String>,
    /// The tables of `content/data/` by file name.
    pub data: Value,
}

impl Site<'_> {
    /// The language whose text of a document governs, if it is said; `None` inside is the site's first.
    pub fn governing(&self, document: &Document) -> Option<Option<&Language>> {
        let of_document = document.settings.governing_language.as_ref();
        let said = of_document.or(self.config.governing_language.as_ref())?;
        let mut languages = self.config.languages.iter();
        let first = languages.next();
        Some(languages.find(|language| *language == said && first != Some(said)))
    }

    /// Lets the site live elsewhere than its configuration says.
    pub fn set_base_url(&mut self, base_url: BaseUrl) {
        let configured = std::mem::replace(&mut self.config.base_url, base_url);
        self.config.other_base_urls.push(configured);
    }
}

/// The days that drafts are given to see them as the versions that they will become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amendment {
    /// The day from which they apply.
    pub effective: Date,
    /// The day on which they are published, unless they say an earlier one.
    pub published: Date,
}

/// Reads a site. There is none when `engross.toml` is missing or says too little; the problems of
/// all files are told in either case.
pub fn read(sources: &SourceTree) -> (Option<Site<'_>>, Vec<Diagnostic>) {
    read_amended(sources, None)
}

/// Reads a site as it will be when its drafts have become versions.
pub fn read_amended(
    sources: &SourceTree,
    amendment: Option<Amendment>,
) -> (Option<Site<'_>>, Vec<Diagnostic>) {
    let (config, config_problems) = match sources.text(PATH) {
        Some(text) => config::read(text),
        None => (None, missing_configuration(sources)),
    };
    let mut reader = Reader {
        sources,
        config: config.as_ref(),
        amendment,
        found: Found::default(),
        problems: config_problems,
    };
    let text = sources.text(PATH).unwrap_or_default();
    reader.problems.extend(fill_in::check(PATH, text));
    for path in sources.below(CONTENT) {
        reader.file(path);
    }
    let (found, documents, problems) = reader.finish();
    let site = config.map(|config| Site {
        sources,
        config,
        documents,
        drafts: found.drafts,
        pages: found.pages,
        files: found.files,
        data: Value::Table(found.data),
    });
    (site, problems)
}

fn missing_configuration(sources: &SourceTree) -> Vec<Diagnostic> {
    if sources
        .faults()
        .iter()
        .any(|fault| fault.place.path == PATH)
    {
        return Vec::new();
    }
    let help = "add engross.toml with `title`, `base_url` and `[organization] name`";
    vec![Diagnostic::new(
        &rules::NO_CONFIGURATION,
        Place::file(PATH),
        "there is no engross.toml",
        help,
    )]
}

/// What has been found so far.
#[derive(Default)]
struct Found {
    settings: BTreeMap<String, (String, Settings)>,
    texts: BTreeMap<String, BTreeMap<VersionId, BTreeMap<Option<Language>, TextFile>>>,
    drafts: Vec<Draft>,
    pages: Vec<Page>,
    files: Vec<String>,
    data: Vec<(String, Value)>,
}

impl Amendment {
    fn publish(self, text: &mut TextFile) {
        let published = &mut text.front.published;
        if published
            .as_ref()
            .is_none_or(|day| day.value > self.published)
        {
            *published = Some(Located {
                value: self.published,
                span: Span::default(),
            });
        }
    }
}

struct Reader<'t, 'c> {
    sources: &'t SourceTree,
    config: Option<&'c Config>,
    amendment: Option<Amendment>,
    found: Found,
    problems: Vec<Diagnostic>,
}

impl<'t> Reader<'t, '_> {
    fn file(&mut self, path: &'t str) {
        if let Some(text) = self.sources.text(path) {
            self.problems.extend(check_words(path, text));
        }
        let below = &path[CONTENT.len()..];
        let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
        if path.starts_with(CLAUSES) {
            self.clause(path);
        } else if path.starts_with(DATA) {
            self.data(path, name);
        } else if name == SETTINGS {
            self.settings(path, folder);
        } else if let Some(stem) = name.strip_suffix(".md") {
            self.text(path, folder, stem);
        } else if PUBLISHED_ENDINGS
            .iter()
            .any(|ending| name.ends_with(ending))
        {
            self.check_address(path, below);
            self.found.files.push(below.to_owned());
        } else {
            self.stray(path);
        }
    }

    fn clause(&mut self, path: &str) {
        if !path.ends_with(".md") {
            self.stray(path);
        } else if self
            .sources
            .text(path)
            .is_some_and(|text| text.starts_with("+++"))
        {
            let help = "remove it: the whole file is put where the clause is asked for";
            self.report(
                &rules::FRONT_MATTER,
                path,
                "a clause has no front matter",
                help,
            );
        }
    }

    fn data(&mut self, path: &'t str, name: &str) {
        let stem = name
            .strip_suffix(".toml")
            .filter(|_| path.len() == DATA.len() + name.len());
        let (Some(stem), Some(text)) = (stem, self.sources.text(path)) else {
            return self.stray(path);
        };
        let source = table::Source::new(path, 0);
        if let Some(fields) = source.read(text) {
            self.found.data.push((stem.to_owned(), fields.into_value()));
        }
        self.problems.extend(source.into_problems());
    }

    fn settings(&mut self, path: &'t str, folder: &str) {
        let text = self.sources.text(path).unwrap_or_default();
        let languages = self.config.map(|config| config.languages.as_slice());
        let (settings, problems) = settings::read(path, text, languages);
        self.problems.extend(problems);
        self.found
            .settings
            .insert(folder.to_owned(), (path.to_owned(), settings));
    }

    fn text(&mut self, path: &'t str, folder: &str, stem: &str) {
        match self.name(stem) {
            Name::Version(id, language) => {
                if folder.is_empty() {
                    let message = "a dated text needs a folder of its own";
                    let help = format!(
                        "move it into a folder, whose name is the document's address: content/privacy/{stem}.md"
                    );
                    return self.report(&rules::BAD_FILE_NAME, path, message, help);
                }
                let kind = if id.revision > 1 {
                    TextKind::Correction
                } else {
                    TextKind::Version
                };
                let mut text = self.front_matter(path, kind);
                self.check_original(&mut text, language.as_ref());
                if let Some(amendment) = self.amendment.filter(|_| stem.starts_with("draft")) {
                    amendment.publish(&mut text);
                }
                self.check_address(path, folder);
                if self.check_language(path, language.as_ref()) {
                    let versions = self.found.texts.entry(folder.to_owned()).or_default();
                    versions.entry(id).or_default().insert(language, text);
                }
            }
            Name::Draft(translation) => self.draft(path, folder, translation),
            Name::Page(base, translation) => {
                let text = self.front_matter(path, TextKind::Page);
                let page = match (folder, base.as_str()) {
                    (folder, "index") => folder.to_owned(),
                    ("", base) => base.to_owned(),
                    (folder, base) => format!("{folder}/{base}"),
                };
                self.check_address(path, &page);
                if self.check_language(path, translation.as_ref()) {
                    self.found.pages.push(Page {
                        path: page,
                        translation,
                        text,
                    });
                }
            }
            Name::Wrong(wrong) => {
                let rule = if wrong.impossible_date {
                    &rules::IMPOSSIBLE_DATE
                } else {
                    &rules::BAD_FILE_NAME
                };
                self.report(rule, path, wrong.message, wrong.help);
            }
        }
    }

    /// What a file's name says it is, where drafts may have become versions.
    fn name(&self, stem: &str) -> Name {
        match (file_name::read(stem), self.amendment) {
            (Name::Draft(language), Some(amendment)) => {
                let id = VersionId {
                    effective: amendment.effective,
                    revision: 1,
                };
                Name::Version(id, language)
            }
            (name, _) => name,
        }
    }

    /// What is wrong with a draft does not stop a build: it is not published.
    fn draft(&mut self, path: &'t str, folder: &str, translation: Option<Language>) {
        let before = self.problems.len();
        let mut text = self.front_matter(path, TextKind::Version);
        self.check_original(&mut text, translation.as_ref());
        self.soften(before);
        if !self.check_language(path, translation.as_ref()) {
            self.soften(before);
            return;
        }
        self.found.drafts.push(Draft {
            document: folder.to_owned(),
            translation,
            text,
            settings: Settings::default(),
        });
    }

    /// Makes warnings of the problems that were found since.
    fn soften(&mut self, since: usize) {
        for problem in &mut self.problems[since..] {
            problem.severity = Severity::Warning;
        }
    }

    fn front_matter(&mut self, path: &'t str, kind: TextKind) -> TextFile {
        let text = self.sources.text(path).unwrap_or_default();
        let (file, problems) = front_matter::read(path, text, kind);
        self.problems.extend(problems);
        file
    }

    /// Addresses are ASCII and in lower case: hosts differ in everything else.
    fn check_address(&mut self, path: &str, address: &str) {
        let sound = |part: &str| {
            part.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
                && !part.starts_with('.')
        };
        if let Some(part) = address.split('/').find(|part| !sound(part)) {
            let better = crate::parse::markdown::slug::slug(&part.to_lowercase())
                .replace(|c: char| !c.is_ascii(), "");
            let message = format!("`{part}` cannot be a part of an address");
            let help = format!(
                "rename it with small letters, digits and hyphens only, for example `{better}`"
            );
            self.report(&rules::BAD_ADDRESS, path, message, help);
        }
    }

    fn check_language(&mut self, path: &str, language: Option<&Language>) -> bool {
        let (Some(language), Some(config)) = (language, self.config) else {
            return true;
        };
        if language == config.default_language() {
            let message = format!("`{language}` is the site's first language");
            let help = format!("leave `.{language}` out of the file's name");
            self.report(&rules::BAD_FILE_NAME, path, message, help);
            return false;
        }
        if !config.languages.contains(language) {
            let message = format!("the site has no language `{language}`");
            let help = format!("add \"{language}\" to `languages` in engross.toml");
            self.report(&rules::BAD_FILE_NAME, path, message, help);
            return false;
        }
        true
    }

    fn stray(&mut self, path: &str) {
        let help = "remove it, or move it out of content/; texts end in .md, data stand in content/data/*.toml";
        let message = "this file is not part of the site";
        self.report(&rules::STRAY_FILE, path, message, help);
    }

    fn report(
        &mut self,
        rule: &'static crate::diagnostic::Rule,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems
            .push(Diagnostic::new(rule, Place::file(path), message, help));
    }
}
