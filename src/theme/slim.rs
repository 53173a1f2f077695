//! Style sheets and scripts as they are published: without comments and white space that only their authors read.

/// Characters beside which white space says nothing; it says nothing after a colon either.
const SEPARATORS: [char; 4] = ['{', '}', ';', ','];

/// A style sheet that says the same in fewer bytes. Strings, `url(…)`, escapes and comments that begin
/// with `/*!`, as licences do, stay as they are.
pub(super) fn css(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut between = Between::Separator;
    while let Some(first) = rest.chars().next() {
        let (token, after) = rest.split_at(token(rest, first));
        rest = after;
        if first.is_ascii_whitespace() {
            between = between.and(Between::Space);
            continue;
        }
        if token.starts_with("/*") && !token.starts_with("/*!") {
            between = between.and(Between::Comment);
            continue;
        }
        let separates = token.len() == 1 && SEPARATORS.contains(&first);
        match between {
            Between::Space if !separates => out.push(' '),
            // Without anything between them two words would be one.
            Between::Comment if !separates => out.push_str("/**/"),
            Between::Separator if first == '}' && out.ends_with(';') => {
                out.pop();
            }
            _ => {}
        }
        out.push_str(token);
        let is_last = separates || first == ':' && token.len() == 1;
        between = if is_last {
            Between::Separator
        } else {
            Between::Nothing
        };
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// What stands between what was written last and what comes next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Between {
    Nothing,
    Comment,
    Space,
    /// A character beside which white space says nothing, or the beginning.
    Separator,
}

impl Between {
    /// With what follows. White space says more than a comment, and nothing beside a separator.
    fn and(self, next: Self) -> Self {
        self.max(next)
    }
}

/// A script without indentation and the lines that are comments, but for those that speak of a licence.
/// One with block comments, template strings, lines that go on or line ends of another kind stays as it
/// is: there, such a line can be something else.
pub(super) fn js(script: &str) -> String {
    let unix = script.replace("\r\n", "\n");
    let signs = ["/*", "`", "\\\n", "\r", "\u{2028}", "\u{2029}"];
    if signs.iter().any(|sign| unix.contains(sign)) {
        return script.to_owned();
    }
    let lines = unix.lines().map(str::trim);
    let said =
        lines.filter(|line| !line.is_empty() && (!line.starts_with("//") || is_notice(line)));
    said.flat_map(|line| [line, "\n"]).collect()
}

/// Whether a comment has to stay.
fn is_notice(comment: &str) -> bool {
    let comment = comment.to_ascii_lowercase();
    let signs = ["//!", "licen", "copyright", "(c)", "@preserve", "sourcemap"];
    signs.iter().any(|sign| comment.contains(sign))
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
            ("a { margin: 1px/* no */solid }", "a{margin:1px/**/solid}\n"),
            (".a/* no */.b /* no */ .c/* no */ {}", ".a/**/.b .c{}\n"),
            ("a { b: c; /* no */ }", "a{b:c}\n"),
            ("/* no */", ""),
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
            ".a\\; .b{c:d}\n",
            ".sm\\: .b{--q:a\\;}\n",
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
