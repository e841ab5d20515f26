// SPDX-License-Identifier: GPL-3.0-or-later
//! Making cards of a backup anew, unless they are still there.

use gcontacts_core::ResourceName;
use gcontacts_people::{AddressBook, Error, Person};

use super::judge::{Meaning, meaning};
use super::run::Run;
use crate::plan::{Step, Work};
use crate::{Clock, Verdict};

/// The reason of a card that was not made because it is there.
pub const EXISTS: &str = "exists";

impl<B: AddressBook, C: Clock> Run<'_, B, C> {
    /// Reads the cards of `rows` by the names that they had, and makes those that are gone. A name leads to a card also
    /// where somebody merged it into another since, which no listing tells.
    pub async fn restore(&mut self, rows: &[(usize, &Step)]) {
        let former = |step: &Step| match &step.work {
            Work::Restore { person, .. } => person.resource_name(),
            _ => None,
        };
        let names: Vec<(usize, ResourceName)> = rows
            .iter()
            .filter_map(|(row, step)| Some((*row, former(step)?)))
            .collect();
        let answers = self.read_cards(&names).await;
        let mut missing: Vec<(usize, &Step)> = Vec::with_capacity(rows.len());
        for (row, step) in rows {
            if former(step).is_none() {
                missing.push((*row, step));
            } else if let Some((_, answer)) = answers.iter().find(|(of, _)| of == row) {
                if self.is_missing(*row, answer) {
                    missing.push((*row, step));
                }
            } else {
                self.settle(*row, Verdict::Later, "", "");
            }
        }
        if !self.is_stopped() {
            self.create(&missing).await;
        }
    }

    fn is_missing(&mut self, row: usize, answer: &Result<Person, Error>) -> bool {
        match answer {
            Ok(_) => self.settle(row, Verdict::Done, EXISTS, ""),
            // A name that was never one of Google's leads nowhere.
            Err(error) if matches!(meaning(error), Meaning::Gone | Meaning::Refused) => return true,
            Err(error) => {
                self.settle(row, Verdict::Later, error.reason().code(), &error.words());
                self.failed(error);
            }
        }
        false
    }
}
