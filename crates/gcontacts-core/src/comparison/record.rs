// SPDX-License-Identifier: GPL-3.0-or-later
//! The comparison of a whole contact: with the fields that stand on the card as another one's value.

use super::rows::key_of;
use super::{Changed, Comparison, Row, compare};
use crate::card::{Field, Value};
use crate::desired::stated;
use crate::{Card, Company, Contact, Settings};

/// Compares a contact with its card; see [`compare`]. `desired` is what the contact wants of its card.
///
/// A value that is typed in two fields stands on the card once. Its second field agrees with whatever the first one does.
#[must_use]
pub fn compare_record(
    contact: &Contact,
    company: Option<&Company>,
    settings: &Settings,
    sent: Option<&Card>,
    desired: &Card,
    google: &Card,
) -> Comparison {
    let mut comparison = compare(sent, desired, google);
    let twins = stated(contact, company, settings)
        .into_iter()
        .filter_map(|value| Some((value.field?, value)));
    for (field, value) in twins {
        let key = key_of(field, &value);
        if field == Field::Organization
            || desired
                .values
                .iter()
                .any(|known| known.field == Some(field) && is_key(known, &key))
        {
            continue;
        }
        if let Some(row) = comparison.rows.iter_mut().find(|row| row.key == key) {
            row.dolibarr = value.content.text();
            continue;
        }
        let first = desired
            .values
            .iter()
            .find(|known| known.identity().is(&value.identity()));
        if let Some(first) = first {
            comparison.rows.push(twin(key, field, &value, first));
        }
    }
    let order = |row: &Row| {
        ORDER
            .iter()
            .position(|key| row.key.starts_with(key))
            .unwrap_or(ORDER.len())
    };
    comparison.rows.sort_by_key(order);
    comparison
}

fn is_key(value: &Value, key: &str) -> bool {
    value.field.is_some_and(|field| key_of(field, value) == key)
}

/// The row of a field whose value stands on the card as another field's.
fn twin(key: String, field: Field, value: &Value, first: &Value) -> Row {
    Row {
        key,
        of_company: field.is_company(),
        dolibarr: value.content.text(),
        google: String::new(),
        changed: Changed::Nobody,
        differs: false,
        takeable: false,
        sendable: false,
        same_as: first.field.map(|field| key_of(field, first)),
        address: None,
    }
}

/// The fields as Dolibarr's pages have them; a key that another one begins with comes after it.
const ORDER: [&str; 21] = [
    "lastname",
    "firstname",
    "civility",
    "job_title",
    "phone_pro",
    "phone_perso",
    "phone_mobile",
    "fax",
    "email",
    "address",
    "birthday",
    "url",
    "social_network",
    "note",
    "company_name",
    "company_phone",
    "company_fax",
    "company_email",
    "company_address",
    "company_url",
    "page",
];
