// SPDX-License-Identifier: GPL-3.0-or-later
//! Whom a candidate resembles: half of an address book is in Dolibarr already under other notations.

use gcontacts_core::Card;
use gcontacts_core::card::{Content, Name, Value, ValueLabel};
use gcontacts_core::import::{Candidate, Element, Likeness, Likes, Organization, Person, Twin, resemblances, twins};
use proptest::prelude::*;

fn card(given: &str, family: &str, company: &str, email: &str, phone: &str) -> Candidate {
    let values = [
        Content::organization(company, ""),
        Content::email(email),
        Content::phone(phone, "FR"),
    ];
    Candidate::of(&Card {
        name: Name {
            given: given.to_owned(),
            family: family.to_owned(),
            ..Name::default()
        },
        values: values
            .into_iter()
            .flatten()
            .map(|content| Value::found(ValueLabel::None, content))
            .collect(),
        ..Card::default()
    })
}

fn person(id: u64, firstname: &str, lastname: &str, company: &str, email: &str, phone: &str) -> Person {
    Person {
        id,
        firstname: firstname.to_owned(),
        lastname: lastname.to_owned(),
        company: company.to_owned(),
        emails: vec![email.to_owned()],
        phones: vec![phone.to_owned()],
        country: String::new(),
    }
}

fn likeness(candidate: &Candidate, person: &Person) -> Option<Likeness> {
    let found = resemblances(
        &[Likes::of_candidate(1, candidate, "FR")],
        &[Likes::of_person(person, "FR")],
    );
    found.first().map(|found| found.likeness)
}

#[test]
fn the_same_person_is_known_in_any_notation() {
    let alice = card(
        "Alice",
        "MARTIN",
        "Durand SARL",
        "Alice@Durand.example",
        "+33 1 23 45 67 89",
    );
    let known = |person: &Person| likeness(&alice, person);
    assert_eq!(
        known(&person(7, "Alice", "Martin", "", "alice@durand.example", "")),
        Some(Likeness::EmailAndName)
    );
    assert_eq!(
        known(&person(7, "alice", "martin", "", "", "01.23.45.67.89")),
        Some(Likeness::PhoneAndName)
    );
    assert_eq!(
        known(&person(7, "Martin", "Alice", "DURAND", "", "")),
        Some(Likeness::NameAndCompany)
    );
    assert_eq!(
        known(&person(7, "A.", "Martin", "", "alice@durand.example", "")),
        Some(Likeness::Email)
    );
    assert_eq!(
        known(&person(7, "Bob", "Petit", "", "", "0033123456789")),
        Some(Likeness::PhoneAlone)
    );
    assert_eq!(known(&person(7, "Alice", "Martin", "Autre", "", "")), None);
    assert_eq!(known(&person(7, "", "", "", "", "")), None);
}

#[test]
fn a_third_party_is_known_by_name_domain_and_phone() {
    let alice = card("Alice", "Martin", "Durand", "alice@durand.example", "0123456789");
    let likeness = |name: &str, email: &str, phone: &str, url: &str| {
        let organization = Organization {
            id: 3,
            name: name.to_owned(),
            emails: vec![email.to_owned()],
            phones: vec![phone.to_owned()],
            url: url.to_owned(),
            country: "FR".to_owned(),
        };
        let found = resemblances(
            &[Likes::of_candidate(1, &alice, "FR")],
            &[Likes::of_organization(&organization, "FR")],
        );
        found.first().map(|found| (found.likeness, found.sure))
    };
    assert_eq!(likeness("DURAND S.A.R.L.", "", "", ""), Some((Likeness::Company, true)));
    assert_eq!(
        likeness("Groupe D", "contact@durand.example", "", ""),
        Some((Likeness::Domain, false))
    );
    assert_eq!(
        likeness("Groupe D", "", "", "www.durand.example"),
        Some((Likeness::Domain, false))
    );
    assert_eq!(
        likeness("Groupe D", "", "+33123456789", ""),
        Some((Likeness::Phone, false))
    );
    assert_eq!(likeness("Groupe D", "", "", ""), None);
}

#[test]
fn twins_are_found_and_colleagues_are_not() {
    let list = [
        card("Alice", "Martin", "Durand", "alice@durand.example", ""),
        card("Bob", "Petit", "Durand", "bob@durand.example", "0123456789"),
        card("Martin", "Alice", "", "ALICE@durand.example", "0600000001"),
        card("A.", "Martin", "", "", "+33600000001"),
        card("Carl", "Grand", "Durand", "", "0123456789"),
    ];
    let likes: Vec<Likes> = list
        .iter()
        .zip(10..)
        .map(|(candidate, id)| Likes::of_candidate(id, candidate, "FR"))
        .collect();
    let twin = |candidate| Twin { candidate, of: 10 };
    assert_eq!(twins(&likes), [twin(10), twin(12), twin(13)]);
}

proptest! {
    #[test]
    fn nobody_resembles_less_when_read_the_other_way(
        names in prop::collection::vec(("[A-C]{0,2}", "[A-C]{0,2}", "[XY]{0,1}", "[ab]{0,1}", "[0-9]{0,6}"), 0..8),
    ) {
        let likes: Vec<Likes> = names.iter().zip(1..).map(|((given, family, company, email, phone), id)| {
            let email = if email.is_empty() { String::new() } else { format!("{email}@x.example") };
            Likes::of_candidate(id, &card(given, family, company, &email, phone), "FR")
        }).collect();
        let twins = twins(&likes);
        // A twin has a twin, and the first of a group is its own.
        for twin in &twins {
            prop_assert!(twin.of <= twin.candidate);
            prop_assert!(twins.iter().any(|other| other.of == twin.of && other.candidate != twin.candidate));
        }
        let contacts: Vec<Likes> = likes.iter().map(|likes| Likes { element: Element::Contact, ..likes.clone() }).collect();
        for found in resemblances(&likes, &contacts) {
            let back = resemblances(&likes, &contacts).into_iter().any(|other| {
                other.candidate == found.id && other.id == found.candidate && other.likeness == found.likeness
            });
            prop_assert!(back);
        }
    }
}
