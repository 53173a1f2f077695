//! The links by which readers in California exercise their rights, and whether a page has them.

use memchr::memmem;

use super::contract::{Choice, Safe};
use crate::markup::escape::escaped;
use crate::model::config::Config;
use crate::theme::Strings;

/// The links, in the words of a language.
pub(super) fn of(config: &Config, strings: &Strings, href: impl Fn(&str) -> String) -> Vec<Choice> {
    let choices = config.choices().map(|(choice, url)| Choice {
        label: Safe(escaped(strings.get(choice.key()))),
        url: href(&url.value),
        icon: choice.has_icon(),
    });
    choices.collect()
}

impl Choice {
    /// Whether a page has a link to the address that says the words.
    pub(super) fn is_in(&self, page: &[u8]) -> bool {
        let href = format!("href=\"{}\"", escaped(&self.url));
        memmem::find_iter(page, href.as_bytes()).any(|at| {
            let link = &page[at..];
            let link = &link[..memmem::find(link, b"</a>").unwrap_or_default()];
            memmem::find(link, self.label.0.as_bytes()).is_some()
        })
    }
}
