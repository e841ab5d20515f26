// SPDX-License-Identifier: GPL-3.0-or-later
//! The time, as an argument.

use std::time::Instant;

/// Tells the time, so that a test can let it pass.
pub trait Clock {
    /// The present moment.
    fn now(&self) -> Instant;
}

/// The clock of the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }
}
