// SPDX-License-Identifier: GPL-3.0-or-later
//! Making cards, their labels inside. A create is never repeated unless Google surely refused it.

use std::collections::{HashMap, VecDeque};

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
        let blamed = blamed(&rows, &error);
        let one_record = blamed.len() == 1 && !blamed.values().any(|message| is_about_labels(message));
        if !one_record && self.repair_labels().await {
            return self.not_made(rows, &error).await.into_iter().collect();
        }
        for (row, message) in &blamed {
            self.settle(*row, Verdict::Refused, error.reason().code(), message);
        }
        let others: Rows<'s> = rows.into_iter().filter(|(row, _)| !blamed.contains_key(row)).collect();
        if blamed.is_empty() {
            let (first, second) = others.split_at(others.len() / 2);
            return vec![first.to_vec(), second.to_vec()];
        }
        self.not_made(others, &error).await.into_iter().collect()
    }

    /// Of the rows of a batch that was refused for some of its cards, returns those to be sent again: all or none.
    ///
    /// Google does not promise that the good cards of a refused batch are not made. So the first time the account is
    /// looked through: where one of them is there, Google has made some, and one that is not seen may only not be listed
    /// yet. Where none is, Google makes all or nothing.
    async fn not_made<'s>(&mut self, rows: Rows<'s>, refusal: &Error) -> Option<Rows<'s>> {
        if rows.is_empty() || self.makes_all_or_nothing {
            return Some(rows).filter(|rows| !rows.is_empty());
        }
        let mut made = HashMap::new();
        match self.wire.list().await {
            Ok(people) => {
                for person in people {
                    made.extend(person.markers().into_iter().map(|marker| (marker, person.clone())));
                }
            }
            Err(error) => {
                self.failed(&error);
                self.unresolved(&rows, refusal);
                return None;
            }
        }
        if rows.iter().all(|(_, step)| !made.contains_key(&step.marker)) {
            self.makes_all_or_nothing = true;
            return Some(rows);
        }
        let (made_rows, others): (Rows<'s>, Rows<'s>) =
            rows.into_iter().partition(|(_, step)| made.contains_key(&step.marker));
        for (row, step) in made_rows {
            if let Some(person) = made.remove(&step.marker) {
                self.judge_create((row, step), Ok(person));
            }
        }
        self.unresolved(&others, refusal);
        None
    }

    fn unresolved(&mut self, rows: &[(usize, &Step)], error: &Error) {
        for (row, _) in rows {
            self.settle(*row, Verdict::Unknown, error.reason().code(), &error.words());
        }
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

/// The rows of a refused batch that Google names, with what it says of each.
fn blamed(rows: &[(usize, &Step)], error: &Error) -> HashMap<usize, String> {
    let of = |index: usize| error.google()?.blame(&index.to_string());
    let named = rows
        .iter()
        .enumerate()
        .filter_map(|(index, (row, _))| Some((*row, of(index)?.to_owned())));
    named.collect()
}

/// Whether Google's words may be about a label that is gone.
fn is_about_labels(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    message.contains("group") || message.contains("membership")
}

/// Whether Google refused the body, in which a label may be one that is gone.
fn may_be_for_a_label(error: &Error) -> bool {
    matches!(meaning(error), Meaning::Refused | Meaning::Gone)
}
