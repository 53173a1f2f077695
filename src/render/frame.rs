//! The frame of all pages in one language: the site's name, menus and words, made once.

use std::collections::BTreeMap;

use tera::Value;

use super::choices;
use super::contract::{Announcement, Choice, CookiePreferences, Logo, MenuEntry, Site};
use super::records::Records;
use super::shelf::EMPTY;
use crate::model::config::{Link, MenuItem, MenuTarget};
use crate::model::{Language, Located};
use crate::prepared::Prepared;
use crate::theme::picture;

/// What all pages of one language share, made once.
pub(super) struct Frames(BTreeMap<Option<Language>, Frame>);

pub(super) struct Frame {
    /// `site` of the theme contract.
    pub(super) site: Value,
    /// `t` of the theme contract.
    pub(super) strings: Value,
    /// The links that every page must print.
    pub(super) choices: Vec<Choice>,
}

impl Frames {
    /// The frame in a language; `None` for the site's first.
    pub(super) fn get(&self, translation: Option<&Language>) -> &Frame {
        &self.0[&translation.cloned()]
    }

    pub(super) fn new(prepared: &Prepared<'_>) -> Self {
        let config = &prepared.site.config;
        let languages = std::iter::once(None).chain(config.languages.iter().skip(1).map(Some));
        Self(
            languages
                .map(|translation| (translation.cloned(), frame(prepared, translation)))
                .collect(),
        )
    }
}

fn frame(prepared: &Prepared<'_>, translation: Option<&Language>) -> Frame {
    let config = &prepared.site.config;
    let href = |url: &str| {
        prepared
            .configured_href("engross.toml", url, translation)
            // What the text there says is no matter of the frame.
            .or_else(|fault| fault.address.ok_or(()))
            .unwrap_or_default()
    };
    let entry = |label: &str, url: &str| MenuEntry {
        label: label.to_owned(),
        url: Some(href(url)),
        rel: relation(prepared, url),
        items: Vec::new(),
    };
    let menu = |item: &MenuItem| match &item.target {
        MenuTarget::Url(url) => entry(&item.label, &url.value),
        MenuTarget::Items(items) => MenuEntry {
            label: item.label.clone(),
            url: None,
            rel: None,
            items: items
                .iter()
                .map(|link: &Link| entry(&link.label, &link.url.value))
                .collect(),
        },
    };
    let choices = choices::of(config, prepared.strings(translation), href);
    let site = Site {
        title: config.title.clone(),
        logo: logo(prepared),
        lang: Records {
            prepared,
            translation,
            shelf: &EMPTY,
        }
        .lang(None),
        base: config.base_url.path.clone(),
        base_url: config.base_url.to_string(),
        origin: config.base_url.origin.clone(),
        organization: Value::from_serializable(&config.organization),
        announcement: config
            .announcement
            .as_ref()
            .map(|announcement| Announcement {
                text: announcement.text.clone(),
                label: announcement.link.as_ref().map(|link| link.label.clone()),
                url: announcement.link.as_ref().map(|link| href(&link.url.value)),
            }),
        header: config.header.iter().map(menu).collect(),
        footer: config.footer.iter().map(menu).collect(),
        cookie_preferences: config
            .cookie_preferences
            .as_ref()
            .map(|button| CookiePreferences {
                label: button.label.clone(),
                call: button.call.clone(),
                fallback: button.fallback.as_ref().map(|url| href(&url.value)),
            }),
        choices: choices.clone(),
        opt_out_status: config.honours_signal(),
    };
    let strings: BTreeMap<String, String> = prepared
        .strings(translation)
        .all()
        .map(|(key, words)| (key.to_owned(), words.to_owned()))
        .collect();
    Frame {
        site: site.into(),
        strings: strings.into(),
        choices,
    }
}

/// The logo. A file that is not there is told by the theme.
fn logo(prepared: &Prepared<'_>) -> Option<Logo> {
    let config = &prepared.site.config;
    let find = |path: &Located<String>| prepared.texts.theme.assets.get(&path.value);
    let light = find(config.brand.logo.as_ref()?)?;
    let dark = config.brand.logo_dark.as_ref().and_then(find);
    let size = picture::size(&light.bytes);
    Some(Logo {
        light: light.address.href(&config.base_url),
        dark: dark.map(|asset| asset.address.href(&config.base_url)),
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
    })
}

/// The link relation of a menu's link to a document (RFC 6903).
fn relation(prepared: &Prepared<'_>, url: &str) -> Option<String> {
    let path = prepared.links().document_named(url, "engross.toml")?;
    prepared.site.documents[&path]
        .settings
        .kind
        .relation()
        .map(str::to_owned)
}
