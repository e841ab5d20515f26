// SPDX-License-Identifier: GPL-3.0-or-later
//! The requests of CardDAV (RFC 6352), without sending them.

use url::Url;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its method.
    pub method: &'static str,
    /// Where it goes.
    pub url: Url,
    /// How deep it looks: 0 or 1.
    pub depth: u8,
    /// Its body.
    pub body: String,
}

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;

/// What an address is, and where it leads.
pub fn look(url: &Url, depth: u8) -> Request {
    let props = "<d:resourcetype/><d:displayname/><d:current-user-principal/><c:addressbook-home-set/><d:supported-report-set/>";
    propfind(url, depth, props)
}

/// The versions of all that is in an address book.
pub fn versions(url: &Url) -> Request {
    propfind(url, 1, "<d:getetag/><d:resourcetype/>")
}

fn propfind(url: &Url, depth: u8, props: &str) -> Request {
    Request {
        method: "PROPFIND",
        url: url.clone(),
        depth,
        body: format!(
            r#"{HEAD}<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop>{props}</d:prop></d:propfind>"#
        ),
    }
}

/// What is in an address book, by the server's own account of changes (RFC 6578).
pub fn changes(url: &Url, token: &str) -> Request {
    Request {
        method: "REPORT",
        url: url.clone(),
        depth: 0,
        body: format!(
            r#"{HEAD}<d:sync-collection xmlns:d="DAV:"><d:sync-token>{}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>"#,
            escape(token)
        ),
    }
}

/// Some cards.
pub fn cards<'a>(url: &Url, hrefs: impl Iterator<Item = &'a str>) -> Request {
    let hrefs = hrefs.fold(String::new(), |all, href| {
        all + "<d:href>" + &escape(href) + "</d:href>"
    });
    Request {
        method: "REPORT",
        url: url.clone(),
        depth: 1,
        body: format!(
            r#"{HEAD}<c:addressbook-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/><c:address-data/></d:prop>{hrefs}</c:addressbook-multiget>"#
        ),
    }
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped() {
        let url = Url::parse("https://a.example/").unwrap();
        let request = cards(&url, ["/a&b<.vcf"].into_iter());
        assert!(
            request.body.contains("<d:href>/a&amp;b&lt;.vcf</d:href>"),
            "{}",
            request.body
        );
        assert_eq!((request.method, request.depth), ("REPORT", 1));
    }
}
