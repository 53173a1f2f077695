//! Bytes as lines of text between a first and a last line that say what they are.

use base64ct::{Base64, Encoding};

/// As long as OpenSSH makes them, so that a signature has the same bytes whoever writes it.
const LINE: usize = 70;

/// The bytes in a text that is such lines and nothing else.
pub(super) fn open(kind: &str, text: &str) -> Option<Vec<u8>> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let [first, inner @ .., last] = lines.as_slice() else {
        return None;
    };
    let framed = *first == line("BEGIN", kind) && *last == line("END", kind);
    let bytes = Base64::decode_vec(&inner.concat()).ok()?;
    framed.then_some(bytes)
}

/// Bytes as such lines.
pub(super) fn close(kind: &str, bytes: &[u8]) -> String {
    let mut text = line("BEGIN", kind);
    for (at, character) in Base64::encode_string(bytes).chars().enumerate() {
        if at % LINE == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text + "\n" + &line("END", kind) + "\n"
}

fn line(edge: &str, kind: &str) -> String {
    format!("-----{edge} {kind}-----")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_can_be_opened() {
        for length in [0, 1, 2, 51, 52, 53, 54, 105] {
            let bytes = vec![b'x'; length];
            let text = close("THING", &bytes);
            assert_eq!(open("THING", &text), Some(bytes), "{text}");
            assert!(text.lines().all(|line| line.len() <= LINE));
        }
    }

    #[test]
    fn nothing_else_is_opened() {
        let text = close("THING", b"some bytes");
        assert_eq!(open("OTHER", &text), None);
        assert_eq!(open("THING", &text.replace("==", "")), None);
        assert_eq!(open("THING", &format!("{text}more\n")), None);
        assert_eq!(open("THING", &format!("more\n{text}")), None);
        assert_eq!(open("THING", ""), None);
        assert_eq!(open("THING", "-----BEGIN THING-----"), None);
    }
}
