// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels that changed after a person was read.

use gcontacts_core::ResourceName;
use serde_json::{Value, json};

use crate::Person;

impl Person {
    /// Notes the labels that the person carries since it was read. Other kinds of membership stay.
    pub fn set_memberships(&mut self, labels: &[ResourceName]) {
        let memberships = self.as_object().get("memberships").and_then(Value::as_array);
        let mut items: Vec<Value> = memberships.cloned().unwrap_or_default();
        items.retain(|item| item.get("contactGroupMembership").is_none());
        items.extend(
            labels
                .iter()
                .map(|name| json!({"contactGroupMembership": {"contactGroupResourceName": name}})),
        );
        self.as_object_mut()
            .insert("memberships".to_owned(), Value::Array(items));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_replaced_and_domains_kept() {
        let mut person: Person = serde_json::from_value(json!({"memberships": [
            {"contactGroupMembership": {"contactGroupResourceName": "contactGroups/old"}},
            {"domainMembership": {"inViewerDomain": true}}]}))
        .unwrap();
        let labels = [ResourceName("contactGroups/new".to_owned())];
        person.set_memberships(&labels);
        assert_eq!(person.memberships(), labels);
        assert_eq!(person.contact_items("memberships").count(), 2);
    }
}
