// SPDX-License-Identifier: GPL-3.0-or-later
//! vCards of every age and maker.

use gcontacts_carddav::{More, VCard, read_vcards, write_vcards};
use gcontacts_core::Card;
use gcontacts_core::address::PostalAddress;
use gcontacts_core::card::{Content, Name, PartialDate, Value, ValueLabel};
use proptest::prelude::*;

fn one(file: &str) -> VCard {
    let cards = read_vcards(file.replace('\n', "\r\n").as_bytes(), "FR");
    let [card] = cards.as_slice() else { panic!("{cards:?}") };
    card.clone()
}

fn values(card: &VCard) -> Vec<String> {
    card.card
        .values
        .iter()
        .map(|value| format!("{}={}", value.label.as_text(), value.content.text()))
        .collect()
}

#[test]
fn apples_cards_are_read() {
    let card = one(
        "BEGIN:VCARD\nVERSION:3.0\nN:Lefèvre;Zoé;;Mme;\nFN:Zoé Lefèvre\nORG:Durand SARL;Achats;\nTITLE:Acheteuse\nitem1.TEL;type=pref:06 11 22 33 44\nitem1.X-ABLabel:Chalet\nTEL;type=CELL;type=VOICE:0600000001\nTEL;type=WORK;type=FAX:0100000001\nitem2.EMAIL;type=INTERNET:zoe@durand.example\nitem2.X-ABLabel:_$!<Work>!$_\nitem3.ADR;type=HOME:;;12 rue de la\n  Paix\\, bât. B;Paris;;75002;France\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\nNOTE:Rencontrée\\nau salon\nX-SOCIALPROFILE;type=twitter;x-user=zoe:https://twitter.com/zoe\nUID:abc\nEND:VCARD\n",
    );
    assert_eq!(card.uid, "abc");
    assert_eq!(
        (
            card.card.name.prefix.as_str(),
            card.card.name.given.as_str(),
            card.card.name.family.as_str()
        ),
        ("Mme", "Zoé", "Lefèvre")
    );
    assert_eq!(card.card.birthday, PartialDate::new(0, 2, 29));
    assert_eq!(card.card.note, "Rencontrée\nau salon");
    let values = values(&card);
    for wanted in [
        "Chalet=06 11 22 33 44",
        "mobile=0600000001",
        "workFax=0100000001",
        "work=zoe@durand.example",
        "=Acheteuse, Durand SARL",
        "twitter=twitter, zoe",
        "home=12 rue de la Paix, bât. B, 75002 Paris, France",
    ] {
        assert!(values.iter().any(|value| value == wanted), "{wanted} in {values:?}");
    }
}

#[test]
fn old_cards_are_read() {
    let card = one(
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Lef=E8vre;Zo=E9\nTEL;CELL:0600000001\nEMAIL;INTERNET:zoe@x.example\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:un=\n deux\nEND:VCARD\n",
    );
    assert_eq!(
        (card.card.name.given.as_str(), card.card.name.family.as_str()),
        ("Zoé", "Lefèvre")
    );
    assert!(
        values(&card).contains(&"mobile=0600000001".to_owned()),
        "{:?}",
        values(&card)
    );
    let latin: Vec<u8> = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lefèvre;Zoé\r\nEND:VCARD\r\n"
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    assert_eq!(read_vcards(&latin, "").first().unwrap().card.name.family, "Lefèvre");
}

#[test]
fn version_4_is_read() {
    let card = one(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Alice Martin\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:+33-1-23-45-67-89\nTEL;TYPE=cell;PREF=1:+33600000001\nBDAY:--0229\nEND:VCARD\n",
    );
    assert_eq!(
        (card.card.name.given.as_str(), card.card.name.family.as_str()),
        ("Alice", "Martin"),
        "without N the whole name is split"
    );
    assert_eq!(values(&card), ["mobile=+33600000001", "home=+33-1-23-45-67-89"]);
    assert_eq!(card.card.birthday, PartialDate::new(0, 2, 29));
    let company = one("BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Grand SAS\nEND:VCARD\n");
    assert_eq!(
        (company.card.name.is_empty(), values(&company)),
        (true, vec!["=Grand SAS".to_owned()])
    );
    let company =
        one("BEGIN:VCARD\nVERSION:3.0\nN:;Grand SAS;;;\nFN:Grand SAS\nORG:Grand SAS\nX-ABShowAs:COMPANY\nEND:VCARD\n");
    assert!(company.card.name.is_empty());
}

#[test]
fn a_picture_is_kept() {
    let card = one("BEGIN:VCARD\nVERSION:3.0\nN:A;B\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n SkZJRg==\nEND:VCARD\n");
    assert_eq!(card.photo.unwrap().bytes, b"\xFF\xD8\xFF\xE0\0\x10JFIF");
}

#[test]
fn a_damaged_card_harms_no_other() {
    let file = "garbage\nBEGIN:VCARD\nVERSION:3.0\nN:A\nTEL\n;:;\nBEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Martin;Alice\nEND:VCARD\n";
    let cards = read_vcards(file.as_bytes(), "");
    assert!(cards.iter().any(|card| card.card.name.family == "Martin"), "{cards:?}");
}

fn word() -> impl Strategy<Value = String> {
    "[a-zA-Zéü0-9,;:\\\\\"&🌸'()-]{1,12}( [a-zé;,]{1,8}){0,3}"
}

fn label() -> impl Strategy<Value = ValueLabel> {
    prop_oneof![
        Just(ValueLabel::None),
        Just(ValueLabel::Home),
        Just(ValueLabel::Work),
        "[A-Z][a-zé]{2,9}( [a-z]{2,6})?".prop_map(|text| ValueLabel::from_text(&text)),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let content = prop_oneof![
        "[+0-9][0-9 .]{4,14}[0-9]".prop_map(|number| Content::phone(&number, "FR")),
        "[a-z]{1,8}@[a-z]{1,8}\\.example".prop_map(|email| Content::email(&email)),
        "https://[a-z]{1,8}\\.example/[a-z]{0,8}".prop_map(|url| Content::url(&url)),
        (word(), word()).prop_map(|(name, title)| Content::organization(&name, &title)),
        (word(), word(), "[0-9]{0,5}").prop_map(|(street, town, zip)| Content::address(&PostalAddress {
            street: format!("{street}\n{street}"),
            town,
            zip,
            country: "France".to_owned(),
            country_code: "FR".to_owned(),
            ..PostalAddress::default()
        })),
        ("[a-z]{2,8}", "[a-z0-9.]{1,9}").prop_map(|(protocol, handle)| Content::messenger(&protocol, &handle)),
    ];
    (label(), content).prop_filter_map("no content", |(label, content)| Some(Value::found(label, content?)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_back(
        given in word(), family in word(), note in "[a-zé ,;\\\\\n🌸]{0,40}", values in prop::collection::vec(value(), 0..6),
        middle in word(), names in prop::collection::vec("[a-zé,;/\\\\]{1,8}", 0..3),
        birthday in prop::option::of((prop_oneof![Just(0_u16), 1900_u16..2020], 1_u8..13, 1_u8..29)),
    ) {
        let card = Card {
            name: Name { given: gcontacts_core::text::tidy_line(&given), family: gcontacts_core::text::tidy_line(&family), ..Name::default() },
            birthday: birthday.and_then(|(year, month, day)| PartialDate::new(year, month, day)),
            note: gcontacts_core::text::tidy(&note),
            values,
            ..Card::default()
        };
        let more = More { middle: gcontacts_core::text::tidy_line(&middle), nicknames: names.clone(), labels: names, photo_url: String::new() };
        let written = write_vcards(&[VCard { uid: "u1".to_owned(), card: card.clone(), photo: None, more: more.clone() }]);
        let read = read_vcards(written.as_bytes(), "FR");
        let [back] = read.as_slice() else { panic!("{written}") };
        prop_assert_eq!(&back.uid, "u1");
        prop_assert_eq!(&back.more, &more, "{}", written);
        prop_assert_eq!(&back.card.name, &card.name, "{}", written);
        prop_assert_eq!(&back.card.note, &card.note, "{}", written);
        prop_assert_eq!(back.card.birthday, card.birthday, "{}", written);
        let texts = |card: &Card| {
            let mut texts: Vec<_> = card.values.iter().map(|value| format!("{}={:?}", value.label.as_text(), value.content)).collect();
            texts.sort();
            texts
        };
        prop_assert_eq!(texts(&back.card), texts(&card), "{}", written);
    }

    #[test]
    fn no_file_breaks_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), lines in "(BEGIN:VCARD|END:VCARD|N:|TEL|BDAY|;|:|=|\"|ENCODING=b|QUOTED-PRINTABLE|--|[0-9]{1,8}|\r\n| |\\\\){0,60}") {
        let _ = read_vcards(&bytes, "FR");
        let _ = read_vcards(lines.as_bytes(), "FR");
    }
}
