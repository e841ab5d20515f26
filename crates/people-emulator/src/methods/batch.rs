// SPDX-License-Identifier: GPL-3.0-or-later
//! `people.batchCreateContacts`, `people.batchUpdateContacts`, `people.batchDeleteContacts`.

use serde_json::{Map, Value, json};

use super::Call;
use super::people_read::answer;
use super::people_write::{apply, check_change, check_new, check_room, update_mask};
use crate::book::Contact;
use crate::config::BatchDeleteMissing;
use crate::error::ApiError;
use crate::mask::{Mask, READ_PATHS};
use crate::person::Sources;
use crate::schema::{BATCH_CREATE, BATCH_DELETE, BATCH_UPDATE};

const MOST_WRITTEN: usize = 200;
const MOST_DELETED: usize = 500;

/// Creates up to 200 contacts.
pub fn create(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let body = call.body(&BATCH_CREATE, "")?;
    let mask = read_mask(&body)?;
    let contacts = list(&body, "contacts");
    check_size(contacts.len(), MOST_WRITTEN)?;
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (index, contact) in contacts.iter().enumerate() {
        let person = contact
            .get("contactPerson")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        match check_new(call, &person) {
            Ok(new) => good.push(new),
            Err(error) => bad.push((index.to_string(), error)),
        }
    }
    refuse_bad(call, &bad, "BatchCreateContactsErrorDetails", false)?;
    check_room(call, good.len())?;
    let now = call.now();
    let made = good
        .into_iter()
        .map(|new| call.book_mut().add(new, now))
        .collect::<Vec<_>>();
    call.names
        .extend(made.iter().map(|contact| contact.resource_name.clone()));
    refuse_bad(call, &bad, "BatchCreateContactsErrorDetails", true)?;
    if mask.is_empty() {
        return Ok(json!({}));
    }
    let sources = Sources::of_body(&body);
    let shown = |contact: &Contact| answer(&contact.resource_name, &call.show(contact, &mask, sources));
    let mut people = made.iter().map(|contact| shown(contact)).collect::<Vec<_>>();
    if call.state.config.shuffle_batch_create {
        call.state.dice.shuffle(&mut people);
    }
    Ok(json!({"createdPeople": people}))
}

/// Updates up to 200 contacts by one mask.
pub fn update(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let body = call.body(&BATCH_UPDATE, "")?;
    let written = update_mask(body.get("updateMask").and_then(Value::as_str), "updateMask")?;
    let mask = read_mask(&body)?;
    let people = body
        .get("contacts")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    check_size(people.len(), MOST_WRITTEN)?;
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (name, person) in &people {
        let person = person.as_object().cloned().unwrap_or_default();
        let other = person.get("resourceName").is_some_and(|own| own != name.as_str());
        let checked = if other {
            Err(ApiError::invalid(
                "Resource name of the person must be that of its key.",
            ))
        } else {
            check_change(call, name, &person, &written)
        };
        match checked {
            Ok(change) => good.push((name.clone(), change)),
            Err(error) => bad.push((name.clone(), error)),
        }
    }
    refuse_bad(call, &bad, "BatchUpdateContactsErrorDetails", false)?;
    let mut results = Map::new();
    for (name, change) in good {
        let contact = apply(call, change).ok_or_else(ApiError::not_found)?;
        let person = call.show(&contact, &mask, Sources::of_body(&body));
        call.names.push(name.clone());
        results.insert(name.clone(), answer(&name, &person));
    }
    refuse_bad(call, &bad, "BatchUpdateContactsErrorDetails", true)?;
    Ok(if mask.is_empty() {
        json!({})
    } else {
        json!({"updateResult": results})
    })
}

/// Puts up to 500 contacts in the trash.
pub fn delete(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let body = call.body(&BATCH_DELETE, "")?;
    let names = list(&body, "resourceNames")
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect::<Vec<_>>();
    check_size(names.len(), MOST_DELETED)?;
    let ids = names
        .iter()
        .map(|name| call.book().map(|book| book.contact(name).map(|contact| contact.id)));
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    if ids.contains(&None) && call.state.config.batch_delete_missing == BatchDeleteMissing::NotFound {
        return Err(ApiError::not_found());
    }
    let now = call.now();
    for id in ids.into_iter().flatten() {
        call.book_mut().delete(id, now);
    }
    call.names = names;
    Ok(json!({}))
}

/// Bad items refuse the batch: before anything is done, or, by a setting, after the good ones were.
fn refuse_bad(call: &Call<'_>, bad: &[(String, ApiError)], details: &str, good_are_done: bool) -> Result<(), ApiError> {
    if bad.is_empty() || call.state.config.batch_all_or_nothing == good_are_done {
        return Ok(());
    }
    Err(ApiError::batch(details, bad))
}

fn check_size(size: usize, most: usize) -> Result<(), ApiError> {
    match size {
        0 => Err(ApiError::invalid("Request must contain at least one contact.")),
        size if size > most => Err(ApiError::invalid(format!(
            "Request cannot contain more than {most} contacts, {size} were given."
        ))),
        _ => Ok(()),
    }
}

/// An empty mask is allowed: nothing is read back then.
fn read_mask(body: &Map<String, Value>) -> Result<Mask, ApiError> {
    Mask::parse(
        "readMask",
        body.get("readMask").and_then(Value::as_str),
        &READ_PATHS,
        "get",
    )
}

fn list<'a>(body: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    body.get(name)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}
