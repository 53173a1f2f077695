//! Reads Atom feeds, and holds them against RFC 4287.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// An element with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) words: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    pub(crate) fn all(&self, name: &str) -> Vec<&Element> {
        let named = |child: &&Element| child.name == name;
        self.children.iter().filter(named).collect()
    }

    /// The words of the only child of a name.
    pub(crate) fn one(&self, name: &str) -> &str {
        let found = self.all(name);
        assert_eq!(found.len(), 1, "{name} in {self:?}");
        &found[0].words
    }

    pub(crate) fn attribute(&self, name: &str) -> &str {
        &self.attributes[name]
    }

    /// The links of a relation.
    pub(crate) fn links(&self, rel: &str) -> Vec<&str> {
        let links = self.all("link").into_iter();
        let of = links.filter(|link| link.attribute("rel") == rel);
        of.map(|link| link.attribute("href")).collect()
    }

    pub(crate) fn terms(&self) -> Vec<&str> {
        let categories = self.all("category").into_iter();
        categories.map(|each| each.attribute("term")).collect()
    }

    /// The titles of its entries, each after its day.
    pub(crate) fn told(&self) -> Vec<(&str, &str)> {
        let entries = self.all("entry").into_iter();
        entries
            .map(|entry| (&entry.one("updated")[..10], entry.one("title")))
            .collect()
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        let entries = self.all("entry").into_iter();
        entries.map(|entry| entry.one("id")).collect()
    }
}

/// Reads a feed; fails where it is not well-formed.
pub(crate) fn read(xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(element(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().words += &text.xml10_content(),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                let words = quick_xml::escape::resolve_predefined_entity(&name).unwrap();
                open.last_mut().unwrap().words += words;
            }
            Event::Decl(declaration) => {
                assert_eq!(declaration.encoding().unwrap().unwrap(), "UTF-8");
            }
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((open.len(), open[0].children.len()), (1, 1));
    open.remove(0).children.remove(0)
}

fn element(start: &BytesStart<'_>) -> Element {
    let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap();
        (attribute.key.as_ref().to_owned(), value.into_owned())
    };
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: start.attributes().map(attribute).collect(),
        ..Element::default()
    }
}

/// Holds a feed against RFC 4287: section 4.1.1 of feeds, 4.1.2 of entries.
pub(crate) fn check(feed: &Element) {
    assert_eq!(feed.name, "feed");
    assert_eq!(feed.attribute("xmlns"), "http://www.w3.org/2005/Atom");
    assert!(!feed.attribute("xml:lang").is_empty());
    assert_eq!(feed.one("id"), feed.links("self")[0]);
    assert!(!feed.one("title").is_empty());
    assert_eq!(feed.one("generator"), "Engross");
    assert_eq!(feed.links("self").len(), 1);
    assert_eq!(feed.links("alternate").len(), 1);
    assert!(!feed.all("author")[0].one("name").is_empty());
    let known = [
        "id",
        "title",
        "updated",
        "author",
        "link",
        "generator",
        "entry",
    ];
    assert!(
        feed.children
            .iter()
            .all(|c| known.contains(&c.name.as_str()))
    );
    let entries = feed.all("entry");
    assert!(!entries.is_empty());
    for entry in &entries {
        check_entry(entry);
    }
    let ids: BTreeSet<&str> = feed.ids().into_iter().collect();
    assert_eq!(ids.len(), entries.len());
    let days: Vec<&str> = entries.iter().map(|entry| entry.one("updated")).collect();
    assert!(days.is_sorted_by(|one, next| one >= next), "{days:?}");
    assert_eq!(feed.one("updated"), days[0]);
}

fn check_entry(entry: &Element) {
    assert!(entry.one("id").starts_with("tag:"));
    assert!(!entry.one("title").is_empty());
    for name in ["published", "updated"] {
        let (day, time) = entry.one(name).split_at(10);
        assert_eq!((day.matches('-').count(), time), (2, "T00:00:00Z"));
    }
    assert!(entry.one("published") <= entry.one("updated"));
    assert_eq!(entry.links("alternate").len(), 1);
    assert!(entry.links("related").len() <= 1);
    assert!(entry.all("summary").len() <= 1);
    for link in entry.all("link") {
        assert!(link.attribute("href").starts_with("https://"));
        assert_eq!(link.attribute("type"), "text/html");
    }
    assert!(
        entry
            .all("category")
            .iter()
            .all(|c| c.attributes.contains_key("term"))
    );
    let known = [
        "id",
        "title",
        "published",
        "updated",
        "link",
        "category",
        "summary",
    ];
    assert!(
        entry
            .children
            .iter()
            .all(|c| known.contains(&c.name.as_str()))
    );
}
