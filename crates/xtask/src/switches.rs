// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask switches`: the tests of client and engine under each switch of what Google leaves open, one at a time.
//!
//! The suite `switches` of `cargo xtask test` runs them under both readings as a whole. A test that is about one setting sets
//! that itself; the matrix of troubles goes through the switches by itself.

use std::path::{Path, PathBuf};
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
    let tests = Tests::build()?;
    let (mut failed, log) = (Vec::new(), repository::target().join("switches.log"));
    for switch in &switches {
        let began = Instant::now();
        let mut holds = true;
        for tests in &tests {
            let (status, _) = process::show(&mut tests.under(&serde_json::from_str(switch)?), &log, LIMIT)?;
            holds &= status.success();
        }
        println!("{switch}: {holds}, {:.0} s", began.elapsed().as_secs_f32());
        if !holds {
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

/// A crate's integration tests, built.
pub struct Tests {
    program: PathBuf,
    folder: PathBuf,
}

impl Tests {
    /// Builds those of [`CRATES`]: with the whole workspace, as the suite `crates` does, so that nothing is built twice.
    ///
    /// # Errors
    /// Where they cannot be built.
    pub fn build() -> Result<Vec<Self>> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(repository::root());
        command.args([
            "test",
            "--workspace",
            "--exclude",
            "gcontacts-php",
            "--locked",
            "--no-run",
        ]);
        command.args(["--lib", "--bins", "--tests", "--message-format=json"]);
        let told = process::output_of(&mut command)?;
        let built: Vec<Self> = told.lines().filter_map(Self::of_message).collect();
        if built.len() != CRATES.len() {
            bail!(
                "of the tests of {} only {} were built",
                CRATES.join(" and "),
                built.len()
            );
        }
        Ok(built)
    }

    fn of_message(line: &str) -> Option<Self> {
        let message: Value = serde_json::from_str(line).ok()?;
        let folder = Path::new(message.get("manifest_path")?.as_str()?).parent()?;
        let is_ours = CRATES.iter().any(|name| folder.ends_with(name));
        let is_it = message.pointer("/target/name")?.as_str()? == "it";
        let program = message.get("executable")?.as_str()?;
        (is_ours && is_it).then(|| Self {
            program: program.into(),
            folder: folder.to_owned(),
        })
    }

    /// Runs them under some settings of the emulator.
    pub fn under(&self, settings: &Value) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder);
        command.env("GCONTACTS_EMULATOR_SETTINGS", settings.to_string());
        // What does not depend on the settings, or goes through them by itself.
        command.args([
            "--skip",
            "matrix::",
            "--skip",
            "layers::",
            "--skip",
            "quotas::five_thousand",
        ]);
        command
    }
}
