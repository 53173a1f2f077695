//! `engross serve`: the preview, which follows every change of the sources.

mod follow;
mod hosts;
mod http;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use engross::preview::Preview;
use tokio::sync::watch;

use super::arguments::{Arguments, Serve};
use super::changes::Changes;
use super::{CannotRun, report, site};
use hosts::Hosts;

/// How many ports are tried, from the first one on.
const PORTS: u16 = 50;

/// What all who serve share.
struct Shared {
    preview: RwLock<Preview>,
    /// The generation that is shown, for pages that wait for a newer one.
    generation: watch::Sender<u64>,
    /// How many times a check that runs has been asked to make way.
    urgent: AtomicU64,
    hosts: Hosts,
}

impl Shared {
    fn read(&self) -> RwLockReadGuard<'_, Preview> {
        self.preview.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the preview. A check that runs makes way; who waits for news is told.
    fn change<R>(&self, change: impl FnOnce(&mut Preview) -> R) -> R {
        self.urgent.fetch_add(1, Ordering::SeqCst);
        let mut preview: RwLockWriteGuard<'_, Preview> =
            self.preview.write().unwrap_or_else(PoisonError::into_inner);
        let done = change(&mut preview);
        let generation = preview.generation();
        drop(preview);
        self.generation.send_if_modified(|known| {
            let news = *known != generation;
            *known = generation;
            news
        });
        done
    }
}

/// Serves the preview until the program is ended.
pub(super) fn run(arguments: &Arguments, serve: &Serve) -> Result<u8, CannotRun> {
    let root = site::root(arguments)?;
    let changes = Changes::of(&root)?;
    let preview = Preview::new(
        changes.tracker().tree().clone(),
        serve.view.as_of,
        serve.view.base_url.clone(),
        Box::new(site::today),
    )
    .counting_from(site::milliseconds());
    let (listener, address) = listen(serve)?;
    let url = url(address, &preview);
    let (generation, _) = watch::channel(preview.generation());
    let shared = Arc::new(Shared {
        preview: RwLock::new(preview),
        generation,
        urgent: AtomicU64::new(0),
        hosts: Hosts::new(address),
    });
    if serve.port != 0 && address.port() != serve.port {
        report::say(&format!("port {} is taken", serve.port));
    }
    report::result(&format!("{url}\n"))?;
    let follower = follow::Follower::new(shared.clone(), changes, arguments.quiet);
    follower.start()?;
    if serve.open {
        // The address has been told: whoever sees no browser can open it.
        if let Err(error) = open::that_detached(&url) {
            report::say(&format!("cannot open a browser: {error}"));
        }
    }
    http::serve(listener, shared)
}

/// Takes the port that was asked for, or the next one that is free.
fn listen(serve: &Serve) -> Result<(TcpListener, SocketAddr), CannotRun> {
    let host = serve.host.as_deref().unwrap_or("127.0.0.1");
    let ip: IpAddr = host
        .parse()
        .map_err(|_| CannotRun(format!("`{host}` is not an IP address, such as 0.0.0.0")))?;
    let mut last = None;
    for port in serve.port..=serve.port.saturating_add(PORTS) {
        match TcpListener::bind((ip, port)) {
            Ok(listener) => {
                let address = listener.local_addr();
                let address = address.map_err(|error| CannotRun(error.to_string()))?;
                return Ok((listener, address));
            }
            Err(error) => last = Some(error),
        }
    }
    let why = last.map_or_else(String::new, |error| format!(": {error}"));
    Err(CannotRun(format!(
        "cannot listen on {host}, port {} or the next ones{why}",
        serve.port
    )))
}

/// Where a browser finds the site.
fn url(address: SocketAddr, preview: &Preview) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() || ip.is_loopback() && ip.is_ipv4() => "localhost".to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    format!("http://{host}:{}{}", address.port(), preview.base())
}
