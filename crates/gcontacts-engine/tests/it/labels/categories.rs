// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels of what third parties are, and of Dolibarr's categories.

use std::time::Duration;

use gcontacts_core::{Category, Company, TypeLabels};
use gcontacts_engine::Verdict;

use super::{company, set_company};
use crate::site::Site;

fn category(id: u64, name: &str) -> Category {
    Category {
        id,
        name: name.to_owned(),
    }
}

pub fn categories(site: &mut Site, of: &[(u64, &[(u64, &str)])]) {
    site.settings.category_labels = true;
    for (contact, names) in of {
        site.contact(*contact).categories = names.iter().map(|(id, name)| category(*id, name)).collect();
    }
}

#[test]
fn labels_of_types_and_categories_come_with_their_options_and_go_with_them() {
    let mut site = Site::new();
    site.add(1);
    let both = Company {
        customer: true,
        prospect: true,
        categories: vec![category(9, "Gold")],
        ..company(&[])
    };
    set_company(&mut site, &both);
    let names = TypeLabels {
        customers: "Clients".to_owned(),
        prospects: "Prospects".to_owned(),
        suppliers: "Fournisseurs".to_owned(),
    };
    site.settings.type_labels = Some(names);
    categories(&mut site, &[(1, &[(8, "VIP")])]);
    let drained = site.drain();
    drained.is_done();
    assert_eq!(drained.sent.calls, 6, "five labels, and the card with them inside");
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        [
            "Onelog",
            "Onelog/Clients",
            "Onelog/Gold",
            "Onelog/Prospects",
            "Onelog/VIP",
            "myContacts"
        ]
    );

    site.settings.type_labels = None;
    let drained = site.drain();
    drained.is_done();
    assert_eq!(drained.sent.left.len(), 2);
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Gold", "Onelog/VIP", "myContacts"]
    );
    site.settings.category_labels = false;
    site.drain().is_done();
    assert_eq!(site.labels_of(&site.card("Name1")), ["Onelog", "myContacts"]);
    site.settings.category_labels = true;
    site.drain().is_done();
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Gold", "Onelog/VIP", "myContacts"]
    );
}

#[test]
fn categories_that_change_their_names_about_keep_their_labels() {
    let mut site = Site::new();
    site.add(2);
    categories(&mut site, &[(1, &[(8, "Gold")]), (2, &[(9, "Silver")])]);
    site.drain().is_done();
    let before: Vec<_> = site
        .labels
        .iter()
        .map(|label| (label.source_id, label.resource_name.clone()))
        .collect();
    categories(&mut site, &[(1, &[(8, "Silver")]), (2, &[(9, "Gold")])]);
    // Each with its own cards, as batches go.
    site.drain_some(&[1], Duration::from_secs(10));
    site.drain_some(&[2], Duration::from_secs(10));
    let mut after: Vec<_> = site
        .labels
        .iter()
        .map(|label| (label.source_id, label.resource_name.clone()))
        .collect();
    after.sort();
    assert_eq!(after, before);
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Silver", "myContacts"]
    );
    assert_eq!(
        site.labels_of(&site.card("Name2")),
        ["Onelog", "Onelog/Gold", "myContacts"]
    );
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn a_category_made_anew_under_its_name_takes_its_label_over() {
    let mut site = Site::new();
    site.add(1);
    categories(&mut site, &[(1, &[(8, "Gold")])]);
    site.drain().is_done();
    categories(&mut site, &[(1, &[(12, "Gold")])]);
    assert_eq!(site.drain().row(1).result, Verdict::Done);
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Gold", "myContacts"]
    );
    assert_eq!(site.labels.len(), 2);
    assert_eq!(site.drain().sent.calls, 0);
}
