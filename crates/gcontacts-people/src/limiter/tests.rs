// SPDX-License-Identifier: GPL-3.0-or-later

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::quota::{BATCH_DELETE, BATCH_WRITE, CONTACT_DELETE, CONTACT_READ, CONTACT_WRITE, LABEL_READ, LABEL_WRITE};

const COSTS: [Cost; 7] = [
    CONTACT_READ,
    CONTACT_WRITE,
    BATCH_WRITE,
    CONTACT_DELETE,
    BATCH_DELETE,
    LABEL_READ,
    LABEL_WRITE,
];
const START: u64 = 1_800_000_000;

/// A Google that counts minutes of its own: fixed ones that begin `phase` seconds late.
struct Google {
    limit: u32,
    phase: u64,
    used: BTreeMap<(Bucket, u64), u32>,
}

impl Google {
    fn new(writes_per_minute: u32, phase: u64) -> Self {
        Self {
            limit: writes_per_minute,
            phase,
            used: BTreeMap::new(),
        }
    }

    fn takes(&mut self, cost: Cost, now: u64) -> Result<(), Box<GoogleError>> {
        let pace = Pace {
            writes_per_minute: self.limit,
        };
        let window = |bucket: Bucket| (now + self.phase) / bucket.window();
        for (bucket, units) in cost {
            let used = self.used.get(&(*bucket, window(*bucket))).copied().unwrap_or_default();
            if used + units > pace.limit(*bucket).unwrap() {
                let name = serde_json::to_value(bucket).unwrap();
                let name = name
                    .as_str()
                    .unwrap()
                    .trim_end_matches("_write")
                    .trim_end_matches("_read");
                let quota = match bucket {
                    Bucket::CriticalRead => "critical_read_requests".to_owned(),
                    Bucket::CriticalWrite => "critical_write_requests".to_owned(),
                    Bucket::Read | Bucket::Write => format!("{name}_requests"),
                    _ => name.to_owned(),
                };
                return Err(Box::new(GoogleError {
                    quota: Some(quota),
                    ..GoogleError::default()
                }));
            }
        }
        for (bucket, units) in cost {
            *self.used.entry((*bucket, window(*bucket))).or_default() += units;
        }
        Ok(())
    }
}

fn pace(writes_per_minute: u32) -> Pace {
    Pace { writes_per_minute }
}

/// Makes the calls one after the other, as a process would, and tells when each was refused.
fn refusals(google: &mut Google, limiter: &mut Limiter, pace: Pace, calls: &[(Cost, u64)]) -> Vec<u64> {
    let mut now = START;
    let mut refused = Vec::new();
    for (cost, pause) in calls {
        now += pause;
        loop {
            now += limiter.wait(cost, pace, now);
            // What is kept between two processes is all that counts.
            *limiter = Limiter::from_json(&limiter.to_json());
            match google.takes(cost, now) {
                Ok(()) => break,
                Err(error) => {
                    refused.push(now);
                    limiter.refused(Reason::QuotaRate, Some(&error), cost, pace, now);
                }
            }
        }
        limiter.counted(cost, now);
        limiter.succeeded(cost);
    }
    refused
}

fn calls() -> impl Strategy<Value = Vec<(Cost, u64)>> {
    prop::collection::vec((prop::sample::select(COSTS.to_vec()), 0_u64..8), 1..120)
}

proptest! {
    #[test]
    fn a_setting_that_fits_is_never_refused(calls in calls(), writes in 10_u32..90, phase in 0_u64..60, spare in 0_u32..9) {
        let mut google = Google::new(writes + spare, phase);
        let refused = refusals(&mut google, &mut Limiter::default(), pace(writes), &calls);
        prop_assert!(refused.is_empty(), "{refused:?}");
    }

    #[test]
    fn a_limit_below_the_setting_costs_one_refusal_a_minute_at_most(calls in calls(), phase in 0_u64..60, real in 10_u32..30) {
        let mut google = Google::new(real, phase);
        let refused = refusals(&mut google, &mut Limiter::default(), pace(90), &calls);
        prop_assert!(refused.windows(2).all(|pair| pair[1] - pair[0] >= 60), "{refused:?}");
    }

    #[test]
    fn no_limit_of_our_own_still_learns(calls in calls(), phase in 0_u64..60, real in 10_u32..30) {
        let mut google = Google::new(real, phase);
        let refused = refusals(&mut google, &mut Limiter::default(), pace(0), &calls);
        prop_assert!(refused.windows(2).all(|pair| pair[1] - pair[0] >= 60), "{refused:?}");
    }

    #[test]
    fn what_was_damaged_never_stops_an_account_for_long(json in "\\PC{0,80}", junk in any::<u64>(), units in any::<u32>()) {
        let kept = format!(r#"{{"gauges":{{"critical_write":{{"used":{{"{junk}":{units}}},"learned":{{"limit":{units},
            "raise_at":{junk},"patience":{junk}}},"rest":{{"until":{junk},"in_a_row":{units}}}}}}},"rest":{{"until":{junk},
            "in_a_row":1}}}}"#);
        for json in [json, kept] {
            let mut limiter = Limiter::from_json(&json);
            prop_assert!(limiter.wait(BATCH_WRITE, pace(30), START) <= 86_400);
            limiter.counted(BATCH_WRITE, START);
            limiter.refused(Reason::QuotaRate, None, BATCH_WRITE, pace(30), START);
        }
    }
}

#[test]
fn a_rate_is_learned_and_climbed_back_from() {
    let mut limiter = Limiter::default();
    let mut google = Google::new(18, 0);
    let an_hour: Vec<(Cost, u64)> = vec![(BATCH_WRITE, 0); 180];
    let refused = refusals(&mut google, &mut limiter, pace(30), &an_hour);
    assert!(
        (2..=4).contains(&refused.len()),
        "tried again now and then: {refused:?}"
    );
    let gaps: Vec<u64> = refused.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(
        gaps[0] >= 600 && gaps.windows(2).all(|pair| pair[1] > pair[0]),
        "less and less often: {gaps:?}"
    );
    // Google gives more: so does the limiter, in the end.
    google.limit = 30;
    let later = START + 100_000;
    assert_eq!(
        limiter
            .gauges
            .get_mut(&Bucket::CriticalWrite)
            .unwrap()
            .limit(Bucket::CriticalWrite, pace(30), later),
        24
    );
    let gauge = limiter.gauges.get_mut(&Bucket::CriticalWrite).unwrap();
    assert_eq!(gauge.limit(Bucket::CriticalWrite, pace(30), later + 100_000), 30);
}

#[test]
fn waits_grow_and_google_s_word_is_kept() {
    let hinted = GoogleError {
        retry_after: Some(Duration::from_secs(7)),
        ..GoogleError::default()
    };
    let mut limiter = Limiter::default();
    let mut now = START;
    let waits: Vec<u64> = (0..6)
        .map(|_| {
            let wait = limiter.refused(Reason::QuotaRate, None, BATCH_WRITE, pace(30), now);
            assert_eq!(limiter.wait(BATCH_WRITE, pace(30), now), wait);
            now += wait;
            wait - 1
        })
        .collect();
    assert_eq!(waits, [60, 120, 240, 480, 960, 960]);
    limiter.succeeded(BATCH_WRITE);
    assert_eq!(
        limiter.refused(Reason::QuotaRate, Some(&hinted), BATCH_WRITE, pace(30), now),
        8
    );
    assert_eq!(
        limiter.refused(Reason::QuotaRate, Some(&hinted), BATCH_WRITE, pace(30), now + 8),
        61
    );
}

#[test]
fn the_backend_is_left_alone_for_minutes_to_hours() {
    let mut limiter = Limiter::default();
    let mut now = START;
    let waits: Vec<u64> = (0..7)
        .map(|_| {
            let wait = limiter.refused(Reason::QuotaAccount, None, BATCH_WRITE, pace(30), now);
            now += wait;
            // A read that goes through says nothing of writes.
            limiter.succeeded(CONTACT_READ);
            wait - 1
        })
        .collect();
    assert_eq!(waits, [900, 1800, 3600, 7200, 14_400, 14_400, 14_400]);
    limiter.succeeded(CONTACT_DELETE);
    assert_eq!(
        limiter.refused(Reason::QuotaAccount, None, CONTACT_WRITE, pace(30), now),
        901
    );
}

#[test]
fn a_refusal_of_one_bucket_leaves_the_others() {
    let mut limiter = Limiter::default();
    let named = GoogleError {
        quota: Some("people.googleapis.com/critical_write_requests".to_owned()),
        ..GoogleError::default()
    };
    limiter.refused(Reason::QuotaRate, Some(&named), BATCH_WRITE, pace(30), START);
    assert_eq!(limiter.wait(CONTACT_READ, pace(30), START), 0);
    assert_eq!(limiter.wait(CONTACT_DELETE, pace(30), START), 0);
    assert!(limiter.wait(CONTACT_WRITE, pace(30), START) > 0);
}
