// SPDX-License-Identifier: GPL-3.0-or-later
//! What stands on the card.

use super::*;

#[test]
fn a_bad_birthday_is_an_error_that_names_the_field() {
    let bad = Contact {
        birthday: "1980-02-30".to_owned(),
        ..contact()
    };
    let error = desired(&record(Some(bad.clone()), None), &settings()).unwrap_err();
    assert_eq!(error.field(), Some("contact.birthday"));
    assert_eq!(
        error.to_string(),
        "contact.birthday: \"1980-02-30\" is no date of the form YYYY-MM-DD"
    );
    // Who is left out anyway is not refused for it.
    assert_eq!(
        reason(Contact { private: true, ..bad }, None, &settings()),
        LeftOut::Private
    );
    assert_eq!(
        card_of(
            Contact {
                birthday: "0000-00-00".to_owned(),
                ..contact()
            },
            None
        )
        .birthday,
        None
    );
}

#[test]
fn each_field_has_its_place() {
    let address = PostalAddress {
        street: "1 rue X\r\nBât. A".to_owned(),
        town: "Paris".to_owned(),
        ..PostalAddress::default()
    };
    let card = card_of(
        Contact {
            civility: "Mme".to_owned(),
            firstname: "  Zoé\r\n".to_owned(),
            job_title: "Gérante".to_owned(),
            email: "zoe@acme.fr".to_owned(),
            phone_pro: "01 23 45 67 89".to_owned(),
            phone_perso: "01 23 45 67 90".to_owned(),
            phone_mobile: "06 12 34 56 78".to_owned(),
            fax: "01 23 45 67 91".to_owned(),
            address,
            birthday: "1980-05-12".to_owned(),
            url: "https://zoe.fr".to_owned(),
            note_public: "<p>Vue &agrave; Lyon</p>".to_owned(),
            page_url: "https://erp.example/contact/card.php?id=1".to_owned(),
            ..contact()
        },
        Some(company()),
    );
    let of = |field| text(&card, field);
    let pair = |label: &str, text: &str| (label.to_owned(), text.to_owned());
    assert_eq!(card.name.prefix, "Mme");
    assert_eq!(card.name.given, "Zoé");
    assert_eq!(of(Field::Organization), pair("work", "Gérante, Acme SA"));
    assert_eq!(of(Field::Email), pair("work", "zoe@acme.fr"));
    assert_eq!(of(Field::PhonePro), pair("work", "01 23 45 67 89"));
    assert_eq!(of(Field::PhonePerso), pair("home", "01 23 45 67 90"));
    assert_eq!(of(Field::PhoneMobile), pair("mobile", "06 12 34 56 78"));
    assert_eq!(of(Field::Fax), pair("workFax", "01 23 45 67 91"));
    assert_eq!(of(Field::Address), pair("work", "1 rue X Bât. A, Paris"));
    assert_eq!(of(Field::Url), pair("work", "https://zoe.fr"));
    assert_eq!(
        of(Field::Page),
        pair("Dolibarr", "https://erp.example/contact/card.php?id=1")
    );
    assert_eq!(card.birthday.unwrap().to_string(), "1980-05-12");
    assert_eq!(card.note, "Vue à Lyon");
    let Content::Address(address) = &value(&card, Field::Address).unwrap().content else {
        panic!()
    };
    assert_eq!(address.street, "1 rue X\nBât. A");
}

#[test]
fn the_third_party_s_values_carry_its_name() {
    let company = Company {
        email: "info@acme.fr".to_owned(),
        phone: "01 00 00 00 00".to_owned(),
        fax: "01 00 00 00 01".to_owned(),
        url: "acme.fr".to_owned(),
        address: PostalAddress {
            town: "Lyon".to_owned(),
            ..PostalAddress::default()
        },
        ..company()
    };
    let card = card_of(contact(), Some(company.clone()));
    let fields = [
        Field::CompanyEmail,
        Field::CompanyPhone,
        Field::CompanyFax,
        Field::CompanyUrl,
        Field::CompanyAddress,
    ];
    for field in fields {
        assert_eq!(text(&card, field).0, "Acme SA");
    }
    let nameless = card_of(
        contact(),
        Some(Company {
            name: " ".to_owned(),
            ..company
        }),
    );
    assert_eq!(
        fields.map(|field| text(&nameless, field).0),
        ["work", "work", "workFax", "work", "work"]
    );
    assert_eq!(value(&nameless, Field::Organization), None);
}

#[test]
fn equal_values_appear_once_as_the_contact_s() {
    let place = |street: &str| PostalAddress {
        street: street.to_owned(),
        country_code: "FR".to_owned(),
        ..PostalAddress::default()
    };
    let card = card_of(
        Contact {
            email: "Zoe@acme.fr".to_owned(),
            phone_pro: "01 23 45 67 89".to_owned(),
            phone_mobile: "+33 1 23 45 67 89".to_owned(),
            address: place("1, rue de l'Été"),
            ..contact()
        },
        Some(Company {
            email: "zoe@ACME.fr".to_owned(),
            phone: "0033123456789".to_owned(),
            address: place("1 RUE DE L ETE"),
            ..company()
        }),
    );
    let fields: Vec<_> = card.values.iter().filter_map(|value| value.field).collect();
    assert_eq!(
        fields,
        [Field::Organization, Field::Email, Field::PhonePro, Field::Address]
    );
    assert_eq!(
        text(&card, Field::PhonePro),
        ("work".to_owned(), "01 23 45 67 89".to_owned())
    );
}

#[test]
fn a_bare_country_is_left_to_the_full_address() {
    let france = PostalAddress {
        country_code: "FR".to_owned(),
        country: "France".to_owned(),
        ..PostalAddress::default()
    };
    let lyon = PostalAddress {
        town: "Lyon".to_owned(),
        ..france.clone()
    };
    let at = |address: &PostalAddress| Contact {
        address: address.clone(),
        ..contact()
    };
    let card = card_of(
        at(&france),
        Some(Company {
            address: lyon,
            ..company()
        }),
    );
    assert!(value(&card, Field::Address).is_none() && value(&card, Field::CompanyAddress).is_some());
    assert!(value(&card_of(at(&france), None), Field::Address).is_some());
}

#[test]
fn numbers_are_dialled_in_the_contact_s_country_first() {
    let country = |contact_code: &str, company_code: &str| {
        let at = |code: &str| PostalAddress {
            country_code: code.to_owned(),
            ..PostalAddress::default()
        };
        let contact = Contact {
            phone_pro: "012345678".to_owned(),
            address: at(contact_code),
            ..contact()
        };
        let card = card_of(
            contact,
            Some(Company {
                address: at(company_code),
                ..company()
            }),
        );
        match &value(&card, Field::PhonePro).unwrap().content {
            Content::Phone { country, .. } => country.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(country("BE", "CH"), "BE");
    assert_eq!(country("", "CH"), "CH");
    assert_eq!(country("", ""), "FR");
}

#[test]
fn networks_are_messengers_or_pages() {
    let account = |network: &str, name: &str, handle: &str, url: &str| SocialNetwork {
        network: network.to_owned(),
        name: name.to_owned(),
        handle: handle.to_owned(),
        url: url.to_owned(),
    };
    let card = card_of(
        Contact {
            social_networks: vec![
                account("skype", "Skype", "zoe", "https://www.skype.com/zoe"),
                account("linkedin", "LinkedIn", "zoe", "https://www.linkedin.com/in/zoe"),
                account("facebook", "Facebook", "https://fb.com/zoe", ""),
                account("whatsapp", "WhatsApp", "+33612345678", ""),
                account("unknown", "", "zoe", ""),
                account("snapchat", "Snapchat", " ", "https://snapchat.com/"),
            ],
            ..contact()
        },
        None,
    );
    let shown: Vec<_> = card
        .values
        .iter()
        .map(|value| (value.label.as_text(), value.content.text()))
        .collect();
    let expected = [
        ("work", "skype, zoe"),
        ("LinkedIn", "https://www.linkedin.com/in/zoe"),
        ("Facebook", "https://fb.com/zoe"),
        ("work", "WhatsApp, +33612345678"),
        ("work", "unknown, zoe"),
    ];
    assert_eq!(shown, expected.map(|(label, text)| (label, text.to_owned())));
}

#[test]
fn notes_are_sent_only_when_asked() {
    let quiet = Settings {
        notes: false,
        ..settings()
    };
    let noted = Contact {
        note_public: "x".repeat(10_000),
        ..contact()
    };
    assert_eq!(card_of(noted.clone(), None).note.len(), 10_000);
    let Ok(Desired::Card { card, .. }) = desired(&record(Some(noted), None), &quiet) else {
        panic!()
    };
    assert_eq!(card.note, "");
}

#[test]
fn odd_texts_make_a_card_all_the_same() {
    let card = card_of(
        Contact {
            firstname: "👩‍🚀".to_owned(),
            lastname: "\u{202b}כהן\u{202c}\0".to_owned(),
            phone_pro: "٠١٢٣٤٥٦٧٨٩".to_owned(),
            ..contact()
        },
        None,
    );
    assert_eq!(card.name.given, "👩‍🚀");
    assert_eq!(card.name.family, "\u{202b}כהן\u{202c}");
    assert_eq!(text(&card, Field::PhonePro).1, "٠١٢٣٤٥٦٧٨٩");
}
