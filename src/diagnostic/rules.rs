//! Every rule a source can break: its stable name, how bad that is, and why the rule exists.

use super::Severity;

/// A rule. Its name never changes once released: configurations and reports rest on it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable name, as reports print it.
    pub name: &'static str,
    /// How bad breaking it is.
    pub severity: Severity,
    /// Why it exists.
    pub why: &'static str,
}

macro_rules! rules {
    ($($constant:ident = $severity:ident $name:literal, $why:literal;)*) => {
        $(
            #[doc = $why]
            pub static $constant: Rule =
                Rule { name: $name, severity: Severity::$severity, why: $why };
        )*
        /// All rules, in the order of the documentation.
        pub static ALL: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    // Reading files
    NO_CONFIGURATION = Error "no-configuration",
        "a site is a folder with an engross.toml; without it nothing says what the site is called or where it lives";
    UNREADABLE = Error "unreadable",
        "a text that cannot be read would be missing from the site without a word";
    DANGLING_SYMLINK = Error "dangling-symlink",
        "the file that the link stands for is not there, so its text would be missing";
    ESCAPING_SYMLINK = Error "escaping-symlink",
        "what lies outside the site's folder is not part of its history, and differs from machine to machine";
    INVALID_UTF8 = Error "invalid-utf8",
        "a text whose bytes are not UTF-8 cannot be published as it was written";
    CONTROL_CHARACTER = Error "control-character",
        "control characters do not show in an editor, and are not allowed in HTML";
    BAD_FILE_NAME = Error "bad-file-name",
        "a version's file name is its effective date, and a folder's name is its address: both must be exact";
    IMPOSSIBLE_DATE = Error "impossible-date",
        "a legal text must say a day that exists";
    STRAY_FILE = Warning "stray-file",
        "files of this kind are not published, and nothing else reads them";

    // Configuration and front matter
    TOML_SYNTAX = Error "toml-syntax",
        "the rest of the table cannot be trusted after a syntax error";
    UNKNOWN_KEY = Error "unknown-key",
        "a misspelt key would silently do nothing";
    MISSING_KEY = Error "missing-key",
        "there is no value to fall back on";
    WRONG_TYPE = Error "wrong-type",
        "the value would not mean what it says";
    BAD_VALUE = Error "bad-value",
        "the value is not one that can be used";
    FRONT_MATTER = Error "front-matter",
        "the front matter says what a version is; its end must be certain";

    // Documents and versions
    NO_TITLE = Error "no-title",
        "every page needs a title for readers, search engines and screen readers";
    NO_VERSION = Error "no-version",
        "a document is a series of dated texts; without one there is nothing to publish";
    ORPHAN_TRANSLATION = Error "orphan-translation",
        "a translation follows an original, which says what the version is";
    TRANSLATION_LAGS = Warning "translation-lags",
        "readers of the translation would rely on words that the original does not say any more";
    ORIGINAL_UNNAMED = Warning "original-unnamed",
        "when the original changes, nobody would notice that the translation does not follow it any more";
    GOVERNING_TEXT_MISSING = Warning "governing-text-missing",
        "the site says that one language governs, and readers of the version find no text in it";
    CORRECTION = Error "correction",
        "a correction must say what it corrects, since when, and why, or nobody can rely on the record";
    RETROACTIVE = Warning "retroactive",
        "a text cannot bind before anybody could read it: it counts from the day it was published";
    NO_SUMMARY = Warning "no-summary",
        "the first thing that a reader asks of a new version is what changed, and nobody can say it better than its author";
    TITLE_AMBIGUOUS = Warning "title-ambiguous",
        "two titles for one page: readers see both";
    EMPTY_TEXT = Error "empty-text",
        "a version without words would be published as an empty page";
    TO_FILL_IN = Warning "to-fill-in",
        "readers would find a gap where the text has to tell them something";

    // Addresses and links
    SAME_ADDRESS = Error "same-address",
        "one of the two would be overwritten without a word";
    BAD_ADDRESS = Error "bad-address",
        "hosts differ in how they treat such names; an address must work everywhere, for ever";
    DEAD_LINK = Error "dead-link",
        "a reader who follows it finds nothing; a dead link in a legal text can void the clause that rests on it";
    ANCHOR_GONE = Warning "anchor-gone",
        "links to the section, also those on other people's pages, would end at the top of the page without a word";
    FORBIDDEN_LINK = Error "forbidden-link",
        "links of this kind can run code or load a document that nobody reviewed";

    // Text
    DUPLICATE_ANCHOR = Error "duplicate-anchor",
        "a link to it could mean either place";
    REPEATED_HEADING = Warning "repeated-heading",
        "the anchor got a number that changes when headings are added, which breaks links to the clause";
    RAW_HTML = Error "raw-html",
        "only a few harmless elements pass: anything else could change what the page says or does";
    UNBALANCED_HTML = Error "unbalanced-html",
        "an element that is not closed where it was opened would swallow the clauses after it";
    NESTED_TOO_DEEP = Error "nested-too-deep",
        "nobody can follow it, and it is usually a slip of the keyboard";
    UNDEFINED_FOOTNOTE = Error "undefined-footnote",
        "the reference would lead nowhere";
    UNUSED_FOOTNOTE = Warning "unused-footnote",
        "nothing leads to the note, so nobody will read it";
    DUPLICATE_FOOTNOTE = Error "duplicate-footnote",
        "a reference could mean either note";
    PLACEHOLDER = Error "placeholder",
        "a placeholder that has no value would be published as gaps or braces in a legal text";
    UNKNOWN_CLAUSE = Error "unknown-clause",
        "the shared words would be missing from the text";
    CLAUSE_CYCLE = Error "clause-cycle",
        "clauses that contain each other have no end";
    CLAUSE_LANGUAGE = Warning "clause-language",
        "readers of the translation get these words in the original language";

    // Theme
    NO_THEME = Error "no-theme",
        "without its theme the site cannot be rendered";
    TEMPLATE = Error "template",
        "a page that cannot be rendered whole is not published at all";
    TEMPLATE_DROPS_TEXT = Error "template-drops-text",
        "a theme wraps what a document says; it cannot leave it out";
    MISSING_STRING = Error "missing-string",
        "the page would mix languages or have unlabelled parts";
    MISSING_ASSET = Error "missing-asset",
        "the page would ask for a file that is not there";
    LOW_CONTRAST = Error "low-contrast",
        "readers with weak eyes, or a phone in the sun, could not read the links";

    // Rights of readers in California
    CALIFORNIA_LINK = Error "california-link",
        "readers exercise these rights by a link that the law wants on every page; without it they cannot";
    CALIFORNIA_CONTRADICTION = Error "california-contradiction",
        "readers would be offered a choice that the site says is not needed, or one choice twice";
    STATUTORY_WORDS = Error "statutory-words",
        "the law fixes these words to the letter; other words are not what it asks for";
    OPT_OUT_SIGNAL = Warning "opt-out-signal",
        "whoever sells or shares personal information has to act on the signals that browsers send, and to say so";

    // Ledger
    LEDGER_BROKEN = Error "ledger-broken",
        "a ledger proves what was published only while nobody can edit, cut or reorder it unnoticed";
    CHECKPOINT_BROKEN = Error "checkpoint-broken",
        "a checkpoint says what the ledger held on a day; where the two do not agree, one of them was changed";
    CHECKPOINT_MISSING = Error "checkpoint-missing",
        "without a checkpoint over all of it, nobody could tell that the end of a ledger was cut off";
    RECORD_CHANGED = Error "record-changed",
        "the record is the page as it was published: it proves nothing once it can be replaced";
    RECORD_WITHOUT_ENTRY = Error "record-without-entry",
        "a record that nothing seals is one whose entry was taken out of the ledger, or one that was added";
    SEALED_TEXT_CHANGED = Error "sealed-text-changed",
        "people have relied on the words that were published; other words are another version";
    SEALED_TEXT_GONE = Error "sealed-text-gone",
        "what was published cannot be unpublished in silence";
    WITHDRAWN_TEXT_KEPT = Error "withdrawn-text-kept",
        "what was taken back would be published as if it had not been, with any words";
    SEALED_SOURCE_CHANGED = Warning "sealed-source-changed",
        "a published text reads the same, but its file is not the one that was sealed";
    NOT_SEALED = Error "not-sealed",
        "a text that is published and not sealed could be changed without anybody noticing";
    SIGNATURE_WRONG = Error "signature-wrong",
        "a signature that does not hold says that the checkpoint is not the one that somebody stood for";
    SIGNER_NOT_ALLOWED = Error "signer-not-allowed",
        "whoever writes the ledger anew can sign it, too; only a key that you know says who stands for it";
    SIGNATURE_UNKNOWN = Warning "signature-unknown",
        "a signature proves who stands for the ledger only if it can be checked";
    TIMESTAMP_WRONG = Error "timestamp-wrong",
        "a time stamp that is not for the checkpoint proves nothing of when the ledger was there";

    // Published folder
    PUBLISHED_CHANGED = Error "published-changed",
        "whoever reads the site relies on what is published, and this is not what was published";
    PUBLISHED_MISSING = Error "published-missing",
        "what was published stays at its address for ever, so that others can hold you to it";
    PUBLISHED_UNPROVED = Error "published-unproved",
        "whoever changes a page can name another version of the program, too; what is not proved does not match";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let names: BTreeSet<&str> = ALL.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), ALL.len());
        assert!(names.iter().all(|n| {
            n.chars()
                .all(|c| c.is_ascii_lowercase() || "-8".contains(c))
        }));
    }
}
