//! The characters that no source may hold.

use crate::diagnostic::{Diagnostic, Place, Span, rules};

/// The forbidden characters of a text with their bytes: NUL and the other control characters but
/// tab and line feed, and the code points that Unicode keeps from being characters. HTML allows
/// none of them (HTML Living Standard, 13.2.3.5).
pub(crate) fn forbidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| is_forbidden(*c))
}

fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | ' '..='~' => false,
        _ => {
            c.is_control()
                || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
                || u32::from(c) & 0xFFFE == 0xFFFE
        }
    }
}

/// Whether all bytes are printable ASCII or white space, as in most files. In pieces without a way
/// out in the middle, so that the compiler can look at many bytes at once.
fn is_plain(bytes: &[u8]) -> bool {
    let plain = |b: &u8| matches!(b, b' '..=b'~' | b'\n' | b'\t');
    bytes
        .chunks(256)
        .all(|piece| piece.iter().fold(true, |all, b| all & plain(b)))
}

/// A problem for the first forbidden character of a file; it says how many there are.
pub(crate) fn check(path: &str, text: &str) -> Option<Diagnostic> {
    if is_plain(text.as_bytes()) {
        return None;
    }
    let mut all = forbidden(text);
    let (at, first) = all.next()?;
    let more = match all.count() {
        0 => String::new(),
        n => format!(", and {n} more such characters"),
    };
    Some(Diagnostic::new(
        &rules::CONTROL_CHARACTER,
        Place::at(path, Span::new(at..at + first.len_utf8())),
        format!(
            "the file holds the control character U+{:04X}{more}",
            u32::from(first)
        ),
        "remove it; it often comes with a copy from a PDF or a word processor",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_any_script_is_clean_and_control_characters_are_not() {
        assert!(check("a.md", "Ünïcode\t“ok” مرحبا 日本\n").is_none());
        for bad in [
            "\0",
            "\u{7}",
            "\u{7F}",
            "\u{85}",
            "\u{FFFE}",
            "\u{1FFFF}",
            "\u{FDD0}",
        ] {
            assert!(check("a.md", &format!("ä{bad}")).is_some(), "{bad:?}");
        }
    }
}
