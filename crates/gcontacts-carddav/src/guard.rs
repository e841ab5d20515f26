// SPDX-License-Identifier: GPL-3.0-or-later
//! Which hosts may be reached: a user names the address, and the server of Dolibarr stands inside of a network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::Error;

/// Which addresses may be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Public hosts, over https.
    #[default]
    Public,
    /// Any host, also over http: an administrator allowed it.
    Any,
}

/// Checks an address before it is asked, redirects among them. A name is checked when it is resolved.
///
/// # Errors
/// Where it is none, not https, or names a host inside the network.
pub fn check(url: &Url, reach: Reach) -> Result<(), Error> {
    let host = url.host().ok_or_else(|| Error::Address(url.to_string()))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(Error::Address(url.scheme().to_owned()));
    }
    if reach == Reach::Any {
        return Ok(());
    }
    if url.scheme() != "https" {
        return Err(Error::Insecure(host.to_string()));
    }
    let is_public = match host {
        Host::Ipv4(address) => is_public(IpAddr::V4(address)),
        Host::Ipv6(address) => is_public(IpAddr::V6(address)),
        Host::Domain(name) => {
            name.trim_end_matches('.').contains('.') && !name.trim_end_matches('.').ends_with(".localhost")
        }
    };
    if is_public {
        Ok(())
    } else {
        Err(Error::Private(host.to_string()))
    }
}

/// Whether an address is on the public Internet: none of RFC 6890's special ones.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let [first, second, ..] = segments;
    // Addresses of IPv4 in the clothes of IPv6: mapped, translated (64:ff9b::/96) and 6to4.
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let embedded = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    let [.., last_but_one, last] = segments;
    if first == 0x64 && second == 0xff9b {
        return is_public_v4(embedded(last_but_one, last));
    }
    if first == 0x2002 {
        let [_, high, low, ..] = segments;
        return is_public_v4(embedded(high, low));
    }
    // Only 2000::/3 is given out; documentation (2001:db8::/32) and the special blocks of 2001::/23 are not.
    (first & 0xe000) == 0x2000 && !(first == 0x2001 && (second == 0x0db8 || second < 0x0200))
}

/// Whether a host is inside of the network, as far as can be told from here: where nothing outside can be looked up, as
/// behind some proxies, a name tells nothing.
pub(crate) async fn is_inside(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => !is_public(IpAddr::V6(address)),
        Some(Host::Domain(name)) => match tokio::net::lookup_host((name, 0)).await {
            Ok(mut found) => found.any(|address| !is_public(address.ip())),
            Err(_) => false,
        },
        None => true,
    }
}

/// Whether a server may send us on from one host to another with the password: within one domain, as iCloud does.
#[must_use]
pub fn is_same_domain(one: &Url, other: &Url) -> bool {
    if one.host() == other.host() {
        return one.port_or_known_default() == other.port_or_known_default() || one.scheme() != other.scheme();
    }
    let domain = |url: &Url| match url.host() {
        Some(Host::Domain(name)) => {
            let parts: Vec<&str> = name.trim_end_matches('.').rsplit('.').take(3).collect();
            match parts.as_slice() {
                // "co.uk" and the like are nobody's: there a third part must agree too.
                [top, second, third] if second.len() <= 3 => Some(format!("{third}.{second}.{top}")),
                [top, second, ..] => Some(format!("{second}.{top}")),
                _ => None,
            }
        }
        _ => None,
    };
    domain(one).is_some_and(|domain_of_one| domain(other) == Some(domain_of_one))
}

/// Resolves names, and yields only addresses that may be reached: what is checked is what is connected to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolver(pub(crate) Reach);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> = found
                .iter()
                .copied()
                .filter(|address| reach == Reach::Any || is_public(address.ip()))
                .collect();
            if allowed.is_empty() && !found.is_empty() {
                return Err(Box::new(Error::Private(host)) as Box<dyn std::error::Error + Send + Sync>);
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(address: &str) -> Result<(), Error> {
        check(&Url::parse(address).unwrap(), Reach::Public)
    }

    #[test]
    fn hosts_inside_the_network_are_refused() {
        for private in [
            "https://127.0.0.1/",
            "https://10.1.2.3/",
            "https://192.168.1.1/",
            "https://172.16.0.1/",
            "https://169.254.169.254/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://[64:ff9b::a00:1]/",
            "https://[2002:a00:1::]/",
            "https://localhost/",
            "https://intranet/",
            "https://x.localhost/",
            "https://2130706433/",
            "https://0x7f.1/",
        ] {
            assert!(
                matches!(checked(private), Err(Error::Private(_))),
                "{private}: {:?}",
                checked(private)
            );
        }
        for public in [
            "https://1.1.1.1/",
            "https://[2606:4700::1111]/",
            "https://cloud.example.org/dav",
        ] {
            assert_eq!(checked(public), Ok(()), "{public}");
        }
        assert!(matches!(checked("http://cloud.example.org/"), Err(Error::Insecure(_))));
        assert!(matches!(checked("ftp://cloud.example.org/"), Err(Error::Address(_))));
        assert_eq!(
            check(&Url::parse("http://127.0.0.1:5232/").unwrap(), Reach::Any),
            Ok(())
        );
    }

    #[test]
    fn a_name_that_leads_inside_is_known_by_where_it_leads() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let inside = |address: &str| runtime.block_on(is_inside(&Url::parse(address).unwrap()));
        assert!(inside("https://localhost/"), "by its address, not by its name");
        assert!(inside("https://192.168.1.1/"));
        assert!(!inside("https://1.1.1.1/"));
        assert!(!inside("https://nobody-knows.invalid/"));
    }

    #[test]
    fn the_password_stays_within_a_domain() {
        let same = |a: &str, b: &str| is_same_domain(&Url::parse(a).unwrap(), &Url::parse(b).unwrap());
        assert!(same("https://contacts.icloud.com/", "https://p42-contacts.icloud.com/"));
        assert!(same("https://a.example/", "https://a.example/x"));
        assert!(!same("https://a.example/", "https://a.example:8443/"));
        assert!(!same("https://cloud.example.org/", "https://evil.example.com/"));
        assert!(!same("https://a.co.uk/", "https://b.co.uk/"));
        assert!(!same("https://1.1.1.1/", "https://2.2.2.2/"));
    }
}
