//! Which names a browser may know the preview by.

use std::net::{IpAddr, SocketAddr};

/// The hosts whose requests are answered. A page of somebody else's can lead a browser to this machine
/// under a name of its own (DNS rebinding), and would read the drafts: such a name is none of these.
pub(super) struct Hosts {
    /// The address that was asked for.
    own: IpAddr,
    /// Whether only this machine can reach it.
    loopback: bool,
}

impl Hosts {
    pub(super) fn new(address: SocketAddr) -> Self {
        Self {
            own: address.ip(),
            loopback: address.ip().is_loopback(),
        }
    }

    /// Whether a `Host` header is one of them.
    pub(super) fn know(&self, header: &str) -> bool {
        let host = without_port(header);
        let name = host.strip_suffix('.').unwrap_or(host);
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let ip = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        // Nobody can be led to an address by its number under a foreign name.
        let Ok(ip) = ip.parse::<IpAddr>() else {
            return false;
        };
        ip.is_loopback() || !self.loopback || ip == self.own
    }
}

fn without_port(header: &str) -> &str {
    match header.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !host.is_empty() => {
            // The last part of an address of version 6 is no port.
            if host.contains(':') && !host.ends_with(']') {
                header
            } else {
                host
            }
        }
        _ => header,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(address: &str) -> Hosts {
        Hosts::new(address.parse().unwrap())
    }

    #[test]
    fn on_this_machine_only_its_own_names_are_known() {
        let hosts = hosts("127.0.0.1:4000");
        for known in [
            "localhost",
            "localhost:4000",
            "LOCALHOST:80",
            "127.0.0.1:4000",
            "[::1]:4000",
        ] {
            assert!(hosts.know(known), "{known}");
        }
        for foreign in [
            "evil.example",
            "evil.example:4000",
            "localhost.evil.example",
            "192.168.1.7:4000",
            "",
            ":4000",
            "127.0.0.1.evil.example",
            "[::1",
        ] {
            assert!(!hosts.know(foreign), "{foreign}");
        }
    }

    #[test]
    fn in_a_network_numbers_are_known_and_names_are_not() {
        let hosts = hosts("0.0.0.0:4000");
        assert!(hosts.know("192.168.1.7:4000"));
        assert!(!hosts.know("evil.example:4000"));
    }
}
