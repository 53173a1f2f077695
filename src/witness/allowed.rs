//! The file of allowed signers (`ssh-keygen(1)`, ALLOWED SIGNERS): whose key is whose, for what and when.

use base64ct::{Base64, Encoding};
use jiff::civil::{Date, DateTime, Time};

use super::moment;
use super::signature::NAMESPACE;
use super::wire::Wire;

/// Who may have signed with a key on a day; else why nobody may.
pub(super) fn principals(file: &str, key: &[u8], day: Date) -> Result<Vec<String>, String> {
    let mut principals = Vec::new();
    let mut why = Vec::new();
    for (at, text) in file.lines().enumerate() {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match Line::read(text).map(|line| (line.key == key, line)) {
            Some((false, _)) => {}
            Some((true, line)) => match line.objection(day) {
                None => principals.extend(line.principals),
                Some(objection) => why.push(format!("line {} {objection}", at + 1)),
            },
            None => why.push(format!("line {} cannot be read", at + 1)),
        }
    }
    if why.is_empty() {
        why.push("no line has this key".to_owned());
    }
    if principals.is_empty() {
        Err(why.join("; "))
    } else {
        Ok(principals)
    }
}

/// A line that names a key.
struct Line<'a> {
    principals: Vec<String>,
    options: Vec<&'a str>,
    key: Vec<u8>,
}

impl<'a> Line<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let fields = split(text, &[' ', '\t']);
        let (principals, rest) = fields.split_first()?;
        let (options, key) = match rest {
            [kind, key, ..] if key_blob(kind, key).is_some() => ("", key_blob(kind, key)?),
            [options, kind, key, ..] => (*options, key_blob(kind, key)?),
            _ => return None,
        };
        let principals = unquoted(principals).unwrap_or_else(|| (*principals).to_owned());
        Some(Self {
            principals: split(&principals, &[','])
                .into_iter()
                .map(str::to_owned)
                .collect(),
            options: split(options, &[',']),
            key,
        })
    }

    /// Why the line does not count, though the key is the right one.
    fn objection(&self, day: Date) -> Option<String> {
        let objection = |option: &&str| objection(option, day);
        self.options.iter().find_map(objection)
    }
}

/// A key's bytes, which begin with its kind.
fn key_blob(kind: &str, key: &str) -> Option<Vec<u8>> {
    let blob = Base64::decode_vec(key).ok()?;
    let fits = Wire::new(&blob).name() == Some(kind);
    fits.then_some(blob)
}

/// Why an option keeps a key from counting; an option that is not understood does.
fn objection(option: &str, day: Date) -> Option<String> {
    let (name, value) = option.split_once('=').unwrap_or((option, ""));
    let name = name.to_ascii_lowercase();
    let value = unquoted(value);
    let value = value.as_deref();
    match (name.as_str(), value, value.and_then(time)) {
        ("cert-authority", None, _) => Some("has the key for certificates only".to_owned()),
        ("namespaces", Some(list), _) => (!any_matches(list, NAMESPACE))
            .then(|| format!("has the key only for the namespaces “{list}”")),
        ("valid-after", _, Some(after)) => {
            (after > end(day)).then(|| format!("has the key only from {after} on"))
        }
        // Of a day that begins as the key ends, nothing is left.
        ("valid-before", _, Some(before)) => {
            (before <= start(day)).then(|| format!("has the key only until {before}"))
        }
        _ => Some(format!(
            "has the option `{option}`, which is not understood here"
        )),
    }
}

/// A time in an option. A day has no zone, so the `Z` that says in which zone the time is says nothing here.
fn time(value: &str) -> Option<DateTime> {
    moment(value.strip_suffix(['Z', 'z']).unwrap_or(value))
}

fn start(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

fn end(day: Date) -> DateTime {
    day.to_datetime(Time::MAX)
}

/// Splits a text at characters that stand outside of quotes; drops empty parts.
fn split<'a>(text: &'a str, at: &[char]) -> Vec<&'a str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = text.split(|c: char| {
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
        !quoted && at.contains(&c)
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// What stands between quotes that enclose a whole value.
fn unquoted(value: &str) -> Option<String> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.replace("\\\"", "\""))
}

/// Whether a list of patterns (`ssh_config(5)`, PATTERNS) has one for a name, and none against it.
fn any_matches(list: &str, name: &str) -> bool {
    let (against, for_it): (Vec<&str>, Vec<&str>) = list
        .split(',')
        .partition(|pattern| pattern.starts_with('!'));
    let matches = |pattern: &&str| matches(pattern.trim_start_matches('!'), name);
    for_it.iter().any(matches) && !against.iter().any(matches)
}

/// Whether a pattern with `*` and `?` is for a name: which beginnings of the name the pattern can
/// have used up, character by character of the pattern.
fn matches(pattern: &str, name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let mut used = vec![false; name.len() + 1];
    used[0] = true;
    for c in pattern.chars() {
        if c == '*' {
            let first = used.iter().position(|used| *used).unwrap_or(used.len());
            used[first..].fill(true);
        } else {
            let next = |at: usize| at > 0 && used[at - 1] && (c == '?' || c == name[at - 1]);
            used = (0..used.len()).map(next).collect();
        }
    }
    used[name.len()]
}
