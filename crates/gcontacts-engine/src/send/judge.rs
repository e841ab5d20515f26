// SPDX-License-Identifier: GPL-3.0-or-later
//! What a failed call means for the records that were in it.

use gcontacts_people::{Certainty, Error, Reason};

/// What an error means for one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Google refuses what the record says.
    Refused,
    /// There is no such card.
    Gone,
    /// The card was changed since it was read.
    Stale,
    /// It may have been carried out.
    Unknown,
    /// Nothing was carried out, and it is not the record's fault.
    Passing,
}

pub fn meaning(error: &Error) -> Meaning {
    // A batch that Google refuses for named contacts is not carried out for these ("if not successful, returns … errors
    // for each invalid contact"). For the others that is not said, and creates do not rely on it.
    let validated = error
        .google()
        .is_some_and(|google| google.http_status < 500 && !google.contact_errors.is_empty());
    if error.certainty() == Certainty::Unknown && !validated {
        return Meaning::Unknown;
    }
    of_reason(error.reason())
}

pub fn of_reason(reason: Reason) -> Meaning {
    match reason {
        Reason::InvalidValue => Meaning::Refused,
        Reason::NotFound => Meaning::Gone,
        Reason::EtagStale => Meaning::Stale,
        _ => Meaning::Passing,
    }
}

/// How many failures that may be one call's own end the run when they follow one another.
const PATIENCE: u32 = 2;

/// Watches the failures of a run.
#[derive(Default)]
pub struct Watch {
    in_a_row: u32,
}

impl Watch {
    pub fn success(&mut self) {
        self.in_a_row = 0;
    }

    /// Tells whether `error` ends the run. A server that fails once may do so for one card; a token, a quota, an
    /// unreachable network or the deadline concern all.
    pub fn ends_the_run(&mut self, error: &Error) -> bool {
        match error.reason() {
            // Google works; it is the record that is not as it should be.
            Reason::InvalidValue | Reason::NotFound | Reason::EtagStale | Reason::LabelExists => {
                self.success();
                false
            }
            Reason::ServerError | Reason::BadAnswer | Reason::Network | Reason::Aborted => {
                self.in_a_row += 1;
                self.in_a_row >= PATIENCE
            }
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(reason: Reason, sent: bool) -> Error {
        Error::Network {
            reason,
            what: String::new(),
            sent,
        }
    }

    #[test]
    fn what_may_have_been_carried_out_is_unknown_whatever_the_reason() {
        assert_eq!(meaning(&network(Reason::Network, true)), Meaning::Unknown);
        assert_eq!(meaning(&network(Reason::NetworkRefused, false)), Meaning::Passing);
        assert_eq!(meaning(&Error::Deadline { sent: true }), Meaning::Unknown);
        assert_eq!(
            meaning(&Error::Invalid {
                what: "x",
                why: String::new()
            }),
            Meaning::Refused
        );
    }

    #[test]
    fn one_broken_answer_does_not_end_a_run_but_two_do() {
        let mut watch = Watch::default();
        let broken = network(Reason::Network, true);
        assert!(!watch.ends_the_run(&broken));
        watch.success();
        assert!(!watch.ends_the_run(&broken));
        assert!(watch.ends_the_run(&broken));
        assert!(Watch::default().ends_the_run(&network(Reason::NetworkRefused, false)));
        assert!(Watch::default().ends_the_run(&Error::Deadline { sent: false }));
    }
}
