// SPDX-License-Identifier: GPL-3.0-or-later
//! Whether a failed call is tried again, and when: a function of its arguments alone.

use std::time::Duration;

use crate::request::Effect;
use crate::{Certainty, Error, Reason};

/// What to do after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Give up.
    Stop,
    /// Wait so long, then try again.
    Wait(Duration),
}

/// The waits before each further attempt.
struct Backoff {
    /// Bound of the first wait.
    first: Duration,
    /// Bound of every wait.
    longest: Duration,
    /// How many attempts there are in all.
    attempts: u32,
}

const FAILURE: Backoff = Backoff {
    first: Duration::from_millis(500),
    longest: Duration::from_secs(8),
    attempts: 4,
};
const UNREACHABLE: Backoff = Backoff {
    first: Duration::from_millis(250),
    longest: Duration::from_secs(2),
    attempts: 3,
};

/// Decides what to do after `error` at the `attempt`-th attempt, counted from 1.
///
/// `jitter` in [0, 1) spreads the waits of many clients. Reads are repeated where that can help; writes only where
/// Google surely did not carry them out, because a second create would make a second card. A quota that is used up is
/// the matter of the limiter ([`crate::limiter`]), which remembers it from process to process.
#[must_use]
pub fn after(effect: Effect, error: &Error, attempt: u32, jitter: f64) -> Step {
    if effect == Effect::Write && error.certainty() == Certainty::Unknown {
        return Step::Stop;
    }
    let backoff = match error.reason() {
        Reason::ServerError | Reason::Network | Reason::Aborted => FAILURE,
        // A connection that did not come about in time has used up what there was: left to the next run.
        Reason::NetworkRefused | Reason::NetworkDns => UNREACHABLE,
        _ => return Step::Stop,
    };
    if attempt >= backoff.attempts {
        return Step::Stop;
    }
    Step::Wait(match error.retry_hint() {
        // Never earlier than asked for.
        Some(hint) => hint + Duration::from_secs(1).mul_f64(jitter.clamp(0.0, 1.0)),
        None => backoff.wait(attempt, jitter),
    })
}

impl Backoff {
    /// Between half of the bound and the bound; the bound doubles with each attempt.
    fn wait(&self, attempt: u32, jitter: f64) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let bound = self.first.saturating_mul(factor).min(self.longest);
        bound.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;

    fn google(http_status: u16, body: &str, retry_after: Option<u64>) -> Error {
        let retry_after = retry_after.map(Duration::from_secs);
        Answer {
            http_status,
            retry_after,
            body: body.as_bytes().to_vec(),
        }
        .accept()
        .unwrap_err()
    }

    fn failing(retry_after: Option<u64>) -> Error {
        google(503, r#"{"error":{"code":503,"message":"Unavailable."}}"#, retry_after)
    }

    fn wait(effect: Effect, error: &Error, attempt: u32, jitter: f64) -> Duration {
        match after(effect, error, attempt, jitter) {
            Step::Wait(duration) => duration,
            Step::Stop => panic!("stopped"),
        }
    }

    #[test]
    fn a_write_of_unknown_outcome_is_never_repeated() {
        let unknown = [
            google(503, "<html>", None),
            Error::Network {
                reason: Reason::Network,
                what: String::new(),
                sent: true,
            },
            Error::Deadline { sent: true },
            Error::BadAnswer {
                http_status: 200,
                what: String::new(),
                retry_after: None,
            },
        ];
        for error in &unknown {
            assert_eq!(after(Effect::Write, error, 1, 0.5), Step::Stop, "{error}");
        }
    }

    #[test]
    fn a_read_is_repeated_after_a_failure_but_not_for_ever() {
        let error = google(503, "<html>", None);
        let steps: Vec<_> = (1..=4)
            .map(|attempt| after(Effect::Read, &error, attempt, 1.0))
            .collect();
        let waits = [500, 1000, 2000].map(|millis| Step::Wait(Duration::from_millis(millis)));
        assert_eq!(steps[..3], waits);
        assert_eq!(steps[3], Step::Stop);
    }

    #[test]
    fn a_write_that_never_left_is_repeated() {
        let refused = Error::Network {
            reason: Reason::NetworkRefused,
            what: String::new(),
            sent: false,
        };
        assert!(matches!(after(Effect::Write, &refused, 1, 0.0), Step::Wait(_)));
        assert!(matches!(
            after(Effect::Write, &google(409, "{\"error\":{}}", None), 1, 0.0),
            Step::Wait(_)
        ));
    }

    #[test]
    fn a_hint_is_obeyed() {
        assert!(wait(Effect::Read, &failing(Some(7)), 1, 0.0) >= Duration::from_secs(7));
        assert!(wait(Effect::Read, &failing(Some(7)), 1, 1.0) <= Duration::from_secs(8));
    }

    #[test]
    fn waits_grow_up_to_their_bound_and_spread() {
        assert_eq!(wait(Effect::Read, &failing(None), 1, 0.0), Duration::from_millis(250));
        assert_eq!(wait(Effect::Read, &failing(None), 1, 1.0), Duration::from_millis(500));
        assert_eq!(FAILURE.wait(9, 1.0), Duration::from_secs(8));
    }

    #[test]
    fn what_does_not_pass_by_waiting_is_not_repeated() {
        let bodies = [
            (400, r#"{"error":{"status":"INVALID_ARGUMENT","message":"no"}}"#),
            (401, r#"{"error":{"status":"UNAUTHENTICATED","message":"no"}}"#),
            (403, r#"{"error":{"status":"PERMISSION_DENIED","message":"no"}}"#),
            (404, r#"{"error":{"status":"NOT_FOUND","message":"no"}}"#),
            (429, r#"{"error":{"message":"Quota exceeded for quota metric 'x'"}}"#),
            (429, r#"{"error":{"message":"MY_CONTACTS_OVERFLOW_COUNT"}}"#),
            (
                429,
                r#"{"error":{"message":"Resource has been exhausted (e.g. check quota)."}}"#,
            ),
        ];
        for (status, body) in bodies {
            for effect in [Effect::Read, Effect::Write] {
                assert_eq!(
                    after(effect, &google(status, body, None), 1, 0.5),
                    Step::Stop,
                    "{status} {body}"
                );
            }
        }
    }
}
