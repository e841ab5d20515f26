// SPDX-License-Identifier: GPL-3.0-or-later
//! Taking back what came from Dolibarr: what is ours goes, what is others' only lets go of ours.
//!
//! What becomes of a card is decided on the card as Google has it at that moment, never on what was known of it.

use std::sync::Arc;

use gcontacts_core::{Marker, ResourceName};
use gcontacts_people::{AddressBook, Person};

use super::judge::{Meaning, meaning};
use super::run::Run;
use crate::plan::{Known, Step, Work};
use crate::{Action, Clock};

/// What becomes of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It was made by this Dolibarr, and nobody else knows it.
    Delete,
    /// It was there before, or holds somebody else's values too.
    Release,
    /// It is another object's, whose own step says what becomes of it.
    Leave,
}

impl<B: AddressBook, C: Clock> Run<'_, B, C> {
    /// Deletes or releases the cards of `rows`.
    pub async fn clean_up(&mut self, rows: &[(usize, &Step)]) {
        let names: Vec<(usize, ResourceName)> = rows
            .iter()
            .filter_map(|(row, step)| Some((*row, step.work.known()?.resource_name.clone())))
            .collect();
        let (mut going, mut released) = (Vec::new(), Vec::new());
        for (row, answer) in self.read_cards(&names).await {
            let Some((_, step)) = rows.iter().find(|(of, _)| *of == row) else {
                continue;
            };
            match answer {
                Ok(person) => match fate(step, &person) {
                    Fate::Delete => going.extend(self.keep_before_deleting(row, &person)),
                    Fate::Release => released.push((row, release(step, person))),
                    Fate::Leave => self.gone(row),
                },
                Err(error) if meaning(&error) == Meaning::Gone => self.gone(row),
                Err(error) => {
                    self.fail(row, &error);
                    self.failed(&error);
                }
            }
        }
        for (row, _) in &released {
            self.act(*row, Action::Release);
        }
        let released: Vec<(usize, &Step)> = released.iter().map(|(row, step)| (*row, step)).collect();
        self.update(&released).await;
        self.delete_read(&going).await;
    }
}

fn fate(step: &Step, person: &Person) -> Fate {
    let Work::CleanUp { known, source_id } = &step.work else {
        return Fate::Leave;
    };
    let markers = person.markers();
    let is_of_object = |marker: &&Marker| {
        (&marker.instance, &marker.element_type, marker.id)
            == (&step.marker.instance, &step.marker.element_type, step.marker.id)
    };
    let is_here = person.resource_name().as_ref() == Some(&known.resource_name);
    let ours = markers.iter().any(|marker| marker.instance == step.marker.instance);
    if ours && !is_here && !markers.iter().any(|marker| is_of_object(&marker)) {
        return Fate::Leave;
    }
    // Somebody merged the card into another one: the source is the other's.
    let same_source = source_id.is_empty() || person.source_id() == Some(source_id);
    let is_made_by_us = markers.iter().any(|marker| is_of_object(&marker))
        && markers
            .iter()
            .all(|marker| marker.instance == step.marker.instance && marker.made_the_card());
    if is_made_by_us && same_source {
        Fate::Delete
    } else {
        Fate::Release
    }
}

fn release(step: &Step, person: Person) -> Step {
    let known = step.work.known();
    Step {
        marker: step.marker.clone(),
        work: Work::Release {
            known: Known {
                resource_name: known.map_or_else(|| ResourceName(String::new()), |known| known.resource_name.clone()),
                sent: known.and_then(|known| known.sent.clone()),
                person: Some(person),
                just_imported: false,
            },
        },
        written: Arc::default(),
    }
}
