//! Links that lead nowhere, and links that may not be.

use super::{Case, check};
use crate::site::{TEXT, config, text};

/// A case of a text whose words begin in line 5.
fn in_text(name: &'static str, words: &str, expected: &'static [&'static str]) -> Case {
    Case::new(name)
        .file(TEXT, text(words))
        .file(
            "content/terms/2022-01-01.md",
            text("## Use {#use}\n\nWords."),
        )
        .file("content/terms/chart.png", "")
        .tells(expected)
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        in_text(
            "dead links of every form",
            "A [b](../term/).\n[b](../terms/2022-01-02.md)\n[b](/none/)\n[b](/terms/2021-01-01/)\n\
             [b](#none)\n[b](../terms/#none)\n[b](/terms/2022-01-01/#none)\n[b](2022-01-02.md)\n[b](../../../etc/)\n\
             [b]()\n[b][none]\n[c]\n\n[c]: ../nowhere/\n\n![d](none.png)\n![d](../terms/)\n",
            &[
                "content/privacy/2022-01-01.md:5:3: dead-link",
                "content/privacy/2022-01-01.md:6:1: dead-link",
                "content/privacy/2022-01-01.md:7:1: dead-link",
                "content/privacy/2022-01-01.md:8:1: dead-link",
                "content/privacy/2022-01-01.md:9:1: dead-link",
                "content/privacy/2022-01-01.md:10:1: dead-link",
                "content/privacy/2022-01-01.md:11:1: dead-link",
                "content/privacy/2022-01-01.md:12:1: dead-link",
                "content/privacy/2022-01-01.md:13:1: dead-link",
                "content/privacy/2022-01-01.md:14:1: dead-link",
                "content/privacy/2022-01-01.md:15:1: dead-link",
                "content/privacy/2022-01-01.md:16:1: dead-link",
                "content/privacy/2022-01-01.md:20:1: dead-link",
                "content/privacy/2022-01-01.md:21:1: dead-link",
            ],
        )
        .says(&["did you mean `/terms/`?"]),
        in_text(
            "dead links in headings, lists, tables, quotations, notes and definitions",
            "## A [b](x/)\n\n- [b](x/)\n\n> [b](x/)\n\n| A |\n|---|\n| [b](x/) |\n\nT\n: [b](x/)\n\nX[^1]\n\n[^1]: [b](x/)\n",
            &[
                "content/privacy/2022-01-01.md:5:6: dead-link",
                "content/privacy/2022-01-01.md:7:3: dead-link",
                "content/privacy/2022-01-01.md:9:3: dead-link",
                "content/privacy/2022-01-01.md:13:3: dead-link",
                "content/privacy/2022-01-01.md:16:3: dead-link",
                "content/privacy/2022-01-01.md:20:7: dead-link",
            ],
        ),
        in_text(
            "links of kinds that may not be",
            "[a](javascript:alert(1))\n[a](JaVaScRiPt:x)\n[a](data:text/html,x)\n[a](vbscript:x)\n[a](file:///etc/passwd)\n\
             [a](//x.example/)\n<javascript:x>\n[a](java&#9;script:x)\n[a](&#106;avascript:x)\n![a](https://x.example/p.png)\n![a](data:image/png,x)",
            &[
                "content/privacy/2022-01-01.md:5:1: forbidden-link",
                "content/privacy/2022-01-01.md:6:1: forbidden-link",
                "content/privacy/2022-01-01.md:7:1: forbidden-link",
                "content/privacy/2022-01-01.md:8:1: forbidden-link",
                "content/privacy/2022-01-01.md:9:1: forbidden-link",
                "content/privacy/2022-01-01.md:10:1: forbidden-link",
                "content/privacy/2022-01-01.md:11:1: forbidden-link",
                "content/privacy/2022-01-01.md:12:1: forbidden-link",
                "content/privacy/2022-01-01.md:13:1: forbidden-link",
                "content/privacy/2022-01-01.md:14:1: forbidden-link",
                "content/privacy/2022-01-01.md:15:1: forbidden-link",
            ],
        ),
        Case::new("dead links in the configuration")
            .file(
                "engross.toml",
                config(
                    "[announcement]\ntext = \"x\"\nlabel = \"y\"\nurl = \"/none/\"\n[[navigation.header]]\nlabel = \"A\"\nitems = [{ label = \"B\", url = \"/none/\" }]\n\
                     [[navigation.footer]]\nlabel = \"C\"\nurl = \"javascript:x\"\n[cookie_preferences]\nlabel = \"D\"\ncall = \"a.b\"\nfallback = \"/privacy/#none\"",
                ),
            )
            .tells(&[
                "engross.toml:6:7: dead-link",
                "engross.toml:9:31: dead-link",
                "engross.toml:12:7: forbidden-link",
                "engross.toml:16:12: dead-link",
            ]),
        Case::new("an anchor that a later version of the other document does not have")
            .file(TEXT, text("[use](../terms/#use)"))
            .file("content/terms/2022-01-01.md", text("## Use {#use}\n\nWords."))
            .file("content/terms/2023-01-01.md", text("## Uses {#uses}\n\nWords."))
            .tells(&["content/privacy/2022-01-01.md:5:1: dead-link"])
            .says(&["the text at /terms/ has no anchor `use`", "did you mean `uses`?"]),
        Case::new("a link to a version that is not public yet")
            .file(TEXT, text("[next](2030-01-01.md) [next](/privacy/2030-01-01/)"))
            .file(
                "content/privacy/2030-01-01.md",
                "+++\ntitle = \"x\"\npublished = 2029-01-01\n+++\nWords.\n",
            )
            .tells(&[
                "content/privacy/2022-01-01.md:5:1: dead-link",
                "content/privacy/2022-01-01.md:5:23: dead-link",
            ]),
        Case::new("a link to a draft")
            .file(TEXT, text("[next](draft.md)"))
            .file("content/privacy/draft.md", text("Words."))
            .tells(&["content/privacy/2022-01-01.md:5:1: dead-link"]),
    ]
}

#[test]
fn broken_links() {
    check(&cases());
}
