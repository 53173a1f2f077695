//! How large a picture is, so that a page keeps room for it.

/// Width and height of a PNG, or of an SVG that has a `viewBox`.
pub fn size(bytes: &[u8]) -> Option<(u64, u64)> {
    let (width, height) = png(bytes).or_else(|| svg(std::str::from_utf8(bytes).ok()?))?;
    (width > 0 && height > 0).then_some((width, height))
}

fn png(bytes: &[u8]) -> Option<(u64, u64)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(8..16)?;
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    };
    Some((number(&header[..4]), number(&header[4..])))
}

fn svg(text: &str) -> Option<(u64, u64)> {
    let (_, element) = text.split_once("<svg")?;
    let (tag, _) = element.split_once('>')?;
    let (_, value) = tag.split_once("viewBox=")?;
    let quote = value.chars().next()?;
    let mut numbers = value[1..]
        .split(quote)
        .next()?
        .split([' ', ','])
        .filter(|number| !number.is_empty())
        .skip(2);
    let mut whole = || numbers.next()?.split('.').next()?.parse().ok();
    Some((whole()?, whole()?))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn pictures_of_known_kinds_have_a_size() {
        assert_eq!(
            size(
                b"<?xml version='1.0'?>\n<svg xmlns='x' viewBox='0 0 120.5, 32'><path d=''/></svg>"
            ),
            Some((120, 32))
        );
        assert_eq!(
            size(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x20\x08"),
            Some((258, 32))
        );
        for unknown in [
            &b"<svg width=\"3\"><path/></svg>"[..],
            b"<svg viewBox=",
            b"<svg viewBox=\"0 0 0 3\">",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8",
            b"",
        ] {
            assert_eq!(size(unknown), None);
        }
    }
}
