// SPDX-License-Identifier: GPL-3.0-or-later
//! A person as Google has it: the raw JSON object, so that what we do not know survives.

use gcontacts_core::{Marker, ResourceName};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A Google person: its whole JSON object, with accessors for what the module needs to know.
///
/// An accessor yields nothing where a member is absent or of another type than Google documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Person(Map<String, Value>);

/// The fields of which a listing tells no more than [`LISTED_AT_MOST`] items.
pub(crate) const CUT_FIELDS: [&str; 2] = ["emailAddresses", "phoneNumbers"];

/// How many items of those it tells at most.
pub(crate) const LISTED_AT_MOST: usize = 100;

/// One item of a field, for example one phone number.
pub type Item = Map<String, Value>;

impl Person {
    /// Wraps Google's JSON object.
    #[must_use]
    pub fn new(object: Map<String, Value>) -> Self {
        Self(object)
    }

    /// Gives the JSON object.
    #[must_use]
    pub fn as_object(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Gives the JSON object, to be changed.
    pub fn as_object_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.0
    }

    /// Its resource name, `people/c<decimal>`.
    ///
    /// It can change when Google links the contact to a profile; [`Self::source_id`] cannot.
    #[must_use]
    pub fn resource_name(&self) -> Option<ResourceName> {
        self.text("resourceName").map(|name| ResourceName(name.to_owned()))
    }

    /// Its etag as a whole. It differs between reads with different masks; [`Self::source_etag`] does not.
    #[must_use]
    pub fn etag(&self) -> Option<&str> {
        self.text("etag")
    }

    /// The etag of its CONTACT source: the version that an update must name.
    #[must_use]
    pub fn source_etag(&self) -> Option<&str> {
        self.contact_source()?.get("etag")?.as_str()
    }

    /// The id of its CONTACT source: the number of the resource name in hexadecimal.
    #[must_use]
    pub fn source_id(&self) -> Option<&str> {
        self.contact_source()?.get("id")?.as_str()
    }

    /// When its CONTACT source was changed last, as Google tells it: texts of one length compare as times.
    #[must_use]
    pub fn update_time(&self) -> Option<&str> {
        self.contact_source()?.get("updateTime")?.as_str()
    }

    /// The CONTACT source among `metadata.sources`.
    #[must_use]
    pub fn contact_source(&self) -> Option<&Map<String, Value>> {
        let sources = self.0.get("metadata")?.get("sources")?.as_array()?;
        sources
            .iter()
            .filter_map(Value::as_object)
            .find(|source| is_contact(source))
    }

    /// Whether this is the tombstone of a deleted person, as a sync read yields it.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        let deleted = self.0.get("metadata").and_then(|metadata| metadata.get("deleted"));
        deleted == Some(&Value::Bool(true))
    }

    /// Its former resource names, as a sync read yields them.
    #[must_use]
    pub fn previous_resource_names(&self) -> Vec<ResourceName> {
        let names = self
            .0
            .get("metadata")
            .and_then(|metadata| metadata.get("previousResourceNames"));
        let names = names.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        names
            .iter()
            .filter_map(Value::as_str)
            .map(|name| ResourceName(name.to_owned()))
            .collect()
    }

    /// The values that stand in its clientData under `key`; Google allows several.
    pub fn client_data(&self, key: &str) -> impl Iterator<Item = &str> {
        self.keyed("clientData", key)
    }

    /// The values that stand in its own fields (userDefined) under `key`.
    pub fn user_defined(&self, key: &str) -> impl Iterator<Item = &str> {
        self.keyed("userDefined", key)
    }

    fn keyed(&self, field: &str, key: &str) -> impl Iterator<Item = &str> {
        self.contact_items(field)
            .filter(move |item| item.get("key").and_then(Value::as_str) == Some(key))
            .filter_map(|item| item.get("value")?.as_str())
    }

    /// The markers it carries: one for each Dolibarr that knows it.
    #[must_use]
    pub fn markers(&self) -> Vec<Marker> {
        self.client_data(Marker::KEY)
            .filter_map(|text| text.parse().ok())
            .collect()
    }

    /// Whether another Dolibarr keeps it up to date, and not the one that calls itself `instance`.
    #[must_use]
    pub fn is_of_another(&self, instance: &str) -> bool {
        let markers = self.markers();
        !markers.is_empty() && markers.iter().all(|marker| marker.instance != instance)
    }

    /// The labels it carries, Google's own among them.
    #[must_use]
    pub fn memberships(&self) -> Vec<ResourceName> {
        self.contact_items("memberships")
            .filter_map(|item| {
                item.get("contactGroupMembership")?
                    .get("contactGroupResourceName")?
                    .as_str()
            })
            .map(|name| ResourceName(name.to_owned()))
            .collect()
    }

    /// The items of `field` that belong to the contact itself.
    ///
    /// A read can hold items of a linked Google profile too; they cannot be written, and sending them back is
    /// refused. An item that names no source is the contact's: it is of our own making.
    pub fn contact_items(&self, field: &str) -> impl Iterator<Item = &Item> {
        self.0
            .get(field)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .filter(
                |item| match item.get("metadata").and_then(|metadata| metadata.get("source")) {
                    Some(Value::Object(source)) => is_contact(source),
                    _ => true,
                },
            )
    }

    /// Whether a listing may have cut it: a list holds at most 100 e-mails and phones of a person (People API,
    /// connections.list). Such a person must be read by itself before it is updated, or the rest would be lost.
    #[must_use]
    pub fn may_be_cut(&self) -> bool {
        let items = |field| self.0.get(field).and_then(Value::as_array).map_or(0, Vec::len);
        CUT_FIELDS.into_iter().any(|field| items(field) >= LISTED_AT_MOST)
    }

    fn text(&self, member: &str) -> Option<&str> {
        self.0.get(member)?.as_str()
    }
}

fn is_contact(source: &Map<String, Value>) -> bool {
    source.get("type").and_then(Value::as_str) == Some("CONTACT")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn person(value: Value) -> Person {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_contact_source_is_told_from_the_profile() {
        let person = person(json!({
            "resourceName": "people/c42", "etag": "%EgU=",
            "metadata": {"sources": [
                {"type": "PROFILE", "id": "9", "etag": "#profile"},
                {"type": "CONTACT", "id": "2a", "etag": "#contact"}]},
            "names": [
                {"givenName": "Profile", "metadata": {"source": {"type": "PROFILE", "id": "9"}}},
                {"givenName": "Contact", "metadata": {"source": {"type": "CONTACT", "id": "2a"}}}],
            "memberships": [
                {"contactGroupMembership": {"contactGroupResourceName": "contactGroups/myContacts"}},
                {"domainMembership": {"inViewerDomain": true}}],
            "clientData": [{"key": "other", "value": "x"}, {"key": "dolibarr", "value": "y"}],
        }));
        assert_eq!(person.resource_name(), Some(ResourceName("people/c42".to_owned())));
        assert_eq!(person.source_etag(), Some("#contact"));
        assert_eq!(person.source_id(), Some("2a"));
        assert_eq!(person.contact_items("names").count(), 1);
        assert_eq!(
            person.memberships(),
            [ResourceName("contactGroups/myContacts".to_owned())]
        );
        assert_eq!(person.client_data("dolibarr").collect::<Vec<_>>(), ["y"]);
        assert!(!person.is_deleted());
    }

    #[test]
    fn a_card_is_anothers_where_no_marker_is_our_own() {
        let marked = |markers: &[&str]| {
            let data: Vec<_> = markers
                .iter()
                .map(|marker| json!({"key": "dolibarr", "value": marker}))
                .collect();
            person(json!({"clientData": data})).is_of_another("aaaa")
        };
        assert!(marked(&["bbbb:contact:1:x"]));
        assert!(!marked(&["bbbb:contact:1:x", "aaaa:contact:1:y"]));
        assert!(!marked(&[]) && !marked(&["no marker"]));
    }

    #[test]
    fn damaged_members_are_absent() {
        let person = person(json!({
            "resourceName": 7, "metadata": [], "names": {"givenName": "x"}, "memberships": [null, 3], "clientData": "z"
        }));
        assert_eq!(person.resource_name(), None);
        assert_eq!(person.source_etag(), None);
        assert_eq!(person.contact_items("names").count(), 0);
        assert!(person.memberships().is_empty());
        assert_eq!(person.client_data("dolibarr").count(), 0);
    }

    #[test]
    fn a_hundred_phones_may_be_more() {
        let phones = |count| person(json!({"phoneNumbers": vec![json!({"value": "1"}); count]}));
        assert!(phones(100).may_be_cut());
        assert!(!phones(99).may_be_cut());
    }

    #[test]
    fn a_tombstone_is_known() {
        let person = person(json!({
            "resourceName": "people/c1",
            "metadata": {"deleted": true, "previousResourceNames": ["people/c2"]}
        }));
        assert!(person.is_deleted());
        assert_eq!(person.previous_resource_names(), [ResourceName("people/c2".to_owned())]);
    }
}
