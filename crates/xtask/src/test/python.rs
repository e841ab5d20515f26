// SPDX-License-Identifier: GPL-3.0-or-later
//! The suites that pytest runs.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::{LIMIT, Outcome, Run};
use crate::{artefacts, packages, process, repository};

pub(super) fn emulator(run: &Run) -> Result<Outcome> {
    pytest(
        run,
        "emulator",
        &[],
        &[(
            "PEOPLE_EMULATOR".to_owned(),
            artefacts::emulator(artefacts::Profile::Debug).display().to_string(),
        )],
    )
}

/// Runs `tests/FOLDER`, or only these files of it, with these variables.
pub(super) fn pytest(run: &Run, folder: &str, files: &[&str], environment: &[(String, String)]) -> Result<Outcome> {
    let tests = repository::root().join("tests").join(folder);
    if !has_tests(&tests) {
        return Ok(Outcome::skipped(&format!("no tests in tests/{folder}")));
    }
    let part = if files.is_empty() { "" } else { "-part" };
    let junit = run.file(&format!("{folder}{part}.xml"));
    let _absent = fs::remove_file(&junit);
    let mut command = Command::new(packages::ensure_python()?);
    command
        .current_dir(repository::root())
        .envs(environment.iter().map(|(name, value)| (name, value)));
    command
        .args(["-m", "pytest", "-p", "no:cacheprovider", "--color=no"])
        .args(files.iter().map(|file| tests.join(file)));
    if files.is_empty() {
        command.arg(&tests);
    }
    command.arg(format!("--junitxml={}", junit.display()));
    let (status, _) = process::show(&mut command, &run.log(), LIMIT)?;
    Ok(Outcome::from_junit(&junit)?.checked(status))
}

fn has_tests(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .into_iter()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("test_"))
}
