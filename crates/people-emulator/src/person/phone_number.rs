// SPDX-License-Identifier: GPL-3.0-or-later
//! `canonicalForm` of phone numbers: E.164, guessed from the account's region.
//!
//! A table of its own on purpose: what is tested against the emulator must not agree with it by sharing code.

/// Region, country calling code, trunk prefix, least and most digits of a national number.
const REGIONS: [(&str, &str, &str, usize, usize); 24] = [
    ("AT", "43", "0", 4, 13),
    ("AU", "61", "0", 9, 9),
    ("BE", "32", "0", 8, 9),
    ("BR", "55", "0", 10, 11),
    ("CA", "1", "1", 10, 10),
    ("CH", "41", "0", 9, 9),
    ("CZ", "420", "", 9, 9),
    ("DE", "49", "0", 5, 12),
    ("DK", "45", "", 8, 8),
    ("DZ", "213", "0", 8, 9),
    ("ES", "34", "", 9, 9),
    ("FI", "358", "0", 5, 12),
    ("FR", "33", "0", 9, 9),
    ("GB", "44", "0", 9, 10),
    ("IE", "353", "0", 7, 9),
    ("IT", "39", "", 6, 11),
    ("LU", "352", "", 5, 11),
    ("MA", "212", "0", 9, 9),
    ("NL", "31", "0", 9, 9),
    ("NO", "47", "", 8, 8),
    ("PL", "48", "", 9, 9),
    ("PT", "351", "", 9, 9),
    ("SE", "46", "0", 7, 9),
    ("US", "1", "1", 10, 10),
];

/// The number in E.164, where the typed text can be understood in the region.
#[must_use]
pub fn canonical(typed: &str, region: &str) -> Option<String> {
    let known = |letter: char| letter.is_ascii_digit() || " .-()/+\u{a0}\u{202f}".contains(letter);
    let typed = typed.trim().replace("(0)", "");
    if !typed.chars().all(known) {
        return None;
    }
    let digits = typed.chars().filter(char::is_ascii_digit).collect::<String>();
    match (typed.starts_with('+'), digits.strip_prefix("00")) {
        (true, _) => international(&digits),
        (false, Some(digits)) => international(digits),
        (false, None) => {
            let (_, calling_code, trunk, least, most) = REGIONS.iter().find(|row| row.0 == region)?;
            let national = digits.strip_prefix(trunk).unwrap_or(&digits);
            let whole = trunk.is_empty() || *trunk == "1" || digits.starts_with(trunk);
            (whole && (*least..=*most).contains(&national.len())).then(|| format!("+{calling_code}{national}"))
        }
    }
}

fn international(digits: &str) -> Option<String> {
    let Some((_, calling_code, _, least, most)) = REGIONS.iter().find(|row| digits.starts_with(row.1)) else {
        return (8..=15).contains(&digits.len()).then(|| format!("+{digits}"));
    };
    let national = digits.len() - calling_code.len();
    (*least..=*most).contains(&national).then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn rule_23_canonical_form_follows_the_region() {
        assert_eq!(canonical("01 23 45 67 89", "FR").unwrap(), "+33123456789");
        assert_eq!(canonical("+33 (0)1 23 45 67 89", "FR").unwrap(), "+33123456789");
        assert_eq!(canonical("0033 1 23 45 67 89", "DE").unwrap(), "+33123456789");
        assert_eq!(canonical("(212) 555-0123", "US").unwrap(), "+12125550123");
        assert_eq!(canonical("06 12 34 56 78", "IT").unwrap(), "+390612345678");
        for unclear in ["123", "ask Marie", "01 23 45 67", "+33 1 23"] {
            assert_eq!(canonical(unclear, "FR"), None, "{unclear}");
        }
    }
}
