// SPDX-License-Identifier: GPL-3.0-or-later

use std::collections::BTreeSet;

use gcontacts_core::adopt::{
    CardMarks, Likeness, Pair, Traits, card_traits, choose, dolimods_contact, dolimods_note, propose, record_traits,
};
use gcontacts_core::card::{Name, Value, ValueLabel};
use gcontacts_core::{Card, Company, Contact, Content, Marker, Record};
use proptest::prelude::*;

use crate::records::settings;

fn record(id: u64, contact: Contact) -> Traits {
    let record = Record {
        element_type: "contact".to_owned(),
        id,
        contact: Some(Contact {
            active: true,
            own_entity: true,
            ..contact
        }),
        company: Some(Company {
            name: "Acme".to_owned(),
            email: "info@acme.fr".to_owned(),
            phone: "01 00 00 00 00".to_owned(),
            open: true,
            ..Company::default()
        }),
        link: None,
    };
    record_traits(&record, &settings())
}

fn alice(email: &str, phone: &str) -> Contact {
    Contact {
        firstname: "Alice".to_owned(),
        lastname: "Martin".to_owned(),
        email: email.to_owned(),
        phone_pro: phone.to_owned(),
        ..Contact::default()
    }
}

fn card(given: &str, family: &str, email: &str, phone: &str) -> Card {
    let contents = [Content::email(email), Content::phone(phone, "FR")];
    Card {
        name: Name {
            given: given.to_owned(),
            family: family.to_owned(),
            ..Name::default()
        },
        values: contents
            .into_iter()
            .flatten()
            .map(|content| Value::found(ValueLabel::None, content))
            .collect(),
        ..Card::default()
    }
}

fn marked(instance: &str, id: u64) -> CardMarks {
    CardMarks {
        markers: vec![Marker::new(instance, "contact", id, "n").unwrap()],
        ..CardMarks::default()
    }
}

fn chosen(contacts: &[Traits], cards: &[Traits]) -> Vec<(u64, u64, Likeness)> {
    let pairs = choose(&propose(contacts, cards)).into_iter();
    pairs.map(|pair| (pair.contact, pair.card, pair.likeness)).collect()
}

#[test]
fn notation_hides_nobody() {
    let contacts = [
        record(1, alice("Alice@Example.com", "")),
        record(2, alice("", "01 23 45 67 89")),
    ];
    let cards = [
        card_traits(
            10,
            &card("ALICE", "Martin", "alice@example.COM", ""),
            &CardMarks::default(),
        ),
        card_traits(
            11,
            &card("Alice", "MARTIN", "", "+33 1 23 45 67 89"),
            &CardMarks::default(),
        ),
    ];
    assert_eq!(
        chosen(&contacts, &cards),
        [(1, 10, Likeness::EmailAndName), (2, 11, Likeness::Phone)]
    );
}

#[test]
fn a_phone_alone_or_another_name_is_no_likeness() {
    let contacts = [record(1, alice("alice@example.com", "01 23 45 67 89"))];
    let cards = [
        card_traits(
            10,
            &card("Bob", "Durand", "alice@example.com", "01 23 45 67 89"),
            &CardMarks::default(),
        ),
        card_traits(11, &card("", "", "", "01 23 45 67 89"), &CardMarks::default()),
    ];
    assert_eq!(chosen(&contacts, &cards), []);
    let nameless = [card_traits(
        12,
        &card("", "", "alice@example.com", ""),
        &CardMarks::default(),
    )];
    assert_eq!(chosen(&contacts, &nameless), [(1, 12, Likeness::Email)]);
}

#[test]
fn what_the_third_party_has_is_no_likeness() {
    let contacts = [record(1, alice("info@acme.fr", "+33 1 00 00 00 00"))];
    let cards = [card_traits(
        10,
        &card("Alice", "Martin", "info@acme.fr", "01 00 00 00 00"),
        &CardMarks::default(),
    )];
    assert_eq!(chosen(&contacts, &cards), []);
}

#[test]
fn twins_are_nobody_s() {
    let contacts = [record(1, alice("alice@example.com", ""))];
    let twin = |id| {
        card_traits(
            id,
            &card("Alice", "Martin", "alice@example.com", ""),
            &CardMarks::default(),
        )
    };
    assert_eq!(chosen(&contacts, &[twin(10), twin(11)]), []);
    let both = [
        record(1, alice("alice@example.com", "")),
        record(2, alice("alice@example.com", "")),
    ];
    assert_eq!(chosen(&both, &[twin(10)]), []);
    // What one reason leaves open another may decide.
    let other = record(2, alice("alice@example.com", "06 12 34 56 78"));
    let boxed = CardMarks {
        dolimods: vec![2],
        ..CardMarks::default()
    };
    let card = card_traits(10, &card("Alice", "Martin", "alice@example.com", ""), &boxed);
    assert_eq!(
        chosen(&[contacts[0].clone(), other], &[card]),
        [(2, 10, Likeness::Dolimods)]
    );
}

#[test]
fn our_own_marker_says_it_all_and_another_s_forbids() {
    let contacts = [record(7, alice("alice@example.com", ""))];
    let own = card_traits(10, &card("Bob", "Durand", "", ""), &marked("0a", 7));
    let copy = card_traits(11, &card("Bob", "Durand", "", ""), &marked("0a", 7));
    assert_eq!(chosen(&contacts, &[copy, own]), [(7, 10, Likeness::Marker)]);
    for (instance, id) in [("ff", 7), ("0a", 8)] {
        let card = card_traits(
            10,
            &card("Alice", "Martin", "alice@example.com", ""),
            &marked(instance, id),
        );
        assert_eq!(chosen(&contacts, &[card]), []);
    }
}

#[test]
fn the_container_s_cards_are_found_by_name() {
    let boxed = CardMarks {
        in_container: true,
        ..CardMarks::default()
    };
    let contacts = [record(1, alice("", ""))];
    let found = card_traits(10, &card("Alice", "Martin", "", ""), &boxed);
    assert_eq!(chosen(&contacts, &[found]), [(1, 10, Likeness::Container)]);
    let elsewhere = card_traits(10, &card("Alice", "Martin", "", ""), &CardMarks::default());
    assert_eq!(chosen(&contacts, &[elsewhere]), []);
    let nameless = card_traits(10, &card("", "", "", ""), &boxed);
    assert_eq!(chosen(&[record(1, Contact::default())], &[nameless]), []);
}

#[test]
fn marks_of_dolimods_need_something_else_that_agrees() {
    let marks = CardMarks {
        dolimods: vec![1],
        ..CardMarks::default()
    };
    let contacts = [record(1, alice("alice@example.com", ""))];
    for (given, email, likeness) in [
        ("Alice", "", Likeness::Dolimods),
        ("Zoé", "alice@example.com", Likeness::Dolimods),
        ("Zoé", "", Likeness::DolimodsAlone),
    ] {
        let card = card_traits(10, &card(given, "Martin", email, ""), &marks);
        assert_eq!(chosen(&contacts, &[card]), [(1, 10, likeness)]);
    }
    let made_up = [card_traits(
        10,
        &card("Alice", "Martin", "1@noemail.com", ""),
        &CardMarks::default(),
    )];
    assert_eq!(chosen(&[record(1, alice("1@noemail.com", ""))], &made_up), []);
}

#[test]
fn marks_of_dolimods_are_read() {
    assert_eq!(dolimods_contact("12/contact"), Some(12));
    assert_eq!(dolimods_contact("12/thirdparty"), None);
    let note = "A note\n--- (do not delete) --- dolibarr_id = 12/contact";
    assert_eq!(dolimods_note(note), Some(12));
    assert_eq!(dolimods_note("dolibarr_id = 12/contact"), None);
    assert_eq!(dolimods_note("--- (do not delete) --- dolibarr_id = 12/member"), None);
}

#[test]
fn who_should_have_no_card_is_found_by_marks_alone() {
    let contact = Contact {
        private: true,
        ..alice("alice@example.com", "")
    };
    let contacts = [record(1, contact)];
    let card = |marks| card_traits(10, &card("Alice", "Martin", "alice@example.com", ""), &marks);
    assert_eq!(chosen(&contacts, &[card(CardMarks::default())]), []);
    assert_eq!(chosen(&contacts, &[card(marked("0a", 1))]), [(1, 10, Likeness::Marker)]);
}

fn likeness() -> impl Strategy<Value = Likeness> {
    use Likeness::{Container, Dolimods, DolimodsAlone, Email, EmailAndName, Marker, Phone};
    prop::sample::select(&[Marker, Dolimods, Container, EmailAndName, Email, Phone, DolimodsAlone][..])
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    let pair = (0..8_u64, 0..8_u64, likeness()).prop_map(|(contact, card, likeness)| Pair {
        contact,
        card,
        likeness,
    });
    prop::collection::vec(pair, 0..24)
}

proptest! {
    #[test]
    fn what_is_chosen_was_proposed_and_is_one_to_one(pairs in pairs()) {
        let chosen = choose(&pairs);
        prop_assert!(chosen.iter().all(|pair| pairs.contains(pair)));
        let contacts: BTreeSet<u64> = chosen.iter().map(|pair| pair.contact).collect();
        let cards: BTreeSet<u64> = chosen.iter().map(|pair| pair.card).collect();
        prop_assert_eq!((contacts.len(), cards.len()), (chosen.len(), chosen.len()));
    }

    #[test]
    fn order_does_not_matter((pairs, shuffled) in pairs().prop_flat_map(|pairs| (Just(pairs.clone()), Just(pairs).prop_shuffle()))) {
        prop_assert_eq!(choose(&pairs), choose(&shuffled));
    }

    #[test]
    fn who_has_one_pair_with_a_card_that_has_one_gets_it(pairs in pairs()) {
        let chosen = choose(&pairs);
        for pair in &pairs {
            let alone = pairs.iter().all(|other| other == pair || (other.contact != pair.contact && other.card != pair.card));
            prop_assert!(!alone || chosen.contains(pair));
        }
    }

    #[test]
    fn a_card_with_our_marker_goes_to_nobody_else(pairs in pairs()) {
        let marked = |pair: &&Pair| pair.likeness == Likeness::Marker;
        let chosen = choose(&pairs);
        for pair in pairs.iter().filter(marked) {
            let of_card: BTreeSet<&Pair> = pairs.iter().filter(marked).filter(|other| other.card == pair.card).collect();
            let taken = chosen.iter().find(|other| other.contact == pair.contact);
            // A card carries one marker of ours; a contact may have several cards.
            prop_assert!(of_card.len() > 1 || taken.is_some());
        }
        for pair in chosen.iter().filter(|pair| pair.likeness != Likeness::Marker) {
            let free = |other: &Pair| other.card == pair.card && !chosen.iter().any(|taken| taken.contact == other.contact);
            prop_assert!(!pairs.iter().filter(marked).any(free), "{pair:?} has the card of another's marker");
        }
    }
}
