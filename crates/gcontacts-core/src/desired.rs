// SPDX-License-Identifier: GPL-3.0-or-later
//! What Dolibarr wants of a record: a card with labels, or none for a reason.

mod card;

pub(crate) use card::stated;

use serde::{Deserialize, Serialize};

use crate::label::WantedLabel;
use crate::text::tidy_line;
use crate::{Card, Company, Contact, Error, LabelSource, Record, Settings};

/// What should be at Google for a record.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made per record and taken apart at once: a box would only be one more allocation"
)]
pub enum Desired {
    /// This card, with these labels.
    Card {
        /// What it says.
        card: Card,
        /// The labels that the module makes; `myContacts` is not among them.
        labels: Vec<WantedLabel>,
    },
    /// Nothing.
    Nothing(LeftOut),
}

/// Why a contact has no card at Google.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Deleted in Dolibarr.
    Deleted,
    /// Belongs to another entity.
    OtherEntity,
    /// Private contact.
    Private,
    /// Disabled contact.
    Inactive,
    /// Its third party is closed.
    CompanyClosed,
    /// Its field "Synchronise with Google" says no.
    OptedOut,
    /// Somebody deleted its card at Google, and nobody has decided to send another.
    RemovedAtGoogle,
    /// Has neither a name nor any value: nothing that a phone could show.
    Empty,
}

impl LeftOut {
    /// Its stable code, as it stands in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::OtherEntity => "other_entity",
            Self::Private => "private",
            Self::Inactive => "inactive",
            Self::CompanyClosed => "company_closed",
            Self::OptedOut => "opted_out",
            Self::RemovedAtGoogle => "removed_at_google",
            Self::Empty => "empty",
        }
    }
}

/// Decides what should be at Google for `record`.
///
/// # Errors
/// [`Error`], naming the field, where the contact's data is such that no card can say it. A contact that is left out
/// anyway has no errors.
pub fn desired(record: &Record, settings: &Settings) -> Result<Desired, Error> {
    let Some(contact) = &record.contact else {
        return Ok(Desired::Nothing(LeftOut::Deleted));
    };
    let company = record.company.as_ref();
    if let Some(reason) = left_out(contact, company, settings) {
        return Ok(Desired::Nothing(reason));
    }
    let card = card::card(contact, company, settings)?;
    if card::is_empty(&card) {
        return Ok(Desired::Nothing(LeftOut::Empty));
    }
    Ok(Desired::Card {
        card,
        labels: labels(contact, company, settings),
    })
}

/// The first reason that holds: what is out of reach comes before what somebody chose.
fn left_out(contact: &Contact, company: Option<&Company>, settings: &Settings) -> Option<LeftOut> {
    if !contact.own_entity {
        Some(LeftOut::OtherEntity)
    } else if contact.private {
        Some(LeftOut::Private)
    } else if !contact.active {
        Some(LeftOut::Inactive)
    } else if company.is_some_and(|company| !company.open) {
        Some(LeftOut::CompanyClosed)
    } else if settings.per_contact && !contact.synchronise.unwrap_or(settings.per_contact_default) {
        Some(LeftOut::OptedOut)
    } else {
        None
    }
}

/// The labels of a card: the container's, and those that the options ask for.
fn labels(contact: &Contact, company: Option<&Company>, settings: &Settings) -> Vec<WantedLabel> {
    let container = tidy_line(&settings.container_label);
    let mut labels = vec![WantedLabel {
        source: LabelSource::Container,
        source_id: 0,
        name: container.clone(),
    }];
    let mut add = |source, source_id, name: &str| {
        let name = tidy_line(name);
        if !name.is_empty() {
            let name = format!("{container}/{name}");
            labels.push(WantedLabel {
                source,
                source_id,
                name,
            });
        }
    };
    if let Some(company) = company {
        if settings.representative_labels {
            for user in &company.representatives {
                add(LabelSource::Representative, user.id, &user.login);
            }
        }
        if let Some(names) = &settings.type_labels {
            let types = [
                (company.customer, LabelSource::Customer, &names.customers),
                (company.prospect, LabelSource::Prospect, &names.prospects),
                (company.supplier, LabelSource::Supplier, &names.suppliers),
            ];
            for (_, source, name) in types.into_iter().filter(|(is_one, ..)| *is_one) {
                add(source, 0, name);
            }
        }
    }
    if settings.category_labels {
        let of_company = company.into_iter().flat_map(|company| &company.categories);
        for category in contact.categories.iter().chain(of_company) {
            add(LabelSource::Category, category.id, &category.name);
        }
    }
    labels.sort_unstable();
    labels.dedup_by_key(|label| (label.source, label.source_id));
    labels
}

#[cfg(test)]
mod tests;
