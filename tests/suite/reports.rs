//! What `engross check` tells of a site, read from its JSON; and how it tells it to others.

use serde_json::Value;

use crate::site::{DAY, Site, config, engross, run, text};

/// One problem of a report.
#[derive(Debug)]
pub(crate) struct Problem {
    /// `content/a.md:3:5`, or the path alone where the file as a whole is meant.
    pub(crate) place: String,
    pub(crate) rule: String,
    pub(crate) warning: bool,
    pub(crate) message: String,
    pub(crate) help: String,
    /// `message (place)` of each note.
    pub(crate) notes: Vec<String>,
}

impl Problem {
    /// `content/a.md:3:5: unknown-key`, as tests say what they expect.
    pub(crate) fn line(&self) -> String {
        let warning = if self.warning { " (warning)" } else { "" };
        format!("{}: {}{warning}", self.place, self.rule)
    }
}

/// Every problem of a site, in the order of the report.
pub(crate) fn of(site: &Site) -> Vec<Problem> {
    let run = site.run(&["check", "--root", ".", "--as-of", DAY, "--format", "json"]);
    read(&run.stdout)
}

/// The problems in a JSON report.
pub(crate) fn read(json: &str) -> Vec<Problem> {
    let report: Value =
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    let problems: Vec<Problem> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(problem)
        .collect();
    let warnings = problems.iter().filter(|problem| problem.warning).count();
    assert_eq!(report["warnings"], warnings, "{json}");
    assert_eq!(report["errors"], problems.len() - warnings, "{json}");
    problems
}

fn problem(value: &Value) -> Problem {
    let words = |key: &str| value[key].as_str().unwrap().to_owned();
    for key in ["message", "why", "help"] {
        assert!(!words(key).trim().is_empty(), "no {key}: {value}");
    }
    let notes = value["notes"].as_array().unwrap().iter();
    Problem {
        place: place(value),
        rule: words("rule"),
        warning: words("severity") == "warning",
        message: words("message"),
        help: words("help"),
        notes: notes
            .map(|note| format!("{} ({})", note["message"].as_str().unwrap(), place(note)))
            .collect(),
    }
}

fn place(value: &Value) -> String {
    let path = value["path"].as_str().unwrap_or_default();
    match (value["line"].as_u64(), value["column"].as_u64()) {
        (Some(line), Some(column)) => format!("{path}:{line}:{column}"),
        _ => path.to_owned(),
    }
}

/// A site with errors and a warning in several files.
fn site_with_many_problems() -> Site {
    Site::minimal()
        .with(
            "engross.toml",
            config("titel = \"x\"\ntime_zone = \"Mars/Olympus\"\n"),
        )
        .with("content/privacy/2022-02-30.md", text("Words."))
        .with(
            "content/privacy/2023-01-01.md",
            text("[a](../none/)\n\n[b](#none)\n\n<script>"),
        )
        .with(
            "content/terms/2022-01-01.md",
            text("{{ organisation.name }} {{ site.titel }}"),
        )
        .with(
            "content/terms/2023-01-01.md",
            b"+++\ntitle = \"T\"\n+++\nabc \xFF\n",
        )
        .with("content/notes.txt", "")
}

/// What is wrong with it, in the order of every report.
const MANY: [&str; 10] = [
    "content/notes.txt: stray-file (warning)",
    "content/privacy/2022-02-30.md: impossible-date",
    "content/privacy/2023-01-01.md:5:1: dead-link",
    "content/privacy/2023-01-01.md:7:1: dead-link",
    "content/privacy/2023-01-01.md:9:1: raw-html",
    "content/terms/2022-01-01.md:5:4: placeholder",
    "content/terms/2022-01-01.md:5:33: placeholder",
    "content/terms/2023-01-01.md:4:5: invalid-utf8",
    "engross.toml:3:1: unknown-key",
    "engross.toml:4:13: bad-value",
];

#[test]
fn all_errors_of_a_run_are_told_at_once_in_a_stable_order() {
    let site = site_with_many_problems();
    let lines: Vec<String> = of(&site).iter().map(Problem::line).collect();
    assert_eq!(lines, MANY);
    let arguments = ["build", "--as-of", DAY];
    let first = site.run(&arguments);
    assert_eq!(first.status, 1);
    assert!(
        first.stderr.contains("9 errors, 1 warning"),
        "{}",
        first.stderr
    );
    for threads in ["1", "2", "8"] {
        let mut command = engross(&site.root());
        let again = run(command.args(arguments).env("RAYON_NUM_THREADS", threads));
        assert_eq!(again.stderr, first.stderr);
    }
}

#[test]
fn quiet_still_tells_problems() {
    let site = site_with_many_problems();
    let loud = site.run(&["build", "--as-of", DAY]);
    let quiet = site.run(&["build", "--quiet", "--as-of", DAY]);
    assert_eq!(quiet.stderr, loud.stderr);
    assert_eq!((quiet.status, quiet.stdout.as_str()), (1, ""));
    let fine = Site::minimal().run(&["build", "--quiet", "--as-of", DAY]);
    assert_eq!(
        (fine.status, fine.stdout.as_str(), fine.stderr.as_str()),
        (0, "", "")
    );
}

#[test]
fn a_report_for_a_person_shows_the_line_with_a_caret_and_what_to_do() {
    let site = Site::minimal().with(
        crate::site::TEXT,
        "+++\ntitel = \"Privacy Policy\"\n+++\n# T\n\nWords\n",
    );
    let run = site.run(&["check", "--as-of", DAY]);
    assert_eq!(run.status, 1);
    let expected = "\
error[unknown-key]: there is no key `titel` here
 --> content/privacy/2022-01-01.md:2:1
  |
2 | titel = \"Privacy Policy\"
  | ^^^^^
  |
  = why: a misspelt key would silently do nothing
  = help: did you mean `title`?

1 error
";
    assert_eq!(run.stderr, expected);
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let site = site_with_many_problems();
    let colours = |arguments: &[&str], no_color: bool| {
        let mut command = engross(&site.root());
        command.args(["check", "--as-of", DAY]).args(arguments);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        run(&mut command).stderr.contains('\u{1b}')
    };
    assert!(!colours(&[], false));
    assert!(!colours(&[], true));
    assert!(colours(&["--color", "always"], false));
    assert!(!colours(&["--color", "never"], false));
}

#[test]
fn github_gets_annotations_with_places() {
    let site = site_with_many_problems();
    let run = site.run(&["check", "--as-of", DAY, "--format", "github"]);
    assert_eq!(run.status, 1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), MANY.len());
    assert!(
        lines[1].starts_with("::error title=dead-link,file=content/privacy/2023-01-01.md,line=5,col=1::`../none/` leads nowhere%0A"),
        "{}",
        lines[1]
    );
    assert!(lines[9].starts_with("::warning title=stray-file,file=content/notes.txt::"));
}

#[test]
fn github_shows_ten_of_a_kind_and_says_how_many_were_cut() {
    let text_of_links = (0..13)
        .map(|n| format!("[{n}](none-{n}/)\n\n"))
        .collect::<String>();
    let site = Site::minimal().with("content/terms/2022-01-01.md", text(&text_of_links));
    let run = site.run(&["check", "--as-of", DAY, "--format", "github"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 11);
    assert_eq!(lines[10], "::notice::3 more errors are not shown here");
}

#[test]
fn warnings_stop_nothing_unless_they_are_denied() {
    let site = Site::minimal().with("content/notes.txt", "");
    assert_eq!(site.run(&["check", "--as-of", DAY]).status, 0);
    assert_eq!(
        site.run(&["check", "--as-of", DAY, "--deny", "warnings"])
            .status,
        1
    );
    assert!(site.build().stderr.contains("warning[stray-file]"));
    assert_eq!(
        Site::minimal()
            .run(&["check", "--as-of", DAY, "--deny", "warnings"])
            .status,
        0
    );
}
