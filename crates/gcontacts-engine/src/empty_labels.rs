// SPDX-License-Identifier: GPL-3.0-or-later
//! The labels that this Dolibarr made, and deleting those that nobody carries any more.
//!
//! Who made a label stands on the label itself. That survives a lost database, and a create whose answer was lost.

use gcontacts_core::ResourceName;
use gcontacts_people::{AddressBook, ContactGroup, Deadline, Error, GroupData, GroupType, Reason, list_all_groups};
use serde::Serialize;

use crate::paged::bad;
use crate::{Stopped, ascii_json};

/// What became of a label that may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelFate {
    /// Nobody carried it: it is deleted.
    Deleted,
    /// It was gone already.
    Gone,
    /// Somebody carries it, one of ours or one of the user's own: it stays.
    Carried,
    /// This Dolibarr did not make it: it stays for ever.
    Theirs,
    /// Google said no, or the time was over: to be tried again.
    Later,
}

/// A label and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TriedLabel {
    /// Its resource name.
    pub resource_name: ResourceName,
    /// Its name; empty where it was gone.
    pub name: String,
    /// What became of it.
    pub fate: LabelFate,
    /// How many cards carried it.
    pub members: u64,
    /// The label as it was before it was deleted, as ASCII JSON; empty where it was not.
    pub before: String,
}

/// What became of labels that may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TriedLabels {
    /// One row per label, in their order.
    pub labels: Vec<TriedLabel>,
    /// Why it ended early, if it did.
    pub stopped: Option<Stopped>,
    /// How many calls were made.
    pub calls: u32,
}

/// Lists the labels that the Dolibarr `instance` made.
///
/// # Errors
/// What the call fails with.
pub async fn list_our_labels<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    instance: &str,
) -> Result<Vec<ContactGroup>, Error> {
    let mut groups = list_all_groups(book, deadline).await?;
    groups.retain(|group| is_made_by(group, instance));
    Ok(groups)
}

/// Lists the labels that the Dolibarr `instance` did not make: people's own.
///
/// # Errors
/// What the call fails with.
pub async fn list_other_labels<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    instance: &str,
) -> Result<Vec<ContactGroup>, Error> {
    let mut groups = list_all_groups(book, deadline).await?;
    groups.retain(|group| group.group_type == GroupType::UserContactGroup && !is_made_by(group, instance));
    Ok(groups)
}

fn is_made_by(group: &ContactGroup, instance: &str) -> bool {
    group.group_type == GroupType::UserContactGroup && group.client_data.contains(&GroupData::made_by(instance))
}

/// Deletes the labels that the Dolibarr `instance` made and that nobody carries, by Google's own count, taken right before:
/// those of `labels`, or all. No card is ever deleted with its label.
///
/// It cannot fail as a whole: each label that was deleted counts.
pub async fn delete_empty_labels<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    instance: &str,
    labels: Option<&[ResourceName]>,
) -> TriedLabels {
    let mut tried = TriedLabels {
        labels: Vec::new(),
        stopped: None,
        calls: 1,
    };
    let groups = match list_all_groups(book, deadline).await {
        Ok(groups) => groups,
        Err(error) => {
            tried.stopped = Some((&error).into());
            Vec::new()
        }
    };
    let ours = || {
        let ours = groups.iter().filter(|group| is_made_by(group, instance));
        ours.map(|group| group.resource_name.clone()).collect()
    };
    for name in labels.map_or_else(ours, <[_]>::to_vec) {
        let group = groups.iter().find(|group| group.resource_name == name);
        let label = tried.delete(book, deadline, instance, name, group).await;
        tried.labels.push(label);
    }
    tried
}

impl TriedLabels {
    async fn delete<B: AddressBook>(
        &mut self,
        book: &B,
        deadline: Deadline,
        instance: &str,
        resource_name: ResourceName,
        group: Option<&ContactGroup>,
    ) -> TriedLabel {
        let mut label = TriedLabel {
            resource_name,
            name: group.map(|group| group.name.clone()).unwrap_or_default(),
            fate: LabelFate::Gone,
            members: group.map_or(0, |group| group.member_count),
            before: String::new(),
        };
        label.fate = match group {
            _ if self.stopped.is_some() => LabelFate::Later,
            None => LabelFate::Gone,
            Some(group) if !is_made_by(group, instance) => LabelFate::Theirs,
            Some(group) if group.member_count > 0 => LabelFate::Carried,
            Some(group) => match ascii_json(group).map_err(|error| bad(error.to_string())) {
                Ok(before) => {
                    self.calls += 1;
                    label.before = before;
                    let answer = book.delete_group(&label.resource_name, deadline).await;
                    self.judge(answer)
                }
                Err(error) => self.judge(Err(error)),
            },
        };
        if label.fate != LabelFate::Deleted {
            label.before.clear();
        }
        label
    }

    /// A refusal is the label's own; anything else ends the run.
    fn judge(&mut self, answer: Result<(), Error>) -> LabelFate {
        match answer {
            Ok(()) => LabelFate::Deleted,
            Err(error) if error.reason() == Reason::NotFound => LabelFate::Gone,
            Err(error) => {
                if error.reason() != Reason::InvalidValue {
                    self.stopped = Some((&error).into());
                }
                LabelFate::Later
            }
        }
    }
}
