// SPDX-License-Identifier: GPL-3.0-or-later
//! What Dolibarr wants of a record: a card with labels, or none for a reason.

mod card;

pub(crate) use card::stated;

use serde::{Deserialize, Serialize};

use crate::label::WantedLabel;
use crate::{Card, Company, Contact, Error, LabelSource, Record, Settings};

/// What should be at Google for a record.
#[derive(Clone, Debug, PartialEq)]
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
        labels: labels(company, settings),
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

/// The labels of a card: the container's, and one for each sales representative of the third party.
fn labels(company: Option<&Company>, settings: &Settings) -> Vec<WantedLabel> {
    let container = crate::text::tidy_line(&settings.container_label);
    let mut labels = vec![WantedLabel {
        source: LabelSource::Container,
        source_id: 0,
        name: container.clone(),
    }];
    if settings.representative_labels {
        labels.extend(
            company
                .into_iter()
                .flat_map(|company| &company.representatives)
                .map(|user| WantedLabel {
                    source: LabelSource::Representative,
                    source_id: user.id,
                    name: format!("{container}/{}", crate::text::tidy_line(&user.login)),
                }),
        );
    }
    labels.sort_unstable();
    labels.dedup_by_key(|label| (label.source, label.source_id));
    labels
}

#[cfg(test)]
mod tests;
