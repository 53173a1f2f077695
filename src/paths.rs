//! Paths with `/` between their parts, joined without looking at any disk.

/// A relative path as seen from a folder, without `.` and `..`. `None` when it leads out of the
/// tree that the folder is in.
pub(crate) fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_and_refuses_to_leave() {
        assert_eq!(
            join("content/privacy", "../terms/").as_deref(),
            Some("content/terms")
        );
        assert_eq!(
            join("content", "./a/./b.md").as_deref(),
            Some("content/a/b.md")
        );
        assert_eq!(join("content", "../../etc"), None);
        assert_eq!(join("", ".."), None);
    }
}
