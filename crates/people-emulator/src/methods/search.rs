// SPDX-License-Identifier: GPL-3.0-or-later
//! `people.searchContacts` and `otherContacts.search`: an index that follows the book only when an empty search asks it to.

use serde_json::{Value, json};

use super::Call;
use crate::book::{Contact, Standing};
use crate::error::ApiError;
use crate::mask::{Mask, OTHER_READ_PATHS, READ_PATHS};

const DEFAULT: usize = 10;
const MOST: usize = 30;
const FIELDS: [&str; 5] = ["names", "nicknames", "emailAddresses", "phoneNumbers", "organizations"];

/// Finds contacts that have a word with this beginning.
pub fn contacts(call: &mut Call<'_>) -> Result<Value, ApiError> {
    search(call, Standing::Contact, &READ_PATHS)
}

/// Finds other contacts.
pub fn others(call: &mut Call<'_>) -> Result<Value, ApiError> {
    search(call, Standing::Other, &OTHER_READ_PATHS)
}

fn search(call: &mut Call<'_>, standing: Standing, paths: &[&'static str]) -> Result<Value, ApiError> {
    let mask = Mask::required("readMask", call.text("readMask"), paths, "searchContacts")?;
    let wanted = call.text("query").unwrap_or_default().trim().to_lowercase();
    let size = match usize::try_from(call.number("pageSize")) {
        Ok(0) => DEFAULT,
        Ok(size) => size.min(MOST),
        Err(_) => return Err(ApiError::invalid_argument()),
    };
    if wanted.is_empty() {
        call.book_mut().refresh_search(standing);
        return Ok(json!({}));
    }
    let sources = call.sources();
    let found = call
        .book()?
        .searched(standing)
        .iter()
        .filter(|contact| matches(contact, &wanted))
        .take(size);
    let found = found
        .map(|contact| json!({"person": call.show(contact, &mask, sources)}))
        .collect::<Vec<_>>();
    Ok(if found.is_empty() {
        json!({})
    } else {
        json!({"results": found})
    })
}

fn matches(contact: &Contact, wanted: &str) -> bool {
    let items = FIELDS.iter().filter_map(|field| contact.fields.get(field)).flatten();
    let mut texts = items
        .flat_map(|item| item.values())
        .filter_map(Value::as_str)
        .map(str::to_lowercase);
    texts.any(|text| text.starts_with(wanted) || text.split_whitespace().any(|word| word.starts_with(wanted)))
}
