// SPDX-License-Identifier: GPL-3.0-or-later
//! Odd files and odd answers: nothing breaks the readers, and what is written is read back.

use gcontacts_carddav::{More, VCard, parse_multistatus, read_vcards, write_vcards};
use gcontacts_core::Card;
use gcontacts_core::address::PostalAddress;
use gcontacts_core::card::{Content, Name, PartialDate, Value, ValueLabel};
use proptest::prelude::*;

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

    #[test]
    fn no_answer_breaks_the_reader(text in "(<[/!?]?[a-d:]{0,3}[ =\"]{0,2}>?|[&;#x0-9a]{0,4}|<!\\[CDATA\\[|\\]\\]>){0,40}") {
        let _ = parse_multistatus(&text);
    }
}
