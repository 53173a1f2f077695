//! What a reader must know of a text before reading it: that it no longer applies, not yet, or was
//! corrected. The program makes it, so that no theme can leave it out.

use super::contract::{Changes, Date, Record, Safe, Total};
use super::records::Records;
use crate::markup::escape::{escaped, push, push_href};
use crate::model::document::{Standing, VersionId};
use crate::theme::Strings;

/// What ends a notice.
const END: &str = "</div>\n";

/// The length in characters from which a summary is folded; the default theme does the same.
const LONG_SUMMARY: usize = 320;

/// Notices for pages of one document in one language.
pub(super) struct Notices<'p, 's> {
    pub(super) records: Records<'p, 's>,
    pub(super) path: &'p str,
}

impl Notices<'_, '_> {
    /// For the page of a version.
    pub(super) fn for_version(&self, id: VersionId, record: &Record) -> String {
        let mut out = String::new();
        if id.revision > 1 {
            out.push_str(&self.correction(id, record));
        }
        out.push_str(&match record.standing {
            "upcoming" => self.upcoming(record),
            "superseded" => self.superseded(record),
            "corrected" => self.corrected(id, record),
            _ => String::new(),
        });
        out.push_str(&self.between_languages(id, false));
        out
    }

    /// For the document's own address: what is coming, and in a translation whether it lags behind.
    pub(super) fn for_current(&self, id: VersionId, record: &Record) -> String {
        let archive = &self.records.prepared.archive;
        let Some((_, history)) = archive.document(self.path) else {
            return String::new();
        };
        let mut out = String::new();
        if let Some(in_force) = history.in_force().filter(|in_force| *in_force != id) {
            out.push_str(&self.translation_behind(id, in_force, record));
        } else if id.revision > 1 {
            out.push_str(&self.correction(id, record));
        }
        out.push_str(&self.between_languages(id, true));
        let coming = history.upcoming();
        for record in coming.filter_map(|id| self.records.record_with_changes(self.path, id)) {
            out.push_str(&self.coming(&record));
        }
        out
    }

    /// For the page of what a version changed, or of what has changed up to one.
    pub(super) fn for_redline(&self, id: VersionId, record: &Record, since: bool) -> String {
        if since && record.standing == Standing::InForce.name() {
            // It says that it is in force, and is shown for what came before it.
            return self.between_languages(id, false);
        }
        self.for_version(id, record)
    }

    /// An upcoming version: when it takes effect, what it changes, and where both can be read.
    fn coming(&self, record: &Record) -> String {
        let words = self.fill("notice_coming", &[("{date}", &record.effective)]);
        let found = record.changes.as_ref().filter(|changes| changes.any);
        let mut links = vec![("read_upcoming", record.address.clone())];
        links.extend(found.map(|_| ("read_coming_changes", record.redline.clone())));
        let (more, lang) = match (&record.summary, found) {
            (Some(summary), _) => (escaped(summary), record.summary_lang.0.as_str()),
            (None, Some(changes)) => (counts(changes), ""),
            (None, None) => Default::default(),
        };
        let mut out = self.notice("coming", None, &words, &links);
        if !more.is_empty() {
            let end = out.len() - END.len();
            out.insert_str(end, &self.summary(&more, lang));
        }
        out
    }

    /// What a coming version changes, folded where it would push the text out of sight.
    fn summary(&self, words: &str, lang: &str) -> String {
        if words.chars().count() <= LONG_SUMMARY {
            return format!("<p class=\"summary\"{lang}>{words}</p>");
        }
        let title = escaped(self.strings().get("summary_of_changes"));
        format!(
            "<details class=\"summary\"><summary>{title}</summary><p{lang}>{words}</p></details>"
        )
    }

    /// For a document of which no version is in force.
    pub(super) fn no_record(&self) -> String {
        let archive = &self.records.prepared.archive;
        let strings = self.records.strings();
        let day = Date::new(archive.day(), strings);
        let mut words = self.fill("notice_no_record", &[("{day}", &day)]);
        let Some((_, history)) = archive.document(self.path) else {
            return String::new();
        };
        if let Some(first) = history.first_day() {
            let first = Date::new(first, strings);
            words = format!(
                "{words} {}",
                self.fill("notice_no_record_before", &[("{date}", &first)])
            );
        }
        let coming = history
            .upcoming()
            .filter_map(|id| self.records.record(self.path, id));
        let links: Vec<_> = coming
            .map(|record| ("read_upcoming", record.address.clone()))
            .take(1)
            .collect();
        self.notice("no-record", None, &words, &links)
    }

    fn upcoming(&self, record: &Record) -> String {
        let words = self.fill("notice_upcoming", &[("{date}", &record.effective)]);
        let links = self.in_force_link();
        self.notice("upcoming", Some("upcoming"), &words, &links)
    }

    fn superseded(&self, record: &Record) -> String {
        let until = record.superseded.as_ref().unwrap_or(&record.effective);
        let words = self.fill(
            "notice_superseded",
            &[("{from}", &record.applies_from), ("{until}", until)],
        );
        self.notice(
            "superseded",
            Some("superseded"),
            &words,
            &self.in_force_link(),
        )
    }

    fn corrected(&self, id: VersionId, record: &Record) -> String {
        let archive = &self.records.prepared.archive;
        let by = archive
            .document(self.path)
            .and_then(|(_, history)| history.standing(id)?.by);
        let correction = by.and_then(|by| self.records.record(self.path, by));
        let words = self.corrected_words(id, record);
        let links: Vec<_> = correction
            .iter()
            .map(|r| ("read_corrected", r.address.clone()))
            .collect();
        let mut out = self.notice("corrected", Some("corrected"), &words, &links);
        if record.superseded.is_some() {
            out.push_str(&self.superseded(record));
        }
        out
    }

    /// When a text was corrected for the first time, and why.
    pub(super) fn corrected_words(&self, id: VersionId, record: &Record) -> String {
        let archive = &self.records.prepared.archive;
        let first = archive
            .document(self.path)
            .and_then(|(_, history)| history.first_correction(id))
            .and_then(|id| self.records.record(self.path, id));
        let reason = first.as_deref().map_or_else(String::new, reason);
        let day = record.corrected.as_ref().unwrap_or(&record.effective);
        self.fill("notice_corrected", &[("{date}", day)])
            .replace("{reason}", &reason)
    }

    fn correction(&self, id: VersionId, record: &Record) -> String {
        let day = record.made.as_ref().unwrap_or(&record.effective);
        let dates = [("{effective}", &record.effective), ("{date}", day)];
        let words = self
            .fill("notice_correction", &dates)
            .replace("{reason}", &reason(record));
        let base = &self.records.prepared.site.config.base_url;
        let corrected = self.records.corrects(self.path, id).unwrap_or(id);
        let before = self.records.address(self.path, corrected).href(base);
        self.notice(
            "correction",
            Some("correction"),
            &words,
            &[("read_uncorrected", before)],
        )
    }

    /// For a copy that is kept: of which day it tells, and where a later day is told.
    pub(super) fn copy(&self, record: &Record) -> String {
        let day = Date::new(self.records.prepared.archive.day(), self.strings());
        let mut link = String::from("<a href=\"");
        push_href(&mut link, &record.url);
        link.push_str("\"><bdi>");
        push(&mut link, &record.url);
        link.push_str("</bdi></a>");
        let words = self.fill("notice_copy", &[("{date}", &day)]);
        self.notice("copy", None, &words.replace("{address}", &link), &[])
    }

    /// A link to what applies today, if anything does.
    pub(super) fn in_force_link(&self) -> Vec<(&'static str, String)> {
        let archive = &self.records.prepared.archive;
        if archive.shown(self.path, None).is_none() {
            return Vec::new();
        }
        let base = &self.records.prepared.site.config.base_url;
        vec![(
            "read_in_force",
            self.records.in_force_address(self.path).href(base),
        )]
    }

    /// A sentence of the theme with dates in it.
    pub(super) fn fill(&self, key: &str, dates: &[(&str, &Date)]) -> String {
        let sentence = escaped(self.strings().get(key));
        dates.iter().fold(sentence, |words, (slot, date)| {
            words.replace(slot, &date.html.0)
        })
    }

    fn strings(&self) -> &Strings {
        self.records.strings()
    }

    pub(super) fn notice(
        &self,
        class: &str,
        label: Option<&str>,
        words: &str,
        links: &[(&str, String)],
    ) -> String {
        let mut out = format!("<div class=\"notice notice-{class}\" role=\"note\"><p>");
        if let Some(label) = label {
            out.push_str("<strong>");
            push(&mut out, self.strings().get(label));
            out.push_str(".</strong> ");
        }
        out.push_str(words);
        for (key, href) in links {
            out.push_str(" <a href=\"");
            push_href(&mut out, href);
            out.push_str("\">");
            push(&mut out, self.strings().get(key));
            out.push_str("</a>");
        }
        out.push_str("</p>");
        out.push_str(END);
        out
    }
}

/// Why a correction was made.
fn reason(record: &Record) -> String {
    let words = record.reason.as_deref().unwrap_or_default();
    said(words, &record.reason_lang)
}

/// Somebody's own words at the end of a sentence, with the attributes of their language. They end as a
/// sentence does, so that they do not run into what follows.
pub(super) fn said(words: &str, lang: &Safe) -> String {
    let words = format!("{}{}", escaped(words), full_stop(words));
    match lang.0.as_str() {
        "" => words,
        lang => format!("<span{lang}>{words}</span>"),
    }
}

/// What words lack to be a sentence.
fn full_stop(words: &str) -> &'static str {
    let closing = |c: char| c.is_whitespace() || ")]\"'”’»›」』）".contains(c);
    match words.trim_end_matches(closing).chars().next_back() {
        Some(last) if ".!?…:;。！？．؟۔।".contains(last) => "",
        Some('\u{2e80}'..='\u{9fff}') => "。",
        Some(_) => ".",
        None => "",
    }
}

/// How much changed, in a line.
fn counts(changes: &Changes) -> String {
    let count =
        |total: &Total| format!("{} <strong>{}</strong>", escaped(&total.label), total.count);
    let all: Vec<String> = changes.totals.iter().map(count).collect();
    all.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::full_stop;

    #[test]
    fn words_end_as_a_sentence() {
        for whole in [
            "A mistake.",
            "Why?",
            "“No!”",
            "A word (or two.)",
            "误发。",
            "",
        ] {
            assert_eq!(full_stop(whole), "", "{whole}");
        }
        for open in ["A mistake", "Art. 6 (1)", "see “Fees”", "v1.2"] {
            assert_eq!(full_stop(open), ".", "{open}");
        }
        assert_eq!(full_stop("误发"), "。");
    }
}
