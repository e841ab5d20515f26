// SPDX-License-Identifier: GPL-3.0-or-later
//! How many calls a plan takes if nothing goes wrong.

use std::collections::{BTreeMap, BTreeSet};

use gcontacts_core::ResourceName;
use gcontacts_core::label::WantedLabel;
use gcontacts_people::request::limit;

use super::SINGLES;
use super::membership::{self, Difference, my_contacts};
use crate::Plan;
use crate::plan::{Known, Work};

/// Counts the calls that [`super::send`] will make.
pub fn foreseen_calls(plan: &Plan) -> usize {
    let mut count = Count::default();
    let mut wanted: BTreeSet<&WantedLabel> = BTreeSet::new();
    let is_known = |wanted: &WantedLabel| plan.labels.iter().any(|label| membership::is(label, wanted));
    for step in &plan.steps {
        match &step.work {
            Work::Create { labels, .. } => {
                count.creates += 1;
                wanted.extend(labels);
            }
            Work::Update { known, card, labels } => {
                wanted.extend(labels);
                let marked = known.person.as_ref().is_some_and(|person| {
                    person.markers().iter().any(|marker| {
                        (&marker.instance, &marker.element_type, marker.id)
                            == (&step.marker.instance, &step.marker.element_type, step.marker.id)
                    })
                });
                let same = known
                    .person
                    .as_ref()
                    .is_some_and(|person| known.change(card, person, &plan.settings).is_empty());
                count.change(known, !(marked && same));
                match &known.person {
                    Some(person) => {
                        count.labels(Difference::between(person, labels, &plan.settings, &plan.labels));
                    }
                    None if known.just_imported && !plan.settings.my_contacts => count.labels(Difference {
                        remove: vec![my_contacts()],
                        ..Difference::default()
                    }),
                    None => {}
                }
                count.joins(labels.iter().filter(|wanted| !is_known(wanted)));
            }
            Work::Release { known } => {
                count.change(known, true);
                if let Some(person) = &known.person {
                    count.labels(Difference::release(person, &plan.labels));
                }
            }
            Work::Delete { .. } | Work::CleanUp { .. } => count.deletes += 1,
            Work::Restore { .. } => {
                count.creates += 1;
                count.reads += 1;
            }
            Work::Revert { known, .. } | Work::SetClientData { known, .. } => count.change(known, true),
        }
    }
    let labels = wanted.iter().filter(|wanted| {
        !plan
            .labels
            .iter()
            .any(|label| membership::is(label, wanted) && label.name == wanted.name)
    });
    labels.count() + count.calls()
}

#[derive(Default)]
struct Count {
    creates: usize,
    updates: usize,
    reads: usize,
    deletes: usize,
    members: BTreeMap<ResourceName, usize>,
}

impl Count {
    fn change(&mut self, known: &Known, sent: bool) {
        self.updates += usize::from(sent);
        self.reads += usize::from(known.person.is_none());
    }

    fn labels(&mut self, difference: Difference) {
        for label in difference.add.into_iter().chain(difference.remove) {
            *self.members.entry(label).or_default() += 1;
        }
    }

    /// Labels that are made first have no resource name yet; their name stands for it.
    fn joins<'w>(&mut self, labels: impl Iterator<Item = &'w WantedLabel>) {
        for label in labels {
            *self.members.entry(ResourceName(label.name.clone())).or_default() += 1;
        }
    }

    fn calls(&self) -> usize {
        let members: usize = self.members.values().map(|count| count.div_ceil(limit::MEMBERS)).sum();
        members
            + writes(self.creates, limit::BATCH)
            + writes(self.updates, limit::BATCH)
            + writes(self.deletes, limit::BATCH_DELETE)
            + self.reads.div_ceil(limit::BATCH)
            + self.deletes.div_ceil(limit::BATCH)
    }
}

fn writes(objects: usize, batch: usize) -> usize {
    if objects <= SINGLES {
        objects
    } else {
        objects.div_ceil(batch)
    }
}
