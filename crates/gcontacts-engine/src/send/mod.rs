// SPDX-License-Identifier: GPL-3.0-or-later
//! Carrying a plan out.
//!
//! The order of the phases: labels first, because cards carry them; then what changes, then what goes; creates last,
//! so that a full account or a create of unknown outcome holds up nothing else. A failure that is not one record's own
//! ends the run, and whatever was not attempted yet stays for later.

mod clean_up;
mod create;
mod delete;
mod foresee;
mod judge;
mod labels;
mod members;
pub(crate) mod membership;
mod read;
mod restore;
mod run;
mod update;
mod wire;

use gcontacts_people::{AddressBook, Deadline};

pub(crate) use foresee::foreseen_calls;

use crate::plan::{Step, Work};
use crate::{Account, Clock, Plan, Sent};
use run::Run;
use wire::Wire;

/// Up to so many go as single calls: Google charges a batch six units whatever its size.
const SINGLES: usize = 5;

/// Carries `plan` out until it is done or the deadline is over.
///
/// It cannot fail as a whole: once something may have been sent, each outcome counts.
pub async fn send<B: AddressBook, C: Clock>(
    plan: Plan,
    account: Account,
    book: &B,
    clock: &C,
    deadline: Deadline,
) -> Sent {
    let Plan {
        settings,
        labels,
        steps,
        ..
    } = plan;
    let rows: Vec<(usize, &Step)> = steps.iter().enumerate().collect();
    let of = |wanted: fn(&Work) -> bool| {
        rows.iter()
            .copied()
            .filter(|(_, step)| wanted(&step.work))
            .collect::<Vec<_>>()
    };
    let mut run = Run::new(Wire::new(book, clock, deadline), account, settings, labels, &steps);
    run.make_labels(&steps).await;
    run.update(&of(Work::changes_a_card)).await;
    run.delete(&of(|work| matches!(work, Work::Delete { .. }))).await;
    run.clean_up(&of(|work| matches!(work, Work::CleanUp { .. }))).await;
    run.restore(&of(|work| matches!(work, Work::Restore { .. }))).await;
    run.create(&of(|work| matches!(work, Work::Create { .. }))).await;
    run.finish()
}
