// SPDX-License-Identifier: GPL-3.0-or-later
//! Changing cards that exist: the fields, then the labels.
//!
//! The stored person is merged and sent with its etag, one call. Where Google says that it is stale, the card is read,
//! merged again and sent once more.

use std::collections::{BTreeSet, VecDeque};

use gcontacts_core::label::WantedLabel;
use gcontacts_core::merge::{CardChange, Clash, ClashRule, agreed, release};
use gcontacts_core::{Card, Marker, ResourceName, Settings};
use gcontacts_people::mapping::{MarkerChange, Restorable, card_from_person, patch, revert, set_client_data, widen};
use gcontacts_people::request::limit;
use gcontacts_people::{AddressBook, Error, FieldMask, Person};

use super::SINGLES;
use super::judge::{Meaning, meaning, of_reason};
use super::membership::Difference;
use super::read::is_anothers;
use super::run::Run;
use crate::plan::{Step, Work};
use crate::{Clock, Verdict};

/// A card that is being changed.
pub struct Job<'s> {
    pub row: usize,
    step: &'s Step,
    name: ResourceName,
    /// What is known of it; nothing where it must be read.
    pub person: Option<Person>,
    /// What is to be kept as sent.
    sent: Option<Card>,
    clashes: Vec<Clash>,
    pub state: State,
}

/// How far a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its fields wait to be sent.
    Waiting,
    /// It was changed at Google since it was read.
    Stale,
    /// Its fields are as they should be.
    Written,
    /// Its row is settled.
    Settled,
}

/// An update that is ready to be sent.
struct Patch {
    job: usize,
    body: Person,
    fields: FieldMask,
}

impl<'s> Job<'s> {
    fn new((row, step): (usize, &'s Step)) -> Option<Self> {
        let known = step.work.known()?;
        let (name, person) = (known.resource_name.clone(), known.person.clone());
        Some(Self {
            row,
            step,
            name,
            person,
            sent: None,
            clashes: Vec::new(),
            state: State::Waiting,
        })
    }

    pub fn is_release(&self) -> bool {
        matches!(self.step.work, Work::Release { .. })
    }

    fn is_just_imported(&self) -> bool {
        matches!(&self.step.work, Work::Update { known, .. } if known.just_imported)
    }

    fn labels(&self) -> &[WantedLabel] {
        if let Work::Update { labels, .. } = &self.step.work {
            labels
        } else {
            &[]
        }
    }

    fn change(&self, person: &Person, settings: &Settings) -> CardChange {
        match &self.step.work {
            Work::Update { known, card, .. } => known.change(card, person, settings),
            Work::Release { known } => {
                let google = card_from_person(person, &settings.country);
                let sent = known.base(settings.clash, &google);
                sent.map_or_else(CardChange::default, |sent| release(sent, &google))
            }
            _ => CardChange::default(),
        }
    }

    /// The body and the mask that bring `person`, as it was read, to what it should be.
    fn patch(&self, person: &Person, change: &CardChange) -> (Person, FieldMask) {
        match &self.step.work {
            Work::Revert {
                wanted, labels, keep, ..
            } => {
                let kept = person.memberships().into_iter().filter(|label| keep.contains(label));
                let labels: BTreeSet<_> = labels.iter().cloned().chain(kept).collect();
                revert(person, &Restorable::of(wanted), &labels.into_iter().collect::<Vec<_>>())
            }
            Work::SetClientData { data, .. } => set_client_data(person, data),
            _ => patch(person, change, self.marker_change(person).as_ref()),
        }
    }

    /// The card to be kept as sent once the change is on `person`, and every clash that somebody should know of: those
    /// of this change, and those still open in which Google's word was kept.
    fn agreed(&self, person: &Person, clashes: Vec<Clash>, settings: &Settings) -> (Option<Card>, Vec<Clash>) {
        let Work::Update { known, card, .. } = &self.step.work else {
            return (None, clashes);
        };
        let google = card_from_person(person, &settings.country);
        let base = known.base(settings.clash, &google);
        let sent = agreed(base, card, &google).keeping(base, &google, &clashes);
        let settled = clashes.into_iter().filter(|clash| clash.rule == ClashRule::Dolibarr);
        let told = settled.chain(sent.kept.iter().cloned()).collect();
        (Some(sent), told)
    }

    fn marker_change(&self, person: &Person) -> Option<MarkerChange> {
        let Marker {
            instance,
            element_type,
            id,
            ..
        } = &self.step.marker;
        let mut ours = person
            .markers()
            .into_iter()
            .filter(|marker| marker.instance == *instance);
        if self.is_release() {
            return ours.next().map(|_| MarkerChange::Remove(instance.clone()));
        }
        let is_there = ours.any(|marker| marker.element_type == *element_type && marker.id == *id);
        (!is_there).then(|| MarkerChange::Set(self.step.marker.clone()))
    }
}

impl<B: AddressBook, C: Clock> Run<'_, B, C> {
    /// Changes and releases the cards of `rows`.
    pub async fn update(&mut self, rows: &[(usize, &Step)]) {
        let mut jobs: Vec<Job<'_>> = rows.iter().copied().filter_map(Job::new).collect();
        self.read_jobs(&mut jobs, |job| job.person.is_none()).await;
        self.write_fields(&mut jobs).await;
        self.read_jobs(&mut jobs, |job| job.state == State::Stale).await;
        self.write_fields(&mut jobs).await;
        for job in jobs.iter_mut().filter(|job| job.state == State::Stale) {
            job.state = State::Settled;
            self.settle(job.row, Verdict::Later, "etag_stale", "");
        }
        self.write_labels(&mut jobs).await;
        for job in jobs {
            // What ended the run may have kept a label from being made that the card wants: its row waits for it.
            let lacks_label = self.is_stopped() && !self.labels.are_made(job.labels());
            if let (State::Written, Some(person), false) = (job.state, &job.person, lacks_label) {
                self.settle_written(&job, person);
            }
        }
    }

    fn settle_written(&mut self, job: &Job<'_>, person: &Person) {
        self.done(job.row, job.sent.as_ref(), person, job.clashes.clone());
    }

    /// Which labels the card of a job should join and leave.
    pub fn label_difference(&self, job: &Job<'_>, person: &Person) -> Difference {
        match &job.step.work {
            Work::Release { .. } => Difference::release(person, self.labels.known()),
            Work::Update { labels, .. } if job.is_just_imported() => {
                Difference::of_import(person, labels, &self.settings, self.labels.known())
            }
            Work::Update { labels, .. } => Difference::between(person, labels, &self.settings, self.labels.known()),
            _ => Difference::default(),
        }
    }

    /// Settles the job by what its own call failed with.
    pub fn fail_job(&mut self, job: &mut Job<'_>, error: &Error) {
        job.state = State::Settled;
        if job.is_release() && meaning(error) == Meaning::Gone {
            self.gone(job.row);
        } else {
            self.fail(job.row, error);
            self.failed(error);
        }
    }

    async fn read_jobs(&mut self, jobs: &mut [Job<'_>], which: fn(&Job<'_>) -> bool) {
        let unread = jobs
            .iter()
            .enumerate()
            .filter(|(_, job)| which(job) && job.state != State::Settled);
        let rows: Vec<_> = unread.map(|(_, job)| (job.row, job.name.clone())).collect();
        for (row, answer) in self.read_cards(&rows).await {
            let Some(job) = jobs.iter_mut().find(|job| job.row == row) else {
                continue;
            };
            match answer {
                Ok(person) if is_anothers(job.step, &person) => self.card_vanished(job),
                Ok(person) => {
                    (job.person, job.state) = (Some(person), State::Waiting);
                }
                Err(error) => self.fail_job(job, &error),
            }
        }
        // What was not read belongs to a call that failed as a whole: its rows are settled, or wait for later.
        jobs.iter_mut()
            .filter(|job| which(job))
            .for_each(|job| job.state = State::Settled);
    }

    /// Sends the fields of all jobs that wait.
    async fn write_fields(&mut self, jobs: &mut [Job<'_>]) {
        let patches = self.patches(jobs);
        let size = if patches.len() <= SINGLES { 1 } else { limit::BATCH };
        let mut waiting: VecDeque<Vec<Patch>> = VecDeque::new();
        let mut patches = patches.into_iter().peekable();
        while patches.peek().is_some() {
            waiting.push_back(patches.by_ref().take(size).collect());
        }
        while let Some(mut patches) = waiting.pop_front() {
            if self.is_stopped() {
                for patch in patches {
                    set_state(jobs, patch.job, State::Settled);
                }
            } else if let [patch] = patches.as_mut_slice() {
                let answer = self.wire.update(&patch.body, &patch.fields).await;
                self.judge_update(jobs, patch.job, answer);
            } else {
                waiting.extend(self.update_batch(jobs, patches).await);
            }
        }
    }

    /// Merges each job that waits; where nothing is to be sent it is written already.
    fn patches(&mut self, jobs: &mut [Job<'_>]) -> Vec<Patch> {
        let mut patches = Vec::new();
        for (index, job) in jobs
            .iter_mut()
            .enumerate()
            .filter(|(_, job)| job.state == State::Waiting)
        {
            let Some(person) = &job.person else { continue };
            let change = job.change(person, &self.settings);
            let (body, fields) = job.patch(person, &change);
            if (job.is_release() || matches!(job.step.work, Work::Revert { .. }))
                && let Err(error) = self.before(job.row, person)
            {
                job.state = State::Settled;
                self.settle(job.row, Verdict::Later, "bad_answer", &error.to_string());
                continue;
            }
            (job.sent, job.clashes) = job.agreed(person, change.clashes, &self.settings);
            if fields.is_empty() {
                job.state = State::Written;
            } else {
                patches.push(Patch {
                    job: index,
                    body,
                    fields,
                });
            }
        }
        patches
    }

    /// Returns the groups of patches to be sent again.
    async fn update_batch(&mut self, jobs: &mut [Job<'_>], patches: Vec<Patch>) -> Vec<Vec<Patch>> {
        let fields = patches
            .iter()
            .fold(FieldMask::default(), |union, patch| union.union(&patch.fields));
        let whole = |patch: &Patch| {
            let person = jobs.get(patch.job).and_then(|job| job.person.as_ref());
            // A batch has one mask, and a field that the mask names and the body lacks would be cleared.
            person.map_or_else(
                || patch.body.clone(),
                |person| widen(&patch.body, &patch.fields, person, &fields),
            )
        };
        let people: Vec<Person> = patches.iter().map(whole).collect();
        let error = match self.wire.batch_update(&people, &fields).await {
            Ok(answers) => {
                for (patch, answer) in patches.iter().zip(answers) {
                    self.judge_update(jobs, patch.job, answer);
                }
                return Vec::new();
            }
            Err(error) => error,
        };
        if matches!(meaning(&error), Meaning::Unknown | Meaning::Passing) {
            for patch in &patches {
                set_state(jobs, patch.job, State::Settled);
            }
            self.fail_all(
                patches.iter().filter_map(|patch| Some(jobs.get(patch.job)?.row)),
                &error,
            );
            return Vec::new();
        }
        self.set_blamed_updates_aside(jobs, patches, &error)
    }

    /// Judges the cards that Google names and returns the others; halves them where it names none.
    fn set_blamed_updates_aside(
        &mut self,
        jobs: &mut [Job<'_>],
        patches: Vec<Patch>,
        error: &Error,
    ) -> Vec<Vec<Patch>> {
        let named = error
            .google()
            .map(|google| google.contact_errors.as_slice())
            .unwrap_or_default();
        let blame = |patch: &Patch| {
            let name = patch.body.resource_name()?;
            named.iter().find(|contact| contact.key == name.0)
        };
        let (blamed, mut others): (Vec<_>, Vec<_>) = patches.into_iter().partition(|patch| blame(patch).is_some());
        if blamed.is_empty() {
            let second = others.split_off(others.len() / 2);
            return vec![others, second];
        }
        for patch in &blamed {
            let (Some(job), Some(contact)) = (jobs.get_mut(patch.job), blame(patch)) else {
                continue;
            };
            let reason = contact.reason();
            job.state = State::Settled;
            match of_reason(reason) {
                Meaning::Stale => job.state = State::Stale,
                Meaning::Gone if job.is_release() => self.gone(job.row),
                Meaning::Refused => self.settle(job.row, Verdict::Refused, reason.code(), &contact.message),
                _ => self.settle(job.row, Verdict::Later, reason.code(), &contact.message),
            }
        }
        if others.is_empty() { Vec::new() } else { vec![others] }
    }

    fn judge_update(&mut self, jobs: &mut [Job<'_>], index: usize, answer: Result<Person, Error>) {
        let Some(job) = jobs.get_mut(index) else { return };
        match answer {
            Ok(person) => {
                self.succeeded();
                (job.person, job.state) = (Some(person), State::Written);
            }
            Err(error) if meaning(&error) == Meaning::Stale => job.state = State::Stale,
            Err(error) => self.fail_job(job, &error),
        }
    }
}

fn set_state(jobs: &mut [Job<'_>], index: usize, state: State) {
    if let Some(job) = jobs.get_mut(index) {
        job.state = state;
    }
}
