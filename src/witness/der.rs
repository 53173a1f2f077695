//! A strict reader of DER (X.690): values with their tags and lengths, one after the other.

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const NAME: u8 = 0x06;
pub(super) const TEXT: u8 = 0x0c;
pub(super) const TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// What stands in a place that its own type would not tell.
pub(super) const TAGGED: u8 = 0xa0;

/// Bytes that are read from their beginning. What does not fit gives `None`.
#[derive(Clone)]
pub(super) struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What the next value holds. It must have the tag.
    pub(super) fn value(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next()
            .filter(|(found, _)| *found == tag)
            .map(|(_, value)| value)
    }

    /// The values in the next value.
    pub(super) fn inside(&mut self, tag: u8) -> Option<Self> {
        self.value(tag).map(Self)
    }

    /// Nothing may be left.
    pub(super) fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    /// Whatever is left must be values.
    pub(super) fn rest(mut self) -> Option<()> {
        while !self.0.is_empty() {
            self.next()?;
        }
        Some(())
    }

    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&[tag, first], rest) = self.0.split_first_chunk()?;
        let (length, rest) = length(first, rest)?;
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, value))
    }
}

/// The length of a value, which has only one way to be written.
fn length(first: u8, rest: &[u8]) -> Option<(usize, &[u8])> {
    if first < 0x80 {
        return Some((usize::from(first), rest));
    }
    let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
    if bytes.len() > 4 {
        return None;
    }
    let length = bytes
        .iter()
        .fold(0, |length, byte| length << 8 | u64::from(*byte));
    let shortest = bytes.first().is_some_and(|byte| *byte != 0) && length >= 0x80;
    let length = usize::try_from(length).ok()?;
    shortest.then_some((length, rest))
}

/// A name (OBJECT IDENTIFIER) as numbers with dots between them.
pub(super) fn dotted(name: &[u8]) -> Option<String> {
    let mut numbers: Vec<u64> = Vec::new();
    let mut number: u64 = 0;
    for byte in name {
        number = number.checked_mul(128)? + u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            numbers.push(number);
            number = 0;
        }
    }
    let (first, rest) = numbers.split_first()?;
    let root = (first / 40).min(2);
    let whole = name.last().is_some_and(|byte| byte & 0x80 == 0);
    let numbers: Vec<String> = [root, first - root * 40]
        .iter()
        .chain(rest)
        .map(u64::to_string)
        .collect();
    whole.then(|| numbers.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_one_form() {
        let read = |bytes: &[u8]| Der::new(bytes).value(OCTETS).map(<[u8]>::len);
        assert_eq!(read(&[4, 0]), Some(0));
        assert_eq!(read(&[4, 1, 9]), Some(1));
        assert_eq!(read(&[&[4, 0x81, 0x80][..], &[0; 128]].concat()), Some(128));
        assert_eq!(read(&[&[4, 0x82, 1, 0][..], &[0; 256]].concat()), Some(256));
        for wrong in [
            &[][..],
            &[4],
            &[4, 1],
            &[2, 0],
            &[4, 0x80, 0, 0],
            &[4, 0x81, 1, 9],
            &[4, 0x82, 0, 1, 9],
            &[4, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[4, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[4, 0xff],
        ] {
            assert_eq!(read(wrong), None, "{wrong:x?}");
        }
    }

    #[test]
    fn names_are_numbers() {
        assert_eq!(dotted(&[0x2a, 0x86, 0x48]).as_deref(), Some("1.2.840"));
        assert_eq!(dotted(&[0x88, 0x37, 3]).as_deref(), Some("2.999.3"));
        assert_eq!(dotted(&[]), None);
        assert_eq!(dotted(&[0x2a, 0x86]), None);
        assert_eq!(dotted(&[0xff; 20]), None);
    }
}
