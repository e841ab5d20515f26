// SPDX-License-Identifier: GPL-3.0-or-later
//! Planning a clean-up, and the labels that are left when the cards are gone.

use gcontacts_core::{Label, Marker, ResourceName, SentCard, Settings};
use gcontacts_people::{AddressBook, ContactGroup, Deadline, Error as CallError, GroupData, Reason, list_all_groups};
use serde::{Deserialize, Serialize};

use crate::plan::{Known, Step, Work};
use crate::{Error, Plan, Stopped, ascii_json};

/// A card that came from Dolibarr, as far as is known.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// Element type of the object.
    #[serde(rename = "type")]
    pub element_type: String,
    /// Its id.
    pub id: u64,
    /// The card's resource name.
    pub resource_name: ResourceName,
    /// The id of the card's own source; empty where it is not known.
    pub source_id: String,
    /// The snapshot of what was sent, as JSON of [`SentCard`]; empty where nothing is known.
    pub sent: String,
}

/// Plans to take `traces` back, for [`crate::send()`]: each card is read, and deleted where it was made by this Dolibarr and
/// nobody else knows it. Of any other only what is ours is taken off.
///
/// # Errors
/// Where settings or an element type cannot make a marker, or a snapshot is damaged: what was sent cannot be guessed.
pub fn plan_clean_up(settings: Settings, labels: Vec<Label>, traces: Vec<Trace>) -> Result<Plan, Error> {
    let step = |trace: Trace| {
        let sent = match trace.sent.as_str() {
            "" => None,
            json => Some(serde_json::from_str::<SentCard>(json).map_err(Error::Sent)?),
        };
        Ok(Step {
            marker: Marker::new(&settings.instance, &trace.element_type, trace.id, "0")?,
            work: Work::CleanUp {
                known: Known {
                    sent,
                    ..Known::named(trace.resource_name)
                },
                source_id: trace.source_id,
            },
        })
    };
    let steps = traces.into_iter().map(step).collect::<Result<_, Error>>()?;
    Ok(Plan::of(settings, labels, steps))
}

/// What became of the labels that this Dolibarr made.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CleanedLabels {
    /// Those that are gone now.
    pub gone: Vec<GoneLabel>,
    /// Those that somebody's cards carry: they stay.
    pub kept: Vec<ContactGroup>,
    /// Why not all were looked at.
    pub stopped: Option<Stopped>,
}

/// A label that was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoneLabel {
    /// Its resource name.
    pub resource_name: ResourceName,
    /// Its name.
    pub name: String,
    /// The label as it was, as ASCII JSON.
    pub before: String,
}

/// Deletes the labels that the Dolibarr `instance` made, as far as no card carries them. Which they are stands on the labels
/// themselves: one that was there before and was only used is not among them.
///
/// It cannot fail as a whole: once a label may have gone, each counts. With `pretend` nothing is deleted.
pub async fn clean_labels<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    instance: &str,
    pretend: bool,
) -> CleanedLabels {
    let mut cleaned = CleanedLabels::default();
    if let Err(error) = clean(book, deadline, instance, pretend, &mut cleaned).await {
        cleaned.stopped = Some((&error).into());
    }
    cleaned
}

async fn clean<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    instance: &str,
    pretend: bool,
    cleaned: &mut CleanedLabels,
) -> Result<(), CallError> {
    let mark = GroupData::made_by(instance);
    for group in list_all_groups(book, deadline).await? {
        if !group.client_data.contains(&mark) {
            continue;
        }
        if group.member_count > 0 && !pretend {
            cleaned.kept.push(group);
            continue;
        }
        if !pretend {
            match book.delete_group(&group.resource_name, deadline).await {
                Err(error) if error.reason() != Reason::NotFound => return Err(error),
                _ => {}
            }
        }
        cleaned.gone.push(GoneLabel {
            before: ascii_json(&group).map_err(|error| crate::paged::bad(error.to_string()))?,
            resource_name: group.resource_name,
            name: group.name,
        });
    }
    Ok(())
}
