// SPDX-License-Identifier: GPL-3.0-or-later
//! Requests of the People API, built and not yet sent.
//!
//! Paths, parameters and limits: Google's discovery document `people.v1`, revision 20251117.

mod groups;

use std::collections::BTreeMap;

use gcontacts_core::ResourceName;
use http::Method;
use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::quota::{self, Cost};
use crate::{Error, FieldMask, Person};

pub use groups::{
    CHANGED_GROUP_FIELDS, GROUP_FIELDS, create_group, delete_group, list_groups, modify_members, rename_group,
};

/// The fields of a person that are read: all that can be written, and `metadata` for versions and tombstones.
///
/// The stored person is edited and sent back field by field, so it must be whole. Etags of a person differ by the
/// mask they were read with; one mask everywhere makes them comparable.
pub const PERSON_FIELDS: &str = "addresses,biographies,birthdays,calendarUrls,clientData,emailAddresses,events,\
    externalIds,genders,imClients,interests,locales,locations,memberships,metadata,miscKeywords,names,nicknames,\
    occupations,organizations,phoneNumbers,relations,sipAddresses,urls,userDefined";

/// The fields of a person that a backup reads: what can be written, and the address of the photo.
pub const BACKUP_FIELDS: &str = "addresses,biographies,birthdays,calendarUrls,clientData,emailAddresses,events,\
    externalIds,genders,imClients,interests,locales,locations,memberships,metadata,miscKeywords,names,nicknames,\
    occupations,organizations,phoneNumbers,photos,relations,sipAddresses,skills,urls,userDefined";

/// Leaves the items of a linked Google profile out: they cannot be written.
const SOURCE: &str = "READ_SOURCE_TYPE_CONTACT";

/// How many items one call may carry.
pub mod limit {
    /// People in a batch create, update or get.
    pub const BATCH: usize = 200;
    /// Resource names in a batch delete.
    pub const BATCH_DELETE: usize = 500;
    /// Resource names, added and removed together, in a change of members.
    pub const MEMBERS: usize = 1000;
    /// Items of a page.
    pub const PAGE: usize = 1000;
}

/// Whether a request changes anything at Google.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It only reads, and may be repeated freely.
    Read,
    /// It writes.
    Write,
}

/// A request of the People API.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Whether it writes.
    pub effect: Effect,
    /// What it takes of Google's quotas.
    pub cost: Cost,
    /// HTTP method.
    pub method: Method,
    /// Path, beginning with `/v1/`.
    pub path: String,
    /// Query parameters, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// JSON body.
    pub body: Option<String>,
}

impl Request {
    fn read(cost: Cost, path: impl Into<String>) -> Self {
        Self {
            effect: Effect::Read,
            cost,
            method: Method::GET,
            path: path.into(),
            query: Vec::new(),
            body: None,
        }
    }

    fn write(cost: Cost, method: Method, path: impl Into<String>) -> Self {
        Self {
            effect: Effect::Write,
            cost,
            method,
            path: path.into(),
            query: Vec::new(),
            body: None,
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    fn body(mut self, body: &Value) -> Self {
        self.body = Some(body.to_string());
        self
    }

    /// Writes people as they are: a tree of the whole body would hold each of them a second time.
    fn people<T: Serialize>(mut self, body: &T) -> Result<Self, Error> {
        let body = serde_json::to_string(body).map_err(|error| Error::Invalid {
            what: "person",
            why: error.to_string(),
        })?;
        self.body = Some(body);
        Ok(self)
    }

    /// The path and the encoded query.
    #[must_use]
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.query)
            .finish();
        format!("{}?{query}", self.path)
    }
}

/// Creates a contact.
///
/// # Errors
/// [`Error::Invalid`] for a person that JSON has no form for.
pub fn create(person: &Person) -> Result<Request, Error> {
    Request::write(quota::CONTACT_WRITE, Method::POST, "/v1/people:createContact")
        .with("personFields", PERSON_FIELDS)
        .with("sources", SOURCE)
        .people(person)
}

/// Reads a contact.
///
/// # Errors
/// [`Error::Invalid`] for a name that is not a person's.
pub fn get(name: &ResourceName) -> Result<Request, Error> {
    Ok(
        Request::read(quota::CONTACT_READ, format!("/v1/{}", person_name(name)?))
            .with("personFields", PERSON_FIELDS)
            .with("sources", SOURCE),
    )
}

/// Replaces the fields of the mask; the person says which contact, and by its etag which version.
///
/// # Errors
/// [`Error::Invalid`] for a person without a resource name.
pub fn update(person: &Person, fields: &FieldMask) -> Result<Request, Error> {
    let name = name_of(person)?;
    Request::write(
        quota::CONTACT_WRITE,
        Method::PATCH,
        format!("/v1/{}:updateContact", person_name(&name)?),
    )
    .with("updatePersonFields", fields.to_string())
    .with("personFields", PERSON_FIELDS)
    .with("sources", SOURCE)
    .people(person)
}

/// Deletes a contact, whatever its version.
///
/// # Errors
/// [`Error::Invalid`] for a name that is not a person's.
pub fn delete(name: &ResourceName) -> Result<Request, Error> {
    Ok(Request::write(
        quota::CONTACT_DELETE,
        Method::DELETE,
        format!("/v1/{}:deleteContact", person_name(name)?),
    ))
}

/// Creates up to [`limit::BATCH`] contacts.
///
/// # Errors
/// [`Error::Invalid`] for more.
pub fn batch_create(people: &[Person]) -> Result<Request, Error> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Contact<'p> {
        contact_person: &'p Person,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'p> {
        contacts: Vec<Contact<'p>>,
        read_mask: &'static str,
        sources: [&'static str; 1],
    }
    at_most(people.len(), limit::BATCH)?;
    Request::write(quota::BATCH_WRITE, Method::POST, "/v1/people:batchCreateContacts").people(&Body {
        contacts: people.iter().map(|contact_person| Contact { contact_person }).collect(),
        read_mask: PERSON_FIELDS,
        sources: [SOURCE],
    })
}

/// Replaces the fields of the one mask in up to [`limit::BATCH`] contacts.
///
/// # Errors
/// [`Error::Invalid`] for more, for a person without a resource name, or for the same one twice.
pub fn batch_update(people: &[Person], fields: &FieldMask) -> Result<Request, Error> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'p> {
        contacts: BTreeMap<String, &'p Person>,
        update_mask: String,
        read_mask: &'static str,
        sources: [&'static str; 1],
    }
    at_most(people.len(), limit::BATCH)?;
    let mut contacts = BTreeMap::new();
    for person in people {
        let name = name_of(person)?;
        person_name(&name)?;
        if contacts.insert(name.0, person).is_some() {
            return Err(Error::Invalid {
                what: "batch",
                why: "a contact is in it twice".to_owned(),
            });
        }
    }
    Request::write(quota::BATCH_WRITE, Method::POST, "/v1/people:batchUpdateContacts").people(&Body {
        contacts,
        update_mask: fields.to_string(),
        read_mask: PERSON_FIELDS,
        sources: [SOURCE],
    })
}

/// Deletes up to [`limit::BATCH_DELETE`] contacts.
///
/// # Errors
/// [`Error::Invalid`] for more, or for a name that is not a person's.
pub fn batch_delete(names: &[ResourceName]) -> Result<Request, Error> {
    at_most(names.len(), limit::BATCH_DELETE)?;
    names.iter().try_for_each(|name| person_name(name).map(drop))?;
    Ok(
        Request::write(quota::BATCH_DELETE, Method::POST, "/v1/people:batchDeleteContacts")
            .body(&json!({"resourceNames": names})),
    )
}

/// Reads up to [`limit::BATCH`] contacts.
///
/// # Errors
/// [`Error::Invalid`] for more, or for a name that is not a person's.
pub fn batch_get(names: &[ResourceName]) -> Result<Request, Error> {
    at_most(names.len(), limit::BATCH)?;
    let mut request = Request::read(quota::CONTACT_READ, "/v1/people:batchGet")
        .with("personFields", PERSON_FIELDS)
        .with("sources", SOURCE);
    for name in names {
        request = request.with("resourceNames", person_name(name)?);
    }
    Ok(request)
}

/// Lists contacts, a page of up to [`limit::PAGE`].
#[must_use]
pub fn list(page_token: Option<&str>) -> Request {
    page(connections(limit::PAGE, PERSON_FIELDS), page_token)
}

/// Lists what has changed since the sync token was given, or without one every contact, a page of up to [`limit::PAGE`]; the
/// last page brings the next sync token.
///
/// But for the tokens all calls of one sync must ask the same (People API, people.connections.list).
#[must_use]
pub fn sync(sync_token: Option<&str>, page_token: Option<&str>) -> Request {
    let request = connections(limit::PAGE, PERSON_FIELDS).with("requestSyncToken", "true");
    let request = match sync_token {
        Some(token) => request.with("syncToken", token),
        None => request,
    };
    page(request, page_token)
}

/// Lists contacts with all that a backup keeps, a page of up to [`limit::PAGE`].
#[must_use]
pub fn list_backup(page_token: Option<&str>) -> Request {
    page(connections(limit::PAGE, BACKUP_FIELDS), page_token)
}

/// Asks how many contacts there are.
#[must_use]
pub fn count() -> Request {
    connections(1, "metadata")
}

fn connections(page_size: usize, fields: &'static str) -> Request {
    Request::read(quota::CONTACT_READ, "/v1/people/me/connections")
        .with("personFields", fields)
        .with("pageSize", page_size.to_string())
        .with("sources", SOURCE)
}

fn page(request: Request, token: Option<&str>) -> Request {
    match token {
        Some(token) => request.with("pageToken", token),
        None => request,
    }
}

fn at_most(given: usize, limit: usize) -> Result<(), Error> {
    if given > limit {
        return Err(Error::Invalid {
            what: "batch",
            why: format!("{given} items, {limit} are allowed"),
        });
    }
    Ok(())
}

fn name_of(person: &Person) -> Result<ResourceName, Error> {
    person.resource_name().ok_or_else(|| Error::Invalid {
        what: "person",
        why: "no resource name".to_owned(),
    })
}

fn person_name(name: &ResourceName) -> Result<&str, Error> {
    checked_name(name, "people/")
}

/// Names come back from a database: one that is damaged must not become another address.
fn checked_name<'n>(name: &'n ResourceName, prefix: &str) -> Result<&'n str, Error> {
    let id = name.0.strip_prefix(prefix).unwrap_or_default();
    if id.is_empty()
        || !id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    {
        return Err(Error::Invalid {
            what: "resource name",
            why: format!("`{}`", name.0),
        });
    }
    Ok(&name.0)
}
