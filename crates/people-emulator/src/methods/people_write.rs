// SPDX-License-Identifier: GPL-3.0-or-later
//! `people.createContact`, `people.updateContact`, `people.deleteContact`, in steps that the batches share.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Call, memberships};
use crate::book::{Contact, MY_CONTACTS, NewContact, Origin};
use crate::error::ApiError;
use crate::etag;
use crate::mask::{Mask, WRITE_PATHS};
use crate::person::{Draft, draft};
use crate::schema::PERSON;

/// Creates a contact. The same body twice makes two.
pub fn create(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let mask = call.answer_mask()?;
    let person = call.body(&PERSON, "person")?;
    let new = check_new(call, &person)?;
    check_room(call, 1)?;
    let now = call.now();
    let contact = call.book_mut().add(new, now);
    call.names.push(contact.resource_name.clone());
    Ok(call.show(&contact, &mask, call.sources()))
}

/// Replaces the named fields of a contact.
pub fn update(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let written = update_mask(call.text("updatePersonFields"), "updatePersonFields")?;
    let mask = call.answer_mask()?;
    let person = call.body(&PERSON, "person")?;
    let name = format!("people/{}", call.segment);
    let change = check_change(call, &name, &person, &written)?;
    let contact = apply(call, change).ok_or_else(ApiError::not_found)?;
    call.names.push(contact.resource_name.clone());
    Ok(call.show(&contact, &mask, call.sources()))
}

/// Puts a contact in the trash; no etag protects it.
pub fn delete(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let name = format!("people/{}", call.segment);
    refuse_profile(call, &name)?;
    let id = call.book()?.contact(&name).ok_or_else(ApiError::not_found)?.id;
    let now = call.now();
    call.book_mut().delete(id, now);
    call.names.push(name);
    Ok(json!({}))
}

/// The mask of an update.
///
/// # Errors
/// Missing, or a path that cannot be written.
pub fn update_mask(text: Option<&str>, name: &str) -> Result<Mask, ApiError> {
    Mask::required(name, text, &WRITE_PATHS, "updateContact")
}

/// Checks a person to be created.
///
/// # Errors
/// What `draft` refuses, or a label that does not take it.
pub fn check_new(call: &mut Call<'_>, person: &Map<String, Value>) -> Result<NewContact, ApiError> {
    let draft = draft(person, &Mask::of(&WRITE_PATHS), &call.state.config, &mut call.warnings)?;
    let memberships = match draft.memberships {
        Some(wanted) => memberships::check(call.book()?, &wanted, &[])?,
        None if call.state.config.create_joins_my_contacts => vec![MY_CONTACTS.to_owned()],
        None => Vec::new(),
    };
    if !memberships.iter().any(|name| name == MY_CONTACTS) {
        call.warnings.count("created_outside_my_contacts");
    }
    Ok(NewContact {
        fields: draft.fields,
        memberships,
        origin: Origin::Api,
    })
}

/// Refuses to go beyond what an account holds.
///
/// # Errors
/// The account is full.
pub fn check_room(call: &mut Call<'_>, more: usize) -> Result<(), ApiError> {
    let limit = call.state.config.max_contacts;
    if call.book_mut().count_with_trash() + more > limit {
        Err(ApiError::book_full())
    } else {
        Ok(())
    }
}

/// An update that has passed every check.
#[derive(Debug)]
pub struct Change {
    id: u64,
    mask: Mask,
    draft: Draft,
    memberships: Option<Vec<String>>,
}

/// Checks an update against the contact as it is.
///
/// # Errors
/// A profile, no such contact, an etag missing or stale, what `draft` refuses, or labels that cannot be.
pub fn check_change(
    call: &mut Call<'_>,
    name: &str,
    person: &Map<String, Value>,
    mask: &Mask,
) -> Result<Change, ApiError> {
    refuse_profile(call, name)?;
    let contact = Arc::clone(call.book()?.contact(name).ok_or_else(ApiError::not_found)?);
    let draft = draft(person, mask, &call.state.config, &mut call.warnings)?;
    check_etag(call, &contact, &draft)?;
    let memberships = match (mask.has("memberships"), &draft.memberships) {
        (false, _) => None,
        (true, None) => {
            return Err(ApiError::invalid(
                "Contact must always be in at least one contact group.",
            ));
        }
        (true, Some(wanted)) => Some(memberships::check(call.book()?, wanted, &contact.memberships)?),
    };
    Ok(Change {
        id: contact.id,
        mask: mask.clone(),
        draft,
        memberships,
    })
}

/// Makes a checked update.
pub fn apply(call: &mut Call<'_>, change: Change) -> Option<Arc<Contact>> {
    let Change {
        id,
        mask,
        mut draft,
        memberships,
    } = change;
    let now = call.now();
    let before = Arc::clone(call.book_mut().by_id(id)?);
    let edit = |contact: &mut Contact| {
        for field in mask.paths().filter(|field| *field != "memberships") {
            match draft.fields.remove(field) {
                Some(items) => contact.fields.insert(field, items),
                None => contact.fields.remove(field),
            };
        }
        if let Some(memberships) = memberships {
            contact.memberships = memberships;
        }
    };
    let mut after = Contact::clone(&before);
    edit(&mut after);
    let same = after.fields == before.fields && after.memberships == before.memberships;
    if same {
        call.warnings.count("no_op_update");
        if !call.state.config.no_op_bumps_etag {
            return Some(before);
        }
    }
    call.book_mut().change(id, now, |contact| {
        contact.fields = after.fields;
        contact.memberships = after.memberships;
    })
}

fn refuse_profile(call: &Call<'_>, name: &str) -> Result<(), ApiError> {
    let profile = name == "people/me" || name == format!("people/{}", call.user.sub);
    if profile {
        Err(ApiError::invalid("Resource name must be that of a contact."))
    } else {
        Ok(())
    }
}

/// Either form of etag will do; the source's wins.
fn check_etag(call: &Call<'_>, contact: &Contact, draft: &Draft) -> Result<(), ApiError> {
    match (&draft.source_etag, &draft.etag) {
        (Some(etag), _) if *etag == contact.source_etag() => Ok(()),
        (Some(_), _) => Err(ApiError::etag_stale("person.metadata.sources.etag")),
        (None, Some(etag)) => {
            let current = etag::version_text(&contact.source_id(), contact.version);
            let good = etag::read_person(etag)
                .is_some_and(|etag| etag.version == current && (!etag.listed || call.state.config.list_etag_accepted));
            if good {
                Ok(())
            } else {
                Err(ApiError::etag_stale("person.etag"))
            }
        }
        (None, None) => Err(ApiError::etag_missing()),
    }
}
