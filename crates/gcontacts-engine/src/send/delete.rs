// SPDX-License-Identifier: GPL-3.0-or-later
//! Deleting cards. Each is read first: what a run deletes stays restorable.

use std::collections::VecDeque;

use gcontacts_core::ResourceName;
use gcontacts_people::request::limit;
use gcontacts_people::{AddressBook, Error, Person};

use super::SINGLES;
use super::judge::{Meaning, meaning};
use super::read::is_anothers;
use super::run::Run;
use crate::plan::Step;
use crate::{Clock, Verdict};

/// A card that goes, under the name by which Google knows it now.
pub type Going = (usize, ResourceName);

impl<B: AddressBook, C: Clock> Run<'_, B, C> {
    /// Deletes the cards of `rows`.
    pub async fn delete(&mut self, rows: &[(usize, &Step)]) {
        let going: Vec<Going> = rows
            .iter()
            .filter_map(|(row, step)| Some((*row, step.work.known()?.resource_name.clone())))
            .collect();
        let going = self.read_before_deleting(rows, going).await;
        self.delete_read(&going).await;
    }

    /// Deletes cards that were read just now and are kept in their rows.
    pub async fn delete_read(&mut self, going: &[Going]) {
        let size = if going.len() <= SINGLES { 1 } else { limit::BATCH_DELETE };
        let mut waiting: VecDeque<Vec<Going>> = going.chunks(size).map(<[_]>::to_vec).collect();
        while let Some(going) = waiting.pop_front() {
            if self.is_stopped() {
                return;
            }
            if let [(row, name)] = going.as_slice() {
                self.delete_one(*row, name).await;
            } else {
                let again = self.delete_batch(going).await;
                waiting.extend(again);
            }
        }
    }

    /// Keeps each card as it is and returns those that are there and nobody else's.
    async fn read_before_deleting(&mut self, rows: &[(usize, &Step)], going: Vec<Going>) -> Vec<Going> {
        let mut there = Vec::with_capacity(going.len());
        for (row, answer) in self.read_cards(&going).await {
            let is_anothers = |person: &Person| rows.iter().any(|(of, step)| *of == row && is_anothers(step, person));
            match answer {
                Ok(person) if is_anothers(&person) => self.gone(row),
                Ok(person) => there.extend(self.keep_before_deleting(row, &person)),
                Err(error) if meaning(&error) == Meaning::Gone => self.gone(row),
                Err(error) => {
                    self.fail(row, &error);
                    self.failed(&error);
                }
            }
        }
        there
    }

    /// Keeps a card as it is before it goes, and names it as Google does now; without that it does not go.
    pub fn keep_before_deleting(&mut self, row: usize, person: &Person) -> Option<Going> {
        match (person.resource_name(), self.before(row, person)) {
            (Some(name), Ok(())) => {
                self.leaves(person.memberships());
                return Some((row, name));
            }
            (None, _) => self.settle(row, Verdict::Later, "bad_answer", "a person without a resource name"),
            (_, Err(error)) => self.settle(row, Verdict::Later, "bad_answer", &error.to_string()),
        }
        None
    }

    async fn delete_one(&mut self, row: usize, name: &ResourceName) {
        let answer = self.wire.delete(name).await;
        self.judge_delete(row, answer);
    }

    /// Returns the groups of cards to be sent again.
    async fn delete_batch(&mut self, going: Vec<Going>) -> Vec<Vec<Going>> {
        let names: Vec<_> = going.iter().map(|(_, name)| name.clone()).collect();
        match self.wire.batch_delete(&names).await {
            // One that vanished since it was read fails all, and Google does not say which.
            Err(error) if matches!(meaning(&error), Meaning::Gone | Meaning::Refused) => {
                let (first, second) = going.split_at(going.len() / 2);
                vec![first.to_vec(), second.to_vec()]
            }
            Err(error) => {
                self.fail_all(going.iter().map(|(row, _)| *row), &error);
                Vec::new()
            }
            Ok(()) => {
                self.succeeded();
                for (row, _) in going {
                    self.gone(row);
                }
                Vec::new()
            }
        }
    }

    fn judge_delete(&mut self, row: usize, answer: Result<(), Error>) {
        match answer {
            Ok(()) => {
                self.succeeded();
                self.gone(row);
            }
            Err(error) if meaning(&error) == Meaning::Gone => self.gone(row),
            Err(error) => {
                self.fail(row, &error);
                self.failed(&error);
            }
        }
    }
}
