// SPDX-License-Identifier: GPL-3.0-or-later
//! How fast an account may be called: begins with a setting, learns from refusals, and climbs back.
//!
//! Pure: the time comes in as Unix seconds. Google does not say when its minutes begin, so the units of any sixty
//! seconds are kept within the limit, which fits every minute. What is counted is the time of the answer, which is later
//! than Google's own count.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::quota::{Bucket, Cost};
use crate::{GoogleError, Reason};

/// The setting: how many contacts may be made or changed in a minute. Every other limit follows in Google's proportions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Critical write units in a minute; 0 for no limit of our own.
    pub writes_per_minute: u32,
}

/// What an account has used, what was learned of its limits, and until when it is to be left alone.
///
/// It is kept between processes as JSON; one that is damaged counts as none, which costs one refusal at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limiter {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    gauges: BTreeMap<Bucket, Gauge>,
    /// After a refusal that is not one bucket's.
    #[serde(default, skip_serializing_if = "Rest::is_none")]
    rest: Rest,
}

/// One bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Gauge {
    /// Units by the moment at which they are free again.
    used: BTreeMap<u64, u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    learned: Option<Learned>,
    #[serde(default, skip_serializing_if = "Rest::is_none")]
    rest: Rest,
}

/// A limit that Google has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Learned {
    limit: u32,
    /// When more is tried.
    raise_at: u64,
    /// Seconds between two raises; doubles with each that Google refuses.
    patience: u64,
}

/// A time without calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Rest {
    until: u64,
    /// How many refusals followed each other.
    in_a_row: u32,
}

/// Longest times without calls, in seconds: after refusals of a minute's quota, and of all others.
const LONGEST_OF_MINUTE: u64 = 960;
const LONGEST: u64 = 4 * 3600;
/// Google's backend for contacts says only that an account has written too much; that lasts minutes to hours.
const BACKEND: u64 = 900;
const DAY: u64 = 3600;
/// Windows without a refusal after which more is tried, and how often that number doubles.
const PATIENCE: u64 = 10;
const MOST_PATIENCE: u64 = 64 * PATIENCE;
/// Seconds that units of a day are counted in together.
const SLOT_OF_DAY: u64 = 900;

impl Limiter {
    /// Reads what was kept.
    #[must_use]
    pub fn from_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// Writes it down.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Tells for how many seconds a call is to wait; 0 to go on.
    pub fn wait(&mut self, cost: Cost, pace: Pace, now: u64) -> u64 {
        self.rest.heal(now);
        let waits = cost.iter().map(|(bucket, units)| {
            let gauge = self.gauges.entry(*bucket).or_default();
            gauge.forget(*bucket, now);
            gauge.free_at(*bucket, *units, pace, now)
        });
        waits.fold(self.rest.until, u64::max).saturating_sub(now)
    }

    /// Notes that Google has counted a call, whatever it said of it.
    pub fn counted(&mut self, cost: Cost, now: u64) {
        for (bucket, units) in cost {
            let gauge = self.gauges.entry(*bucket).or_default();
            let slot = if bucket.window() > 60 { SLOT_OF_DAY } else { 1 };
            *gauge
                .used
                .entry(now / slot * slot + slot + bucket.window())
                .or_default() += units;
        }
    }

    /// Notes that Google has done what it was asked.
    pub fn succeeded(&mut self, cost: Cost) {
        for (bucket, _) in cost {
            self.gauges.entry(*bucket).or_default().rest = Rest::default();
        }
        // Reads go through while the account must not be written to.
        if cost
            .iter()
            .any(|(bucket, _)| *bucket != Bucket::CriticalRead && *bucket != Bucket::Read)
        {
            self.rest = Rest::default();
        }
    }

    /// Learns from a refusal, and tells for how many seconds no such call may be made. `hint` is Google's own word.
    pub fn refused(&mut self, reason: Reason, error: Option<&GoogleError>, cost: Cost, pace: Pace, now: u64) -> u64 {
        let hint = error.and_then(|error| error.retry_after).map(|hint| hint.as_secs());
        match reason {
            Reason::QuotaAccount => self.rest.longer(BACKEND, LONGEST, hint, now),
            Reason::QuotaDaily => self.rest.longer(DAY, LONGEST, hint, now),
            _ => {
                let named = error.and_then(Bucket::named_by);
                // Where Google names none it may be any of those that the call needs.
                for (bucket, units) in cost
                    .iter()
                    .filter(|(bucket, _)| named.is_none_or(|named| named == *bucket))
                {
                    let gauge = self.gauges.entry(*bucket).or_default();
                    gauge.forget(*bucket, now);
                    gauge.learn(*bucket, *units, pace, now);
                    gauge.rest.longer(60, LONGEST_OF_MINUTE, hint, now);
                }
                if named.is_some_and(|named| cost.iter().all(|(bucket, _)| *bucket != named)) {
                    self.rest.longer(60, LONGEST_OF_MINUTE, hint, now);
                }
            }
        }
        self.wait(cost, pace, now).max(1)
    }
}

impl Pace {
    /// How many units of a bucket the setting allows; `None` for any number.
    #[must_use]
    pub fn limit(self, bucket: Bucket) -> Option<u32> {
        let writes = u64::from(self.writes_per_minute);
        let of_new = u64::from(Bucket::CriticalWrite.of_new_project());
        let limit = u64::from(bucket.of_new_project()) * writes / of_new;
        (writes > 0).then(|| u32::try_from(limit).unwrap_or(u32::MAX).max(bucket.dearest()))
    }
}

impl Gauge {
    /// Drops what no longer counts, and what a clock that was put back has left in the future; tries more when it is time.
    fn forget(&mut self, bucket: Bucket, now: u64) {
        let latest = now + bucket.window() + SLOT_OF_DAY;
        self.used.retain(|free, _| *free > now && *free <= latest);
        self.rest.heal(now);
        if let Some(learned) = &mut self.learned {
            let longest = MOST_PATIENCE * bucket.window();
            learned.limit = learned.limit.max(bucket.dearest());
            learned.patience = learned.patience.clamp(1, longest);
            learned.raise_at = learned.raise_at.min(now + longest);
        }
    }

    /// The limit that holds now.
    fn limit(&mut self, bucket: Bucket, pace: Pace, now: u64) -> u32 {
        let setting = pace.limit(bucket);
        let Some(mut learned) = self
            .learned
            .filter(|learned| learned.limit < setting.unwrap_or(u32::MAX))
        else {
            // Back at the setting. What was learned is forgotten once that has held.
            self.learned = self.learned.filter(|learned| now < learned.raise_at);
            return setting.unwrap_or(u32::MAX);
        };
        if now >= learned.raise_at {
            let more = learned.limit.saturating_add(bucket.dearest().max(learned.limit / 4));
            learned.limit = setting.map_or(more, |setting| setting.min(more));
            learned.raise_at = now + learned.patience;
            self.learned = Some(learned);
        }
        learned.limit
    }

    /// When so many units can be had.
    fn free_at(&mut self, bucket: Bucket, units: u32, pace: Pace, now: u64) -> u64 {
        let limit = self.limit(bucket, pace, now);
        let mut used: u32 = self.used.values().fold(0, |sum, units| sum.saturating_add(*units));
        let mut at = now;
        for (free, amount) in &self.used {
            if used.saturating_add(units) <= limit {
                break;
            }
            used = used.saturating_sub(*amount);
            at = *free;
        }
        at.max(self.rest.until)
    }

    /// Takes what went through in this window for the limit. Where that is little, others use the same quota: the limit
    /// stays and the rest alone helps.
    fn learn(&mut self, bucket: Bucket, units: u32, pace: Pace, now: u64) {
        let used = self.used.values().fold(0_u32, |sum, units| sum.saturating_add(*units));
        let limit = self.limit(bucket, pace, now);
        if limit != u32::MAX && used.saturating_add(units).saturating_mul(2) <= limit {
            return;
        }
        let patience = self.learned.map_or(PATIENCE * bucket.window(), |known| {
            (2 * known.patience).min(MOST_PATIENCE * bucket.window())
        });
        self.learned = Some(Learned {
            limit: used.max(bucket.dearest()).min(limit),
            raise_at: now + patience,
            patience,
        });
    }
}

impl Rest {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Rests for `first` seconds, twice as long with each refusal that follows, and never shorter than Google asks for.
    fn longer(&mut self, first: u64, longest: u64, hint: Option<u64>, now: u64) {
        let doubled = |times: u32| first.saturating_mul(2_u64.saturating_pow(times)).min(longest);
        let wait = match hint {
            // Google's word is enough the first time.
            Some(hint) if self.in_a_row == 0 => hint,
            Some(hint) => hint.max(doubled(self.in_a_row - 1)),
            None => doubled(self.in_a_row),
        };
        self.in_a_row = self.in_a_row.saturating_add(1);
        // The present second may be nearly over.
        self.until = self.until.max(now.saturating_add(wait).saturating_add(1));
    }

    /// A rest longer than any is one of a damaged row, or of a clock that was put back.
    fn heal(&mut self, now: u64) {
        if self.until > now.saturating_add(86_400) {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests;
