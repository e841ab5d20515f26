// SPDX-License-Identifier: GPL-3.0-or-later
//! The small forms of the address book: each is something done at the phone.

use serde_json::{Map, Value, json};

use super::fields::{self, CardField, NAME, ORGANIZATION};
use super::html;
use crate::book::Contact;
use crate::config::User;
use crate::http::{Answer, Request, first};
use crate::phone::{self, Operation};
use crate::state::State;

/// Does what a form says, and sends the browser back to the address book.
pub fn submit(state: &mut State, request: &Request) -> Answer {
    let form = request.form();
    let account = first(&form, "user").filter(|user| !user.is_empty());
    let done = state.account(account).and_then(|user| {
        let operation = operation(state, &user, &request.path, &form)?;
        phone::operate(state, &user, &operation)
    });
    match done {
        Ok(_) => Answer::redirect(303, back(&form)),
        Err(reason) => Answer::html(400, html::error_page(400, "Bad Request", &reason)),
    }
}

/// Only an address on this server.
fn back(form: &[(String, String)]) -> String {
    let wanted = first(form, "back").filter(|back| back.starts_with("/?"));
    wanted.unwrap_or("/").to_owned()
}

fn operation(state: &State, user: &User, path: &str, form: &[(String, String)]) -> Result<Operation, String> {
    let value = |name: &str| first(form, name).unwrap_or_default().to_owned();
    let name = value("name");
    match path {
        "/phone/create" => Ok(Operation::Create {
            person: new_person(form),
        }),
        "/phone/delete" => Ok(Operation::Delete { name }),
        "/phone/edit" => {
            let field = field(form)?;
            let mut items = items(&*phone::find(state, user, &name)?, field);
            let index = value("index")
                .parse::<usize>()
                .ok()
                .filter(|index| *index < items.len());
            let index = index.ok_or("no such value")?;
            if first(form, "remove").is_some() {
                items.remove(index);
            } else if let Some(item) = items.get_mut(index) {
                *item = retyped(field, item, form);
            }
            Ok(Operation::Edit {
                name,
                set: set([(field, items)]),
            })
        }
        "/phone/head" => {
            let contact = phone::find(state, user, &name)?;
            let parts = [&NAME, &ORGANIZATION].map(|field| {
                let mut items = items(&contact, field);
                let first = items.first().cloned().unwrap_or_else(|| json!({}));
                items.drain(..items.len().min(1));
                items.insert(0, retyped(field, &first, form));
                (field, items)
            });
            Ok(Operation::Edit { name, set: set(parts) })
        }
        "/phone/add" => {
            let field = field(form)?;
            let mut items = items(&*phone::find(state, user, &name)?, field);
            let label = if field.kind == "custom" { "key" } else { "type" };
            let mut item = json!({"value": value("value")});
            if let (Some(item), false) = (item.as_object_mut(), value("type").is_empty()) {
                item.insert(label.to_owned(), json!(value("type")));
            }
            items.push(item);
            Ok(Operation::Edit {
                name,
                set: set([(field, items)]),
            })
        }
        "/phone/label" => {
            let group = value("group");
            let has = phone::find(state, user, &name)?.memberships.contains(&group);
            Ok(if has {
                Operation::RemoveFromGroup { name, group }
            } else {
                Operation::AddToGroup { name, group }
            })
        }
        _ => Err(format!("no form {path}")),
    }
}

fn field(form: &[(String, String)]) -> Result<&'static CardField, String> {
    let kind = first(form, "kind").unwrap_or_default();
    fields::of_kind(kind).ok_or_else(|| format!("no kind of value {kind}"))
}

fn items(contact: &Contact, field: &CardField) -> Vec<Value> {
    let stored = contact.fields.get(field.field).cloned().unwrap_or_default();
    stored.into_iter().map(Value::Object).collect()
}

/// The item with the members of the form in place of its own; what the form does not show stays.
fn retyped(field: &CardField, item: &Value, form: &[(String, String)]) -> Value {
    let mut item = item.as_object().cloned().unwrap_or_default();
    for input in field.inputs {
        if let Some(typed) = first(form, &format!("{}.{}", field.kind, input.member)) {
            item.remove(input.member);
            if let Some(value) = fields::read(input, typed) {
                item.insert(input.member.to_owned(), value);
            }
        }
    }
    // What was put together from the parts no longer fits them.
    item.remove("formattedValue");
    if item.contains_key("country") {
        item.remove("countryCode");
    }
    Value::Object(item)
}

fn new_person(form: &[(String, String)]) -> Value {
    let all = [&NAME, &ORGANIZATION].into_iter().chain(fields::FIELDS.iter().take(2));
    set(all.map(|field| (field, vec![retyped(field, &json!({}), form)])))
}

fn set<'a>(parts: impl IntoIterator<Item = (&'a CardField, Vec<Value>)>) -> Value {
    let members = parts
        .into_iter()
        .map(|(field, items)| (field.field.to_owned(), Value::Array(items)));
    Value::Object(members.collect::<Map<_, _>>())
}
