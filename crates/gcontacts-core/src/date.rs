// SPDX-License-Identifier: GPL-3.0-or-later
//! Dates of which parts can be unknown.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Error;

/// A date of which Google lets parts be unknown; 0 is unknown.
///
/// Shapes: year+month+day, month+day, year, year+month (People API, type Date).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    /// Year, 0 where unknown.
    pub year: u16,
    /// Month 1-12, 0 where unknown.
    pub month: u8,
    /// Day 1-31, 0 where unknown.
    pub day: u8,
}

impl PartialDate {
    /// Makes a date, if the calendar has it and it is of one of the four shapes.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let known = match (year, month, day) {
            (0, 0, _) | (_, 0, 1..) | (0, _, 0) => false,
            (_, 0..=12, 0) => true,
            (_, month, day) => day > 0 && day <= days_in(year, month),
        };
        (known && year <= 9999).then_some(Self { year, month, day })
    }

    /// Reads a date column of Dolibarr: `YYYY-MM-DD`. Empty and `0000-00-00` are no date; a year of 0000 is unknown.
    ///
    /// # Errors
    /// [`Error::BadDate`], with `field` as its field, for anything else.
    pub fn parse(text: &str, field: &'static str) -> Result<Option<Self>, Error> {
        let text = text.trim();
        if text.is_empty() || text == "0000-00-00" {
            return Ok(None);
        }
        let bad = || Error::BadDate {
            field,
            text: text.to_owned(),
        };
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else {
            return Err(bad());
        };
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return Err(bad());
        }
        let date = match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Self::new(year, month, day),
            _ => None,
        };
        date.map(Some).ok_or_else(bad)
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        // A birthday of an unknown year can be the 29th.
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Option<PartialDate>, Error> {
        PartialDate::parse(text, "contact.birthday")
    }

    #[test]
    fn dates_of_dolibarr_are_read() {
        assert_eq!(parse("1980-02-29"), Ok(PartialDate::new(1980, 2, 29)));
        assert_eq!(parse("0000-02-29").unwrap().unwrap().to_string(), "0000-02-29");
        assert_eq!(parse(""), Ok(None));
        assert_eq!(parse(" "), Ok(None));
        assert_eq!(parse("0000-00-00"), Ok(None));
    }

    #[test]
    fn what_the_calendar_has_not_is_refused_by_name() {
        for bad in [
            "1981-02-29",
            "1980-13-01",
            "1980-00-10",
            "1980-04-31",
            "80-01-01",
            "1980-1-1",
            "1980-01-01 00:00:00",
            "x",
            "+980-01-01",
            "١٩٨٠-٠١-٠١",
        ] {
            assert_eq!(parse(bad).unwrap_err().field(), Some("contact.birthday"), "{bad}");
        }
    }

    #[test]
    fn google_s_four_shapes_are_dates_and_others_not() {
        for (year, month, day) in [(1980, 5, 12), (0, 5, 12), (1980, 0, 0), (1980, 5, 0)] {
            assert!(PartialDate::new(year, month, day).is_some());
        }
        for (year, month, day) in [
            (0, 0, 0),
            (0, 5, 0),
            (0, 0, 12),
            (1980, 0, 12),
            (1980, 13, 0),
            (10000, 1, 1),
        ] {
            assert!(PartialDate::new(year, month, day).is_none());
        }
    }
}
