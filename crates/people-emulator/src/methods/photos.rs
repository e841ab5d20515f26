// SPDX-License-Identifier: GPL-3.0-or-later
//! `people.updateContactPhoto` and `people.deleteContactPhoto`.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Call;
use crate::book::Photo;
use crate::error::ApiError;
use crate::mask::{Mask, READ_PATHS};
use crate::person::Sources;
use crate::schema::UPDATE_PHOTO;

/// Gives a contact a photo.
pub fn update(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let body = call.body(&UPDATE_PHOTO, "")?;
    let mask = mask(body.get("personFields").and_then(Value::as_str))?;
    let text = body.get("photoBytes").and_then(Value::as_str).unwrap_or_default();
    let photo = Photo::read(text).ok_or_else(|| ApiError::invalid("Photo must be a JPEG or PNG image."))?;
    set(call, Some(Arc::new(photo)), &mask, Sources::of_body(&body))
}

/// Takes the photo of a contact away.
pub fn delete(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let mask = mask(call.text("personFields"))?;
    set(call, None, &mask, call.sources())
}

fn set(call: &mut Call<'_>, photo: Option<Arc<Photo>>, mask: &Mask, sources: Sources) -> Result<Value, ApiError> {
    let name = format!("people/{}", call.segment);
    let (id, now) = (
        call.book()?.contact(&name).ok_or_else(ApiError::not_found)?.id,
        call.now(),
    );
    let contact = call
        .book_mut()
        .change(id, now, |contact| contact.photo = photo)
        .ok_or_else(ApiError::not_found)?;
    call.names.push(name);
    Ok(if mask.is_empty() {
        json!({})
    } else {
        json!({"person": call.show(&contact, mask, sources)})
    })
}

/// Without a mask no person is answered.
fn mask(text: Option<&str>) -> Result<Mask, ApiError> {
    Mask::parse("personFields", text, &READ_PATHS, "updateContactPhoto")
}
