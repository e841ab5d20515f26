// SPDX-License-Identifier: GPL-3.0-or-later
//! Who decides where both sides changed the same part, and what is remembered of it.
//!
//! A part that Google keeps is sent no more: what Dolibarr wanted is kept as sent all the same, so the next merge sees no
//! change of Dolibarr's. That it was never on the card is remembered beside it ([`Card::kept`]).

use serde::{Deserialize, Serialize};

use super::Clash;
use crate::card::Card;
use crate::text::same_as_typed;

/// Whose word goes onto the card where both changed the same part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClashRule {
    /// Dolibarr's.
    #[default]
    Dolibarr,
    /// Google's stays, until Dolibarr's changes once more.
    Google,
    /// Google's stays, until somebody decides.
    Ask,
}

/// A rule, and the clashes that it was applied to before.
#[derive(Clone, Copy)]
pub(crate) struct Ruling<'a> {
    rule: ClashRule,
    kept: &'a [Clash],
}

impl<'a> Ruling<'a> {
    pub(crate) fn new(rule: ClashRule, sent: Option<&'a Card>) -> Self {
        Self {
            rule,
            kept: sent.map(|sent| sent.kept.as_slice()).unwrap_or_default(),
        }
    }

    /// For merges in which Dolibarr's word always goes.
    pub(crate) const DOLIBARR: Ruling<'static> = Ruling {
        rule: ClashRule::Dolibarr,
        kept: &[],
    };

    /// Records a clash and tells whether Dolibarr's word goes onto the card.
    pub(crate) fn lets_dolibarr(self, clashes: &mut Vec<Clash>, part: &str, dolibarr: &str, google: &str) -> bool {
        let decided = |kept: &Clash| kept.part == part && same_as_typed(&kept.google, google);
        if self.rule == ClashRule::Google && self.kept.iter().any(decided) {
            // Google has not changed it since it was kept: this change is Dolibarr's alone.
            return true;
        }
        clashes.push(Clash {
            rule: self.rule,
            ..Clash::new(part, dolibarr, google)
        });
        self.rule == ClashRule::Dolibarr
    }
}

impl Card {
    /// The card to be kept as sent, with the clashes in which Google's word was kept: those of this merge, and those of
    /// earlier ones that are still open. `sent` is what was kept last, `google` what Google had before this merge.
    #[must_use]
    pub fn keeping(mut self, sent: Option<&Card>, google: &Card, clashes: &[Clash]) -> Self {
        let new = clashes.iter().filter(|clash| clash.rule != ClashRule::Dolibarr);
        let mut kept: Vec<Clash> = new.cloned().collect();
        for (sent, clash) in sent
            .into_iter()
            .flat_map(|sent| sent.kept.iter().map(move |clash| (sent, clash)))
        {
            let says = |card: &Self| card.says(&clash.part, &clash.dolibarr);
            // Where what was sent says something else, somebody has decided.
            let is_open = says(sent) && says(&self) && !says(google);
            if is_open
                && !kept
                    .iter()
                    .any(|new| new.part == clash.part && new.dolibarr == clash.dolibarr)
            {
                kept.push(clash.clone());
            }
        }
        self.kept = kept;
        self
    }

    /// Whether a part says this; a value of Google's has no field, so any that says it counts.
    fn says(&self, part: &str, text: &str) -> bool {
        let own = match part {
            "prefix" => &self.name.prefix,
            "given" => &self.name.given,
            "family" => &self.name.family,
            "note" => &self.note,
            "birthday" => return self.birthday.map(|date| date.to_string()).unwrap_or_default() == text,
            field => {
                let is = |value: &crate::Value| value.field.is_none_or(|known| known.name() == field);
                return self
                    .values
                    .iter()
                    .any(|value| is(value) && same_as_typed(&value.content.text(), text));
            }
        };
        same_as_typed(own, text)
    }
}
