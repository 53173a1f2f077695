//! Versions as lists of anchors, and the histories that come of them.

use proptest::prelude::*;

use super::{Change, Edition, History, Kind, Place, Sections, histories};
use crate::model::document::VersionId;
use crate::redline::{Changes, Clause, Counts, Fate};

/// The version of a number: `2020-01-01`, and so on.
fn id(number: usize) -> VersionId {
    VersionId {
        effective: format!("2020-01-{:02}", number + 1).parse().unwrap(),
        revision: 1,
    }
}

fn clause(anchor: &str) -> Clause {
    let gone = anchor.strip_prefix('-');
    Clause {
        title: Some(anchor.to_owned()),
        footnotes: false,
        number: None,
        anchor: Some(gone.unwrap_or(anchor).to_owned()),
        fate: gone.map_or(Fate::Kept, |_| Fate::Deleted),
        retitled: None,
        renumbered: None,
        moved_from: None,
        moved_to: Vec::new(),
        counts: Counts::default(),
    }
}

/// The sections of versions, and the anchors that each names as changed: `-a` for what is gone.
/// Anchors with their aliases, `new old`, stand between commas.
fn found(versions: &[(&str, &str)], in_force: Option<usize>) -> Vec<String> {
    let list = |words: &str| -> Vec<String> {
        let words = words.split(',').map(|words| words.trim().to_owned());
        words.filter(|words| !words.is_empty()).collect()
    };
    let sections: Vec<Sections> = versions
        .iter()
        .map(|(names, _)| Sections::named(list(names).iter().map(String::as_str)))
        .collect();
    let changes = versions.iter().map(|(_, changed)| Changes {
        clauses: list(changed).iter().map(|anchor| clause(anchor)).collect(),
        ..Changes::default()
    });
    let changes: Vec<Changes> = changes.collect();
    let editions: Vec<Edition<'_>> = (0..versions.len())
        .map(|at| Edition {
            id: id(at),
            sections: &sections[at],
            changes: changes.get(at).filter(|_| at > 0),
        })
        .collect();
    let all = histories(&editions, in_force.map(id));
    all.iter().map(words).collect()
}

/// A history in a line: `b in-force 1-2 4 changed 2#b coming 4#b`.
fn words(history: &History<'_>) -> String {
    let number = |id: VersionId| id.effective.to_string()[8..].parse::<usize>().unwrap();
    let rows = history.versions.iter().map(|(first, last)| {
        let (first, last) = (number(*first), number(*last));
        if first == last {
            format!("{first}")
        } else {
            format!("{first}-{last}")
        }
    });
    let place = match history.place {
        Place::InForce => "in-force",
        Place::Upcoming => "upcoming",
        Place::Gone => "gone",
    };
    let change = |word: &str, change: &Option<Change>| match change {
        None => String::new(),
        Some(change) => {
            let kind = match change.kind {
                Kind::First => "first",
                Kind::New => "new",
                Kind::Changed => word,
                Kind::Removed => "removed",
            };
            let anchor = change.anchor.as_deref().unwrap_or("?");
            format!(" {kind} {}#{anchor}", number(change.version))
        }
    };
    let rows: Vec<String> = rows.collect();
    let coming = match change("changes", &history.coming) {
        none if none.is_empty() => none,
        some => format!(", to come:{some}"),
    };
    format!(
        "{} {place} {}{}{coming}",
        history.section.anchor(),
        rows.join(" "),
        change("changed", &history.changed)
    )
}

/// What it is about, versions as [`found`] has them, the one in force, and the histories.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    Option<usize>,
    &'static [&'static str],
);

const CASES: [Case; 13] = [
    (
        "one version",
        &[("a, b", "")],
        Some(0),
        &["a in-force 1 first 1#a", "b in-force 1 first 1#b"],
    ),
    (
        "the latest change counts",
        &[("a, b", ""), ("a, b", "a"), ("a, b", "a"), ("a, b", "b")],
        Some(3),
        &["a in-force 1-4 changed 3#a", "b in-force 1-4 changed 4#b"],
    ),
    (
        "the order of the text in force",
        &[("a, b, c", ""), ("c, a, b", "c")],
        Some(1),
        &[
            "c in-force 1-2 changed 2#c",
            "a in-force 1-2 first 1#a",
            "b in-force 1-2 first 1#b",
        ],
    ),
    (
        "what is gone, newest first",
        &[("a, b, c", ""), ("a, c", "-b"), ("a", "-c")],
        Some(2),
        &[
            "a in-force 1-3 first 1#a",
            "c gone 1-2 removed 3#was:c",
            "b gone 1 removed 2#was:b",
        ],
    ),
    (
        "gone with what was around it",
        &[("a, b", ""), ("a", "")],
        Some(1),
        &["a in-force 1-2 first 1#a", "b gone 1 removed 2#?"],
    ),
    (
        "came back",
        &[("a, b", ""), ("a", "-b"), ("a, b", ""), ("a, b", "")],
        Some(3),
        &["a in-force 1-4 first 1#a", "b in-force 1 3-4 new 3#b"],
    ),
    (
        "an alias",
        &[("a", ""), ("a", "a"), ("b a", ""), ("b", "")],
        Some(3),
        &["b in-force 1-4 changed 2#a"],
    ),
    (
        "an anchor that another section takes",
        &[("a", ""), ("b a", "b"), ("b, a", "")],
        Some(2),
        &["b in-force 1-3 changed 2#b", "a in-force 3 new 3#a"],
    ),
    (
        "another anchor without an alias",
        &[("a", ""), ("b", "b")],
        Some(1),
        &["b in-force 2 changed 2#b", "a gone 1 removed 2#?"],
    ),
    (
        "two sections become one",
        &[("a, b, x", ""), ("a, b, x", "b"), ("c a b, x", "-b")],
        Some(2),
        &[
            "c in-force 1-3 first 1#a",
            "x in-force 1-3 first 1#x",
            "b gone 1-2 removed 3#was:b",
        ],
    ),
    (
        "an alias of a section that is gone",
        &[("a, b", ""), ("a, c b", "a")],
        Some(1),
        &["a in-force 1-2 changed 2#a", "c in-force 1-2 first 1#b"],
    ),
    (
        "upcoming versions",
        &[
            ("a, b, z", ""),
            ("a, b", "-z"),
            ("a, n", "a, -b"),
            ("a, n, z", ""),
        ],
        Some(1),
        &[
            "a in-force 1-4 first 1#a, to come: changes 3#a",
            "b in-force 1-2 first 1#b, to come: removed 3#was:b",
            "n upcoming 3-4, to come: new 3#n",
            "z upcoming 1 4 removed 2#was:z, to come: new 4#z",
        ],
    ),
    (
        "nothing is in force",
        &[("a", ""), ("a, b", "a")],
        None,
        &[
            "a upcoming 1-2, to come: first 1#a",
            "b upcoming 2, to come: new 2#b",
        ],
    ),
];

#[test]
fn sections_are_followed_from_version_to_version() {
    for (what, versions, in_force, expected) in CASES {
        assert_eq!(found(versions, in_force), expected, "{what}");
    }
}

/// Versions with sections and aliases among six names, each once in a version.
fn versions() -> impl Strategy<Value = Vec<Vec<Vec<&'static str>>>> {
    let names = Just(vec!["a", "b", "c", "d", "e", "f"]).prop_shuffle();
    let sizes = proptest::collection::vec(1usize..3, 0..4);
    let version = (names, sizes).prop_map(|(names, sizes)| {
        let mut names = names.into_iter();
        let take = |size: usize| names.by_ref().take(size).collect();
        let sections: Vec<Vec<&str>> = sizes.into_iter().map(take).collect();
        sections
            .into_iter()
            .filter(|names| !names.is_empty())
            .collect()
    });
    proptest::collection::vec(version, 1..7)
}

proptest! {
    #[test]
    fn every_section_has_one_history(versions in versions(), in_force in 0usize..7) {
        let named = |version: &Vec<Vec<&str>>| {
            let names: Vec<String> = version.iter().map(|names| names.join(" ")).collect();
            Sections::named(names.iter().map(String::as_str))
        };
        let sections: Vec<Sections> = versions.iter().map(named).collect();
        let none = Changes::default();
        let editions: Vec<Edition<'_>> = sections.iter().enumerate().map(|(at, sections)| Edition {
            id: id(at), sections, changes: Some(&none).filter(|_| at > 0),
        }).collect();
        let in_force = in_force.checked_sub(1).map(|at| id(at.min(versions.len() - 1)));
        let all = histories(&editions, in_force);
        // What is in force comes first, in its order.
        let text = editions.iter().find(|edition| Some(edition.id) == in_force);
        let expected: Vec<_> = text.iter().flat_map(|edition| edition.sections.iter()).collect();
        let first: Vec<_> = all.iter().filter(|history| history.place == Place::InForce).map(|history| history.section).collect();
        prop_assert_eq!(first, expected);
        for edition in &editions {
            let has = |history: &&History<'_>| history.versions.iter().any(|(first, last)| (*first..=*last).contains(&edition.id));
            prop_assert_eq!(all.iter().filter(has).count(), edition.sections.iter().count());
        }
        for history in &all {
            prop_assert!(history.versions.windows(2).all(|rows| rows[0].1 < rows[1].0));
            let change = history.changed.as_ref().or(history.coming.as_ref());
            prop_assert!(change.is_some());
            prop_assert_eq!(history.changed.is_none(), in_force.is_none_or(|id| history.versions[0].0 > id));
        }
    }
}
