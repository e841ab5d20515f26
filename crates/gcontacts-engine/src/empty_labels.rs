// SPDX-License-Identifier: GPL-3.0-or-later
//! Deleting labels of ours that nobody carries any more.

use gcontacts_core::ResourceName;
use gcontacts_people::{AddressBook, Deadline, Error, GroupType, Reason, list_all_groups};
use serde::Serialize;

use crate::Stopped;

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
    /// Google said no, or the time was over: to be tried again.
    Later,
}

/// A label and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TriedLabel {
    /// Its resource name.
    pub resource_name: ResourceName,
    /// What became of it.
    pub fate: LabelFate,
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

/// Deletes those of `labels` that nobody carries, by Google's own count, taken right before. No card is ever deleted
/// with its label.
///
/// It cannot fail as a whole: each label that was deleted counts.
pub async fn delete_empty_labels<B: AddressBook>(book: &B, deadline: Deadline, labels: &[ResourceName]) -> TriedLabels {
    let mut tried = TriedLabels {
        labels: Vec::with_capacity(labels.len()),
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
    for name in labels {
        let group = groups.iter().find(|group| group.resource_name == *name);
        let fate = match group {
            _ if tried.stopped.is_some() => LabelFate::Later,
            None => LabelFate::Gone,
            Some(group) if group.group_type != GroupType::UserContactGroup || group.member_count > 0 => {
                LabelFate::Carried
            }
            Some(_) => {
                tried.calls += 1;
                let answer = book.delete_group(name, deadline).await;
                tried.judge(answer)
            }
        };
        tried.labels.push(TriedLabel {
            resource_name: name.clone(),
            fate,
        });
    }
    tried
}

impl TriedLabels {
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
