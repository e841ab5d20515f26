// SPDX-License-Identifier: GPL-3.0-or-later
//! `/_state`: what an account holds, seen whole.

use serde_json::{Value, json};

use crate::book::{Contact, MY_CONTACTS};
use crate::config::User;
use crate::mask::{GROUP_READ_PATHS, Mask};
use crate::methods::show_group;
use crate::object::Object;
use crate::person::{View, view};
use crate::state::State;

/// Contacts, labels, trash and consents of an account.
pub fn of(state: &State, user: &User) -> Option<Value> {
    let book = state.book(user)?;
    let everything = Mask::everything();
    let how = View::complete(&everything, user, state);
    let show = |contact: &Contact| Value::from(Object::from(view(contact, &how)).with("origin", json!(contact.origin)));
    let contacts = book.by_last_change();
    let outside = |contact: &Contact| !contact.memberships.iter().any(|name| name == MY_CONTACTS);
    let group_mask = Mask::of(&GROUP_READ_PATHS);
    let counts = book.member_counts();
    let group = |group: &crate::book::Group| {
        let count = counts.get(&group.resource_name).copied().unwrap_or(0);
        Value::from(Object::from(show_group(group, &group_mask, count)).with("origin", json!(group.origin)))
    };
    let trash = book
        .trash()
        .map(|(contact, deleted)| Value::from(Object::from(show(contact)).with("deleted", deleted.rfc3339())));
    Some(json!({
        "user": user.email,
        "sub": user.sub,
        "contacts": contacts.iter().map(|contact| show(contact)).collect::<Vec<_>>(),
        "groups": book.groups().iter().map(group).collect::<Vec<_>>(),
        "trash": trash.collect::<Vec<_>>(),
        "outside_my_contacts":
            contacts.iter().filter(|contact| outside(contact)).map(|contact| &contact.resource_name).collect::<Vec<_>>(),
        "grants": state.grants.of_account(&user.sub),
    }))
}
