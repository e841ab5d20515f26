// SPDX-License-Identifier: GPL-3.0-or-later
//! Pages for people: the consent, and the address book as a phone shows it.

mod address_book;
mod card;
mod consent;
mod fields;
mod forms;
mod html;

pub use consent::{blocked_page, consent_page};
pub use html::error_page;

use crate::http::{Answer, Content, Request};
use crate::state::State;

/// The photo of somebody who has none.
const NOBODY: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><rect width=\"100\" height=\"100\" \
    fill=\"#a8c7fa\"/><circle cx=\"50\" cy=\"38\" r=\"18\" fill=\"#0b57d0\"/><path d=\"M14 92a36 34 0 0 1 72 0z\" \
    fill=\"#0b57d0\"/></svg>";

fn photo(state: &State, path: &str) -> Answer {
    let id = path
        .trim_start_matches("/photos/")
        .split('=')
        .next()
        .unwrap_or_default();
    let content = match state.photo(id) {
        Some(photo) => Content::Other(photo.media_type, photo.bytes.clone()),
        None => Content::Other("image/svg+xml", NOBODY.as_bytes().to_vec()),
    };
    Answer {
        status: 200,
        headers: Vec::new(),
        content,
    }
}

/// Serves the pages that are no method of Google's.
pub fn serve(state: &mut State, request: &Request) -> Answer {
    match (request.verb.as_str(), request.path.as_str()) {
        ("GET", "/") => address_book::page(state, request),
        ("POST", path) if path.starts_with("/phone/") => forms::submit(state, request),
        ("GET", path) if path.starts_with("/photos/") => photo(state, path),
        (_, path) => Answer::no_such_page(path),
    }
}
