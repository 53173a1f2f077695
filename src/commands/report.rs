//! What goes to stderr: problems, their count, and a word while others wait.

use std::io::{IsTerminal as _, Write as _};

use super::CannotRun;
use engross::diagnostic::{Count, Diagnostic, human};
use engross::tree::SourceTree;

/// Problems for a person, with their count at the end.
pub(super) fn problems(diagnostics: &[Diagnostic], sources: &SourceTree) {
    if diagnostics.is_empty() {
        return;
    }
    // anstream takes the colours out where nobody would see them.
    let text = human::render(diagnostics, sources, true);
    say(&format!("{text}{}", Count::of(diagnostics).words()));
}

/// Why a command could not run.
pub(super) fn cannot_run(why: &str) {
    say(&format!("error: {why}"));
}

/// A line on stderr. That nobody reads it is no reason to fail.
pub(super) fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Takes away what stands on the terminal; does nothing elsewhere.
pub(super) fn clear() {
    if std::io::stderr().is_terminal() {
        let _ = write!(anstream::stderr(), "\u{1b}[2J\u{1b}[H");
    }
}

/// A result on stdout. A reader who has gone away has seen enough; any other failure is the disk's.
pub(super) fn result(text: &str) -> Result<(), CannotRun> {
    let mut stdout = anstream::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(CannotRun(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}

/// The first names of a list, and how many more there are.
pub(super) fn some(names: &[impl AsRef<str>]) -> String {
    let shown: Vec<&str> = names.iter().take(6).map(AsRef::as_ref).collect();
    let shown = shown.join(", ");
    match names.len().saturating_sub(6) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// How far long work is: one line that is written over, on a terminal only.
pub(super) struct Progress {
    total: usize,
    step: usize,
    done: std::sync::atomic::AtomicUsize,
    shown: bool,
}

impl Progress {
    pub(super) fn new(total: usize, quiet: bool) -> Self {
        let shown = !quiet && total > 500 && std::io::stderr().is_terminal();
        Self {
            total,
            step: total / 100 + 1,
            done: 0.into(),
            shown,
        }
    }

    /// One more is done. Can be called from several threads.
    pub(super) fn advance(&self) {
        let done = self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if self.shown && done.is_multiple_of(self.step) {
            let _ = write!(anstream::stderr(), "\rrendering {done} of {}", self.total);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(anstream::stderr(), "\r\u{1b}[K");
        }
    }
}
