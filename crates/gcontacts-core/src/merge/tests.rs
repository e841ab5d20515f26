// SPDX-License-Identifier: GPL-3.0-or-later

use super::*;
use crate::address::PostalAddress;
use crate::card::{Content, Field, Name, ValueLabel};

fn phone(field: Field, label: ValueLabel, number: &str) -> Value {
    Value::of(field, label, Content::phone(number, "FR").unwrap())
}

fn pro(number: &str) -> Value {
    phone(Field::PhonePro, ValueLabel::Work, number)
}

fn company_phone(name: &str, number: &str) -> Value {
    phone(Field::CompanyPhone, ValueLabel::from_text(name), number)
}

fn job(name: &str, title: &str) -> Value {
    Value::of(
        Field::Organization,
        ValueLabel::Work,
        Content::organization(name, title).unwrap(),
    )
}

fn read(value: &Value) -> Value {
    Value {
        field: None,
        ..value.clone()
    }
}

fn card(values: &[Value]) -> Card {
    Card {
        values: values.to_vec(),
        ..Card::default()
    }
}

fn named(given: &str, family: &str) -> Card {
    Card {
        name: Name {
            prefix: String::new(),
            given: given.to_owned(),
            family: family.to_owned(),
            ..Name::default()
        },
        ..Card::default()
    }
}

/// What Google has after it took a card as it was sent.
fn google(values: &[Value]) -> Card {
    card(&values.iter().map(read).collect::<Vec<_>>())
}

#[test]
fn what_dolibarr_gained_comes_and_what_it_dropped_goes() {
    let (old, new, theirs) = (
        pro("01 23 45 67 89"),
        company_phone("Acme", "01 00 00 00 00"),
        pro("06 12 34 56 78"),
    );
    let change = merge(
        Some(&card(std::slice::from_ref(&old))),
        &card(std::slice::from_ref(&new)),
        &google(&[theirs, old.clone()]),
    );
    assert_eq!(change.removed, [read(&old)]);
    assert_eq!(change.added, [new]);
    assert!(change.replaced.is_empty() && change.clashes.is_empty());
}

#[test]
fn a_changed_field_changes_in_place() {
    let (old, new) = (job("Acme", "Clerk"), job("Acme", "Manager"));
    let change = merge(
        Some(&card(std::slice::from_ref(&old))),
        &card(std::slice::from_ref(&new)),
        &google(std::slice::from_ref(&old)),
    );
    assert_eq!(change.replaced, [(read(&old), new)]);
    assert!(change.removed.is_empty() && change.added.is_empty());
}

#[test]
fn a_place_taken_by_the_user_is_a_clash() {
    let (old, new, theirs) = (pro("01 23 45 67 89"), pro("01 23 45 67 90"), pro("01 99 99 99 99"));
    let change = merge(
        Some(&card(&[old])),
        &card(std::slice::from_ref(&new)),
        &google(&[theirs]),
    );
    assert_eq!(change.added, [new]);
    assert_eq!(
        change.clashes,
        [Clash::new("phone_pro", "01 23 45 67 90", "01 99 99 99 99")]
    );
    assert!(change.removed.is_empty() && change.replaced.is_empty());
}

#[test]
fn a_correction_survives_an_edit_of_something_else() {
    let (ours, theirs) = (pro("01 23 45 67 89"), pro("01 99 99 99 99"));
    let sent = card(&[ours.clone(), job("Acme", "Clerk")]);
    let desired = card(&[ours, job("Acme", "Manager")]);
    let change = merge(Some(&sent), &desired, &google(&[theirs.clone(), job("Acme", "Clerk")]));
    assert_eq!(change.replaced.len(), 1);
    assert!(change.added.is_empty() && change.removed.is_empty() && change.clashes.is_empty());
    assert!(
        change
            .apply(&google(&[theirs.clone(), job("Acme", "Clerk")]))
            .values
            .contains(&read(&theirs))
    );
}

#[test]
fn a_renamed_company_renames_its_label_where_the_user_left_it() {
    let (old, new) = (
        company_phone("Acme", "01 00 00 00 00"),
        company_phone("Acme SA", "01 00 00 00 00"),
    );
    let (sent, desired) = (card(std::slice::from_ref(&old)), card(std::slice::from_ref(&new)));
    assert_eq!(
        merge(Some(&sent), &desired, &google(std::slice::from_ref(&old))).replaced,
        [(read(&old), new)]
    );
    let theirs = company_phone("Desk", "01 00 00 00 00");
    assert!(merge(Some(&sent), &desired, &google(&[theirs])).is_empty());
    assert!(merge(Some(&sent), &desired, &google(&[])).is_empty());
}

#[test]
fn a_new_notation_follows_where_google_has_the_old_one() {
    let (old, new) = (pro("0123456789"), pro("01 23 45 67 89"));
    let (sent, desired) = (card(std::slice::from_ref(&old)), card(std::slice::from_ref(&new)));
    assert_eq!(
        merge(Some(&sent), &desired, &google(std::slice::from_ref(&old))).replaced,
        [(read(&old), new)]
    );
    assert!(merge(Some(&sent), &desired, &google(&[pro("+33123456789")])).is_empty());
}

#[test]
fn a_value_that_moves_between_fields_gets_the_other_label() {
    let (old, new) = (
        pro("0123456789"),
        phone(Field::PhonePerso, ValueLabel::Home, "0123456789"),
    );
    let change = merge(
        Some(&card(std::slice::from_ref(&old))),
        &card(std::slice::from_ref(&new)),
        &google(std::slice::from_ref(&old)),
    );
    assert_eq!(change.replaced, [(read(&old), new)]);
}

#[test]
fn an_account_changes_in_the_place_of_its_own_network() {
    let account = |protocol: &str, handle: &str| {
        Value::of(
            Field::SocialNetwork,
            ValueLabel::Work,
            Content::messenger(protocol, handle).unwrap(),
        )
    };
    let (skype, signal) = (account("skype", "zoe"), account("signal", "zoe"));
    let (sent, desired) = (
        card(&[skype.clone(), signal.clone()]),
        card(&[account("signal", "ann"), account("viber", "zoe")]),
    );
    let change = merge(Some(&sent), &desired, &google(&[skype.clone(), signal.clone()]));
    assert_eq!(change.replaced, [(read(&signal), account("signal", "ann"))]);
    assert_eq!(change.added, [account("viber", "zoe")]);
    assert_eq!(change.removed, [read(&skype)]);
}

#[test]
fn swapped_numbers_swap_their_labels() {
    let of = |pro_number: &str, home: &str| card(&[pro(pro_number), phone(Field::PhonePerso, ValueLabel::Home, home)]);
    let (sent, desired) = (of("0123456789", "0123456790"), of("0123456790", "0123456789"));
    let before = google(&sent.values);
    let change = merge(Some(&sent), &desired, &before);
    assert!(change.added.is_empty() && change.removed.is_empty());
    let after = change.apply(&before);
    assert!(crate::compare::Fingerprint::of(&after) == crate::compare::Fingerprint::of(&desired));
}

#[test]
fn google_s_country_of_a_number_does_not_matter() {
    let old = Value::of(
        Field::PhonePro,
        ValueLabel::Work,
        Content::phone("02 123 45 67", "BE").unwrap(),
    );
    let at_google = Value::found(ValueLabel::Work, Content::phone("02 123 45 67", "FR").unwrap());
    let change = merge(Some(&card(&[old])), &card(&[]), &card(std::slice::from_ref(&at_google)));
    assert_eq!(change.removed, [at_google]);
}

#[test]
fn an_address_that_lost_its_country_at_google_is_still_found() {
    let address = |country: &str| {
        let address = PostalAddress {
            street: "1 rue X".to_owned(),
            country_code: country.to_owned(),
            ..PostalAddress::default()
        };
        Value::of(Field::Address, ValueLabel::Work, Content::address(&address).unwrap())
    };
    let change = merge(Some(&card(&[address("FR")])), &card(&[]), &google(&[address("")]));
    assert_eq!(change.removed, [read(&address(""))]);
}

#[test]
fn the_first_time_nothing_goes() {
    let theirs = Card {
        birthday: PartialDate::new(1980, 1, 1),
        note: "hers".to_owned(),
        ..named("Zoé", "Martin")
    };
    let theirs = Card {
        values: vec![read(&pro("+33123456789"))],
        ..theirs
    };
    let desired = Card {
        values: vec![pro("01 23 45 67 89"), job("Acme", "")],
        note: "ours".to_owned(),
        ..named("", "Dupont")
    };
    let change = merge(None, &desired, &theirs);
    assert_eq!(
        change.name,
        NameChange {
            family: Some("Dupont".to_owned()),
            ..NameChange::default()
        }
    );
    assert_eq!(change.birthday, None);
    assert_eq!(change.note.as_deref(), Some("ours\n\nhers"));
    assert_eq!(change.added, [job("Acme", "")]);
    assert!(change.removed.is_empty() && change.replaced.is_empty() && change.clashes.is_empty());
}

#[test]
fn names_and_birthdays_merge_by_part() {
    let with = |card: Card, birthday| Card { birthday, ..card };
    let date = |day| PartialDate::new(1980, 1, day);
    let sent = with(named("Zoe", "Dupont"), date(1));
    let desired = with(named("Zoé", "Dupont"), None);
    let theirs = with(named("Zoe", "Dupond"), date(1));
    let change = merge(Some(&sent), &desired, &theirs);
    assert_eq!(
        change.name,
        NameChange {
            given: Some("Zoé".to_owned()),
            ..NameChange::default()
        }
    );
    assert_eq!(change.birthday, Some(None));
    assert!(change.clashes.is_empty());
    let change = merge(
        Some(&sent),
        &with(named("Zoe", "Martin"), date(2)),
        &with(named("Zoe", "Dupond"), date(3)),
    );
    assert_eq!(change.name.family.as_deref(), Some("Martin"));
    let clashes = [
        Clash::new("family", "Martin", "Dupond"),
        Clash::new("birthday", "1980-01-02", "1980-01-03"),
    ];
    assert_eq!(change.clashes, clashes);
    // Both made the same change.
    assert!(merge(Some(&sent), &with(named("Zoe", "Dupond"), date(1)), &theirs).is_empty());
}

#[test]
fn taking_ours_off_leaves_what_was_there() {
    let (had, ours) = (pro("01 23 45 67 89"), company_phone("Acme", "01 00 00 00 00"));
    let before = Card {
        note: "hers".to_owned(),
        birthday: PartialDate::new(1980, 1, 1),
        ..google(std::slice::from_ref(&had))
    };
    let desired = Card {
        note: "ours".to_owned(),
        birthday: PartialDate::new(1980, 1, 1),
        ..card(&[had.clone(), ours])
    };
    let desired = Card {
        name: named("Zoé", "Dupont").name,
        ..desired
    };
    let after = merge(None, &desired, &before).apply(&before);
    let sent = agreed(None, &desired, &before);
    // A later agreement remembers it too.
    let sent = agreed(Some(&sent), &desired, &after);
    let change = release(&sent, &after);
    let left = change.apply(&after);
    assert_eq!(left.values, [read(&had)]);
    assert_eq!(left.note, "hers");
    assert_eq!(left.birthday, PartialDate::new(1980, 1, 1));
    assert_eq!(left.name.family, "Dupont");
    assert!(change.clashes.is_empty());
    assert!(release(&sent, &left).is_empty());
}

#[test]
fn taking_ours_off_leaves_what_was_corrected() {
    let sent = Card {
        birthday: PartialDate::new(1980, 1, 1),
        note: "ours".to_owned(),
        ..card(&[pro("0123456789")])
    };
    let theirs = Card {
        birthday: PartialDate::new(1980, 1, 2),
        note: "ours\n\nhers".to_owned(),
        ..google(&[pro("0199999999")])
    };
    let left = release(&sent, &theirs).apply(&theirs);
    assert_eq!(
        left,
        Card {
            note: "hers".to_owned(),
            ..theirs
        }
    );
}
