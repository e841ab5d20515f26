// SPDX-License-Identifier: GPL-3.0-or-later

use super::*;
use crate::card::{Content, Field, ValueLabel};
use crate::contact::Contact;
use crate::{Company, PartialDate, Settings};

fn contact() -> Contact {
    Contact {
        lastname: "Dupont".to_owned(),
        firstname: "Zoé".to_owned(),
        job_title: "Clerk".to_owned(),
        email: "zoe@acme.fr".to_owned(),
        phone_pro: "01 23 45 67 89".to_owned(),
        active: true,
        own_entity: true,
        page_url: "https://erp.example/contact/card.php?id=1".to_owned(),
        ..Contact::default()
    }
}

fn company() -> Company {
    Company {
        id: 3,
        name: "Acme".to_owned(),
        phone: "01 00 00 00 00".to_owned(),
        open: true,
        ..Company::default()
    }
}

fn settings() -> Settings {
    serde_json::from_value(serde_json::json!({
        "instance": "0a", "container_label": "Onelog", "my_contacts": true, "representative_labels": false, "notes": true,
        "per_contact": false, "per_contact_default": true, "country": "FR",
    }))
    .unwrap()
}

fn card(contact: &Contact) -> Card {
    let record = crate::Record {
        element_type: "contact".to_owned(),
        id: 1,
        contact: Some(contact.clone()),
        company: Some(company()),
        link: None,
    };
    match crate::desired::desired(&record, &settings()).unwrap() {
        crate::desired::Desired::Card { card, .. } => card,
        crate::desired::Desired::Nothing(why) => panic!("{why:?}"),
    }
}

fn at_google(card: &Card) -> Card {
    let mut google = card.clone();
    google.values.iter_mut().for_each(|value| value.field = None);
    google
}

fn set_phone(card: &mut Card, old: &str, new: &str) {
    for value in &mut card.values {
        if value.content.text() == old {
            value.content = Content::phone(new, "FR").unwrap();
        }
    }
}

fn row<'a>(comparison: &'a Comparison, key: &str) -> &'a Row {
    comparison.rows.iter().find(|row| row.key == key).unwrap()
}

#[test]
fn a_correction_on_the_phone_stands_in_its_field() {
    let sent = card(&contact());
    let mut google = at_google(&sent);
    set_phone(&mut google, "01 23 45 67 89", "01 23 45 67 80");
    let comparison = compare(Some(&sent), &sent, &google);
    let phone = row(&comparison, "phone_pro");
    assert_eq!(
        (phone.changed, phone.differs, phone.takeable),
        (Changed::Phone, true, true)
    );
    assert_eq!(phone.google, "01 23 45 67 80");
    assert_eq!(comparison.changed, ["phone_pro"]);
    assert!(!comparison.to_send);
    let changed = Contact {
        phone_pro: "01 23 45 67 81".to_owned(),
        ..contact()
    };
    let comparison = compare(Some(&sent), &card(&changed), &google);
    assert_eq!(row(&comparison, "phone_pro").changed, Changed::Both);
}

#[test]
fn notation_is_no_difference() {
    let sent = card(&contact());
    let mut google = at_google(&sent);
    set_phone(&mut google, "01 23 45 67 89", "+33 1 23456789");
    google.name.given = "Zoe\u{301}".to_owned();
    google.values.reverse();
    let comparison = compare(Some(&sent), &sent, &google);
    assert!(comparison.rows.iter().all(|row| !row.differs), "{comparison:#?}");
    assert!(comparison.only_at_google.is_empty());
}

#[test]
fn what_was_added_goes_to_an_empty_field_and_a_second_one_stands_apart() {
    let sent = card(&contact());
    let mut google = at_google(&sent);
    for number in ["06 11 11 11 11", "06 22 22 22 22"] {
        google
            .values
            .push(Value::found(ValueLabel::Mobile, Content::phone(number, "FR").unwrap()));
    }
    google.birthday = PartialDate::new(0, 5, 12);
    google.note = "likes tea".to_owned();
    let comparison = compare(Some(&sent), &sent, &google);
    assert_eq!(comparison.changed, ["birthday", "phone_mobile"]);
    assert!(!row(&comparison, "phone_mobile").sendable);
    let extras: Vec<_> = comparison
        .only_at_google
        .iter()
        .map(|extra| extra.text.as_str())
        .collect();
    assert_eq!(extras, ["06 22 22 22 22", "likes tea"]);
}

#[test]
fn the_third_partys_values_are_shown_and_never_taken() {
    let sent = card(&contact());
    let mut google = at_google(&sent);
    set_phone(&mut google, "01 00 00 00 00", "01 00 00 00 01");
    let organization = google
        .values
        .iter_mut()
        .find(|value| matches!(value.content, Content::Organization { .. }));
    organization.unwrap().content = Content::organization("Acme Group", "Manager").unwrap();
    let comparison = compare(Some(&sent), &sent, &google);
    for key in ["company_phone", "company_name"] {
        let row = row(&comparison, key);
        assert!(
            row.of_company && row.differs && !row.takeable && row.sendable,
            "{row:?}"
        );
    }
    assert_eq!(comparison.changed, ["job_title"]);
}

#[test]
fn a_value_typed_twice_agrees_with_its_twin() {
    let twice = Contact {
        phone_mobile: "+33 1 23 45 67 89".to_owned(),
        ..contact()
    };
    let sent = card(&twice);
    let comparison = compare_record(
        &twice,
        Some(&company()),
        &settings(),
        Some(&sent),
        &sent,
        &at_google(&sent),
    );
    let twin = row(&comparison, "phone_mobile");
    assert_eq!((twin.same_as.as_deref(), twin.differs), (Some("phone_pro"), false));
    let keys: Vec<_> = comparison.rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys[..3], ["lastname", "firstname", "job_title"]);
    assert_eq!(keys.last(), Some(&"page"));
}

#[test]
fn what_was_taken_is_sent_back_only_where_dolibarr_keeps_it_otherwise() {
    let sent = card(&contact());
    let mut google = at_google(&sent);
    set_phone(&mut google, "01 23 45 67 89", "01 23 45 67 80");
    google.name.family = "Durand".to_owned();
    let taken = Contact {
        phone_pro: "01 23 45 67 80".to_owned(),
        lastname: "DURAND".to_owned(),
        ..contact()
    };
    let desired = card(&taken);
    let base = rebase(
        &sent,
        &desired,
        &google,
        &["phone_pro".to_owned(), "lastname".to_owned()],
    );
    let change = merge(Some(&base), &desired, &google);
    assert_eq!(change.name.family.as_deref(), Some("DURAND"));
    assert!(
        change.added.is_empty() && change.removed.is_empty() && change.replaced.is_empty() && change.clashes.is_empty(),
        "{change:?}"
    );
    assert!(
        base.found
            .iter()
            .any(|part| format!("{part:?}").contains("33123456780"))
    );
}

#[test]
fn what_was_emptied_at_google_can_be_sent_again() {
    let sent = card(&contact());
    let mut google = at_google(&sent);
    google.values.retain(|value| value.content.text() != "zoe@acme.fr");
    let comparison = compare(Some(&sent), &sent, &google);
    assert_eq!(comparison.changed, ["email"]);
    let base = rebase(&sent, &sent, &google, &["email".to_owned()]);
    let added = merge(Some(&base), &sent, &google).added;
    assert_eq!(
        added.iter().map(|value| value.field).collect::<Vec<_>>(),
        [Some(Field::Email)]
    );
}

#[test]
fn a_clash_of_halves_of_an_organization_can_be_settled() {
    let with = |title: &str, name: &str| Card {
        values: vec![Value::of(
            Field::Organization,
            ValueLabel::Work,
            Content::Organization {
                name: name.to_owned(),
                title: title.to_owned(),
            },
        )],
        ..Card::default()
    };
    let (sent, desired) = (with("Manager", ""), with("Clerk", ""));
    let google = at_google(&with("Clerk", "Acme"));
    let comparison = compare(Some(&sent), &desired, &google);
    let all: Vec<String> = comparison
        .rows
        .iter()
        .filter(|row| row.sendable)
        .map(|row| row.key.clone())
        .collect();
    assert_eq!(all, ["company_name"]);
    let change = merge(Some(&rebase(&sent, &desired, &google, &all)), &desired, &google);
    assert!(change.clashes.is_empty(), "{:?}", change.clashes);
    assert!(
        !compare(None, &desired, &change.apply(&google))
            .rows
            .iter()
            .any(|row| row.differs)
    );
}
