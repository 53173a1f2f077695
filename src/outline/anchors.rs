//! Every place of a text that a link can lead to, in as little room as can be.

use std::cmp::Ordering;

use crate::model::text::{Block, BlockKind, Section, Text};

/// The anchors of a text, aliases too. A site has many texts and keeps these of each: they stand one
/// after the other, sorted, with the place where each ends.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    all: Box<str>,
    ends: Box<[u32]>,
}

impl Anchors {
    /// The anchors of a text.
    pub(crate) fn of(text: &Text<'_>) -> Self {
        let mut anchors = Vec::new();
        if let Some(title) = &text.title {
            anchors.extend(title.anchors());
        }
        add_blocks(&text.preamble, &mut anchors);
        add_sections(&text.sections, &mut anchors);
        for footnote in &text.footnotes {
            add_blocks(&footnote.blocks, &mut anchors);
        }
        anchors.sort_unstable();
        let mut end = 0;
        let ends = anchors.iter().map(|anchor| {
            end += anchor.len();
            u32::try_from(end).unwrap_or(u32::MAX)
        });
        Self {
            ends: ends.collect(),
            all: anchors.concat().into(),
        }
    }

    /// Whether an anchor is one of them.
    pub fn has(&self, anchor: &str) -> bool {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle).cmp(anchor) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return true,
                Ordering::Greater => high = middle,
            }
        }
        false
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.get(at))
    }

    fn get(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.all.get(start..end(at)).unwrap_or_default()
    }
}

fn add_sections<'t>(sections: &'t [Section<'_>], anchors: &mut Vec<&'t str>) {
    for section in sections {
        anchors.extend(section.heading.anchors());
        add_blocks(&section.blocks, anchors);
        add_sections(&section.sections, anchors);
    }
}

fn add_blocks<'t>(blocks: &'t [Block<'_>], anchors: &mut Vec<&'t str>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Quote(blocks) | BlockKind::Details { blocks, .. } => {
                add_blocks(blocks, anchors);
            }
            BlockKind::Subheading(heading) => anchors.extend(heading.anchors()),
            BlockKind::List(list) => {
                for item in &list.items {
                    anchors.extend(item.label.iter().map(|label| label.anchor.as_str()));
                    add_blocks(&item.blocks, anchors);
                }
            }
            BlockKind::Definitions(definitions) => {
                definitions
                    .iter()
                    .flat_map(|d| &d.meanings)
                    .for_each(|m| add_blocks(m, anchors));
            }
            BlockKind::Paragraph(_)
            | BlockKind::Plain(_)
            | BlockKind::Table(_)
            | BlockKind::Code(_)
            | BlockKind::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::{self, Request};

    #[test]
    fn anchors_are_found_by_their_names() {
        let words = "# T {#title}\n\n## B {#b alias=ä}\n\n### A {#a}\n\n> ### Q {#quoted}\n";
        let request = Request {
            numbered: false,
            title: None,
        };
        let parsed = markdown::parse(words, request);
        let anchors = Anchors::of(&parsed.text);
        let all: Vec<&str> = anchors.iter().collect();
        assert_eq!(all, ["a", "b", "quoted", "title", "ä"]);
        assert!(all.iter().all(|anchor| anchors.has(anchor)));
        assert!(
            !["", "aa", "c", "z", "ü"]
                .iter()
                .any(|anchor| anchors.has(anchor))
        );
        assert!(!Anchors::default().has(""));
    }
}
