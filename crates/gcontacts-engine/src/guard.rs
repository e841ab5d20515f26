// SPDX-License-Identifier: GPL-3.0-or-later
//! No mass deletion by mistake: many cards that are to go at once wait for an administrator's yes.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::decide::Decision;
use crate::plan::Work;

/// So many cards may go without anybody being asked, however few there are.
const FREE: u64 = 10;

/// One card in so many may go without anybody being asked: 5 %.
const SHARE: u64 = 20;

/// Cards that go, whether deleted or released, beside those of the batch that is planned.
///
/// The default knows of no linked card and of no yes: it lets no more than ten cards go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Deletions {
    /// Objects that have a card.
    pub linked: u64,
    /// Cards that went in the last 24 hours without an administrator's yes.
    pub last_day: u64,
    /// Cards that are to go, as far as the caller knows, with those of this batch and without those of `allowed`.
    pub waiting: u64,
    /// Objects whose card may go: an administrator said so.
    pub allowed: HashSet<Object>,
}

/// The name of a Dolibarr object.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Its element type.
    #[serde(rename = "type")]
    pub element_type: String,
    /// Its id.
    pub id: u64,
}

impl Deletions {
    /// Holds back what would go without a yes, all of it, where it is more than ten cards and more than 5 % of the
    /// linked ones.
    pub(crate) fn hold_back(&self, decisions: &mut [(Object, Decision)]) {
        let unasked = |(object, decision): &&mut (Object, Decision)| {
            decision.takes_a_card_away() && !self.allowed.contains(object)
        };
        let surplus: Vec<_> = decisions.iter_mut().filter(unasked).collect();
        let here = u64::try_from(surplus.len()).unwrap_or(u64::MAX);
        let all = self.waiting.max(here).saturating_add(self.last_day);
        if all > FREE && all.saturating_mul(SHARE) > self.linked {
            for (_, decision) in surplus {
                *decision = Decision::Held;
            }
        }
    }
}

impl Decision {
    fn takes_a_card_away(&self) -> bool {
        matches!(self, Self::Work { work, .. } if matches!(**work, Work::Delete { .. } | Work::Release { .. }))
    }
}
