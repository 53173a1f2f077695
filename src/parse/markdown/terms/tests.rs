//! Definitions as legal texts write them, and words that look like some.

use super::super::{Request, parse};

/// The terms that a text defines: name, anchor, definition.
fn terms(source: &str) -> Vec<(String, String, String)> {
    let request = Request {
        numbered: false,
        title: Some("Policy"),
    };
    let terms = parse(source, request).text.terms.into_iter();
    terms
        .map(|term| (term.name, term.anchor.unwrap_or_default(), term.definition))
        .collect()
}

/// A text, and the terms that it defines.
type Row<'r> = (&'r str, &'r [(&'r str, &'r str, &'r str)]);

fn check(rows: &[Row<'_>]) {
    let mut faults = Vec::new();
    for (source, expected) in rows {
        let found = terms(source);
        let found: Vec<(&str, &str, &str)> =
            found.iter().map(|(a, b, c)| (&**a, &**b, &**c)).collect();
        if found != *expected {
            faults.push(format!("{source}\n  found {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[rustfmt::skip]
#[test]
fn terms_in_parentheses() {
    check(&[
        ("All of it (“Services”).", &[("Services", "", "All of it (“Services”)")]),
        ("Before. Our sites (the “Services”) and apps. After.", &[("Services", "", "Our sites (the “Services”)")]),
        ("Sites and apps (collectively, the “Services”).", &[("Services", "", "Sites and apps (collectively, the “Services”)")]),
        ("Acme Inc. (“Acme,” “we,” “us” or “our”) writes.", &[
            ("Acme", "", "Acme Inc. (“Acme,” “we,” “us” or “our”)"),
            ("we", "", "Acme Inc. (“Acme,” “we,” “us” or “our”)"),
            ("us", "", "Acme Inc. (“Acme,” “we,” “us” or “our”)"),
            ("our", "", "Acme Inc. (“Acme,” “we,” “us” or “our”)"),
        ]),
        ("A person who agreed (each, a “Panelist”).", &[("Panelist", "", "A person who agreed (each, a “Panelist”)")]),
        ("This policy (\"Policy\") is it.", &[("Policy", "", "This policy (\"Policy\")")]),
        ("Data (hereinafter “X”).", &[("X", "", "Data (hereinafter “X”)")]),
        ("Data (hereinafter referred to as the “X”).", &[("X", "", "Data (hereinafter referred to as the “X”)")]),
        ("Sites (**“Services”**).", &[("Services", "", "Sites (“Services”)")]),
        ("Sites (the \"**Services**\").", &[("Services", "", "Sites (the \"Services\")")]),
        ("Sites (the *“Services”*, together).", &[("Services", "", "Sites (the “Services”, together)")]),
        ("Sites ([the “Services”](https://x.example)).", &[("Services", "", "Sites (the “Services”)")]),
        ("The Act of 2018, as amended (as amended from time to time, the “Act”).",
            &[("Act", "", "The Act of 2018, as amended (as amended from time to time, the “Act”)")]),
        ("Sites (‘Services’) and apps ('Apps').",
            &[("Services", "", "Sites (‘Services’)"), ("Apps", "", "and apps ('Apps')")]),
        ("Webs (en adelante, el «Servicio»).", &[("Servicio", "", "Webs (en adelante, el «Servicio»)")]),
        ("Webseiten (nachfolgend die „Dienste“ genannt).", &[("Dienste", "", "Webseiten (nachfolgend die „Dienste“ genannt)")]),
        ("Nos sites (ci-après les « Services »).", &[("Services", "", "Nos sites (ci-après les « Services »)")]),
        ("アカウント（以下「本サービス」といいます。）です。", &[("本サービス", "", "アカウント（以下「本サービス」といいます。）")]),
        ("| A |\n|---|\n| Sites (the “Services”) |", &[("Services", "", "Sites (the “Services”)")]),
        ("A (the “X”)\nand so\non. B.", &[("X", "", "A (the “X”)")]),
        ("## Scope {#scope}\n\n### Deep\n\n- Sites (the “X”). More.", &[("X", "deep", "Sites (the “X”)")]),
        ("A[^1].\n\n[^1]: Sites (the “X”).", &[("X", "", "Sites (the “X”)")]),
        ("A (the “X”). Again (the “X”).", &[("X", "", "A (the “X”)")]),
        ("We, Acme (“Acme”), sell goods: things (“Goods”) on our site (the “Site”), and (b) you; a person (“User”) who pays, use it.", &[
            ("Acme", "", "We, Acme (“Acme”)"),
            ("Goods", "", "things (“Goods”)"),
            ("Site", "", "on our site (the “Site”)"),
            ("User", "", "a person (“User”) who pays"),
        ]),
        ("Acme (“Acme”) offers (the “Services”):\n\n- sites.", &[
            ("Acme", "", "Acme (“Acme”)"), ("Services", "", "offers (the “Services”): sites."),
        ]),
        ("Acme (“Acme”) and data (“Data”) means facts.", &[
            ("Acme", "", "Acme (“Acme”)"), ("Data", "", "and data (“Data”) means facts."),
        ]),
    ]);
}

#[rustfmt::skip]
#[test]
fn terms_with_a_verb() {
    check(&[
        ("“Services” means our sites. More.", &[("Services", "", "“Services” means our sites.")]),
        ("“Services,” as used in this Policy, means our sites.", &[("Services", "", "“Services,” as used in this Policy, means our sites.")]),
        ("“Services” (or “Sites”) shall mean our sites.", &[
            ("Services", "", "“Services” (or “Sites”) shall mean our sites."),
            ("Sites", "", "“Services” (or “Sites”) shall mean our sites."),
        ]),
        ("“Personal Data” and “Personal Information” mean facts.", &[
            ("Personal Data", "", "“Personal Data” and “Personal Information” mean facts."),
            ("Personal Information", "", "“Personal Data” and “Personal Information” mean facts."),
        ]),
        ("The term “U.S. Person” refers to a person.", &[("U.S. Person", "", "The term “U.S. Person” refers to a person.")]),
        ("“Controller” has the meaning given in Art. 4 of the law.", &[("Controller", "", "“Controller” has the meaning given in Art. 4 of the law.")]),
        ("“Device” is defined as a phone.", &[("Device", "", "“Device” is defined as a phone.")]),
        ("“Device” includes a phone.", &[("Device", "", "“Device” includes a phone.")]),
        ("**Services** means our sites.", &[("Services", "", "Services means our sites.")]),
        ("*Services* means our sites.", &[("Services", "", "Services means our sites.")]),
        ("- **Services** means our sites. It has two.\n- **Apps** means apps.", &[
            ("Services", "", "Services means our sites. It has two."), ("Apps", "", "Apps means apps."),
        ]),
        ("“Services” means:\n\n- sites,\n- apps.", &[("Services", "", "“Services” means: sites, apps.")]),
        ("«Servicio» significa la web.", &[("Servicio", "", "«Servicio» significa la web.")]),
        ("„Dienste“ bezeichnet die Seiten.", &[("Dienste", "", "„Dienste“ bezeichnet die Seiten.")]),
        ("Le terme « Site » désigne ce site.", &[("Site", "", "Le terme « Site » désigne ce site.")]),
        ("« Site » s’entend de ce site.", &[("Site", "", "« Site » s’entend de ce site.")]),
    ]);
}

#[rustfmt::skip]
#[test]
fn terms_that_are_introduced() {
    check(&[
        ("Sites. Together, these are the “Services.” More.", &[("Services", "", "Together, these are the “Services.”")]),
        ("Small files, which we call “cookies”, help.", &[("cookies", "", "Small files, which we call “cookies”, help.")]),
        ("We refer to both as the “Terms” or “Contract” here.", &[
            ("Terms", "", "We refer to both as the “Terms” or “Contract” here."),
            ("Contract", "", "We refer to both as the “Terms” or “Contract” here."),
        ]),
        ("Small files known as “cookies” help.", &[("cookies", "", "Small files known as “cookies” help.")]),
        ("Sites and apps, collectively, the “Services”, help.", &[("Services", "", "Sites and apps, collectively, the “Services”, help.")]),
    ]);
}

#[rustfmt::skip]
#[test]
fn terms_in_lists_of_definitions() {
    check(&[
        ("Term\n: It is *this*.\n: Or that.", &[("Term", "", "It is this. Or that.")]),
        ("“One”\n: Both.", &[("One", "", "Both.")]),
        ("## Definitions\n\n- **Services**: our sites. Two.\n- **Apps:** apps.\n- “Data”: facts.", &[
            ("Services", "definitions", "Services: our sites. Two."),
            ("Apps", "definitions", "Apps: apps."),
            ("Data", "definitions", "“Data”: facts."),
        ]),
        ("## Words {#glossary}\n\n**1.2 Services** – our sites.", &[("Services", "glossary", "1.2 Services – our sites.")]),
        ("## Begriffe\n\n### A–F\n\n**Dienst:** die Seite.", &[("Dienst", "af", "Dienst: die Seite.")]),
    ]);
}

#[test]
fn words_that_are_no_terms() {
    for source in [
        "Small files, so-called “cookies”.",
        "What California calls a “sale”.",
        "We do not “sell” data.",
        "Some words (e.g., “like”) help.",
        "Words (such as “like” and “love”) help.",
        "See the form (marked “Private”).",
        "See Section 3 (“Use of the service”).",
        "By clicking “Accept” means you agree.",
        "Provided “as is” and “as available”.",
        "Sale (as “sale” is defined by law).",
        "- **Contact details:** your name.",
        "**Contact details** are your name.",
        "**Contact details** include your name.",
        "## Indefinite use\n\n**Contact details:** your name.",
        "We don't mean (that's it) what isn't 'ours'.",
        "It’s (what it’s) yours.",
        "An open “quotation (and “another.",
        "“A whole sentence that somebody said and that is far too long to be a term” means little.",
        "“!” means danger. “123” means a number.",
        "```\n(the “X”)\n```",
        "## The “Services” means {#x}\n\nWords.",
        "~~Sites (the “Services”).~~",
        "*a *\\\né*b<br>* **c <br>**é <u> <br></u>",
    ] {
        assert_eq!(terms(source), [], "{source}");
    }
}

#[test]
fn some_terms_mean_something_in_their_section_only() {
    let rows = [
        ("For purposes of this Section, “A” means b.", true),
        ("“A”, for the purposes of this Clause, means b.", true),
        ("In this Section, “A” means b.", true),
        ("A efectos de este apartado, «A» significa b.", true),
        (
            "Im Sinne dieses Abschnitts bedeutet „A“ ein B, und „C“ bedeutet d.",
            true,
        ),
        ("Au sens du présent article, « A » désigne b.", true),
        ("For the purposes of this Policy, “A” means b.", false),
        ("The rights in this Section (the “A”).", false),
    ];
    for (source, expected) in rows {
        let request = Request {
            numbered: false,
            title: None,
        };
        let terms = parse(source, request).text.terms;
        assert!(terms.iter().all(|term| term.local == expected), "{source}");
    }
}

#[test]
fn a_term_has_a_place() {
    let source = "Words (the “A”).\n\nSites (the “A B”), apps (the “C”) and _more_ (the “**D**”).";
    let request = Request {
        numbered: false,
        title: None,
    };
    let terms = parse(source, request).text.terms;
    let places: Vec<&str> = terms
        .iter()
        .map(|term| &source[term.span.range()])
        .collect();
    assert_eq!(&places[..3], ["“A", "“A B", "“C"]);
    assert!(places[3].starts_with("Sites"), "{places:?}");
}

#[test]
fn many_terms_take_no_time() {
    for piece in [
        "(the “A”) ",
        "“A” means ",
        "(“",
        "“A” and ",
        "“A (",
        "**A** means ",
        "\"A (\"",
        "as “A” ",
        "“A”.).). ",
        "“A”....",
        "“A”.a.a",
        "“A”<br>",
        "<br>",
    ] {
        let found = terms(&piece.repeat(5_000));
        assert!(
            found
                .iter()
                .all(|(_, _, definition)| definition.len() <= 2000)
        );
    }
    let names: Vec<String> = (0..2_000).map(|n| format!("(the “A{n}”)")).collect();
    assert_eq!(terms(&names.join(" ")).len(), 2_000);
}
