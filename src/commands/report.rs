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

/// What was told of a site that is looked at again and again.
#[derive(Default)]
pub(super) struct Told {
    problems: Vec<Diagnostic>,
}

impl Told {
    /// Tells errors in full when they are new, and how many warnings there are when there are others:
    /// these are for `check` to tell. Says when there are no errors any more.
    pub(super) fn again(&mut self, problems: Vec<Diagnostic>, sources: &SourceTree) {
        let (before, now) = (Count::of(&self.problems), Count::of(&problems));
        if before.errors > 0 && now.errors == 0 {
            clear();
            say("no errors any more");
        }
        let known =
            |problem: &Diagnostic| self.problems.iter().any(|other| is_same(other, problem));
        let errors = problems.iter().filter(|problem| problem.is_error());
        let errors: Vec<Diagnostic> = errors.cloned().collect();
        if errors.iter().any(|error| !known(error))
            || (now.errors > 0 && now.errors < before.errors)
        {
            self::problems(&errors, sources);
        }
        if now.warnings != before.warnings {
            match now.warnings {
                0 => say("no warnings any more"),
                1 => say("1 warning: `engross check` tells it"),
                warnings => say(&format!("{warnings} warnings: `engross check` tells them")),
            }
        }
        self.problems = problems;
    }
}

/// Whether two problems are one, wherever in its file it stands by now.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.place.path == other.place.path
        && one.rule.name == other.rule.name
        && one.message == other.message
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

/// A result on stdout.
pub(super) fn result(text: &str) -> Result<(), CannotRun> {
    write(anstream::stdout().lock(), text.as_bytes())
}

/// A file on stdout, as it is.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), CannotRun> {
    write(std::io::stdout().lock(), bytes)
}

/// A reader who has gone away has seen enough; any other failure is the disk's.
fn write(mut stdout: impl std::io::Write, bytes: &[u8]) -> Result<(), CannotRun> {
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
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
