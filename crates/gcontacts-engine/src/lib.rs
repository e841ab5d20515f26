// SPDX-License-Identifier: GPL-3.0-or-later
//! From records of Dolibarr to outcomes: decide what each needs, send it in few calls, judge the answers.
//!
//! The way through the crate: [`plan()`] looks at records without touching anything and says what it intends. The
//! caller commits the intents, above all the nonce of each create, and then hands the plan to [`send()`], which talks
//! to the address book and yields one [`Outcome`] per record. A create whose answer was lost is looked for by
//! [`resolve()`]. Before the first send to an account that has cards already, [`list_cards()`] reads them, so that none is
//! made twice. What others
//! changed at Google is listed by [`list_changes()`] and shown beside Dolibarr's by [`compare()`]; [`rebase()`] settles single
//! fields.
//!
//! Everything is generic over the address book and the clock, so that every failure can be played in a test.

mod account;
mod backup;
mod candidates;
mod card_state;
mod changes;
mod cleanup;
mod clock;
mod compared;
mod decide;
mod dolimods;
mod elsewhere;
mod empty_labels;
mod error;
mod guard;
mod json;
mod listed;
mod outcome;
mod paged;
mod plan;
mod resolve;
mod restore;
mod send;
mod taken_off;
mod vcards;

pub use account::Account;
pub use backup::{BackupPage, backup_page};
pub use candidates::{Candidates, Listed, list_candidates};
pub use card_state::{CardState, read_card};
pub use changes::{ChangedCard, Changes, list_changes};
pub use cleanup::{Trace, plan_clean_up};
pub use clock::{Clock, SystemClock};
pub use compared::{Compared, compare, rebase};
pub use elsewhere::{Elsewhere, FoundBook, Server, books_of_server, people_of_file, people_of_server};
pub use empty_labels::{LabelFate, TriedLabel, TriedLabels, delete_empty_labels, list_other_labels, list_our_labels};
pub use error::Error;
pub use gcontacts_carddav::{Error as ElsewhereError, Login, Proxy as ServerProxy};
pub use gcontacts_core::Label;
pub use gcontacts_core::ResourceName;
pub use gcontacts_core::Settings;
pub use gcontacts_core::adopt::{Pair, Traits, choose, propose, record_traits};
pub use gcontacts_core::import::{Likes, Organization, Person as Someone, resemblances, twins};
pub use guard::{Deletions, Object};
pub use json::ascii_json;
pub use listed::{ListedCard, ListedCards, list_cards};
pub use outcome::{Action, Outcome, Sent, Stopped, Verdict, Warning};
pub use plan::{Entry, Intent, Plan, Planned, plan};
pub use resolve::{Found, Resolved, resolve};
pub use restore::{
    LabelNames, Print, PrintPage, RestoreIntent, RestoredLabel, Stage, Wanted, list_prints, plan_restore, prints,
    restore_labels,
};
pub use send::send;
pub use taken_off::{TakenOff, TakenOffPage, take_labels_off};
pub use vcards::vcards_of_people;
