// SPDX-License-Identifier: GPL-3.0-or-later
//! The limiter at work: waits before calls where there is time, and learns from what they end with.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::limiter::{Limiter, Pace};
use crate::quota::Cost;
use crate::{Certainty, Deadline, Error, Reason};

/// What must be left of a call's time after a wait: one that is cut off has an unknown outcome.
const MARGIN: Duration = Duration::from_secs(5);

/// Unix seconds.
pub type WallClock = Rc<dyn Fn() -> u64>;

/// Paces the calls of one account. Clones share what they learn.
#[derive(Clone)]
pub struct Pacer {
    limiter: Rc<RefCell<Limiter>>,
    pace: Pace,
    clock: WallClock,
}

impl Pacer {
    /// Paces by the clock of the system.
    #[must_use]
    pub fn new(limiter: Limiter, pace: Pace) -> Self {
        let system = || {
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default()
                .as_secs()
        };
        Self::with_clock(limiter, pace, Rc::new(system))
    }

    /// Paces by another clock.
    #[must_use]
    pub fn with_clock(limiter: Limiter, pace: Pace, clock: WallClock) -> Self {
        Self {
            limiter: Rc::new(RefCell::new(limiter)),
            pace,
            clock,
        }
    }

    /// What is to be kept for the next process.
    #[must_use]
    pub fn limiter(&self) -> Limiter {
        self.limiter.borrow().clone()
    }

    /// How long a call has to wait before it is made.
    ///
    /// # Errors
    /// [`Error::Paced`] where its time does not allow that.
    pub(crate) fn wait(&self, cost: Cost, deadline: Deadline) -> Result<Duration, Error> {
        let seconds = self.limiter.borrow_mut().wait(cost, self.pace, (self.clock)());
        let wait = Duration::from_secs(seconds);
        if wait.is_zero() || allows(deadline, wait) {
            Ok(wait)
        } else {
            Err(Error::Paced { wait })
        }
    }

    /// Notes what a call ended with, and tells of a refusal whether it is worth waiting for. The error says from then on how
    /// long the account is to be left alone.
    pub(crate) fn note<T>(&self, answer: &mut Result<T, Error>, cost: Cost, deadline: Deadline) -> bool {
        let (now, mut limiter) = ((self.clock)(), self.limiter.borrow_mut());
        let Err(error) = answer else {
            limiter.counted(cost, now);
            limiter.succeeded(cost);
            return false;
        };
        let reason = error.reason();
        if !matches!(reason, Reason::QuotaRate | Reason::QuotaAccount | Reason::QuotaDaily) {
            // Google counts a call before it looks at it.
            if error.http_status().is_some() || error.certainty() == Certainty::Unknown {
                limiter.counted(cost, now);
            }
            return false;
        }
        let wait = limiter.refused(reason, error.google(), cost, self.pace, now);
        let wait = Duration::from_secs(wait);
        error.put_off(wait);
        reason == Reason::QuotaRate && allows(deadline, wait)
    }
}

fn allows(deadline: Deadline, wait: Duration) -> bool {
    wait + MARGIN <= deadline.remaining()
}

impl fmt::Debug for Pacer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pacer")
            .field("limiter", &self.limiter)
            .field("pace", &self.pace)
            .finish_non_exhaustive()
    }
}
