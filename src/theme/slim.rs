//! Style sheets and scripts as they are published: without comments and white space that only their authors read.

/// Characters beside which white space says nothing; it says nothing after a colon either.
const SEPARATORS: [char; 4] = ['{', '}', ';', ','];

/// A style sheet that says the same in fewer bytes. Strings, `url(…)`, escapes and comments that begin
/// with `/*!`, as licences do, stay as they are.
pub(super) fn css(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut spaced = false;
    while let Some(first) = rest.chars().next() {
        let length = token(rest, first);
        let (token, after) = rest.split_at(length);
        rest = after;
        if first.is_ascii_whitespace() || (token.starts_with("/*") && !token.starts_with("/*!")) {
            spaced = true;
            continue;
        }
        let says_nothing = out.ends_with(SEPARATORS) || out.ends_with(':');
        if spaced && !out.is_empty() && !says_nothing && !SEPARATORS.contains(&first) {
            out.push(' ');
        }
        if first == '}' && out.ends_with(';') {
            out.pop();
        }
        spaced = false;
        out.push_str(token);
    }
    out.push('\n');
    out
}

/// A script without the lines that are comments and without indentation. One with block comments, template
/// strings or lines that go on stays as it is: there, such a line can be something else.
pub(super) fn js(script: &str) -> String {
    if ["/*", "`", "\\\n", "\\\r"]
        .iter()
        .any(|sign| script.contains(sign))
    {
        return script.to_owned();
    }
    let lines = script.lines().map(str::trim);
    let said = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    said.flat_map(|line| [line, "\n"]).collect()
}

/// The length of what begins with `first` and is taken or left as a whole.
fn token(rest: &str, first: char) -> usize {
    let until = |end: &str, from: usize| rest[from..].find(end).map(|at| from + at + end.len());
    let whole = match first {
        '"' | '\'' => return string(rest, first),
        '\\' => rest.chars().take(2).map(char::len_utf8).sum(),
        '/' if rest.starts_with("/*") => until("*/", 2).unwrap_or(rest.len()),
        'u' if rest.starts_with("url(") && !rest[4..].trim_start().starts_with(['"', '\'']) => {
            until(")", 4).unwrap_or(rest.len())
        }
        _ => first.len_utf8(),
    };
    whole.min(rest.len())
}

/// The length of a string with its quotes.
fn string(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{css, js};

    #[test]
    fn comments_and_indentation_of_scripts_are_left_out() {
        let script = "// Why.\nfor (const a of b) {\n  // How.\n  c(\"// kept\"); // kept\n\n}\n";
        assert_eq!(
            js(script),
            "for (const a of b) {\nc(\"// kept\"); // kept\n}\n"
        );
        for kept in [
            "a = `\n// kept\n`;\n",
            "/*\n// kept */\n",
            "a = \"b \\\n// kept\";\n",
        ] {
            assert_eq!(js(kept), kept);
        }
    }

    #[test]
    fn what_only_authors_read_is_left_out() {
        for (written, published) in [
            ("/* A link */\na { color: red; }\n", "a{color:red}\n"),
            (
                "a  :hover ,\n b > c { margin: 0  1px ; }",
                "a :hover,b > c{margin:0 1px}\n",
            ),
            (
                "@media (min-width: 40rem) and (hover: none) {\n  a { b: c; }\n}",
                "@media (min-width:40rem) and (hover:none){a{b:c}}\n",
            ),
            (
                "a { inline-size: calc(1px + 2px) }",
                "a{inline-size:calc(1px + 2px)}\n",
            ),
            ("a { margin: 1px/* no */solid }", "a{margin:1px solid}\n"),
        ] {
            assert_eq!(css(written), published);
        }
    }

    #[test]
    fn what_is_said_stays_as_it_is() {
        for kept in [
            "a::after{content:\" ; /* no */ \\\" , \"}\n",
            "a{b:url(x  y.svg) url(data:a,b;c)}\n",
            "/*! Licence: keep  me */\n",
            ".a\\;b{c:d}\n",
            "a{content:'{ '}\n",
        ] {
            assert_eq!(css(kept), kept);
        }
        // What never ends is no reason to stumble.
        for broken in ["a{b:\"c", "/* d", "a{b:url(c", "\\"] {
            css(broken);
        }
    }
}
