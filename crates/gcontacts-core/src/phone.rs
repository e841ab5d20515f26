// SPDX-License-Identifier: GPL-3.0-or-later
//! Phone numbers, and when two of them are the same.
//!
//! `01 23 45 67 89`, dialled in France, is `+33 1 23 45 67 89`. What a number means is decided by the
//! `phonenumber` crate (Google's libphonenumber data); `plan` knows the commonest shapes of the commonest
//! countries by heart, because the crate takes a tenth of a second to load.

mod plan;

use phonenumber::country::Id;
use phonenumber::metadata::DATABASE;

use crate::text::fold;

/// What makes a number this number: `+` and its digits with the country's code, then `;ext=` and the extension.
///
/// `country` (ISO 3166-1 alpha-2) is where the number is dialled as typed. A number that cannot be resolved keeps
/// its digits; a text that is no number folds as any text.
#[must_use]
pub fn identity(number: &str, country: &str) -> String {
    let Some(dialled) = Dialled::read(number) else {
        return fold(number);
    };
    let mut identity = resolve(&dialled, country).unwrap_or_else(|| dialled.to_string());
    if !dialled.extension.is_empty() {
        identity.push_str(";ext=");
        identity.push_str(&dialled.extension);
    }
    identity
}

/// What is dialled for a number as typed, wherever that is: its digits, and `+` and extension where it has them.
#[must_use]
pub fn dialled(number: &str) -> String {
    Dialled::read(number).map_or_else(
        || fold(number),
        |dialled| {
            if dialled.extension.is_empty() {
                dialled.to_string()
            } else {
                format!("{dialled};ext={}", dialled.extension)
            }
        },
    )
}

/// The digits of a number as typed.
struct Dialled {
    plus: bool,
    digits: String,
    extension: String,
}

impl Dialled {
    /// Reads a number; `None` where it has no digits, or words that are no mark of an extension.
    fn read(number: &str) -> Option<Self> {
        let mut dialled = Self {
            plus: false,
            digits: String::new(),
            extension: String::new(),
        };
        let mut word = String::new();
        let mut in_extension = false;
        for c in number.strip_prefix("tel:").unwrap_or(number).chars() {
            if let Some(digit) = decimal_digit(c) {
                if !word.is_empty() {
                    in_extension = in_extension || (!dialled.digits.is_empty() && is_extension_mark(&word));
                    if !in_extension {
                        return None;
                    }
                    word.clear();
                }
                if in_extension {
                    dialled.extension.push(digit);
                } else {
                    dialled.digits.push(digit);
                }
            } else if matches!(c, '+' | '\u{ff0b}') && dialled.digits.is_empty() {
                dialled.plus = true;
            } else if c.is_alphabetic() || c == '#' {
                word.extend(c.to_lowercase());
            }
        }
        // A word behind the digits (`01 23 45 67 89 bureau`) says what it is for, not what to dial.
        (!dialled.digits.is_empty()).then_some(dialled)
    }
}

impl std::fmt::Display for Dialled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.plus { "+" } else { "" }, self.digits)
    }
}

fn is_extension_mark(word: &str) -> bool {
    matches!(
        word,
        "ext"
            | "extn"
            | "extension"
            | "x"
            | "#"
            | "poste"
            | "post"
            | "p"
            | "dw"
            | "durchwahl"
            | "int"
            | "interno"
            | "anexo"
    )
}

/// The value of a decimal digit in any of the scripts that people type phone numbers in, as an ASCII digit.
fn decimal_digit(c: char) -> Option<char> {
    const ZEROS: [char; 14] = [
        '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{be6}', '\u{c66}',
        '\u{ce6}', '\u{e50}', '\u{ed0}', '\u{ff10}',
    ];
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let value = ZEROS
        .iter()
        .filter_map(|&zero| u32::from(c).checked_sub(u32::from(zero)))
        .find(|&value| value < 10)?;
    char::from_digit(value, 10)
}

/// Resolves a number to `+` and its digits with the country's code.
fn resolve(dialled: &Dialled, country: &str) -> Option<String> {
    // 15 digits and an exit code are the most that can be dialled (ITU-T E.164).
    if dialled.digits.len() > 20 {
        return None;
    }
    plan::resolve(dialled.plus, &dialled.digits, country).or_else(|| look_up(dialled.plus, &dialled.digits, country))
}

/// Resolves a number by the `phonenumber` crate.
///
/// A number with a country code is looked up without `country`: given one, the crate strips the national prefix of
/// that country from it, and `+39 06 …` would lose its zero in France.
fn look_up(plus: bool, digits: &str, country: &str) -> Option<String> {
    if plus {
        return international(digits);
    }
    let Ok(id) = country.parse::<Id>() else {
        return digits.strip_prefix("00").and_then(international);
    };
    let exit_code = DATABASE.by_id(id.as_ref())?.international_prefix();
    if let Some(exit) = exit_code
        .and_then(|exit| exit.find(digits))
        .filter(|exit| exit.start() == 0)
    {
        let rest = digits.get(exit.end()..).unwrap_or_default();
        if !rest.is_empty() && !rest.starts_with('0') {
            return international(rest);
        }
    }
    phonenumber::parse(Some(id), digits).ok().as_ref().map(e164)
}

fn international(digits: &str) -> Option<String> {
    phonenumber::parse(None, format!("+{digits}")).ok().as_ref().map(e164)
}

fn e164(number: &phonenumber::PhoneNumber) -> String {
    format!("+{}{}", number.code().value(), number.national())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_number_is_known_however_it_is_typed() {
        for typed in [
            "01 23 45 67 89",
            "01.23.45.67.89",
            "+33 1 23 45 67 89",
            "+33 (0)1 23 45 67 89",
            "0033 1 23456789",
            "33123456789",
            "tel:+33-1-23-45-67-89",
            "０１２３４５６７８９",
            "\u{202a}+33 1 23 45 67 89\u{202c}",
            "01 23 45 67 89 (bureau)",
        ] {
            assert_eq!(identity(typed, "FR"), "+33123456789", "{typed}");
        }
        assert_eq!(identity("٠١٢٣٤٥٦٧٨٩", "FR"), "+33123456789");
        assert_eq!(identity("+33 1 23 45 67 89", ""), "+33123456789");
        assert_eq!(identity("0033123456789", ""), "+33123456789");
        assert_eq!(identity("011 33 1 23 45 67 89", "US"), "+33123456789");
        assert_eq!(identity("(650) 253-0000", "US"), "+16502530000");
        assert_eq!(identity("020 7031 3000", "GB"), "+442070313000");
        assert_eq!(identity("+49 (0)30 123456", "FR"), "+4930123456");
    }

    #[test]
    fn the_zero_of_rome_stays() {
        assert_eq!(identity("+39 06 1234 5678", "FR"), "+390612345678");
        assert_eq!(identity("06 1234 5678", "IT"), "+390612345678");
        assert_eq!(identity("0039 06 1234 5678", "FR"), "+390612345678");
    }

    #[test]
    fn an_extension_makes_another_number() {
        for typed in [
            "01 23 45 67 89 poste 12",
            "+33123456789 ext. 12",
            "01 23 45 67 89 x12",
            "0123456789#12",
            "+33123456789;ext=12",
        ] {
            assert_eq!(identity(typed, "FR"), "+33123456789;ext=12", "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_still_equal_to_itself() {
        assert_eq!(identity("0123456789", ""), "0123456789");
        assert_eq!(identity("0123456789", "XX"), "0123456789");
        assert_eq!(identity("0800 FLEURS 1", "FR"), "0800 fleurs 1");
        assert_eq!(
            identity("01 23 45 67 89 / 06 12 34 56 78", "FR"),
            "01234567890612345678"
        );
        assert_eq!(identity("voir standard", "FR"), "voir standard");
        assert_eq!(identity("☎", "FR"), "☎");
        assert_eq!(identity("", "FR"), "");
        assert_eq!(identity("1", "FR"), "1");
        assert_eq!(identity("+", "FR"), "+");
    }

    #[test]
    fn what_is_dialled_has_no_country() {
        assert_eq!(dialled("01.23 45-67 89"), "0123456789");
        assert_eq!(dialled("+33 1 x 7"), "+331;ext=7");
    }

    #[test]
    fn every_country_can_be_looked_up() {
        for (code, _) in include_str!("countries.tsv")
            .lines()
            .filter_map(|row| row.split_once('\t'))
        {
            for digits in ["0123456789", "00331234567", "12", "0", "15551234567890123456"] {
                let _ = look_up(false, digits, code);
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in any::<String>(), country in "[A-Z]{0,2}") {
            let _ = identity(&text, &country);
        }

        #[test]
        fn no_digits_are_too_odd(plus: bool, digits in "[0-9]{1,20}", country in "(FR|AR|BR|MX|US|IT|AU|JP|RU|[A-Z]{2})") {
            if let Some(e164) = look_up(plus, &digits, &country) {
                prop_assert!(e164.starts_with('+'));
            }
        }

        #[test]
        fn separators_mean_nothing(digits in "[0-9]{2,15}", separator in "[ .()/\u{a0}-]{1,2}", at in 1_usize..15) {
            let at = at.min(digits.len() - 1);
            let typed = format!("{}{separator}{}", &digits[..at], &digits[at..]);
            prop_assert_eq!(identity(&typed, "FR"), identity(&digits, "FR"));
        }
    }
}
