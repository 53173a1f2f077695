//! Texts and their edits, for what holds for every two of them.

use proptest::prelude::*;

/// Texts that hold what is seldom written, and their edits.
pub(super) const SELDOM: [(&str, &str); 8] = [
    // A title with a number.
    ("## 7. Use", "## 8. Use"),
    // A paragraph that ends with a space in its source, before one that begins in the same style.
    (
        "we <wbr>\n\nwe “law”,[^note] we.\n\n[^note]: we.",
        "> we. <x>\n<y>we</y>\n\nwe “law”,[^note] we.\n\n</x>\n\nwe\n\n[^note]: we.",
    ),
    (
        "## 1. Use\n\nWe use data.[^a] We ask.[^b]\n\n[^a]: By law.\n\n[^b]: By email.\n\n    Or by post.",
        "## 2. Use\n\nWe ask.[^b] We use your data.[^a]\n\n[^a]: By law.\n\n[^b]: By email or fax.\n\n    ```\n    a  b\n\n      c\n    ```",
    ),
    (
        "![A chart of panels](/a.png) shows it. ![](/b.png)\n\n- [x] done\n- [ ] to do",
        "![A chart of all panels](/a.png) shows it! ![](/c.png)\n\n- [x] done\n- [x] to do",
    ),
    (
        "| A | B | C |\n|---|---|---|\n| 1 | | 3 |\n| x | y | z |",
        "| A | C |\n|---|---|\n| 1 | 3 |\n| w | z |\n| | |",
    ),
    (
        "Term\nOther term\n: One *meaning*.\n: Another.\n\n      code\n\nLast\n: none",
        "Term\n: One **meaning** more.\n\n  - with a list\n\nLast\nLeast\n: none",
    ),
    (
        "```\n  first\n\n    second  line\n- third\n```\n\n    ~~~\n    ``` x",
        "```\n  first\n    second line\n+ third\n\n\n``\n```\n\n> ```\n> q\n> ```",
    ),
    (
        "<details>\n<summary>Open *me*</summary>\n\n1. a\n   1. b\n      - c\n\n</details>\n\nx<br>y z",
        "<details>\n<summary>Open me</summary>\n\n1. a\n   1. c\n\n      > b\n\n</details>\n\nx y<br>z",
    ),
];

fn word() -> impl Strategy<Value = String> {
    let words = [
        "we",
        "the",
        "Services",
        "may",
        "collect",
        "data",
        "about",
        "you",
        "when",
        "required",
        "by",
        "law",
        "30",
        "days",
        "$7,500",
        "and",
        "or",
        "December 22, 2022",
        "**shall**",
        "[terms](/terms/)",
        "[our notice](/x/)",
        "“Panel”",
        "opt-out",
        "1798.100(a)",
        "privacy@x.example",
        "not",
        "sell",
        "share",
        "it",
        "条款",
        "适用于",
        "第十二条",
        "2022年12月22日",
        "+1 (888) 555-0124",
        "`Sec-GPC`",
        "![a chart](/chart.png)",
        "law[^note].",
        "“law”,[^note]",
        "[see **the** `law`](/law/)",
        "H<sub>2</sub>O",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..14).prop_map(|words| format!("{}.", words.join(" ")))
}

fn block() -> impl Strategy<Value = String> {
    let list = |mark: &'static str| {
        prop::collection::vec(sentence(), 1..5).prop_map(move |items| {
            let items = items.iter().map(|item| format!("{mark} {item}"));
            items.collect::<Vec<_>>().join("\n")
        })
    };
    let rows = prop::collection::vec((word(), word()), 1..4).prop_map(|rows| {
        let rows = rows.iter().map(|(a, b)| format!("| {a} | {b} |\n"));
        format!("| What | Why |\n|---|---|\n{}", rows.collect::<String>())
    });
    prop_oneof![
        4 => prop::collection::vec(sentence(), 1..4).prop_map(|all| all.join(" ")),
        1 => list("-"),
        1 => list("1."),
        1 => rows,
        1 => sentence().prop_map(|said| format!("> {said}")),
        1 => (word(), sentence()).prop_map(|(term, said)| format!("{term}\n: {said}")),
        1 => (word(), sentence(), sentence())
            .prop_map(|(term, a, b)| format!("{term}\nthe other\n: {a}\n: {b}")),
        1 => prop::collection::vec(word(), 1..5)
            .prop_map(|lines| format!("```\n{}\n```", lines.join("\n  "))),
        1 => (sentence(), sentence(), word())
            .prop_map(|(a, b, c)| format!("1. {a}\n   - {b}\n     1. {c}\n2. {c}\n\n   {b}")),
        1 => (word(), sentence()).prop_map(|(open, said)| {
            format!("<details>\n<summary>{open}</summary>\n\n{said}\n\n</details>")
        }),
        1 => prop::collection::vec((word(), word(), word()), 1..3).prop_map(|rows| {
            let rows = rows.iter().map(|(a, b, c)| format!("| {a} | {b} | {c} |\n"));
            format!("| What | Where | Why |\n|---|---|--:|\n{}", rows.collect::<String>())
        }),
        1 => (1..9u8, word()).prop_map(|(number, word)| format!("## {number}. Use of {word}")),
        1 => sentence().prop_map(|said| format!("[^note]: {said}")),
        1 => sentence().prop_map(|said| format!("### {}", said.trim_end_matches('.'))),
        2 => sentence().prop_map(|said| format!("## {}", said.trim_end_matches('.'))),
    ]
}

/// A text, and an edited copy of it.
pub(super) fn texts() -> impl Strategy<Value = (String, String)> {
    let blocks = prop::collection::vec(block(), 1..12);
    let edits = prop::collection::vec(
        (
            0..9u8,
            any::<prop::sample::Index>(),
            any::<prop::sample::Index>(),
            block(),
        ),
        0..8,
    );
    (blocks, edits).prop_map(|(old, edits)| {
        let mut new = old.clone();
        for (kind, at, other, block) in edits {
            if new.is_empty() {
                new.push(block);
                continue;
            }
            let (at, other) = (at.index(new.len()), other.index(new.len()));
            match kind {
                0 => drop(new.remove(at)),
                1 => new.insert(at, block),
                2 => new.swap(at, other),
                3 => new[at] = block,
                4 => new[at] = new[at].replacen(". ", ".\n\n", 1),
                5 if other + 1 < new.len() => {
                    let next = new.remove(other + 1);
                    new[other] = format!("{} {next}", new[other]);
                }
                6 => new[at] = new[at].replacen(" and ", " or ", 1).replacen("30", "45", 1),
                7 => new[at] = new[at].replacen(". ", ":\n\n- ", 1),
                _ => new.insert(other, new[at].clone()),
            }
        }
        (old.join("\n\n"), new.join("\n\n"))
    })
}
