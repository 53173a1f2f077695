//! The number that a heading was given by hand: `3. Scope`, `4.2 Choices`, `Section 5: Fees`.

/// The number at the beginning of a heading, and the words after it. A heading that is nothing but
/// a number has no other words, so the number is what it says; so is that of `30 days`.
pub(super) fn without_number(heading: &str) -> (&str, &str) {
    let heading = heading.trim();
    let named = ["section ", "article ", "part ", "chapter ", "§ ", "§"]
        .into_iter()
        .find(|name| starts_with(heading, name))
        .map_or(0, str::len);
    let rest = &heading[named..];
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (number, words) = (&rest[..end], rest[end..].trim_start());
    let after = words.trim_start_matches(['–', '—', '-', ':']).trim_start();
    let is_plain = named == 0 && number.bytes().all(|b| b.is_ascii_digit());
    let counts = is_plain && after.starts_with(char::is_lowercase);
    if after.is_empty() || counts || !is_number(number, named > 0) {
        return ("", heading);
    }
    (&heading[..named + end], after)
}

/// Whether two headings say the same but for their punctuation.
pub(super) fn differ_by_marks(old: &str, new: &str) -> bool {
    let words = |heading: &str| -> Vec<String> {
        let words = heading.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (old, new) = (words(old), words(new));
    !old.is_empty() && old == new
}

fn starts_with(heading: &str, name: &str) -> bool {
    heading
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// `3`, `3.`, `4.2`, `4.2.1)`, `(b)`, `IV.`, `A.`; a bare numeral or letter only after a name such as “Section”.
fn is_number(word: &str, named: bool) -> bool {
    let bare = word
        .trim_start_matches('(')
        .trim_end_matches([')', '.', ':']);
    let marked = bare.len() < word.len();
    let mut parts = bare.split('.');
    let digits = |part: &str| {
        !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())
    };
    if bare.is_empty() {
        return false;
    }
    if parts.all(digits) {
        return true;
    }
    let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = bare.bytes().all(|b| b"IVXLCivxlc".contains(&b));
    (marked || named) && (letter || roman)
}

#[cfg(test)]
mod tests {
    use super::without_number;

    #[test]
    fn a_number_given_by_hand_is_told_from_the_words() {
        let cases = [
            ("3. Scope", "3.", "Scope"),
            ("4.2 Choices and rights", "4.2", "Choices and rights"),
            ("Section 5: Fees", "Section 5:", "Fees"),
            ("(b) Fees", "(b)", "Fees"),
            ("IV. Fees", "IV.", "Fees"),
            ("Article II – Fees", "Article II", "Fees"),
            ("I agree", "", "I agree"),
            ("A reminder", "", "A reminder"),
            ("2022", "", "2022"),
            ("Scope", "", "Scope"),
            ("30 days", "", "30 days"),
            ("30. days", "30.", "days"),
            ("4 Choices", "4", "Choices"),
            ("2022 figures", "", "2022 figures"),
        ];
        for (heading, number, words) in cases {
            assert_eq!(without_number(heading), (number, words), "{heading}");
        }
    }
}
