//! What a reader must know of a text that there is in several languages: which of them governs, and
//! whether a translation says what its original says.

use super::contract::Record;
use super::notice::Notices;
use crate::markup::escape::escaped;
use crate::model::Language;
use crate::model::document::VersionId;
use crate::urls::Address;

impl Notices<'_, '_> {
    /// For each page that shows words of a version: that the original has other words by now, and that
    /// the text in another language governs. `current` at the document's own address.
    pub(super) fn between_languages(&self, id: VersionId, current: bool) -> String {
        self.lagging(id, current) + &self.governing(id, current)
    }

    /// For a translation of what is not in force any more, or was corrected since.
    pub(super) fn translation_behind(
        &self,
        id: VersionId,
        in_force: VersionId,
        record: &Record,
    ) -> String {
        let original = self.records.href(&Address::document(self.path, None));
        if in_force.effective == id.effective {
            let words = self.corrected_words(id, record);
            return self.notice("translation", None, &words, &[("read_corrected", original)]);
        }
        let words = self.fill(
            "notice_translation_behind",
            &[("{date}", &record.effective)],
        );
        self.notice("translation", None, &words, &[("read_original", original)])
    }

    /// For a translation whose original has other words than those that it follows.
    fn lagging(&self, id: VersionId, current: bool) -> String {
        let language = self.records.translation;
        let followed = self.records.prepared.followed(self.path, id, language);
        if followed.and_then(|followed| followed.lags()) != Some(true) {
            return String::new();
        }
        let original = self.records.href(&self.same(id, None, current));
        let words = self.fill("notice_translation_lags", &[]);
        self.notice(
            "translation",
            None,
            &words,
            &[("read_original_of_this", original)],
        )
    }

    /// Where the text in another language governs, and is there.
    fn governing(&self, id: VersionId, current: bool) -> String {
        let prepared = self.records.prepared;
        let document = prepared.site.documents.get(self.path);
        let governing = document.and_then(|document| prepared.site.governing(document));
        let other = governing.filter(|language| *language != self.records.translation);
        let there = other.filter(|other| prepared.archive.is_public(self.path, id, *other));
        let Some(language) = there else {
            return String::new();
        };
        let name = escaped(&prepared.strings(language).name);
        let lang = self.records.lang(language).0;
        let words = self
            .fill("notice_governing", &[])
            .replace("{language}", &format!("<span{lang}>{name}</span>"));
        let text = self.records.href(&self.same(id, language, current));
        self.notice("governing", None, &words, &[("read_governing", text)])
    }

    /// A version in another language: at the document's own address, as the reader is, if that shows it.
    fn same(&self, id: VersionId, language: Option<&Language>, current: bool) -> Address {
        let shown = self.records.prepared.archive.shown(self.path, language);
        if current && shown == Some(id) {
            Address::document(self.path, language)
        } else {
            Address::version(self.path, id, language)
        }
    }
}
