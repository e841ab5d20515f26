// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels: the contact groups that the module makes at Google.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a resource at Google, for example `people/c123` or `contactGroups/1a2b`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceName(pub String);

impl ResourceName {
    /// The label of Google's own whose members phones show.
    pub const MY_CONTACTS: &'static str = "contactGroups/myContacts";

    /// `contactGroups/myContacts`.
    #[must_use]
    pub fn my_contacts() -> Self {
        Self(Self::MY_CONTACTS.to_owned())
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ResourceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a label exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelSource {
    /// The label that holds all that comes from Dolibarr.
    Container,
    /// A sales representative; the source id is the user's.
    Representative,
    /// Customers: contacts of a third party that is one.
    Customer,
    /// Prospects.
    Prospect,
    /// Suppliers.
    Supplier,
    /// A category of contacts or of third parties; the source id is the category's.
    Category,
}

/// A category of Dolibarr (a row of `llx_categorie`), which contacts or third parties carry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Category {
    /// Its id; ids of all kinds of categories are of one sequence.
    pub id: u64,
    /// What its label is called after the container's name: no two categories have the same.
    pub name: String,
}

/// A label that the module uses, as it is known at Google.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Why it exists.
    pub source: LabelSource,
    /// Id of the object it stands for; 0 where it stands for none.
    pub source_id: u64,
    /// Its resource name at Google.
    pub resource_name: ResourceName,
    /// Its name at Google when last seen.
    pub name: String,
}

/// A label that a card should carry, whether it exists at Google yet or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WantedLabel {
    /// Why it exists.
    pub source: LabelSource,
    /// Id of the object it stands for; 0 where it stands for none.
    pub source_id: u64,
    /// The name it should have, for example `Onelog/bob`.
    pub name: String,
}

impl Label {
    /// Whether it is the label that is wanted, whatever it is called.
    #[must_use]
    pub fn is(&self, wanted: &WantedLabel) -> bool {
        self.source == wanted.source && self.source_id == wanted.source_id
    }
}

/// What must change for a card to carry the labels it should.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelChange {
    /// Labels to be made; the card joins them.
    pub create: Vec<WantedLabel>,
    /// Labels that exist under another name: as known, with the name they shall get.
    pub rename: Vec<Label>,
    /// Labels that the card joins.
    pub join: Vec<ResourceName>,
    /// Labels that the card leaves: of the module's making all.
    pub leave: Vec<ResourceName>,
}

impl LabelChange {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.create.is_empty() && self.rename.is_empty() && self.join.is_empty() && self.leave.is_empty()
    }
}

/// Finds what must change for a card that carries `memberships` to carry the `wanted` labels.
///
/// `known` are the labels that the module uses: no other is ever left, and none of them is left that is wanted.
/// `myContacts` is joined where `my_contacts` says so, and never left: the card may be there by its user's choice.
#[must_use]
pub fn label_change(
    wanted: &[WantedLabel],
    known: &[Label],
    memberships: &[ResourceName],
    my_contacts: bool,
) -> LabelChange {
    let mut change = LabelChange::default();
    for label in wanted {
        match known.iter().find(|known| known.is(label)) {
            None => change.create.push(label.clone()),
            Some(known) => {
                if known.name != label.name {
                    change.rename.push(Label {
                        name: label.name.clone(),
                        ..known.clone()
                    });
                }
                if !memberships.contains(&known.resource_name) {
                    change.join.push(known.resource_name.clone());
                }
            }
        }
    }
    if my_contacts && !memberships.contains(&ResourceName::my_contacts()) {
        change.join.push(ResourceName::my_contacts());
    }
    let kept = |label: &Label| wanted.iter().any(|wanted| label.is(wanted));
    let unwanted = known
        .iter()
        .filter(|label| !kept(label))
        .map(|label| &label.resource_name);
    change.leave = unwanted.filter(|name| memberships.contains(name)).cloned().collect();
    change
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> ResourceName {
        ResourceName(text.to_owned())
    }

    fn wanted(id: u64, name: &str) -> WantedLabel {
        let source = if id == 0 {
            LabelSource::Container
        } else {
            LabelSource::Representative
        };
        WantedLabel {
            source,
            source_id: id,
            name: name.to_owned(),
        }
    }

    fn known(id: u64, label: &str) -> Label {
        let WantedLabel {
            source,
            source_id,
            name: label,
        } = wanted(id, label);
        Label {
            source,
            source_id,
            resource_name: name(&format!("contactGroups/{id}")),
            name: label,
        }
    }

    #[test]
    fn a_new_account_gets_its_labels() {
        let change = label_change(&[wanted(0, "Onelog"), wanted(7, "Onelog/bob")], &[], &[], true);
        assert_eq!(change.create, [wanted(0, "Onelog"), wanted(7, "Onelog/bob")]);
        assert_eq!(change.join, [ResourceName::my_contacts()]);
        assert!(change.rename.is_empty() && change.leave.is_empty());
    }

    #[test]
    fn a_card_in_place_needs_nothing() {
        let memberships = [
            name("contactGroups/0"),
            ResourceName::my_contacts(),
            name("contactGroups/friends"),
        ];
        assert!(
            label_change(
                &[wanted(0, "Onelog")],
                &[known(0, "Onelog"), known(7, "x")],
                &memberships,
                true
            )
            .is_empty()
        );
    }

    #[test]
    fn a_new_name_renames_the_label() {
        let change = label_change(
            &[wanted(0, "Phones")],
            &[known(0, "Onelog")],
            &[name("contactGroups/0")],
            false,
        );
        assert_eq!(
            change,
            LabelChange {
                rename: vec![known(0, "Phones")],
                ..LabelChange::default()
            }
        );
    }

    #[test]
    fn only_labels_of_our_making_are_left() {
        let memberships = ["contactGroups/0", "contactGroups/7", "contactGroups/hers"].map(name);
        let mut all = memberships.to_vec();
        all.push(ResourceName::my_contacts());
        let change = label_change(
            &[wanted(0, "Onelog")],
            &[known(0, "Onelog"), known(7, "Onelog/bob")],
            &all,
            false,
        );
        assert_eq!(change.leave, [name("contactGroups/7")]);
        assert!(change.join.is_empty());
        let off = label_change(&[], &[known(0, "Onelog"), known(7, "Onelog/bob")], &all, false);
        assert_eq!(off.leave, [name("contactGroups/0"), name("contactGroups/7")]);
    }
}
