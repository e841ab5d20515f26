// SPDX-License-Identifier: GPL-3.0-or-later
//! Making, renaming and finding the labels that the cards of a run carry.

use std::collections::BTreeSet;

use gcontacts_core::label::{LabelSource, WantedLabel};
use gcontacts_core::{Label, ResourceName};
use gcontacts_people::{AddressBook, ContactGroup, Error, GroupData, GroupType, Reason};

use super::membership;
use super::run::Run;
use crate::plan::{Step, Work};
use crate::{Clock, Warning};

/// The labels that are known at Google, and those that the cards of the run want.
pub struct Labels {
    known: Vec<Label>,
    wanted: BTreeSet<WantedLabel>,
    /// Whether they were compared with Google's list.
    checked: bool,
}

impl Labels {
    pub fn new(known: Vec<Label>) -> Self {
        Self {
            known,
            wanted: BTreeSet::new(),
            checked: false,
        }
    }

    pub fn known(&self) -> &[Label] {
        &self.known
    }

    pub fn into_known(self) -> Vec<Label> {
        self.known
    }

    /// Whether all of `wanted` are at Google under their name.
    pub fn are_made(&self, wanted: &[WantedLabel]) -> bool {
        membership::are_made(wanted, &self.known)
    }

    fn find(&self, wanted: &WantedLabel) -> Option<&Label> {
        self.known.iter().find(|label| membership::is(label, wanted))
    }

    /// Notes what stands for `wanted`. What the same group stood for before, it does no longer: an object that is gone.
    fn set(&mut self, wanted: &WantedLabel, resource_name: ResourceName) {
        self.known
            .retain(|label| !membership::is(label, wanted) && label.resource_name != resource_name);
        self.known.push(Label {
            source: wanted.source,
            source_id: wanted.source_id,
            resource_name,
            name: wanted.name.clone(),
        });
    }

    /// Another label of ours that has the name which is wanted.
    fn holder(&self, wanted: &WantedLabel) -> Option<Label> {
        let other = |label: &&Label| label.name == wanted.name && !membership::is(label, wanted);
        self.known.iter().find(other).cloned()
    }
}

impl<B: AddressBook, C: Clock> Run<'_, B, C> {
    /// Makes the labels that the cards want and renames those whose name is another now.
    pub async fn make_labels(&mut self, steps: &[Step]) {
        for step in steps {
            if let Work::Create { labels, .. } | Work::Update { labels, .. } = &step.work {
                self.labels.wanted.extend(labels.iter().cloned());
            }
        }
        for wanted in self.labels.wanted.clone() {
            if self.is_stopped() {
                return;
            }
            self.make_label(&wanted).await;
        }
    }

    async fn make_label(&mut self, wanted: &WantedLabel) {
        let made = match self.labels.find(wanted).cloned() {
            Some(label) if label.name == wanted.name => return,
            Some(label) => self.rename_label(&label, wanted).await,
            None => self.create_label(wanted).await,
        };
        match made {
            Ok(group) => {
                self.succeeded();
                self.labels.set(wanted, group);
            }
            Err(error) => self.label_failed(wanted, &error),
        }
    }

    async fn rename_label(&mut self, label: &Label, wanted: &WantedLabel) -> Result<ResourceName, Error> {
        let mut renamed = self.wire.rename_group(&label.resource_name, &wanted.name).await;
        if renamed
            .as_ref()
            .is_err_and(|error| error.reason() == Reason::LabelExists)
            && self.park(wanted).await?
        {
            renamed = self.wire.rename_group(&label.resource_name, &wanted.name).await;
        }
        match renamed {
            Ok(group) => Ok(group.resource_name),
            Err(error) if error.reason() == Reason::NotFound => self.create_label(wanted).await,
            Err(error) => Err(error),
        }
    }

    /// Frees a name that another label of ours still has: two objects of Dolibarr may have changed their names about. The
    /// other gets its own with its own cards.
    async fn park(&mut self, wanted: &WantedLabel) -> Result<bool, Error> {
        let Some(holder) = self.labels.holder(wanted) else {
            return Ok(false);
        };
        let name = format!("{} #{}", holder.name, holder.source_id);
        match self.wire.rename_group(&holder.resource_name, &name).await {
            Ok(_) => {}
            Err(error) if error.reason() == Reason::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
        let of_it = |label: &&mut Label| label.resource_name == holder.resource_name;
        self.labels
            .known
            .iter_mut()
            .filter(of_it)
            .for_each(|label| label.name.clone_from(&name));
        Ok(true)
    }

    /// Creates a label, or takes the one that has the name already.
    async fn create_label(&mut self, wanted: &WantedLabel) -> Result<ResourceName, Error> {
        let mark = GroupData::made_by(&self.settings.instance);
        match self.wire.create_group(&wanted.name, &[mark]).await {
            Ok(group) => Ok(group.resource_name),
            Err(error) if error.reason() == Reason::LabelExists => {
                let groups = self.wire.groups().await?;
                // Exactly: the next create would say so if Google took another spelling for the same.
                let same = |group: &&ContactGroup| {
                    group.group_type == GroupType::UserContactGroup && group.name == wanted.name
                };
                let taken = groups.iter().find(same).map(|group| group.resource_name.clone());
                taken.ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Without the container no card may be sent: it is what tells our cards from others. Without another label cards
    /// are sent all the same, and the label is tried again with each next change.
    fn label_failed(&mut self, wanted: &WantedLabel, error: &Error) {
        let refused = matches!(error.reason(), Reason::LabelExists | Reason::InvalidValue);
        let has_one = self.labels.find(wanted).is_some();
        if !refused || (wanted.source == LabelSource::Container && !has_one) {
            self.stop(error);
        }
        let message = format!("{}: {}", wanted.name, error.words());
        self.warnings.push(Warning {
            reason: error.reason().code().to_owned(),
            message,
        });
    }

    /// Compares the known labels with Google's list, once in a run, and makes again what is gone there. Tells whether
    /// a label had gone: then what was refused may have been refused for that.
    pub async fn repair_labels(&mut self) -> bool {
        if std::mem::replace(&mut self.labels.checked, true) || self.is_stopped() {
            return false;
        }
        let groups = match self.wire.groups().await {
            Ok(groups) => groups,
            Err(error) => {
                self.failed(&error);
                return false;
            }
        };
        let before = self.labels.known.len();
        self.labels
            .known
            .retain(|label| groups.iter().any(|group| group.resource_name == label.resource_name));
        if self.labels.known.len() == before {
            return false;
        }
        for wanted in self.labels.wanted.clone() {
            if self.labels.find(&wanted).is_none() && !self.is_stopped() {
                self.make_label(&wanted).await;
            }
        }
        true
    }
}
