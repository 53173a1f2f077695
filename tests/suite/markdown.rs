//! Whatever stands in a text: no panic, every problem at its place, and without errors a sound page.

use engross::diagnostic::{Diagnostic, human, json};
use engross::parse;
use engross::plan::Plan;
use engross::route::Route;
use engross::tree::SourceTree;
use proptest::prelude::*;

use crate::html;
use crate::site::{CONFIG, TEXT, text};

/// Builds a site of one text in memory and looks at all that comes of it.
fn check(words: &str, numbered: bool) -> Result<bool, String> {
    let mut sources = SourceTree::new();
    sources.insert("engross.toml", CONFIG.into());
    sources.insert(TEXT, text(words).into_bytes());
    sources.insert(
        "content/privacy/document.toml",
        format!("numbered = {numbered}\n").into_bytes(),
    );
    sources.insert(
        "content/clauses/contact.md",
        b"Write *to* {{ organization.name }}[^c].\n\n[^c]: Soon.".to_vec(),
    );
    let (site, mut problems) = parse::read(&sources);
    let site = site.ok_or("there is no site")?;
    let (plan, found) = Plan::new(&site, "2024-06-01".parse().unwrap());
    problems.extend(found);
    for problem in &problems {
        check_place(problem, &sources)?;
    }
    human::render(&problems, &sources, true);
    json::render(&problems, &sources);
    if problems.iter().any(Diagnostic::is_error) {
        return Ok(false);
    }
    let plan = plan.ok_or("there is no plan")?;
    for (address, _) in plan
        .routes()
        .filter(|(_, route)| matches!(route, Route::Current(..) | Route::Version(..)))
    {
        let page = plan
            .render(address)
            .ok_or("nothing there")?
            .map_err(|problem| format!("{problem:?}"))?;
        html::check_page(std::str::from_utf8(&page).map_err(|error| error.to_string())?)?;
    }
    Ok(true)
}

/// A problem's place is a part of a file, and there are words on it.
fn check_place(problem: &Diagnostic, sources: &SourceTree) -> Result<(), String> {
    let source = sources
        .quotable(&problem.place.path)
        .ok_or_else(|| format!("no such file: {problem:?}"))?;
    let sound = problem
        .place
        .span
        .is_none_or(|span| source.get(span.range()).is_some());
    let says = !problem.message.is_empty() && !problem.help.is_empty();
    if sound && says {
        Ok(())
    } else {
        Err(format!("a bad place: {problem:?}"))
    }
}

/// Pieces of Markdown that a page comes out of.
const SOUND: &[&str] = &[
    "words",
    " ",
    "\n",
    "\n\n",
    "## Use",
    "### Other {#other}",
    "### Renamed {#renamed alias=former}",
    "# Top",
    "###### Deep",
    "\n## 1. Ünïcode & <b>",
    "\n## `code` *and* [l](https://x.example)",
    "- item\n",
    "  - inner\n",
    "1. one\n",
    "2. two\n",
    "   1. inner\n",
    "9. nine\n",
    "- [x] done\n",
    "> quote\n",
    "> > deep\n",
    "*emphasis*",
    "**strong**",
    "~~struck~~",
    "`code`",
    "```\ncode\n```\n",
    "    code\n",
    "| a | b |\n|:--|--:|\n| 1 | 2 |\n",
    "| a |\n|---|\n| `x|y` | z |\n",
    "Term\n: Meaning\n",
    "[^1]",
    "[link](https://x.example/?a&b)",
    "<https://x.example>",
    "[l](#use)",
    "[c](../privacy/)",
    "<br>",
    "H<sub>2</sub>O",
    "<abbr title=\"a\">b</abbr>",
    "<u>*x*</u>",
    "<details>\n<summary>S</summary>\n\n",
    "\n\n</details>\n\n",
    "<!-- note -->",
    "&amp;",
    "&nbsp;",
    "&#x202e;",
    "\\*",
    "---\n",
    "***\n",
    "עברית",
    "العربية",
    "日本語",
    "👩‍👩‍👧",
    "é\u{301}",
    "{{ clause(name=\"contact\") }}",
    "{{ organization.name }}",
];

/// What the pieces lead to.
const TAIL: &str = "\n\n[^1]: Note.\n\n## Use {#use}\n\nWords.[^1]";

/// Pieces that are errors, or look like them.
const BROKEN: &[&str] = &[
    "\n[^n]: Note[^1]\n\n",
    "\n\n[^1]: Note.\n\n",
    "</kbd>",
    "<kbd>",
    "{% endif %}",
    "{% if true %}",
    "}}",
    "{{",
    "![p](x)",
    "<script>",
    "</script>",
    "<p onclick=\"x\">",
    "<a href=\"javascript:x\">",
    "<img src=x onerror=y>",
    "<iframe",
    "<!DOCTYPE",
    "<?php ?>",
    "<![CDATA[",
    "<",
    ">",
    "&",
    "\"",
    "'",
    "[",
    "]",
    "](",
    ")",
    "[a](javascript:x)",
    "[a](data:text/html,x)",
    "[a]()",
    "[a][b]",
    "{#",
    "{#a b}",
    "\n## Use {#a alias=use alias= .x}",
    "{# #}",
    "{%",
    "%}",
    "\u{0}",
    "\u{1}7\u{1}",
    "\u{2}1-99999\u{2}",
    "\u{3}contact\u{3}",
    "\u{FFFE}",
];

fn piece() -> impl Strategy<Value = String> {
    let of =
        |pieces: &'static [&'static str]| proptest::sample::select(pieces).prop_map(str::to_owned);
    prop_oneof![
        60 => of(SOUND),
        2 => of(BROKEN),
        2 => "\\PC{0,12}",
        1 => (0..80_usize, of(&[">", "- ", "* ", "[", "*", "<u>", "#", "("])).prop_map(|(n, piece)| piece.repeat(n)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_told_or_becomes_a_sound_page(pieces in proptest::collection::vec(piece(), 0..24), numbered: bool) {
        let outcome = check(&format!("{}{TAIL}", pieces.concat()), numbered);
        prop_assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
    }

    #[test]
    fn sound_pieces_become_a_sound_page(indexes in proptest::collection::vec(0..30_usize, 0..16)) {
        let words: String = indexes.iter().map(|index| format!("{}\n\n", SOUND[*index])).collect();
        let outcome = check(&words, true);
        prop_assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
    }
}

/// Texts that once were, or easily become, trouble.
const TROUBLE: [&str; 18] = [
    "# A\n\n# A\n\n# A\n\n## a\n\n## a-1\n\n## a {#a-2}\n\nx",
    "## <u>A</u> {#x}\n\n## B {#X}\n\n[x](#x) [X](#X)",
    "## fn:1\n\nx[^1]\n\n[^1]: y[^1]",
    "## page:main\n\nx",
    "## contents\n\n## Your “choices” & rights?\n\nx",
    "| a |\n|---|\n| b | c | d |\n\n| only |\n|---|\n",
    "[![p](https://x.example/a.png)](https://x.example)",
    "[a [b](https://x.example) c](https://y.example)",
    "x[^a] y[^a] z[^b]\n\n[^b]: B[^a]\n\n[^a]: A",
    "<details>\n<summary>A [l](https://x.example)</summary>\n\n## H\n\n- i\n\n</details>",
    "<!-- note -->é\n\n<u>عربي</u>日",
    "\u{1}18446744073709551615\u{1}x {{ site.title }}",
    "\u{2}1-99999\u{2}x[^none] {{ site.title }}",
    "## Use\n\n[^n]: Note[^1]\n\n[^1]: Note.\n\nx",
    "1. a\n\n   ## H\n\n   b\n2. c",
    "\u{202E}## RTL\n\n## مرحبا (a) [b]\n\nx",
    "{% raw %}{{ x }}{% endraw %} {{ \"<script>\" }}",
    "{% for i in [1,2,3] %}\n## Part {{ i }}\n\nWords {{ i }}.\n\n{% endfor %}",
];

#[test]
fn trouble_is_no_trouble() {
    let mut faults = Vec::new();
    for words in TROUBLE {
        for numbered in [false, true] {
            let outcome = std::panic::catch_unwind(|| check(words, numbered));
            match outcome {
                Ok(Ok(_)) => {}
                Ok(Err(fault)) => faults.push(format!("{words:?}: {fault}")),
                Err(_) => faults.push(format!("{words:?}: panic")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn great_texts_are_read() {
    let headings: String = (0..500)
        .map(|n| format!("{} Heading {n}\n\nWords.\n\n", "#".repeat(2 + n % 5)))
        .collect();
    let line = format!("{} [a](none/)", "word ".repeat(200_000));
    let list = "- item\n".repeat(20_000);
    let brackets = "[".repeat(20_000);
    let stars = "*a ".repeat(20_000);
    for (words, sound) in [
        (headings, true),
        (line, false),
        (list, true),
        (brackets, true),
        (stars, true),
    ] {
        assert_eq!(check(&words, true), Ok(sound), "{}…", &words[..40]);
    }
}
