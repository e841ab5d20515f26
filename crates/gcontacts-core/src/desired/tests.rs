// SPDX-License-Identifier: GPL-3.0-or-later

use super::*;
use crate::address::PostalAddress;
use crate::card::{Content, Field, Value};
use crate::company::Representative;
use crate::contact::SocialNetwork;

mod card;

fn settings() -> Settings {
    Settings {
        instance: "0a".to_owned(),
        container_label: "Onelog".to_owned(),
        my_contacts: true,
        representative_labels: true,
        type_labels: None,
        category_labels: false,
        company_in_name: false,
        clean_dolimods: false,
        clash: crate::merge::ClashRule::Dolibarr,
        notes: true,
        per_contact: false,
        per_contact_default: true,
        country: "FR".to_owned(),
    }
}

fn contact() -> Contact {
    Contact {
        lastname: "Dupont".to_owned(),
        own_entity: true,
        active: true,
        ..Contact::default()
    }
}

fn company() -> Company {
    Company {
        id: 3,
        name: "Acme SA".to_owned(),
        open: true,
        ..Company::default()
    }
}

fn record(contact: Option<Contact>, company: Option<Company>) -> Record {
    Record {
        element_type: "contact".to_owned(),
        id: 1,
        contact,
        company,
        link: None,
    }
}

fn card_of(contact: Contact, company: Option<Company>) -> Card {
    match desired(&record(Some(contact), company), &settings()).unwrap() {
        Desired::Card { card, .. } => card,
        Desired::Nothing(reason) => panic!("left out: {reason:?}"),
    }
}

fn reason(contact: Contact, company: Option<Company>, settings: &Settings) -> LeftOut {
    match desired(&record(Some(contact), company), settings).unwrap() {
        Desired::Card { card, .. } => panic!("not left out: {card:?}"),
        Desired::Nothing(reason) => reason,
    }
}

fn value(card: &Card, field: Field) -> Option<&Value> {
    card.values.iter().find(|value| value.field == Some(field))
}

fn text(card: &Card, field: Field) -> (String, String) {
    let value = value(card, field).unwrap();
    (value.label.as_text().to_owned(), value.content.text())
}

#[test]
fn who_is_left_out_is_told_why() {
    let mut private = contact();
    private.private = true;
    let mut elsewhere = private.clone();
    elsewhere.own_entity = false;
    let mut inactive = contact();
    inactive.active = false;
    let mut closed = company();
    closed.open = false;
    let mut nameless = contact();
    nameless.lastname = "\0 ".to_owned();
    nameless.page_url = "https://erp.example/contact/card.php?id=1".to_owned();
    nameless.note_public = "x".to_owned();
    assert_eq!(
        desired(&record(None, None), &settings()),
        Ok(Desired::Nothing(LeftOut::Deleted))
    );
    assert_eq!(reason(elsewhere, None, &settings()), LeftOut::OtherEntity);
    assert_eq!(reason(private, None, &settings()), LeftOut::Private);
    assert_eq!(reason(inactive, None, &settings()), LeftOut::Inactive);
    assert_eq!(reason(contact(), Some(closed), &settings()), LeftOut::CompanyClosed);
    assert_eq!(reason(nameless, None, &settings()), LeftOut::Empty);
}

#[test]
fn contact_by_contact_asks_the_field_and_then_the_default() {
    let on = Settings {
        per_contact: true,
        ..settings()
    };
    let off_by_default = Settings {
        per_contact: true,
        per_contact_default: false,
        ..settings()
    };
    let with = |synchronise| Contact {
        synchronise,
        ..contact()
    };
    assert_eq!(reason(with(Some(false)), None, &on), LeftOut::OptedOut);
    assert_eq!(reason(with(None), None, &off_by_default), LeftOut::OptedOut);
    assert!(matches!(
        desired(&record(Some(with(None)), None), &on),
        Ok(Desired::Card { .. })
    ));
    assert!(matches!(
        desired(&record(Some(with(Some(true))), None), &off_by_default),
        Ok(Desired::Card { .. })
    ));
    assert!(matches!(
        desired(&record(Some(with(Some(false))), None), &settings()),
        Ok(Desired::Card { .. })
    ));
}

#[test]
fn codes_are_those_of_the_json() {
    for reason in [
        LeftOut::Deleted,
        LeftOut::OtherEntity,
        LeftOut::CompanyClosed,
        LeftOut::OptedOut,
        LeftOut::Empty,
    ] {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
    }
}

#[test]
fn labels_are_the_container_s_and_the_representatives() {
    let users = [(7, "bob"), (2, "ana"), (7, "bob")];
    let representatives = users
        .map(|(id, login)| Representative {
            id,
            login: login.to_owned(),
        })
        .to_vec();
    let record = record(
        Some(contact()),
        Some(Company {
            representatives,
            ..company()
        }),
    );
    let names = |settings: &Settings| match desired(&record, settings).unwrap() {
        Desired::Card { labels, .. } => labels
            .into_iter()
            .map(|label| (label.source_id, label.name))
            .collect::<Vec<_>>(),
        Desired::Nothing(reason) => panic!("{reason:?}"),
    };
    let pair = |id, name: &str| (id, name.to_owned());
    assert_eq!(
        names(&settings()),
        [pair(0, "Onelog"), pair(2, "Onelog/ana"), pair(7, "Onelog/bob")]
    );
    assert_eq!(
        names(&Settings {
            representative_labels: false,
            ..settings()
        }),
        [pair(0, "Onelog")]
    );
}
