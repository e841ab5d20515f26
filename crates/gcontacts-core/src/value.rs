// SPDX-License-Identifier: GPL-3.0-or-later
//! The values of a card: phones, e-mails, addresses and whatever else it can have several of.

use serde::{Deserialize, Serialize};

use crate::address::PostalAddress;
use crate::text::{same_as_typed, tidy_line};

/// One phone, e-mail, address, organization, URL or messenger account with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The Dolibarr field it comes from; `None` for what was read from Google.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// The label that Google shows beside it.
    pub label: ValueLabel,
    /// The value itself.
    pub content: Content,
}

/// The content of a [`Value`]. Texts are as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A phone or fax number, and the country (ISO 3166-1 alpha-2) in which it is dialled as typed.
    Phone {
        /// The number as typed.
        number: String,
        /// Country code for numbers without an international prefix; empty where unknown.
        country: String,
    },
    /// An e-mail address.
    Email(String),
    /// A postal address.
    Address(PostalAddress),
    /// A place of work.
    Organization {
        /// The organization's name.
        name: String,
        /// Job title.
        title: String,
    },
    /// A web address.
    Url(String),
    /// An account of a messenger or social network.
    Messenger {
        /// Protocol or network, for example `skype`.
        protocol: String,
        /// User name.
        handle: String,
    },
}

/// The label of a value (`type` in the People API).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ValueLabel {
    /// No label.
    #[default]
    None,
    /// `home`.
    Home,
    /// `work`.
    Work,
    /// `mobile` (phones only).
    Mobile,
    /// `workFax` (phones only).
    WorkFax,
    /// Any other text: another type of Google's own, or a custom label.
    Other(String),
}

/// The Dolibarr field that a value comes from: its place, by which a change of the field is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Contact: job title, with the third party's name.
    Organization,
    /// Contact: e-mail.
    Email,
    /// Contact: professional phone.
    PhonePro,
    /// Contact: personal phone.
    PhonePerso,
    /// Contact: mobile phone.
    PhoneMobile,
    /// Contact: fax.
    Fax,
    /// Contact: postal address.
    Address,
    /// Contact: web site.
    Url,
    /// Contact: an account in a social network.
    SocialNetwork,
    /// Link back to the contact's page in Dolibarr.
    Page,
    /// Third party: e-mail.
    CompanyEmail,
    /// Third party: phone.
    CompanyPhone,
    /// Third party: fax.
    CompanyFax,
    /// Third party: postal address.
    CompanyAddress,
    /// Third party: web site.
    CompanyUrl,
}

impl Value {
    /// Makes a value that comes from a Dolibarr field.
    #[must_use]
    pub fn of(field: Field, label: ValueLabel, content: Content) -> Self {
        Self {
            field: Some(field),
            label,
            content,
        }
    }

    /// Makes a value as it was read from Google.
    #[must_use]
    pub fn found(label: ValueLabel, content: Content) -> Self {
        Self {
            field: None,
            label,
            content,
        }
    }

    /// Whether both show the same: text and label, wherever they come from.
    #[must_use]
    pub fn shows_the_same(&self, other: &Self) -> bool {
        self.label.same_as_typed(&other.label) && self.content.same_as_typed(&other.content)
    }
}

/// Each constructor cleans its texts and yields nothing where no text remains.
impl Content {
    /// A phone or fax number, dialled as typed in `country` (ISO 3166-1 alpha-2).
    #[must_use]
    pub fn phone(number: &str, country: &str) -> Option<Self> {
        let number = tidy_line(number);
        (!number.is_empty()).then(|| Self::Phone {
            number,
            country: tidy_line(country).to_uppercase(),
        })
    }

    /// An e-mail address.
    #[must_use]
    pub fn email(address: &str) -> Option<Self> {
        Some(tidy_line(address))
            .filter(|address| !address.is_empty())
            .map(Self::Email)
    }

    /// A postal address.
    #[must_use]
    pub fn address(address: &PostalAddress) -> Option<Self> {
        Some(address.tidied())
            .filter(|address| !address.is_empty())
            .map(Self::Address)
    }

    /// A place of work: a name, a title, or both.
    #[must_use]
    pub fn organization(name: &str, title: &str) -> Option<Self> {
        let (name, title) = (tidy_line(name), tidy_line(title));
        (!name.is_empty() || !title.is_empty()).then_some(Self::Organization { name, title })
    }

    /// A web address.
    #[must_use]
    pub fn url(url: &str) -> Option<Self> {
        Some(tidy_line(url)).filter(|url| !url.is_empty()).map(Self::Url)
    }

    /// An account of a messenger.
    #[must_use]
    pub fn messenger(protocol: &str, handle: &str) -> Option<Self> {
        let handle = tidy_line(handle);
        (!handle.is_empty()).then(|| Self::Messenger {
            protocol: tidy_line(protocol),
            handle,
        })
    }

    /// Whether both are typed the same. In which country a number is dialled is not typed.
    #[must_use]
    pub fn same_as_typed(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Phone { number: a, .. }, Self::Phone { number: b, .. })
            | (Self::Email(a), Self::Email(b))
            | (Self::Url(a), Self::Url(b)) => same_as_typed(a, b),
            (Self::Organization { name: a, title: t }, Self::Organization { name: b, title: u }) => {
                same_as_typed(a, b) && same_as_typed(t, u)
            }
            (Self::Messenger { protocol: a, handle: h }, Self::Messenger { protocol: b, handle: i }) => {
                same_as_typed(a, b) && same_as_typed(h, i)
            }
            (Self::Address(a), Self::Address(b)) => {
                same_as_typed(&a.street, &b.street)
                    && same_as_typed(&a.zip, &b.zip)
                    && same_as_typed(&a.town, &b.town)
                    && same_as_typed(&a.state, &b.state)
                    && same_as_typed(&a.country, &b.country)
                    && a.country_code.eq_ignore_ascii_case(&b.country_code)
            }
            _ => false,
        }
    }

    /// The content in one line, for people.
    #[must_use]
    pub fn text(&self) -> String {
        let joined = |parts: &[&str]| {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| tidy_line(part))
                .filter(|part| !part.is_empty())
                .collect();
            parts.join(", ")
        };
        match self {
            Self::Phone { number: text, .. } | Self::Email(text) | Self::Url(text) => text.clone(),
            Self::Organization { name, title } => joined(&[title, name]),
            Self::Messenger { protocol, handle } => joined(&[protocol, handle]),
            Self::Address(address) => {
                let town = format!("{} {}", address.zip, address.town);
                let country = if address.country.is_empty() {
                    &address.country_code
                } else {
                    &address.country
                };
                joined(&[&address.street, &town, &address.state, country])
            }
        }
    }
}

impl ValueLabel {
    /// Reads a `type` of the People API, or any text that a label shall show.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        match tidy_line(text).as_str() {
            "" => Self::None,
            "home" => Self::Home,
            "work" => Self::Work,
            "mobile" => Self::Mobile,
            "workFax" => Self::WorkFax,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The text that [`Self::from_text`] reads; empty for no label.
    #[must_use]
    pub fn as_text(&self) -> &str {
        match self {
            Self::None => "",
            Self::Home => "home",
            Self::Work => "work",
            Self::Mobile => "mobile",
            Self::WorkFax => "workFax",
            Self::Other(text) => text,
        }
    }

    fn same_as_typed(&self, other: &Self) -> bool {
        same_as_typed(self.as_text(), other.as_text())
    }
}

impl Field {
    /// Whether it is the third party's.
    #[must_use]
    pub const fn is_company(self) -> bool {
        matches!(
            self,
            Self::CompanyEmail | Self::CompanyPhone | Self::CompanyFax | Self::CompanyAddress | Self::CompanyUrl
        )
    }

    /// Its name as it stands in JSON, for example `phone_pro`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Email => "email",
            Self::PhonePro => "phone_pro",
            Self::PhonePerso => "phone_perso",
            Self::PhoneMobile => "phone_mobile",
            Self::Fax => "fax",
            Self::Address => "address",
            Self::Url => "url",
            Self::SocialNetwork => "social_network",
            Self::Page => "page",
            Self::CompanyEmail => "company_email",
            Self::CompanyPhone => "company_phone",
            Self::CompanyFax => "company_fax",
            Self::CompanyAddress => "company_address",
            Self::CompanyUrl => "company_url",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_texts_make_no_value() {
        assert_eq!(Content::phone(" \0\n", "FR"), None);
        assert_eq!(Content::email("\t"), None);
        assert_eq!(Content::organization(" ", ""), None);
        assert_eq!(Content::messenger("skype", ""), None);
        assert_eq!(
            Content::address(&PostalAddress {
                zip: " \r\n".to_owned(),
                ..PostalAddress::default()
            }),
            None
        );
        assert_eq!(Content::url("\0x\n"), Some(Content::Url("x".to_owned())));
    }

    #[test]
    fn labels_read_back() {
        for label in ["", "home", "work", "mobile", "workFax", "Acme SA", "homePage", "Work"] {
            assert_eq!(ValueLabel::from_text(label).as_text(), label);
        }
        assert_eq!(
            ValueLabel::from_text(" Acme\r\nSA "),
            ValueLabel::Other("Acme SA".to_owned())
        );
    }

    #[test]
    fn a_field_s_name_is_its_json() {
        for field in [
            Field::Organization,
            Field::PhonePro,
            Field::SocialNetwork,
            Field::CompanyUrl,
            Field::Page,
        ] {
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
        }
    }

    #[test]
    fn the_country_of_a_phone_is_not_typed() {
        let a = Content::phone("01 23", "FR").unwrap();
        assert!(a.same_as_typed(&Content::phone(" 01 23", "BE").unwrap()));
        assert!(!a.same_as_typed(&Content::phone("0123", "FR").unwrap()));
    }
}
