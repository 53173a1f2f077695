//! Defined terms that mean something else in the new text, and who uses them.

use super::changes::{heading, section};
use super::names::Number;
use super::users::{Asked, Search};
use super::{Detail, Fate, NodeId, Part, Redline};
use crate::model::text::Term;

/// A term that means something else now, and the sections that use it though their words did not
/// change: they say something else too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// The term.
    pub term: String,
    /// Whether it is a term only now: the old text used the name and did not define it.
    pub newly: bool,
    /// The anchor of the section that defines it.
    pub defined_in: Option<String>,
    /// The sections that use it: title and anchor.
    pub clauses: Vec<(String, String)>,
}

/// A piece of a definition: a term that was renamed, or words.
#[derive(PartialEq, Eq)]
enum Said {
    Term(usize, Number),
    Words(String),
}

/// What readers take for themselves or for the writer, and not for a term.
#[rustfmt::skip]
const PRONOUNS: &[&str] = &[
    "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours", "they", "them", "their", "it", "its",
    "yo", "tú", "tu", "su", "usted", "ustedes", "nosotros", "nosotras", "nuestro", "nuestra", "nos", "ich", "wir",
    "uns", "unser", "unsere", "du", "dein", "sie", "ihr", "ihre", "je", "vous", "votre", "vos", "nous", "notre",
];

/// In how many sections the old text wrote what is a term now, if that was more than a word.
const FEWEST_SECTIONS: usize = 2;

impl Redline<'_, '_> {
    /// The terms that mean something else in the new text, with the sections that use them though
    /// their words did not change.
    pub(super) fn impacts(&self) -> Vec<Impact> {
        let changed = self.changed_terms();
        if changed.is_empty() {
            return Vec::new();
        }
        let mut unchanged = Vec::new();
        self.unchanged_sections(&self.root, &mut unchanged);
        let users = self.search(false).users(&changed, &unchanged);
        let defined = |term: &Term| {
            let place = self.glossary.defined(&self.glossary.new, &term.name);
            place.and_then(|_| term.anchor.clone())
        };
        let impact = |(asked, users): (Asked<'_>, Vec<NodeId>)| {
            let clause = |id: NodeId| {
                let section = section(self.new, Some(id))?;
                Some((heading(self.new, id)?, section.heading.anchor.clone()))
            };
            Impact {
                term: asked.term.name.clone(),
                newly: asked.newly,
                defined_in: defined(asked.term),
                clauses: users.into_iter().filter_map(clause).collect(),
            }
        };
        let impacts = changed.into_iter().zip(users).map(impact);
        impacts
            .filter(|impact| !impact.clauses.is_empty())
            .collect()
    }

    /// The terms that mean something else: those of the new text, then those that it defines no more.
    fn changed_terms(&self) -> Vec<Asked<'_>> {
        let (old, new) = (&self.glossary.old, &self.glossary.new);
        let changed = new.terms.iter().filter_map(|term| self.changed(term));
        let undefined = old.terms.iter().filter(|term| self.is_undefined(term));
        let undefined = undefined.map(|term| Asked { term, newly: false });
        let all = changed.chain(undefined);
        let mut all: Vec<Asked<'_>> = all
            .filter(|asked| !PRONOUNS.contains(&&*asked.term.name))
            .collect();
        if all.iter().any(|asked| asked.newly) {
            let before = self.search(true).users(&all, self.old.sections());
            let mut before = before.iter();
            all.retain(|asked| {
                let sections = before.next().map_or(0, Vec::len);
                !asked.newly || sections >= FEWEST_SECTIONS
            });
        }
        all
    }

    /// One of the texts, to be searched for terms.
    fn search(&self, old: bool) -> Search<'_, '_, '_> {
        let glossary = &self.glossary;
        let (nodes, told) = if old {
            (self.old, &glossary.old)
        } else {
            (self.new, &glossary.new)
        };
        Search {
            glossary,
            nodes,
            told,
        }
    }

    /// A term of the new text, if it means something else or is one only now.
    fn changed<'r>(&'r self, term: &'r Term) -> Option<Asked<'r>> {
        let (names, old) = (&self.glossary.names, &self.glossary.old);
        let name = names.place(&term.name)?;
        let renamed = self.renames.about(name).map(|at| &self.renames.list[at]);
        let was = renamed.map_or(&term.name, |rename| &rename.old);
        let before = self.glossary.defined(old, was).map(|at| &old.terms[at]);
        let changed = match before {
            Some(before) => !self.mean_the_same(&before.definition, &term.definition),
            // A name has a capital letter; a word that has none was a common one.
            None => term.name.starts_with(char::is_uppercase) && old.counts[name] > 0,
        };
        let newly = before.is_none();
        changed.then_some(Asked { term, newly })
    }

    /// Whether definitions say the same but for the names of renamed terms and for marks.
    fn mean_the_same(&self, old: &str, new: &str) -> bool {
        old == new || self.meaning(old) == self.meaning(new)
    }

    fn meaning(&self, definition: &str) -> Vec<Said> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for used in self.glossary.names.uses(definition) {
            if let Some(renamed) = self.renames.about(used.name) {
                pieces.push(Said::Words(without_marks(&definition[from..used.start])));
                pieces.push(Said::Term(renamed, used.number));
                from = used.bare;
            }
        }
        pieces.push(Said::Words(without_marks(&definition[from..])));
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

    /// Whether a part says what it said, be it in other places, with other marks or with the names of
    /// renamed terms.
    fn says_the_same(&self, part: &Part) -> bool {
        let counts = self.counts(part);
        counts.inserted == 0 && counts.deleted == 0
    }
}

/// What words say without punctuation and white space. A point between digits is no punctuation, and
/// `$` and `%` are none.
fn without_marks(words: &str) -> String {
    let mut said = String::with_capacity(words.len());
    let mut before = ' ';
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let between = before.is_numeric() && chars.peek().is_some_and(|c| c.is_numeric());
        let says =
            c.is_alphanumeric() || "$€£¥₹%‰°+<>=≤≥".contains(c) || (between && !c.is_whitespace());
        said.extend(says.then_some(c));
        before = c;
    }
    said
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
                    "{}{}: {}",
                    impact.term,
                    if impact.newly { " (new)" } else { "" },
                    clauses.collect::<Vec<_>>().join(", ")
                )
            });
            renames.chain(impacts).collect()
        })
    }

    /// What is tried, both texts, and what is said: renamings, then terms with the sections that use them.
    #[rustfmt::skip]
    const ROWS: &[(&str, &str, &str, &[&str])] = &[
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
        ("marks and white space define nothing anew",
            "It collects text (“Inputs”).\n\n“Use” means to read, and to write.\n\n## A\n\nSome Inputs and Use.\n\n## Z\n\nEnd.",
            "It collects “text” (\"Inputs\").\n\n“Use” means: to read and to  write!\n\n## A\n\nSome Inputs and Use.\n\n## Z\n\nEnd.",
            &[]),
        ("a section of which only marks, an item’s place or its paragraphs changed uses the term in the same words",
            "“Use” means to read.\n\n## A\n\n1. Any Use here;\n2. all other things;\n3. the end.\n\n## B\n\nAny Use is free. All other things cost money.\n\n## Z\n\nEnd.",
            "“Use” means to copy.\n\n## A\n\n1. all other things;\n2. Any Use here;\n3. the end.\n\n## B\n\nAny Use is free.\n\nAll other things cost money.\n\n## Z\n\nEnd.",
            &["Use: A, B"]),
        ("numbers and money are no marks",
            "“Fee” means $1.50.\n\n“Cost” means 5%.\n\n## A\n\nA Fee and a Cost.\n\n## Z\n\nEnd.",
            "“Fee” means $150.\n\n“Cost” means 5.\n\n## A\n\nA Fee and a Cost.\n\n## Z\n\nEnd.",
            &["Fee: A", "Cost: A"]),
        ("a term has its own part of the sentence",
            "Sites (“Sites”) and apps (“Apps”), and any person (“User”) who asks.\n\n## A\n\nOur Sites, Apps and any User.\n\n## Z\n\nEnd.",
            "Sites (“Sites”) and all apps (“Apps”), and any person (“User”) who pays.\n\n## A\n\nOur Sites, Apps and any User.\n\n## Z\n\nEnd.",
            &["Apps: A", "User: A"]),
        ("what heads a section or begins a sentence may be a common word",
            "“Access” means to read.\n\n## Access\n\nNo.\n\n## B\n\nNo. Access is free.\n\n## C\n\nGive access.\n\n## D\n\nThe Access.",
            "“Access” means to copy.\n\n## Access\n\nNo.\n\n## B\n\nNo. Access is free.\n\n## C\n\nGive access.\n\n## D\n\nThe Access.",
            &["Access: D"]),
        ("it is none if the text never writes it small",
            "“Access” means to read.\n\n## B\n\nNo. Access is free.\n\n## Z\n\nEnd.",
            "“Access” means to copy.\n\n## B\n\nNo. Access is free.\n\n## Z\n\nEnd.",
            &["Access: B"]),
        ("several names are one where the first sentence begins",
            "“Third Party” means a firm.\n\n## B\n\nThird Party logos. A third party.\n\n## Z\n\nEnd.",
            "“Third Party” means a person.\n\n## B\n\nThird Party logos. A third party.\n\n## Z\n\nEnd.",
            &["Third Party: B"]),
        ("a name in one section was no term",
            "## A\n\nThe Access.\n\n## B\n\nAccess is free.",
            "## A\n\nThe Access.\n\n## B\n\nAccess is free.\n\n## C\n\n“Access” means to copy.",
            &[]),
        ("a name in several was one",
            "## A\n\nThe Access.\n\n## B\n\nThe Access is free.",
            "## A\n\nThe Access.\n\n## B\n\nThe Access is free.\n\n## C\n\n“Access” means to copy.",
            &["Access (new): A, B"]),
        ("pronouns are not told",
            "“you” means a person, “we” means Acme.\n\n## A\n\nAs we told you.",
            "“you” means anybody, “we” means Acme Inc.\n\n## A\n\nAs we told you.",
            &[]),
        ("a definition for a section reaches it and the sections inside",
            "## A\n\nFor the purposes of this Section, “Use” means to read.\n\n### B\n\nAny Use.\n\n## C\n\nAny Use.",
            "## A\n\nFor the purposes of this Section, “Use” means to copy.\n\n### B\n\nAny Use.\n\n## C\n\nAny Use.",
            &["Use: B"]),
        ("so does one that is gone",
            "## A\n\nIn this section, “Use” means to read.\n\n### B\n\nAny Use.\n\n## C\n\nAny Use.",
            "## A\n\nWords.\n\n### B\n\nAny Use.\n\n## C\n\nAny Use.",
            &["Use: B"]),
        ("the definitions in a row are no places",
            "“Ada” means a.\n\n“Bob” means b.\n\n“Cyd” means c.",
            "“Dan” means d.\n\n“Eve” means e.\n\n“Fay” means f.",
            &[]),
    ];

    #[test]
    fn what_is_said_of_terms() {
        let faults: Vec<String> = ROWS
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
