// SPDX-License-Identifier: GPL-3.0-or-later
//! `contactGroups.*`: the labels themselves.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Call;
use super::paging::part;
use crate::book::{DeleteGroup, Group, Origin};
use crate::error::ApiError;
use crate::listing::Listed;
use crate::mask::{GROUP_ANSWER_PATHS, GROUP_READ_PATHS, GROUP_WRITE_PATHS, Mask};
use crate::object::Object;
use crate::schema::{CREATE_GROUP, UPDATE_GROUP};

const DEFAULT_PAGE: usize = 30;
const DEFAULT_FIELDS: [&str; 4] = ["groupType", "memberCount", "metadata", "name"];
const PAGE: &str = "contactGroups";

/// Lists labels, or those that have changed.
pub fn list(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let mask = read_mask(call.text("groupFields"))?;
    let size = call.page_size(DEFAULT_PAGE)?;
    let counts = call.book()?.member_counts();
    let part = part(call, size, true, |_, seen, since| {
        let groups = match since {
            Some(position) => seen.groups_changed_since(position),
            None => seen.groups(),
        };
        let listed = |group: Group| {
            let members = counts.get(&group.resource_name).copied().unwrap_or(0);
            Listed::Group(Arc::new(group), members)
        };
        groups.into_iter().map(listed).collect()
    })?;
    let shown = part.items.iter().filter_map(|item| match item {
        Listed::Group(group, members) => Some(show(group, &mask, *members)),
        Listed::Person(_) => None,
    });
    let shown = shown.collect::<Vec<_>>();
    let mut answer = Object::new();
    answer.set_some("contactGroups", (!shown.is_empty()).then_some(shown));
    answer.set_some("totalItems", part.total);
    part.put_token(&mut answer);
    Ok(answer.into())
}

/// Reads one label, with members where they are asked for.
pub fn get(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let mask = read_mask(call.text("groupFields"))?;
    let name = format!("contactGroups/{}", call.segment);
    let answer = find(call, &name, &mask)?;
    call.names.push(name);
    Ok(answer)
}

/// Reads up to 200 labels; each has a status of its own.
pub fn batch_get(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let mask = read_mask(call.text("groupFields"))?;
    let names = call.named_resources()?;
    let mut responses = Vec::new();
    for name in &names {
        responses.push(match find(call, name, &mask) {
            Ok(group) => json!({"contactGroup": group, "requestedResourceName": name, "status": {}}),
            Err(error) if error.http == 404 => json!({"requestedResourceName": name, "status": error.rpc_status()}),
            Err(error) => return Err(error),
        });
    }
    call.names = names;
    Ok(json!({"responses": responses}))
}

/// Creates a label.
pub fn create(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let body = call.body(&CREATE_GROUP, "")?;
    let mask = answer_mask(&body)?;
    let sent = sent_group(&body);
    let name = checked_name(call, &sent, None)?;
    let now = call.now();
    let group = call.book_mut().add_group(&name, Origin::Api, now);
    let data = client_data(&sent);
    let group = if data.is_empty() {
        Some(group)
    } else {
        call.book_mut()
            .change_group(&group.resource_name, now, |group| group.client_data = data)
    };
    let group = group.ok_or_else(ApiError::not_found)?;
    call.names.push(group.resource_name.clone());
    Ok(show(&group, &mask, 0))
}

/// Renames a label or replaces its data.
pub fn update(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let body = call.body(&UPDATE_GROUP, "")?;
    let mask = answer_mask(&body)?;
    let written = Mask::parse(
        "updateGroupFields",
        text(&body, "updateGroupFields"),
        &GROUP_WRITE_PATHS,
        PAGE,
    )?;
    let written = if written.is_empty() {
        Mask::of(&["name"])
    } else {
        written
    };
    let resource_name = format!("contactGroups/{}", call.segment);
    let group = user_group(call, &resource_name)?;
    let sent = sent_group(&body);
    if let (true, Some(etag)) = (call.state.config.group_etag_checked, text(&sent, "etag"))
        && group.etag().as_deref() != Some(etag)
    {
        let message = "Request contact_group.etag is different than the current contact_group.etag. Clear local cache \
                       and get the latest contact group.";
        return Err(ApiError::new(400, "FAILED_PRECONDITION", message));
    }
    let name = written
        .has("name")
        .then(|| checked_name(call, &sent, Some(&resource_name)))
        .transpose()?;
    let data = written.has("clientData").then(|| client_data(&sent));
    let now = call.now();
    let changed = call.book_mut().change_group(&resource_name, now, |group| {
        if let Some(name) = name {
            group.formatted_name.clone_from(&name);
            group.name = name;
        }
        if let Some(data) = data {
            group.client_data = data;
        }
    });
    call.names.push(resource_name);
    Ok(show(&changed.ok_or_else(ApiError::not_found)?, &mask, 0))
}

/// Deletes a label; its contacts stay unless they are to go as well.
pub fn delete(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let resource_name = format!("contactGroups/{}", call.segment);
    user_group(call, &resource_name)?;
    let with_contacts = call.flag("deleteContacts");
    if with_contacts {
        call.warnings.count("group_deleted_with_contacts");
    }
    let config = &call.state.config;
    let how = DeleteGroup {
        with_contacts,
        bump: config.membership_bumps_etag,
        orphans_join_my_contacts: config.orphans_join_my_contacts,
    };
    let now = call.now();
    call.book_mut().delete_group(&resource_name, how, now);
    call.names.push(resource_name);
    Ok(json!({}))
}

/// The label as an answer shows it.
pub fn show(group: &Group, mask: &Mask, members: usize) -> Value {
    let mut shown = Object::new().with("resourceName", group.resource_name.as_str());
    shown.set_some("etag", group.etag());
    if group.is_deleted {
        shown.set("metadata", json!({"deleted": true}));
        return shown.into();
    }
    if mask.has("metadata")
        && let Some(updated) = group.updated
    {
        shown.set("metadata", json!({"updateTime": updated.rfc3339()}));
    }
    if mask.has("groupType") {
        shown.set(
            "groupType",
            json!(if group.is_system {
                "SYSTEM_CONTACT_GROUP"
            } else {
                "USER_CONTACT_GROUP"
            }),
        );
    }
    if mask.has("name") {
        shown.set("name", json!(group.name));
        shown.set("formattedName", json!(group.formatted_name));
    }
    if mask.has("memberCount") && members > 0 {
        shown.set("memberCount", json!(members));
    }
    if mask.has("clientData") && !group.client_data.is_empty() {
        shown.set("clientData", group.client_data.clone());
    }
    shown.into()
}

fn find(call: &Call<'_>, name: &str, mask: &Mask) -> Result<Value, ApiError> {
    let book = call.book()?;
    let group = book.group(name).ok_or_else(ApiError::not_found)?;
    let members = book.members(name);
    let mut shown = Object::from(show(group, mask, members.len()));
    let wanted = usize::try_from(call.number("maxMembers"))
        .map_err(|_| ApiError::invalid("Max members must not be negative."))?;
    let listed = members.get(..members.len().min(wanted)).unwrap_or_default();
    if !listed.is_empty() {
        shown.set("memberResourceNames", book.resource_names(listed));
    }
    Ok(shown.into())
}

fn read_mask(text: Option<&str>) -> Result<Mask, ApiError> {
    let mask = Mask::parse("groupFields", text, &GROUP_READ_PATHS, PAGE)?;
    Ok(if mask.is_empty() {
        Mask::of(&DEFAULT_FIELDS)
    } else {
        mask
    })
}

fn answer_mask(body: &Map<String, Value>) -> Result<Mask, ApiError> {
    let mask = Mask::parse(
        "readGroupFields",
        text(body, "readGroupFields"),
        &GROUP_ANSWER_PATHS,
        PAGE,
    )?;
    Ok(if mask.is_empty() {
        Mask::of(&["groupType", "metadata", "name"])
    } else {
        mask
    })
}

fn user_group(call: &Call<'_>, resource_name: &str) -> Result<Group, ApiError> {
    let group = call.book()?.group(resource_name).ok_or_else(ApiError::not_found)?;
    if group.is_system {
        return Err(ApiError::invalid("Cannot modify a system contact group."));
    }
    Ok(group.clone())
}

/// A name that is not empty and that no other label of the user has.
fn checked_name(call: &Call<'_>, sent: &Map<String, Value>, own: Option<&str>) -> Result<String, ApiError> {
    let name = text(sent, "name").unwrap_or_default().trim();
    if name.is_empty() {
        return Err(ApiError::invalid("Contact group name must not be empty."));
    }
    let same = call
        .book()?
        .group_named(name, call.state.config.group_names_ignore_case);
    if same.is_some_and(|group| Some(group.resource_name.as_str()) != own) {
        return Err(ApiError::label_exists());
    }
    Ok(name.to_owned())
}

fn sent_group(body: &Map<String, Value>) -> Map<String, Value> {
    body.get("contactGroup")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn client_data(sent: &Map<String, Value>) -> Vec<Value> {
    sent.get("clientData")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}
