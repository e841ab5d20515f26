// SPDX-License-Identifier: GPL-3.0-or-later
//! Records of a small world, so that values often meet: the same number typed twice, a company with its contact's address.

use gcontacts_core::address::PostalAddress;
use gcontacts_core::company::Representative;
use gcontacts_core::contact::SocialNetwork;
use gcontacts_core::desired::{Desired, desired};
use gcontacts_core::{Card, Company, Contact, Record, Settings};
use proptest::prelude::*;
use proptest::sample::select;

pub fn settings() -> Settings {
    Settings {
        instance: "0a".to_owned(),
        container_label: "Onelog".to_owned(),
        my_contacts: true,
        representative_labels: true,
        type_labels: None,
        category_labels: false,
        company_in_name: true,
        clean_dolimods: false,
        clash: gcontacts_core::merge::ClashRule::Dolibarr,
        notes: true,
        per_contact: false,
        per_contact_default: true,
        country: "FR".to_owned(),
    }
}

fn of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(texts).prop_map(ToOwned::to_owned)
}

fn phone() -> impl Strategy<Value = String> {
    of(&[
        "",
        "",
        "01 23 45 67 89",
        "+33 1 23 45 67 89",
        "0123456789",
        "06 12 34 56 78",
        "02 123 45 67",
        "+32 2 123 45 67",
        "poste 12",
    ])
}

fn email() -> impl Strategy<Value = String> {
    of(&["", "zoe@acme.fr", "Zoe@Acme.FR", "info@acme.fr"])
}

fn url() -> impl Strategy<Value = String> {
    of(&["", "https://acme.fr/", "www.acme.fr", "http://acme.fr"])
}

fn address() -> impl Strategy<Value = PostalAddress> {
    (
        of(&["", "1, rue de l'Été", "1 RUE DE L ETE", "Bât. A\n2 quai X"]),
        of(&["", "75001"]),
        of(&["", "Paris"]),
        of(&["", "", "Île-de-France"]),
        select(&[("", ""), ("France", "FR"), ("", "FR"), ("Belgique", "BE")][..]),
    )
        .prop_map(|(street, zip, town, state, (country, code))| PostalAddress {
            street,
            zip,
            town,
            state,
            country: country.to_owned(),
            country_code: code.to_owned(),
        })
}

fn network() -> impl Strategy<Value = SocialNetwork> {
    let networks = &[
        ("skype", "Skype", ""),
        ("linkedin", "LinkedIn", "https://linkedin.com/in/"),
        ("signal", "Signal", ""),
    ][..];
    (select(networks), of(&["", "zoe", "@Zoe", "https://x.fr/zoe"])).prop_map(|((network, name, base), handle)| {
        SocialNetwork {
            network: network.to_owned(),
            name: name.to_owned(),
            url: if base.is_empty() {
                String::new()
            } else {
                format!("{base}{handle}")
            },
            handle,
        }
    })
}

/// Dolibarr has one account for each network.
fn networks() -> impl Strategy<Value = Vec<SocialNetwork>> {
    prop::collection::vec(network(), 0..3).prop_map(|mut networks| {
        networks.sort_by(|a, b| a.network.cmp(&b.network));
        networks.dedup_by(|a, b| a.network == b.network);
        networks
    })
}

pub fn contact() -> impl Strategy<Value = Contact> {
    let name = (
        of(&["", "Mme"]),
        of(&["", "Zoé", "👩‍🚀", "שרה"]),
        of(&["Dupont", "DUPONT", "Martin"]),
    );
    let work = (of(&["", "Clerk", "Manager"]), email(), url());
    let phones = (phone(), phone(), phone(), phone());
    let rest = (
        address(),
        of(&["", "1980-05-12", "1981-01-02", "0000-00-00"]),
        of(&["", "ours", "ours\nmore", "<p>x</p>"]),
    );
    (name, work, phones, rest, networks()).prop_map(|(name, work, phones, rest, social_networks)| Contact {
        civility: name.0,
        firstname: name.1,
        lastname: name.2,
        job_title: work.0,
        email: work.1,
        url: work.2,
        phone_pro: phones.0,
        phone_perso: phones.1,
        phone_mobile: phones.2,
        fax: phones.3,
        address: rest.0,
        birthday: rest.1,
        note_public: rest.2,
        social_networks,
        private: false,
        active: true,
        own_entity: true,
        synchronise: None,
        page_url: "https://erp.example/contact/card.php?id=1".to_owned(),
        ..Contact::default()
    })
}

pub fn company() -> impl Strategy<Value = Company> {
    (
        of(&["", "Acme", "Acme SA", "work"]),
        email(),
        phone(),
        phone(),
        address(),
        url(),
    )
        .prop_map(|(name, email, phone, fax, address, url)| Company {
            id: 3,
            name,
            email,
            phone,
            fax,
            address,
            url,
            open: true,
            representatives: vec![Representative {
                id: 7,
                login: "bob".to_owned(),
            }],
            ..Company::default()
        })
}

pub fn card_of(contact: Contact, company: Option<Company>) -> Card {
    let record = Record {
        element_type: "contact".to_owned(),
        id: 1,
        contact: Some(contact),
        company,
        link: None,
    };
    match desired(&record, &settings()).unwrap() {
        Desired::Card { card, .. } => card,
        Desired::Nothing(reason) => panic!("left out: {reason:?}"),
    }
}

/// A card that Dolibarr can want.
pub fn card() -> impl Strategy<Value = Card> {
    (contact(), prop::option::of(company())).prop_map(|(contact, company)| card_of(contact, company))
}

/// A card as Google can have it: some of Dolibarr's values, some of others', labelled by somebody, in any order.
pub fn google() -> impl Strategy<Value = Card> {
    let label = of(&["", "work", "home", "Acme", "Desk"]);
    (
        card(),
        prop::collection::vec((any::<bool>(), prop::option::weighted(0.3, label)), 20),
        of(&["", "hers", "ours\n\nhers"]),
    )
        .prop_map(|(mut card, marks, note)| {
            let mut marks = marks.into_iter();
            card.values.retain_mut(|value| {
                let (stays, label) = marks.next().unwrap_or((true, None));
                value.field = None;
                if let Some(label) = label {
                    value.label = gcontacts_core::ValueLabel::from_text(&label);
                }
                stays
            });
            card.note = note;
            card
        })
        .prop_flat_map(|card| {
            let values = Just(card.values.clone()).prop_shuffle();
            (Just(card), values).prop_map(|(card, values)| Card { values, ..card })
        })
}
