// SPDX-License-Identifier: GPL-3.0-or-later
//! `contactGroups.members.modify`: 200 does not mean done; the answer lists what was not.

use serde_json::{Map, Value};

use super::{Call, memberships};
use crate::book::accepts_members;
use crate::error::ApiError;
use crate::object::Object;
use crate::schema::MODIFY_MEMBERS;

const MOST: usize = 1000;

/// Adds contacts to a label and takes others off it.
pub fn modify(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let body = call.body(&MODIFY_MEMBERS, "")?;
    let (add, remove) = (
        names(&body, "resourceNamesToAdd"),
        names(&body, "resourceNamesToRemove"),
    );
    match add.len() + remove.len() {
        0 => return Err(ApiError::invalid("Must modify at least one contact group member.")),
        1..=MOST => {}
        _ => return Err(ApiError::invalid("Cannot modify more than 1000 contact group members.")),
    }
    if add.iter().any(|name| remove.contains(name)) {
        return Err(ApiError::invalid("Cannot add and remove the same contact."));
    }
    let group = format!("contactGroups/{}", call.segment);
    let takes = accepts_members(call.book()?.group(&group).ok_or_else(ApiError::not_found)?);
    if !add.is_empty() && !takes {
        return Err(memberships::deprecated());
    }

    let (mut not_found, mut last) = (Vec::new(), Vec::new());
    for (name, adds) in add
        .iter()
        .map(|name| (name, true))
        .chain(remove.iter().map(|name| (name, false)))
    {
        let Some(contact) = call.book()?.contact(name).cloned() else {
            not_found.push(name.clone());
            continue;
        };
        let has = contact.memberships.contains(&group);
        if has && !adds && contact.memberships.len() == 1 {
            last.push(name.clone());
        } else if has == adds {
            call.warnings.count("no_op_membership");
        } else {
            set_membership(call, contact.id, &group, adds);
            call.names.push(name.clone());
        }
    }
    call.names.push(group);
    let mut answer = Object::new();
    for (key, names) in [
        ("notFoundResourceNames", not_found),
        ("canNotRemoveLastContactGroupResourceNames", last),
    ] {
        answer.set_some(key, (!names.is_empty()).then_some(names));
    }
    Ok(answer.into())
}

fn set_membership(call: &mut Call<'_>, id: u64, group: &str, adds: bool) {
    let (bump, now) = (call.state.config.membership_bumps_etag, call.now());
    call.book_mut().change_memberships(id, now, bump, |memberships| {
        memberships.retain(|name| name != group);
        if adds {
            memberships.push(group.to_owned());
        }
    });
}

fn names(body: &Map<String, Value>, key: &str) -> Vec<String> {
    let list = body
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
