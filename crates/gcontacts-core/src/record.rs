// SPDX-License-Identifier: GPL-3.0-or-later
//! A record: all that Dolibarr and the module know of one contact at sending time.

use serde::{Deserialize, Serialize};

use crate::{Company, Contact, ResourceName, SentCard};

/// One object of Dolibarr with its third party and its link.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Element type; `contact` today.
    #[serde(rename = "type")]
    pub element_type: String,
    /// Id of the object.
    pub id: u64,
    /// The contact; `None` where it no longer exists in Dolibarr.
    pub contact: Option<Contact>,
    /// Its third party, if it has one.
    pub company: Option<Company>,
    /// The link, if the object was ever sent.
    pub link: Option<Link>,
}

/// What is known of the card of a record.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// How the card came to be linked.
    pub origin: Origin,
    /// Nonce of a create that is under way or whose outcome is unknown; empty for none.
    pub nonce: String,
    /// The card's resource name; `None` while it was never created.
    pub resource_name: Option<ResourceName>,
    /// The card that Dolibarr wanted when both last agreed, as JSON of [`SentCard`].
    pub sent: Option<String>,
    /// The whole person as Google returned it last, as Google's JSON.
    pub person: Option<String>,
    /// Whether somebody deleted the card at Google, and it is to stay so until somebody decides.
    #[serde(default)]
    pub removed: bool,
}

impl Link {
    /// Reads the snapshot of what was sent.
    ///
    /// # Errors
    /// The JSON error where the column was damaged.
    pub fn sent_card(&self) -> Result<Option<SentCard>, serde_json::Error> {
        self.sent.as_deref().map(serde_json::from_str).transpose()
    }
}

/// How a card came to be linked: decides what clean-up may do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Made by the module: may be deleted again.
    Created,
    /// Was at Google before: only our values, labels and marker may be taken off.
    Adopted,
    /// Was imported into Dolibarr: as adopted.
    Imported,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Card;
    use serde_json::json;

    fn read(contact: &serde_json::Value) -> Result<Record, serde_json::Error> {
        serde_json::from_value(json!({"type": "contact", "id": 1, "contact": contact, "company": null, "link": null}))
    }

    #[test]
    fn records_are_read_strictly() {
        assert!(read(&json!(null)).unwrap().contact.is_none());
        let contact = read(&json!({"lastname": "Dupont", "active": true, "synchronise": null}))
            .unwrap()
            .contact
            .unwrap();
        assert!(contact.active && !contact.private && contact.synchronise.is_none());
        for bad in [
            json!({"active": "1"}),
            json!({"active": 1}),
            json!({"lastname": 7}),
            json!({"nickname": "x"}),
        ] {
            assert!(read(&bad).is_err(), "{bad}");
        }
        let text_id = json!({"type": "contact", "id": "1", "contact": null, "company": null, "link": null});
        assert!(serde_json::from_value::<Record>(text_id).is_err());
    }

    #[test]
    fn what_was_sent_is_read_back_or_refused() {
        let link = |sent: &str| Link {
            origin: Origin::Created,
            nonce: String::new(),
            resource_name: None,
            sent: Some(sent.to_owned()),
            person: None,
            removed: false,
        };
        let card = Card {
            note: "x".to_owned(),
            ..Card::default()
        };
        let kept = serde_json::to_string(&card).unwrap();
        assert_eq!(link(&kept).sent_card().unwrap(), Some(card.into()));
        assert!(link("{").sent_card().is_err());
    }
}
