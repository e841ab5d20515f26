// SPDX-License-Identifier: GPL-3.0-or-later
//! What stands behind the name: what somebody wrote there (`Jr.`), then the third party's name.

use super::CardChange;
use crate::card::{Card, Part};
use crate::text::same_as_typed;

/// Between what somebody wrote and ours.
const BETWEEN: &str = ", ";

/// Merges ours into what Google has: only where Dolibarr's changed, and behind what is not ours.
pub(super) fn merge_suffix(change: &mut CardChange, sent: Option<&Card>, desired: &str, google: &Card) {
    let google = google.name.suffix.as_str();
    let ours = sent.map_or("", |sent| sent.name.suffix.as_str());
    if sent.is_some() && same_as_typed(ours, desired) {
        return;
    }
    // What was there when the card was linked was never ours to take away.
    let was_there = sent.is_some_and(|sent| sent.found.contains(&Part::Suffix));
    let theirs = if was_there { google } else { without(google, ours) };
    let new = match (theirs, desired) {
        (theirs, "") => theirs.to_owned(),
        (theirs, ours) if holds(theirs, ours) => theirs.to_owned(),
        ("", ours) => ours.to_owned(),
        (theirs, ours) => format!("{theirs}{BETWEEN}{ours}"),
    };
    if !same_as_typed(&new, google) {
        change.name.suffix = Some(new);
    }
}

/// Whether Google has ours already, alone or behind what somebody wrote.
pub(super) fn holds(google: &str, ours: &str) -> bool {
    !ours.is_empty() && without(google, ours) != google
}

/// What Google has without ours at its end.
fn without<'a>(google: &'a str, ours: &str) -> &'a str {
    if same_as_typed(google, ours) {
        return "";
    }
    let before = google.strip_suffix(ours).filter(|_| !ours.is_empty());
    before.and_then(|before| before.strip_suffix(BETWEEN)).unwrap_or(google)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Name;
    use crate::merge::{agreed, merge, release};

    fn card(suffix: &str) -> Card {
        Card {
            name: Name {
                family: "Dupont".to_owned(),
                suffix: suffix.to_owned(),
                ..Name::default()
            },
            ..Card::default()
        }
    }

    /// What Google has after Dolibarr wanted `desired`, having wanted `sent` before.
    fn merged(sent: Option<&str>, desired: &str, google: &str) -> String {
        let google = card(google);
        let sent = sent.map(card);
        merge(sent.as_ref(), &card(desired), &google).apply(&google).name.suffix
    }

    #[test]
    fn the_company_comes_changes_and_goes() {
        assert_eq!(merged(None, "Acme", ""), "Acme");
        assert_eq!(merged(Some(""), "Acme", ""), "Acme");
        assert_eq!(merged(Some("Acme"), "Bcme", "Acme"), "Bcme");
        assert_eq!(merged(Some("Acme"), "", "Acme"), "");
    }

    #[test]
    fn what_somebody_wrote_there_stays() {
        assert_eq!(merged(None, "Acme", "Jr."), "Jr., Acme");
        assert_eq!(merged(Some("Acme"), "Bcme", "Jr., Acme"), "Jr., Bcme");
        assert_eq!(merged(Some("Acme"), "", "Jr., Acme"), "Jr.");
        assert_eq!(merged(Some(""), "", "Jr."), "Jr.");
        assert_eq!(merged(None, "", "Jr."), "Jr.");
        // Taken away or written otherwise on the phone: that stays while Dolibarr says the same.
        assert_eq!(merged(Some("Acme"), "Acme", ""), "");
        assert_eq!(merged(Some("Acme"), "Acme", "Acme Inc."), "Acme Inc.");
        assert_eq!(merged(Some("Acme"), "", "Acme Inc."), "Acme Inc.");
    }

    #[test]
    fn what_was_there_before_the_card_was_linked_is_no_companys_to_take() {
        let sent = agreed(None, &card("Acme"), &card("Acme"));
        assert!(sent.found.contains(&Part::Suffix));
        assert_eq!(merge(Some(&sent), &card(""), &card("Acme")), CardChange::default());
        assert_eq!(release(&sent, &card("Acme")), CardChange::default());
        let sent = agreed(Some(&sent), &card("Acme"), &card("Acme"));
        assert!(sent.found.contains(&Part::Suffix));
    }

    #[test]
    fn a_released_card_keeps_its_name_without_the_company() {
        let sent = agreed(None, &card("Acme"), &card("Jr."));
        let google = card("Jr., Acme");
        assert_eq!(release(&sent, &google).apply(&google), card("Jr."));
    }
}
