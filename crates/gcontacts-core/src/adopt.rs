// SPDX-License-Identifier: GPL-3.0-or-later
//! Adoption: which cards that are at Google already belong to which contacts of Dolibarr.
//!
//! Both sides are reduced to [`Traits`]: keys that are equal where two may be the same, and the name. [`propose`]
//! pairs contacts with cards by them, batch by batch, and [`choose`] takes of all pairs those that are one to one.
//! Values of the third party are nobody's trait: colleagues share them.

mod choice;
mod dolimods;
mod key;
mod name;
mod proposal;
mod traits;

pub use choice::choose;
pub use dolimods::{dolimods_contact, dolimods_leftovers, dolimods_note, take_off_dolimods};
pub use key::MatchKey;
pub use name::NameTokens;
pub use proposal::{Likeness, Pair, propose};
pub use traits::{CardMarks, Traits, card_traits, record_traits};
