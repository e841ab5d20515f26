// SPDX-License-Identifier: GPL-3.0-or-later
//! A person between JSON and the book: `draft` checks and cleans what is written, `view` builds what is read.

mod country;
mod draft;
mod kinds;
mod name;
mod phone_number;
mod view;

pub use draft::{Draft, draft};
pub use kinds::{Language, kind_label};
pub use name::display as display_name;
pub use view::{Sources, View, profile_person, view};

/// Fields of which a contact holds one value at most.
pub const SINGLETONS: [&str; 4] = ["biographies", "birthdays", "genders", "names"];
