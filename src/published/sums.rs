//! The list of digests of a published folder: a line for each file, as `sha256sum` writes it.

use std::collections::BTreeMap;

use crate::ledger::Digest;

/// The digest of each file that is listed, and what cannot be read or is listed twice.
pub(super) fn read(bytes: &[u8]) -> (BTreeMap<String, Digest>, Vec<String>) {
    let (mut listed, mut faults) = (BTreeMap::new(), Vec::new());
    let text = String::from_utf8_lossy(bytes);
    for (at, line) in text.lines().enumerate() {
        let Some((digest, path)) = digest_and_path(line) else {
            faults.push(format!(
                "line {} is not a digest, two blanks and a path",
                at + 1
            ));
            continue;
        };
        if listed.contains_key(&path) {
            faults.push(format!("line {} lists {path} again", at + 1));
        }
        listed.insert(path, digest);
    }
    (listed, faults)
}

fn digest_and_path(line: &str) -> Option<(Digest, String)> {
    // A mark before the digest says that the name is written otherwise.
    let (line, is_escaped) = match line.strip_prefix('\\') {
        Some(line) => (line, true),
        None => (line, false),
    };
    let (digest, path) = line.split_once("  ")?;
    let digest = format!("sha256:{digest}").parse().ok()?;
    let path = if is_escaped {
        unescaped(path)
    } else {
        path.to_owned()
    };
    Some((digest, path)).filter(|(_, path)| !path.is_empty())
}

fn unescaped(path: &str) -> String {
    let parts = path.split("\\\\");
    let parts: Vec<String> = parts.map(|part| part.replace("\\n", "\n")).collect();
    parts.join("\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_digest_and_a_path() {
        let digest = Digest::of("x");
        let hex = digest.hex();
        let text = format!("{hex}  a b/c\n{hex}  d\n{hex} e\n{hex}  d\n\n\\{hex}  f\\\\n\\ng\n");
        let (listed, faults) = read(text.as_bytes());
        let listed: Vec<(&str, Digest)> = listed.iter().map(|(p, d)| (p.as_str(), *d)).collect();
        assert_eq!(
            listed,
            [("a b/c", digest), ("d", digest), ("f\\n\ng", digest)]
        );
        let expected = [
            "line 3 is not a digest, two blanks and a path",
            "line 4 lists d again",
            "line 5 is not a digest, two blanks and a path",
        ];
        assert_eq!(faults, expected);
    }
}
