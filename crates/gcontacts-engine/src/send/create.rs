// SPDX-License-Identifier: GPL-3.0-or-later
//! Making cards, their labels inside. A create is never repeated unless Google surely refused it.

use std::collections::{HashSet, VecDeque};

use gcontacts_people::mapping::person_from_card;
use gcontacts_people::request::limit;
use gcontacts_people::{AddressBook, Error, Person};

use super::SINGLES;
use super::judge::{Meaning, meaning};
use super::membership::wished;
use super::run::Run;
use crate::plan::{Step, Work};
use crate::{Clock, Verdict};

/// The rows of a call.
type Rows<'s> = Vec<(usize, &'s Step)>;

impl<B: AddressBook, C: Clock> Run<'_, B, C> {
    /// Makes the cards of `rows`.
    pub async fn create(&mut self, rows: &[(usize, &Step)]) {
        let size = if rows.len() <= SINGLES { 1 } else { limit::BATCH };
        let mut waiting: VecDeque<Rows<'_>> = rows.chunks(size).map(<[_]>::to_vec).collect();
        while let Some(rows) = waiting.pop_front() {
            if self.is_stopped() {
                return;
            }
            if let [row] = rows.as_slice() {
                self.create_one(*row).await;
            } else {
                let again = self.create_batch(rows).await;
                again
                    .into_iter()
                    .filter(|rows| !rows.is_empty())
                    .for_each(|rows| waiting.push_back(rows));
            }
        }
    }

    async fn create_one(&mut self, (row, step): (usize, &Step)) {
        let mut answer = self.wire.create(&self.body(step)).await;
        if answer.as_ref().is_err_and(may_be_for_a_label) && self.repair_labels().await {
            answer = self.wire.create(&self.body(step)).await;
        }
        self.judge_create((row, step), answer);
    }

    /// Returns the groups of rows to be sent again.
    async fn create_batch<'s>(&mut self, rows: Rows<'s>) -> Vec<Rows<'s>> {
        let people: Vec<Person> = rows.iter().map(|(_, step)| self.body(step)).collect();
        let error = match self.wire.batch_create(&people).await {
            Ok(answers) => {
                for (row, answer) in rows.into_iter().zip(answers) {
                    self.judge_create(row, answer);
                }
                return Vec::new();
            }
            Err(error) => error,
        };
        if !may_be_for_a_label(&error) {
            self.fail_all(rows.iter().map(|(row, _)| *row), &error);
            return Vec::new();
        }
        if self.repair_labels().await {
            return vec![rows];
        }
        self.set_blamed_aside(rows, &error)
    }

    /// Settles the rows that Google names and returns the others; halves them where it names none.
    fn set_blamed_aside<'s>(&mut self, rows: Rows<'s>, error: &Error) -> Vec<Rows<'s>> {
        let named = error
            .google()
            .map(|google| google.contact_errors.as_slice())
            .unwrap_or_default();
        let mut blamed = HashSet::new();
        for contact in named {
            let index = contact.key.parse::<usize>().ok();
            if let Some((row, _)) = index.and_then(|index| rows.get(index)) {
                self.settle(*row, Verdict::Refused, error.reason().code(), &contact.message);
                blamed.insert(*row);
            }
        }
        if blamed.is_empty() {
            let (first, second) = rows.split_at(rows.len() / 2);
            return vec![first.to_vec(), second.to_vec()];
        }
        vec![rows.into_iter().filter(|(row, _)| !blamed.contains(row)).collect()]
    }

    fn judge_create(&mut self, (row, step): (usize, &Step), answer: Result<Person, Error>) {
        match answer {
            Ok(person) if person.resource_name().is_some() => {
                self.succeeded();
                let card = if let Work::Create { card, .. } = &step.work {
                    Some(card)
                } else {
                    None
                };
                self.done(row, card, &person, Vec::new());
            }
            Ok(_) => self.settle(row, Verdict::Unknown, "bad_answer", "a person without a resource name"),
            Err(error) => {
                self.fail(row, &error);
                self.failed(&error);
            }
        }
    }

    fn body(&self, step: &Step) -> Person {
        let Work::Create { card, labels } = &step.work else {
            return Person::default();
        };
        person_from_card(card, &step.marker, &wished(labels, &self.settings, self.labels.known()))
    }
}

/// Whether Google refused the body, in which a label may be one that is gone.
fn may_be_for_a_label(error: &Error) -> bool {
    matches!(meaning(error), Meaning::Refused | Meaning::Gone)
}
