// SPDX-License-Identifier: GPL-3.0-or-later
//! What the person at the phone does: the same book, without etags and masks.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::book::{Contact, DeleteGroup, Fields, MY_CONTACTS, NewContact, Origin, Photo, Profile};
use crate::config::User;
use crate::log::Warnings;
use crate::mask::{Mask, READ_PATHS};
use crate::person::{View, draft, view};
use crate::schema::{self, PERSON, Reading};
use crate::state::State;

/// Something done at the phone; `name` is the resource name of a contact, `group` the resource name or name of a label.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Operation {
    /// A new contact.
    Create { person: Value },
    /// The given fields are replaced; an empty list clears one.
    Edit { name: String, set: Value },
    /// The contact goes to the trash.
    Delete { name: String },
    /// The contact gets a photo, in base64, a white dot where none is given; or loses it.
    Photo {
        name: String,
        bytes: Option<String>,
        #[serde(default)]
        remove: bool,
    },
    /// A label is put on the contact.
    AddToGroup { name: String, group: String },
    /// A label is taken off.
    RemoveFromGroup { name: String, group: String },
    /// A new label.
    CreateGroup { group: String },
    /// A label is renamed.
    RenameGroup { group: String, to: String },
    /// A label goes; its contacts stay.
    DeleteGroup { group: String },
    /// The contact gets another resource name, as when Google links it to a profile.
    Relink { name: String },
    /// The contact is linked to a Google profile that shows these fields.
    LinkProfile { name: String, person: Value },
    /// The second contact is merged into the first.
    Merge { name: String, other: String },
}

/// Does it.
///
/// # Errors
/// No such contact or label, a person that the schema does not know, or a photo that is none.
pub fn operate(state: &mut State, user: &User, operation: &Operation) -> Result<Value, String> {
    let now = state.clock.now();
    match operation {
        Operation::Create { person } => create(state, user, person),
        Operation::Edit { name, set } => edit_fields(state, user, name, set),
        Operation::Delete { name } => {
            let id = find(state, user, name)?.id;
            state.book_mut(user).delete(id, now);
            Ok(json!({}))
        }
        Operation::Photo { name, bytes, remove } => {
            let photo = if *remove {
                None
            } else {
                Some(read_photo(bytes.as_deref())?)
            };
            edit(state, user, name, |contact| contact.photo = photo)
        }
        Operation::AddToGroup { name, group } => {
            let group = find_group(state, user, group)?;
            edit(state, user, name, |contact| {
                if !contact.memberships.contains(&group) {
                    contact.memberships.push(group);
                }
            })
        }
        Operation::RemoveFromGroup { name, group } => {
            let group = find_group(state, user, group)?;
            edit(state, user, name, |contact| {
                contact.memberships.retain(|known| *known != group);
            })
        }
        Operation::CreateGroup { group } => {
            let made = state.book_mut(user).add_group(group, Origin::Phone, now);
            Ok(json!({"resourceName": made.resource_name}))
        }
        Operation::RenameGroup { group, to } => {
            let group = find_group(state, user, group)?;
            state.book_mut(user).change_group(&group, now, |group| {
                group.name.clone_from(to);
                group.formatted_name.clone_from(to);
            });
            Ok(json!({"resourceName": group}))
        }
        Operation::DeleteGroup { group } => {
            let group = find_group(state, user, group)?;
            let how = DeleteGroup {
                with_contacts: false,
                bump: true,
                orphans_join_my_contacts: true,
            };
            state.book_mut(user).delete_group(&group, how, now);
            Ok(json!({}))
        }
        Operation::Relink { name } => {
            let id = find(state, user, name)?.id;
            let contact = state.book_mut(user).relink(id, now).ok_or_else(|| name.clone())?;
            Ok(shown(state, user, &contact))
        }
        Operation::LinkProfile { name, person } => {
            let (fields, _) = read_person(state, person)?;
            let id = format!("1{:020}", find(state, user, name)?.id % 100_000_000_000_000_000);
            edit(state, user, name, |contact| {
                contact.profile = Some(Profile { id, fields });
            })
        }
        Operation::Merge { name, other } => merge(state, user, name, other),
    }
}

fn edit_fields(state: &mut State, user: &User, name: &str, set: &Value) -> Result<Value, String> {
    let (fields, memberships) = read_person(state, set)?;
    edit(state, user, name, |contact| {
        for (field, items) in fields {
            if items.is_empty() {
                contact.fields.remove(field);
            } else {
                contact.fields.insert(field, items);
            }
        }
        if let Some(memberships) = memberships {
            contact.memberships = memberships;
        }
    })
}

fn read_photo(bytes: Option<&str>) -> Result<Arc<Photo>, String> {
    let photo = bytes.map_or_else(|| Some(Photo::dot()), Photo::read);
    photo
        .map(Arc::new)
        .ok_or_else(|| "a photo is JPEG or PNG in base64".to_owned())
}

fn create(state: &mut State, user: &User, person: &Value) -> Result<Value, String> {
    let (mut fields, memberships) = read_person(state, person)?;
    fields.retain(|_, items| !items.is_empty());
    let memberships = memberships.unwrap_or_else(|| vec![MY_CONTACTS.to_owned()]);
    let now = state.clock.now();
    let contact = state.book_mut(user).add(
        NewContact {
            fields,
            memberships,
            origin: Origin::Phone,
        },
        now,
    );
    Ok(shown(state, user, &contact))
}

/// The first keeps its own single values and gets the other values of the second, whose name then leads to the first.
fn merge(state: &mut State, user: &User, name: &str, other: &str) -> Result<Value, String> {
    let (kept, gone) = (find(state, user, name)?, find(state, user, other)?);
    if kept.id == gone.id {
        return Err("a contact cannot be merged into itself".to_owned());
    }
    let now = state.clock.now();
    state.book_mut(user).delete(gone.id, now);
    state.book_mut(user).let_resolve(&gone.resource_name, kept.id);
    edit(state, user, name, |contact| {
        for (field, items) in &gone.fields {
            let own = contact.fields.entry(field).or_default();
            let single = crate::person::SINGLETONS.contains(field);
            if !single || own.is_empty() {
                let new = items
                    .iter()
                    .filter(|item| !own.contains(item))
                    .cloned()
                    .collect::<Vec<_>>();
                own.extend(new);
            }
        }
        for group in &gone.memberships {
            if !contact.memberships.contains(group) {
                contact.memberships.push(group.clone());
            }
        }
        contact.former_names.push(gone.resource_name.clone());
    })
}

/// Checks what an edit is to set.
///
/// # Errors
/// A person that the schema does not know.
pub fn check(state: &State, set: &Value) -> Result<(), String> {
    read_person(state, set).map(|_| ())
}

/// The fields that a person names (an empty list for one that is to be cleared), and its labels.
fn read_person(state: &State, person: &Value) -> Result<(Fields, Option<Vec<String>>), String> {
    let mut reading = Reading::default();
    let read = schema::read(&PERSON, person, "person", &mut reading);
    if let Some((_, problem)) = reading.violations.first() {
        return Err(problem.clone());
    }
    let named = READ_PATHS
        .iter()
        .copied()
        .filter(|path| read.contains_key(*path))
        .collect::<Vec<_>>();
    let mask = Mask::of(&named);
    let draft = draft(&read, &mask, &state.config, &mut Warnings::default()).map_err(|error| error.message)?;
    let mut fields = draft.fields;
    for field in named
        .into_iter()
        .filter(|field| !matches!(*field, "memberships" | "metadata"))
    {
        fields.entry(field).or_default();
    }
    Ok((fields, draft.memberships))
}

fn edit(state: &mut State, user: &User, name: &str, change: impl FnOnce(&mut Contact)) -> Result<Value, String> {
    let (id, now) = (find(state, user, name)?.id, state.clock.now());
    let contact = state.book_mut(user).change(id, now, |contact| {
        change(contact);
        if contact.memberships.is_empty() {
            contact.memberships.push(MY_CONTACTS.to_owned());
        }
    });
    contact
        .map(|contact| shown(state, user, &contact))
        .ok_or_else(|| format!("no contact {name}"))
}

/// The contact of a resource name.
///
/// # Errors
/// There is none.
pub fn find(state: &State, user: &User, name: &str) -> Result<Arc<Contact>, String> {
    state
        .book(user)
        .and_then(|book| book.contact(name))
        .cloned()
        .ok_or_else(|| format!("no contact {name}"))
}

fn find_group(state: &State, user: &User, name: &str) -> Result<String, String> {
    let book = state.book(user).ok_or_else(|| format!("no account {}", user.email))?;
    let group = book.group(name).or_else(|| book.group_named(name, false));
    group
        .map(|group| group.resource_name.clone())
        .ok_or_else(|| format!("no label {name}"))
}

fn shown(state: &State, user: &User, contact: &Contact) -> Value {
    view(contact, &View::complete(&Mask::everything(), user, state))
}
