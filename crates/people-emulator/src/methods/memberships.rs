// SPDX-License-Identifier: GPL-3.0-or-later
//! The labels that a written person names.

use crate::book::{Book, accepts_members};
use crate::error::ApiError;

/// Checks labels that a person is to have; those it has already are always allowed.
///
/// # Errors
/// A label that does not exist, or a system label that takes no new contacts.
pub fn check(book: &Book, wanted: &[String], present: &[String]) -> Result<Vec<String>, ApiError> {
    let mut checked: Vec<String> = Vec::new();
    for name in wanted {
        let group = book
            .group(name)
            .ok_or_else(|| ApiError::invalid(format!("Contact group \"{name}\" does not exist.")))?;
        if !accepts_members(group) && !present.contains(name) {
            return Err(deprecated());
        }
        if !checked.contains(name) {
            checked.push(name.clone());
        }
    }
    Ok(checked)
}

/// 400: Google's elder labels only lose contacts.
pub fn deprecated() -> ApiError {
    ApiError::invalid("Cannot add contacts to deprecated system contact group.")
}
