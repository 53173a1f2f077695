//! The file names of texts: `2022-12-22.md`, `2022-12-22.r2.es.md`, `draft.md`, `about.es.md`.

use crate::model::document::VersionId;
use crate::model::{Date, Language};

/// What a Markdown file's name says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// A version, in a translation if a language is named.
    Version(VersionId, Option<Language>),
    /// The next version, not dated yet.
    Draft(Option<Language>),
    /// An undated page of that name.
    Page(String, Option<Language>),
    /// None of these: why not, and what to do.
    Wrong(Wrong),
}

/// A file name that was meant as a version's and is not one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Whether the name is a date that does not exist.
    pub(crate) impossible_date: bool,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

/// Reads the name of a Markdown file, without its `.md`.
pub(crate) fn read(stem: &str) -> Name {
    let mut parts = stem.split('.');
    let base = parts.next().unwrap_or_default();
    let marks: Vec<&str> = parts.collect();
    if looks_like_a_date(base) {
        return dated(base, &marks);
    }
    if looks_like_a_draft(base) {
        let message =
            format!("`{base}` is not the name of a draft, and would be published as a page");
        return wrong(
            message,
            "rename it to `draft.md`: a document has one draft".to_owned(),
        );
    }
    match marks.as_slice() {
        [] => undated(base, None),
        [tag] => match Language::parse(tag) {
            Some(language) => undated(base, Some(language)),
            None => wrong(
                format!("`{tag}` in the file name is not a language"),
                "name a translation like `about.es.md`, and do not use other dots".to_owned(),
            ),
        },
        _ => wrong(
            "the file name has too many dots".to_owned(),
            "name a page like `about.md` and its translation like `about.es.md`".to_owned(),
        ),
    }
}

fn undated(base: &str, language: Option<Language>) -> Name {
    if base == "draft" {
        Name::Draft(language)
    } else {
        Name::Page(base.to_owned(), language)
    }
}

/// A name that holds nothing but digits and separators is meant as a date, and so is one that begins
/// with a date, whatever follows.
fn looks_like_a_date(base: &str) -> bool {
    let shape: String = base
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    shape.starts_with("0000-00-00")
        || (base.len() >= 6
            && shape.starts_with('0')
            && shape.chars().all(|c| matches!(c, '0' | '-' | '_' | ' ')))
}

/// `draft2`, `draft-new`: meant as a draft, but it would be published as a page.
fn looks_like_a_draft(base: &str) -> bool {
    base.strip_prefix("draft")
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(|c: char| c.is_alphabetic()))
}

fn dated(base: &str, marks: &[&str]) -> Name {
    let iso = base.len() == 10 && base.as_bytes()[4] == b'-' && base.as_bytes()[7] == b'-';
    let effective: Date = match base.parse() {
        Ok(date) if iso => date,
        _ if iso => {
            return Name::Wrong(Wrong {
                impossible_date: true,
                message: format!("{base} is not a day of the calendar"),
                help: "rename the file to the effective date of its text".to_owned(),
            });
        }
        _ => {
            return wrong(
                format!("`{base}` is not a date as YEAR-MONTH-DAY, and nothing else"),
                "rename the file to its effective date, for example `2022-12-22.md`".to_owned(),
            );
        }
    };
    let (revision, rest) = match marks {
        [first, rest @ ..] if is_revision(first) => (first[1..].parse().unwrap_or(0), rest),
        all => (1, all),
    };
    let language = match rest {
        [] => None,
        [tag] => match Language::parse(tag) {
            Some(language) => Some(language),
            None => return bad_mark(base, tag),
        },
        [tag, mark, ..] if Language::parse(tag).is_some() && is_revision(mark) => {
            return wrong(
                format!("`{tag}` stands before `{mark}`"),
                format!("rename the file to `{base}.{mark}.{tag}.md`"),
            );
        }
        [_, extra, ..] => return bad_mark(base, extra),
    };
    if revision == 0 || (revision == 1 && marks.first().is_some_and(|m| is_revision(m))) {
        return wrong(
            format!("`{}` is not the number of a correction", marks[0]),
            format!("corrections count from 2: `{base}.r2.md`; the text itself is `{base}.md`"),
        );
    }
    Name::Version(
        VersionId {
            effective,
            revision,
        },
        language,
    )
}

fn is_revision(mark: &str) -> bool {
    mark.len() > 1
        && mark.starts_with('r')
        && !mark.starts_with("r0")
        && mark[1..].bytes().all(|b| b.is_ascii_digit())
}

fn bad_mark(base: &str, mark: &str) -> Name {
    wrong(
        format!("`{mark}` in the file name is neither a correction nor a language"),
        format!("name a correction `{base}.r2.md` and a translation `{base}.es.md`"),
    )
}

fn wrong(message: String, help: String) -> Name {
    Name::Wrong(Wrong {
        impossible_date: false,
        message,
        help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(date: &str, revision: u32, language: Option<&str>) -> Name {
        let id = VersionId {
            effective: date.parse().unwrap(),
            revision,
        };
        Name::Version(id, language.and_then(Language::parse))
    }

    #[test]
    fn reads_the_names_of_the_design() {
        assert_eq!(read("2022-12-22"), version("2022-12-22", 1, None));
        assert_eq!(read("2022-12-22.es"), version("2022-12-22", 1, Some("es")));
        assert_eq!(read("2022-12-22.r2"), version("2022-12-22", 2, None));
        assert_eq!(
            read("2022-12-22.r12.pt-BR"),
            version("2022-12-22", 12, Some("pt-BR"))
        );
        assert_eq!(read("draft"), Name::Draft(None));
        assert_eq!(read("draft.es"), Name::Draft(Language::parse("es")));
        assert_eq!(
            read("about.es"),
            Name::Page("about".into(), Language::parse("es"))
        );
    }

    #[test]
    fn names_that_were_meant_as_dates_are_told() {
        let impossible = |stem| matches!(read(stem), Name::Wrong(w) if w.impossible_date);
        assert!(impossible("2022-02-30"));
        for stem in [
            "22-12-2022",
            "20221222",
            "2022-1-2",
            "2022-12-22.es.r2",
            "2022-12-22.r1",
            "2022-12-22.final",
            "2022-12-22-final",
            "2022-12-22_es",
            "2022-12-22.r02",
            "draft2",
            "draft-new",
        ] {
            assert!(
                matches!(read(stem), Name::Wrong(w) if !w.impossible_date),
                "{stem}"
            );
        }
    }
}
