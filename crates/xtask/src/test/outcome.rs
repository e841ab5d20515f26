// SPDX-License-Identifier: GPL-3.0-or-later
//! What a suite came to, and how the runners of this world tell it.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::process::ExitStatus;

use anyhow::{Context, Result};

/// Counts of a suite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and runners that broke.
    pub failed: u64,
    /// Tests that were not run.
    pub skipped: u64,
    /// What was skipped or broken, and why.
    pub remarks: Vec<String>,
}

impl Outcome {
    /// One test that passed or failed.
    pub fn of(status: ExitStatus) -> Self {
        if status.success() {
            Self {
                passed: 1,
                ..Self::default()
            }
        } else {
            Self {
                failed: 1,
                ..Self::default()
            }
        }
    }

    /// One failure; of the remark only the first line is kept.
    pub fn failure(remark: &str) -> Self {
        let first = remark.lines().next().unwrap_or_default();
        Self {
            failed: 1,
            remarks: vec![format!("failed: {first}")],
            ..Self::default()
        }
    }

    /// One test that could not be run.
    pub fn skipped(remark: &str) -> Self {
        Self {
            skipped: 1,
            remarks: vec![format!("skipped: {remark}")],
            ..Self::default()
        }
    }

    /// Whether nothing passed, failed or was skipped.
    pub fn is_empty(&self) -> bool {
        self.passed + self.failed + self.skipped == 0
    }

    /// Adds another's counts and remarks.
    pub fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.remarks.extend(other.remarks.iter().cloned());
    }

    /// The counts, with one failure more where the runner failed though no test did.
    pub fn checked(mut self, status: ExitStatus) -> Self {
        if !status.success() && self.failed == 0 {
            self.failed = 1;
            self.remarks.push(format!("failed: the runner ended with {status}"));
        }
        self
    }

    /// Reads the file that `PHPUnit` and pytest write for others (`JUnit`'s form).
    ///
    /// # Errors
    /// When there is none: then the runner broke before its end.
    pub fn from_junit(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file).context("the runner left no result")?;
        // The first suite is the outermost: its counts are those of all below it.
        let tag = text.split("<testsuite ").nth(1).and_then(|rest| rest.split('>').next());
        let Some(tag) = tag else { return Ok(Self::default()) };
        let number = |name: &str| -> u64 {
            let value = tag
                .split(&format!("{name}=\""))
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            value.and_then(|digits| digits.parse().ok()).unwrap_or(0)
        };
        let failed = number("errors") + number("failures");
        let skipped = number("skipped");
        let passed = number("tests").saturating_sub(failed + skipped);
        Ok(Self {
            passed,
            failed,
            skipped,
            remarks: troubles(&text),
        })
    }

    /// Reads `12 tests run: 10 passed, 1 failed, 1 skipped` of cargo-nextest.
    pub fn from_nextest(text: &str) -> Self {
        let Some((_, counts)) = text.lines().rev().find_map(|line| line.split_once(" run: ")) else {
            return Self::default();
        };
        let mut outcome = Self::default();
        for part in counts.split(',') {
            let mut words = part.split_whitespace();
            let (Some(Ok(count)), Some(kind)) = (words.next().map(str::parse::<u64>), words.next()) else {
                continue;
            };
            match kind {
                "passed" => outcome.passed += count,
                "skipped" => outcome.skipped += count,
                _ => outcome.failed += count,
            }
        }
        // Each failure is told when it happens and again at the end.
        let failures = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("FAIL [")?.split_once("] "));
        let names: BTreeSet<&str> = failures.map(|(_, name)| name.trim()).collect();
        outcome.remarks = names.into_iter().map(|name| format!("failed: {name}")).collect();
        outcome
    }

    /// Reads all `test result: ok. 5 passed; 0 failed; 1 ignored; …` of Rust's own runner.
    pub fn from_libtest(text: &str) -> Self {
        let mut outcome = Self::default();
        for line in text
            .lines()
            .filter_map(|line| line.split_once("test result:"))
            .map(|(_, counts)| counts)
        {
            outcome.passed += number_before(line, " passed");
            outcome.failed += number_before(line, " failed");
            outcome.skipped += number_before(line, " ignored");
        }
        outcome
    }

    /// Reads the table of PHP's run-tests.php: `Tests passed    :     5`.
    pub fn from_phpt(text: &str) -> Self {
        let number = |name: &str| -> u64 {
            let line = text
                .lines()
                .find_map(|line| line.trim().strip_prefix(name))
                .unwrap_or_default();
            let digits = line.split(':').nth(1).and_then(|rest| rest.split_whitespace().next());
            digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
        };
        Self {
            passed: number("Tests passed"),
            failed: number("Tests failed") + number("Tests borked"),
            skipped: number("Tests skipped"),
            remarks: Vec::new(),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

/// The test cases of a `JUnit` file that failed or were skipped, by name.
fn troubles(junit: &str) -> Vec<String> {
    let mut remarks = Vec::new();
    for case in junit.split("<testcase ").skip(1) {
        let own = case.split("</testcase>").next().unwrap_or_default();
        let name = own
            .split("name=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        if own.contains("<failure") || own.contains("<error") {
            remarks.push(format!("failed: {name}"));
        } else if own.contains("<skipped") {
            remarks.push(format!("skipped: {name}"));
        }
    }
    remarks
}

fn number_before(text: &str, word: &str) -> u64 {
    let before = text.split(word).next().filter(|before| before.len() < text.len());
    before
        .and_then(|before| before.split_whitespace().last())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Outcome {
        Outcome {
            passed,
            failed,
            skipped,
            remarks: Vec::new(),
        }
    }

    #[test]
    fn reads_nextest() {
        let text = "   FAIL [   0.1s] (2/7) core it::a\n  Summary [   0.005s] 7 tests run: 4 passed (1 flaky), 2 failed, 1 timed out, \
                    3 skipped\n   FAIL [   0.1s] (2/7) core it::a\nerror: x";
        let remarks = vec!["failed: (2/7) core it::a".to_owned()];
        assert_eq!(
            Outcome::from_nextest(text),
            Outcome {
                remarks,
                ..counts(4, 3, 3)
            }
        );
        assert_eq!(Outcome::from_nextest(""), counts(0, 0, 0));
    }

    #[test]
    fn reads_libtest() {
        let text = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured\n";
        assert_eq!(Outcome::from_libtest(text), counts(6, 2, 1));
    }

    #[test]
    fn reads_phpt() {
        let text = "Number of tests :    12                 7\nTests skipped   :     5 ( 41.7%) --------\n\
                    Tests warned    :     0 (  0.0%)\nTests failed    :     1 (  8.3%)\nTests passed    :     6 ( 50.0%)";
        assert_eq!(Outcome::from_phpt(text), counts(6, 1, 5));
    }

    #[test]
    fn reads_junit() {
        let folder = std::env::temp_dir().join(format!("gcontacts-junit-{}", std::process::id()));
        std::fs::write(
            &folder,
            "<?xml version=\"1.0\"?><testsuites><testsuite name=\"\" tests=\"9\" assertions=\"20\" errors=\"1\" warnings=\"0\" \
             failures=\"2\" skipped=\"3\" time=\"1\"><testsuite name=\"x\" tests=\"9\" errors=\"1\"><testcase name=\"a\" time=\"1\"/>\
             <testcase name=\"b\"><failure type=\"x\">no</failure></testcase><testcase name=\"c\"><skipped/></testcase>\
             </testsuite></testsuite></testsuites>",
        )
        .unwrap();
        let outcome = Outcome::from_junit(&folder);
        std::fs::remove_file(&folder).unwrap();
        let remarks = vec!["failed: b".to_owned(), "skipped: c".to_owned()];
        assert_eq!(
            outcome.unwrap(),
            Outcome {
                remarks,
                ..counts(3, 3, 3)
            }
        );
    }

    #[test]
    fn says_the_counts_alone() {
        assert_eq!(counts(1, 2, 3).to_string(), "1 passed, 2 failed, 3 skipped");
    }
}
