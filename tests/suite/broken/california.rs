//! What a site declares for readers in California, and links that do not follow from it.

use super::{Case, check};
use crate::site::config;

/// What a site that sells declares of itself, but for the links.
const SELLS: &str = "[california]\nsells = true\nshares = false\nuses_sensitive = false";
const HONOURED: &str = "[gpc]\nhonoured = true\nlast_update = 2024-01-01";

/// A site that honours signals and declares `what` in the table, whose first key is in line 7.
fn declared(name: &'static str, what: &str, expected: &'static [&'static str]) -> Case {
    Case::new(name)
        .file(
            "engross.toml",
            config(&format!("{HONOURED}\n[california]\n{what}")),
        )
        .tells(expected)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = declarations();
    cases.extend(contradictions());
    cases.extend(words());
    cases
}

fn declarations() -> Vec<Case> {
    vec![
        declared(
            "sale without a link",
            "sells = true\nshares = false\nuses_sensitive = false",
            &["engross.toml:6:1: california-link"],
        )
        .says(&["sale is declared", "§ 1798.135(a)(1)", "§ 1798.135(a)(3)"]),
        declared(
            "sharing with a link that limits something else",
            "sells = false\nshares = true\nuses_sensitive = true\nlimit = \"/privacy/\"",
            &["engross.toml:6:1: california-link"],
        )
        .says(&["sharing is declared"]),
        declared(
            "use of sensitive information without a link",
            "sells = true\nshares = true\nuses_sensitive = true\ndo_not_sell = \"/privacy/\"",
            &["engross.toml:6:1: california-link"],
        )
        .says(&["§ 1798.135(a)(2)"]),
        declared(
            "cookie preferences for a link",
            "sells = true\nshares = true\nuses_sensitive = false\n\
             [cookie_preferences]\nlabel = \"Cookies\"\ncall = \"a.b\"\nfallback = \"/privacy/\"",
            &["engross.toml:6:1: california-link"],
        )
        .says(&["sale and sharing are declared", "§ 7026(a)(4)"]),
        declared(
            "a declaration in words",
            "sells = \"yes\"\nshares = false\nuses_sensitive = false",
            &["engross.toml:7:9: wrong-type"],
        ),
        declared(
            "half a declaration",
            "sells = true\nchoices = \"/privacy/\"",
            &[
                "engross.toml:6:1: missing-key",
                "engross.toml:6:1: missing-key",
            ],
        ),
        declared(
            "a link that leads nowhere",
            "sells = true\nshares = false\nuses_sensitive = false\nchoices = \"/privacy/#none\"",
            &["engross.toml:10:11: dead-link"],
        ),
        Case::new("sale, and nothing said of signals")
            .file(
                "engross.toml",
                config(&format!("{SELLS}\nchoices = \"/privacy/\"")),
            )
            .tells(&["engross.toml:3:1: opt-out-signal (warning)"])
            .says(&["§ 7025(c)"]),
        Case::new("sale, and signals that are not honoured")
            .file(
                "engross.toml",
                config(&format!(
                    "{}\n{SELLS}\nchoices = \"/privacy/\"",
                    HONOURED.replace("true", "false")
                )),
            )
            .tells(&["engross.toml:6:1: opt-out-signal (warning)"]),
    ]
}

fn contradictions() -> Vec<Case> {
    vec![
        declared(
            "one link for all rights and one for one of them",
            "sells = true\nshares = false\nuses_sensitive = false\nchoices = \"/privacy/\"\ndo_not_sell = \"/privacy/\"",
            &["engross.toml:11:15: california-contradiction"],
        )
        .says(&["`choices` and `do_not_sell` are both there"]),
        declared(
            "a link where nothing is declared",
            "sells = false\nshares = false\nuses_sensitive = false\nchoices = \"/privacy/\"",
            &["engross.toml:10:11: california-contradiction"],
        ),
        declared(
            "a link to limit what is not done",
            "sells = true\nshares = false\nuses_sensitive = false\ndo_not_sell = \"/privacy/\"\nlimit = \"/privacy/\"",
            &["engross.toml:11:9: california-contradiction"],
        ),
        declared(
            "a title without its link",
            "sells = false\nshares = false\nuses_sensitive = false\nchoices_title = \"Your Privacy Choices\"",
            &["engross.toml:6:1: missing-key"],
        ),
    ]
}

fn words() -> Vec<Case> {
    let all = "sells = true\nshares = false\nuses_sensitive = false\nchoices = \"/privacy/\"";
    vec![
        declared(
            "a title that the law does not know",
            &format!("{all}\nchoices_title = \"Your Privacy Choice\""),
            &["engross.toml:11:17: statutory-words"],
        )
        .says(&["did you mean `Your Privacy Choices`?", "§ 7015(b)"]),
        declared(
            "a theme that says it otherwise",
            all,
            &["themes/default/i18n/en.toml:2:20: statutory-words"],
        )
        .file(
            "themes/default/i18n/en.toml",
            "[strings]\nprivacy_choices = \"Privacy choices\"\ndo_not_sell = \"never shown\"\n",
        )
        .says(&["“Your Privacy Choices”", "§ 7015(b)"]),
        declared(
            "a theme that tells of the signal otherwise",
            all,
            &["themes/default/i18n/en.toml:2:20: statutory-words"],
        )
        .file(
            "themes/default/i18n/en.toml",
            "[strings]\nopt_out_honored = \"Opted out\"\n",
        )
        .says(&["§ 7025(c)(6)"]),
        declared(
            "a footer without the link",
            all,
            &["themes/default/templates/version.html: california-link"],
        )
        .file(
            "themes/default/templates/version.html",
            "{% extends \"built-in/version.html\" %}{% block footer %}{% endblock footer %}",
        )
        .says(&["does not have the link “Your Privacy Choices”"]),
        declared(
            "a footer with other words in the link",
            all,
            &["themes/default/templates/version.html: california-link"],
        )
        .file(
            "themes/default/templates/version.html",
            "{% extends \"built-in/version.html\" %}{% block footer %}<p>Your Privacy Choices: \
             {% for choice in site.choices %}<a href=\"{{ choice.url }}\">here</a>{% endfor %}{% endblock footer %}",
        ),
    ]
}

#[test]
fn broken_declarations_for_california() {
    check(&cases());
}
