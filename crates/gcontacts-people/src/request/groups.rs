// SPDX-License-Identifier: GPL-3.0-or-later
//! Requests about groups, which users call labels, and about who is in them.

use gcontacts_core::ResourceName;
use http::Method;
use serde_json::{Map, Value, json};

use super::{Request, at_most, checked_name, limit, page, person_name};
use crate::{Error, GroupData, quota};

/// The fields of a group that are read in lists.
pub const GROUP_FIELDS: &str = "clientData,groupType,memberCount,metadata,name";

/// The fields of a group that are read after a change; a create refuses `memberCount` here.
pub const CHANGED_GROUP_FIELDS: &str = "groupType,metadata,name";

/// Lists groups, a page of up to [`limit::PAGE`].
#[must_use]
pub fn list_groups(page_token: Option<&str>) -> Request {
    let request = Request::read(quota::LABEL_READ, "/v1/contactGroups")
        .with("groupFields", GROUP_FIELDS)
        .with("pageSize", limit::PAGE.to_string());
    page(request, page_token)
}

/// Creates a group.
#[must_use]
pub fn create_group(name: &str, data: &[GroupData]) -> Request {
    let mut group = Map::new();
    group.insert("name".to_owned(), json!(name));
    if !data.is_empty() {
        group.insert("clientData".to_owned(), json!(data));
    }
    Request::write(quota::LABEL_WRITE, Method::POST, "/v1/contactGroups")
        .body(&json!({"contactGroup": group, "readGroupFields": CHANGED_GROUP_FIELDS}))
}

/// Renames a group.
///
/// # Errors
/// [`Error::Invalid`] for a name that is not a group's.
pub fn rename_group(group: &ResourceName, name: &str) -> Result<Request, Error> {
    Ok(
        Request::write(quota::LABEL_WRITE, Method::PUT, format!("/v1/{}", group_name(group)?)).body(&json!({
            "contactGroup": {"name": name},
            "updateGroupFields": "name",
            "readGroupFields": CHANGED_GROUP_FIELDS,
        })),
    )
}

/// Deletes a group and leaves its contacts.
///
/// # Errors
/// [`Error::Invalid`] for a name that is not a group's.
pub fn delete_group(group: &ResourceName) -> Result<Request, Error> {
    // `deleteContacts` is false by default; said all the same, for what it would do.
    Ok(Request::write(
        quota::LABEL_WRITE,
        Method::DELETE,
        format!("/v1/{}", group_name(group)?),
    )
    .with("deleteContacts", "false"))
}

/// Adds contacts to a group and removes others, up to [`limit::MEMBERS`] together.
///
/// # Errors
/// [`Error::Invalid`] for more, or for a name of the wrong kind.
pub fn modify_members(group: &ResourceName, add: &[ResourceName], remove: &[ResourceName]) -> Result<Request, Error> {
    at_most(add.len() + remove.len(), limit::MEMBERS)?;
    add.iter()
        .chain(remove)
        .try_for_each(|name| person_name(name).map(drop))?;
    let mut body = Map::new();
    for (member, names) in [("resourceNamesToAdd", add), ("resourceNamesToRemove", remove)] {
        if !names.is_empty() {
            body.insert(member.to_owned(), json!(names));
        }
    }
    let path = format!("/v1/{}/members:modify", group_name(group)?);
    Ok(Request::write(quota::LABEL_WRITE, Method::POST, path).body(&Value::Object(body)))
}

fn group_name(name: &ResourceName) -> Result<&str, Error> {
    checked_name(name, "contactGroups/")
}
