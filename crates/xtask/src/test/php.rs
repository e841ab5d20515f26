// SPDX-License-Identifier: GPL-3.0-or-later
//! The suites of PHP files and of the extension, without a Dolibarr.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{LIMIT, Outcome, Run};
use crate::artefacts::{self, Profile};
use crate::{process, repository};

/// The folders that hold PHP of ours.
const FOLDERS: [&str; 4] = ["core", "php-module", "tests", "crates/gcontacts-php/stubs"];

pub(super) fn syntax(run: &Run) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for file in php_files()? {
        let mut command = Command::new("php");
        command.args(["-n", "-d", "display_errors=stderr", "-l"]).arg(&file);
        let status = process::run_for_status(&mut command, &run.log())?;
        if !status.success() {
            println!("{} cannot be read by PHP; see {}", file.display(), run.log().display());
        }
        outcome.add(&Outcome::of(status));
    }
    Ok(outcome)
}

pub(super) fn style(run: &Run) -> Result<Outcome> {
    let (status, _) = process::show(Command::new("phpcs").current_dir(repository::root()), &run.log(), LIMIT)?;
    Ok(Outcome::of(status))
}

pub(super) fn phpt(run: &Run) -> Result<Outcome> {
    let tests = repository::root().join("tests/php/phpt");
    if !tests.is_dir() {
        return Ok(Outcome::skipped("no tests/php/phpt"));
    }
    let extensions = process::output_of(Command::new("php-config").arg("--extension-dir"))?;
    let api = Path::new(extensions.trim())
        .file_name()
        .context("php-config names no folder")?
        .to_owned();
    let runner = Path::new("/usr/lib/php").join(api).join("build/run-tests.php");
    let php = process::which("php").context("no php")?;
    let mut command = extension_environment();
    command
        .arg(runner)
        .args(["-q", "-n", "--no-color", "-d"])
        .arg(load_extension())
        .arg(&tests)
        .env("TEST_PHP_EXECUTABLE", php);
    let (status, text) = process::show(&mut command, &run.log(), LIMIT)?;
    Ok(Outcome::from_phpt(&text).checked(status))
}

pub(super) fn units(run: &Run) -> Result<Outcome> {
    let folder = repository::root().join("tests/php");
    let mut command = extension_environment();
    command.arg("-d").arg(load_extension()).arg(phpunit_program()?);
    if folder.join("phpunit.xml").is_file() {
        command.arg("--configuration");
    }
    // PHPUnit would run phpt files too, less well than PHP's own runner.
    phpunit(command.args(["--test-suffix", "Test.php"]).arg(&folder), run, "php")
}

/// Runs a `PHPUnit` command and reads its counts; `name` is that of the file for them.
pub(super) fn phpunit(command: &mut Command, run: &Run, name: &str) -> Result<Outcome> {
    let junit = run.file(&format!("{name}.xml"));
    let _absent = fs::remove_file(&junit);
    let (status, _) = process::show(command.arg("--log-junit").arg(&junit), &run.log(), LIMIT)?;
    Ok(Outcome::from_junit(&junit)?.checked(status))
}

pub(super) fn phpunit_program() -> Result<PathBuf> {
    process::which("phpunit").context("phpunit is not installed")
}

/// PHP with what tests of the extension find in their environment.
fn extension_environment() -> Command {
    let mut command = Command::new("php");
    command.current_dir(repository::root());
    command.env("GCONTACTS_EXTENSION", artefacts::extension(Profile::Debug));
    command.env("GCONTACTS_EMULATOR_PROGRAM", artefacts::emulator(Profile::Debug));
    command.env("NO_INTERACTION", "1");
    command
}

fn load_extension() -> String {
    format!("extension={}", artefacts::extension(Profile::Debug).display())
}

fn php_files() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| repository::root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension() == Some(OsStr::new("php")) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
