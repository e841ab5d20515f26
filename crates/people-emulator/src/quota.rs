// SPDX-License-Identifier: GPL-3.0-or-later
//! Quotas: units that a call costs, and how many an account has in each minute or day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::config::Config;
use crate::error::ApiError;

/// What a call costs.
pub type Units = &'static [(Bucket, u64)];

/// The first page of a full sync costs this besides.
pub const FULL_SYNC: Units = &[(Bucket::FullSyncFirstPage, 1)];

/// A kind of units, as Google's console counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// Contact and profile reads.
    CriticalRead,
    /// Contact creates and updates.
    CriticalWrite,
    /// Contact group reads.
    Read,
    /// Contact deletes and contact group writes.
    Write,
    /// Photo writes.
    PhotoWrite,
    /// All contact writes of a day.
    DailyWrite,
    /// First pages of full syncs.
    FullSyncFirstPage,
}

/// What Google calls a bucket in its errors.
#[derive(Debug)]
pub struct Names {
    /// For people.
    pub title: &'static str,
    /// For programs.
    pub metric: &'static str,
    /// Its limit.
    pub limit: &'static str,
    /// `minute` or `day`.
    pub window: &'static str,
}

impl Bucket {
    /// What Google calls it; those of the last two are guesses.
    #[must_use]
    pub fn names(self) -> Names {
        let (title, metric, limit) = match self {
            Self::CriticalRead => (
                "Critical read requests (Contact and Profile Reads)",
                "critical_read_requests",
                "CriticalReadsPerMinutePerProjectPerUser",
            ),
            Self::CriticalWrite => (
                "Critical write requests (Contact Creates and Updates)",
                "critical_write_requests",
                "CriticalWritesPerMinutePerProjectPerUser",
            ),
            Self::Read => (
                "Read requests (Contact Group Reads)",
                "read_requests",
                "ReadsPerMinutePerProjectPerUser",
            ),
            Self::Write => (
                "Write requests (Contact Deletes and Contact Group Writes)",
                "write_requests",
                "WritesPerMinutePerProjectPerUser",
            ),
            Self::PhotoWrite => (
                "Photo write requests",
                "photo_write_requests",
                "PhotoWritesPerMinutePerProjectPerUser",
            ),
            Self::DailyWrite => (
                "Daily Contact Writes (Total)",
                "daily_contact_writes",
                "DailyContactWritesPerDayPerProjectPerUser",
            ),
            Self::FullSyncFirstPage => (
                "Full sync requests (First Pages)",
                "full_sync_requests",
                "FullSyncsPerMinutePerProjectPerUser",
            ),
        };
        let window = if self.seconds() == 60 { "minute" } else { "day" };
        Names {
            title,
            metric,
            limit,
            window,
        }
    }

    fn seconds(self) -> i64 {
        if self == Self::DailyWrite { 86_400 } else { 60 }
    }
}

/// What accounts have used.
#[derive(Debug, Default)]
pub struct Quotas {
    used: BTreeMap<(String, Bucket), Used>,
}

#[derive(Debug, Clone, Copy)]
struct Used {
    /// Number of the minute or day since 1970.
    window: i64,
    units: u64,
}

impl Quotas {
    /// Charges an account; nothing is charged where one bucket has not enough left.
    ///
    /// # Errors
    /// 429 (E5).
    pub fn charge(&mut self, account: &str, units: Units, config: &Config, now: Instant) -> Result<(), ApiError> {
        for (bucket, amount) in units {
            let used = self.now_used(account, *bucket, now).units;
            let limit = config.quotas.get(bucket);
            if limit.is_some_and(|limit| used + amount > *limit) {
                let left = bucket.seconds() - now.seconds().rem_euclid(bucket.seconds());
                return Err(ApiError::quota_exceeded(
                    *bucket,
                    config.quota_retry_after.then_some(left),
                ));
            }
        }
        for (bucket, amount) in units {
            self.now_used(account, *bucket, now).units += amount;
        }
        Ok(())
    }

    /// Gives back what a call was charged.
    pub fn refund(&mut self, account: &str, units: Units, now: Instant) {
        for (bucket, amount) in units {
            let used = self.now_used(account, *bucket, now);
            used.units = used.units.saturating_sub(*amount);
        }
    }

    fn now_used(&mut self, account: &str, bucket: Bucket, now: Instant) -> &mut Used {
        let window = now.seconds().div_euclid(bucket.seconds());
        let fresh = Used { window, units: 0 };
        let used = self.used.entry((account.to_owned(), bucket)).or_insert(fresh);
        if used.window != window {
            *used = fresh;
        }
        used
    }
}
