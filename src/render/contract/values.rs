//! The values of the theme contract that stand beside its tables: what templates are given by name.

/// One table of the contract: its name, and each field with what it is.
pub struct Table {
    /// The name, as the documentation has it.
    pub name: &'static str,
    /// The fields and what each is.
    pub fields: &'static [(&'static str, &'static str)],
}

/// What stands beside the tables: values that only some templates are given.
pub static VALUES: &[(&str, &str)] = &[
    ("site", "Site: in every template"),
    ("page", "Page: in every template"),
    (
        "t",
        "table of strings: the theme's words in the page's language, in every template",
    ),
    (
        "document",
        "Document or null: in version.html, redline.html, history.html, and page.html where no version is in force or one was withdrawn",
    ),
    (
        "version",
        "Record or null: in version.html and redline.html; on a `since` page the version in force",
    ),
    (
        "previous",
        "Record or null: the version before, in version.html; in redline.html the version that is compared with",
    ),
    ("next", "Record or null: the version after, in version.html"),
    (
        "first",
        "Record or null: of a correction, the version as it was first published, with its changes; in version.html and redline.html",
    ),
    (
        "changes",
        "Changes or null: of the version against the one before, in version.html and redline.html; on a `since` page, of the version in force against it",
    ),
    (
        "versions",
        "list of Record: in history.html, newest first; on a `since` page the latest versions that changed it since, at most 25; else empty",
    ),
    (
        "more",
        "bool: on a `since` page, whether more versions changed it than `versions` has",
    ),
    (
        "sections",
        "list of SectionHistory: in history.html, in the order of the text in force, then what is only to come, then what is gone; else empty",
    ),
    (
        "documents",
        "list of Document: in front.html and 404.html; else empty",
    ),
    (
        "notice",
        "HTML: what the reader must know of the text first, or empty; a page must print it",
    ),
    ("contents", "HTML: the table of contents, or empty"),
    (
        "terms",
        "HTML: a list of the defined terms that the words use, with the clauses that use them; in version.html, or empty",
    ),
    (
        "text",
        "HTML: the words; version.html, redline.html, page.html and front.html must print it",
    ),
    (
        "target",
        "string or null: in redirect.html, the address to go to, with scheme and host",
    ),
];
