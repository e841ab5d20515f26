// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask fuzz`: the properties of odd data (`fuzz` in the crates), optimised and with as many cases as time allows.
//!
//! They are proptest's and not cargo-fuzz's: what is fuzzed is safe Rust that fails by breaking a law, seldom by a crash, so
//! that cases of a known shape find more than bytes guided by coverage; they run on the stable compiler, shrink to a case
//! that can be read, and the same files run in the suite `crates`, with few cases.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::{process, repository, signals};

/// The crates that read what others write.
const CRATES: [&str; 3] = ["gcontacts-carddav", "gcontacts-core", "gcontacts-people"];

/// Cases of one property in one round; the time is looked at between rounds.
const ROUND: u64 = 100_000;

/// What `fuzz` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Cases of each property.
    #[arg(long, default_value_t = 1_000_000)]
    cases: u64,
    /// Ends after so many seconds, however many cases were played.
    #[arg(long)]
    seconds: Option<u64>,
}

/// Plays the properties, and tells how many cases held.
///
/// # Errors
/// When one does not hold; its smallest case is written above.
pub fn run(options: &Options) -> Result<()> {
    let until = options
        .seconds
        .map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let log = repository::target().join("fuzz.log");
    let (mut of_each, mut in_all) = (0, 0);
    while of_each < options.cases && !signals::stop_requested() && until.is_none_or(|until| Instant::now() < until) {
        let cases = ROUND.min(options.cases - of_each);
        let (status, text) = process::show(&mut round(cases), &log, Duration::from_hours(1))?;
        if !status.success() {
            bail!("a property does not hold");
        }
        let properties = text
            .lines()
            .filter(|line| line.contains("fuzz::") && line.ends_with("ok"))
            .count();
        if properties == 0 {
            bail!("no property was found");
        }
        of_each += cases;
        in_all += cases * u64::try_from(properties)?;
    }
    println!("{in_all} cases held, {of_each} of each property");
    Ok(())
}

fn round(cases: u64) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(repository::root())
        .args(["test", "--release", "--locked", "--lib", "--test", "it"]);
    command
        .args(CRATES.iter().flat_map(|name| ["--package", name]))
        .args(["--", "fuzz::"]);
    command.env("PROPTEST_CASES", cases.to_string());
    command.env("PROPTEST_MAX_GLOBAL_REJECTS", (cases * 100).to_string());
    command
}
