// SPDX-License-Identifier: GPL-3.0-or-later
//! The suites of the Rust side.

use std::process::Command;

use anyhow::Result;

use super::{LIMIT, Outcome, Run};
use crate::{packages, process, repository, switches};

/// The extension's own tests are phpt and `PHPUnit`: its crate cannot be linked into a Rust test without PHP.
const EXTENSION: &str = "gcontacts-php";

pub(super) fn format(run: &Run) -> Result<Outcome> {
    whole(run, cargo().args(["fmt", "--all", "--check", "--", "--color=never"]))
}

pub(super) fn lint(run: &Run) -> Result<Outcome> {
    let mut command = cargo();
    command.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "--deny",
        "warnings",
    ]);
    whole(run, &mut command)
}

pub(super) fn licences(run: &Run) -> Result<Outcome> {
    if process::which("cargo-deny").is_none() {
        return Ok(Outcome::skipped("cargo-deny is not installed"));
    }
    // Advisories need the network's list of the day: a build must not fail for what changed outside it.
    whole(
        run,
        cargo().args(["deny", "--locked", "check", "bans", "licenses", "sources"]),
    )
}

pub(super) fn crates(run: &Run) -> Result<Outcome> {
    // The servers that address books are read from.
    packages::ensure_python()?;
    let mut outcome = if process::which("cargo-nextest").is_some() {
        let mut command = cargo();
        command.args(["nextest", "run", "--workspace", "--exclude", EXTENSION, "--locked"]);
        command.args([
            "--no-fail-fast",
            "--no-tests=pass",
            "--status-level=fail",
            "--color=never",
        ]);
        let (status, text) = process::show(&mut command, &run.log(), LIMIT)?;
        Outcome::from_nextest(&text).checked(status)
    } else {
        let (status, text) = process::show(&mut cargo_test(&["--lib", "--bins", "--tests"]), &run.log(), LIMIT)?;
        Outcome::from_libtest(&text).checked(status)
    };
    let (status, text) = process::show(&mut cargo_test(&["--doc"]), &run.log(), LIMIT)?;
    outcome.add(&Outcome::from_libtest(&text).checked(status));
    Ok(outcome)
}

pub(super) fn switches(run: &Run) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for tests in switches::Tests::build()? {
        for profile in ["strict", "lenient"] {
            let (status, text) = process::show(&mut tests.under(&switches::profile(profile)), &run.log(), LIMIT)?;
            outcome.add(&Outcome::from_libtest(&text).checked(status));
        }
    }
    Ok(outcome)
}

fn whole(run: &Run, command: &mut Command) -> Result<Outcome> {
    let (status, _) = process::show(command, &run.log(), LIMIT)?;
    Ok(Outcome::of(status))
}

/// `cargo test` of these targets in all crates but the extension, which links only inside PHP.
fn cargo_test(targets: &[&str]) -> Command {
    let mut command = cargo();
    command.args([
        "test",
        "--workspace",
        "--exclude",
        EXTENSION,
        "--locked",
        "--no-fail-fast",
    ]);
    command.args(targets);
    command
}

fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(repository::root());
    command
}
