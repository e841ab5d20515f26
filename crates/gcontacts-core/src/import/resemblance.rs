// SPDX-License-Identifier: GPL-3.0-or-later
//! Who in Dolibarr a candidate may be.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::import::{Element, Likes};

/// Why two may be the same, the surest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// Same e-mail, same name.
    EmailAndName,
    /// Same phone, same name.
    PhoneAndName,
    /// Same name at the same company.
    NameAndCompany,
    /// Same name of the company.
    Company,
    /// Same e-mail, and the names do not contradict.
    Email,
    /// Same phone, and the names do not contradict.
    Phone,
    /// E-mails of the same domain, which is no free provider's.
    Domain,
    /// Same e-mail, but another name.
    EmailAlone,
    /// Same phone, but another name.
    PhoneAlone,
}

impl Likeness {
    /// Whether they are the same, unless somebody says otherwise.
    #[must_use]
    pub fn is_sure(self) -> bool {
        self <= Self::Company
    }
}

/// A candidate and who it may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Resemblance {
    /// Id of the candidate.
    pub candidate: u64,
    /// What it is like.
    pub element: Element,
    /// Its id.
    pub id: u64,
    /// Why.
    pub likeness: Likeness,
    /// Whether they are the same, unless somebody says otherwise.
    pub sure: bool,
}

/// Finds every pair of a candidate and an element that share a key, and why they may be the same.
#[must_use]
pub fn resemblances(candidates: &[Likes], elements: &[Likes]) -> Vec<Resemblance> {
    let mut by_key = HashMap::<&str, Vec<usize>>::new();
    for (index, element) in elements.iter().enumerate() {
        for key in &element.keys {
            by_key.entry(key).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for candidate in candidates {
        let keys = candidate.keys.iter().filter_map(|key| by_key.get(key.as_str()));
        let mut indices: Vec<usize> = keys.flatten().copied().collect();
        indices.sort_unstable();
        indices.dedup();
        let elements = indices.into_iter().filter_map(|index| elements.get(index));
        found.extend(elements.filter_map(|element| {
            let likeness = likeness(candidate, element)?;
            Some(Resemblance {
                candidate: candidate.id,
                element: element.element,
                id: element.id,
                likeness,
                sure: likeness.is_sure(),
            })
        }));
    }
    found.sort_unstable();
    found
}

/// Why two may be the same.
pub(super) fn likeness(candidate: &Likes, element: &Likes) -> Option<Likeness> {
    let shares = |kind| candidate.shares(element, kind);
    let reasons = if element.element == Element::Thirdparty {
        vec![
            (shares("org"), Likeness::Company),
            (shares("mail"), Likeness::Email),
            (shares("phone"), Likeness::Phone),
            (shares("domain"), Likeness::Domain),
        ]
    } else {
        let (name, other) = (&candidate.name, &element.name);
        let (same, compatible) = (name.is(other), name.is_compatible(other));
        vec![
            (shares("mail") && same, Likeness::EmailAndName),
            (shares("phone") && same, Likeness::PhoneAndName),
            (shares("who"), Likeness::NameAndCompany),
            (shares("mail") && compatible, Likeness::Email),
            (shares("phone") && compatible, Likeness::Phone),
            (shares("mail"), Likeness::EmailAlone),
            (shares("phone"), Likeness::PhoneAlone),
        ]
    };
    reasons
        .into_iter()
        .find_map(|(holds, likeness)| holds.then_some(likeness))
}
