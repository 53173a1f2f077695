//! Themes that are missing or incomplete, do not parse, or leave out what a document says.

use super::{Case, check};
use crate::site::{TEXT, config, text};

/// A theme of the site's own, on top of the default one.
fn acme(name: &'static str) -> Case {
    Case::new(name)
        .file("engross.toml", config("theme = \"acme\""))
        .file("themes/acme/theme.toml", "extends = \"default\"\n")
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = folders();
    cases.extend(templates());
    cases.extend(dropped());
    cases.extend(words_and_assets());
    cases
}

fn folders() -> Vec<Case> {
    vec![
        Case::new("a theme that there is not")
            .file("engross.toml", config("theme = \"defalt\""))
            .tells(&["engross.toml:3:9: no-theme"])
            .says(&["did you mean `default`?"]),
        Case::new("a theme outside of its folder")
            .file("engross.toml", config("theme = \"../content\""))
            .tells(&["engross.toml:3:9: no-theme"]),
        Case::new("themes that extend each other")
            .file("engross.toml", config("theme = \"a\""))
            .file("themes/a/theme.toml", "extends = \"b\"\n")
            .file(
                "themes/b/theme.toml",
                "description = \"x\"\nextends = \"a\"\n",
            )
            .tells(&["themes/b/theme.toml:2:11: no-theme"]),
        Case::new("a misspelt key of a theme")
            .file("themes/default/theme.toml", "descripton = \"x\"\n")
            .tells(&["themes/default/theme.toml:1:1: unknown-key"]),
        Case::new("a theme of its own without words and templates")
            .file("engross.toml", config("theme = \"bare\""))
            .file("themes/bare/theme.toml", "description = \"x\"\n")
            .tells(&[
                "engross.toml: missing-string",
                "themes/bare/theme.toml: template",
                "themes/bare/theme.toml: template",
                "themes/bare/theme.toml: template",
                "themes/bare/theme.toml: template",
                "themes/bare/theme.toml: template",
                "themes/bare/theme.toml: template",
                "themes/bare/theme.toml: template",
            ])
            .says(&[
                "has no template `redirect.html`",
                "has no template `redline.html`",
            ]),
    ]
}

fn templates() -> Vec<Case> {
    vec![
        Case::new("a template that does not parse")
            .file(
                "themes/default/templates/footer.html",
                "<footer>\n{{ site.title </footer>\n",
            )
            .tells(&["themes/default/templates/footer.html:2:15: template"]),
        acme("an undefined variable in an included template")
            .file(
                "themes/acme/templates/version.html",
                "{{ notice | safe }}{{ text | safe }}\n{% include \"one.html\" %}\n",
            )
            .file(
                "themes/acme/templates/one.html",
                "<p>\n  {% include \"two.html\" %}\n</p>\n",
            )
            .file(
                "themes/acme/templates/two.html",
                "<b>\n{{ site.titel }}</b>\n",
            )
            .tells(&["themes/acme/templates/two.html:2:9: template"])
            .says(&[
                "themes/acme/templates/one.html:2:",
                "themes/acme/templates/version.html:2:",
            ]),
        acme("a template that includes what there is not")
            .file(
                "themes/acme/templates/footer.html",
                "x\n{% include \"none.html\" %}\n",
            )
            .tells(&["themes/acme/templates/footer.html:2:12: template"]),
        Case::new("an asset that there is not")
            .file(
                "themes/default/templates/footer.html",
                "<i>{{ asset(path=\"stlye.css\") }}</i>",
            )
            .tells(&["themes/default/templates/footer.html:1:7: template"])
            .says(&["did you mean `style.css`?"]),
    ]
}

fn dropped() -> Vec<Case> {
    vec![
        acme("a template that leaves the text out")
            .file(
                "themes/acme/templates/version.html",
                "<p>{{ notice | safe }}</p>",
            )
            .tells(&["themes/acme/templates/version.html: template-drops-text"])
            .says(&["`{{ text }}`"]),
        acme("a template that escapes the text")
            .file(
                "themes/acme/templates/version.html",
                "<p>{{ notice | safe }}</p>{{ text | escape_html }}",
            )
            .file(TEXT, text("A *b*."))
            .tells(&["themes/acme/templates/version.html: template-drops-text"]),
        acme("a template that leaves the notice out")
            .file("themes/acme/templates/version.html", "{{ text | safe }}")
            .file("content/privacy/2023-01-01.md", text("Words."))
            .tells(&["themes/acme/templates/version.html: template-drops-text"])
            .says(&["`{{ notice }}`"]),
        acme("a template that leaves a page's words out")
            .file("themes/acme/templates/page.html", "{{ notice | safe }}")
            .file("content/about.md", text("Words."))
            .tells(&["themes/acme/templates/page.html: template-drops-text"]),
        acme("a template that hides the text in a comment")
            .file(
                "themes/acme/templates/version.html",
                "{{ notice | safe }}<!-- {{ text | safe }} -->",
            )
            .tells(&["themes/acme/templates/version.html: template-drops-text"]),
    ]
}

fn words_and_assets() -> Vec<Case> {
    vec![
        Case::new("a language that the theme does not speak")
            .file("engross.toml", config("languages = [\"en\", \"gsw\"]"))
            .tells(&["engross.toml: missing-string"]),
        Case::new("words that a language lacks")
            .file(
                "themes/default/i18n/en.toml",
                "[strings]\nour_own = \"x\"\n",
            )
            .file("engross.toml", config("languages = [\"en\", \"es\"]"))
            .tells(&["engross.toml: missing-string"])
            .says(&["no words in `es` for: our_own"]),
        Case::new("a year of eleven months")
            .file(
                "themes/default/i18n/en.toml",
                "[date]\nmonths = [\"January\"]\n",
            )
            .tells(&["themes/default/i18n/en.toml:1:1: bad-value"]),
        Case::new("a picture that a style sheet lacks")
            .file(
                "themes/default/static/style.css",
                "a{}\nb{background:url(none.png)}\nc{background:url(//x.example/y.png)}\n",
            )
            .tells(&[
                "themes/default/static/style.css:2:18: missing-asset",
                "themes/default/static/style.css:3:18: missing-asset",
            ]),
        Case::new("a colour that cannot be read")
            .file("engross.toml", config("[brand]\naccent = \"#777\""))
            .tells(&["engross.toml:4:10: low-contrast"])
            .says(&["3.77:1", "\"#6a6a6a\""]),
    ]
}

#[test]
fn broken_themes() {
    check(&cases());
}
