// SPDX-License-Identifier: GPL-3.0-or-later
//! Which labels a card should join and leave. Only labels that the module made are ever left.

use gcontacts_core::label::WantedLabel;
use gcontacts_core::{Label, ResourceName, Settings};
use gcontacts_people::Person;

/// Google's own label of the contacts that phones show.
pub fn my_contacts() -> ResourceName {
    ResourceName("contactGroups/myContacts".to_owned())
}

/// Whether `label` is what is wanted, under whatever name.
pub fn is(label: &Label, wanted: &WantedLabel) -> bool {
    label.source == wanted.source && label.source_id == wanted.source_id
}

/// Whether all that is wanted is at Google under its name.
pub fn are_made(wanted: &[WantedLabel], labels: &[Label]) -> bool {
    wanted.iter().all(|wanted| {
        labels
            .iter()
            .any(|label| is(label, wanted) && label.name == wanted.name)
    })
}

/// The labels that a card should carry, of those that exist.
pub fn wished(wanted: &[WantedLabel], settings: &Settings, labels: &[Label]) -> Vec<ResourceName> {
    let made = wanted
        .iter()
        .filter_map(|wanted| labels.iter().find(|label| is(label, wanted)));
    let mut names: Vec<_> = made.map(|label| label.resource_name.clone()).collect();
    if settings.my_contacts {
        names.push(my_contacts());
    }
    names.dedup();
    names
}

/// What brings a card's labels to what they should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub add: Vec<ResourceName>,
    pub remove: Vec<ResourceName>,
}

impl Difference {
    /// For a card that stays: the wanted labels come, others of ours go.
    pub fn between(person: &Person, wanted: &[WantedLabel], settings: &Settings, labels: &[Label]) -> Self {
        let wished = wished(wanted, settings, labels);
        let carried = person.memberships();
        let ours = |name: &ResourceName| labels.iter().any(|label| label.resource_name == *name);
        Self {
            remove: carried
                .iter()
                .filter(|name| ours(name) && !wished.contains(name))
                .cloned()
                .collect(),
            add: wished.into_iter().filter(|name| !carried.contains(name)).collect(),
        }
    }

    /// For a card that was just imported: it leaves `myContacts` too, which held it as one that waits, unless it shall be
    /// there. Later the card may be there by its user's choice.
    pub fn of_import(person: &Person, wanted: &[WantedLabel], settings: &Settings, labels: &[Label]) -> Self {
        let mut difference = Self::between(person, wanted, settings, labels);
        if !settings.my_contacts && person.memberships().contains(&my_contacts()) {
            difference.remove.push(my_contacts());
        }
        difference
    }

    /// For a card that is released: all of ours go. Google lets no card be without a label.
    pub fn release(person: &Person, labels: &[Label]) -> Self {
        let ours = |name: &ResourceName| labels.iter().any(|label| label.resource_name == *name);
        let (remove, kept): (Vec<_>, Vec<_>) = person.memberships().into_iter().partition(ours);
        let add = if kept.is_empty() && !remove.is_empty() {
            vec![my_contacts()]
        } else {
            Vec::new()
        };
        Self { add, remove }
    }

    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }
}
