// SPDX-License-Identifier: GPL-3.0-or-later
//! What holds for every card.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(texts).prop_map(ToOwned::to_owned)
}

fn value() -> impl Strategy<Value = gcontacts_core::Value> {
    let words = &[
        "x",
        "12 rue de l'Été\nBât. B",
        "👩‍🚀",
        "שלום",
        "+33 1 23 45 67 89",
        "a@b.fr",
        "\"\\\u{0}é",
    ][..];
    let labels = &["", "home", "work", "mobile", "workFax", "Acme & Cie", "homePage"][..];
    (of(labels), 0..6_u8, of(words), of(words)).prop_map(|(label, kind, a, b)| {
        let address = PostalAddress {
            street: a.clone(),
            zip: b.clone(),
            town: a.clone(),
            state: String::new(),
            country: b.clone(),
            country_code: String::new(),
        };
        let content = match kind {
            0 => Content::phone(&a, "FR"),
            1 => Content::email(&a),
            2 => Content::address(&address),
            3 => Content::organization(&a, &b),
            4 => Content::url(&a),
            _ => Content::messenger(&a, &b),
        };
        found(&label, content)
    })
}

fn card() -> impl Strategy<Value = Card> {
    let parts = (
        of(&["", "Mme"]),
        of(&["", "Zoé"]),
        of(&["", "Dupont", "כהן"]),
        of(&["", "Jr.", "Acme SA"]),
    );
    let dates = select(&[(0, 0, 0), (1980, 5, 12), (0, 2, 29), (1980, 0, 0), (1980, 5, 0)][..]);
    let notes = of(&["", "ours", "ours\n\nhers\nmore", "a < b & <c>"]);
    (parts, dates, notes, prop::collection::vec(value(), 0..8)).prop_map(|(name, (year, month, day), note, values)| {
        Card {
            name: Name {
                prefix: name.0,
                given: name.1,
                family: name.2,
                suffix: name.3,
            },
            birthday: PartialDate::new(year, month, day),
            note,
            values,
            ..Card::default()
        }
    })
}

/// The person that Google has after an update.
fn updated(person: &Person, body: &Person, mask: &FieldMask) -> Person {
    let mut object = person.as_object().clone();
    for field in mask.iter() {
        object.insert(field.to_owned(), body.as_object()[field].clone());
    }
    Person::new(object)
}

proptest! {
    #[test]
    fn a_card_is_read_back_as_it_was_written(card in card()) {
        let person = person_from_card(&card, &marker("n1"), &[ResourceName::my_contacts()]);
        let back = card_from_person(&person, "FR");
        prop_assert_eq!(Fingerprint::of(&back), Fingerprint::of(&card));
        prop_assert_eq!(&back.name, &card.name);
        prop_assert_eq!(back.birthday, card.birthday);
        prop_assert_eq!(person.memberships(), [ResourceName::my_contacts()]);
        for value in &card.values {
            prop_assert!(back.values.contains(value));
        }
    }

    #[test]
    fn an_update_does_to_the_person_what_the_change_does_to_the_card(
        base in prop::option::of(select(&[LINKED, TYPED, BARE][..])), sent in card(), desired in card(), first: bool,
    ) {
        let person = match base {
            Some(json) => fixture(json),
            None => person_from_card(&sent, &marker("n1"), &[]),
        };
        let before = card_from_person(&person, "FR");
        let change = merge(if first { None } else { Some(&sent) }, &desired, &before);
        let (body, mask) = patch(&person, &change, None);
        prop_assert_eq!(mask.is_empty(), change.is_empty());
        let after = card_from_person(&updated(&person, &body, &mask), "FR");
        prop_assert_eq!(Fingerprint::of(&after), Fingerprint::of(&change.apply(&before)));
    }

    #[test]
    fn an_update_sends_nothing_that_only_google_writes(sent in card(), desired in card()) {
        for person in [LINKED, TYPED].map(fixture) {
            let change = merge(Some(&sent), &desired, &card_from_person(&person, "FR"));
            let (body, mask) = patch(&person, &change, Some(&MarkerChange::Set(marker("n2"))));
            let json = serde_json::to_string(&body).unwrap();
            for member in ["formattedType", "formattedProtocol", "canonicalForm", "displayNameLastFirst", "PROFILE", "memberships"] {
                prop_assert!(!json.contains(member), "{member} in {json}");
            }
            let mut fields: Vec<&str> = body.as_object().keys().map(String::as_str).collect();
            fields.retain(|field| !["resourceName", "metadata"].contains(field));
            prop_assert_eq!(fields, mask.iter().collect::<Vec<_>>());
        }
    }
}
