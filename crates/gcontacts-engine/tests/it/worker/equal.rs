// SPDX-License-Identifier: GPL-3.0-or-later
//! Whether both sides are equal, and agree that they are.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Worker;

impl Worker {
    /// All cards of contacts, and nothing else of ours; nothing waits, and nothing is left to send.
    pub fn assert_equal(&mut self) {
        assert_eq!(self.outbox, BTreeMap::new(), "something waits");
        let cards = self.site.cards();
        let ours = |card: &&Value| card["clientData"][0]["key"] == "dolibarr";
        let ids: Vec<u64> = self.site.contacts.keys().copied().collect();
        let mut there = 0;
        for id in &ids {
            let Some(contact) = self.site.contacts[id].0.clone() else {
                continue;
            };
            let card = self.site.card(&contact.lastname);
            assert_eq!(
                card["resourceName"],
                json!(self.site.card_name(*id)),
                "{}",
                contact.lastname
            );
            assert_eq!(values(&card, "emailAddresses"), [contact.email.as_str()], "{card}");
            assert_eq!(values(&card, "phoneNumbers"), [contact.phone_pro.as_str()], "{card}");
            assert_eq!(card["organizations"][0]["title"], json!(contact.job_title), "{card}");
            assert_eq!(card["clientData"].as_array().unwrap().len(), 1, "{card}");
            let container = self.site.settings.container_label.clone();
            let mut labels = vec![container.clone()];
            if let (_, Some(company)) = &self.site.contacts[id] {
                let login = |of: &gcontacts_core::company::Representative| format!("{container}/{}", of.login);
                labels.extend(company.representatives.iter().map(login));
            }
            labels.push("myContacts".to_owned());
            assert_eq!(self.site.labels_of(&card), labels);
            there += 1;
        }
        assert_eq!(cards.iter().filter(ours).count(), there, "cards of contacts");
        self.site.google.clear_log();
        for id in ids {
            self.saved(id);
        }
        let stopped = self.drain();
        assert_eq!(stopped, None);
        let mut calls = self.site.google.log()["counts"].clone();
        // PHP asks for a token only once there is something to send.
        calls.as_object_mut().unwrap().remove("oauth.token");
        assert_eq!(calls, json!({}), "the second run calls nothing");
    }
}

fn values<'c>(card: &'c Value, field: &str) -> Vec<&'c str> {
    let items = card[field].as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|item| item["value"].as_str().unwrap()).collect()
}
