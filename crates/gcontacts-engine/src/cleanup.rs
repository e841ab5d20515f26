// SPDX-License-Identifier: GPL-3.0-or-later
//! Planning a clean-up.

use std::sync::Arc;

use gcontacts_core::{Label, Marker, ResourceName, SentCard, Settings};
use serde::Deserialize;

use crate::plan::{Known, Step, Work};
use crate::{Error, Plan};

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
            written: Arc::default(),
        })
    };
    let steps = traces.into_iter().map(step).collect::<Result<_, Error>>()?;
    Ok(Plan::of(settings, labels, steps))
}
