//! What is answered: the bytes of a build, the headers of a host, and nothing to strangers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::{Running, site};
use crate::folder;
use crate::site::{CONFIG, TEXT, config, text};

#[test]
fn every_address_gives_the_very_bytes_of_a_build() {
    let site = site();
    site.build();
    let built = site.published();
    let before = folder::snapshot(&site.public());
    let server = Running::serve(&site);
    for (path, entry) in &built {
        let Some(bytes) = &entry.bytes else {
            continue;
        };
        let address = path.strip_suffix("index.html").unwrap_or(path);
        if ["_headers", "_redirects", ".engross", ".nojekyll"].contains(&address) {
            continue;
        }
        let reply = server.get(&format!("/{address}"));
        assert_eq!(reply.status, 200, "{path}");
        let (shown, built) = (reply.body, String::from_utf8_lossy(bytes));
        assert_eq!(shown, built, "{path}");
    }
    site.put(TEXT, text("Other words."));
    server.wait_for("/privacy/", "Other words.");
    assert_eq!(
        folder::snapshot(&site.public()),
        before,
        "public/ was touched"
    );
}

#[test]
fn only_browsers_get_the_script_and_it_is_all_that_is_added() {
    let site = site();
    let server = Running::serve(&site);
    let plain = server.get("/privacy/").body;
    let browsed = server.browse("/privacy/").body;
    let at = browsed.find("<script src=\"/_engross/").unwrap();
    let end = at + browsed[at..].find('\n').unwrap() + 1;
    assert_eq!(format!("{}{}", &browsed[..at], &browsed[end..]), plain);
    let generation = format!("data-generation=\"{}\"", server.generation());
    assert!(browsed[at..].contains(&generation), "{browsed}");
    let style = server.browse("/_engross/preview.css");
    assert!(style.status == 200 && !style.body.contains("<script"));
}

#[test]
fn headers_and_errors_are_those_of_a_host() {
    let site = site().with(
        "content/terms/document.toml",
        "redirects = [\"/tos.html\"]\n",
    );
    let server = Running::serve(&site);
    let page = server.get("/privacy/");
    for header in [
        "content-type: text/html; charset=utf-8",
        "content-security-policy: default-src 'self'",
        "x-content-type-options: nosniff",
        "referrer-policy: strict-origin-when-cross-origin",
        "cache-control: no-store",
    ] {
        assert!(page.headers.contains(header), "{header}\n{}", page.headers);
    }
    let missing = server.get("/nothing/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("<!doctype html>"));
    for (from, to) in [
        ("/privacy", "/privacy/"),
        ("/privacy/index.html", "/privacy/"),
        ("/tos.html", "/terms/"),
    ] {
        let reply = server.get(from);
        assert_eq!(reply.status, 302, "{from}");
        assert!(
            reply.headers.contains(&format!("location: {to}")),
            "{}",
            reply.headers
        );
    }
    assert_eq!(server.get("/_headers").status, 404);
    let head = server.ask("HEAD /privacy/ HTTP/1.1\r\nHost: localhost\r\n");
    assert!(head.status == 200 && head.body.is_empty());
    let posted = server.ask("POST /privacy/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n");
    assert_eq!(posted.status, 405);
}

#[test]
fn a_base_with_a_path_is_served_below_it() {
    let site = site().with(
        "engross.toml",
        CONFIG.replace("legal.example/", "example.com/legal/"),
    );
    let server = Running::serve(&site);
    assert!(server.url.ends_with("/legal/"), "{}", server.url);
    assert_eq!(server.get("/legal/privacy/").status, 200);
    assert!(server.get("/").headers.contains("location: /legal/"));
    assert_eq!(server.get("/privacy/").status, 404);
}

#[test]
fn strangers_are_refused() {
    let site = site();
    let server = Running::serve(&site);
    let port = server.port();
    let asked = |host: &str| server.ask(&format!("GET /privacy/ HTTP/1.1\r\nHost: {host}\r\n"));
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        &format!("localhost.evil.example:{port}"),
        "192.168.0.1",
    ] {
        let reply = asked(host);
        assert_eq!(reply.status, 403, "{host}");
        assert!(!reply.body.contains("Words."), "{host}");
    }
    for host in [
        &format!("localhost:{port}"),
        &format!("127.0.0.1:{port}"),
        &format!("[::1]:{port}"),
    ] {
        assert_eq!(asked(host).status, 200, "{host}");
    }
    let foreign = server.ask(
        "POST /_engross/day?day=2022-06-01 HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n",
    );
    assert_eq!(foreign.status, 403);
    let other_server = server.ask(
        "POST /_engross/day?day=2022-06-01 HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:9\r\nContent-Length: 0\r\n",
    );
    assert_eq!(other_server.status, 403);
    let two = server.ask("GET /privacy/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n");
    assert_eq!(two.status, 400);
    let events = server.ask("GET /_engross/events?after=0 HTTP/1.1\r\nHost: evil.example\r\n");
    assert_eq!(events.status, 403);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let site = site();
    site.put("secret.txt", "a secret");
    let server = Running::serve(&site);
    for path in [
        "/../secret.txt",
        "/privacy/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/privacy/..\\..\\secret.txt",
        "//secret.txt",
        "/secret.txt",
        "/engross.toml",
        "/content/privacy/2022-01-01.md",
        "/%00",
        "/%252e%252e/secret.txt",
        "/_engross/../secret.txt",
        "/_engross/%2e%2e/secret.txt",
    ] {
        let reply = server.get(path);
        assert!(
            [400, 404].contains(&reply.status),
            "{path}: {}",
            reply.status
        );
        assert!(!reply.body.contains("a secret"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_site_is_told_and_not_followed() {
    let site = site();
    let outside = site.root().parent().unwrap().join("outside.md");
    std::fs::write(&outside, "# Secret\n\nA secret.\n").unwrap();
    let server = Running::serve(&site);
    let link = site.root().join("content/privacy/2023-01-01.md");
    std::os::unix::fs::symlink(&outside, &link).unwrap();
    super::wait_until("the link is told", || server.errors() == 1);
    assert_eq!(server.get("/privacy/2023-01-01/").status, 404);
    std::fs::remove_file(link).unwrap();
    super::wait_until("it is mended", || server.errors() == 0);
}

#[test]
fn nobody_gets_less_than_a_page_while_it_is_built_anew() {
    let site = site();
    let server = Running::serve(&site);
    let port = server.port();
    let done = Arc::new(AtomicBool::new(false));
    let asked = Arc::new(AtomicUsize::new(0));
    let askers: Vec<_> = (0..4)
        .map(|asker| {
            let (done, asked) = (done.clone(), asked.clone());
            thread::spawn(move || {
                let paths = ["/privacy/", "/", "/terms/2023-01-01/", "/terms/history/"];
                while !done.load(Ordering::Relaxed) {
                    let path = paths[(asker + asked.fetch_add(1, Ordering::Relaxed)) % 4];
                    let reply = request(port, path);
                    assert!(reply.starts_with("HTTP/1.1 200"), "{path}: {reply}");
                    assert!(reply.trim_end().ends_with("</html>"), "{path}: {reply}");
                }
            })
        })
        .collect();
    for round in 0..100 {
        match round % 4 {
            0 => site.put(TEXT, text(&format!("Round {round}."))),
            1 => site.put("engross.toml", config(&format!("# {round}"))),
            2 => site.put(TEXT, "+++\nbroken\n+++\nWords.\n"),
            _ => site.put(
                "themes/default/static/style.css",
                format!("p {{ margin: {round}px }}"),
            ),
        }
        thread::sleep(Duration::from_millis(30));
    }
    site.put(TEXT, text("The end."));
    server.wait_for("/privacy/", "The end.");
    done.store(true, Ordering::Relaxed);
    for asker in askers {
        asker.join().unwrap();
    }
    assert!(asked.load(Ordering::Relaxed) > 100);
}

fn request(port: u16, path: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_reload_is_never_lost() {
    let site = site();
    let server = Running::serve(&site);
    site.put(TEXT, text("Saved before anybody asked."));
    server.wait_for("/privacy/", "Saved before anybody asked.");
    // Whoever has seen an older generation is told at once, however late the question comes.
    let port = server.port();
    let told = move |after: u64| {
        use std::io::{BufRead as _, Write as _};
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        write!(
            stream,
            "GET /_engross/events?after={after} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        .unwrap();
        let mut lines = std::io::BufReader::new(stream)
            .lines()
            .map_while(Result::ok);
        let data = |line: String| line.strip_prefix("data: ").map(str::to_owned);
        lines.find_map(data).unwrap().parse::<u64>().unwrap()
    };
    let now = told(0);
    assert!(now > 1);
    let waiting = thread::spawn(move || told(now));
    site.put(TEXT, text("Saved later."));
    assert!(waiting.join().unwrap() > now);
}

#[test]
fn a_port_that_is_taken_is_told_and_the_next_one_is_used() {
    let site = site();
    let first = Running::serve(&site);
    let taken = first.port().to_string();
    let mut second = Running::start(&site, &["serve", "--port", &taken]);
    second.hear(&format!("port {taken} is taken"));
    assert_ne!(second.port(), first.port());
    assert_eq!(second.get("/").status, 200);
    assert!(second.is_running());
}
