//! The wire format of SSH (RFC 4251): strings that begin with their length.

/// Bytes that are read from their beginning. What does not fit gives `None`.
pub(super) struct Wire<'a>(&'a [u8]);

impl<'a> Wire<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Takes away bytes that must be there.
    pub(super) fn skip(&mut self, bytes: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(bytes)?;
        Some(())
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    pub(super) fn string(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (string, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(string)
    }

    /// A string that can be shown to people: visible ASCII characters.
    pub(super) fn name(&mut self) -> Option<&'a str> {
        let name = str::from_utf8(self.string()?).ok()?;
        let visible = name.bytes().all(|byte| byte.is_ascii_graphic());
        (visible && !name.is_empty()).then_some(name)
    }

    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }

    /// Nothing may be left.
    pub(super) fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// Strings one after the other, each with its length.
pub(super) fn strings(strings: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for string in strings {
        // What is written here is short: names, keys and digests.
        let length = u32::try_from(string.len()).unwrap_or(u32::MAX);
        bytes.extend(length.to_be_bytes());
        bytes.extend(*string);
    }
    bytes
}
