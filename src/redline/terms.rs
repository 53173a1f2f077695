//! Defined terms that mean something else in the new text, and who uses them.

use super::changes::{heading, section};
use super::names::{Number, within};
use super::{Detail, Fate, Look, NodeId, Part, Redline};
use crate::model::text::Term;

/// A term that means something else now, and the sections that use it though their words did not
/// change: they say something else too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// The term.
    pub term: String,
    /// The anchor of the section that defines it.
    pub defined_in: Option<String>,
    /// The sections that use it: title and anchor.
    pub clauses: Vec<(String, String)>,
}

/// A piece of a definition: a term that was renamed, or words.
#[derive(PartialEq, Eq)]
enum Said<'d> {
    Term(usize, Number),
    Words(&'d str),
}

impl Redline<'_, '_> {
    /// The terms that mean something else in the new text, with the sections that use them though
    /// their words did not change.
    pub(super) fn impacts(&self) -> Vec<Impact> {
        let changed = self.changed_terms();
        if changed.is_empty() {
            return Vec::new();
        }
        let users = self.users(&changed);
        let impact = |((term, defined_in), users): ((&Term, Option<&String>), Vec<NodeId>)| {
            let clause = |id: NodeId| {
                let section = section(self.new, Some(id))?;
                Some((heading(self.new, id)?, section.heading.anchor.clone()))
            };
            Impact {
                term: term.name.clone(),
                defined_in: defined_in.cloned(),
                clauses: users.into_iter().filter_map(clause).collect(),
            }
        };
        let impacts = changed.into_iter().zip(users).map(impact);
        impacts
            .filter(|impact| !impact.clauses.is_empty())
            .collect()
    }

    /// The terms that mean something else, and where those that are still defined are.
    fn changed_terms(&self) -> Vec<(&Term, Option<&String>)> {
        let (old, new) = (&self.glossary.old, &self.glossary.new);
        let redefined = new.terms.iter().filter(|term| self.is_redefined(term));
        let undefined = old.terms.iter().filter(|term| self.is_undefined(term));
        redefined
            .map(|term| (term, term.anchor.as_ref()))
            .chain(undefined.map(|term| (term, None)))
            .collect()
    }

    /// Of each of some terms, the unchanged sections that use it.
    fn users(&self, terms: &[(&Term, Option<&String>)]) -> Vec<Vec<NodeId>> {
        let names = &self.glossary.names;
        let mut asked = vec![None; names.list().len()];
        for (at, (term, _)) in terms.iter().enumerate() {
            if let Some(name) = names.place(&term.name) {
                asked[name] = Some(at);
            }
        }
        let mut unchanged = Vec::new();
        self.unchanged_sections(&self.root, &mut unchanged);
        let mut users: Vec<Vec<NodeId>> = vec![Vec::new(); terms.len()];
        for id in unchanged {
            let children = self.new.children(id);
            let own = children.filter(|child| section(self.new, Some(*child)).is_none());
            let names = own.flat_map(|own| within(&self.glossary.new.uses, self.new.place(own)));
            for used in names.filter(|used| used.is_certain()) {
                let users = asked[used.name].map(|at| &mut users[at]);
                if let Some(users) = users.filter(|users| users.last() != Some(&id)) {
                    users.push(id);
                }
            }
        }
        users
    }

    fn is_redefined(&self, term: &Term) -> bool {
        let (names, old) = (&self.glossary.names, &self.glossary.old);
        let Some(name) = names.place(&term.name) else {
            return false;
        };
        let renamed = self.renames.about(name).map(|at| &self.renames.list[at]);
        let was = renamed.map_or(&term.name, |rename| &rename.old);
        match self.glossary.defined(old, was) {
            Some(before) => !self.mean_the_same(&old.terms[before].definition, &term.definition),
            // A word that was there before means what its definition says now.
            None => old.counts[name] > 0,
        }
    }

    /// Whether definitions say the same but for the names of renamed terms.
    fn mean_the_same(&self, old: &str, new: &str) -> bool {
        old == new || (!self.renames.list.is_empty() && self.meaning(old) == self.meaning(new))
    }

    fn meaning<'d>(&self, definition: &'d str) -> Vec<Said<'d>> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for used in self.glossary.names.uses(definition) {
            if let Some(renamed) = self.renames.about(used.name) {
                pieces.push(Said::Words(&definition[from..used.start]));
                pieces.push(Said::Term(renamed, used.number));
                from = used.bare;
            }
        }
        pieces.push(Said::Words(&definition[from..]));
        pieces
    }

    /// Whether a term is defined no more though the text still uses it.
    fn is_undefined(&self, term: &Term) -> bool {
        let new = &self.glossary.new;
        let defined = self.glossary.defined(new, &term.name).is_some();
        let name = self.glossary.names.place(&term.name);
        let name = name.filter(|name| !defined && self.renames.about(*name).is_none());
        name.is_some_and(|name| new.counts[name] > 0)
    }

    /// The sections of the new text whose own words are as they were.
    fn unchanged_sections(&self, part: &Part, out: &mut Vec<NodeId>) {
        let new = part
            .new
            .filter(|_| matches!(part.fate, Fate::Kept | Fate::MovedHere));
        let Some(new) = new else { return };
        let is_section = |id: &NodeId| section(self.new, Some(*id)).is_some();
        match &part.detail {
            Detail::Whole => out.extend(self.new.subtree(new).filter(is_section)),
            Detail::Parts(parts) => {
                let mut own = parts.iter().filter(|part| !self.is_section(part));
                if is_section(&new) && own.all(|part| self.says_the_same(part)) {
                    out.push(new);
                }
                let sections = parts.iter().filter(|part| self.is_section(part));
                sections.for_each(|part| self.unchanged_sections(part, out));
            }
            _ => {}
        }
    }

    /// Whether a part says what it said, but for the names of renamed terms.
    fn says_the_same(&self, part: &Part) -> bool {
        match &part.detail {
            Detail::Whole => part.fate == Fate::Kept,
            Detail::Parts(parts) => parts.iter().all(|part| self.says_the_same(part)),
            Detail::Words(words) => self
                .runs(words)
                .iter()
                .all(|run| matches!(run.look, Look::Kept | Look::Renamed)),
            Detail::Reflowed { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::with_redline;

    /// What is said of the terms of two texts: the renamed, `old > new`, and the redefined with their users.
    fn told(old: &str, new: &str) -> Vec<String> {
        with_redline(old, new, |redline| {
            let changes = redline.changes();
            let renames = changes.renames.iter();
            let renames = renames.map(|rename| format!("{} > {}", rename.old, rename.new));
            let impacts = changes.impacts.iter().map(|impact| {
                let clauses = impact.clauses.iter().map(|(title, _)| &**title);
                format!(
                    "{}: {}",
                    impact.term,
                    clauses.collect::<Vec<_>>().join(", ")
                )
            });
            renames.chain(impacts).collect()
        })
    }

    #[rustfmt::skip]
    #[test]
    fn what_is_said_of_terms() {
        let rows: &[(&str, &str, &str, &[&str])] = &[
            ("one place and the same definition are enough",
                "“Partner” means a firm we own.\n\n## A\n\nWe pay each Partner now.",
                "“Holding” means a firm we own.\n\n## A\n\nWe pay each Holding now.",
                &["Partner > Holding"]),
            ("the same definition alone is not",
                "“Partner” means a firm we own.\n\n## A\n\nWe pay each Partner now.",
                "“Holding” means a firm we own.\n\n## A\n\nNo Holding gets money.",
                &[]),
            ("the same places everywhere are enough, and that it means something else is told",
                "“Partner” means a firm we own.\n\n## A\n\nWe pay each Partner now. No Partner may ask. The Partner waits.\n\n## B\n\nEnd.",
                "“Client” means everybody who buys statistics.\n\n## A\n\nWe pay each Client now. No Client may ask. The Client waits.\n\n## B\n\nEnd.",
                &["Partner > Client", "Client: A"]),
            ("few places and another definition are no renaming",
                "“Partner” means a firm we own.\n\n## A\n\nWe pay each Partner now. No Partner may ask.",
                "“Client” means everybody who buys statistics.\n\n## A\n\nWe pay each Client now. No Client may ask.",
                &[]),
            ("definitions that say each other are alike",
                "“Party” means a User.\n\n“User” means a Party.\n\n## A\n\nEach Party pays the User’s fee.",
                "“Member” means a Reader.\n\n“Reader” means a Member.\n\n## A\n\nEach Member pays the Reader’s fee.",
                &["Party > Member", "User > Reader"]),
            ("another number is not another name",
                "The people here (“Panelists”).\n\n## A\n\nEach Panelist and all Panelists agree.\n\n## B\n\nEnd.",
                "The people here (each, a “Panelist”).\n\n## A\n\nEach Panelist and all Panelists agree.\n\n## B\n\nEnd.",
                &["Panelist: A"]),
            ("names in the plural are renamed in the singular too",
                "The firms that we own (“Third Parties”).\n\n## A\n\nAll Third Parties and each Third Party pay.",
                "The firms that we own (“Affiliates”).\n\n## A\n\nAll Affiliates and each Affiliate pay.",
                &["Third Parties > Affiliates"]),
            ("what only looks like a plural keeps its letters",
                "Our shop (the “Business”).\n\n## A\n\nThe Business sells. A Business pays.",
                "Our shop (the “Address”).\n\n## A\n\nThe Address sells. A Address pays.",
                &["Business > Address"]),
            ("a plural is a use",
                "“Third Party” means a firm.\n\n## A\n\nThird Parties pay.\n\n## B\n\nThird Partying is fun.",
                "“Third Party” means a person.\n\n## A\n\nThird Parties pay.\n\n## B\n\nThird Partying is fun.",
                &["Third Party: A"]),
            ("what may be a singular is none, for it may be another word",
                "“Goods” means things.\n\n## A\n\nGood people.\n\n## B\n\nGoods, cheap.",
                "“Goods” means all things.\n\n## A\n\nGood people.\n\n## B\n\nGoods, cheap.",
                &["Goods: B"]),
            ("the definitions in a row are no places",
                "“Ada” means a.\n\n“Bob” means b.\n\n“Cyd” means c.",
                "“Dan” means d.\n\n“Eve” means e.\n\n“Fay” means f.",
                &[]),
        ];
        let faults: Vec<String> = rows
            .iter()
            .map(|(what, old, new, expected)| (what, told(old, new), expected))
            .filter(|(_, found, expected)| found != *expected)
            .map(|(what, found, _)| format!("{what}: {found:?}"))
            .collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn many_renamed_terms_are_all_told() {
        let text = |mark: char| {
            let names: Vec<String> = (0..1_000).map(|n| format!("{mark}{n} Name")).collect();
            let defined = names
                .iter()
                .map(|name| format!("“{name}” means a thing.\n\n"));
            let used = names.iter().map(|name| format!("We like {name} here.\n\n"));
            defined.chain(used).collect::<String>()
        };
        let told = told(&text('A'), &text('B'));
        let expected: Vec<String> = (0..1_000)
            .map(|n| format!("A{n} Name > B{n} Name"))
            .collect();
        assert_eq!(told, expected);
    }
}
