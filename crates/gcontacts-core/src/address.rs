// SPDX-License-Identifier: GPL-3.0-or-later
//! Postal addresses, and when two of them are the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::{fold, tidy, tidy_line};

/// A postal address. Texts are as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PostalAddress {
    /// Street; may have several lines, parted by `\n`.
    pub street: String,
    /// Postal code.
    pub zip: String,
    /// Town.
    pub town: String,
    /// State or department.
    pub state: String,
    /// Country's name, in the language of the company.
    pub country: String,
    /// ISO 3166-1 alpha-2 code of the country, upper case; empty where unknown.
    pub country_code: String,
}

impl PostalAddress {
    /// The address with its texts cleaned.
    #[must_use]
    pub fn tidied(&self) -> Self {
        Self {
            street: tidy(&self.street),
            zip: tidy_line(&self.zip),
            town: tidy_line(&self.town),
            state: tidy_line(&self.state),
            country: tidy_line(&self.country),
            country_code: tidy_line(&self.country_code).to_uppercase(),
        }
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names_no_place() && self.country.is_empty() && self.country_code.is_empty()
    }

    /// Whether it says nothing but, at most, a country.
    #[must_use]
    pub fn names_no_place(&self) -> bool {
        self.street.is_empty() && self.zip.is_empty() && self.town.is_empty() && self.state.is_empty()
    }

    /// What makes it this address: its texts without case, accents, punctuation and line breaks, and its country.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("{}|{}", self.place(), self.country_identity())
    }

    /// The identity without the country.
    pub(crate) fn place(&self) -> String {
        [&self.street, &self.zip, &self.town, &self.state]
            .map(|text| fold(text))
            .join("|")
    }

    /// What makes a country this country: its code, known by any name that [`country_code`] knows; else its name.
    #[must_use]
    pub fn country_identity(&self) -> String {
        if !self.country_code.is_empty() {
            return self.country_code.to_uppercase();
        }
        let name = fold(&self.country);
        country_code_of_folded(&name).map_or(name, ToOwned::to_owned)
    }
}

/// The names of the countries (Unicode CLDR: English, French, German, Spanish, Italian, Dutch and Portuguese).
const COUNTRIES: &str = include_str!("countries.tsv");

static CODES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let rows = COUNTRIES.lines().filter_map(|row| row.split_once('\t'));
    rows.flat_map(|(code, names)| names.split('\t').map(move |name| (fold(name), code)))
        .collect()
});

/// The ISO 3166-1 alpha-2 code of the country with this name, where the name is a known one.
#[must_use]
pub fn country_code(name: &str) -> Option<&'static str> {
    country_code_of_folded(&fold(name))
}

fn country_code_of_folded(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        None
    } else {
        CODES.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris(street: &str, country: &str, code: &str) -> PostalAddress {
        PostalAddress {
            street: street.to_owned(),
            zip: "75001".to_owned(),
            town: "Paris".to_owned(),
            state: String::new(),
            country: country.to_owned(),
            country_code: code.to_owned(),
        }
    }

    #[test]
    fn the_same_place_is_the_same_address() {
        let address = paris("12, rue de l'Église\nBât. B", "France", "FR").identity();
        assert_eq!(
            paris("12 RUE DE L’EGLISE\r\nBAT B", "Frankreich", "").identity(),
            address
        );
        assert_eq!(paris("12 rue de l'eglise, bat b", "", "fr").identity(), address);
        assert_ne!(paris("12 rue de l'eglise, bat c", "", "FR").identity(), address);
        assert_ne!(paris("12 rue de l'eglise, bat b", "", "BE").identity(), address);
    }

    #[test]
    fn countries_are_known_by_code_or_name() {
        assert_eq!(country_code("états-unis"), Some("US"));
        assert_eq!(country_code("Côte d’Ivoire"), Some("CI"));
        assert_eq!(country_code("Freedonia"), None);
        assert_eq!(country_code(""), None);
        assert_eq!(paris("", "Freedonia", "").country_identity(), "freedonia");
        assert!(CODES.len() > 800);
    }

    #[test]
    fn no_name_means_two_countries() {
        let mut known: HashMap<String, &str> = HashMap::new();
        for (code, names) in COUNTRIES.lines().filter_map(|row| row.split_once('\t')) {
            for name in names.split('\t') {
                assert_eq!(*known.entry(fold(name)).or_insert(code), code, "{name}");
            }
        }
    }
}
