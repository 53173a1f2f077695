//! The site that `engross init` begins with: the files of `skeleton/`, on a day and in a time zone.
//!
//! They are a site as they stand, so that they can be read and tested: its texts are dated [`DAY`],
//! and its days begin in [`ZONE`].

use include_dir::{Dir, include_dir};

use crate::model::Date;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/skeleton");

/// The day on which the texts of the skeleton take effect.
const DAY: &str = "2000-01-01";
/// How the skeleton names its time zone.
const ZONE: &str = "time_zone = \"UTC\"";

/// The files of a new site whose texts take effect on a day, by their paths, sorted.
pub fn files(day: Date, time_zone: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&FILES, &mut found);
    let day = day.to_string();
    let zone = format!("time_zone = \"{time_zone}\"");
    for (path, text) in &mut found {
        *path = path.replace(DAY, &day);
        *text = text.replace(DAY, &day).replace(ZONE, &zone);
    }
    found.sort_unstable();
    found
}

fn collect(folder: &Dir<'_>, found: &mut Vec<(String, String)>) {
    let texts = folder.files().filter_map(|file| {
        let path = file.path().to_str()?.replace('\\', "/");
        Some((path, file.contents_utf8()?.to_owned()))
    });
    found.extend(texts);
    folder.dirs().for_each(|folder| collect(folder, found));
}
