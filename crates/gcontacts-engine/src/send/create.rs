// SPDX-License-Identifier: GPL-3.0-or-later
//! Making cards, their labels inside. A create is never repeated unless Google surely refused it.

use std::collections::{HashMap, VecDeque};

use gcontacts_people::mapping::{Restorable, person_from_card};
use gcontacts_people::request::limit;
use gcontacts_people::{AddressBook, Error, Person};

use super::SINGLES;
use super::judge::{Meaning, meaning};
use super::membership::wished;
use super::run::Run;
use crate::plan::{Step, Work};
use crate::{Clock, Verdict};

/// Why the outcome of a create is unknown that stood in a batch with one that Google refused.
const BATCH_REFUSED: &str = "batch_refused";

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
        let repaired = !one_record && self.repair_labels().await;
        if blamed.is_empty() {
            // The call was refused as it stands, before Google looked at its cards one by one.
            let (first, second) = rows.split_at(if repaired { 0 } else { rows.len() / 2 });
            return vec![first.to_vec(), second.to_vec()];
        }
        let (named, others): (Rows<'s>, Rows<'s>) = rows.into_iter().partition(|(row, _)| blamed.contains_key(row));
        let mut again = self.after_refusal(others);
        if repaired {
            again.extend(named);
            return vec![again];
        }
        for (row, message) in &blamed {
            self.settle(*row, Verdict::Refused, error.reason().code(), message);
        }
        vec![again]
    }

    /// Of the cards that Google does not blame for the refusal of their batch, returns those to be sent again: all or none.
    ///
    /// Google does not promise that none of them was made, and a listing of this moment could not tell: a card that it
    /// lacks may only not be listed yet. So they wait as creates of unknown outcome do, unless the account has shown before
    /// that it makes none.
    fn after_refusal<'s>(&mut self, others: Rows<'s>) -> Rows<'s> {
        if self.account.refusals_are_whole {
            return others;
        }
        for (row, _) in others {
            // Without Google's words: they are about another card.
            self.settle(row, Verdict::Unknown, BATCH_REFUSED, "");
        }
        Vec::new()
    }

    fn judge_create(&mut self, (row, step): (usize, &Step), answer: Result<Person, Error>) {
        match answer {
            Ok(person) if person.resource_name().is_some() => {
                self.succeeded();
                self.written(row, &step.written);
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
        match &step.work {
            Work::Create { card, labels } => {
                person_from_card(card, &step.marker, &wished(labels, &self.settings, self.labels.known()))
            }
            Work::Restore { person, labels } => Restorable::of(person).create(&step.marker, labels),
            _ => Person::default(),
        }
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
