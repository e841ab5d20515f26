// SPDX-License-Identifier: GPL-3.0-or-later

use gcontacts_core::html::note_text;
use gcontacts_core::text::{fold, tidy_line};
use gcontacts_core::{Card, Company, Contact, Content};
use proptest::prelude::*;

use crate::records::{card_of, company, contact};

fn has(card: &Card, content: Option<Content>) -> bool {
    content.is_none_or(|content| card.values.iter().any(|value| value.identity().is(&content.identity())))
}

/// The country in which the card has its numbers dialled.
fn country<'a>(contact: &'a Contact, company: &'a Company) -> &'a str {
    let codes = [&contact.address.country_code, &company.address.country_code];
    codes
        .into_iter()
        .find(|code| !code.is_empty())
        .map_or("FR", String::as_str)
}

fn has_address(card: &Card, address: &gcontacts_core::address::PostalAddress) -> bool {
    let countries = card.values.iter().filter_map(|value| match &value.content {
        Content::Address(address) => Some(address.country_identity()),
        _ => None,
    });
    has(card, Content::address(address))
        || (address.names_no_place()
            && countries
                .into_iter()
                .any(|country| country == address.country_identity()))
}

proptest! {
    #[test]
    fn nothing_that_dolibarr_has_is_lost(contact in contact(), company in company()) {
        let card = card_of(contact.clone(), Some(company.clone()));
        prop_assert_eq!(&card.name.prefix, &contact.civility);
        prop_assert_eq!(&card.name.given, &contact.firstname);
        prop_assert_eq!(&card.name.family, &contact.lastname);
        prop_assert_eq!(&card.note, &note_text(&contact.note_public));
        let here = country(&contact, &company);
        for number in [&contact.phone_pro, &contact.phone_perso, &contact.phone_mobile, &contact.fax] {
            prop_assert!(has(&card, Content::phone(number, here)));
        }
        let there = if company.address.country_code.is_empty() { "FR" } else { &company.address.country_code };
        for number in [&company.phone, &company.fax] {
            prop_assert!(has(&card, Content::phone(number, there)));
        }
        prop_assert!(has(&card, Content::email(&contact.email)) && has(&card, Content::email(&company.email)));
        prop_assert!(has(&card, Content::url(&contact.url)) && has(&card, Content::url(&company.url)));
        prop_assert!(has(&card, Content::url(&contact.page_url)));
        prop_assert!(has(&card, Content::organization(&company.name, &contact.job_title)));
        prop_assert!(has_address(&card, &contact.address) && has_address(&card, &company.address));
        for network in contact.social_networks.iter().filter(|network| !network.handle.is_empty()) {
            let handle = fold(&network.handle);
            prop_assert!(card.values.iter().any(|value| fold(&value.content.text()).contains(&handle)), "{network:?}");
        }
    }

    #[test]
    fn each_value_stands_once(contact in contact(), company in company()) {
        let card = card_of(contact, Some(company));
        for (place, value) in card.values.iter().enumerate() {
            prop_assert!(card.values[..place].iter().all(|other| !other.identity().is(&value.identity())));
        }
    }

    #[test]
    fn whatever_was_typed_the_card_is_clean(text in any::<String>(), other in any::<String>()) {
        let contact = Contact {
            civility: text.clone(), firstname: text.clone(), lastname: format!("x{other}"), job_title: text.clone(), email: text.clone(),
            phone_pro: text.clone(), fax: other.clone(), url: text.clone(), note_public: other.clone(),
            own_entity: true, active: true, ..Contact::default()
        };
        let company = Company { name: other, phone: text, open: true, ..Company::default() };
        let card = card_of(contact, Some(company));
        for value in &card.values {
            let label = value.label.as_text();
            prop_assert_eq!(tidy_line(label), label);
            prop_assert!(!value.content.text().contains(|c: char| c.is_control()));
        }
        prop_assert!(!card.note.contains(|c: char| c.is_control() && c != '\n'));
        let json = serde_json::to_string(&card).unwrap();
        prop_assert_eq!(serde_json::from_str::<Card>(&json).unwrap(), card);
    }
}
