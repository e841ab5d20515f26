// SPDX-License-Identifier: GPL-3.0-or-later
//! What the `google` module of `DoliMods` left on the cards that it made: its marks, and what it made up.

use crate::identity::Kind;
use crate::merge::CardChange;
use crate::text::tidy;
use crate::{Card, Value};

/// The domain of the addresses that it made up where a contact had none.
pub(super) const MADE_UP: &str = "@noemail.com";

/// How the line begins that it put into the note.
const LINE: &str = "--- (do not delete) ---";

/// The contact that a mark names, for example `12/contact`.
#[must_use]
pub fn dolimods_contact(mark: &str) -> Option<u64> {
    let (id, element) = mark.trim().split_once('/')?;
    (element.trim() == "contact").then(|| id.trim().parse().ok()).flatten()
}

/// The contact that a line of the note names, for example `--- (do not delete) --- dolibarr_id = 12/contact`.
#[must_use]
pub fn dolimods_note(note: &str) -> Option<u64> {
    note.lines().find_map(of_line)
}

fn of_line(line: &str) -> Option<u64> {
    let (_, mark) = line.split_once(LINE)?;
    dolimods_contact(
        mark.trim()
            .strip_prefix("dolibarr_id")?
            .trim_start()
            .strip_prefix('=')?,
    )
}

/// What of a card is neither Dolibarr's nor its user's: made-up addresses, and the line in the note. `is_marked` says
/// whether it carries a mark beside that line; a card without any was not made by that module, and nothing of it is.
#[must_use]
pub fn dolimods_leftovers(card: &Card, is_marked: bool) -> Vec<String> {
    let addresses = made_up(card, is_marked).map(|value| value.content.text());
    let lines = card.note.lines().filter(|line| of_line(line).is_some());
    addresses.chain(lines.map(|line| line.trim().to_owned())).collect()
}

/// Has exactly that taken off too, beside what `change` does already. What Dolibarr itself says stays.
pub fn take_off_dolimods(change: &mut CardChange, desired: &Card, google: &Card, is_marked: bool) {
    for value in made_up(google, is_marked) {
        let goes = change.removed.iter().chain(change.replaced.iter().map(|(old, _)| old));
        if !desired
            .values
            .iter()
            .chain(goes)
            .any(|other| other.identity().is(&value.identity()))
        {
            change.removed.push(value.clone());
        }
    }
    let note = change.note.as_ref().unwrap_or(&google.note);
    if dolimods_note(note).is_some() && dolimods_note(&desired.note).is_none() {
        let rest: Vec<&str> = note.lines().filter(|line| of_line(line).is_none()).collect();
        change.note = Some(tidy(&rest.join("\n")));
    }
}

fn made_up(card: &Card, is_marked: bool) -> impl Iterator<Item = &Value> {
    let is_theirs = is_marked || dolimods_note(&card.note).is_some();
    let is_made_up = |value: &&Value| {
        let identity = value.identity();
        identity.kind == Kind::Email && identity.key.ends_with(MADE_UP)
    };
    card.values.iter().filter(move |value| is_theirs && is_made_up(value))
}
