//! The preview shows what a build would publish, whatever was edited before.

use std::collections::BTreeSet;

use engross::diagnostic::Diagnostic;
use engross::model::Date;
use engross::parse;
use engross::plan::Plan;
use engross::preview::{Preview, Request};
use engross::tree::SourceTree;
use proptest::prelude::*;

use crate::site::config;

const DAY: Date = Date::constant(2024, 6, 1);

const FIRST: &str = "content/privacy/2022-01-01.md";
const SECOND: &str = "content/privacy/2023-01-01.md";
const SPANISH: &str = "content/privacy/2023-01-01.es.md";
const IN_FORCE: &str = "content/privacy/2024-01-01.md";
const UPCOMING: &str = "content/privacy/2024-09-01.md";
const SECRET: &str = "content/privacy/2025-01-01.md";
const DRAFT: &str = "content/privacy/draft.md";
const TERMS: &str = "content/terms/2023-05-01.md";
const ABOUT: &str = "content/about.md";
const CLAUSE: &str = "content/clauses/contact.md";

/// The texts, each with what stands before its words.
const TEXTS: [(&str, &str); 9] = [
    (FIRST, "+++\ntitle = \"Privacy Policy\"\n+++\n"),
    (SECOND, "+++\nsummary = \"New words.\"\n+++\n"),
    (SPANISH, ""),
    (IN_FORCE, "+++\nsummary = \"More words.\"\n+++\n"),
    (
        UPCOMING,
        "+++\npublished = 2024-05-01\nsummary = \"To come.\"\n+++\n",
    ),
    (SECRET, "+++\nsummary = \"Not told yet.\"\n+++\n"),
    (DRAFT, ""),
    (TERMS, ""),
    (ABOUT, "+++\ndescription = \"About us.\"\n+++\n"),
];

/// Words that a text can have.
const WORDS: [&str; 6] = [
    "# Title\n\nWords.\n\n## Scope {#scope}\n\nAll of it.\n\n## Contact {#contact}\n\n{{ clause(name=\"contact\") }}\n",
    "# Title\n\nOther words.\n\n## Scope {#scope}\n\nNearly all of it.\n\n## Use {#use}\n\n- one;\n- two.\n\n## Contact {#contact}\n\nWrite.\n",
    "# Another title\n\nFrom {{ organization.name }}.\n\n## Contact {#contact}\n\n{{ clause(name=\"contact\") }}\n\n## Scope {#scope}\n\nAll of it, see [the policy](/privacy/#scope).\n",
    "# Title\n\n“Data” means what we know.\n\n## Scope {#scope}\n\n[Contact](#contact), [terms](/terms/#scope), [about](/about/).\n\n## Contact {#contact}\n\n[fill in: the address]\n",
    // What is left is wrong: a dead link, a value that is not there.
    "# Title\n\n## Scope {#scope}\n\n[Nothing](#nothing).\n\n## Contact {#contact}\n\nWrite.\n",
    "# Title\n\n## Scope {#scope}\n\n{{ organization.nothing }}\n\n## Contact {#contact}\n\nWrite.\n",
];

#[derive(Clone, Copy, Debug)]
enum Edit {
    /// A text gets other words.
    Words(usize, usize),
    /// A text gets another front matter.
    Summary(usize),
    /// A text goes, or comes again.
    Remove(usize),
    Clause(bool),
    Organization(bool),
    /// The configuration is not TOML any more, or it is again.
    Break(bool),
    Style(bool),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (0..TEXTS.len(), 0..WORDS.len()).prop_map(|(text, words)| Edit::Words(text, words)),
        1 => (0..TEXTS.len()).prop_map(Edit::Summary),
        1 => (0..TEXTS.len()).prop_map(Edit::Remove),
        1 => any::<bool>().prop_map(Edit::Clause),
        1 => any::<bool>().prop_map(Edit::Organization),
        1 => any::<bool>().prop_map(Edit::Break),
        1 => any::<bool>().prop_map(Edit::Style),
    ]
}

/// The files of a site that is edited.
#[derive(Clone)]
struct Files(std::collections::BTreeMap<String, String>);

impl Files {
    fn new() -> Self {
        let texts = TEXTS.iter().map(|(path, head)| {
            let words = WORDS[0];
            ((*path).to_owned(), format!("{head}{words}"))
        });
        let mut files: std::collections::BTreeMap<String, String> = texts.collect();
        files.insert(CLAUSE.to_owned(), "Write to us.\n".to_owned());
        files.insert("engross.toml".to_owned(), configuration("Acme"));
        Self(files)
    }

    fn tree(&self) -> SourceTree {
        let mut tree = SourceTree::new();
        for (path, text) in &self.0 {
            tree.insert(path.clone(), text.clone().into_bytes());
        }
        tree
    }

    /// Edits a file, which is named.
    fn edit(&mut self, edit: Edit) -> String {
        let (path, text) = match edit {
            Edit::Words(text, words) => {
                let (path, head) = TEXTS[text];
                (path, Some(format!("{head}{}", WORDS[words])))
            }
            Edit::Summary(text) => {
                let (path, _) = TEXTS[text];
                let old = self.0.get(path).cloned().unwrap_or_default();
                let words = old.rsplit("+++\n").next().unwrap_or_default().to_owned();
                let key = if path == ABOUT {
                    "description"
                } else {
                    "summary"
                };
                (
                    path,
                    Some(format!("+++\n{key} = \"Said anew.\"\n+++\n{words}")),
                )
            }
            Edit::Remove(text) => {
                let (path, head) = TEXTS[text];
                let gone = self.0.contains_key(path);
                (path, (!gone).then(|| format!("{head}{}", WORDS[0])))
            }
            Edit::Clause(long) => {
                let more = if long { " By post, too." } else { "" };
                (CLAUSE, Some(format!("Write to us.{more}\n")))
            }
            Edit::Organization(other) => {
                let name = if other { "Acme Ltd." } else { "Acme" };
                ("engross.toml", Some(configuration(name)))
            }
            Edit::Break(broken) => {
                let more = if broken { "\ntitle = \n" } else { "" };
                (
                    "engross.toml",
                    Some(format!("{}{more}", configuration("Acme"))),
                )
            }
            Edit::Style(other) => {
                let rule = if other { "p{color:red}" } else { "p{}" };
                ("themes/default/static/own.css", Some(rule.to_owned()))
            }
        };
        match text {
            Some(text) => self.0.insert(path.to_owned(), text),
            None => self.0.remove(path),
        };
        path.to_owned()
    }
}

fn configuration(name: &str) -> String {
    config("languages = [\"en\", \"es\"]").replace("Acme", name)
}

fn preview(files: &Files) -> Preview {
    Preview::new(files.tree(), Some(DAY), None, Box::new(|_| DAY))
}

fn get(preview: &Preview, path: &str) -> (u16, Vec<u8>) {
    let answer = preview.answer(Request {
        path,
        query: "",
        wants_page: false,
    });
    (answer.status, answer.body)
}

/// Takes an edit as the program does.
fn take(preview: &mut Preview, files: &Files, path: String) {
    if preview.update(&files.tree(), &BTreeSet::from([path])) {
        let rebuilt = preview.rebuild();
        preview.take(rebuilt);
    }
}

/// Whether the preview shows what a build of these files would publish; `None` where none would be.
fn agrees(preview: &Preview, files: &Files) -> Option<Result<(), String>> {
    let tree = files.tree();
    let (site, mut problems) = parse::read(&tree);
    let site = site?;
    let (plan, found) = Plan::new(&site, DAY);
    problems.extend(found);
    let plan = plan.filter(|_| !problems.iter().any(Diagnostic::is_error))?;
    for (address, route) in plan.routes() {
        let (status, shown) = get(preview, address.as_str());
        let built = plan.render(address).map(Result::unwrap);
        let hidden = ["/_headers", "/_redirects", "/SHA256SUMS"].contains(&address.as_str());
        if !hidden && (status != 200 || Some(&shown) != built.as_ref()) {
            let built = String::from_utf8_lossy(built.as_deref().unwrap_or_default()).into_owned();
            let shown = String::from_utf8_lossy(&shown).into_owned();
            return Some(Err(format!(
                "{address} {route:?} {status}\n{built}\n---\n{shown}"
            )));
        }
    }
    Some(Ok(()))
}

/// The pages of a site that builds.
fn addresses(files: &Files) -> Vec<String> {
    let tree = files.tree();
    let site = parse::read(&tree).0.unwrap();
    let plan = Plan::unread(&site, DAY).0.unwrap();
    let pages = plan.routes().map(|(address, _)| address.to_string());
    pages.filter(|address| address.ends_with('/')).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_it_shows_what_a_build_would_publish(
        edits in proptest::collection::vec(edit(), 1..10),
        look in proptest::collection::vec(any::<bool>(), 10),
    ) {
        let mut files = Files::new();
        let mut preview = preview(&files);
        prop_assert_eq!(agrees(&preview, &files), Some(Ok(())));
        let mut good = addresses(&files);
        for (edit, look) in edits.into_iter().zip(look) {
            let path = files.edit(edit);
            take(&mut preview, &files, path);
            if look {
                // Somebody looks at pages in between, or a check runs.
                let checked = preview.check(&|| true).unwrap();
                preview.take_checked(checked);
            }
            if let Some(shown) = agrees(&preview, &files) {
                prop_assert_eq!(shown, Ok(()));
                good = addresses(&files);
                let checked = preview.check(&|| true).unwrap();
                preview.take_checked(checked);
                prop_assert!(!preview.is_broken(), "{:?}", preview.problems());
            } else {
                let checked = preview.check(&|| true).unwrap();
                preview.take_checked(checked);
                prop_assert!(preview.is_broken());
                for address in &good {
                    let (status, body) = get(&preview, address);
                    prop_assert!(status == 200 && !body.is_empty(), "{}", address);
                }
                good.clear();
            }
        }
    }
}
