// SPDX-License-Identifier: GPL-3.0-or-later
//! `otherContacts.*`: those whom the user has written to and never put in the address book. They can be read and copied.

use serde_json::{Map, Value};

use super::Call;
use super::connections::{charge_full_sync, show_people};
use super::paging::part;
use super::people_write::check_room;
use crate::book::{MY_CONTACTS, NewContact, Origin, Standing};
use crate::error::ApiError;
use crate::listing::Listed;
use crate::mask::{Mask, OTHER_COPY_PATHS, OTHER_READ_PATHS, READ_PATHS};
use crate::object::Object;
use crate::person::Sources;
use crate::schema::COPY_OTHER;

const DEFAULT_PAGE: usize = 100;
const READ_OTHERS: &str = "https://www.googleapis.com/auth/contacts.other.readonly";

/// Lists them.
pub fn list(call: &mut Call<'_>) -> Result<Value, ApiError> {
    charge_full_sync(call)?;
    let mask = Mask::required("readMask", call.text("readMask"), &OTHER_READ_PATHS, "list")?;
    let size = call.page_size(DEFAULT_PAGE)?;
    let gives_sync = call.flag("requestSyncToken");
    let others = call.book()?.all(Standing::Other);
    let part = part(call, size, gives_sync, |_, _, since| {
        let changed = others.into_iter().filter(|other| other.change > since.unwrap_or(0));
        changed.map(Listed::Person).collect()
    })?;
    let people = show_people(call, &part, &mask);
    let mut answer = Object::new();
    answer.set_some("otherContacts", (!people.is_empty()).then_some(people));
    answer.set_some("totalSize", part.total.filter(|total| *total > 0));
    part.put_token(&mut answer);
    Ok(answer.into())
}

/// Copies one into the address book: a new contact, beside it.
pub fn copy(call: &mut Call<'_>) -> Result<Value, ApiError> {
    if !call.scopes.iter().any(|scope| scope == READ_OTHERS) {
        return Err(ApiError::scope_insufficient(call.method.id));
    }
    let body = call.body(&COPY_OTHER, "")?;
    let copied = Mask::required("copyMask", text(&body, "copyMask"), &OTHER_COPY_PATHS, "copy")?;
    let mask = Mask::parse("readMask", text(&body, "readMask"), &READ_PATHS, "get")?;
    let mask = if mask.is_empty() {
        let paths = copied.paths().chain(["memberships", "metadata"]).collect::<Vec<_>>();
        Mask::of(&paths)
    } else {
        mask
    };
    let name = format!("otherContacts/{}", call.segment);
    let mut fields = call
        .book()?
        .other(&name)
        .ok_or_else(ApiError::not_found)?
        .fields
        .clone();
    fields.retain(|field, _| copied.has(field));
    check_room(call, 1)?;
    let new = NewContact {
        fields,
        memberships: vec![MY_CONTACTS.to_owned()],
        origin: Origin::Api,
    };
    let now = call.now();
    let contact = call.book_mut().add(new, now);
    call.names.extend([name, contact.resource_name.clone()]);
    Ok(call.show(&contact, &mask, Sources::of_body(&body)))
}

fn text<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    body.get(name).and_then(Value::as_str)
}
