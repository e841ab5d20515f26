// SPDX-License-Identifier: GPL-3.0-or-later
//! Bodies for a batch of updates, which has one mask for all its people.

use serde_json::Value;

use super::item::sendable;
use crate::{FieldMask, Person};

/// Fills up an update of `person`, `body` and its `own` mask, for the wider mask of its batch: a field that the batch names
/// and the body lacks would be cleared.
#[must_use]
pub fn widen(body: &Person, own: &FieldMask, person: &Person, batch: &FieldMask) -> Person {
    let mut whole = body.clone();
    for field in batch.iter().filter(|field| !own.contains(field)) {
        let items: Vec<Value> = person
            .contact_items(field)
            .map(|item| Value::Object(sendable(field, item)))
            .collect();
        if !items.is_empty() {
            whole.as_object_mut().insert(field.to_owned(), Value::Array(items));
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn person(value: Value) -> Person {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_body_is_filled_up_with_what_google_has_and_no_more() {
        let google = person(json!({
            "names": [{"givenName": "Ann"}],
            "urls": [{"value": "https://a.example"}],
            "phoneNumbers": [{"value": "1"}]}));
        // The names are to be cleared.
        let body = person(json!({"etag": "x"}));
        let batch = FieldMask::of(["names", "urls", "addresses"]);
        let whole = widen(&body, &FieldMask::of(["names"]), &google, &batch);
        assert_eq!(
            whole,
            person(json!({"etag": "x", "urls": [{"value": "https://a.example"}]}))
        );
    }
}
