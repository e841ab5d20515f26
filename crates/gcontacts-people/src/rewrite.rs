// SPDX-License-Identifier: GPL-3.0-or-later
//! Small changes of a person beside those of a patch.

use gcontacts_core::ResourceName;
use serde_json::{Value, json};

use crate::{FieldMask, Person};

impl Person {
    /// Notes the labels that the person carries since it was read. Other kinds of membership stay.
    pub fn set_memberships(&mut self, labels: &[ResourceName]) {
        let memberships = self.as_object().get("memberships").and_then(Value::as_array);
        let mut items: Vec<Value> = memberships.cloned().unwrap_or_default();
        items.retain(|item| item.get("contactGroupMembership").is_none());
        items.extend(labels.iter().map(|name| json!({"contactGroupMembership": {"contactGroupResourceName": name}})));
        self.as_object_mut().insert("memberships".to_owned(), Value::Array(items));
    }

    /// Fills up `body`, an update of this person, for a mask that is wider than its own: a field that the mask names and
    /// the body lacks would be cleared.
    #[must_use]
    pub fn complete(&self, body: &Self, fields: &FieldMask) -> Self {
        let mut whole = body.clone();
        for field in fields.iter() {
            let items: Vec<Value> = self.contact_items(field).cloned().map(Value::Object).collect();
            if !items.is_empty() && !body.as_object().contains_key(field) {
                whole.as_object_mut().insert(field.to_owned(), Value::Array(items));
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Map;

    fn person(value: Value) -> Person {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn labels_are_replaced_and_domains_kept() {
        let mut person = person(json!({"memberships": [
            {"contactGroupMembership": {"contactGroupResourceName": "contactGroups/old"}},
            {"domainMembership": {"inViewerDomain": true}}]}));
        let labels = [ResourceName("contactGroups/new".to_owned())];
        person.set_memberships(&labels);
        assert_eq!(person.memberships(), labels);
        assert_eq!(person.contact_items("memberships").count(), 2);
    }

    #[test]
    fn a_body_is_filled_up_with_what_google_has_and_no_more() {
        let google = person(json!({
            "names": [{"givenName": "Ann"}],
            "urls": [{"value": "https://a.example"}],
            "phoneNumbers": [{"value": "1"}]}));
        let body = person(json!({"etag": "x", "names": []}));
        let whole = google.complete(&body, &FieldMask::of(["names", "urls", "addresses"]));
        let expected: Map<String, Value> = serde_json::from_value(json!({
            "etag": "x", "names": [], "urls": [{"value": "https://a.example"}]}))
        .unwrap();
        assert_eq!(whole.as_object(), &expected);
    }
}
