// SPDX-License-Identifier: GPL-3.0-or-later
//! What changed at Google: seen once, followed, and never taken for deleted.

use std::time::Duration;

use gcontacts_core::ResourceName;
use gcontacts_core::label::LabelSource;
use gcontacts_core::record::Link;
use gcontacts_engine::{Changes, Compared, Entry, compare, list_changes, read_card, rebase};
use gcontacts_people::{Deadline, Error};
use serde_json::json;

use crate::site::Site;

impl Site {
    fn changes(&self, token: &str, cursor: &str) -> Result<Changes, Error> {
        let deadline = Deadline::after(Duration::from_secs(10));
        self.wait(list_changes(&self.book(), deadline, &self.settings, token, cursor))
    }

    /// All pages of one look.
    fn look(&self, token: &str) -> Changes {
        let mut all = self.changes(token, "").unwrap();
        while !all.cursor.is_empty() {
            let next = self.changes(token, &all.cursor).unwrap();
            all.cards.extend(next.cards);
            (all.cursor, all.sync_token, all.calls) = (next.cursor, next.sync_token, all.calls + next.calls);
        }
        all
    }

    /// A contact beside its card as it is now.
    fn compared(&mut self, id: u64) -> Compared {
        let name = self.card_name(id);
        let deadline = Deadline::after(Duration::from_secs(10));
        let card = self
            .wait(read_card(&self.book(), deadline, &name, "FR"))
            .unwrap()
            .unwrap();
        let link: &mut Link = self.links.get_mut(&id).unwrap();
        link.person = Some(card.person);
        compare(
            &self.settings,
            &self.labels,
            vec![Entry::Record(Box::new(self.record(id)))],
        )
        .remove(0)
    }

    fn corrects_phone(&self, id: u64, number: &str) {
        let phones = json!([{"value": number, "type": "work"}]);
        self.phone_edit(id, &json!({"phoneNumbers": phones}));
    }
}

#[test]
fn only_what_changed_is_told_and_a_token_can_be_used_again() {
    let site = Site::with_cards(7);
    let first = site.look("");
    assert!(first.full && first.cards.len() == 7 && !first.sync_token.is_empty());
    let nothing = site.look(&first.sync_token);
    assert!(
        !nothing.full && nothing.cards.is_empty() && nothing.calls == 1,
        "{nothing:?}"
    );
    site.corrects_phone(3, "01 99 99 99 99");
    for _ in 0..2 {
        let changes = site.look(&first.sync_token);
        assert_eq!(changes.cards.len(), 1);
        assert_eq!(changes.cards[0].resource_name, site.card_name(3));
        let state = changes.cards[0].state("FR").unwrap().unwrap();
        assert!(!changes.cards[0].deleted && state.person.contains("01 99 99 99 99"));
        assert_eq!(state.etag, changes.cards[0].etag);
    }
}

#[test]
fn a_card_is_gone_only_by_its_tombstone() {
    let site = Site::with_cards(3);
    let token = site.look("").sync_token;
    let name = site.card_name(2);
    site.google.phone(json!({"op": "delete", "name": name}));
    let changes = site.look(&token);
    assert_eq!((changes.cards.len(), changes.cards[0].deleted), (1, true));
    assert_eq!(changes.cards[0].resource_name, name);
    assert_eq!(changes.cards[0].state("FR").unwrap(), None);
    // A full listing does not show it, and says nothing of it.
    assert!(site.look("").cards.iter().all(|card| !card.deleted));
}

#[test]
fn an_expired_token_begins_anew_by_its_reason() {
    let site = Site::with_cards(3);
    let token = site.look("").sync_token;
    site.google
        .order_fault(json!({"match": "people.connections.list", "times": 1, "action": "sync_expired"}));
    let changes = site.look(&token);
    assert!(
        changes.restarted && changes.full && changes.cards.len() == 3 && changes.calls == 2,
        "{changes:?}"
    );
    assert!(site.look(&changes.sync_token).cards.is_empty());
    // Another mistake with the same status is none of it.
    assert!(site.changes("garbage", "").is_err());
    assert!(site.changes(&token, "no cursor").is_err());
}

#[test]
fn cards_that_another_dolibarr_keeps_are_told() {
    let one = Site::with_cards(2);
    let other = one.beside("ffff");
    assert!(one.look("").cards.iter().all(|card| !card.of_another));
    assert!(other.look("").cards.iter().all(|card| card.of_another));
    let met = json!({"op": "create", "person": {"names": [{"familyName": "Met"}]}});
    one.google.phone(met);
    assert_eq!(other.look("").cards.iter().filter(|card| !card.of_another).count(), 1);
}

#[test]
fn a_changed_name_is_followed() {
    let site = Site::with_cards(2);
    let token = site.look("").sync_token;
    let before = site.card_name(1);
    site.google.phone(json!({"op": "relink", "name": before}));
    let changes = site.look(&token);
    let card = changes.cards.iter().find(|card| !card.deleted).unwrap();
    assert_ne!(card.resource_name, before);
    assert_eq!(card.previous, [ResourceName(before)]);
}

#[test]
fn notation_of_googles_own_is_no_difference() {
    let mut site = Site::with_cards(1);
    let card = site.card("Name1");
    let email = card["emailAddresses"][0]["value"].as_str().unwrap().to_uppercase();
    site.phone_edit(
        1,
        &json!({"emailAddresses": [{"value": email, "type": "work", "displayName": "New"}]}),
    );
    let compared = site.compared(1);
    assert!(
        compared.compared && compared.comparison.changed.is_empty(),
        "{compared:#?}"
    );
    assert!(compared.comparison.rows.iter().all(|row| !row.differs));
}

#[test]
fn a_correction_is_told_and_settled_either_way() {
    let mut site = Site::with_cards(1);
    site.corrects_phone(1, "01 99 99 99 99");
    site.phone_edit(1, &json!({"nicknames": [{"value": "Nick"}]}));
    let compared = site.compared(1);
    assert_eq!(compared.comparison.changed, ["phone_pro"]);
    assert!(
        compared
            .comparison
            .only_at_google
            .iter()
            .any(|extra| extra.text == "Nick")
    );
    let keys = ["phone_pro".to_owned()];
    let record = Entry::Record(Box::new(site.record(1)));
    let base = rebase(&site.settings, &record, &keys).unwrap();
    site.links.get_mut(&1).unwrap().sent = Some(base);
    let drained = site.drain();
    assert_eq!(drained.row(1).changed, Vec::<String>::new());
    assert!(drained.row(1).clashes.is_empty());
    assert_eq!(site.card("Name1")["phoneNumbers"][0]["value"], "01 23 45 67 89");
    assert!(site.compared(1).comparison.rows.iter().all(|row| !row.differs));
}

#[test]
fn labels_that_are_missing_or_too_many_are_named() {
    let mut site = Site::with_cards(1);
    site.settings.my_contacts = true;
    site.drain();
    let told = |site: &mut Site| {
        let compared = site.compared(1);
        (compared.labels_missing, compared.labels_extra)
    };
    assert_eq!(told(&mut site), (vec![], vec![]));
    let name = site.card_name(1);
    let container = site.labels[0].name.clone();
    let ours = site.labels[0].resource_name.0.clone();
    let change = |site: &Site, op: &str, group: &str| {
        site.google.phone(json!({"op": op, "name": name, "group": group}));
    };
    change(&site, "remove_from_group", &ours);
    assert_eq!(told(&mut site), (vec![container.clone()], vec![]));
    change(&site, "add_to_group", &ours);
    change(&site, "remove_from_group", "contactGroups/myContacts");
    assert_eq!(told(&mut site), (vec!["myContacts".to_owned()], vec![]));
    // A label of ours that nothing asks for any more.
    site.labels[0].source = LabelSource::Category;
    site.labels[0].source_id = 7;
    assert_eq!(told(&mut site).1, vec![container]);
}

#[test]
fn what_still_differs_is_told_with_each_outcome() {
    let mut site = Site::with_cards(1);
    site.corrects_phone(1, "01 99 99 99 99");
    site.contact(1).job_title = "Director".to_owned();
    let drained = site.drain();
    assert_eq!(drained.row(1).changed, ["phone_pro"]);
}

#[test]
fn a_record_without_a_card_says_why() {
    let mut site = Site::with_cards(1);
    site.contact(1).private = true;
    assert_eq!(site.compared(1).reason, "private");
    site.contact(1).private = false;
    site.links.get_mut(&1).unwrap().person = None;
    let entry = Entry::Record(Box::new(site.record(1)));
    assert_eq!(compare(&site.settings, &[], vec![entry]).remove(0).reason, "no_card");
}

#[test]
fn a_token_is_good_until_an_hour_before_it_is_seven_days_old() {
    let mut site = Site::with_cards(2);
    let first = site.look("");
    site.google.advance_clock(7 * 86_400 - 3600);
    site.renew_token();
    site.corrects_phone(1, "01 99 99 99 99");
    let late = site.changes(&first.sync_token, "").unwrap();
    assert_eq!((late.full, late.restarted, late.cards.len()), (false, false, 1));
    site.google.advance_clock(2 * 3600);
    site.renew_token();
    let too_late = site.changes(&first.sync_token, "").unwrap();
    assert!(too_late.full && too_late.restarted);
    assert!(too_late.cards.iter().all(|card| !card.deleted), "a gap deletes nobody");
}
