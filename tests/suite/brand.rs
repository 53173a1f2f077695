//! `[brand]`: a colour that can be read, a logo and fonts, on pages and in files that stand alone.

use crate::site::{Site, config};
use crate::{reports, style};

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 32\"><path d=\"M0 0h120v32z\"/></svg>";

const BRAND: &str = "\
[brand]
accent = \"#7a1f5c\"
logo = \"logo.svg\"
logo_dark = \"logo-dark.svg\"
text_font = \"Example Serif\"
interface_font = \"system-ui\"

[[brand.fonts]]
family = \"Example Serif\"
file = \"fonts/example.woff2\"
weight = \"400 700\"
";

fn site(brand: &str) -> Site {
    Site::minimal()
        .with("engross.toml", config(brand))
        .with("themes/default/static/logo.svg", LOGO)
        .with(
            "themes/default/static/logo-dark.svg",
            LOGO.replace("M0", "M1"),
        )
        .with("themes/default/static/fonts/example.woff2", "wOF2")
}

/// The rules of the style sheet that say something of the brand.
fn rules(site: &Site) -> String {
    let published = site.published();
    let mut sheets = published
        .keys()
        .filter(|path| path.starts_with("assets/style."));
    let css = site.page(sheets.next().unwrap());
    assert_eq!(sheets.next(), None, "there is one style sheet");
    // The theme's own rules are one line, without anything that only authors read.
    let (_, rules) = css.split_once('\n').unwrap();
    rules.to_owned()
}

/// The published name of an asset.
fn name(site: &Site, begin: &str) -> String {
    let published = site.published();
    let mut names = published
        .keys()
        .filter_map(|path| path.strip_prefix("assets/"));
    names
        .find(|name| name.starts_with(begin))
        .unwrap()
        .to_owned()
}

#[test]
fn a_brand_is_what_the_style_sheet_ends_with() {
    let site = site(BRAND);
    site.build();
    let font = name(&site, "fonts/example.");
    assert_eq!(
        rules(&site),
        format!(
            "@font-face{{font-family:\"Example Serif\";src:url(\"{font}\");font-weight:400 700;font-display:swap}}\
             :root{{--brand-accent:#7a1f5c;--brand-accent-dark:#e083c1;--brand-text-font:\"Example Serif\";\
             --brand-interface-font:system-ui}}\n"
        )
    );
    let plain = Site::minimal();
    plain.build();
    assert_eq!(rules(&plain), "");
}

#[test]
fn the_logo_stands_for_the_title_and_is_named_by_it() {
    let site = site(BRAND);
    site.build();
    let page = site.page("privacy/index.html");
    let (light, dark) = (name(&site, "logo."), name(&site, "logo-dark."));
    let measures = "width=\"120\" height=\"32\"";
    let pictures = format!(
        "<img class=\"logo\" src=\"/assets/{light}\" alt=\"Legal\" {measures}>\
         <img class=\"logo-dark\" src=\"/assets/{dark}\" alt=\"Legal\" {measures}></a>"
    );
    assert!(page.contains(&pictures), "{page}");
    site.put("engross.toml", config("[brand]\nlogo = \"logo.svg\"\n"));
    site.build();
    let page = site.page("privacy/index.html");
    assert!(
        page.contains(&format!("alt=\"Legal\" {measures}></a>")),
        "{page}"
    );
}

#[test]
fn files_that_stand_alone_hold_the_logo_and_the_fonts() {
    let site = site(BRAND);
    let run = site.run(&["seal", "--as-of", crate::site::DAY]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    site.build();
    let record = site.page("privacy/2022-01-01/record/index.html");
    let logos = record.matches("src=\"data:image/svg+xml;base64,").count();
    assert_eq!(logos, 2, "{record}");
    let font = "src:url(\"data:font/woff2;base64,d09GMg==\")";
    assert!(record.contains(font), "{record}");
    let headers = site.page("_headers");
    assert!(headers.contains("; font-src 'self' data:; "), "{headers}");
    let redline = site.run(&["redline", "privacy", "--format", "html"]);
    assert!(redline.stdout.contains(font), "{}", redline.stdout);
}

/// What is told of a brand, as `line:column: rule`, with its messages and helps.
fn told(brand: &str) -> Vec<(String, String)> {
    let problems = reports::of(&site(brand));
    let told = problems.iter().map(|problem| {
        (
            problem.line(),
            format!("{}; {}", problem.message, problem.help),
        )
    });
    told.collect()
}

#[test]
fn an_accent_that_cannot_be_read_is_refused() {
    assert_eq!(
        told("[brand]\naccent = \"#777\"\n"),
        [(
            "engross.toml:4:10: low-contrast".to_owned(),
            "`#777777` has a contrast of 3.77:1 on `#fbe7e5`; text needs 4.5:1; the nearest colour of the same hue that can be \
             read is \"#6a6a6a\" (WCAG 2.2, success criterion 1.4.3)"
                .to_owned()
        )]
    );
    assert_eq!(told("[brand]\naccent = \"#6a6a6a\"\n"), []);
    let dark = told("[brand]\naccent = \"#2c3e8f\"\naccent_dark = \"#2c3e8f\"\n");
    assert_eq!(dark.len(), 1, "{dark:?}");
    assert_eq!(dark[0].0, "engross.toml:5:15: low-contrast");
    assert!(dark[0].1.contains(" on `#40391a`; "), "{dark:?}");
}

#[test]
fn what_a_theme_says_its_links_stand_on_counts() {
    let brand = "theme = \"acme\"\n[brand]\naccent = \"#777\"\n";
    let acme = |manifest: &str| {
        let site = site(brand).with("themes/acme/theme.toml", manifest);
        reports::of(&site)
    };
    let own = acme("extends = \"default\"\n[grounds]\nlight = [\"#000\"]\n");
    assert!(own.is_empty(), "{own:?}");
    let inherited = acme("extends = \"default\"\n");
    assert_eq!(inherited[0].line(), "engross.toml:5:10: low-contrast");
    let bad = acme("extends = \"default\"\n[grounds]\nlight = [\"#000\", \"black\"]\n");
    assert_eq!(bad[0].line(), "themes/acme/theme.toml:3:18: bad-value");
    let none = acme("extends = \"default\"\n[grounds]\ndark = [\"#000\"]\n");
    assert_eq!(none[0].line(), "themes/acme/theme.toml:2:1: missing-key");
    let empty = acme("extends = \"default\"\n[grounds]\nlight = []\n");
    assert_eq!(empty[0].line(), "themes/acme/theme.toml:2:1: bad-value");
    let alone = acme("description = \"Alone.\"\n");
    let of_accent = alone.iter().map(reports::Problem::line);
    let of_accent: Vec<String> = of_accent
        .filter(|line| line.starts_with("engross.toml:5"))
        .collect();
    assert_eq!(of_accent, ["engross.toml:5:10: missing-key"]);
}

#[test]
fn files_of_a_brand_that_are_not_there_are_told() {
    let fonts = "[[brand.fonts]]\nfamily = \"X\"\nfile = \"https://fonts.example/x.woff2\"\n";
    let told = told(&format!("[brand]\nlogo = \"lgo.svg\"\n{fonts}"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0].0, "engross.toml:4:8: missing-asset");
    assert!(told[0].1.ends_with("did you mean `logo.svg`?"), "{told:?}");
    assert_eq!(told[1].0, "engross.toml:7:8: missing-asset");
}

#[test]
fn the_default_theme_says_what_its_links_stand_on() {
    let manifest: toml::Table = include_str!("../../themes/default/theme.toml")
        .parse()
        .unwrap();
    let documented = include_str!("../../docs/themes.md");
    let css = include_str!("../../themes/default/static/style.css");
    let css = css.split("@media print {").next().unwrap();
    let grounds = style::backgrounds(css);
    // Of these two the one stands behind words in paper, whose contrast is the same; nothing in the accent is on the other.
    let known = [
        "accent", "del-tint", "ink", "ins-tint", "mark", "paper", "shade",
    ];
    assert_eq!(grounds, known.map(str::to_owned).into());
    for scheme in ["light", "dark"] {
        let said = manifest["grounds"][scheme].as_array().unwrap().iter();
        let said = said
            .map(|colour| colour.as_str().unwrap().to_owned())
            .collect();
        let found = style::colours(
            css,
            scheme,
            &["paper", "shade", "mark", "ins-tint", "del-tint"],
        );
        assert_eq!(found, said, "{scheme}");
        let mut lines = include_str!("../../themes/default/theme.toml").lines();
        let line = lines.find(|line| line.starts_with(scheme)).unwrap();
        assert!(documented.contains(line), "docs/themes.md: {line}");
    }
}
