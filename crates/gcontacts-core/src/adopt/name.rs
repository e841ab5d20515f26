// SPDX-License-Identifier: GPL-3.0-or-later
//! Names, as far as they tell whether two are the same person.

use serde::{Deserialize, Serialize};

use crate::text::fold;

/// The words of a name, folded and sorted: first and last name are often swapped. As text, separated by spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NameTokens(String);

impl NameTokens {
    /// The words of a first and a last name.
    #[must_use]
    pub fn of(given: &str, family: &str) -> Self {
        let folded = fold(&format!("{given} {family}"));
        let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        Self(words.join(" "))
    }

    /// The words as one text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both are the same name.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        !self.is_empty() && self == other
    }

    /// Whether both may be the same person's: one leaves words out or shortens them to initials, and one whole word at
    /// the least is the same. No name contradicts none.
    #[must_use]
    pub fn is_compatible(&self, other: &Self) -> bool {
        if self.is_empty() || other.is_empty() {
            return true;
        }
        let (mut short, mut long): (Vec<&str>, Vec<&str>) = (self.0.split(' ').collect(), other.0.split(' ').collect());
        if short.len() > long.len() {
            std::mem::swap(&mut short, &mut long);
        }
        let mut shared = 0;
        short.retain(|word| {
            let place = long.iter().position(|other| other == word);
            if let Some(place) = place {
                long.remove(place);
                shared += usize::from(word.chars().nth(1).is_some());
            }
            place.is_none()
        });
        shared > 0
            && short.iter().all(|word| {
                let place = long
                    .iter()
                    .position(|other| is_initial(word, other) || is_initial(other, word));
                place.map(|place| long.remove(place)).is_some()
            })
    }
}

fn is_initial(short: &str, word: &str) -> bool {
    short.chars().nth(1).is_none() && word.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compatible(a: (&str, &str), b: (&str, &str)) -> bool {
        let (a, b) = (NameTokens::of(a.0, a.1), NameTokens::of(b.0, b.1));
        assert_eq!(a.is_compatible(&b), b.is_compatible(&a));
        a.is_compatible(&b)
    }

    #[test]
    fn names_are_the_same_whatever_their_order_case_and_accents() {
        assert!(NameTokens::of("Zoé", "LE GALL").is(&NameTokens::of("le Gall", "ZOE")));
        assert!(!NameTokens::of("", "").is(&NameTokens::of("", "")));
        assert!(!NameTokens::of("Bob", "Martin").is(&NameTokens::of("Alice", "Martin")));
    }

    #[test]
    fn a_shorter_name_is_compatible() {
        assert!(compatible(("Alice", "Martin"), ("", "Martin")));
        assert!(compatible(("Alice", "Martin"), ("A.", "Martin")));
        assert!(compatible(("Jean-Pierre", "Martin"), ("Jean", "Martin")));
        assert!(compatible(("Alice", "Martin"), ("", "")));
    }

    #[test]
    fn another_person_is_not() {
        assert!(!compatible(("Alice", "Martin"), ("Bob", "Martin")));
        assert!(!compatible(("Alice", "Martin"), ("", "Accueil")));
        assert!(!compatible(("A", ""), ("Alice", "Martin")));
    }
}
