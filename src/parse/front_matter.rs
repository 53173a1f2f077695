//! The front matter of a text: TOML between two lines of `+++`.

use super::table::{Fields, Source};
use crate::diagnostic::{Diagnostic, Place, Span, rules};
use crate::model::Located;
use crate::model::document::{FrontMatter, TextFile};

/// The line before and after the TOML.
pub(super) const FENCE: &str = "+++";

/// How many digits tell a digest from all others that a site may have.
const FEWEST_DIGITS: usize = 12;

/// What a text is, which decides what its front matter may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// A version as first published, or a draft of one.
    Version,
    /// A correction of a version.
    Correction,
    /// An undated page.
    Page,
}

/// Splits a file into front matter and text, and reads the front matter.
pub(crate) fn read(path: &str, text: &str, kind: TextKind) -> (TextFile, Vec<Diagnostic>) {
    let file = |front, body, sound| TextFile {
        path: path.to_owned(),
        front,
        body,
        sound,
    };
    let Some(start) = opening_fence(text) else {
        return read_without_fence(path, text, kind);
    };
    let Some((toml_end, body)) = closing_fence(text, start) else {
        let place = Place::at(path, Span::new(0..FENCE.len()));
        let message = "the front matter has no end";
        let help = "add a line `+++` after the last key";
        return (
            file(FrontMatter::default(), text.len(), false),
            vec![Diagnostic::new(&rules::FRONT_MATTER, place, message, help)],
        );
    };
    let source = Source::new(path, start);
    let fields = source.read(&text[start..toml_end]);
    let sound = fields.is_some();
    let front = fields.map(|fields| front(fields, kind)).unwrap_or_default();
    (file(front, body, sound), source.into_problems())
}

/// A text may begin at once; a fence of another generator is told, for it would be published.
fn read_without_fence(path: &str, text: &str, kind: TextKind) -> (TextFile, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let first = text.lines().next().unwrap_or("").trim_end();
    if first == "---" {
        let place = Place::at(path, Span::new(0..first.len()));
        let message = "front matter stands between lines of `+++`, as TOML";
        let help = "write `+++` for both lines of `---`, and `key = value` for each `key: value`";
        problems.push(Diagnostic::new(&rules::FRONT_MATTER, place, message, help));
    }
    let source = Source::new(path, 0);
    let front = source
        .read("")
        .map(|fields| front(fields, kind))
        .unwrap_or_default();
    problems.extend(source.into_problems());
    (
        TextFile {
            path: path.to_owned(),
            front,
            body: 0,
            sound: problems.is_empty(),
        },
        problems,
    )
}

/// Where the TOML begins, if there is any.
pub(super) fn opening_fence(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(FENCE)?;
    let after = rest.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    Some(text.len() - after.len())
}

/// Where the TOML ends and where the text begins.
pub(super) fn closing_fence(text: &str, start: usize) -> Option<(usize, usize)> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn front(mut fields: Fields<'_>, kind: TextKind) -> FrontMatter {
    let mut front = FrontMatter {
        title: fields.words("title"),
        variables: fields.free_table("variables"),
        ..FrontMatter::default()
    };
    if kind == TextKind::Page {
        front.description = fields.words("description");
    } else {
        front.summary = fields.words("summary");
        front.material = fields.boolean("material").unwrap_or_default();
        front.numbered = fields.boolean("numbered");
        front.original = original(&mut fields);
    }
    if kind == TextKind::Version {
        front.published = fields.date("published");
    }
    if kind == TextKind::Correction {
        front.corrected = fields.date("corrected");
        front.reason = fields.words("reason");
        require(
            &fields,
            front.corrected.is_some(),
            "corrected",
            "the day it was corrected: `corrected = 2023-01-10`",
        );
        require(
            &fields,
            front.reason.is_some(),
            "reason",
            "what was wrong: `reason = \"…\"`",
        );
    }
    fields.finish();
    front
}

/// How the digest of the words begins that a translation follows.
fn original(fields: &mut Fields<'_>) -> Option<Located<String>> {
    let said = fields.string("original")?;
    let digits = said.value.strip_prefix("sha256:").unwrap_or(&said.value);
    let sound = (FEWEST_DIGITS..=64).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !sound {
        let message = format!("`{}` is not the digest of a text's words", said.value);
        let help = format!(
            "write at least the first {FEWEST_DIGITS} digits of the original's `words` in its index.json"
        );
        fields.report(&rules::BAD_VALUE, said.span, message, help);
        return None;
    }
    Some(Located {
        value: digits.to_ascii_lowercase(),
        span: said.span,
    })
}

fn require(fields: &Fields<'_>, there: bool, key: &str, help: &str) {
    if !there {
        let message = format!("a correction needs `{key}`");
        fields.report(
            &rules::CORRECTION,
            fields.span(),
            message,
            format!("say {help}"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules_of(text: &str) -> Vec<&'static str> {
        read("a.md", text, TextKind::Version)
            .1
            .into_iter()
            .map(|d| d.rule.name)
            .collect()
    }

    #[test]
    fn splits_at_the_second_fence() {
        let text = "+++\ntitle = \"T\"\npublished = 2022-01-02\n+++\nWords +++\n";
        let (file, problems) = read("a.md", text, TextKind::Version);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(file.front.title.as_deref(), Some("T"));
        assert_eq!(&text[file.body..], "Words +++\n");
    }

    #[test]
    fn a_text_without_front_matter_is_a_text() {
        let (file, problems) = read("a.md", "# Title\n", TextKind::Version);
        assert!(problems.is_empty());
        assert_eq!(file.body, 0);
    }

    #[test]
    fn problems_have_their_place_in_the_file() {
        let text = "+++\ntitel = \"T\"\npublished = 2022-02-30\n+++\n";
        assert_eq!(rules_of(text), ["impossible-date"]);
        let text = "+++\ntitel = \"T\"\n+++\n";
        let (_, problems) = read("a.md", text, TextKind::Version);
        assert_eq!(problems[0].place.span.unwrap().range(), 4..9);
        assert_eq!(problems[0].help, "did you mean `title`?");
        assert_eq!(rules_of("+++\ntitle = 1\n"), ["front-matter"]);
        assert_eq!(rules_of("---\ntitle: x\n---\n"), ["front-matter"]);
        assert_eq!(
            rules_of("+++\npublished = 12/22/2022\n+++\n"),
            ["toml-syntax"]
        );
        assert_eq!(
            rules_of("+++\npublished = 2022-12-22T00:00:00Z\n+++\n"),
            ["wrong-type"]
        );
    }

    #[test]
    fn a_correction_says_when_and_why() {
        let (_, problems) = read("a.r2.md", "+++\n+++\nText\n", TextKind::Correction);
        assert_eq!(
            problems.iter().map(|d| d.rule.name).collect::<Vec<_>>(),
            ["correction"; 2]
        );
    }
}
