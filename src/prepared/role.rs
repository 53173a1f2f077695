//! What a text is: a version in a language, an undated page, a draft; and so how it is read.

use crate::model::Language;
use crate::model::document::{Document, Draft, Page, TextFile, Version, VersionId};
use crate::outline::Reading;
use crate::words::Notice;

/// A text, and what it is.
#[derive(Clone, Copy)]
pub enum Role<'s> {
    /// A version in a language.
    Version(&'s Document, &'s Version, Option<&'s Language>),
    /// An undated page.
    Page(&'s Page),
    /// The next version of a document.
    Draft(&'s Draft),
}

impl<'s> Role<'s> {
    /// The name of the version, if it is one.
    pub fn id(self) -> Option<VersionId> {
        match self {
            Self::Version(_, version, _) => Some(version.id),
            Self::Page(_) | Self::Draft(_) => None,
        }
    }

    /// Whether two are the same text.
    pub(super) fn is(self, other: Role<'_>) -> bool {
        self.file().path == other.file().path
    }

    /// Whether there is a text of it in its language.
    pub(super) fn is_written(self) -> bool {
        match self {
            Self::Version(_, version, language) => version.text(language).is_some(),
            Self::Page(_) | Self::Draft(_) => true,
        }
    }

    /// The file that holds the text.
    pub fn file(self) -> &'s TextFile {
        match self {
            Self::Version(_, version, translation) => {
                version.text(translation).unwrap_or(&version.original)
            }
            Self::Page(page) => &page.text,
            Self::Draft(draft) => &draft.text,
        }
    }

    /// The language of the text; `None` for the site's first.
    pub fn translation(self) -> Option<&'s Language> {
        match self {
            Self::Version(_, _, translation) => translation,
            Self::Page(page) => page.translation.as_ref(),
            Self::Draft(draft) => draft.translation.as_ref(),
        }
    }

    /// How the text is read.
    pub(crate) fn reading(self) -> Reading<'s> {
        let file = self.file();
        let title = file.front.title.as_deref();
        let plain = Reading {
            numbered: false,
            title,
            notice: Notice::default(),
            draft: false,
            may_be_empty: false,
        };
        match self {
            Self::Version(document, version, translation) => Reading {
                numbered: version
                    .original
                    .front
                    .numbered
                    .unwrap_or(document.settings.numbered),
                // The document's own name is in the site's first language.
                title: title.or(document
                    .settings
                    .title
                    .as_deref()
                    .filter(|_| translation.is_none())),
                notice: notice(version, translation),
                ..plain
            },
            Self::Page(page) => Reading {
                may_be_empty: page.path.is_empty(),
                ..plain
            },
            Self::Draft(draft) => Reading {
                numbered: file.front.numbered.unwrap_or(draft.settings.numbered),
                title: title.or(draft
                    .settings
                    .title
                    .as_deref()
                    .filter(|_| draft.translation.is_none())),
                draft: true,
                ..plain
            },
        }
    }
}

/// What the page of a text says of its version.
fn notice<'s>(version: &'s Version, translation: Option<&Language>) -> Notice<'s> {
    let said = |say| version.said(translation, say).map(String::as_str);
    Notice {
        summary: said(|front| front.summary.as_ref()),
        material: version.original.front.material,
        corrected: version.made(),
        reason: said(|front| front.reason.as_ref()),
    }
}
