// SPDX-License-Identifier: GPL-3.0-or-later
//! What makes the product call each method of the client.

use gcontacts_core::Company;
use gcontacts_core::company::Representative;
use serde_json::json;

use super::beside::{Adoption, Backup, Beside, Consent, EmptyLabels, Pull, nothing};
use crate::worker::{WINDOW, Worker};

/// What makes the product call a method.
pub struct Scenario {
    /// The method of the client.
    pub client: &'static str,
    /// What it calls.
    pub method: &'static str,
    /// What is there to do.
    pub arrange: fn(&mut Worker),
    /// What goes on beside sending.
    pub beside: fn() -> Box<dyn Beside>,
}

/// At least one for each method of the client.
pub const SCENARIOS: [Scenario; 24] = [
    Scenario {
        client: "create",
        method: "people.createContact",
        beside: nothing,
        arrange: |worker| worker.add(21, 23),
    },
    Scenario {
        client: "batch_create",
        method: "people.batchCreateContacts",
        beside: nothing,
        arrange: |worker| worker.add(21, 32),
    },
    Scenario {
        client: "update",
        method: "people.updateContact",
        beside: nothing,
        arrange: |worker| edit(worker, 1, 3),
    },
    Scenario {
        client: "batch_update",
        method: "people.batchUpdateContacts",
        beside: nothing,
        arrange: |worker| edit(worker, 1, 8),
    },
    Scenario {
        client: "get",
        method: "people.get",
        beside: nothing,
        arrange: |worker| {
            touch(worker, 1, 1);
            edit(worker, 1, 2);
        },
    },
    Scenario {
        client: "batch_get",
        method: "people.getBatchGet",
        beside: nothing,
        arrange: |worker| {
            touch(worker, 1, 7);
            edit(worker, 1, 8);
        },
    },
    // A card is read before it is deleted, too.
    Scenario {
        client: "get",
        method: "people.get",
        beside: nothing,
        arrange: |worker| delete(worker, 1, 1),
    },
    Scenario {
        client: "batch_get",
        method: "people.getBatchGet",
        beside: nothing,
        arrange: |worker| delete(worker, 1, 8),
    },
    Scenario {
        client: "delete",
        method: "people.deleteContact",
        beside: nothing,
        arrange: |worker| delete(worker, 1, 2),
    },
    Scenario {
        client: "batch_delete",
        method: "people.batchDeleteContacts",
        beside: nothing,
        arrange: |worker| delete(worker, 1, 8),
    },
    Scenario {
        client: "list",
        method: "people.connections.list",
        beside: nothing,
        arrange: |worker| {
            let lost = json!({"match": "people.createContact", "action": "drop_after"});
            worker.site.google.order_fault(lost);
            worker.add(21, 22);
            worker.drain();
            worker.later(WINDOW + 60);
        },
    },
    Scenario {
        client: "create_group",
        method: "contactGroups.create",
        beside: nothing,
        arrange: |worker| represent(worker, 1, 3),
    },
    Scenario {
        client: "list_groups",
        method: "contactGroups.list",
        beside: nothing,
        arrange: |worker| {
            worker
                .site
                .google
                .phone(json!({"op": "create_group", "group": "Onelog/bob"}));
            represent(worker, 1, 3);
        },
    },
    Scenario {
        client: "rename_group",
        method: "contactGroups.update",
        beside: nothing,
        arrange: |worker| {
            "Phones".clone_into(&mut worker.site.settings.container_label);
            edit(worker, 1, 10);
        },
    },
    Scenario {
        client: "modify_members",
        method: "contactGroups.members.modify",
        beside: nothing,
        arrange: |worker| represent(worker, 1, 8),
    },
    Scenario {
        client: "refresh",
        method: "oauth.token",
        beside: nothing,
        arrange: |worker| {
            worker.forget_access();
            edit(worker, 1, 3);
        },
    },
    Scenario {
        client: "delete_group",
        method: "contactGroups.delete",
        beside: EmptyLabels::boxed,
        arrange: |worker| {
            represent(worker, 1, 3);
            worker.drain();
            for id in 1..=3 {
                worker.site.contacts.get_mut(&id).unwrap().1 = None;
                worker.saved(id);
            }
            worker.drain();
        },
    },
    Scenario {
        client: "sync",
        method: "people.connections.list",
        beside: Pull::boxed,
        arrange: |worker| edit(worker, 5, 6),
    },
    // Reads all cards first, so that no contact is added that is there.
    Scenario {
        client: "list_each",
        method: "people.connections.list",
        beside: Adoption::boxed,
        arrange: |worker| worker.add(21, 22),
    },
    Scenario {
        client: "list_backup",
        method: "people.connections.list",
        beside: Backup::boxed,
        arrange: |worker| edit(worker, 1, 2),
    },
    Scenario {
        client: "exchange_code",
        method: "oauth.token",
        beside: Consent::boxed,
        arrange: |worker| edit(worker, 1, 3),
    },
    Scenario {
        client: "revoke",
        method: "oauth.revoke",
        beside: Consent::boxed,
        arrange: |worker| edit(worker, 1, 3),
    },
    Scenario {
        client: "userinfo",
        method: "oauth.userinfo",
        beside: Consent::boxed,
        arrange: |worker| edit(worker, 1, 3),
    },
    Scenario {
        client: "count",
        method: "people.connections.list",
        beside: Consent::boxed,
        arrange: |worker| edit(worker, 1, 3),
    },
];

fn edit(worker: &mut Worker, first: u64, last: u64) {
    for id in first..=last {
        "Director".clone_into(&mut worker.site.contact(id).job_title);
        worker.saved(id);
    }
}

/// Edits at the phone what Dolibarr does not keep: the stored etag is stale.
fn touch(worker: &mut Worker, first: u64, last: u64) {
    for id in first..=last {
        worker
            .site
            .phone_edit(id, &json!({"occupations": [{"value": "Typed on the phone"}]}));
    }
}

fn delete(worker: &mut Worker, first: u64, last: u64) {
    for id in first..=last {
        worker.site.delete(id);
        worker.saved(id);
    }
}

fn represent(worker: &mut Worker, first: u64, last: u64) {
    let representatives = vec![Representative {
        id: 3,
        login: "bob".to_owned(),
    }];
    for id in first..=last {
        let company = Company {
            id: 7,
            open: true,
            representatives: representatives.clone(),
            ..Company::default()
        };
        worker.site.contacts.get_mut(&id).unwrap().1 = Some(company);
        worker.saved(id);
    }
}
