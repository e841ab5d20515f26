// SPDX-License-Identifier: GPL-3.0-or-later
//! Until when a call may take.

use std::time::{Duration, Instant};

/// A moment after which a call gives up.
///
/// PHP's own time limit counts processor time only, so nothing else would ever end a call that hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// A deadline so far from now.
    #[must_use]
    pub fn after(duration: Duration) -> Self {
        let now = Instant::now();
        // A duration that the clock cannot add is as good as a day: no call is meant to take as long.
        Self(
            now.checked_add(duration)
                .unwrap_or_else(|| now + Duration::from_hours(24)),
        )
    }

    /// A deadline at a moment.
    #[must_use]
    pub const fn at(instant: Instant) -> Self {
        Self(instant)
    }

    /// The moment.
    #[must_use]
    pub const fn instant(self) -> Instant {
        self.0
    }

    /// The time that is left; zero when it is over.
    #[must_use]
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether the time is over.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.remaining().is_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_without_time_is_over() {
        assert!(Deadline::after(Duration::ZERO).is_over());
        assert!(!Deadline::after(Duration::MAX).is_over());
    }
}
