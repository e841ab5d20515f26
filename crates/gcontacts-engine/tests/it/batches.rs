// SPDX-License-Identifier: GPL-3.0-or-later
//! Many cards in few calls, and one bad card among them.

use gcontacts_engine::Verdict;
use people_emulator::Config;
use serde_json::json;

use crate::site::Site;

const BATCH_CREATE: &str = "people.batchCreateContacts";
const BATCH_UPDATE: &str = "people.batchUpdateContacts";

#[test]
fn five_go_one_by_one_and_six_together() {
    let mut site = Site::new();
    site.add(5);
    site.drain().is_done();
    assert_eq!((site.calls("people.createContact"), site.calls(BATCH_CREATE)), (5, 0));
    let mut site = Site::new();
    site.add(6);
    site.drain().is_done();
    assert_eq!((site.calls("people.createContact"), site.calls(BATCH_CREATE)), (0, 1));
}

#[test]
fn two_hundred_and_one_take_two_calls_and_their_answers_come_in_any_order() {
    let mut site = Site::with(Config {
        shuffle_batch_create: true,
        shuffle_items: true,
        ..Config::of_environment().unwrap()
    });
    site.add(203);
    let drained = site.drain();
    drained.is_done();
    // The label, two batches.
    assert_eq!(drained.sent.calls, 3);
    let cards = site.cards();
    assert_eq!(cards.len(), 203);
    for card in cards {
        let name = card["names"][0]["familyName"].as_str().unwrap();
        let id: u64 = name.strip_prefix("Name").unwrap().parse().unwrap();
        assert_eq!(card["resourceName"], json!(site.card_name(id)), "{name}");
    }
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn changes_of_different_fields_go_together_and_clear_nothing() {
    let mut site = Site::set(&json!({"batch_all_or_nothing": true}));
    site.add(12);
    site.drain().is_done();
    site.google.clear_log();
    site.phone_edit(12, &json!({"nicknames": [{"value": "Twelve"}]}));
    for id in 1..=4 {
        site.contact(id).job_title = "Director".to_owned();
        site.contact(id + 4).email = format!("new{id}@example.com");
        site.contact(id + 8).phone_pro = String::new();
    }
    let drained = site.drain();
    assert!(
        drained.sent.outcomes.iter().all(|row| row.result == Verdict::Done),
        "{:?}",
        drained.results()
    );
    // Number 12 was changed at Google: refused, read, sent again.
    assert_eq!(
        (
            site.calls(BATCH_UPDATE),
            site.calls("people.get"),
            site.calls("people.updateContact")
        ),
        (2, 1, 1)
    );
    for id in 1..=12 {
        let card = site.card(&format!("Name{id}"));
        let title = if id <= 4 { "Director" } else { "Buyer" };
        let email = if (5..=8).contains(&id) {
            format!("new{}@example.com", id - 4)
        } else {
            format!("name{id}@example.com")
        };
        assert_eq!(card["organizations"][0]["title"], title, "{id}");
        assert_eq!(card["emailAddresses"][0]["value"], email, "{id}");
        assert_eq!(card.get("phoneNumbers").is_none(), id > 8, "{id}");
        assert_eq!(site.labels_of(&card), ["Onelog", "myContacts"]);
    }
    assert_eq!(site.card("Name12")["nicknames"][0]["value"], "Twelve");
    assert_eq!(site.drain().sent.calls, 0);
}

fn with_a_bad_mail(batch_all_or_nothing: bool) -> Site {
    let refused_values = vec!["bad@".to_owned()];
    let mut site = Site::with(Config {
        refused_values,
        batch_all_or_nothing,
        ..Config::of_environment().unwrap()
    });
    site.add(12);
    site.contact(4).email = "bad@example.com".to_owned();
    site
}

#[test]
fn one_bad_card_in_a_batch_costs_itself_and_two_calls() {
    let mut site = with_a_bad_mail(true);
    site.account.refusals_are_whole = true;
    let drained = site.drain();
    for row in &drained.sent.outcomes {
        let expected = if row.id == 4 { Verdict::Refused } else { Verdict::Done };
        assert_eq!(row.result, expected, "{row:?}");
    }
    assert_eq!(drained.row(4).reason, "invalid_value");
    assert!(!drained.row(4).message.is_empty());
    // The label; the batch, and the batch without it.
    assert_eq!(drained.sent.calls, 3);
    assert_eq!(site.cards().len(), 11);
    site.contact(4).email = "good@example.com".to_owned();
    site.drain().is_done();
    assert_eq!(site.cards().len(), 12);
}

#[test]
fn where_google_made_the_good_ones_of_a_refused_batch_they_are_not_made_twice() {
    let mut site = with_a_bad_mail(false);
    let drained = site.drain();
    assert_eq!(drained.row(4).result, Verdict::Refused);
    let others = drained.sent.outcomes.iter().filter(|row| row.id != 4);
    for row in others {
        assert_eq!((row.result, row.reason.as_str()), (Verdict::Unknown, "batch_refused"));
    }
    assert_eq!(site.resolve().found.len(), 11);
    assert_eq!(site.cards().len(), 11);
    site.contact(7).job_title = "Director".to_owned();
    let again = site.drain_some(
        &[1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12],
        std::time::Duration::from_secs(10),
    );
    assert!(again.sent.outcomes.iter().all(|row| row.result == Verdict::Done));
    assert_eq!(site.calls(BATCH_CREATE), 1);
    assert_eq!(site.cards().len(), 11);
}

#[test]
fn a_bad_card_that_google_does_not_name_is_found_by_halving() {
    let mut site = Site::new();
    site.add(12);
    site.contact(4).email = "bad@example.com".to_owned();
    let refusal = json!({"error": {"http": 400, "status": "INVALID_ARGUMENT", "message": "Request contains an invalid argument."}});
    site.google
        .order_fault(json!({"match": "people.*", "times": 0, "body_contains": "bad@example.com", "action": refusal}));
    let drained = site.drain();
    for row in &drained.sent.outcomes {
        let expected = if row.id == 4 { Verdict::Refused } else { Verdict::Done };
        assert_eq!(row.result, expected, "{row:?}");
    }
    assert_eq!(site.cards().len(), 11);
}

#[test]
fn a_bad_change_in_a_batch_costs_only_itself() {
    for batch_all_or_nothing in [true, false] {
        let refused_values = vec!["bad@".to_owned()];
        let mut site = Site::with(Config {
            refused_values,
            batch_all_or_nothing,
            ..Config::of_environment().unwrap()
        });
        site.add(8);
        site.drain().is_done();
        for id in 1..=8 {
            site.contact(id).email = format!("{}{id}@example.com", if id == 4 { "bad@" } else { "new" });
        }
        let drained = site.drain();
        for row in &drained.sent.outcomes {
            let expected = if row.id == 4 { Verdict::Refused } else { Verdict::Done };
            assert_eq!(row.result, expected, "{row:?}");
        }
        assert_eq!(site.card("Name5")["emailAddresses"][0]["value"], "new5@example.com");
        assert_eq!(site.card("Name4")["emailAddresses"][0]["value"], "name4@example.com");
    }
}

#[test]
fn cards_deleted_at_google_do_not_hold_up_the_batch() {
    let mut site = Site::with_cards(8);
    for id in [2, 5] {
        site.google.phone(json!({"op": "delete", "name": site.card_name(id)}));
    }
    for id in 1..=8 {
        site.contact(id).job_title = "Director".to_owned();
    }
    let drained = site.drain();
    for row in &drained.sent.outcomes {
        let expected = if [2, 5].contains(&row.id) {
            (Verdict::Later, "not_found")
        } else {
            (Verdict::Done, "")
        };
        assert_eq!((row.result, row.reason.as_str()), expected);
    }
    site.drain().is_done();
    assert_eq!(site.cards().len(), 8);
}

#[test]
fn a_batch_whose_answer_was_lost_is_looked_for() {
    let mut site = Site::new();
    site.add(30);
    site.google
        .order_fault(json!({"match": BATCH_CREATE, "action": "drop_after"}));
    let drained = site.drain();
    assert!(drained.sent.outcomes.iter().all(|row| row.result == Verdict::Unknown));
    assert_eq!(site.resolve().found.len(), 30);
    site.drain().is_done();
    assert_eq!(site.cards().len(), 30);
    assert_eq!(site.calls(BATCH_CREATE), 1);
}
