// SPDX-License-Identifier: GPL-3.0-or-later
//! As few calls as Google's limits allow: 1000 cards a page, 200 cards a batch, a call for each new label.

use std::time::Duration;

use gcontacts_core::Company;
use gcontacts_core::company::Representative;
use serde_json::json;

use crate::site::{Site, contact};

/// Contacts that PHP plans and sends at a time.
const BATCH: u64 = 200;

/// What an export of so many contacts with so many new labels into an account of so many cards takes at the least.
fn floor(contacts: u64, labels: u64, cards: u64) -> u64 {
    1 + cards.div_ceil(1000).max(1) + labels + contacts.div_ceil(BATCH)
}

impl Site {
    /// Contacts of third parties whose representatives stand for `labels` labels, with that of the container.
    fn add_of_sellers(&mut self, contacts: u64, labels: u64) {
        self.settings.representative_labels = labels > 1;
        for id in 1..=contacts {
            let seller = id % (labels - 1).max(1);
            let company = Company {
                id: 1 + seller,
                name: "Acme".to_owned(),
                phone: "04 11 22 33 44".to_owned(),
                open: true,
                representatives: vec![Representative {
                    id: 1 + seller,
                    login: format!("seller{seller}"),
                }],
                ..Company::default()
            };
            self.contacts
                .insert(id, (Some(contact(&format!("Name{id}"))), Some(company)));
        }
    }

    /// Batch after batch, as PHP does.
    fn drain_in_batches(&mut self) {
        let ids: Vec<u64> = self.contacts.keys().copied().collect();
        for batch in ids.chunks(usize::try_from(BATCH).unwrap()) {
            self.drain_some(batch, Duration::from_secs(30)).is_done();
        }
    }

    /// All calls that the address book saw.
    fn all_calls(&self) -> u64 {
        self.google.log()["total"].as_u64().unwrap()
    }
}

#[test]
fn an_export_takes_the_fewest_calls() {
    for (contacts, labels, cards) in [(6, 1, 0), (200, 2, 7), (400, 4, 1000), (600, 1, 1001), (1000, 4, 2500)] {
        let mut site = Site::new();
        site.add_of_sellers(contacts, labels);
        if cards > 0 {
            site.google.seed(json!({ "n": cards }));
        }
        site.google.clear_log();
        site.listed();
        site.drain_in_batches();
        let calls = site.all_calls();
        assert_eq!(
            calls,
            floor(contacts, labels, cards),
            "{contacts} contacts, {labels} labels, {cards} cards"
        );
        site.drain_in_batches();
        assert_eq!(
            site.all_calls(),
            calls,
            "the same again takes no call: {contacts} contacts"
        );
    }
}

#[test]
fn a_few_contacts_beyond_the_last_batch_go_one_by_one() {
    // A batch is charged six units whatever its size, so up to five are cheaper alone.
    let mut site = Site::new();
    site.add_of_sellers(205, 1);
    site.drain_in_batches();
    assert_eq!(site.all_calls(), 1 + 1 + 5);
}

#[test]
fn a_third_party_is_followed_by_its_contacts_in_batches() {
    for contacts in [6, 200, 401] {
        let mut site = Site::new();
        site.add_of_sellers(contacts, 1);
        site.drain_in_batches();
        site.google.clear_log();
        for (_, company) in site.contacts.values_mut() {
            company.as_mut().unwrap().phone = "04 99 99 99 99".to_owned();
        }
        site.drain_in_batches();
        let alone = contacts % BATCH;
        let expected = if alone <= 5 {
            contacts / BATCH + alone
        } else {
            contacts.div_ceil(BATCH)
        };
        assert_eq!(site.all_calls(), expected, "{contacts} contacts");
    }
}
