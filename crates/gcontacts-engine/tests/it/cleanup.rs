// SPDX-License-Identifier: GPL-3.0-or-later
//! Taking back what came from Dolibarr, and nothing else.

use std::time::Duration;

use gcontacts_core::ResourceName;
use gcontacts_core::record::{Link, Origin};
use gcontacts_engine::{
    Account, Action, LabelFate, Outcome, Sent, SystemClock, Trace, Verdict, delete_empty_labels, plan_clean_up, send,
};
use gcontacts_people::Deadline;
use serde_json::{Value, json};

use crate::site::Site;

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(10))
}

impl Site {
    /// What the links tell, as PHP hands it over.
    pub fn traces(&self) -> Vec<Trace> {
        let trace = |(id, link): (&u64, &Link)| {
            let person: Value = serde_json::from_str(link.person.as_deref().unwrap_or("{}")).unwrap();
            Trace {
                element_type: "contact".to_owned(),
                id: *id,
                resource_name: link.resource_name.clone().unwrap(),
                source_id: person["metadata"]["sources"][0]["id"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                sent: link.sent.clone().unwrap_or_default(),
            }
        };
        self.links.iter().map(trace).collect()
    }

    pub fn clean_up(&self, traces: Vec<Trace>) -> Sent {
        let plan = plan_clean_up(self.settings.clone(), self.labels.clone(), traces).unwrap();
        self.wait(send(plan, Account::default(), &self.book(), &SystemClock, soon()))
    }

    pub fn clean_labels(&self) -> Vec<String> {
        let tried = self.wait(delete_empty_labels(&self.book(), soon(), &self.settings.instance, None));
        assert_eq!(tried.stopped, None);
        let deleted = tried
            .labels
            .into_iter()
            .filter(|label| label.fate == LabelFate::Deleted);
        deleted.map(|label| label.name).collect()
    }

    fn user_labels(&self) -> Vec<String> {
        let groups = self.google.state()["groups"].as_array().cloned().unwrap();
        let users = groups.iter().filter(|group| group["groupType"] == "USER_CONTACT_GROUP");
        users.map(|group| group["name"].as_str().unwrap().to_owned()).collect()
    }

    /// A card that the phone's user made, linked to contact `id` and sent.
    pub fn link_to_a_card_of_the_phone(&mut self, id: u64) {
        let made = self.google.phone(json!({"op": "create", "person": {
            "names": [{"givenName": "Ann", "familyName": format!("Name{id}")}],
            "phoneNumbers": [{"value": "06 99 99 99 99", "type": "mobile"}]}}));
        let link = Link {
            origin: Origin::Adopted,
            nonce: String::new(),
            resource_name: Some(ResourceName(made["resourceName"].as_str().unwrap().to_owned())),
            sent: None,
            person: None,
            removed: false,
        };
        self.links.insert(id, link);
    }
}

fn actions(sent: &Sent) -> Vec<(u64, Action, Verdict)> {
    sent.outcomes
        .iter()
        .map(|row| (row.id, row.action, row.result))
        .collect()
}

fn row(sent: &Sent, id: u64) -> &Outcome {
    sent.outcomes.iter().find(|row| row.id == id).unwrap()
}

#[test]
fn cards_that_were_made_go_and_the_others_only_let_go() {
    let mut site = Site::new();
    site.add(8);
    site.link_to_a_card_of_the_phone(8);
    site.drain();
    let sent = site.clean_up(site.traces());
    assert_eq!(row(&sent, 8).action, Action::Release, "{:?}", actions(&sent));
    assert!(
        sent.outcomes.iter().all(|row| row.result == Verdict::Done),
        "{:?}",
        actions(&sent)
    );
    let before: Value = serde_json::from_str(&row(&sent, 1).before).unwrap();
    assert_eq!(before["names"][0]["familyName"], "Name1");
    let card = site.card("Name8");
    assert_eq!(site.cards().len(), 1);
    assert_eq!(site.labels_of(&card), ["myContacts"]);
    for ours in ["emailAddresses", "urls", "organizations", "clientData"] {
        assert_eq!(card.get(ours), None, "{ours}");
    }
    assert_eq!(site.clean_labels(), ["Onelog"]);
    assert!(site.user_labels().is_empty());
}

#[test]
fn a_label_that_somebody_uses_or_made_stays() {
    let mut site = Site::new();
    site.google.phone(json!({"op": "create_group", "group": "Onelog"}));
    site.add(1);
    site.drain().is_sent();
    site.clean_up(site.traces());
    assert!(site.clean_labels().is_empty(), "it was there before");
    assert_eq!(site.user_labels(), ["Onelog"]);

    let mut site = Site::with_cards(1);
    let friend = site
        .google
        .phone(json!({"op": "create", "person": {"names": [{"givenName": "Zoe"}]}}));
    site.google
        .phone(json!({"op": "add_to_group", "name": friend["resourceName"], "group": "Onelog"}));
    site.clean_up(site.traces());
    site.links.clear();
    assert!(site.clean_labels().is_empty(), "a friend carries it");
    assert_eq!(site.user_labels(), ["Onelog"]);
}

#[test]
fn a_card_that_somebody_merged_into_theirs_is_not_deleted() {
    let site = Site::with_cards(2);
    let theirs = site.google.phone(json!({"op": "create", "person": {
        "names": [{"givenName": "Mum"}], "phoneNumbers": [{"value": "1"}]}}));
    site.google
        .phone(json!({"op": "merge", "name": theirs["resourceName"], "other": site.card_name(1)}));
    let sent = site.clean_up(site.traces());
    assert_eq!(row(&sent, 1).action, Action::Release, "{:?}", actions(&sent));
    let cards = site.cards();
    assert_eq!(cards.len(), 1);
    assert_eq!(cards[0]["names"][0]["givenName"], "Mum");
    assert_eq!(cards[0]["phoneNumbers"].as_array().unwrap().len(), 1);
    assert_eq!(cards[0].get("clientData"), None);
}

#[test]
fn a_card_under_another_name_goes_all_the_same() {
    let site = Site::with_cards(2);
    site.google.phone(json!({"op": "relink", "name": site.card_name(1)}));
    let sent = site.clean_up(site.traces());
    assert!(
        sent.outcomes
            .iter()
            .all(|row| row.result == Verdict::Done && row.action == Action::Delete)
    );
    assert!(site.cards().is_empty());
}

#[test]
fn cards_of_a_second_dolibarr_and_without_our_marker_are_not_deleted() {
    let site = Site::with_cards(2);
    site.phone_edit(
        1,
        &json!({"clientData": [{"key": "dolibarr", "value": "ffff:contact:1:00"}]}),
    );
    site.phone_edit(2, &json!({"clientData": []}));
    let sent = site.clean_up(site.traces());
    assert_eq!(
        actions(&sent),
        [(1, Action::Release, Verdict::Done), (2, Action::Release, Verdict::Done)]
    );
    let first = site.card("Name1");
    assert_eq!(first["clientData"][0]["value"], "ffff:contact:1:00");
    assert_eq!(site.cards().len(), 2);
}

#[test]
fn a_lost_answer_is_seen_the_next_time_and_what_is_gone_is_done() {
    let site = Site::with_cards(7);
    site.google
        .order_fault(json!({"match": "people.batchDeleteContacts", "action": "drop_after"}));
    let sent = site.clean_up(site.traces());
    assert!(
        sent.outcomes.iter().all(|row| row.result == Verdict::Later),
        "{:?}",
        actions(&sent)
    );
    assert!(sent.stopped.is_some());
    let sent = site.clean_up(site.traces());
    assert!(sent.outcomes.iter().all(|row| row.result == Verdict::Done));
    assert_eq!((site.cards().len(), sent.writes), (0, 0));
}

#[test]
fn the_marker_of_an_orphan_says_whether_it_was_there_before() {
    let mut site = Site::new();
    site.add(2);
    site.link_to_a_card_of_the_phone(2);
    site.drain();
    let traces = site.traces().into_iter().map(|trace| Trace {
        source_id: String::new(),
        sent: String::new(),
        ..trace
    });
    let sent = site.clean_up(traces.collect());
    assert_eq!(
        actions(&sent),
        [(1, Action::Delete, Verdict::Done), (2, Action::Release, Verdict::Done)]
    );
    let card = site.card("Name2");
    assert_eq!(
        (card.get("clientData"), site.labels_of(&card)),
        (None, vec!["myContacts".to_owned()])
    );
}
