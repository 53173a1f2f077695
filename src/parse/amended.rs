//! A text under other front matter, edited as text: the words and the author's comments stay as they are.

use std::ops::Range;

use toml::de::DeTable;

use super::front_matter;

/// The byte-order mark that some editors write.
const BOM: char = '\u{FEFF}';

/// A file's text, as it stands on the disk, without some keys of its front matter and with these
/// lines in their place. `None` where the front matter cannot be read.
pub fn amended(file: &str, without: &[&str], with: &[String]) -> Option<String> {
    let text = file.strip_prefix(BOM).unwrap_or(file);
    let clean = text.replace("\r\n", "\n").replace('\r', "\n");
    let (head, body) = match front_matter::opening_fence(&clean) {
        Some(start) => {
            let (end, body) = front_matter::closing_fence(&clean, start)?;
            (framed(&edited(&clean[start..end], without, with)?), body)
        }
        None if with.is_empty() => (String::new(), 0),
        None => (framed(&with.concat()) + "\n", 0),
    };
    let body = after_lines(text, clean[..body].matches('\n').count());
    let mark = &file[..file.len() - text.len()];
    Some(format!(
        "{mark}{}{body}",
        head.replace('\n', line_end(text))
    ))
}

fn framed(toml: &str) -> String {
    let fence = front_matter::FENCE;
    format!("{fence}\n{toml}{fence}\n")
}

/// TOML without some keys, and with lines where the first of them stood, or else after the title.
fn edited(toml: &str, without: &[&str], with: &[String]) -> Option<String> {
    let table = DeTable::parse(toml).ok()?.into_inner();
    let mut lines: Vec<(String, Range<usize>)> = table
        .iter()
        .map(|(key, value)| {
            let lines = whole_lines(toml, key.span().start..value.span().end);
            (key.get_ref().to_string(), lines)
        })
        .collect();
    lines.sort_by_key(|(_, lines)| lines.start);
    let title = lines.iter().find(|(key, _)| key == "title");
    let title = title.map(|(_, lines)| lines.end);
    let removed: Vec<Range<usize>> = lines
        .iter()
        .filter(|(key, _)| without.contains(&key.as_str()))
        .map(|(_, lines)| lines.clone())
        .collect();
    let place = removed
        .first()
        .map(|lines| lines.start)
        .or(title)
        .unwrap_or(0);
    let mut out = toml[..place].to_owned() + &with.concat();
    let mut at = place;
    for lines in removed {
        out.push_str(&toml[at..lines.start]);
        at = lines.end;
    }
    Some(out + &toml[at..])
}

/// The lines that a part of a text stands in, with their ends.
fn whole_lines(text: &str, part: Range<usize>) -> Range<usize> {
    let start = text[..part.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[part.end..].find('\n');
    start..end.map_or(text.len(), |at| part.end + at + 1)
}

/// What follows the first lines of a text.
fn after_lines(text: &str, lines: usize) -> &str {
    let mut rest = text;
    for _ in 0..lines {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let after = &rest[end..];
        let skipped = ["\r\n", "\r", "\n"]
            .iter()
            .find_map(|end| after.strip_prefix(end));
        rest = skipped.unwrap_or("");
    }
    rest
}

/// How the lines of a text end.
fn line_end(text: &str) -> &str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITHOUT: [&str; 2] = ["published", "summary"];

    fn to(file: &str) -> String {
        amended(file, &WITHOUT, &["published = 2027-01-15\n".to_owned()]).unwrap()
    }

    #[test]
    fn keys_go_and_comments_stay() {
        let file = "+++\n# one\ntitle = \"T\" # two\n# three\npublished = 2022-01-02 # gone\nsummary = \"\"\"\nkey = 1\n+ ++ \\\n\"\"\"\nmaterial = true\n\n[variables] # four\nsummary = \"kept\"\n+++\n\nWords.  \n";
        let new = "+++\n# one\ntitle = \"T\" # two\n# three\npublished = 2027-01-15\nmaterial = true\n\n[variables] # four\nsummary = \"kept\"\n+++\n\nWords.  \n";
        assert_eq!(to(file), new);
    }

    #[test]
    fn keys_in_any_spelling_are_found_and_words_like_them_are_not() {
        let file = "+++\ntitle = \"\"\"\nsummary = 1\n\"\"\"\n\"summary\"='''a\n'''   # x\nvariables.summary = 1\n+++\nW";
        let new = "+++\ntitle = \"\"\"\nsummary = 1\n\"\"\"\npublished = 2027-01-15\nvariables.summary = 1\n+++\nW";
        assert_eq!(to(file), new);
    }

    #[test]
    fn what_is_new_stands_before_every_table() {
        let new = "+++\npublished = 2027-01-15\n[variables]\na = 1\n+++\nW\n";
        assert_eq!(to("+++\n[variables]\na = 1\n+++\nW\n"), new);
        let new = "+++\ntitle = \"T\"\npublished = 2027-01-15\n[variables]\na = 1\n+++\nW\n";
        assert_eq!(to("+++\ntitle = \"T\"\n[variables]\na = 1\n+++\nW\n"), new);
        assert_eq!(to("+++\n+++\nW\n"), "+++\npublished = 2027-01-15\n+++\nW\n");
        assert_eq!(to("# T\n"), "+++\npublished = 2027-01-15\n+++\n\n# T\n");
        assert_eq!(amended("# T\n", &WITHOUT, &[]).unwrap(), "# T\n");
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_stay() {
        let file = "\u{FEFF}+++\r\ntitle = \"T\"\r\n+++\r\nOne\rtwo\nthree\r\n";
        let new =
            "\u{FEFF}+++\r\ntitle = \"T\"\r\npublished = 2027-01-15\r\n+++\r\nOne\rtwo\nthree\r\n";
        assert_eq!(to(file), new);
    }

    #[test]
    fn a_front_matter_that_cannot_be_read_is_not_edited() {
        for file in ["+++\ntitle =\n+++\nW", "+++\ntitle = 1\n"] {
            assert_eq!(amended(file, &WITHOUT, &[]), None, "{file}");
        }
        assert!(
            to("++++\nW").ends_with("+++\n\n++++\nW"),
            "a text without any"
        );
    }
}
