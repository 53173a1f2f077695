//! What helps at a terminal: completions that a shell takes, and a manual page of every command.

use std::fs;
use std::process::Command;

use crate::folder;
use crate::site::{Site, run};

/// The commands that the help lists.
fn commands(site: &Site) -> Vec<String> {
    let help = site.run(&["--help"]).stdout;
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = lines
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().next().unwrap().to_owned());
    names.filter(|name| name != "help").collect()
}

#[test]
fn every_shell_gets_its_completions() {
    let site = Site::empty();
    let commands = commands(&site);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = site.run(&["completions", shell]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        for name in &commands {
            assert!(run.stdout.contains(name.as_str()), "{shell}: {name}");
        }
    }
    assert_eq!(site.run(&["completions", "cmd"]).status, 2);
    assert_eq!(site.run(&["completions"]).status, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn bash_completes_commands_and_options() {
    let site = Site::empty();
    site.put("engross.bash", site.run(&["completions", "bash"]).stdout);
    let complete = |words: &str| {
        let script = format!(
            "source engross.bash; complete -p engross >&2 || exit 1; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _engross engross \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let run = run(Command::new("bash")
            .current_dir(site.root())
            .args(["--norc", "-c", &script]));
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout
    };
    assert_eq!(complete("engross am"), "amend\n");
    assert_eq!(complete("engross amend --e"), "--effective\n");
    assert_eq!(complete("engross check --format g"), "github\n");
}

#[test]
fn every_command_has_a_manual_page_with_its_examples() {
    let site = Site::empty();
    let run = site.run(&["man", "pages"]);
    assert_eq!(
        (run.status, run.stdout.as_str(), run.stderr.as_str()),
        (0, "", "")
    );
    let pages = site.root().join("pages");
    let mut expected: Vec<String> = commands(&site)
        .iter()
        .map(|name| format!("engross-{name}.1"))
        .collect();
    expected
        .extend(["engross.1", "engross-theme-copy.1", "engross-theme-show.1"].map(str::to_owned));
    expected.sort_unstable();
    assert_eq!(folder::names(&pages), expected);
    for name in &expected {
        let page = fs::read_to_string(pages.join(name)).unwrap();
        assert!(page.contains(".SH EXAMPLES\n.nf\nengross "), "{name}");
        assert!(page.contains(".SH OPTIONS"), "{name}");
    }
    let page = site.run(&["man"]).stdout;
    assert_eq!(fs::read_to_string(pages.join("engross.1")).unwrap(), page);
    assert!(page.contains(".SH \"EXIT STATUS\"\n0 done; 1 "), "{page}");
    assert_eq!(site.run(&["man", "pages"]).status, 0, "pages are made anew");
}
