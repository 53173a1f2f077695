//! What the HTML of a redline must hold beside what every page must: where marks stand and what they hold.

use crate::html::{self, Tag};

/// The elements that mark what was inserted and what was deleted.
pub(crate) const MARKS: [&str; 2] = ["ins", "del"];

/// Elements that hold nothing but certain others, and which.
const STRICT: [(&str, &[&str]); 9] = [
    ("ul", &["li"]),
    ("ol", &["li"]),
    ("dl", &["dt", "dd", "div"]),
    (
        "table",
        &["caption", "colgroup", "thead", "tbody", "tfoot", "tr"],
    ),
    ("colgroup", &["col"]),
    ("thead", &["tr"]),
    ("tbody", &["tr"]),
    ("tfoot", &["tr"]),
    ("tr", &["th", "td"]),
];

/// Elements that stand in certain others only, and in which.
const PLACED: [(&str, &[&str]); 10] = [
    ("li", &["ul", "ol"]),
    ("dt", &["dl", "div"]),
    ("dd", &["dl", "div"]),
    ("caption", &["table"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
    ("tr", &["table", "thead", "tbody", "tfoot"]),
    ("th", &["tr"]),
    ("td", &["tr"]),
    ("summary", &["details"]),
];

/// Elements that hold running text only, also where a mark or a link stands between.
const RUNNING: &str =
    "p h1 h2 h3 h4 h5 h6 summary pre span em strong s code abbr sup sub small kbd u b i mark q";

/// Elements that are no running text.
const BLOCKS: &str = "p h1 h2 h3 h4 h5 h6 div section article aside nav main header footer ul ol li dl dt dd \
    table caption thead tbody tr th td blockquote pre hr details summary figure figcaption";

/// Holds a redline against the rules; an error names the first that is broken.
pub(crate) fn check(page: &str) -> Result<(), String> {
    html::check_page(page)?;
    let tags = html::tags(page)?;
    let fault = tags.iter().find_map(|tag| fault(&tags, tag));
    match fault.or_else(|| words_between(page)) {
        Some(fault) => Err(format!("{fault}\n{page}")),
        None => Ok(()),
    }
}

fn fault(tags: &[Tag<'_>], tag: &Tag<'_>) -> Option<String> {
    let around: Vec<&str> = html::around(tags, tag).map(|tag| tag.name).collect();
    let broken = broken_rule(tag.name, &around)?;
    Some(format!("<{}> {broken} {around:?}: {tag:?}", tag.name))
}

/// The rule that an element breaks in those around it, of which the innermost is the first.
fn broken_rule(name: &str, around: &[&str]) -> Option<&'static str> {
    let parent = around.first().copied().unwrap_or_default();
    let inside = |names: &[&str]| around.iter().any(|name| names.contains(name));
    let running = || around.iter().any(|name| is_in(RUNNING, name));
    // HTML lets the line that opens a part be a heading.
    let opener = parent == "summary" && matches!(name, "h2" | "h3" | "h4" | "h5" | "h6");
    if !row(&STRICT, parent).is_none_or(|names| names.contains(&name)) {
        Some("must not stand directly in")
    } else if !row(&PLACED, name).is_none_or(|names| names.contains(&parent)) {
        Some("is out of place in")
    } else if is_in(BLOCKS, name) && !opener && running() {
        Some("is a block in running text, in")
    } else if MARKS.contains(&name) && inside(&MARKS) {
        Some("is a mark in a mark, in")
    } else if name == "a" && inside(&["a"]) {
        Some("is a link in a link, in")
    } else {
        None
    }
}

fn row<'t>(table: &[(&str, &'t [&'t str])], name: &str) -> Option<&'t [&'t str]> {
    let row = table.iter().find(|(known, _)| *known == name)?;
    Some(row.1)
}

fn is_in(names: &str, name: &str) -> bool {
    names.split_whitespace().any(|known| known == name)
}

/// Words that stand where only elements may, such as between the rows of a table.
fn words_between(page: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for part in page.split('<').skip(1) {
        let (tag, text) = part.split_once('>')?;
        if tag.starts_with('/') {
            open.pop();
        } else if !html::VOID.contains(&name(tag)) && !tag.starts_with('!') {
            open.push(name(tag));
        }
        let innermost = open.last().copied().unwrap_or_default();
        if STRICT.iter().any(|(name, _)| *name == innermost) && !text.trim().is_empty() {
            return Some(format!("words directly in {open:?}: {text}"));
        }
    }
    None
}

fn name(tag: &str) -> &str {
    tag.split(' ').next().unwrap_or_default()
}

#[test]
fn what_is_allowed_is_allowed() {
    for html in [
        "<ins><p>a</p><ul><li>b</li></ul></ins>",
        "<ul><li><ins>a</ins></li><li><del><p>b</p></del></li></ul>",
        "<p>a <del><a href=\"/b\"><em>b</em></a></del> <ins>c</ins><br></p>",
        "<dl><div><dt><ins>a</ins></dt><dd><del><p>b</p></del></dd></div></dl>",
        "<table><thead><tr><th><ins>a</ins></th></tr></thead>\n<tbody><tr><td>b</td></tr></tbody></table>",
        "<details><summary><h2>a <ins>b</ins></h2></summary><ins><pre><code>c</code></pre></ins></details>",
    ] {
        assert_eq!(check(html), Ok(()), "{html}");
    }
}

#[test]
fn marks_out_of_place_are_told() {
    for html in [
        "<ul><del><li>a</li></del></ul>",
        "<ol><ins>a</ins></ol>",
        "<table><ins><tr><td>a</td></tr></ins></table>",
        "<table><tbody><tr><del><td>a</td></del></tr></tbody></table>",
        "<dl><ins><dt>a</dt></ins></dl>",
        "<p><ins><p>a</p></ins></p>",
        "<p><del><a href=\"/b\"><ul><li>a</li></ul></a></del></p>",
        "<h2><ins><div>a</div></ins></h2>",
        "<ins><p>a <ins>b</ins></p></ins>",
        "<del><p>a <ins>b</ins></p></del>",
        "<details><summary><p>a</p></summary></details>",
        "<ul>inserted: <li>a</li></ul>",
        "<table><tr><td>a</td></tr> b </table>",
        "<p><a href=\"/a\"><ins><a href=\"/b\">a</a></ins></a></p>",
        "<ins><li>a</li></ins>",
        "<p id=\"a\">a</p><del><p id=\"a\">b</p></del>",
        "<p><a href=\"#gone\">a</a></p>",
    ] {
        assert!(check(html).is_err(), "{html}");
    }
}
