//! A card: what a Google contact says, in our words.
//!
//! Only what GContacts maps is here; whatever else a Google contact holds stays with the raw person and is
//! never touched.

use serde::{Deserialize, Serialize};

use crate::address::PostalAddress;

/// What a card says. The order of `values` has no meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The person's name.
    pub name: Name,
    /// Birthday.
    pub birthday: Option<PartialDate>,
    /// Note, plain text; empty for none.
    pub note: String,
    /// Everything of which a card can have several.
    pub values: Vec<Value>,
}

/// A person's name by its parts; an empty part is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Civility (`honorificPrefix`).
    pub prefix: String,
    /// First name (`givenName`).
    pub given: String,
    /// Last name (`familyName`).
    pub family: String,
}

/// A date of which Google lets parts be unknown; 0 is unknown.
///
/// Shapes: year+month+day, month+day, year, year+month (People API, type Date).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    /// Year, 0 where unknown.
    pub year: u16,
    /// Month 1-12, 0 where unknown.
    pub month: u8,
    /// Day 1-31, 0 where unknown.
    pub day: u8,
}

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
