// SPDX-License-Identifier: GPL-3.0-or-later
//! Reading cards anew: those whose person is not known, was changed since, or goes.

use gcontacts_core::{Marker, ResourceName};
use gcontacts_people::request::limit;
use gcontacts_people::{AddressBook, Error, Person};

use super::judge::{Meaning, meaning};
use super::run::Run;
use crate::Clock;
use crate::plan::Step;

/// What Google answered for a row.
pub type Answer = (usize, Result<Person, Error>);

/// Whether `person`, read by the name that was known, is the card of another object of this Dolibarr: somebody merged both
/// at Google, and the old name leads to the other.
pub fn is_anothers(step: &Step, person: &Person) -> bool {
    let Marker {
        instance,
        element_type,
        id,
        ..
    } = &step.marker;
    let has_other_name = step.work.known().map(|known| &known.resource_name) != person.resource_name().as_ref();
    has_other_name
        && person
            .markers()
            .iter()
            .any(|marker| marker.instance == *instance && (&marker.element_type, marker.id) != (element_type, *id))
}

impl<B: AddressBook, C: Clock> Run<'_, B, C> {
    /// Reads the cards of `rows`. Rows of a call that failed as a whole are settled here and not returned.
    pub async fn read_cards(&mut self, rows: &[(usize, ResourceName)]) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(rows.len());
        for rows in rows.chunks(limit::BATCH) {
            if self.is_stopped() {
                break;
            }
            if let [(row, name)] = rows {
                answers.push((*row, self.wire.get(name).await));
                continue;
            }
            let names: Vec<_> = rows.iter().map(|(_, name)| name.clone()).collect();
            match self.wire.batch_get(&names).await {
                Ok(people) => answers.extend(rows.iter().map(|(row, _)| *row).zip(people)),
                // A name that was damaged in the database: each for itself then.
                Err(error) if meaning(&error) == Meaning::Refused => {
                    for (row, name) in rows {
                        answers.push((*row, self.wire.get(name).await));
                    }
                }
                Err(error) => self.fail_all(rows.iter().map(|(row, _)| *row), &error),
            }
        }
        answers
    }
}
