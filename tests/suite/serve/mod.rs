//! The preview and the watcher, as the running program with files that change under it.

mod edits;
mod requests;
mod told;
mod watching;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::site::Site;

/// How long to wait for what has to come. Nothing is measured with it: it only ends a test that fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program that goes on until the test ends.
pub(crate) struct Running {
    child: Child,
    /// What it says on stderr, line by line.
    said: Receiver<String>,
    heard: Vec<String>,
    /// The first line of stdout.
    pub(super) url: String,
}

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(super) headers: String,
    pub(super) body: String,
}

impl Running {
    /// Starts a command in the folder of a site.
    pub(crate) fn start(site: &Site, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_engross"))
            .args(arguments)
            .current_dir(site.root())
            .env_remove("CI")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = child.stderr.take().unwrap();
        let (say, said) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let _ = say.send(line);
            }
        });
        let mut url = String::new();
        if arguments[0] == "serve" {
            let stdout = child.stdout.take().unwrap();
            BufReader::new(stdout).read_line(&mut url).unwrap();
        }
        Self {
            child,
            said,
            heard: Vec::new(),
            url: url.trim().to_owned(),
        }
    }

    /// A preview of a site.
    pub(super) fn serve(site: &Site) -> Self {
        Self::start(site, &["serve", "--port", "0", "--as-of", crate::site::DAY])
    }

    pub(super) fn port(&self) -> u16 {
        let (_, rest) = self.url.rsplit_once(':').unwrap();
        rest.split('/').next().unwrap().parse().unwrap()
    }

    /// Asks as a program does.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n"))
    }

    /// Asks as a browser does.
    pub(super) fn browse(&self, path: &str) -> Reply {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,*/*\r\n"
        ))
    }

    /// Sends a request, whose last lines are added.
    pub(super) fn ask(&self, head: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port())).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{head}Connection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (headers, body) = answer.split_once("\r\n\r\n").unwrap();
        Reply {
            status: headers[9..12].parse().unwrap(),
            headers: headers.to_lowercase(),
            body: body.to_owned(),
        }
    }

    /// Waits until a page says something.
    pub(super) fn wait_for(&self, path: &str, words: &str) {
        wait_until(&format!("{path} says {words}"), || {
            self.get(path).body.contains(words)
        });
    }

    /// What is told of a page.
    pub(super) fn state(&self, page: &str) -> serde_json::Value {
        let reply = self.get(&format!("/_engross/state.json?page={page}"));
        serde_json::from_str(&reply.body).unwrap()
    }

    pub(super) fn generation(&self) -> u64 {
        self.state("/")["generation"].as_u64().unwrap()
    }

    /// How many errors stop a build.
    pub(super) fn errors(&self) -> usize {
        self.state("/")["errors"].as_array().unwrap().len()
    }

    /// Waits for a line on stderr that has these words.
    pub(super) fn hear(&mut self, words: &str) -> String {
        let start = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(start.elapsed());
            let Ok(line) = self.said.recv_timeout(left) else {
                panic!("`{words}` was never said, only: {:#?}", self.heard);
            };
            self.heard.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    /// What else is said within a time.
    pub(super) fn hear_for(&mut self, time: Duration) -> Vec<String> {
        let start = Instant::now();
        let mut lines = Vec::new();
        while let Ok(line) = self.said.recv_timeout(time.saturating_sub(start.elapsed())) {
            lines.push(line);
        }
        lines
    }

    /// The CPU time that it has taken, in ticks of the system (Linux, proc(5)).
    #[cfg(target_os = "linux")]
    pub(super) fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    pub(super) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something holds.
pub(super) fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(
            start.elapsed() < PATIENCE,
            "it never came about that {what}"
        );
        thread::sleep(Duration::from_millis(5));
    }
}

/// A site of two documents.
pub(super) fn site() -> Site {
    Site::minimal()
        .with(
            "content/terms/2023-01-01.md",
            "# Terms\n\nThese are the terms.\n\n## Your account {#account}\n\nOne each.\n",
        )
        .with(
            "content/terms/2024-01-01.md",
            "+++\nsummary = \"Two each.\"\n+++\n# Terms\n\nThese are the terms.\n\n## Your account {#account}\n\nTwo each.\n",
        )
}
