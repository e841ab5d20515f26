// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask switches`: the tests of client and engine under each switch of what Google leaves open, one at a time.
//!
//! The suite `switches` of `cargo xtask test` runs them under both readings as a whole. A test that is about one setting sets
//! that itself; the matrix of troubles goes through the switches by itself.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::artefacts::{self, Profile};
use crate::{process, repository, signals};

/// The crates that talk to Google.
const CRATES: [&str; 2] = ["gcontacts-people", "gcontacts-engine"];

/// No run under one switch may take longer.
const LIMIT: Duration = Duration::from_mins(20);

/// What `switches` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Only the switches whose name holds this.
    #[arg(long, default_value = "")]
    only: String,
}

/// Runs the tests under each switch, and names those under which some failed.
///
/// # Errors
/// When there were such.
pub fn run(options: &Options) -> Result<()> {
    artefacts::build("people-emulator", Profile::Debug)?;
    let listed = process::output_of(Command::new(artefacts::emulator(Profile::Debug)).arg("--switches"))?;
    let switches: Vec<&str> = listed.lines().filter(|line| line.contains(&options.only)).collect();
    if switches.is_empty() {
        bail!("no switch has {} in its name", options.only);
    }
    let (mut failed, log) = (Vec::new(), repository::target().join("switches.log"));
    for switch in &switches {
        let began = Instant::now();
        let (status, _) = process::show(&mut tests(&serde_json::from_str(switch)?), &log, LIMIT)?;
        println!("{switch}: {status}, {:.0} s", began.elapsed().as_secs_f32());
        if !status.success() {
            failed.push(*switch);
        }
        if signals::stop_requested() {
            break;
        }
    }
    if failed.is_empty() {
        println!("the tests hold under each of {} switches", switches.len());
        return Ok(());
    }
    bail!("tests failed under {}", failed.join(", "));
}

/// The settings of a reading as a whole.
pub fn profile(name: &str) -> Value {
    json!({"profile": name})
}

/// The tests under some settings of the emulator.
pub fn tests(settings: &Value) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(repository::root());
    command.env("GCONTACTS_EMULATOR_SETTINGS", settings.to_string());
    command.args(["test", "--locked", "--no-fail-fast", "--test", "it"]);
    for name in CRATES {
        command.args(["--package", name]);
    }
    // What does not depend on the settings, or goes through them by itself.
    command.args([
        "--",
        "--skip",
        "matrix::",
        "--skip",
        "layers::",
        "--skip",
        "quotas::five_thousand",
    ]);
    command
}
