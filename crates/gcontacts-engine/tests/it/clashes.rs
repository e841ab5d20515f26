// SPDX-License-Identifier: GPL-3.0-or-later
//! Both sides change the same part, and a card is deleted at Google: whose word holds is a setting.

use gcontacts_core::merge::{Clash, ClashRule};
use gcontacts_engine::{Action, Outcome};
use serde_json::json;

use crate::site::Site;

/// A contact whose family name and number were changed on both sides, after one drain.
fn clashed(rule: ClashRule) -> (Site, Outcome) {
    let mut site = Site::with_cards(1);
    site.settings.clash = rule;
    let names = json!([{"givenName": "Ann", "familyName": "Phone"}]);
    let phones = json!([{"value": "01 99 99 99 99", "type": "work"}]);
    site.phone_edit(1, &json!({"names": names, "phoneNumbers": phones}));
    site.contact(1).lastname = "Dolibarr".to_owned();
    site.contact(1).phone_pro = "01 88 88 88 88".to_owned();
    site.contact(1).job_title = "Director".to_owned();
    let drained = site.drain();
    let row = drained.row(1).clone();
    (site, row)
}

fn numbers(site: &Site, family: &str) -> Vec<String> {
    let phones = site.card(family)["phoneNumbers"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let mut numbers: Vec<_> = phones
        .iter()
        .map(|phone| phone["value"].as_str().unwrap().to_owned())
        .collect();
    numbers.sort();
    numbers
}

fn both(rule: ClashRule) -> Vec<Clash> {
    let clash = |part: &str, dolibarr: &str, google: &str| Clash {
        rule,
        ..Clash::new(part, dolibarr, google)
    };
    vec![
        clash("family", "Dolibarr", "Phone"),
        clash("phone_pro", "01 88 88 88 88", "01 99 99 99 99"),
    ]
}

#[test]
fn dolibarr_wins_and_the_clash_is_told() {
    let (mut site, row) = clashed(ClashRule::Dolibarr);
    assert_eq!(row.clashes, both(ClashRule::Dolibarr));
    assert_eq!(numbers(&site, "Dolibarr"), ["01 88 88 88 88", "01 99 99 99 99"]);
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn google_s_word_is_kept_and_everything_else_is_sent() {
    let (mut site, row) = clashed(ClashRule::Google);
    assert_eq!(row.clashes, both(ClashRule::Google));
    assert_eq!(numbers(&site, "Phone"), ["01 99 99 99 99"]);
    assert_eq!(site.card("Phone")["organizations"][0]["title"], "Director");
    // No ping-pong, also when something else is edited; the open clashes are told again.
    assert_eq!(site.drain().sent.calls, 0);
    site.contact(1).job_title = "Chair".to_owned();
    let again = site.drain();
    assert_eq!(again.row(1).clashes, both(ClashRule::Google));
    assert_eq!(numbers(&site, "Phone"), ["01 99 99 99 99"]);
    // A new word of Dolibarr's goes.
    site.contact(1).lastname = "Anew".to_owned();
    site.contact(1).phone_pro = "01 77 77 77 77".to_owned();
    assert_eq!(site.drain().row(1).clashes, []);
    assert_eq!(numbers(&site, "Anew"), ["01 77 77 77 77", "01 99 99 99 99"]);
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn a_question_holds_back_each_new_word_until_it_is_answered() {
    let (mut site, row) = clashed(ClashRule::Ask);
    assert_eq!(row.clashes, both(ClashRule::Ask));
    site.contact(1).lastname = "Anew".to_owned();
    let again = site.drain();
    assert_eq!(again.row(1).clashes[0].dolibarr, "Anew");
    assert_eq!(numbers(&site, "Phone"), ["01 99 99 99 99"]);
    // Somebody takes Google's.
    site.contact(1).lastname = "Phone".to_owned();
    site.contact(1).phone_pro = "01 99 99 99 99".to_owned();
    assert_eq!(site.drain().row(1).clashes, []);
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn a_clash_is_found_at_the_second_try_too() {
    // The stored person knows nothing of the phone's edit: the etag is stale, and the card is merged once more.
    let mut site = Site::with_cards(1);
    site.settings.clash = ClashRule::Ask;
    let edit = json!({"set": {"names": [{"givenName": "Ann", "familyName": "Phone"}]}});
    site.google
        .order_fault(json!({"match": "people.updateContact", "action": {"concurrent_edit": edit}}));
    site.contact(1).lastname = "Dolibarr".to_owned();
    let drained = site.drain();
    assert_eq!(drained.row(1).clashes.len(), 1, "{:?}", drained.row(1));
    assert_eq!(site.cards()[0]["names"][0]["familyName"], "Phone");
}

#[test]
fn a_card_that_is_to_stay_deleted_is_not_made_again() {
    let mut site = Site::with_cards(1);
    site.google.phone(json!({"op": "delete", "name": site.card_name(1)}));
    site.links.get_mut(&1).unwrap().removed = true;
    site.contact(1).job_title = "Director".to_owned();
    let drained = site.drain();
    let intent = drained.intent(1);
    assert_eq!(
        (intent.action, intent.reason.as_str()),
        (Action::LeftOut, "removed_at_google")
    );
    assert_eq!((drained.sent.calls, site.cards().len()), (0, 0));
    // A contact that is gone is no question any more.
    site.delete(1);
    assert_eq!(site.drain().intent(1).action, Action::Delete);
}
