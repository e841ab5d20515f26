// SPDX-License-Identifier: GPL-3.0-or-later
//! The state of a run: its rows, its labels, and whether it goes on.

use std::collections::BTreeSet;

use gcontacts_core::comparison::changed_since;
use gcontacts_core::merge::Clash;
use gcontacts_core::{Card, Label, Marker, ResourceName, Settings};
use gcontacts_people::mapping::card_from_person;
use gcontacts_people::{AddressBook, Error, Person};

use super::judge::{Meaning, Watch, meaning};
use super::labels::Labels;
use super::wire::Wire;
use crate::plan::Step;
use crate::{Account, Action, Clock, Outcome, Sent, Stopped, Verdict, Warning, ascii_json, dolimods};

/// A plan that is being carried out.
pub struct Run<'a, B, C> {
    pub wire: Wire<'a, B, C>,
    pub settings: Settings,
    pub labels: Labels,
    pub warnings: Vec<Warning>,
    pub account: Account,
    /// Labels that cards have left: they may be empty now.
    left: BTreeSet<ResourceName>,
    outcomes: Vec<Outcome>,
    stopped: Option<Stopped>,
    watch: Watch,
}

impl<'a, B: AddressBook, C: Clock> Run<'a, B, C> {
    pub fn new(wire: Wire<'a, B, C>, account: Account, settings: Settings, labels: Vec<Label>, steps: &[Step]) -> Self {
        Self {
            wire,
            settings,
            labels: Labels::new(labels),
            warnings: Vec::new(),
            account,
            left: BTreeSet::new(),
            outcomes: steps.iter().map(Outcome::not_attempted).collect(),
            stopped: None,
            watch: Watch::default(),
        }
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    pub fn succeeded(&mut self) {
        self.watch.success();
    }

    /// Takes note of a failure; ends the run where it concerns all records.
    pub fn failed(&mut self, error: &Error) {
        if self.watch.ends_the_run(error) {
            self.stop(error);
        }
    }

    pub fn stop(&mut self, error: &Error) {
        self.stopped.get_or_insert_with(|| error.into());
    }

    /// Settles a row whose card is as it should be.
    pub fn done(&mut self, row: usize, sent: Option<&Card>, person: &Person, clashes: Vec<Clash>) {
        let country = self.settings.country.clone();
        let Some(outcome) = self.outcomes.get_mut(row) else {
            return;
        };
        outcome.clashes = clashes;
        let ours = |marker: &Marker| {
            (&marker.instance, &marker.element_type, marker.id)
                == (&self.settings.instance, &outcome.element_type, outcome.id)
        };
        if let Some(marker) = person.markers().into_iter().find(ours) {
            outcome.nonce = marker.nonce;
        }
        match outcome.describe(sent, person, &country) {
            Ok(()) => outcome.result = Verdict::Done,
            Err(error) => {
                outcome.result = if outcome.action == Action::Create {
                    Verdict::Unknown
                } else {
                    Verdict::Later
                };
                (outcome.reason, outcome.message) = ("bad_answer".to_owned(), error.to_string());
            }
        }
    }

    /// Takes the card of a row as it is written already.
    pub fn written(&mut self, row: usize, card: &str) {
        if let Some(outcome) = self.outcomes.get_mut(row) {
            card.clone_into(&mut outcome.sent);
        }
    }

    /// Notes that something else is done with a row than was intended.
    pub fn act(&mut self, row: usize, action: Action) {
        if let Some(outcome) = self.outcomes.get_mut(row) {
            outcome.action = action;
        }
    }

    /// Settles a row whose card is gone, as was wanted.
    pub fn gone(&mut self, row: usize) {
        if let Some(outcome) = self.outcomes.get_mut(row) {
            outcome.result = Verdict::Done;
        }
    }

    /// Notes that a card has left labels, or goes with them.
    pub fn leaves(&mut self, labels: impl IntoIterator<Item = ResourceName>) {
        let known = self.labels.known();
        let ours = |name: &ResourceName| known.iter().any(|label| label.resource_name == *name);
        self.left.extend(labels.into_iter().filter(ours));
    }

    /// Keeps the person as it was before a deletion or a release.
    pub fn before(&mut self, row: usize, person: &Person) -> Result<(), serde_json::Error> {
        if let Some(outcome) = self.outcomes.get_mut(row) {
            outcome.before = ascii_json(person)?;
        }
        Ok(())
    }

    /// Settles a row by what the call that held it failed with.
    pub fn fail(&mut self, row: usize, error: &Error) {
        let Some(outcome) = self.outcomes.get_mut(row) else {
            return;
        };
        let result = match (meaning(error), outcome.action) {
            (Meaning::Unknown, Action::Create) => Verdict::Unknown,
            (Meaning::Refused, _) | (Meaning::Gone, Action::Create) => Verdict::Refused,
            _ => Verdict::Later,
        };
        self.settle(row, result, error.reason().code(), &error.words());
    }

    /// Settles all rows of a call that failed as a whole, and ends the run: whether it failed for one of them cannot be
    /// told, and the same again with the next rows would help nobody.
    pub fn fail_all(&mut self, rows: impl Iterator<Item = usize>, error: &Error) {
        for row in rows {
            self.fail(row, error);
        }
        self.stop(error);
    }

    /// Settles a row.
    pub fn settle(&mut self, row: usize, result: Verdict, reason: &str, message: &str) {
        if let Some(outcome) = self.outcomes.get_mut(row) {
            outcome.result = result;
            (outcome.reason, outcome.message) = (reason.to_owned(), message.to_owned());
        }
    }

    /// Ends the run; rows that were never attempted say what ended it.
    pub fn finish(self) -> Sent {
        let mut outcomes = self.outcomes;
        if let Some(stopped) = &self.stopped {
            let untouched = |outcome: &&mut Outcome| outcome.result == Verdict::Later && outcome.reason.is_empty();
            outcomes
                .iter_mut()
                .filter(untouched)
                .for_each(|outcome| outcome.reason.clone_from(&stopped.reason));
        }
        Sent {
            outcomes,
            labels: self.labels.into_known(),
            left: self.left.into_iter().collect(),
            warnings: self.warnings,
            stopped: self.stopped,
            calls: self.wire.calls(),
            writes: self.wire.writes(),
        }
    }
}

impl Outcome {
    fn not_attempted(step: &Step) -> Self {
        let action = step.work.action();
        Self {
            element_type: step.marker.element_type.clone(),
            id: step.marker.id,
            action,
            result: Verdict::Later,
            reason: String::new(),
            message: String::new(),
            nonce: if action == Action::Create {
                step.marker.nonce.clone()
            } else {
                String::new()
            },
            resource_name: step
                .work
                .known()
                .map_or_else(String::new, |known| known.resource_name.0.clone()),
            source_id: String::new(),
            etag: String::new(),
            updated: String::new(),
            person: String::new(),
            sent: String::new(),
            labels: Vec::new(),
            before: String::new(),
            clashes: Vec::new(),
            changed: Vec::new(),
            dolimods: Vec::new(),
        }
    }

    fn describe(&mut self, sent: Option<&Card>, person: &Person, country: &str) -> Result<(), serde_json::Error> {
        if let Some(name) = person.resource_name() {
            self.resource_name = name.0;
        }
        person.source_id().unwrap_or_default().clone_into(&mut self.source_id);
        person.source_etag().unwrap_or_default().clone_into(&mut self.etag);
        person.update_time().unwrap_or_default().clone_into(&mut self.updated);
        self.labels = person.memberships();
        self.person = ascii_json(person)?;
        if self.sent.is_empty() {
            self.sent = sent.map(ascii_json).transpose()?.unwrap_or_default();
        }
        let google = card_from_person(person, country);
        self.dolimods = dolimods::leftovers(person, &google);
        self.changed = sent.map_or_else(Vec::new, |sent| changed_since(sent, &google));
        Ok(())
    }
}
