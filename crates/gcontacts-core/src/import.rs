// SPDX-License-Identifier: GPL-3.0-or-later
//! Import: what a card would be as a contact of Dolibarr, and whom it resembles there.
//!
//! A [`Candidate`] is a card in the words of Dolibarr's fields. Its [`Likes`] tell who it is; so do those of a
//! [`Person`] or an [`Organization`] of Dolibarr. [`resemblances`] finds who of both are the same, and how sure that is;
//! [`twins`] finds the candidates that are the same among themselves.

mod candidate;
mod fields;
mod likes;
mod resemblance;
mod twin;

pub use candidate::{Account, Candidate, Kind, Phone};
pub use fields::Fields;
pub use likes::{Element, Likes, Organization, Person};
pub use resemblance::{Likeness, Resemblance, resemblances};
pub use twin::{Twin, twins};
