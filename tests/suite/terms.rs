//! Defined terms: uses lead to the definition, the definition is marked, and a list leads back.

use crate::html;
use crate::site::{Site, TEXT, text};

/// The page of a text.
fn page(words: &str) -> String {
    let site = Site::minimal().with(TEXT, text(words));
    site.build();
    site.page("privacy/index.html")
}

const WORDS: &str = "This Privacy Policy (the “Policy”) covers our websites (the “Services”).

## Use {#use}

The Services need data. The Services are free, see [the Services](#rights).

## Rights {#rights}

“Panel Record” means one purchase.

### Records {#records}

A Panel Record of the Services’ users. The policy of others is theirs.
";

#[test]
fn the_name_that_defines_is_marked_and_the_first_use_in_a_section_leads_to_it() {
    let page = page(WORDS);
    for once in [
        "This Privacy Policy (the “<dfn id=\"term:policy\">Policy</dfn>”)",
        "(the “<dfn id=\"term:services\">Services</dfn>”)",
        "The <a class=\"term\" href=\"#term:services\">Services</a> need data. The Services are free, see <a href=\"#rights\">the Services</a>",
        "“<dfn id=\"term:panel-record\">Panel Record</dfn>” means",
        "A <a class=\"term\" href=\"#term:panel-record\">Panel Record</a> of the <a class=\"term\" href=\"#term:services\">Services</a>’ users. The policy of others",
    ] {
        assert_eq!(page.matches(once).count(), 1, "{once}\n{page}");
    }
}

#[test]
fn a_list_leads_from_each_term_to_the_sections_that_use_it() {
    let page = page(WORDS);
    let list = page.split("<ul class=\"terms\">").nth(1).unwrap();
    let list = list.split("</ul>").next().unwrap();
    assert!(list.contains("<a href=\"#term:services\">Services</a> <span class=\"uses\"><a href=\"#use\">Use</a> · <a href=\"#records\">Records</a></span>"), "{list}");
    assert!(!list.contains("#term:policy"), "nobody uses it: {list}");
    assert!(!page_without_terms().contains("class=\"terms"));
}

fn page_without_terms() -> String {
    page("Words.")
}

#[test]
fn every_link_to_a_definition_leads_somewhere_on_redlines_too() {
    let first = text(WORDS);
    let second = first
        .replace("means one purchase", "means one purchase or return")
        .replace("need data", "need your data");
    let site = Site::minimal().with(TEXT, first).with(
        "content/privacy/2023-01-01.md",
        second.replace("+++\ntitle", "+++\nsummary = \"More.\"\ntitle"),
    );
    site.build();
    for path in [
        "privacy/index.html",
        "privacy/2023-01-01/redline/index.html",
        "privacy/2022-01-01/index.html",
    ] {
        let page = site.page(path);
        let tags = html::tags(&page).unwrap();
        let ids = html::ids(&tags);
        let targets = page
            .split("href=\"#")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap());
        for target in targets {
            assert!(ids.contains(&target), "{path}: #{target}");
        }
    }
    let redline = site.page("privacy/2023-01-01/redline/index.html");
    assert!(redline.contains("class=\"term\""));
}

#[test]
fn a_term_of_one_section_leads_nowhere_from_others() {
    let page = page(
        "## A {#a}\n\nFor the purposes of this Section, “Data” means names.\n\n### B {#b}\n\nData is kept.\n\n## C {#c}\n\nData is data.\n",
    );
    assert_eq!(page.matches("href=\"#term:data\"").count(), 2, "{page}");
    let c = page.split("id=\"c\"").nth(1).unwrap();
    assert!(
        !c.split("</section>").next().unwrap().contains("#term:data"),
        "{c}"
    );
}

#[test]
fn a_name_that_is_defined_twice_leads_nowhere() {
    let page = page(
        "## A {#a}\n\n“Fee” means 3. “Plan” means a year.\n\n## B {#b}\n\nFor purposes of this Section, “Fee” means 5. You pay the Fee of the Plan.\n",
    );
    assert!(!page.contains("term:fee"), "{page}");
    assert!(
        page.contains("the <a class=\"term\" href=\"#term:plan\">Plan</a>"),
        "{page}"
    );
}

#[test]
fn in_a_list_of_definitions_the_entries_define() {
    let page = page(
        "Panel Record\n: What a Panelist buys.\n\nPanelist\n: Who is in a panel.\n\n## Use {#use}\n\nPanelists buy.\n",
    );
    assert!(
        page.contains("<dt><dfn id=\"term:panel-record\">Panel Record</dfn></dt>"),
        "{page}"
    );
    assert!(
        page.contains("<dt><dfn id=\"term:panelist\">Panelist</dfn></dt>"),
        "{page}"
    );
    assert!(
        page.contains("<a class=\"term\" href=\"#term:panelist\">Panelists</a> buy."),
        "{page}"
    );
}
