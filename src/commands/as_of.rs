//! `engross as-of`: which version applied on a day.

use std::cmp::Ordering;
use std::fmt::Write as _;

use engross::model::Date;
use engross::timeline::{self, Answer, Version};

use super::arguments::{self, Arguments, Output, View};
use super::words::{self, FAINT, STRONG};
use super::{CannotRun, asked};

/// Tells which version of a document applied on a day, or of each document.
pub(super) fn run(arguments: &Arguments, as_of: &arguments::AsOf) -> Result<u8, CannotRun> {
    // The answer rests on what is known today, whatever day is asked about.
    let view = View {
        as_of: None,
        base_url: as_of.base_url.clone(),
    };
    let document = as_of.document.as_deref();
    asked::answer(arguments, &view, document, |records, path| {
        let found = records.as_of(as_of.day, path);
        match as_of.format {
            Output::Json => timeline::json(&found),
            Output::Text => text(&found, path.is_some(), words::width()),
        }
    })
}

fn text(found: &timeline::AsOf, about_one: bool, width: usize) -> String {
    let asked = Asked {
        day: found.day,
        known: found.known,
        width,
    };
    match &found.documents[..] {
        [answer] if about_one => asked.one(answer),
        answers => asked.all(answers),
    }
}

/// What is asked, and how wide the answer may be.
#[derive(Clone, Copy)]
struct Asked {
    day: Date,
    known: Date,
    width: usize,
}

impl Asked {
    /// The day, and whose knowledge the answer is.
    fn on(self) -> String {
        let (day, known) = (self.day, self.known);
        match day.cmp(&known) {
            Ordering::Less => format!("on {day}, as known today, {known}"),
            Ordering::Equal => format!("on {day}, today"),
            Ordering::Greater => format!("on {day}, by what is published today, {known}"),
        }
    }

    /// A line for each document.
    fn all(self, answers: &[Answer]) -> String {
        let on = self.on();
        if answers.is_empty() {
            return format!("no record {on}: nothing is public\n");
        }
        let mut out = format!("In force {on}\n\n");
        let head = ["document", "version", "from", "through"].map(str::to_owned);
        let rows: Vec<_> = std::iter::once(head)
            .chain(answers.iter().map(cells))
            .collect();
        let titles = answers.iter().map(|answer| words::title(&answer.document));
        let titles = std::iter::once("title").chain(titles);
        for (at, (row, title)) in aligned(&rows).iter().zip(titles).enumerate() {
            let line = words::cut(&format!("{row}  {title}"));
            let _ = match at {
                0 => writeln!(out, "{STRONG}{line}{STRONG:#}"),
                _ => writeln!(out, "{line}"),
            };
        }
        for answer in answers {
            let path = &answer.document.path;
            for remark in self.remarks(answer) {
                out.push_str(&self.paragraph(&format!("{path} {remark}")));
            }
        }
        out
    }

    /// All there is to say of one document.
    fn one(self, answer: &Answer) -> String {
        let title = words::title(&answer.document);
        let mut out = format!("{STRONG}{title}{STRONG:#} {}\n\n", self.on());
        match &answer.version {
            Some(version) => out.push_str(&self.version(version, answer.until)),
            None => push_row(&mut out, "version", &no_record(answer)),
        }
        for coming in &answer.upcoming {
            let words = format!("{}, published {}", coming.id, coming.published);
            push_row(&mut out, "upcoming", &words);
            push_row(&mut out, "", &coming.address);
        }
        if answer.upcoming.is_empty() {
            push_row(&mut out, "upcoming", "nothing on that day");
        }
        for remark in self.remarks(answer) {
            out.push_str(&self.paragraph(&remark));
        }
        if let Some(uncorrected) = &answer.uncorrected {
            out.push('\n');
            push_row(&mut out, "version", &uncorrected.id.to_string());
            push_places(&mut out, uncorrected);
        }
        out
    }

    fn version(self, version: &Version, until: Option<Date>) -> String {
        let mut out = String::new();
        let (style, standing) = (
            words::style(version.standing),
            words::standing(version.standing),
        );
        push_row(&mut out, "version", &version.id.to_string());
        push_row(
            &mut out,
            "standing",
            &format!("{style}{standing}{style:#} today"),
        );
        let last = last_day(until);
        let through = last.map_or_else(String::new, |day| format!(" through {day}"));
        let over = until.is_some_and(|until| until <= self.known);
        let applies = if over { "applied" } else { "applies" };
        push_row(
            &mut out,
            applies,
            &format!("from {}{through}", version.from),
        );
        let made = version
            .made
            .map_or_else(String::new, |day| format!(", correction made {day}"));
        push_row(
            &mut out,
            "published",
            &format!("{}{made}", version.published),
        );
        push_places(&mut out, version);
        out
    }

    /// Where that day looked otherwise than it looks today.
    fn remarks(self, answer: &Answer) -> Vec<String> {
        let mut remarks: Vec<String> = answer.late.iter().map(late).collect();
        if let (Some(version), Some(uncorrected)) = (&answer.version, &answer.uncorrected) {
            let made = version.made.unwrap_or(version.from);
            let reason = version.reason.as_deref().unwrap_or_default();
            remarks.push(format!(
                "{} was made on {made}; on {} the text was still {}. Correction: {reason}",
                version.id, self.day, uncorrected.id
            ));
        }
        remarks.extend(answer.withdrawn.iter().map(words::withdrawn));
        remarks
    }

    fn paragraph(self, words: &str) -> String {
        format!("\n{}\n", words::lines(words, self.width).join("\n"))
    }
}

fn late(version: &Version) -> String {
    let (id, published) = (version.id, version.published);
    format!("{id} was published only on {published}, and counts from then")
}

/// A document in columns: its path, version, first day and last day.
fn cells(answer: &Answer) -> [String; 4] {
    let path = answer.document.path.clone();
    let Some(version) = &answer.version else {
        return [path, no_record(answer), String::new(), String::new()];
    };
    let through = last_day(answer.until).map_or_else(String::new, |day| day.to_string());
    [
        path,
        version.id.to_string(),
        version.from.to_string(),
        through,
    ]
}

/// Rows as lines. What is said in place of a version runs over the empty columns after it.
fn aligned(rows: &[[String; 4]]) -> Vec<String> {
    let runs_over = |row: &[String; 4], column| column == 1 && row[2].is_empty();
    let width = |column: usize| {
        let cells = rows.iter().filter(|row| !runs_over(row, column));
        let widths = cells.map(|row| row[column].chars().count());
        widths.max().unwrap_or(0)
    };
    let [path, version, from, through] = [0, 1, 2, 3].map(width);
    let rest = version.max(7) + from.max(10) + through.max(7) + 4;
    let line = |row: &[String; 4]| {
        let cells = if runs_over(row, 1) {
            row[1].clone()
        } else {
            format!("{:version$}  {:from$}  {:through$}", row[1], row[2], row[3])
        };
        format!("{:path$}  {cells:rest$}", row[0])
    };
    rows.iter().map(line).collect()
}

fn no_record(answer: &Answer) -> String {
    match answer.first {
        Some(first) => format!("no record before {first}"),
        None => "no record: nothing is public".to_owned(),
    }
}

/// The last day before another version applies.
fn last_day(until: Option<Date>) -> Option<Date> {
    until?.yesterday().ok()
}

/// The file and the addresses of a version.
fn push_places(out: &mut String, version: &Version) {
    for (at, text) in version.languages.iter().enumerate() {
        if at == 0 {
            push_row(out, "file", &text.file);
            push_row(out, "address", &text.address);
        } else {
            push_row(out, &format!("in {}", text.code), &text.address);
        }
    }
}

fn push_row(out: &mut String, label: &str, words: &str) {
    let _ = writeln!(out, "{FAINT}{label:9}{FAINT:#}  {words}");
}
