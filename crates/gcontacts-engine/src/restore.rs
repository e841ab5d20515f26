// SPDX-License-Identifier: GPL-3.0-or-later
//! Cards of a backup against those that are there: which are missing, and how they are made anew.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use gcontacts_core::{Label, Marker, ResourceName, Settings};
use gcontacts_people::mapping::{Restorable, says};
use gcontacts_people::{
    AddressBook, ContactGroup, Deadline, Error as CallError, GroupData, GroupType, Person, Reason, list_all_groups,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::paged::{self, Paged, read_cursor};
use crate::plan::{Known, Step, Work};
use crate::{Error, Plan};

/// The element type in the marker that a card carries while it is being restored.
pub const ELEMENT: &str = "restore";

/// The labels of Google's own that a card may be given.
const GIVEN: [&str; 2] = ["contactGroups/myContacts", "contactGroups/starred"];

/// The names of labels by resource name.
pub type LabelNames = BTreeMap<ResourceName, String>;

/// What tells whether a card of a backup is one that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Print {
    /// Its resource name.
    pub resource_name: String,
    /// The id of its own source.
    pub source_id: String,
    /// The object that it was made for, of this Dolibarr or another: its marker without the nonce. Empty for none.
    pub object: String,
    /// All markers of objects that it carries, whole.
    pub markers: Vec<String>,
    /// Stands for all that it says: equal for equal cards.
    pub says: String,
    /// Stands for its labels, by their names.
    pub labels: String,
    /// Its name, for people to read.
    pub name: String,
    /// What is wrong with it, where it is no card.
    pub error: String,
}

/// A page of the cards that are there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PrintPage {
    /// The cards.
    pub cards: Vec<Print>,
    /// Where the next page begins; empty after the last. Opaque to the caller.
    pub cursor: String,
    /// How many calls were made.
    pub calls: usize,
}

#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    #[serde(flatten)]
    pages: Paged,
    labels: LabelNames,
}

/// Reads what tells cards of a backup apart, each of them as Google's JSON.
#[must_use]
pub fn prints(labels: &LabelNames, cards: &[String]) -> Vec<Print> {
    let print = |json: &String| match serde_json::from_str::<Person>(json) {
        Ok(person) => Print::of(&person, labels),
        Err(error) => Print {
            error: error.to_string(),
            ..Print::default()
        },
    };
    cards.iter().map(print).collect()
}

/// Lists a page of the cards that are there; the first, for which the cursor is empty, lists the labels before.
///
/// # Errors
/// As [`crate::list_cards`]: who is missing in a listing would get a second card.
pub async fn list_prints<B: AddressBook>(book: &B, deadline: Deadline, cursor: &str) -> Result<PrintPage, CallError> {
    let (mut at, mut calls) = (Cursor::default(), 1);
    if cursor.is_empty() {
        at.labels = names(list_all_groups(book, deadline).await?);
        calls += 1;
    } else {
        at = read_cursor(cursor)?;
    }
    let page = book.list(at.pages.page.as_deref(), deadline).await?;
    let is_last = at.pages.take(&page)?;
    let cards = page.items.iter().filter(|person| !person.is_deleted());
    Ok(PrintPage {
        cards: cards.map(|person| Print::of(person, &at.labels)).collect(),
        cursor: paged::cursor(&at, is_last)?,
        calls,
    })
}

/// The names of the users' labels; those of Google's own go by their resource names everywhere.
fn names(groups: Vec<ContactGroup>) -> LabelNames {
    groups
        .into_iter()
        .filter(|group| group.group_type == GroupType::UserContactGroup)
        .map(|group| (group.resource_name, group.name))
        .collect()
}

impl Print {
    fn of(person: &Person, labels: &LabelNames) -> Self {
        let mut markers = person.markers();
        markers.retain(|marker| marker.element_type != ELEMENT);
        let object = markers
            .first()
            .map(|marker| format!("{}:{}:{}", marker.instance, marker.element_type, marker.id));
        let name = |label: ResourceName| labels.get(&label).cloned().unwrap_or(label.0);
        let mut carried: Vec<String> = person.memberships().into_iter().map(name).collect();
        carried.sort_unstable();
        Self {
            resource_name: person.resource_name().map(|name| name.0).unwrap_or_default(),
            source_id: person.source_id().unwrap_or_default().to_owned(),
            object: object.unwrap_or_default(),
            markers: markers.iter().map(ToString::to_string).collect(),
            says: digest(&says(person)),
            labels: digest(&carried.join("\n")),
            name: display_name(person),
            error: String::new(),
        }
    }
}

fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text)).chars().take(32).collect()
}

fn display_name(person: &Person) -> String {
    let text = |field: &str, member: &str| {
        let item = person.contact_items(field).next()?;
        Some(item.get(member)?.as_str()?.to_owned()).filter(|text| !text.is_empty())
    };
    text("names", "displayName")
        .or_else(|| text("organizations", "name"))
        .or_else(|| text("emailAddresses", "value"))
        .unwrap_or_default()
}

/// A label of a backup, and the one that stands for it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestoredLabel {
    /// Its resource name in the backup.
    pub backup: ResourceName,
    /// Its name.
    pub name: String,
    /// The resource name that it has now; empty where there is none.
    pub resource_name: String,
}

/// Finds the labels of a backup among those that are there, by resource name and else by name, and makes what is missing.
/// With `pretend` nothing is made.
///
/// # Errors
/// What a call fails with. The same again then finds what was made.
pub async fn restore_labels<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    labels: &[ContactGroup],
    pretend: bool,
) -> Result<Vec<RestoredLabel>, CallError> {
    let mut there = list_all_groups(book, deadline).await?;
    there.retain(|group| group.group_type == GroupType::UserContactGroup);
    let mut restored = Vec::with_capacity(labels.len());
    for label in labels {
        let same = |group: &&ContactGroup| group.resource_name == label.resource_name;
        let found = there
            .iter()
            .find(same)
            .or_else(|| there.iter().find(|group| group.name == label.name));
        let resource_name = match found {
            Some(group) => group.resource_name.0.clone(),
            None if pretend => String::new(),
            None => made(book, deadline, label).await?,
        };
        restored.push(RestoredLabel {
            backup: label.resource_name.clone(),
            name: label.name.clone(),
            resource_name,
        });
    }
    // What is there goes by its own name: cards that a run deleted come without their labels' names.
    for group in there {
        if !restored.iter().any(|label| label.backup == group.resource_name) {
            restored.push(RestoredLabel {
                backup: group.resource_name.clone(),
                name: group.name,
                resource_name: group.resource_name.0,
            });
        }
    }
    Ok(restored)
}

/// A label that Google does not take is told with the cards that carried it.
async fn made<B: AddressBook>(book: &B, deadline: Deadline, label: &ContactGroup) -> Result<String, CallError> {
    let data: &[GroupData] = &label.client_data;
    match book.create_group(&label.name, data, deadline).await {
        Ok(group) => Ok(group.resource_name.0),
        Err(error) if matches!(error.reason(), Reason::LabelExists | Reason::InvalidValue) => Ok(String::new()),
        Err(error) => Err(error),
    }
}

/// A card of a backup that is to be made, changed, or given back what programs kept with it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The caller's id of it.
    pub id: u64,
    /// What is to be done.
    pub step: Stage,
    /// The card as Google's JSON.
    pub person: String,
    /// The resource name of the card that is there; empty where there is none.
    pub resource_name: String,
}

/// What is to be done with a card of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is made.
    Create,
    /// It gets back what programs kept with it.
    Finish,
    /// It is brought back to what it was.
    Revert,
}

/// What is intended for a card of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RestoreIntent {
    /// The caller's id of it.
    pub id: u64,
    /// The nonce of a create, to be committed before the plan is sent.
    pub nonce: String,
    /// Names of labels that it cannot get back.
    pub labels_left: Vec<String>,
    /// Whether it had a photo, which it cannot get back.
    pub photo_left: bool,
    /// Why it cannot be restored at all.
    pub error: String,
}

/// Plans to restore cards, for [`crate::send()`]. `labels` are what [`restore_labels`] found, `known` those that the module
/// made: a card that is reverted keeps them.
///
/// # Errors
/// Where settings cannot make a marker.
pub fn plan_restore(
    settings: Settings,
    known: &[Label],
    labels: &[RestoredLabel],
    wanted: Vec<Wanted>,
    nonces: &mut dyn FnMut() -> String,
) -> Result<(Plan, Vec<RestoreIntent>), Error> {
    let labels: HashMap<_, _> = labels.iter().map(|label| (&label.backup, label)).collect();
    let (mut steps, mut intents) = (Vec::new(), Vec::new());
    for Wanted {
        id,
        step,
        person,
        resource_name,
    } in wanted
    {
        let marker = Marker::new(&settings.instance, ELEMENT, id, &nonces())?;
        let mut intent = RestoreIntent {
            id,
            nonce: String::new(),
            labels_left: Vec::new(),
            photo_left: false,
            error: String::new(),
        };
        match serde_json::from_str::<Person>(&person) {
            Ok(person) => {
                let restorable = Restorable::of(&person);
                let (given, left) = given(&restorable.labels, &labels);
                (intent.labels_left, intent.photo_left) = (left, restorable.had_photo);
                let there = Known::named(ResourceName(resource_name));
                let work = match step {
                    Stage::Create => Work::Restore { person, labels: given },
                    Stage::Finish => Work::SetClientData {
                        known: there,
                        data: restorable.client_data,
                    },
                    Stage::Revert => Work::Revert {
                        known: there,
                        wanted: person,
                        labels: given,
                        keep: known.iter().map(|label| label.resource_name.clone()).collect(),
                    },
                };
                if step == Stage::Create {
                    intent.nonce.clone_from(&marker.nonce);
                }
                steps.push(Step {
                    marker,
                    work,
                    written: Arc::default(),
                });
            }
            Err(error) => intent.error = error.to_string(),
        }
        intents.push(intent);
    }
    Ok((Plan::of(settings, Vec::new(), steps), intents))
}

/// The labels that a card can get back, and the names of those that it cannot.
fn given(
    carried: &[ResourceName],
    labels: &HashMap<&ResourceName, &RestoredLabel>,
) -> (Vec<ResourceName>, Vec<String>) {
    let (mut given, mut left) = (Vec::new(), Vec::new());
    for label in carried {
        match labels.get(label) {
            Some(known) if !known.resource_name.is_empty() => given.push(ResourceName(known.resource_name.clone())),
            Some(known) => left.push(known.name.clone()),
            None if GIVEN.contains(&label.as_str()) => given.push(label.clone()),
            None => left.push(label.0.clone()),
        }
    }
    given.dedup();
    (given, left)
}
