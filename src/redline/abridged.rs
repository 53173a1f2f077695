//! Long addresses side by side: what they share is said once.

/// An address that takes more than a line of its own is too long to be compared letter by letter.
const LONG: usize = 60;

/// What stands between the parts of an address.
const SEPARATORS: [char; 4] = ['/', '?', '&', '#'];

/// A new address beside the old one: if it is long, without the parts that it shares with the old
/// one at its beginning and its end.
pub fn abridged(new: &str, old: &str) -> String {
    let head = shared_head(new, old);
    let (new_rest, old_rest) = (&new[head..], &old[head..]);
    let tail = shared_tail(new_rest, old_rest);
    if new.len() <= LONG || head + tail < LONG / 2 {
        return new.to_owned();
    }
    let left_out = |length: usize| if length > 0 { "…" } else { "" };
    let middle = &new_rest[..new_rest.len() - tail];
    format!("{}{middle}{}", left_out(head), left_out(tail))
}

/// The length of the whole parts with which both begin; nothing if they lead to different hosts.
fn shared_head(new: &str, old: &str) -> usize {
    let both = new.char_indices().zip(old.chars());
    let differs = both.clone().find(|((_, a), b)| a != b);
    let end = differs.map_or(new.len().min(old.len()), |((at, _), _)| at);
    let head = new[..end].rfind(SEPARATORS).unwrap_or(0);
    let host = new.find("://").map_or(0, |at| at + 3);
    if new[host..]
        .find('/')
        .is_some_and(|path| host + path <= head)
    {
        head
    } else {
        0
    }
}

/// The length of the whole parts with which both end.
fn shared_tail(new: &str, old: &str) -> usize {
    let both = new.chars().rev().zip(old.chars().rev());
    let same = both.take_while(|(a, b)| a == b);
    let length: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let tail = &new[new.len() - length..];
    // Something of its own must be left to tell it by.
    let length = length.min(new.len().saturating_sub(1));
    let begin = tail.find(SEPARATORS).map_or(0, |at| tail.len() - at);
    if begin <= length { begin } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_address_is_said_in_full() {
        let (old, new) = ("https://tallyfern.example/a", "https://tallyfern.example/b");
        assert_eq!(abridged(new, old), new);
    }

    #[test]
    fn a_long_address_is_told_by_what_is_new_in_it() {
        let base = "https://tallyfern.example/forms/request?source=privacy-policy";
        let old = format!("{base}&campaign=2022-12&medium=web&token=Zm9vYmFyYmF6");
        let new = format!("{base}&campaign=2024-01&medium=web&token=Zm9vYmFyYmF6");
        assert_eq!(abridged(&new, &old), "…&campaign=2024-01…");
        assert_eq!(abridged(base, &old), "…?source=privacy-policy");
        assert_eq!(
            abridged(&old, base),
            "…?source=privacy-policy&campaign=2022-12&medium=web&token=Zm9vYmFyYmF6"
        );
    }

    #[test]
    fn another_host_is_said() {
        let path = "forms/request?source=privacy-policy&campaign=2022-12&medium=web";
        let old = format!("https://tallyfern.example/{path}");
        let new = format!("https://requests.example/{path}");
        assert_eq!(abridged(&new, &old), "https://requests.example…");
    }

    #[test]
    fn letters_of_all_scripts_stay_whole() {
        let base = "https://tallyfern.example/隐私政策/请求表格/第十二条?来源=隐私";
        let (old, new) = (format!("{base}条&a=é"), format!("{base}款&a=è"));
        assert_eq!(abridged(&new, &old), "…?来源=隐私款&a=è");
    }
}
