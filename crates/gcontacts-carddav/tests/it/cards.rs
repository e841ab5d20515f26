// SPDX-License-Identifier: GPL-3.0-or-later
//! vCards of every age and maker.

use gcontacts_carddav::{VCard, read_vcards};
use gcontacts_core::card::PartialDate;

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
