// SPDX-License-Identifier: GPL-3.0-or-later
//! `people.get` and `people.getBatchGet`.

use serde_json::{Value, json};

use super::Call;
use crate::error::ApiError;
use crate::mask::Mask;
use crate::person::{Sources, profile_person};

const CONTACT_SCOPES: [&str; 2] = [
    "https://www.googleapis.com/auth/contacts",
    "https://www.googleapis.com/auth/contacts.readonly",
];

/// Reads one person.
pub fn get(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let mask = call.read_mask()?;
    let name = format!("people/{}", call.segment);
    let person = find(call, &name, &mask, call.sources())?;
    call.names.push(name);
    Ok(person)
}

/// Reads up to 200 people; each has a status of its own.
pub fn batch_get(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let mask = call.read_mask()?;
    let names = call.named_resources()?;
    if let Some(bad) = names.iter().find(|name| !name.starts_with("people/")) {
        return Err(ApiError::invalid(format!(
            "Resource name \"{bad}\" must start with \"people/\"."
        )));
    }
    let sources = call.sources();
    let mut responses = Vec::new();
    for name in &names {
        responses.push(match find(call, name, &mask, sources) {
            Ok(person) => answer(name, &person),
            Err(error) if error.http == 404 => {
                json!({"httpStatusCode": 404, "requestedResourceName": name, "status": error.rpc_status()})
            }
            Err(error) => return Err(error),
        });
    }
    call.names = names;
    Ok(json!({"responses": responses}))
}

/// A person within the answer of a batch.
pub fn answer(name: &str, person: &Value) -> Value {
    json!({"httpStatusCode": 200, "person": person, "requestedResourceName": name, "status": {}})
}

fn find(call: &Call<'_>, name: &str, mask: &Mask, sources: Sources) -> Result<Value, ApiError> {
    if name == "people/me" || name == format!("people/{}", call.user.sub) {
        return Ok(profile_person(
            &call.view(mask, sources, false),
            &call.scopes,
            call.now(),
        ));
    }
    if !call.scopes.iter().any(|scope| CONTACT_SCOPES.contains(&scope.as_str())) {
        return Err(ApiError::scope_insufficient(call.method.id));
    }
    let stale = i64::from(call.state.config.get_staleness_s);
    let contact = call.book()?.contact_at(name, call.now().plus(-stale));
    Ok(call.show(contact.ok_or_else(ApiError::not_found)?, mask, sources))
}
