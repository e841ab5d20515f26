// SPDX-License-Identifier: GPL-3.0-or-later
//! Pages for people: the consent, and the address book as a phone shows it.

mod consent;
mod html;

pub use consent::{blocked_page, consent_page};
pub use html::error_page;

use crate::http::{Answer, Request};
use crate::state::State;

/// Serves the pages that are no method of Google's.
pub fn serve(_state: &mut State, request: &Request) -> Answer {
    Answer::no_such_page(&request.path)
}
