//! Placeholders: what they print, and where a problem in what they print is.

use crate::broken::{Case, check};
use crate::site::{Site, TEXT, config, text};

/// The words that a text becomes, as HTML.
fn html(site: &Site) -> String {
    site.build();
    let page = site.page("privacy/index.html");
    let (words, _) = crate::addresses::words(&page)
        .rsplit_once("</div>")
        .unwrap();
    words.trim().to_owned()
}

fn printed(words: &str) -> String {
    let data = "title = \"Data\"\nrows = [\n  { name = \"A|B\", kinds = [\"x\", \"y\"] },\n  { name = \"C\", kinds = [] },\n]\n";
    let toml = config("").replace("name = \"Acme\"", "name = \"Acme <&> Co\"\nemail = \"a@x.example\"\n[organization.address]\ncity = \"Berlin\"");
    html(
        &Site::minimal()
            .with("engross.toml", toml)
            .with("content/data/d.toml", data)
            .with("content/clauses/contact.md", "Write to *{{ organization.email }}*.\n")
            .with("content/clauses/outer.md", "Outer: {{ clause(name=\"contact\") }}")
            .with(TEXT, format!("+++\ntitle = \"P\"\npublished = 2021-12-01\n[variables]\nx = 3\nlist = [1, 2]\n+++\n{words}\n")),
    )
}

#[test]
fn values_come_from_everywhere() {
    for (words, expected) in [
        ("{{ organization.name }}", "<p>Acme &lt;&amp;&gt; Co</p>"),
        ("{{ organization.address.city }}", "<p>Berlin</p>"),
        (
            "{{ site.title }} {{ site.base_url }}",
            "<p>Legal https://legal.example/</p>",
        ),
        (
            "{{ data.d.title }} {{ data.d.rows[1].name }}",
            "<p>Data C</p>",
        ),
        ("{{ variables.x }}", "<p>3</p>"),
        (
            "{{ version.effective }}; {{ version.published }}",
            "<p>January 1, 2022; December 1, 2021</p>",
        ),
        (
            "{{ clause(name=\"contact\") }}",
            "<p>Write to <em>a@x.example</em>.</p>",
        ),
        (
            "{{ clause(name=\"outer\") }}",
            "<p>Outer: Write to <em>a@x.example</em>.</p>",
        ),
        (
            "{{ \"{{\" }} and {% raw %}{{ x }}{% endraw %}",
            "<p>{{ and {{ x }}</p>",
        ),
        (
            "- a\n{% for n in variables.list %}\n- {{ n }}\n{% endfor %}\n- b",
            "<ul>\n<li>a</li>\n<li>1</li>\n<li>2</li>\n<li>b</li>\n</ul>",
        ),
        (
            "{% if variables.x > 2 %}\nYes.\n{% else %}\nNo.\n{% endif %}",
            "<p>Yes.</p>",
        ),
        ("{{ organization.email | upper }}", "<p>A@X.EXAMPLE</p>"),
    ] {
        assert_eq!(printed(words), expected, "{words}");
    }
}

#[test]
fn a_table_comes_from_data() {
    let table = printed(
        "{{ table(rows=data.d.rows, columns=[\"name\", \"kinds\"], headings=[\"Name\", \"Kinds\"]) }}",
    );
    assert!(
        table.contains("<th scope=\"col\">Name</th><th scope=\"col\">Kinds</th>"),
        "{table}"
    );
    assert!(
        table.contains("<tr><td>A|B</td><td>x, y</td></tr>"),
        "{table}"
    );
    assert!(table.contains("<tr><td>C</td><td></td></tr>"), "{table}");
}

#[test]
fn a_value_is_words_and_never_markup_of_the_page() {
    let toml = config("").replace("Acme", "<script>alert(1)</script>");
    let site = Site::minimal()
        .with("engross.toml", toml)
        .with(TEXT, text("{{ organization.name }}"));
    let run = site.run(&["build", "--as-of", crate::site::DAY]);
    assert!(
        run.status == 1 || !site.page("privacy/index.html").contains("<script>alert"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_version_keeps_its_own_values_in_a_translation() {
    let site = Site::minimal()
        .with("engross.toml", config("languages = [\"en\", \"es\"]"))
        .with(
            "content/privacy/2022-01-01.es.md",
            text("{{ version.effective }} {{ clause(name=\"contact\") }}"),
        )
        .with("content/clauses/contact.md", "Write.")
        .with("content/clauses/contact.es.md", "Escriba.");
    site.build();
    assert!(
        site.page("es/privacy/index.html")
            .contains("<p>1 de enero de 2022 Escriba.</p>")
    );
}

fn cases() -> Vec<Case> {
    let mut cases = in_texts();
    cases.extend(in_clauses());
    cases
}

fn in_texts() -> Vec<Case> {
    vec![
        Case::new("places after placeholders of other lengths")
            .file(TEXT, text("{{ organization.name }}{{ site.base_url }} ü [a](none/)\n\n{{ site.title }}\n[b](none/)"))
            .tells(&[
                "content/privacy/2022-01-01.md:5:46: dead-link",
                "content/privacy/2022-01-01.md:8:1: dead-link",
            ]),
        Case::new("a problem in what a placeholder prints is the placeholder's")
            .file("engross.toml", config("").replace("name = \"Acme\"", "name = \"Acme\"\nlink = \"[x](none/)\"\ntag = \"<script>\""))
            .file(TEXT, text("A {{ organization.link }}\n\nB {{ organization.tag }}"))
            .tells(&[
                "content/privacy/2022-01-01.md:5:3: dead-link",
                "content/privacy/2022-01-01.md:7:3: raw-html",
            ]),
        Case::new("places in and after a loop")
            .file(TEXT, text("{% for n in [1, 2] %}\n- [a](none/)\n{% endfor %}\n\n[b](none/)"))
            .tells(&[
                "content/privacy/2022-01-01.md:6:3: dead-link",
                "content/privacy/2022-01-01.md:9:1: dead-link",
            ]),
        Case::new("places in a table from data")
            .file("content/data/d.toml", "rows = [{ a = \"[x](none/)\" }]\n")
            .file(TEXT, text("Table:\n\n{{ table(rows=data.d.rows, columns=[\"a\"]) }}\n\n[b](none/)"))
            .tells(&[
                "content/privacy/2022-01-01.md:7:1: dead-link",
                "content/privacy/2022-01-01.md:9:1: dead-link",
            ]),
        Case::new("names in conditions, which the template engine would take for false")
            .file(
                TEXT,
                text("{% if organization.nmae %}a{% elif data.x.y == \"site.z\" %}b{% endif %}\n\n{% if variables.no is defined %}c{% endif %} d {{ organization }}"),
            )
            .tells(&[
                "content/privacy/2022-01-01.md:5:20: placeholder",
                "content/privacy/2022-01-01.md:5:41: placeholder",
                "content/privacy/2022-01-01.md:7:48: placeholder",
            ])
            .says(&["did you mean `name`?", "is a table, not words"]),
        Case::new("names that are nearly right")
            .file("content/data/cookies.toml", "rows = []\n")
            .file(
                TEXT,
                "+++\ntitle = \"P\"\n[variables]\nlimit = 3\n+++\n{{ variabels.limit }}\n{{ variables.limt }}\n{{ cookies.rows }}\n{{ data.cokies.rows }}\n{{ version.efective }}\n{{ claus(name=\"x\") }}\n{{ site.title | uper }}\n",
            )
            .tells(&[
                "content/privacy/2022-01-01.md:6:4: placeholder",
                "content/privacy/2022-01-01.md:7:14: placeholder",
                "content/privacy/2022-01-01.md:8:4: placeholder",
                "content/privacy/2022-01-01.md:9:9: placeholder",
                "content/privacy/2022-01-01.md:10:12: placeholder",
                "content/privacy/2022-01-01.md:11:4: placeholder",
                "content/privacy/2022-01-01.md:12:17: placeholder",
            ])
            .says(&[
                "did you mean `variables`?",
                "did you mean `limit`?",
                "did you mean `data.cookies`?",
                "did you mean `cookies`?",
                "did you mean `effective`?",
                "did you mean `clause`?",
            ]),
        Case::new("a table whose rows lack a column")
            .file("content/data/d.toml", "rows = [{ a = 1 }, { b = 2 }]\n")
            .file(TEXT, text("{{ table(rows=data.d.rows, columns=[\"a\"]) }}"))
            .tells(&["content/privacy/2022-01-01.md:5:4: placeholder"])
            .says(&["row 2 of the table has no `a`"]),
        Case::new("a loop without an end")
            .file(TEXT, text("Words.\n\n{% for n in [1] %}\n{{ n }}\n"))
            .tells(&["content/privacy/2022-01-01.md:8:8: placeholder"]),
        Case::new("a draft's mistakes are warnings")
            .file("content/privacy/draft.md", text("{{ organization.emial }} [a](none/) {{ version.effective }}"))
            .tells(&["content/privacy/draft.md:5:17: placeholder (warning)", "content/privacy/draft.md:5:26: dead-link (warning)"]),
    ]
}

fn in_clauses() -> Vec<Case> {
    vec![
        Case::new("a placeholder in a clause")
            .file(TEXT, text("Words.\n\n{{ clause(name=\"contact\") }}"))
            .file(
                "content/clauses/contact.md",
                "Write\nto {{ organization.emial }}.",
            )
            .tells(&["content/clauses/contact.md:2:20: placeholder"])
            .says(&["the clause `contact` is put in here (content/privacy/2022-01-01.md:7:1)"]),
        Case::new("a dead link in a clause of two texts")
            .file(TEXT, text("{{ clause(name=\"contact\") }}"))
            .file(
                "content/terms/2022-01-01.md",
                text("{{ clause(name=\"contact\") }}"),
            )
            .file(
                "content/clauses/contact.md",
                "Write [us](none/).\n\nA <script>.",
            )
            .tells(&[
                "content/clauses/contact.md:1:7: dead-link",
                "content/clauses/contact.md:3:3: raw-html",
            ])
            .says(&["is put in here (content/privacy/2022-01-01.md:5:1)"]),
        Case::new("a clause that contains itself")
            .file(TEXT, text("{{ clause(name=\"a\") }}"))
            .file("content/clauses/a.md", "A\n\n{{ clause(name=\"a\") }}")
            .tells(&["content/clauses/a.md:3:1: clause-cycle"]),
        Case::new("a circle of three clauses")
            .file(TEXT, text("{{ clause(name=\"a\") }}"))
            .file("content/clauses/a.md", "{{ clause(name=\"b\") }}")
            .file("content/clauses/b.md", "{{ clause(name=\"c\") }}")
            .file("content/clauses/c.md", "{{ clause(name=\"a\") }}")
            .tells(&["content/clauses/c.md:1:1: clause-cycle"]),
    ]
}

#[test]
fn broken_placeholders() {
    check(&cases());
}

#[test]
fn a_clause_that_is_used_twice_is_no_circle() {
    let site = Site::minimal()
        .with(
            TEXT,
            text("{{ clause(name=\"a\") }}\n\n{{ clause(name=\"a\") }}"),
        )
        .with("content/clauses/a.md", "Words.");
    assert_eq!(html(&site), "<p>Words.</p>\n<p>Words.</p>");
}
