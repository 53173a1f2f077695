//! The links of readers in California: on every page where they are due, and nowhere else.

use crate::site::{Site, config};

const HONOURED: &str = "[gpc]\nhonoured = true\nlast_update = 2024-01-01";
const PAGES: [&str; 4] = [
    "index.html",
    "404.html",
    "privacy/index.html",
    "privacy/history/index.html",
];

fn site(declared: &str) -> Site {
    let toml = config(&format!("{HONOURED}\n[california]\n{declared}"));
    let site = Site::minimal().with("engross.toml", toml);
    site.build();
    site
}

#[test]
fn a_site_that_declares_nothing_shows_nothing() {
    let site = site("sells = false\nshares = false\nuses_sensitive = false");
    for path in PAGES {
        let page = site.page(path);
        let shown = ["class=\"choices\"", "opt-out-status", "Privacy Choices"];
        assert_eq!(
            shown.iter().find(|words| page.contains(**words)),
            None,
            "{path}"
        );
    }
}

#[test]
fn one_link_for_all_rights_has_the_icon_and_either_title() {
    let declared =
        "sells = false\nshares = true\nuses_sensitive = true\nchoices = \"/privacy/#scope\"";
    let other = format!("{declared}\nchoices_title = \"Your California Privacy Choices\"");
    for (declared, title) in [
        (declared, "Your Privacy Choices"),
        (&other, "Your California Privacy Choices"),
    ] {
        let site = site(declared);
        for path in PAGES {
            let page = site.page(path);
            let (_, link) = page
                .split_once("<a href=\"/privacy/#scope\"><svg ")
                .unwrap();
            let (icon, after) = link.split_once("</svg>").unwrap();
            assert!(icon.contains("aria-hidden=\"true\""), "{path}");
            assert!(
                after.trim_start().starts_with(&format!("{title}</a>")),
                "{path}"
            );
            assert!(
                page.contains("data-honored=\"Opt-Out Request Honored\""),
                "{path}"
            );
        }
    }
}

#[test]
fn use_of_sensitive_information_alone_has_its_link_and_no_status() {
    let site = site(
        "sells = false\nshares = false\nuses_sensitive = true\nlimit = \"https://x.example/\"",
    );
    for path in PAGES {
        let page = site.page(path);
        let link =
            "<a href=\"https://x.example/\">Limit the Use of My Sensitive Personal Information</a>";
        assert!(page.contains(link), "{path}");
        assert!(
            !page.contains("Do Not Sell") && !page.contains("opt-out"),
            "{path}"
        );
    }
}
