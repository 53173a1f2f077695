//! The theme contract: everything that a template is given, by name and type.
//!
//! The documentation in `docs/themes.md` is held against these tables by a test.

#![expect(
    clippy::doc_markdown,
    reason = "the field docs are also the words of docs/themes.md"
)]

mod html;
mod shared;
mod values;

use tera::{Map, Value};

pub use html::Safe;
pub use shared::Shared;
pub use values::{Table, VALUES};

macro_rules! contract {
    ($( $(#[doc = $about:literal])+ $name:ident { $( #[doc = $doc:literal] $field:ident: $type:ty, )* } )*) => {
        $(
            $(#[doc = $about])+
            #[derive(Clone, Debug)]
            pub struct $name { $( #[doc = $doc] pub $field: $type, )* }

            impl From<$name> for Value {
                fn from(table: $name) -> Self {
                    let mut map = Map::new();
                    $( map.insert(stringify!($field).into(), table.$field.into()); )*
                    map.into()
                }
            }
        )*
        /// All tables of the contract.
        pub static TABLES: &[Table] = &[
            $( Table { name: stringify!($name), fields: &[ $( (stringify!($field), $doc.trim_ascii()) ),* ] } ),*
        ];
    };
}

contract! {
    /// What every template is given of the site, as `site`.
    Site {
        /// string: the site's name
        title: String,
        /// Logo or null: the picture that stands for the name
        logo: Option<Logo>,
        /// HTML: attributes for an element with words of the configuration, here and below, where they are in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        lang: Safe,
        /// string: the path under which the site lives, `/` or `/legal/`
        base: String,
        /// string: the address of the site with scheme and host, `https://example.com/legal/`
        base_url: String,
        /// string: scheme and host alone, `https://example.com`: before an address with the site's base it makes the whole one
        origin: String,
        /// table: `name`, and whatever else `[organization]` says
        organization: Value,
        /// Announcement or null: the bar above the header
        announcement: Option<Announcement>,
        /// list of MenuEntry: the menus of the header
        header: Vec<MenuEntry>,
        /// list of MenuEntry: the links of the footer
        footer: Vec<MenuEntry>,
        /// CookiePreferences or null: the button that opens the consent tool
        cookie_preferences: Option<CookiePreferences>,
        /// list of Choice: the links by which readers in California exercise their rights; every page must print them
        choices: Vec<Choice>,
        /// bool: whether pages say if the reader's browser sends an opt-out preference signal, which the site honours
        opt_out_status: bool,
    }
    /// The picture that stands for the site's name.
    Logo {
        /// string: the address of the picture for light paper
        light: String,
        /// string or null: the address of the one for dark paper
        dark: Option<String>,
        /// integer or null: its width, for the attribute; null where it is not known
        width: Option<u64>,
        /// integer or null: its height
        height: Option<u64>,
    }
    /// The bar above the header.
    Announcement {
        /// string: what it says
        text: String,
        /// string or null: the words of its link
        label: Option<String>,
        /// string or null: where its link leads
        url: Option<String>,
    }
    /// An entry of a menu: a link, or a menu of links.
    MenuEntry {
        /// string: the words
        label: String,
        /// string or null: where it leads; null for a menu
        url: Option<String>,
        /// string or null: the link relation (RFC 6903)
        rel: Option<String>,
        /// list of MenuEntry: the links of a menu; empty for a link
        items: Vec<MenuEntry>,
    }
    /// The button that opens the consent tool.
    CookiePreferences {
        /// string: the button's words
        label: String,
        /// string: the dotted name of the JavaScript function to call
        call: String,
        /// string or null: where readers without JavaScript are led
        fallback: Option<String>,
    }
    /// A link by which readers in California exercise a right.
    Choice {
        /// HTML: its words, which the law fixes; the theme's, in the language of the page
        label: Safe,
        /// string: where it leads
        url: String,
        /// bool: whether the opt-out icon has to stand beside it (11 CCR 7015(b))
        icon: bool,
    }
    /// What every template is given of the page, as `page`.
    Page {
        /// string: `front`, `current`, `version`, `history`, `redline`, `since`, `page`, `no-record`, `withdrawn`, `not-found` or `redirect`
        kind: &'static str,
        /// string: the page's title; of a `withdrawn` page the name of its document
        title: String,
        /// HTML: attributes for the element with `title` where that is in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        title_lang: Safe,
        /// string or null: a sentence about it for search engines
        description: Option<String>,
        /// Language: the language of the page
        language: Language,
        /// string: its address, with the site's base
        address: String,
        /// string: the same with scheme and host
        url: String,
        /// string: the address of the front page in this language
        home: String,
        /// bool: whether search engines are asked to leave it out
        noindex: bool,
        /// list of Relation: for `<link>` in the head (RFC 5829 and `canonical`)
        relations: Vec<Relation>,
        /// list of Alternate: for `<link>` in the head: the page in each language that has it; empty when there is one only
        alternates: Vec<Alternate>,
        /// list of Alternate: for a switch of languages: the page in each language, and where it is not there in one, the document's own page in it, or else its history; empty when there is one only
        languages: Vec<Alternate>,
        /// string or null: the address for readers of any other language
        x_default: Option<String>,
        /// list of Feed: for `<link>` in the head: of a document's page its own, then the site's; of the front page the site's; else empty
        feeds: Vec<Feed>,
    }
    /// A feed that the page names (RFC 4287).
    Feed {
        /// string: its title
        title: String,
        /// HTML: attributes for the element with `title` where that is in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        title_lang: Safe,
        /// string: its address, with the site's base
        address: String,
        /// string: the same with scheme and host
        url: String,
    }
    /// A language.
    Language {
        /// string: its BCP 47 tag
        code: String,
        /// string: its own name
        name: String,
        /// string: `ltr` or `rtl`
        dir: String,
    }
    /// A link relation of the page.
    Relation {
        /// string: `canonical`, `version-history`, `latest-version`, `predecessor-version` or `successor-version`
        rel: &'static str,
        /// string: the address, with scheme and host
        href: String,
    }
    /// The page in another language, or in this one.
    Alternate {
        /// string: the language's tag
        code: String,
        /// string: the language's own name
        name: String,
        /// string: `ltr` or `rtl`
        dir: String,
        /// string: the address of the page in it
        href: String,
        /// string: the same with scheme and host
        url: String,
        /// bool: whether this is the language of the page
        current: bool,
    }
    /// The document that a page belongs to, as `document`.
    Document {
        /// string: its title
        title: String,
        /// HTML: attributes for the element with `title` where that is in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        title_lang: Safe,
        /// string: `privacy-policy`, `terms-of-service` … as in document.toml
        kind: &'static str,
        /// string: the address of the text in force
        address: String,
        /// string: the address of its history
        history: String,
        /// string: the address of its feed
        feed: String,
        /// DocumentLink or null: the document that it supplements
        supplements: Option<DocumentLink>,
        /// list of DocumentLink: the documents that supplement it
        supplemented_by: Vec<DocumentLink>,
        /// Record or null: the version in force
        in_force: Option<Shared>,
        /// list of Record: what is coming, next first
        upcoming: Vec<Shared>,
    }
    /// Another document.
    DocumentLink {
        /// string: its title
        title: String,
        /// HTML: attributes for the element with `title` where that is in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        title_lang: Safe,
        /// string: its address
        address: String,
    }
    /// A version, as `version`, and in lists.
    Record {
        /// string: its name, `2022-12-22` or `2022-12-22.r2`
        id: String,
        /// string: its title
        title: String,
        /// HTML: attributes for the element with `title` where that is in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        title_lang: Safe,
        /// string: `in-force`, `upcoming`, `superseded` or `corrected`
        standing: &'static str,
        /// string: the standing in words
        standing_label: String,
        /// Date: from when it applies
        effective: Date,
        /// Date: from when it was or is in force: the effective date, or the published one if that is later
        applies_from: Date,
        /// Date: when it was published; of a correction, when the text it corrects was
        published: Date,
        /// Date or null: from when it was superseded
        superseded: Option<Date>,
        /// Date or null: when this text was corrected for the first time; of a correction that was not corrected itself, when it was made
        corrected: Option<Date>,
        /// Date or null: of a correction, when it was made
        made: Option<Date>,
        /// string or null: of a correction, the name of what it corrects
        correction_of: Option<String>,
        /// string or null: of a correction, why it was made
        reason: Option<String>,
        /// HTML: attributes for the element with `reason` where that is in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        reason_lang: Safe,
        /// string or null: what it changed
        summary: Option<String>,
        /// HTML: attributes for the element with `summary` where that is in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        summary_lang: Safe,
        /// bool: whether the change is material
        material: bool,
        /// string: its permanent address
        address: String,
        /// string: the same with scheme and host
        url: String,
        /// string: the address of what it changed against the version before
        redline: String,
        /// string or null: the address of what has changed from it to the version in force; null while it is upcoming
        since: Option<String>,
        /// Sealed or null: what is sealed of it; null where it is not
        sealed: Option<Sealed>,
        /// Changes or null: what it changed against the version before, in history.html and of `first` only
        changes: Option<Changes>,
    }
    /// A version that is sealed: recorded in the ledger, so that it cannot change in silence.
    Sealed {
        /// Date: when it was sealed
        day: Date,
        /// string: the address of its page as it was sealed
        record: String,
        /// string: the address of its words as they were sealed
        words: String,
        /// string: the digest of its words, `sha256:` and 64 digits
        digest: String,
    }
    /// What changed between two versions, in short.
    Changes {
        /// bool: whether anything changed at all
        any: bool,
        /// list of Total: how much changed; what did not occur is left out
        totals: Vec<Total>,
        /// list of ChangedClause: the sections that are not as they were, in the order of the redline
        clauses: Vec<ChangedClause>,
        /// list of Renamed: the terms that have another name throughout
        renames: Vec<Renamed>,
        /// list of Redefined: the terms that mean something else now
        redefined: Vec<Redefined>,
    }
    /// How much of one kind changed.
    Total {
        /// string: what is counted, in words
        label: String,
        /// integer: how many
        count: u64,
    }
    /// A section that is not as it was.
    ChangedClause {
        /// string: its heading, or words for what stands before the first section and for the footnotes
        title: String,
        /// HTML: attributes for the element with `title` where that is in another language than the page: ` lang="en"`, and ` dir` where it differs; else empty
        title_lang: Safe,
        /// string or null: its number
        number: Option<String>,
        /// string: its anchor on the page of the redline
        anchor: String,
        /// string or null: what became of it, in words: new, removed, moved, a part of it moved elsewhere; or what changed beside its words
        what: Option<String>,
        /// string or null: the heading that it had
        was: Option<String>,
        /// integer: the words inserted in it
        inserted: u64,
        /// integer: the words deleted in it
        deleted: u64,
    }
    /// A term that has another name.
    Renamed {
        /// string: the name that it had
        old: String,
        /// string: the name that it has
        new: String,
    }
    /// A term that means something else now, or is one only now.
    Redefined {
        /// string: the term
        term: String,
        /// bool: whether the text before used the name and did not define it
        newly: bool,
        /// string or null: the anchor of the section that defines it
        anchor: Option<String>,
        /// list of Reference: the sections that use it though their words did not change
        clauses: Vec<Reference>,
    }
    /// A section of a text.
    Reference {
        /// string: its heading
        title: String,
        /// string: its anchor
        anchor: String,
    }
    /// A section through the versions of its document.
    SectionHistory {
        /// string: its heading
        title: String,
        /// string or null: its number
        number: Option<String>,
        /// string: its anchor
        anchor: String,
        /// string: where it is: in the text in force, or else in the latest version that has it
        address: String,
        /// string: `in-force`, `upcoming` where only a version to come has it, or `gone`
        place: &'static str,
        /// list of VersionRange: the versions that have it, oldest first; several where it was gone in between
        versions: Vec<VersionRange>,
        /// SectionChange or null: its latest change up to the version in force; null while it is only to come
        changed: Option<SectionChange>,
        /// SectionChange or null: its first change after the version in force
        coming: Option<SectionChange>,
    }
    /// Versions that follow one another.
    VersionRange {
        /// string: the name of the first of them
        first: String,
        /// string or null: the name of the last of them; null where it is one version only
        last: Option<String>,
    }
    /// What a version changed in a section.
    SectionChange {
        /// string: the name of the version, `2022-12-22` or `2022-12-22.r2`
        version: String,
        /// string: the address of the change
        address: String,
        /// string or null: what became of it as a whole, in words: new, removed
        what: Option<String>,
    }
    /// A day.
    Date {
        /// string: `2022-12-22`
        iso: String,
        /// string: written out in the language of the page
        words: String,
        /// HTML: the same in a `<time>`
        html: Safe,
    }
}
