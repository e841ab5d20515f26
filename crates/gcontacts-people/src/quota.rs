// SPDX-License-Identifier: GPL-3.0-or-later
//! What Google counts: the buckets of its quotas, and what each call takes out of them.
//!
//! Units of the calls: Google's guide to the People API, "Usage limits". A batch costs the same whatever its size.

use serde::{Deserialize, Serialize};

use crate::GoogleError;

/// A kind of units, as Google's console counts them for each account and project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// Contact reads, and writes too.
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
}

/// What a call takes.
pub type Cost = &'static [(Bucket, u32)];

/// A contact, or a batch or page of them, is read.
pub const CONTACT_READ: Cost = &[(Bucket::CriticalRead, 1)];
/// A contact is made or changed.
pub const CONTACT_WRITE: Cost = &[
    (Bucket::CriticalRead, 1),
    (Bucket::CriticalWrite, 1),
    (Bucket::DailyWrite, 1),
];
/// Contacts are made or changed in a batch.
pub const BATCH_WRITE: Cost = &[
    (Bucket::CriticalRead, 6),
    (Bucket::CriticalWrite, 6),
    (Bucket::DailyWrite, 200),
];
/// A contact is deleted.
pub const CONTACT_DELETE: Cost = &[(Bucket::Write, 1), (Bucket::DailyWrite, 1)];
/// Contacts are deleted in a batch.
pub const BATCH_DELETE: Cost = &[(Bucket::Write, 10), (Bucket::DailyWrite, 500)];
/// Labels are read.
pub const LABEL_READ: Cost = &[(Bucket::Read, 1)];
/// A label or its members change.
pub const LABEL_WRITE: Cost = &[(Bucket::Write, 1)];
/// A photo changes.
pub const PHOTO_WRITE: Cost = &[(Bucket::PhotoWrite, 1)];

impl Bucket {
    /// Every bucket.
    pub const ALL: [Self; 6] = [
        Self::CriticalRead,
        Self::CriticalWrite,
        Self::Read,
        Self::Write,
        Self::PhotoWrite,
        Self::DailyWrite,
    ];

    /// Seconds after which used units are free again.
    #[must_use]
    pub const fn window(self) -> u64 {
        if matches!(self, Self::DailyWrite) { 86_400 } else { 60 }
    }

    /// What Google's console shows for a new project, in each window.
    #[must_use]
    pub const fn of_new_project(self) -> u32 {
        match self {
            Self::CriticalRead => 60,
            Self::CriticalWrite | Self::Write => 30,
            Self::Read => 90,
            Self::PhotoWrite => 50,
            Self::DailyWrite => 100_000,
        }
    }

    /// What the dearest call takes: with less nothing would ever be sent.
    #[must_use]
    pub const fn dearest(self) -> u32 {
        match self {
            Self::CriticalRead | Self::CriticalWrite => 6,
            Self::Read | Self::PhotoWrite => 1,
            Self::Write => 10,
            Self::DailyWrite => 500,
        }
    }

    /// The bucket that Google says is empty, by the metric and limit of its `ErrorInfo`, else by its message.
    #[must_use]
    pub fn named_by(error: &GoogleError) -> Option<Self> {
        let words = error.quota.as_ref().unwrap_or(&error.message);
        let words: String = words
            .chars()
            .map(|letter| {
                if letter == ' ' {
                    '_'
                } else {
                    letter.to_ascii_lowercase()
                }
            })
            .collect();
        let names = [
            ("daily", Self::DailyWrite),
            ("perday", Self::DailyWrite),
            ("per_day", Self::DailyWrite),
            ("critical_read", Self::CriticalRead),
            ("critical_write", Self::CriticalWrite),
            ("photo", Self::PhotoWrite),
            ("write_requests", Self::Write),
            ("read_requests", Self::Read),
        ];
        let (_, bucket) = names.into_iter().find(|(name, _)| words.contains(name))?;
        Some(bucket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn google_names_the_bucket() {
        let named = |quota: Option<&str>, message: &str| {
            Bucket::named_by(&GoogleError {
                quota: quota.map(ToOwned::to_owned),
                message: message.to_owned(),
                ..GoogleError::default()
            })
        };
        let metric = "people.googleapis.com/critical_write_requests CriticalWritesPerMinutePerProjectPerUser";
        assert_eq!(named(Some(metric), ""), Some(Bucket::CriticalWrite));
        let message = "Quota exceeded for quota metric 'Critical read requests (Contact and Profile Reads)' and limit";
        assert_eq!(named(None, message), Some(Bucket::CriticalRead));
        assert_eq!(
            named(Some("people.googleapis.com/write_requests"), ""),
            Some(Bucket::Write)
        );
        assert_eq!(named(Some("x DailyContactWritesPerDay"), ""), Some(Bucket::DailyWrite));
        assert_eq!(named(None, "Resource has been exhausted (e.g. check quota)."), None);
    }

    #[test]
    fn no_call_takes_more_than_the_dearest() {
        for cost in [
            CONTACT_READ,
            CONTACT_WRITE,
            BATCH_WRITE,
            CONTACT_DELETE,
            BATCH_DELETE,
            LABEL_READ,
            LABEL_WRITE,
        ] {
            for (bucket, units) in cost {
                assert!(units <= &bucket.dearest() && bucket.dearest() <= bucket.of_new_project());
            }
        }
    }
}
