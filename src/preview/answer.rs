//! Answers to requests: the bytes of a build with the headers of a host, and a little more for editors.

use std::collections::BTreeMap;

use super::coming::Found;
use super::hosting::{headers, media_type};
use super::{Preview, state};
use crate::diagnostic::{Diagnostic, human};
use crate::ledger::digest::{self, Digest};
use crate::links;
use crate::markup::escape::escaped;
use crate::route::Route;
use crate::urls::Address;

/// Where what is not of the site is: the script and the style of the bar, and what they ask for.
pub const OWN: &str = "/_engross/";

const SCRIPT: &str = include_str!("bar/preview.js");
const STYLE: &str = include_str!("bar/preview.css");

/// A request, as far as it matters.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The path as it was sent, still encoded.
    pub path: &'r str,
    /// What stood after the question mark.
    pub query: &'r str,
    /// Whether it is a browser that asks for a page: only these get the bar.
    pub wants_page: bool,
}

/// What is sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status, as HTTP numbers them.
    pub status: u16,
    /// The headers by name.
    pub headers: Vec<(String, String)>,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Answer {
    fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = [("Content-Type", media_type), ("Cache-Control", "no-store")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            status,
            headers: headers.into(),
            body: body.into(),
        }
    }

    fn redirect(to: &str) -> Self {
        // Temporary, whatever a host will send: a browser keeps the other kind for ever.
        let mut answer = Self::new(302, "text/plain; charset=utf-8", "");
        answer.headers.push(("Location".to_owned(), to.to_owned()));
        answer
    }

    /// A refusal in a line.
    pub fn refused(status: u16, why: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{why}\n"))
    }
}

impl Preview {
    /// The answer to a request.
    pub fn answer(&self, request: Request<'_>) -> Answer {
        if let Some(own) = request.path.strip_prefix(OWN) {
            return self.own(own, request.query);
        }
        let path = links::decode(request.path);
        if !is_sound(&path) {
            return Answer::refused(400, "this is not an address of a site");
        }
        let Some(world) = &self.world else {
            return self.nothing_yet(request);
        };
        let base = world.sources().site().config.base_url.path.as_str();
        let Some(below) = path.strip_prefix(base) else {
            let whole = format!("{path}/");
            return if path == "/" || whole == base {
                Answer::redirect(base)
            } else {
                Answer::refused(404, &format!("the site lives below {base}"))
            };
        };
        let address = Address::new(format!("/{below}"));
        let mut answer = self.page(&address, request);
        self.add_headers(&path, &mut answer);
        answer
    }

    fn page(&self, address: &Address, request: Request<'_>) -> Answer {
        // Hosts read these, and do not serve them.
        let is_served = !matches!(address.as_str(), "/_headers" | "/_redirects");
        let Some((world, own)) = self.find(address).filter(|_| is_served) else {
            return self.elsewhere(address, request);
        };
        if let Some(Route::Redirect(document)) = world.plan().route(&own) {
            let base = &world.sources().site().config.base_url;
            return Answer::redirect(&Address::document(document, None).href(base));
        }
        let has_redline = request.query.split('&').any(|part| part == state::REDLINE);
        let rendered = match world.plan().redlined(&own).filter(|_| has_redline) {
            Some(redlined) => redlined,
            None => match world.plan().render(&own) {
                Some(rendered) => rendered,
                None => sums(&world),
            },
        };
        match rendered {
            Ok(bytes) => self.bytes(200, address, bytes, request),
            Err(problem) => self.problems_page(500, &[*problem], request),
        }
    }

    /// Where there is nothing: the address that was meant, or the page that says so.
    fn elsewhere(&self, address: &Address, request: Request<'_>) -> Answer {
        let Some(world) = &self.world else {
            return self.nothing_yet(request);
        };
        let base = &world.sources().site().config.base_url;
        let text = address.as_str();
        let meant = match text.strip_suffix("index.html") {
            Some(folder) => folder.to_owned(),
            None => format!("{text}/"),
        };
        let meant = Address::new(meant);
        if self.find(&meant).is_some() {
            return Answer::redirect(&meant.href(base));
        }
        match world.plan().render(&Address::new("/404.html")) {
            Some(Ok(bytes)) => self.bytes(404, &Address::new("/404.html"), bytes, request),
            _ => Answer::refused(404, "there is nothing here"),
        }
    }

    fn bytes(
        &self,
        status: u16,
        address: &Address,
        bytes: Vec<u8>,
        request: Request<'_>,
    ) -> Answer {
        let media_type = media_type(address.as_str());
        let body = if request.wants_page && media_type.starts_with("text/html") {
            self.with_bar(bytes)
        } else {
            bytes
        };
        Answer::new(status, media_type, body)
    }

    /// A page with the script that makes the bar and follows changes.
    fn with_bar(&self, page: Vec<u8>) -> Vec<u8> {
        let page = match String::from_utf8(page) {
            Ok(page) => page,
            Err(not_text) => return not_text.into_bytes(),
        };
        let at = page.rfind("</body>").unwrap_or(page.len());
        let script = format!(
            "<script src=\"{OWN}preview.js\" data-generation=\"{}\" defer></script>\n",
            self.generation
        );
        [&page[..at], &script, &page[at..]].concat().into_bytes()
    }

    /// Nothing could be planned yet: what has to be mended first.
    fn nothing_yet(&self, request: Request<'_>) -> Answer {
        self.problems_page(503, &self.problems(), request)
    }

    fn problems_page(&self, status: u16, problems: &[Diagnostic], request: Request<'_>) -> Answer {
        let told = human::render(problems, &self.disk, false);
        let page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>This page cannot be made yet</title>\n\
             <link rel=\"stylesheet\" href=\"{OWN}preview.css\">\n</head>\n\
             <body class=\"engross-page\">\n<main>\n<h1>This page cannot be made yet</h1>\n\
             <p>Mend what stands here; the page comes by itself then.</p>\n<pre>{}</pre>\n\
             </main>\n</body>\n</html>\n",
            escaped(&told)
        );
        self.bytes(status, &Address::new("/"), page.into_bytes(), request)
    }

    /// What is not of the site.
    fn own(&self, name: &str, query: &str) -> Answer {
        match name {
            "preview.js" => Answer::new(200, media_type(name), SCRIPT),
            "preview.css" => Answer::new(200, media_type(name), STYLE),
            "state.json" => {
                let page = query.split('&').find_map(|part| part.strip_prefix("page="));
                let path = links::decode(page.unwrap_or("/"));
                Answer::new(200, media_type(name), state::render(self, &path))
            }
            _ => Answer::refused(404, "there is nothing here"),
        }
    }

    fn add_headers(&self, path: &str, answer: &mut Answer) {
        let world = self.world.as_ref();
        let rules = world.and_then(|world| world.plan().render(&Address::new("/_headers")));
        let rules = rules.and_then(Result::ok).unwrap_or_default();
        for (name, value) in headers(&String::from_utf8_lossy(&rules), path) {
            // Whatever a host lets browsers keep, what is being edited is asked for again.
            if !name.eq_ignore_ascii_case("Cache-Control") {
                answer.headers.push((name, value));
            }
        }
    }
}

/// Whether a path can be one of a site: no way up, nothing that a system might read as one.
fn is_sound(path: &str) -> bool {
    path.starts_with('/')
        && !path.contains(['\\', '\0', '%'])
        && !path.contains("//")
        && !path.split('/').any(|part| part == ".." || part == ".")
}

/// The digests of all files that a build would publish.
fn sums(world: &Found<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut digests = BTreeMap::new();
    for (address, _) in world.plan().routes() {
        if let Some(rendered) = world.plan().render(address) {
            digests.insert(address.file_path(), Digest::of(rendered?));
        }
    }
    let named = digests
        .iter()
        .map(|(file, digest)| (file.as_str(), *digest));
    Ok(digest::list(&named.collect()).into_bytes())
}
