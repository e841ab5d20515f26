// SPDX-License-Identifier: GPL-3.0-or-later
//! When two values are the same one, though typed differently.

use std::fmt;

use crate::address::PostalAddress;
use crate::card::Part;
use crate::phone;
use crate::text::fold;
use crate::value::{Content, Value};

/// The kinds of value that a card can have several of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Phones and faxes.
    Phone,
    /// E-mail addresses.
    Email,
    /// Postal addresses.
    Address,
    /// Places of work.
    Organization,
    /// Web addresses.
    Url,
    /// Accounts of messengers.
    Messenger,
}

impl Kind {
    /// Its name as it stands in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
            Self::Organization => "organization",
            Self::Url => "url",
            Self::Messenger => "messenger",
        }
    }
}

/// What makes a value this value: its kind and its text after normalisation. Its label is no part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The kind.
    pub kind: Kind,
    /// The normalised text.
    pub key: String,
    /// The text without what Google may know otherwise than Dolibarr: the country of a number typed without one, a
    /// country that one side leaves out. Empty for none.
    loose: String,
}

impl Identity {
    /// Whether both are the same value.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.kind == other.kind && self.key == other.key
    }

    /// Whether both are the same value, or are so once a country is added that one of them does not tell.
    #[must_use]
    pub fn is_or_may_be(&self, other: &Self) -> bool {
        self.is(other)
            || (self.kind == other.kind
                && !self.loose.is_empty()
                && self.loose == other.loose
                && self.countries_agree(other))
    }

    fn countries_agree(&self, other: &Self) -> bool {
        let country = |identity: &Self| identity.key.rsplit('|').next().unwrap_or_default().to_owned();
        self.kind == Kind::Phone || country(self).is_empty() || country(other).is_empty()
    }

    /// The part of a card that this value is.
    #[must_use]
    pub fn part(&self) -> Part {
        Part::Value(self.to_string())
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}:{}", self.kind, self.key)
    }
}

impl Content {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Phone { .. } => Kind::Phone,
            Self::Email(_) => Kind::Email,
            Self::Address(_) => Kind::Address,
            Self::Organization { .. } => Kind::Organization,
            Self::Url(_) => Kind::Url,
            Self::Messenger { .. } => Kind::Messenger,
        }
    }

    /// Its identity.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let (key, loose) = match self {
            Self::Phone { number, country } => (phone::identity(number, country), phone::dialled(number)),
            Self::Email(email) => (email.trim().to_lowercase(), String::new()),
            Self::Address(address) => (address.identity(), loose_address(address)),
            Self::Organization { name, title } => (format!("{}|{}", fold(name), fold(title)), String::new()),
            Self::Url(url) => (url_identity(url), String::new()),
            Self::Messenger { protocol, handle } => (
                format!(
                    "{}|{}",
                    fold(protocol),
                    handle.trim().trim_start_matches('@').to_lowercase()
                ),
                String::new(),
            ),
        };
        Identity {
            kind: self.kind(),
            key,
            loose,
        }
    }
}

impl Value {
    /// Its identity.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.content.identity()
    }
}

fn loose_address(address: &PostalAddress) -> String {
    if address.names_no_place() {
        String::new()
    } else {
        address.place()
    }
}

/// A web address without what a browser adds: the scheme of the web, the case of the host, a final slash.
fn url_identity(url: &str) -> String {
    let url = url.trim();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let rest = url.get(scheme.map_or(0, str::len)..).unwrap_or(url);
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    format!("{}{}", host.to_lowercase(), path.strip_suffix('/').unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: Option<Content>, b: Option<Content>) -> bool {
        a.unwrap().identity().is(&b.unwrap().identity())
    }

    #[test]
    fn notation_makes_no_other_value() {
        assert!(same(
            Content::email("Bob@Example.COM"),
            Content::email("bob@example.com")
        ));
        assert!(same(Content::url("https://Www.Acme.fr/"), Content::url("www.acme.fr")));
        assert!(same(
            Content::url("http://acme.fr/A/"),
            Content::url("https://acme.fr/A")
        ));
        assert!(!same(
            Content::url("http://acme.fr/A"),
            Content::url("https://acme.fr/a")
        ));
        assert!(same(
            Content::organization("ACME S.A.", "Gérant"),
            Content::organization("Acme, S A", "gerant")
        ));
        assert!(!same(Content::organization("a", "b"), Content::organization("b", "a")));
        assert!(same(
            Content::messenger("Skype", "@bob"),
            Content::messenger("skype", "Bob")
        ));
        assert!(same(
            Content::phone("01 23 45 67 89", "FR"),
            Content::phone("+33123456789", "")
        ));
    }

    #[test]
    fn kinds_are_apart() {
        assert!(!same(Content::email("x"), Content::url("x")));
    }

    #[test]
    fn what_google_does_not_tell_may_be_the_same() {
        let may_be =
            |a: Option<Content>, b: Option<Content>| a.unwrap().identity().is_or_may_be(&b.unwrap().identity());
        assert!(may_be(
            Content::phone("0123456789", "FR"),
            Content::phone("01 23 45 67 89", "BE")
        ));
        let at = |street: &str, country: &str| {
            Content::address(&PostalAddress {
                street: street.to_owned(),
                country: country.to_owned(),
                ..PostalAddress::default()
            })
        };
        assert!(may_be(at("1 rue X", "France"), at("1 RUE X", "")));
        assert!(!may_be(at("1 rue X", "France"), at("1 rue X", "Belgique")));
        assert!(!may_be(at("", "France"), at("", "Belgique")));
    }
}
