//! The table `[california]` of `engross.toml`: what is declared, and the links that follow from it.

use super::table::Fields;
use crate::diagnostic::{did_you_mean, rules};
use crate::model::Located;
use crate::model::config::{California, Choice, Gpc};

/// The links as they are written.
struct Links {
    choices: Option<(Choice, Located<String>)>,
    do_not_sell: Option<Located<String>>,
    limit: Option<Located<String>>,
}

/// Reads the table. `has_button` is whether there is a button for cookie preferences.
pub(super) fn read(
    mut fields: Fields<'_>,
    gpc: Option<&Gpc>,
    has_button: bool,
) -> Option<California> {
    let mut declared = |key| fields.is_there(key).then(|| fields.boolean(key)).flatten();
    let (sells, shares) = (declared("sells"), declared("shares"));
    let uses_sensitive = declared("uses_sensitive");
    let links = Links {
        choices: choices(&mut fields),
        do_not_sell: fields.string("do_not_sell"),
        limit: fields.string("limit"),
    };
    let mut california = California {
        sells: sells?,
        shares: shares?,
        uses_sensitive: uses_sensitive?,
        links: Vec::new(),
    };
    contradictions(&fields, &california, &links);
    missing(&fields, &california, &links, has_button);
    if california.is_sold() && !gpc.is_some_and(|gpc| gpc.honoured) {
        unheard(&fields);
    }
    fields.finish();
    let separate = [
        (Choice::DoNotSell, links.do_not_sell),
        (Choice::Limit, links.limit),
    ];
    let separate = separate
        .into_iter()
        .filter_map(|(choice, url)| Some((choice, url?)));
    california.links = links.choices.into_iter().chain(separate).collect();
    Some(california)
}

/// The one link for all rights.
fn choices(fields: &mut Fields<'_>) -> Option<(Choice, Located<String>)> {
    let (url, title) = (fields.string("choices"), fields.string("choices_title"));
    if url.is_none() && title.is_some() {
        fields.missing("choices");
    }
    let choice = title.map_or(Choice::All, |title| titled(fields, &title));
    Some((choice, url?))
}

/// The link for all rights has two titles to choose from.
fn titled(fields: &Fields<'_>, title: &Located<String>) -> Choice {
    const BOTH: [Choice; 2] = [Choice::All, Choice::AllInCalifornia];
    let found = BOTH
        .into_iter()
        .find(|choice| choice.title() == title.value);
    if found.is_none() {
        let known = BOTH.map(Choice::title);
        let both = || format!("write \"{}\" or \"{}\"", known[0], known[1]);
        let help = did_you_mean(&title.value, known, both);
        let help = format!("{help} ({})", Choice::All.source());
        let message = format!("no such link is called `{}`", title.value);
        fields.report(&rules::STATUTORY_WORDS, title.span, message, help);
    }
    found.unwrap_or(Choice::All)
}

/// Tells of links that are there twice, and of those that nothing declared asks for.
fn contradictions(fields: &Fields<'_>, declared: &California, links: &Links) {
    let sold = declared.is_sold();
    let separate = [
        ("do_not_sell", &links.do_not_sell, sold),
        ("limit", &links.limit, declared.uses_sensitive),
    ];
    if let Some((_, url)) = &links.choices
        && !(sold || declared.uses_sensitive)
    {
        let message = "`choices` is there, and nothing is declared that gives a choice";
        needless(fields, url, message);
    }
    for (key, url, is_due) in separate {
        let Some(url) = url else { continue };
        if links.choices.is_some() {
            let message = format!("`choices` and `{key}` are both there");
            let help = "keep the one link for all rights, or the separate ones (Cal. Code Regs. tit. 11, § 7015)";
            fields.report(&rules::CALIFORNIA_CONTRADICTION, url.span, message, help);
        } else if !is_due {
            let message = format!("`{key}` is there, and nothing is declared that asks for it");
            needless(fields, url, &message);
        }
    }
}

fn needless(fields: &Fields<'_>, url: &Located<String>, message: &str) {
    let help = "declare what the site does, or remove the link";
    fields.report(&rules::CALIFORNIA_CONTRADICTION, url.span, message, help);
}

/// Tells of declarations whose link is not there.
fn missing(fields: &Fields<'_>, declared: &California, links: &Links, has_button: bool) {
    if links.choices.is_some() {
        return;
    }
    if declared.is_sold() && links.do_not_sell.is_none() {
        let what = match (declared.sells, declared.shares) {
            (true, true) => "sale and sharing are",
            (true, false) => "sale is",
            _ => "sharing is",
        };
        let mut help = link_help("do_not_sell", Choice::DoNotSell);
        if has_button {
            help += "; a button for cookie preferences is not by itself a way to opt out (Cal. Code Regs. tit. 11, § 7026(a)(4))";
        }
        let message = format!("{what} declared, and no link to opt out");
        fields.report(&rules::CALIFORNIA_LINK, fields.span(), message, help);
    }
    if declared.uses_sensitive && links.limit.is_none() {
        let message = "such use of sensitive information is declared, and no link to limit it";
        let help = link_help("limit", Choice::Limit);
        fields.report(&rules::CALIFORNIA_LINK, fields.span(), message, help);
    }
}

fn link_help(key: &str, choice: Choice) -> String {
    let (title, source) = (choice.title(), choice.source());
    format!(
        "say with `{key} = \"/…\"` where “{title}” leads ({source}), or with `choices = \"/…\"` where “{}” does (§ 1798.135(a)(3))",
        Choice::All.title()
    )
}

/// Tells that the signals of browsers are not declared as honoured.
fn unheard(fields: &Fields<'_>) {
    let message =
        "sale or sharing is declared, and not that opt-out preference signals are honoured";
    let help = "a business that sells or shares has to treat such a signal as a request to opt out, and to show that it did \
                (Cal. Code Regs. tit. 11, § 7025(c)): where it does, say `honoured = true` in `[gpc]`";
    fields.report(&rules::OPT_OUT_SIGNAL, fields.span(), message, help);
}
