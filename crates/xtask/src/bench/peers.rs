// SPDX-License-Identifier: GPL-3.0-or-later
//! The same export by others: Google's own Python client, and one call per contact with PHP's curl.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::export::{calls_floor, count};
use super::figure::{Beside, Figure};
use super::ground::{Calls, Cost, Ground, LATENCY, write};
use super::{list, script, text};

/// What share of the Python client's processor time ours may take.
const SHARE: f64 = 0.2;

/// So many contacts are sent one by one at most, for it takes long.
const ONE_BY_ONE: usize = 1000;

/// The label by which a phone knows its contacts: its name, and its resource name.
const MY_CONTACTS: (&str, &str) = ("myContacts", "contactGroups/myContacts");

const PYTHON: &str = "Google's Python client, batches of 200";
const CURL: &str = "PHP's curl, a call each";

/// Measures the peers beside ours.
pub fn peers(ground: &Ground<'_>, contacts: u64, show: &impl Fn(Vec<Figure>)) -> Result<()> {
    let labels = ground.contacts(contacts, 0)?;
    ground.configure(&json!({"log_bodies": true}))?;
    let (whole, _) = ground.at_latency(LATENCY, || ground.gcontacts(&["export"]))?;
    let wanted = wanted(&ground.get("/_log")?)?;
    let records = ground.file("records.json");
    ground.prepare("export/records.php", &[records.display().to_string()])?;
    let people = ground.file("people.json");
    write(&people, &wanted)?;

    let ours = client(ground, LATENCY, |token| {
        let mut command = ground.php_alone();
        command.arg(script("export/extension.php")).arg(&records).arg(token);
        command
    })?;
    let python = |latency| {
        client(ground, latency, |token| {
            let mut command = Command::new(&ground.python);
            command.arg(script("export/google_client.py"));
            command.arg(&people).arg(ground.emulator()).arg(token);
            command
        })
    };
    let (theirs, at_once) = (python(LATENCY)?, python(0)?);
    show(versus_python(contacts, labels, &whole, &ours, &theirs, &at_once));

    let some = ground.file("some_people.json");
    let mut one_by_one = wanted;
    if let Some(people) = one_by_one.get_mut("people").and_then(Value::as_array_mut) {
        people.truncate(ONE_BY_ONE);
    }
    write(&some, &one_by_one)?;
    let curl = client(ground, 0, |token| {
        let mut command = Command::new("php");
        command.args(["-d", "memory_limit=-1"]).arg(script("export/curl.php"));
        command.arg(&some).arg(ground.emulator()).arg(token);
        command
    })?;
    show(versus_curl(&one_by_one, labels, &curl));
    Ok(())
}

fn versus_python(
    contacts: u64,
    labels: u64,
    whole: &Cost,
    ours: &(Cost, Calls),
    theirs: &(Cost, Calls),
    at_once: &(Cost, Calls),
) -> Vec<Figure> {
    let peer = |what: &str, value: f64| Beside::Peer(format!("{PYTHON}{what}"), value);
    let name = |what: &str| format!("export_{contacts}_{what}");
    vec![
        Figure {
            name: name("by_python_calls"),
            value: count(theirs.1.all),
            unit: "calls",
            aim: None,
            beside: Beside::Floor("labels and batches".to_owned(), count(calls_floor(contacts, labels, 0))),
        },
        Figure {
            name: name("by_python_at_0_ms"),
            value: at_once.0.seconds,
            unit: "s",
            aim: None,
            beside: Beside::Floor("calls of 0 ms".to_owned(), 0.0),
        },
        Figure {
            name: name("beside_python_at_100_ms"),
            value: whole.seconds,
            unit: "s",
            aim: None,
            beside: peer("; it has no database", theirs.0.seconds),
        },
        Figure {
            name: name("client_processor"),
            value: ours.0.processor,
            unit: "s",
            aim: Some(SHARE * theirs.0.processor),
            beside: peer("", theirs.0.processor),
        },
        Figure {
            name: name("dolibarr_processor"),
            value: whole.processor,
            unit: "s",
            aim: None,
            beside: peer("; it has no database", theirs.0.processor),
        },
    ]
}

fn versus_curl(wanted: &Value, labels: u64, curl: &(Cost, Calls)) -> Vec<Figure> {
    let contacts = list(wanted, "/people").map_or(0, <[_]>::len) as u64;
    let floor = count(calls_floor(contacts, labels, 0));
    vec![
        Figure {
            name: format!("export_{contacts}_by_curl_calls"),
            value: count(curl.1.all),
            unit: "calls",
            aim: None,
            beside: Beside::Floor(format!("{CURL}; in batches"), floor),
        },
        Figure {
            name: format!("export_{contacts}_by_curl_at_0_ms"),
            value: curl.0.seconds,
            unit: "s",
            aim: None,
            beside: Beside::Floor(
                format!("and {} s more at {LATENCY} ms a call", curl.1.all * LATENCY / 1000),
                0.0,
            ),
        },
        Figure {
            name: format!("export_{contacts}_by_curl_processor"),
            value: curl.0.processor,
            unit: "s",
            aim: None,
            beside: Beside::Floor("no processor time".to_owned(), 0.0),
        },
    ]
}

/// Runs a client against an empty account.
fn client(ground: &Ground<'_>, latency: u64, command: impl FnOnce(&str) -> Command) -> Result<(Cost, Calls)> {
    let token = ground.empty_account()?;
    let command = command(&token);
    ground.at_latency(latency, || ground.cost(&command))
}

/// The persons that our export sent, with their labels by name, and the fields that it had returned.
fn wanted(log: &Value) -> Result<Value> {
    let entries = list(log, "/entries")?;
    let of = |method: &'static str| {
        let is_of = move |entry: &&Value| entry.get("method").is_some_and(|its| its == method);
        entries.iter().filter(is_of)
    };
    let mut labels = BTreeMap::from([(MY_CONTACTS.1, MY_CONTACTS.0)]);
    for entry in of("contactGroups.create") {
        labels.insert(text(entry, "/names/0")?, text(entry, "/body/contactGroup/name")?);
    }
    let (mut people, mut fields) = (Vec::new(), "");
    for entry in of("people.batchCreateContacts") {
        fields = text(entry, "/body/readMask")?;
        for contact in list(entry, "/body/contacts")? {
            people.push(person(contact, &labels)?);
        }
    }
    let made: Vec<&str> = labels.into_values().filter(|name| *name != MY_CONTACTS.0).collect();
    Ok(json!({"labels": made, "fields": fields, "people": people}))
}

fn person(contact: &Value, labels: &BTreeMap<&str, &str>) -> Result<Value> {
    let mut body = contact.get("contactPerson").cloned().context("no person")?;
    let names: Vec<&str> = list(&body, "/memberships")?
        .iter()
        .filter_map(|item| {
            item.pointer("/contactGroupMembership/contactGroupResourceName")?
                .as_str()
        })
        .filter_map(|group| labels.get(group).copied())
        .collect();
    let names = json!(names);
    if let Some(members) = body.as_object_mut() {
        members.remove("memberships");
    }
    Ok(json!({"labels": names, "body": body}))
}
