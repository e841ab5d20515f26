// SPDX-License-Identifier: GPL-3.0-or-later
//! The labels of cards that exist, changed a label at a time: an update of the person would replace all of them.

use std::collections::{BTreeMap, HashSet};

use gcontacts_core::ResourceName;
use gcontacts_people::request::limit;
use gcontacts_people::{AddressBook, Error, Reason};

use super::run::Run;
use super::update::{Job, State};
use crate::{Clock, Verdict};

/// Who joins and leaves a label, as indexes of jobs.
#[derive(Default)]
struct Members {
    add: Vec<usize>,
    remove: Vec<usize>,
}

/// How often the labels of a card are tried: again after a label was made anew, and after Google kept a card's last
/// label because the one that comes had not come yet.
const ROUNDS: usize = 2;

impl<B: AddressBook, C: Clock> Run<'_, B, C> {
    /// Brings the labels of all jobs whose fields are written to what they should be.
    pub async fn write_labels(&mut self, jobs: &mut [Job<'_>]) {
        for _ in 0..ROUNDS {
            let labels = self.label_changes(jobs);
            if labels.is_empty() || self.is_stopped() {
                break;
            }
            for (label, members) in labels {
                self.change_label(jobs, &label, &members).await;
            }
        }
        // Whoever still differs keeps the written fields at Google; the next plan sees what is left to do.
        for (_, members) in self.label_changes(jobs) {
            for index in members.add.into_iter().chain(members.remove) {
                let Some(job) = jobs.get_mut(index).filter(|job| job.state == State::Written) else {
                    continue;
                };
                job.state = State::Settled;
                if !self.is_stopped() {
                    self.settle(
                        job.row,
                        Verdict::Later,
                        Reason::Aborted.code(),
                        "Google left the card's labels as they were",
                    );
                }
            }
        }
    }

    fn label_changes(&self, jobs: &[Job<'_>]) -> BTreeMap<ResourceName, Members> {
        let mut labels: BTreeMap<ResourceName, Members> = BTreeMap::new();
        for (index, job) in jobs.iter().enumerate().filter(|(_, job)| job.state == State::Written) {
            let Some(person) = &job.person else { continue };
            let difference = self.label_difference(job, person);
            difference
                .add
                .into_iter()
                .for_each(|label| labels.entry(label).or_default().add.push(index));
            difference
                .remove
                .into_iter()
                .for_each(|label| labels.entry(label).or_default().remove.push(index));
        }
        labels
    }

    async fn change_label(&mut self, jobs: &mut [Job<'_>], label: &ResourceName, members: &Members) {
        let comes = members.add.iter().map(|index| (*index, true));
        let goes = members.remove.iter().map(|index| (*index, false));
        let all: Vec<(usize, bool)> = comes.chain(goes).collect();
        for some in all.chunks(limit::MEMBERS) {
            if self.is_stopped() {
                return;
            }
            self.change_members(jobs, label, some).await;
        }
    }

    async fn change_members(&mut self, jobs: &mut [Job<'_>], label: &ResourceName, some: &[(usize, bool)]) {
        let names = |joins: bool| -> Vec<ResourceName> {
            let wanted = some.iter().filter(|(_, comes)| *comes == joins);
            wanted
                .filter_map(|(index, _)| jobs.get(*index)?.person.as_ref()?.resource_name())
                .collect()
        };
        match self.wire.modify_members(label, &names(true), &names(false)).await {
            Ok(left_out) => {
                self.succeeded();
                if some.iter().any(|(_, joins)| !joins) {
                    self.leaves([label.clone()]);
                }
                let absent: HashSet<_> = left_out.not_found.into_iter().collect();
                let kept: HashSet<_> = left_out.last_group_kept.into_iter().collect();
                for (index, joins) in some {
                    let Some(job) = jobs.get_mut(*index) else { continue };
                    let Some(name) = job.person.as_ref().and_then(gcontacts_people::Person::resource_name) else {
                        continue;
                    };
                    if absent.contains(&name) {
                        self.card_vanished(job);
                    } else if *joins || !kept.contains(&name) {
                        carry(job, label, *joins);
                    }
                }
            }
            Err(error) if error.reason() == Reason::NotFound => self.label_vanished(jobs, label, some).await,
            Err(error) => self.label_refused(jobs, some, &error),
        }
    }

    /// The card was deleted at Google between its update and its labels, or merged into another contact's.
    pub fn card_vanished(&mut self, job: &mut Job<'_>) {
        job.state = State::Settled;
        if job.is_release() {
            self.gone(job.row);
        } else {
            self.settle(job.row, Verdict::Later, Reason::NotFound.code(), "");
        }
    }

    /// The label was deleted at Google: nobody carries it any more. The next round uses the one made instead.
    async fn label_vanished(&mut self, jobs: &mut [Job<'_>], label: &ResourceName, some: &[(usize, bool)]) {
        for (index, _) in some.iter().filter(|(_, joins)| !joins) {
            if let Some(job) = jobs.get_mut(*index) {
                carry(job, label, false);
            }
        }
        self.repair_labels().await;
    }

    fn label_refused(&mut self, jobs: &mut [Job<'_>], some: &[(usize, bool)], error: &Error) {
        for (index, _) in some {
            if let Some(job) = jobs.get_mut(*index) {
                job.state = State::Settled;
                self.fail(job.row, error);
            }
        }
        self.failed(error);
    }
}

/// Notes on the person that Google returned before what has changed since.
fn carry(job: &mut Job<'_>, label: &ResourceName, joins: bool) {
    if let Some(person) = &mut job.person {
        let mut labels = person.memberships();
        labels.retain(|carried| carried != label);
        if joins {
            labels.push(label.clone());
        }
        person.set_memberships(&labels);
    }
}
