//! Feeds: what has happened to a document, or to any document of the site, as Atom (RFC 4287).

use super::events::{Event, Kind};
use super::records::{Records, label};
use super::shelf::EMPTY;
use crate::markup::escape::{push, push_attribute};
use crate::model::config::BaseUrl;
use crate::model::document::FrontMatter;
use crate::model::{Date, Language, Value};
use crate::prepared::Prepared;
use crate::urls::Address;

/// How many events the feed of the site tells. It is news; the feed of a document is a record, and
/// tells all.
const MOST_IN_SITE: usize = 100;

const ATOM: &str = "application/atom+xml";

/// The feed of a document, or of the site where there is none.
pub(super) fn render(
    prepared: &Prepared<'_>,
    path: Option<&str>,
    translation: Option<&Language>,
) -> String {
    let records = Records {
        prepared,
        translation,
        shelf: &EMPTY,
    };
    let mut events = records.events(path);
    if path.is_none() {
        events.truncate(MOST_IN_SITE);
    }
    let mut feed = Feed {
        records,
        xml: Xml::default(),
    };
    feed.write(path, &events);
    feed.xml.0
}

struct Feed<'p, 's> {
    records: Records<'p, 's>,
    xml: Xml,
}

impl Feed<'_, '_> {
    fn write(&mut self, path: Option<&str>, events: &[Event<'_>]) {
        let language = self.tag(self.records.translation);
        let root = [
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xml:lang", language),
        ];
        self.xml.begin();
        self.xml.open("feed", &root);
        self.head(path, events);
        for event in events {
            self.entry(event);
        }
        self.xml.close("feed");
    }

    fn head(&mut self, path: Option<&str>, events: &[Event<'_>]) {
        let Records {
            prepared,
            translation,
            ..
        } = self.records;
        let config = &prepared.site.config;
        let own = self.records.feed(path);
        let updated = events.iter().map(|event| event.updated).max();
        // The address of a feed is a promise, and so a name.
        self.xml.words("id", &[], &own.url);
        let original = [("xml:lang", self.tag(None))];
        let is_original = !own.title_lang.0.is_empty();
        let attributes = &original[..usize::from(is_original)];
        self.xml.words("title", attributes, &own.title);
        self.day("updated", updated.unwrap_or(prepared.archive.day()));
        let name = config.organization.get("name").and_then(Value::as_str);
        self.xml.open("author", &[]);
        self.xml.words("name", &[], name.unwrap_or(&config.title));
        self.xml.close("author");
        let link = [("rel", "self"), ("type", ATOM), ("href", &own.url)];
        self.xml.empty("link", &link);
        let about = match path {
            Some(path) => Address::history(path, translation),
            None => Address::front(translation),
        };
        self.link("alternate", &about, translation, None);
        // Without its version: another program that writes the same feed changes no byte of it.
        self.xml.words("generator", &[], "Engross");
    }

    fn entry(&mut self, event: &Event<'_>) {
        let (records, path) = (self.records, event.path);
        self.xml.open("entry", &[]);
        self.xml.words("id", &[], &self.id(event));
        self.xml.words("title", &[], &self.title(event));
        self.day("published", event.day);
        self.day("updated", event.updated);
        let text = records.address(path, event.text);
        let language = records.language_of(path, event.text);
        self.link("alternate", &text, language, None);
        self.redline(event);
        self.categories(event);
        self.summary(event);
        self.xml.close("entry");
    }

    /// A name for the entry that no build, title or order changes (RFC 4151): the host, the day on
    /// which the version became public, and its address.
    fn id(&self, event: &Event<'_>) -> String {
        let base = &self.records.prepared.site.config.base_url;
        let public = self.records.public(event.path, event.version);
        let day = public.unwrap_or(event.day);
        let address = Address::version(event.path, event.version, self.records.translation);
        let path = address.href(base);
        let path = path.trim_end_matches('/');
        let fragment = match event.kind {
            Kind::Announced => "#announced",
            Kind::TookEffect | Kind::Added | Kind::Corrected => "",
        };
        format!("tag:{},{day}:{path}{fragment}", authority(base))
    }

    fn title(&self, event: &Event<'_>) -> String {
        let records = self.records;
        let prepared = records.prepared;
        let language = records.language_of(event.path, event.version);
        let text = prepared.archive.text(event.path, event.version, language);
        let title = text.map_or("", |text| &prepared.outline(text).title);
        let strings = records.strings();
        let (key, day) = match event.kind {
            Kind::Announced => ("feed_announced", event.version.effective),
            Kind::TookEffect => ("feed_took_effect", event.day),
            Kind::Added => ("feed_added", event.version.effective),
            Kind::Corrected => ("feed_corrected", event.version.effective),
        };
        let sentence = strings.get(key).replace("{date}", &strings.date(day));
        sentence.replace("{title}", title)
    }

    /// A link to what the version changed. The first changed nothing.
    fn redline(&mut self, event: &Event<'_>) {
        let records = self.records;
        let history = records.prepared.archive.document(event.path);
        if history.is_none_or(|(_, history)| history.neighbours(event.version).0.is_none()) {
            return;
        }
        let language = records.language_of(event.path, event.version);
        let redline = Address::redline(event.path, event.version, language);
        let title = records.strings().get("summary_of_changes");
        self.link("related", &redline, language, Some(title));
    }

    fn categories(&mut self, event: &Event<'_>) {
        let strings = self.records.strings();
        let standing = event.kind.standing();
        let mut category = |term, key| {
            let attributes = [("term", term), ("label", strings.get(key))];
            self.xml.empty("category", &attributes);
        };
        category(standing.name(), label(standing));
        let archive = &self.records.prepared.archive;
        let version = archive.version(event.path, event.version);
        if version.is_some_and(|version| version.original.front.material) {
            category("material", "material_change");
        }
    }

    /// What the publisher says of the change; of a correction, why it was made.
    fn summary(&mut self, event: &Event<'_>) {
        let records = self.records;
        let archive = &records.prepared.archive;
        let words = |language| {
            let text = archive.text(event.path, event.version, language)?;
            Some((said(&text.front, event.kind)?, language))
        };
        let own = words(records.translation);
        let Some((words, language)) = own.or_else(|| words(None)) else {
            return;
        };
        let tag = self.tag(language);
        let mut attributes = vec![("type", "text")];
        if language != records.translation {
            attributes.push(("xml:lang", tag));
        }
        self.xml.words("summary", &attributes, words);
    }

    fn link(
        &mut self,
        rel: &str,
        address: &Address,
        language: Option<&Language>,
        title: Option<&str>,
    ) {
        let url = address.url(&self.records.prepared.site.config.base_url);
        let tag = self.tag(language);
        let mut attributes = vec![("rel", rel), ("type", "text/html"), ("hreflang", tag)];
        attributes.extend(title.map(|title| ("title", title)));
        attributes.push(("href", &url));
        self.xml.empty("link", &attributes);
    }

    /// A day as Atom has it: its midnight in UTC, for what is known is a day.
    fn day(&mut self, name: &str, day: Date) {
        self.xml.words(name, &[], &format!("{day}T00:00:00Z"));
    }
}

impl<'p> Feed<'p, '_> {
    /// The tag of a language; `None` is the site's first.
    fn tag(&self, language: Option<&'p Language>) -> &'p str {
        let first = self.records.prepared.site.config.default_language();
        language.unwrap_or(first).as_str()
    }
}

fn said(front: &FrontMatter, kind: Kind) -> Option<&str> {
    match kind {
        Kind::Corrected => front.reason.as_deref(),
        Kind::Announced | Kind::TookEffect | Kind::Added => front.summary.as_deref(),
    }
}

/// The host without its port, which a tag has no room for, and without the colons of an IPv6 address.
fn authority(base: &BaseUrl) -> String {
    let host = base.origin.split_once("://").map_or("", |(_, host)| host);
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    };
    let name = name.replace([':', '[', ']'], "-");
    name.trim_matches('-').to_owned()
}

/// Writes elements, one a line. No character that XML forbids comes here, for no source may hold one.
#[derive(Default)]
struct Xml(String);

impl Xml {
    fn begin(&mut self) {
        self.0
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.0.push_str(">\n");
    }

    fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.0.push_str("/>\n");
    }

    fn words(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) {
        self.start(name, attributes);
        self.0.push('>');
        push(&mut self.0, words);
        self.close(name);
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            push_attribute(&mut self.0, value);
            self.0.push('"');
        }
    }
}
