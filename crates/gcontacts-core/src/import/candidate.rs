// SPDX-License-Identifier: GPL-3.0-or-later
//! A card in the words of Dolibarr's fields.

use serde::{Deserialize, Serialize};

use crate::address::{PostalAddress, country_code};
use crate::card::{Card, Content, ValueLabel};
use crate::import::Fields;

/// What a candidate is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody with a last name.
    #[default]
    Person,
    /// Somebody whose last name is missing: Dolibarr wants one.
    Nameless,
    /// A company and nobody in it.
    Company,
}

/// A phone of a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// The number as typed.
    pub number: String,
    /// Its label; empty for none.
    pub label: String,
}

/// An account in a social network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The network, for example `skype`.
    pub network: String,
    /// The user's name there.
    pub name: String,
}

/// Somebody who may be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// What it is.
    pub kind: Kind,
    /// What it is called, never empty where the card says anything at all.
    pub title: String,
    /// Civility as the card spells it.
    pub civility: String,
    /// First name.
    pub firstname: String,
    /// Last name.
    pub lastname: String,
    /// Job title.
    pub job_title: String,
    /// Name of the organization.
    pub company: String,
    /// All e-mails.
    pub emails: Vec<String>,
    /// All phones and faxes.
    pub phones: Vec<Phone>,
    /// The first address.
    pub address: PostalAddress,
    /// Birthday, `YYYY-MM-DD`; empty where unknown or without a year.
    pub birthday: String,
    /// First web address.
    pub url: String,
    /// Accounts in social networks.
    pub accounts: Vec<Account>,
    /// Note.
    pub note: String,
    /// What goes into which field of Dolibarr, and what finds no room.
    pub fields: Fields,
}

impl Candidate {
    /// The candidate that a card is.
    #[must_use]
    pub fn of(card: &Card) -> Self {
        let mut candidate = Self {
            civility: card.name.prefix.clone(),
            firstname: card.name.given.clone(),
            lastname: card.name.family.clone(),
            note: card.note.clone(),
            fields: Fields::of(card),
            ..Self::default()
        };
        if let Some(date) = card
            .birthday
            .filter(|date| date.year > 0 && date.month > 0 && date.day > 0)
        {
            candidate.birthday = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        }
        for value in &card.values {
            candidate.take(&value.label, &value.content);
        }
        candidate.kind = candidate.kind();
        candidate.title = candidate.title();
        candidate
    }

    fn take(&mut self, label: &ValueLabel, content: &Content) {
        let keep_first = |own: &mut String, text: &str| {
            if own.is_empty() {
                text.clone_into(own);
            }
        };
        match content {
            Content::Email(email) => self.emails.push(email.clone()),
            Content::Phone { number, .. } => self.phones.push(Phone {
                number: number.clone(),
                label: label.as_text().to_owned(),
            }),
            Content::Address(address) if self.address.is_empty() => {
                self.address = address.clone();
                if address.country_code.is_empty() {
                    let code = country_code(&address.country).unwrap_or_default();
                    code.clone_into(&mut self.address.country_code);
                }
            }
            Content::Organization { name, title } => {
                // A title without a company goes with the first company, not with another one.
                if self.company.is_empty() || name.is_empty() {
                    keep_first(&mut self.job_title, title);
                }
                keep_first(&mut self.company, name);
            }
            Content::Url(url) => keep_first(&mut self.url, url),
            Content::Messenger { protocol, handle } => self.accounts.push(Account {
                network: protocol.clone(),
                name: handle.clone(),
            }),
            Content::Address(_) => {}
        }
    }

    fn kind(&self) -> Kind {
        if !self.lastname.is_empty() {
            Kind::Person
        } else if self.firstname.is_empty() && !self.company.is_empty() {
            Kind::Company
        } else {
            Kind::Nameless
        }
    }

    fn title(&self) -> String {
        let name = format!("{} {}", self.firstname, self.lastname).trim().to_owned();
        let phone = self.phones.first().map(|phone| phone.number.clone());
        [
            Some(name),
            Some(self.company.clone()),
            self.emails.first().cloned(),
            phone,
        ]
        .into_iter()
        .flatten()
        .find(|text| !text.is_empty())
        .unwrap_or_else(|| self.note.chars().take(60).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Name, PartialDate, Value};

    fn card(given: &str, family: &str, values: Vec<Value>) -> Card {
        Card {
            name: Name {
                given: given.to_owned(),
                family: family.to_owned(),
                ..Name::default()
            },
            values,
            ..Card::default()
        }
    }

    fn work(name: &str, title: &str) -> Value {
        Value::found(ValueLabel::Work, Content::organization(name, title).unwrap())
    }

    #[test]
    fn kinds_are_told_apart() {
        let kind = |card: &Card| Candidate::of(card).kind;
        assert_eq!(kind(&card("Alice", "Martin", vec![work("Durand", "")])), Kind::Person);
        assert_eq!(kind(&card("Alice", "", vec![work("Durand", "")])), Kind::Nameless);
        assert_eq!(kind(&card("", "", vec![work("Durand", "")])), Kind::Company);
        assert_eq!(kind(&card("", "", vec![])), Kind::Nameless);
    }

    #[test]
    fn nobody_is_without_a_title() {
        let mail = Value::found(ValueLabel::None, Content::email("a@b.example").unwrap());
        assert_eq!(Candidate::of(&card("", "", vec![mail.clone()])).title, "a@b.example");
        assert_eq!(
            Candidate::of(&card("", "", vec![work("Durand", ""), mail])).title,
            "Durand"
        );
        assert_eq!(Candidate::of(&card("Alice", "Martin", vec![])).title, "Alice Martin");
    }

    #[test]
    fn the_title_is_that_of_the_first_company() {
        let candidate = Candidate::of(&card(
            "A",
            "B",
            vec![work("Durand", ""), work("Petit", "Gérant"), work("", "Achats")],
        ));
        assert_eq!(
            (candidate.company.as_str(), candidate.job_title.as_str()),
            ("Durand", "Achats")
        );
    }

    #[test]
    fn a_birthday_without_a_year_is_none_in_dolibarr() {
        let born = |year| {
            Candidate::of(&Card {
                birthday: PartialDate::new(year, 2, 29),
                ..Card::default()
            })
        };
        assert_eq!(born(1980).birthday, "1980-02-29");
        assert_eq!(born(0).birthday, "");
        assert_eq!(born(0).fields.more, ["29/02"]);
    }

    #[test]
    fn a_country_that_is_only_named_is_known() {
        let address = PostalAddress {
            town: "Paris".to_owned(),
            country: "France".to_owned(),
            ..PostalAddress::default()
        };
        let value = Value::found(ValueLabel::None, Content::address(&address).unwrap());
        assert_eq!(Candidate::of(&card("A", "B", vec![value])).address.country_code, "FR");
    }
}
