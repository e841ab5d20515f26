// SPDX-License-Identifier: GPL-3.0-or-later
//! A contact of Dolibarr (a row of `llx_socpeople`), as PHP hands it over.

use serde::Deserialize;

use crate::address::PostalAddress;
use crate::label::Category;

/// A contact of Dolibarr. Texts are as typed; an absent value is an empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// The civility's translated label, for example `Mr.`.
    pub civility: String,
    /// Given name.
    pub firstname: String,
    /// Family name.
    pub lastname: String,
    /// Job title (column `poste`).
    pub job_title: String,
    /// E-mail address.
    pub email: String,
    /// Professional phone (column `phone`).
    pub phone_pro: String,
    /// Personal phone.
    pub phone_perso: String,
    /// Mobile phone.
    pub phone_mobile: String,
    /// Fax.
    pub fax: String,
    /// Postal address.
    pub address: PostalAddress,
    /// Birthday as `YYYY-MM-DD`; empty or `0000-00-00` where unknown.
    pub birthday: String,
    /// Web site.
    pub url: String,
    /// Accounts in social networks.
    pub social_networks: Vec<SocialNetwork>,
    /// Public note; HTML or plain text.
    pub note_public: String,
    /// Whether the contact is private (`priv = 1`) to the user who made it.
    pub private: bool,
    /// Whether the contact is enabled (`statut = 1`).
    pub active: bool,
    /// Whether the contact belongs to the entity that sends.
    pub own_entity: bool,
    /// The field "Synchronise with Google", where it was ever set.
    pub synchronise: Option<bool>,
    /// Address of the contact's page in Dolibarr.
    pub page_url: String,
    /// The categories that it carries.
    pub categories: Vec<Category>,
}

/// An account of a contact in a social network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SocialNetwork {
    /// Dolibarr's code of the network (`llx_c_socialnetworks`), for example `skype`.
    pub network: String,
    /// The network's name as people write it, for example `Skype`.
    pub name: String,
    /// The handle as typed; may be a whole URL.
    pub handle: String,
    /// The profile's URL, where Dolibarr knows how to build one; else empty.
    pub url: String,
}
