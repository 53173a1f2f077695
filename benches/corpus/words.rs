//! Sentences that sound like a policy and mean nothing: the words, and how they are put together.

use crate::random::Random;

/// Clauses that every version of every document has, as anchor and title: a link to one of them
/// is never dead, whichever version it leads to.
pub(crate) const CORE: [(&str, &str); 12] = [
    ("scope", "Scope of this document"),
    ("terms", "Words with a meaning of their own"),
    ("collection", "Information we collect"),
    ("use", "How we use information"),
    ("sharing", "Who receives information"),
    ("cookies", "Cookies and similar techniques"),
    ("retention", "How long we keep information"),
    ("security", "How we protect information"),
    ("choices", "Your choices"),
    ("children", "Children"),
    ("changes", "Changes to this document"),
    ("contact", "How to reach us"),
];

pub(crate) const KINDS: [&str; 8] = [
    "Privacy policy",
    "Terms of service",
    "Cookie policy",
    "Data processing agreement",
    "Acceptable use policy",
    "Refund policy",
    "Notice to applicants",
    "Service level agreement",
];

pub(crate) const PRODUCTS: [&str; 10] = [
    "Almanac",
    "Beacon",
    "Cartulary",
    "Dovetail",
    "Estuary",
    "Foundry",
    "Granary",
    "Harbour",
    "Inkwell",
    "Juniper",
];

const LEADS: [&str; 10] = [
    "In addition, ",
    "To the extent permitted by law, ",
    "For the purposes of this section, ",
    "From time to time, ",
    "Where you have given your consent, ",
    "If you close your account, ",
    "Subject to the exceptions below, ",
    "Before any such change takes effect, ",
    "As a condition of using the Service, ",
    "Except where this document says otherwise, ",
];

const SUBJECTS: [&str; 10] = [
    "we",
    "you",
    "our service providers",
    "our affiliates",
    "third parties",
    "authorised agents",
    "users of the Service",
    "administrators of an account",
    "our successors and assigns",
    "payment processors",
];

pub(crate) const MODALS: [&str; 6] = ["may", "will", "shall", "must", "may not", "will not"];

const VERBS: [&str; 20] = [
    "collect", "disclose", "retain", "process", "transfer", "delete", "correct", "review", "store",
    "combine", "restrict", "share", "request", "inspect", "export", "receive", "record", "use",
    "verify", "withhold",
];

const ACTIONS: [&str; 18] = [
    "Access to",
    "Accuracy of",
    "Collection of",
    "Correction of",
    "Deletion of",
    "Disclosure of",
    "Disputes about",
    "Export of",
    "Limits on",
    "Notices about",
    "Protection of",
    "Records of",
    "Requests about",
    "Retention of",
    "Sale of",
    "Sources of",
    "Transfers of",
    "Use of",
];

const THINGS: [&str; 20] = [
    "personal information",
    "contact details",
    "payment records",
    "device identifiers",
    "account data",
    "location data",
    "submitted content",
    "usage statistics",
    "support requests",
    "billing addresses",
    "identity documents",
    "browsing history",
    "survey answers",
    "employment records",
    "diagnostic reports",
    "voice recordings",
    "purchase history",
    "advertising preferences",
    "inferred interests",
    "security logs",
];

const PURPOSES: [&str; 14] = [
    "to provide the Service",
    "to comply with applicable law",
    "to prevent fraud and abuse",
    "to answer your questions",
    "to enforce these terms",
    "to carry out the instructions of the account holder",
    "to improve the safety of the Service",
    "to measure how the Service is used",
    "to establish, exercise or defend legal claims",
    "in connection with a merger, a sale of assets or an insolvency",
    "in the ordinary course of business",
    "on behalf of the customer named in the order form",
    "as described in the notice given at collection",
    "under the supervision of the competent authority",
];

const CONDITIONS: [&str; 14] = [
    "unless you object",
    "for as long as the purpose requires it",
    "where the law permits it",
    "within thirty days of your request",
    "without charge, twice in any period of twelve months",
    "provided that the recipient keeps it confidential",
    "until the account is closed",
    "after giving reasonable notice",
    "only to the extent that this is necessary and proportionate",
    "whether or not you are a registered user",
    "as of the effective date stated above",
    "including through an authorised agent",
    "and no longer than twenty-four months",
    "in each case subject to the limits set out in this document",
];

const PERIODS: [&str; 8] = [
    "30 days",
    "90 days",
    "12 months",
    "24 months",
    "5 years",
    "until deleted",
    "while the account is open",
    "as the law requires",
];

pub(crate) fn sentence(random: &mut Random) -> String {
    let lead = if random.once_in(3) {
        random.pick(&LEADS)
    } else {
        ""
    };
    let subject = random.pick(&SUBJECTS);
    let what = emphasised(random);
    let mut text = format!(
        "{lead}{subject} {} {} {what} {}",
        random.pick(&MODALS),
        random.pick(&VERBS),
        random.pick(&PURPOSES),
    );
    if !random.once_in(3) {
        text.push_str(", ");
        text.push_str(random.pick(&CONDITIONS));
    }
    text.push('.');
    capital(&text)
}

fn emphasised(random: &mut Random) -> String {
    let (first, second) = (random.pick(&THINGS), random.pick(&THINGS));
    match random.below(12) {
        0 => format!("**{first}**"),
        1 => format!("*{first}*"),
        2..=5 if first != second => format!("{first} and {second}"),
        _ => first.to_owned(),
    }
}

/// A few words without a full stop, for an item of a list.
pub(crate) fn phrase(random: &mut Random) -> String {
    format!("{} {}", random.pick(&THINGS), random.pick(&PURPOSES))
}

pub(crate) fn heading(random: &mut Random) -> String {
    format!("{} {}", random.pick(&ACTIONS), random.pick(&THINGS))
}

pub(crate) fn longer_heading(heading: &str, random: &mut Random) -> String {
    format!("{heading} and {}", random.pick(&THINGS))
}

pub(crate) fn table_row(random: &mut Random) -> [String; 3] {
    [
        capital(random.pick(&THINGS)),
        capital(random.pick(&PURPOSES)),
        capital(random.pick(&PERIODS)),
    ]
}

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
