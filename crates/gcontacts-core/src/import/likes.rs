// SPDX-License-Identifier: GPL-3.0-or-later
//! What tells who a candidate, a contact or a third party is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Content;
use crate::adopt::{MatchKey, NameTokens};
use crate::import::Candidate;
use crate::text::fold;

/// Domains at which anybody gets an address: they tell nothing of a company.
const FREE_MAIL: &str = include_str!("free_mail.txt");

/// Legal forms, which are left out as often as not.
const LEGAL_FORMS: [&str; 22] = [
    "sarl", "sas", "sasu", "sa", "eurl", "sci", "snc", "ei", "gmbh", "ag", "kg", "ug", "ltd", "limited", "llc", "inc",
    "plc", "bv", "nv", "srl", "spa", "sl",
];

/// The kinds of thing that a candidate can be like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// Another candidate.
    #[default]
    Candidate,
    /// A contact of Dolibarr.
    Contact,
    /// A third party of Dolibarr.
    Thirdparty,
}

/// What tells who somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Likes {
    /// What it is.
    pub element: Element,
    /// Its id there.
    pub id: u64,
    /// The person's name.
    pub name: NameTokens,
    /// The company's name, folded and without its legal form.
    pub company: String,
    /// What it is found by, as text `<kind>:<value>`: the keys of [`MatchKey`], and `who`, `org`, `domain`.
    pub keys: BTreeSet<String>,
}

/// A contact of Dolibarr, as far as it tells who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Its id.
    pub id: u64,
    /// First name.
    pub firstname: String,
    /// Last name.
    pub lastname: String,
    /// Name of its third party.
    pub company: String,
    /// E-mails.
    pub emails: Vec<String>,
    /// Phones.
    pub phones: Vec<String>,
    /// ISO code of the country in which its phones are dialled; empty where unknown.
    pub country: String,
}

/// A third party of Dolibarr, as far as it tells who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// E-mails.
    pub emails: Vec<String>,
    /// Phones.
    pub phones: Vec<String>,
    /// Web address.
    pub url: String,
    /// ISO code of the country in which its phones are dialled; empty where unknown.
    pub country: String,
}

impl Likes {
    /// Of a candidate. `country` is where its phones without a prefix are dialled, unless its address tells.
    #[must_use]
    pub fn of_candidate(id: u64, candidate: &Candidate, country: &str) -> Self {
        let mut likes = Self {
            element: Element::Candidate,
            id,
            name: NameTokens::of(&candidate.firstname, &candidate.lastname),
            company: company(&candidate.company),
            keys: BTreeSet::new(),
        };
        let own = &candidate.address.country_code;
        // Typed abroad or at home: both notations are looked for.
        for at in BTreeSet::from([country, if own.is_empty() { country } else { own }]) {
            likes.add_phones(candidate.phones.iter().map(|phone| phone.number.as_str()), at);
        }
        likes.add_emails(candidate.emails.iter().map(String::as_str));
        likes.add_who();
        likes.add_organization();
        likes.add_domains(candidate.emails.iter().map(String::as_str));
        likes
    }

    /// Of a contact.
    #[must_use]
    pub fn of_person(person: &Person, country: &str) -> Self {
        let mut likes = Self {
            element: Element::Contact,
            id: person.id,
            name: NameTokens::of(&person.firstname, &person.lastname),
            company: company(&person.company),
            keys: BTreeSet::new(),
        };
        likes.add_phones(person.phones.iter().map(String::as_str), or(&person.country, country));
        likes.add_emails(person.emails.iter().map(String::as_str));
        likes.add_who();
        likes
    }

    /// Of a third party.
    #[must_use]
    pub fn of_organization(organization: &Organization, country: &str) -> Self {
        let mut likes = Self {
            element: Element::Thirdparty,
            id: organization.id,
            company: company(&organization.name),
            ..Self::default()
        };
        likes.add_phones(
            organization.phones.iter().map(String::as_str),
            or(&organization.country, country),
        );
        likes.add_emails(organization.emails.iter().map(String::as_str));
        likes.add_organization();
        let site = domain_of_url(&organization.url);
        likes.add_domains(organization.emails.iter().map(String::as_str).chain([site.as_str()]));
        likes
    }

    /// Whether both have a key of a kind in common.
    #[must_use]
    pub fn shares(&self, other: &Self, kind: &str) -> bool {
        self.keys
            .intersection(&other.keys)
            .any(|key| key.strip_prefix(kind).is_some_and(|rest| rest.starts_with(':')))
    }

    fn add_emails<'a>(&mut self, emails: impl Iterator<Item = &'a str>) {
        let keys = emails
            .filter_map(Content::email)
            .map(|email| MatchKey::Email(email.identity().key));
        self.keys.extend(keys.map(String::from));
    }

    fn add_phones<'a>(&mut self, phones: impl Iterator<Item = &'a str>, country: &str) {
        let keys = phones
            .filter_map(|number| Content::phone(number, country))
            .map(|phone| MatchKey::Phone(phone.identity().key));
        self.keys.extend(keys.map(String::from));
    }

    fn add_who(&mut self) {
        if !self.name.is_empty() && !self.company.is_empty() {
            self.keys.insert(format!("who:{}|{}", self.name.as_str(), self.company));
        }
    }

    fn add_organization(&mut self) {
        if !self.company.is_empty() {
            self.keys.insert(format!("org:{}", self.company));
        }
    }

    fn add_domains<'a>(&mut self, emails: impl Iterator<Item = &'a str>) {
        for email in emails {
            let domain = email.rsplit('@').next().unwrap_or_default().trim().to_lowercase();
            if domain.contains('.') && !FREE_MAIL.lines().any(|free| free == domain) {
                self.keys.insert(format!("domain:{domain}"));
            }
        }
    }
}

fn or<'a>(first: &'a str, second: &'a str) -> &'a str {
    if first.is_empty() { second } else { first }
}

/// The name of a company as it is compared; a name that is nothing but a legal form stays.
fn company(name: &str) -> String {
    // `S.A.R.L.` is folded to single letters.
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !LEGAL_FORMS.contains(word))
        .collect();
    let letters: String = kept.iter().rev().take_while(|word| word.len() == 1).copied().collect();
    let form: String = letters.chars().rev().collect();
    let cut = if LEGAL_FORMS.contains(&form.as_str()) {
        form.len()
    } else {
        0
    };
    let kept = kept.get(..kept.len() - cut).unwrap_or_default();
    if kept.is_empty() {
        words.join(" ")
    } else {
        kept.join(" ")
    }
}

fn domain_of_url(url: &str) -> String {
    let rest = url.split("://").last().unwrap_or_default();
    let host = rest
        .split(['/', '?', '#', ':'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_and_notation_make_no_other_company() {
        assert_eq!(company("DURAND S.A.R.L."), company("Durand"));
        assert_eq!(company("Société Générale SA"), company("societe generale"));
        assert_eq!(company("SA"), "sa");
        assert_ne!(company("Durand"), company("Durand & Fils"));
    }

    #[test]
    fn a_free_address_tells_no_company() {
        let keys = |email: &str| {
            let mut likes = Likes::default();
            likes.add_domains([email].into_iter());
            likes.keys
        };
        assert!(keys("a@gmail.com").is_empty());
        assert!(keys("a@orange.fr").is_empty());
        assert!(keys("nothing").is_empty());
        assert_eq!(
            keys("a@Durand.example"),
            BTreeSet::from(["domain:durand.example".to_owned()])
        );
    }

    #[test]
    fn a_web_address_names_a_domain() {
        assert_eq!(domain_of_url("https://www.Durand.example/x?y"), "durand.example");
        assert_eq!(domain_of_url("durand.example:8080"), "durand.example");
        assert_eq!(domain_of_url(""), "");
    }
}
