// SPDX-License-Identifier: GPL-3.0-or-later
//! Dolibarr's constants, resolved once into what the rules need.

use serde::{Deserialize, Serialize};

use crate::merge::ClashRule;

/// The settings of one entity of one Dolibarr.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own, and all combinations are meant"
)]
pub struct Settings {
    /// Random id of this Dolibarr, made once; `[0-9a-f]+`. Part of every marker.
    pub instance: String,
    /// Name of the container label, for example `Onelog`.
    pub container_label: String,
    /// Whether cards join `myContacts`.
    pub my_contacts: bool,
    /// Whether cards get a label for each sales representative of their third party.
    pub representative_labels: bool,
    /// What the labels of customers, prospects and suppliers are called; `None` where cards get none.
    #[serde(default)]
    pub type_labels: Option<TypeLabels>,
    /// Whether cards get a label for each category of the contact and of its third party.
    #[serde(default)]
    pub category_labels: bool,
    /// Whether the name says the third party's too, for phones that show the name alone.
    #[serde(default)]
    pub company_in_name: bool,
    /// Whether what the `google` module of `DoliMods` left on linked cards is taken off them: only where somebody asks for it.
    #[serde(default)]
    pub clean_dolimods: bool,
    /// Whose word goes onto a card where both sides changed the same part.
    #[serde(default)]
    pub clash: ClashRule,
    /// Whether the public note is sent.
    pub notes: bool,
    /// Whether each contact has a field that says if it is synchronised.
    pub per_contact: bool,
    /// What that field means where it was never set.
    pub per_contact_default: bool,
    /// ISO 3166-1 alpha-2 code of the company's own country: phones of contacts without a country.
    pub country: String,
}

/// Names of labels, each after the container's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeLabels {
    /// Of contacts of customers, for example `Customers`.
    pub customers: String,
    /// Of contacts of prospects.
    pub prospects: String,
    /// Of contacts of suppliers.
    pub suppliers: String,
}
