// SPDX-License-Identifier: GPL-3.0-or-later
//! The emulator's time: the machine's, plus what tests have advanced it by.

use std::time::{SystemTime, UNIX_EPOCH};

/// Microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

/// A clock that can be put forward.
#[derive(Debug, Default)]
pub struct Clock {
    ahead_micros: i64,
}

impl Clock {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Instant {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant(
            i64::try_from(real.as_micros())
                .unwrap_or(i64::MAX)
                .saturating_add(self.ahead_micros),
        )
    }

    /// Puts the clock forward.
    pub fn advance(&mut self, seconds: i64) {
        self.ahead_micros = self.ahead_micros.saturating_add(seconds.saturating_mul(1_000_000));
    }
}

impl Instant {
    /// Whole seconds since 1970.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// So many seconds later.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// As the APIs of Google write it: `2026-11-23T09:08:07.123456Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let (seconds, micros) = (self.seconds(), self.0.rem_euclid(1_000_000));
        let (year, month, day) = civil(seconds.div_euclid(86_400));
        let second = seconds.rem_euclid(86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
    }
}

/// Year, month and day of a day counted from 1970-01-01, after Howard Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_days_that_calendars_trip_over() {
        assert_eq!(Instant(0).rfc3339(), "1970-01-01T00:00:00.000000Z");
        assert_eq!(Instant(951_782_400_000_001).rfc3339(), "2000-02-29T00:00:00.000001Z");
        assert_eq!(Instant(1_795_424_887_123_456).rfc3339(), "2026-11-23T09:08:07.123456Z");
    }
}
