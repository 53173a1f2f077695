//! The files in which what is sealed stands, below the site's folder.

use crate::ledger::TextId;

/// The ledger.
pub const LEDGER: &str = "engross.ledger";
/// The folder of the pages as published, and of the words.
pub const RECORDS: &str = "records/";
/// The folder of the checkpoints, with their signatures and time stamps.
pub const CHECKPOINTS: &str = "checkpoints/";

/// The page of a text as it was published: `records/privacy/2022-12-22.en.html`.
pub fn record_path(text: &TextId) -> String {
    format!("{}.html", stem(text))
}

/// The words of a text as they were sealed: `records/privacy/2022-12-22.en.txt`.
pub fn words_path(text: &TextId) -> String {
    format!("{}.txt", stem(text))
}

/// The checkpoint over the first entries of the ledger: `checkpoints/12.txt`.
pub fn checkpoint_path(size: usize) -> String {
    format!("{CHECKPOINTS}{size}.txt")
}

/// What the files of a text are called, its language always named: which language a site has first can change.
fn stem(text: &TextId) -> String {
    let TextId {
        document,
        version,
        language,
    } = text;
    format!("{RECORDS}{document}/{version}.{language}")
}
