//! `engross.toml` as a configuration.

use std::collections::BTreeSet;

use super::brand;
use super::california;
use super::table::{Fields, Source};
use crate::diagnostic::{Diagnostic, Span, did_you_mean, rules};
use crate::model::config::{
    Announcement, BaseUrl, Config, CookiePreferences, Gpc, Link, MenuItem, MenuTarget, PATH,
    Security,
};
use crate::model::document::Standing;
use crate::model::{Language, Located, Value};

/// Reads `engross.toml`. The configuration is there unless the file does not parse or lacks a key
/// that has no default; the problems are told in either case.
pub(crate) fn read(toml: &str) -> (Option<Config>, Vec<Diagnostic>) {
    let source = Source::new(PATH, 0);
    let config = source.read(toml).and_then(site);
    (config, source.into_problems())
}

fn site(mut fields: Fields<'_>) -> Option<Config> {
    let title = fields.required("title");
    let base_url = base_url(&mut fields);
    let time_zone = time_zone(&mut fields);
    let languages = languages(&mut fields);
    let governing_language = governing_language(&mut fields, Some(&languages));
    let theme = fields.string("theme");
    let brand = fields.table("brand").map(brand::read);
    let noindex = noindex(&mut fields);
    let organization = organization(&mut fields);
    let announcement = fields.table("announcement").and_then(announcement);
    let (header, footer) = fields
        .table("navigation")
        .map_or_else(Default::default, navigation);
    let cookie_preferences = fields
        .table("cookie_preferences")
        .and_then(cookie_preferences);
    let gpc = fields.table("gpc").and_then(gpc);
    let california = fields
        .table("california")
        .and_then(|fields| california::read(fields, gpc.as_ref(), cookie_preferences.is_some()));
    let security = fields.table("security").and_then(security);
    fields.finish();
    let default_theme = || Located {
        value: "default".to_owned(),
        span: Span::default(),
    };
    Some(Config {
        title: title?.value,
        base_url: base_url?,
        other_base_urls: Vec::new(),
        time_zone,
        languages,
        governing_language,
        theme: theme.unwrap_or_else(default_theme),
        brand: brand.unwrap_or_default(),
        noindex,
        organization,
        announcement,
        header,
        footer,
        cookie_preferences,
        gpc,
        california,
        security,
    })
}

fn base_url(fields: &mut Fields<'_>) -> Option<BaseUrl> {
    let url = fields.required("base_url")?;
    let parsed = BaseUrl::parse(&url.value);
    if parsed.is_none() {
        let help = "write the address where the site will live, for example \"https://legal.example.com/\"";
        fields.report(
            &rules::BAD_VALUE,
            url.span,
            format!("`{}` is not a web address", url.value),
            help,
        );
    }
    parsed
}

fn time_zone(fields: &mut Fields<'_>) -> String {
    let Some(name) = fields.string("time_zone") else {
        return "UTC".to_owned();
    };
    if jiff::tz::TimeZone::get(&name.value).is_err() {
        let known = || {
            "use a name of the IANA time zone database, for example \"America/New_York\"".to_owned()
        };
        let names = jiff::tz::db()
            .available()
            .map(|n| n.to_string())
            .collect::<Vec<_>>();
        let help = did_you_mean(&name.value, names.iter().map(String::as_str), known);
        let message = format!("there is no time zone `{}`", name.value);
        fields.report(&rules::BAD_VALUE, name.span, message, help);
    }
    name.value
}

fn languages(fields: &mut Fields<'_>) -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    for tag in fields.strings("languages").unwrap_or_default() {
        let problem = match Language::parse(&tag.value) {
            Some(language) if languages.contains(&language) => "twice in the list",
            Some(language) => {
                languages.push(language);
                continue;
            }
            None => "not a language tag",
        };
        let message = format!("`{}` is {problem}", tag.value);
        let help = "list each language once, as a BCP 47 tag: \"en\", \"es\", \"pt-BR\"";
        fields.report(&rules::BAD_VALUE, tag.span, message, help);
    }
    if languages.is_empty() {
        languages.extend(Language::parse("en"));
    }
    languages
}

/// The language whose text governs: one of the site's, where these are known.
pub(super) fn governing_language(
    fields: &mut Fields<'_>,
    languages: Option<&[Language]>,
) -> Option<Language> {
    let tag = fields.string("governing_language")?;
    let language = Language::parse(&tag.value);
    let known = |language: &Language| languages.is_none_or(|all| all.contains(language));
    if !language.as_ref().is_some_and(known) {
        let tags = || languages.unwrap_or_default().iter().map(Language::as_str);
        let help = did_you_mean(&tag.value, tags(), || match languages {
            Some(_) => format!("use one of: {}", tags().collect::<Vec<_>>().join(", ")),
            None => "use a BCP 47 tag: \"en\", \"es\", \"pt-BR\"".to_owned(),
        });
        let message = format!("the site has no language `{}`", tag.value);
        fields.report(&rules::BAD_VALUE, tag.span, message, help);
        return None;
    }
    language
}

fn noindex(fields: &mut Fields<'_>) -> BTreeSet<Standing> {
    let Some(names) = fields.strings("noindex") else {
        return BTreeSet::from([
            Standing::Upcoming,
            Standing::Superseded,
            Standing::Corrected,
        ]);
    };
    let known = Standing::NAMES.map(|(name, _)| name);
    let mut standings = BTreeSet::new();
    for name in names {
        if let Some((_, standing)) = Standing::NAMES.into_iter().find(|(n, _)| *n == name.value) {
            standings.insert(standing);
        } else {
            let help = did_you_mean(&name.value, known, || {
                format!("use one of: {}", known.join(", "))
            });
            let message = format!("no version is ever `{}`", name.value);
            fields.report(&rules::BAD_VALUE, name.span, message, help);
        }
    }
    standings
}

fn organization(fields: &mut Fields<'_>) -> Value {
    let span = fields.span();
    let organization = fields.free_table("organization");
    if organization
        .get("name")
        .and_then(Value::as_str)
        .is_none_or(str::is_empty)
    {
        let help = "add a table `[organization]` with `name = \"…\"`: who publishes these texts";
        fields.report(
            &rules::MISSING_KEY,
            span,
            "`organization.name` is missing",
            help,
        );
    }
    organization
}

fn announcement(mut fields: Fields<'_>) -> Option<Announcement> {
    let text = fields.required("text").map(|text| text.value);
    let (label, url) = (fields.words("label"), fields.string("url"));
    let link = match (label, url) {
        (Some(label), Some(url)) => Some(Link { label, url }),
        (None, None) => None,
        _ => {
            let help = "give both `label` and `url`, or neither";
            let message = "an announcement's link needs words and an address";
            fields.report(&rules::MISSING_KEY, fields.span(), message, help);
            None
        }
    };
    fields.finish();
    Some(Announcement { text: text?, link })
}

fn navigation(mut fields: Fields<'_>) -> (Vec<MenuItem>, Vec<MenuItem>) {
    let header = fields
        .tables("header")
        .into_iter()
        .filter_map(menu_item)
        .collect();
    let footer = fields
        .tables("footer")
        .into_iter()
        .filter_map(menu_item)
        .collect();
    fields.finish();
    (header, footer)
}

fn menu_item(mut fields: Fields<'_>) -> Option<MenuItem> {
    let label = fields.required("label");
    let url = fields.string("url");
    let items: Vec<Link> = fields
        .tables("items")
        .into_iter()
        .filter_map(link)
        .collect();
    let target = match url {
        Some(url) if items.is_empty() => Some(MenuTarget::Url(url)),
        None if !items.is_empty() => Some(MenuTarget::Items(items)),
        _ => {
            let message = "a menu entry needs either `url` or `items`";
            let help = "give it the address it leads to, or the links of its menu";
            fields.report(&rules::MISSING_KEY, fields.span(), message, help);
            None
        }
    };
    fields.finish();
    Some(MenuItem {
        label: label?.value,
        target: target?,
    })
}

fn link(mut fields: Fields<'_>) -> Option<Link> {
    let (label, url) = (fields.required("label"), fields.required("url"));
    fields.finish();
    Some(Link {
        label: label?.value,
        url: url?,
    })
}

fn cookie_preferences(mut fields: Fields<'_>) -> Option<CookiePreferences> {
    let (label, call) = (fields.required("label"), fields.required("call"));
    let fallback = fields.string("fallback");
    if let Some(call) = call.as_ref().filter(|call| !is_dotted_name(&call.value)) {
        let message = format!("`{}` is not the name of a function", call.value);
        let help =
            "write the dotted name of a JavaScript function, for example \"ConsentTool.open\"";
        fields.report(&rules::BAD_VALUE, call.span, message, help);
    }
    fields.finish();
    Some(CookiePreferences {
        label: label?.value,
        call: call?.value,
        fallback,
    })
}

fn is_dotted_name(name: &str) -> bool {
    name.split('.').all(|part| {
        part.chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
            && part.starts_with(|c: char| !c.is_ascii_digit())
    })
}

fn gpc(mut fields: Fields<'_>) -> Option<Gpc> {
    let honoured = fields
        .is_there("honoured")
        .then(|| fields.boolean("honoured"));
    let last_update = fields
        .is_there("last_update")
        .then(|| fields.date("last_update"));
    fields.finish();
    Some(Gpc {
        honoured: honoured??,
        last_update: last_update??.value,
    })
}

fn security(mut fields: Fields<'_>) -> Option<Security> {
    let contact = fields.required("contact");
    let expires = fields.is_there("expires").then(|| fields.date("expires"));
    if let Some(contact) = &contact
        && !["mailto:", "tel:", "https://"]
            .iter()
            .any(|s| contact.value.starts_with(s))
    {
        let message = format!("`{}` is not an address", contact.value);
        let help = "begin it with `mailto:`, `tel:` or `https://` (RFC 9116, section 2.5.3)";
        fields.report(&rules::BAD_VALUE, contact.span, message, help);
    }
    fields.finish();
    Some(Security {
        contact: contact?.value,
        expires: expires??.value,
    })
}
