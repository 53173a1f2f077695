//! What there is to say of parts beside their words: what became of them, and what is left out.

use super::changes::{heading, section};
use super::number::without_number;
use super::{Detail, Fate, Look, NodeId, Nodes, Part, Redline, Source};

/// What became of a part, where that is more than its words show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A section that is new.
    NewSection,
    /// A section that is gone.
    RemovedSection,
    /// What it is, and where it stood.
    MovedHere(&'static str, Place),
    /// What it is, where it stands, and the words with which it begins.
    MovedAway(&'static str, Place, String),
    /// The number that its section had.
    Renumbered(String),
    /// Blocks whose words flowed into others: what they were, and what they are.
    Reflowed(Vec<Several>, Vec<Several>),
    /// Preformatted text of which only the white space changed.
    LaidOut,
    /// Words that did not change, with a picture that did.
    Picture,
}

/// A place as a reader finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the same section.
    Same,
    /// Before the first section, or right in the text.
    Outside,
    /// In the section of that heading.
    Section(String),
}

/// What blocks are called, and how many they are.
pub type Several = (&'static str, usize);

impl Redline<'_, '_> {
    /// Where a part that moved stood, or stands.
    pub(super) fn elsewhere(&self, part: &Part) -> Place {
        let (Some(old), Some(new)) = (part.old, part.new) else {
            return Place::Same;
        };
        let (from, to) = (around(self.old, old), around(self.new, new));
        if from.is_some_and(|id| self.mates.of_old(id) == to) {
            return Place::Same;
        }
        let (from, to) = (
            from.and_then(|id| heading(self.old, id)),
            to.and_then(|id| heading(self.new, id)),
        );
        let bare = |heading: &Option<String>| {
            let words = heading.as_deref().map(|words| without_number(words).1);
            words.map(str::to_owned)
        };
        if bare(&from) == bare(&to) {
            return Place::Same;
        }
        let elsewhere = if part.fate == Fate::MovedAway {
            to
        } else {
            from
        };
        elsewhere.map_or(Place::Outside, Place::Section)
    }

    /// What became of a block, where its words do not show it.
    pub(super) fn remark(&self, part: &Part) -> Option<Remark> {
        let what = noun(self.source(part));
        match (part.fate, &part.detail) {
            (Fate::MovedHere, _) => Some(Remark::MovedHere(what, self.elsewhere(part))),
            (Fate::MovedAway, _) => {
                let words = part.old.map(|id| beginning(self.old, id));
                let place = self.elsewhere(part);
                Some(Remark::MovedAway(what, place, words.unwrap_or_default()))
            }
            (_, Detail::Reflowed { old, new, .. }) => Some(Remark::Reflowed(
                several(old.iter().map(|id| self.old.source(*id))),
                several(new.iter().map(|id| self.new.source(*id))),
            )),
            (_, Detail::Words(words)) => {
                let runs = self.runs(words);
                let unseen = runs.iter().all(|run| run.look == Look::Kept);
                let is_code = matches!(self.source(part), Source::Code(_));
                unseen.then_some(if is_code {
                    Remark::LaidOut
                } else {
                    Remark::Picture
                })
            }
            _ => None,
        }
    }

    /// What there is to say of a section that stands in one that came or went, or did not.
    pub(super) fn section_remarks(&self, part: &Part, around: Fate) -> Vec<Remark> {
        let own = match part.fate {
            fate if fate == around && fate != Fate::MovedHere => None,
            Fate::Inserted => Some(Remark::NewSection),
            Fate::Deleted => Some(Remark::RemovedSection),
            Fate::MovedHere => Some(Remark::MovedHere("section", self.elsewhere(part))),
            Fate::Kept | Fate::MovedAway => None,
        };
        let renumbered = self.renumbered(part).map(Remark::Renumbered);
        own.into_iter().chain(renumbered).collect()
    }

    /// What a part is, in the new text where it is there.
    pub fn source(&self, part: &Part) -> Source<'_> {
        match (part.new.filter(|_| part.fate != Fate::MovedAway), part.old) {
            (Some(id), _) => self.new.source(id),
            (None, Some(id)) => self.old.source(id),
            (None, None) => self.new.source(Nodes::ROOT),
        }
    }

    /// What parts are that did not change, counted by kind; of all footnotes, how many they are.
    pub(super) fn several(&self, parts: &[&Part]) -> Vec<Several> {
        let sources = parts
            .iter()
            .flat_map(|part| match (self.source(part), part.new) {
                (Source::Footnotes, Some(id)) => self
                    .new
                    .children(id)
                    .map(|id| self.new.source(id))
                    .collect(),
                _ if self.torn(part).is_some() => {
                    let items = self.nodes_of(part).into_iter();
                    items.map(|id| self.new.source(id)).collect()
                }
                (source, _) => vec![source],
            });
        several(sources)
    }
}

/// The section that a node stands in.
fn around(nodes: &Nodes<'_>, id: NodeId) -> Option<NodeId> {
    let around = std::iter::successors(nodes.parent(id), |id| nodes.parent(*id));
    around
        .into_iter()
        .find(|id| section(nodes, Some(*id)).is_some())
}

fn several<'t>(sources: impl Iterator<Item = Source<'t>>) -> Vec<Several> {
    let mut found: Vec<Several> = Vec::new();
    for what in sources.map(noun) {
        match found.iter_mut().find(|(known, _)| *known == what) {
            Some((_, count)) => *count += 1,
            None => found.push((what, 1)),
        }
    }
    found
}

/// What a reader calls a node.
pub(super) fn noun(source: Source<'_>) -> &'static str {
    match source {
        Source::Text(_) => "text",
        Source::Section(_) => "section",
        Source::Heading(_) | Source::Subheading(..) => "heading",
        Source::Paragraph(..) | Source::Plain(..) => "paragraph",
        Source::Code(_) => "preformatted block",
        Source::Rule(_) => "dividing line",
        Source::Quote(_) => "quotation",
        Source::Details(_) => "part to open",
        Source::Summary(_) => "summary",
        Source::List(..) => "list",
        Source::Item(_) => "item",
        Source::Definitions(_) => "list of definitions",
        Source::Entry(_) => "definition",
        Source::Term(_) => "term",
        Source::Meaning(_) => "meaning",
        Source::Table(..) => "table",
        Source::Row { .. } => "row",
        Source::Cell { .. } => "cell",
        Source::Footnotes => "list of footnotes",
        Source::Footnote(_) => "footnote",
    }
}

/// The words with which a node begins.
fn beginning(nodes: &Nodes<'_>, id: NodeId) -> String {
    const MOST: usize = 8;
    let title = heading(nodes, id);
    let mut words = title
        .as_deref()
        .unwrap_or(nodes.words(id))
        .split_whitespace();
    let first: Vec<&str> = words.by_ref().take(MOST).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}

impl Remark {
    /// The remark in words.
    pub fn words(&self) -> String {
        match self {
            Self::NewSection => "new section".to_owned(),
            Self::RemovedSection => "section removed".to_owned(),
            Self::MovedHere("section", Place::Same) => "section moved here".to_owned(),
            Self::MovedHere(what, Place::Same) => {
                format!("{what} moved here from elsewhere in this section")
            }
            Self::MovedHere(what, place) => format!("{what} moved here from {}", place.words(what)),
            Self::MovedAway("section", Place::Same, words) => format!("section moved: “{words}”"),
            Self::MovedAway(what, Place::Same, words) => {
                format!("{what} moved elsewhere in this section: “{words}”")
            }
            Self::MovedAway(what, place, words) => {
                format!("{what} moved to {}: “{words}”", place.words(what))
            }
            Self::Renumbered(was) => format!("was numbered {was}"),
            Self::Reflowed(old, new) => {
                let (old, new) = (counted(old), counted(new));
                format!("{old} became {new}; only the marked words changed")
            }
            Self::LaidOut => "only white space changed".to_owned(),
            Self::Picture => "no word changed, but a picture did".to_owned(),
        }
    }
}

impl Place {
    fn words(&self, what: &str) -> String {
        match self {
            Self::Same => "this section".to_owned(),
            Self::Outside if what == "section" => "the top level".to_owned(),
            Self::Outside => "the introduction".to_owned(),
            Self::Section(title) => format!("“{title}”"),
        }
    }
}

/// Things of several kinds in words: `2 paragraphs and 1 list`.
pub fn counted(things: &[Several]) -> String {
    let words: Vec<String> = things
        .iter()
        .map(|(what, count)| amount(*count, what))
        .collect();
    match &words[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// So many of something: `1 word`, `2 lists of definitions`.
pub fn amount(count: usize, what: &str) -> String {
    if count == 1 {
        return format!("1 {what}");
    }
    let (head, rest) = what.split_at(
        what.find(" of ")
            .or(what.find(" to "))
            .unwrap_or(what.len()),
    );
    format!("{count} {head}s{rest}")
}
